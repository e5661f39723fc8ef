"""Means of many groups of a sample at once, each with the doubt that the whole design leaves it."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geomap.statistics.design import Design

Floats = NDArray[np.float64]
NOTHING, SAME = 1e-13, 1e-12


@dataclass(frozen=True)
class Domains:
    """Which group each row is in. codes: the groups as text, sorted; position (n,): the row's group among them, -1 for none."""

    codes: NDArray[np.object_]
    position: NDArray[np.intp]

    @classmethod
    def of(cls, groups: ArrayLike) -> Self:
        """Groups (n,) as text; whatever is no text is in none."""
        column = np.asarray(groups, dtype=object)
        if pd.api.types.infer_dtype(column, skipna=False) != "string":
            column = np.where([isinstance(code, str) for code in column], column, None)
        position, codes = pd.factorize(column, sort=True)
        return cls(np.asarray(codes, dtype=object), position.astype(np.intp))

    def where(self, kept: ArrayLike) -> Self:
        """The same groups without the rows that are not *kept* (n,)."""
        return type(self)(self.codes, np.where(np.asarray(kept, dtype=bool), self.position, -1))


def domain_means(design: Design, y: ArrayLike, domains: Domains) -> pd.DataFrame:
    """Per group, in the order of its codes: mean, se, n (rows), effective (Kish's n) and df; NaN and 0 for a group without rows.

    se is that of *Design.mean* within the group, from the replicates where the design has any. df: primary units less strata that have rows in the group; R's survey keeps the whole design's,
    by which a place with few units looks surer than it is.
    """
    inside = domains.position >= 0
    at, count, w = domains.position[inside], len(domains.codes), design.weights[inside]
    y = np.where(inside, np.asarray(y, dtype=float), 0.0)

    def total(values: Floats) -> Floats:
        return np.bincount(at, weights=values, minlength=count)

    size = total(w)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total(w * y[inside]) / size
        effective = size**2 / total(w**2)
    own = np.where(inside, mean[domains.position] if count else 0.0, 0.0)
    scores = np.where(inside & (np.abs(y - own) > SAME * np.abs(own)), y - own, 0.0)
    scores[inside] /= size[at]
    n = np.bincount(at, minlength=count).astype(float)
    df = distinct(design.psu, domains) - distinct(design.stratum, domains)
    if design.replicates is None:
        se = np.sqrt(variances(design, scores, domains))
    else:
        se = np.sqrt(design.replicates.variances(y, domains.position, count))
        df = np.minimum(df, design.replicates.df)
    return pd.DataFrame(
        {"mean": mean, "se": np.where(n > 0, se, np.nan), "n": n, "effective": np.nan_to_num(effective), "df": df},
        index=pd.Index(domains.codes),
    )


def variances(design: Design, scores: Floats, domains: Domains) -> Floats:
    """The variance of each group's weighted total of *scores* (n,), which are 0 outside it, without a table of rows by groups.

    A unit's total of calibration residuals is its own sum of scores less its covariates times the group's coefficients; squares are multiplied out.
    """
    inside, (within, sizes, shrink) = domains.position >= 0, design.strata
    unit = design.unit
    sums = csr_array(((scores * design.weights)[inside], (unit[inside], domains.position[inside])), shape=(len(within), len(domains.codes)))
    factor = shrink[within]
    strata = csr_array((np.ones(len(within)), (within, np.arange(len(within)))), shape=(len(sizes), len(within)))
    by_stratum = (strata @ sums).toarray()
    squares = np.asarray(sums.multiply(sums).T @ factor).reshape(-1)
    raw = squares.copy()
    if design.covariates is not None:
        pull, own = design.coefficients(scores, domains.position, len(domains.codes)), design.unit_covariates
        crossed = np.asarray(sums.multiply(factor[:, None]).T @ own)
        squares += np.einsum("gk,kl,gl->g", pull, own.T @ (own * factor[:, None]), pull) - 2 * (crossed * pull).sum(axis=1)
        by_stratum = by_stratum - (strata @ own) @ pull.T
    found = squares - (shrink / sizes) @ by_stratum**2
    return np.where(found > NOTHING * raw, found, 0.0)


def distinct(of: NDArray[np.intp], domains: Domains) -> Floats:
    """How many different values of *of* (n,) each group has."""
    inside = domains.position >= 0
    pairs = np.unique(domains.position[inside].astype(np.int64) * (int(of.max(initial=0)) + 1) + of[inside])
    return np.bincount(pairs // (int(of.max(initial=0)) + 1), minlength=len(domains.codes)).astype(float)
