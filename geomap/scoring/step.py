"""What every step of a methodology is: values of all places in, new values out; by group, fitted to some, weighted by people."""

import numpy as np
from numpy.typing import NDArray

from geomap._recipe import Recipe

Floats = NDArray[np.float64]


class Step(Recipe):
    """One step. by: a column of the table that names each place's group; without it all places are one group."""

    by: str = ""
    reason: str = ""

    def __call__(
        self, values: Floats, groups: NDArray[np.intp] | None = None, among: NDArray[np.bool_] | None = None, weight: Floats | None = None
    ) -> Floats:
        """*values* (…, place) after the step, group by group where *groups* (place,) are given.

        among (place,): those it is fitted to; weight (place,): how much each counts in what is fitted.
        """
        if groups is None:
            return self._fit(values, np.ones(values.shape[-1], dtype=bool), among, weight)
        out = np.full(values.shape, np.nan)
        for group in np.unique(groups[groups >= 0]):
            out[..., groups == group] = self._fit(values, groups == group, among, weight)
        return out

    def _fit(self, values: Floats, own: NDArray[np.bool_], among: NDArray[np.bool_] | None, weight: Floats | None) -> Floats:
        fitted_to = own if among is None else own & among
        return self.fitted(values[..., own], values[..., fitted_to], None if weight is None else weight[fitted_to])

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  most steps are fitted to the values themselves
        """*values* of one group after the step, fitted to *reference* with its *weight* (place,)."""
        return self.apply(values)

    def apply(self, values: Floats) -> Floats:
        """*values* of one group after the step."""
        raise NotImplementedError


class Fitted(Step):
    """A step fitted to a reference population. among: a column of the table; only places where it is above 0 are fitted to, all are changed."""

    among: str = ""


class Weighted(Fitted):
    """A fitted step in which each place counts by a column of the table, such as people; without one each counts once."""

    weight: str = ""
