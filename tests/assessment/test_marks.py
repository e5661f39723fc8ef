"""What is written beside a number wherever it stands: that it is modelled, why it is looked at here, to which issues it speaks."""

from dataclasses import replace

from geomap.assessment.assessment import MODELLED, NOT_REVIEWED, SURVEY_NOT_REVIEWED
from geomap.assessment.columns import describe
from geomap.assessment.journey import assess
from geomap.views.answers import not_reviewed, of_place
from geomap.views.choropleth import choropleth
from geomap.views.geojson import write_geojson
from geomap.views.profile import profile
from tests.toy import layer, methodology, sources

ANSWERS = "ward | trust\n" + "\n".join(f"{ward} | {answer}" for ward in ("castle", "market", "mill") for answer in (1, 2, 4, 5, 5, 5))

WHY = "Why here: Residents named it in the neighbourhood walks of 2025."


def test_a_modelled_number_says_so_with_why_it_is_looked_at_here(edition):
    """The green raster is a model's, and its card speaks to one issue; a count of records carries no such mark."""
    level = edition.level()
    assert level.node("green").marks == (MODELLED, WHY, "Speaks to: tension.")
    assert MODELLED not in level.node("hate_incidents").marks
    assert level.node("low_income").marks == ("Speaks to: polarisation, tension.",)


def test_the_marks_stand_in_the_data_dictionary_the_hover_card_and_the_profile(edition):
    """Each of the three in each of them."""
    level = edition.level()
    described = next(column.description for column in describe(level) if column.name == "green")
    lines = profile(level, level.places.index[0]).lines["assets"]
    beside = next(line.node.marks for line in lines if line.node.id == "green")
    for text in (described, choropleth(level, "green").about, " ".join(beside)):
        assert MODELLED in text
        assert WHY in text
        assert "Speaks to: tension." in text


def test_an_edition_built_before_there_were_marks_has_none(edition):
    """Its nodes say nothing of models or issues, and that is no error."""
    assert replace(edition.level().node("green"), modelled=False, why_here="", issues=()).marks == ()


def test_a_survey_that_nobody_reviewed_is_marked_wherever_its_number_stands(tmp_path):
    """Caveats of the edition, map, data dictionary and tables; signed off by somebody else, it is not."""
    said = {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [4, 5]}
    for reviewed in (None, {"by": "Another", "on": "2025-05-01", "said": "Sound."}):
        survey = layer("survey", ANSWERS, kind="survey", sensitivity="survey", survey={"mode": "web", "reviewed": reviewed})
        found = assess(sources(survey), methodology({"id": "trust", "up": "better", "measure": said}), "wards").assessment
        texts = [
            " ".join(found.caveats), choropleth(found, "trust").about, next(one.description for one in describe(found) if one.name == "trust"),
            " ".join(line.node.marks[0] for lines in profile(found, "castle").lines.values() for line in lines if line.node.marks),
            write_geojson(found, tmp_path / "found.geojson")[0].read_text(encoding="utf-8"),
        ]  # fmt: skip
        assert [NOT_REVIEWED in text for text in texts] == [reviewed is None] * 5


def test_rows_of_what_people_said_carry_the_mark(edition):
    """The city's survey of trust was reviewed, that of resilience was not; titles, sentences and notes say so."""
    assert "(not reviewed)" in edition.tables["resilience-survey-pillars"]
    assert "(not reviewed)" not in edition.tables["trust-survey-answers"]
    assert edition.table("resilience-survey-pillars")["note"].str.endswith(SURVEY_NOT_REVIEWED).all()
    answers = edition.table("trust-survey-answers")
    assert not_reviewed(answers) == ()
    assert of_place(answers.assign(flags=SURVEY_NOT_REVIEWED), "neighbourhoods", "N07")[-1] == NOT_REVIEWED
