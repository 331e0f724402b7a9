"""Writing to many. Criteria go in, familles to write to come out; apps above may add criteria of their own."""
