"""Years are taken together where counts are small: which, why, against how many people, and never so that a few people are told."""

from dataclasses import dataclass

import pandas as pd
import pytest
from scipy.stats import chi2

from geomap.assessment.estimate import estimate
from geomap.assessment.journey import assess
from geomap.assessment.pooling import without_years
from geomap.disclosure.gate import Rule
from geomap.disclosure.ledger import Ledger
from geomap.editions.data_differences import year_differences
from geomap.errors import DisclosureError, LayerError, MethodologyError
from geomap.indicators.sources import Sources
from geomap.methodology.recipe import Methodology
from geomap.workspace.publish import demand_silent
from geomap.workspace.release import release_of
from tests.toy import layer, methodology, residents, sources

PER = {"layer": "residents", "field": "people"}
YEARLY = {"castle": 4, "market": 6, "harbour": 12, "mill": 20, "station": 30}
RULE = Rule(threshold=5, survey_base=30)


def incidents(yearly=YEARLY, years=range(2019, 2026), **said):
    """So many records in each ward in each of the years."""
    rows = [(ward, f"{year}-06-01") for year in years for ward, count in yearly.items() for _ in range(count)]
    table = pd.DataFrame(rows, columns=["ward", "when"]).assign(when=lambda some: pd.to_datetime(some["when"]))
    return layer("incidents", table, **{"kind": "incidents", "date_field": "when", "sensitivity": "counts", "period": "2019/2025"} | said)


def rate(pool, **said):
    """A rate per 1,000 that pools by *pool*."""
    return {"id": "threats", "title": "Threats", "measure": {"measure": "rate", "layer": "incidents", "per": PER, "pool": pool} | said}


def estimated(pool, *layers, level="wards", period="2025", **said):
    """The estimate of that rate."""
    indicator = methodology(rate(pool, **said)).indicator[0]
    return estimate(indicator, sources(*(layers or (incidents(), residents())), period=period), level, RULE)


def test_the_fewest_years_that_make_counts_large_enough_are_taken():
    """Castle 4, 8, 12 and market 6, 12: with one place of six under ten allowed (the park has nobody) two years do, with none allowed three."""
    assert estimated({"share": 0.2}).years == (2024, 2025)
    assert estimated({"share": 0.0}).years == (2023, 2024, 2025)
    assert estimated({"least": 5, "share": 0.2}).years == (2025,)


def test_the_rate_is_events_by_person_years_with_the_interval_of_their_sum():
    """Market: 6 events in each of two years among 2,000 people are 3 a year per 1,000; Garwood's limits of 12, by 4,000 person-years."""
    market = estimated({}).table.loc["market"]
    assert (market["value"], market["n"]) == (3.0, 12)
    assert market["low"] == pytest.approx(chi2.ppf(0.025, 24) / 2 / 4)
    assert market["high"] == pytest.approx(chi2.ppf(0.975, 26) / 2 / 4)


def test_every_number_says_its_years_and_the_indicator_why():
    """In the flag (a column of every export), in the period and in what must be read; the method says the rule."""
    found = assess(sources(incidents(), residents()), methodology(rate({})), "wards").assessment
    node, flags = found.node("threats"), found.numbers["threats"]["flags"]
    assert flags["market"] == "years together: 2024–2025"
    assert flags["park"] == "no one to count against"
    assert without_years(flags, (2024, 2025))["market"] == ""
    assert (node.period, node.years) == ("2024–2025", (2024, 2025))
    assert "in fewer years more than 20 % of the places have fewer than 10 events." in " ".join(node.caveats)
    assert "as many years together (up to 5) as it takes" in node.method
    assert found.wide()["threats_flags"]["market"] == "years together: 2024–2025"


def test_where_no_number_of_years_suffices_it_is_said():
    """Two events a year stay under ten in three years."""
    found = estimated({"most": 3, "share": 0.0}, incidents({"castle": 2, "station": 40}), residents())
    assert found.years == (2023, 2024, 2025)
    assert "so they do in these, but no more years are taken." in " ".join(found.notes)


def test_years_that_the_layer_does_not_hold_are_never_counted_as_none():
    """2022 is not there: a year before it would make a false zero, so two years are all there are."""
    found = estimated({"share": 0.0}, incidents(years=(2020, 2021, 2023, 2024)), residents(), period="2024")
    assert found.years == (2023, 2024)
    with pytest.raises(LayerError, match="holds no row of 2025"):
        estimated({}, incidents(years=(2020, 2021)), residents())


