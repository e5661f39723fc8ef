"""Pairs of cities that differ only in what is withheld, and everything that is published of each, byte by byte."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.journey import Assessed, assess
from geomap.boundaries.screen import for_screen
from geomap.editions.compare import compare
from geomap.editions.edition import Edition, read_edition
from geomap.editions.freeze import Frozen, freeze
from geomap.layers.layer import Layer
from geomap.report.page import page as report_page
from geomap.report.page import reports_of
from geomap.views.change import as_data, in_words
from geomap.views.choropleth import choropleth
from geomap.views.csv import write_csv
from geomap.views.explanation import explanation
from geomap.views.geojson import write_geojson
from geomap.views.geopackage import write_geopackage
from geomap.views.profile import profile
from geomap.views.standalone import page
from geomap.views.table import table
from geomap.views.workbook import write_workbook
from geomap.workspace.comparing import write_change_page, write_change_table
from tests.editions.pairs import as_toml
from tests.toy import PARENT, layer, methodology, residents, sources

WARDS, KINDS, THRESHOLD, BASE = sorted(PARENT), ("slur", "assault"), 5, 6
PER = {"layer": "residents", "field": "people"}
INDICATORS = (
    *(
        {"id": kind, "title": kind.title(), "measure": {"measure": "rate", "layer": "threats", "where": {"kind": [kind]}, "per": PER}}
        for kind in KINDS
    ),
    {
        "id": "severity",
        "title": "Severity",
        "measure": {"measure": "severity", "layer": "threats", "weights": {"layer": "harm"}, "per": PER},
    },
    {"id": "distrust", "measure": {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1, 2]}},
)
HARM = {"kind": "register", "folder": "layers/harm", "name": "harm", "title": "Harm", "provider": "The council", "period": "2025"}
RECIPE = {"uncertainty": {"draws": 20, "seed": 1}, "disclosure": {"threshold": THRESHOLD, "survey_base": BASE, "reason": "Because."}}
Answers = dict[str, list[int]]


def city(random: np.random.Generator) -> tuple[np.ndarray, Answers]:
    """Counts by ward and kind, and answers by ward; about half of what is not zero is small."""
    counts = random.choice([0, 1, 2, 3, 4, 5, 6, 9, 14, 30], size=(len(WARDS), len(KINDS)))
    counts[-1] = 12
    answers = {ward: random.integers(1, 6, size=int(random.choice([0, 2, 4, 20, 30, 40]))).tolist() for ward in WARDS}
    return counts, {**answers, WARDS[-1]: [1, 2, 3, 4, 5, 5, 5, 4] * 3}


def twin(counts: np.ndarray, answers: Answers, random: np.random.Generator) -> tuple[np.ndarray, Answers]:
    """Another city with the same protected tables: every withheld count anywhere in its band, every answer that is told by nobody another one."""
    small = (counts > 0) & (counts < THRESHOLD)
    other = np.where(small, random.integers(1, THRESHOLD, size=counts.shape), counts)
    return other, {
        ward: random.integers(1, 6, size=len(one)).tolist() if _kept_out(answers, ward) else one for ward, one in answers.items()
    }


def _kept_out(answers: Answers, ward: str) -> bool:
    """Whether the answers of *ward* are withheld there and stay out of its district: it is the only small ward there, or all small ones are too few together."""
    small = [len(answers[other]) for other in WARDS if PARENT[other] == PARENT[ward] and 0 < len(answers[other]) < BASE]
    return 0 < len(answers[ward]) < BASE and (len(small) < 2 or sum(small) < BASE)


def layers(counts: np.ndarray, answers: Answers) -> tuple[Layer, ...]:
    """The layers of a city, a row a record."""
    where, what = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    threats = pd.DataFrame({"ward": np.array(WARDS)[where], "kind": np.array(KINDS)[what]})
    survey = pd.DataFrame([(ward, answer) for ward, own in answers.items() for answer in own], columns=["ward", "trust"])
    return (
        layer("threats", threats, kind="incidents", sensitivity="counts"),
        layer("survey", survey, kind="survey", sensitivity="survey", survey={"mode": "paper"}),
        layer("harm", pd.DataFrame({"kind": KINDS, "weight": [1, 400]}), kind="register", places=None),
        residents(),
    )


def published(counts: np.ndarray, answers: Answers) -> dict[str, bytes]:
    """Every file of the edition, every export, the map, what changed since last year, the tables, the profiles and the explanations of the city."""
    found = _assessed(counts, answers)
    wards = found[0].assessment
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        edition = _frozen(found, home / "editions")
        for ending, write in (("csv", write_csv), ("xlsx", write_workbook), ("geojson", write_geojson), ("gpkg", write_geopackage)):
            (home / ending).mkdir()
            write(wards, home / ending / f"city.{ending}")
        reports = reports_of(edition)
        for code in (WARDS[0], WARDS[-1]):
            (home / f"report-{code}.html").write_text(report_page(reports, code), encoding="utf-8")
        words = _words(edition, *(one.assessment for one in found)) + _change(edition, home)
        files = {str(path.relative_to(home)): path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file()}
    return files | {"page.html": page(wards, choropleth(wards, KINDS[0])).encode(), "words.txt": words}


def _assessed(counts: np.ndarray, answers: Answers) -> list[Assessed]:
    """The assessments of both levels."""
    seen = sources(*layers(counts, answers))
    return [assess(seen, methodology(*INDICATORS, **RECIPE), level) for level in ("wards", "districts")]


def _frozen(found: Sequence[Assessed], editions: Path) -> Edition:
    """The edition, read back."""
    recipe = methodology(*INDICATORS, **RECIPE).model_dump(mode="json", exclude_none=True)
    frozen = Frozen(
        assessments=[one.assessment for one in found], screens=_screens(), scales={one.assessment.level: one.scale.as_record() for one in found},
        clipped={one.assessment.level: one.clipped for one in found}, joins=[], inputs={"layers/harm/data.csv": "the same"}, cards=[HARM], guarded=frozenset(), methodology=as_toml(recipe),
        settings={"version": "1", "baseline": "2025", "seed": 1, "draws": 20}, registers={},
    )  # fmt: skip
    return read_edition(freeze(frozen, editions))


@cache
def _before() -> tuple[Edition, tempfile.TemporaryDirectory[str]]:
    """What was published before, of another city with the same places; and its folder, which is gone when nobody holds it."""
    folder = tempfile.TemporaryDirectory()
    return _frozen(_assessed(*city(np.random.default_rng(0))), Path(folder.name) / "editions"), folder


def _change(edition: Edition, home: Path) -> bytes:
    """What changed since, in words and as data; its page and its table are written below *home*."""
    found = compare(_before()[0], edition, level="wards")
    for node in (KINDS[0], "risk"):
        write_change_page(found, node, home / f"change-{node}.html")
        if found.grade_of(node) != "C":
            write_change_table(found, node, home / f"change-{node}.csv")
    names = [node.id for node in found.nodes]
    return (in_words(found, names) + repr(as_data(found, names))).encode()


def _words(edition: Edition, *assessments: Assessment) -> bytes:
    told = [
        repr([profile(one, code) for code in one.places.index]) + "".join(table(one, node.id).to_csv() for node in one.nodes)
        for one in assessments
    ]
    wards = assessments[0]
    told.append(repr([explanation(wards, edition.methodology, code, "risk") for code in wards.places.index]))
    return "\n".join(told).encode()


@cache
def _screens() -> dict[str, gpd.GeoDataFrame]:
    seen = sources(residents())
    return {level: for_screen(seen.atlas[level]) for level in ("wards", "districts")}


def differing(tables: int, alike: int, seed: int) -> Iterator[list[str]]:
    """For each pair among so many cities *alike*, which share each of so many protected *tables*, the files by which the two can be told apart."""
    random = np.random.default_rng(seed)
    for _ in range(tables):
        one = city(random)
        cities = [published(*one), *(published(*twin(*one, random)) for _ in range(alike - 1))]
        for first, other in combinations(cities, 2):
            yield sorted(name for name in first.keys() | other.keys() if first.get(name) != other.get(name))
