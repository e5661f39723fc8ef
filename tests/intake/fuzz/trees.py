"""Damage to what JSON or TOML says: a value of another kind, a part twice, away, deeper or renamed."""

import copy
import json
from typing import Any

from hypothesis import strategies as st

NUMBERS = [
    0,
    -1,
    1e308,
    -1e308,
    1e-308,
    5e-324,
    float("nan"),
    float("inf"),
    -0.0,
    2**53 + 1,
    2**63,
    2**64,
    10**30,
    10**400,
    -(10**400),
    True,
]
WORDS = ["", " ", "\0", "\ud800", "\u202e", "A" * 5_000, "../../etc/passwd", "/vsicurl/http://127.0.0.1:9/x", "file:///etc/passwd", "<script>", "${7*7}", "__proto__",
         "EPSG:0", "EPSG:4326", "EPSG:27700", "NaN", "1e400", "٣", "é\u0301", "NULL", "-999", "Polygon", "MultiPolygon", "GeometryCollection", "Feature", "2025-02-30"]  # fmt: skip
OTHERS: list[Any] = [None, [], {}, [[]], [None], {"": None}, [[[]]], {"type": "Point", "coordinates": [0, 0]}, [0], [0, 0], [1, 2, 3, 4, 5]]
VALUES = st.sampled_from([*NUMBERS, *WORDS, *OTHERS]) | st.floats() | st.integers(-(10**20), 10**20) | st.text(max_size=8)
WAYS = ("value", "twice", "away", "wrapped", "deep", "renamed", "more")
Change = tuple[int, str, Any, int]
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(WAYS), VALUES, st.integers(0, 10_000)), min_size=1, max_size=4)


def changed(document: Any, changes: list[Change]) -> Any:
    """The document with each change done at a place of it."""
    document = copy.deepcopy(document)
    for number, how, value, other in changes:
        if not (places := _places(document)):
            break
        parent, key = places[number % len(places)]
        _change(parent, key, how, copy.deepcopy(value), other)
    return document


def _places(found: Any) -> list[tuple[Any, Any]]:
    """Every list and object with every position or key in it, outermost first."""
    places, waiting = [], [found]
    while waiting and len(places) < 20_000:
        one = waiting.pop(0)
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else []
        places += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return places


def _change(parent: Any, key: Any, how: str, value: Any, other: int) -> None:
    if how == "value":
        parent[key] = value
    elif how == "away":
        del parent[key]
    elif how == "wrapped":
        parent[key] = [parent[key]]
    elif how == "deep":
        for _ in range(other % 150):
            parent[key] = [parent[key]]
    elif how == "more" and isinstance(parent[key], list):
        parent[key] = parent[key] + [value] * (other % 50)
    elif how == "renamed" and isinstance(parent, dict):
        parent[str(value)[:40]] = parent.pop(key)
    elif how == "twice" and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(parent[other % len(parent)]))


def as_json(document: Any) -> bytes:
    """JSON as Python writes it: NaN as a word, half signs as escapes."""
    return json.dumps(document).encode()
