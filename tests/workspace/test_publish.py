"""Publishing: the change log is demanded, the edition is numbered, and it can be verified."""

import json
from datetime import date

import pytest

from geomap.cli.main import main
from geomap.editions.register import Entry, read_register
from geomap.errors import EditionError, MethodologyError
from geomap.methodology.substance import method_fingerprint
from geomap.workspace.publish import demand_logged, publish
from geomap.workspace.workspace import open_workspace
from tests.editions.small import SCORE
from tests.toy import methodology

DAY = date(2026, 1, 31)
AGREED = methodology(SCORE)


def entry(version="1", method=None, number=1):
    """A line of the register."""
    told = {
        "number": number,
        "edition": "toy-2024-0",
        "manifest": "0",
        "period": "2024",
        "version": version,
        "tier": "partners",
        "date": "2025-01-31",
    }
    return Entry(**told, method=method or method_fingerprint(AGREED))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The demonstration city, published twice; read it, never change it."""
    from tests.conftest import copy_demo, without_surveys

    folder = without_surveys(copy_demo(tmp_path_factory.mktemp("published") / "city"))
    recipe = folder / "methodology.toml"
    recipe.write_text(recipe.read_text(encoding="utf-8").replace("draws = 1000", "draws = 40"), encoding="utf-8")
    first = publish(open_workspace(folder), DAY)
    return folder, first, publish(open_workspace(folder), date(2026, 2, 1))


def test_an_edition_is_numbered_once(published):
    """Published again it is the same edition, with its number and its first date."""
    folder, first, again = published
    assert (first.entry.number, first.anew, again.anew) == (1, False, True)
    assert (again.path, again.entry) == (first.path, first.entry)
    assert read_register(folder / "editions") == (first.entry,)
    assert first.entry.date == "2026-01-31"


def test_verify_says_that_every_bit_is_as_it_was(published, capsys):
    """In words and as data, by the workspace too."""
    folder, first, _ = published
    assert main(["verify", str(folder)]) == 0
    assert "published as number 1.\nEvery bit is as it was frozen." in capsys.readouterr().out
    assert main(["verify", str(first.path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["number"], told["faults"], told["ok"]) == (1, [], True)


def test_the_provenance_is_in_terms_of_w3c_prov(published):
    """Every record of it names an entity, an activity or an agent that is described; each input has its hash or the word that withholds it."""
    _, first, _ = published
    told = json.loads((first.path / "provenance.json").read_text(encoding="utf-8"))
    described = set(told["entity"]) | set(told["activity"]) | set(told["agent"])
    for kind in ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "wasAttributedTo"):
        named = {value for record in told[kind].values() for key, value in record.items() if key.startswith("prov:")}
        assert named
        assert named <= described
    assert {name.partition(":")[0] for name in described} <= set(told["prefix"])
    manifest = json.loads((first.path / "datapackage.json").read_text(encoding="utf-8"))
    hashes = {one["prov:label"]: one["geomap:sha256"] for one in told["entity"].values() if one["prov:type"] == "geomap:Input"}
    assert {
        name: "withheld to protect people" if digest == "withheld" else digest for name, digest in manifest["geomap:inputs"].items()
    } == hashes
    assert manifest["geomap:software"]["lock"].startswith("sha256:")


def test_a_damaged_register_is_told_and_left_as_it_is(tmp_path):
    """Numbers are not given twice because a file was cut."""
    (tmp_path / "published.json").write_text('{"published": [', encoding="utf-8")
    with pytest.raises(EditionError, match="is not valid JSON"):
        read_register(tmp_path)


def test_another_method_under_the_same_version_is_refused():
    """With what is to be written, and where."""
    with pytest.raises(MethodologyError, match=r"was published as version 1 by another method; give this one a version of its own"):
        demand_logged(methodology(SCORE | {"up": "better"}), [entry()])


def test_a_version_that_was_published_stays_in_the_log():
    """History is not written anew."""
    with pytest.raises(MethodologyError, match=r"no longer tells of version 0\.9"):
        demand_logged(AGREED, [entry("0.9", "another")])


@pytest.mark.parametrize("changed", [{"title": "Another title"}, {"reason": "Better said."}, {}])
def test_other_words_are_no_other_method(changed):
    """Titles and reasons are free."""
    demand_logged(methodology(SCORE | changed), [entry()])


def test_another_method_with_a_version_and_a_reason_of_its_own_may_be_published():
    """That is what the log is for."""
    heading = AGREED.methodology.model_dump() | {"version": "2"}
    log = [{"version": version, "date": "2026-01-01", "reason": "Learned."} for version in ("1", "2")]
    levels = {"methodology": {**heading, "levels": list(heading["levels"])}, "changes": log}
    demand_logged(methodology(SCORE | {"up": "better"}, **levels), [entry()])
