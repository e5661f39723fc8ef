"""How numbers become marks: palettes, classes, and the one module that touches markup."""
