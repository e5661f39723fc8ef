"""How a layer becomes a number per place: one file per measure."""
