"""What may be told of how a layer was read: counts about people pass the gate here too."""

from collections.abc import Mapping
from typing import Any

from geomap.worded import worded

KEPT = worded("How many rows there are is kept inside, since it could tell a withheld count.")


def told(record: Mapping[str, Any], sensitivity: str) -> dict[str, Any]:
    """The ledger of a join as it may be published.

    Rows and matched rows less the numbers shown would give what was withheld, and an example of a row that found no place is a record of
    somebody; so of guarded layers only the rows that belong to no place are told, which are in no number that is shown.
    """
    if sensitivity == "open":
        return dict(record)
    return {**record, "rows": None, "matched": None, "examples": {}, "notes": [KEPT]}
