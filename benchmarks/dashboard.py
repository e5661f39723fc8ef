"""The dashboard in a browser at 624, 4,994 and 33,000 places: load to painted, recolour, click to profile, bytes, script time; and st_folium beside it.

python benchmarks/dashboard.py [--quick] [--areas N …] [--workspace DIR] [--peer PYTHON --scripts FOLDER]
--workspace measures a city of yours; --peer names a Python that has streamlit-folium, to measure folium.Choropleth through st_folium on the same shapes,
and --scripts a folder in which npm installed leaflet@1.9.3, d3@4 and d3-3@npm:d3@3.5.5, which folium would load from other hosts.
"""  # noqa: INP001

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from made_city import made_city
from playwright.sync_api import Page, Route, sync_playwright
from served import free_port, serving

HERE = Path(__file__).resolve().parent
ALLOWED = {  # seconds to paint, to recolour, to a profile; kB of a recolour; milliseconds of script
    624: (2.5, 0.6, 1.0, 60, 100),
    4_994: (3.0, 0.6, 1.0, 60, 100),
    33_000: (5.0, 1.2, 1.0, 60, 100),
}
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SWITCHES = (("Index: Risk", "Risk"), ("Index: Resilience", "Resilience"), ("Index: Pressure", "Pressure"), ("Index: Capacity", "Capacity"))
PATIENCE = 180_000


class Traffic:
    """Bytes that reached the page."""

    def __init__(self, page: Page) -> None:
        self.bytes, self.addresses = 0, []
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", lambda answer: self.addresses.append(answer.url))
        page.on("requestfinished", self._answer)

    def _frame(self, payload: str | bytes) -> None:
        self.bytes += len(payload)

    def _answer(self, request: object) -> None:
        with contextlib.suppress(Exception):
            self.bytes += request.sizes()["responseBodySize"]


def timed(act: Callable[[], object], done: Callable[[], object]) -> float:
    """Seconds from the act until it is done."""
    start = time.perf_counter()
    act()
    done()
    return time.perf_counter() - start


def painted(page: Page, title: str) -> None:
    """Waits until the map shows *title* and the browser has drawn it."""
    page.locator(f"[data-painted^='{title}']").wait_for(state="attached", timeout=PATIENCE)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def ours(browser: object, address: str, runs: int) -> dict[str, float]:
    """Medians of *runs*: the first load of the process is warmed and not counted."""
    took: dict[str, list[float]] = {"paint": [], "recolour": [], "profile": [], "kilobytes": [], "load_kilobytes": []}
    for turn in range(runs + 1):
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page = context.new_page()
        traffic = Traffic(page)
        load = timed(lambda page=page: page.goto(f"{address}/?layer=risk"), lambda page=page: painted(page, "Risk"))
        page.wait_for_timeout(1_500)
        if turn:
            took["paint"].append(load)
            took["load_kilobytes"].append(traffic.bytes / 1e3)
            _switch(page, traffic, took)
            took["profile"].append(_open(page))
        context.close()
    return {name: round(median(values), 2) for name, values in took.items()}


def _switch(page: Page, traffic: Traffic, took: dict[str, list[float]]) -> None:
    for label, title in SWITCHES[1:]:
        page.get_by_role("combobox", name="Show").click()
        option = page.get_by_role("option", name=label, exact=True)
        option.wait_for()
        before, asked = traffic.bytes, len(traffic.addresses)
        took["recolour"].append(timed(option.click, lambda title=title: painted(page, title)))
        page.wait_for_timeout(1_500)
        took["kilobytes"].append((traffic.bytes - before) / 1e3)
        if any("shapes" in url for url in traffic.addresses[asked:]):
            raise RuntimeError("A recolour fetched shapes again.")


def _open(page: Page) -> float:
    box = page.locator(".gm-map").bounding_box()
    at = (box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.5)
    return timed(lambda: page.mouse.click(*at), lambda: page.locator(".gp h3").wait_for(timeout=PATIENCE))


def script_ms(folder: Path) -> float:
    """Milliseconds of a run of the map's script after the first."""
    code = (
        "import time, os\nfrom streamlit.testing.v1 import AppTest\nfrom geomap.dashboard import ENTRY\n"
        "test = AppTest.from_file(str(ENTRY.with_name('main.py')), default_timeout=300)\ntest.query_params['layer'] = 'risk'\ntest.session_state['painted'] = True\ntest.run()\n"
        "names = ['resilience', 'pressure', 'capacity', 'risk'] * 2\ntook = []\n"
        "for name in names:\n    box = test.selectbox(key='layer').set_value(name)\n    start = time.perf_counter()\n    box.run()\n    took.append(time.perf_counter() - start)\n"
        "assert not test.exception\nprint(sorted(took[4:])[1] * 1000, sorted(took[:4])[1] * 1000)\n"
    )
    done = subprocess.run(  # noqa: S603  our own words only
        [sys.executable, "-c", code], env={**os.environ, "GEOMAP_WORKSPACE": str(folder)}, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-2])


