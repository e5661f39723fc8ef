"""What a score is made of: by hand in the toy city, and as laws."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.assessment.explain import explain, explain_all, worst_part
from geomap.errors import EditionError
from geomap.scoring.combine import Combine
from tests.assessment.small import assessed, indicator, recipe, whole

PLAIN = recipe(
    indicator("theft", "harm"), indicator("noise", "harm"), indicator("trust", "bonds", up="better"),
    domain=[whole("harm"), whole("bonds", "better")], index=[whole("risk", of=["harm", "bonds"])],
)  # fmt: skip
SCORES = """ward    | theft | noise | trust
            --------+-------+-------+------
            castle  |     8 |     6 |     2
            market  |     4 |     2 |     5
            harbour |     2 |     1 |     6"""


def test_the_sums_by_hand():
    """Castle: theft is 4 over the middle and counts a quarter, noise 4 and a quarter, trust 3 under it and counts half, turned."""
    found = explain(assessed(PLAIN, SCORES), PLAIN, "castle", "risk")
    assert found.score == 7.5
    assert (found.median_place, found.city, found.gap) == (4.0, 4.0, 0.0)
    assert found.points.to_dict() == {"harm": 2.0, "bonds": 1.5, "theft": 1.0, "noise": 1.0, "trust": 1.5}
    assert found.distance == 3.5


def test_the_gap_between_the_median_place_and_the_median_score_is_a_line_of_its_own():
    """Medians do not add up: here the middle of each indicator is 5, but no place scores 5."""
    table = "ward | theft | noise | trust\n castle | 0 | 9 | 5\n market | 5 | 5 | 5\n harbour | 9 | 9 | 5"
    found = explain(assessed(PLAIN, table), PLAIN, "castle", "harm")
    assert (found.median_place, found.city, found.gap) == (7.0, 5.0, 2.0)
    assert found.points.sum() + found.gap == found.distance == -0.5


def test_the_median_place_lacks_what_this_place_lacks():
    """Market has no trust, so bonds and risk have no score there, and nothing is said of them; harm is told."""
    table = SCORES.replace("|     5", "|      ")
    assessment = assessed(PLAIN, table)
    found = explain(assessment, PLAIN, "market", "risk")
    assert np.isnan([found.score, found.distance, *found.points]).all()
    assert explain(assessment, PLAIN, "market", "harm").distance == 0.0


def test_everything_is_explained_by_default():
    """Indices first, then domains."""
    assert [found.node.id for found in explain_all(assessed(PLAIN, SCORES), PLAIN, "castle")] == ["risk", "harm", "bonds"]


def test_what_cannot_be_explained_is_said():
    """An indicator is not made of others, and no place is invented."""
    assessment = assessed(PLAIN, SCORES)
    with pytest.raises(EditionError, match=r"'theft' is an indicator.*'risk', 'harm', 'bonds'"):
        explain(assessment, PLAIN, "castle", "theft")
    with pytest.raises(EditionError, match="There is no ward 'moon'"):
        explain(assessment, PLAIN, "moon", "risk")


def test_the_worst_part_is_named_whichever_way_it_runs():
    """Castle has 7 of harm and 2 of bonds, which is 8 away from all the bonds there could be."""
    assessment = assessed(PLAIN, SCORES)
    assert worst_part(assessment, "castle", "risk").id == "bonds"
    assert worst_part(assessment, "castle").id == "bonds"
    assert worst_part(assessment, "castle", "harm") is None


WAYS, UPS, VALUES = st.sampled_from(get_args(Combine)), st.sampled_from(["worse", "better"]), st.one_of(st.none(), st.floats(0, 10))
NAMES = ("a", "b", "c", "d", "e")


@st.composite
def cities(draw: st.DrawFn):
    """A methodology with a domain inside a domain, a turned index, Resilience and Risk on top of both, and five places with gaps."""
    domain = [
        whole("outer", draw(UPS), combine=draw(WAYS)), whole("inner", draw(UPS), combine=draw(WAYS), domain="outer", weight=draw(st.floats(0.2, 3))),
        whole("other", draw(UPS), combine=draw(WAYS), digits=draw(st.sampled_from([None, 1]))),
    ]  # fmt: skip
    index = [
        whole("pressure", of=["outer", "other"], combine=draw(WAYS)), whole("resilience", "better", of=["pressure", "inner"], combine=draw(WAYS)),
        whole("risk", of=["resilience", "pressure", "other"], combine=draw(WAYS), weights={"resilience": 1, "pressure": draw(st.floats(0.1, 5)), "other": 2}),
    ]  # fmt: skip
    homes = dict(zip(NAMES, ("inner", "inner", "outer", "other", "other"), strict=True))
    parts = [indicator(name, home, up=draw(UPS), weight=draw(st.floats(0.2, 3))) for name, home in homes.items()]
    rule = {"rule": draw(st.sampled_from(["share", "propagate", "renormalise"])), "least_share": 0.5, "reason": "Because."}
    agreed = recipe(*parts, domain=domain, index=index, missing=rule)
    rows = draw(st.lists(st.lists(VALUES, min_size=5, max_size=5), min_size=5, max_size=5))
    table = pd.DataFrame(rows, columns=list(NAMES), dtype=float)
    table.insert(0, "ward", ["castle", "market", "harbour", "mill", "station"])
    return agreed, assessed(agreed, table)


@settings(max_examples=100, deadline=None)
@given(city=cities())
def test_every_score_is_the_sum_of_its_lines(city):
    """Whatever the tree: indicators, rounding and gap sum to the distance from the city's median, and the score is the published one."""
    agreed, assessment = city
    for found in explain_all(assessment, agreed, "castle"):
        published = assessment.numbers[found.node.id].at["castle", "value"]
        total = found.points.reindex(NAMES).sum() + found.rounding + found.gap
        assert found.score == pytest.approx(published, nan_ok=True)
        assert np.isnan(published) or total == pytest.approx(found.distance, abs=1e-9)
