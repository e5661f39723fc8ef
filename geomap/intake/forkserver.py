"""The process that has loaded what readers need, and divides itself for each file, so that none pays for loading it again.

It opens no file itself. Each file gets a process of its own, confined as in geomap.intake.worker, and one that waits for it and stops it by the clock.
Run as python -m geomap.intake.forkserver with a socket as standard input; it ends with that socket, or after a minute without a file.
"""

import importlib
import os
import signal
import socket
import sys
from contextlib import suppress

from geomap.intake import worker

IDLE_SECONDS = 60
LONGEST = 65_536  # bytes of a message: the reader's name, the seconds it may take by the clock, and a path


def serve(channel: socket.socket) -> None:
    """Divides itself for each message until the other side is gone or has been silent."""
    channel.settimeout(IDLE_SECONDS)
    worker.without_heavy_libraries()
    while True:
        try:
            message, descriptors, _, _ = socket.recv_fds(channel, LONGEST, 2)
        except (TimeoutError, ConnectionError):
            return
        _reap()
        if not message:
            return
        reader, seconds, path = message.split(b"\0", 2)
        for library in worker.LIBRARIES[reader.decode()]:
            importlib.import_module(library)
        if not os.fork():
            channel.close()
            _watch(int(seconds), (reader.decode(), os.fsdecode(path)), *descriptors)
        for one in descriptors:
            os.close(one)


def _watch(seconds: int, work: tuple[str, str], into: int, told: int) -> None:
    """Waits for the process that reads the file, stops it when its time is over, and tells how it ended."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        child = os.fork()
        if not child:
            _read(*work, into, told)
        os.close(into)
        late: list[int] = []
        signal.signal(signal.SIGALRM, lambda *_: (late.append(1), os.kill(child, signal.SIGKILL)))
        signal.alarm(seconds)
        _, status = os.waitpid(child, 0)
        os.write(told, f"{os.waitstatus_to_exitcode(status)} {'late' if late else 'done'}".encode())
    finally:
        os._exit(0)


def _read(reader: str, path: str, into: int, told: int) -> None:
    code = 1
    try:
        os.close(told)
        os.dup2(into, 1)
        os.close(into)
        worker.main(reader, path)
        code = 0
    finally:
        os._exit(code)


def _reap() -> None:
    """Takes note of those that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    serve(socket.socket(fileno=os.dup(0)))
    with suppress(ChildProcessError):
        while True:
            os.wait()
    sys.exit(0)
