"""Assessments of the toy city from a table of scores, so that every sum can be done by hand."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.assessment.assessment import BRANCH, INDICATOR, Assessment, Node
from geomap.assessment.branches import branches_at
from geomap.methodology.recipe import Methodology
from geomap.scoring.tree import grow, weigh
from tests.toy import atlas, drawn, methodology

REASON = {"reason": "Because."}
MEASURE = {"measure": "value", "layer": "scores", "field": "score"}
TO_HUNDRED = {"method": "fixed", "low": 0, "high": 100, **REASON}


def indicator(name: str, domain: str, **said: Any) -> dict[str, Any]:
    """An indicator called by its id, in per cent, whose value is ten times its score."""
    return {"id": name, "title": name.upper(), "domain": domain, "up": "worse", "unit": "%", "measure": MEASURE, **REASON, **said}


def whole(name: str, up: str = "worse", **said: Any) -> dict[str, Any]:
    """A domain or an index called by its id."""
    return {"id": name, "title": name.title(), "up": up, **REASON, **said}


def recipe(*indicators: dict[str, Any], domain: list[dict[str, Any]], index: list[dict[str, Any]], **changed: Any) -> Methodology:
    """A methodology of these parts, on a fixed scale of 0 to 100."""
    return methodology(*indicators, **{"domain": domain, "index": index, "scale": TO_HUNDRED, **changed})


def assessed(agreed: Methodology, table: str | pd.DataFrame, *, evidence: dict[str, str] | None = None) -> Assessment:
    """What *agreed* says of scores in a drawn table, whose first column is the place; providers are named like the evidence, with a capital."""
    frame = drawn(table) if isinstance(table, str) else table
    frame = frame.set_index(frame.columns[0]).astype(float)
    leaves = {name: frame[name].to_numpy() for name in frame.columns}
    ups = {one.id: one.up for one in agreed.indicator}
    branches = weigh(branches_at(agreed, "wards"), leaves, ups)
    grown = grow(branches, leaves, ups)
    numbers = {branch.id: _scores(grown.scores[branch.id], branch.up, frame.index) for branch in branches}
    numbers |= {name: _values(frame[name]) for name in frame.columns}
    weights = {branch.id: branch for branch in branches}
    nodes = [
        _whole(one, kind, weights[one.id])
        for kind, some in (("index", agreed.index), ("domain", agreed.domain))
        for one in some
        if one.id in weights
    ]
    nodes += [_leaf(one, (evidence or {}).get(one.id, "census")) for one in agreed.at("wards")]
    shapes = atlas()["wards"].frame.to_crs(4326)
    outline = gpd.GeoSeries([shapes.geometry.get(code, shapes.geometry.iloc[0]) for code in frame.index], crs=4326)
    places = gpd.GeoDataFrame({"name": [str(code).title() for code in frame.index], "parent": "", "parent_name": ""}, geometry=outline.to_numpy(), crs=4326, index=frame.index.rename("code"))  # fmt: skip
    return Assessment(
        "Toy city", "toy", "2025", "wards", "ward", "wards", agreed.fingerprint, "partners", places, tuple(nodes), numbers, ("A toy.",)
    )


def _scores(values: np.ndarray, up: str, places: pd.Index) -> pd.DataFrame:
    badness = pd.Series(values if up == "worse" else -values, index=places)
    table = pd.DataFrame(np.nan, index=places, columns=list(BRANCH)).astype({"status": object})
    status = np.where(np.isnan(values), "missing", "value")
    return table.assign(value=values, low=values, high=values, status=status, rank=badness.rank(method="min", ascending=False))


def _values(scores: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame(np.nan, index=scores.index, columns=list(INDICATOR)).astype({"status": object, "flags": object})
    status = np.where(scores.isna(), "missing", "value")
    return table.assign(value=10 * scores, status=status, flags="", scaled=scores, scaled_low=scores, scaled_high=scores)


def _whole(one: Any, kind: str, branch: Any) -> Node:
    return Node(one.id, one.title, kind, one.up, "0–10", 1, "2025", branch.parts, branch.weights, getattr(one, "domain", ""), one.combine)


def _leaf(one: Any, evidence: str) -> Node:
    return Node(
        one.id,
        one.title,
        "indicator",
        one.up,
        one.unit,
        one.digits,
        "2025",
        domain=one.domain,
        provider=evidence.title(),
        evidence=evidence,
    )
