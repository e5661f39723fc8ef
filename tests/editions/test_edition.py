"""An edition read back is what was frozen, to the number; one that was changed is refused."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from geomap.datapackage.package import sha256
from geomap.editions.edition import read_edition
from geomap.editions.freeze import freeze
from geomap.errors import EditionError
from tests.editions.small import BOARDS, frozen, rewrite


@pytest.fixture(scope="module")
def toy():
    """What an edition of the toy city is made of."""
    return frozen()


@pytest.fixture
def workspace(toy, tmp_path) -> Path:
    """A folder with an edition of the toy city, where a workspace keeps it; a test may change it."""
    freeze(toy, tmp_path / "editions")
    return tmp_path


@pytest.fixture
def folder(workspace) -> Path:
    """The edition's own folder."""
    return read_edition(workspace).path


def test_an_edition_is_found_from_three_folders(workspace, folder):
    """Its own, the one of all editions, and the workspace."""
    assert read_edition(folder).path == folder
    assert read_edition(workspace / "editions").path == folder
    assert read_edition(workspace).path == folder
    assert read_edition(str(workspace)).path == folder


def test_the_current_edition_is_read_unless_one_is_named(workspace, folder):
    """An older edition stays readable by its own folder."""
    newer = freeze(frozen(methodology="# another\n"), workspace / "editions")
    assert read_edition(workspace).path == newer
    assert read_edition(folder).path == folder


def test_exports_beside_the_workspace_are_not_taken_for_an_edition(workspace, folder):
    """The description that lies beside exported files is another kind of package."""
    (workspace / "datapackage.json").write_text('{"geomap:export": true, "resources": []}', encoding="utf-8")
    assert read_edition(workspace).path == folder


@pytest.mark.parametrize("where", ["nowhere", "empty"])
def test_where_there_is_no_edition_the_error_says_how_to_make_one(tmp_path, where):
    """With the folder and the command."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(EditionError, match=rf"There is no edition in .*{where}\. Run 'geomap build .*{where}' to make one"):
        read_edition(tmp_path / where)


@pytest.mark.parametrize("level", ["wards", "districts"])
def test_what_is_read_is_what_was_frozen(toy, folder, level):
    """Places, nodes, words and every number, to six digits for scores and the published ones for indicators."""
    was = next(one for one in toy.assessments if one.level == level)
    now = read_edition(folder).level(level)
    assert (now.title, now.city, now.period, now.one, now.many, now.tier) == (was.title, was.city, was.period, was.one, was.many, was.tier)
    assert (now.nodes, now.caveats, now.fingerprint) == (was.nodes, was.caveats, was.fingerprint)
    assert now.places["name"].equals(was.places["name"])
    assert now.places.geometry.geom_equals_exact(was.places.geometry, 1e-6).all()
    assert list(now.numbers) == [node.id for node in was.nodes if node.kind != "indicator"] + [node.id for node in was.of_kind("indicator")]
    for node, table in was.numbers.items():
        pd.testing.assert_frame_equal(now.numbers[node], table[now.numbers[node].columns], check_dtype=False, check_names=False, rtol=1e-5)


def test_without_a_name_the_first_level_is_meant(folder):
    """The finest."""
    edition = read_edition(folder)
    assert edition.levels == ("wards", "districts")
    assert edition.level().level == "wards"


def test_a_level_nobody_built_is_told_with_those_there_are(folder):
    """For numbers and for shapes alike."""
    for ask in (read_edition(folder).level, read_edition(folder).screen, read_edition(folder).screen_digest):
        with pytest.raises(EditionError, match=r"no level 'moons'\. It has \['wards', 'districts'\]"):
            ask("moons")


def test_a_register_travels_as_text(folder):
    """Leading zeros, accents, blanks and the letters NA arrive as they were."""
    assert read_edition(folder).register("boards").equals(BOARDS.astype("str"))


@pytest.mark.parametrize("name", ["moons", "../joins", ""])
def test_a_register_that_did_not_travel_is_told_with_those_that_did(folder, name):
    """Its name, and the names there are; no path leads out of the folder."""
    with pytest.raises(EditionError, match=rf"no register '{re.escape(name)}'\. It has \['boards'\]"):
        read_edition(folder).register(name)


def test_an_edition_can_be_moved(folder, tmp_path):
    """Copied to another folder it is the same edition: nothing in it names the place it was built in."""
    moved = shutil.copytree(folder, tmp_path / "elsewhere" / "copy")
    edition = read_edition(moved)
    assert edition.manifest == read_edition(folder).manifest
    assert edition.joins == [{"layer": "scores", "boundaries": "wards", "rows": 6, "matched": 6, "unmatched": {}}]
    assert edition.screen_digest("wards") == hashlib.sha256(edition.screen("wards").read_bytes()).hexdigest()
    assert not [path for path in moved.rglob("*") if path.is_file() and str(tmp_path) in path.read_text(encoding="utf-8")]


def test_an_edition_older_than_a_column_is_still_read(folder):
    """A number that only later versions write is unknown there; all others are as they were."""
    wards = read_edition(folder).level("wards")
    index, whole = wards.nodes[0].id, wards.numbers[wards.nodes[0].id]
    path, manifest = folder / "wards" / "scores.csv", folder / "datapackage.json"
    digest = sha256(path)
    rewrite(path, pd.read_csv(path, dtype=str).drop(columns="p_worst").to_csv(index=False).encode())
    rewrite(manifest, manifest.read_bytes().replace(digest.encode(), sha256(path).encode()))
    older = read_edition(folder).level("wards").numbers[index]
    assert older["p_worst"].isna().all()
    assert older.drop(columns="p_worst").equals(whole.drop(columns="p_worst"))


def test_only_what_may_travel_travels(edition):
    """Of the city: its open registers and its log, with the titles of their cards; no layer with answers or incidents."""
    assert set(edition.manifest["geomap:registers"]) == {
        "biases",
        "engagement",
        "interventions",
        "mechanisms",
        "online-log",
        "stakeholders",
    }
    assert json.loads((edition.path / "datapackage.json").read_text(encoding="utf-8")) == edition.manifest
