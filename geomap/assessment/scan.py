"""The group of neighbouring places that stands out most by its recorded events, from published counts."""

from dataclasses import dataclass

import numpy as np
import shapely

from geomap.assessment.assessment import Assessment
from geomap.assessment.funnel import funnel
from geomap.errors import UsageError
from geomap.statistics.scan import Cluster, scan

FEWEST, MOST = 10, 1_000


@dataclass(frozen=True)
class Scanned:
    """codes: the places of the circle that stands out most, its centre first; cluster: its counts and chance; asked: how many places had a shown count."""

    codes: tuple[str, ...]
    cluster: Cluster
    asked: int


def scanned(assessment: Assessment, indicator: str, *, permutations: int = 999, seed: int = 1) -> Scanned:
    """Kulldorff's scan over the places with a shown count of *indicator*, a rate of recorded events; UsageError where there are too few or too many."""
    found = funnel(assessment, indicator).sort_index()
    if not FEWEST <= len(found) <= MOST:
        raise UsageError(
            f"{len(found):,} {assessment.many} have a shown count; circles can be compared among {FEWEST} to {MOST:,}. Choose another level."
        )
    middles = shapely.get_coordinates(shapely.centroid(np.asarray(assessment.places.geometry.reindex(found.index).array)))
    middles *= (np.cos(np.radians(middles[:, 1].mean())), 1.0)
    cluster = scan(middles, found["events"], found["expected"], permutations=permutations, seed=seed)
    return Scanned(tuple(found.index[list(cluster.members)]), cluster, len(found))
