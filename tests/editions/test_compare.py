"""Two editions are compared by grade: alike, bridged, or side by side only."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.editions.carried import Walk
from geomap.editions.change import BETTER, UNKNOWN, UNSEEN, WORSE, change_table
from geomap.editions.compare import compare
from geomap.errors import ComparisonError, EditionError
from geomap.language import known, speaking
from tests.editions.pairs import CODES, COUNT, NUMBERS, edition, indicator
from tests.toy import square

TRUST, STRAIN = indicator("trust", up="better"), indicator("strain")
WORDED = {**STRAIN, "measure": {**STRAIN["measure"], "field": "share", "where": {"ward": CODES}}}
SQUARES = {code: square(number % 6, number // 6) for number, code in enumerate(CODES)}
DOMAIN = {"id": "strain_domain", "title": "Strain", "up": "worse", "reason": "Because."}
RULES = {"threshold": 5, "survey_base": 5, "reason": "Because."}

CASES = {
    "nothing but the data": ({}, "A", "A"),
    "another title and reason": ({"indicators": [TRUST, STRAIN | {"title": "Strains", "reason": "Said better."}]}, "A", "A"),
    "another seed": ({"uncertainty": {"draws": 100, "seed": 5}}, "A", "A"),
    "a weight": ({"indicators": [TRUST | {"weight": 3.0}, STRAIN]}, "A", "B"),
    "a way to combine": ({"domain": [DOMAIN | {"combine": "geometric"}]}, "A", "B"),
    "the rule for what is missing": ({"missing": {"rule": "propagate", "reason": "Because."}}, "A", "B"),
    "the scale, fitted anew": ({"scale": {"method": "fixed", "low": 10, "high": 90, "reason": "Because."}}, "A", "B"),
    "the ranking base: percentiles": ({"scale": {"method": "percentile", "reason": "Because."}}, "A", "B"),
    "the threshold": ({"disclosure": RULES | {"threshold": 10}}, "B", "B"),
    "the base of a survey": ({"disclosure": RULES | {"survey_base": 30}}, "B", "B"),
    "the wording of an item": ({"indicators": [TRUST, WORDED]}, "C", "C"),
    "the unit": ({"indicators": [TRUST, STRAIN | {"unit": "per mille"}]}, "C", "C"),
    "an indicator more": ({"indicators": [TRUST, STRAIN, indicator("noise")]}, "A", "C"),
    "an indicator less": ({"indicators": [STRAIN]}, "A", "B"),
    "the boundary of one ward": ({"places": SQUARES | {CODES[0]: square(0, 0, 0.8)}}, "C", "C"),
    "a ward less": ({"places": {code: SQUARES[code] for code in CODES[1:]}}, "C", "C"),
    "the kind of evidence": ({"cards": {"strain": {"evidence": "police"}}}, "C", "C"),
    "the provider": ({"cards": {"strain": {"provider": "Somebody else"}}}, "C", "C"),
    "modelled numbers": ({"cards": {"strain": {"modelled": True}}}, "C", "C"),
}


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """The edition of 2024."""
    return edition(tmp_path_factory.mktemp("old"))


@pytest.mark.parametrize("name", CASES)
def test_each_difference_has_its_grade(old, tmp_path, name):
    """Of the indicator *strain*, and of the index that is made of it; where the grade is C no number comes out, elsewhere one does."""
    changed, of_strain, of_risk = CASES[name]
    found = compare(old, edition(tmp_path, period="2025", **changed))
    assert (found.grade_of("strain"), found.grade_of("risk"), found.grade) == (of_strain, of_risk, of_risk), found.differences
    with speaking("fr"):
        assert [text for one in found.differences for text in (one.sentence, one.remedy) if text and known(text) == text] == []
    for node, grade in (("strain", of_strain), ("risk", of_risk)):
        if grade == "C":
            with pytest.raises(ComparisonError, match="cannot be compared, and no difference is shown"):
                found.change(node)
            with pytest.raises(ComparisonError, match="cannot be compared"):
                found.split(node)
        else:
            assert found.change(node)["change"].notna().sum() == COUNT
            parts = found.split(node)
            assert np.allclose(parts["total"], parts[["data", "method", "boundary", "revision"]].sum(axis=1), atol=1e-9)


def test_a_change_is_named_by_its_direction(old, tmp_path):
    """Twenty points of 400 answers are seen, none are not; up is better for trust and worse for strain."""
    moved = NUMBERS.copy()
    moved[0] += 20
    moved[1] -= 20
    found = compare(old, edition(tmp_path, period="2025", values=moved))
    assert list(found.change("trust")["label"].iloc[:3]) == [BETTER, WORSE, UNSEEN]
    assert list(found.change("strain")["label"].iloc[:3]) == [WORSE, BETTER, UNSEEN]
    assert found.change("trust")["change"].iloc[:3].to_list() == pytest.approx([20, -20, 0])
    assert (found.split("trust")["data"] == found.change("trust")["change"]).all()
    sure = found.change("strain")["p_real"]
    assert sure.iloc[0] > 0.999
    assert sure.iloc[2] == 0.5


def test_with_no_true_change_at_most_one_in_twenty_families_of_wards_is_called_changed():
    """Both years are samples of 400 answers of the same truth: over 400 pairs of years, at most 5 % of them call any ward changed, within chance."""
    chance, truth = np.random.default_rng(3), NUMBERS[:, 0] / 100
    error = np.sqrt(truth * (1 - truth) / 400)
    calls = [
        (
            change_table(*(truth + error * chance.standard_normal((2, COUNT))), (error, error), up="worse")["label"].isin([BETTER, WORSE])
        ).any()
        for _ in range(400)
    ]
    assert np.mean(calls) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)


def test_the_old_scale_measures_the_new_estimates(old, tmp_path):
    """Unchanged numbers on a scale that was fitted anew: the published score moved, the compared one did not; the method did all of it."""
    again = edition(tmp_path, period="2025", scale={"method": "fixed", "low": 10, "high": 90, "reason": "Because."})
    found = compare(old, again)
    assert found.change("risk")["change"].abs().max() == pytest.approx(0, abs=1e-9)
    assert (found.change("risk")["label"] == UNSEEN).all()
    parts = found.split("risk")
    published = again.level().numbers["risk"]["value"] - old.level().numbers["risk"]["value"]
    assert parts["total"].to_numpy() == pytest.approx(published.to_numpy(), abs=1e-5)
    assert parts["method"].to_numpy() == pytest.approx(parts["total"].to_numpy(), abs=1e-9)
    assert parts["data"].abs().max() == pytest.approx(0, abs=1e-9)


def test_one_outlier_does_not_move_the_others(tmp_path):
    """A scale fitted to each year's extremes moves everybody; held still, nobody but the outlier."""
    rule = {"scale": {"method": "goalposts", "low": 0, "high": 100, "reason": "Because."}}
    moved = NUMBERS.copy()
    moved[0] = 99
    found = compare(edition(tmp_path / "old", **rule), edition(tmp_path / "new", period="2025", values=moved, **rule))
    assert found.grade == "B"
    assert found.split("risk")["total"].iloc[1:].abs().max() > 0.2
    assert found.change("risk")["change"].iloc[1:].abs().max() == pytest.approx(0, abs=1e-9)


