"""Lengths and positions as classes of one style sheet, because the page's policy allows no style in an attribute."""

STEPS = 200  # half a per cent each: finer than a pixel of any bar

RULES = "".join(f".gp .l{step}{{left:{step * 100 / STEPS:g}%}}.gp .w{step}{{width:{step * 100 / STEPS:g}%}}" for step in range(STEPS + 1))


def at(percent: float) -> str:
    """The class of what begins at so many per cent of its line."""
    return f"l{_step(percent)}"


def wide(percent: float) -> str:
    """The class of what is so many per cent of its line wide."""
    return f"w{_step(percent)}"


def _step(percent: float) -> int:
    return round(min(max(percent, 0.0), 100.0) * STEPS / 100)
