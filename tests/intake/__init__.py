"""One door: what is read, repaired or refused."""
