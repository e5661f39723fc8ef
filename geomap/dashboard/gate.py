"""In front of everything when a proxy signs people in: what does not come from that proxy gets no page, no shape and no socket."""

import hmac
import os

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SECRET = "GEOMAP_PROXY_SECRET"  # noqa: S105  the name of a variable
SHOWN_BY = b"x-geomap-proxy-secret"
SHORTEST = 32
OPEN = frozenset({"/_stcore/health"})
REFUSED = (
    "This dashboard is opened through the city's sign-in only. Use the address you were given; if this is it, tell who looks after it."
)


def proxy_secret() -> str:
    """What the proxy must show, from the environment; blank where it is missing or too short to be a secret."""
    told = os.environ.get(SECRET, "")
    return told if len(told) >= SHORTEST else ""


class Gate:
    """Lets pass only what shows the proxy's secret and names a person in *header*."""

    def __init__(self, app: ASGIApp, *, header: str, secret: str) -> None:
        self.app, self.header, self.secret = app, header.lower().encode(), secret.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or refuses it."""
        if scope["type"] not in {"http", "websocket"} or scope["path"] in OPEN or self._passes(scope["headers"]):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await PlainTextResponse(REFUSED, status_code=403)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "not signed in"})

    def _passes(self, headers: list[tuple[bytes, bytes]]) -> bool:
        shown = [value for name, value in headers if name.lower() == SHOWN_BY]
        named = [value for name, value in headers if name.lower() == self.header]
        return len(shown) == len(named) == 1 and bool(named[0].strip()) and bool(self.secret) and hmac.compare_digest(shown[0], self.secret)
