"""What to look at before issuing. A campaign and its reckoning go in; anomalies, and where to mend them, come out."""
