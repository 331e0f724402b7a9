"""Health: what a parent declares, encrypted, and the journal of the agents who read it."""
