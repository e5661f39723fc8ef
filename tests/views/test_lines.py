"""A line over time with its intervals."""

from xml.etree.ElementTree import fromstring

import pytest

from geomap.symbology.lines import line_with_intervals

SPACE = "{http://www.w3.org/2000/svg}"


def test_every_point_has_its_whisker():
    """Three points, three whiskers, higher values higher up, and the words for those who cannot see it."""
    picture = fromstring(line_with_intervals(["2023", "2024", "2025"], [40.0, 50.0, 60.0], [(35, 45), (45, 55), (50, 70)], "Trust"))  # noqa: S314  our own picture
    assert picture.get("aria-label") == "Trust"
    dots = [float(dot.get("cy")) for dot in picture.iter(f"{SPACE}circle")]
    assert dots == sorted(dots, reverse=True)
    whiskers = [line for line in picture.iter(f"{SPACE}line") if line.get("stroke-width") == "4"]
    lengths = [float(line.get("y1")) - float(line.get("y2")) for line in whiskers]
    assert lengths == pytest.approx([lengths[0], lengths[0], 2 * lengths[0]], abs=0.2)


def test_text_from_data_stays_text():
    """A hostile label and period are shown, never run."""
    drawn = line_with_intervals(["<script>", "</svg>"], [1.0, 2.0], [(0, 2), (1, 3)], '"><img src=x>')
    assert "<script>" not in drawn
    assert fromstring(drawn).get("aria-label") == '"><img src=x>'  # noqa: S314  our own picture
