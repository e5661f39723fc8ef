"""What somebody sends is judged by its bytes, shown before it is kept, and kept whole or not at all."""

import json
import os
import re
import stat
import time
from pathlib import Path

import pytest

from geomap.errors import GeomapError, UsageError, WorkspaceError
from geomap.language import known, speaking
from geomap.layers.read import read_layer
from geomap.workspace import upload
from geomap.workspace.describe import answered, questions, take_in
from geomap.workspace.upload import judge, plain, private_folder, receive, sweep
from geomap.workspace.workspace import open_workspace

COUNTS = b"neighbourhood,households,poor\n" + b"".join(b"N%02d,%d,%d\n" % (one, 1000 + one, 100 + 7 * one) for one in range(1, 62))
PERSONS = b"ward,victim_name,date\nN01,Ada Lovelace,2025-01-01\nN02,Mary Seacole,2025-01-02\nN03,Grace Hopper,2025-01-03\n"
ANSWERS = {
    "contributors": "The council", "licenses": "CC-BY-4.0", "geomap:kind": "table", "geomap:period": "2025", "geomap:evidence": "administrative",
    "geomap:sensitivity": "open", "geomap:tier": "partners", "geomap:skewed": "Students are missing.", "geomap:misreading": "Poor is not idle.",
}  # fmt: skip


@pytest.fixture
def sent(city):
    """A file as its sender names it, judged in the demonstration city."""
    workspace, folder = open_workspace(city), private_folder()

    def _sent(name: str, content: bytes):
        return judge(receive(name, content, Path(folder.name)), workspace, sent_as=name)

    yield _sent
    folder.cleanup()


def inside(folder: Path) -> list[str]:
    """All that lies below *folder*."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_table_of_places_is_shown_with_its_match_its_first_rows_and_a_drawing(sent):
    """61 of 61 rows find their place; all places are filled in the picture; what only a person knows is blank."""
    found = sent("Households 2025.csv", COUNTS)
    assert (found.messages, found.rows, found.matched) == ((), 61, 61)
    assert list(found.head.columns) == ["neighbourhood", "households", "poor"]
    assert found.picture.count("<path") == 1
    assert "geomap:skewed" in found.proposal.asked
    assert found.proposal.card["geomap:places"] == {"boundaries": "neighbourhoods", "field": "neighbourhood"}


def test_repairs_are_told_with_counts_and_examples(sent):
    """Decimal commas and a total row: mended, and said."""
    content = "Gebiet;Anteil\nN01;1,5\nN02;2,5\nN03;3,5\nTotal;7,5\n".encode("latin-1")
    found = sent("anteile.csv", content)
    assert found.outcome == "repaired"
    assert re.search("comma", " ".join(found.messages))
    with speaking("fr"):
        assert "virgule décimale\u00a0; gardée avec un point. Par exemple" in " ".join(map(known, found.messages))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("victims.csv", PERSONS, "personal data"),
        ("points.geojson", b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>', "virtual dataset"),
        ("page.csv", b"<!doctype html><title>Log in</title>", "web page"),
        ("model.csv", b"\x80\x04\x95\x10\x00\x00\x00", "pickle"),
        ("nothing.csv", b"", "empty"),
        ("report.pdf", b"%PDF-1.7", "ends in '.pdf'"),
        ("../../etc/cron.d/x.csv", b"\x00" * 200, ""),
    ],
)  # fmt: skip
def test_what_would_do_harm_is_refused_in_words(sent, name, content, said):
    """Told by its bytes; the message names the file as its sender does and no folder of this machine, and quotes no cell about a person."""
    found = sent(name, content)
    told = " ".join(found.messages)
    assert found.outcome == "refused"
    assert said in told
    assert found.proposal is None
    assert found.head.empty
    assert upload.PREFIX not in told
    assert "Lovelace" not in told
    if said in ("web page", "pickle", "empty"):
        with speaking("ar"):
            assert all(known(message) != message for message in found.messages)


def test_the_bytes_decide_not_the_name(sent, files):
    """Polygons that came as .csv are boundaries, and a GeoPackage called .geojson is a GeoPackage."""
    assert sent("wards.csv", (files / "wards.geojson").read_bytes()).proposal.room == "boundaries"
    assert sent("wards.geojson", (files / "wards.gpkg").read_bytes()).proposal.path.suffix == ".gpkg"


def test_points_are_drawn_over_the_city_and_counted_in_it(sent, files):
    """Libraries: the city's outlines, and dots."""
    found = sent("libraries.geojson", (files / "libraries.geojson").read_bytes())
    assert found.matched <= found.rows
    assert found.picture.count("<path") == 2
    assert not re.search(
        r"[A-Za-z]{12,}", re.sub(r"<svg[^>]*>", "", found.picture).replace("stroke-linecap", "").replace("stroke-opacity", "")
    )


