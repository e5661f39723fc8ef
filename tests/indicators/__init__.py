"""Every measure on the toy city, with sums done by hand."""
