"""Rows of the agents' lists. In: Django's list of a model, as the page shows it. Out: the HTML of its cells."""
