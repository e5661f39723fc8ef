"""Reports printed by Chromium: two pages, and nothing on either that does not fit."""

import re
from dataclasses import replace

import pytest

from geomap.editions.edition import read_edition
from geomap.report.page import page, reports_of
from tests.browser.hostile import HOSTILE
from tests.dashboard.test_little_data import CITIES, withhold
from tests.editions.pairs import edition as pair_edition


def printed(chromium, text):
    """How many pages it prints on, which blocks overflow their page, and what ran or was asked for."""
    tab = chromium.new_page()
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("dialog", lambda dialog: asked.append(dialog.message))
    tab.set_content(text)
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 703, "height": 1031})  # 186 by 273 mm: A4 within its margins
    over = tab.evaluate(
        "() => [...document.querySelectorAll('.page, .two')].map(one => one.scrollHeight - one.clientHeight).filter(more => more > 1)"
    )
    pages = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True, print_background=True)))
    tab.close()
    return pages, over, asked


@pytest.mark.parametrize("code", ["N25", *(pytest.param(code, marks=pytest.mark.slow) for code in ("N01", "N61"))])
def test_the_demonstration_city_prints_on_two_pages(chromium, edition, code):
    """And all that is written stands on them."""
    assert printed(chromium, page(reports_of(edition), code)) == (2, [], [])


def test_hostile_names_print_on_two_pages(chromium, edition):
    """300 signs of markup, templates and turning marks: nothing runs, nothing is asked, two pages."""
    shared = reports_of(edition)
    shown = shared.assessment
    places = shown.places.assign(name=HOSTILE, parent_name=HOSTILE)
    nodes = tuple(replace(node, title=f"{node.title} {HOSTILE}", caveats=(*node.caveats, HOSTILE)) for node in shown.nodes)
    hostile = replace(shared, assessment=replace(shown, places=places, nodes=nodes, title=HOSTILE))
    text = page(hostile, "N25")
    assert "<img src=x" not in text
    assert printed(chromium, text) == (2, [], [])


def test_the_river_and_the_railway_are_printed_as_maps_draw_them(chromium, hostile):
    """In their colours, the railway broken, with whose they are; nothing runs and two pages suffice."""
    text = page(reports_of(read_edition(hostile)), "N25")
    picture = text[text.index('<svg class="where"') : text.index("</svg>")]
    assert re.search(r'fill="#5f8fb0".*class="city".*stroke="#77726a"[^>]*stroke-dasharray="7 4".*class="here"', picture)
    assert text.count("(Marrowmere City Council, CC0-1.0)") == 2
    assert printed(chromium, text) == (2, [], [])


@pytest.mark.slow
@pytest.mark.parametrize("name", CITIES)
def test_little_data_print_on_two_pages(chromium, tmp_path, name):
    """One place, all withheld and the like."""
    made = pair_edition(tmp_path, **CITIES[name])
    if name == "all withheld":
        withhold(made.path)
    assert printed(chromium, page(reports_of(read_edition(made.path)), "w00")) == (2, [], [])
