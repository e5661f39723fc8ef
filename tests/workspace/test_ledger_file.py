"""The ledger on disk: it only grows, and any change of it is found."""

import hashlib
import json
import stat
from pathlib import Path

import pandas as pd
import pytest
import shapely

from geomap.disclosure.ledger import ENTRY, FORM, Counted, Release, entries_of
from geomap.errors import DisclosureError
from geomap.workspace.ledger_file import HEAD, LEDGER, OUTLINES, append_release, read_ledger
from geomap.workspace.restricted import RESTRICTED

OPEN = float("inf")


def release(name: str) -> Release:
    """A release with a hidden count and one without limit."""
    said = pd.DataFrame({"low": [12.0, 1, 1], "high": [12.0, 4, OPEN]}, index=["castle", "market", "park"])
    shapes = {"wards": {"castle": shapely.box(0, 0, 1, 1)}}
    return Release(name, entries_of(said, Counted("threats", "threats", "wards", "2025-01-01", "2025-12-31", "{}", 5)), shapes)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A workspace with three releases in its ledger."""
    for name in ("one", "two", "three"):
        append_release(tmp_path, release(name))
    return tmp_path


def test_what_was_published_is_read_back(kept):
    """Names, entries and shapes, in order."""
    found = read_ledger(kept)
    assert [one.name for one in found.releases] == ["one", "two", "three"]
    pd.testing.assert_frame_equal(found.releases[0].entries, release("one").entries[list(ENTRY)])
    assert found.releases[2].outlines["wards"]["castle"].equals(shapely.box(0, 0, 1, 1))


def test_a_line_that_names_no_form_is_of_the_first(kept):
    """As every line was before forms were named; new ones name theirs."""
    path = kept / RESTRICTED / LEDGER
    assert {one.form for one in read_ledger(kept).releases} == {FORM}
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    del first["form"]
    line = json.dumps(first)
    path.write_text(line + "\n", encoding="utf-8")
    (kept / RESTRICTED / HEAD).write_text(hashlib.sha256(line.encode()).hexdigest() + "\n", encoding="utf-8")
    assert [one.form for one in read_ledger(kept).releases] == [1]


def test_a_release_is_written_once(kept):
    """Publishing the same edition again adds nothing."""
    append_release(kept, release("two"))
    assert len(read_ledger(kept).releases) == 3


def test_only_the_owner_opens_the_zone(kept):
    """Nobody else may even list it."""
    assert stat.S_IMODE((kept / RESTRICTED).stat().st_mode) == 0o700


def test_no_ledger_is_an_empty_one(tmp_path):
    """Nothing was published yet."""
    assert read_ledger(tmp_path).releases == ()


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_line_is_found(kept, line):
    """One digit of one count."""
    path = kept / RESTRICTED / LEDGER
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[line] = lines[line].replace("12.0", "13.0", 1)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DisclosureError, match="was changed"):
        read_ledger(kept)


@pytest.mark.parametrize("left", [[], [0], [0, 1], [1, 2], [0, 2], [1]])
def test_a_line_taken_out_is_found(kept, left):
    """At the start, in the middle or at the end; all but the newest line may not be missing, nor the newest once the head names it."""
    path = kept / RESTRICTED / LEDGER
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(lines[one] + "\n" for one in left), encoding="utf-8")
    with pytest.raises(DisclosureError, match="was changed"):
        read_ledger(kept)


def test_a_power_failure_between_line_and_head_loses_nothing(kept):
    """The line was written, the head not yet: the ledger is whole."""
    lines = (kept / RESTRICTED / LEDGER).read_text(encoding="utf-8").splitlines()
    head = kept / RESTRICTED / HEAD
    append_release(kept, release("four"))
    head.write_text(hashlib.sha256(lines[-1].encode()).hexdigest() + "\n", encoding="utf-8")
    assert [one.name for one in read_ledger(kept).releases][-1] == "four"


def test_changed_outlines_are_found(kept):
    """Shapes decide which numbers may be taken from each other."""
    path = next((kept / RESTRICTED / OUTLINES).iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("0", "1", 1), encoding="utf-8")
    with pytest.raises(DisclosureError, match="outlines of 'wards'"):
        read_ledger(kept)
