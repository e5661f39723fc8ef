"""A series over time in words."""

from typing import TYPE_CHECKING

from geomap.symbology.numbers import number

if TYPE_CHECKING:
    from geomap.statistics.change_point import Change


def trend_words(
    title: str, every: str, yearly: tuple[float, float, float], dispersion: float, change: "tuple[Change, str] | None"
) -> list[str]:
    """What the trend says, and how sure; *change* comes with the day of the first count after it."""
    middle, low, high = ((factor - 1) * 100 for factor in yearly)
    sure = "no more than chance alone" if low <= 0 <= high else "more than chance alone"
    lines = [
        f"{title}, by {every}: {number(middle, 1)} % a year beside the seasons ({number(low, 1)} to {number(high, 1)} %), {sure}.",
        f"Counts vary {number(dispersion, 1)} times as much as Poisson counts would; the interval allows for it (quasi-Poisson).",
    ]
    if change is not None:
        found, day = change
        lines.append(
            f"The level moved about {day}, from a median of {number(found.before, 1)} to {number(found.after, 1)} a {every} (Pettitt, p {f'= {found.p:.3f}' if found.p >= 0.001 else '< 0.001'})."
        )
    return lines
