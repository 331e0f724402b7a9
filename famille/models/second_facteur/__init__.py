"""The tables of the agents' second factor: the key of a phone, the codes for the day without it, trusted tablets."""
