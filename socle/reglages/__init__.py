"""What the direction sets in the browser: each setting is rows of versions, PostgreSQL holds them, the last one wins.

In: `ecriture.ecrire`, by a screen, with its author. Out: `lecture.lire`, what holds now, and `centre`, whose town this
is. What nobody has ever set there is what the environment says. Read once a request, a task or a command, in no
statement of its own where an account is read: its version comes with the account (see `lecture`).
"""
