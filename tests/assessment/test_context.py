"""An issue beside a condition: what goes together, what only seems to, and what is said at other levels."""

import numpy as np
import pytest

from geomap.assessment.context import context
from geomap.errors import EditionError
from geomap.views.context import ASSOCIATION, as_data, in_words, residual_map, scatter
from tests.assessment.grid import squares
from tests.views.test_explanation import FORBIDDEN

SIDE = 14


def test_what_goes_together_is_found_with_its_slope():
    """Issue = ½ condition + noise: the slope in standard deviations is theirs, and the residual has no slope left."""
    rng = np.random.default_rng(1)
    condition = rng.standard_normal(SIDE**2)
    issue = 0.5 * condition + rng.standard_normal(SIDE**2)
    found = context(squares(SIDE, issue=issue, condition=condition), "issue", "condition")
    assert found.relation.r.low < 0.5 / np.sqrt(1.25) < found.relation.r.high
    assert found.relation.slope == pytest.approx(0.5 / np.sqrt(1.25), abs=0.15)
    assert found.relation.r.r == pytest.approx(np.corrcoef(issue, condition)[0, 1])
    assert abs(np.corrcoef(found.places["residual"], condition)[0, 1]) < 0.1
    assert found.relation.r.p < 1e-6


def test_the_other_level_may_say_otherwise():
    """Within blocks the two run against each other, between them together: both are told, and that it depends."""
    rng = np.random.default_rng(2)
    block = np.add.outer(np.arange(SIDE) // 2 * 7, np.arange(SIDE) // 2).ravel()
    between = rng.standard_normal(49)
    within = rng.standard_normal(SIDE**2)
    fine = squares(SIDE, issue=0.3 * between[block] - within, condition=0.3 * between[block] + within + 0.3 * rng.standard_normal(SIDE**2))
    coarse = squares(7, level="blocks", issue=between, condition=between + 0.1 * rng.standard_normal(49))
    found = context(fine, "issue", "condition", [fine, coarse])
    assert (found.relation.sign, [one.sign for one in found.others]) == (-1, [1])
    assert "It depends on which areas are taken" in in_words(found)
    assert "Among 49 blocks" in in_words(found)


def test_the_sentence_goes_with_everything():
    """Words, data, map and drawing all say that it is association; no word claims more."""
    city = squares(6, issue=np.arange(36.0), condition=np.arange(36.0) ** 1.1)
    found = context(city, "issue", "condition")
    for said in (in_words(found), as_data(city, found)["note"], residual_map(city, found).legend_note, scatter(city, found)):
        assert ASSOCIATION in said
        assert not FORBIDDEN.search(said.replace(ASSOCIATION, ""))


def test_names_from_data_stay_text_in_the_drawing():
    """A title with markup is shown, not run; nothing is styled in an attribute, which the page's policy refuses."""
    city = squares(6, **{"<script>alert(1)</script>": np.arange(36.0), "condition": np.arange(36.0)[::-1] ** 1.2})
    drawing = scatter(city, context(city, "<script>alert(1)</script>", "condition"))
    assert "<script" not in drawing.lower()
    assert "style=" not in drawing
    assert drawing.count("<circle") == 36


@pytest.mark.parametrize(
    ("numbers", "said"),
    [({"condition": np.full(36, 2.0)}, "does not vary"), ({"condition": np.r_[1.0, 2.0, np.full(34, np.nan)]}, "Only 2 squares")],
)
def test_too_little_to_say_anything(numbers, said):
    """It is said, and no line is drawn."""
    with pytest.raises(EditionError, match=said):
        context(squares(6, issue=np.arange(36.0), **numbers), "issue", "condition")


def test_a_number_beside_itself_is_refused():
    """It would go together perfectly, and say nothing."""
    with pytest.raises(EditionError, match="itself"):
        context(squares(6, issue=np.arange(36.0)), "issue", "issue")
