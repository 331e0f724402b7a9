"""What each group of agents may do. Each app says it in one table, its `droits.py`; here is what reads these tables.

In: the tables. Out: rights given to the groups after each migrate, once each, so that what a town has withdrawn
stays withdrawn; and the differences, told by `manage.py droits`.
"""
