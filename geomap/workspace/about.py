"""What an edition tells of the layers and boundary sets it is made of, from their cards, for whoever compares or reviews it later."""

from typing import Any

from geomap.boundaries.read import read_boundary_card
from geomap.layers.card import LayerCard
from geomap.workspace.workspace import BOUNDARIES, LAYERS, Workspace


def cards_of(workspace: Workspace) -> list[dict[str, Any]]:
    """One record for each boundary set and each layer, by folder."""
    sets = [_set(workspace, folder.name, read_boundary_card(folder)) for folder in workspace.folders(BOUNDARIES)]
    folders = {layer.name: folder.name for folder, layer in zip(workspace.folders(LAYERS), workspace.layers.values(), strict=True)}
    return [*sets, *(_layer(folders[name], layer.card) for name, layer in sorted(workspace.layers.items()))]


def _set(workspace: Workspace, folder: str, card: Any) -> dict[str, Any]:  # noqa: ANN401  a BoundaryCard
    places = workspace.atlas.sets[card.name]
    lookups = sorted({resource.lookup.origin for resource in card.resources if resource.lookup})
    return {
        "kind": "boundaries", "level": card.level, "folder": f"{BOUNDARIES}/{folder}", "name": card.name, "title": card.title, "provider": card.provider,
        "period": card.date, "places": len(places.codes), "lookups_from": lookups, "licence": _licence(card),
    }  # fmt: skip


def _layer(folder: str, card: LayerCard) -> dict[str, Any]:
    return {
        "kind": card.kind, "folder": f"{LAYERS}/{folder}", "name": card.name, "title": card.title, "provider": card.provider,
        "period": card.period, "review_by": card.review_by, "evidence": card.evidence, "modelled": card.modelled, "by_period": bool(card.period_field or card.date_field), "own_periods": bool(card.period_field), "tier": card.tier,
        "sensitivity": card.sensitivity, "skewed": card.skewed, "licence": _licence(card),
    }  # fmt: skip


def _licence(card: Any) -> str:  # noqa: ANN401  a BoundaryCard or a LayerCard
    """Under which terms, as the card names them; blank where it names none."""
    return "; ".join(one.title or one.name for one in card.licenses)
