"""The whole corpus of hostile and broken files, each through the command line in a process of its own."""
