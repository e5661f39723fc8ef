"""Who neighbours whom among the places of an assessment that have a number, and which lie at the edge of the map."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geomap.assessment.assessment import Assessment
from geomap.boundaries.contiguity import contiguity
from geomap.boundaries.neighbours import Neighbours


@dataclass(frozen=True)
class Surroundings:
    """numbers: a column a node, of the places that have all of them; neighbours: queen contiguity among those; edge: per such place, whether it lies at the outline of the map.

    middles: their centroids, in degrees of latitude (place, 2), so that distances can be compared.
    """

    numbers: pd.DataFrame
    neighbours: Neighbours
    edge: np.ndarray
    middles: np.ndarray


def surroundings(assessment: Assessment, node_ids: tuple[str, ...]) -> Surroundings:
    """Of the places that have a number for each of *node_ids*, as published."""
    numbers = pd.DataFrame({name: assessment.numbers[assessment.node(name).id]["value"] for name in node_ids}).dropna()
    shapes = np.asarray(assessment.places.geometry.array)
    known = assessment.places.index.get_indexer(numbers.index)
    middles = shapely.get_coordinates(shapely.centroid(shapes[known]))
    middles *= (np.cos(np.radians(middles[:, 1].mean())), 1.0) if len(middles) else 1.0
    return Surroundings(numbers, contiguity(shapes[known], numbers.index), _at_the_edge(shapes)[known], middles)


def _at_the_edge(shapes: np.ndarray) -> np.ndarray:
    """Whether each shape touches the outside of all of them; beyond it nobody looked, so its neighbours are known in part."""
    whole = shapely.coverage_union_all(shapes) if shapely.coverage_is_valid(shapes) else shapely.union_all(shapes)
    outline = shapely.multilinestrings(
        [shapely.linestrings(shapely.get_coordinates(ring)) for ring in shapely.get_exterior_ring(shapely.get_parts(whole))]
    )
    shapely.prepare(outline)
    return shapely.intersects(outline, shapes)
