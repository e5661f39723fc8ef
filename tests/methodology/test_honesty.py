"""Linters of honesty: what must not be an indicator, what is counted twice, what is in part itself again."""

import pytest

from geomap.errors import MethodologyError
from geomap.layers.read import read_layer_card
from geomap.methodology.honesty import circular, doubled, feeding, protected, remarks
from geomap.methodology.read import read_methodology
from geomap.methodology.recipe import Methodology
from tests.conftest import ROOT
from tests.toy import card, methodology

PEOPLE = {"layer": "residents", "field": "people"}


def columns(*fields, **said):
    """A card's only resource, with *fields* of name and, where given, title and description."""
    described = [dict(zip(("name", "title", "description"), field, strict=False)) for field in fields]
    return [{"name": "data", "path": "data.csv", "format": "csv", "schema": {"fields": described}, **said}]


def said(measure, about=None, **more):
    """What is said of one indicator on a layer 'profile'; *about*: what its card says."""
    found = methodology({"id": "one", **more, "measure": {"layer": "profile", **measure}})
    return protected(found, {"profile": card("profile", **(about or {}))})


VALUE = {"measure": "value", "field": "v1"}
RATE = {"measure": "rate", "per": PEOPLE}


@pytest.mark.parametrize(
    ("measure", "about"),
    [
        ({"measure": "value", "field": "pct_muslim"}, {}),
        ({"measure": "value", "field": "EP_MINRTY"}, {}),
        ({"measure": "value", "field": "EP_LIMENG"}, {}),
        ({"measure": "value", "field": "ForeignBorn"}, {}),
        ({"measure": "value", "field": "white_british"}, {}),
        ({"measure": "value", "field": "pct_albanian"}, {}),
        ({"measure": "value", "field": "étrangers"}, {}),
        ({"measure": "value", "field": "PercentBlack"}, {}),
        ({"measure": "value", "field": "non_white_pct"}, {}),
        ({"measure": "value", "field": "arabic_speakers"}, {}),
        ({"measure": "value", "field": "mosque_attendance"}, {}),
        ({"measure": "value", "field": "hijab wearers"}, {}),
        ({"measure": "value", "field": "share_non_eu"}, {}),
        ({"measure": "share", "part": ["born_outside_eu"], "whole": ["total"]}, {}),
        ({"measure": "share", "part": ["main_language_not_english"], "whole": ["total"]}, {}),
        ({"measure": "share", "part": ["lgbt_plus"], "whole": ["total"]}, {}),
        ({"measure": "rate", "events": ["refugees"], "per": PEOPLE}, {}),
        ({"measure": "rate", "events": ["count"], "where": {"category": ["Roma"]}, "per": PEOPLE}, {}),
        ({"measure": "rate", "events": ["count"], "where": {"country_of_birth": ["Abroad"]}, "per": PEOPLE}, {}),
        (VALUE, {"title": "Residents by country of birth"}),
        (VALUE, {"title": "Religion, Census 2021"}),
        (VALUE, {"title": "Ethnic group by ward, Leeds"}),
        (VALUE, {"resources": columns(("v1", "Share of residents who are transgender"))}),
        (VALUE, {"resources": columns(("v1", "Column 1", "People whose nationality is another; census."))}),
        ({"measure": "zonal"}, {"title": "Share of Muslims on a 100 m grid", "kind": "raster", "places": None}),
        ({"measure": "survey_share", "question": "religion", "agree": ["Muslim"]}, {"kind": "survey"}),
        (
            {"measure": "rate", "where": {"suspect_ethnicity": ["Black"]}, "per": PEOPLE},
            {"kind": "incidents", "title": "Recorded offences"},
        ),
        ({"measure": "value", "field": "pct_muslim"}, {"title": "Hate crime and people"}),
    ],
)
def test_a_share_of_people_by_what_they_are_is_an_error(measure, about):
    """However innocent the indicator's own name: the column, its title, the filter or the layer says it."""
    (found,) = said(measure, about, id="community_profile")
    assert found.severity == "error"
    assert "no direction and no weight" in found.sentence
    assert "outreach" in found.sentence


