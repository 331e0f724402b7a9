"""What the agents' pages of every app share. Nothing here names a domain noun, and nothing is registered."""
