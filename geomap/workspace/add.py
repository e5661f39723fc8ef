"""A data file taken into a workspace with its first card: what the file tells is guessed, what only a person knows is left blank."""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.datapackage.package import CARD
from geomap.errors import WorkspaceError
from geomap.worded import worded
from geomap.workspace.answers import Answers
from geomap.workspace.proposal import LONGEST, NAME, Proposal, propose
from geomap.workspace.restricted import layers_folder
from geomap.workspace.workspace import LAYERS, Workspace, open_workspace

TAKEN = worded("{folder} is there already. Name another with --name, or move it away first.")


@dataclass(frozen=True)
class Added:
    """card: the file to fill in; guesses and blanks: sentences for the person who does; told: what was mended, or is in doubt."""

    card: Path
    guesses: tuple[str, ...]
    blanks: tuple[str, ...]
    told: tuple[str, ...] = ()


def add_file(path: Path, to: Path, *, name: str = "", by_name: bool = False, answers: Answers | None = None) -> Added:
    """Takes a copy of *path* into the workspace *to* and writes its first card; polygons become a boundary set, all else a layer.

    A table that cannot be read as it is written is kept as it was mended, with a record in its card; *by_name* says that its names of places are meant,
    *answers* whatever else a person says of the file.
    """
    workspace = open_workspace(to)
    proposal = propose(path, workspace, name=name, by_name=by_name, answers=answers)
    card = keep(proposal, proposal.card, workspace)
    return Added(card, proposal.guesses, proposal.blanks, proposal.sentences)


def keep(proposal: Proposal, card: dict[str, Any], workspace: Workspace, *, checked: Callable[[Path], None] | None = None) -> Path:
    """The card's file, after the proposed file and *card* were put into *workspace* in one step; WorkspaceError where the name is taken or none.

    What *checked* says of the folder before it is put in place stands in the way: then nothing is written.
    """
    if not NAME.fullmatch(card["name"]):
        raise WorkspaceError(
            worded(
                "'{name}' cannot be the name: use at most {most} small letters, digits, dots and dashes.",
                name=str(card["name"][:LONGEST]),
                most=LONGEST,
            )
        )
    folder = workspace.path / proposal.room / card["name"]
    if folder.exists():
        raise WorkspaceError(TAKEN.format(folder=folder))
    if proposal.room == LAYERS:
        layers_folder(workspace.path)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".being-written-", dir=folder.parent))
    try:
        lay_out(proposal, card, work)
        if checked:
            checked(work)
        work.chmod(0o755)
        _put(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return folder / CARD


def lay_out(proposal: Proposal, card: dict[str, Any], folder: Path) -> None:
    """The data and the *card* of a proposal as files in *folder*."""
    data = folder / card["resources"][0]["path"]
    if proposal.content is None:
        shutil.copyfile(proposal.path, data)
    else:
        data.write_bytes(proposal.content)
    (folder / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _put(work: Path, folder: Path) -> None:
    """Moves a finished folder to its place; of two that come at the same moment, one is told that the other was first."""
    try:
        work.rename(folder)
    except OSError:
        if folder.exists():
            raise WorkspaceError(TAKEN.format(folder=folder)) from None
        raise
