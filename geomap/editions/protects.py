"""What protects, as an edition tells it."""

from collections.abc import Iterable

import pandas as pd

from geomap.assessment.protects import COLUMNS, Protects
from geomap.editions.edition import Edition
from geomap.errors import UsageError
from geomap.worded import worded

ASSETS, PEOPLE, WAYS = "what-protects", "who-lives-where", "ways-on-foot"


def what_protects(edition: Edition, places: Iterable[pd.DataFrame] | None = None) -> Protects:
    """What the edition tells of places and groups that protect; empty where it was made without any, or before it told of them. places: of each of its levels, where they are read already."""
    places = (edition.level(name).places for name in edition.levels) if places is None else places
    parents = {str(code): str(parent) for level in places for code, parent in level["parent"].fillna("").items() if parent}
    return Protects(
        _table(edition, ASSETS, COLUMNS), _table(edition, PEOPLE, ("level", "code", "people")),
        _table(edition, WAYS, ("level", "code", "id", "minutes")), parents,
    )  # fmt: skip


def demand_protects(edition: Edition, places: Iterable[pd.DataFrame] | None = None) -> Protects:
    """The same; UsageError where the edition tells of none."""
    found = what_protects(edition, places)
    if found.assets.empty:
        raise UsageError(worded("This edition tells of no places that protect. Add a layer of kind assets that is open, and build again."))
    return found


def _table(edition: Edition, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    return edition.table(name) if name in edition.tables else pd.DataFrame(columns=list(columns))