def test_data_and_method_are_split_over_both_orders(old, tmp_path):
    """Another weight and other numbers: what the method did is the mean of what it does to the old and to the new data."""
    moved = NUMBERS + 5
    found = compare(old, edition(tmp_path, period="2025", values=moved, indicators=[TRUST | {"weight": 3.0}, STRAIN]))
    scores = {
        (when, weight): (weight * (10 - table[:, 0] / 10) + table[:, 1] / 10) / (weight + 1)
        for when, table in (("old", NUMBERS), ("new", moved))
        for weight in (1, 3)
    }
    method = (scores["old", 3] - scores["old", 1] + scores["new", 3] - scores["new", 1]) / 2
    assert found.split("risk")["method"].to_numpy() == pytest.approx(method, abs=1e-6)


def test_what_was_revised_since_is_told_apart(tmp_path):
    """The new edition holds the baseline's numbers as they are known today; two points of the four were there all along."""
    old, new = edition(tmp_path / "old"), edition(tmp_path / "new", period="2025", values=NUMBERS + 4)
    here = new.level()
    numbers = {
        name: table.assign(previous=table["value"] - 2) if name in ("trust", "strain") else table for name, table in here.numbers.items()
    }
    found = compare(old, new)
    known = replace(found, new=replace(here, numbers=numbers), baseline="2024")
    assert known.split("strain")["revision"].abs().max() == 0, "data that know no periods tell nothing of the old one"
    known = replace(known, dated=frozenset({"strain"}))
    parts = known.split("strain")
    assert parts["revision"].to_numpy() == pytest.approx(2.0)
    assert parts["data"].to_numpy() == pytest.approx(2.0)
    assert parts["total"].to_numpy() == pytest.approx(4.0)


