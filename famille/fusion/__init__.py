"""Two records of one child become one. The one that is kept and the other go in; what may prevent it, what moves in
numbers, on what they differ, and the move come out. What the apps above know of a child, they say by a `Suite`."""
