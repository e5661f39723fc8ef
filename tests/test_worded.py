"""Sentences that are made in English: what fills a gap is text, whatever is in it."""

import pandas as pd

from geomap.worded import worded, worded_each


def test_what_fills_a_gap_is_never_read_as_one():
    """A title may hold braces."""
    assert worded("'{title}' of {count}", title="{count}", count=3) == "'{count}' of 3"
    each = worded_each("with {titles} ({own})", pd.Series(["0.1", "0.9"]), titles="{own} {x}")
    assert each.tolist() == ["with {own} {x} (0.1)", "with {own} {x} (0.9)"]
