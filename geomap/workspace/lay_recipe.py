"""A council's table taken in by a recipe: the card is written whole, with nothing left to fill in."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.datapackage.package import CARD
from geomap.editions.files import write_whole
from geomap.errors import GeomapError, LayerError, WorkspaceError
from geomap.layers.join import demand, join
from geomap.layers.read import read_layer
from geomap.layers.vintage import fits
from geomap.workspace.add_table import Prepared, prepare
from geomap.workspace.proposal import known_places, names_of_places
from geomap.workspace.recipes import recipe_card, recipe_indicator
from geomap.workspace.restricted import layers_folder
from geomap.workspace.workspace import LAYERS, Workspace


@dataclass(frozen=True)
class Laid:
    """card: the file written; boundaries: the set that fits the codes; indicator: what to put into the methodology; told: what was mended, or is so."""

    card: Path
    boundaries: str
    indicator: str
    told: tuple[str, ...] = ()


def lay_recipe(name: str, path: Path, workspace: Workspace) -> Laid:
    """The layer that recipe *name* makes of the table *path*, taken in at the one door; nothing stays behind when it cannot be read or matched."""
    folder = workspace.path / LAYERS / name
    if folder.exists():
        raise WorkspaceError(f"{folder} is there already. Move it away first.")
    prepared = prepare(path, known_places(workspace), names_of_places(workspace))
    told = tuple(map(str, (*prepared.table.repairs, *prepared.table.notes)))
    card = _filled(recipe_card(name), name, prepared, workspace)
    work = Path(tempfile.mkdtemp(prefix=".being-written-", dir=layers_folder(workspace.path)))
    try:
        (work / "data.csv").write_bytes(prepared.content or path.read_bytes())
        write_whole(work / CARD, lambda one: one.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"))
        layer, boundaries = read_layer(work), card["geomap:places"]["boundaries"]
        demand(join(layer, workspace.atlas, boundaries), layer, workspace.atlas)
        work.chmod(0o755)
        work.rename(folder)
    except (GeomapError, OSError):
        shutil.rmtree(work, ignore_errors=True)
        raise
    return Laid(folder / CARD, boundaries, recipe_indicator(name), told)


def _filled(card: dict[str, Any], name: str, prepared: Prepared, workspace: Workspace) -> dict[str, Any]:
    """The recipe's card with what the table says: its boundaries, its period, how it is written, which marks withhold, and what was mended."""
    table, resource = prepared.table, card["resources"][0]
    wanted = [field["name"] for field in resource["schema"]["fields"]]
    if absent := [column for column in wanted if column not in table.cells]:
        raise LayerError(f"{table.path} has no column {absent}; the recipe '{name}' needs {wanted}. Name them so and try again.")
    periods = sorted({cell for cell in table.cells["period"].str.strip() if cell})
    card["geomap:places"]["boundaries"] = prepared.boundaries or fits(table.cells["place"], workspace.atlas)[0].boundaries
    card["geomap:period"] = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else "".join(periods)
    written = prepared.resource({})
    resource |= {key: written[key] for key in ("encoding", "dialect") if key in written}
    resource["geomap:suppressed"] = sorted({*resource.get("geomap:suppressed", ()), *table.marks})
    return {**{key: value for key, value in card.items() if key != "resources"}, **prepared.record(), "resources": card["resources"]}
