"""Neighbourhood risk and resilience mapping, honest about what it knows.

boundaries + layers → indicators per neighbourhood → composite indices → a map, a report, and files for any GIS.

The nouns, in the order of the journey:

Boundaries   where: one polygon and one code per place, one level, one date.
Layer        observations and the card that says what they are, who observed them, when, how sensitive they are, and who is missing.
Methodology  the agreed recipe: indicators, directions, scaling, weights, what happens to missing and to small numbers; fingerprinted.
Assessment   what a methodology says about each place and how surely: scores, ranks with intervals, contributions, caveats.
Edition      an assessment frozen on disk with the hash of everything that made it.
Workspace    the folder that holds boundaries, layers, a methodology, and the editions built from them.

A measure turns a layer into an estimate per place. The gate decides what of it may leave the building. A scale is a yardstick fitted once and
held still. A node is an index, a domain or an indicator. Rank 1 needs attention most. A place's status is value, zero (a true zero), missing,
suppressed (withheld to protect people) or not_collected; none ever turns into another.

>>> import geomap
>>> edition = geomap.read_edition("build/london")                       # doctest: +SKIP
>>> edition.level("borough-2022").numbers["risk"][["value", "rank_low", "rank_high"]]  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.assessment.assessment import Assessment as Assessment
    from geomap.assessment.journey import assess as assess
    from geomap.boundaries.boundaries import Boundaries as Boundaries
    from geomap.boundaries.read import read_boundaries as read_boundaries
    from geomap.editions.edition import Edition as Edition
    from geomap.editions.edition import read_edition as read_edition
    from geomap.errors import GeomapError as GeomapError
    from geomap.layers.layer import Layer as Layer
    from geomap.layers.read import read_layer as read_layer
    from geomap.methodology.read import read_methodology as read_methodology
    from geomap.methodology.recipe import Methodology as Methodology
    from geomap.workspace.build import build as build
    from geomap.workspace.check import check as check
    from geomap.workspace.workspace import Workspace as Workspace
    from geomap.workspace.workspace import open_workspace as open_workspace

__version__ = "0.1.0"

_HOMES = {
    "Assessment": "assessment.assessment",
    "Boundaries": "boundaries.boundaries",
    "Edition": "editions.edition",
    "GeomapError": "errors",
    "Layer": "layers.layer",
    "Methodology": "methodology.recipe",
    "Workspace": "workspace.workspace",
    "assess": "assessment.journey",
    "build": "workspace.build",
    "check": "workspace.check",
    "open_workspace": "workspace.workspace",
    "read_boundaries": "boundaries.read",
    "read_edition": "editions.edition",
    "read_layer": "layers.read",
    "read_methodology": "methodology.read",
}
__all__ = [*sorted(_HOMES)]  # noqa: PLE0604  names, sorted


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the name stands for
    """The public names, each imported when it is first asked for, so that importing geomap costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"geomap has no public name '{name}'. It has {__all__}.")
    return getattr(import_module(f"geomap.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
