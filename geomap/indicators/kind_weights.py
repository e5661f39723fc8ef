"""A table of the workspace that says how much one event of each kind weighs, such as a crime severity score or a harm index."""

import numpy as np
import pandas as pd

from geomap._recipe import Recipe
from geomap.errors import LayerError
from geomap.indicators.sources import Sources
from geomap.worded import worded

NAMED = 10


class KindWeights(Recipe):
    """The table of weights: the columns *kind* and *weight* of *layer*."""

    layer: str
    kind: str = "kind"
    weight: str = "weight"

    def read(self, sources: Sources) -> pd.Series:
        """The weight of each kind, by its name; LayerError with all faults of the table."""
        layer = sources.layer(self.layer)
        names, weights = layer.column(self.kind).astype("string").replace("", pd.NA), layer.numbers(self.weight)
        wrong = names[weights.notna() & ~(np.isfinite(weights) & (weights >= 0))]
        faults = [
            *([f"{int(names.isna().sum())} row(s) name no kind; fill the column '{self.kind}', or take them out."] if names.isna().any() else []),
            *_fault("more than one weight; leave one row for each", names[names.duplicated()]),
            *_fault("no weight; write one, or take the row out", names[weights.isna()]),
            *_fault("a weight below 0 or without end; an event never makes others lighter", wrong),
        ]  # fmt: skip
        if faults or names.empty:
            raise LayerError(f"The table of weights '{self.layer}' cannot be used:", tuple(faults or ["It has no rows."]))
        return pd.Series(weights.to_numpy(), index=names.to_numpy(dtype=object))

    def sentences(self, sources: Sources) -> tuple[str, ...]:
        """Whose weights these are, and what their card says of them."""
        card = sources.layer(self.layer).card
        return (
            worded("Weights of the kinds: {title} ({provider}, {period}).", title=card.title, provider=card.provider, period=card.period),
            card.skewed,
            card.misreading,
        )


def _fault(what: str, names: pd.Series) -> list[str]:
    named = sorted(set(names.dropna()))
    return [f"{named[:NAMED]} have {what}."] if named else []
