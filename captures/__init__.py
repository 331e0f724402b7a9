"""The pictures of the guides: a demo town on a day that never changes, walked through in Chromium."""
