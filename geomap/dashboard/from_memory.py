"""Streamlit's own scripts, styles and fonts, answered from memory and packed once, instead of read anew from the disk, unpacked, for every visitor."""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geomap.dashboard.routes import FOREVER

ROOT = Path(streamlit.__file__).with_name("static") / "static"
KEPT = 512
PACKABLE = (".js", ".css", ".svg", ".json")


class FromMemory:
    """Answers GET of a file below Streamlit's folder of hashed files; everything else goes on to *app*.

    Streamlit leaves these files unpacked because packing them at every request costs more than it saves; a page loads about 120 of them, 3.5 MB.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.names = {f"/static/{path.relative_to(ROOT).as_posix()}": path for path in ROOT.rglob("*") if path.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers from memory where the path names one of the files."""
        path = self.names.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if path is None:
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        packed = path.suffix in PACKABLE and b"gzip" in asked.get(b"accept-encoding", b"")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"cache-control": FOREVER, "vary": "accept-encoding"} | ({"content-encoding": "gzip"} if packed else {})
        await Response(_content(path, packed=packed), media_type=kind, headers=headers)(scope, receive, send)


@lru_cache(maxsize=KEPT)
def _content(path: Path, *, packed: bool) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, compresslevel=6, mtime=0) if packed else content
