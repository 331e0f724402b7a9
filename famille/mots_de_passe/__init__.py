"""Passwords: the rule that all are shown, temporary ones, the link to a new one, and the forms that choose it."""
