"""What must be read with a survey stands with its questions, its tables and its indicators."""

from geomap.assessment.journey import assess
from geomap.assessment.read_first import read_first
from geomap.cli.main import main
from geomap.editions.edition import read_edition
from geomap.indicators.pillar import NOT_A_PREDICTION
from geomap.views.read_first import read_first as sentences
from tests.toy import layer, methodology, residents, sources

BIASES = """id     | source | mechanism   | direction | groups  | residual
            -------+--------+-------------+-----------+---------+------------------
            phones | Panel  | coverage    | under     | elderly | Few over 75.
            polite | Police | measurement | over      |         | Said at the door.
            other  | Shops  | measurement | over      |         | Not of this."""
ASKED = {
    "police": {"wording": "Do you trust the police?", "scale": [1, 5], "agree": [4, 5], "biases": ["polite"]},
    "shops": {"wording": "Do you trust shops?", "scale": [1, 5], "agree": [4, 5]},
}
ANSWERS = "\n".join(
    [
        "ward | police | shops",
        "---+---+---",
        *(f"{ward} | {1 + at % 5} | {1 + at % 3}" for ward in ("castle", "harbour") for at in range(12)),
    ]
)


def city():
    """A survey with a bias of the whole and one of a single question, and the register they come from."""
    survey = layer("survey", ANSWERS, kind="survey", sensitivity="survey", biases=["phones"], survey={"mode": "door", "questions": ASKED})
    return sources(survey, layer("biases", BIASES, kind="register", places=None), residents())


def test_biases_of_the_survey_stand_before_those_of_a_question():
    """The register's other entry is of neither."""
    found = read_first(city(), "survey")
    assert found["question"].tolist() == ["", "", "", "police"]
    assert [sentence.split(":")[0] for sentence in found["sentence"][2:]] == [
        "Known bias (coverage, under, elderly)",
        "Known bias (measurement, over)",
    ]


def test_an_indicator_carries_the_biases_of_its_own_question_only():
    """Trust in the police may be overstated at the door; trust in shops is another question."""
    measures = [{"id": key, "measure": {"measure": "survey_share", "layer": "survey", "question": key, "agree": [4, 5]}} for key in ASKED]
    shown = assess(city(), methodology(*measures), "wards").assessment
    told = {key: " ".join(shown.node(key).caveats) for key in ASKED}
    assert "Said at the door" in told["police"]
    assert "Said at the door" not in told["shops"]
    assert all("Few over 75" in one for one in told.values())


def test_the_edition_holds_them_and_the_commands_say_them(demo, capsys):
    """Who was not heard, and that scales are no prediction, stand with the tables they are about."""
    edition = read_edition(demo)
    assert "resilience-survey-read-first" in edition.tables
    assert NOT_A_PREDICTION in sentences(edition, "resilience-survey-pillars")
    assert NOT_A_PREDICTION not in sentences(edition, "trust-survey-answers")
    known = next(one for one in sentences(edition, "trust-survey-answers") if one.startswith("Known bias"))
    for words in (["trust"], ["heard"]):
        assert main([*words, str(demo)]) == 0
        assert known in capsys.readouterr().out
