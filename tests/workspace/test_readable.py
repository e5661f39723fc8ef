"""Raw records are for their owner: folders of layers are made closed, and one that is open is told with the remedy."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geomap.cli.main import main
from geomap.demo.city import write
from geomap.editions.edition import read_edition
from geomap.workspace.begin import begin
from geomap.workspace.check import check
from geomap.workspace.readable import open_to_others
from geomap.workspace.workspace import open_workspace
from tests.conftest import copy_demo, without_surveys


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that everybody on this computer may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    if not open_to_others(folder):
        pytest.skip(f"A folder above {folder} is closed, so nothing in it is open to others.")
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("make", [begin, lambda folder: write(folder, 1)], ids=["init", "demo"])
def test_a_folder_of_layers_is_made_for_its_owner_alone(tmp_path, make):
    """Mode 0700; other folders as usual."""
    make(tmp_path / "city")
    assert stat.S_IMODE((tmp_path / "city/layers").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "city/boundaries").stat().st_mode) != 0o700


def test_an_open_folder_of_records_is_told_with_the_remedy_and_stops_nothing(shared_folder, capsys):
    """Said by check and build, in no edition; closed as told, it is said no more."""
    city = without_surveys(copy_demo(shared_folder / "city"))
    (city / "layers").chmod(0o755)
    found = check(open_workspace(city))
    told = [warning for warning in found.warnings if "chmod 700" in warning]
    assert len(told) == 1
    assert found.faults == ()
    assert "'incidents'" in told[0]
    assert "'green-raster'" not in told[0]
    assert main(["build", str(city), "--draws", "20"]) == 0
    assert "chmod 700" in capsys.readouterr().out
    assert all("chmod" not in warning for warning in read_edition(city).about["warnings"])
    (city / "layers").chmod(0o700)
    assert not [warning for warning in check(open_workspace(city)).warnings if "chmod 700" in warning]


@pytest.mark.parametrize(("modes", "open_"), [((0o755, 0o755), True), ((0o755, 0o700), False), ((0o700, 0o755), False), ((0o750, 0o710), True), ((0o750, 0o701), False)])  # fmt: skip
def test_a_folder_is_open_when_one_class_may_enter_all_the_way(shared_folder, modes, open_):
    """A closed folder above closes all below; group and everybody are each on their own."""
    inner = shared_folder / "outer/inner"
    inner.mkdir(parents=True)
    for folder, mode in zip((inner.parent, inner), modes, strict=True):
        folder.chmod(mode)
    assert open_to_others(inner) is open_
