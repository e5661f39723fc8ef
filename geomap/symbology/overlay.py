"""What lies over the colours of a map: points, outlines of places, counts and notes by place; fetched by the hash of its content, like the shapes."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

ROUND, LINE, COUNT, AREA = "round", "line", "count", "area"


@dataclass(frozen=True)
class Mark:
    """A line of the overlay's legend. look: round (a point), line (an outline, with *dash* as SVG writes it), count (a number in a place), area (a shape)."""

    look: str
    colour: str
    label: str
    count: int | None = None
    dash: str = ""


@dataclass(frozen=True)
class Overlay:
    """title: over its lines in the legend. points: latitude, longitude, code of the place, position in *marks*, head and text of the hover card. outlines: position in *marks*, codes of places.

    labels: a number to write in a place, by code. notes: a line for the hover card of a place, by code. shapes: GeoJSON features, each with its position in *marks*; their areas lie under the places, their lines over them, under all else.
    about: what must be said of the overlay.
    """

    title: str
    marks: tuple[Mark, ...]
    about: str = ""
    points: tuple[tuple[float, float, str, int, str, str], ...] = ()
    outlines: tuple[tuple[int, tuple[str, ...]], ...] = ()
    labels: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Any] | None = None

    @cached_property
    def content(self) -> bytes:
        """The overlay as JSON, the same bytes for the same overlay."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return hashlib.sha256(self.content).hexdigest()
