"""Sums of what overlaps: one record in two strands of hate crime, or one person in two columns, would be counted twice."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from geomap.indicators.measure import Measure
from geomap.layers.layer import Layer
from geomap.methodology.parts import Indicator

COLUMNS = ("events", "part", "whole")
Sum = tuple[str, tuple[str, ...], Mapping[str, tuple[object, ...]]]


def summed_twice(indicators: Iterable[Indicator], layers: Mapping[str, Layer]) -> Iterator[str]:
    """A sentence for each indicator that adds up columns, or categories, that its layer's card names under geomap:overlapping."""
    for indicator in indicators:
        for name, columns, where in _sums(indicator.measure):
            if name in layers and (what := _twice(layers[name], columns, where)):
                yield (
                    f"Indicator '{indicator.id}' adds up what overlaps: the card of '{name}' says that one record can be in several {what}, so a sum counts it "
                    "more than once. Choose one."
                )


def _sums(measure: Measure) -> Iterator[Sum]:
    """What a measure adds up, of which layer: columns, and rows chosen by *where*."""
    for name in COLUMNS:
        if columns := tuple(getattr(measure, name, ()) or ()):
            yield measure.layer, columns, measure.where
    if not any(getattr(measure, name, ()) for name in COLUMNS):
        yield measure.layer, (), measure.where
    if per := getattr(measure, "per", None):
        yield per.layer, per.columns, per.where


def _twice(layer: Layer, columns: tuple[str, ...], where: Mapping[str, tuple[object, ...]]) -> str:
    """What is added up although it overlaps, in words; nothing where nothing is."""
    overlapping = layer.card.overlapping
    if len(both := [name for name in columns if name in overlapping]) > 1:
        return f"of its columns {both}"
    kinds = [name for name in overlapping if name in layer.table and not pd.api.types.is_numeric_dtype(layer.table[name])]
    return next(
        (
            f"of the categories of '{name}'; where = {{ {name} = [...] }} must name exactly one"
            for name in kinds
            if len(where.get(name, ())) != 1
        ),
        "",
    )
