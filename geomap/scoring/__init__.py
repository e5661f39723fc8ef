"""The arithmetic of an index: arrays whose last two axes are place and indicator; a leading axis of draws passes through."""
