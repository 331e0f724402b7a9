"""How many children are expected, how many animateurs and meals that makes. In: days; out: counts, never a name.

A page, a spreadsheet and a paper are drawn from the same tables.
"""
