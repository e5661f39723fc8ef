"""What the cards of a workspace demand: agreements that hold, issues that exist, layers left out on purpose that stay out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from geomap.boundaries.atlas import Atlas
from geomap.layers.layer import Layer
from geomap.layers.period import cut_short
from geomap.layers.vintage import fits
from geomap.worded import worded
from geomap.workspace.issues import FILE, read_issues
from geomap.workspace.overlapping import summed_twice
from geomap.workspace.workspace import Workspace


@dataclass(frozen=True)
class Scruple:
    """error: it stops a build; warning: it must be known. inside: it is made of the rows of a guarded layer, so no edition tells it."""

    severity: Literal["error", "warning"]
    sentence: str
    inside: bool = False


def scruples(workspace: Workspace, today: date) -> tuple[Scruple, ...]:
    """All of them, errors first."""
    found = [
        *_agreements(workspace, today),
        *_used_anyway(workspace),
        *_issues(workspace),
        *_modelled(workspace),
        *_vintages(workspace),
        *_cut_short(workspace),
        *(Scruple("error", sentence) for sentence in summed_twice(workspace.methodology.indicator, workspace.layers)),
        *(Scruple("error", sentence) for sentence in half_lookups(workspace.atlas)),
    ]
    return tuple(sorted(found, key=lambda one: one.severity))


def considered(workspace: Workspace) -> list[dict[str, str]]:
    """Layers that were considered and are not used, each with its provider and the reason."""
    return [
        {"layer": name, "title": layer.card.title, "provider": layer.card.provider, "reason": layer.card.not_used}
        for name, layer in sorted(workspace.layers.items())
        if layer.card.not_used
    ]


def _agreements(workspace: Workspace, today: date) -> Iterator[Scruple]:
    for name, layer in sorted(workspace.layers.items()):
        agreed = layer.card.agreement
        if agreed and agreed.has_ended(today):
            agency = f"{agreed.agency} ({agreed.reference})" if agreed.reference else agreed.agency
            yield Scruple("error", worded("The agreement with {agency} on the layer '{name}' ended on {until}. Renew it and write the new end in the card, or take the layer out.", agency=agency, name=name, until=str(agreed.until)))  # fmt: skip


def _used_anyway(workspace: Workspace) -> Iterator[Scruple]:
    for indicator in workspace.methodology.indicator:
        for name in dict.fromkeys(indicator.measure.layers()):
            if name in workspace.layers and (reason := workspace.layers[name].card.not_used):
                yield Scruple("error", worded("Indicator '{indicator}' uses the layer '{name}', whose card says that it is not used: {reason} Take the indicator out, or geomap:not_used.", indicator=indicator.id, name=name, reason=str(reason)))  # fmt: skip


def _issues(workspace: Workspace) -> Iterator[Scruple]:
    known = [issue.id for issue in read_issues(workspace.path)]
    cards = {name: layer.card for name, layer in sorted(workspace.layers.items()) if not layer.card.not_used}
    if not known:
        return
    for name, card in cards.items():
        if unknown := [issue for issue in card.issues if issue not in known]:
            yield Scruple(
                "error",
                worded(
                    "The card of '{name}' speaks of the issues {unknown}, which {list} does not list; there are {known}.",
                    name=name,
                    unknown=str(unknown),
                    list=FILE,
                    known=str(known),
                ),
            )
        if not card.issues and card.kind != "backdrop":
            yield Scruple(
                "warning",
                worded(
                    "The card of '{name}' does not say which issue it speaks to; geomap:issues may name {known}.",
                    name=name,
                    known=str(known),
                ),
            )
    spoken = {issue for card in cards.values() for issue in card.issues}
    for issue in known:
        if issue not in spoken:
            yield Scruple(
                "warning", worded("No layer speaks to the issue '{issue}': what is said of it here rests on no data.", issue=str(issue))
            )


def _modelled(workspace: Workspace) -> Iterator[Scruple]:
    used = dict.fromkeys(name for indicator in workspace.methodology.indicator for name in indicator.measure.layers())
    for name in used:
        if name in workspace.layers and workspace.layers[name].card.modelled:
            yield Scruple("warning", worded("The numbers of '{name}' are modelled, not measured: a change in them can be a change of the model, and they are no evidence of what an action did.", name=name))  # fmt: skip


def _cut_short(workspace: Workspace) -> Iterator[Scruple]:
    for layer in workspace.layers.values():
        if sentence := cut_short(layer):
            yield Scruple("warning", sentence, inside=_guarded(layer))


def _guarded(layer: Layer) -> bool:
    return layer.card.guarded


def _vintages(workspace: Workspace) -> Iterator[Scruple]:
    """Layers whose codes match well enough, and match another set better."""
    for name, layer in sorted(workspace.layers.items()):
        places = layer.card.places
        if not places or not places.boundaries or places.field not in layer.table.columns:
            continue
        found = fits(layer.table[places.field], workspace.atlas)
        own = next((fit.matched for fit in found if fit.boundaries == places.boundaries), 0)
        if found and found[0].matched > own > layer.card.least_match * found[0].rows:
            yield Scruple("warning", worded("The codes of '{name}' match {own} of {rows} rows of '{set}', but fit {found} better; is the card's vintage right?", name=name, own=str(own), rows=str(found[0].rows), set=places.boundaries, found=str(found[0])), inside=_guarded(layer))  # fmt: skip


def half_lookups(atlas: Atlas) -> Iterator[str]:
    """Lookups that name only one part of a place that was divided: its counts would all go there."""
    for walk in atlas.crosswalks:
        codes = atlas[walk.place_set].codes
        if len(lost := codes.difference(pd.Index(walk.frame["place"]))):
            some = ", ".join(map(str, lost[:5]))
            yield worded("The lookup from '{origin}' to '{place}' says nothing of {count} of {whole} places, such as {examples}: most likely it names one part only of places that were divided, and all their counts would go there. Use a lookup with every part, or declare an overlay (geomap:overlays).", origin=walk.origin_set, place=walk.place_set, count=len(lost), whole=len(codes), examples=str(some))  # fmt: skip