@pytest.mark.parametrize(
    ("measure", "about", "more"),
    [
        ({"measure": "nearest"}, {"kind": "assets", "title": "Mosques"}, {"up": "better"}),
        ({"measure": "reach", "within": 900}, {"kind": "assets", "title": "Places of worship"}, {"up": "worse"}),
        ({"measure": "value", "field": "worship"}, {}, {"up": "worse", "title": "Places of worship"}),
    ],
)
def test_places_of_worship_cannot_count_against_a_neighbourhood(measure, about, more):
    """A mosque nearby is no risk."""
    (found,) = said(measure, about, **more)
    assert "against a neighbourhood" in found.sentence


@pytest.mark.parametrize(
    ("measure", "about", "more"),
    [
        ({**RATE, "where": {"strand": ["religion"]}}, {"kind": "incidents", "title": "Racist and religious hate crime"}, {}),
        ({**RATE, "events": ["transgender"]}, {"title": "Hate crimes by strand"}, {"title": "Hate crime, transgender strand"}),
        ({"measure": "survey_share", "question": "trust_other_religions", "agree": [4]}, {"kind": "survey"}, {"up": "better"}),
        ({"measure": "survey_share", "question": "q7", "agree": [4], "where": {"ethnicity": ["Roma"]}}, {"kind": "survey"}, {"up": "better", "title": "Roma who trust the council"}),
        ({"measure": "value", "field": "mix"}, {}, {"up": "better", "title": "People who get on with people of another ethnic background"}),
        ({"measure": "reach", "within": 900}, {"kind": "assets", "title": "Places of worship"}, {"up": "better"}),
        ({"measure": "nearest", "where": {"faith": ["any"]}}, {"kind": "assets", "title": "Places of worship"}, {"up": "worse"}),
        ({"measure": "value", "field": "low_income"}, {"title": "Income, ethnicity and housing"}, {}),
        ({"measure": "value", "field": "adult_skills_and_english_language_proficiency_indicator"}, {}, {"title": "Adults without qualifications or fluent English"}),
        ({"measure": "rate", "events": ["evictions"], "per": {"layer": "residents", "field": "ethnic_minorities"}}, {}, {}),
        ({"measure": "value", "field": "foreign_trade"}, {}, {}),
        ({"measure": "value", "field": "roma_street_market"}, {}, {}),
        ({"measure": "value", "field": "black_mould"}, {}, {"title": "Homes with black mould"}),
        ({"measure": "value", "field": "one_parent", "mean_by": PEOPLE}, {"title": "Neighbourhood profile"}, {}),
        ({"measure": "share", "part": ["turnout"], "whole": ["electors"]}, {"title": "Turnout in the mayoral race course ward"}, {}),
    ],
)  # fmt: skip
def test_what_is_done_to_people_what_they_think_and_where_they_meet_may_count(measure, about, more):
    """Recorded harm, answers about trust, places of worship, skills and denominators are no shares of people by what they are."""
    assert said(measure, about, **more) == ()


def test_a_column_that_says_nothing_in_a_layer_that_names_much_is_asked_about():
    """An error must be certain; here a person has to say what the column holds."""
    (found,) = said(VALUE, {"title": "Income, ethnicity and housing"})
    assert found.severity == "warning"
    assert "Give them a title" in found.sentence


@pytest.mark.parametrize("folder", [".", "tests/workspaces/london", "tests/workspaces/toronto"])
def test_the_cities_give_no_false_alarm(folder):
    """London, Toronto and the demonstration city are free of it."""
    place = ROOT / folder
    cards = {one.name: one for one in (read_layer_card(file.parent) for file in (place / "layers").glob("*/datapackage.json"))}
    assert remarks(read_methodology(place / "methodology.toml"), cards) == ()


TWO_DOMAINS = {
    "domain": [{"id": name, "title": name, "up": "worse", "reason": "Because."} for name in ("strain", "means", "aside")],
    "index": [
        {"id": "risk", "title": "Risk", "up": "worse", "of": ["strain", "means"], "reason": "Because."},
        {"id": "other", "title": "Other", "up": "worse", "of": ["aside"], "reason": "Because."},
    ],
}
POOR = {"id": "poor", "domain": "means", "measure": {"measure": "value", "layer": "income", "field": "poor"}}
ASIDE = {"id": "aside_one", "domain": "aside", "measure": {"measure": "value", "layer": "green", "field": "trees"}}
CARDS = {name: card(name) for name in ("income", "trust", "green")}


def modelled(*sources, **more):
    """An indicator of modelled trust."""
    return {"id": "trust", "measure": {"measure": "value", "layer": "trust", "field": "share"}, "modelled_from": sources, **more}


