"""Damaged files of every format by the thousand: each is taken in or refused in words, and nothing else ever happens."""
