"""One damaged file, tried: taken in or refused in words, in time, with nothing written."""

import signal
from collections.abc import Callable
from pathlib import Path

from geomap.errors import GeomapError

SECONDS = 50


def attempt(path: Path, raw: bytes, take: Callable[[Path], object]) -> bool:
    """Whether the file was taken in; anything but that or a refusal that names it fails the test."""
    path.write_bytes(raw)
    beside = sorted(path.parent.iterdir())
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(SECONDS)
    try:
        take(path)
        taken = True
    except GeomapError as refused:
        taken = False
        said = str(refused)
        assert path.name in said or path.parent.name in said, f"the refusal does not name the file: {said}"
        assert said.replace("\n", "").isprintable(), f"the refusal holds signs that do not show: {said!r}"
    finally:
        signal.alarm(0)
    assert sorted(path.parent.iterdir()) == beside, "something was written beside the file"
    assert path.read_bytes() == raw, "the file itself was changed"
    return taken


def _late(*_: object) -> None:
    raise TimeoutError(f"took more than {SECONDS} seconds")
