"""The agents' page of health: a child's record, each reading of which is noted, and its vaccinations."""
