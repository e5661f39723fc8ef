"""The city of a trap: a workspace with the real boundaries, into which a raw file is handed as a person would, with the answers a person would give."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.layers.layer import Layer
from geomap.layers.read import read_layer
from geomap.workspace.add import add_file
from geomap.workspace.answers import Answers
from geomap.workspace.begin import begin
from tests.shared import shared
from tests.workspace.test_add import fill

DATA = "data"


@dataclass(frozen=True)
class Taken:
    """layer: as a build reads it; told: what was told when it was handed in; card: as a person left it."""

    layer: Layer
    told: str
    card: dict


def settled(folder: Path, *sets: tuple[str, ...]) -> Path:
    """A workspace with boundary sets of the open data, their cards filled in."""
    begin(folder)
    for parts in sets:
        fill(add_file(shared(DATA, *parts), folder).card)
    return folder


def copy(base: Path, tmp_path: Path) -> Path:
    """A copy of a workspace that one test may change."""
    return Path(shutil.copytree(base, tmp_path / "city"))


def hand_in(path: Path, city: Path, answers: Answers | None = None, *, name: str = "trap", **card: object) -> Taken:
    """The raw file through add, its card filled in and changed as *card* says (underscores for the colon), read as a build reads it."""
    added = add_file(path, city, name=name, answers=answers)
    fill(added.card)
    data = json.loads(added.card.read_text(encoding="utf-8"))
    data |= {f"geomap:{key}": said for key, said in card.items()}
    if "geomap:names" in data and "names" not in card:
        data["geomap:names"]["confirmed"] = True
    if "geomap:melt" in data:
        data["geomap:melt"]["confirmed"] = True
    added.card.write_text(json.dumps(data), encoding="utf-8")
    return Taken(read_layer(added.card.parent), " ".join(added.told), data)


def curated(*parts: str) -> pd.DataFrame:
    """A curated table, as text."""
    return pd.read_csv(shared(DATA, *parts), dtype=str, keep_default_na=False)


def numbers(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Columns as numbers."""
    return frame[list(columns)].apply(pd.to_numeric)
