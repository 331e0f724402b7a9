"""The agents' pages of health: a child's record, each reading of which is noted, and the journal of these readings."""