def peer(browser: object, address: str, runs: int, scripts: Path) -> dict[str, float]:
    """The same of a map by folium.Choropleth through st_folium: seconds to paint and to recolour, and bytes of a recolour.

    st_folium loads Leaflet and D3 from other hosts; here they come at once from *scripts*, an npm folder.
    """
    took: dict[str, list[float]] = {"paint": [], "recolour": [], "kilobytes": []}
    for _ in range(runs):
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        context.route(lambda url: "127.0.0.1" not in url, lambda route: _from_npm(route, scripts))
        page = context.new_page()
        traffic = Traffic(page)
        took["paint"].append(timed(lambda page=page: page.goto(address), lambda page=page: _drawn(page, "resilience")))
        page.wait_for_timeout(1_500)
        before = traffic.bytes
        took["recolour"].append(timed(page.get_by_text("risk", exact=True).click, lambda page=page: _drawn(page, "risk")))
        page.wait_for_timeout(1_500)
        took["kilobytes"].append((traffic.bytes - before) / 1e3)
        context.close()
    return {name: round(median(values), 2) for name, values in took.items()}


def _from_npm(route: Route, scripts: Path) -> None:
    """Answers with the file of the package that the address names; the other scripts it waits for, which a choropleth does not use, are empty."""
    name = route.request.url.rsplit("/", 1)[-1]
    path = {"leaflet.js": "leaflet/dist/leaflet.js", "leaflet.css": "leaflet/dist/leaflet.css", "d3.v4.min.js": "d3/build/d3.min.js", "d3.min.js": "d3-3/d3.min.js"}.get(name)  # fmt: skip
    if path:
        route.fulfill(path=scripts / "node_modules" / path)
    else:
        route.fulfill(body="", content_type="text/javascript" if name.endswith(".js") else "text/css")


def _drawn(page: Page, name: str) -> None:
    """Waits until the frame holds the outlines of the map called *name*."""
    frame = page.frame_locator("iframe").last  # while one map takes the place of another there are two
    frame.locator(f"text=map of {name}").wait_for(state="attached", timeout=PATIENCE)
    frame.locator("path.leaflet-interactive, canvas").first.wait_for(state="attached", timeout=PATIENCE)


def main() -> int:
    """Prints a table and one line of JSON; 0 when every figure is within what is allowed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--areas", type=int, nargs="*", default=list(ALLOWED))
    asked.add_argument("--workspace", type=Path)
    asked.add_argument("--keep", type=Path, help="where made cities are kept for the next time")
    asked.add_argument("--peer", help="a Python with streamlit-folium and geopandas")
    asked.add_argument("--scripts", type=Path, help="a folder in which npm installed leaflet@1.9.3, d3@4 and d3-3@npm:d3@3.5.5")
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--quick", action="store_true", help="624 places, one run")
    given = asked.parse_args()
    sizes, runs = ([624], 1) if given.quick else (given.areas, given.runs)
    found = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        cities = {count: made_city(count, (given.keep or Path(scratch)) / str(count)) for count in sizes}
        if given.workspace:
            cities = {_count(given.workspace): given.workspace}
        for count, folder in cities.items():
            port = free_port()
            with serving([sys.executable, "-m", "geomap", "app", str(folder), "--headless", "--port", str(port)], port) as (address, _):
                found[count] = {"ours": ours(browser, address, runs) | {"script_ms": round(script_ms(folder))}}
            if given.peer:
                port = free_port()
                command = [given.peer, "-m", "streamlit", "run", str(HERE / "st_folium_map.py"), "--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]  # fmt: skip
                with serving(command, port, GEOMAP_EDITION=str(_edition(folder))) as (address, _):
                    found[count]["peer"] = peer(browser, address, 1 if count > 10_000 else runs, given.scripts)
            print(count, json.dumps(found[count]), flush=True)
    return _verdict(found)


def _edition(folder: Path) -> Path:
    return folder / "editions" / (folder / "editions/current").read_text(encoding="utf-8").strip()


def _count(folder: Path) -> int:
    head = json.loads((_edition(folder) / "datapackage.json").read_text(encoding="utf-8"))["geomap:edition"]["levels"][0]
    return int(head["places"])


def _verdict(found: dict[int, dict[str, dict[str, float]]]) -> int:
    """Prints every figure beside what is allowed; 1 when one is above it."""
    over = 0
    for count, both in found.items():
        allowed = ALLOWED[min(ALLOWED, key=lambda size, count=count: abs(size - count))]
        for name, most in zip(("paint", "recolour", "profile", "kilobytes", "script_ms"), allowed, strict=True):
            mine, theirs = both["ours"][name], both.get("peer", {}).get(name)
            over += mine > most
            ratio = f"  st_folium {theirs:,.2f}, {theirs / mine:.1f} times" if theirs else ""
            print(f"{count:>7,}  {name:<10} {mine:>9,.2f}  allowed {most:>6,.1f}  {'ok' if mine <= most else 'OVER'}{ratio}")
    print(json.dumps(found))
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