def test_places_that_were_redrawn_are_left_out_or_carried(old, tmp_path):
    """Two wards became one: not comparable, then all but that one, then all by the lookup, where the one is the mean of the two."""
    merged = {code: SQUARES[code] for code in CODES[2:]} | {"w99": SQUARES["w00"].union(SQUARES["w01"])}
    new = edition(tmp_path, period="2025", places=merged, values=np.vstack([NUMBERS[2:], NUMBERS[:2].mean(axis=0, keepdims=True)]))
    refused = compare(old, new)
    assert refused.grade == "C"
    told = " ".join(f"{one.sentence} {one.remedy}" for one in refused.reasons("risk"))
    assert "2 of 30 wards of the old edition are not in the new one (w00, w01)" in told
    assert "--crosswalk" in told
    assert "--same-places" in told
    same = compare(old, new, same_places=True)
    assert same.grade == "B"
    assert (same.change("strain")["label"] == UNKNOWN).to_list() == [False] * 28 + [True]
    pairs = [(code, code) for code in CODES[2:]] + [("w00", "w99"), ("w01", "w99")]
    walk = Walk(
        "wards", "wards", pd.DataFrame([(one, other, 1.0) for one, other in pairs], columns=["origin", "place", "share"]), "by hand"
    )
    over = compare(old, new, walk=walk)
    assert over.grade == "B"
    assert over.change("strain")["change"].abs().max() == pytest.approx(0, abs=1e-6)
    parts = over.split("risk")
    assert np.allclose(parts["total"], parts[["data", "method", "boundary", "revision"]].sum(axis=1), atol=1e-9)
    wrong = Walk("parishes", "wards", walk.frame, "")
    with pytest.raises(EditionError, match="leads from 'parishes'"):
        compare(old, new, walk=wrong).change("strain")


def test_the_command_tells_grades_and_writes_no_difference_for_c(old, tmp_path, capsys):
    """In words, as data and as a page: for C two maps, and no word of a change."""
    new = edition(tmp_path, period="2025", indicators=[TRUST, WORDED])
    assert main(["compare", str(old.path), str(new.path), "--json"]) == 7
    assert '"change"' not in capsys.readouterr().out
    page = tmp_path / "two.html"
    assert main(["compare", str(old.path), str(new.path), "--node", "risk", "--to", str(page)]) == 7
    text = page.read_text(encoding="utf-8")
    assert text.count("<iframe") == 2
    assert "Two maps, and no difference" in text
    assert not any(word in text for word in (BETTER, "got worse"))
    assert main(["compare", str(old.path), str(new.path), "--node", "risk", "--to", str(tmp_path / "no.csv")]) == 7
    assert not (tmp_path / "no.csv").exists()
    alike = edition(tmp_path / "alike", period="2025", values=NUMBERS + 9)
    assert main(["compare", str(old.path), str(alike.path), "--node", "strain", "--to", str(page)]) == 0
    assert "grade A" in capsys.readouterr().out
    assert "Got worse" in page.read_text(encoding="utf-8")
