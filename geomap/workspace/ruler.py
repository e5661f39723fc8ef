"""The ruler of an earlier edition, as a file of the workspace: next year is measured with it, whatever became of the data it was fitted to."""

from pathlib import Path
from typing import Any

from pydantic import Field

from geomap._json import read_json
from geomap._recipe import Recipe
from geomap.assessment.held import Held
from geomap.editions.edition import Edition
from geomap.editions.files import write_json, write_whole
from geomap.errors import WorkspaceError

FILE = "ruler.json"


class _Posts(Recipe):
    low: float | None
    high: float | None
    ladder: tuple[float, ...] = ()


class _Ruler(Recipe):
    of: str = Field(min_length=1)
    scales: dict[str, dict[str, _Posts]]
    weights: dict[str, dict[str, dict[str, float]]] = Field(default_factory=dict)


def read_held(workspace: Path) -> Held | None:
    """The ruler that lies in *workspace*, or nothing; WorkspaceError when it is damaged."""
    remedy = "Run 'geomap next' again, or take the file away to fit a new scale."
    ruler = read_json(workspace / FILE, _Ruler, error=WorkspaceError, what="the ruler of an earlier edition", remedy=remedy)
    if ruler is None:
        return None
    scales = {level: {name: one.model_dump() for name, one in some.items()} for level, some in ruler.scales.items()}
    return Held(ruler.of, scales, ruler.weights)


def write_held(workspace: Path, edition: Edition) -> Path:
    """The file in *workspace* that holds the ruler of *edition* still."""
    weights: dict[str, Any] = {}
    for level in edition.levels:
        nodes = edition.level(level).nodes
        weights[level] = {node.id: dict(zip(node.parts, node.weights, strict=True)) for node in nodes if node.parts}
    content = {"of": edition.path.name, "scales": edition.scales, "weights": weights}
    write_whole(workspace / FILE, lambda work: write_json(work, content))
    return workspace / FILE
