"""Columns of a layer about people that are the sum of others, by which the last part is told."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geomap.indicators.share import Share
from geomap.workspace.workspace import Workspace


@dataclass(frozen=True)
class Totals:
    """parts: by layer and column, the columns that it is the sum of."""

    parts: dict[tuple[str, str], tuple[str, ...]]

    @classmethod
    def of(cls, workspace: Workspace) -> "Totals":
        """The wholes of shares, of one column each, that in every row are the parts which shares of them name; found in the records, since no card says so."""
        named: dict[tuple[str, str], dict[str, None]] = {}
        for indicator in workspace.methodology.indicator:
            measure = indicator.measure
            if isinstance(measure, Share) and len(measure.whole) == 1 and workspace.sources.layer(measure.layer).card.guarded:
                named.setdefault((measure.layer, measure.whole[0]), {}).update(dict.fromkeys(measure.part))
        return cls({key: tuple(parts) for key, parts in named.items() if _add_up(workspace, *key, tuple(parts))})

    def spelled_out(self, entries: pd.DataFrame, made: str) -> pd.Series:
        """The filters of *entries*, each sum among the columns that *made* names in the words of its parts."""
        if not self.parts:
            return entries["where"]
        said = [self._said(what, json.loads(where), made) for what, where in zip(entries["what"], entries["where"], strict=True)]
        return pd.Series(said, index=entries.index, dtype=object)

    def _said(self, layer: str, where: dict[str, Any], made: str) -> str:
        columns = [part for column in where.get(made, ()) for part in self.parts.get((layer, column), (column,))]
        return json.dumps(where | ({made: list(dict.fromkeys(columns))} if columns else {}))


def _add_up(workspace: Workspace, layer: str, whole: str, parts: tuple[str, ...]) -> bool:
    rows = workspace.sources.layer(layer)
    total, found = rows.numbers(whole).to_numpy(), sum(rows.numbers(part).to_numpy() for part in parts)
    known = np.isfinite(total) & np.isfinite(found)
    return whole not in parts and bool(known.any() and (total[known] == found[known]).all())
