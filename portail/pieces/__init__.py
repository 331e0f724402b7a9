"""« Documents à fournir »: what the centre asks of a famille, where each document stands, and sending one.

What is expected is planning's, what was given is famille's: the pages put both together, for parents and agents.
"""
