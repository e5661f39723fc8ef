"""Toronto's recorded hate crimes: how many years are taken together, and what may then be shown."""

import pytest

from geomap.assessment.estimate import estimate
from geomap.indicators.rate import Rate
from geomap.workspace.workspace import open_workspace
from tests.workspaces.lay import SHARED, lay

LEVEL = "neighbourhoods-158"


@pytest.fixture(scope="module")
def toronto(tmp_path_factory):
    """Its workspace."""
    if not (SHARED / "data/toronto/incident/hate_crimes_records.csv").is_file():
        pytest.skip("Toronto's open data do not lie beside this repository")
    return open_workspace(lay("toronto", tmp_path_factory.mktemp("toronto")))


def test_five_years_are_taken_together_and_it_is_said_that_many_stay_small(toronto):
    """By the usual rule no five years suffice; but of 158 neighbourhoods 50 are withheld where 95 are in 2024 alone."""
    hate = next(one for one in toronto.methodology.indicator if one.id == "hate_crime")
    rule = toronto.methodology.disclosure.rule()
    bare = hate.measure.model_dump() | {"window_years": 0, "years": 1.0}

    def estimated(**pool):
        measure = Rate.read(bare | {"pool": {"most": 5} | pool}, where="rate")
        return estimate(hate.model_copy(update={"measure": measure}), toronto.sources, LEVEL, rule)

    usual, single = estimated(), estimated(least=5, share=0.99)
    assert (usual.years, single.years) == ((2020, 2021, 2022, 2023, 2024), (2024,))
    assert "so they do in these" in " ".join(usual.notes)
    assert [int((found.table["status"] == "suppressed").sum()) for found in (single, usual)] == [95, 50]
