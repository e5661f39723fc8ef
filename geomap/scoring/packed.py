"""Ranks of many draws at once, by sorting numbers that carry a score in their high bits and a place in their low bits."""

import numpy as np
from numpy.typing import NDArray

WINDOW = 128
BEHIND = 1.9999
ROOM = 1 - 2.0**-10


def missing_rank(places: int) -> np.unsignedinteger:
    """What stands for "no rank" among so many places: the largest number of the smallest type that has room."""
    return np.uint16(65_535) if places < 65_535 else np.uint32(2**32 - 1)


def ranks(badness: NDArray[np.float64]) -> NDArray[np.unsignedinteger]:
    """Rank of each place in each draw of a (draw, place) array: 1 = the largest; tied places share the lowest rank; NaN has `missing_rank`.

    Scores are brought to [1, 2), where the bits of a float64 are a fixed-point number, and the last bits are given to the place: scores that agree
    to 2^-36 of their draw's range are tied (up to 65,536 places; one bit less with each doubling). An order by the first 16 bits comes from a
    radix sort; overlapping windows put right what shares them, and where they do not suffice (heavy crowding) everything is sorted.
    """
    draws, places = badness.shape
    if not badness.size:
        return np.empty((draws, places), dtype=missing_rank(places).dtype)
    bits = max(16, (places - 1).bit_length())
    missing = np.isnan(badness) if np.isnan(badness.min()) else None
    keys = _fixed_point(badness, missing, half=2.0 ** (bits - 53))
    keys &= -(1 << bits)
    keys |= np.arange(places)
    first = np.arange(draws)[:, None] * places
    ordered = _sorted(keys, first)
    score = ordered >> bits
    same = score[:, 1:] == score[:, :-1]
    position = np.arange(1, places + 1, dtype=missing_rank(places).dtype)
    found = np.empty((draws, places), dtype=position.dtype)
    ordered &= (1 << bits) - 1
    ordered += first
    found.reshape(-1)[ordered] = position
    if (tied := same.any(axis=1)).any():
        found.reshape(-1)[ordered[tied]] = _shared(same[tied], position)
    if missing is not None:
        found[missing] = missing_rank(places)
    return found


def _fixed_point(badness: NDArray[np.float64], missing: NDArray[np.bool_] | None, *, half: float) -> NDArray[np.int64]:
    """The bits of numbers in [1, 2): 1 for the largest of each row, just under 2 for the smallest, behind it what is missing.

    half: of what the score's last bit is worth, so that what is cut off below it is rounded.
    """
    known = badness if missing is None else np.where(missing, -np.inf, badness)
    top = known.max(axis=1, keepdims=True)
    top = np.where(np.isinf(top), 0.0, top)
    found = np.subtract(top, badness)
    width = np.fmax.reduce(found, axis=1, keepdims=True)
    found *= ROOM / np.where(width > 0, width, 1.0)
    found += 1.0 + half
    if missing is not None:
        found[missing] = BEHIND
    return found.view(np.int64)


def _sorted(keys: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    places = keys.shape[1]
    order = np.argsort((keys >> 36).astype(np.uint16), axis=1, kind="stable")
    order += first
    found = keys.reshape(-1).take(order, mode="clip")
    for start in (0, WINDOW // 2):
        end = start + max(places - start, 0) // WINDOW * WINDOW
        found[:, start:end].reshape(len(found), -1, WINDOW).sort(axis=2)
        found[:, end:].sort(axis=1)
    if (found[:, 1:] < found[:, :-1]).any():
        found.sort(axis=1)
    return found


def _shared(same: NDArray[np.bool_], position: NDArray[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    starts = np.broadcast_to(position, (len(same), len(position))).copy()
    starts[:, 1:][same] = 0
    return np.maximum.accumulate(starts, axis=1)
