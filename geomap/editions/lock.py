"""One at a time: whoever writes into a folder of editions holds its lock."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import EditionError
from geomap.worded import worded

PATIENCE = 60.0
PAUSE = 0.1


@contextmanager
def locked(editions: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock of the folder *editions*; waits so many seconds for another who holds it, then EditionError.

    The lock is on the folder itself, so that it leaves no file behind; the system lets it go when its holder dies.
    """
    folder = os.open(editions, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _wait(folder, editions, patience)
        yield
    finally:
        os.close(folder)


def _wait(folder: int, editions: Path, patience: float) -> None:
    ends = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= ends:
                raise EditionError(
                    worded(
                        "Another edition is being written into {editions}. Nothing was changed; wait until that is done, then try again.",
                        editions=str(editions),
                    )
                ) from None
            time.sleep(PAUSE)
