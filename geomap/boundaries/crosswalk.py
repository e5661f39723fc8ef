"""Carrying counts from the codes of one boundary set to those of another."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.boundaries.card import BoundaryCard, BoundaryResource, Lookup
from geomap.datapackage.package import file_of
from geomap.datapackage.tables import read_csv
from geomap.errors import BoundaryError
from geomap.worded import worded

ROUNDING = 0.02


@dataclass(frozen=True)
class Crosswalk:
    """Which share of each origin lies in which place.

    frame: columns origin, place (codes) and share; the shares of an origin sum to 1, so totals are kept.
    how: one plain sentence on where the shares come from.
    """

    origin_set: str
    place_set: str
    frame: pd.DataFrame
    how: str

    def __post_init__(self) -> None:
        totals = self.frame.groupby("origin")["share"].sum()
        if wrong := list(totals.index[~np.isclose(totals, 1.0, atol=1e-9)][:10]):
            raise BoundaryError(f"The shares from '{self.origin_set}' to '{self.place_set}' of {wrong} do not sum to 1. Mend the lookup.")

    def carry(self, counts: pd.Series, places: pd.Index) -> pd.Series:
        """Counts per origin summed into *places*; a place with any origin unknown, or with none, stays unknown (NaN)."""
        return self.carry_table(counts.to_frame("count"), places)["count"]

    def carry_table(self, counts: pd.DataFrame, places: pd.Index) -> pd.DataFrame:
        """The same for several columns of counts at once."""
        used = self.frame[self.frame["share"] > 0]
        source, target = counts.index.get_indexer(used["origin"]), places.get_indexer(used["place"])
        here = target >= 0
        source, target, share = source[here], target[here], used["share"].to_numpy()[here]
        parts = counts.to_numpy(dtype=float)[source] * share[:, None]
        parts[source < 0] = np.nan
        sums = np.column_stack([np.bincount(target, part, minlength=len(places)) for part in parts.T])
        sums[np.bincount(target, minlength=len(places)) == 0] = np.nan
        return pd.DataFrame(sums, index=places, columns=counts.columns)

    def then(self, other: "Crosswalk") -> "Crosswalk":
        """This crosswalk followed by *other*, as one."""
        joined = self.frame.merge(other.frame, left_on="place", right_on="origin", suffixes=("", "_next"))
        joined["share"] = joined["share"] * joined["share_next"]
        frame = joined.groupby(["origin", "place_next"], as_index=False)["share"].sum().rename(columns={"place_next": "place"})
        return Crosswalk(self.origin_set, other.place_set, frame, "; ".join(filter(None, [self.how, other.how])))

    @property
    def split(self) -> pd.Index:
        """The places that hold only a part of some origin."""
        return pd.Index(sorted(set(self.frame.loc[self.frame["share"] < 1 - 1e-9, "place"])))


def read_crosswalks(folder: Path, card: BoundaryCard) -> tuple[Crosswalk, ...]:
    """All lookups that the card of a boundary set declares."""
    return tuple(_read(folder, card, resource, resource.lookup) for resource in card.resources if resource.lookup)


def _read(folder: Path, card: BoundaryCard, resource: BoundaryResource, lookup: Lookup) -> Crosswalk:
    path = file_of(folder, resource)
    extra = (lookup.share_field,) if lookup.share_field else ()
    rows = read_csv(path, resource, columns=(lookup.origin_field, lookup.place_field, *extra)).frame
    pairs = pd.DataFrame({"origin": rows[lookup.origin_field].astype(str), "place": rows[lookup.place_field].astype(str)})
    if lookup.share_field:
        pairs["share"], how = (
            _declared(pd.to_numeric(rows[lookup.share_field]), pairs, path),
            worded("shares of the lookup from {origin}", origin=lookup.origin),
        )
    elif lookup.weights:
        pairs["share"], how = (
            _weighted(folder, card, lookup, pairs),
            worded(
                "official lookup from {origin}, split places divided by {people}",
                origin=lookup.origin,
                people=card.resource(lookup.weights.resource).called(lookup.weights.field),
            ),
        )
    else:
        pairs["share"], how = (
            1.0 / pairs.groupby("origin")["place"].transform("size"),
            worded("lookup from {origin}, split places divided evenly", origin=lookup.origin),
        )
    return Crosswalk(lookup.origin, card.name, pairs.drop_duplicates(), how)


def _declared(share: pd.Series, pairs: pd.DataFrame, path: Path) -> pd.Series:
    totals = share.groupby(pairs["origin"]).transform("sum")
    if wrong := sorted(set(pairs["origin"][(totals - 1).abs() > ROUNDING]))[:10]:
        raise BoundaryError(f"{path}: the shares of {wrong} are more than {ROUNDING:.0%} away from a sum of 1. Mend the table.")
    return share / totals


def _weighted(folder: Path, card: BoundaryCard, lookup: Lookup, pairs: pd.DataFrame) -> pd.Series:
    by = lookup.weights
    resource = card.resource(by.resource)
    table = read_csv(file_of(folder, resource), resource, columns=(by.key, by.field)).frame
    weight = pairs["place"].map(pd.to_numeric(table[by.field]).groupby(table[by.key]).sum())
    if unknown := sorted(set(pairs["place"][weight.isna()]))[:10]:
        raise BoundaryError(
            f"The weights '{by.field}' in '{by.resource}' say nothing about {unknown}; every place of the lookup needs one."
        )
    totals = weight.groupby(pairs["origin"]).transform("sum")
    evenly = 1.0 / pairs.groupby("origin")["place"].transform("size")
    return (weight / totals.where(totals > 0)).fillna(evenly)
