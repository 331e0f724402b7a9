"""Health: what a parent declares of a child, encrypted, and apart from the rest."""
