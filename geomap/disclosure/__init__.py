"""The one-way gate: private in, publishable out. Everything after it is computed from what it lets out."""
