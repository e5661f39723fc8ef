"""Whose data an edition is made of, under which licence."""

from collections.abc import Iterator
from dataclasses import dataclass

from geomap.editions.edition import Edition


@dataclass(frozen=True)
class Source:
    """A layer or a set of places: its title, who provides it, its period, and its licence, blank where the edition holds none."""

    title: str
    provider: str
    period: str
    licence: str

    @property
    def line(self) -> str:
        """All of it, as it is printed."""
        return ", ".join(filter(None, (self.title, self.provider, self.period, self.licence)))


def sources_of(edition: Edition, level: str) -> tuple[Source, ...]:
    """What the numbers of a level are made of, and its places; none in editions that hold no cards."""
    return tuple(dict.fromkeys(_sources(edition, level)))


def _sources(edition: Edition, level: str) -> Iterator[Source]:
    used = {name for one in edition.methodology.at(level) for name in one.measure.layers()}
    for card in edition.manifest.get("geomap:cards", []):
        if card["name"] in used or card["name"] == level:
            yield Source(card["title"], card["provider"], card["period"], card.get("licence", ""))
