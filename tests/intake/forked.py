"""The confined process as a fork of this one, so that thousands of damaged files can be tried: the limits and the answers are the same."""

import os
import signal
from pathlib import Path

from geomap.intake import worker


def run(reader: str, path: Path) -> tuple[bytes, int, bool]:
    """What the process answers, its exit code (below zero: the signal that ended it), and that it was not stopped."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        _answer(reader, path, into)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return answer, os.waitstatus_to_exitcode(status), False


def _answer(reader: str, path: Path, into: int) -> None:
    code = 1
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        os.dup2(into, 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        worker.main(reader, str(path))
        code = 0
    finally:
        os._exit(code)
