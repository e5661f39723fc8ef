"""The one door for files: bytes, recognised by what they are, read by exactly one reader, repaired with a record or refused in words."""
