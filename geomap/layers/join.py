"""Which row belongs to which place, and what becomes of the rows that belong to none."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.boundaries.finder import NOWHERE
from geomap.boundaries.locate import Located, locate
from geomap.errors import JoinError, LayerError
from geomap.layers.layer import Layer
from geomap.layers.vintage import better
from geomap.worded import worded

EXAMPLES = 5


@dataclass(frozen=True)
class Join:
    """The ledger of a join: rows in = rows matched + rows unmatched by reason.

    codes: per row, the place in *boundaries* it belongs to, or nothing; place: its position among all of them, or -1. unused: places no row speaks of.
    """

    layer: str
    boundaries: str
    codes: pd.Series
    place: np.ndarray
    unmatched: dict[str, int]
    examples: dict[str, tuple[str, ...]]
    places: int
    unused: int
    unused_examples: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows read."""
        return len(self.codes)

    @property
    def matched(self) -> int:
        """Rows that belong to a place."""
        return int(self.codes.notna().sum())

    def place_of(self, rows: pd.Index) -> np.ndarray:
        """The position of the place of each of some *rows*, or -1."""
        at = self.codes.index.get_indexer(rows)
        return np.where(at >= 0, self.place[at], -1)

    def as_record(self) -> dict[str, object]:
        """The ledger as plain values, for reports and manifests."""
        return {
            "layer": self.layer, "boundaries": self.boundaries, "rows": self.rows, "matched": self.matched,
            "unmatched": dict(self.unmatched), "examples": {reason: list(some) for reason, some in self.examples.items()},
            "places": self.places, "places_without_rows": self.unused, "places_without_rows_examples": list(self.unused_examples),
            "notes": list(self.notes),
        }  # fmt: skip


def join(layer: Layer, atlas: Atlas, level: str) -> Join:
    """Each row's place: by its code in the layer's own boundary set, or, for points, by where it lies in *level*."""
    places = layer.card.places
    if not places.boundaries:
        return _by_location(layer, atlas, level)
    return _by_code(layer, atlas, places.boundaries, layer.column(places.field))


def demand(done: Join, layer: Layer, atlas: Atlas) -> Join:
    """The join itself, when enough rows match; otherwise JoinError, with the boundary set that would fit better."""
    keyed = done.rows - done.unmatched.get(UNPLACEABLE, 0) - done.unmatched.get(OUTSIDE, 0) - done.unmatched.get(NO_POINT, 0)
    if keyed and done.matched / keyed < layer.card.least_match:
        some = ", ".join(f"'{code}'" for code in done.examples.get(UNKNOWN, ()))
        said = worded(
            "Only {matched} of {keyed} rows of the layer '{layer}' match a place of '{boundaries}', under the {least} that its card asks for. Unmatched, for example: {examples}.",
            matched=done.matched,
            keyed=keyed,
            layer=layer.name,
            boundaries=done.boundaries,
            least=f"{layer.card.least_match:.0%}",
            examples=str(some),
        )
        raise JoinError(" ".join(filter(None, [said, _vintage(layer, atlas, done)])))
    return done


def _vintage(layer: Layer, atlas: Atlas, done: Join) -> str:
    places = layer.card.places
    return better(layer.column(places.field), atlas, done.boundaries) if places.boundaries else ""


UNKNOWN = worded("code is in no place")
NO_CODE = worded("no code")
UNPLACEABLE = worded("marked as not placeable")
OUTSIDE = worded("outside every place")
NO_POINT = worded("no coordinates")


def _by_code(layer: Layer, atlas: Atlas, boundaries: str, keys: pd.Series) -> Join:
    known = atlas.origins(boundaries)
    reasons = pd.Series(None, index=keys.index, dtype="object")
    reasons[keys.isna()] = NO_CODE
    place = known.get_indexer(keys)
    reasons[keys.notna() & (place < 0)] = UNKNOWN
    reasons[keys.isin(layer.card.unplaceable) | (keys.isna() & ("" in layer.card.unplaceable))] = UNPLACEABLE
    located = Located(keys.where(reasons.isna()), np.where(reasons.isna(), place, NOWHERE), on_border=0)
    return _ledger(layer, boundaries, located, reasons, keys, known)


def _by_location(layer: Layer, atlas: Atlas, level: str) -> Join:
    spots = layer.spots
    if spots is None:
        raise LayerError(
            worded(
                "The layer '{layer}' finds its places by geometry, but its file holds none. Name its columns x and y instead.",
                layer=layer.name,
            )
        )
    located = locate(spots, atlas[level])
    reasons = pd.Series(None, index=spots.index, dtype="object")
    reasons[located.codes.isna()] = OUTSIDE
    reasons[spots.blank] = NO_POINT
    far = (reasons == OUTSIDE).to_numpy()
    first = pd.DataFrame({"x": spots.x[far].round(5), "y": spots.y[far].round(5)}, index=spots.index[far]).drop_duplicates().head(EXAMPLES)
    shown = "(" + first["x"].astype(str) + ", " + first["y"].astype(str) + ")"
    return _ledger(layer, level, located, reasons, shown, atlas[level].codes)


def _ledger(layer: Layer, boundaries: str, located: Located, reasons: pd.Series, shown: pd.Series, known: pd.Index) -> Join:
    unmatched = {str(reason): int(count) for reason, count in sorted(reasons.value_counts().items())}
    examples = {
        reason: tuple(str(some) for some in shown[reasons[shown.index] == reason].dropna().unique()[:EXAMPLES]) for reason in unmatched
    }
    unused = known[np.bincount(located.place[located.place >= 0], minlength=len(known)) == 0]
    without, some = len(unused), tuple(map(str, unused[:EXAMPLES]))
    border = worded("{count} point(s) on a shared border went to the place whose code comes first.", count=located.on_border)
    notes = (border,) if located.on_border else ()
    return Join(layer.name, boundaries, located.codes, located.place, unmatched, examples, len(known), without, some, notes)
