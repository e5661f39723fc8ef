"""The stand-alone map in a browser, opened from disk."""

import dataclasses

import pytest

from geomap.views.bivariate import bivariate
from geomap.views.choropleth import choropleth
from geomap.views.standalone import write_page
from tests.browser.browser import looking
from tests.browser.test_dashboard import HOSTILE


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
