"""Places that must not be found: informal and shielded assets are never told as a point."""

import pandas as pd

from geomap.layers.layer import Layer

SHIELDED = ("informal", "shielded", "shield")
COLUMNS = ("formality", "shielded")
PINS = (
    "x",
    "y",
    "lon",
    "lat",
    "longitude",
    "latitude",
    "easting",
    "northing",
    "geometry",
    "address",
    "postcode",
    "street",
    "what3words",
    "uprn",
    "lng",
    "long",
    "coordinates",
    "location",
    "street_address",
    "map_reference",
    "grid_reference",
    "wkt",
    "plus_code",
)


def without_pins(layer: Layer) -> pd.DataFrame:
    """The layer's table; where a row must not be a point, nothing is left of where exactly it is."""
    table, hidden = layer.table, hidden_rows(layer)
    places = layer.card.places
    own = {places.x, places.y} - {""} if places else set()
    pins = [name for name in table.columns if name in own or str(name).lower() in PINS]
    return table.assign(**{name: table[name].astype(object).mask(hidden, None) for name in pins}) if hidden.any() and pins else table


def hidden_rows(layer: Layer) -> pd.Series:
    """Which rows must not be a point: those marked informal or shielded, and, where the table tells of formality, all that are not plainly formal."""
    hidden = _marked(layer.table)
    return hidden | (layer.table["formality"].astype(str).str.strip().str.lower() != "formal") if "formality" in layer.table else hidden


def _marked(table: pd.DataFrame) -> pd.Series:
    hidden = pd.Series(data=False, index=table.index)
    for name in COLUMNS:
        if name in table:
            told = table[name].astype(str).str.strip().str.lower()
            hidden |= told.isin([*SHIELDED, "true", "yes", "1"])
    return hidden
