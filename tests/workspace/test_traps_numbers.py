"""The traps of real files that are about numbers, categories, surveys and rasters: the raw file through add, with the answers a person would give.

trap → test. The curated tables are those of the open data; where none is shared, the trap is tested on what is there, which the docstring says.
"""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.assessment.directions import against
from geomap.boundaries.cells import cells_within
from geomap.errors import IntakeError
from geomap.indicators.rate import Rate
from geomap.intake.rasters import take_raster
from geomap.layers.read import read_layer
from geomap.methodology.parts import Indicator
from geomap.scoring.scale import Ruler, fit_scale
from geomap.workspace.add import add_file
from geomap.workspace.answers import Answers
from geomap.workspace.begin import begin
from geomap.workspace.overlapping import summed_twice
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.shared import shared
from tests.workspace.test_add import fill
from tests.workspace.traps import copy, curated, hand_in, settled

LONDON, TORONTO, EDMONTON, RASTERS = ("data", "london"), ("data", "toronto"), ("data", "edmonton"), ("data", "rasters")
CRIME = (*LONDON, "raw", "crime")
TRAPS = {
    "PAS: separator, decimal comma, dates": "test_trust_by_borough_equals_the_curated_table",
    "income in Latin-1 pounds": "test_ward_income_in_latin_1_keeps_its_pounds",
    "borough profiles: totals, three kinds of missing": "test_borough_profiles_equal_their_source_without_its_totals",
    "Toronto profiles, transposed": "test_transposed_profiles_equal_the_curated_tables",
    "IMD 2019: numerators that are not there": "test_numerators_that_the_source_withholds_stay_unknown",
    "sexual offences are 0 everywhere": "test_offences_that_are_zero_in_every_cell_are_told",
    "two extracts of one crime table": "test_renamed_categories_of_two_extracts_are_told_with_the_fall_they_fake",
    "nested strands of hate": "test_strands_that_overlap_are_never_summed",
    "crime where few live": "test_violence_where_few_live_does_not_press_the_others_together",
    "Edmonton: 12-month average, census sum": "test_what_edmonton_says_of_itself_is_kept_and_doubted",
    "small counts": "test_small_counts_of_toronto_are_told_and_withheld",
    "direction": "test_a_rank_whose_first_is_worst_runs_against_its_score",
    "Somerville": "test_somerville_is_refused_word_by_word_and_read_with_what_a_person_says",
}


@pytest.fixture(scope="module")
def boroughs(tmp_path_factory):
    """London's boroughs."""
    return settled(tmp_path_factory.mktemp("boroughs") / "city", (*LONDON[1:], "boundaries", "borough_2022.gpkg"))


def test_trust_by_borough_equals_the_curated_table(boroughs, tmp_path):
    """One borough in two spellings by dress; City of Westminster waits in the card for a person; the City of London has no row and stays missing."""
    taken = hand_in(shared(*LONDON, "raw", "trust", "PAS_buroughs.csv"), copy(boroughs, tmp_path), Answers(by_name=True))
    assert taken.card["geomap:names"]["pairs"] == {"City of Westminster": "E09000033"}
    assert "1 of 33 places have no row: their value is missing, not zero. They are 'E09000001'" in taken.told
    table, theirs = taken.layer.table, curated("london", "trust", "pas_trust_confidence_borough_quarterly.csv")
    mine = pd.DataFrame({"date": table["Date"].astype(str), "LAD22CD": table["code"], "Measure": table["Measure"].str.replace('"', ""),
                         "Proportion": table["Proportion"], "MPS": table["MPS"]})  # fmt: skip
    keys = ["date", "LAD22CD", "Measure"]
    mine, theirs = (frame.sort_values(keys, ignore_index=True) for frame in (mine, theirs[[*keys, "Proportion", "MPS"]]))
    assert mine[keys].astype(str).equals(theirs[keys].astype(str))
    assert np.array_equal(mine[["Proportion", "MPS"]].astype(float), theirs[["Proportion", "MPS"]].apply(pd.to_numeric), equal_nan=True)


@pytest.mark.slow
def test_hate_crime_by_borough_equals_the_curated_table(boroughs, tmp_path):
    """Aviation Security is no borough, by the blank beside it in the card; every month and strand is the curated one."""
    path = shared(*CRIME, "Monthly Crime Other Crime Borough Level Off Type.csv")
    taken = hand_in(path, copy(boroughs, tmp_path), Answers(by_name=True), sensitivity="counts")
    assert taken.card["geomap:names"]["pairs"] == {"Aviation Security(SO18)": ""}
    table, theirs = taken.layer.table, curated("london", "incident", "hate_crime_monthly_borough.csv")
    months = [name for name in table if name.isdigit()]
    own = table[table["code"].str.startswith("E09")]
    mine = own.groupby(["code", "MinorText"])[months].sum().stack()  # noqa: PD013  both keys are in the index
    wanted = theirs.assign(count=pd.to_numeric(theirs["count"])).groupby(["LAD22CD", "MinorText", "month"])["count"].sum()
    assert mine.reindex(wanted.index).astype(float).tolist() == wanted.astype(float).tolist()
    small = (wanted < 5).sum()
    assert (len(wanted), 25_000 < small < 27_000) == (42_880, True)


