"""« Certification des dossiers »: the date from which the centre wants them, who has not, and the paper that comes in.

In: the direction's date, or a famille and its signed paper. Out: how many are certified, the list of those that are
not, what the page of a famille says of its own.
"""
