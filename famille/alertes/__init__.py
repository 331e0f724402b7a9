"""What must not be forgotten of a child, for whoever may know it, and whom to call.

In: children, an agent; out: alerts, people. Health that is read is written in the journal, in one statement for all.
"""
