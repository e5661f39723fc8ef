"""Damage to tables: cells, separators, quotes and marks that mean something to somebody."""

from hypothesis import strategies as st

from tests.intake.tables import WARDS

CELLS = [b",", b";", b"\n", b"\r", b'"', b"'", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"1e400", b"-999", b"<5", b"*", b"..", b"\xa3", b"NA", b"=1+1", b"(", b")", b"%", b"\t", b" ", b"01/02/2025",
         b"\xe2\x80\x8b", b"\xd9\xa1", b"#REF!", b"Total", b"code", b"1,234.5", b"\xc3\x28", b"<html>", b"PK\x03\x04", b'=HYPERLINK("http://127.0.0.1:9")', b"@SUM(1)", b"99", b"-1", b"1.2.3",
         b"2025-13-45", b"\xe2\x80\xae", b"9" * 400, b"infinity", b"sep=|\n", b"45123", b"3-Apr", b"+", b"\xf0\x9f\x98\x80"]  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "twice", "over", "end"]),
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.sampled_from(CELLS) | st.binary(max_size=3),
    ),
    min_size=1,
    max_size=4,
)
TABLE = "code,name,value,share,date\n" + "".join(
    f'{code},"{name}, Söder",{value},"{value},{value}%",2025-01-{value:02d}\n' for value, (code, name) in enumerate(WARDS.items(), 10)
)
SURVEY = "serial;code;trust;belong;weight\n" + "".join(
    f"{at * 12 + number};{code};{number % 5 + 1};{(number + at) % 5 + 1};{0.5 + number % 3}\n" for at, code in enumerate(WARDS.index) for number in range(12)
)  # fmt: skip


def mutated(raw: bytes, changes: list[tuple[str, float, int, bytes]]) -> bytes:
    """The bytes after each change in turn."""
    for how, share, length, piece in changes:
        at = int(share * (len(raw) + 1))
        end = min(len(raw), at + length)
        raw = {
            "put": raw[:at] + piece + raw[at:],
            "cut": raw[:at] + raw[end:],
            "twice": raw[:end] + raw[at:],
            "over": raw[:at] + piece + raw[at + len(piece) :],
            "end": raw[:at],
        }[how]
    return raw
