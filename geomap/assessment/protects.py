"""What protects, within reach of whom: places and groups that fit a question, and how long the way on foot to each is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.assessment.assessment import Assessment

METRES_A_MINUTE = 80.0  # 4.8 km an hour, the walking speed of Transport for London's PTAL
FORMAL = "formal"
GENERATIONS = 3  # how many larger places a place may lie in, one in another
FOR_ALL = ("everyone", "all", "anyone")
COLUMNS = ("id", "layer", "title", "name", "kind", "audience", "opening", "capacity", "run_by", "listed_by", "checked", "formality", "issue", "level", "code", "longitude", "latitude")  # fmt: skip


@dataclass(frozen=True)
class Question:
    """For which issue, for whom, of which kind (each blank for any), and how many minutes on foot."""

    issue: str = ""
    people: str = ""
    kind: str = ""
    minutes: float = 15.0


@dataclass(frozen=True)
class Protects:
    """assets: the columns COLUMNS; only what is formal has a longitude and latitude. people: level, code, people. ways: level, code, id, minutes along streets.

    parents: the code of the place that each place lies in.
    """

    assets: pd.DataFrame
    people: pd.DataFrame
    ways: pd.DataFrame
    parents: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def issues(self) -> tuple[str, ...]:
        """Every issue that something is said to serve."""
        return tuple(sorted({one for cell in set(self.assets["issue"]) for one in cell.split("; ") if one}))

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """Every group that something is said to be for, without what is for all."""
        return tuple(sorted(set(self.assets["audience"]) - {"", *FOR_ALL}))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every kind there is."""
        return tuple(sorted(set(self.assets["kind"]) - {""}))

    @cached_property
    def pinned(self) -> pd.DataFrame:
        """What may be shown as a point."""
        return self.assets[self.assets["longitude"].notna()]

    def fitting(self, asked: Question) -> pd.DataFrame:
        """The assets that fit; one that does not say for which issue, or for whom, fits any."""
        rows = self.assets
        if asked.issue:
            rows = rows[[not cell or asked.issue in cell.split("; ") for cell in rows["issue"]]]
        if asked.people:
            rows = rows[rows["audience"].isin(["", asked.people, *FOR_ALL])]
        return rows[rows["kind"] == asked.kind] if asked.kind else rows

    def placed(self, rows: pd.DataFrame, places: pd.Index) -> pd.Series:
        """The code in *places* of each of *rows*: its own, or what that lies in; blank where the row is known only by a larger place."""
        at = rows["code"]
        for _ in range(GENERATIONS):
            at = at.where(at.isin(places), at.map(self.parents).fillna(""))
        return at.where(at.isin(places), "")

    def people_at(self, level: str, places: pd.Index) -> pd.Series | None:
        """How many live in each of *places*; nothing where the edition does not say."""
        rows = self.people[self.people["level"] == level]
        return rows.set_index("code")["people"].reindex(places) if len(rows) else None


@dataclass(frozen=True)
class Reached:
    """What fits a question at one level.

    fitting: the assets that fit. pairs: code, id, minutes, nearest first for each place, up to the minutes asked. here: index = code; nearest (minutes, however
    far), formal (how many within the minutes), informal (how many in the place itself), people. streets: whether the ways go along streets.
    """

    asked: Question
    fitting: pd.DataFrame
    pairs: pd.DataFrame
    here: pd.DataFrame
    streets: bool


def within_reach(assessment: Assessment, there: Protects, asked: Question) -> Reached:
    """Everything that fits *asked*, and what is within reach of the middle of each place."""
    places, fitting = assessment.places, there.fitting(asked)
    pinned = fitting[fitting["longitude"].notna()]
    own = there.ways[(there.ways["level"] == assessment.level) & there.ways["id"].isin(pinned["id"])]
    streets = bool((there.ways["level"] == assessment.level).any())
    if streets:
        nearest = own.groupby("code")["minutes"].min().reindex(places.index)
        pairs = own.loc[own["minutes"] <= asked.minutes, ["code", "id", "minutes"]]
    else:
        nearest, pairs = _straight(places, pinned, asked.minutes)
    unpinned = fitting[fitting["longitude"].isna()]
    lies_in = there.placed(unpinned, places.index)
    people = there.people_at(assessment.level, places.index)
    here = pd.DataFrame(
        {
            "nearest": nearest, "formal": pairs["code"].value_counts().reindex(places.index, fill_value=0),
            "informal": lies_in[lies_in != ""].value_counts().reindex(places.index, fill_value=0),
            "people": np.nan if people is None else people,
        },
        index=places.index,
    )  # fmt: skip
    return Reached(asked, fitting, pairs.sort_values(["code", "minutes", "id"], ignore_index=True), here, streets)


def _straight(places: gpd.GeoDataFrame, pinned: pd.DataFrame, minutes: float) -> tuple[pd.Series, pd.DataFrame]:
    """Minutes to the nearest of *pinned* from the middle of each place, and all pairs up to *minutes*, in a straight line at METRES_A_MINUTE."""
    from scipy.spatial import KDTree

    if pinned.empty:
        return pd.Series(np.nan, index=places.index), pd.DataFrame(
            {"code": pd.Series(dtype=str), "id": pd.Series(dtype=str), "minutes": pd.Series(dtype=float)}
        )
    middles = gpd.GeoSeries(shapely.centroid(places.geometry.to_numpy()), index=places.index, crs=4326)
    metres = middles.estimate_utm_crs()
    starts, ends = (
        shapely.get_coordinates(points.to_crs(metres).to_numpy())
        for points in (middles, gpd.GeoSeries(gpd.points_from_xy(pinned["longitude"], pinned["latitude"]), crs=4326))
    )
    tree = KDTree(ends)
    near = KDTree(starts).sparse_distance_matrix(tree, minutes * METRES_A_MINUTE, output_type="ndarray")
    pairs = pd.DataFrame(
        {"code": places.index[near["i"]], "id": pinned["id"].to_numpy()[near["j"]], "minutes": near["v"] / METRES_A_MINUTE}
    )
    return pd.Series(tree.query(starts)[0] / METRES_A_MINUTE, index=places.index), pairs
