"""A planner sends files: they are judged, shown, described and added; nobody else sees them."""

import json
import shutil

import pytest

from geomap.workspace.workspace import open_workspace
from tests.browser.browser import looking
from tests.server import serving

COUNTS = b"neighbourhood,pupils,left\n" + b"".join(b"N%02d,%d,%d\n" % (one, 300 + one, 5 + one % 7) for one in range(1, 62))
PERSONS = b"ward,victim_name,date\nN01,Ada Lovelace,2025-01-01\nN02,Mary Seacole,2025-01-02\nN03,Grace Hopper,2025-01-03\n"
WRITTEN = {
    "Who collected": "Marrowmere schools", "Under which licence": "CC-BY-4.0", "Which years": "2025", "Who is missing": "Pupils taught at home.",
    "Which wrong decision": "Leaving is not failing.",
}  # fmt: skip
CHOSEN = {"Where does the knowledge": "administrative", "Do the rows speak": "counts", "May it be published": "partners"}


@pytest.fixture(scope="module")
def city(demo, tmp_path_factory):
    """A demonstration city of this module's own, with its edition."""
    return shutil.copytree(demo, tmp_path_factory.mktemp("upload") / "city")


def send(page, **files: bytes) -> None:
    """Opens the panel and sends the files."""
    page.get_by_role("tab", name="Add a file").click()
    page.locator("input[type=file]").set_input_files(
        [{"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content} for name, content in files.items()]
    )


def test_a_file_is_described_and_added_and_another_session_sees_nothing_of_it(chromium, city):
    """Two files at once: one with names of victims is refused, the other shown, refused while its card has blanks, then added whole."""
    with serving(city) as address, looking(chromium, f"{address}/data") as seen, looking(chromium, f"{address}/data") as other:
        page = seen.page
        send(page, pupils=COUNTS, victims=PERSONS)
        page.get_by_text("61 of 61 rows (100 %) find their place.").first.wait_for()
        page.get_by_text("holds personal data: names of persons").wait_for()
        assert page.locator("img.sketch").evaluate("image => image.naturalWidth") > 300
        assert "Lovelace" not in page.content()
        page.get_by_role("button", name="Add to the workspace").click()
        page.get_by_text("Not added.").wait_for()
        assert not (city / "layers/pupils").exists()
        for words, answer in WRITTEN.items():
            page.get_by_role("textbox", name=words).fill(answer)
        for words, answer in CHOSEN.items():
            page.get_by_label(words).click()
            page.get_by_role("option", name=answer).click()
        page.get_by_role("button", name="Add to the workspace").click()
        page.get_by_text("Added as layers/pupils").wait_for()
        other.page.get_by_role("tab", name="Add a file").click()
        assert "pupils" not in other.page.locator("[data-testid=stMain]").inner_text()
        assert seen.faults == other.faults == []
        assert seen.elsewhere() == []
    card = json.loads((city / "layers/pupils/datapackage.json").read_text(encoding="utf-8"))
    assert card["geomap:skewed"] == "Pupils taught at home."
    assert (city / "layers/pupils" / card["resources"][0]["path"]).read_bytes() == COUNTS
    assert len(open_workspace(city).layers["pupils"].table) == 61
