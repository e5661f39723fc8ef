"""Next year is measured with this year's ruler, what was used is kept, and the calendar says what is due."""

import json
import stat
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.editions.age import with_age
from geomap.editions.compare import compare
from geomap.editions.edition import read_edition
from geomap.errors import UsageError, WorkspaceError
from geomap.workspace.build import build
from geomap.workspace.due import LATE, NEXT, calendar
from geomap.workspace.following import KEPT, follow, rebuild, with_period
from geomap.workspace.ledger_file import HEAD, LEDGER, OUTLINES, append_release, read_ledger
from geomap.workspace.publish import publish
from geomap.workspace.restricted import RESTRICTED, SECRET
from geomap.workspace.workspace import open_workspace

LAYER, SET = "layers/strain", "boundaries/wards"
RECIPE = """# A remark that stays.
[methodology]
name = "toy"
title = "Toy"
version = "1"
period = "2024"   # the year
baseline = "2024"
levels = ["wards"]

[[changes]]
version = "1"
date = "2024-12-01"
reason = "First."

[missing]
rule = "propagate"
reason = "Because."

[disclosure]
reason = "Because."

[uncertainty]
draws = 40

[scale]
low = 0
high = 100
reason = "Because."

[[indicator]]
id = "strain"
title = "Strain"
domain = "all"
up = "worse"
reason = "Because."
measure = { measure = "value", layer = "strain", field = "score", answers = 400, answers_reason = "As of 400." }

[[domain]]
id = "all"
title = "All"
up = "worse"
reason = "Because."
"""


@pytest.fixture
def town(tmp_path):
    """Four square wards with a share each, in a workspace."""
    folder = tmp_path / "town"
    (folder / SET).mkdir(parents=True)
    (folder / LAYER).mkdir(parents=True)
    (folder / "methodology.toml").write_text(RECIPE, encoding="utf-8")
    squares = [
        {"type": "Feature", "properties": {"code": f"w{at}", "name": f"Ward {at}"},
         "geometry": {"type": "Polygon", "coordinates": [[[at / 100, 51], [(at + 1) / 100, 51], [(at + 1) / 100, 51.01], [at / 100, 51.01], [at / 100, 51]]]}}
        for at in range(4)
    ]  # fmt: skip
    (folder / SET / "wards.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": squares}), encoding="utf-8")
    common = {"contributors": [{"title": "The council"}], "licenses": [{"name": "CC0-1.0"}]}
    wards = {"name": "wards", "title": "Wards", "geomap:level": "ward", "geomap:date": "2020-01-01", "geomap:code": "code", "geomap:name": "name", "geomap:working_crs": "EPSG:32631",
             "resources": [{"name": "polygons", "path": "wards.geojson", "format": "geojson"}]}  # fmt: skip
    card = {"name": "strain", "title": "Strain", "geomap:kind": "table", "geomap:places": {"boundaries": "wards", "field": "ward"}, "geomap:period": "2024", "geomap:sensitivity": "open",
            "geomap:tier": "public", "geomap:evidence": "survey", "geomap:skewed": "Some.", "geomap:misreading": "Some.", "geomap:review_by": "2025-06-30",
            "resources": [{"name": "data", "path": "data.csv", "format": "csv", "schema": {"fields": [{"name": "ward"}, {"name": "score", "type": "number"}]}}]}  # fmt: skip
    (folder / SET / "datapackage.json").write_text(json.dumps(wards | common), encoding="utf-8")
    (folder / LAYER / "datapackage.json").write_text(json.dumps(card | common), encoding="utf-8")
    write(folder, 0.2, 0.4, 0.6, 0.8)
    return folder


def write(folder, *scores):
    """The layer's file."""
    pd.DataFrame({"ward": [f"w{at}" for at in range(4)], "score": scores}).to_csv(folder / LAYER / "data.csv", index=False)


def scored(path):
    """The indicator's scores of an edition, by ward."""
    return read_edition(path).level().numbers["strain"]["scaled"].round(6).to_list()


def test_the_same_data_next_year_get_the_same_scores_whatever_others_do(town):
    """The ruler was fitted to 0.2 and 0.8; next year one ward goes to 1.0 and another to 0.5, and the others keep their scores."""
    first = build(open_workspace(town))
    assert scored(first) == pytest.approx([0, 10 / 3, 20 / 3, 10])
    follow(open_workspace(town), "2025")
    write(town, 0.2, 0.4, 0.5, 1.0)
    second = build(open_workspace(town))
    assert scored(second) == pytest.approx([0, 10 / 3, 5, 10])
    assert read_edition(second).about["ruler_of"] == first.name
    assert "ruler.json" in read_edition(second).manifest["geomap:inputs"]
    assert compare(read_edition(first), read_edition(second)).grade == "A"


