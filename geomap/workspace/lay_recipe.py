"""A council's table taken in by a recipe: the card is written whole, with nothing left to fill in."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from geomap.datapackage.package import CARD
from geomap.editions.files import write_whole
from geomap.errors import GeomapError, LayerError, WorkspaceError
from geomap.layers.join import demand, join
from geomap.layers.read import read_layer
from geomap.layers.vintage import fits
from geomap.workspace import guess
from geomap.workspace.recipes import recipe_card, recipe_indicator
from geomap.workspace.workspace import LAYERS, Workspace


@dataclass(frozen=True)
class Laid:
    """card: the file written; boundaries: the set that fits the codes; indicator: what to put into the methodology."""

    card: Path
    boundaries: str
    indicator: str


def lay_recipe(name: str, path: Path, workspace: Workspace) -> Laid:
    """The layer that recipe *name* makes of the table *path*; nothing stays behind when it cannot be read or matched."""
    card = recipe_card(name)
    folder = workspace.path / LAYERS / name
    if folder.exists():
        raise WorkspaceError(f"{folder} is there already. Move it away first.")
    table, encoding, separator = guess.text_table(path)
    wanted = [field["name"] for field in card["resources"][0]["schema"]["fields"]]
    if absent := [column for column in wanted if column not in table.columns]:
        raise LayerError(f"{path} has no column {absent}; the recipe '{name}' needs {wanted}. Name them so and try again.")
    fit = fits(table["place"], workspace.atlas)[0]
    periods = sorted({cell.strip() for cell in table["period"] if cell.strip()})
    card["geomap:places"]["boundaries"] = fit.boundaries
    card["geomap:period"] = f"{periods[0]} to {periods[-1]}" if len(periods) > 1 else "".join(periods)
    card["resources"][0] |= {"encoding": encoding} | ({"dialect": {"delimiter": separator}} if separator != "," else {})
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".being-written-", dir=folder.parent))
    try:
        shutil.copyfile(path, work / "data.csv")
        write_whole(work / CARD, lambda one: one.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"))
        layer = read_layer(work)
        demand(join(layer, workspace.atlas, fit.boundaries), layer, workspace.atlas)
        work.chmod(0o755)
        work.rename(folder)
    except (GeomapError, OSError):
        shutil.rmtree(work, ignore_errors=True)
        raise
    return Laid(folder / CARD, fit.boundaries, recipe_indicator(name))
