"""What was tried is read against places like it, and where that says nothing the reason is told."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.editions.compare import compare
from geomap.editions.learning import AGAINST, EARLY, MEANT, NONE, SMALL, UNTOLD, readings
from geomap.errors import EditionError
from tests.editions.pairs import COUNT, NUMBERS
from tests.editions.pairs import edition as made

ROW = {
    "id": "I1",
    "name": "Evenings",
    "place": "w14",
    "indicator": "trust",
    "theory_of_change": "people meet",
    "baseline": "40",
    "target": "60",
    "start": "2024-01-01",
    "end": "",
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Two editions: trust rose by about 2 points everywhere, by 18 in w14 and fell by 18 in w16; strain stayed."""
    after = NUMBERS + np.array([2, 0]) + np.random.default_rng(2).normal(0, 1, (COUNT, 2))
    after[14, 0], after[16, 0] = NUMBERS[14, 0] + 18, NUMBERS[16, 0] - 18
    folder = tmp_path_factory.mktemp("moved")
    return compare(made(folder / "old"), made(folder / "new", period="2025", values=after))


def read(moved, **changed):
    """The reading of one row, which differs from the usual in what is given."""
    table = pd.DataFrame([ROW | changed])
    carrier = SimpleNamespace(manifest={"geomap:registers": {"interventions": ""}}, register=lambda _name: table)
    return readings(moved, carrier)[0]


def test_what_rose_as_meant_is_told_with_its_matches(moved):
    """16 points more than ten places like it, none of them a neighbour, none treated."""
    found = read(moved)
    assert found.verdict == MEANT
    assert found.effect.estimate == pytest.approx(16, abs=1.5)
    assert len(found.matched) == 10
    neighbours = {f"w{14 + step:02}" for step in (-7, -6, -5, -1, 0, 1, 5, 6, 7)}
    assert not neighbours & set(found.matched)


@pytest.mark.parametrize(
    ("changed", "verdict", "why"),
    [
        ({"place": "w16"}, AGAINST, "does not hold 0"),
        ({"place": "w25", "target": "90"}, NONE, "holds no difference"),
        ({"place": "w25", "target": "41"}, SMALL, "more than the 1 that was aimed at"),
        ({"start": "2025-03-01"}, EARLY, "for a part of its time"),
        ({"start": "2026-01-01"}, EARLY, "began on 2026-01-01"),
        ({"place": ""}, UNTOLD, "city as a whole"),
        ({"indicator": "moons"}, UNTOLD, "not in both editions"),
        ({"baseline": ""}, UNTOLD, "nobody knows what was meant"),
    ],
)
def test_each_verdict_has_its_reason(moved, changed, verdict, why):
    """In plain words."""
    found = read(moved, **changed)
    assert found.verdict == verdict
    assert why in found.why


def test_modelled_numbers_are_no_evidence(tmp_path):
    """Refused, with the reason of the comparison."""
    changed = {"cards": {"trust": {"modelled": True}}}
    found = read(compare(made(tmp_path / "old"), made(tmp_path / "new", period="2025", **changed)))
    assert found.verdict == UNTOLD
    assert "is modelled, not measured" in found.why


def test_an_edition_without_a_register_is_told(moved):
    """With the columns that one needs."""
    with pytest.raises(EditionError, match="carries no register of interventions"):
        readings(moved, SimpleNamespace(manifest={"geomap:registers": {}}))


def test_the_demonstration_city_is_too_young_to_tell(edition, capsys):
    """Its own register, against itself: two began within the year, one is for the whole city."""
    assert main(["learn", str(edition.path), str(edition.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["verdict"] for one in told["interventions"]] == [EARLY, EARLY, UNTOLD]
    assert len(told["assumed"]) == 4
