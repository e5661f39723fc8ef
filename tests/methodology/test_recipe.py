"""The methodology file: strict, bound, fingerprinted, and all its faults at once."""

import tomllib

import pytest

from geomap.errors import MethodologyError
from geomap.methodology.default import MODEL
from geomap.methodology.read import read_methodology
from geomap.methodology.recipe import Methodology
from tests.conftest import ROOT
from tests.toy import methodology

ONE = {"id": "one", "measure": {"measure": "zonal", "layer": "green"}}


def faults(**changed):
    """What is said of the toy methodology when parts of it are changed."""
    data = methodology(ONE).model_dump(mode="json", by_alias=True)
    with pytest.raises(MethodologyError) as wrong:
        Methodology.read({**data, **changed}, where="methodology.toml", error=MethodologyError)
    return str(wrong.value)


def test_all_faults_are_told_at_once():
    """A misspelt word, a wrong type and a missing reason: three sentences, one error."""
    said = faults(missing={"rule": "guess", "reason": ""}, scale={"low": "five", "reason": "Because."}, colour="red")
    assert "missing → rule" in said
    assert "missing → reason: is blank" in said
    assert "scale → low" in said
    assert "colour: is not a word known here" in said


def test_there_is_no_default_for_what_is_missing():
    """The rule must be chosen by a person."""
    data = methodology(ONE).model_dump(mode="json", by_alias=True)
    del data["missing"]
    with pytest.raises(MethodologyError, match="missing: is missing; write it"):
        Methodology.read(data, where="methodology.toml", error=MethodologyError)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"domain": [{"id": "other", "title": "Other", "up": "worse", "reason": "Because."}]},
            "belongs to the domain 'strain', which is not described",
        ),
        (
            {"index": [{"id": "risk", "title": "Risk", "up": "worse", "of": ["hope"], "reason": "Because."}]},
            "is made of ['hope'], not described before it",
        ),
        (
            {"index": [{"id": "risk", "title": "Risk", "up": "worse", "of": ["strain"], "weights": [1.0, 2.0], "reason": "Because."}]},
            "has 1 parts but 2 weights",
        ),
        (
            {"index": [{"id": "strain", "title": "Twice", "up": "worse", "of": ["strain"], "reason": "Because."}]},
            "['strain'] are used more than once",
        ),
        ({"changes": [{"version": "0.9", "date": "2024-01-01", "reason": "Old."}]}, "the change log says nothing about version 1"),
    ],
)
def test_every_part_that_is_named_exists(changed, said):
    """A recipe that names what is not there is refused, with the name."""
    assert said in faults(**changed)


def test_an_indicator_for_a_level_nobody_asked_for_is_refused():
    """Levels are those of the heading."""
    with pytest.raises(Exception, match="for the levels \\['streets'\\], which the methodology does not have"):
        methodology({**ONE, "levels": ["streets"]})


def test_a_measure_nobody_knows_is_refused_with_those_there_are():
    """The measures are named in the error."""
    with pytest.raises(
        Exception,
        match="'value', 'share', 'rate', 'standardised_rate', 'standardised_ratio', 'severity', 'survey_share', 'survey_mean', 'small_area', 'pillar', 'nearest', 'reach', 'catchment', 'gravity', 'zonal'",
    ):
        methodology({"id": "one", "measure": {"measure": "astrology", "layer": "stars"}})


def test_the_fingerprint_is_of_the_content_not_of_the_file(tmp_path):
    """Comments and blank lines leave it alone; a weight changes it."""
    text = (ROOT / "methodology.toml").read_text(encoding="utf-8")
    prints = []
    for name, changed in {"same.toml": "# a comment\n\n" + text, "other.toml": text.replace("threshold = 5", "threshold = 6")}.items():
        (tmp_path / name).write_text(changed, encoding="utf-8")
        prints.append(read_methodology(tmp_path / name).fingerprint)
    own = read_methodology(ROOT / "methodology.toml").fingerprint
    assert prints[0] == own
    assert prints[1] != own


def test_a_what_if_is_another_value_and_is_checked_too():
    """Another number of draws is a new recipe; a number that is not allowed is refused."""
    recipe = methodology(ONE)
    assert recipe.with_uncertainty(draws=50).uncertainty.draws == 50
    assert recipe.uncertainty.draws == 200
    with pytest.raises(MethodologyError, match="draws"):
        recipe.with_uncertainty(draws=3)


def test_a_file_that_is_no_toml_is_named(tmp_path):
    """The line is told."""
    path = tmp_path / "methodology.toml"
    path.write_text("[methodology\nname = 1", encoding="utf-8")
    with pytest.raises(MethodologyError, match=r"is not valid TOML.*line 1"):
        read_methodology(path)


def test_the_default_model_is_the_conceptual_one():
    """Four pillars, Pressure and Capacity as plain means, Resilience and Risk as geometric means."""
    model = tomllib.loads(MODEL)
    assert [domain["id"] for domain in model["domain"]] == ["incidents", "socioeconomic", "trust", "assets"]
    assert {index["id"]: (index.get("combine", "arithmetic"), index["of"]) for index in model["index"]} == {
        "pressure": ("arithmetic", ["incidents", "socioeconomic"]),
        "capacity": ("arithmetic", ["trust", "assets"]),
        "resilience": ("geometric", ["pressure", "capacity"]),
        "risk": ("geometric", ["incidents", "socioeconomic", "capacity"]),
    }
