"""Values that others computed and published, by file."""

import json
from functools import cache
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from tests.shared import shared


def told(name: str) -> dict[str, Any]:
    """The file *name* of conformance values; the test is skipped where it is absent."""
    return _read(str(shared("data", "methods", f"{name}.json")))


@cache
def _read(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123  cache takes text
        return json.load(file)


def adjacency(neighbours: list[Any]) -> csr_array:
    """A 0/1 matrix from lists of neighbours that count from 1; 0 means none."""
    lists = [one if isinstance(one, list) else [one] for one in neighbours]
    pairs = np.array([(place, other - 1) for place, others in enumerate(lists) for other in others if other > 0])
    return csr_array((np.ones(len(pairs)), pairs.T), shape=(len(lists), len(lists)))
