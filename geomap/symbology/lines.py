"""A line over time with the interval of each point, as an SVG picture: no script, no font, no other host."""

from collections.abc import Sequence

from geomap.language import numeral
from geomap.symbology.markup import for_html

WIDTH, HEIGHT, LEFT, BELOW, ABOVE = 720, 220, 40, 28, 10
INK, BAND, GRID = "#2f4858", "#9db4c0", "#d9d9d9"


def line_with_intervals(
    periods: Sequence[str], values: Sequence[float], limits: Sequence[tuple[float, float]], label: str, *, top: float = 100.0
) -> str:
    """The picture of *values* (0 to *top*) at equal steps, each with a whisker for its *limits*; *label* says it to those who cannot see it."""
    step = (WIDTH - LEFT - 10) / max(len(values) - 1, 1)
    across = [LEFT + step * at for at in range(len(values))]

    def down(value: float) -> float:
        return ABOVE + (HEIGHT - ABOVE - BELOW) * (1 - value / top)

    grid = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - 10}" y1="{down(mark):.1f}" y2="{down(mark):.1f}" stroke="{GRID}"/>'
        f'<text x="{LEFT - 6}" y="{down(mark) + 4:.1f}" text-anchor="end" font-size="12" fill="{INK}">{numeral(f"{mark:g}")}</text>'
        for mark in (0, top / 4, top / 2, 3 * top / 4, top)
    )
    whiskers = "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{down(low):.1f}" y2="{down(high):.1f}" stroke="{BAND}" stroke-width="4"/>'
        for x, (low, high) in zip(across, limits, strict=True)
    )
    points = " ".join(f"{x:.1f},{down(value):.1f}" for x, value in zip(across, values, strict=True))
    dots = "".join(f'<circle cx="{x:.1f}" cy="{down(value):.1f}" r="3" fill="{INK}"/>' for x, value in zip(across, values, strict=True))
    ends = "".join(
        f'<text x="{x:.1f}" y="{HEIGHT - 8}" text-anchor="{anchor}" font-size="12" fill="{INK}">{for_html(period)}</text>'
        for x, period, anchor in ((across[0], periods[0], "start"), (across[-1], periods[-1], "end"))
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" aria-label="{for_html(label)}" xmlns="http://www.w3.org/2000/svg">'
        f'{grid}{whiskers}<polyline points="{points}" fill="none" stroke="{INK}" stroke-width="2"/>{dots}{ends}</svg>'
    )
