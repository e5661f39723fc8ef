"""What the map itself says, apart from its numbers: to those who hover, to those who listen, and where it cannot be drawn."""

from geomap.language import is_right_to_left, language, say


def map_words() -> dict[str, str]:
    """The map's words in the reader's language; {name} and {text} are filled in by the map. An address of the map's frame: see mapview.html."""
    return {
        "language": language(), "direction": "rtl" if is_right_to_left() else "ltr",
        "region": say("Map"), "kind": say("map"),
        "how": say("Map of all places. Arrow keys move it, plus and minus zoom, Enter opens the place under the cross. The table holds the same numbers."),
        "legend": say("Legend; each line is a button that shows only its places"), "home": say("Show the whole city"),
        "zoom_in": say("Zoom in"), "zoom_out": say("Zoom out"), "paler": say("Paler: could as well be in a neighbouring class."),
        "resting": say("Hatched in colour: rests on withheld numbers, for which the middle of what they may be was counted."),
        "chosen": say("{name} chosen. {text}"), "under": say("{name}: {text}. Press Enter to open."),
        "broken": say("The map could not be drawn: {why}. The table below holds the same numbers."),
    }  # fmt: skip
