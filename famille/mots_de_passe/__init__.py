"""Passwords: the rule that all are shown, temporary ones, and the forms that choose one."""
