"""An address opens what its sender saw, by code; what it asks for that is not here is told, and something else is shown."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_editions import workspace
from tests.dashboard.test_screens import MAIN, SCREENS, TIME
from tests.editions.pairs import NUMBERS

ADDRESSES = {
    "map": {"level": "neighbourhoods", "layer": "risk", "place": "N25", "fade": "0", "assets": "1", "hot": "harassment"},
    "compare": {
        "level": "neighbourhoods", "places": "N07,N31,N25", "by": "risk", "left": "trust", "right": "resilience", "maps": "over",
    },
    "priorities": {"level": "districts", "node": "resilience", "issue": "tension", "within": "any", "trust": "C", "uncovered": "1"},
    "protect": {
        "level": "districts", "need": "incidents", "access": "green", "issue": "trust", "kind": "formal", "place": "D3", "on": "tension",
        "here": "D3", "for": "tension", "people": "young people", "sort": "sports hall", "minutes": "10",
    },
    "trust": {
        "level": "neighbourhoods", "place": "N25", "group": "sex", "question": "trust_police", "felt": "neighbours_help", "recorded": "harassment", "by": "districts",
    },
    "get_data": {"level": "districts", "format": "csv"},
    "understand": {
        "level": "neighbourhoods", "issue": "harassment", "look": "beside", "around": "low_income", "reported": "30", "rises": "trust", "condition": "overcrowding", "map": "left",
    },
    "understand beyond": {"level": "districts", "issue": "harassment", "look": "yes", "over": "3.25", "condition": "low_income"},
    "understand smoothed": {"level": "neighbourhoods", "issue": "harassment", "look": "smoothed", "condition": "low_income"},
    "whatif": {
        "level": "districts", "show": "pressure", "out": "damage", "evidence": "model", "missing": "share", "combine.risk": "arithmetic", "weight.pressure.incidents": "1.25",
    },
}  # fmt: skip
LEADS = {"understand beyond": {"look", "issue", "level"}}  # what other controls hang on: were it wrong, they would not be there


def at(folder, monkeypatch, screen: str, address: dict[str, str]) -> AppTest:
    """The screen at that address, run as a browser that was never here before would."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(folder))
    test = AppTest.from_file(MAIN, default_timeout=TIME)
    if screen != "map":
        test.switch_page(str(SCREENS / f"{screen.partition(' ')[0]}.py"))
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def shown_at(test: AppTest) -> dict[str, str]:
    """The address after the run, one value a name."""
    return {name: value[0] if isinstance(value, list) else value for name, value in test.query_params.items()}


def chosen(test: AppTest) -> set[str]:
    """What the controls hold, as the address writes it."""
    single = (*test.selectbox, *test.toggle, *test.get("button_group"), *test.radio, *test.slider, *test.number_input)
    held = [*(one.value for one in single), *(",".join(one.value) for one in test.multiselect)]
    return {value if isinstance(value, str) else f"{value:g}" for value in held if value is not None}


@pytest.mark.parametrize("screen", ADDRESSES)
def test_an_address_round_trips(demo, monkeypatch, screen):
    """Every control holds what the address says, the address stays as it was, and nothing is told to be amiss."""
    test = at(demo, monkeypatch, screen, ADDRESSES[screen])
    assert not test.exception
    assert not test.toast
    assert shown_at(test) == ADDRESSES[screen]
    held = chosen(test)
    unseen = {"trust": {"level"}, "map": {"level"}}.get(screen, set())
    assert {value for name, value in ADDRESSES[screen].items() if name not in unseen} <= held


@pytest.mark.parametrize("screen", ADDRESSES)
def test_values_that_are_not_here_are_told(demo, monkeypatch, screen):
    """A notice for each, no trace, and an address that holds none of them any more."""
    wrong = {name: f"<b>no {name}" for name in ADDRESSES[screen] if name not in LEADS.get(screen, {"look"})}
    test = at(demo, monkeypatch, screen, ADDRESSES[screen] | wrong)
    told = " ".join(str(one.value) for one in test.toast).replace("\\", "")
    assert not test.exception
    assert [name for name in wrong if f"no {name}" not in told] == []
    assert not any("<b>" in value for value in shown_at(test).values())


def test_the_agreed_method_has_the_address_of_none(demo, monkeypatch):
    """The button sets the controls back, and the address with them."""
    test = at(demo, monkeypatch, "whatif", ADDRESSES["whatif"])
    next(one for one in test.button if one.label == "Back to the agreed method").click().run()
    assert shown_at(test) == {"level": "districts", "show": "pressure"}
    assert not test.exception


def test_a_threshold_is_of_one_number_only(demo, monkeypatch):
    """Another issue starts at its own, whatever the address said of the one before."""
    address = ADDRESSES["understand beyond"]
    test = at(demo, monkeypatch, "understand", address)
    test.selectbox(key="issue").select("damage").run()
    other = at(demo, monkeypatch, "understand", {name: value for name, value in address.items() if name != "over"} | {"issue": "damage"})
    assert not test.toast
    assert shown_at(test) == shown_at(other)
    assert shown_at(test)["over"] != address["over"]


def test_two_editions_have_an_address_too(tmp_path, monkeypatch):
    """From, to, level and number."""
    folder = workspace(tmp_path, values=NUMBERS + 9)
    older, newer = (path.name for path in sorted(folder.glob("editions/toy-*"), key=lambda path: "2025" in path.name))
    address = {"from": newer, "to": older, "level": "wards", "node": "strain", "same": "1"}
    test = at(folder, monkeypatch, "editions", address)
    assert not test.exception
    assert not test.toast
    assert shown_at(test) == address
    assert set(address.values()) <= chosen(test)


def test_older_addresses_of_two_places_still_open_them(demo, monkeypatch):
    """One and other, as they were before there could be five; one that is not here any more is told."""
    test = at(demo, monkeypatch, "compare", {"one": "N07", "other": "N31"})
    assert test.multiselect[0].value == ["N07", "N31"]
    assert shown_at(test)["places"] == "N07,N31"
    test = at(demo, monkeypatch, "compare", {"one": "N07", "other": "gone"})
    assert "gone" in test.toast[0].value
    assert test.multiselect[0].value[0] == "N07"
    assert len(test.multiselect[0].value) == 2


def test_a_changed_control_changes_the_address(demo, monkeypatch):
    """So that the address can be copied at any time."""
    test = at(demo, monkeypatch, "understand", ADDRESSES["understand"])
    test.selectbox(key="condition").select("overcrowding").run()
    assert shown_at(test) == ADDRESSES["understand"] | {"condition": "overcrowding"}
    test = at(demo, monkeypatch, "map", ADDRESSES["map"])
    test.toggle(key="fade").set_value(True).run()
    assert shown_at(test) == {name: value for name, value in ADDRESSES["map"].items() if name != "fade"}
