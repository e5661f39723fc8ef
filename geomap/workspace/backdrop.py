"""What an edition's maps show for orientation: rivers, parks, railways and outlines from layers of kind backdrop; no number rests on it."""

import geopandas as gpd
import pandas as pd
import shapely

from geomap.boundaries.backdrop import around
from geomap.errors import LayerError
from geomap.workspace.workspace import Workspace

MOST = 20_000  # points of all backdrops together: some 400 kB in an edition, a third of it on the way to a browser


def backdrop(workspace: Workspace) -> gpd.GeoDataFrame | None:
    """A row a layer of kind backdrop that the tier may hold, by name: title, source, drawn_as and its shape in WGS84; nothing where there is none."""
    tier = workspace.methodology.methodology.tier
    layers = [layer for _, layer in sorted(workspace.layers.items()) if layer.card.kind == "backdrop"]
    cards = [layer.card for layer in layers if not layer.card.not_used and layer.card.may_be_seen_in(tier)]
    if not cards:
        return None
    places = workspace.sources.atlas[workspace.sources.finest]
    shapes = [around(workspace.layers[card.name].points, places) for card in cards]
    if away := [card.name for card, shape in zip(cards, shapes, strict=True) if shape.is_empty]:
        raise LayerError(
            f"Nothing of the backdrop {away} lies in or near the city. Is its coordinate system the right one? Mend its file, or take its folder out of layers/."
        )
    if (points := int(shapely.get_num_coordinates(shapes).sum())) > MOST:
        raise LayerError(
            f"The backdrops {[card.name for card in cards]} have {points} points after they were simplified; a map draws up to {MOST}. Leave small rivers, parks or lines out of their files."
        )
    rows = {
        "title": [card.title for card in cards],
        "source": [", ".join(one for one in (card.provider, *(own.title or own.name for own in card.licenses)) if one) for card in cards],
        "drawn_as": [card.drawn_as for card in cards],
    }
    return gpd.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326", index=pd.Index([card.name for card in cards], name="code"))
