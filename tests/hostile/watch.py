"""Who is called and what is written while hostile files are read."""

import glob
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 18_099
TRACES = ("/tmp/geomap_hostile_pwned.*", "/tmp/geomap_slip.*")  # noqa: S108  the names that the hostile files would write


class Watch:
    """Counts calls to the port, and finds files that should not be there."""

    def __init__(self, server: socket.socket) -> None:
        self.calls = 0
        self._server = server

    def listen(self) -> None:
        """Accepts calls and hangs up, until the server is closed."""
        while True:
            try:
                call, _ = self._server.accept()
            except OSError:
                return
            self.calls += 1
            call.close()

    def traces(self) -> list[str]:
        """Files that a hostile file has written; they are taken away."""
        found = [path for pattern in TRACES for path in glob.glob(pattern)]  # noqa: PTH207  absolute patterns
        for path in found:
            Path(path).unlink()
        return found


@contextmanager
def watching() -> Iterator[Watch]:
    """A listener on loopback while the block runs."""
    try:
        server = socket.create_server(("127.0.0.1", PORT))
    except OSError as wrong:
        raise SystemExit(f"Port {PORT} is taken, perhaps by another run of this command; wait until it is free. ({wrong})") from None
    with server:
        watch = Watch(server)
        watch.traces()
        threading.Thread(target=watch.listen, daemon=True).start()
        yield watch
