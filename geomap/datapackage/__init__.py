"""Data Packages: the standard's own fields, and the one door through which data files are read."""
