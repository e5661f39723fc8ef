"""One HTML file with an interactive map: opens anywhere, asks no other host for anything."""

import json
from dataclasses import replace
from pathlib import Path

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geomap.assessment.assessment import Assessment
from geomap.editions.files import feature_collection, write_whole
from geomap.language import in_english
from geomap.symbology.assets import text
from geomap.symbology.backdrop import backdrops
from geomap.symbology.markup import for_html, for_script, literal_template
from geomap.symbology.payload import MapPayload

DEGREES = 5
PAGE = """<style>html,body{margin:0;background:#fbfaf7;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1d2b30}
main{max-width:1200px;margin:0 auto;padding:1rem}h1{font-size:1.5rem;margin:.2rem 0}footer{font-size:.9rem;color:#3f4b50}.folium-map{display:none}.gm{min-height:min(72vh,760px)}</style>"""


class _Map(folium.Map):
    """A folium map that loads nothing from elsewhere."""

    default_js = ()
    default_css = ()


class _Places(MacroElement):
    """Draws the places in the frame of the page; the data stand in the page, not in this script."""

    _template = Template("{% macro script(this, kwargs) %}geomapStandalone();{% endmacro %}")


def write_page(assessment: Assessment, payload: MapPayload, path: Path) -> Path:
    """*path*, with the map that *payload* describes."""
    whole = page(assessment, payload)
    write_whole(path, lambda work: work.write_text(whole, encoding="utf-8"))
    return path


@in_english
def page(assessment: Assessment, payload: MapPayload) -> str:
    """The whole page as text."""
    canvas = _Map(tiles=None, prefer_canvas=True, zoom_control=False)
    figure = canvas.get_root()
    figure.title = None
    shapes = json.loads(
        feature_collection(assessment.places[["name"]].reset_index(names="code"), assessment.places.geometry.to_numpy(), digits=DEGREES)
    )
    laid = replace(payload, overlays=(*payload.overlays, *backdrops(assessment)))
    data = for_script({"shapes": shapes, "data": {**laid.as_data(), "fade": False, "selected": None}})
    start = (
        "function geomapStandalone(){var d=JSON.parse(document.getElementById('geomap-data').textContent);"
        "geomapView(L,document.querySelector('.gm'),d.shapes,function(){}).draw(d.data);}"
    )
    styles = f"<style>{text('vendor/leaflet/leaflet.css')}{text('mapview.css')}</style>{PAGE}"
    scripts = f"<script>{text('vendor/leaflet/leaflet.js')}</script><script>{text('mapview.js')}{start}</script>"
    caveats = "".join(f"<li>{for_html(caveat)}</li>" for caveat in dict.fromkeys([*assessment.caveats, payload.about]))
    body = (
        f"<main><h1>{for_html(assessment.title)}</h1><p>{for_html(payload.title)}, {for_html(assessment.period)}</p>{text('mapview.html')}"
        f"<footer><ul>{caveats}</ul><p>Method {for_html(assessment.fingerprint[:12])}.</p></footer></main>"
        f'<script type="application/json" id="geomap-data">{data}</script>'
    )
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{for_html(assessment.title)}</title>'
    figure.header.add_child(Element(literal_template(head + styles + scripts)), name="geomap-head")
    figure.html.add_child(Element(literal_template(body)), name="geomap-body")
    canvas.add_child(_Places())
    return _same_names(figure.render(), figure)


def _same_names(text: str, figure: Figure) -> str:
    """The page with the names that folium draws at random for its elements replaced by their number, so that equal editions give equal pages."""
    elements, names = [figure], []
    while elements:
        element = elements.pop()
        names.append(element._id)  # noqa: SLF001  branca gives no other way to a name
        elements += element._children.values()  # noqa: SLF001  nor to what is inside
    for number, name in enumerate(names):
        text = text.replace(name, f"{number:032x}")
    return text
