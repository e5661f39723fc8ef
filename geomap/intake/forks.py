"""The fork server as its users see it: started at the first file, asked over a socket, ended with this process or after a minute without a file."""

import atexit
import os
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from geomap.intake.confined import Ran, command, environment
from geomap.intake.limits import ANSWER_BYTES

TRIES = 2


class ForkServer:
    """A running fork server, and the socket that reaches it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.empty = tempfile.TemporaryDirectory(prefix="geomap-intake-")
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter and our own module
                command("forkserver"), stdin=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=environment(self.empty.name), cwd=self.empty.name,
            )  # fmt: skip

    def ask(self, reader: str, path: Path, seconds: int) -> Ran | None:
        """What became of the file in so many seconds by the clock; nothing where the server has ended before it could take it."""
        message = b"\0".join([reader.encode(), str(seconds).encode(), os.fsencode(path.resolve())])
        answer, into = os.pipe()
        status, told = os.pipe()
        with os.fdopen(answer, "rb") as answers, os.fdopen(status, "rb") as ends:
            try:
                socket.send_fds(self.channel, [message], [into, told])
            except OSError:
                return None
            finally:
                os.close(into)
                os.close(told)
            found = answers.read(ANSWER_BYTES)
            answers.close()  # whoever has more to say is ended by that
            end = ends.read().split()
        return Ran(found, int(end[0]), late=end[1] == b"late" or len(found) >= ANSWER_BYTES) if end else None

    def stop(self) -> None:
        """Ends it; a process that was forked off ours leaves it alone."""
        self.channel.close()
        if self.owner == os.getpid():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
            self.process.kill()
            self.process.wait()
            self.empty.cleanup()


_lock = threading.Lock()
servers: list[ForkServer] = []


def divided(reader: str, path: Path, seconds: int) -> Ran | None:
    """What the *reader* answers in a process divided from the server; nothing where no server can be had."""
    for _ in range(TRIES):
        try:
            server = _running()
        except OSError:
            return None
        if (ran := server.ask(reader, path, seconds)) is not None:
            return ran
        _end(server)
    return None


def _running() -> ForkServer:
    with _lock:
        if servers and servers[0].owner != os.getpid():
            servers.pop().channel.close()
        if not servers:
            servers.append(ForkServer())
        return servers[0]


def _end(server: ForkServer) -> None:
    with _lock:
        if server in servers:
            servers.remove(server)
            server.stop()


@atexit.register
def end_all() -> None:
    """Ends the server, so that what it took can be told."""
    while servers:
        _end(servers[0])
