"""Damage to the bytes of a file, whatever its format."""

from hypothesis import strategies as st

WAYS = ("set", "flip", "cut", "drop", "repeat", "huge", "zero", "swap", "again")
Edit = tuple[float, str, int]
EDITS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(WAYS), st.integers(0, 255)), min_size=1, max_size=6)


def damaged(raw: bytes, edits: list[Edit]) -> bytes:
    """The bytes with each edit done at its place, a share of their length."""
    for share, how, byte in edits:
        at = int(share * len(raw))
        raw = raw[: max(1, at)] if how == "cut" else raw[:at] + _instead(how, raw[at:], raw[:at], byte)
    return raw


def _instead(how: str, rest: bytes, before: bytes, byte: int) -> bytes:
    """What stands in place of the *rest* of a file."""
    return {
        "set": bytes([byte]) + rest[1:],
        "flip": bytes(one ^ (1 << byte % 8) for one in rest[:1]) + rest[1:],
        "drop": rest[byte % 8 + 1 :],
        "repeat": rest[:byte] + rest,
        "huge": b"\xff\xff\xff\x7f" + rest[4:],
        "zero": bytes(byte % 16) + rest[byte % 16 :],
        "swap": rest[8:16] + rest[:8] + rest[16:],
        "again": before[-byte:] + rest,
    }[how]
