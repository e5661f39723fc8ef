"""Attacks on what is published: linear programmes, differences over time, regression of scores; and their figures (make attack)."""
