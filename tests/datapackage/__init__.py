"""Data packages."""