def test_a_folder_of_uploads_is_private_and_gone_with_its_session(city):
    """Mode 0700, files 0600; nothing is left when it is closed."""
    folder = private_folder()
    path = receive("a.csv", COUNTS, Path(folder.name))
    assert stat.S_IMODE(Path(folder.name).stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not path.is_relative_to(city)
    folder.cleanup()
    assert not Path(folder.name).exists()


def test_what_a_stopped_process_left_behind_is_swept(tmp_path, monkeypatch):
    """Old folders of uploads go, young ones and others stay."""
    monkeypatch.setattr(upload.tempfile, "gettempdir", lambda: str(tmp_path))
    old, young, other = (tmp_path / name for name in (f"{upload.PREFIX}old", f"{upload.PREFIX}young", "another"))
    for folder in (old, young, other):
        folder.mkdir()
    os.utime(old, (time.time() - 2 * upload.OLD_SECONDS,) * 2)
    os.utime(other, (time.time() - 2 * upload.OLD_SECONDS,) * 2)
    assert sweep() == 1
    assert [folder.exists() for folder in (old, young, other)] == [False, True, True]


def test_a_file_too_large_is_refused_before_it_is_written(tmp_path, monkeypatch):
    """With the limit, and the way for larger ones."""
    monkeypatch.setattr(upload, "LARGEST_MB", 0)
    with pytest.raises(UsageError, match="too large"):
        receive("a.csv", b"x", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_answered_card_is_taken_in_and_reads(city, sent):
    """The layer is there with the file to the byte, and can be read."""
    workspace, found = open_workspace(city), sent("Households 2025.csv", COUNTS)
    asked = {one.key for one in questions(found.proposal, workspace)}
    assert set(found.proposal.asked) <= asked
    card = take_in(found.proposal, answered(found.proposal, ANSWERS | {"geomap:topic": "poverty", "geomap:review_by": ""}), workspace)
    layer = read_layer(card.parent)
    assert len(layer.table) == 61
    assert layer.card.topic == "poverty"
    assert (card.parent / layer.card.resources[0].path).read_bytes() == COUNTS
    assert "geomap:review_by" not in json.loads(card.read_text(encoding="utf-8"))


def test_a_blank_that_only_a_person_knows_stands_in_the_way(city, sent):
    """Every missing answer at once, and nothing is written."""
    workspace, found, before = open_workspace(city), sent("Households 2025.csv", COUNTS), inside(city)
    with pytest.raises(GeomapError) as wrong:
        take_in(found.proposal, answered(found.proposal, ANSWERS | {"geomap:skewed": " ", "geomap:tier": ""}), workspace)
    assert any("skewed" in fault for fault in wrong.value.faults)
    assert any("tier" in fault for fault in wrong.value.faults)
    assert inside(city) == before


@pytest.mark.parametrize("name", ["../methodology", "", "a/b", "x" * 61, "Ünïcode"])
def test_a_name_cannot_lead_elsewhere(city, sent, name):
    """Refused with what a name is; nothing is written."""
    workspace, found, before = open_workspace(city), sent("Households 2025.csv", COUNTS), inside(city)
    with pytest.raises(WorkspaceError, match="cannot be the name"):
        take_in(found.proposal, answered(found.proposal, ANSWERS | {"name": name}), workspace)
    assert inside(city) == before


def test_two_of_one_name_are_not_mixed(city, sent):
    """The second is told that the first is there."""
    workspace = open_workspace(city)
    for attempt in range(2):
        found = sent("Households 2025.csv", COUNTS)
        card = answered(found.proposal, ANSWERS)
        if attempt:
            with pytest.raises(WorkspaceError, match="there already"):
                take_in(found.proposal, card, workspace)
        else:
            take_in(found.proposal, card, workspace)


def test_a_name_of_a_file_is_shown_without_folders_and_without_signs_that_hide():
    """Right-to-left marks and line breaks become question marks."""
    assert plain("C:\\secret\\a\u202eb\n.csv") == "a?b?.csv"
