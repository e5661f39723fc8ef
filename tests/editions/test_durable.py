"""The trials of make durable, small: the toy city's edition, a few moments, a few sizes."""

import os
from importlib import import_module

import pytest

from geomap.editions.edition import read_edition
from geomap.editions.lock import locked
from geomap.errors import EditionError
from tests.durable import trials
from tests.durable.stage import current, faults, leftovers, publish
from tests.editions.small import frozen, rewrite

FREEZING = import_module("geomap.editions.freeze")


@pytest.fixture(scope="module")
def toy():
    """What an edition of the toy city is made of."""
    return frozen()


def test_whoever_is_killed_leaves_the_old_edition_or_the_new(toy, tmp_path):
    """Twenty moments; the next who publishes sweeps."""
    found = trials.kills(toy, tmp_path / "editions", times=20)
    assert (found["broken"], found["unswept"]) == (0, 0)
    assert found["old"] + found["new"] == 20


def test_a_limit_on_the_size_of_files_is_told_and_leaves_nothing(toy, tmp_path):
    """From no byte to enough: refused in words below, done at the end."""
    found = trials.full_disks(toy, tmp_path / "editions", sizes=8)
    assert (found["broken"], found["silent"]) == (0, 0)
    assert found["done"] >= 1
    assert found["refused"] >= 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_is_told_and_leaves_nothing(toy, tmp_path):
    """A real one of a few blocks, where this computer allows it."""
    try:
        found = trials.full_disks(toy, tmp_path / "editions", sizes=6, disk=tmp_path / "disk")
    except (OSError, trials.subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    assert (found["broken"], found["silent"]) == (0, 0)
    assert found["done"] >= 1
    assert found["refused"] >= 2


def test_a_folder_that_may_not_be_written_is_told(toy, tmp_path):
    """Nothing in it changes."""
    tmp_path.chmod(0o755)
    assert trials.forbidden_folder(toy, tmp_path / "editions") == {"refused": 1, "broken": 0, "silent": 0}


def test_two_who_publish_at_once_do_it_one_after_the_other(toy, tmp_path):
    """Both are done where they wait; nobody ever writes into the other's edition."""
    found = trials.two_at_once(toy, tmp_path / "editions", rounds=4)
    assert found["broken"] == 0
    assert found["done"] + found["refused"] == 8
    assert found["done"] >= 6


def test_whoever_will_not_wait_is_told(toy, tmp_path):
    """In words, and nothing is written."""
    publish(toy, tmp_path)
    with locked(tmp_path), pytest.raises(EditionError, match="Another edition is being written"):
        publish(toy, tmp_path, patience=0.0)


def test_every_flipped_bit_is_found(toy, tmp_path):
    """Sixty of them, in any file, the manifest too."""
    assert trials.flips(publish(toy, tmp_path), times=60) == {"flipped": 60, "found": 60, "missed": 0}


def test_a_writer_that_cuts_a_file_short_and_says_nothing_is_found_out(toy, tmp_path, monkeypatch):
    """As a full disk has been seen to make one do: the edition before stays the current one."""
    publish(toy, tmp_path)
    before, whole = current(tmp_path), FREEZING.write_table
    monkeypatch.setattr(FREEZING, "write_table", lambda path, table, **given: whole(path, table.head(len(table) // 2), **given))
    with pytest.raises(EditionError, match=r"cannot be read back(.|\n)*of the level 'wards' has \d+ of \d+ values"):
        publish(frozen(methodology="# another\n"), tmp_path)
    assert (current(tmp_path), faults(tmp_path), leftovers(tmp_path)) == (before, [], [])


@pytest.mark.parametrize("spoil", ["added", "missing", "link"])
def test_what_is_added_missing_or_a_link_is_found(toy, tmp_path, spoil):
    """The sentence names the file."""
    folder = publish(toy, tmp_path)
    if spoil == "added":
        (folder / "wards" / "more.csv").write_text("", encoding="utf-8")
    if spoil == "missing":
        (folder / "joins.json").unlink()
    if spoil == "link":
        kept = (folder / "joins.json").read_bytes()
        (tmp_path / "elsewhere.json").write_bytes(kept)
        (folder / "joins.json").unlink()
        (folder / "joins.json").symlink_to(tmp_path / "elsewhere.json")
    told = {"added": "wards/more.csv was added", "missing": "joins.json is missing", "link": "joins.json is no file of its own"}[spoil]
    assert faults(tmp_path)[0] == f"current: {told}"


def test_a_manifest_and_a_name_made_to_agree_are_found_by_the_register(toy, tmp_path):
    """Whoever forges both is found out by what was entered when it was published."""
    folder = publish(toy, tmp_path)
    rewrite(folder / "datapackage.json", (folder / "datapackage.json").read_bytes().replace(b'"city": "toy"', b'"city": "joy"'))
    assert any("published as number 1" in fault for fault in faults(tmp_path))


def test_every_file_of_an_edition_is_read_only(toy, tmp_path):
    """And every folder open to read."""
    folder = publish(toy, tmp_path)
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o444}
    assert {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*")) if path.is_dir()} == {0o755}
    assert read_edition(folder).path == folder
