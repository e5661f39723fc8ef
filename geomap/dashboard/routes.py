"""What the page fetches besides Streamlit's own files: shapes, once, by the hash of their content, and Leaflet."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geomap.dashboard.policy import policy
from geomap.symbology.assets import text

FOREVER = "public, max-age=31536000, immutable"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # to ourselves only: sign-in returns to where it was asked for
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
VENDOR = {"leaflet-src.esm.js": "text/javascript", "leaflet.css": "text/css"}
VIEW = (text("mapview.js") + "\nexport { geomapView };\n").encode()
SCRIPT = f"geomap/view/{hashlib.sha256(VIEW).hexdigest()[:16]}.js"
SOON = {
    "link": ", ".join(f"<{path}>; rel=modulepreload" for path in ("geomap/vendor/leaflet-src.esm.js", SCRIPT))
}  # fetched while Streamlit starts
KEPT, BLOCK = 64, 256
_shapes: dict[str, Path] = {}
_lines: OrderedDict[str, tuple[str, ...]] = OrderedDict()
_overlays: OrderedDict[str, bytes] = OrderedDict()
_guard = Lock()


def offer(digest: str, path: Path) -> str:
    """The address under which the page finds the shapes in *path*; *digest* is the hash of their content."""
    _shapes[digest] = path
    return f"geomap/shapes/{digest}.geojson"


def offer_lines(digest: str, lines: tuple[str, ...]) -> str:
    """The address, without the number of a block, under which the page finds the lines of hover cards; *digest* is the hash of them all."""
    _keep(_lines, digest, lambda: lines)
    return f"geomap/lines/{digest}"


def offer_overlay(digest: str, content: bytes) -> str:
    """The address under which the page finds an overlay; *digest* is the hash of its *content*."""
    _keep(_overlays, digest, lambda: gzip.compress(content, compresslevel=6, mtime=0))
    return f"geomap/overlays/{digest}.json"


def _keep(kept: OrderedDict[str, Any], digest: str, made: Callable[[], Any]) -> None:
    """Keeps what was offered last, and forgets what was offered longest ago."""
    with _guard:
        if digest not in kept:
            kept[digest] = made()
        kept.move_to_end(digest)
        while len(kept) > KEPT:
            kept.popitem(last=False)


def routes() -> list[BaseRoute]:
    """The routes beside Streamlit's own."""
    return [
        Route("/geomap/shapes/{digest}.geojson", _shape),
        Route("/geomap/lines/{digest}/{number:int}.json", _block),
        Route("/geomap/overlays/{digest}.json", _overlay),
        Route("/geomap/vendor/{name}", _vendor),
        Route(f"/{SCRIPT}", _view),
    ]


class Headers:
    """Adds the security headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp, images: str = "") -> None:
        self.app, self.images = app, images

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and marks the answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                html = any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])
                own = (
                    (name.encode(), value.encode())
                    for name, value in {"content-security-policy": policy(self.images), **ALWAYS, **(SOON if html else {})}.items()
                )
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        await self.app(scope, receive, marked if scope["type"] == "http" else send)


async def _shape(request: Request) -> Response:
    path = _shapes.get(request.path_params["digest"])
    if path is None or not path.is_file():
        return Response("These shapes are not known; reload the page.", status_code=404)
    return _answer(request, await run_in_threadpool(_packed, path), "application/geo+json")


def _answer(request: Request, packed: bytes, kind: str) -> Response:
    """What an address that is a hash stands for, packed where the browser unpacks; nothing anew where it has it already."""
    digest = request.path_params["digest"]
    kept = {"cache-control": FOREVER, "etag": f'"{digest}"', "vary": "accept-encoding"}
    if digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=kept)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type=kind, headers={**kept, "content-encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=kind, headers=kept)


@lru_cache(maxsize=8)
def _packed(path: Path) -> bytes:
    """The shapes, packed once; an edition's files never change."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


async def _block(request: Request) -> Response:
    lines = _lines.get(request.path_params["digest"])
    if lines is None:
        return Response(status_code=404)
    start = request.path_params["number"] * BLOCK
    return JSONResponse(list(lines[start : start + BLOCK]), headers={"cache-control": FOREVER})


async def _overlay(request: Request) -> Response:
    packed = _overlays.get(request.path_params["digest"])
    return Response(status_code=404) if packed is None else _answer(request, packed, "application/json")


async def _view(_request: Request) -> Response:
    return Response(VIEW, media_type="text/javascript", headers={"cache-control": FOREVER})


async def _vendor(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in VENDOR:
        return Response(status_code=404)
    content = files("geomap.symbology").joinpath("vendor/leaflet", name).read_bytes()
    return Response(content, media_type=VENDOR[name], headers={"cache-control": FOREVER})
