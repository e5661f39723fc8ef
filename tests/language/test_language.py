"""Words, plurals and numbers in the language of now, and no thread hears another's."""

import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis.strategies import floats, integers

from geomap.language import (
    LANGUAGES,
    day,
    decimal,
    frozen,
    in_english,
    known,
    language,
    numeral,
    ordinal,
    percent,
    say,
    say_many,
    speak,
    speaking,
)


def test_english_is_what_the_code_says():
    """Nothing is looked up, and nothing changes."""
    assert say("Between {low} and {high} of {count}", low="12th", high="31st", count=4994) == "Between 12th and 31st of 4,994"
    assert say_many("{count} place", "{count} places", 1) == "1 place"
    assert decimal(1234.5, 1) == "1,234.5"
    assert ordinal(1) + ordinal(12) + ordinal(23) == "1st12th23rd"
    assert day(date(2025, 6, 30)) == "2025-06-30"


def test_a_sentence_nobody_translated_is_said_in_english():
    """Never an empty page."""
    with speaking("ar"):
        assert say("A sentence that no catalogue holds") == "A sentence that no catalogue holds"
        assert say("") == ""


def test_what_is_no_language_of_ours_is_english():
    """An address may ask for anything."""
    with speaking("../../etc"):
        assert language() == "en"


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
@given(value=floats(-1e9, 1e9), digits=integers(0, 3))
def test_numbers_are_written_as_the_language_writes_them(code, value, digits):
    """As Babel does from CLDR, digits 0 to 9."""
    with speaking(code):
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        rounded = float(f"{value:.{digits}f}")
        signs = str.maketrans({"\u200e": "", "\u061c": "", "\u2212": "-"})
        told, theirs = decimal(rounded, digits), format_decimal(rounded, format=pattern, locale=code)
        assert told.lstrip("\u200e\u2212") == theirs.translate(signs).removeprefix("-")
        assert told.startswith({"ar": "\u200e\u2212"}.get(code, "\u2212")) == (rounded < 0)


def test_days_and_shares_and_ranks():
    """In French."""
    with speaking("fr"):
        assert day(date(2025, 6, 30)) == format_date(date(2025, 6, 30), "long", locale="fr") == "30 juin 2025"
        assert percent(12.5, 1) == "12,5\u00a0%"
        assert (ordinal(1), ordinal(1200)) == ("1er", "1\u202f200e")


def test_texts_of_the_city_turn_nothing_around_them():
    """Inside Arabic, a name keeps its own direction; in English nothing is added."""
    with speaking("ar"):
        assert say("{name}: {text}", name="North \u202e", text="x") == "\u2068North \u202e\u2069: \u2068x\u2069"
    assert say("{name}!", name="North") == "North!"


def test_braces_of_the_city_are_no_gaps():
    """What stands in a gap is never read as a template."""
    assert say("{name}", name="{0.__class__}{{7*7}}") == "{0.__class__}{{7*7}}"


def test_no_thread_hears_the_language_of_another():
    """Each run of a screen is a thread; a new one starts in English."""
    started = threading.Barrier(6)

    def run(code):
        before = language()
        speak(code)
        started.wait(10)
        return before, {language() for _ in range(2_000)}

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(run, ["en", "fr", "ar"] * 2))
    assert said == [("en", {code}) for code in ["en", "fr", "ar"] * 2]


def test_files_are_written_in_english():
    """And afterwards the reader's language is back."""
    with speaking("fr"):
        assert in_english(lambda: decimal(1234.5, 1))() == "1,234.5"
        assert language() == "fr"


def test_sentences_that_editions_hold_are_recognised(edition):
    """Whatever the software wrote into the edition is said in the reader's language; what the city wrote stays as it is."""
    assessment = edition.level()
    said = {text for node in assessment.nodes for text in (*node.caveats, *node.marks, node.method)} | set(assessment.caveats)
    with speaking("fr"):
        changed = {text for text in said if known(text) != text}
    assert len(changed) > 25
    assert {node.method for node in assessment.nodes} <= changed
    assert {text for text in said if text.startswith(("Numbers describe", "Where numbers go", "Known bias", "Not heard"))} <= changed
    assert not {node.reason for node in assessment.nodes if node.reason} & changed
    with speaking("ar"):
        assert known("Residents named it in the walks of 2025.") == "Residents named it in the walks of 2025."


def test_no_sentence_names_a_column_or_a_part_by_its_identifier(demo, edition):
    """Readers are told titles: of layers, of columns and questions, of parts."""
    cards = [json.loads(path.read_text(encoding="utf-8")) for path in demo.glob("layers/*/datapackage.json")]
    columns = {
        column["name"] for card in cards for resource in card["resources"] for column in resource.get("schema", {}).get("fields", ())
    }
    assessment = edition.level()
    raw = {
        name for name in {*columns, *(card["name"] for card in cards), *(node.id for node in assessment.nodes)} if re.search("[_-]", name)
    }
    told = {text for node in assessment.nodes for text in (*node.caveats, *node.marks, node.method)} | set(assessment.caveats)
    assert len(raw) > 30
    assert [text for text in told if raw & set(re.findall(r"[\w-]+", text))] == []


