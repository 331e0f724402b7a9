"""What a change reaches beyond what is changed: an agent closes a day, and familles had booked it.

Prestations and days come in, read before and after; numbers for the agent, words for the familles go out. What it is
worth, and how a famille is written to, the apps above say.
"""
