"""What the page fetches: shapes by the hash of their content, Leaflet, and nothing else; and the headers that go with it."""

import hashlib
import re

import pytest

from geomap.dashboard.routes import VENDOR
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
    """A content security policy without any other host, no guessing of types, no address handed on."""
    _, headers, _ = get(dashboard)
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "object-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_address_of_shapes_is_their_hash(edition):
    """Other shapes have another address, so that a browser may keep these for ever."""
    digest = edition.screen_digest("neighbourhoods")
    assert digest == hashlib.sha256(edition.screen("neighbourhoods").read_bytes()).hexdigest()
