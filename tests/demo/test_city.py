"""The demonstration city is what the command writes, looks like a city, and its planted truth is found."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.demo import write_city
from geomap.errors import WorkspaceError
from geomap.layers.read import read_layer
from geomap.workspace.workspace import open_workspace
from tests.conftest import PARTS, ROOT

TRUTH = json.loads((ROOT / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def places() -> gpd.GeoDataFrame:
    """The neighbourhoods, in metres."""
    return open_workspace(ROOT).atlas["neighbourhoods"].frame


def files(folder):
    """Every file of the city, by its path."""
    found = [path for part in PARTS for path in ([folder / part] if (folder / part).is_file() else sorted((folder / part).rglob("*")))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_the_command_reproduces_the_committed_city_to_the_byte(tmp_path):
    """Same seed, same bytes."""
    write_city(tmp_path / "city", seed=TRUTH["seed"])
    assert files(tmp_path / "city") == files(ROOT)


def test_another_seed_is_another_city(tmp_path):
    """The city comes from the seed, not from a file."""
    write_city(tmp_path / "city", seed=7)
    assert files(tmp_path / "city")["layers/incidents/data.csv"] != files(ROOT)["layers/incidents/data.csv"]


def test_another_workspace_is_never_overwritten(tmp_path):
    """A methodology that is not the demonstration's stays as it is."""
    (tmp_path / "methodology.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="Name an empty folder"):
        write_city(tmp_path)
    assert (tmp_path / "methodology.toml").read_text(encoding="utf-8") == "mine"


def test_it_is_a_city_of_sixty_one_neighbourhoods_in_eight_districts(places):
    """Whole polygons that share their borders, none over another."""
    assert (len(places), places["parent"].nunique()) == (61, 8)
    assert shapely.coverage_is_valid(places.geometry.array)


def test_borders_wiggle_as_real_ones_do(places):
    """Neighbourhoods have tens of corners, and their borders turn in and out: they are longer round than a string pulled tight about them."""
    corners = shapely.get_num_coordinates(places.geometry.array)
    assert corners.min() > 20
    assert (places.length / places.convex_hull.length).median() > 1.05


def test_every_kind_of_layer_is_there():
    """Tables, incidents, surveys, assets formal and informal, an observation log, registers and rasters."""
    layers = open_workspace(ROOT).layers
    assert {layer.card.kind for layer in layers.values()} == {
        "table",
        "incidents",
        "survey",
        "assets",
        "observations",
        "register",
        "raster",
    }
    assert set(layers["assets-informal"].table["formality"]) == {"informal"}
    assert {"engagement", "stakeholders", "mechanisms", "biases", "interventions"} <= set(layers)


def test_everything_says_that_it_is_invented():
    """Each card, the methodology and the truth."""
    for card in ROOT.glob("layers/*/datapackage.json"):
        assert "invented" in json.loads(card.read_text(encoding="utf-8"))["description"], card
    assert "invented" in (ROOT / "methodology.toml").read_text(encoding="utf-8")
    assert "invented" in TRUTH["notice"]


def test_the_planted_bias_is_in_the_survey():
    """The group that was under-sampled answers a fraction as often as it should."""
    hidden = TRUTH["under_sampled"]
    sample = read_layer(ROOT / "layers" / hidden["layer"]).table
    share = (sample[hidden["variable"]] == hidden["group"]).mean()
    assert share == pytest.approx(hidden["share_of_sample"], abs=1e-4)
    assert share < hidden["share_of_residents"] / 3


def test_the_places_truly_at_risk_are_found(edition):
    """Each planted place's rank interval reaches into the top tenth, and all the city's most probable worst fifth holds them."""
    risk = edition.level("neighbourhoods").numbers["risk"]
    planted = risk.loc[TRUTH["high_risk"]]
    tenth = risk["value"].notna().sum() / 10
    assert (planted["rank_low"] <= tenth).all()
    assert (planted["p_worst"] > 0.8).all()
    assert set(risk.nsmallest(len(planted), "rank").index) == set(TRUTH["high_risk"])


def test_the_withheld_count_is_withheld_everywhere(edition, demo):
    """Status suppressed, no value, no base, in the edition; the count itself is in the layer."""
    hidden = TRUTH["withheld"]
    row = edition.level("neighbourhoods").numbers[hidden["indicator"]].loc[hidden["place"]]
    assert row["status"] == "suppressed"
    assert pd.isna(row["value"])
    assert pd.isna(row["n"])
    incidents = open_workspace(demo).layers[hidden["layer"]]
    codes = open_workspace(demo).sources.join(incidents, "neighbourhoods").codes
    kept = (codes == hidden["place"]) & (incidents.table["kind"] == hidden["kind"]) & incidents.table["date"].dt.year.isin(hidden["years"])
    assert kept.sum() == hidden["count"]


def test_the_group_that_was_not_heard_is_named(edition):
    """In the caveats of the edition, of every trust number, in words."""
    hidden = TRUTH["under_sampled"]
    words = f"Not heard enough: {hidden['variable'].replace('_', ' ')} {hidden['group']}"
    assert any(caveat.startswith(words) for caveat in edition.caveats)
    assert any(caveat.startswith(words) for caveat in edition.level("neighbourhoods").node("trust_council").caveats)


def test_trust_lies_in_its_intervals(edition):
    """Of the neighbourhoods with enough answers, nearly all intervals hold the true share of trust in the council."""
    shown = edition.level("neighbourhoods").numbers["trust_council"].dropna(subset=["value"])
    true = pd.Series(TRUTH["true_trust"]["trust_council"]).reindex(shown.index) * 100
    assert ((shown["low"] <= true) & (true <= shown["high"])).mean() > 0.9


def test_the_park_has_nobody_and_no_rates(edition):
    """Nobody lives there: missing, not zero, and no risk score."""
    park = TRUTH["without_residents"]
    numbers = edition.level("neighbourhoods").numbers
    assert numbers["hate_incidents"].at[park, "status"] == "missing"
    assert pd.isna(numbers["risk"].at[park, "value"])


def test_change_can_be_shown(edition):
    """Two periods: conditions can be compared with the baseline nearly everywhere, pressure where no count is withheld in either."""
    numbers = edition.level("neighbourhoods").numbers
    assert numbers["socioeconomic"]["previous"].notna().mean() > 0.95
    assert numbers["pressure"]["previous"].notna().mean() > 0.4