def test_a_fault_is_recognised_after_its_key_and_with_what_was_given():
    """As cards, settings and methods name their faults: the key stays as it is written there."""
    no_day = "is no day of the calendar; write it as 2026-12-31"
    with speaking("fr"):
        assert known("geomap:period: is missing; write it.") == "geomap:period\u00a0: est absent\u00a0; écrivez-le."
        assert known(f"geomap:date: {no_day}.") == f"geomap:date\u00a0: {known(no_day)}."
        assert known(f"geomap:date: {no_day} (was given: 'May').") == f"geomap:date\u00a0: {known(no_day)} (reçu\u00a0: 'May')."
        assert known("geomap:date: Ask Ada.") == "geomap:date: Ask Ada."


def test_sentences_after_one_another_are_recognised():
    """As methods say them; if one of them is the city's own, all stay as they are."""
    both = "Trust, as the source gives it. Interval as of 400 answers a place (Wilson)."
    with speaking("fr"):
        assert known(both) == "Trust, tel que la source le donne. Intervalle comme pour 400 réponses par lieu (Wilson)."
        assert known(f"{both} Ask first.") == f"{both} Ask first."


def test_two_recognised_sentences_with_a_semicolon_between():
    """As the letters of trust give their reasons; numbers in them are written anew."""
    with speaking("fr"):
        told = known("its interval is 2.5 points of ten wide; 8 % of its weight has no number here")
    assert told == "son intervalle est large de 2,5 points sur dix\u00a0; 8\u00a0% de son poids n’a pas de chiffre ici"
    assert known("its interval is 2.5 points of ten wide") == "its interval is 2.5 points of ten wide"


def test_a_sentence_with_a_semicolon_is_known_among_others():
    """What must be said of a scale is one sentence of two halves, and more may follow it."""
    scale = "Answers describe how people in a place see things together; they are not a prediction of any person's behaviour."
    with speaking("fr"):
        assert known(f"{scale}; survey not reviewed") == f"{known(scale)}\u00a0; enquête non relue"
        assert known(scale) != scale


def test_a_number_that_python_wrote_has_the_signs_of_the_language():
    """Also inside a sentence that is recognised; a version is no number."""
    with speaking("fr"):
        assert (numeral("0.034"), numeral("-1,234.5"), numeral("1e-05")) == ("0,034", "\u22121\u202f234,5", "1e-05")
        assert "±0,5" in known("Numbers without a published error were taken to be ±0.5 points then, ±1 now.")
        assert "version 1.2" in known("The method was version 1.2, and is 1.3: Because.")
    assert (numeral("0.034"), numeral("+0.5"), numeral("-0.5")) == ("0.034", "+0.5", "\u22120.5")


def test_a_sentence_inside_another_is_recognised_too():
    """A gap may hold a sentence, or several with semicolons between; one gap may come twice."""
    inner = "2 of 4,835 wards of the old edition are not in the new one (E01, E02); 1 keep their code but were redrawn (E03)"
    with speaking("fr"):
        assert known(f"The places differ: {inner}.") == (
            "Les lieux diffèrent\u00a0: 2 sur 4\u202f835 wards de l’ancienne édition ne sont pas dans la nouvelle (E01, E02)\u00a0; "
            "1 gardent leur code mais ont été redessinés (E03)."
        )
        both = "Carry the old places over by a lookup: {0} --crosswalk x Or: compare only places that are the same: {1} --same-places"
        assert known(both.format("geomap compare a b", "geomap compare a b")).startswith("Reportez")
        assert known(both.format("geomap compare a b", "geomap compare a c")).startswith("Carry")


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_every_sentence_that_is_made_in_english_is_recognised_as_itself(code):
    """Whatever stands in its gaps, no other sentence is found in it first."""
    made = {one: {gap: "3" if gap == "count" else f"'{gap}'" for gap in frozen.GAP.findall(one)} for one in frozen.sentences()}
    with speaking(code):
        wrong = [
            one for one, gaps in made.items() if known(one.format(**gaps)) != say(one, **{gap: numeral(text) for gap, text in gaps.items()})
        ]
    assert len(made) > 600
    assert wrong == []


def test_what_is_recognised_has_words_enough_of_its_own():
    """Else it would be found in what a city wrote: six letters outside its gaps at the least."""
    thin = [
        one for one in frozen.sentences() if frozen.GAP.search(one) and len("".join(re.findall(r"[A-Za-z]", frozen.GAP.sub("", one)))) < 6
    ]
    assert thin == []


@pytest.mark.parametrize(
    "text",
    [
        "no one to count against; " * 1_200,
        "no one to count against. " * 1_200,
        "key: " * 1_300,
        "a. " * 1_300,
        "a; " * 30 + "no one to count against",
    ],
)
def test_a_text_of_many_pieces_stays_as_it_is(text):
    """A city may write what it likes into a card: it ends no page."""
    with speaking("fr"):
        assert known(text) == text


HOSTILE = """
from geomap.language import frozen, speaking
with speaking("fr"):
    for sure, pattern, sentence in frozen._patterns():
        words = frozen.GAP.split(sentence)[::2]
        for body in (words[0] + "y" + (" x ".join(filter(None, words)) + " 1 ") * 40, words[0] + ("1" + "".join(words[1:-1])) * 60):
            text = body[:1_500] + sure + chr(0)
            assert pattern.fullmatch(text) is None or text.endswith(words[-1])
"""


def test_a_text_that_could_be_tried_in_very_many_ways_is_tried_in_few():
    """For every sentence, text made of its own words again and again: tried in every way, some would take hours. The limit is far beyond what a slow machine needs."""
    subprocess.run([sys.executable, "-c", HOSTILE], check=True, timeout=300)
