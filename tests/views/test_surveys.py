"""Surveys as tables and sentences, on the demonstration city's edition."""

import re
from dataclasses import replace

import numpy as np
import pytest

from geomap.views.answers import WITHHELD, by_group, by_place, in_words, of_place, over_time, reasons
from geomap.views.perceived import in_words as perceived_in_words
from geomap.views.perceived import opens_at, perceived_against_recorded
from geomap.views.shrinkage import side_by_side
from geomap.views.unheard import scales, sentences, table

NUMBER = re.compile(r"\d+ % \(\d+ to \d+(, modelled)?\)")


@pytest.fixture(scope="module")
def answers(edition):
    """What people said in Marrowmere."""
    return edition.table("trust-survey-answers")


def test_every_institution_is_asked_about_in_every_place(edition, answers):
    """Eight institutions and one issue by 60 neighbourhoods and the city; every cell is a share with its interval, or says why not."""
    shown = by_place(answers, "neighbourhoods")
    institutions = answers.loc[answers["institution"] != "", "institution"].nunique()
    assert institutions == 8
    assert shown.shape[1] == len(edition.level("neighbourhoods").places)
    cells = list(shown.stack())
    assert all(NUMBER.fullmatch(cell) or cell == WITHHELD for cell in cells)


def test_groups_stand_beside_the_mean(answers):
    """The young are a column of their own, never folded into the mean alone."""
    shown = by_group(answers, "age_group")
    assert list(shown.columns) == ["all", "16-24", "25-44", "45-64", "65+"]
    assert all(NUMBER.fullmatch(cell) for cell in shown.to_numpy().ravel())


def test_a_place_reads_as_sentences_with_reasons(answers):
    """Trust on an issue, with its interval and what was given as a reason."""
    said = of_place(answers, "neighbourhoods", "N07")
    assert len(said) == 9
    assert any(sentence.startswith("On hate incidents, ") for sentence in said)
    assert any("main reasons given" in sentence for sentence in said)
    assert all(NUMBER.search(sentence) for sentence in said)


def test_reasons_are_those_of_who_was_asked_most_named_first(answers):
    """Each with its interval; several may be given."""
    given = reasons(answers, "trust_council")
    assert len(given) == 5
    shares = [int(re.match(r"\d+", share)[0]) for share in given["share"]]
    assert shares == sorted(shares, reverse=True)


def test_no_line_is_drawn_through_modelled_values(answers):
    """Over time only what people themselves said, with its interval."""
    line = over_time(answers, "trust_council")
    assert line["period"].tolist() == ["2024", "2025"]
    assert set(over_time(answers, "trust_council", level="neighbourhoods")["shown"]) <= {"direct"}


def test_a_withheld_row_has_no_number(answers):
    """Withheld is a word."""
    withheld = answers[answers["shown"] == "withheld"]
    assert len(withheld)
    assert {in_words(row) for _, row in withheld.head(20).iterrows()} == {WITHHELD}


def test_who_was_not_heard_is_said_first(edition):
    """The planted group of the demonstration city."""
    who = edition.table("trust-survey-who-answered")
    assert "16-24" in sentences(who, {})[0]
    assert table(who, {}).iloc[0]["heard"] == "not heard enough"


def test_scales_carry_their_alpha_and_no_forbidden_comparison(edition):
    """Age groups have no mean beside each other, sexes have; scales about violence are not there."""
    shown = scales(edition.table("resilience-survey-pillars"), {})
    assert (shown.loc[shown["by"] == "age group", "mean score"] == "–").all()
    assert (shown.loc[shown["by"] == "sex", "mean score"] != "–").all()
    assert not shown["scale"].str.contains("Violence").any()
    assert shown.loc[shown["by"] == "", "note"].str.contains("not a prediction of any person's behaviour").all()


def test_felt_against_recorded_says_cannot_tell_where_it_cannot(edition):
    """Most places of a survey of few answers; every word is one of five."""
    assessment = edition.level("neighbourhoods")
    found = perceived_against_recorded(assessment, "trust_police", "hate_incidents")
    assert set(found["word"]) <= {"seen and felt", "felt, not recorded", "recorded, not felt", "neither", "cannot tell"}
    assert (found["word"] == "cannot tell").mean() > 0.5
    assert "does not show what brings what about" in perceived_in_words(assessment, found, "trust_police", "hate_incidents")


def test_felt_against_recorded_opens_where_something_can_be_told(edition):
    """At the finest level, but at the next one where the finest tells nothing; and at the finest again where nothing is told at any."""
    levels = [edition.level(name) for name in edition.levels]
    told = [(perceived_against_recorded(one, "trust_police", "hate_incidents")["word"] != "cannot tell").any() for one in levels]
    assert told[0]
    assert opens_at(levels, "trust_police", "hate_incidents") == levels[0].level
    mute = [_mute(one) for one in levels]
    assert opens_at([mute[0], levels[1]], "trust_police", "hate_incidents") == (levels[1].level if told[1] else levels[0].level)
    assert opens_at(mute, "trust_police", "hate_incidents") == levels[0].level


def _mute(assessment):
    """The same with nobody's number of trust."""
    numbers = assessment.numbers["trust_police"].assign(value=np.nan, low=np.nan, high=np.nan, status="suppressed")
    return replace(assessment, numbers={**assessment.numbers, "trust_police": numbers})


def test_the_register_of_who_was_heard_is_held_against_residents_too(edition):
    """Places where no meeting ever was come first, and on the map each place has one sign."""
    from geomap.views.unheard import coverage_map

    who, assessment = edition.table("engagement-who-answered"), edition.level("neighbourhoods")
    assert "Nobody was heard from" in sentences(who, {})[0]
    shown = coverage_map(assessment, who, "Who was heard")
    assert len(shown.digits) == len(assessment.places)
    assert sum(entry.count for entry in shown.legend) == len(assessment.places)
    assert next(entry.count for entry in shown.legend if entry.label == "Nobody") > 0


def test_a_places_own_answers_stand_beside_the_model(answers):
    """Every place with its share, the model's and the weight of its own; those pulled most come first."""
    shown = side_by_side(answers, "trust_council", "neighbourhoods")
    assert len(shown) == answers.loc[answers["level"] == "neighbourhoods", "code"].nunique()
    pulls = [abs(int(text.split()[0].replace("−", "-"))) for text in shown["pulled by"] if text != "–"]
    assert pulls
    assert pulls == sorted(pulls, reverse=True)
    assert (shown.loc[shown["shown"] == "modelled", "to know"].str.startswith("modelled")).all()
    assert shown.loc[shown["own answers"] == WITHHELD, "answers"].isna().all()
