"""The documents that familles owe: who comes to what decides it. Familles, or inscriptions, come in; each document
that is expected, and where it stands, goes out. Read in SQL, at once for as many familles as there are.
"""
