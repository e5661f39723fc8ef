"""What a page says in another language is said by the catalogue: under a made-up language that marks its own words, only the city's words and codes stand unmarked."""

import contextlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from gettext import NullTranslations
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from geomap.dashboard import routes
from geomap.language import frozen, words
from geomap.views.citation import citation
from geomap.views.dictionary import dictionary, statuses
from geomap.workspace.workspace import open_workspace
from tests.dashboard.test_editions import workspace
from tests.dashboard.test_fair_words import _elements
from tests.dashboard.test_permalinks import ADDRESSES, at
from tests.dashboard.test_screens import NAMES
from tests.editions.pairs import CODES as WARDS
from tests.editions.pairs import indicator
from tests.toy import square

MOVED = {code: square(number % 6, number // 6) for number, code in enumerate(WARDS[1:])}
WIDER = {"method": "fixed", "low": 10, "high": 90, "reason": "Because."}
UNLIKE = {
    "the places": {"places": MOVED | {"w01": square(1, 0, 0.8)}},
    "the data": {"cards": {"strain": {"evidence": "police", "provider": "Somebody"}, "trust": {"modelled": True, "period": "2023"}}},
    "the measure": {"indicators": [indicator("trust", up="worse", weight=3.0, domain="strain_domain"), indicator("strain") | {"unit": "per mille"}, indicator("noise")]},
    "the rules": {"scale": WIDER, "missing": {"rule": "propagate", "reason": "Because."}, "disclosure": {"threshold": 10, "survey_base": 30, "reason": "Because."}},
}  # fmt: skip  # by what a newer edition differs
TOY = " wards police survey somebody the council geomap compare layers true false "  # cards of the toy editions, commands, and what a table ticks
PAGES = ADDRESSES | {"method": {}, "data": {}}
BRIEF = ("data", "understand", "understand smoothed")  # the others are in the slow suite
OWN = (".toml", ".json", ".csv", ".geojson")
OPEN, CLOSE = "⟦", "⟧"


class Marked:
    """A catalogue of a language in which everything is said as in English, between marks; what fills a gap stands outside of them."""

    def gettext(self, message: str) -> str:
        """*message*, marked."""
        return "".join(part if at % 2 or not part else f"{OPEN}{part}{CLOSE}" for at, part in enumerate(re.split(r"(\{\w+\})", message)))

    def pgettext(self, sense: str, message: str) -> str:
        """The same in one of its senses."""
        del sense
        return self.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """One or many."""
        return self.gettext(one if count == 1 else many)


SKIPPED = {
    "id", "tag", "element_type", "component_name", "js_source_path", "css_source_path", "html_content", "css_content", "js_content", "url", "form_id", "key", "icon", "type",
    "data", "packed", "script", "shapes", "lines", "laid", "direction", "language", "sign", "colour", "deferred_file_id", "step", "format", "imgs", "slide", "width", "linked", "uuid", "column_order",
}  # fmt: skip  # what no reader sees; the frame of a map is in English until its script puts in the words it is sent
MARKUP = (
    r"<(?!svg)[^<>]*>",
    "viewBox=.{,40}?>",
    r"within 1\.5 km",
    r"Commons Zero 1\.0",
    r"at 4\.8 km an hour",
    r"× 1\.25",
)  # tags, but a drawing's label; the city's own; what a what-if asks; what each catalogue writes itself
PIECES = re.compile(r"[.;,:()\[\]·“”‘’'\"!?|/=×–→%\n]+")
CODES = {
    "english", "français",  # each language by its own name
}  # fmt: skip


def texts(one: object) -> Iterator[str]:
    """Every text a message of the page holds, but what no reader sees."""
    if isinstance(one, str):
        with contextlib.suppress(ValueError):
            if isinstance(found := json.loads(one), dict | list):
                yield from texts(found)
                return
        yield one
    elif isinstance(one, dict):
        yield from (text for name, value in one.items() if name not in SKIPPED for text in texts(value))
    elif isinstance(one, list | tuple):
        yield from (text for value in one for text in texts(value))
    elif isinstance(one, Message):
        yield from (text for field, value in one.ListFields() if field.name not in SKIPPED for text in texts(value))
    elif isinstance(one, Iterable):
        yield from (text for value in one for text in texts(value))


def shown(test: AppTest) -> Iterator[str]:
    """Every text of a page: its elements, the cells and heads of its tables, the hover cards of its maps."""
    yield from (text for element in _elements(test.main) for text in texts(element.proto))
    for table in test.dataframe:
        yield from (str(cell) for cell in pd.unique(table.value.astype(str).to_numpy().ravel()))
        named = {name for name, look in json.loads(table.proto.columns or "{}").items() if look and look.get("label")}
        yield from (str(name) for name in table.value.columns if name not in named)
    yield from (line for kept in routes._lines.values() for line in kept)  # noqa: SLF001  where the page fetches them from


def english_decimals(test: AppTest) -> list[str]:
    """Numbers in sentences and charts with a point before their decimals; cells of tables are drawn by the browser, and markup is no number."""
    cards = (line for kept in routes._lines.values() for line in kept)  # noqa: SLF001  where the page fetches them from
    lines = {*(text for element in _elements(test.main) for text in texts(element.proto)), *cards}
    spoken = (re.sub("|".join(MARKUP), " ", line) for line in lines)
    return sorted({found[0] for line in spoken for found in re.finditer(r"[^<>]{0,20}(?<![\d.])\d+\.\d+(?![\d.])[^<>]{0,20}", line)})


def plain(text: str) -> str:
    """Lower case, without markup, numbers, fingerprints, gaps that the map fills, and signs; where markup parts words, a stop."""
    bare = re.sub(r"<[^>]*>|\{\w+\}|\b[0-9a-f]{8,}\b", " . ", html.unescape(text)).replace("\\", "")
    return re.sub(r"[\s*#`>0-9_-]+", " ", bare).strip().lower()


def english(test: AppTest, own: str) -> list[str]:
    """What stands unmarked on a page and is in none of the city's *own* texts."""
    left = set()
    for text in set(shown(test)):
        for piece in plain(re.sub(r"⟦[^⟦⟧]*⟧", "<>", text)).split(" . "):
            if piece not in own:
                left |= {part.strip() for part in PIECES.split(piece) if re.search(r"[a-z]{3}", part) and part.strip() not in own}
    return sorted(left - CODES)


@pytest.fixture(scope="module")
def own(demo: Path) -> str:
    """Whatever the city wrote: its method, the cards and rows of its layers, its places."""
    files = (path for path in demo.rglob("*") if path.suffix in OWN and "editions" not in path.parts)
    return plain(" ".join(path.read_text(encoding="utf-8") for path in files))


def in_its_files(demo: Path) -> str:
    """What files say of their columns, which is English for everybody, and shown as it stands there."""
    found = open_workspace(demo).latest_edition()
    return plain(" . ".join([*dictionary(found.level("districts")).to_numpy().ravel(), *statuses(), citation(found)]))


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """French, whose catalogue is the marks; what is kept for all sessions is forgotten before and after."""
    monkeypatch.setattr(words, "catalogue", lambda code: Marked() if code == "fr" else NullTranslations())
    forget()
    yield
    forget()


def forget() -> None:
    """Nothing is kept of what was said."""
    st.cache_resource.clear()
    frozen._known.cache_clear()  # noqa: SLF001  no other way to it
    routes._lines.clear()  # noqa: SLF001  no other way to it


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("screen", [pytest.param(name, marks=() if name in BRIEF else pytest.mark.slow) for name in PAGES])
def test_nothing_on_a_page_is_english_by_oversight(demo, monkeypatch, own, screen):
    """Every way of every screen."""
    test = at(demo, monkeypatch, screen, PAGES[screen] | {"lang": "fr"})
    assert not test.exception
    assert sum(OPEN in text for text in shown(test)) > 10
    assert english(test, own + (in_its_files(demo) if screen == "get_data" else "")) == []
    assert english_decimals(test) == []


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("what", [pytest.param(name, marks=() if name == "the data" else pytest.mark.slow) for name in UNLIKE])
def test_why_two_editions_differ_is_said_in_the_readers_language(tmp_path, monkeypatch, what):
    """Each reason, and what can be done; only titles, codes and commands stand as they are."""
    folder = workspace(tmp_path, **UNLIKE[what])
    test = at(folder, monkeypatch, "editions", {"lang": "fr"})
    told = [text for text in shown(test) if re.match("[✕≈·] ", text)]
    assert not test.exception
    assert told
    assert english(test, TOY + plain(f"{folder} {(folder / 'methodology.toml').read_text(encoding='utf-8')}")) == []


def test_every_screen_is_looked_at():
    """But the one that needs two editions, which has a test of its own."""
    assert {name.partition(" ")[0] for name in PAGES} | {"editions"} >= set(NAMES)


@pytest.mark.usefixtures("marked")
def test_english_is_found(demo, monkeypatch, own):
    """The search can fail: a sentence that nobody says is told."""
    monkeypatch.setattr("geomap.symbology.map_words.say", lambda message: message)
    test = at(demo, monkeypatch, "map", ADDRESSES["map"] | {"lang": "fr"})
    assert "zoom in" in english(test, own)
