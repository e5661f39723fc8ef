"""A ruler of an earlier edition, held still: its goalposts and the weights that its data set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from geomap.scoring.scale import Scale
from geomap.scoring.tree import Branch


@dataclass(frozen=True)
class Held:
    """of: the edition the ruler comes from. scales: by level and indicator, as Scale.as_record() writes them. weights: by level and branch, part to weight."""

    of: str
    scales: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    weights: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)

    def scale(self, fitted: Scale, level: str) -> Scale:
        """*fitted* with the earlier edition's goalposts for every indicator that it had; new ones keep those of today's data."""
        known = self.scales.get(level, {})
        low, high, ladders = fitted.low.copy(), fitted.high.copy(), dict(fitted.ladders)
        for column, name in enumerate(fitted.names):
            if name in known and known[name]["low"] is not None:
                low[column], high[column] = known[name]["low"], known[name]["high"]
            if known.get(name, {}).get("ladder"):
                ladders[column] = np.array(known[name]["ladder"], dtype=float)
        return replace(fitted, low=low, high=high, ladders=ladders)

    def branches(self, branches: Sequence[Branch], level: str) -> tuple[Branch, ...]:
        """The branches with the earlier edition's weights where data set them and the parts are the same."""
        known = self.weights.get(level, {})
        return tuple(
            replace(branch, weights=tuple(known[branch.id][part] for part in branch.parts), data="")
            if branch.data and set(known.get(branch.id, {})) == set(branch.parts)
            else branch
            for branch in branches
        )
