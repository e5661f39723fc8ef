"""Descriptions of data that ask for what must not be given: of the hostile corpus, and the same attempts in our own cards and methodologies."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from geomap.errors import CardError, GeomapError, IntakeError, MethodologyError
from geomap.layers.read import read_layer, read_layer_card
from geomap.methodology.read import read_methodology
from geomap.workspace.inspect_card import inspect_card, outcome
from tests.conftest import ROOT
from tests.shared import SHARED, shared

HOSTILE = SHARED / "data/hostile"
MANIFEST = HOSTILE / "MANIFEST.csv"
ROWS = [row for row in csv.DictReader(MANIFEST.open(encoding="utf-8")) if row["kind"] == "catalog"] if MANIFEST.exists() else []
CARD: dict[str, Any] = {
    "name": "unemployment", "title": "Unemployment", "contributors": [{"title": "The council"}], "geomap:kind": "table",
    "geomap:places": {"boundaries": "wards", "field": "code"}, "geomap:period": "2025", "geomap:sensitivity": "open", "geomap:tier": "public",
    "geomap:evidence": "administrative", "geomap:skewed": "Some do not register.", "geomap:misreading": "Cutting help where few register.",
    "resources": [{"name": "data", "path": "values.csv", "format": "csv"}],
}  # fmt: skip


def laid(folder: Path, **changed: Any) -> Path:
    """A folder with a card and its file; *changed* are keys of the card, or the path of its file."""
    (folder / "values.csv").write_text("code\nW1\n", encoding="utf-8")
    data = {**CARD, **{key: value for key, value in changed.items() if key != "path"}}
    if "path" in changed:
        data["resources"] = [{**CARD["resources"][0], "path": changed["path"]}]
    (folder / "datapackage.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_the_corpus_is_refused_in_the_words_of_its_manifest_or_taken(row):
    """One sentence names the thing; nothing that a description names is opened, and none of it is run."""
    path = shared("data", "hostile", row["file"])
    found, told = outcome(path)
    assert found == {"reject": "refused", "accept": "loaded"}[row["must"]]
    assert row["message_about"].lower() in "\n".join(told).lower()
    assert "root:x:" not in "\n".join(told)


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "/vsicurl/http://127.0.0.1:18099/x.csv",
        "http://127.0.0.1:18099/x.csv",
        "C:\\data.csv",
        "a/../../b.csv",
        "",
    ],
)
def test_our_cards_name_no_file_outside_their_folder(tmp_path, path):
    """No other folder, address, drive or virtual path."""
    with pytest.raises(CardError, match="must be a file beside its card"):
        read_layer_card(laid(tmp_path, path=path))
    assert outcome(tmp_path / "datapackage.json")[0] == "refused"


def test_a_link_that_leads_outside_is_not_followed(tmp_path):
    """The name is harmless, the file is not there."""
    folder, secret = tmp_path / "layer", tmp_path / "secret.csv"
    folder.mkdir()
    secret.write_text("code\nW1\n", encoding="utf-8")
    laid(folder, path="inside.csv")
    (folder / "inside.csv").symlink_to(secret)
    with pytest.raises(CardError, match="link to a file outside"):
        read_layer(folder)
    with pytest.raises(IntakeError, match="link that leads outside"):
        inspect_card(folder / "datapackage.json")


@pytest.mark.parametrize("name", ["../../tmp/x", "a b", "", "<b>"])
def test_a_name_that_would_become_a_path_is_refused(tmp_path, name):
    """Names become names of files."""
    with pytest.raises(CardError, match="name"):
        read_layer_card(laid(tmp_path, name=name))


def test_markup_in_a_title_is_text(tmp_path):
    """It is taken as it is, and escaped where it is shown."""
    assert read_layer_card(laid(tmp_path, title="<img src=x onerror=alert(1)>")).title == "<img src=x onerror=alert(1)>"


def test_a_file_that_is_not_there_is_named(tmp_path):
    """By its name, with the folder it belongs in."""
    with pytest.raises(CardError, match=r"nowhere\.csv"):
        read_layer(laid(tmp_path, path="nowhere.csv"))
    with pytest.raises(IntakeError, match=r"there is no file 'nowhere\.csv' beside the card"):
        inspect_card(tmp_path / "datapackage.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"name": "a", "name": "b"}', "'name' twice"),
        ('{"a": ' + "9" * 5_000 + "}", "Exceeds the limit"),
        ("[" * 100_000, "nested too deep"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": "\\ud800"}', "half a sign"),
        ('{"a": 1', "not valid JSON"),
    ],
)
def test_a_card_says_one_thing_to_every_program(tmp_path, text, words):
    """Read as a layer's card and looked at: the same refusal."""
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match=words):
        read_layer_card(tmp_path)
    with pytest.raises(IntakeError, match=words):
        inspect_card(tmp_path / "datapackage.json")


