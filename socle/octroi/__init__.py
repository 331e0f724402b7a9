"""Granting: how the tables of rights, each app's `droits.py`, reach the agents' groups.

In: the tables. Out: rights given to the groups after each migrate, once each, so that what a town has withdrawn
stays withdrawn; and the differences, told by `manage.py droits`.
"""
