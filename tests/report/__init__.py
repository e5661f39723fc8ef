"""The two-page report."""
