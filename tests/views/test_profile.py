"""A place's profile: what pulls each domain, and its worst part."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from geomap.scoring.combine import combine
from geomap.views.profile import profile, pulls
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.assessment.test_balance import CITY
from tests.assessment.test_explain import PLAIN, SCORES, cities


def test_the_pulls_by_hand():
    """Castle: theft is 4 over the city's middle and noise 4, each half of harm."""
    city = assessed(PLAIN, SCORES)
    assert pulls(city, city.node("harm"), "castle") == {"theft": 2.0, "noise": 2.0}


def counted(assessment, node):
    """The scores of a whole's parts, a column each, those that run the other way turned."""
    tables = {part: assessment.numbers[part] for part in node.parts}
    scores = {part: table.get("scaled", table["value"]) for part, table in tables.items()}
    return pd.DataFrame({part: values if assessment.node(part).up == node.up else 10 - values for part, values in scores.items()})


@settings(max_examples=50, deadline=None)
@given(city=cities())
def test_pulls_sum_to_the_score_less_the_middle_however_a_domain_combines(city):
    """Domains inside domains, and every way to combine; what is missing has no pull."""
    _, assessment = city
    for node in assessment.of_kind("domain"):
        found, scores = pd.Series(pulls(assessment, node, "castle")), counted(assessment, node)
        own, middle = scores.loc["castle"], scores.median().where(scores.loc["castle"].notna())
        known = not np.isnan(assessment.numbers[node.id].at["castle", "value"])
        assert found.notna().tolist() == (own.notna() & known).tolist()
        wholes = [combine(some.to_numpy(), np.array(node.weights), way=node.combine, least_share=0.0) for some in (own, middle)]
        assert not known or found.sum() == pytest.approx(float(wholes[0] - wholes[1]), abs=1e-9)


def test_a_domain_inside_a_domain_is_a_line_like_any_other():
    """It has no base and no note, and its pull counts."""
    agreed = recipe(indicator("a", "outer"), indicator("b", "inner"), domain=[whole("outer"), whole("inner", domain="outer")], index=[])
    found = profile(assessed(agreed, "ward | a | b\n castle | 8 | 4\n market | 2 | 2\n mill | 2 | 2"), "castle")
    assert {line.node.id: line.pull for line in found.lines["outer"]} == {"a": 3.0, "inner": 1.0}


def test_the_worst_part_is_always_named():
    """Harm at 7 hides behind bonds at 9 in a middling risk."""
    assert profile(CITY, "castle").worst == "The worst part is Harm: 7.0 of 10, where higher needs attention. An index can hide that."
