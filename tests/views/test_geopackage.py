"""A GeoPackage is the same bytes whoever else asks for one."""

from concurrent.futures import ThreadPoolExecutor

from geomap.views.geopackage import write_geopackage
from tests.editions.pairs import edition


def test_those_who_ask_at_once_are_given_the_same_bytes(tmp_path):
    """A dashboard writes for several people at once, and GDAL has one clock for all of them."""
    level = edition(tmp_path).level()

    def given(number):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_geopackage(level, folder / "wards.gpkg")
        return (folder / "wards.gpkg").read_bytes()

    with ThreadPoolExecutor(4) as people:
        assert len(set(people.map(given, range(8)))) == 1
