"""Paying online. An invoice goes out to the Treasury's page; what it answers comes in, and is judged once."""
