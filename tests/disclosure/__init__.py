"""The gate and its law."""
