"""What is written beside a number wherever it stands: that it is modelled, why it is looked at here, to which issues it speaks."""

from dataclasses import replace

from geomap.assessment.assessment import MODELLED
from geomap.assessment.columns import describe
from geomap.views.choropleth import choropleth
from geomap.views.profile import profile

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
