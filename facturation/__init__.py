"""Money: prices, invoices, payments, the account of each famille. Days come in from planning; debts and papers go out.

prix: what a day costs. campagne: billing a period. models: what is kept, never changed once issued. compte: what a
famille owes and has paid. papiers: what is printed. tipi: paying online. views: parents' pages; admin: the régie's.
"""
