"""Differences of the data behind two editions that the pairs of toy editions do not show."""

from types import SimpleNamespace

import pytest

from geomap.editions.data_differences import source_differences
from tests.toy import methodology

PER = {"layer": "residents", "field": "people"}
SEVERITY = {"measure": "severity", "layer": "crimes", "weights": {"layer": "harm"}, "per": PER}


def edition(weights: str, period: str = "2025") -> SimpleNamespace:
    """What an edition says of its layers; *weights*: the hash of the table of weights."""
    cards = [
        {"kind": "register", "folder": "layers/harm", "name": "harm"},
        {"kind": "incidents", "folder": "layers/crimes", "name": "crimes"},
    ]
    manifest = {"geomap:cards": cards, "geomap:inputs": {"layers/harm/data.csv": weights, "layers/crimes/data.csv": period}}
    return SimpleNamespace(manifest=manifest, period=period)


@pytest.mark.parametrize(("weights", "told"), [("same", []), ("another", ["measure"])])
def test_a_sum_of_other_weights_is_no_change(weights, told):
    """A table of weights that was revised makes every place other than it was; the same table makes none."""
    method = methodology({"id": "severity", "title": "Severity", "measure": SEVERITY})
    found = list(source_differences((edition("same"), edition(weights)), (method, method), ("wards", "wards"), "geomap rebuild"))
    assert [one.kind for one in found] == told
    assert all(one.effect == "break" and "'harm', which is not the same in both editions" in one.sentence for one in found)


def test_a_measure_without_weights_asks_for_none():
    """A rate."""
    method = methodology({"id": "rate", "measure": {"measure": "rate", "layer": "crimes", "per": PER}})
    assert list(source_differences((edition("same"), edition("another")), (method, method), ("wards", "wards"), "geomap rebuild")) == []
