"""The journey from layers to an assessment."""
