"""What was observed, by whom, when, and who is missing."""
