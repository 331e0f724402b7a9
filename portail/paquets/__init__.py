"""What packages bring to the agents' pages. Their tables go in; French names and pages of ours come out."""
