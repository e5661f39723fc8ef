"""Sign-in leads back to the link that was opened, and nowhere else."""

import asyncio
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse

from geomap.dashboard.asked_for import COOKIE, LONGEST, AskedFor, way_back
from tests.dashboard.test_permalinks import ADDRESSES

HOME = "https://risk.city.example/tool/"
SIGNED_IN = "https://id.example/authorize?state=1"


def answered(path: str, **headers: str) -> Headers:
    """What the browser is told at *path* by a sign-in that works as Streamlit's does: to the provider, and from there to the front page."""
    told = {}

    async def sent(message):
        if message["type"] == "http.response.start":
            told["headers"] = Headers(raw=message["headers"])

    async def streamlit(scope, receive, send):
        await RedirectResponse("/" if path.endswith("callback") else SIGNED_IN, status_code=302)(scope, receive, send)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    asyncio.run(AskedFor(streamlit)(scope, None, sent))
    return told["headers"]


def arrived(opened: str) -> str:
    """Where a visitor who opened this link stands after signing in."""
    noted = answered("/tool/auth/login", referer=opened)
    assert noted["location"] == SIGNED_IN
    cookie = noted["set-cookie"].partition(";")[0]
    back = answered("/tool/oauth2callback", cookie=f"_streamlit_user=x; {cookie}")
    assert f"{COOKIE}=; Max-Age=0" in back["set-cookie"]
    return urljoin(f"{HOME}oauth2callback", back["location"])


@pytest.mark.parametrize("screen", ADDRESSES)
def test_every_link_of_every_screen_comes_back_whole(screen):
    """All its controls, so that a control that is new here and not known there is found."""
    opened = f"{HOME}{screen.partition(' ')[0]}?{urlencode(ADDRESSES[screen] | {'lang': 'fr'})}"
    assert arrived(opened) == opened


def test_the_front_page_with_a_place_comes_back_too():
    """And what no control of ours is called is left behind."""
    assert arrived(f"{HOME}?place=N25&layer=risk&next=https%3A%2F%2Fevil.example&embed=true") == f"{HOME}?place=N25&layer=risk"
    assert arrived(f"{HOME}compare?places=N07%2CN31&left-edition=a&right-edition=b").endswith("&right-edition=b")


@pytest.mark.parametrize(
    "asked",
    ["", f"{HOME}admin?place=N25", "//evil.example/x", "javascript:alert(1)", f"{HOME}..%2f..%2fx", "http://[::1", f"{HOME}auth/login"],
)
def test_what_is_no_screen_of_ours_leads_to_the_front_page(asked):
    """Whatever the browser says, and whatever somebody laid in the cookie."""
    assert arrived(asked) == HOME
    back = answered("/oauth2callback", cookie=f"{COOKIE}={quote(asked, safe='')}")
    assert back["location"] == "./"


@given(st.text() | st.from_regex(r"(https?:)?[/\\]{0,3}[a-z.@:]{0,9}/(map|trust|x)?\?(place|lang|weight\.a|url)=[^&]*", fullmatch=True))
def test_no_words_lead_away(words):
    """Whatever is asked for, the way back stays below the dashboard, is no longer than a cookie holds, fits a header, and names itself."""
    link = way_back(words)
    there = urlsplit(urljoin(f"{HOME}oauth2callback", link))
    assert (there.scheme, there.netloc) == ("https", "risk.city.example")
    assert there.path.startswith("/tool/")
    assert len(link) <= LONGEST
    assert link.isascii()
    assert link.isprintable()
    assert way_back(link) == link


def test_a_sign_in_from_nowhere_forgets_the_one_before():
    """So nobody comes to what another asked for on the same computer; without a cookie the front page stays."""
    assert f"{COOKIE}={quote('./', safe='')};" in answered("/auth/login")["set-cookie"]
    assert answered("/oauth2callback")["location"] == "/"
    assert "set-cookie" not in answered("/understand", referer=f"{HOME}?place=N25")
