"""A small map that shows where in the city a place lies: outlines, the place filled, a ring around it; no name and no number.

What maps show for orientation lies around it as it does there: areas under the outlines, lines over them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import shape as shape_of

from geomap.symbology.markup import for_html
from geomap.symbology.overlay import Mark, Overlay

WIDE, HIGH, MARGIN = 320, 240, 14
RING = 11  # the least radius, so that a place of a few metres is still found


@dataclass(frozen=True)
class Locator:
    """The city's outlines as an SVG path, what lies under and over them as SVG, and how degrees become its pixels."""

    outlines: str
    west: float
    north: float
    squeeze: float
    scale: float
    under: str = ""
    over: str = ""

    def marked(self, shape: shapely.Geometry, label: str) -> str:
        """The picture with *shape* marked, as SVG that a page holds; label: what a person is told who does not see it, already fit for HTML."""
        path = self._path(np.array([shape]))
        west, south, east, north = shapely.bounds(shape)
        (left, top), (right, bottom) = self._placed(np.array([[west, north], [east, south]]))
        radius = max(RING, round(float(np.hypot(right - left, bottom - top)) / 2) + 5)
        across, down = round(float(left + right) / 2), round(float(top + bottom) / 2)
        return (
            f'<svg class="where" role="img" aria-label="{label}" viewBox="0 0 {WIDE} {HIGH}" xmlns="http://www.w3.org/2000/svg">'
            f'{self.under}<path class="city" d="{self.outlines}"/>{self.over}<path class="here" d="{path}"/><circle class="ring" cx="{across}" cy="{down}" r="{radius}"/></svg>'
        )

    def _placed(self, points: np.ndarray) -> np.ndarray:
        across = (points[:, 0] - self.west) * self.squeeze * self.scale + MARGIN
        return np.column_stack([across, (self.north - points[:, 1]) * self.scale + MARGIN])

    def _path(self, shapes: np.ndarray) -> str:
        return self._drawn(shapely.get_rings(shapely.get_parts(shapely.simplify(shapes, 0.5 / self.scale))), "Z")

    def _drawn(self, lines: np.ndarray, end: str) -> str:
        coordinates, line = shapely.get_coordinates(lines, return_index=True)
        words = np.array([f"{x:g} {y:g}" for x, y in self._placed(coordinates).round(1)])
        least = 3 if end else 2
        return "".join(f"M{'L'.join(some)}{end}" for some in np.split(words, np.flatnonzero(np.diff(line)) + 1) if len(some) >= least)

    def _backdrop(self, overlays: Iterable[Overlay]) -> Iterator[tuple[bool, str]]:
        """Whether it is of lines, and the SVG, of each shape of *overlays* that lies in the picture."""
        for one in overlays:
            for feature in (one.shapes or {"features": ()})["features"]:
                parts = shapely.get_parts(shapely.clip_by_rect(shapely.get_parts(shape_of(feature["geometry"])), *self._sight))
                simple = shapely.simplify(parts, 0.5 / self.scale, preserve_topology=False)
                mark, areas = one.marks[feature["properties"]["mark"]], shapely.get_type_id(simple) == shapely.GeometryType.POLYGON
                lines = simple[shapely.get_type_id(simple) == shapely.GeometryType.LINESTRING]
                yield (
                    False,
                    _path(self._drawn(shapely.get_rings(simple[areas]), "Z"), f'fill="{for_html(mark.colour)}" fill-rule="evenodd"'),
                )
                yield True, _path(self._drawn(lines, ""), _stroke(mark))

    @property
    def _sight(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the picture."""
        wide, high = WIDE / self.scale / self.squeeze, HIGH / self.scale
        west, north = self.west - MARGIN / self.scale / self.squeeze, self.north + MARGIN / self.scale
        return west, north - high, west + wide, north


def _stroke(mark: Mark) -> str:
    dash = f' stroke-dasharray="{for_html(mark.dash)}"' if mark.dash else ""
    return f'fill="none" stroke="{for_html(mark.colour)}" stroke-width="1.2"{dash}'


def _path(drawn: str, look: str) -> str:
    return f'<path d="{drawn}" {look}/>' if drawn else ""


def locator(shapes: np.ndarray, backdrop: Iterable[Overlay] = ()) -> Locator:
    """The locator of a city of *shapes* (WGS84) that are not all empty; *backdrop*: what lies around them for orientation."""
    west, south, east, north = shapely.total_bounds(shapes)
    squeeze = float(np.cos(np.radians(np.clip((south + north) / 2, -80, 80))))
    scale = min((WIDE - 2 * MARGIN) / max((east - west) * squeeze, 1e-9), (HIGH - 2 * MARGIN) / max(north - south, 1e-9))
    bare = Locator("", float(west), float(north), squeeze, float(scale))
    found = list(bare._backdrop(backdrop))  # noqa: SLF001  its own
    under, over = ("".join(drawn for lines, drawn in found if lines == wanted) for wanted in (False, True))
    return replace(bare, outlines=bare._path(shapes), under=under, over=over)  # noqa: SLF001  its own
