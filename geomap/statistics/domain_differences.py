"""How far two groups lie apart, in many places at once, each with the doubt that the whole design leaves."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from geomap.statistics.design import Design
from geomap.statistics.domains import Domains, distinct, variances

Floats = NDArray[np.float64]


def domain_differences(design: Design, y: ArrayLike, domains: Domains, one: ArrayLike, other: ArrayLike) -> pd.DataFrame:
    """Per domain, in the order of its codes: the mean of *y* (n,) among the rows *one* less that among *other*, its se, n, n_other and df.

    se is that of *Design.difference* within the domain: the two groups share strata, clusters and calibration, so it is not that of two samples.
    df: primary units less strata less one, as R's svyttest has it, of those with rows in either group.
    """
    count, y = len(domains.codes), np.asarray(y, dtype=float)
    groups = [domains.where(np.asarray(part, dtype=bool)).position for part in (one, other)]
    sizes = [_total(design.weights, group, count) for group in groups]
    bases = [_total(np.ones(len(y)), group, count) for group in groups]
    with np.errstate(divide="ignore", invalid="ignore"):
        means = [_total(design.weights * y, group, count) / size for group, size in zip(groups, sizes, strict=True)]
    both = Domains(domains.codes, np.maximum(*groups))
    if design.replicates is not None:
        se = np.sqrt(design.replicates.spread(design.replicates.means(y, groups[0], count) - design.replicates.means(y, groups[1], count)))
    else:
        scores = np.zeros(len(y))
        for sign, group, mean, size in zip((1, -1), groups, means, sizes, strict=True):
            inside = group >= 0
            scores[inside] = sign * (y[inside] - mean[group[inside]]) / size[group[inside]]
        se = np.sqrt(variances(design, scores, both))
    df = distinct(design.psu, both) - distinct(design.stratum, both) - 1
    df = df if design.replicates is None else np.minimum(df, design.replicates.df - 1)
    return pd.DataFrame(
        {"difference": means[0] - means[1], "se": se, "n": bases[0], "n_other": bases[1], "df": df}, index=pd.Index(domains.codes)
    )


def _total(values: Floats, group: NDArray[np.intp], count: int) -> Floats:
    inside = group >= 0
    return np.bincount(group[inside], weights=values[inside], minlength=count)
