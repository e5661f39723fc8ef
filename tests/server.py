"""The dashboard as a process of its own, started by the command a planner would use."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 60


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the dashboard of *folder* while it runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "geomap", "app", str(folder), "--headless", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            _wait(address, process)
            yield address
        finally:
            _stop(process)


def get(url: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in small letters) and body of an address."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310  our own server
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as wrong:
        return wrong.code, {name.lower(): value for name, value in wrong.headers.items()}, wrong.read()


def _wait(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The dashboard stopped at once with exit code {process.returncode}.")
        with contextlib.suppress(OSError):
            if get(f"{address}/_stcore/health")[0] == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"The dashboard did not answer at {address}.")


def _stop(process: subprocess.Popen) -> None:
    import os
    import signal

    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
