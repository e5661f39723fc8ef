"""Ways to show an assessment."""
