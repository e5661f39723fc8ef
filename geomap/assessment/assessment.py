"""An assessment: places, numbers with their doubt, and the words that travel with them."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geomap.errors import EditionError
from geomap.worded import worded

INDICATOR = ("value", "low", "high", "status", "n", "flags", "scaled", "scaled_low", "scaled_high", "previous")
BRANCH = (
    "value", "low", "high", "status", "rank", "rank_low", "rank_high", "rank_low_all", "rank_high_all", "choice_rank_low", "choice_rank_high",
    "p_worst", "p_worst_tenth", "p_worse_next", "present", "previous",
)  # fmt: skip
PUBLIC = ("value", "low", "high", "status", "fifth", "fifth_low", "fifth_high", "present", "previous")
WHOLE = (
    "low", "high", "status", "rank", "rank_low", "rank_high", "rank_low_all", "rank_high_all", "choice_rank_low", "choice_rank_high",
    "p_worst", "p_worst_tenth",
)  # fmt: skip
WHOLE_PUBLIC = ("low", "high", "status", "fifth", "fifth_low", "fifth_high")
EXPORTED = {
    "indicator": ("low", "high", "status", "n", "flags"),
    "domain": WHOLE,
    "index": WHOLE,
}


def exported_of(kind: str, tier: str) -> tuple[str, ...]:
    """The columns that stand beside the number of a node of that kind in exports; in a public edition no ranks."""
    return WHOLE_PUBLIC if tier == "public" and kind != "indicator" else EXPORTED[kind]


def branch_of(tier: str) -> tuple[str, ...]:
    """The columns of the table of an index or domain."""
    return PUBLIC if tier == "public" else BRANCH


MODELLED = worded("Modelled, not measured: a change can be a change of the model.")
SURVEY_NOT_REVIEWED = worded("survey not reviewed")
NOT_REVIEWED = worded("Not reviewed: nobody but its owner has looked at how this survey was made.")


def _speaks_to(issues: tuple[str, ...]) -> str:
    return worded("Speaks to: {issues}.", issues=", ".join(issue.replace("-", " ") for issue in issues)) if issues else ""


@dataclass(frozen=True)
class Node:
    """An index, a domain or an indicator: what its numbers mean.

    kind: index, domain or indicator. up: worse or better. parts, weights, combine: of an index or domain. domain, provider, evidence: of an
    indicator. method: how the number came about, in a sentence. caveats: what must be shown wherever the number is. modelled: whether it was
    estimated by a model. unreviewed: whether it comes from a survey whose method nobody but its owner has looked at. why_here: why it says something in this city. issues: ids of the issues that its layers speak to. years: those that are taken
    together, where the measure pools.
    """

    id: str
    title: str
    kind: str
    up: str
    unit: str
    digits: int
    period: str
    parts: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()
    domain: str = ""
    combine: str = ""
    method: str = ""
    provider: str = ""
    evidence: str = ""
    caveats: tuple[str, ...] = ()
    reason: str = ""
    modelled: bool = False
    unreviewed: bool = False
    why_here: str = ""
    issues: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What is written beside the number: that it is modelled or not reviewed, why it is looked at here, to which issues it speaks."""
        said = (
            MODELLED if self.modelled else "",
            NOT_REVIEWED if self.unreviewed else "",
            worded("Why here: {reason}", reason=self.why_here) if self.why_here else "",
            _speaks_to(self.issues),
        )
        return tuple(one for one in said if one)


@dataclass(frozen=True)
class Assessment:
    """One level of one edition.

    places: index = code; columns name, parent, parent_name; geometry in WGS84 (EPSG:4326). nodes: indices, domains, indicators, in this order.
    numbers: by node id, a table on the index of places with the columns INDICATOR or BRANCH. Rank 1 needs attention most.
    backdrop: what maps show for orientation, a row a layer: title, source, drawn_as; geometry in WGS84. No number rests on it.
    """

    title: str
    city: str
    period: str
    level: str
    one: str
    many: str
    fingerprint: str
    tier: str
    places: gpd.GeoDataFrame
    nodes: tuple[Node, ...]
    numbers: Mapping[str, pd.DataFrame]
    caveats: tuple[str, ...] = ()
    backdrop: gpd.GeoDataFrame | None = None

    def node(self, node_id: str) -> Node:
        """The node called *node_id*; EditionError names those there are."""
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise EditionError(
            worded(
                "There is no '{node_id}' in this edition. There are {known}.",
                node_id=str(node_id),
                known=str([node.id for node in self.nodes]),
            )
        )

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """All nodes of a kind."""
        return tuple(node for node in self.nodes if node.kind == kind)

    def stand_ins(self, node_id: str) -> pd.Series:
        """How many withheld numbers each place's score is made of, by the stand-ins that were counted for them; each widens its interval and its ranks."""
        node = self.node(node_id)
        if node.kind == "indicator":
            numbers = self.numbers[node_id]
            return ((numbers["status"] == "suppressed") & numbers["scaled"].notna()).astype(int)
        return sum((self.stand_ins(part) for part in node.parts), pd.Series(0, index=self.places.index))

    def wide(self) -> pd.DataFrame:
        """One row a place with stable column names: name, parent, parent_name, then <id>, <id>_low, <id>_high, <id>_status … per node."""
        columns: dict[str, pd.Series] = {name: self.places[name] for name in ("name", "parent", "parent_name")}
        for node in self.nodes:
            numbers = self.numbers[node.id]
            columns[node.id] = numbers["value"]
            columns |= {f"{node.id}_{name}": numbers[name] for name in exported_of(node.kind, self.tier)}
            if node.kind != "indicator":
                columns[f"{node.id}_stand_ins"] = self.stand_ins(node.id).where(numbers["value"].notna()).astype("Int64")
        return pd.DataFrame(columns, index=self.places.index)
