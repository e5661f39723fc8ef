"""London from open data: joins, missing data, and two outside indices that our domains should agree with."""

import pandas as pd
import pytest

from geomap.assessment.assessment import Assessment
from geomap.workspace.check import check
from geomap.workspace.workspace import Workspace
from tests.cities.real import laid

CITY_OF_LONDON = "E09000001"
IMD = "layers/imd-2025/imd2025_lsoa21.csv"


@pytest.fixture(scope="module")
def london(tmp_path_factory) -> Workspace:
    """The workspace with its edition."""
    return laid("london", tmp_path_factory.mktemp("london"))


@pytest.fixture(scope="module")
def lsoa(london) -> Assessment:
    """The 4,994 small areas."""
    return london.latest_edition().level("lsoa-2021")


@pytest.fixture(scope="module")
def borough(london) -> Assessment:
    """The 33 boroughs."""
    return london.latest_edition().level("borough-2022")


def test_both_levels_are_whole(lsoa, borough):
    """4,994 small areas of 2021 and 33 boroughs, each with its name, each small area in a borough."""
    assert (len(lsoa.places), len(borough.places)) == (4994, 33)
    assert lsoa.places["parent"].isin(borough.places.index).all()
    assert lsoa.places["name"].is_unique


def test_at_least_the_layers_that_were_asked_for(borough):
    """Three socioeconomic numbers, offences and hate crime, trust, and four kinds of protective assets."""
    counts = pd.Series([node.domain for node in borough.of_kind("indicator")]).value_counts()
    assert counts["socioeconomic"] >= 3
    assert counts["incidents"] >= 2
    assert counts["trust"] >= 1
    assert counts["assets"] >= 4


@pytest.mark.parametrize(("domain", "outside", "least"), [("socioeconomic", "IMD_score", 0.8), ("incidents", "Crime_score", 0.5)])
def test_our_domains_agree_with_the_english_indices(london, lsoa, domain, outside, least):
    """Spearman's correlation with the Indices of Deprivation 2025 is high, though made from other parts (offences: from other years)."""
    imd = pd.read_csv(london.path / IMD, dtype={"lsoa21_code": str}).set_index("lsoa21_code")
    pair = pd.DataFrame({"ours": lsoa.numbers[domain]["value"], "theirs": imd[outside]}).dropna()
    assert len(pair) > 4900
    assert pair.rank().corr().iloc[0, 1] > least


def test_the_city_of_london_is_missing_where_nobody_reported_and_never_zero(lsoa, borough):
    """No Met Police and no survey there: missing numbers, no pressure, no rank."""
    for assessment, here in ((borough, [CITY_OF_LONDON]), (lsoa, lsoa.places.index[lsoa.places["parent"] == CITY_OF_LONDON])):
        for node in ("violence", "trust_police", "incidents", "pressure", "risk", "resilience"):
            rows = assessment.numbers[node].loc[here]
            assert rows["value"].isna().all(), node
            assert rows["status"].isin(["missing", "not_collected"]).all(), node
        assert assessment.numbers["risk"].loc[here, ["rank", "rank_low", "rank_high"]].isna().all(axis=None)


def test_the_city_still_has_what_is_known_of_it(borough):
    """Deprivation and libraries are known there, so those numbers stand."""
    assert borough.numbers["socioeconomic"].at[CITY_OF_LONDON, "status"] == "value"
    assert borough.numbers["assets"].at[CITY_OF_LONDON, "status"] == "value"


def test_offences_keep_their_total_through_the_lookup(london, lsoa):
    """What was recorded by small areas of 2011 is what the areas of 2021 hold, but for the City, where the table has no row."""
    layer = london.layers["offences"]
    column = next(indicator.measure.events for indicator in london.methodology.indicator if indicator.measure.layer == "offences")
    rows = layer.table[list(column)].to_numpy().sum()
    node = next(indicator.id for indicator in london.methodology.indicator if indicator.measure.layer == "offences")
    assert lsoa.numbers[node]["n"].sum() == pytest.approx(rows, rel=1e-6)


def test_every_row_is_accounted_for(london):
    """Rows are matched or counted by reason, in every layer, and nothing stops the build."""
    found = check(london)
    assert found.faults == ()
    for record in found.joins:
        assert record["rows"] == record["matched"] + sum(record["unmatched"].values()), record["layer"]
    rows = {record["layer"]: (record["rows"], record["matched"]) for record in found.joins}
    assert rows["offences"] == (4829, 4829)
    assert rows["imd-2025"] == (4994, 4994)
    assert rows["hate-crime"] == (42880, 42880)


def test_trust_by_small_area_says_that_it_is_the_boroughs(lsoa):
    """The survey knows boroughs only: each small area shows its borough's value and says so."""
    shown = lsoa.numbers["trust_police"].dropna(subset=["value"])
    assert shown["flags"].str.contains("value of its borough").all()
    assert shown["value"].nunique() <= 32


def test_ranks_of_thousands_of_places_have_sets(lsoa):
    """Every ranked place's rank lies in its set, and most sets hold more than one rank."""
    risk = lsoa.numbers["risk"].dropna(subset=["rank"])
    assert ((risk["rank_low"] <= risk["rank"]) & (risk["rank"] <= risk["rank_high"])).all()
    assert (risk["rank_low"] < risk["rank_high"]).mean() > 0.9
