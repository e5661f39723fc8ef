"""Records near in place and time, and the group of places that stands out most, in words."""

from typing import TYPE_CHECKING

from geomap.assessment.assessment import Assessment
from geomap.assessment.scan import Scanned
from geomap.symbology.numbers import number

if TYPE_CHECKING:
    from geomap.statistics.knox import Knox

SURE = 0.05
RECORDED = "Recorded events only, as published: this says nothing of why, and nothing of single people."


def repeat_words(found: "Knox", title: str, metres: float, days: float) -> str:
    """How many pairs are near in both, and how often chance would make so many."""
    sure = "more than chance alone" if found.p_permuted <= SURE else "no more than chance alone"
    near = f"{found.near_both:,} pairs of records lie within {number(metres, 0)} metres and {number(days, 0)} days"
    due = f"{number(found.expected, 1)} would if place and time had nothing to do with each other (p = {found.p_permuted:.3f}), {sure}."
    doubt = "Records put on the same street corner or police station count as one place, which can make such pairs."
    blurred = [f"Pairs are told to the nearest {found.nearest}, so that none tells of two records."] if found.nearest > 1 else []
    return "\n".join([f"Recorded: {title}: {near}; {due}", *blurred, doubt, RECORDED])


def scan_words(assessment: Assessment, found: Scanned, indicator: str) -> str:
    """Which places stand out together, by how much, and how often chance would do so."""
    node, cluster = assessment.node(indicator), found.cluster
    head = f"{node.title}, {node.period}: circles around {found.asked:,} {assessment.many} with a shown count were compared."
    if cluster.p > SURE:
        return "\n".join([head, f"None stands out more than chance would make one (p = {cluster.p:.3f}).", RECORDED])
    names = ", ".join(assessment.places["name"].reindex(found.codes))
    more = f"{number(cluster.events, 0)} recorded, {number(cluster.expected, 1)} expected at the city's rate (p = {cluster.p:.3f})"
    return "\n".join([head, f"Most of all stand out together: {names}: {more}.", RECORDED])
