"""What honesty demands of a workspace before anything is built from it."""

from datetime import UTC, datetime

from geomap.errors import MethodologyError
from geomap.methodology.honesty import Remark, remarks
from geomap.worded import worded
from geomap.workspace.conscience import Scruple, scruples
from geomap.workspace.workspace import Workspace


def remarks_on(workspace: Workspace) -> tuple[Remark | Scruple, ...]:
    """What is to be said of the workspace's methodology and of its layers' cards; errors first."""
    of_method = remarks(workspace.methodology, {name: layer.card for name, layer in workspace.layers.items()})
    found = (*of_method, *scruples(workspace, datetime.now(UTC).date()))
    return tuple(sorted(found, key=lambda one: one.severity))


def demand_honest(workspace: Workspace) -> tuple[str, ...]:
    """The warnings that an edition may tell, when nothing forbids a build; else MethodologyError with every reason."""
    found = remarks_on(workspace)
    if faults := tuple(one.sentence for one in found if one.severity == "error"):
        raise MethodologyError(worded("This workspace cannot be built; {count} thing(s) to mend:", count=len(faults)), faults)
    return tuple(one.sentence for one in found if not _inside(one))


def warnings_told(workspace: Workspace) -> tuple[str, ...]:
    """The warnings alone that an edition may tell; *workspace* is one that was found honest, or what its edition tells of."""
    return tuple(one.sentence for one in remarks_on(workspace) if one.severity == "warning" and not _inside(one))


def kept_inside(workspace: Workspace) -> tuple[str, ...]:
    """The warnings that no edition tells, since even that they are there depends on rows of guarded layers; for the owner of the workspace."""
    return tuple(one.sentence for one in remarks_on(workspace) if _inside(one))


def _inside(one: Remark | Scruple) -> bool:
    return isinstance(one, Scruple) and one.inside