def test_people_are_those_of_each_year_where_the_layer_tells_them():
    """1,000 people in 2024 and 3,000 in 2025 are 4,000 person-years for the 12 events of market."""
    people = [(ward, year, 1_000 + 2_000 * (year == 2025)) for ward in YEARLY for year in (2024, 2025)]
    by_year = layer("residents", pd.DataFrame(people, columns=["ward", "year", "people"]), period_field="year", period="2024/2025")
    assert estimated({}, incidents(), by_year).table.loc["market", "value"] == 3.0


def test_counts_by_year_in_a_table_are_pooled_by_their_column_of_periods():
    """A ward that the table does not list in one of the years has no sum, rather than too small a one."""
    rows = [(ward, f"{year}", count) for year in (2023, 2024, 2025) for ward, count in YEARLY.items() if (ward, year) != ("mill", 2024)]
    table = pd.DataFrame(rows, columns=["ward", "year", "number"])
    counts = layer("incidents", table, period_field="year", period="2023/2025", sensitivity="counts")
    found = estimated({"share": 0.25}, counts, residents(), events=["number"])
    assert found.years == (2024, 2025)
    assert found.table.loc["market", "n"] == 12
    assert found.table.loc["mill", "status"] == "missing"


def test_all_levels_take_the_same_years():
    """Districts have large counts in one year, but their numbers are sums of the wards'."""
    assert estimated({}, level="districts").years == (2024, 2025)
    assert estimated({}, level="districts").table.loc["up", "n"] == 20


def test_standardised_measures_pool_too():
    """One band of everybody: the ratio of two years is that of events to those expected in two years; the direct rate is the crude one."""
    bands = {"bands": ["age"], "per": PER}
    everybody = layer("residents", pd.DataFrame({"ward": list(YEARLY), "age": "all", "people": [1000, 2000, 4000, 5000, 10000]}))
    records = incidents(sensitivity="open")
    records = layer("incidents", records.table.assign(age="all"), kind="incidents", date_field="when", period="2019/2025")
    ratio = estimated({}, records, everybody, measure="standardised_ratio", **bands)
    direct = estimated({}, records, everybody, measure="standardised_rate", **bands)
    assert ratio.years == direct.years == (2024, 2025)
    assert ratio.table.loc["market", "value"] == pytest.approx(100 * 3 / (72 / 22))
    assert direct.table.loc["market", "value"] == pytest.approx(3.0)


WEIGHED = {"measure": "severity", "weights": {"layer": "harm"}}


def weighed(yearly=YEARLY, grave=0):
    """Those incidents as threats that weigh 2, and *grave* assaults in castle in 2024, which weigh 50 by an example; with people and weights."""
    layers = [incidents(yearly), incidents({"castle": grave}, years=(2024,))]
    table = pd.concat([one.table.assign(kind=kind) for one, kind in zip(layers, ("threat", "assault"), strict=True)], ignore_index=True)
    records = layer("incidents", table, kind="incidents", date_field="when", sensitivity="counts", period="2019/2025")
    return records, layer("harm", "kind | weight\n threat | 2\n assault | 50", kind="register", places=None), residents()


def severity(pool):
    """Severity that pools by *pool*."""
    return {**rate(None), "measure": {**rate(pool)["measure"], **WEIGHED}}


def test_weighted_sums_take_years_together_too():
    """Castle: 8 threats and 6 assaults of two years weigh 316 among 2,000 person-years; the method says the rule."""
    indicator = methodology(severity({"least": 5, "share": 0.1})).indicator[0]
    told = sources(*weighed(grave=6))
    found = estimate(indicator, told, "wards", RULE)
    assert found.years == (2024, 2025)
    assert found.table.loc["castle", ["value", "n"]].tolist() == [158.0, 14.0]
    assert "as many years together (up to 5) as it takes" in indicator.measure.sentence(told)


def test_the_ledger_holds_the_years_of_a_weighted_sum_kind_by_kind():
    """Eight threats of two years in castle, and of its assaults the band."""
    city = City(methodology(severity({"least": 5, "share": 0.1})), sources(*weighed(grave=3)))
    entries = release_of(city, [assess(city.sources, city.methodology, "wards").assessment], "e").entries
    of_castle = entries[entries["place"] == "castle"]
    assert set(of_castle["since"] + of_castle["until"]) == {"2024-01-012025-12-31", "2025-01-012025-12-31"}
    castle = of_castle[of_castle["since"] == "2024-01-01"].set_index("where")
    assert castle.loc['{"kind": ["threat"]}', ["low", "high"]].tolist() == [8, 8]
    assert castle.loc['{"kind": ["assault"]}', ["low", "high"]].tolist() == [1, 4]


