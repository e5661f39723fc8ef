"""gather = "first": what is worked out, else what was published of it."""

import numpy as np
import pandas as pd

from geomap.assessment.index import run_index
from geomap.methodology.index import IndexFile
from geomap.scoring.gather import first_there

NAN = np.nan


def test_the_first_part_that_is_there_speaks():
    """A gap is passed over from left to right; where all are gaps there is none to take."""
    parts = [[1.0, 2.0, 3.0], [NAN, 2.0, 3.0], [NAN, NAN, 0.0], [NAN, NAN, NAN]]
    np.testing.assert_array_equal(first_there(parts, np.ones(3)), [1.0, 2.0, 0.0, NAN])


def test_a_published_value_stands_in_for_a_withheld_one_and_the_others_keep_their_rank():
    """South's measures are withheld; its published index of 5 ranks between north and east."""
    nodes = [
        {"id": "own", "of": ["a", "b"], "gather": "sum", "missing": "propagate", "reason": "Both count alike."},
        {"id": "index", "of": ["own", "known"], "gather": "first", "missing": "ignore", "reason": "South is published only as a whole."},
        {"id": "place", "of": ["index"], "steps": [{"step": "rank"}], "reason": "1 is the highest."},
    ]
    recipe = IndexFile.read(
        {"index": {"name": "toy", "title": "Toy", "key": "ward", "reason": "A toy."}, "node": nodes}, where="a toy index"
    )
    table = pd.DataFrame({"ward": ["north", "south", "east"], "a": ["4", "", "1"], "b": ["4", "2", "1"], "known": ["", "5", "9"]})
    found = run_index(recipe, table).places
    assert found["index"].tolist() == [8, 5, 2]
    assert found["place"].tolist() == [1, 2, 3]
