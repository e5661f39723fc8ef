"""What maps show for orientation, in muted colours: areas under the classes, so that none of them is covered, and lines over them."""

import json

from geomap.assessment.assessment import Assessment
from geomap.editions.files import feature_collection
from geomap.language import say
from geomap.symbology.overlay import AREA, LINE, Mark, Overlay

LOOKS = {"water": ("#5f8fb0", ""), "green": ("#7d9a66", ""), "rail": ("#77726a", "7 4"), "outline": ("#5a5650", "")}


def backdrops(assessment: Assessment) -> tuple[Overlay, ...]:
    """The overlay of everything that the edition holds for orientation; none where it holds nothing."""
    held = assessment.backdrop
    if held is None:
        return ()
    lines = (held.geometry.geom_type == "MultiLineString") | (held["drawn_as"] == "outline")
    marks = tuple(
        Mark(LINE if only else AREA, LOOKS[row.drawn_as][0], say("{title} (source: {source})", title=row.title, source=row.source), None, LOOKS[row.drawn_as][1])
        for row, only in zip(held.itertuples(), lines, strict=True)
    )  # fmt: skip
    table = held[[]].reset_index(names="code").assign(mark=range(len(held)))
    shapes = json.loads(feature_collection(table, held.geometry.to_numpy()))
    return (Overlay(say("For orientation; no number rests on it"), marks, shapes=shapes),)
