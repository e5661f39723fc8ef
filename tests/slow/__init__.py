"""What takes too long for every run, or needs QGIS: make slow."""
