"""What honesty demands of a workspace before anything is built from it."""

from geomap.errors import MethodologyError
from geomap.methodology.honesty import Remark, remarks
from geomap.workspace.workspace import Workspace


def remarks_on(workspace: Workspace) -> tuple[Remark, ...]:
    """What is to be said of the workspace's methodology, from its layers' cards; errors first."""
    return remarks(workspace.methodology, {name: layer.card for name, layer in workspace.layers.items()})


def demand_honest(workspace: Workspace) -> tuple[str, ...]:
    """The warnings, when nothing forbids a build; else MethodologyError with every reason."""
    found = remarks_on(workspace)
    if faults := tuple(one.sentence for one in found if one.severity == "error"):
        raise MethodologyError(f"This methodology cannot be built; {len(faults)} thing(s) to mend:", faults)
    return tuple(one.sentence for one in found)
