"""What the page fetches besides Streamlit's own files: shapes, once, by the hash of their content, and Leaflet."""

from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
VENDOR = {"leaflet-src.esm.js": "text/javascript", "leaflet.css": "text/css"}
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_shapes: dict[str, Path] = {}


def offer(digest: str, path: Path) -> str:
    """The address under which the page finds the shapes in *path*; *digest* is the hash of their content."""
    _shapes[digest] = path
    return f"geomap/shapes/{digest}.geojson"


def routes() -> list[BaseRoute]:
    """The routes beside Streamlit's own."""
    return [Route("/geomap/shapes/{digest}.geojson", _shape), Route("/geomap/vendor/{name}", _vendor)]


class Headers:
    """Adds the security headers to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and marks the answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = (
                    (b"content-security-policy", POLICY.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                )
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        await self.app(scope, receive, marked if scope["type"] == "http" else send)


async def _shape(request: Request) -> Response:
    path = _shapes.get(request.path_params["digest"])
    if path is None or not path.is_file():
        return Response("These shapes are not known; reload the page.", status_code=404)
    return FileResponse(path, media_type="application/geo+json", headers={"cache-control": FOREVER})


async def _vendor(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in VENDOR:
        return Response(status_code=404)
    text = files("geomap.symbology").joinpath("vendor/leaflet", name).read_bytes()
    return Response(text, media_type=VENDOR[name], headers={"cache-control": FOREVER})
