"""A change taken apart: what the data did, what the method did, what redrawing did, what revising did; the parts add up exactly."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARTS = ("data", "method", "boundary", "revision")


@dataclass(frozen=True)
class Scored:
    """One number (place,) by data and method: old_old is old data by the old method, old_new old data by the new one, and so on.

    published: what the old edition published, carried to the new places. new_old: nothing where the new edition lacks what the old method needs.
    revised_new, revised_old: the old period's data as they are known today, by either method; nothing where they are not known.
    """

    published: Floats
    old_old: Floats
    old_new: Floats
    new_new: Floats
    new_old: Floats | None = None
    revised_new: Floats | None = None
    revised_old: Floats | None = None


def split(found: Scored) -> pd.DataFrame:
    """A row a place: total and PARTS, which sum to it.

    boundary: old data scored in the new places less the published score carried there. Between data and method the order matters; each gets the mean over
    both orders (Shapley 1953, two players), or that of the one order that can be computed: method on old data, then data by the new method. revision: the
    part of the data's effect that lies between what was known then and what is known today of the same period.
    """
    boundary = found.old_old - found.published
    method, data = found.old_new - found.old_old, found.new_new - found.old_new
    revision = np.zeros_like(data) if found.revised_new is None else _revised(found.revised_new, found.old_new)
    if found.new_old is not None:
        other_method, other_data = found.new_new - found.new_old, found.new_old - found.old_old
        method, data = (method + other_method) / 2, (data + other_data) / 2
        if found.revised_new is not None:
            other = revision if found.revised_old is None else _revised(found.revised_old, found.old_old)
            revision = (revision + other) / 2
    total = found.new_new - found.published
    return pd.DataFrame({"total": total, "data": data - revision, "method": method, "boundary": boundary, "revision": revision})


def _revised(revised: Floats, then: Floats) -> Floats:
    """The effect of revising; none where today's knowledge of the old period is not at hand."""
    return np.where(np.isnan(revised), 0.0, revised - then)
