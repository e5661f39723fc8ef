"""Records near in place and time: pairs by hand, and what is too few to tell."""

from types import SimpleNamespace

import pandas as pd
import pytest

from geomap.errors import UsageError
from geomap.views.clusters import repeat_words
from geomap.workspace.repeats import repeats
from tests.toy import layer, sources

DAYS = pd.to_datetime(["2025-01-01"] * 6 + ["2025-06-01"] * 6)


TWO_CORNERS = pd.DataFrame({"east": [0.5] * 6 + [1.5] * 6, "day": DAYS})


def toy(sensitivity: str = "open", threshold: int = 5, table: pd.DataFrame = TWO_CORNERS):
    """Six records at one corner in January, six at another in June, a kilometre apart; or those of *table*."""
    points = layer("burglaries", table.assign(north=0.5), points=True, kind="incidents", date_field="day", sensitivity=sensitivity)
    recipe = SimpleNamespace(methodology=SimpleNamespace(tier="partners"), disclosure=SimpleNamespace(threshold=threshold))
    return SimpleNamespace(sources=sources(points), methodology=recipe)


def test_pairs_by_hand():
    """Of 66 pairs 30 are near in place, the same 30 in time; 13.6 would be by chance."""
    found = repeats(toy(), "burglaries", metres=100, days=7)
    assert (found.near_both, found.near_space, found.near_time, found.pairs) == (30, 30, 30, 66)
    assert found.expected == pytest.approx(30 * 30 / 66)
    assert found.p_permuted < 0.05
    assert "more than chance alone" in repeat_words(found, "Burglaries", 100, 7)


def test_pairs_of_few_records_are_not_told():
    """Thirty pairs of twelve records about people, where twelve are the least that may be told, and then thirteen; told to the nearest dozen."""
    assert repeats(toy("counts", 12), "burglaries", metres=100, days=7).near_both == 24
    with pytest.raises(UsageError, match="Fewer than 13 records"):
        repeats(toy("counts", 13), "burglaries", metres=100, days=7)


def spots(*records: tuple[float, str], sensitivity: str = "counts"):
    """Records at so many kilometres east, each on its day."""
    return toy(sensitivity, table=pd.DataFrame(records, columns=["east", "day"]).assign(day=lambda rows: pd.to_datetime(rows["day"])))


ONE_DAY, APART = "2025-01-01", ["2023-01-01", "2023-06-01", "2024-01-01", "2024-06-01", "2025-06-01", "2025-11-01"]
FAR = [(10.0 + at, day) for at, day in enumerate(APART)]


def test_six_pairs_tell_of_four_records():
    """All four near each other: six pairs, which no other number of records makes. Of open records all is told."""
    four = [(0.5, ONE_DAY)] * 4
    with pytest.raises(UsageError, match="Fewer than 5 records"):
        repeats(spots(*four), "burglaries", metres=100, days=7)
    with pytest.raises(UsageError, match="made of fewer than 5 records, too few to tell"):
        repeats(spots(*four, *FAR), "burglaries", metres=100, days=7)
    assert repeats(spots(*four, sensitivity="open"), "burglaries", metres=100, days=7).near_both == 6


@pytest.mark.parametrize("other", [[(20.0 + at, ONE_DAY) for at in range(5)], [(0.5, day) for day in APART[:5]]], ids=["time", "place"])
def test_few_records_near_in_both_are_not_told_beside_many_near_in_one(other):
    """Four near in both, and five more near them in time, or in place, only."""
    with pytest.raises(UsageError, match="too few to tell"):
        repeats(spots(*[(0.5, ONE_DAY)] * 4, *other), "burglaries", metres=100, days=7)


def test_no_pair_is_a_true_zero():
    """Six records far from each other in place and time."""
    found = repeats(spots(*FAR), "burglaries", metres=100, days=7)
    assert (found.near_both, found.near_space, found.near_time) == (0, 0, 0)


def test_a_metre_more_tells_of_no_pair():
    """Six records at one corner and two a hundred metres and a half apart at another: within 101 metres one pair more is near, which is not told."""
    records = [(0.5, ONE_DAY)] * 6 + [(2.0, ONE_DAY), (2.1005, ONE_DAY)]
    near, nearer = (repeats(spots(*records), "burglaries", metres=metres, days=7) for metres in (100, 101))
    assert repeat_words(near, "Burglaries", 100, 7) == repeat_words(nearer, "Burglaries", 100, 7)
    assert (near.near_both, near.near_time, nearer.near_both) == (15, 30, 15)
    assert "nearest 5" in repeat_words(near, "Burglaries", 100, 7)
