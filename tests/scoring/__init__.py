"""The arithmetic of an index."""
