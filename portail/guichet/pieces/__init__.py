"""The documents that familles send, at the agents' desk: what is to be checked, what ends, what is missing.

In: a deposit, and what the agent says of it; or the familles that owe one. Out: it is checked, or refused and the
famille told; one reminder a famille.
"""
