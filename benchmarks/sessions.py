"""Fifty planners at once on one process of the dashboard: how long they wait, what memory it takes, and that nobody gets another's page.

python benchmarks/sessions.py [--areas N …] [--workspace DIR] [--sessions N] [--pause S] [--seconds S] [--connects N]
Each session is a websocket as the browser opens one. It chooses another layer after a pause, at random between none and twice --pause, and waits until
the script has run to its end. p95_s: nineteen of twenty waits were shorter. Memory is the resident memory of the server (and the command that runs it) after half of the connects and after all.
Crossings: twenty sessions ask for a layer by a word of their own, which the page repeats in a notice; how often a word reached another session.
"""  # noqa: INP001

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from made_city import made_city
from served import free_port, serving
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ALLOWED = {624: 1.0, 4_994: 1.5}
LAYERS, MAP = "Show", "geomap.wardmap"
CANARIES = 20
LARGEST = 64 * 2**20


@dataclass
class Session:
    """One open page: what it was sent, and the box that chooses the layer."""

    socket: ClientConnection
    heard: list[bytes] = field(default_factory=list)
    box: str = ""
    map: str = ""
    tables: int = 0
    options: list[str] = field(default_factory=list)

    async def run(self, query: str, choice: str = "", *, painted: bool = False) -> float:
        """Runs the script, with a *choice* of layer or the map's word that it stands (*painted*), to its end; seconds it took."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        if choice:
            asked.rerun_script.widget_states.widgets.add(id=self.box, string_value=choice)
        if painted:
            told = json.dumps([{"event": "painted", "value": True}])
            asked.rerun_script.widget_states.widgets.add(id=_make_trigger_id(self.map, "events"), json_trigger_value=told)
        begun = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        while not await self._finished():
            pass
        return time.perf_counter() - begun

    async def _finished(self) -> bool:
        raw = await self.socket.recv(decode=False)
        self.heard.append(raw)
        told = ForwardMsg.FromString(raw)
        if told.WhichOneof("type") == "delta" and told.delta.new_element.selectbox.label == LAYERS:
            self.box, self.options = told.delta.new_element.selectbox.id, list(told.delta.new_element.selectbox.options)
        if told.WhichOneof("type") == "delta":
            component = told.delta.new_element.bidi_component
            self.map = component.id if component.component_name == MAP else self.map
            self.tables += told.delta.new_element.WhichOneof("type") in ("dataframe", "arrow_data_frame")
        return told.WhichOneof("type") == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


async def opened(address: str, query: str = "") -> Session:
    """A session whose page has been drawn, with the table that follows when the map stands."""
    session = Session(await connect(address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=LARGEST))
    await session.run(query)
    await session.run(query, painted=True)
    if not session.tables:
        raise RuntimeError("The page came without its table.")
    return session


async def browsing(session: Session, until: float, pause: float) -> list[float]:
    """How long each choice took, until the time is over."""
    waits = []
    while time.perf_counter() < until:
        await asyncio.sleep(random.uniform(0, 2 * pause))  # noqa: S311  a pause, no secret
        session.heard.clear()
        waits.append(await session.run("", random.choice(session.options)))  # noqa: S311
    return waits


async def waits_of(address: str, asked: argparse.Namespace) -> np.ndarray:
    """All waits of all sessions."""
    sessions = [await opened(address) for _ in range(asked.sessions)]
    until = time.perf_counter() + asked.seconds
    found = await asyncio.gather(*(browsing(session, until, asked.pause) for session in sessions))
    await asyncio.gather(*(session.socket.close() for session in sessions))
    return np.array([wait for waits in found for wait in waits])


async def crossings(address: str) -> dict[str, int]:
    """How many sessions got their own word, and how many words reached another."""
    words = [f"canary{random.getrandbits(64):016x}".encode() for _ in range(CANARIES)]
    sessions = await asyncio.gather(*(opened(address, f"layer={word.decode()}") for word in words))
    for session in sessions:
        await session.run("", random.choice(session.options))  # noqa: S311
    found = [set(re.findall(rb"canary[0-9a-f]{16}", b"".join(session.heard))) for session in sessions]
    await asyncio.gather(*(session.socket.close() for session in sessions))
    return {
        "own_words_seen": sum(word in seen for word, seen in zip(words, found, strict=True)),
        "crossings": sum(len(seen - {word}) for word, seen in zip(words, found, strict=True)),
    }


async def connects(address: str, many: int) -> None:
    """Opens a page and leaves it, *many* times, ten at once."""
    for _ in range(0, many, 10):
        sessions = await asyncio.gather(*(opened(address) for _ in range(10)))
        await asyncio.gather(*(session.socket.close() for session in sessions))


def megabytes(leader: int) -> float:
    """Resident memory of a process and of all that it started: the command waits beside the server it runs."""
    told = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if os.getpgid(int(folder.name)) == leader:
                told.append((folder / "status").read_text(encoding="utf-8"))
    return sum(int(found[1]) for found in (re.search(r"VmRSS:\s+(\d+)", one) for one in told) if found) / 1024


def measured(folder: Path, asked: argparse.Namespace) -> dict[str, float]:
    """All figures of one city."""
    port = free_port()
    with serving([sys.executable, "-m", "geomap", "app", str(folder), "--headless", "--port", str(port)], port) as (address, process):
        waits = asyncio.run(waits_of(address, asked))
        crossed = asyncio.run(crossings(address))
        memory = []
        for _ in range(2):
            asyncio.run(connects(address, asked.connects // 2))
            memory.append(round(megabytes(process)))
    low, high = np.quantile(waits, [0.5, 0.95])
    return {
        "sessions": asked.sessions, "pause_s": asked.pause, "reruns": len(waits), "median_s": round(low, 3), "p95_s": round(high, 3),
        **crossed, "connects": asked.connects, "mb_at_half": memory[0], "mb_at_end": memory[1],
    }  # fmt: skip


def main() -> int:
    """One JSON line a city; 0 when all is within what is allowed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--areas", type=int, nargs="*", default=list(ALLOWED))
    words.add_argument("--workspace", type=Path)
    words.add_argument("--sessions", type=int, default=50)
    words.add_argument("--pause", type=float, default=10.0)
    words.add_argument("--seconds", type=float, default=60.0)
    words.add_argument("--connects", type=int, default=500)
    asked = words.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as scratch:
        cities = {count: made_city(count, Path(scratch) / str(count)) for count in asked.areas}
        for count, folder in ({0: asked.workspace} if asked.workspace else cities).items():
            found = measured(folder, asked)
            good &= (
                not found["crossings"]
                and found["own_words_seen"] == CANARIES
                and found["p95_s"] < ALLOWED.get(count, max(ALLOWED.values()))
            )
            print(json.dumps({"areas": count} | found), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
