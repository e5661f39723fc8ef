"""From a workspace to an edition on disk."""

from pathlib import Path

from geomap.assessment.directions import against
from geomap.assessment.journey import Progress, assess, silent
from geomap.boundaries.screen import for_screen
from geomap.disclosure.records import told
from geomap.editions.files import demand_room
from geomap.editions.freeze import Frozen, freeze
from geomap.layers.layer import Layer
from geomap.methodology.read import FILE
from geomap.workspace.about import cards_of
from geomap.workspace.check import ledger, repairs_of
from geomap.workspace.conscience import considered
from geomap.workspace.honest import demand_honest
from geomap.workspace.issues import read_issues
from geomap.workspace.listen import listened
from geomap.workspace.workspace import Workspace


def build(
    workspace: Workspace, *, out: Path | None = None, seed: int | None = None, draws: int | None = None, progress: Progress = silent
) -> Path:
    """The folder of the draft edition built from *workspace*, inside *out* (its own editions folder when none is given)."""
    editions = out or workspace.editions
    demand_room(editions)
    return freeze(assembled(workspace, seed=seed, draws=draws, progress=progress), editions)


def assembled(workspace: Workspace, *, seed: int | None = None, draws: int | None = None, progress: Progress = silent) -> Frozen:
    """Everything that an edition of *workspace* is made of."""
    methodology = workspace.methodology.with_uncertainty(draws=draws, seed=seed)
    warnings = demand_honest(workspace)
    sources, heading = workspace.sources, workspace.methodology.methodology
    found = [assess(sources, methodology, level, held=workspace.held, progress=progress) for level in heading.levels]
    return Frozen(
        assessments=[one.assessment for one in found],
        screens={level: for_screen(sources.atlas[level]) for level in heading.levels},
        scales={one.assessment.level: one.scale.as_record() for one in found},
        clipped={one.assessment.level: one.clipped for one in found},
        joins=[told(record, workspace.layers[record["layer"]].card.sensitivity) for record, _ in ledger(workspace)],
        inputs=workspace.inputs(),
        guarded=workspace.guarded(),
        methodology=(workspace.path / FILE).read_text(encoding="utf-8"),
        settings={
            "version": heading.version, "baseline": heading.baseline, "seed": methodology.uncertainty.seed, "draws": methodology.uncertainty.draws,
            "ruler_of": workspace.held.of if workspace.held else "",
            "repairs": repairs_of(workspace),
            "crosswalks": [{"from": walk.origin_set, "to": walk.place_set, "how": walk.how} for walk in sources.atlas.crosswalks],
            "considered": considered(workspace),
            "issues": [issue.model_dump() for issue in read_issues(workspace.path)],
            "warnings": [*warnings, *(remark.sentence for one in found for remark in against(one.assessment))],
        },
        registers={name: (layer.card.title, layer.table) for name, layer in sorted(workspace.layers.items()) if _travels(layer, heading.tier)},
        cards=cards_of(workspace),
        tables=listened(workspace),
    )  # fmt: skip


def _travels(layer: Layer, tier: str) -> bool:
    return layer.card.kind in ("register", "observations") and layer.card.sensitivity == "open" and layer.card.may_be_seen_in(tier)
