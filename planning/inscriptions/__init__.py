"""Enrolling several children: who is looked for comes in (`candidats`); inscriptions, tried then made, go out."""