def test_next_keeps_what_was_used_and_changes_only_the_period(town, capsys):
    """The remark beside the period stays, the old files lie in the restricted zone, and the list says what to do."""
    first = build(open_workspace(town))
    assert main(["next", str(town), "--period", "2025"]) == 0
    assert "strain (2024): replace the file by that of the new period" in capsys.readouterr().out
    assert (town / "methodology.toml").read_text(encoding="utf-8") == RECIPE.replace('period = "2024"', 'period = "2025"')
    kept = town / "restricted" / "kept" / first.name
    assert (kept / "methodology.toml").read_text(encoding="utf-8") == RECIPE
    assert (kept / LAYER / "data.csv").is_file()
    assert list(pd.read_csv(town / "renew.csv")["layer"]) == ["strain"]
    assert not (town / "restricted").stat().st_mode & 0o077
    with pytest.raises(UsageError, match="speaks of 2025 already"):
        follow(open_workspace(town), "2025")


def test_without_an_edition_there_is_none_to_follow(town):
    """With the command that makes one."""
    with pytest.raises(WorkspaceError, match="geomap publish"):
        follow(open_workspace(town), "2025")


def test_a_damaged_ruler_is_told(town):
    """It is not fitted anew in silence."""
    (town / "ruler.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="the ruler of an earlier edition, is not valid JSON"):
        build(open_workspace(town))


def test_the_remedy_of_a_comparison_is_a_command_that_works(town, tmp_path, capsys):
    """The unit of the measure changed: not comparable; the command that is printed makes the old edition anew, and then it is."""
    first = build(open_workspace(town))
    follow(open_workspace(town), "2025")
    recipe = (town / "methodology.toml").read_text(encoding="utf-8")
    changed = recipe.replace('answers_reason = "As of 400." }', 'answers_reason = "As of 400.", scale = 100 }').replace('unit = ""', "")
    (town / "methodology.toml").write_text(changed, encoding="utf-8")
    write(town, 0.3, 0.4, 0.6, 0.8)
    second = build(open_workspace(town))
    assert main(["compare", str(first), str(second)]) == 7
    assert "is not measured as it was: scale: 1 → 100" in capsys.readouterr().err
    found = compare(read_edition(first), read_edition(second))
    command = next(one.remedy for one in found.differences if one.kind == "measure").partition(": geomap ")[2]
    words = command.replace("--to FOLDER", f"--to {tmp_path / 'again'}").split()
    assert main(words) == 0
    again = read_edition(tmp_path / "again")
    assert again.period == "2024"
    found = compare(again, read_edition(second))
    assert found.grade == "B"
    assert found.change("strain")["change"].round(6).to_list() == pytest.approx([10, 0, 0, 0])


def test_a_folder_that_is_there_is_not_written_over(town, tmp_path):
    """Rebuilding takes a new one."""
    first = build(open_workspace(town))
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        rebuild(town, first, "2024", tmp_path / "there")


CASES = """[disclosure]
counts = "cell-key"
reason = "Because."
"""
COUNTED = """
[[indicator]]
id = "cases"
title = "Cases"
domain = "all"
up = "worse"
reason = "Because."
measure = { measure = "rate", layer = "cases", per = { layer = "people", field = "people" } }
"""


def guarded(town):
    """The town with a layer about people under noise: 9, 12, 17 and 23 cases."""
    recipe = RECIPE.replace('[disclosure]\nreason = "Because."\n', CASES).replace("\n[[domain]]", f"{COUNTED}\n[[domain]]")
    (town / "methodology.toml").write_text(recipe, encoding="utf-8")
    wards = [f"w{at}" for at, count in enumerate((9, 12, 17, 23)) for _ in range(count)]
    cases = pd.DataFrame({"ward": wards, "case": [f"c{at}" for at in range(len(wards))]})
    add(town, cases, {"name": "cases", "geomap:kind": "incidents", "geomap:sensitivity": "counts", "geomap:evidence": "administrative"})
    add(town, pd.DataFrame({"ward": [f"w{at}" for at in range(4)], "people": [1000] * 4}), {"name": "people"})
    return town


def add(town, table, said):
    """One more layer, whose card is that of the first but for what is *said*."""
    home = town / "layers" / said["name"]
    home.mkdir()
    card = json.loads((town / LAYER / "datapackage.json").read_text(encoding="utf-8")) | said
    fields = [{"name": name, "type": "integer" if name == "people" else "string"} for name in table]
    card["resources"][0]["schema"]["fields"] = fields
    (home / "datapackage.json").write_text(json.dumps(card), encoding="utf-8")
    table.to_csv(home / "data.csv", index=False)


def zone(folder):
    """What the restricted zone of a workspace holds beside kept copies, by path."""
    home = folder / RESTRICTED
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file() and KEPT not in path.parts}


