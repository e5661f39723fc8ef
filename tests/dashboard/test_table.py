"""Tables of the screens: numbers as the reader's language writes them, a dash where there is none."""

import pyarrow as pa
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_screens import run


def shown_in(test, place: int = 0):
    """What the cells of a table show, where they do not show their number as it is."""
    styled = test.dataframe[place].proto.arrow_data.styler.display_values
    return pa.ipc.open_stream(styled).read_all().to_pandas() if styled else None


def test_a_french_table_has_its_comma_and_still_sorts_by_numbers(demo, monkeypatch):
    """What is shown is written; what is sorted is the number."""
    test = run(demo, monkeypatch, "map", layer="risk", lang="fr")
    numbers = test.dataframe[0].value["value"]
    assert shown_in(test)["value"].iloc[0] == f"{numbers.iloc[0]:.2f}".replace(".", ",")
    assert numbers.dtype == float


def test_an_english_table_is_written_by_the_browser(demo, monkeypatch):
    """Nothing more is sent."""
    assert shown_in(run(demo, monkeypatch, "map", layer="risk")) is None


def test_what_is_missing_is_a_dash(demo, monkeypatch):
    """Not the word None."""
    for screen in ("map", "protect", "data"):
        assert {one.proto.placeholder for one in run(demo, monkeypatch, screen).dataframe} == {"–"}


def test_no_heading_of_a_register_is_a_bare_column_name(demo, monkeypatch):
    """In words, in the reader's language."""
    heads = " ".join(one.proto.columns for one in run(demo, monkeypatch, "protect", lang="fr").dataframe)
    for word in ("Se r\\u00e9unit", "R\\u00f4le", "Organisation"):
        assert word in heads


def test_what_is_written_as_zero_has_no_minus():
    """The browser writes -0.004 with two digits as -0.00; a number that can be seen keeps its sign, and what is missing stays so."""

    def screen():
        import pandas as pd
        import streamlit as st

        from geomap.dashboard.table import show_table

        show_table(
            pd.DataFrame({"change": [-0.004, -0.006, None], "whole": [-0.004] * 3}),
            column_config={"change": st.column_config.NumberColumn(format="%.2f")},
        )

    shown = AppTest.from_function(screen).run().dataframe[0].value
    assert [str(one) for one in shown["change"]] == ["0.0", "-0.006", "nan"]
    assert list(shown["whole"]) == [-0.004] * 3
