"""The classes at la rentrée. A school year comes in; each child's next class, who is to be put right by hand, and the
passage itself, made once or undone, come out.
"""
