"""The issues a workspace maps: a closed list in issues.toml, to which every layer points.

It is a file of its own and no part of the methodology: an issue is worded anew when the city learns, and that must not make two editions incomparable.
"""

from pathlib import Path

from pydantic import Field

from geomap._recipe import Recipe
from geomap._toml import read_toml
from geomap.errors import WorkspaceError
from geomap.workspace.workspace import ISSUES

FILE = ISSUES


class Issue(Recipe):
    """One issue: what it means here, who named it, what speaks for it and against it, and what nobody knows."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str = Field(min_length=1)
    definition: str = Field(min_length=1)
    named_by: str = Field(min_length=1)
    evidence_for: str = ""
    evidence_against: str = ""
    unknown: str = ""


class Issues(Recipe):
    """The file: one [[issue]] for each."""

    issue: tuple[Issue, ...] = Field(min_length=1)


def read_issues(folder: Path) -> tuple[Issue, ...]:
    """The issues of the workspace in *folder*; none where it has no issues.toml."""
    path = folder / FILE
    if not path.exists():
        return ()
    if not path.resolve().is_relative_to(folder.resolve()):
        raise WorkspaceError(f"{path} is a link to a file outside {folder}. Copy the file into the folder instead.")
    found = read_toml(path, Issues, error=WorkspaceError, absent=f"{path} is not a file.").issue
    ids = [one.id for one in found]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise WorkspaceError(f"{path}: the ids {twice} are used more than once; each issue needs its own.")
    return found
