"""A workspace: what is in it, the hash of every file of it, and nothing from outside it."""

import json
import shutil
import subprocess

import pytest

from geomap.errors import CardError, GeomapError, MethodologyError, WorkspaceError
from geomap.workspace.workspace import open_workspace

GUARDED = {
    "layers/incidents/data.csv",
    "layers/resilience-survey/data.csv",
    "layers/trust-survey/data.csv",
    "layers/trust-survey/margins.csv",
}


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("nowhere", "There is no folder .*nowhere. Run 'geomap init .*nowhere' to start a workspace there"),
        ("layers", "layers is not a workspace: it has no methodology.toml. Run 'geomap init .*layers' to start one, or name another"),
        ("methodology.toml", "methodology.toml"),
    ],
)
def test_a_folder_that_is_no_workspace_is_told(demo, folder, said):
    """With its name, and how to start one."""
    with pytest.raises(WorkspaceError, match=said):
        open_workspace(demo / folder)


def test_a_workspace_is_found_by_any_of_its_names(demo, monkeypatch):
    """By text or path, whole or from the folder one stands in."""
    monkeypatch.chdir(demo / "layers")
    assert open_workspace("..").path == open_workspace(str(demo)).path == open_workspace(demo).path


def test_everything_an_edition_is_made_from_is_in_the_inputs(demo):
    """The methodology, the issues and every file of boundaries and layers, cards too; neither the editions nor what merely lies about."""
    own = {path.relative_to(demo).as_posix() for room in ("boundaries", "layers") for path in (demo / room).rglob("*") if path.is_file()}
    assert set(open_workspace(demo).inputs()) == own | {"methodology.toml", "issues.toml"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed here")
def test_the_hashes_of_the_inputs_are_those_of_sha256sum(demo, tmp_path):
    """Anybody can check them with a tool of the system."""
    sums = "".join(f"{digest}  {name}\n" for name, digest in open_workspace(demo).inputs().items())
    (tmp_path / "sums").write_text(sums, encoding="utf-8")
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", str(tmp_path / "sums")], cwd=demo, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_only_files_about_people_are_guarded(demo):
    """Every data file of a layer that is not open, the margins of a survey too; no card and no open file."""
    workspace = open_workspace(demo)
    assert workspace.guarded() == GUARDED
    assert workspace.guarded() <= set(workspace.inputs())


def test_a_layer_that_is_opened_is_guarded_no_longer(city):
    """What is guarded follows the card."""
    card = city / "layers/incidents/datapackage.json"
    card.write_text(card.read_text(encoding="utf-8").replace('"counts"', '"open"'), encoding="utf-8")
    assert open_workspace(city).guarded() == GUARDED - {"layers/incidents/data.csv"}


def test_folders_without_a_card_are_passed_over(city):
    """Notes may lie beside the layers."""
    (city / "layers" / "notes").mkdir()
    (city / "layers" / "notes" / "read-me.txt").write_text("a note", encoding="utf-8")
    assert "notes" not in open_workspace(city).layers


def test_all_layers_that_cannot_be_read_are_told_at_once(city):
    """A card that is no JSON, a file that is gone, a number that is none: three faults, each with its file."""
    (city / "layers/residents/datapackage.json").write_text("{", encoding="utf-8")
    (city / "layers/online-log/data.csv").unlink()
    data = city / "layers/living-conditions/data.csv"
    data.write_text(data.read_text(encoding="utf-8").replace(",3604,", ",many,"), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="3 layer") as wrong:
        _ = open_workspace(city).layers
    conditions, log, residents = wrong.value.faults
    assert "row 2, column 'residents': 'many' is not a number" in conditions
    assert "online-log/datapackage.json names the file 'data.csv', which is not there. Put it in" in log
    assert "residents/datapackage.json is not valid JSON" in residents


def test_a_workspace_without_boundaries_says_how_to_get_some(city):
    """With the command."""
    shutil.rmtree(city / "boundaries")
    with pytest.raises(WorkspaceError, match=r"boundaries holds no boundary set\. Put polygons there with 'geomap add FILE --to"):
        _ = open_workspace(city).atlas


def test_a_methodology_that_is_broken_is_named(city):
    """The file, and what is wrong in it."""
    (city / "methodology.toml").write_text('[methodology]\nname = "x"\n', encoding="utf-8")
    with pytest.raises(MethodologyError, match=r"methodology\.toml cannot be used; \d+ thing"):
        _ = open_workspace(city).methodology


def test_the_latest_edition_is_there_once_one_was_built(city, demo, edition):
    """Before, there is none, which is no error."""
    assert open_workspace(city).latest_edition() is None
    assert open_workspace(demo).latest_edition().path == edition.path


@pytest.mark.parametrize("path", ["../residents/data.csv", "/etc/hostname", "..", "sub/../../data.csv", "C:data.csv", "/vsicurl/x.csv"])
def test_a_card_cannot_name_a_file_elsewhere(city, path):
    """Only files beside the card; the error names the card and says so."""
    card = city / "layers/incidents/datapackage.json"
    data = json.loads(card.read_text(encoding="utf-8"))
    data["resources"][0]["path"] = path
    card.write_text(json.dumps(data), encoding="utf-8")
    for ask in (open_workspace(city).inputs, open_workspace(city).guarded):
        with pytest.raises(CardError, match=r"incidents/datapackage\.json[\s\S]*must be a file beside its card"):
            ask()


def test_a_methodology_that_lies_elsewhere_is_refused(city, tmp_path):
    """A link in its place is not followed."""
    shutil.move(city / "methodology.toml", tmp_path / "elsewhere")
    (city / "methodology.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorkspaceError, match=r"methodology\.toml.* lead out by a link"):
        _ = open_workspace(city).methodology


@pytest.mark.parametrize("linked", ["layers/residents/data.csv", "layers/residents/datapackage.json", "layers/residents"])
def test_a_link_that_leads_out_of_the_workspace_is_refused(city, tmp_path, linked):
    """A file, a card or a whole folder that lies elsewhere is not read; the error names it."""
    shutil.move(city / linked, tmp_path / "elsewhere")
    (city / linked).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GeomapError, match=r"layers/residents[\s\S]*link"):
        _ = open_workspace(city).layers
