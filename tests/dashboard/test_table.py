"""Tables of the screens: numbers as the reader's language writes them, a dash where there is none."""

import pyarrow as pa

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