def test_kinds_within_the_band_change_no_number_and_no_year():
    """One or four grave ones in castle: the same table, words and years."""
    indicator = methodology(severity({"least": 5, "share": 0.1})).indicator[0]
    one, other = (estimate(indicator, sources(*weighed(grave=count)), "wards", RULE) for count in (1, 4))
    pd.testing.assert_frame_equal(one.table, other.table)
    assert (one.notes, one.years) == (other.notes, other.years)


@pytest.mark.parametrize("said", [{"window_years": 2}, {"years": 2.0}, {"since": "2024-01-01"}], ids=str)
def test_years_are_chosen_in_one_way(said):
    """Who pools does not also say which years."""
    with pytest.raises(Exception, match="pool chooses the years by itself"):
        methodology(rate({}, **said))


def test_a_layer_without_years_cannot_be_pooled():
    """Nothing tells the years apart."""
    with pytest.raises(MethodologyError, match="names neither geomap:date_field nor geomap:period_field"):
        estimated({}, incidents(date_field=None), residents())


def test_the_choice_of_years_may_not_hang_on_counts_that_are_withheld():
    """Counts under 5 are withheld, so years cannot be taken until counts reach 3."""
    with pytest.raises(MethodologyError, match="Write least = 5 or more"):
        estimated({"least": 3})


def test_records_within_the_band_change_no_number_and_no_year():
    """One or four records in castle in the pooled years: every byte is the same."""
    tables = [estimated({"share": 0.3}, incidents(YEARLY | {"castle": count}, years=(2025,)), residents()) for count in (1, 4)]
    pd.testing.assert_frame_equal(tables[0].table, tables[1].table)
    assert (tables[0].notes, tables[0].years) == (tables[1].notes, tables[1].years)


@dataclass(frozen=True)
class City:
    """As much of a workspace as tells what an edition of it publishes."""

    methodology: Methodology
    sources: Sources


def released(name, pool=None, **said):
    """What an edition with that rate publishes."""
    measure = rate(pool, **said) if pool is not None else rate(None, **said)
    city = City(methodology(measure), sources(incidents(), residents()))
    return release_of(city, [assess(city.sources, city.methodology, level).assessment for level in ("wards", "districts")], name)


def test_the_ledger_holds_the_years_that_were_pooled():
    """From the first day of the first to the last of the last, though the edition is of 2025; and the one year that was too short, of which only that is told."""
    entries = released("e", {}).entries
    assert set(entries["until"]) == {"2025-12-31"}
    both, one = (entries[entries["since"] == f"{year}-01-01"].set_index("place")["low"] for year in (2024, 2025))
    assert len(both) + len(one) == len(entries)
    assert both["market"] == 12
    assert one["market"] < 12


def test_pooled_years_less_a_year_published_before_are_refused():
    """Three years of castle (12) less the two that were published (8) would tell the four of 2023."""
    before = Ledger((released("two years", {}),))
    demand_silent(before, released("two years again", {}))
    with pytest.raises(DisclosureError, match="tell on few people"):
        demand_silent(before, released("three years", {"share": 0.0}))


def test_another_number_of_years_is_not_compared_and_shared_years_are_bridged():
    """Two years against one is grade C; 2023–2024 against 2024–2025 is B, with the reason."""

    def edition(pool, period):
        heading = {"name": "toy", "title": "Toy", "version": "1", "period": period, "baseline": period, "levels": ["wards", "districts"]}
        return assess(sources(incidents(), residents(), period=period), methodology(rate(pool), methodology=heading), "wards").assessment

    two, later, one = edition({}, "2024"), edition({}, "2025"), edition({"least": 5}, "2025")
    assert [(each.effect, each.nodes) for each in year_differences(two, one)] == [("break", ("threats",))]
    bridged = next(iter(year_differences(two, later)))
    assert (bridged.effect, "1 year(s) are in both" in bridged.sentence) == ("bridge", True)
    assert not list(year_differences(later, later))


def test_the_change_from_a_baseline_of_fewer_years_is_not_shown():
    """The baseline 2024 has one large year more than the period needs: what cannot be compared is left open."""
    rows = [
        (ward, f"{year}-06-01")
        for year, times in ((2023, 1), (2024, 5), (2025, 1))
        for ward, count in YEARLY.items()
        for _ in range(count * times)
    ]
    table = pd.DataFrame(rows, columns=["ward", "when"]).assign(when=lambda some: pd.to_datetime(some["when"]))
    records = layer("incidents", table, kind="incidents", date_field="when", sensitivity="counts", period="2023/2025")
    heading = {"name": "toy", "title": "Toy", "version": "1", "period": "2025", "baseline": "2024", "levels": ["wards", "districts"]}
    found = assess(sources(records, residents()), methodology(rate({}), methodology=heading), "wards").assessment
    assert found.node("threats").years == (2024, 2025)
    assert found.numbers["threats"]["previous"].isna().all()
