"""What stands beside the numbers of a place: its own sentence on persons, letters, what protects, who to call."""

import dataclasses

import pytest

from geomap.assessment.at_hand import at_hand
from geomap.views.beside import beside, fallacy, letters, protects


@pytest.fixture(scope="module")
def shown(edition):
    """The demonstration city."""
    return edition.level()


def changed(shown, node: str, code: str, **cells):
    """The assessment with other cells of one number of one place."""
    table = shown.numbers[node].copy()
    for name, cell in cells.items():
        table.loc[code, name] = cell
    return dataclasses.replace(shown, numbers={**shown.numbers, node: table})


def test_the_sentence_on_persons_holds_the_place_s_own_share(shown):
    """The share that needs attention most is told with its remainder: 23 and 77 of 100 households."""
    made = changed(shown, "low_income", "N25", value=23.4, scaled=11.0)
    name = shown.places.at["N25", "name"]
    said = fallacy(made, "N25")
    assert said.startswith(f"About 23 of 100 households in {name} are counted under “Households in low income”, so about 77 are not:")
    assert said.endswith("says nothing of any one person who lives there.")


def test_without_a_share_of_people_it_is_said_in_general(shown):
    """A place nobody lives in has no share."""
    empty = shown.numbers["risk"].index[shown.numbers["risk"]["value"].isna()][0]
    assert "one number for all who live there" in fallacy(shown, empty)


def test_what_protects_is_told_with_the_city_s_middle(shown):
    """Every number of the domain; what has none says why."""
    made = changed(shown, "green", "N25", value=float("nan"), status="missing")
    said = protects(made, "N25")
    assert len(said) == 4
    assert said[-1] == "Green cover: no number."
    assert said[0].startswith("Distance to the nearest library or community centre: ")
    assert "city's middle" in said[0]


def test_who_to_call_is_who_works_there(edition, shown):
    """By name with their issues; letters for every index."""
    there = at_hand(
        [edition.register(name) for name in edition.manifest["geomap:registers"]], [edition.level(one).places for one in edition.levels]
    )
    one = beside(shown, "N25", there, letters(shown, there))
    parent = shown.places.at["N25", "parent"]
    stand = set(there.partners.loc[there.partners["district"] == parent, "organisation"])
    assert {line.rsplit(" (", 1)[0] for line in one.call} == stand
    assert "Youth Parliament" in one.exists
    assert [row.title for row in one.trust] == ["Pressure", "Capacity", "Resilience", "Risk"]
    assert {row.grade for row in one.trust} <= set("ABCD")


def test_without_registers_the_rest_stands(shown):
    """Nobody to call, nothing that exists."""
    there = at_hand([], [shown.places])
    one = beside(shown, "N25", there, letters(shown, there))
    assert (one.exists, one.call) == ((), ())
    assert one.fallacy
