"""What lies over and under the colours, by keyboard alone and with hostile words: shown as written, nothing runs, nobody is shut out."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.browser import Seen, looking
from tests.browser.hostile import HOSTILE
from tests.browser.test_every_screen import RULES

ASSETS = "weekdays <img src=x onerror=alert(1)></script>"


def demand_calm(seen: Seen) -> None:
    """Nothing ran, nobody else was asked, axe finds no A or AA violation once what is new has faded in."""
    seen.page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    seen.page.wait_for_timeout(1_000)
    assert seen.page.locator("img[src*=evil], img[src=x], a[href^=javascript], a[href^='http://evil']").count() == 0
    assert seen.faults == []
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(seen.page, options=RULES).response["violations"]] == []
    assert seen.elsewhere() == []


def test_assets_hot_spots_and_the_river_lie_on_the_map(chromium, hostile_dashboard):
    """A space toggles what protects, a typed name outlines hot spots; the legend names all three, a hover card says what a point is, the address remembers."""
    with looking(chromium, f"{hostile_dashboard}/?layer=risk") as seen:
        page, laid = seen.page, seen.page.locator(".gm-laid")
        page.emulate_media(reduced_motion="reduce")
        seen.painted("Risk")
        laid.filter(has_text=f"River {' '.join(HOSTILE.split())[:60]}").wait_for()
        assert laid.count() == 1
        page.get_by_role("switch", name="Places that protect").focus()
        page.keyboard.press("Space")
        laid.filter(has_text="Community centre").wait_for()
        page.get_by_role("combobox", name="Outline hot spots of").focus()
        page.keyboard.type("Risk")
        page.keyboard.press("Enter")
        laid.filter(has_text="Hot spots: Risk").wait_for()
        page.wait_for_function("() => ['assets=1', 'hot=risk'].every((part) => location.search.includes(part))")
        assert laid.locator(".gm-title").all_inner_texts() == ["Hot spots: Risk", "What protects", "For orientation; no number rests on it"]
        assert ASSETS in hover_card(seen)
        demand_calm(seen)


def hover_card(seen: Seen) -> str:
    """What the card says at the first point that a mouse meets on its way over the map."""
    box, tip = seen.page.locator(".gm-map").bounding_box(), seen.page.locator(".gm-tip")
    for y in range(150, 480, 7):
        for x in range(300, int(box["width"]) - 60, 60):
            seen.page.mouse.move(box["x"] + x, box["y"] + y)
            if "weekdays" in (said := tip.inner_text()):
                return said
    return ""


def test_the_box_on_protect_answers_the_keyboard(chromium, hostile_dashboard):
    """A typed code asks from there: the address, the answer and the place that the map shows as chosen say so."""
    with looking(chromium, f"{hostile_dashboard}/protect") as seen:
        page = seen.page
        page.emulate_media(reduced_motion="reduce")
        box = page.get_by_role("combobox", name="From the middle of")
        box.wait_for()
        box.focus()
        page.keyboard.type("N25")
        page.keyboard.press("Enter")
        page.wait_for_function("() => new URL(location).searchParams.get('here') === 'N25'")
        page.locator("[data-painted$='|N25']").first.wait_for(state="attached")
        assert page.locator("[data-testid=stMarkdown] strong", has_text="N25 <img src=x onerror=alert(1)>").count() >= 1
        demand_calm(seen)
