"""What a map is told: one sign per place, a palette, a legend, and the numbers to show on hover; never names or shapes."""

from dataclasses import asdict, dataclass
from typing import Any

from geomap.symbology.classes import WORDS
from geomap.symbology.palettes import MISSING, NOT_COLLECTED, SUPPRESSED

COLOURS = {"M": MISSING, "S": SUPPRESSED, "N": NOT_COLLECTED}


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    sign: str
    colour: str
    label: str
    count: int
    hatched: bool = False


@dataclass(frozen=True)
class MapPayload:
    """digits: a sign per place in the order of codes. faded: "1" where the class is not certain. hover: two lines of text per place, period and caveat once."""

    title: str
    legend_title: str
    legend_note: str
    digits: str
    faded: str
    legend: tuple[Entry, ...]
    hover: tuple[str, ...]
    about: str
    bounds: tuple[tuple[float, float], tuple[float, float]]
    grid: tuple[str, str] | None = None

    def as_data(self) -> dict[str, Any]:
        """The payload as plain values."""
        return asdict(self)


def withheld_entries(counts: dict[str, int]) -> tuple[Entry, ...]:
    """Legend lines for the places that have no number, by reason."""
    return tuple(Entry(sign, COLOURS[sign], WORDS[sign], counts[sign], hatched=True) for sign in COLOURS if counts.get(sign))
