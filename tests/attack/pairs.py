"""Pairs of cities that differ only in what is withheld, and everything that is published of each, byte by byte."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.journey import Assessed, assess
from geomap.boundaries.screen import for_screen
from geomap.editions.compare import compare
from geomap.editions.edition import Edition, read_edition
from geomap.editions.freeze import Frozen, freeze
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.recipe import Methodology
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
from geomap.workspace.listen import listened
from tests.editions.pairs import as_toml
from tests.toy import PARENT, layer, methodology, residents, sources

WARDS, KINDS, THRESHOLD, BASE, MANY = sorted(PARENT), ("slur", "assault"), 5, 6, 20
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
    {
        "id": "ratio",
        "measure": {
            "measure": "standardised_ratio",
            "layer": "threats",
            "where": {"kind": ["slur"]},
            "per": {"layer": "bands", "field": "people"},
            "bands": ["kind"],
            "standard": {"slur": 0.002, "assault": 0.001},
        },
    },
    {"id": "ties", "domain": "calm", "measure": {"measure": "pillar", "layer": "survey", "subscale": "ties", "rake": ["age"]}},
    {"id": "distrust", "measure": {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1, 2], "rake": ["age"]}},
    *(
        {"id": measure, "domain": "calm", "measure": {"measure": measure, "layer": "survey", "question": "calm"} | more}
        for measure, more in (
            ("survey_mean", {}),
            ("small_area", {"agree": [1]}),
            ("survey_share", {"agree": [1], "where": {"sex": ["f"]}}),
        )
    ),
)
QUESTIONS = {
    "trust": {"wording": "Do you trust?", "scale": [1, 5], "agree": [4, 5]},
    "calm": {"wording": "Is it calm?", "scale": [0, 1], "agree": [1]},
    "why": {"wording": "Why?", "kind": "several"},
}
INSTRUMENT = {
    "name": "Ties", "source": "Made up for the pairs", "scale": [1, 5], "subscales": {"ties": {"title": "Ties", "items": ["trust", "again"]}},
    "comparable": [{"groups": name, "invariance": "scalar", "source": "Made up"} for name in ("places", "sex")],
}  # fmt: skip
FIELDWORK = {"mode": "paper", "questions": QUESTIONS, "response_rate": 0.4, "stratum_field": "ward", "instrument": INSTRUMENT}
HARM = {"kind": "register", "folder": "layers/harm", "name": "harm", "title": "Harm", "provider": "The council", "period": "2025"}
RECIPE: dict[str, Any] = {
    "uncertainty": {"draws": 20, "seed": 1},
    "disclosure": {"threshold": THRESHOLD, "survey_base": BASE, "reason": "Because."},
    "survey": [{"layer": "survey", "reason": "Because.", "by": ["sex"], "rake": ["age"], "people": PER}],
    "domain": [{"id": name, "title": name.title(), "up": "worse", "reason": "Because."} for name in ("strain", "calm")],
}
MARGINS = pd.DataFrame(
    {
        "variable": ["sex", "sex", "sex", "age", "age", "age"],
        "category": ["f", "m", "x", "old", "young", "youngest"],
        "people": [3_000, 3_000, 60, 4_000, 1_500, 560],
    }
)
REASONS, THEIR_OWN = ("near", "dear", "near; dear"), ("near", "dear", "near; a threat")
Answer = tuple[int, int, str, str, str]  # trust, whether it is calm there, sex (every other one is a woman), age, and why
Answers = dict[str, list[Answer]]


@dataclass(frozen=True)
class City:
    """As much of a workspace as tells what its surveys say."""

    methodology: Methodology
    sources: Sources


def city(random: np.random.Generator) -> tuple[np.ndarray, Answers]:
    """Counts by ward and kind, and answers by ward; about half of what is not zero is small, and so are those who find it calm in most wards."""
    counts = random.choice([0, 1, 2, 3, 4, 5, 6, 9, 14, 30], size=(len(WARDS), len(KINDS)))
    counts[-1] = 12
    sizes = dict(zip(WARDS, random.choice([0, 2, 3, 4, 20, 30, 40], size=len(WARDS)).tolist(), strict=True))
    sizes |= (
        {"castle": 2, "market": 3, "park": 20} if (tiny := random.integers(2)) else {"castle": 30, "market": 40}
    )  # two of one district: told by nobody, or few calm
    answers = {ward: _answering(size, random, few=not tiny or random.random() < 0.5) for ward, size in sizes.items()}
    ages = ("old", "old", "young", "old", "youngest", "young", "old")
    last = [(trust, number % 2, "fm"[number % 2], ages[number % 7], "near") for number, trust in enumerate([1, 2, 3, 4, 5, 5, 5, 4] * 3)]
    return counts, {**answers, WARDS[-1]: last}


def _answering(many: int, random: np.random.Generator, *, few: bool) -> list[Answer]:
    calm = _calm(many, int(random.integers(1, THRESHOLD))) if few and many >= MANY else random.integers(2, size=many)
    sexes = np.array(["f", "m"])[np.arange(many) % 2]
    ages = np.where(sexes == "f", "old", random.choice(["old", "young", "youngest"], size=many, p=[0.6, 0.35, 0.05]))
    why = random.choice(REASONS, size=many)
    return list(zip(random.integers(1, 6, size=many).tolist(), calm.tolist(), sexes.tolist(), ages.tolist(), why.tolist(), strict=True))


def _calm(many: int, women: int) -> np.ndarray:
    """So many of *many* who find it calm, all of them women."""
    calm = np.zeros(many, dtype=int)
    calm[np.arange(women) * 2] = 1
    return calm


def twin(counts: np.ndarray, answers: Answers, random: np.random.Generator) -> tuple[np.ndarray, Answers]:
    """Another city with the same protected tables.

    Every withheld count is anywhere in its band; every answer that is told by nobody is another one, or another's where only the city tells them together; two small wards of a
    district may change their people; and those few who find it calm are others within their district.
    """
    small = (counts > 0) & (counts < THRESHOLD)
    other = np.where(small, random.integers(1, THRESHOLD, size=counts.shape), counts)
    again = answers | _otherwise({ward: own for ward, own in answers.items() if _kept_out(answers, ward)}, random)
    for district in dict.fromkeys(PARENT.values()):
        wards = [ward for ward in WARDS if PARENT[ward] == district]
        tiny, few = ([ward for ward in wards if some(answers, ward)] for some in (_kept_out, _few_calm))
        for one, beside in zip(tiny[::2], tiny[1::2], strict=False):
            if random.integers(2):
                again[one], again[beside] = again[beside], again[one]
        for one, beside in zip(few[::2], few[1::2], strict=False):
            together = _yes(answers[one]) + _yes(answers[beside])
            here = int(random.integers(max(1, together - THRESHOLD + 1), min(THRESHOLD, together)))
            again |= {ward: _with_calm(answers[ward], women) for ward, women in ((one, here), (beside, together - here))}
    return other, again


def _otherwise(kept_out: Answers, random: np.random.Generator) -> Answers:
    """What people of wards that are told nowhere could have been and answered as well, some a reason of their own; where the city tells all of them together, what others among them did, each sex as many in each ward as before."""
    people = [(ward, *one) for ward, own in kept_out.items() for one in own]
    who = [sex for _, _, _, sex, _, _ in people]
    drawn = [(*one[:4], str(random.choice(THEIR_OWN))) for one in _answering(len(people), random, few=False)]
    if len(kept_out) > 1 and len(people) >= BASE:
        others = {sex: iter(random.permutation([at for at, own in enumerate(who) if own == sex])) for sex in "fm"}
        drawn = [people[next(others[sex])][1:] for sex in who]
    found: Answers = {ward: [] for ward in kept_out}
    for (ward, *_), one in zip(people, drawn, strict=True):
        found[ward].append(one)
    return found


def _with_calm(answers: list[Answer], women: int) -> list[Answer]:
    return [(one[0], now, *one[2:]) for one, now in zip(answers, _calm(len(answers), women).tolist(), strict=True)]


def _yes(answers: list[Answer]) -> int:
    return sum(calm for _, calm, *_ in answers)


def _few_calm(answers: Answers, ward: str) -> bool:
    """Whether few find it calm in *ward*, all of them women, where many answered."""
    women = [one for one in answers[ward] if one[2] == "f"]
    return len(answers[ward]) >= MANY and 0 < _yes(women) == _yes(answers[ward]) < THRESHOLD


def _kept_out(answers: Answers, ward: str) -> bool:
    """Whether the answers of *ward* are withheld there and stay out of its district: it is the only small ward there, or all small ones are too few together."""
    small = [len(answers[other]) for other in WARDS if PARENT[other] == PARENT[ward] and 0 < len(answers[other]) < BASE]
    return 0 < len(answers[ward]) < BASE and (len(small) < 2 or sum(small) < BASE)


def layers(counts: np.ndarray, answers: Answers) -> tuple[Layer, ...]:
    """The layers of a city, a row a record."""
    where, what = np.repeat(np.indices(counts.shape).reshape(2, -1), counts.ravel(), axis=1)
    nowhere = int(counts[counts < THRESHOLD].sum()) % 4  # so many records have no place, which no number is made of
    threats = pd.DataFrame(
        {"ward": [*np.array(WARDS)[where], *["nowhere"] * nowhere], "kind": [*np.array(KINDS)[what], *["slur"] * nowhere]}
    )
    bands = pd.DataFrame({"ward": np.repeat(WARDS, len(KINDS)), "kind": np.tile(KINDS, len(WARDS)), "people": 500.0})
    survey = pd.DataFrame(
        [(ward, *one) for ward, own in answers.items() for one in own], columns=["ward", "trust", "calm", "sex", "age", "why"]
    )
    survey = survey.assign(again=survey["trust"] % 5 + 1)
    said = layer("survey", survey, kind="survey", sensitivity="survey", survey=FIELDWORK)
    return (
        layer("threats", threats, kind="incidents", sensitivity="counts", least_match=0.2),
        layer("bands", bands),
        replace(said, extras={"margins": MARGINS}),
        layer("harm", pd.DataFrame({"kind": KINDS, "weight": [1, 400]}), kind="register", places=None),
        residents(),
    )


def published(counts: np.ndarray, answers: Answers) -> dict[str, bytes]:
    """Every file of the edition, every export, the map, what changed since last year, the tables, the profiles and the explanations of the city."""
    found = _assessed(counts, answers)
    wards = found[0].assessment
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        edition = _frozen(found, home / "editions", _listened(counts, answers))
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


def _listened(counts: np.ndarray, answers: Answers) -> dict[str, tuple[str, pd.DataFrame]]:
    """The tables of what people said, by sex."""
    return listened(City(methodology(*INDICATORS, **RECIPE), sources(*layers(counts, answers))))


def _frozen(found: Sequence[Assessed], editions: Path, tables: Mapping[str, tuple[str, pd.DataFrame]]) -> Edition:
    """The edition, read back."""
    recipe = methodology(*INDICATORS, **RECIPE).model_dump(mode="json", exclude_none=True)
    frozen = Frozen(
        assessments=[one.assessment for one in found], screens=_screens(), scales={one.assessment.level: one.scale.as_record() for one in found},
        clipped={one.assessment.level: one.clipped for one in found}, joins=[], inputs={"layers/harm/data.csv": "the same"}, cards=[HARM], guarded=frozenset(), methodology=as_toml(recipe),
        settings={"version": "1", "baseline": "2025", "seed": 1, "draws": 20}, registers={}, tables=tables,
    )  # fmt: skip
    return read_edition(freeze(frozen, editions))


@cache
def _before() -> tuple[Edition, tempfile.TemporaryDirectory[str]]:
    """What was published before, of another city with the same places; and its folder, which is gone when nobody holds it."""
    folder = tempfile.TemporaryDirectory()
    first = city(np.random.default_rng(4))
    return _frozen(_assessed(*first), Path(folder.name) / "editions", _listened(*first)), folder


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