def told_cases(path):
    """What an edition tells of cases, by ward."""
    return read_edition(path).level().numbers["cases"][["value", "n"]]


def test_a_workspace_made_from_another_gives_the_same_noise_and_knows_what_was_published(town, tmp_path):
    """A key of its own would give other noise each time, whose mean is the count; an empty ledger would let out what the first had refused."""
    first = publish(open_workspace(guarded(town)), date(2025, 1, 31)).path
    again = rebuild(town, first, "2024", tmp_path / "again")
    assert set(zone(town)) >= {SECRET, LEDGER, HEAD}
    assert any(name.startswith(OUTLINES) for name in zone(town))
    assert zone(again) == zone(town)
    assert [one.name for one in read_ledger(again).releases] == [first.name]
    pd.testing.assert_frame_equal(told_cases(build(open_workspace(again))), told_cases(first))
    assert stat.S_IMODE((again / RESTRICTED).stat().st_mode) == stat.S_IMODE((again / RESTRICTED / OUTLINES).stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (again / RESTRICTED).rglob("*") if path.is_file()} == {0o600}


def test_what_is_kept_has_the_key_and_is_rebuilt_with_the_ledger_as_it_is_by_then(town, tmp_path):
    """The copy knows what was published when it was made; what is made from it also knows what was published since."""
    first = publish(open_workspace(guarded(town)), date(2025, 1, 31)).path
    before = zone(town)
    kept = follow(open_workspace(town), "2025").kept
    assert {
        path.relative_to(kept / RESTRICTED).as_posix(): path.read_bytes() for path in (kept / RESTRICTED).rglob("*") if path.is_file()
    } == before
    append_release(town, replace(read_ledger(town).releases[0], name="later"))
    again = rebuild(kept, first, "2024", tmp_path / "again")
    assert zone(again) == zone(town) != before
    assert [one.name for one in read_ledger(again).releases] == [first.name, "later"]


def test_where_nothing_was_published_nothing_is_handed_on(town, tmp_path):
    """No key and no ledger are made up."""
    again = rebuild(town, build(open_workspace(town)), "2024", tmp_path / "again")
    assert not (again / RESTRICTED).exists()


def test_thirteen_months_on_the_right_things_are_due(town, capsys):
    """The layer's review has passed, and so has the year after the edition; the exit code says so."""
    assert main(["publish", str(town)]) == 0
    at_first = calendar(open_workspace(town), date(2025, 5, 1))
    assert at_first.loc[at_first["kind"] == "layer", ["name", "due", "state", "parts"]].to_numpy().tolist() == [
        ["strain", "2025-06-30", NEXT, "All"]
    ]
    capsys.readouterr()
    assert main(["due", str(town), "--on", "2099-01-01", "--json"]) == 8
    told = json.loads(capsys.readouterr().out)
    assert {row["kind"] for row in told["rows"] if row["state"] == LATE} == {"layer", "edition"}
    assert told["overdue"] == 2
    assert main(["due", str(town), "--on", "2025-01-01"]) == 0
    assert main(["due", str(town), "--on", "someday"]) == 2


def test_age_is_said_of_layers_domains_and_the_whole(town):
    """Before the day nothing is; after it, first of all."""
    edition = read_edition(build(open_workspace(town)))
    fresh = edition.level()
    assert with_age(edition, fresh, date(2025, 6, 30)) is fresh
    old = with_age(edition, fresh, date(2025, 7, 1))
    assert old.caveats[0] == "On 2025-07-01 the data of 1 of 1 indicators are past their review."
    assert old.node("strain").caveats[0] == "Past its review: the data of 'strain' were to be looked at again by 2025-06-30."
    assert old.node("all").caveats[0] == "Past its review: the data of 1 of the 1 indicators in it."


def test_a_recipe_without_the_line_is_told():
    """Nothing is guessed."""
    with pytest.raises(WorkspaceError, match="gives no period"):
        with_period("[methodology]\nname = 1\n", period="2025")
    with pytest.raises(WorkspaceError, match=r"has no \[methodology\]"):
        with_period("x = 1\n", period="2025")
