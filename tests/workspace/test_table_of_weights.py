"""A table of weights as a city would hand it in: a folder with a card, and an indicator that names it."""

import json
from pathlib import Path

import pytest

from geomap.assessment.estimate import estimate
from geomap.workspace.check import check
from geomap.workspace.overlapping import summed_twice
from geomap.workspace.workspace import Workspace, open_workspace

CARD = {
    "name": "harm", "title": "Example of weights, made for a test", "contributors": [{"title": "Nobody official", "roles": ["provider"]}],
    "geomap:kind": "register", "geomap:period": "2025", "geomap:sensitivity": "open", "geomap:tier": "public", "geomap:evidence": "professional",
    "geomap:skewed": "What was judged grave is in it, not what was felt.", "geomap:misreading": "A low sum does not say that nobody was hurt.",
    "resources": [{
        "name": "data", "path": "weights.csv", "format": "csv", "encoding": "utf-8",
        "schema": {"fieldsMatch": "subset", "missingValues": [""], "fields": [{"name": "kind", "type": "string"}, {"name": "weight", "type": "number"}]},
    }],
}  # fmt: skip
INDICATOR = """
[[indicator]]
id = "severity"
title = "Severity of recorded incidents"
domain = "incidents"
up = "worse"
unit = "weight per 1,000 residents a year"
reason = "A test."
measure = { measure = "severity", layer = "incidents", weights = { layer = "harm" }, window_years = 2, years = 2, per = { layer = "residents", field = "people" } }
"""


def weighed(city: Path, rows: str) -> Workspace:
    """The demonstration city with these weights and an indicator of them."""
    folder = city / "layers" / "harm"
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps(CARD), encoding="utf-8")
    (folder / "weights.csv").write_text(f"kind,weight\n{rows}\n", encoding="utf-8")
    recipe = city / "methodology.toml"
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("[[indicator]]", INDICATOR + "\n[[indicator]]", 1), encoding="utf-8")
    return open_workspace(city)


def test_an_indicator_names_a_table_of_the_workspace(city):
    """Whose weights they are, what they leave out and which kind carries most stand with the number."""
    workspace = weighed(city, "hate incident,60\nharassment,20\ncriminal damage,5")
    indicator = next(one for one in workspace.methodology.indicator if one.id == "severity")
    found = estimate(indicator, workspace.sources, "neighbourhoods", workspace.methodology.disclosure.rule())
    assert found.notes[:3] == (
        "Weights of the kinds: Example of weights, made for a test (Nobody official, 2025).",
        CARD["geomap:skewed"],
        CARD["geomap:misreading"],
    )
    assert (
        found.notes[-1] == "48.7–52.7 % of the weight of all places comes from 13–14.9 % of the events, those of the kind 'hate incident'."
    )
    assert set(found.table["status"]) >= {"value", "suppressed"}
    assert list(summed_twice([indicator], workspace.layers)) == []


@pytest.mark.slow
def test_a_table_that_cannot_serve_stops_the_build_in_words(city):
    """It is told by geomap check, with the table and the kinds."""
    faults = check(weighed(city, "harassment,20")).faults
    assert any("'harm' has no weight for ['criminal damage', 'hate incident']" in one for one in faults)
