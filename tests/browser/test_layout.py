"""How the map, its legend and the controls stand on the page: nothing covers another, whatever the width and the direction of the script."""

import pytest

from tests.browser.browser import looking

BOX = """(one) => { const { left, right, top, bottom } = one.getBoundingClientRect(); return { left, right, top, bottom }; }"""
APART = "(one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top + 1 || other.bottom <= one.top + 1"
CENTRE = "(one) => { const box = one.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2]; }"


def box(page, name: str, place: int = 0) -> dict[str, float]:
    """Where an element stands."""
    return page.locator(name).nth(place).evaluate(BOX)


def apart(page, one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether neither covers the other."""
    return page.evaluate(f"([one, other]) => ({APART})(one, other)", [one, other])


def test_a_legend_covers_no_place_where_the_map_is_narrow(chromium, dashboard):
    """Beside each other two maps are narrow, so each legend stands under its own; so it does where the window is made narrow."""
    with looking(chromium, f"{dashboard}/compare?left=risk&right=resilience&maps=beside", width=1280) as seen:
        seen.painted("Risk")
        seen.painted("Resilience")
        for place in (0, 1):
            assert apart(seen.page, box(seen.page, ".gm-map", place), box(seen.page, ".gm-legend", place))
        seen.page.set_viewport_size({"width": 390, "height": 844})
        seen.page.wait_for_timeout(600)
        assert apart(seen.page, box(seen.page, ".gm-map"), box(seen.page, ".gm-legend"))


def test_the_whole_city_stays_in_sight_when_the_window_changes(chromium, dashboard):
    """Nobody moved the map, so it is fitted anew: a phone that is turned shows all places; where somebody moved it, it stays."""
    with looking(chromium, f"{dashboard}/?layer=risk&place=N25", width=1280) as seen:
        page = seen.page
        seen.painted("Risk|N25")
        wide = scale(page)
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_timeout(600)
        assert scale(page) != wide
        page.locator(".gm-cross").evaluate("(one) => { one.style.display = 'block'; }")
        assert page.locator(".gm-cross").evaluate(CENTRE) == pytest.approx(page.locator(".gm-map").evaluate(CENTRE), abs=1)
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(600)
        moved = scale(page)
        page.set_viewport_size({"width": 1280, "height": 844})
        page.wait_for_timeout(600)
        assert scale(page) == moved


def scale(page) -> str:
    """What the line of the map's scale says, and how long it is."""
    return page.locator(".leaflet-control-scale-line").evaluate("(line) => `${line.innerText} ${line.offsetWidth}`")


def test_arabic_controls_run_from_right_to_left(chromium, dashboard):
    """The knob of a switch stays inside it, at the left when on; each button of a row has all its edges; the numbers of a legend stand at its left; names at the ends of the slider stand on the side of their map."""
    with looking(chromium, f"{dashboard}/?layer=risk&lang=ar&assets=1", width=390) as seen:
        page = seen.page
        page.emulate_media(reduced_motion="reduce")
        seen.painted("Risk")
        page.locator("[data-testid=stButtonGroup] button").last.wait_for()
        for place, switch in enumerate(page.locator("[data-testid=stCheckbox] label > div:first-of-type").all()):
            pill, knob = switch.evaluate(BOX), switch.locator("div").first.evaluate(BOX)
            assert pill["left"] <= knob["left"] < knob["right"] <= pill["right"], place
            assert knob["left"] - pill["left"] < pill["right"] - knob["right"], place
        edges = page.locator("[data-testid=stButtonGroup] button").evaluate_all(
            "some => some.flatMap((one) => ['Left', 'Right'].map((side) => getComputedStyle(one)[`border${side}Color`]))"
        )
        assert len(edges) >= 4
        assert "rgba(0, 0, 0, 0)" not in edges
        legend = box(page, ".gm-legend")
        counts = page.locator(".gm-legend em").evaluate_all("some => some.map((one) => one.getBoundingClientRect().left)")
        assert len(counts) > 6
        assert max(counts) - legend["left"] < 40
        heading = page.locator("h1 > span").first.evaluate(BOX)
        assert heading["right"] == pytest.approx(box(page, "[data-testid=stMainBlockContainer]")["right"], abs=16)
    with looking(chromium, f"{dashboard}/compare?maps=over&lang=ar", width=1280) as seen:
        seen.page.locator(".gm-slide").wait_for()
        assert box(seen.page, ".gm-left")["right"] <= box(seen.page, ".gm-slide input")["left"]


def test_the_menu_of_a_phone_can_be_shut(chromium, dashboard):
    """Nothing lies over the button that shuts it."""
    for code in ("en", "ar"):
        with looking(chromium, f"{dashboard}/?layer=risk&lang={code}", width=390) as seen:
            seen.painted("Risk")
            seen.page.get_by_test_id("stExpandSidebarButton").click()
            shut = seen.page.get_by_test_id("stSidebarCollapseButton").locator("button")
            shut.click(timeout=10_000)
            seen.page.get_by_test_id("stExpandSidebarButton").wait_for()


def test_a_note_beside_the_map_is_as_tall_as_its_words_on_a_phone(chromium, dashboard):
    """No empty half page under them."""
    with looking(chromium, f"{dashboard}/?layer=risk", width=390) as seen:
        seen.painted("Risk")
        last = seen.page.locator(".st-key-beside p").last
        assert box(seen.page, ".st-key-beside")["bottom"] - last.evaluate(BOX)["bottom"] < 60
