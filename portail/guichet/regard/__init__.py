"""« Voir comme la famille »: the portal as an adult of a famille sees it, through the eyes of an agent who may.

In: an agent's request, in their own session. Out: the same pages, read only; a banner says it on each. Nothing of the
famille's is used: neither its password nor a session of its own, and nothing that it has not read is marked as read.
"""
