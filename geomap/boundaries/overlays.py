"""The crosswalks by shapes that the card of a boundary set declares."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.card import BoundaryCard, Overlay
from geomap.boundaries.crosswalk import Crosswalk
from geomap.boundaries.overlay import by_area, by_people, by_raster
from geomap.datapackage.package import CARD, file_of
from geomap.datapackage.tables import read_csv
from geomap.errors import BoundaryError


def read_overlays(folder: Path, card: BoundaryCard, sets: Mapping[str, Boundaries]) -> tuple[Crosswalk, ...]:
    """One crosswalk for each of geomap:overlays; BoundaryError where it names a set that is not among *sets*."""
    return tuple(_read(folder, card, overlay, sets) for overlay in card.overlays)


def _read(folder: Path, card: BoundaryCard, overlay: Overlay, sets: Mapping[str, Boundaries]) -> Crosswalk:
    named = [overlay.origin, *([overlay.smaller] if overlay.by == "people" else [])]
    if absent := [name for name in named if name not in sets]:
        raise BoundaryError(
            f"{folder / CARD}: geomap:overlays names {absent}, but the boundary sets are {sorted(sets)}. Add the older set, or correct the name."
        )
    if overlay.origin == card.name:
        raise BoundaryError(f"{folder / CARD}: geomap:overlays carries '{card.name}' to itself. Name the older set.")
    origin, place = sets[overlay.origin], sets[card.name]
    if overlay.by == "area":
        return by_area(origin, place)
    if overlay.by == "raster":
        return by_raster(origin, place, file_of(folder, card.resource(overlay.resource)))
    return by_people(origin, place, sets[overlay.smaller], _people(folder, card, overlay))


def _people(folder: Path, card: BoundaryCard, overlay: Overlay) -> pd.Series:
    """How many people live in each of the smaller places."""
    resource = card.resource(overlay.resource)
    table = read_csv(file_of(folder, resource), resource, columns=(overlay.key, overlay.field)).frame
    people = pd.to_numeric(table[overlay.field], errors="coerce")
    if (people < 0).any() or people.isna().any():
        raise BoundaryError(f"{folder / resource.path}: column '{overlay.field}' must hold a number of people, 0 or more, in every row.")
    return people.groupby(table[overlay.key].astype(str)).sum()
