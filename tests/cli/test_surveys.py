"""The commands about surveys."""

import json

import pytest

from geomap.cli import main


def run(capsys, *words):
    """What a command prints, as data."""
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_trust_of_a_place_is_told_in_sentences(demo, capsys):
    """With the interval of each share."""
    code, told = run(capsys, "trust", demo, "--place", "N07")
    assert code == 0
    assert any("trust the police" in sentence for sentence in told["said"])


def test_who_was_not_heard_comes_first(demo, capsys):
    """The planted group."""
    code, told = run(capsys, "heard", demo)
    assert code == 0
    assert any("16-24" in sentence for sentence in told["unheard"])
    assert "Nobody was heard from" in told["unheard"][0]
    assert told["non_response"][0].startswith("19 of 100 who were asked answered.")


def test_felt_against_recorded(demo, capsys):
    """A row a place."""
    code, told = run(capsys, "perceived", demo, "trust_police", "hate_incidents")
    assert code == 0
    assert len(told["places"]) == 61


def test_composites_are_not_what_people_perceive(demo, capsys):
    """They are named, and what to name instead."""
    code, told = run(capsys, "perceived", demo, "risk", "hate_incidents")
    assert code != 0
    assert "name two indicators" in told["error"]


def test_a_thousand_interviews_show_a_change_of_six_points(capsys):
    """The planner's known number."""
    _, told = run(capsys, "interviews", "--interviews", "1000")
    assert told["detectable_change"] == pytest.approx(6.26, abs=0.01)
    assert told["margin"] == pytest.approx(3.1, abs=0.01)


def test_own_answers_beside_the_model(demo, capsys):
    """A row a place, with the weight that its own answers keep; an unknown question is told the known ones."""
    code, told = run(capsys, "trust", demo, "--modelled", "trust_council")
    assert code == 0
    assert {"code", "own answers", "modelled", "weight of its own answers"} <= set(told["places"][0])
    assert told["to_know"]
    assert main(["trust", str(demo), "--modelled", "luck"]) == 0
    assert "The questions are" in capsys.readouterr().out


def test_whether_groups_differ_is_said_with_interval_and_q(demo, capsys):
    """The young of the invented city trust less; what chance alone could make is counted and not named."""
    code, told = run(capsys, "trust", demo, "--differences", "--by", "age_group")
    assert code == 0
    assert any("among age group 16-24 than among" in said and "points; q " in said for said in told["said"])
    assert "cannot be told from chance" in told["said"][-1]
    assert told["to_know"] == run(capsys, "trust", demo)[1]["to_know"][-len(told["to_know"]) :]
