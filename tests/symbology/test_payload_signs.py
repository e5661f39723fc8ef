"""A map's own signs are never read as how sure a class is."""

import dataclasses

import pytest

from geomap.views.choropleth import choropleth


@pytest.mark.parametrize("sign", "aktAJG")
def test_a_sign_that_means_unsure_or_resting_is_refused(edition, sign):
    """Grey and lonely places were once told as resting on withheld numbers."""
    payload = choropleth(edition.level(), "risk")
    with pytest.raises(ValueError, match="other signs"):
        dataclasses.replace(payload, digits=sign + payload.digits[1:])
