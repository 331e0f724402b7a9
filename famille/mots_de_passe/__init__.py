"""Passwords. Whoever has forgotten theirs, or has a temporary one, comes in; with one of their own, they go out.

The rule that a password follows is `famille/regle_des_mots_de_passe.py`.
"""
