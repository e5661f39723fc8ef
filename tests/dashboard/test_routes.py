"""What the page fetches: shapes by the hash of their content, Leaflet, and nothing else; and the headers that go with it."""

import hashlib
import re

import pytest

from geomap.dashboard.policy import hashed
from geomap.dashboard.routes import SCRIPT, VENDOR
from tests.server import get


@pytest.mark.parametrize("name", VENDOR)
def test_leaflet_comes_from_this_host(dashboard, name):
    """The map's library is served by the dashboard itself, to be kept for ever, and names no other host to load from."""
    status, headers, body = get(f"{dashboard}/geomap/vendor/{name}")
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert not re.search(rb"sourceMappingURL|@import|url\((?!['\"]?(data:|images/|#))", body)


@pytest.mark.parametrize(
    "path",
    [
        "geomap/shapes/none.geojson",
        "geomap/shapes/..%2f..%2fmethodology.toml.geojson",
        "geomap/vendor/leaflet.js.map",
        "geomap/vendor/..%2f..%2fmarkup.py",
    ],
)
def test_what_was_not_offered_is_not_served(dashboard, path):
    """Other shapes, other files of the package, files of the workspace: not found, or not understood, however the address is written."""
    assert get(f"{dashboard}/{path}")[0] in (400, 404)


def test_every_answer_says_that_the_page_talks_to_this_host_only(dashboard):
    """A content security policy without any other host, inline script or eval; no guessing of types, no address handed on to anybody else."""
    _, headers, _ = get(dashboard)
    policy = headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'self'"
    assert not re.search(r"http|unsafe|\*", policy)
    assert "blob:" not in rules["script-src"]
    assert rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]


def test_streamlit_s_own_script_is_known_by_its_hash(dashboard):
    """What stands in the page itself runs because its hash is in the policy, not because anything may."""
    _, headers, body = get(dashboard)
    inline = re.findall(rb"<script>(.*?)</script>", body, re.DOTALL)
    assert inline
    assert all(hashed(script.decode()) in headers["content-security-policy"] for script in inline)


def test_the_map_s_script_comes_as_a_file(dashboard):
    """Its address is its hash, and the component's own start is served from its folder, from which nothing else is."""
    status, headers, body = get(f"{dashboard}/{SCRIPT}")
    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert hashlib.sha256(body).hexdigest()[:16] in SCRIPT
    assert get(f"{dashboard}/_stcore/bidi-components/geomap.wardmap/start.js")[0] == 200
    assert get(f"{dashboard}/_stcore/bidi-components/geomap.wardmap/..%2f__init__.py")[0] in (400, 403, 404)


def test_the_page_names_the_map_s_scripts_at_once(dashboard):
    """A browser fetches them while Streamlit starts; only the page says so, and only of addresses that are served."""
    told = get(dashboard)[1]["link"]
    named = re.findall(r"<([^>]+)>; rel=modulepreload", told)
    assert SCRIPT in named
    assert [get(f"{dashboard}/{path}")[0] for path in named] == [200] * len(named)
    assert "link" not in get(f"{dashboard}/{SCRIPT}")[1]


def test_the_address_of_shapes_is_their_hash(edition):
    """Other shapes have another address, so that a browser may keep these for ever."""
    digest = edition.screen_digest("neighbourhoods")
    assert digest == hashlib.sha256(edition.screen("neighbourhoods").read_bytes()).hexdigest()
