"""What protects, as an edition tells it."""

import pandas as pd

from geomap.assessment.protects import COLUMNS, Protects
from geomap.editions.edition import Edition

ASSETS, PEOPLE, WAYS = "what-protects", "who-lives-where", "ways-on-foot"


def what_protects(edition: Edition) -> Protects:
    """What the edition tells of places and groups that protect; empty where it was made without any, or before it told of them."""
    parents = {
        str(code): str(parent)
        for level in edition.levels
        for code, parent in edition.level(level).places["parent"].fillna("").items()
        if parent
    }
    return Protects(
        _table(edition, ASSETS, COLUMNS), _table(edition, PEOPLE, ("level", "code", "people")),
        _table(edition, WAYS, ("level", "code", "id", "minutes")), parents,
    )  # fmt: skip


def _table(edition: Edition, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    return edition.table(name) if name in edition.tables else pd.DataFrame(columns=list(columns))
