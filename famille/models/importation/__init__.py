"""What an import of familles keeps: how the columns of a file are named, and the file until it is imported."""
