"""Files: what people send goes in, examined and made harmless; what is kept comes out, to whoever may read it."""
