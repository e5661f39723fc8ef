"""The dashboard in a browser: it paints, recolours without sending shapes again, opens a place by mouse and by keyboard, and stays on this machine."""

import pytest

from tests.browser.browser import looking

HOSTILE = "<img src=x onerror=alert(1)> </script><script>alert(2)</script> [a](javascript:alert(3)) {{7*7}} ${7*7}"


@pytest.fixture(scope="module")
def seen(chromium, dashboard):
    """The map of the demonstration city, painted."""
    with looking(chromium, f"{dashboard}/?layer=risk") as page:
        page.painted("Risk")
        yield page


def choose(seen, label: str) -> None:
    """Chooses what the map shows."""
    seen.page.get_by_role("combobox", name="Show").click()
    seen.page.get_by_role("option", name=label, exact=True).click()


def test_the_map_paints_without_a_fault(seen):
    """Places on a canvas, a legend with counts that add up to all places, nothing in the console."""
    counts = [int(text) for text in seen.page.locator(".gm-line em").all_inner_texts()]
    assert sum(counts) == 61
    assert seen.page.locator(".gm-map canvas").count() >= 1
    assert seen.faults == []


def test_nothing_is_asked_of_another_host(seen):
    """No tile, font, script or beacon from elsewhere: the page works with the network cut."""
    assert seen.asked
    assert seen.elsewhere() == []


def test_another_number_recolours_without_sending_shapes_again(seen):
    """Shapes are fetched once; a repaint brings one sign a place."""
    before = len(seen.asked)
    choose(seen, "Index: Resilience")
    seen.painted("Resilience")
    assert [url for url in seen.asked[before:] if "shapes" in url] == []
    choose(seen, "Index: Risk")
    seen.painted("Risk")


def test_a_click_on_a_place_opens_it(seen):
    """The middle of the map is a place; its profile appears beside, and the address names it."""
    box = seen.page.locator(".gm-map").bounding_box()
    seen.page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.5)
    seen.page.wait_for_function("() => new URL(location).searchParams.get('place')")
    code = seen.painted("Risk|N").split("|")[1]
    assert code in seen.page.url
    seen.page.get_by_role("heading", name="Where it stands").wait_for()


def test_the_map_is_open_to_the_keyboard(seen):
    """Focus, pan, Enter: a place opens and is announced, without a mouse."""
    seen.page.locator(".gm-map").focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_timeout(500)
    seen.page.keyboard.press("Enter")
    seen.page.locator(".gm-say", has_text="chosen").wait_for(state="attached")


def test_a_legend_line_isolates_its_class(seen):
    """The line is a button that says whether it is pressed."""
    line = seen.page.locator(".gm-line").first
    line.click()
    assert seen.page.locator(".gm-line").first.get_attribute("aria-pressed") == "true"
    seen.page.locator(".gm-line").first.click()
    assert seen.page.locator(".gm-line").first.get_attribute("aria-pressed") == "false"


def test_a_phone_shows_the_whole_page(chromium, dashboard):
    """At 390 pixels nothing sticks out to the side."""
    with looking(chromium, f"{dashboard}/?layer=risk", width=390, height=844) as phone:
        phone.painted("Risk")
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert phone.faults == []


def test_hostile_names_stay_letters(chromium, hostile_dashboard):
    """A name full of markup, script, Markdown and templates is shown as it is written: on the map, in the table, in the profile."""
    with looking(chromium, f"{hostile_dashboard}/?layer=risk&place=N25") as page:
        page.painted("Risk|N25")
        assert page.page.locator(".gp h3").inner_text().startswith("N25 <img src=x onerror=alert(1)></script><script>alert(2)</script>")
        page.page.mouse.move(*(page.page.locator(".gm-map").bounding_box()[side] + 300 for side in ("x", "y")))
        page.page.locator(".gm-tip b", has_text="<img src=x onerror=alert(1)>").wait_for()
        assert page.faults == []
        assert page.elsewhere() == []
