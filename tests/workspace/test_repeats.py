"""Records near in place and time: pairs by hand, and what is too few to tell."""

from types import SimpleNamespace

import pandas as pd
import pytest

from geomap.errors import UsageError
from geomap.views.clusters import repeat_words
from geomap.workspace.repeats import repeats
from tests.toy import layer, sources

DAYS = pd.to_datetime(["2025-01-01"] * 6 + ["2025-06-01"] * 6)


def toy(sensitivity: str = "open", threshold: int = 5):
    """Six records at one corner in January, six at another in June, a kilometre apart."""
    table = pd.DataFrame({"east": [0.5] * 6 + [1.5] * 6, "north": 0.5, "day": DAYS})
    points = layer("burglaries", table, points=True, kind="incidents", date_field="day", sensitivity=sensitivity)
    recipe = SimpleNamespace(methodology=SimpleNamespace(tier="partners"), disclosure=SimpleNamespace(threshold=threshold))
    return SimpleNamespace(sources=sources(points), methodology=recipe)


def test_pairs_by_hand():
    """Of 66 pairs 30 are near in place, the same 30 in time; 13.6 would be by chance."""
    found = repeats(toy(), "burglaries", metres=100, days=7)
    assert (found.near_both, found.near_space, found.near_time, found.pairs) == (30, 30, 30, 66)
    assert found.expected == pytest.approx(30 * 30 / 66)
    assert found.p_permuted < 0.05
    assert "more than chance alone" in repeat_words(found, "Burglaries", 100, 7)


def test_few_pairs_are_not_told():
    """Thirty pairs of records about people, where forty are the least that may be told."""
    assert repeats(toy("counts", 5), "burglaries", metres=100, days=7).near_both == 30
    with pytest.raises(UsageError, match="too few to tell"):
        repeats(toy("counts", 40), "burglaries", metres=100, days=7)
