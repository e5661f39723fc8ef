"""One indicator at one level: where it is counted, and which noise its counts get."""

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely

from geomap.assessment.estimate import estimate
from geomap.boundaries.atlas import Atlas
from geomap.indicators.sources import Sources
from tests.toy import EAST, KM, NORTH, PARENT, WARDS, boundaries, layer, methodology, residents, sources, square

PER = {"layer": "residents", "field": "people"}


def halves() -> Atlas:
    """The wards in two districts, and both of those in one city."""
    up, down = (shapely.box(EAST, NORTH - low * KM, EAST + 3 * KM, NORTH + (1 - low) * KM) for low in (0, 1))
    wards = boundaries("wards", {code: square(*corner) for code, corner in WARDS.items()}, PARENT, "districts")
    districts = boundaries("districts", {"up": up, "down": down}, {"up": "all", "down": "all"}, "cities")
    return Atlas({"wards": wards, "districts": districts, "cities": boundaries("cities", {"all": shapely.union_all([up, down])})}, ())


def test_records_by_district_are_summed_from_what_districts_show():
    """Two in the one and twenty in the other: the city is not counted anew, which told the two, but is the twenty and the middle of a band."""
    records = pd.DataFrame({"district": ["up"] * 2 + ["down"] * 20})
    crimes = layer("crime", records, kind="incidents", sensitivity="counts", places={"boundaries": "districts", "field": "district"})
    recipe = methodology(
        {"id": "crime", "measure": {"measure": "rate", "layer": "crime", "per": PER}}, disclosure={"threshold": 5, "reason": "Because."}
    )
    seen = Sources(halves(), {one.name: one for one in (crimes, residents())}, "2025", ("wards", "districts", "cities"))
    table = estimate(recipe.indicator[0], seen, "cities", recipe.disclosure.rule()).table
    assert table["n"].tolist() == [22.5]
    assert "includes 1 withheld" in table.loc["all", "flags"]


def test_no_two_columns_of_a_table_share_their_noise():
    """Thefts, hate crimes, and both of them in one number: with one noise for all, both less the thefts were the hate crimes of each ward."""
    hate = np.array([2, 1, 0, 3, 2, 1])
    counts = pd.DataFrame({"ward": list(WARDS), "theft": [40, 30, 25, 60, 50, 70], "hate": hate})
    seen = replace(sources(layer("crime", counts, sensitivity="counts"), residents()), secret="a" * 16)

    def told(*columns: str) -> np.ndarray:
        measure = {"measure": "rate", "layer": "crime", "events": list(columns), "per": PER}
        recipe = methodology({"id": "crime", "measure": measure}, disclosure={"counts": "cell-key", "reason": "Because."})
        return estimate(recipe.indicator[0], seen, "wards", recipe.disclosure.rule()).table["n"].reindex(list(WARDS)).to_numpy()

    assert ((told("theft", "hate") - told("theft")) != hate).sum() >= 3
    np.testing.assert_array_equal(told("theft", "hate"), told("hate", "theft"))
