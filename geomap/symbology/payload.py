"""What a map is told: one sign per place, a palette, a legend, and the numbers to show on hover; never names or shapes."""

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from geomap.symbology.classes import WORDS
from geomap.symbology.map_words import map_words
from geomap.symbology.overlay import Overlay
from geomap.symbology.palettes import MISSING, NOT_COLLECTED, SUPPRESSED

MARKED = frozenset("abcdefghijklmnopqrstABCDEFGHIJ")
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
    """digits: a sign per place in the order of codes. faded: "1" where the class is not certain. resting: "1" where the number rests on stand-ins for withheld ones; blank for no place. hover: two lines of text per place, period and caveat once. overlays: what lies over the colours."""

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
    overlays: tuple[Overlay, ...] = ()
    resting: str = ""

    def __post_init__(self) -> None:
        """A sign of one's own must not be read as one that says how sure a class is (ValueError)."""
        if taken := set(self.digits) & MARKED:
            raise ValueError(f"{sorted(taken)} stand for classes that are unsure or rest on withheld numbers; give the places other signs.")

    @cached_property
    def signs(self) -> str:
        """A sign per place. A digit stands for its class; 0 is a where the class is not certain, A where the number rests on withheld ones, k where both; 1 is b, B, l …"""
        told, unsure, resting = (
            np.frombuffer(one.encode("ascii"), dtype=np.uint8) for one in (self.digits, self.faded, self.resting or "0" * len(self.digits))
        )
        first = np.choose((unsure == ord("1")) + 2 * (resting == ord("1")), [ord(one) for one in "0aAk"])
        return np.where(told <= ord("9"), told - ord("0") + first, told).astype(np.uint8).tobytes().decode("ascii")

    @cached_property
    def lines(self) -> tuple[str, tuple[str, ...]]:
        """The lines of the hover card with the hash of them all."""
        return hashlib.sha256("\0".join(self.hover).encode()).hexdigest(), self.hover

    def as_data(self, *, hover: bool = True) -> dict[str, Any]:
        """The payload as plain values, with or without what the dashboard fetches by address: what is shown on hover, and overlays."""
        told = {
            "title": self.title, "legend_title": self.legend_title, "legend_note": self.legend_note, "signs": self.signs, "about": self.about,
            "legend": [asdict(entry) for entry in self.legend], "bounds": self.bounds, "grid": self.grid, "words": map_words(),
        }  # fmt: skip
        return told | ({"hover": self.hover, "overlays": [asdict(one) for one in self.overlays]} if hover else {})


def withheld_entries(counts: dict[str, int]) -> tuple[Entry, ...]:
    """Legend lines for the places that have no number, by reason."""
    return tuple(Entry(sign, COLOURS[sign], WORDS[sign], counts[sign], hatched=True) for sign in COLOURS if counts.get(sign))
