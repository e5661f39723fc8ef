"""Shapes that were put right when they were handed in: the file written anew, and the record of what was done."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geomap.datapackage.package import sha256
from geomap.errors import GeomapError
from geomap.intake.shapes import TakenShapes
from geomap.workspace.workspace import Workspace


def written_anew(path: Path, data: dict[str, Any], read: TakenShapes, taken: TakenShapes) -> dict[str, Any]:
    """The mended features as GeoJSON, the card's entry for them, and its record of what was done to the file that was handed in."""
    repairs = taken.repairs[len(read.repairs) :]
    told = [{"about": one.about, "count": one.count, "sentence": str(one)} for one in repairs]
    return {
        "content": taken.frame.to_crs(4326).to_json(drop_id=True, ensure_ascii=False).encode(),
        "resource": data | {"path": Path(data["path"]).stem + ".geojson", "format": "geojson"},
        "record": {"geomap:intake": {"file": path.name, "sha256": sha256(path), "rewritten": True, "repairs": told}},
    }


def outline(workspace: Workspace) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the city, where boundaries are known."""
    try:
        sides = np.array([places.outline() for places in workspace.atlas.sets.values()])
    except GeomapError:
        return None
    return (*sides[:, :2].min(axis=0).tolist(), *sides[:, 2:].max(axis=0).tolist()) if len(sides) else None


def properties(taken: TakenShapes) -> pd.DataFrame:
    """The properties of shapes as text, blank where there is none."""
    plain = pd.DataFrame(taken.frame.drop(columns=taken.frame.geometry.name))
    return plain.astype(object).where(lambda cells: cells.notna(), "").astype(str)
