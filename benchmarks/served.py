"""A dashboard that runs in a process of its own while it is measured."""  # noqa: INP001

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator


@contextlib.contextmanager
def serving(command: list[str], port: int, **settings: str) -> Iterator[tuple[str, int]]:
    """The address of a server while it runs, and the number of its process."""
    process = subprocess.Popen(  # noqa: S603  our own words only
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health"):  # noqa: S310  our own server
                break
            time.sleep(0.1)
        yield address, process.pid
    finally:
        os.killpg(process.pid, 15)
        process.wait(20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
