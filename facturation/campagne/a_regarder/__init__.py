"""What an agent should look at before issuing. A campaign and its reckoning go in; anomalies and where to mend them out."""
