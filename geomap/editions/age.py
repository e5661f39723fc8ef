"""How old an edition's data are on a day: by layer, by domain, and in the caveats of every number that rests on them."""

from dataclasses import replace
from datetime import date

from geomap.assessment.assessment import Assessment, Node
from geomap.editions.edition import Edition
from geomap.worded import worded


def stale_layers(edition: Edition, today: date) -> dict[str, str]:
    """The day until which each layer should have been reviewed, by name, where it lies behind us."""
    cards = [card for card in edition.manifest.get("geomap:cards", []) if card["kind"] != "boundaries"]
    return {card["name"]: card["review_by"] for card in cards if (day := day_of(card.get("review_by", ""))) and day < today}


def with_age(edition: Edition, assessment: Assessment, today: date) -> Assessment:
    """The assessment with a first caveat on every number whose data are past their review, on what is made of them, and on the whole."""
    stale = stale_layers(edition, today)
    old = {
        one.id: worded("Past its review: the data of '{name}' were to be looked at again by {day}.", name=name, day=stale[name])
        for one in edition.methodology.at(assessment.level)
        for name in one.measure.layers()[:1]
        if name in stale
    }
    if not old:
        return assessment
    nodes = tuple(_marked(node, assessment, old) for node in assessment.nodes)
    count = len(assessment.of_kind("indicator"))
    caveat = worded(
        "On {day} the data of {late} of {count} indicators are past their review.", day=today.isoformat(), late=len(old), count=count
    )
    return replace(assessment, nodes=nodes, caveats=(caveat, *assessment.caveats))


def day_of(text: str) -> date | None:
    """The day that *text* names, or nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _marked(node: Node, assessment: Assessment, old: dict[str, str]) -> Node:
    if node.id in old:
        return replace(node, caveats=(old[node.id], *node.caveats))
    leaves = _leaves(node, assessment)
    late = [name for name in leaves if name in old]
    if not late:
        return node
    share = worded("Past its review: the data of {late} of the {count} indicators in it.", late=len(late), count=len(leaves))
    return replace(node, caveats=(share, *node.caveats))


def _leaves(node: Node, assessment: Assessment) -> list[str]:
    parts = {one.id: one.parts for one in assessment.nodes}
    found: dict[str, None] = {}
    ways = list(node.parts)
    while ways:
        name = ways.pop(0)
        inside = parts.get(name, ())
        ways += inside
        found |= {} if inside else {name: None}
    return list(found)
