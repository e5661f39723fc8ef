"""Every screen in every language: chosen by address, box, settings or browser; no session is given another's words; files are the same for everybody."""

import ast
import shutil
from dataclasses import replace

import pytest
import streamlit as st

from geomap.dashboard import ENTRY, routes, spoken
from geomap.language import LANGUAGES, say, speaking
from geomap.views.choropleth import choropleth
from geomap.views.csv import write_csv
from geomap.views.geojson import write_geojson
from geomap.views.standalone import page
from geomap.views.workbook import write_workbook
from tests.dashboard.test_fair_words import everything
from tests.dashboard.test_screens import NAMES, run, words

CITYS_OWN = {"map"}  # its title is the edition's
OTHERS = sorted(set(LANGUAGES) - {"en"})
BRIEF = ("map", "protect")  # the other screens are in the slow suite
QUERY = {"map": {"layer": "risk", "place": "N25", "level": "neighbourhoods"}}


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("screen", [pytest.param(name, marks=() if name in BRIEF else pytest.mark.slow) for name in NAMES])
def test_every_screen_speaks_every_language(demo, monkeypatch, screen, code):
    """No exception, its language in the address, and not the English title unless that is the city's own."""
    test = run(demo, monkeypatch, screen, lang=code)
    assert not test.exception
    assert test.query_params["lang"] in (code, [code])
    if screen not in CITYS_OWN:
        assert test.title[0].value != run(demo, monkeypatch, screen).title[0].value


@pytest.mark.parametrize("screen", ["map", *(pytest.param(name, marks=pytest.mark.slow) for name in ("priorities", "understand"))])
def test_nobody_is_given_the_words_of_another(demo, monkeypatch, screen):
    """What is kept for all sessions is kept by language: whoever comes first, each page is the same."""

    def told(code):
        routes._lines.clear()  # noqa: SLF001  only this page's
        lines = everything(run(demo, monkeypatch, screen, lang=code, **QUERY.get(screen, {}))).split("\n")[:-1]
        return [line for line in lines if not line.startswith("deferred_file_id")]  # drawn anew at every run

    first = {code: told(code) for code in ("en", "fr", "ar")}
    st.cache_resource.clear()
    assert {code: told(code) for code in ("ar", "fr", "en")} == first
    assert len(set(map(tuple, first.values()))) == 3


def test_the_box_changes_the_language_and_the_address(demo, monkeypatch):
    """And back, where the address then says nothing."""
    test = run(demo, monkeypatch)
    assert "lang" not in test.query_params
    test.selectbox(key="language").select("fr").run()
    assert "Les mêmes chiffres en tableau" in words(test)
    assert test.query_params["lang"] in ("fr", ["fr"])
    test.selectbox(key="language").select("en").run()
    assert "The same numbers as a table" in words(test)


def test_a_language_that_is_not_here_is_told(demo, monkeypatch):
    """English, with a notice."""
    test = run(demo, monkeypatch, lang="<script>")
    assert not test.exception
    assert "The same numbers as a table" in words(test)
    assert len(test.toast) >= 1


def test_settings_name_the_usual_language(demo, monkeypatch, tmp_path):
    """And a link may still ask for another."""
    shutil.copytree(demo / "editions", tmp_path / "editions")
    shutil.copyfile(demo / "methodology.toml", tmp_path / "methodology.toml")
    (tmp_path / "settings.toml").write_text('language = "fr"\n', encoding="utf-8")
    test = run(tmp_path, monkeypatch)
    assert "Les mêmes chiffres en tableau" in words(test)
    assert "lang" not in test.query_params
    assert "The same numbers as a table" in words(run(tmp_path, monkeypatch, lang="en"))


@pytest.mark.parametrize(("browser", "code"), [("fr-CA", "fr"), ("ar-EG", "ar"), ("de-DE", "en"), (None, "en")])
def test_the_browser_names_it_where_nobody_else_does(tmp_path, monkeypatch, browser, code):
    """The first language that it asks for."""
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(tmp_path))
    monkeypatch.setattr(spoken.st, "context", type("Context", (), {"locale": browser}))
    assert spoken.usual() == code


@pytest.mark.parametrize("code", OTHERS)
def test_files_are_the_same_bytes_in_every_language(edition, tmp_path, code):
    """CSV, GeoJSON, workbook, and the page that stands alone."""
    assessment = edition.level()
    writers = {"all.csv": write_csv, "all.geojson": write_geojson, "all.xlsx": write_workbook}
    for name, write in writers.items():
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / code).mkdir(exist_ok=True)
        write(assessment, tmp_path / "en" / name)
        with speaking(code):
            assert say("Map") != "Map"
            write(assessment, tmp_path / code / name)
    for path in sorted((tmp_path / "en").iterdir()):
        assert path.read_bytes() == (tmp_path / code / path.name).read_bytes()
    payload = choropleth(assessment, "risk")
    alone = page(assessment, payload)
    with speaking(code):
        assert page(assessment, payload) == alone


NO_WORDS = {
    "_before", "_edition", "_level", "_made", "_moved", "_postcodes", "_registered", "_letters", "_protecting", "_search", "_shared", "_since", "_worse", "beside", "clusters", "compared", "other_edition",
}  # fmt: skip


def test_files_for_programs_keep_the_hyphen_below_zero(edition, tmp_path):
    """Pages write the minus sign, which few programs read as one."""
    assessment = edition.level()
    assessment = replace(assessment, numbers={**assessment.numbers, "green": assessment.numbers["green"].assign(value=-1.25)})
    write_csv(assessment, tmp_path / "all.csv")
    write_geojson(assessment, tmp_path / "all.geojson")
    told = [(tmp_path / name).read_text(encoding="utf-8") for name in ("all.csv", "all.geojson")]
    assert ["-1.25" in text for text in told] == [True, True]
    assert ["−1.25" in text for text in told] == [False, False]


def test_what_is_kept_for_all_sessions_has_its_language_in_the_key():
    """Every function whose answer is kept takes the language it is spoken in, unless it is known to hold numbers and an edition's own words only."""
    kept = {}
    for path in ENTRY.parent.rglob("*.py"):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef) and any("st.cache_" in ast.unparse(mark) for mark in one.decorator_list):
                kept[one.name] = {argument.arg for argument in (*one.args.args, *one.args.kwonlyargs)}
    assert len(kept) > 12
    assert {name for name, taken in kept.items() if "spoken" not in taken} <= NO_WORDS
