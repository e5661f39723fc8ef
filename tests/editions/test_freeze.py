"""An edition is frozen whole or not at all, always to the same bytes, and keeps to itself what could confirm a guess."""

import json
import stat
from dataclasses import replace
from importlib import import_module

import pytest

from geomap.datapackage.package import sha256
from geomap.editions.edition import read_edition
from geomap.editions.freeze import freeze
from geomap.errors import EditionError
from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace
from tests.conftest import without_surveys
from tests.editions.small import GUARDED, INPUTS, frozen, inside, rewrite

FREEZING = import_module("geomap.editions.freeze")


@pytest.fixture(scope="module")
def toy():
    """What an edition of the toy city is made of."""
    return frozen()


@pytest.fixture(scope="module")
def built(demo, tmp_path_factory):
    """The demonstration city built with 50 draws into a folder of its own; read it, never change it."""
    return build(open_workspace(demo), out=tmp_path_factory.mktemp("built"), draws=50)


def contents(folder):
    """The bytes of every file below *folder*."""
    return {name: content for name, (content, *_) in inside(folder).items()}


@pytest.mark.slow  # another process builds the same again in every run
def test_building_twice_gives_the_same_folder_and_leaves_it_as_it_is(demo, built):
    """The second build changes no byte, no date and no place on disk of any file of the edition."""
    before = inside(built)
    assert build(open_workspace(demo), out=built.parent, draws=50) == built
    assert inside(built) == before
    assert sorted(path.name for path in built.parent.iterdir()) == sorted([".inputs", "current", built.name])


def test_an_edition_is_named_by_city_period_and_the_hash_of_its_manifest(toy, tmp_path):
    """A period with a slash makes no folder in a folder."""
    folder = freeze(toy, tmp_path)
    assert folder.name == f"toy-2025-{sha256(folder / 'datapackage.json')[:12]}"
    spanning = [replace(one, period="2024/25 ../x") for one in toy.assessments]
    assert freeze(replace(toy, assessments=spanning), tmp_path).parent == tmp_path


def test_the_manifest_describes_every_file(toy, tmp_path):
    """Its size and its hash, of each file but the manifest itself."""
    folder = freeze(toy, tmp_path)
    manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    told = {item["path"]: (item["bytes"], item["hash"]) for item in manifest["resources"]}
    assert told == {
        name: (len(content), f"sha256:{sha256(folder / name)}") for name, content in contents(folder).items() if name != "datapackage.json"
    }
    assert "registers/boards.csv" in told


def test_others_may_read_an_edition(toy, tmp_path):
    """The folder is open to read, as any other."""
    assert stat.S_IMODE(freeze(toy, tmp_path).stat().st_mode) == 0o755


@pytest.mark.parametrize("changed", ["wards/scores.csv", "joins.json", "datapackage.json"])
def test_a_changed_edition_is_neither_used_nor_overwritten(toy, tmp_path, changed):
    """Building the same edition over it is refused with the way out; the file, the pointer and the folder stay as they are."""
    folder = freeze(toy, tmp_path)
    freeze(frozen(methodology="# another\n"), tmp_path)
    rewrite(folder / changed, b"changed")
    before = inside(tmp_path)
    with pytest.raises(EditionError, match=rf"{folder.name} exists but is not what was frozen: .*{changed} has been changed.*\. Move that"):
        freeze(toy, tmp_path)
    assert inside(tmp_path) == before


def test_a_file_that_is_gone_is_a_change_too(toy, tmp_path):
    """The folder of an edition without one of its files is refused."""
    folder = freeze(toy, tmp_path)
    (folder / "scale.json").unlink()
    with pytest.raises(EditionError, match=r"scale\.json is missing"):
        freeze(toy, tmp_path)


@pytest.mark.parametrize("at", ["datapackage.json", "scale.json", "nodes.json"])
def test_a_crash_while_writing_leaves_no_trace(toy, tmp_path, monkeypatch, at):
    """No half-written folder, and the edition before it is still the current one; afterwards the same edition can be built."""
    freeze(frozen(methodology="# the one before\n"), tmp_path)
    before, whole = inside(tmp_path), FREEZING.write_json

    def crash(path, content):
        if path.name == at:
            path.write_text("half", encoding="utf-8")
            raise OSError(28, "No space left on device")
        whole(path, content)

    monkeypatch.setattr(FREEZING, "write_json", crash)
    with pytest.raises(OSError, match="No space left"):
        freeze(toy, tmp_path)
    assert inside(tmp_path) == before
    monkeypatch.undo()
    assert freeze(toy, tmp_path).is_dir()


def test_a_build_that_crashes_leaves_no_trace(city, tmp_path, monkeypatch):
    """Of the whole city too, when all but the manifest is written: nothing in the folder of editions but what was there."""
    whole = FREEZING.write_json

    def crash(path, content):
        if path.name == "datapackage.json":
            raise OSError(28, "No space left on device")
        whole(path, content)

    monkeypatch.setattr(FREEZING, "write_json", crash)
    there = tmp_path / "editions"
    there.mkdir()
    (there / "current").write_text("the-one-before\n", encoding="utf-8")
    with pytest.raises(OSError, match="No space left"):
        build(open_workspace(without_surveys(city)), out=there, draws=50)
    assert contents(there) == {"current": b"the-one-before\n"}
    assert [path.name for path in there.iterdir()] == ["current"]


def test_the_hash_of_a_guarded_file_stays_inside(toy, tmp_path):
    """In the manifest it reads "withheld", in no file of the edition does it stand, and the owner alone finds it beside the edition."""
    folder = freeze(toy, tmp_path)
    manifest = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert manifest["geomap:inputs"] == {name: "withheld" if name in GUARDED else digest for name, digest in INPUTS.items()}
    kept = tmp_path / ".inputs" / f"{folder.name}.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == INPUTS
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert not [name for name, content in contents(folder).items() if any(INPUTS[file].encode() in content for file in GUARDED)]


def test_no_hash_of_what_people_said_is_in_an_edition_of_the_city(demo, built):
    """Incidents and answers are withheld in the manifest; the record beside the edition has the hash of every file."""
    workspace, manifest = open_workspace(demo), read_edition(built).manifest
    withheld = {name for name, digest in manifest["geomap:inputs"].items() if digest == "withheld"}
    assert withheld == workspace.guarded()
    record = json.loads((built.parent / ".inputs" / f"{built.name}.json").read_text(encoding="utf-8"))
    assert record == workspace.inputs()
    secret = [record[name].encode() for name in withheld]
    assert not [name for name, content in contents(built).items() if any(digest in content for digest in secret)]


def test_the_edition_built_last_is_the_current_one(toy, tmp_path):
    """Also when it is an older one, built again."""
    first, second = freeze(toy, tmp_path), freeze(frozen(methodology="# another\n"), tmp_path)
    assert (tmp_path / "current").read_text(encoding="utf-8") == f"{second.name}\n"
    freeze(toy, tmp_path)
    assert (tmp_path / "current").read_text(encoding="utf-8") == f"{first.name}\n"
