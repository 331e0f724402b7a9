"""The months billed already. Issued campaigns go in; their rules, and what has changed of their days, come out."""
