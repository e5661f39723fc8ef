"""Whether a workspace can be built, and what becomes of every row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from geomap.assessment.estimate import allowed, estimate
from geomap.assessment.journey import Progress, silent
from geomap.boundaries.coverage import coverage
from geomap.errors import GeomapError
from geomap.layers.join import Join, demand, join
from geomap.layers.layer import Layer
from geomap.methodology.parts import Indicator
from geomap.worded import worded
from geomap.workspace.backdrop import backdrop
from geomap.workspace.honest import remarks_on
from geomap.workspace.readable import readable_by_others
from geomap.workspace.workspace import Workspace

Found = TypeVar("Found")


@dataclass(frozen=True)
class Checked:
    """joins: one record a layer; faults: what stops a build; warnings: what a person should know."""

    joins: tuple[dict[str, Any], ...]
    faults: tuple[str, ...]
    warnings: tuple[str, ...]


def check(workspace: Workspace, *, progress: Progress = silent) -> Checked:
    """Everything that can be said of *workspace* short of scoring it; all faults at once."""
    faults: list[str] = []
    for part in ("methodology", "atlas", "layers"):
        _try(faults, "", getattr, workspace, part)
    if not faults:
        _try(faults, "", getattr, workspace, "sources")
    if faults:
        return Checked((), tuple(faults), ())
    joins, unjoined = _joined(workspace, faults)
    faults += _unmeasurable(workspace, unjoined, progress)
    _try(faults, "", backdrop, workspace)
    remarks = remarks_on(workspace)
    faults += [one.sentence for one in remarks if one.severity == "error"]
    warnings = [one.sentence for one in remarks if one.severity == "warning"]
    return Checked(
        joins,
        tuple(faults),
        (*warnings, *repairs_of(workspace), *_uncovered(workspace), *_unused(workspace), *readable_by_others(workspace)),
    )


def ledger(workspace: Workspace) -> list[tuple[dict[str, Any], Join | None]]:
    """Rows read, matched and unmatched of every layer, by name; a layer without places has only rows."""
    return [_record(layer, workspace) for _, layer in sorted(workspace.layers.items())]


def _record(layer: Layer, workspace: Workspace) -> tuple[dict[str, Any], Join | None]:
    if layer.card.not_used or layer.card.places is None:
        return {
            "layer": layer.name,
            "boundaries": "",
            "rows": len(layer.table) if layer.raster is None and not layer.card.not_used else None,
            "matched": None,
            "unmatched": {},
            "notes": [_unplaced(layer)],
        }, None
    done = join(layer, workspace.atlas, workspace.sources.finest)
    return done.as_record(), done


def _unplaced(layer: Layer) -> str:
    """Why the rows of a layer have no place of their own."""
    if layer.card.not_used:
        return worded("considered, not used: {reason}", reason=layer.card.not_used.rstrip("."))
    if layer.card.kind == "backdrop":
        return worded("drawn on maps for orientation, as {what}; no number rests on it", what=str(layer.card.drawn_as))
    return worded("for the city as a whole") if layer.raster is None else worded("a raster, read where an indicator asks for it")


def _joined(workspace: Workspace, faults: list[str]) -> tuple[tuple[dict[str, Any], ...], set[str]]:
    """The ledger of every layer whose rows can be joined, and the names of the others; *faults* grows by what is wrong with those."""
    records, unjoined = [], set()
    for name, layer in sorted(workspace.layers.items()):
        before = len(faults)
        if found := _try(faults, f"Layer '{name}': ", _record, layer, workspace):
            record, done = found
            records.append(record)
            if done:
                _try(faults, "", demand, done, layer, workspace.atlas)
        if len(faults) > before:
            unjoined.add(name)
    return tuple(records), unjoined


def _unmeasurable(workspace: Workspace, unjoined: set[str], progress: Progress) -> list[str]:
    """What stops an indicator at any level; one that rests on an unjoined layer has its fault already."""
    faults: list[str] = []
    for indicator in progress(workspace.methodology.indicator, "Checking"):
        if not unjoined & set(indicator.measure.layers()):
            _try(faults, f"Indicator '{indicator.id}': ", _measure, indicator, workspace)
    return faults


def _measure(indicator: Indicator, workspace: Workspace) -> None:
    """Measures *indicator* wherever and whenever a build would."""
    heading, small = workspace.methodology.methodology, workspace.methodology.disclosure
    allowed(indicator, workspace.sources, heading.tier)
    for period in dict.fromkeys([heading.period, *([] if workspace.held else [heading.baseline])]):
        for level in indicator.levels or heading.levels:
            estimate(indicator, workspace.sources.at(period), level, small.rule())


def _try(faults: list[str], whose: str, ask: Callable[..., Found], *given: object) -> Found | None:
    """What *ask* gives, or nothing, and then *faults* grows by the reason."""
    try:
        return ask(*given)
    except GeomapError as wrong:
        faults.append(f"{whose}{wrong}")
        return None


def _uncovered(workspace: Workspace) -> list[str]:
    """What is to be known of how the places of each set cover the city."""
    sets = workspace.atlas.sets
    return [sentence for _, places in sorted(sets.items()) for sentence in coverage(places, sets).sentences()]


def repairs_of(workspace: Workspace) -> list[str]:
    """What was mended in the files of the workspace when they were read, or is in doubt, each beginning with where."""
    return [
        *_of_places(workspace),
        *(
            worded("The layer '{name}': {sentence}", name=name, sentence=one)
            for name, layer in sorted(workspace.layers.items())
            for one in layer.repairs
        ),
    ]


def repairs_told(workspace: Workspace) -> list[str]:
    """The same for an edition: of layers about people only what kinds of thing their card says were mended, whether or not they were this time, since counts, examples and a kind that a single record brings in could tell of somebody."""
    found = _of_places(workspace)
    for name, layer in sorted(workspace.layers.items()):
        if not layer.card.guarded:
            found += [worded("The layer '{name}': {sentence}", name=name, sentence=one) for one in layer.repairs]
        elif layer.card.intake and (kinds := dict.fromkeys(one.about for one in layer.card.intake.repairs if one.about)):
            found.append(worded("The layer '{name}': {things}; counts and examples are kept inside.", name=name, things=", ".join(kinds)))
        else:
            found.append(worded("The layer '{name}': whatever was mended in it is kept inside.", name=name))
    return found


def _of_places(workspace: Workspace) -> list[str]:
    sets = workspace.atlas.sets.items()
    return [worded("The boundary set '{name}': {sentence}", name=name, sentence=one) for name, places in sets for one in places.repairs]


def _unused(workspace: Workspace) -> list[str]:
    used = {name for indicator in workspace.methodology.indicator for name in indicator.measure.layers()}
    idle = [
        name
        for name, layer in sorted(workspace.layers.items())
        if name not in used and layer.card.kind not in ("register", "observations", "backdrop") and not layer.card.not_used
    ]
    return [worded("The layer '{name}' is in no indicator.", name=name) for name in idle]
