"""The ways to ask where a number gathers: by itself, beside another number, as yes or no, or as counted and smoothed."""

from typing import Literal, NamedTuple

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import HotSpots, hotspots
from geomap.assessment.hotspots_beside import BesideSpots, hotspots_beside
from geomap.assessment.hotspots_smoothed import RawAndSmoothed, raw_and_smoothed
from geomap.assessment.hotspots_yes import YesSpots, hotspots_yes

Way = Literal["alone", "beside", "yes", "smoothed"]


class Asked(NamedTuple):
    """One way to look at a number: the *other* number, of beside the one around, of smoothed the one that is smoothed already; the threshold of yes, where it is not yes or no itself."""

    way: Way
    other: str = ""
    over: float | None = None
    under: float | None = None


def look(assessment: Assessment, node_id: str, asked: Asked, *, seed: int = 1) -> HotSpots | BesideSpots | YesSpots | RawAndSmoothed:
    """What is found that way; errors are those of each way."""
    if asked.way == "beside":
        return hotspots_beside(assessment, node_id, asked.other, seed=seed)
    if asked.way == "yes":
        return hotspots_yes(assessment, node_id, over=asked.over, under=asked.under, seed=seed)
    if asked.way == "smoothed":
        return raw_and_smoothed(assessment, node_id, asked.other, seed=seed)
    return hotspots(assessment, node_id, seed=seed)
