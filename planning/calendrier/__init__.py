"""The published calendars: the two libraries go in, plain intervals to import come out."""
