"""What tells of a person is refused by its head or by its cells; counts and public buildings are not."""

import pytest

from tests.intake.tables import WARDS, outcome, write


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("victim_name", ["A. Person", "B. Person", "C. Person"]),
        ("VictimName", ["A. Person", "B. Person", "C. Person"]),
        ("Surname", ["Khan", "Smith", "Ng"]),
        ("name of complainant", ["Ann", "Bo", "Cy"]),
        ("DOB", ["1990-01-02", "1985-05-06", "1970-03-04"]),
        ("Date of birth", ["02/01/1990", "16/05/1985", "23/03/1970"]),
        ("Geburtsdatum", ["02.01.1990", "16.05.1985", "23.03.1970"]),
        ("tel", ["07700 900123", "07700 900124", "07700 900125"]),
        ("x1", ["+44 7700 900123", "+44 7700 900124", "+44 7700 900125"]),
        ("x2", ["a@example.org", "b@example.org", "c@example.org"]),
        ("x3", ["SW1A 1AA", "E1 6AN", "N1 9GU"]),
        ("x4", ["M5V 3L9", "M6G 3V2", "M6H 4C2"]),
        ("x5", ["QQ 12 34 56 C", "AB 12 34 56 C", "AB123457D"]),
        ("x6", ["123-45-6789", "123-45-6780", "123-45-6781"]),
        ("handle", ["@someone", "@other", "@third"]),
        ("x7", ["Mrs Khan", "Mr Smith", "Dr Ng"]),
        ("home_address", ["1 Mill Lane", "2 Mill Lane", "3 Mill Lane"]),
        ("NI number", ["QQ123456C", "QQ123457C", "QQ123458C"]),
    ],
)
def test_a_column_about_persons_is_refused(tmp_path, head, cells):
    """With the column, the reason and the way out."""
    rows = "".join(f"{code},{cell}\n" for code, cell in zip(WARDS.index, cells, strict=False))
    ended, said = outcome(write(tmp_path, f"code,{head}\n{rows}"), codes=WARDS.index[:3])
    assert ended == "refused"
    assert f"'{head}' holds personal data" in said


@pytest.mark.parametrize("head", ["notes", "Comment", "what happened", "x"])
def test_free_text_is_refused(tmp_path, head):
    """By its head, or by being long and never the same."""
    rows = "".join(
        f'{code},"{code[-1]} was seen by the shop on the corner on a Friday evening and then went away again"\n' for code in WARDS.index
    )
    ended, said = outcome(write(tmp_path, f"code,{head}\n{rows}"), codes=WARDS.index)
    assert ended == "refused"
    assert "free text" in said


@pytest.mark.parametrize(
    "content",
    [
        "code,children,households with telephone (%),persons\nE05000001,12,88.5,900\nE05000002,30,91,1200\nE05000003,7,85,800\n",
        "code,Overseas nationals (NINo),births\nE05000001,712,125\nE05000002,10905,660\nE05000003,900,70\n",
        "name,address,postcode,phone,type,lat,lon\nCity Library,1 High St,SW1A 1AA,020 7946 0000,library,51.5,-0.1\nEast Library,2 High St,E1 6AN,020 7946 0001,library,51.6,-0.1\n",
    ],
)
def test_counts_of_persons_and_public_buildings_are_not(tmp_path, content):
    """A head alone is no proof, and a library's address is no secret."""
    assert outcome(write(tmp_path, content))[0] == "loaded"


POSTCODES = "postcode,ward\n" + "".join(f"E1 {number}A{letter},{code}\n" for number, code in enumerate(WARDS.index) for letter in "ABD")


def test_a_list_of_postcodes_is_refused_until_somebody_says_what_it_is(tmp_path):
    """The refusal says how; said to be a register it is taken."""
    path = write(tmp_path, POSTCODES)
    ended, said = outcome(path, codes=WARDS.index, repeats=True)
    assert ended == "refused"
    assert "--kind register" in said
    assert outcome(path, codes=WARDS.index, repeats=True, register=True)[0] != "refused"


@pytest.mark.parametrize(
    "text",
    [
        POSTCODES.replace("E1 0AB", "E1 0AA"),  # one twice
        POSTCODES.replace("postcode,ward", "postcode,ward,age").replace(",E", ",9,E"),
        "postcode,ward\n" + "".join(f"E1 {number}AA,{code}\n" for number, code in enumerate(WARDS.index)),  # one a place
    ],
)
def test_other_postcodes_are_refused_whatever_is_said(tmp_path, text):
    """A postcode twice is somebody's, one with an age is somebody's, and one a place is nobody's list."""
    ended, said = outcome(write(tmp_path, text), codes=WARDS.index, repeats=True, register=True)
    assert ended == "refused"
    assert "'postcode' holds personal data" in said
