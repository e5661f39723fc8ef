"""An edition that was wrong stays as it is, and says so wherever it is shown."""

import pytest

from geomap.cli.main import main
from geomap.editions.edition import read_edition
from geomap.editions.errata import read_errata
from geomap.editions.verify import verify
from geomap.errors import EditionError
from tests.editions.pairs import edition


@pytest.fixture
def wrong(tmp_path):
    """An edition of thirty wards."""
    return edition(tmp_path)


def test_an_erratum_stands_first_with_the_places_affected(wrong, tmp_path):
    """On the edition, on the number and in an export's dictionary; not on a number it does not touch; the edition itself is untouched."""
    words = [
        "erratum",
        str(wrong.path),
        "--what",
        "Two rows were swapped",
        "--node",
        "trust",
        "--place",
        "w01",
        "--place",
        "w02",
        "--corrected-by",
        "toy-2024-x",
    ]
    assert main(words) == 0
    found = read_edition(wrong.path)
    sentence = found.caveats[0]
    assert sentence.endswith("(in w01, w02): Two rows were swapped. Corrected in toy-2024-x.")
    assert found.level().caveats[0] == found.level().node("trust").caveats[0] == sentence
    assert sentence not in found.level().node("strain").caveats
    assert verify(wrong.path).faults == ()
    assert main(["export", str(wrong.path), "--to", str(tmp_path / "out.csv")]) == 0
    assert "Two rows were swapped" in (tmp_path / "datapackage.json").read_text(encoding="utf-8")


def test_what_the_edition_does_not_hold_is_refused(wrong):
    """A place and a number that nobody knows, both at once."""
    assert main(["erratum", str(wrong.path), "--what", "x", "--node", "moons", "--place", "w99"]) == 4
    assert read_errata(wrong.path.parent) == ()


def test_a_damaged_register_is_told(wrong):
    """An edition is not shown without its errata."""
    (wrong.path.parent / "errata.json").write_text("[", encoding="utf-8")
    with pytest.raises(EditionError, match="the register of errata, is not valid JSON"):
        wrong.level()
