"""A survey handed in gets its codebook: scales are told from the answers, codes apart from them are guessed to be no answer, words are a person's."""

import json

import pytest

from geomap.cli.main import main
from geomap.errors import CardError, LayerError
from geomap.layers.read import read_layer
from geomap.workspace.add import add_file
from geomap.workspace.answers import Answers
from tests.workspace.test_add import fill

ROWS = "".join(
    f"N{n % 12 + 1:02d},{9 if n < 30 and n % 5 == 4 else n % 5 + 1},{n % 7 if n % 20 else 98},{'m' if n % 2 else 'f'},1.{n % 3}\n"
    for n in range(200)
)
ANSWERS = f"neighbourhood,satisfied,trust_council,sex,weight\n{ROWS}"


@pytest.fixture
def survey(tmp_path):
    """200 answers: satisfied from 1 to 5 with six of 9, trust from 0 to 6 with ten of 98."""
    path = tmp_path / "survey.csv"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def described(card) -> dict:
    """What the card says of the survey."""
    return json.loads(card.read_text(encoding="utf-8"))["geomap:survey"]


def test_the_codebook_holds_scales_and_guessed_codes_and_asks_for_words(city, survey):
    """A 9 on a scale to 5 is guessed to be no answer; weights and sex are no questions; the wording is asked for."""
    added = add_file(survey, city, answers=Answers(kind="survey"))
    told = described(added.card)
    assert told["questions"] == {
        "satisfied": {"wording": "", "kind": "scale", "scale": [1, 5], "up": "", "dont_know": [9]},
        "trust_council": {"wording": "", "kind": "scale", "scale": [0, 6], "up": "", "dont_know": [98]},
    }
    assert (told["weight_field"], told["groups"]) == ("weight", ["sex"])
    assert any(blank.startswith("geomap:survey") and "dont_know" in blank for blank in added.blanks)
    fill(added.card)
    with pytest.raises(CardError, match="wording"):
        read_layer(added.card.parent)


def confirmed(city, survey, **said):
    """The layer after a person filled in the codebook, changed as *said*."""
    added = add_file(survey, city, answers=Answers(kind="survey"))
    fill(added.card)
    card = json.loads(added.card.read_text(encoding="utf-8"))
    for name, question in card["geomap:survey"]["questions"].items():
        question.update({"wording": f"How is {name}?", "up": "better"} | said.get(name, {}))
    added.card.write_text(json.dumps(card), encoding="utf-8")
    return read_layer(added.card.parent)


def test_a_confirmed_code_is_no_answer(city, survey):
    """Nine is not better than very satisfied: it is taken out of the question it stands in, and of no other."""
    layer = confirmed(city, survey)
    assert (layer.card.survey.no_answer("satisfied"), layer.card.survey.no_answer("trust_council")) == ((9,), (98,))


def test_a_code_that_nobody_calls_no_answer_is_refused(city, survey):
    """An answer outside its scale would be counted as the highest there is."""
    with pytest.raises(LayerError, match=r"question 'satisfied': 6 answer\(s\) lie outside its scale of 1 to 5: 9"):
        confirmed(city, survey, satisfied={"dont_know": []})


def test_the_command_takes_the_same_words(city, survey, capsys):
    """A code that lies on the scale can only be said by a person."""
    assert main(["add", str(survey), "--to", str(city), "--kind", "survey", "--no-answer", "0", "--json"]) == 0
    told = described(city / "layers" / "survey" / "datapackage.json")
    assert json.loads(capsys.readouterr().out)["blanks"]
    assert told["questions"]["trust_council"] | {"wording": ""} == {
        "wording": "",
        "kind": "scale",
        "scale": [1, 6],
        "up": "",
        "dont_know": [0, 98],
    }
    assert told["dont_know"] == [0]
