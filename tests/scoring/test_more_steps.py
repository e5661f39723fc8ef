"""Steps that weigh by people, compare with the city, and undo or steady what others do: by hand and by published formulas."""

import numpy as np
import pytest
from pydantic import ValidationError

from geomap.scoring.class_steps import QuantileClass
from geomap.scoring.normalisations import Percentile, Relative, ZScore
from geomap.scoring.transformations import Absolute, Arcsine, Exp, Log, Logit, Power

VALUES = np.array([1.0, 2.0, np.nan, 4.0, 4.0])
PEOPLE = np.array([100.0, 300.0, 50.0, 0.0, 600.0])
NAN = float("nan")


def taken(step, values=VALUES, **how):
    """What a step gives, as a list."""
    return step(np.array(values), **how).tolist()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Power(power=2), [1, 4, NAN, 16, 16]),
        (Power(power=-1), [1, 0.5, NAN, 0.25, 0.25]),
        (Absolute(), [1, 2, NAN, 4, 4]),
        (Exp(), [np.e, np.e**2, NAN, np.e**4, np.e**4]),
        (Logit(of=5), [np.log(1 / 4), np.log(2 / 3), NAN, np.log(4), np.log(4)]),
        (Arcsine(of=4), [np.pi / 6, np.pi / 4, NAN, np.pi / 2, np.pi / 2]),
        (Relative(to="mean"), [1 / 2.75, 2 / 2.75, NAN, 4 / 2.75, 4 / 2.75]),
        (Relative(to="median", how="difference"), [-2, -1, NAN, 1, 1]),
        (Relative(to="highest"), [0.25, 0.5, NAN, 1, 1]),
        (Relative(to="lowest", how="difference"), [0, 1, NAN, 3, 3]),
        (Relative(to="total"), [1 / 11, 2 / 11, NAN, 4 / 11, 4 / 11]),
    ],
)
def test_by_hand(step, expected):
    """The third place has no value."""
    assert taken(step) == pytest.approx(expected, nan_ok=True)


def test_what_has_no_power_logit_or_angle_is_missing():
    """The root of -1, the logit of 0 and 1, the angle of 2; nothing turns into a number."""
    assert np.isnan(taken(Power(power=0.5), [-1.0])[0])
    assert np.isnan(taken(Power(power=-1), [0.0])[0])
    assert np.isnan(taken(Logit(), [0.0, 1.0])).all()
    assert np.isnan(taken(Arcsine(), [2.0, -0.1])).all()


def test_exp_undoes_log():
    """Place by place."""
    assert Exp()(Log()(VALUES)) == pytest.approx(VALUES, nan_ok=True)


def test_a_weighted_z_is_that_of_the_people():
    """Each place stands in as often as it has people (Carstairs' index is standardised so)."""
    people = np.repeat(VALUES[[0, 1, 4]], [100, 300, 600])
    for ddof in (0, 1):
        expected = (VALUES - people.mean()) / people.std(ddof=ddof)
        assert taken(ZScore(ddof=ddof, weight="people"), weight=PEOPLE) == pytest.approx(expected.tolist(), nan_ok=True)


def test_a_weighted_mean_is_that_of_the_people():
    """(100 × 1 + 300 × 2 + 600 × 4) / 1,000 = 3.1."""
    assert taken(Relative(to="mean", how="difference", weight="people"), weight=PEOPLE) == pytest.approx(
        [-2.1, -1.1, NAN, 0.9, 0.9], nan_ok=True
    )


def test_a_weighted_percentile_is_the_share_of_people_below():
    """And half of those level: 50, 100 + 150, 400 + 300 of 1,000."""
    assert taken(Percentile(weight="people"), weight=PEOPLE) == pytest.approx([0.05, 0.25, NAN, 0.7, 0.7], nan_ok=True)


def test_weighted_classes_hold_as_many_people():
    """From the highest: the level two take the first 600, the next 300, the last 100: middles at .3, .75, .95 of the people."""
    assert taken(QuantileClass(count=2, weight="people"), weight=PEOPLE) == pytest.approx([2, 2, NAN, 1, 1], nan_ok=True)
    assert taken(QuantileClass(count=5, weight="people", first="lowest"), weight=PEOPLE) == pytest.approx([1, 2, NAN, 4, 4], nan_ok=True)


def test_weights_and_groups_go_together():
    """Each group has its own mean."""
    groups = np.array([0, 0, 0, 1, 1])
    found = taken(Relative(to="mean", how="difference", weight="people"), groups=groups, weight=PEOPLE)
    assert found == pytest.approx([1 - 1.75, 2 - 1.75, NAN, 0, 0], nan_ok=True)


@pytest.mark.parametrize(
    "made",
    [
        lambda: Relative(to="median", weight="people"),
        lambda: QuantileClass(count=5, rule="bins", weight="people"),
        lambda: Percentile(weight="people", zeros="aside"),
        lambda: Percentile(among="people"),
    ],
)
def test_words_that_exclude_each_other_are_refused(made):
    """A weight that would say nothing is not taken in silence."""
    with pytest.raises(ValidationError):
        made()
