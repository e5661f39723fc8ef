"""A workspace's methodology on a table gives what the workspace itself gives, when the table is its own baseline."""

import pandas as pd
import pytest

from geomap.assessment.as_index import as_index
from geomap.assessment.index import run_index
from tests.assessment.test_journey import STRAIN, assessed
from tests.conftest import ROOT

SAME_YEAR = {"name": "toy", "title": "Toy city", "version": "1", "period": "2025", "baseline": "2025", "levels": ["wards", "districts"]}
ROLES = [{"id": "risk", "title": "Risk", "up": "worse", "of": ["strain"], "reason": "Because."}, {"id": "calm", "title": "Calm", "up": "better", "combine": "geometric", "of": ["risk", "strain"], "reason": "Because."}]  # fmt: skip


@pytest.mark.parametrize(
    "scale", [{"low": 0, "high": 100}, {"method": "fixed", "low": 5, "high": 60}, {"method": "z"}, {"method": "percentile"}]
)
def test_the_table_of_an_edition_gives_its_scores(scale):
    """Every way to scale, turned and lifted parts, and gaps."""
    found = assessed(STRAIN, methodology=SAME_YEAR, scale={**scale, "reason": "Because."}, index=ROLES).assessment
    from tests.toy import methodology

    recipe = methodology(STRAIN, methodology=SAME_YEAR, scale={**scale, "reason": "Because."}, index=ROLES)
    table = pd.DataFrame({"score": found.numbers["score"]["value"]}).astype("str").replace("nan", "").rename_axis("code").reset_index()
    made = run_index(as_index(recipe), table, key="code").places
    for node in ("strain", "risk", "calm"):
        assert made[node].to_numpy() == pytest.approx(found.numbers[node]["value"].reindex(made.index).to_numpy(), nan_ok=True)


def test_the_demonstration_citys_methodology_is_an_index_too():
    """One node for each indicator, domain and index."""
    from geomap.methodology.read import read_methodology

    recipe = read_methodology(ROOT / "methodology.toml")
    nodes = {node.id for node in as_index(recipe).node}
    assert {whole.id for whole in (*recipe.domain, *recipe.index)} <= nodes
    assert {f"score_{indicator.id}" for indicator in recipe.at(recipe.methodology.levels[0])} <= nodes


@pytest.mark.parametrize("way", ["arithmetic", "geometric", "harmonic", "scaled_geometric", "max", "min"])
def test_every_way_to_combine_becomes_a_node(way):
    """What weighs nothing has no weights, what needs all parts says so."""
    from tests.toy import methodology

    index = [{"id": "risk", "title": "Risk", "up": "worse", "of": ["strain"], "combine": way, "reason": "Because."}]
    assert "risk" in {node.id for node in as_index(methodology(STRAIN, methodology=SAME_YEAR, index=index)).node}
