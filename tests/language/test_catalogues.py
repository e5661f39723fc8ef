"""The catalogues hold every sentence of the code, whole, with the same gaps, in words that are as fair as the English ones."""

import ast
import re

import pytest

from geomap.language import LANGUAGES
from geomap.language.current import DEFAULT
from geomap.language.frozen import LABELS
from geomap.language.gather import HERE, read, template

OTHERS = sorted(set(LANGUAGES) - {DEFAULT})
GAP = re.compile(r"\{(\w*)[^}]*\}")
CAUSE = {
    "fr": re.compile(
        r"\b(caus(e|es|é|ée|és|er|ent|ant)|entra[iî]n\w*|provoqu\w*|engendr\w*|condui(t|sent) à|mèn(e|ent) à|prédi\w*|à cause|en raison|grâce à|dû à|due? à)\b",
        re.IGNORECASE,
    ),
    "ar": re.compile(r"يسبب|تسبب|يؤدي إلى|تؤدي إلى|أدى إلى|بسبب|نتيجة ل|يتنبأ|تتنبأ|بفضل"),
}
STIGMA = {
    "fr": re.compile(r"\b(quartiers? (sensibles?|difficiles?|dangereux|à problèmes?|chauds?)|zones? de non-droit|ghettos?|à risques?|taudis|liste noire)\b", re.IGNORECASE),
    "ar": re.compile(r"أحياء (خطرة|خطيرة|سيئة|عشوائية)|حي (خطر|خطير|سيئ)|معرض(ة)? للخطر|غيتو|قائمة سوداء"),
}  # fmt: skip


def messages(code):
    """(id, words) of every message; plurals as tuples."""
    return [(message.id, message.string) for message in read(code) if message.id]


def whole(words):
    """All forms of a message."""
    return words if isinstance(words, (tuple, list)) else (words,)


def test_the_template_holds_what_the_code_says():
    """Run make words after changing a sentence."""
    with (HERE / "template.pot").open("rb") as source:
        from babel.messages.pofile import read_po

        kept = {(message.context, message.id) for message in read_po(source) if message.id}
    assert kept == {(message.context, message.id) for message in template() if message.id}


def test_every_label_is_made_somewhere():
    """The labels that tables hold are said where they are shown; none is kept for what nobody makes any more."""
    code = [path for path in HERE.parent.rglob("*.py") if path.parent != HERE]
    made = {one.value for path in code for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Constant)}
    assert len(LABELS) > 12
    assert set(LABELS) <= made


def test_every_sentence_on_a_file_is_in_the_catalogues():
    """What intake refuses, mends or doubts is never a text that no catalogue holds."""
    told = {"IntakeError": 0, "NoShapeError": 0, "fault": 0, "Repair": 1, "repair": 1, "note": 1}  # which argument the sentence is
    calls = [
        (path.name, one, told[name])
        for path in (HERE.parent / "intake").glob("*.py")
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.Call) and (name := getattr(one.func, "attr", getattr(one.func, "id", ""))) in told
    ]
    assert len(calls) > 150
    assert [(name, one.lineno) for name, one, at in calls if isinstance(one.args[at], ast.JoinedStr | ast.Constant)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_there_in_whole(code):
    """The messages of the template, none without words, none doubtful, every plural form filled."""
    catalogue, wanted = read(code), template()
    assert {(one.context, one.id) for one in catalogue if one.id} == {(one.context, one.id) for one in wanted if one.id}
    assert [one.id for one in catalogue if one.id and one.fuzzy] == []
    assert [one.id for one in catalogue if one.id and not all(whole(one.string))] == []
    forms = {"fr": 3, "ar": 6}[code]
    assert catalogue.num_plurals == forms
    assert [one.id for one in catalogue if one.id and one.pluralizable and len(one.string) != forms] == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_gaps_are_the_same(code):
    """A sentence names what the English one names; a plural form may leave out the count (one, two), nothing else."""
    for ids, words in messages(code):
        wanted = {name for one in whole(ids) for name in GAP.findall(one)}
        for form in whole(words):
            gaps = set(GAP.findall(form))
            assert gaps <= wanted, (ids, form)
            assert wanted - gaps <= ({"count"} if isinstance(ids, tuple) else set()), (ids, form)


@pytest.mark.parametrize("code", OTHERS)
def test_no_words_of_cause_and_no_label_for_a_place(code):
    """As in English: what goes together is never said to bring about, and no place is called a name."""
    said = [form for _, words in messages(code) for form in whole(words)]
    assert [form for form in said if CAUSE[code].search(form) or STIGMA[code].search(form)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_markup_stands_in_words(code):
    """Neither tags nor entities: what a page makes of words goes through the one module for markup."""
    assert [form for _, words in messages(code) for form in whole(words) if "<" in form or "&" in form] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [("fr", "la misère cause la haine"), ("fr", "cela entraîne"), ("ar", "الفقر يسبب الكراهية"), ("ar", "يؤدي إلى العنف")],
)
def test_the_words_are_found(code, words):
    """The lists can fail."""
    assert CAUSE[code].search(words)