@pytest.mark.parametrize("name", ["poor", "income"])
def test_what_a_number_was_modelled_from_cannot_stand_beside_it(name):
    """By the indicator's id or the layer's name: both feed the risk, so poverty would count twice."""
    (found,) = circular(methodology(modelled(name), POOR, ASIDE, **TWO_DOMAINS), CARDS)
    assert (found.severity, found.about) == ("error", ("trust", "poor"))
    assert "both feed 'risk'" in found.sentence


def test_in_two_indices_circularity_is_a_warning():
    """The two are not added up, but must not be held against each other either."""
    (found,) = circular(methodology(modelled("aside_one"), POOR, ASIDE, **TWO_DOMAINS), CARDS)
    assert found.severity == "warning"


def test_at_different_levels_nothing_meets():
    """Trust by ward and poverty by district never stand in one score; they still feed no common whole."""
    found = circular(methodology(modelled("poor", levels=["wards"]), POOR | {"levels": ["districts"]}, ASIDE, **TWO_DOMAINS), CARDS)
    assert [one.severity for one in found] == ["warning"]


def test_a_source_that_is_not_here_is_asked_about():
    """A misspelt name would look like no circularity."""
    (found,) = circular(methodology(modelled("incme"), POOR, ASIDE, **TWO_DOMAINS), CARDS)
    assert found.severity == "warning"
    assert "Check the spelling" in found.sentence


def pair(first, second, **more):
    """What is said of two indicators in one domain."""
    return doubled(methodology({"id": "one", "measure": first}, {"id": "two", "measure": second, **more}))


COUNT = {"measure": "rate", "layer": "incidents", "per": PEOPLE}
ASKED = {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [4, 5]}


@pytest.mark.parametrize(
    ("first", "second", "severity"),
    [
        (COUNT, COUNT, "error"),
        (COUNT, COUNT | {"scale": 10_000.0}, "error"),
        (ASKED, ASKED, "error"),
        (COUNT, COUNT | {"per": {"layer": "residents", "field": "adults"}}, "warning"),
        (COUNT, COUNT | {"where": {"kind": ["theft"]}}, "warning"),
        (COUNT, COUNT | {"measure": "severity", "weights": {"layer": "harm"}}, "warning"),
        (COUNT | {"window_years": 1}, COUNT | {"window_years": 3}, "warning"),
        (ASKED, ASKED | {"agree": [1, 2]}, "warning"),
        ({"measure": "value", "layer": "income", "field": "poor"}, {"measure": "share", "layer": "income", "part": ["poor"], "whole": ["all"]}, "warning"),
        (COUNT | {"where": {"kind": ["theft"]}}, COUNT | {"where": {"kind": ["fire"]}}, None),
        (COUNT | {"since": "2020-01-01", "until": "2020-12-31"}, COUNT | {"since": "2021-01-01", "until": "2021-12-31"}, None),
        (ASKED, ASKED | {"question": "help"}, None),
        ({"measure": "nearest", "layer": "libraries"}, {"measure": "reach", "layer": "libraries", "within": 900}, None),
        ({"measure": "value", "layer": "income", "field": "poor"}, {"measure": "value", "layer": "income", "field": "rich"}, None),
    ],
)  # fmt: skip
def test_the_same_things_counted_twice_are_told(first, second, severity):
    """The same number is refused; the same numerator or question is told, with the reason to be given."""
    assert [one.severity for one in pair(first, second)] == ([severity] if severity else [])


def test_in_two_indices_the_same_numerator_counts_once_in_each():
    """Nothing is said."""
    found = methodology({"id": "one", "measure": COUNT}, POOR, ASIDE | {"measure": COUNT}, **TWO_DOMAINS)
    assert doubled(found) == ()


def test_an_indicator_feeds_its_domains_and_their_indices():
    """Inside out."""
    assert feeding(methodology(POOR, ASIDE, {"id": "one", "measure": COUNT}, **TWO_DOMAINS)) == {
        "poor": ("means", "risk"),
        "aside_one": ("aside", "other"),
        "one": ("strain", "risk"),
    }


def test_a_rule_for_what_is_missing_cannot_be_left_out():
    """There is no default: silence about gaps is an error of the file."""
    data = methodology({"id": "one", "measure": COUNT}).model_dump(mode="json")
    del data["missing"]
    with pytest.raises(MethodologyError, match="missing: is missing; write it"):
        Methodology.read(data, where="methodology.toml", error=MethodologyError)
