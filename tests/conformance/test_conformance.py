"""Each shipped index file gives what its publisher published, and notices an error written into it."""

import pytest

from tests.conformance.case import Case, recipe_of, run, with_error
from tests.conformance.cases import CASES


def told(case: Case) -> str:
    """The name of a case among the tests."""
    return f"{case.index}-{case.title}".replace(" ", "-")


@pytest.mark.slow  # make conformance runs the same cases and fails where one does
@pytest.mark.parametrize("case", CASES, ids=told)
def test_a_published_index_is_reproduced(case: Case) -> None:
    """Every cell that is compared is within its tolerance, and no more than the named places are left out."""
    if not case.there:
        pytest.skip(f"{case.files} are not here; set GEOMAP_SHARED to the folder that holds data/.")
    wrong = {outcome.check.ours: outcome.differ for outcome in run(case, recipe_of(case)) if not outcome.holds}
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "error"),
    [(case, error) for case in CASES for error in case.planted],
    ids=lambda part: part if isinstance(part, str) else told(part),
)
def test_an_error_in_the_file_is_noticed(case: Case, error: str) -> None:
    """A wrong weight or tie rule moves at least one cell out of its tolerance."""
    if not case.there:
        pytest.skip(f"{case.files} are not here; set GEOMAP_SHARED to the folder that holds data/.")
    assert any(not outcome.holds for outcome in run(case, with_error(case, case.planted[error])))


def test_every_shipped_index_has_a_case() -> None:
    """No file is shipped that nothing holds to its publisher's numbers."""
    from geomap.methodology.published import names

    assert {case.index for case in CASES} == set(names())
