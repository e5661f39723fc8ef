"""An index file run on a table: every node, and every summary, as columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.errors import LayerError, MethodologyError
from geomap.methodology.index import IndexFile, Node, Only, Summary, Typology
from geomap.methodology.weighting import judged
from geomap.scoring import areas
from geomap.scoring.gather import WAYS, present
from geomap.statistics import weighting

Floats = NDArray[np.float64]
SENTINELS = (-999.0, -9999.0, -99999.0, -9.0e9)
FAULTS_SHOWN = 10


@dataclass(frozen=True)
class Indexed:
    """places: a row per place, a column per node. summaries: for each column that was summed up by, a row per larger place."""

    places: pd.DataFrame
    summaries: Mapping[str, pd.DataFrame]


def run_index(recipe: IndexFile, table: pd.DataFrame, *, key: str = "") -> Indexed:
    """What *recipe* makes of *table*, a table of text as it was read; LayerError names columns that are absent and cells that are no numbers."""
    key = key or recipe.index.key
    numbers = _numbers(recipe, table)
    labels = {name: _labels(table, name) for name in recipe.groups}
    known: dict[str, Floats] = dict(numbers)
    for node in recipe.node:
        known[node.id] = run_node(node, known, labels)
    shown: dict[str, Floats | NDArray[np.object_]] = {node.id: known[node.id] for node in recipe.node if node.show}
    shown |= {typology.id: _words(typology, known) for typology in recipe.typology}
    index = pd.Index(table[key] if key else np.arange(1, len(table) + 1), name=key or "row")
    return Indexed(pd.DataFrame(shown, index=index), _summaries(recipe, known, labels))


def run_node(node: Node, known: Mapping[str, Floats], labels: Mapping[str, tuple[NDArray[np.intp], pd.Index]]) -> Floats:
    """The values of one node from those of its parts, arrays (…, place)."""
    values = node.direction * _gathered(node, np.stack([known[part] for part in node.of], axis=-1), known)
    for step in node.steps:
        among, weight = getattr(step, "among", ""), getattr(step, "weight", "")
        values = step(
            values, labels[step.by][0] if step.by else None, known[among] > 0 if among else None, known[weight] if weight else None
        )
    return values


def _gathered(node: Node, parts: Floats, known: Mapping[str, Floats]) -> Floats:
    if node.gather is None:
        return parts[..., 0]
    weights = np.array(node.powers) if node.powers else weights_of(node, parts, known)
    there = present(parts, np.ones(len(node.of)) if node.powers else weights)
    count = np.sum(~np.isnan(parts), axis=-1)
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
        return _from_data(node.weights.data, parts)
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


def _numbers(recipe: IndexFile, table: pd.DataFrame) -> dict[str, Floats]:
    wanted = [*recipe.columns, *recipe.groups]
    if absent := [name for name in wanted if name not in table.columns]:
        raise LayerError(
            f"The table has no column {absent}, which '{recipe.index.name}' is made of. Its columns are {list(table.columns)[:60]}."
        )
    faults: list[str] = []
    found = {name: _typed(table[name], recipe, faults) for name in recipe.columns}
    if faults:
        raise LayerError(f"The table cannot be used for '{recipe.index.name}':", tuple(faults[:FAULTS_SHOWN]))
    if recipe.index.only is None:
        return found
    out = ~_taking_part(recipe.index.only, found[recipe.index.only.column])
    return {name: np.where(out, np.nan, values) for name, values in found.items()}


def _taking_part(only: Only, column: Floats) -> NDArray[np.bool_]:
    limits = ((np.greater, only.above), (np.greater_equal, only.at_least), (np.less, only.below), (np.less_equal, only.at_most))
    return np.logical_and.reduce([compare(column, limit) for compare, limit in limits if limit is not None])


def _typed(column: pd.Series, recipe: IndexFile, faults: list[str]) -> Floats:
    text = column.astype("str").str.strip()
    gone = (text.isin(recipe.index.missing) | column.isna() | (text == "")).to_numpy()
    values = pd.to_numeric(text.mask(gone), errors="coerce").to_numpy(dtype=float, copy=True)
    marks = [float(mark) for mark in recipe.index.missing if _is_number(mark)]
    values[np.isin(values, marks)] = np.nan
    wrong = ~gone & np.isnan(values) & ~np.isin(pd.to_numeric(text, errors="coerce"), marks)
    faults += [
        f"row {row + 2}, column '{column.name}': '{text.iloc[row][:40]}' is not a number; if it stands for a gap, name it in missing."
        for row in np.flatnonzero(wrong)[:3]
    ]
    strange = sorted({value for value in SENTINELS if (values == value).any()})
    faults += [
        f"column '{column.name}' holds {value:g}, which looks like a mark for a gap; name it in missing, or correct the table."
        for value in strange
    ]
    return values


def _is_number(mark: str) -> bool:
    try:
        float(mark)
    except ValueError:
        return False
    return True


def _labels(table: pd.DataFrame, name: str) -> tuple[NDArray[np.intp], pd.Index]:
    codes, values = pd.factorize(table[name].astype("str").mask(table[name].isna()), sort=True)
    return codes.astype(np.intp), pd.Index(values, name=name)


def _summaries(
    recipe: IndexFile, known: Mapping[str, Floats], labels: Mapping[str, tuple[NDArray[np.intp], pd.Index]]
) -> dict[str, pd.DataFrame]:
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
    if summary.how == "sum":
        return areas.group_sum(values * weight, codes, count)
    if summary.how == "concentration":
        return areas.concentration(values, weight, codes, count, share=summary.share)
    ready = {
        "mean": lambda: values,
        "mean_inverted_rank": lambda: areas.inverted(values),
        "share_worst": lambda: areas.in_worst(values, summary.share),
        "extent": lambda: areas.extent_weight(values, summary.curve),
    }
    return areas.group_mean(ready[summary.how](), weight, codes, count)
