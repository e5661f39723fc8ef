"""From a workspace to a published edition: the change log demanded, the ledger asked, then frozen, numbered and pointed to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from geomap.assessment.journey import Progress, silent
from geomap.disclosure.ledger import Ledger, Release, replay
from geomap.editions.files import demand_room
from geomap.editions.freeze import Steps, freeze
from geomap.editions.lock import PATIENCE, locked
from geomap.editions.register import Entry, enter, published_as, read_register
from geomap.errors import DisclosureError, MethodologyError
from geomap.methodology.recipe import Methodology
from geomap.methodology.substance import method_fingerprint
from geomap.worded import worded
from geomap.workspace.build import assembled
from geomap.workspace.ledger_file import append_release, read_ledger
from geomap.workspace.older_lines import completed, unjudged
from geomap.workspace.release import release_of
from geomap.workspace.workspace import Workspace


@dataclass(frozen=True)
class Published:
    """path: the edition's folder; entry: its line in the register; anew: whether it was published before."""

    path: Path
    entry: Entry
    anew: bool


def publish(
    workspace: Workspace, today: date, *, out: Path | None = None, progress: Progress = silent, patience: float = PATIENCE
) -> Published:
    """The edition of *workspace*, published into *out* (its own folder of editions when none is given).

    Whoever publishes second at the same time waits *patience* seconds. Nothing that was published before is changed, and what does not pass leaves no trace.
    """
    editions = out or workspace.editions
    demand_room(editions)
    demand_logged(workspace.methodology, read_register(editions))
    frozen = assembled(workspace, progress=progress)
    heading = workspace.methodology.methodology
    method, known = method_fingerprint(workspace.methodology), len(read_register(editions))

    def before() -> None:
        demand_logged(workspace.methodology, read_register(editions))
        demand_silent(ledger, release)

    def placed(folder: Path) -> None:
        append_release(workspace.path, replace(release, name=folder.name))
        enter(folder, method=method, date=today.isoformat())

    with locked(workspace.path, patience=patience):
        ledger = read_ledger(workspace.path)
        release = release_of(workspace, frozen.assessments, f"{heading.name}, {heading.period}", frozen.tables, before=ledger)
        path = freeze(frozen, editions, steps=Steps(before, placed), patience=patience)
    entry = published_as(path)
    return Published(path, entry, anew=entry.number <= known)


def demand_silent(ledger: Ledger, release: Release) -> None:
    """Nothing, when *release* tells no small count beside everything published before; else DisclosureError with which earlier publication would tell what."""
    if exposures := [*unjudged(ledger, release), *replay(completed(ledger, release), release)]:
        sentences = tuple(dict.fromkeys(one.sentence for one in exposures))
        raise DisclosureError(
            worded("This edition may not be published, since with what was published before it would tell on few people:"), sentences
        )


def demand_logged(methodology: Methodology, published: Sequence[Entry]) -> None:
    """Nothing, when every method that was published stands in the change log under a version of its own; else MethodologyError with what is to be written."""
    now, version = method_fingerprint(methodology), methodology.methodology.version
    logged = {change.version for change in methodology.changes}
    faults = [
        worded(
            "number {number} ({period}) was published as version {version} by another method; give this one a version of its own and add [[changes]] with that version, the date and the reason, and what was learned",
            number=str(entry.number),
            period=entry.period,
            version=str(entry.version),
        )
        for entry in published
        if entry.version == version and entry.method != now
    ][-1:]
    faults += [
        worded("the change log no longer tells of version {version}, which was published; put its [[changes]] back", version=str(entry))
        for entry in dict.fromkeys(one.version for one in published)
        if entry not in logged
    ]
    if faults:
        raise MethodologyError(
            worded("The method was changed without saying so, and an edition made by it could not be compared:"), tuple(faults)
        )
