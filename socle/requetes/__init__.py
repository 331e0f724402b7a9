"""Statements written once for many readings. What comes in: a queryset; what goes out: its rows, for other values."""
