"""What overlaps is never added up, however it is weighed."""

import pandas as pd
import pytest

from geomap.methodology.parts import Indicator
from geomap.workspace.overlapping import summed_twice
from tests.toy import layer, methodology

CRIMES = pd.DataFrame({"ward": ["castle"] * 3, "strand": ["race", "faith", "faith"], "offence": ["assault", "assault", "threat"]})


def severity(kind: str, **where: list[str]) -> Indicator:
    """Crimes weighed by that column."""
    measure = {"measure": "severity", "layer": "crimes", "kind": kind, "weights": {"layer": "harm"}, "per": {"layer": "residents", "field": "people"}, "where": where}  # fmt: skip
    return methodology({"id": "severity", "measure": measure}).indicator[0]


@pytest.mark.parametrize("kind", ["strand", "offence"])
def test_strands_that_overlap_are_not_weighed_together(kind):
    """One record can be in several strands: neither their weights nor those of its offence may be added up over them; of one strand they may."""
    crimes = {"crimes": layer("crimes", CRIMES, kind="incidents", overlapping=["strand"])}
    assert "adds up what overlaps" in next(summed_twice([severity(kind)], crimes))
    assert list(summed_twice([severity(kind, strand=["race", "faith"])], crimes)) != []
    assert list(summed_twice([severity(kind, strand=["race"])], crimes)) == []
