"""Colours, lightest first: neighbouring classes, and all nine of the two-way map, stay apart for those without red, green or blue cones (held by a test)."""

PRESSURE = ("#f3e9d2", "#e2bf8e", "#cb8a5f", "#9f4d45", "#5e1f33")
CAPACITY = ("#eaf0e4", "#b9d5af", "#7fb3a4", "#3d8588", "#0f4f63")
# Rows: capacity low, middle, high; columns: pressure low, middle, high.
BIVARIATE = (("#f0e6d3", "#d98e5f", "#8f2d3c"), ("#bcd3cf", "#a88f92", "#5f3b6b"), ("#5aa5b0", "#3d6b94", "#1f2452"))
MISSING, SUPPRESSED, NOT_COLLECTED = "#d9d9d6", "#c9c3d3", "#efefec"


def ramp(up: str, classes: int) -> tuple[str, ...]:
    """Colours for *classes* classes of a number whose high end is worse or better; few classes use the ramp's ends."""
    colours = PRESSURE if up == "worse" else CAPACITY
    if classes >= len(colours):
        return colours
    if classes == 1:
        return (colours[2],)
    return tuple(colours[round(step * (len(colours) - 1) / (classes - 1))] for step in range(classes))
