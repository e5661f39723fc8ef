"""Streamlit's own files come whole, packed for a browser that unpacks, and nothing beside them comes that way."""

import gzip
import urllib.request

import pytest

from geomap.dashboard.from_memory import ROOT
from tests.server import get

SCRIPTS = sorted((ROOT / "js").glob("index.*.js")) + sorted((ROOT / "css").glob("*.css"))[:1]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.suffix)
def test_a_file_is_the_same_packed_and_unpacked(dashboard, script):
    """Byte for byte what lies in Streamlit's folder, to be kept for ever, with the headers of every answer."""
    address = f"{dashboard}/static/{script.relative_to(ROOT).as_posix()}"
    _, headers, plain = get(address)
    asked = urllib.request.Request(address, headers={"accept-encoding": "gzip"})  # noqa: S310  our own server
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        packed, told = answer.read(), dict(answer.headers)
    assert plain == gzip.decompress(packed) == script.read_bytes()
    assert len(packed) < len(plain) / 2
    assert told["content-encoding"] == "gzip"
    assert "content-encoding" not in headers
    assert "immutable" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["static/../../proto/__init__.py", "static/..%2f..%2fproto%2f__init__.py", "static/js", "static/js/none.js"]
)
def test_nothing_else_comes_that_way(dashboard, path):
    """Not a folder, not a file outside: such an address is refused, or is the page itself, as for any unknown address."""
    status, _, body = get(f"{dashboard}/{path}")
    assert status >= 400 or b"<title>" in body
    assert b"protobuf" not in body or b"<title>" in body
