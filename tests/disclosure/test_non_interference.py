"""Two cities with equal protected tables publish the same bytes, in every kind of file; a gate that peeks is found out."""

import logging

import numpy as np
import pytest

from geomap.assessment import estimate
from geomap.disclosure import gate
from geomap.disclosure.gate import let_out
from tests.attack.pairs import BASE, MANY, city, differing, twin


def test_what_is_withheld_changes_not_one_byte(capfd, caplog):
    """220 pairs: edition files, tables of what people said, exports, dictionaries, map, page, table and words of a change, tables, profiles, explanations, what is logged or printed."""
    caplog.set_level(logging.DEBUG)
    found = list(differing(4, 11, seed=1))
    assert len(found) == 220
    assert [names for names in found if names] == []
    printed = capfd.readouterr()
    assert (printed.out, printed.err, [one for one in caplog.records if one.name.startswith("geomap")]) == ("", "", [])


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_what_is_withheld_changes_not_one_byte_in_the_long_run(seed):
    """5,040 pairs in two halves, which can run beside each other."""
    found = list(differing(21, 16, seed=seed))
    assert len(found) == 2_520
    assert [names for names in found if names] == []


def test_cities_alike_differ_in_all_that_is_withheld():
    """In small counts, in answers that stay out of every table, and in how many of two wards' few women find it calm."""
    random = np.random.default_rng(1)
    counts, kept, few = 0, 0, 0
    for _ in range(20):
        one = city(random)
        other = twin(*one, random)
        counts += (one[0] != other[0]).any()
        changed = [ward for ward, answers in one[1].items() if answers != other[1][ward]]
        kept += any(len(one[1][ward]) < BASE for ward in changed)
        few += sum(len(one[1][ward]) >= MANY for ward in changed) >= 2
    assert min(counts, kept, few) >= 3


def test_a_gate_that_peeks_is_found_out(monkeypatch):
    """The stand-in is the true count: nearly every pair differs, in scores as well as in exports, though no true count is shown."""
    monkeypatch.setattr(estimate, "let_out", peeking)
    found = list(differing(2, 3, seed=1))
    assert all(names for names in found)
    told = {name for names in found for name in names}
    assert {name.rsplit(".", 1)[-1] for name in told} >= {"csv", "xlsx", "geojson", "gpkg", "html", "txt"}
    assert {"change-risk.html", "change-risk.csv"} <= told


@pytest.mark.slow
def test_a_gate_that_peeks_at_the_kinds_of_a_weighted_sum_is_found_out(monkeypatch):
    """The rates are as they should be; the true count stands behind each withheld kind alone."""
    monkeypatch.setattr(gate, "let_out", peeking)
    assert all(names for names in differing(1, 3, seed=1))


def peeking(observed, sensitivity, rule):
    """What the gate lets out, with the true count for a stand-in."""
    safe = let_out(observed, sensitivity, rule)
    if observed.guard != "count":
        return safe
    hidden = safe.frame["hidden"].astype(bool)
    return safe.with_frame(safe.frame.assign(events=safe.frame["events"].mask(hidden, observed.frame["events"])))
