"""The effective day: weekly pattern, calendar and row put together, written once in SQL and once in Python."""
