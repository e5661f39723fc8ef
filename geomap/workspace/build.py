"""From a workspace to an edition on disk."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from geomap.assessment.directions import against
from geomap.assessment.journey import Assessed, Progress, assess, silent
from geomap.assessment.public import for_public
from geomap.boundaries.screen import for_screen
from geomap.disclosure.records import told
from geomap.editions.files import demand_room
from geomap.editions.freeze import Frozen, freeze
from geomap.layers.layer import Layer
from geomap.layers.shielded import without_pins
from geomap.workspace.about import cards_of
from geomap.workspace.backdrop import backdrop
from geomap.workspace.check import ledger, repairs_told
from geomap.workspace.conscience import considered
from geomap.workspace.fair_words import demand_fair_words
from geomap.workspace.honest import demand_honest, warnings_told
from geomap.workspace.issues import read_issues
from geomap.workspace.listen import listened
from geomap.workspace.protecting import protecting
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
    if (told_of := workspace.told) is not workspace:
        warnings = warnings_told(told_of)
    sources, heading = workspace.sources, workspace.methodology.methodology
    found = [
        _told_in(heading.tier, assess(sources, methodology, level, held=workspace.held, progress=progress), workspace.shared.missing)
        for level in heading.levels
    ]
    frozen = Frozen(
        assessments=[one.assessment for one in found],
        screens={level: for_screen(sources.atlas[level]) for level in heading.levels},
        scales={one.assessment.level: one.scale.as_record() for one in found},
        clipped={one.assessment.level: one.clipped for one in found},
        joins=[told(record, workspace.layers[record["layer"]].card.sensitivity) for record, _ in ledger(told_of)],
        inputs=told_of.inputs(),
        guarded=told_of.guarded(),
        methodology=workspace.methodology_text,
        settings={
            "version": heading.version, "baseline": heading.baseline, "seed": methodology.uncertainty.seed, "draws": methodology.uncertainty.draws,
            "ruler_of": workspace.held.of if workspace.held else "",
            "repairs": repairs_told(told_of),
            "crosswalks": [{"from": walk.origin_set, "to": walk.place_set, "how": walk.how} for walk in sources.atlas.crosswalks],
            "considered": considered(told_of),
            "issues": [issue.model_dump() for issue in read_issues(workspace.path)],
            "warnings": [*warnings, *(remark.sentence for one in found for remark in against(one.assessment))],
        },
        registers={name: (layer.card.title, within_tier(without_pins(layer), told_of)) for name, layer in sorted(told_of.layers.items()) if _travels(layer, heading.tier)},
        cards=cards_of(told_of),
        tables=listened(workspace) | protecting(workspace),
        backdrop=backdrop(workspace),
    )  # fmt: skip
    if heading.tier == "public":
        demand_fair_words(frozen)
    return frozen


def within_tier(table: pd.DataFrame, workspace: Workspace) -> pd.DataFrame:
    """The rows of a register that name no layer which the tier does not hold."""
    away = workspace.kept_back()
    named = table["layer"].isin(away) if "layer" in table else None
    return table if named is None or not named.any() else table[~named]


def _told_in(tier: str, found: Assessed, missing: str) -> Assessed:
    """What was assessed as an edition of *tier* may tell it."""
    assessment = replace(found.assessment, caveats=(*found.assessment.caveats, *([missing] if missing else [])))
    return replace(found, assessment=for_public(assessment) if tier == "public" else assessment)


def _travels(layer: Layer, tier: str) -> bool:
    return layer.card.kind in ("register", "observations") and not layer.card.guarded and layer.card.may_be_seen_in(tier)
