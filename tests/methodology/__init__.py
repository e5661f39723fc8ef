"""The recipe and its faults."""
