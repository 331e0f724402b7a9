"""The page of a famille: all that a hurried agent wants, with the parent on the telephone.

In: an agent, and the famille's key. Out: who they are, each child's month to click, requests, messages, money, access,
notes, history, tab by tab; and gestures, which are the verbs that the rest of the portal uses.
"""
