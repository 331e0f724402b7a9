"""Enrolling several children: who is looked for comes in (`candidats`); inscriptions, tried then made, go out.
And why one who is enrolled cannot leave a famille yet (`retenue`).
"""
