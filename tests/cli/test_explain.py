"""geomap explain, on the demonstration city."""

import json
import re

import pytest

from tests.cli.test_commands import tell
from tests.views.test_explanation import FORBIDDEN

LINE = re.compile(r"^  +([+−]\d+\.\d\d)  (.*)$", re.MULTILINE)


def test_the_lines_add_up_to_the_distance(demo, capsys):
    """As printed, to within the rounding of each line."""
    code, out, _ = tell(capsys, "explain", demo, "N25", "--index", "risk")
    said = [(float(points.replace("−", "-")), what) for points, what in LINE.findall(out.split("By indicator")[1])]
    assert code == 0
    assert said[-1][1].startswith("together")
    assert sum(points for points, _ in said[:-1]) == pytest.approx(said[-1][0], abs=0.005 * len(said))


def test_every_index_and_domain_is_told_by_default(demo, edition, capsys):
    """In their order, and without a word about what brings what about."""
    _, out, _ = tell(capsys, "explain", demo, "N25")
    titles = [node.title for node in edition.level().nodes if node.kind != "indicator"]
    starts = [out.index(f"\n{title} is ") for title in titles]
    assert starts == sorted(starts)
    assert not FORBIDDEN.search(out)
    assert "invented" in out


def test_a_name_will_do(demo, edition, capsys):
    """The same answer by name, in any letters, as by code."""
    name = edition.level().places.at["N25", "name"]
    assert tell(capsys, "explain", demo, name.upper(), "--index", "risk") == tell(capsys, "explain", demo, "N25", "--index", "risk")


def test_districts_are_explained_too(demo, edition, capsys):
    """By their level; the machine's answer holds every score."""
    district = edition.level("districts").places.index[0]
    code, out, _ = tell(capsys, "explain", demo, district, "--level", "districts", "--json")
    data = json.loads(out)
    assert (code, data["level"], len(data["scores"])) == (0, "districts", 8)
    risk = next(score for score in data["scores"] if score["node"] == "risk")
    leaves = {node.id for node in edition.level("districts").of_kind("indicator")}
    total = sum(points for name, points in risk["points"].items() if name in leaves and points is not None)
    assert total + risk["gap"] + risk["rounding"] == pytest.approx(risk["distance"], abs=1e-9)


def test_groups_and_evidence_are_told(demo, capsys):
    """Three groups' ranks with their range, the ranks without police, and the banner of the city that provides most."""
    _, out, _ = tell(capsys, "explain", demo, "N25", "--index", "risk")
    assert re.search(
        r"Of 60, it ranks .*Residents \(64 people\) \w+, Youth council \(22 people\) \w+, Police and council officers \(17 people\)", out
    )
    assert "Without police records it would" in out
    assert "! Risk rests for 62 % on one provider: Marrowmere City Council." in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Dunlingat"], "Dunlingate (N25, Northfell)"),
        (["nowhere at all"], "The first is"),
        (["N25", "--index", "green"], "'green' is an indicator, which is not made of others. Ask for one of ['pressure'"),
        (["N25", "--index", "moons"], "There is no 'moons' in this edition"),
        (["N25", "--level", "moons"], "no level 'moons'"),
    ],
)
def test_what_cannot_be_explained_is_told_with_what_can(demo, capsys, words, said):
    """Exit code 4, and the names there are."""
    code, _, err = tell(capsys, "explain", demo, *words)
    assert (code, said in err) == (4, True)
