"""The kinds of documents, as the direction sets them: a kind, and the prestations that want it, come in."""
