"""Ways to show an assessment, one file each."""
