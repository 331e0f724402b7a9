"""One search box for everything: a name, a child, a number, « AL-36 », a telephone in any spelling, an e-mail.

In: what an agent typed (`saisie`), and who they are. Out: familles, children, invoices and requests that they may see,
in groups; one alone, named in full, opens at once. If nothing is found, the words that are a slip of the hand away.
"""