def test_ward_income_in_latin_1_keeps_its_pounds(tmp_path):
    """Byte 0xA3 and "65,120": 571 of 625 wards of 2014 (no curated table is shared)."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "ward_2014.gpkg"))
    taken = hand_in(shared(*LONDON, "raw", "socioeconomic", "modelled-household-income-estimates-wards.csv"), city, least_match=0.9)
    assert "£" in taken.told
    raw = pd.read_csv(
        shared(*LONDON, "raw", "socioeconomic", "modelled-household-income-estimates-wards.csv"), encoding="latin-1", dtype=str
    )
    wanted = raw["Median 2012/13"].str.replace(r"[£, ]", "", regex=True).dropna().astype(float)
    assert taken.layer.numbers("Median 2012/13").dropna().tolist() == wanted.tolist()


def test_borough_profiles_equal_their_source_without_its_totals(boroughs, tmp_path):
    """33 boroughs of 41 rows; "." and "n/a" are missing, "!" is withheld; thousands are numbers (no curated table is shared)."""
    taken = hand_in(shared(*LONDON, "raw", "socioeconomic", "london-borough-profiles-2014.csv"), copy(boroughs, tmp_path))
    layer = taken.layer
    assert len(layer.table) == 33
    assert "5 total row(s) of a larger area were set aside" in taken.told
    assert layer.numbers("GLA Population Estimate 2013").sum() == pytest.approx(8_440_100, abs=2_000)
    assert layer.suppressed["Employment rate (%) (2013/14)"].sum() == 1
    assert any("5 total row(s)" in one for one in layer.repairs)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "file", "columns"),
    [
        (140, "neighbourhood_profiles_2016_140.csv", {"Population, 2016": "population_2016", "Population, 2011": "population_2011"}),
        (158, "neighbourhood_profiles_2021_158.csv", {"Total - Age groups of the population - 25% sample data": "population"}),
    ],
)
def test_transposed_profiles_equal_the_curated_tables(tmp_path, count, file, columns):
    """Neighbourhoods in columns, labels that stand twice, "x" withheld."""
    city = settled(tmp_path / "city", (*TORONTO[1:], "boundaries", f"neighbourhoods_{count}.gpkg"))
    taken = hand_in(shared(*TORONTO, "raw", "socioeconomic", file), city)
    assert "The table lies on its side" in taken.told
    theirs = curated("toronto", "socioeconomic", f"profile_{2016 if count == 140 else 2021}_{count}.csv").set_index(f"hood_{count}")
    mine = taken.layer.table.set_index(taken.card["geomap:places"]["field"])
    for own, name in columns.items():
        column = own if own in mine else next(one for one in mine if one.startswith(own[:40]))
        assert mine[column].reindex(theirs.index).tolist() == pd.to_numeric(theirs[name]).tolist()


@pytest.mark.slow
def test_numerators_that_the_source_withholds_stay_unknown(tmp_path):
    """387 small areas have no number of children in poor families: unknown, never 0 (curated table; no raw one is shared)."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "lsoa_2011.gpkg"))
    table = hand_in(shared(*LONDON, "socioeconomic", "imd2019_lsoa11.csv"), city).layer.table
    assert max(table.isna().sum()) == 387
    assert 37 in set(table.isna().sum())


