"""What protects, as tables of an edition: what there is and where, how many people live in each place, and ways along streets.

Only what is formal travels as a point. Anything else travels without name and address, by the place it lies in; where its layer gives a point, by the
largest places of the edition, so that the point does not follow.
"""

import numpy as np
import pandas as pd

from geomap.assessment.protects import FORMAL, METRES_A_MINUTE
from geomap.boundaries.ways import streets_from
from geomap.editions.protects import ASSETS, PEOPLE, WAYS
from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Per
from geomap.layers.join import join
from geomap.layers.layer import Layer
from geomap.layers.shielded import hidden_rows
from geomap.workspace.workspace import Workspace

SAID = ("name", "kind", "audience", "opening", "capacity", "run_by", "checked")
RUN_BY = ("run_by", "operator", "organisation", "owner", "provider")
DEGREES, FARTHEST = 5, 60  # decimals of a degree, about a metre; minutes on foot


def protecting(workspace: Workspace) -> dict[str, tuple[str, pd.DataFrame]]:
    """Tables by name, each with its title; none where no layer of assets may travel."""
    tier = workspace.methodology.methodology.tier
    layers = [layer for _, layer in sorted(workspace.layers.items()) if _travels(layer, "assets", tier)]
    if not layers:
        return {}
    there = pd.concat([_told(layer, workspace) for layer in layers], ignore_index=True)
    found = {ASSETS: ("What protects: places and groups", there)}
    people, ways = _people(workspace, tier), _ways(workspace, there, tier)
    if people is not None:
        found[PEOPLE] = ("How many people live in each place", people)
    if ways is not None:
        found[WAYS] = ("Minutes on foot along streets to what protects", ways)
    return found


def _travels(layer: Layer, kind: str, tier: str) -> bool:
    card = layer.card
    return card.kind == kind and not card.guarded and not card.not_used and card.may_be_seen_in(tier)


def _told(layer: Layer, workspace: Workspace) -> pd.DataFrame:
    """A row an asset: id, layer, title, the columns SAID, formality, issue; level and code of the place it lies in; longitude and latitude of what is formal."""
    table, hidden, sources = layer.table, hidden_rows(layer), workspace.sources
    run_by = next((name for name in RUN_BY if name in table), "")
    rows = pd.DataFrame({"id": ""}, index=table.index)
    rows["layer"], rows["title"] = layer.name, layer.card.title
    for name in SAID:
        column = run_by if name == "run_by" else name
        rows[name] = table[column].astype(object).where(table[column].notna(), "").map(_plain) if column in table else ""
    rows["listed_by"] = layer.card.provider
    rows["kind"] = rows["kind"].replace("", layer.card.title)
    rows["formality"] = np.where(hidden, "informal or shielded", FORMAL)
    rows["issue"] = "; ".join(layer.card.issues)
    rows.loc[hidden, ["name", "run_by", "checked"]] = ""
    exact, coarse = (join(layer, sources.atlas, level) for level in (sources.finest, sources.levels[-1]))
    rows["level"] = np.where(hidden, coarse.boundaries, exact.boundaries)
    rows["code"] = exact.codes.where(~hidden, coarse.codes).fillna("")
    rows["longitude"], rows["latitude"] = np.nan, np.nan
    if layer.points is not None and layer.card.places and not layer.card.places.boundaries:
        points = layer.points.to_crs(4326)
        pinned = ~hidden & points.notna() & ~points.is_empty
        rows.loc[pinned, "longitude"] = points[pinned].x.round(DEGREES)
        rows.loc[pinned, "latitude"] = points[pinned].y.round(DEGREES)
    return _numbered(rows, hidden, layer.name)


def _numbered(rows: pd.DataFrame, hidden: pd.Series, name: str) -> pd.DataFrame:
    """The rows with their ids, what must not be found last and in the order of what is told of it: where a file lists an asset may say beside which others it lies."""
    secret = rows[hidden]
    ordered = pd.concat([rows[~hidden], secret.sort_values([*secret.columns], kind="stable", na_position="last")])
    return ordered.assign(id=[f"{name}:{row}" for row in range(1, len(ordered) + 1)])


def _plain(cell: object) -> str:
    """A cell as a person writes it: a whole number without its .0."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def _people(workspace: Workspace, tier: str) -> pd.DataFrame | None:
    """level, code, people: by what the first indicator counts people against, where that is open."""
    sources = workspace.sources.at(workspace.methodology.methodology.period)
    asked = [getattr(one.measure, name, None) for name in ("mean_by", "per") for one in workspace.methodology.indicator]
    for per in (one for one in asked if isinstance(one, Per)):
        card = sources.layer(per.layer).card
        if not card.guarded and card.may_be_seen_in(tier):
            tables = [
                bring_column(per, sources, level).counts.rename("people").rename_axis("code").reset_index().assign(level=level)
                for level in sources.levels
            ]
            return pd.concat(tables, ignore_index=True)[["level", "code", "people"]]
    return None


def _ways(workspace: Workspace, there: pd.DataFrame, tier: str) -> pd.DataFrame | None:
    """level, code, id, minutes: from the middle of each place, along the first layer of streets; only to what is formal, up to FARTHEST minutes."""
    streets = next((layer for _, layer in sorted(workspace.layers.items()) if _travels(layer, "streets", tier)), None)
    pinned = there[there["longitude"].notna()]
    if streets is None or streets.points is None or pinned.empty:
        return None
    import geopandas as gpd

    tables = []
    for level in workspace.sources.levels:
        places = workspace.sources.atlas[level]
        ends = gpd.GeoSeries(gpd.points_from_xy(pinned["longitude"], pinned["latitude"], crs=4326)).to_crs(places.frame.crs)
        middles = places.centroids
        network = streets_from(streets.points.dropna().to_crs(places.frame.crs))
        found = network.within(np.column_stack([middles.x, middles.y]), np.column_stack([ends.x, ends.y]), FARTHEST * METRES_A_MINUTE)
        tables.append(pd.DataFrame({
            "level": level, "code": places.codes[found.origin], "id": pinned["id"].to_numpy()[found.asset], "minutes": (found.cost / METRES_A_MINUTE).round(1),
        }))  # fmt: skip
    return pd.concat(tables, ignore_index=True).sort_values(["level", "code", "minutes", "id"], ignore_index=True)
