"""What may be told of how a layer was read: counts about people pass the gate here too."""

from collections.abc import Mapping
from typing import Any

from geomap.worded import worded

KEPT = worded("How many rows there are is kept inside, since it could tell a withheld count.")
LOST = worded("So is how many of them found no place, and why.")
OF_ROWS = ("rows", "matched", "unmatched", "places_without_rows")


def told(record: Mapping[str, Any], sensitivity: str) -> dict[str, Any]:
    """The ledger of a join as it may be published: of guarded layers what their card and the places say, and nothing that depends on their rows.

    Rows and matched rows less the numbers shown would give what was withheld, and so would the rows that found no place, where a total of all that answered
    can be worked out: a reason alone says that there is one. A place without rows is a true zero, which noise was to hide; an example is a record of somebody.
    """
    if sensitivity == "open":
        return dict(record)
    kept = {name: value for name, value in record.items() if name != "places_without_rows_examples"}
    return {**kept, **dict.fromkeys(OF_ROWS), "examples": {}, "notes": [KEPT, LOST] if record["boundaries"] else [KEPT]}