def test_a_key_given_twice_is_refused(tmp_path):
    """Programs disagree which one counts."""
    (tmp_path / "datapackage.json").write_text('{"name": "a", "name": "b"}', encoding="utf-8")
    with pytest.raises(IntakeError, match="'name' twice"):
        inspect_card(tmp_path / "datapackage.json")


METHOD = {
    "an unknown key": ('up = "worse"', 'up = "worse"\ndirecion = "worse"', "direcion: is not a word known here"),
    "an unknown direction": ('up = "worse"', 'up = "higher"', "up: "),
    "no direction": ('up = "worse"\n', "", "up: is missing"),
    "a negative weight": ('up = "worse"', 'up = "worse"\nweight = -1.0', "weight: "),
    "code for a step": ('up = "worse"', "up = \"worse\"\nsteps = [\"__import__('os').system('id')\"]", "steps"),
    "a key twice": ('up = "worse"', 'up = "worse"\nup = "better"', "is not valid TOML"),
    "a number of five thousand digits": ('up = "worse"', "up = " + "9" * 5_000, "is not valid TOML: Exceeds the limit"),
    "lists in lists in lists": ('up = "worse"', "up = " + "[" * 5_000, "is not valid TOML: it is nested too deep"),
    "YAML": (None, "id: unemployment\nfile: values.csv\n", "is not valid TOML"),
}


@pytest.mark.parametrize("how", METHOD)
def test_the_same_attempts_in_a_methodology_are_refused(tmp_path, how):
    """Directions, weights and steps stand there, not in the card."""
    old, new, words = METHOD[how]
    text = (ROOT / "methodology.toml").read_text(encoding="utf-8")
    path = tmp_path / "methodology.toml"
    path.write_text(new if old is None else text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MethodologyError) as wrong:
        read_methodology(path)
    assert words in str(wrong.value)
    assert outcome(path)[0] == "refused"


def test_a_card_a_methodology_and_a_description_that_are_in_order_are_taken(tmp_path):
    """Each is told by what it holds."""
    assert inspect_card(laid(tmp_path) / "datapackage.json") == ("datapackage.json is the card of 'unemployment': 'Unemployment'.",)
    shutil.copyfile(ROOT / "methodology.toml", tmp_path / "methodology.toml")
    assert inspect_card(tmp_path / "methodology.toml") == ("methodology.toml can be used as it is.",)
    flat = 'id = "jobs"\ntitle = "Stop !now"\nfile = "values.csv"\ndirection = "higher_is_worse"\n'
    (tmp_path / "jobs.toml").write_text(flat, encoding="utf-8")
    assert outcome(tmp_path / "jobs.toml")[0] == "loaded"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"a": ' * 50_000,
        b"- !!python/object/apply:os.system ['id']",
        b"[1, 2]",
        b"a = " + b"[" * 5_000,
        b"\0" * 50,
    ],
)
def test_what_is_no_card_at_all_is_refused_in_words(tmp_path, raw):
    """Never a traceback."""
    (tmp_path / "card.toml").write_bytes(raw)
    with pytest.raises(GeomapError):
        inspect_card(tmp_path / "card.toml")
