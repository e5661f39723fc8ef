"""A toy city whose sums can be done by hand: six wards of one square kilometre, in two districts.

0      1      2      3 km
1 +------+------+------+        district up:   castle, market, park
|castle|market| park |        district down: harbour, mill, station
0 +------+------+------+
|harbr | mill |statn |
-1 +------+------+------+
"""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.atlas import Atlas
from geomap.boundaries.boundaries import Boundaries
from geomap.indicators.sources import Sources
from geomap.layers.card import LayerCard
from geomap.layers.layer import Layer
from geomap.methodology.recipe import Methodology

EAST, NORTH, KM, CRS = 500_000.0, 5_700_000.0, 1_000.0, "EPSG:32630"
WARDS = {"castle": (0, 0), "market": (1, 0), "park": (2, 0), "harbour": (0, -1), "mill": (1, -1), "station": (2, -1)}
DISTRICTS = {"up": ("castle", "market", "park"), "down": ("harbour", "mill", "station")}
PARENT = {ward: district for district, wards in DISTRICTS.items() for ward in wards}


def drawn(text: str) -> pd.DataFrame:
    """A table drawn with bars: numbers become numbers, a blank cell is missing, the rule under the head is passed over."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if set(line.strip()) - set("-+ ")]
    frame = pd.DataFrame(rows[1:], columns=rows[0]).replace("", np.nan)
    return frame.apply(
        lambda column: pd.to_numeric(column) if pd.to_numeric(column, errors="coerce").notna().eq(column.notna()).all() else column
    )


def column(text: str) -> pd.Series:
    """A drawn table of two columns as a series."""
    frame = drawn(text)
    return frame.set_index(frame.columns[0])[frame.columns[1]].astype(float)


def square(east: float, north: float, side: float = 1.0) -> shapely.Polygon:
    """A square whose south-west corner lies so many kilometres from the corner of the city."""
    west, south = EAST + east * KM, NORTH + north * KM
    return shapely.box(west, south, west + side * KM, south + side * KM)


def boundaries(name: str, shapes: dict[str, shapely.Polygon], parents: dict[str, str] | None = None, parent_set: str = "") -> Boundaries:
    """A boundary set of *shapes* by code; the name of each place is its code in capitals."""
    codes = sorted(shapes)
    frame = gpd.GeoDataFrame(
        {"name": [code.upper() for code in codes], "parent": [(parents or {}).get(code, "") for code in codes]},
        geometry=[shapes[code] for code in codes],
        crs=CRS,
        index=pd.Index(codes, name="code"),
    )
    return Boundaries(name, f"The {name}", name.rstrip("s"), "2025-01-01", frame, parent_set, name.rstrip("s"), name)


def atlas(*crosswalks: Any) -> Atlas:
    """Wards and districts, with lookups from elsewhere."""
    wards = boundaries("wards", {code: square(*corner) for code, corner in WARDS.items()}, PARENT, "districts")
    districts = boundaries(
        "districts",
        {"up": shapely.box(EAST, NORTH, EAST + 3 * KM, NORTH + KM), "down": shapely.box(EAST, NORTH - KM, EAST + 3 * KM, NORTH)},
    )
    return Atlas({"wards": wards, "districts": districts}, crosswalks)


def card(name: str, **said: Any) -> LayerCard:
    """The card of a layer by ward, with *said* instead of what a card says by default."""
    standard = {
        "name": name, "title": name.title(), "contributors": [{"title": "The council"}], "resources": [{"name": "data", "path": "data.csv", "format": "csv"}],
        "geomap:kind": "table", "geomap:places": {"boundaries": "wards", "field": "ward"}, "geomap:period": "2025", "geomap:sensitivity": "open",
        "geomap:tier": "public", "geomap:evidence": "administrative", "geomap:skewed": f"The {name} leave somebody out.", "geomap:misreading": f"The {name} can mislead.",
    }  # fmt: skip
    given = {f"geomap:{key}" if key not in standard and key != "resources" else key: value for key, value in said.items()}
    return LayerCard.read({key: value for key, value in {**standard, **given}.items() if value is not None}, where="the card")


def layer(name: str, table: str | pd.DataFrame, *, points: bool = False, **said: Any) -> Layer:
    """A layer from a drawn table; with *points*, its columns east and north are kilometres from the corner of the city."""
    frame = drawn(table) if isinstance(table, str) else table
    if not points:
        return Layer(card(name, **said), frame)
    where = gpd.GeoSeries(gpd.points_from_xy(EAST + frame["east"] * KM, NORTH + frame["north"] * KM), index=frame.index, crs=CRS)
    return Layer(card(name, places={"x": "east", "y": "north", "crs": CRS}, **said), frame, where)


def sources(
    *layers: Layer, levels: tuple[str, ...] = ("wards", "districts"), period: str = "2025", crosswalks: tuple[Any, ...] = ()
) -> Sources:
    """What measures draw from in the toy city."""
    return Sources(atlas(*crosswalks), {one.name: one for one in layers}, period, levels)


def methodology(*indicators: dict[str, Any], **changed: Any) -> Methodology:
    """A methodology of *indicators* (id, measure and what differs from the usual) in one domain, and one index of it."""
    usual = {"title": "A number", "domain": "strain", "up": "worse", "reason": "Because."}
    text = {
        "methodology": {
            "name": "toy",
            "title": "Toy city",
            "version": "1",
            "period": "2025",
            "baseline": "2025",
            "levels": ["wards", "districts"],
        },
        "changes": [{"version": "1", "date": "2025-01-01", "reason": "First."}],
        "missing": {"rule": "share", "least_share": 0.66, "reason": "Because."},
        "disclosure": {"threshold": 5, "survey_base": 5, "reason": "Because."},
        "uncertainty": {"draws": 200, "seed": 1},
        "scale": {"low": 0, "high": 100, "reason": "Because."},
        "indicator": [usual | one for one in indicators],
        "domain": [{"id": "strain", "title": "Strain", "up": "worse", "reason": "Because."}],
        "index": [{"id": "risk", "title": "Risk", "up": "worse", "of": ["strain"], "reason": "Because."}],
    }
    return Methodology.read({**text, **changed}, where="the methodology")


RESIDENTS = """ward    | people
               --------+-------
               castle  |   1000
               market  |   2000
               park    |      0
               harbour |   4000
               mill    |   5000
               station |  10000"""


def residents() -> Layer:
    """Who lives where; nobody lives in the park."""
    return layer("residents", RESIDENTS)
