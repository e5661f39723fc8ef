"""One file looked at as it would be taken in, and what would become of it; nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GeomapError, UsageError
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.workspace.beside import Beside, better, read_areas, read_places, siblings
from geomap.workspace.inspect_card import inspect_card
from geomap.workspace.inspect_table import inspect_table

ROLES = ("boundary", "table", "survey", "raster", "card")
LEAST_MATCH = 0.5


@dataclass(frozen=True)
class Inspected:
    """outcome: loaded, repaired or refused; messages: sentences for a person; rows read, and how many found their place."""

    outcome: str
    messages: tuple[str, ...]
    rows: int = 0
    matched: int = 0


def inspect(path: Path, role: str, *, boundaries: Path | None = None, others: Sequence[Path] = (), encoding: str = "") -> Inspected:
    """What becomes of the file in its *role*; with *boundaries*, held to those places.

    others: further boundary files, of which one may fit better; without any, those beside *boundaries* are looked at. encoding: of a text file, as declared.
    """
    if role not in ROLES:
        raise UsageError(f"A file is inspected as one of {', '.join(ROLES)}, not as '{role}'.")
    try:
        places = read_places(boundaries) if boundaries else None
    except GeomapError as wrong:
        raise UsageError(f"The boundaries to compare with cannot be used: {wrong}") from None
    try:
        return _AS[role](path, Beside(places, others or siblings(boundaries) if boundaries else (), encoding))
    except GeomapError as wrong:
        return Inspected("refused", (wrong.message, *wrong.faults))


def _boundary(path: Path, beside: Beside) -> Inspected:
    taken, places = read_areas(path), beside.places
    repairs, matched = list(taken.repairs), len(taken.frame)
    if places is not None:
        known = taken.codes.isin(places.index)
        matched = int(known.sum())
        if matched < LEAST_MATCH * len(known):
            said = (
                f"Only {matched} of {len(known)} codes of {name_of(path)} match those of the boundaries ({listed(taken.codes[~known])} do not): "
                f"another edition or another level.{better(taken.codes, matched, beside.others)} Take the boundaries on whose codes the data are."
            )
            return Inspected("refused", (said, *map(str, repairs)), len(known), matched)
        if matched < len(known):
            repairs.append(
                Repair(
                    "match",
                    f"{len(known) - matched} codes match none of the boundaries: {listed(taken.codes[~known])}.",
                    len(known) - matched,
                )
            )
    return _told(repairs, taken.notes, len(taken.frame), matched)


def _raster(path: Path, beside: Beside) -> Inspected:
    from geomap.intake.rasters import take_raster

    taken = take_raster(path, places=beside.places)
    return _told(taken.repairs, (), taken.cells, 0 if beside.places is None else len(beside.places))


def _table(path: Path, beside: Beside) -> Inspected:
    return _told(*inspect_table(path, beside, survey=False))


def _survey(path: Path, beside: Beside) -> Inspected:
    return _told(*inspect_table(path, beside, survey=True))


def _card(path: Path, beside: Beside) -> Inspected:  # noqa: ARG001  a card is judged without places
    return Inspected("loaded", inspect_card(path))


def _told(repairs: Iterable[Repair], notes: Iterable[Repair], rows: int, matched: int) -> Inspected:
    repairs = tuple(repairs)
    return Inspected("repaired" if repairs else "loaded", (*map(str, repairs), *map(str, notes)), rows, matched)


_AS = {"boundary": _boundary, "raster": _raster, "table": _table, "survey": _survey, "card": _card}
