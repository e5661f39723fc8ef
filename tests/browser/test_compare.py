"""Two maps that move together, and one over the other."""

from tests.browser.browser import looking

MOVED = "panes => panes.map((pane) => pane.style.transform)"
CUT = "map => map.style.clipPath"


def test_two_maps_move_together(chromium, dashboard):
    """The arrow keys move the map that has the focus, and the other with it; so does a drag."""
    with looking(chromium, f"{dashboard}/compare?left=risk&right=resilience&maps=beside") as seen:
        seen.painted("Risk")
        seen.painted("Resilience")
        maps = seen.page.locator(".gm-map")
        maps.nth(0).focus()
        before = seen.page.locator(".leaflet-map-pane").evaluate_all(MOVED)
        seen.page.keyboard.press("ArrowRight")
        seen.page.wait_for_timeout(600)
        after = seen.page.locator(".leaflet-map-pane").evaluate_all(MOVED)
        assert after != before
        assert len(after) == 2
        assert after[0] == after[1]
        box = maps.nth(1).bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + 100)
        seen.page.mouse.move(*middle)
        seen.page.mouse.down()
        seen.page.mouse.move(middle[0] + 60, middle[1] + 20, steps=4)
        seen.page.mouse.up()
        seen.page.wait_for_timeout(600)
        dragged = seen.page.locator(".leaflet-map-pane").evaluate_all(MOVED)
        assert dragged != after
        assert dragged[0] == dragged[1]
        assert seen.faults == []


def test_one_map_over_the_other_by_a_slider(chromium, dashboard):
    """The slider works by the keyboard alone, says what it shows, and cuts the upper map."""
    with looking(chromium, f"{dashboard}/compare?left=risk&right=resilience&maps=over") as seen:
        seen.painted("Risk")
        seen.painted("Resilience")
        slide = seen.page.get_by_role("slider", name="Where the map on top begins")
        over = seen.page.locator(".gm-over")
        assert "50%" in over.evaluate(CUT)
        slide.focus()
        seen.page.keyboard.press("End")
        assert "100%" in over.evaluate(CUT)
        assert slide.get_attribute("aria-valuetext") == "Risk 100 %, Resilience 0 %"
        seen.page.keyboard.press("Home")
        assert over.evaluate(CUT) in ("inset(0px)", "inset(0px 0px 0px 0%)", "inset(0 0 0 0%)")
        assert seen.faults == []
