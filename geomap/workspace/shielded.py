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
)


def without_pins(layer: Layer) -> pd.DataFrame:
    """The layer's table; where a row is informal or shielded, nothing is left of where exactly it is."""
    table = layer.table
    hidden = pd.Series(data=False, index=table.index)
    for name in COLUMNS:
        if name in table:
            told = table[name].astype(str).str.strip().str.lower()
            hidden |= told.isin([*SHIELDED, "true", "yes", "1"])
    places = layer.card.places
    own = {places.x, places.y} - {""} if places else set()
    pins = [name for name in table.columns if name in own or str(name).lower() in PINS]
    return table.assign(**{name: table[name].astype(object).mask(hidden, None) for name in pins}) if hidden.any() and pins else table
