"""How a language sets what its catalogue says."""

import pytest

from geomap.language import say, speaking
from geomap.language.catalogue import catalogue
from geomap.language.gather import read
from geomap.language.typeset import FORMULA, typeset


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Pourquoi ?", "Pourquoi\u00a0?"),
        ("{one} : {other} ; fin", "{one}\u00a0: {other}\u00a0; fin"),
        ("« {layer} » a 8 %", "«\u00a0{layer}\u00a0» a 8\u00a0%"),
        ("l'un et l'{other}", "l’un et l’{other}"),
        ("geomap show --to 'x' http://host", "geomap show --to 'x' http://host"),
    ],
)
def test_french_keeps_its_signs_with_their_words(written, set_as):
    """No line begins with a colon or ends with an opening quotation mark."""
    assert typeset(written, "fr") == set_as


def test_every_french_message_is_set_so():
    """Whatever spaces its translator wrote."""
    said = [
        catalogue("fr").gettext(message.id) for message in read("fr") if isinstance(message.id, str) and message.id and not message.context
    ]
    assert len(said) > 500
    assert [one for one in said if " :" in one or " ;" in one or " ?" in one or "« " in one or " »" in one] == []


def test_a_formula_keeps_its_order_in_arabic():
    """The letter stands before its number, as in the table beside."""
    formulas = [message.id for message in read("ar") if isinstance(message.id, str) and FORMULA.search(str(message.string))]
    assert formulas
    with speaking("ar"):
        told = say("Over all places, {here} and what neighbours have of {around} go together no more than chance makes them (r {r}, p {p}), so no clusters are shown.", here="A", around="B", r="0.1", p="0.2")  # fmt: skip
    assert "\u2066p \u20680.2\u2069\u2069" in told
