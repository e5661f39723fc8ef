"""The places that stand out most together, on the demonstration city, and records near in place and time."""

import json

import pytest

from geomap.assessment.scan import scanned
from geomap.errors import UsageError
from tests.cli.test_commands import tell


def test_the_circle_holds_more_than_is_due(edition):
    """Only places with a shown count are in it, and their events add up."""
    assessment = edition.level()
    found = scanned(assessment, "harassment", permutations=99)
    table = assessment.numbers["harassment"].loc[list(found.codes)]
    assert (table["status"] == "value").all()
    assert table["n"].sum() == found.cluster.events > found.cluster.expected


def test_a_few_places_are_not_scanned(edition):
    """The districts of the demonstration city are fewer than ten."""
    with pytest.raises(UsageError, match="shown count"):
        scanned(edition.level(edition.levels[-1]), "harassment")


def test_the_commands_answer(demo, capsys):
    """Words for people, numbers for machines; a layer by ward has no points to pair."""
    code, out, _ = tell(capsys, "scan", demo, "harassment")
    assert code == 0
    assert "circles around" in out
    assert {"codes", "p"} <= set(json.loads(tell(capsys, "scan", demo, "harassment", "--json")[1]))
    code, _, err = tell(capsys, "repeats", demo, "residents")
    assert code == 2
    assert "no points with dates" in err
