"""The first page of the agents: what waits for them, what today is made of, and what may go wrong.

In: an agent, a day. Out: counts that they may see, each with the list that it counts; nothing without the
right.
"""
