"""Every screen runs on the demonstration city, says what the edition says, and stops with what to do when it cannot."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geomap.dashboard import ENTRY, access

MAIN = str(ENTRY.with_name("main.py"))
SCREENS = ENTRY.with_name("screens")
NAMES = sorted(path.stem for path in SCREENS.glob("*.py"))
TIME = 60


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, screen: str = "map", *, painted: bool = True, **query: str) -> AppTest:
    """A screen of the dashboard of *folder*, run once, as it is when the browser has told that the map stands."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    test = AppTest.from_file(MAIN, default_timeout=TIME)
    for name, value in query.items():
        test.query_params[name] = value
    if painted:
        test.session_state["painted"] = True
    test.run()
    return test if screen == "map" else test.switch_page(str(SCREENS / f"{screen}.py")).run()


def words(test: AppTest) -> str:
    """All text on the screen."""
    kinds = ("title", "subheader", "caption", "markdown", "info", "error", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(test, kind))


@pytest.mark.parametrize("screen", NAMES)
def test_every_screen_runs_on_the_demonstration_city(demo, monkeypatch, screen):
    """No exception, and a title."""
    test = run(demo, monkeypatch, screen)
    assert not test.exception
    assert test.title[0].value


def test_data_says_in_words_what_it_keeps_of_the_rows_of_guarded_layers(demo, edition, monkeypatch):
    """Of incidents not one number, nor a reason; of an open layer all, to the last row."""
    shown = run(demo, monkeypatch, "data").dataframe[0].value.set_index("Layer")
    told = ["Rows", "Matched", "Not matched", "Places without a row"]
    assert shown.loc["incidents", told].tolist() == ["kept inside"] * 4
    record = next(one for one in edition.joins if one["layer"] == "residents")
    assert shown.loc["residents", "Rows"] == f"{record['rows']:,}"
    assert shown.loc["residents", "Not matched"] == ""


def test_the_map_opens_with_pressure_and_capacity_together(demo, monkeypatch):
    """Two numbers first, since one hides that high with high and low with low need opposite action."""
    test = run(demo, monkeypatch)
    assert test.selectbox(key="layer").value == "pressure-capacity"
    assert "61 neighbourhoods" in words(test)
    assert "invented" in words(test)


def test_the_table_holds_the_numbers_of_the_map(demo, edition, monkeypatch):
    """Choosing risk shows risk for all 61 places, the worst first, with their rank in words."""
    test = run(demo, monkeypatch)
    test.selectbox(key="layer").select("risk").run()
    shown = test.dataframe[0].value
    risk = edition.level("neighbourhoods").numbers["risk"]["value"]
    assert shown.set_index("code")["value"].to_dict() == pytest.approx(risk.to_dict(), nan_ok=True)
    assert shown["value"].iloc[0] == pytest.approx(risk.max())
    assert re.fullmatch(r"\d+( to \d+)?", shown["rank"].iloc[0])


def test_the_table_follows_when_the_map_stands(demo, monkeypatch):
    """The map does not wait for the table; a sentence stands in its place until then."""
    test = run(demo, monkeypatch, painted=False)
    assert not test.exception
    assert not test.dataframe
    assert "table follows" in words(test)


def test_a_place_in_the_address_is_opened(demo, edition, monkeypatch):
    """The address names layer, level and place, so that a link shows what its sender saw."""
    test = run(demo, monkeypatch, layer="risk", place="N25", level="neighbourhoods")
    assert test.selectbox(key="layer").value == "risk"
    assert test.selectbox(key="place").value == "N25"
    assert any(edition.level().places.at["N25", "name"] in str(block.value) for block in test.get("html"))


def test_an_address_that_names_nothing_is_no_accident(demo, monkeypatch):
    """A place that is not here opens the whole city, with a notice."""
    test = run(demo, monkeypatch, place="<script>", layer="nonsense")
    assert not test.exception
    assert test.selectbox(key="place").value is None
    assert len(test.toast) >= 1


def test_districts_are_a_click_away(demo, monkeypatch):
    """The level switch changes the table."""
    test = run(demo, monkeypatch, level="districts")
    assert "8 districts" in words(test)
    assert len(test.dataframe[0].value) == 8


def test_comparing_says_what_can_be_said(demo, monkeypatch):
    """The question is answered with its probability; five places make ten pairs, and one alone is not compared."""
    test = run(demo, monkeypatch, "compare")
    assert "sure" in words(test)
    assert "numbers tell some of them apart" in words(test)
    test.multiselect[0].set_value(["N35", "N49", "N39", "N41", "N25"]).run()
    assert "of 10 pairs" in words(test)
    assert len(test.table[0].value) == 5
    test.multiselect[0].set_value(["N35"]).run()
    assert "at least two" in words(test)
    assert not test.exception


def test_two_maps_are_shown_as_asked(demo, monkeypatch):
    """Side by side at first; one over the other on request, with the sentence that like places are no cause."""
    test = run(demo, monkeypatch, "compare")
    assert "association, not cause" in words(test)
    test.selectbox(key="maps").select("over").run()
    assert not test.exception
    assert test.query_params["maps"] in ("over", ["over"])


