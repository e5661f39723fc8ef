"""Every screen with hostile words in names, codes, titles and caveats: shown as they are written, nothing runs, nothing is asked of another host, nobody is shut out."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from geomap.cli.main import main
from geomap.dashboard import ENTRY
from tests.browser.browser import looking

SCREENS = ("?layer=risk&place=N25&level=neighbourhoods", *sorted({path.stem for path in ENTRY.parent.glob("screens/*.py")} - {"map"}))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


def test_the_network_is_cut(chromium):
    """No other host can be reached from this browser, so what paints needs none."""
    page = chromium.new_page()
    with pytest.raises(PlaywrightError, match="ERR_PROXY_CONNECTION_FAILED"):
        page.goto("http://192.0.2.1/")
    page.close()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_stays_calm_and_open_to_everybody(chromium, hostile_dashboard, screen):
    """With the network cut every map paints; no script of the data runs, no policy is broken, no other host is asked, nothing is a trace, and axe finds no A or AA violation, on a desk and on a phone."""
    with looking(chromium, f"{hostile_dashboard}/{screen}", width=1280, calm=True) as seen:
        if screen.startswith("?"):
            seen.painted("Risk|N25")
        seen.rests()
        if screen.startswith("?"):
            assert seen.page.locator(".gp h3").first.inner_text().startswith("N25 <img src=x onerror=alert(1)></script>")
        assert seen.page.locator("[data-testid=stException]").count() == 0
        assert seen.page.locator("img[src*=evil], img[src=x], a[href^=javascript], a[href^='http://evil'], a[href^=mailto]").count() == 0
        assert seen.faults == []  # before axe comes: it writes a style of its own, which the policy stops
        assert violations(seen.page) == []
        seen.page.set_viewport_size({"width": 390, "height": 1000})
        seen.rests()
        assert violations(seen.page) == []
        assert too_wide(seen.page, 320) == []
        assert seen.elsewhere() == []


def violations(page) -> list[tuple[str, str]]:
    """What axe finds against A and AA: the rule, and the first element that breaks it."""
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page, options=RULES).response["violations"]]


def too_wide(page, width: int) -> list[str]:
    """What makes the page scroll sideways at *width*: nothing, or what reaches farthest."""
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(400)
    return page.evaluate(
        """width => {
          const main = document.querySelector('[data-testid=stMain]');
          if (document.documentElement.scrollWidth <= width && main.scrollWidth <= main.clientWidth) return [];
          const ends = [...main.querySelectorAll('*')].map((one) => [one.getBoundingClientRect().right, `${one.tagName} ${one.className}`.slice(0, 120)]);
          return ends.sort((one, other) => other[0] - one[0]).slice(0, 5).map(([right, name]) => `${Math.round(right)} ${name}`);
        }""",
        width,
    )


def test_exports_hold_the_words_and_run_none(chromium, hostile, tmp_path):
    """The stand-alone page shows them and asks nobody; GeoJSON and CSV hold them to the letter, and no cell begins a formula."""
    page, places, rows = (tmp_path / f"all.{ending}" for ending in ("html", "geojson", "csv"))
    assert main(["show", str(hostile), "--to", str(page), "--node", "risk"]) == 0
    assert main(["export", str(hostile), "--to", str(places)]) == 0
    assert main(["export", str(hostile), "--to", str(rows)]) == 0
    names = [feature["properties"]["name"] for feature in json.loads(places.read_text(encoding="utf-8"))["features"]]
    assert all(re.match(r"N\d\d <img src=x", name) for name in names)
    assert "<img src=x onerror=alert(1)>" in rows.read_text(encoding="utf-8")
    with looking(chromium, page.as_uri()) as seen:
        seen.painted("Risk")
        seen.page.locator(".gm-map").focus()
        seen.page.wait_for_timeout(500)
        assert seen.faults == []
        assert seen.elsewhere() == []


def test_the_page_turns_for_arabic_and_moves_less_where_asked(chromium, dashboard):
    """The browser is told the language and the way it runs; the map paints, axe finds nothing, no policy is broken, and no transition lasts."""
    with looking(chromium, f"{dashboard}/?lang=ar&layer=risk&place=N25", calm=True) as seen:
        seen.painted("Risk|N25")
        seen.page.wait_for_function("() => document.documentElement.lang === 'ar' && document.documentElement.dir === 'rtl'")
        seen.rests()
        assert seen.page.locator(".gm-map").get_attribute("aria-label").startswith("خريطة")
        assert seen.page.locator(".gm-tip").evaluate("one => parseFloat(getComputedStyle(one).transitionDuration)") < 0.001
        assert seen.faults == []
        assert violations(seen.page) == []
        seen.page.emulate_media(media="print")
        assert not seen.page.locator("header").first.is_visible()
        assert too_wide(seen.page, 320) == []


def test_what_is_spoken_under_the_cross_are_whole_sentences(chromium, dashboard):
    """Each ends once, with what lies over the map as well."""
    with looking(chromium, f"{dashboard}/?layer=risk&assets=1") as seen:
        seen.painted("Risk")
        seen.page.locator(".gm-map").focus()
        spoken = seen.page.locator(".gm-say", has_text="Press Enter to open.")
        expect(spoken).to_have_text(re.compile(r"open\. \S.*\.$"))
        expect(spoken).not_to_contain_text("..")


def test_the_keyboard_alone_opens_a_place_from_search_table_and_map(chromium, dashboard):
    """No mouse: the field that finds by name, a row of the table, the place under the cross."""
    with looking(chromium, f"{dashboard}/?layer=risk") as seen:
        page = seen.page
        seen.painted("Risk")
        page.get_by_role("combobox", name="Find one of the neighbourhoods").focus()
        page.keyboard.type("N25")
        page.keyboard.press("Enter")
        seen.painted("Risk|N25")
        page.locator("[data-testid=stDataFrame] canvas[data-testid=data-grid-canvas]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+Space")
        page.wait_for_function("() => (new URL(location).searchParams.get('place') || 'N25') !== 'N25'")
        before = page.url
        page.locator(".gm-map").focus()
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(600)
        page.keyboard.press("Enter")
        page.wait_for_function("before => location.href !== before", arg=before)
        assert seen.faults == []
