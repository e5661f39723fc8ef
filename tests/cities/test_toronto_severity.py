"""Toronto's recorded hate crimes by the weight of their offence. The weights are an example made for this test: Toronto publishes none."""

from dataclasses import replace

import pandas as pd
import pytest

from geomap.assessment.estimate import Estimate, estimate
from geomap.indicators.severity import Severity
from geomap.workspace.workspace import Workspace, open_workspace
from tests.toy import layer
from tests.workspaces.lay import SHARED, lay

LEVEL = "neighbourhoods-158"
EXAMPLE = {
    "Mischief Under $5000": 5, "Assault": 60, "Uttering Threats - Bodily Harm": 20, "Assault With a Weapon": 200, "Criminal Harassment": 30,
    "Mischief Interfere With Property": 10, "Murder": 5_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def toronto(tmp_path_factory):
    """Its workspace."""
    if not (SHARED / "data/toronto/incident/hate_crimes_records.csv").is_file():
        pytest.skip("Toronto's open data do not lie beside this repository")
    return open_workspace(lay("toronto", tmp_path_factory.mktemp("toronto")))


def estimated(city: Workspace, offences: list[str], sensitivity: str = "counts") -> Estimate:
    """The severity of these offences in eleven years, if their layer is of that sensitivity."""
    hate, card = next(one for one in city.methodology.indicator if one.id == "hate_crime"), city.layers["hate-crimes"].card
    words = hate.measure.model_dump(include={"layer", "per", "scale", "years", "window_years"}) | {"kind": "PRIMARY_OFFENCE"}
    measure = Severity.read(words | {"weights": {"layer": "harm"}, "where": {"PRIMARY_OFFENCE": offences}}, where="severity")
    table = pd.DataFrame({"kind": list(EXAMPLE), "weight": list(EXAMPLE.values())})
    told = replace(city.layers["hate-crimes"], card=card.model_copy(update={"sensitivity": sensitivity}))
    sources = replace(city.sources, layers={**city.layers, "hate-crimes": told, "harm": layer("harm", table, kind="register", places=None)})
    return estimate(hate.model_copy(update={"measure": measure}), sources, LEVEL, city.methodology.disclosure.rule())


def weighed(city: Workspace, offences: list[str]) -> pd.DataFrame:
    """By plain sums over the records, per place: the weight and the number of events."""
    table = city.layers["hate-crimes"].table
    rows = table[table["PRIMARY_OFFENCE"].isin(offences)]
    rows = rows.assign(weight=rows["PRIMARY_OFFENCE"].map(EXAMPLE))
    return rows.groupby(rows["hood_158"].astype(str))["weight"].agg(["sum", "size"])


def test_open_records_are_weighed_one_by_one(toronto):
    """Were they open, each place would show the sum of the weights of its records."""
    found, true = estimated(toronto, list(EXAMPLE), "open").table, weighed(toronto, list(EXAMPLE)).reindex
    shown = found[found["value"] > 0]
    people = toronto.layers["profile-2021"].table.set_index(toronto.layers["profile-2021"].card.places.field)["population"]
    people.index = people.index.astype(str)
    assert len(shown) == 154
    assert (shown["value"] * people[shown.index] * 11 / 10_000).to_numpy() == pytest.approx(true(shown.index)["sum"].to_numpy(), rel=1e-6)
    assert shown["n"].tolist() == true(shown.index)["size"].tolist()


@pytest.mark.parametrize(("kinds", "shown"), [(7, 6), (2, 42)])
def test_few_offences_show_more_than_many(toronto, kinds, shown):
    """Of 158 places six show a sum of seven offences, 42 that of the two most recorded; of the others the band holds the truth."""
    offences = list(EXAMPLE)[:kinds]
    found = estimated(toronto, offences).table
    hidden = found[found["status"] == "suppressed"]
    bare = estimated(toronto, offences, "open").table.loc[hidden.index]
    assert len(found) - len(hidden) == shown
    assert hidden[["value", "n"]].isna().all(axis=None)
    assert ((hidden["low"] <= bare["value"] * (1 + 1e-6)) & (bare["value"] <= hidden["high"] * (1 + 1e-6))).all()
