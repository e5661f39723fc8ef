"""The stand-alone map in a browser, opened from disk."""

import dataclasses

import pytest

from geomap.views.bivariate import bivariate
from geomap.views.choropleth import choropleth
from geomap.views.standalone import write_page
from tests.browser.browser import looking
from tests.browser.test_dashboard import HOSTILE

CLICKS = """async () => {
  const [canvas, said] = [document.querySelector('.gm-map canvas'), document.querySelector('.gm-say')], frame = canvas.getBoundingClientRect(), found = [];
  for (let y = frame.top; y < frame.bottom; y += 5) {
    const row = [];
    for (let x = frame.left; x < frame.right; x += 1) {
      said.textContent = '';
      canvas.dispatchEvent(new MouseEvent('click', { clientX: x, clientY: y, bubbles: true }));
      await null; await null; await null;
      row.push(said.textContent ? 1 : 0);
    }
    found.push(row.join(''));
  }
  return found;
}"""


@pytest.mark.parametrize("make", [bivariate, lambda shown: choropleth(shown, "hate_incidents")])
def test_one_file_is_the_whole_map(chromium, edition, tmp_path, make):
    """It paints from disk, asks nobody for anything, and shows every place."""
    shown = edition.level("neighbourhoods")
    page = write_page(shown, make(shown), tmp_path / "map.html")
    with looking(chromium, page.as_uri()) as seen:
        seen.painted(make(shown).title)
        assert seen.page.locator(".gm-map canvas").count() >= 1
        assert seen.elsewhere() == []
        assert seen.faults == []


def test_hostile_words_stay_letters(chromium, edition, tmp_path):
    """Names and caveats that are markup, script or a template of folium's engine are shown as written."""
    shown = edition.level("neighbourhoods")
    places = shown.places.assign(name=f"{HOSTILE} {{% raw %}}")
    hostile = dataclasses.replace(shown, places=places, title=HOSTILE, caveats=(HOSTILE,))
    page = write_page(hostile, choropleth(hostile, "risk"), tmp_path / "map.html")
    with looking(chromium, page.as_uri()) as seen:
        seen.painted("Risk")
        assert seen.page.locator("h1").inner_text() == HOSTILE
        assert HOSTILE in seen.page.locator("footer li").all_inner_texts()
        assert seen.faults == []


def test_no_click_falls_between_two_places(chromium, edition, tmp_path):
    """However small the places are drawn, every dot from the city's edge to its other edge belongs to one of them."""
    shown = edition.level("neighbourhoods")
    page = write_page(shown, choropleth(shown, "risk"), tmp_path / "map.html")
    with looking(chromium, page.as_uri(), width=700, height=600, calm=True) as seen:
        seen.painted("Risk")
        for _ in range(2):
            seen.page.locator(".leaflet-control-zoom-out").click()
        seen.page.wait_for_timeout(500)
        rows = [row.strip("0") for row in seen.page.evaluate(CLICKS)]
        assert [row for row in rows if "0" in row] == []
        assert sum(map(len, rows)) > 100
