"""What is asked of each different cell once is what would be said of every cell."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.intake.cells import EASY, _marked
from geomap.intake.distinct import each, stripped

CELLS = st.lists(st.sampled_from(["", " a", "a ", "7", " 7", "E05000001"]), max_size=12)


@given(cells=CELLS)
def test_each_says_what_asking_every_cell_says(cells):
    """With the rows and the name of the column, and no row at all included."""
    column = pd.Series(cells, index=range(5, 5 + len(cells)), name="said", dtype="object")
    pd.testing.assert_series_equal(stripped(column), column.str.strip())
    for ask in (lambda text: text.str.fullmatch("[0-9]+"), lambda text: text.str.len()):
        assert each(column, ask).tolist() == ask(column).tolist()


@given(cell=st.from_regex(EASY, fullmatch=True).filter(str.isascii))
@settings(max_examples=300)
def test_plain_numbers_codes_and_dates_wear_no_dress_and_are_no_mark(cell):
    """So they need not be looked at for any."""
    said = _marked(pd.Series([cell], dtype="object")).iloc[0]
    assert said["core"] == cell
    assert said["currency"] == ""
    worn = said.drop(["cell", "core", "currency", "low", "high"])
    assert not worn.any(), worn[worn.astype(bool)]
