"""The screen of editions: what there is, the change where it can be said, two maps where it cannot."""

import re

from geomap.editions.change import LABELS
from geomap.editions.compare import compare
from geomap.editions.edition import read_edition
from geomap.editions.shelf import shelf
from geomap.symbology.numbers import interval, signed
from tests.dashboard.test_screens import run, words
from tests.editions.pairs import NUMBERS, edition, indicator


def workspace(tmp_path, **changed):
    """A folder with a methodology and two editions, the newer one current."""
    edition(tmp_path)
    newer = edition(tmp_path, period="2025", **changed)
    (tmp_path / "methodology.toml").write_text((newer.path / "methodology.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_two_editions_that_are_alike_show_their_change(tmp_path, monkeypatch):
    """Grade A, a table of thirty wards with their labels, the newer one to begin with."""
    test = run(workspace(tmp_path, values=NUMBERS + 9), monkeypatch, "editions")
    assert not test.exception
    assert "grade A" in words(test)
    assert list(test.dataframe[0].value["period"]) == ["2024", "2025"]
    assert len(test.dataframe[1].value) == 30
    assert re.search(
        r"Got worse: \d+; no change we could see: \d+; got better: \d+; cannot be compared: \d+\.", words(test).replace("\\", "")
    )


def test_the_map_draws_the_change_of_a_number_and_its_table(tmp_path, monkeypatch):
    """It is the change that the comparison has, without the control that would fade places of no class; a period that is not there is told, and the edition's own numbers are shown."""
    folder = workspace(tmp_path, values=NUMBERS + 9)
    test = run(folder, monkeypatch, "map", since="2024", layer="strain", fade="0")
    assert not test.exception
    table = test.dataframe[0].value
    assert set(table["label"]) <= set(LABELS)
    older, newer = (read_edition(path) for path in sorted(folder.glob("editions/toy-*"), key=lambda path: "2025" in path.name))
    change = compare(older, newer).change("strain")["change"]
    assert table.set_index("code")["change"].to_dict() == change.to_dict()
    assert re.search(
        r"Got worse: \d+; no change we could see: \d+; got better: \d+; cannot be compared: \d+\.", words(test).replace("\\", "")
    )
    assert "2024" in test.query_params["since"]
    assert [one.key for one in test.toggle if one.key == "fade"] == []
    test.selectbox(key="since").select("").run()
    assert [one.value for one in test.toggle if one.key == "fade"] == [False]
    test = run(folder, monkeypatch, "map", since="1999", layer="strain")
    assert "label" not in test.dataframe[0].value
    assert "1999" in " ".join(str(one.value) for one in test.toast)


def test_the_map_draws_no_change_of_what_cannot_be_compared(tmp_path, monkeypatch):
    """The number itself is drawn, and said to be so."""
    changed = {"indicators": [indicator("trust", up="better"), indicator("strain") | {"unit": "per mille"}]}
    test = run(workspace(tmp_path, **changed), monkeypatch, "map", since="2024", layer="strain")
    assert not test.exception
    assert "no change is shown" in words(test)
    assert "label" not in test.dataframe[0].value


def profile_of(folder, monkeypatch, code):
    """The markup of a place's profile."""
    return "\n".join(str(one.value) for one in run(folder, monkeypatch, "map", place=code).get("html"))


def test_a_place_tells_how_it_moved_over_the_editions(tmp_path, monkeypatch):
    """The change in the profile is the one that the comparison has, beside what the score was; alone, an edition tells of none."""
    folder = workspace(tmp_path, values=NUMBERS[::-1])
    older, newer = (one.path for one in map(read_edition, sorted(folder.glob("editions/toy-*"), key=lambda path: "2025" in path.name)))
    compared = compare(read_edition(older), read_edition(newer))
    changes = [compared.change(node.id) for node in compared.nodes if node.kind != "indicator"]
    table = max(changes, key=lambda one: one["change"].abs().max())
    code = table["change"].abs().idxmax()
    row = table.loc[code]
    told = profile_of(folder, monkeypatch, code)
    assert abs(row["change"]) > 0.1
    assert f"{signed(row['change'], 1)} ({interval(row['low'], row['high'], 1)}): {row['label']}" in told
    assert f">{row['old']:.1f}<" in told
    assert "this edition" in told
    alone = edition(tmp_path / "alone", period="2026").path
    assert "this edition" not in profile_of(alone, monkeypatch, code)


def test_two_that_cannot_be_compared_show_no_difference(tmp_path, monkeypatch):
    """Grade C, the reason, no table of changes and none of the words."""
    changed = {"indicators": [indicator("trust", up="better"), indicator("strain") | {"unit": "per mille"}]}
    test = run(workspace(tmp_path, **changed), monkeypatch, "editions")
    assert not test.exception
    told = words(test)
    assert "grade C" in told
    assert "no difference is shown" in told
    assert len(test.dataframe) == 1
    assert not any(word in told for word in ("got worse", "got better"))


def test_the_shelf_knows_drafts_and_the_current_one(tmp_path):
    """Neither was published."""
    found = shelf(workspace(tmp_path) / "editions")
    assert list(found["number"]) == [0, 0]
    assert list(found["current"]) == [False, True]
