"""The agreed recipe: what is measured, how it is combined, what is missing, what is withheld, and why."""
