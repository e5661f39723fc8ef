"""A workspace from its first file to its check."""
