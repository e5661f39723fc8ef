"""What turned out to be wrong in an edition: it stays as it is, and says so wherever it is shown."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field

from geomap._json import read_json
from geomap._recipe import Recipe
from geomap.editions.kept_list import write_kept
from geomap.editions.lock import locked
from geomap.errors import EditionError

FILE = "errata.json"
EVERYWHERE = "everywhere"


class Erratum(Recipe):
    """One error. nodes, places: the numbers and the codes it touches, none for all; corrected_by: the edition that mends it."""

    edition: str
    date: str
    what: str = Field(min_length=1)
    nodes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    corrected_by: str = ""

    @property
    def sentence(self) -> str:
        """What stands beside the numbers."""
        where = f"in {', '.join(self.places)}" if self.places else EVERYWHERE
        mended = f" Corrected in {self.corrected_by}." if self.corrected_by else ""
        return f"Erratum of {self.date} ({where}): {self.what.rstrip('.')}.{mended}"


class _Errata(Recipe):
    errata: tuple[Erratum, ...] = ()


def read_errata(editions: Path) -> tuple[Erratum, ...]:
    """All errata of the editions in a folder, oldest first; EditionError when the file is damaged."""
    found = read_json(editions / FILE, _Errata, error=EditionError, what="the register of errata", remedy="Bring back a good copy.")
    return found.errata if found else ()


def errata_of(folder: Path) -> tuple[Erratum, ...]:
    """Those of the edition in *folder*; of an edition outside its folder of editions none are known."""
    return tuple(one for one in read_errata(folder.resolve().parent) if one.edition == folder.resolve().name)


def add_erratum(folder: Path, erratum: Erratum, *, nodes: Sequence[str], places: Sequence[str]) -> Path:
    """The register with *erratum*; EditionError when it names a number or a place that the edition does not hold (*nodes*, *places*)."""
    unknown = [*(set(erratum.nodes) - set(nodes)), *(set(erratum.places) - set(places))]
    if unknown:
        raise EditionError(f"The edition {folder.name} holds no {sorted(unknown)}. Name numbers by their id and places by their code.")
    editions = folder.resolve().parent
    with locked(editions):
        write_kept(editions / FILE, "errata", (*read_errata(editions), erratum))
    return editions / FILE
