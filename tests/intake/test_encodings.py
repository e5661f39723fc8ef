"""Place names of many languages, in the encodings that offices there still use: told from the bytes, and doubt is told too."""

import pytest

from geomap.errors import IntakeError
from geomap.intake.tables import take_table
from tests.intake.tables import write

NAMES = {
    "cp1250": (["Śródmieście", "Żoliborz", "Białołęka", "Praga-Południe"], ["Žižkov", "Břevnov", "Ďáblice", "Řepy"], ["Óbuda", "Kőbánya", "Zugló", "Budafok-Tétény"]),
    "iso8859-2": (["Śródmieście", "Żoliborz", "Białołęka", "Praga-Południe"], ["Łódź", "Gdańsk", "Wałbrzych"]),
    "cp1251": (["Арбат", "Хамовники", "Замоскворечье"], ["Лозенец", "Изгрев", "Подуяне"], ["Подільський", "Дніпровський", "Святошинський"]),
    "iso8859-7": (["Αθήνα", "Πειραιάς", "Εξάρχεια", "Άγιος Δημήτριος"],),
    "iso8859-9": (["Beşiktaş", "Üsküdar", "Kadıköy", "Bağcılar"],),
    "cp1257": (["Šnipiškės", "Žirmūnai", "Žvėrynas"],),
    "cp1252": (["L’Haÿ-les-Roses", "Besançon", "Orléans"],),
    "latin-1": (["Neukölln", "Schöneberg", "Weißensee"], ["Malmö", "Göteborg", "Rosengård"], ["Peñíscola", "Cádiz", "Málaga"]),
    "mac-roman": (["Montréal", "Québec", "Trois-Rivières"],),
    "cp932": (["新宿区", "渋谷区", "世田谷区", "台東区"],),
    "gb18030": (["朝阳区", "海淀区", "东城区", "西城区"],),
    "big5": (["中正區", "大同區", "中山區", "松山區"],),
    "euc-kr": (["종로구", "용산구", "성동구", "광진구"],),
    "utf-16-le": (["Арбат", "Хамовники"], ["新宿区", "渋谷区"], ["Malmö", "Łódź"]),
    "utf-16-be": (["Αθήνα", "Πειραιάς"], ["朝阳区", "海淀区"]),
    "utf-16": (["Kadıköy", "新宿区"],),
}  # fmt: skip
CASES = [(encoding, names) for encoding, some in NAMES.items() for names in some]


def table(names, encoding):
    """A table of places in an encoding."""
    rows = [f"E0500010{at};{name};{1200 + 7 * at}" for at, name in enumerate(names)]
    return "\n".join(["ward_code;name;people", *rows, ""]).encode(encoding)


@pytest.mark.parametrize(("encoding", "names"), CASES, ids=[f"{encoding}-{names[0]}" for encoding, names in CASES])
def test_names_are_read_as_they_were_written(tmp_path, encoding, names):
    """And that they were not UTF-8 is on record."""
    taken = take_table(write(tmp_path, table(names, encoding)))
    assert taken.frame["name"].tolist() == names
    assert any(one.about == "encoding" for one in taken.repairs)


@pytest.mark.parametrize(("encoding", "names"), [("cp1250", ["Łódź", "Gdańsk"]), ("cp1251", ["Арбат", "Изгрев"])])
def test_what_is_told_without_doubt_is_not_doubted(tmp_path, encoding, names):
    """One sentence names the encoding; none says that it could be another."""
    taken = take_table(write(tmp_path, table(names, encoding)))
    assert not [one for one in taken.repairs if one.about == "encoding in doubt"]


def test_bytes_that_two_languages_could_have_written_are_told(tmp_path):
    """Hangul by its bytes is common Chinese as well: read as the likelier one, with what it would be otherwise."""
    taken = take_table(write(tmp_path, table(["종로구", "용산구"], "euc-kr")))
    (doubt,) = [one for one in taken.repairs if one.about == "encoding in doubt"]
    assert "gb18030" in doubt.sentence
    assert "종로구" in doubt.sentence
    assert "would then be" in doubt.sentence


def test_what_a_person_declares_wins(tmp_path):
    """The same bytes, read as the card says."""
    raw = table(["Łódź", "Gdańsk"], "cp1250")
    assert take_table(write(tmp_path, raw), encoding="cp1252").frame["name"].tolist() == ["£ódŸ", "Gdañsk"]


@pytest.mark.parametrize(("declared", "words"), [("utf-8", "utf-8, as was declared"), ("klingon", "no encoding called 'klingon'")])
def test_a_declared_encoding_that_cannot_be_is_refused(tmp_path, declared, words):
    """With the byte, or with the names that are known."""
    with pytest.raises(IntakeError, match=words):
        take_table(write(tmp_path, table(["Łódź"], "cp1250")), encoding=declared)


def test_signs_of_no_language_are_doubted(tmp_path):
    """Western European is taken, since something must be, and the doubt is on record."""
    taken = take_table(write(tmp_path, b"ward_code;name\nE05000100;a\xd7\xf7\xd7\nE05000101;b\xf7\xd7\n"))
    assert any(one.about == "encoding in doubt" for one in taken.repairs)
