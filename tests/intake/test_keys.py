"""Codes and names of places: what is put right, what is proposed, what is refused."""

import pandas as pd
import pytest

from geomap.errors import IntakeError
from geomap.intake.names import propose
from geomap.intake.tables import take_table
from tests.intake.tables import WARDS, outcome, write

ZEROS = pd.Series(WARDS.to_numpy(), index=[f"0{n}" for n in range(1, 7)])


def table(codes: list[str], *rest: str) -> str:
    """Rows with these codes and growing values."""
    return "code,value\n" + "".join(f"{code},{value * value + 1}\n" for value, code in enumerate(codes)) + "".join(rest)


@pytest.mark.parametrize(
    ("change", "about"),
    [
        (lambda code: code, ""),
        (str.lower, "case"),
        (lambda code: f" {code}  ", "padding"),
        (lambda code: f"\ufeff{code}", "padding"),
        (lambda code: f"{code}\u00a0", "padding"),
        (lambda code: f"{code}.0", "trailing .0"),
    ],
)
def test_codes_are_met_in_their_everyday_dress(tmp_path, change, about):
    """Each dress is on record."""
    taken = take_table(write(tmp_path, table([change(code) for code in WARDS.index])), codes=WARDS.index)
    assert taken.matched == 6
    assert taken.cells["code"].tolist() == WARDS.index.tolist()
    assert [repair.about for repair in taken.repairs] == ([about] if about else [])


@pytest.mark.parametrize(
    "codes", [["1", "2", "3", "4", "5", "6"], ["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"], ["001", "002", "003", "004", "005", "006"]]
)
def test_lost_zeros_are_given_back(tmp_path, codes):
    """As numbers, as numbers with .0, with a zero too many."""
    taken = take_table(write(tmp_path, table(codes)), codes=ZEROS.index)
    assert taken.cells["code"].tolist() == ZEROS.index.tolist()
    assert "leading zero" in [repair.about for repair in taken.repairs]


def test_names_are_proposed_and_never_joined_in_silence(tmp_path):
    """Refused with the proposal; taken when a person says that names are meant, each near pair on record."""
    path = write(tmp_path, "ward,value\nABBEY,12\nBridge Ward,30\nCastle,7\nDene,18\nEaston,25\nFery,9\n")
    ended, said = outcome(path, codes=WARDS.index, names=WARDS)
    assert ended == "refused"
    assert "'Fery' would be 'Ferry'" in said
    taken = take_table(path, codes=WARDS.index, names=WARDS, by_name=True)
    assert taken.cells[taken.key].tolist() == WARDS.index.tolist()
    assert "'Fery' as 'Ferry'" in str(taken.repairs[0])


def test_a_name_near_to_two_places_means_none():
    """High Park North and High Park South: High Park is neither."""
    names = pd.Series({"1": "High Park North", "2": "High Park South"})
    assert propose(pd.Series(["High Park"]), names).unknown == ("High Park",)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("O`Connor Parkview", "O'Connor-Parkview"),
        ("St. James Town", "St.James Town"),
        ("Pihesiwin", "pihêsiwin"),
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
    ],
)
def test_names_alike_but_for_dress_are_one(written, known):
    """Case, accents, punctuation, and the sign for and."""
    assert propose(pd.Series([written]), pd.Series({"1": known})).pairs == {written: "1"}


def test_the_wrong_vintage_is_refused_and_the_right_one_named(tmp_path):
    """The rate, the first ten unmatched, and which other boundary set fits better."""
    old = pd.Index([f"E0500001{n}" for n in range(6)])
    with pytest.raises(IntakeError, match=r"(?s)Only 1 of 6 rows.*'old' fits better: 6 of 6"):
        take_table(write(tmp_path, table(list(old))), codes=pd.Index([*WARDS.index[:5], old[0]]), others={"old": old})


def test_a_table_of_the_country_is_cut_to_the_city(tmp_path):
    """All places here are in it, and more elsewhere with codes of the same make."""
    country = [f"E0500{n:04d}" for n in range(1, 31)]
    taken = take_table(write(tmp_path, table(country)), codes=WARDS.index)
    assert (taken.rows, taken.matched) == (6, 6)
    assert "other regions" in [repair.about for repair in taken.repairs]


@pytest.mark.parametrize("total", [",35\n", "Total,35\n", "E92000001,35\n", "All wards,35\n", "Inner London,35\n"])
def test_total_rows_are_no_places(tmp_path, total):
    """Named so, or coded as a larger area, or with no code at all."""
    path = write(tmp_path, table(list(WARDS.index), total if total[0] != "," else ""))
    assert take_table(path, codes=WARDS.index).rows == 6


@pytest.mark.parametrize(
    ("content", "ended"),
    [
        ("code,value\nE05000001,1\nE05000002,4\nE05000001,9\n", "refused"),
        ("code,date,offence\nE05000001,2025-01-13,a\nE05000002,2025-01-14,a\nE05000001,2025-01-13,a\n", "loaded"),
        ("code,month,value\nE05000001,2025-01,1\nE05000002,2025-01,4\nE05000001,2025-02,9\nE05000002,2025-02,3\n", "loaded"),
    ],
)
def test_a_place_stands_once_unless_rows_are_told_apart(tmp_path, content, ended):
    """Two values for a ward are refused; two incidents, or two months, are not."""
    assert outcome(write(tmp_path, content), codes=WARDS.index[:2])[0] == ended
