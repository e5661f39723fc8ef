"""Colours, classes and words of a map."""
