"""The map's own files: its script, its look, its frame, and Leaflet, all shipped with the package."""

from importlib.resources import files


def text(name: str) -> str:
    """The text of one of the map's files, such as mapview.js or vendor/leaflet/leaflet.css."""
    return files("geomap.symbology").joinpath(name).read_text(encoding="utf-8")
