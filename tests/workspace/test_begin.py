"""A new workspace: every blank of its methodology is told at once, and nothing that was there is lost."""

import re
import tomllib

import pytest

from geomap.errors import GeomapError, WorkspaceError
from geomap.methodology.parts import Indicator
from geomap.methodology.read import read_methodology
from geomap.workspace.begin import START, begin
from geomap.workspace.check import check
from geomap.workspace.workspace import open_workspace

WORDS = {
    "name": '"northport"',
    "title": '"Northport"',
    "period": '"2025"',
    "baseline": '"2025"',
    "date": '"2025-12-01"',
    "rule": '"share"',
    "reason": '"Agreed by the board."',
}
BLOCK = """
[[indicator]]
id = "{domain}_number"
title = "A number"
domain = "{domain}"
up = "worse"
reason = "Because."
measure = {{ measure = "value", layer = "numbers", field = "{domain}" }}
"""


def filled(text: str) -> str:
    """The template with every blank replaced by a word, one level, and one indicator in each domain."""
    for key, word in WORDS.items():
        text = re.sub(rf'(?m)^{key} = ""', f"{key} = {word}", text)
    domains = [domain["id"] for domain in tomllib.loads(text)["domain"]]
    return text.replace("levels = []", 'levels = ["wards"]') + "".join(BLOCK.format(domain=domain) for domain in domains)


def blanks(text: str) -> list[str]:
    """The keys of the template that a person must fill in, as faults name them."""
    found = []
    for part, body in tomllib.loads(text).items():
        for place, entries in ((f"{part} → 1", body[0]) if isinstance(body, list) else (part, body),):
            found += [f"{place} → {key}" for key, value in entries.items() if value in ("", [])]
    return found


def test_a_new_workspace_has_two_folders_and_a_methodology(tmp_path):
    """What begin says it wrote is there, also in a folder whose parents were not, and nothing else is."""
    written = begin(tmp_path / "far" / "city")
    assert {path.name for path in written} == {"methodology.toml", "boundaries", "layers"}
    assert sorted(written) == sorted((tmp_path / "far" / "city").iterdir())


def test_every_blank_of_the_template_is_told_at_once(tmp_path):
    """Each key left blank is named with its table, and so are the indicators and the boundaries that are still to come."""
    begin(tmp_path)
    methodology, boundaries = check(open_workspace(tmp_path)).faults
    assert len(blanks(START)) == 8
    for blank in blanks(START):
        assert f" {blank}: is " in methodology
    assert "missing → rule: is blank; write 'share', 'propagate' or 'renormalise'" in methodology
    assert "indicator: is missing" in methodology
    assert str(tmp_path / "methodology.toml") in methodology
    assert "geomap add FILE" in boundaries


def test_the_template_filled_in_is_a_methodology(tmp_path):
    """A person who fills in the blanks and describes one number for each domain is done."""
    begin(tmp_path)
    path = tmp_path / "methodology.toml"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    recipe = read_methodology(path)
    assert recipe.methodology.levels == ("wards",)
    assert [domain.id for domain in recipe.domain] == ["incidents", "socioeconomic", "trust", "assets"]
    assert [index.id for index in recipe.index] == ["pressure", "capacity", "resilience", "risk"]


@pytest.mark.parametrize("key", [*WORDS, "levels"])
def test_one_blank_left_over_is_named(tmp_path, key):
    """All filled in but one: the fault names that one alone."""
    begin(tmp_path)
    path = tmp_path / "methodology.toml"
    whole = filled(path.read_text(encoding="utf-8"))
    blank = (
        whole.replace('levels = ["wards"]', "levels = []") if key == "levels" else whole.replace(f"{key} = {WORDS[key]}", f'{key} = ""', 1)
    )
    path.write_text(blank, encoding="utf-8")
    with pytest.raises(GeomapError) as wrong:
        read_methodology(path)
    assert len(wrong.value.faults) == 1
    assert f"→ {key}: is " in wrong.value.faults[0]


def test_the_examples_in_the_template_are_valid():
    """Without their # the example block is an indicator, and so is each of the other measures in its place."""
    lines = [line.removeprefix("# ") for line in START.splitlines() if line.startswith("# ")]
    block = lines[lines.index("[[indicator]]") : lines.index("Other measures:")]
    example = tomllib.loads("\n".join(block))["indicator"][0]
    measures = [tomllib.loads(line)["measure"] for line in lines if line.startswith("measure = ")]
    kinds = {Indicator.read({**example, "measure": measure}, where="the template").measure.measure for measure in measures}
    assert kinds == {"rate", "share", "value", "survey_share", "nearest", "reach", "zonal"}


def test_a_workspace_is_never_begun_twice(tmp_path):
    """What stands in the methodology stays, and the error says how to go on."""
    begin(tmp_path)
    (tmp_path / "methodology.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"has a methodology\.toml\. Nothing was changed; go on with 'geomap add FILE"):
        begin(tmp_path)
    assert (tmp_path / "methodology.toml").read_text(encoding="utf-8") == "mine"


def test_data_that_lie_there_already_are_kept(tmp_path):
    """A folder that has layers but no methodology gets one, and keeps its layers."""
    (tmp_path / "layers" / "mine").mkdir(parents=True)
    (tmp_path / "layers" / "mine" / "data.csv").write_text("a,b\n", encoding="utf-8")
    begin(tmp_path)
    assert (tmp_path / "layers" / "mine" / "data.csv").read_text(encoding="utf-8") == "a,b\n"


def test_a_methodology_is_never_half_written(tmp_path, monkeypatch):
    """When writing fails there is no methodology, and no file beside it, so that the command can be given again."""
    monkeypatch.setattr("geomap.workspace.begin.MODEL", "\ud800")
    with pytest.raises(UnicodeEncodeError):
        begin(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["boundaries", "layers"]


@pytest.mark.parametrize("taken", ["city", "city/layers"])
def test_a_file_where_a_folder_should_be_is_told_in_words(tmp_path, taken):
    """The error names the file that is in the way."""
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("a file", encoding="utf-8")
    with pytest.raises(GeomapError, match=taken):
        begin(tmp_path / "city")
