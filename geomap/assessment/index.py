"""An index file run on a table: every node, and every summary, as columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.index_columns import Groups, groups_of, numbers_of, taking_part
from geomap.errors import MethodologyError
from geomap.methodology.index import IndexFile, Node, Summary, Typology
from geomap.methodology.weighting import judged
from geomap.scoring import areas
from geomap.scoring.gather import WAYS, present
from geomap.statistics import weighting

Floats = NDArray[np.float64]
OF_RANKS = ("mean_inverted_rank", "share_worst", "extent", "concentration")


@dataclass(frozen=True)
class Indexed:
    """places: a row per place, a column per node. summaries: for each column that was summed up by, a row per larger place.

    weights: by node, the weight of each part where a matrix or the data decided.
    """

    places: pd.DataFrame
    summaries: Mapping[str, pd.DataFrame]
    weights: Mapping[str, Mapping[str, float]]


def run_index(recipe: IndexFile, table: pd.DataFrame, *, key: str = "") -> Indexed:
    """What *recipe* makes of *table*, a table of text as it was read; LayerError names columns that are absent and cells that are no numbers."""
    key = key or recipe.index.key
    if key in {node.id for node in recipe.node if node.show}:
        raise MethodologyError(f"A node is called '{key}', like the column that names the places; give the node another id.")
    numbers, out = numbers_of(recipe, table)
    labels, known, weights = groups_of(recipe, table), dict(numbers), {}
    for node in recipe.node:
        known[node.id] = run_node(node, known, labels, out)
        if node.weights.data or node.weights.ahp:
            found = weights_of(node, np.stack([known[part] for part in node.of], axis=-1), known)
            weights[node.id] = dict(zip(node.of, map(float, found), strict=True))
    shown: dict[str, Floats | NDArray[np.object_]] = {node.id: known[node.id] for node in recipe.node if node.show}
    shown |= {typology.id: _words(typology, known) for typology in recipe.typology}
    index = pd.Index(table[key] if key else np.arange(1, len(table) + 1), name=key or "row")
    return Indexed(pd.DataFrame(shown, index=index), _summaries(recipe, known, labels), weights)


def run_node(node: Node, known: Mapping[str, Floats], labels: Groups, out: NDArray[np.bool_] | None = None) -> Floats:
    """The values of one node from those of its parts, arrays (…, place); *out* (place,) take no part, whatever a step would fill in."""
    if node.only is not None:
        outside = ~taking_part(node.only, known[node.only.column])
        out = outside if out is None else out | outside
    values = _without(node.direction * _gathered(node, np.stack([known[part] for part in node.of], axis=-1), known), out)
    for step in node.steps:
        among, weight = getattr(step, "among", ""), getattr(step, "weight", "")
        groups = labels[step.by][0] if step.by else None
        values = _without(step(values, groups, known[among] > 0 if among else None, known[weight] if weight else None), out)
    return values


def _without(values: Floats, out: NDArray[np.bool_] | None) -> Floats:
    return values if out is None else np.where(out, np.nan, values)


def _gathered(node: Node, parts: Floats, known: Mapping[str, Floats]) -> Floats:
    if node.gather is None:
        return parts[..., 0]
    weights = np.array(node.powers) if node.powers else weights_of(node, parts, known)
    there = present(parts, np.ones(len(node.of)) if node.powers else weights)
    count = np.sum(~np.isnan(parts), axis=-1)
    if node.gather == "count":
        return count.astype(float)
    if node.missing == "propagate":
        parts = np.where(np.isnan(parts).any(axis=-1, keepdims=True), np.nan, parts)
    enough = (there >= (1.0 if node.missing == "propagate" else node.least) - 1e-12) & (count >= node.least_count)
    if node.missing == "ignore" and node.gather in ("sum", "product"):
        parts = np.where(np.isnan(parts), 0.0 if node.gather == "sum" else 1.0, parts)
    return np.where(enough & (count > 0), WAYS[node.gather](parts, weights), np.nan)


def weights_of(node: Node, parts: Floats, known: Mapping[str, Floats]) -> Floats:
    """The weights of a node's parts: (part,), or (place, part) where columns hold them. MethodologyError when judgements contradict each other."""
    shares = node.weights.shares(node.of)
    if shares is not None:
        return np.array(shares)
    if node.weights.columns:
        return np.stack([known[column] for column in node.weights.columns], axis=-1)
    if node.weights.data:
        try:
            return _from_data(node.weights.data, parts)
        except ValueError as wrong:
            raise MethodologyError(f"node '{node.id}': its parts cannot set their weights: {wrong}.") from None
    return judged(node.weights, node.id)


def _from_data(way: str, parts: Floats) -> Floats:
    flat = parts.reshape(-1, parts.shape[-1])
    return {
        "pca": weighting.pca_weights,
        "pca_loadings": weighting.pca_loadings,
        "entropy": weighting.entropy_weights,
        "critic": weighting.critic_weights,
    }[way](flat)


def _words(typology: Typology, known: Mapping[str, Floats]) -> NDArray[np.object_]:
    row, column = (known[part] - typology.start for part in typology.of)
    labels = np.array(typology.labels, dtype=object)
    inside = (row >= 0) & (row < labels.shape[0]) & (column >= 0) & (column < labels.shape[1])
    if (~inside & ~np.isnan(row + column)).any():
        raise MethodologyError(
            f"typology '{typology.id}' has {labels.shape[0]} × {labels.shape[1]} labels, but {list(typology.of)} have other classes; "
            "give a label for each pair of classes, or set start to the lowest class."
        )
    found = np.full(row.shape, None, dtype=object)
    found[inside] = labels[row[inside].astype(int), column[inside].astype(int)]
    return found


def _summaries(recipe: IndexFile, known: Mapping[str, Floats], labels: Groups) -> dict[str, pd.DataFrame]:
    found: dict[str, dict[str, Floats]] = {}
    for summary in recipe.summary:
        codes, values = labels[summary.by]
        column = _summed(summary, known, codes, len(values))
        for step in summary.steps:
            column = step(column)
        found.setdefault(summary.by, {})[summary.id] = column
    return {by: pd.DataFrame(columns, index=labels[by][1]) for by, columns in found.items()}


def _summed(summary: Summary, known: Mapping[str, Floats], codes: NDArray[np.intp], count: int) -> Floats:
    values = known[summary.of]
    weight = known[summary.weight] if summary.weight else np.ones(len(values))
    if summary.how in OF_RANKS and not _are_ranks(values):
        raise MethodologyError(
            f"The summary '{summary.id}' is of '{summary.of}', which holds no ranks (1 = worst); name a node with the step rank."
        )
    if summary.how == "sum":
        return areas.group_sum(values * weight, codes, count)
    if summary.how == "concentration":
        return areas.concentration(values, weight, codes, count, share=summary.share)
    if summary.how in areas.PLAIN:
        return areas.group_plain(values, codes, count, how=summary.how)
    ready = {
        "mean": lambda: values,
        "mean_inverted_rank": lambda: areas.inverted(values),
        "share_worst": lambda: areas.in_worst(values, summary.share),
        "extent": lambda: areas.extent_weight(values, summary.curve),
    }
    return areas.group_mean(ready[summary.how](), weight, codes, count)


def _are_ranks(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return not len(known) or bool(known.min() >= 1 and known.max() <= len(known))
