"""The statistics against hand sums, laws, and what R, OHID and published tables say."""
