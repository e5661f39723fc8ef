"""What the page may do: scripts and style sheets of this server only, and of what stands in the page itself only what is known by its hash.

No 'unsafe-inline' and no 'unsafe-eval'. What they would be for: one line of script in Streamlit's index.html, the empty style elements that its
style engine fills rule by rule, and our own two style sheets. Charts that compile their expressions (Vega, Plotly) would need 'unsafe-eval'; we have none.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit

from geomap.dashboard.look import STYLE
from geomap.symbology.assets import text

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
NOTHING = ""
PRESSABLE = (
    "@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}"  # as Streamlit's buttons write it
)


@cache
def policy(images: str = "") -> str:
    """The content security policy of every answer; *images* is the host of the basemap's pictures, where the city chose one."""
    scripts = INLINE_SCRIPT.findall(Path(streamlit.__file__).with_name("static").joinpath("index.html").read_text(encoding="utf-8"))
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *map(hashed, scripts)],
        "style-src": ["'self'", *map(hashed, (NOTHING, PRESSABLE, STYLE, text("mapview.css").strip()))],
        "img-src": ["'self'", "data:", "blob:", *([images] if images else [])],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'none'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def hashed(content: str) -> str:
    """An element's text as a source of the policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
