"""What registers say is at hand in a place: by issue, in the place itself, in what it lies in, or everywhere."""

import pandas as pd

from geomap.assessment.at_hand import at_hand

FINE = pd.DataFrame({"parent": ["D1", "D1", "D2"]}, index=["N1", "N2", "N3"])
COARSE = pd.DataFrame({"parent": ["", ""]}, index=["D1", "D2"])
MECHANISMS = pd.DataFrame({"name": ["Board", "Circle"], "formality": ["formal", "informal"], "issue": ["trust", "trust"]})
PARTNERS = pd.DataFrame(
    {
        "organisation": ["Council", "Club", "Table", "Shy"], "issue": ["trust", "trust", "tension", "trust"], "district": ["D1", "", "D1", "D1"],
        "consent_to_be_listed": ["2025-01-01", "2025-01-01", "2025-01-01", ""],
    }
)  # fmt: skip
NAMED = pd.DataFrame({"organisation": ["Near"], "issue": ["trust"], "where": ["N3"]})


def called(there, code: str, *issues: str) -> list[str]:
    """The organisations that are active there."""
    return list(there.active(there.partners, code, issues)["organisation"])


def test_a_register_says_where_by_codes_of_any_level():
    """A district's partner serves its neighbourhoods and itself, one without a place the whole city, and nobody is listed who did not agree."""
    there = at_hand([MECHANISMS, PARTNERS], [FINE, COARSE])
    assert called(there, "N1", "trust") == called(there, "D1", "trust") == ["Council", "Club"]
    assert called(there, "N3", "trust") == ["Club"]
    assert called(there, "N1", "tension", "trust") == ["Council", "Club", "Table"]


def test_a_partner_of_a_neighbourhood_serves_its_district():
    """Seen from above, what is within counts."""
    there = at_hand([NAMED], [FINE, COARSE])
    assert called(there, "D2", "trust") == ["Near"]
    assert called(there, "D1", "trust") == []


def test_a_register_without_places_speaks_for_the_city():
    """And without registers there is nothing, which is no fault."""
    there = at_hand([MECHANISMS], [FINE])
    assert list(there.active(there.mechanisms, "N2", ["trust"])["name"]) == ["Board", "Circle"]
    assert called(at_hand([], [FINE]), "N1", "trust") == []


def test_places_that_stand_alike_have_the_same_at_hand():
    """So a list of thousands of places asks the registers once for each standing."""
    there = at_hand([MECHANISMS, PARTNERS, NAMED], [FINE, COARSE])
    by_standing: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for code in (*FINE.index, *COARSE.index):
        by_standing.setdefault(there.standing(code), set()).add(tuple(called(there, code, "trust")))
    assert all(len(told) == 1 for told in by_standing.values())
    assert there.standing("N1") == there.standing("N2") != there.standing("N3")
