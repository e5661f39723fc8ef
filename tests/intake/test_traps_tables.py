"""The traps of real files, on the raw files themselves: what comes out is the curated table, or the refusal names the trap."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geomap.errors import IntakeError
from geomap.intake.tables import take_table
from tests.shared import shared


def places(*parts: str, code: str, name: str) -> pd.Series:
    """Names by code of a boundary set of the open data."""
    frame = gpd.read_file(shared("data", *parts), ignore_geometry=True)
    return pd.Series(frame[name].astype(str).to_numpy(), index=frame[code].astype(str))


def boroughs() -> pd.Series:
    """London's boroughs."""
    return places("london", "boundaries", "borough_2022.gpkg", code="LAD22CD", name="LAD22NM")


def wards(year: int) -> pd.Series:
    """London's wards of a year."""
    return places("london", "boundaries", f"ward_{year}.gpkg", code=f"WD{year % 100}CD", name=f"WD{year % 100}NM")


def hoods(count: int) -> pd.Series:
    """Toronto's neighbourhoods."""
    return places("toronto", "boundaries", f"neighbourhoods_{count}.gpkg", code=f"hood_{count}", name="name")


def about(table) -> set[str]:
    """The kinds of repair."""
    return {repair.about for repair in table.repairs}


def test_trust_by_borough_equals_the_curated_table():
    """Semicolons, decimal commas, day/month/year, names for codes, one borough written two ways and Westminster as City of Westminster."""
    names = boroughs()
    raw = take_table(shared("data", "london", "raw", "trust", "PAS_buroughs.csv"), codes=names.index, names=names, by_name=True)
    assert {"names", "date", "decimal comma"} <= about(raw)
    curated = pd.read_csv(shared("data", "london", "trust", "pas_trust_confidence_borough_quarterly.csv"))
    keys = ["date", "LAD22CD", "Measure"]
    mine = raw.frame.assign(date=raw.cells["Date"], LAD22CD=raw.cells[raw.key], Measure=raw.frame["Measure"].str.replace('"', ""))[
        [*keys, "Proportion", "MPS"]
    ].sort_values(keys, ignore_index=True)
    theirs = curated[[*keys, "Proportion", "MPS"]].sort_values(keys, ignore_index=True)
    assert mine[keys].astype(str).equals(theirs[keys].astype(str))
    assert np.array_equal(mine[["Proportion", "MPS"]], theirs[["Proportion", "MPS"]], equal_nan=True)


def test_ward_income_is_read_in_latin_1_with_its_pounds():
    """571 of 625 codes on the wards of 2014, 483 on those of 2018, which is refused with the better set."""
    path, old, new = (
        shared("data", "london", "raw", "socioeconomic", "modelled-household-income-estimates-wards.csv"),
        wards(2014),
        wards(2018),
    )
    table = take_table(path, codes=old.index, names=old, least_match=0.9)
    assert (table.rows, table.matched, table.encoding) == (625, 571, "latin-1")
    assert table.frame["Mean 2001/02"].iloc[0] == 65120
    assert {"currency", "thousands separator", "encoding"} <= about(table)
    with pytest.raises(IntakeError, match=r"(?s)Only 483 of 625 rows.*'wards 2014' fits better: 571"):
        take_table(path, codes=new.index, names=new, others={"wards 2014": old.index})


def test_borough_profiles_leave_out_totals_and_keep_three_kinds_of_nothing_apart():
    """Inner and Outer London, London, England and the United Kingdom go; "." and "n/a" are missing, "!" is withheld."""
    names = boroughs()
    table = take_table(shared("data", "london", "raw", "socioeconomic", "london-borough-profiles-2014.csv"), codes=names.index, names=names)
    assert (table.rows, table.matched) == (33, 33)
    assert {"total", "empty rows", "missing", "thousands separator"} <= about(table)
    assert table.frame["GLA Population Estimate 2013"].sum() == pytest.approx(8_440_100, abs=2_000)
    assert table.suppressed["Employment rate (%) (2013/14)"].sum() == 1


def test_profile_2016_stands_up_and_equals_the_curated_table():
    """Neighbourhoods in columns, thousands separators, labels that stand twice."""
    names = hoods(140)
    table = take_table(
        shared("data", "toronto", "raw", "socioeconomic", "neighbourhood_profiles_2016_140.csv"), codes=names.index, names=names
    )
    curated = pd.read_csv(shared("data", "toronto", "socioeconomic", "profile_2016_140.csv")).set_index("hood_140").sort_index()
    mine = table.frame.set_index(table.frame[table.key].astype(int)).sort_index()
    assert mine["Population, 2016"].tolist() == curated["population_2016"].tolist()
    assert mine["Population, 2011"].tolist() == curated["population_2011"].tolist()
    assert mine["Population density per square kilometre"].tolist() == curated["density_km2"].tolist()
    assert {"transposed", "repeated labels"} <= about(table)


def test_profile_2021_stands_up_and_equals_the_curated_table():
    """A label means something only below another; "x" is withheld."""
    names = hoods(158)
    table = take_table(
        shared("data", "toronto", "raw", "socioeconomic", "neighbourhood_profiles_2021_158.csv"), codes=names.index, names=names
    )
    curated = pd.read_csv(shared("data", "toronto", "socioeconomic", "profile_2021_158.csv")).set_index("hood_158").sort_index()
    mine = table.frame.set_index(table.frame[table.key].astype(int)).sort_index()
    population = next(name for name in mine.columns if name.startswith("Total - Age groups of the population"))
    assert mine[population].tolist() == curated["population"].tolist()
    assert sum(int(mask.sum()) for mask in table.suppressed.values()) == 21


