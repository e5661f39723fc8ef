"""Editions: frozen, read back, rebuilt."""
