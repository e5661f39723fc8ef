"""The small map of a report: what lies around the city is drawn where it lies, and nothing beyond the picture."""

import re

import shapely

from geomap.symbology.locator import HIGH, MARGIN, WIDE, locator
from geomap.symbology.overlay import AREA, LINE, Mark, Overlay

CITY = shapely.box([0.0, 0.5], 0, [0.5, 1.0], 0.6)
LAKE = shapely.box(0.2, 0.2, 0.3, 0.3)
ROAD = shapely.LineString([(-40, 0.3), (0.5, 0.3), (40, 0.3)])
MARKS = (Mark(AREA, "#5f8fb0", "Lake"), Mark(LINE, "#77726a", "Rail", dash="7 4"))


def features(*shapes):
    """A collection as an overlay holds it."""
    mapped = [{"properties": {"mark": mark}, "geometry": shapely.geometry.mapping(shape)} for mark, shape in enumerate(shapes)]
    return Overlay("", MARKS, shapes={"type": "FeatureCollection", "features": mapped})


def test_areas_lie_under_the_outlines_and_lines_over_them():
    """A lake of a tenth of the city's width is a tenth of its picture; a line from afar ends at the edges, and a city without any is as it was."""
    bare, found = locator(CITY), locator(CITY, [features(LAKE, ROAD)])
    assert (bare.under, bare.over) == ("", "")
    assert found.outlines == bare.outlines
    across = [float(x) for x in re.findall(r"[ML]([\d.-]+) ", found.under)]
    assert abs((max(across) - min(across)) - (WIDE - 2 * MARGIN) / 10) < 0.2
    picture = found.marked(CITY[0], "where")
    assert picture.index(found.under) < picture.index('class="city"') < picture.index(found.over) < picture.index('class="here"')
    ends = [float(x) for x in re.findall(r"[ML]([\d.-]+) ", found.over)]
    assert (min(ends), max(ends)) == (0.0, WIDE)
    points = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.-]+) ([\d.-]+)", found.under + found.over)]
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points)
    assert 'stroke-dasharray="7 4"' in found.over


def test_what_lies_elsewhere_is_not_drawn():
    """A lake far off, and none at all."""
    assert locator(CITY, [features(shapely.box(5, 5, 6, 6)), Overlay("", ())]).under == ""
