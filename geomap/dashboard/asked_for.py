"""Whoever opens a link before signing in comes back to it afterwards, and not to the front page: the identity provider itself only ever sends people there.

What is carried is one of our own screens and our own controls, as the browser names them when it asks to sign in, in a cookie of its own for ten minutes.
The way back is put together from them alone and is read anew on arrival, so it can lead nowhere that a link to the dashboard could not.
"""

from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCREENS = frozenset(path.stem for path in Path(__file__).with_name("screens").glob("*.py"))
CONTROLS = {
    "access", "around", "assets", "by", "condition", "evidence", "fade", "felt", "for", "format", "from", "group", "here", "hot", "issue",
    "kind", "lang", "layer", "left", "left-edition", "level", "look", "map", "maps", "minutes", "missing", "need", "node", "on", "one",
    "other", "out", "over", "people", "place", "places", "question", "recorded", "reported", "right", "right-edition", "rises", "same",
    "show", "since", "sort", "to", "trust", "uncovered", "within",
}  # fmt: skip
OF_ONE_NUMBER = ("combine.", "weight.")  # a control for each number of the methodology
LOGIN, CALLBACK, FRONT = "/auth/login", "/oauth2callback", "./"
COOKIE, MINUTES, LONGEST = "geomap_asked", 10, 2_000


class AskedFor:
    """Notes where a visitor who asks to sign in stands, and sends whoever comes back from the provider there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and marks the answer to the two that sign-in is made of."""
        steps = {LOGIN: _note, CALLBACK: _bring_back}
        step = next((steps[end] for end in steps if scope["type"] == "http" and scope["path"].endswith(end)), None)

        async def marked(message: Message) -> None:
            if step and message["type"] == "http.response.start":
                step(Headers(scope=scope), MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, marked)


def way_back(address: str) -> str:
    """The screen and the controls that *address* names, as a link beside the sign-in; the front page where it names no screen of ours."""
    try:
        parts = urlsplit(address)
        query = parse_qsl(parts.query, max_num_fields=200)
    except ValueError:
        return FRONT
    screen = parts.path.rpartition("/")[2]
    if screen and screen not in SCREENS:
        return FRONT
    held = urlencode([(name, value) for name, value in query if name in CONTROLS or name.startswith(OF_ONE_NUMBER)])
    link = f"{FRONT}{screen}?{held}" if held else f"{FRONT}{screen}"
    return link if len(link) <= LONGEST else f"{FRONT}{screen}"


def _note(asked: Headers, answer: MutableHeaders) -> None:
    """The cookie holds where the visitor stands, whatever it held before."""
    _set(answer, way_back(asked.get("referer", "")), MINUTES * 60)


def _bring_back(asked: Headers, answer: MutableHeaders) -> None:
    """The front page gives way to what was asked for, once."""
    try:
        kept = SimpleCookie(asked.get("cookie", "")).get(COOKIE)
    except CookieError:
        return
    if kept is not None and "location" in answer:
        answer["location"] = way_back(unquote(kept.value))
        _set(answer, "", 0)


def _set(answer: MutableHeaders, link: str, seconds: int) -> None:
    answer.append("set-cookie", f"{COOKIE}={quote(link, safe='')}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax")
