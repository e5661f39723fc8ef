"""A workspace that counts people by what they are is not built; what readers should know travels with the edition."""

import json

import pytest

from geomap.cli.main import main
from geomap.editions.edition import read_edition
from geomap.errors import MethodologyError
from geomap.workspace.build import build
from geomap.workspace.check import check
from geomap.workspace.workspace import open_workspace
from tests.conftest import without_surveys

PROFILE = """
[[indicator]]
id = "profile"
title = "Neighbourhood profile"
domain = "socioeconomic"
up = "worse"
reason = "It is in the file."
measure = { measure = "share", layer = "living-conditions", part = ["residents_long_illness"], whole = ["residents"] }
"""


@pytest.fixture
def titled(city):
    """The demonstration city where the card says that a column counts people by religion, and one number stands twice."""
    path = city / "layers/living-conditions/datapackage.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    for field in card["resources"][0]["schema"]["fields"]:
        if field["name"] == "residents_long_illness":
            field["title"] = "Residents of a minority religion"
    path.write_text(json.dumps(card), encoding="utf-8")
    recipe = city / "methodology.toml"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("[[domain]]", PROFILE + "\n[[domain]]", 1), encoding="utf-8")
    return city


def test_check_lists_every_reason_and_build_refuses(titled):
    """Two shares of a religion, and the same number twice: three reasons, told before and at the build."""
    workspace = open_workspace(titled)
    faults = check(workspace).faults
    assert len(faults) == 3
    assert sum("religion" in fault for fault in faults) == 2
    assert sum("same number" in fault for fault in faults) == 1
    with pytest.raises(MethodologyError) as refused:
        build(workspace, draws=20)
    assert set(refused.value.faults) == set(faults)
    assert not workspace.editions.exists()


def test_warnings_travel_in_the_edition_and_are_printed(city, capsys):
    """The same question twice and a direction that contradicts the rest of its domain: built, and said."""
    recipe = without_surveys(city) / "methodology.toml"
    text = recipe.read_text(encoding="utf-8")
    unhelped = text.split("[[indicator]]")[11].replace('"neighbours_help"\ntitle', '"neighbours_do_not"\ntitle').replace("[4, 5]", "[1, 2]")
    assert 'up = "better"' in unhelped
    recipe.write_text(text.replace("[[domain]]", f"[[indicator]]{unhelped}\n[[domain]]", 1), encoding="utf-8")
    assert main(["build", str(city), "--draws", "20"]) == 0
    printed = capsys.readouterr().out
    warnings = read_edition(city).about["warnings"]
    assert any("ask the same question 'neighbours_help'" in warning for warning in warnings)
    assert any("runs against the rest of 'Trust and social capital'" in warning for warning in warnings)
    assert all(f"Note: {warning}" in printed for warning in warnings)


def test_the_demonstration_city_is_warned_of_its_modelled_raster_alone(edition):
    """No false alarm."""
    (warning,) = edition.about["warnings"]
    assert warning.startswith("The numbers of 'green-raster' are modelled, not measured")
