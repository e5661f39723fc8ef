"""Finding one of tens of thousands of places by a part of its name."""

import pytest
from streamlit.testing.v1 import AppTest

from geomap.dashboard.finder import CARRIED, MATCHES, matching

PLACES = {"a1": "Île-Saint-Denis · a1", "a2": "Denis Park · a2", "b1": "Ostend · b1"}


def page() -> None:
    """A page with the box alone."""
    import streamlit as st

    from geomap.dashboard.finder import CARRIED, find_place

    st.session_state.setdefault("place", None)
    names = {f"c{i:05d}": f"Place {i} · c{i:05d}" for i in range(CARRIED + 1)}
    st.write(f"chosen: {find_place('ward', 'wards', names)}")


@pytest.mark.parametrize(
    ("word", "codes"), [("denis", ["a2", "a1"]), ("ILE", ["a1"]), ("b1", ["b1"]), (" ostend ", ["b1"]), ("nowhere", [])]
)
def test_a_part_of_a_name_or_code_is_enough(word, codes):
    """Whatever its case and accents; those that begin with it come first."""
    assert matching(PLACES, word) == codes


def test_many_places_are_looked_for_instead_of_carried():
    """One match opens; several are offered, at most fifty; none is said."""
    test = AppTest.from_function(page, default_timeout=60).run()
    assert not test.selectbox
    test.text_input(key="sought").input(f"c{CARRIED:05d}").run()
    assert test.markdown[0].value == f"chosen: c{CARRIED:05d}"
    test.text_input(key="sought").input("Place 12").run()
    assert len(test.selectbox(key="fitting").options) == MATCHES
    test.selectbox(key="fitting").select("c00012").run()
    assert test.markdown[0].value == "chosen: c00012"
    test.text_input(key="sought").input("*nowhere*").run()
    assert "No ward has" in test.caption[0].value
    assert not test.exception