@pytest.mark.parametrize("count", [158, 140])
def test_hate_crimes_find_their_neighbourhoods(count):
    """Zero-padded text against numbers; 31 records say NSA; four neighbourhoods have no record, which is told."""
    names = hoods(count)
    table = take_table(shared("data", "toronto", "raw", "incident", "HateCrimesOpenData.csv"), codes=names.index, names=names)
    assert (table.rows, table.matched, table.key) == (1805, 1774, f"HOOD_{count}")
    told = {repair.about: repair for repair in table.repairs}
    assert told["unmatched"].count == 31
    assert told["missing places"].count == 4
    assert "leading zero" in told


def test_ward_crime_on_the_wrong_wards_is_refused_with_the_right_ones():
    """149 of 679 codes on the wards of 2018, all on those of 2022."""
    path = shared("data", "london", "raw", "crime", "MPS Ward Level Crime (most recent 24 months) later extract.csv")
    with pytest.raises(IntakeError, match=r"'wards 2022' fits better: 18,695 of 18,695"):
        take_table(path, codes=wards(2018).index, others={"wards 2022": wards(2022).index})
    table = take_table(path, codes=wards(2022).index)
    assert table.matched == table.rows == 18695
    curated = pd.read_csv(shared("data", "london", "incident", "mps_crime_last12m_ward22.csv")).set_index("WardCode").sort_index()
    months = [f"{year}{month:02d}" for year in (2025, 2026) for month in range(1, 13) if 202502 <= year * 100 + month <= 202601]
    burglary = table.frame[table.frame["MajorText"] == "BURGLARY"].groupby("WardCode")[months].sum().sum(axis=1)
    assert burglary.reindex(curated.index, fill_value=0).tolist() == curated["burglary"].tolist()


def test_hate_crime_by_month_melts_to_the_curated_table():
    """Names for codes; Aviation Security is no borough; 134 months in columns are proposed for melting."""
    names = boroughs()
    path = shared("data", "london", "raw", "crime", "Monthly Crime Other Crime Borough Level Off Type.csv")
    table = take_table(path, codes=names.index, names=names, by_name=True)
    assert "'Aviation Security(SO18)'" in next(str(repair) for repair in table.repairs if repair.about == "unmatched")
    assert "wide" in [note.about for note in table.notes]
    curated = pd.read_csv(shared("data", "london", "incident", "hate_crime_monthly_borough.csv"))
    months = [name for name in table.frame if name.isdigit()]
    mine = table.frame[table.frame[table.key].isin(names.index)].groupby(["code", "MinorText"])[months].sum().stack()  # noqa: PD013  both keys are in the index
    theirs = curated.groupby(["LAD22CD", "MinorText", curated["month"].astype(str)])["count"].sum()
    assert mine.reindex(theirs.index).astype(float).tolist() == theirs.astype(float).tolist()


def test_a_column_of_nothing_but_zeros_is_told():
    """Sexual offences by LSOA: 0 in every cell, surely no true zeros."""
    names = places("london", "boundaries", "lsoa_2011.gpkg", code="LSOA11CD", name="LSOA11NM")
    table = take_table(shared("data", "london", "incident", "mps_crime_2019_2021_lsoa11.csv"), codes=names.index)
    assert any("sexual" in repair.sentence and "same value, 0" in repair.sentence for repair in table.repairs)


def test_needs_of_2017_are_refused_on_the_wards_of_2018():
    """542 of 629."""
    with pytest.raises(IntakeError, match="Only 542 of 629 rows"):
        take_table(shared("data", "london", "assets", "community_needs_index_2019_ward17.csv"), codes=wards(2018).index)


def test_an_index_of_the_whole_country_is_cut_to_the_city():
    """33,755 areas in a workbook with a sheet of notes; 4,994 are London's."""
    names = places("london", "boundaries", "lsoa_2021.gpkg", code="LSOA21CD", name="LSOA21NM")
    table = take_table(
        shared("data", "london", "raw", "socioeconomic", "File_1_IoD2025_Index_of_Multiple_Deprivation.xlsx"), codes=names.index
    )
    assert (table.rows, table.matched) == (4994, 4994)
    assert {"sheet", "other regions"} <= about(table)
    curated = pd.read_csv(shared("data", "london", "socioeconomic", "imd2025_lsoa21.csv")).set_index("lsoa21_code")
    rank = next(name for name in table.frame if "Rank" in name)
    theirs = next(name for name in curated if name.lower() in ("imd_rank", "rank", "imd2025_rank"))
    assert table.frame.set_index(table.key)[rank].reindex(curated.index).tolist() == curated[theirs].tolist()


def test_census_names_of_edmonton_are_matched_and_told():
    """388 old names: those that are now others are named, not dropped."""
    names = places("edmonton", "boundaries", "neighbourhoods_2026.gpkg", code="neighbourhood_number", name="name")
    table = take_table(shared("data", "edmonton", "socioeconomic", "census2016_income.csv"), codes=names.index, names=names, by_name=True)
    assert table.rows == 388
    assert "'OLIVER'" in next(str(repair) for repair in table.repairs if repair.about == "unmatched")


def test_answers_that_are_no_numbers_are_named():
    """Somerville's scales hold "R": refused with the column, the rows and the word."""
    with pytest.raises(IntakeError, match=r"'R'.* is no number"):
        take_table(
            shared("data", "surveys", "raw", "somerville", "Somerville_Happiness_Survey_responses_-_2011__2013__2015.csv"), survey=True
        )
