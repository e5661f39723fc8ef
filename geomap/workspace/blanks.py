"""What a first card guesses, and which of its blanks only a person can fill, each with what is wanted."""

from typing import Any

ASKED = {
    "contributors": "who provides the data (an organisation)",
    "licenses": "under which licence, such as CC-BY-4.0 or OGL-UK-3.0",
    "geomap:kind": "table, incidents, survey, assets, observations, register, raster, streets or backdrop",
    "geomap:drawn_as": "how maps draw it: water, green, rail or outline",
    "geomap:places": "which column holds the place codes of which boundary set (boundaries, field), or the coordinates (x, y, crs)",
    "geomap:places → crs": "which coordinates x and y are, such as EPSG:27700 (British National Grid)",
    "geomap:period": "which years the data speak of",
    "geomap:evidence": "where the knowledge comes from: census, administrative, police, survey, community, online, professional or model",
    "geomap:sensitivity": "open, counts (records about people) or survey (answers of people)",
    "geomap:tier": "who may see what comes of it: public, partners or restricted",
    "geomap:skewed": "one sentence: who or what is missing or too much in these data",
    "geomap:misreading": "one sentence: which wrong decision could follow from reading them carelessly",
    "geomap:survey": "how people were asked (frame, mode, sample), and of each question its wording, which end of the scale is better (up), and whether the codes guessed under dont_know are no answers",
    "geomap:names": "whether each name means the code beside it (blank: no place here); correct them and write confirmed: true",
    "geomap:level": "which kind of place this is, such as ward",
    "geomap:date": "on which date these boundaries were in force",
    "geomap:code": "which column holds the codes",
    "geomap:name": "which column holds the names",
}


def guesses_in(card: dict[str, Any]) -> list[str]:
    """What the card says already, told from the file, a phrase each."""
    told = [f"{key.removeprefix('geomap:')} {card[key]}" for key in card if key.startswith("geomap:") and not _blank(card[key])]
    columns = card["resources"][0].get("schema", {}).get("fields", [])
    return [f"title '{card['title']}'", *told, *([f"{len(columns)} columns"] if columns else [])]


def is_asked(card: dict[str, Any], key: str) -> bool:
    """Whether the blank under *key* is there; an arrow leads to a part of an entry."""
    head, _, part = key.partition(" → ")
    if part:
        return isinstance(card.get(head), dict) and card[head].get(part) == ""
    return head in card and _blank(card[head])


def _blank(value: object) -> bool:
    if isinstance(value, list):
        return any(_blank(one) for one in value)
    if isinstance(value, dict) and "pairs" in value:
        return not value.get("confirmed")
    if isinstance(value, dict) and "questions" in value:
        return any(not one.get("wording") for one in value["questions"].values())
    if isinstance(value, dict):
        return not any(value.get(key) for key in ("title", "name", "boundaries", "x", "geometry"))
    return value == ""
