"""An edition that was changed, cut or taken away is refused in words, whatever is missing of it."""

import re
from pathlib import Path

import pytest

from geomap.editions.edition import read_edition
from geomap.editions.freeze import freeze
from geomap.errors import EditionError
from tests.editions.small import frozen, rewrite


@pytest.fixture
def workspace(tmp_path) -> Path:
    """A folder with an edition of the toy city, where a workspace keeps it; a test may change it."""
    freeze(frozen(), tmp_path / "editions")
    return tmp_path


@pytest.fixture
def folder(workspace) -> Path:
    """The edition's own folder."""
    return read_edition(workspace).path


def test_one_changed_byte_in_any_file_is_noticed(folder):
    """Each file in turn: the error names it and the way out."""
    for item in read_edition(folder).manifest["resources"]:
        path = folder / item["path"]
        whole = path.read_bytes()
        rewrite(path, whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(EditionError, match=rf"is damaged: \['{re.escape(item['path'])}'\] are missing .* Build it again"):
            read_edition(folder)
        rewrite(path, whole)
    assert read_edition(folder).path == folder


def test_all_files_that_are_gone_are_told_at_once(folder):
    """Two are missing, two are named."""
    (folder / "joins.json").unlink()
    (folder / "wards" / "scores.csv").unlink()
    with pytest.raises(EditionError) as wrong:
        read_edition(folder)
    assert "joins.json" in str(wrong.value)
    assert "wards/scores.csv" in str(wrong.value)


@pytest.mark.parametrize("pointer", ["gone-2025-000000000000\n", "\n", "../../elsewhere\n"])
def test_a_pointer_to_an_edition_that_is_gone_is_told(workspace, pointer):
    """Whoever removed the folder is told what to do, with no other fault."""
    (workspace / "editions" / "current").write_text(pointer, encoding="utf-8")
    with pytest.raises(EditionError, match=r"geomap build|Build it again"):
        read_edition(workspace)


@pytest.mark.parametrize("manifest", ['{"geomap:edition": {', '{"geomap:edition": {}}', '["geomap:edition"]'])
def test_a_manifest_that_was_cut_or_emptied_is_told(folder, manifest):
    """It is a damaged edition like any other."""
    rewrite(folder / "datapackage.json", manifest.encode())
    with pytest.raises(EditionError, match=folder.name):
        read_edition(folder)
