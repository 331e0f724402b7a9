"""The performance harness: a town of any size, served as in production, measured page by page beside the targets."""
