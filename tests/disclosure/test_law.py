"""The law of the house: change a withheld place's records within the band, and not one published byte changes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.assessment.columns import exported
from geomap.assessment.journey import assess
from geomap.layers.layer import Layer
from geomap.workspace.build import build
from geomap.workspace.workspace import open_workspace
from tests.toy import layer, methodology, residents, sources

SPOTS = {"castle": 3, "market": 9, "park": 0, "harbour": 6, "mill": 12, "station": 20}
RATE = {"id": "threats", "measure": {"measure": "rate", "layer": "threats", "per": {"layer": "residents", "field": "people"}}}
TRUST = {"id": "distrust", "measure": {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1, 2]}}
ANSWERS = {"castle": 4, "market": 12, "park": 0, "harbour": 15, "mill": 16, "station": 20}


def published(*layers: Layer, indicators: tuple[dict, ...], secret: str = "", **changed: dict) -> list[pd.DataFrame]:
    """Everything the toy city publishes, by level."""
    seen, recipe = replace(sources(*layers, residents()), secret=secret), methodology(*indicators, **changed)
    return [exported(assess(seen, recipe, level).assessment) for level in ("wards", "districts")]


def threats(castle: int) -> Layer:
    """Records of threats: so many in the castle, the usual number elsewhere."""
    counts = SPOTS | {"castle": castle}
    rows = pd.DataFrame({"ward": [ward for ward, count in counts.items() for _ in range(count)]})
    return layer("threats", rows, kind="incidents", sensitivity="counts")


def survey(castle: list[int]) -> Layer:
    """Answers: *castle* from the castle, the usual ones elsewhere."""
    rows = [(ward, 1 + number % 5) for ward, count in ANSWERS.items() if ward != "castle" for number in range(count)]
    rows += [("castle", answer) for answer in castle]
    return layer("survey", pd.DataFrame(rows, columns=["ward", "trust"]), kind="survey", sensitivity="survey", survey={"mode": "paper"})


@pytest.mark.parametrize("castle", [1, 2, 4])
def test_a_withheld_count_changes_nothing_that_is_published(castle):
    """One, two, three or four threats in the castle: wards, districts, scores and ranks are the same."""
    for one, other in zip(published(threats(3), indicators=(RATE,)), published(threats(castle), indicators=(RATE,)), strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_a_count_that_may_be_shown_changes_what_is_published():
    """The law is no accident of numbers that never move: five threats are shown."""
    wards, districts = published(threats(5), indicators=(RATE,))
    assert not wards.equals(published(threats(3), indicators=(RATE,))[0])
    assert districts.set_index("code").loc["up", "threats_n"] == 14


@settings(max_examples=15, deadline=None)
@given(answers=st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_a_withheld_answer_changes_nothing_that_is_published(answers):
    """Castle has four answers, under the smallest base of five, and is the only such ward of its district: its answers stay out of the district too."""
    before, after = published(survey([1, 1, 1, 1]), indicators=(TRUST,)), published(survey(answers), indicators=(TRUST,))
    for one, other in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.parametrize("rule", ["ons-10-5", "nhs-1-7-5"])
def test_every_preset_keeps_the_law(rule):
    """One record or seven in the castle: by either preset the same is published."""
    by = {"disclosure": {"counts": rule, "survey_base": 5, "reason": "Because."}}
    one, other = (published(threats(count), indicators=(RATE,), **by) for count in (1, 7))
    for mine, theirs in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
    assert not one[0].equals(published(threats(10), indicators=(RATE,), **by)[0])


def test_with_noise_the_same_records_publish_the_same_numbers():
    """Twice the same; another secret, other noise; and no count of one or two anywhere."""
    by = {"disclosure": {"counts": "cell-key", "survey_base": 5, "reason": "Because."}}
    one, again, other = (published(threats(30), indicators=(RATE,), secret=secret, **by)[0] for secret in ("a" * 16, "a" * 16, "b" * 16))
    pd.testing.assert_frame_equal(one, again, check_exact=True)
    assert not one.equals(other)
    assert not one["threats_n"].isin([1, 2]).any()
    assert set(one["threats_status"]) == {"value", "missing"}


def test_an_answer_that_may_be_shown_changes_what_is_published():
    """Five answers are enough."""
    one, other = (published(survey([answer] * 5), indicators=(TRUST,))[0] for answer in (1, 5))
    assert not one.equals(other)


def with_incidents_in(folder: Path, count: int) -> Path:
    """The demonstration city with *count* records where three are withheld; the records are those of the file, some dropped or one doubled."""
    truth = pd.read_json(folder / "truth.json", typ="series")["withheld"]
    workspace = open_workspace(folder)
    incidents = workspace.layers["incidents"]
    codes = workspace.sources.join(incidents, "neighbourhoods").codes
    rows = incidents.table
    here = (codes == truth["place"]) & (rows["kind"] == truth["kind"]) & (rows["date"].dt.year.isin(truth["years"]))
    own = rows.index[here].tolist()
    text = pd.read_csv(folder / "layers/incidents/data.csv", dtype=str, keep_default_na=False)
    changed = pd.concat([text.drop(index=own[count:]), text.loc[own[:1]].copy()] if count > len(own) else [text.drop(index=own[count:])])
    changed.to_csv(folder / "layers/incidents/data.csv", index=False)
    return folder


@pytest.mark.parametrize("count", [pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow), 4])
def test_the_whole_edition_keeps_the_law_to_the_byte(edition, city, count):
    """The demonstration city's withheld count lies between one and four: whichever it is, every file of the edition is the same."""
    rebuilt = build(open_workspace(with_incidents_in(city, count)), draws=edition.about["draws"])
    assert rebuilt.name == edition.path.name
    for path in sorted(edition.path.rglob("*")):
        if path.is_file():
            assert (rebuilt / path.relative_to(edition.path)).read_bytes() == path.read_bytes(), path.name
    shutil.rmtree(rebuilt)
