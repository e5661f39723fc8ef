"""Numbers in words."""

import pytest

from geomap.language import speaking
from geomap.symbology.numbers import interval, number, p_value, signed


@pytest.mark.parametrize(("p", "told"), [(0.0, "<\u00a00.001"), (1e-30, "<\u00a00.001"), (0.001, "0.001"), (0.0312, "0.031"), (1.0, "1")])
def test_no_p_value_is_told_as_nothing(p, told):
    """A p of 0 does not exist; the smallest are told by what they are below."""
    assert p_value(p) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "−0.4 (−1.1 to 0.3)"), ("fr", "−0,4 (−1,1 à 0,3)"), ("ar", "\u200e−0.4 (\u2068\u200e−1.1\u2069 إلى \u20680.3\u2069)")],
)
def test_below_zero_stands_one_sign(code, told):
    """The minus sign in a number, an interval and a difference alike; in Arabic behind the mark that keeps it on the left of its number."""
    with speaking(code):
        assert f"{signed(-0.4, 1)} ({interval(-1.1, 0.3, 1)})" == told
        assert number(-0.4, 1) == signed(-0.4, 1)
        assert (number(-0.04, 1), signed(-0.04, 1)) == (number(0, 1), signed(0, 1))
