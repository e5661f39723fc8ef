"""Next year's edition from this year's workspace, and an older edition anew under a newer method."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.editions.edition import Edition, read_edition
from geomap.editions.files import write_whole
from geomap.editions.lock import locked
from geomap.editions.verify import demand_verified
from geomap.errors import UsageError, WorkspaceError
from geomap.methodology.read import FILE
from geomap.workspace.ledger_file import hand_on
from geomap.workspace.restricted import PRIVATE, RESTRICTED, restricted_zone
from geomap.workspace.ruler import write_held
from geomap.workspace.workspace import BOUNDARIES, LAYERS, Workspace, open_workspace

KEPT, RENEW = "kept", "renew.csv"
HEADING = re.compile(r"(?ms)^\[methodology\][^\n]*\n.*?(?=^\[|\Z)")


@dataclass(frozen=True)
class Following:
    """What was made ready. kept: the copy of what the last edition was made from; renew: the list of what must be renewed, as a file and as a table."""

    kept: Path
    renew: Path
    table: pd.DataFrame


def follow(workspace: Workspace, period: str) -> Following:
    """Makes *workspace* ready for *period*: the same method, the last edition's ruler held still, a list of what must be renewed.

    What the last edition was made from is kept in the restricted zone first, so that it can be made anew. Nothing else of the workspace changes but
    the period in methodology.toml. UsageError when the period is the one there is; WorkspaceError without an edition.
    """
    heading = workspace.methodology.methodology
    if period == heading.period:
        raise UsageError(f"The workspace speaks of {period} already. Name the next period.")
    if (edition := workspace.latest_edition()) is None:
        raise WorkspaceError(
            f"{workspace.path} has no edition yet, so there is none to follow. Run 'geomap publish {workspace.path}' first."
        )
    demand_verified(edition.path)
    kept = keep(workspace, edition)
    table = to_renew(workspace)
    write_held(workspace.path, edition)
    _write_recipe(workspace.path, with_period((workspace.path / FILE).read_text(encoding="utf-8"), period=period))
    write_whole(workspace.path / RENEW, lambda work: table.to_csv(work, index=False, lineterminator="\n", encoding="utf-8"))
    return Following(kept, workspace.path / RENEW, table)


def keep(workspace: Workspace, edition: Edition) -> Path:
    """The copy, in the restricted zone, of what *edition* was made from; one that is there is left alone."""
    target = restricted_zone(workspace.path) / KEPT / edition.path.name
    if not target.exists():
        work = target.with_name(f".{target.name}")
        shutil.rmtree(work, ignore_errors=True)
        _copy(workspace.path, work)
        work.rename(target)
    return target


def rebuild(workspace: Path, method: Path, period: str, folder: Path) -> Path:
    """The workspace in *folder*: the boundaries and layers of *workspace*, the methodology of the edition *method*, for *period*; ready to be built.

    Its scale is fitted to its own data; a comparison measures both by one yardstick anyway.
    """
    source, edition = open_workspace(workspace), read_edition(method)
    if folder.exists():
        raise UsageError(f"{folder} is there already. Name a folder that is not, so that nothing is written over.")
    _copy(source.path, folder)
    (folder / "ruler.json").unlink(missing_ok=True)
    baseline = edition.about["baseline"]
    text = (edition.path / FILE).read_text(encoding="utf-8")
    _write_recipe(folder, with_period(text, period=period, baseline=min(baseline, period)))
    return folder


def to_renew(workspace: Workspace) -> pd.DataFrame:
    """A row for each layer that the method uses or that travels: what it is, whom to ask, what it speaks of now, and what the year's change needs."""
    return pd.DataFrame(list(_renewals(workspace)), columns=["layer", "title", "provider", "speaks_of", "review_by", "to_do", "done"])


def with_period(text: str, *, period: str, baseline: str = "") -> str:
    """The text of a methodology for another period; everything else, comments too, stays as it is."""
    found = HEADING.search(text)
    if found is None:
        raise WorkspaceError(f"{FILE} has no [methodology]; it cannot be brought to another period.")
    heading = _set(found[0], "period", period)
    heading = _set(heading, "baseline", baseline) if baseline else heading
    return text[: found.start()] + heading + text[found.end() :]


def _renewals(workspace: Workspace) -> Iterator[tuple[str, ...]]:
    used = {name for indicator in workspace.methodology.indicator for name in indicator.measure.layers()}
    dated = {one.measure.layer for one in workspace.methodology.indicator if one.measure.since or one.measure.until}
    for name, layer in sorted(workspace.layers.items()):
        card = layer.card
        if card.not_used or (name not in used and card.kind not in ("register", "observations")):
            continue
        todo = [
            "add the rows of the new period" if card.period_field or card.date_field else "replace the file by that of the new period",
            "write its period into the card",
        ]
        todo += ["move since and until in the methodology"] if name in dated else []
        todo += [f"renew the agreement, which ends on {card.agreement.until}"] if card.agreement else []
        yield name, card.title, card.provider, card.period, card.review_by, "; ".join(todo), ""


def _set(heading: str, name: str, value: str) -> str:
    line = f'{name} = "{value}"'
    new, count = re.subn(rf"(?m)^{name}\s*=\s*(\"[^\"]*\"|'[^']*')", lambda _: line, heading, count=1)
    if not count:
        raise WorkspaceError(f'{FILE} gives no {name} under [methodology] in the form {name} = "…".')
    return new


def _write_recipe(folder: Path, text: str) -> None:
    write_whole(folder / FILE, lambda work: work.write_text(text, encoding="utf-8"))


def _copy(source: Path, target: Path) -> None:
    """The recipe, boundaries and layers of the workspace *source*, its other small files of words, its record key and its ledger.

    A key of its own would give the same records other noise, which averages out; a ledger of its own would not know what was published.
    """
    target.mkdir(parents=True)
    for name in (BOUNDARIES, LAYERS):
        shutil.copytree(source / name, target / name)
    (target / LAYERS).chmod(PRIVATE)
    for path in sorted(source.iterdir()):
        if path.is_file() and path.suffix in (".toml", ".json"):
            shutil.copyfile(path, target / path.name)
    owner = _owner(source)
    with locked(owner):
        hand_on(owner / RESTRICTED, target)


def _owner(source: Path) -> Path:
    """The workspace whose key and ledger count for *source*: of a kept copy the one that keeps it, whose ledger has gone on since; else itself."""
    kept = source.parent
    return kept.parent.parent if (kept.name, kept.parent.name) == (KEPT, RESTRICTED) else source