def test_the_ledger_keeps_counts_of_people_inside(demo, monkeypatch):
    """The data screen lists each layer; rows of layers about people are not told."""
    rows = run(demo, monkeypatch, "data").dataframe[0].value.set_index("Layer")
    assert rows.at["living-conditions", "Matched"] == rows.at["living-conditions", "Rows"] == "122"
    assert (rows.loc[["incidents", "trust-survey"], ["Rows", "Matched"]] == "kept inside").all(axis=None)


def test_the_data_screen_holds_the_catalogue(demo, monkeypatch):
    """Each topic with what is held and what is not."""
    rows = next(one.value for one in run(demo, monkeypatch, "data").dataframe if "not_held" in one.value).set_index("topic")
    assert rows.at["incidents", "held"] == 1
    assert "debt advice" in rows.at["economy", "not_held"]


@pytest.mark.parametrize(
    ("address", "headers", "told"),
    [
        ("127.0.0.1", {}, ""),
        ("192.0.2.1", {}, "Anybody in the network"),
        ("", {}, "Anybody in the network"),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, "through another machine"),
        ("127.0.0.1", {"Host": "evil.example:8501"}, "through another machine"),
        ("127.0.0.1", {"Host": "[::1]:8501"}, ""),
    ],
)  # fmt: skip
def test_only_this_machine_adds_files(demo, monkeypatch, address, headers, told):
    """With no sign-in, a server that others reach, or a request that came from elsewhere, adds nothing, and says why."""
    test = AppTest.from_string(
        "import streamlit as st\nfrom geomap.dashboard.access import *\nst.write(why_not(workspace_or_none()) or 'may')",
        default_timeout=TIME,
    )
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(demo))
    monkeypatch.setattr(access.st, "get_option", lambda _: address)
    monkeypatch.setattr(type(access.st.context), "headers", headers)
    assert (told or "may") in words(test.run())


def test_an_edition_alone_adds_no_files(edition, monkeypatch):
    """Where there is no workspace there is nowhere to put a file."""
    test = AppTest.from_string(
        "import streamlit as st\nfrom geomap.dashboard.access import *\nst.write(why_not(workspace_or_none()))", default_timeout=TIME
    )
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(edition.path))
    assert "without its workspace" in words(test.run())
    whole = run(edition.path, monkeypatch, "data")
    assert not whole.exception
    assert "stands with the layers' cards" in words(whole)


def test_a_workspace_without_an_edition_says_what_to_do(city, monkeypatch):
    """Nothing built yet: the command to run, no trace."""
    test = run(city, monkeypatch)
    assert not test.exception
    assert "geomap build" in words(test)


def test_a_folder_that_is_no_workspace_says_what_to_do(tmp_path, monkeypatch):
    """Nor here."""
    test = run(tmp_path, monkeypatch)
    assert not test.exception
    assert words(test).strip()


def test_what_if_is_an_exploration_and_says_so(demo, edition, monkeypatch):
    """Without police records the ranks move, the page says it is no agreed method, and the edition keeps its numbers."""
    test = run(demo, monkeypatch, "whatif")
    assert "not the agreed method" in words(test)
    assert "0 of 60 change their rank" in words(test)
    before = edition.level().numbers["risk"].copy()
    test.multiselect(key="out-evidence").select("police").run()
    assert not test.exception
    assert "change their rank" in words(test)
    assert "0 of 60 change their rank" not in words(test)
    assert edition.level().numbers["risk"].equals(before)


def test_a_slider_moves_the_weights(demo, monkeypatch):
    """Incidents three times in Risk: said in words, and the button leads back."""
    test = run(demo, monkeypatch, "whatif")
    test.slider(key="weight-risk-incidents").set_value(3.0).run()
    assert "the weights of Risk are Recorded and perceived incidents × 3" in words(test)
    test.button[0].click().run()
    assert "nothing is changed" in words(test)


def test_a_profile_says_what_a_score_is_made_of_and_what_it_rests_on(demo, monkeypatch):
    """The worst part and the banner in sight; contributions, classes, evidence and the groups' ranks in a fold for each index."""
    test = run(demo, monkeypatch, layer="risk", place="N25", level="neighbourhoods")
    shown = "".join(str(block.value) for block in test.get("html"))
    assert not test.exception
    assert "The worst part is Socioeconomic vulnerability" in shown
    assert "Risk rests for 62 % on one provider: Marrowmere City Council." in shown
    assert (
        shown.count("Together: the distance from the city&#x27;s median score")
        + shown.count("Together: the distance from the city's median score")
        == 4
    )
    assert "What would put it in another class" in shown
    assert "Youth council (22 people)" in shown
    assert [fold.label for fold in test.expander][:4] == [
        f"What {name} is made of" for name in ("pressure", "capacity", "resilience", "risk")
    ]
