"""The small drawings of a report: a bar on the scale of ten with its interval, and a pull to either side of the city's middle."""

import math

from geomap.symbology.markup import for_html as safe
from geomap.symbology.numbers import number, signed
from geomap.views.profile import Line, Standing

HALF = 4.0  # points of ten to either side


def scale(one: Standing) -> str:
    """The value on 0 to 10 as a line, its interval as a band; blank where there is no number."""
    if math.isnan(one.value):
        return ""
    low, high = (one.value, one.value) if math.isnan(one.low) or math.isnan(one.high) else (one.low, one.high)
    label = f"{one.words} of 10, between {number(low, one.node.digits)} and {number(high, one.node.digits)}"
    left, right, middle = (min(max(side, 0.0), 10.0) * 10 for side in (low, high, one.value))
    return (
        f'<svg class="scale {"worse" if one.node.up == "worse" else "better"}" role="img" aria-label="{safe(label)}" viewBox="0 0 100 9" preserveAspectRatio="none">'
        f'<rect class="track" width="100" height="9"/><rect class="doubt" x="{left:.1f}" width="{max(right - left, 0.5):.1f}" height="9"/>'
        f'<rect class="value" x="{max(middle - 0.5, 0):.1f}" width="1" height="9"/></svg>'
    )


def pull(line: Line, up: str) -> str:
    """How many points of its part the indicator adds or takes, seen from the city's middle; a sentence where it is not in the score."""
    if math.isnan(line.pull):
        return "<small>not in the score</small>"
    wide = min(abs(line.pull) / HALF, 1.0) * 50
    mood = "bad" if (line.pull >= 0) == (up == "worse") else "good"
    return (
        f'<svg class="pull" role="img" aria-label="{safe(signed(line.pull))} points" viewBox="0 0 100 9" preserveAspectRatio="none"><rect class="track" width="100" height="9"/>'
        f'<rect class="{mood}" x="{50 if line.pull >= 0 else 50 - wide:.1f}" width="{wide:.1f}" height="9"/><path class="mid" d="M50 0V9"/></svg>{safe(signed(line.pull))}'
    )
