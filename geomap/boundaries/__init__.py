"""Where: places, their levels and vintages, and the ways between them."""
