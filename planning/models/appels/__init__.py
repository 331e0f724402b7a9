"""What is kept of the rolls themselves, beside what they say of each child: which are done with, since when."""
