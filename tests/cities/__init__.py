"""Real cities, built from open data."""
