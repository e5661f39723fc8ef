"""A small map that shows where in the city a place lies: outlines, the place filled, a ring around it; no name and no number."""

from dataclasses import dataclass

import numpy as np
import shapely

WIDE, HIGH, MARGIN = 320, 240, 14
RING = 11  # the least radius, so that a place of a few metres is still found


@dataclass(frozen=True)
class Locator:
    """The city's outlines as an SVG path, and how degrees become its pixels."""

    outlines: str
    west: float
    north: float
    squeeze: float
    scale: float

    def marked(self, shape: shapely.Geometry, label: str) -> str:
        """The picture with *shape* marked, as SVG that a page holds; label: what a person is told who does not see it, already fit for HTML."""
        path = self._path(np.array([shape]))
        west, south, east, north = shapely.bounds(shape)
        (left, top), (right, bottom) = self._placed(np.array([[west, north], [east, south]]))
        radius = max(RING, round(float(np.hypot(right - left, bottom - top)) / 2) + 5)
        across, down = round(float(left + right) / 2), round(float(top + bottom) / 2)
        return (
            f'<svg class="where" role="img" aria-label="{label}" viewBox="0 0 {WIDE} {HIGH}" xmlns="http://www.w3.org/2000/svg">'
            f'<path class="city" d="{self.outlines}"/><path class="here" d="{path}"/><circle class="ring" cx="{across}" cy="{down}" r="{radius}"/></svg>'
        )

    def _placed(self, points: np.ndarray) -> np.ndarray:
        across = (points[:, 0] - self.west) * self.squeeze * self.scale + MARGIN
        return np.column_stack([across, (self.north - points[:, 1]) * self.scale + MARGIN])

    def _path(self, shapes: np.ndarray) -> str:
        rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shapes, 0.5 / self.scale)))
        coordinates, ring = shapely.get_coordinates(rings, return_index=True)
        words = np.array([f"{x:g} {y:g}" for x, y in self._placed(coordinates).round(1)])
        return "".join(f"M{'L'.join(some)}Z" for some in np.split(words, np.flatnonzero(np.diff(ring)) + 1) if len(some) > 2)


def locator(shapes: np.ndarray) -> Locator:
    """The locator of a city of *shapes* (WGS84) that are not all empty."""
    west, south, east, north = shapely.total_bounds(shapes)
    squeeze = float(np.cos(np.radians(np.clip((south + north) / 2, -80, 80))))
    scale = min((WIDE - 2 * MARGIN) / max((east - west) * squeeze, 1e-9), (HIGH - 2 * MARGIN) / max(north - south, 1e-9))
    bare = Locator("", float(west), float(north), squeeze, float(scale))
    return Locator(bare._path(shapes), bare.west, bare.north, bare.squeeze, bare.scale)  # noqa: SLF001  its own