@pytest.mark.slow
def test_offences_that_are_zero_in_every_cell_are_told(tmp_path):
    """Sexual offences: 0 in all 53,119 cells of eleven years, while the wards have tens of thousands."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "lsoa_2011.gpkg"))
    taken = hand_in(shared(*CRIME, "london-2011-2021-major-sexual.csv"), city)
    assert "Every one of 53,119 cells in 11 periods" in taken.told
    assert "surely no true zeros" in taken.told
    assert any("surely no true zeros" in one for one in taken.layer.repairs)


@pytest.mark.slow
def test_renamed_categories_of_two_extracts_are_told_with_the_fall_they_fake(tmp_path):
    """17 months in both: the whole differs by 0.1 %, but by the names that both have it would look like 9.6 % less."""
    city = settled(tmp_path / "city", (*LONDON[1:], "boundaries", "ward_2022.gpkg"))
    first = hand_in(shared(*CRIME, "MPS Ward Level Crime (most recent 24 months) to 202506.csv"), city, name="first")
    assert "other categories" not in first.told
    told = hand_in(shared(*CRIME, "MPS Ward Level Crime (most recent 24 months) later extract.csv"), city, name="later").told
    assert "Of the 17 periods that the layer 'first' holds as well, the totals differ by -0.1%" in told
    assert "'STALKING AND HARASSMENT' (75,745)" in told
    assert "look like a change of -9.6%, which is none" in told
    later = read_layer(city / "layers" / "later").table
    theirs = curated("london", "incident", "mps_crime_last12m_ward22.csv").set_index("WardCode")
    months = [f"{year}{month:02d}" for year in (2025, 2026) for month in range(1, 13) if 202502 <= year * 100 + month <= 202601]
    burglary = later[later["MajorText"] == "BURGLARY"].groupby("WardCode")[months].sum().sum(axis=1)
    assert burglary.reindex(theirs.index, fill_value=0).astype(int).astype(str).tolist() == theirs["burglary"].tolist()


def test_strands_that_overlap_are_never_summed(boroughs, tmp_path):
    """Anti-semitic and islamophobic are faith, faith is racist and religious: the card says that strands overlap, and only one may be counted."""
    path = shared(*CRIME, "Monthly Crime Other Crime Borough Level Off Type.csv")
    taken = hand_in(path, copy(boroughs, tmp_path), Answers(by_name=True), sensitivity="counts", overlapping=["MinorText"])
    sums = taken.layer.table.groupby("MinorText")[[name for name in taken.layer.table if name.isdigit()]].sum().sum(axis=1)
    strands = sorted(sums.index)
    assert len(strands) > 3

    def said(**where: tuple[str, ...]) -> list[str]:
        measure = Rate.read({"measure": "rate", "layer": "trap", "events": ["202105"], "per": {"layer": "residents", "field": "people"},
                             "where": {name: list(some) for name, some in where.items()}}, where="here")  # fmt: skip
        return list(summed_twice([Indicator.model_construct(id="hate", measure=measure)], {"trap": taken.layer}))

    assert "adds up what overlaps" in said()[0]
    assert "adds up what overlaps" in said(MinorText=strands[:2])[0]
    assert said(MinorText=strands[:1]) == []


def test_violence_where_few_live_does_not_press_the_others_together():
    """Westminster 018A has many times the usual violence per resident: between percentiles the middle of the city stays told apart, on the range not."""
    crime = pd.read_csv(shared(*LONDON, "incident", "mps_crime_2019_2021_lsoa11.csv")).set_index("LSOA11CD")
    people = pd.read_csv(shared(*LONDON, "population", "population_mid2020_lsoa11.csv")).set_index("LSOA11CD")
    total = next(name for name in people if people[name].dtype.kind in "if" and people[name].sum() == 9_002_488)
    violence = [name for name in crime if "violence" in name and "2019" in name]
    rate = (crime[violence].sum(axis=1) / people[total] * 1_000).dropna().to_numpy()[:, None]
    ours, by_range = (fit_scale(("violence",), rate, [Ruler("goalposts", *posts)]).apply(rate)[:, 0] for posts in ((5, 95), (0, 100)))
    assert rate.max() > 10 * np.median(rate)
    assert np.subtract(*np.percentile(ours, [75, 25])) > 3 * np.subtract(*np.percentile(by_range, [75, 25]))


def test_what_edmonton_says_of_itself_is_kept_and_doubted(tmp_path):
    """The crime file is JSON and no GeoJSON: refused in words; as a table it equals the curated one. The census sums to 679,661, as it says."""
    city = settled(tmp_path / "city", (*EDMONTON[1:], "boundaries", "neighbourhoods_2026.gpkg"))
    raw = shared(*EDMONTON, "raw", "crime-data-processed.json")
    with pytest.raises(IntakeError, match="other JSON"):
        add_file(raw, city)
    table = tmp_path / "crime.csv"
    pd.DataFrame(json.loads(raw.read_text(encoding="utf-8"))["crime_by_neighbourhood"]).to_csv(table, index=False)
    taken = hand_in(table, city, Answers(by_name=True), sensitivity="counts", period="17 January to 31 December 2025")
    theirs = curated("edmonton", "incident", "violent_weapons_2025.csv").set_index("neighbourhood_number")
    mine = taken.layer.table.set_index(taken.card["geomap:places"]["field"])
    column = next(name for name in theirs if "total" in name)
    assert mine["violent_weapons_crimes_total_2025"].reindex(theirs.index).tolist() == pd.to_numeric(theirs[column]).tolist()
    assert mine["violent_weapons_crimes_monthly_avg"].sum() * 12 == pytest.approx(mine["violent_weapons_crimes_total_2025"].sum(), abs=3)
    census = hand_in(
        shared(*EDMONTON, "socioeconomic", "census2016_population.csv"), city, Answers(by_name=True), name="census"
    ).layer.table
    assert census["total"].sum() == 679_661


def test_small_counts_of_toronto_are_told_and_withheld(tmp_path):
    """568 of 1,106 neighbourhood-years are 1 to 4 and 447 are 0 (curated counts): told when the file is handed in, as what the rule will protect."""
    city = settled(tmp_path / "city", (*TORONTO[1:], "boundaries", "neighbourhoods_158.gpkg"))
    taken = hand_in(shared(*TORONTO, "incident", "hate_crimes_by_158.csv"), city, sensitivity="counts")
    counts = taken.layer.table["hate"]
    assert (len(counts), int(((counts > 0) & (counts < 5)).sum()), int((counts == 0).sum())) == (1106, 568, 447)
    assert sorted(taken.layer.table["year"].unique()) == [str(year) for year in range(2018, 2025)]


def test_a_rank_whose_first_is_worst_runs_against_its_score():
    """Rank 1 and a high score both mean most deprived: with one direction for both, a build warns (curated table of 2015)."""
    table = pd.read_csv(shared(*LONDON, "socioeconomic", "imd2015_lsoa11.csv")).head(500)
    score, rank = (next(name for name in table if word in name.lower()) for word in ("score", "rank"))
    frame = pd.DataFrame({"place": table["lsoa11_code"], "score": table[score] / 10, "rank": table[rank] / 3_500})
    both = recipe(
        indicator("score", "need"),
        indicator("rank", "need"),
        domain=[whole("need")],
        index=[whole("all", of=["need"], combine="arithmetic")],
    )
    (warning,) = against(assessed(both, frame))
    assert warning.about == ("score", "rank")


def test_somerville_is_refused_word_by_word_and_read_with_what_a_person_says(tmp_path):
    """Scales hold "R", "9*", "Female": refused with each; said to be no answer, the survey gets a codebook to confirm (no curated table is shared)."""
    begin(tmp_path / "city")
    path = shared("data", "surveys", "raw", "somerville", "Somerville_Happiness_Survey_responses_-_2011__2013__2015.csv")
    with pytest.raises(IntakeError, match=r"'R'.* is no number"):
        add_file(path, tmp_path / "city", name="unsaid", answers=Answers(kind="survey"))
    words = ("R", "r", "X", "F", "x", "6/1/2011", "3f", "9*", "6/6/2011", "i", "5/27/2011", "5/19/2011", "1O", "+", "`0", "10R", "n", "e", "f",
             "Female", "Male", "Female, Male")  # fmt: skip
    added = add_file(path, tmp_path / "city", name="said", answers=Answers(kind="survey", no_answer=words))
    card = json.loads(added.card.read_text(encoding="utf-8"))
    questions = card["geomap:survey"]["questions"]
    assert len(questions) > 5
    assert {question["wording"] for question in questions.values()} == {""}
    assert any(blank.startswith("geomap:survey") for blank in added.blanks)
    assert any("stands for no answer" in one for one in added.told)


def test_rasters_keep_their_nodata_and_count_what_lies_inside(tmp_path):
    """GHS-POP is in Mollweide with nodata -200. GPW holds 145,603 people; of its cells on São Miguel's coast only the part inside is counted: 131,864.

    The rest is in the sea by the shapes, and on land by sense: a raster so coarse is no count for small places.
    """
    begin(tmp_path / "city")
    added = add_file(shared(*RASTERS, "ghsl_sao_paulo.tif"), tmp_path / "city")
    fill(added.card)
    assert read_layer(added.card.parent).raster is not None
    taken = take_raster(shared(*RASTERS, "ghsl_sao_paulo.tif"))
    assert (taken.crs.to_string(), taken.nodata, taken.low) == ("ESRI:54009", -200.0, 0.0)
    people = shared(*RASTERS, "sao_miguel", "gpw_v411_2020_count_2020.tif")
    zones = gpd.read_file(shared(*RASTERS, "sao_miguel", "concelhos.gpkg"))
    sides = gpd.GeoDataFrame(geometry=[shapely.box(*take_raster(people).bounds)], crs=take_raster(people).crs)
    inside, whole = (cells_within(people, shapes, ["sum"], error=IntakeError)["sum"].sum() for shapes in (zones, sides))
    assert (round(whole), round(inside)) == (145_603, 131_864)
