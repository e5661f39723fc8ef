"""Numbers in words."""

import pytest

from geomap.symbology.numbers import p_value


@pytest.mark.parametrize(("p", "told"), [(0.0, "<\u00a00.001"), (1e-30, "<\u00a00.001"), (0.001, "0.001"), (0.0312, "0.031"), (1.0, "1")])
def test_no_p_value_is_told_as_nothing(p, told):
    """A p of 0 does not exist; the smallest are told by what they are below."""
    assert p_value(p) == told
