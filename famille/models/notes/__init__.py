"""What the centre writes of a famille for itself: a text and its author come in; notes, the latest first, go out."""
