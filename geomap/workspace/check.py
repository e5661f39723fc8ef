"""Whether a workspace can be built, and what becomes of every row."""

from dataclasses import dataclass
from typing import Any

from geomap.assessment.estimate import allowed
from geomap.errors import GeomapError
from geomap.layers.join import Join, demand, join
from geomap.layers.layer import Layer
from geomap.workspace.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """joins: one record a layer; faults: what stops a build; warnings: what a person should know."""

    joins: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def check(workspace: Workspace) -> Checked:
    """Everything that can be said of *workspace* without building it; all faults at once."""
    faults: list[str] = []
    for part in ("methodology", "atlas", "layers"):
        try:
            getattr(workspace, part)
        except GeomapError as wrong:
            faults.append(str(wrong))
    if faults:
        return Checked((), tuple(faults), ())
    try:
        joined = ledger(workspace)
    except GeomapError as wrong:
        return Checked((), (str(wrong),), ())
    for layer, done in ((workspace.layers[record["layer"]], done) for record, done in joined if done):
        try:
            demand(done, layer, workspace.atlas)
        except GeomapError as wrong:
            faults.append(str(wrong))
    faults += _unusable(workspace)
    return Checked(tuple(record for record, _ in joined), tuple(faults), tuple(_unused(workspace)))


def ledger(workspace: Workspace) -> list[tuple[dict[str, Any], Join | None]]:
    """Rows read, matched and unmatched of every layer, by name; a layer without places has only rows."""
    return [_record(layer, workspace) for _, layer in sorted(workspace.layers.items())]


def _record(layer: Layer, workspace: Workspace) -> tuple[dict[str, Any], Join | None]:
    if layer.card.places is None:
        return {
            "layer": layer.name,
            "boundaries": "",
            "rows": len(layer.table),
            "matched": None,
            "unmatched": {},
            "notes": ["for the city as a whole"],
        }, None
    done = join(layer, workspace.atlas, workspace.sources.finest)
    return done.as_record(), done


def _unusable(workspace: Workspace) -> list[str]:
    faults = []
    for indicator in workspace.methodology.indicator:
        try:
            allowed(indicator, workspace.sources, workspace.methodology.methodology.tier)
        except GeomapError as wrong:
            faults.append(f"Indicator '{indicator.id}': {wrong}")
    return faults


def _unused(workspace: Workspace) -> list[str]:
    used = {name for indicator in workspace.methodology.indicator for name in indicator.measure.layers()}
    idle = [
        name for name, layer in sorted(workspace.layers.items()) if name not in used and layer.card.kind not in ("register", "observations")
    ]
    return [f"The layer '{name}' is in no indicator." for name in idle]
