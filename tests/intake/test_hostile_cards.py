"""Cards and methodologies made to do harm or to be read two ways: refused in words, by the reader and by the one that only looks."""

import json
from typing import Any

import pytest

from geomap.errors import GeomapError, MethodologyError
from geomap.layers.read import read_layer
from geomap.methodology.read import read_methodology
from geomap.workspace.inspect_card import outcome
from tests.conftest import ROOT
from tests.intake.test_cards import CARD, laid


def resource(**changed: Any) -> dict[str, Any]:
    """The card's resources, the one changed."""
    return {"resources": [{**CARD["resources"][0], **changed}]}


def fields(*columns: dict[str, Any]) -> dict[str, Any]:
    """A resource with these columns."""
    return resource(schema={"fields": list(columns)})


CARDS = {
    "a list of paths": (resource(path=["a.csv", "b.csv"]), "path: Input should be a valid string"),
    "an address in capitals": (resource(path="HTTP://127.0.0.1:9/a.csv"), "must be a file beside its card"),
    "a path with a sign that is not seen": (resource(path="values.csv\0.txt"), "letters that can be seen"),
    "a path of five thousand letters": (resource(path="a" * 5_000), "at most 200 letters"),
    "the folder": (resource(path="."), "must be a file beside its card"),
    "the home of somebody": (resource(path="~/x.csv"), "~/x.csv"),
    "data in the card": ({"resources": [{"name": "data", "data": [1]}]}, "path: is missing"),
    "a packing for an encoding": (resource(encoding="zlib"), "is no encoding of text"),
    "an encoding that speaks for Python": (resource(encoding="unicode_escape"), "is no encoding of text"),
    "an encoding of names of hosts": (resource(encoding="idna"), "is no encoding of text"),
    "an encoding of no name": (resource(encoding="x" * 5_000), "is no encoding of text"),
    "a pattern between cells": (resource(dialect={"delimiter": "(a+)+$"}), "must be one sign"),
    "nothing between cells": (resource(dialect={"delimiter": ""}), "must be one sign"),
    "a line's end between cells": (resource(dialect={"delimiter": "\n"}), "must be one sign"),
    "a quote between cells": (resource(dialect={"delimiter": '"'}), "must be one sign"),
    "a column twice": (fields({"name": "code"}, {"name": "code", "type": "number"}), "names 'code' more than once"),
    "a number of four hundred digits": ({"geomap:tier": 10**400}, "geomap:tier: Input should be"),
    "a coordinate system from elsewhere": ({"geomap:places": {"x": "a", "y": "b", "crs": "http://127.0.0.1:9/x"}}, "is no coordinate reference system"),
    "a coordinate system that is a file": ({"geomap:places": {"x": "a", "y": "b", "crs": "/etc/passwd"}}, "is no coordinate reference system"),
    "a coordinate system of a hundred thousand letters": ({"geomap:places": {"x": "a", "y": "b", "crs": "A" * 100_000}}, "is no coordinate reference system"),
    "a name with a line's end": ({"name": "a\n"}, "name: String should match"),
    "lists in lists": ({"note": json.loads("[" * 300 + "]" * 300)}, "recursion limit"),
}  # fmt: skip


@pytest.mark.parametrize("name", CARDS)
def test_a_hostile_card_is_refused_in_words(tmp_path, name):
    """By both; no word is longer than a line can be."""
    changed, words = CARDS[name]
    folder = laid(tmp_path)
    (folder / "datapackage.json").write_text(json.dumps({**CARD, **changed}), encoding="utf-8")
    with pytest.raises(GeomapError) as refused:
        read_layer(folder)
    found, told = outcome(folder / "datapackage.json")
    assert found == "refused"
    for said in (str(refused.value), "\n".join(told)):
        assert words in said
        assert "root:x:" not in said
        assert len(said) < 1_500
        assert said.replace("\n", "").isprintable()


def test_a_date_that_is_written_in_no_way_is_told(tmp_path):
    """The column and what it says."""
    folder = laid(tmp_path)
    card = {**CARD, **fields({"name": "code", "type": "date", "format": "%Q"})}
    (folder / "datapackage.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(GeomapError, match="column 'code': '%Q' is no way to write a date"):
        read_layer(folder)


def test_a_card_named_as_its_own_data_is_read_as_no_table(tmp_path):
    """It has no such column."""
    with pytest.raises(GeomapError, match="has no column"):
        read_layer(laid(tmp_path, path="datapackage.json"))


TOML = {
    "a weight that is no number": ('up = "worse"', 'up = "worse"\nweight = nan', "weight: "),
    "a weight without end": ('up = "worse"', 'up = "worse"\nweight = inf', "weight: Input should be a finite number"),
    "a million million draws": ("draws = 1000", "draws = 1_000_000_000_000", "draws: Input should be less"),
    "a threshold below nothing": ("threshold = 5", "threshold = -5", "threshold: Input should be greater"),
    "a threshold without end": ("threshold = 5", "threshold = 1e400", "threshold: Input should be a valid integer"),
    "a table within a table by dots": ("[missing]", "methodology.name = 'x'\n[missing]", "methodology: is not a word known here"),
    "a table called as JavaScript calls its own": (
        "[missing]",
        "[methodology.__proto__]\na = 1\n[missing]",
        "__proto__: is not a word known here",
    ),
    "a list of tables for a table": ("[missing]", "[[missing]]", "missing: Input should be an object"),
    "a table that is closed and opened again": ("[missing]", "[methodology]\n[missing]", "is not valid TOML"),
    "a day for a name": ('id = "hate_incidents"', "id = 2025-01-01", "id: String should match"),
    "a path for a name": ('name = "marrowmere"', 'name = "../x"', "name: String should match"),
    "a sign that is not seen": ("[missing]", "\0[missing]", "is not valid TOML"),
}


@pytest.mark.parametrize("name", TOML)
def test_a_hostile_methodology_is_refused_in_words(tmp_path, name):
    """With its line where there is one."""
    old, new, words = TOML[name]
    text = (ROOT / "methodology.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "methodology.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MethodologyError, match=r"cannot be used|is not valid TOML") as refused:
        read_methodology(path)
    assert words in str(refused.value)
    assert outcome(path)[0] == "refused"


def test_a_methodology_that_an_editor_marked_as_utf_8_is_read(tmp_path):
    """Some write three bytes before the text."""
    path = tmp_path / "methodology.toml"
    path.write_text((ROOT / "methodology.toml").read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert read_methodology(path) == read_methodology(ROOT / "methodology.toml")
