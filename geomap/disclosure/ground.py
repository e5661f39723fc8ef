"""The pieces of ground that the places of several boundary sets are made of."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

SLIVER = 5e-3
Piece = tuple[frozenset[int], shapely.Geometry]


def pieces_of(places: pd.DataFrame, outlines: Mapping[str, Mapping[str, shapely.Geometry]]) -> dict[tuple[str, str], list[int]]:
    """The numbers of the pieces each (boundaries, place) is made of.

    places: columns boundaries, place. Where shapes are known of more than one set they are laid over each other: two places share a piece where they
    overlap by more than *SLIVER* of the smaller one, and what a place shares with none is a piece of its own. Nobody is thought to be in a smaller overlap: that
    lets the attacker conclude more, not less. Without shapes each place is one piece.
    """
    keys = list(dict.fromkeys(zip(places["boundaries"], places["place"], strict=True)))
    drawn = [key for key in keys if key[1] in outlines.get(key[0], {})]
    sets = {key[0] for key in drawn}
    plain = [key for key in keys if len(sets) < 2 or key not in set(drawn)]
    found = {key: [number] for number, key in enumerate(plain)}
    return found | _laid(drawn, outlines, len(plain)) if len(sets) > 1 else found


def _laid(
    keys: list[tuple[str, str]], outlines: Mapping[str, Mapping[str, shapely.Geometry]], first: int
) -> dict[tuple[str, str], list[int]]:
    shapes = np.array([outlines[name][code] for name, code in keys], dtype=object)
    pieces: list[Piece] = []
    for name in dict.fromkeys(key[0] for key in keys):
        mine = [number for number, key in enumerate(keys) if key[0] == name]
        pieces = _cut(pieces, mine, shapes)
    found: dict[tuple[str, str], list[int]] = {key: [] for key in keys}
    for number, (whose, _) in enumerate(pieces):
        for one in whose:
            found[keys[one]].append(first + number)
    return found


def _cut(pieces: list[Piece], mine: list[int], shapes: np.ndarray) -> list[Piece]:
    """The pieces cut by the places of one more set; what lies outside all older pieces is added."""
    if not pieces:
        return [(frozenset([one]), shapes[one]) for one in mine]
    old, new = np.array([shape for _, shape in pieces], dtype=object), shapes[mine]
    near_old, near_new = shapely.STRtree(new).query(old, predicate="intersects")
    shared = shapely.intersection(old[near_old], new[near_new])
    kept = shapely.area(shared) > SLIVER * np.minimum(shapely.area(old)[near_old], shapely.area(new)[near_new])
    near_old, near_new, shared = near_old[kept], near_new[kept], shared[kept]
    cut = [(pieces[one][0] | {mine[other]}, shape) for one, other, shape in zip(near_old, near_new, shared, strict=True)]
    rest = [(pieces[one][0], left) for one, left in _left(old, near_old, shared)]
    return [*cut, *rest, *((frozenset([mine[one]]), left) for one, left in _left(new, near_new, shared))]


def _left(shapes: np.ndarray, owner: np.ndarray, shared: np.ndarray) -> list[tuple[int, shapely.Geometry]]:
    """The shapes that are not wholly shared out, by position, and what is left of them."""
    area = shapely.area(shapes)
    some = np.flatnonzero(area - np.bincount(owner, shapely.area(shared), minlength=len(shapes)) > SLIVER * area)
    return [(int(one), shapely.difference(shapes[one], shapely.union_all(shared[owner == one]))) for one in some]
