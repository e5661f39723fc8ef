"""Columns about persons, told by their heads and by their cells; a file that holds one is refused, for no map of places needs it."""

import re

import pandas as pd

from geomap.intake.distinct import stripped
from geomap.intake.findings import Findings
from geomap.intake.words import shown
from geomap.worded import worded

PERSON = r"victim|suspect|offender|perpetrator|accused|person|resident|respondent|complainant|witness|child|parent|guardian|pupil|student|patient|client|caller|reporter|contact|officer|applicant|claimant|tenant|employee|staff|customer|member|holder|carer|next[ _]of[ _]kin|interviewer|interviewee|participant"
HEADS: dict[str, re.Pattern[str]] = {
    worded("names of persons"): re.compile(
        rf"\b(?:{PERSON})s?'?s? names?\b|\bnames? of (?:the )?(?:{PERSON})s?\b|\b(?:first|fore|given|middle|last|family|full|maiden|christian|birth|legal) ?names?\b|\bsurname\b|\b(?:nachname|vorname|prenom|prénom|apellidos?|cognome|efternamn|förnamn|achternaam)\b|^(?:{PERSON})$"
    ),
    worded("dates of birth"): re.compile(
        r"\bdob\b|\bd\.o\.b\b|\b(?:date|day) of birth\b|\bbirth ?da(?:te|y)\b|\bdate born\b|geburtsdatum|date de naissance|fecha de nacimiento|födelsedatum|data di nascita"
    ),
    worded("phone numbers"): re.compile(
        r"\bphones?\b|\btelephones?\b|\bmobiles?\b|\bcell ?(?:phone|no)\b|\btel(?:ephone)? ?(?:no|number)?\b|\bwhats ?app\b|telefon|téléphone"
    ),
    worded("e-mail addresses"): re.compile(r"\be ?-?mails?\b"),
    worded("identity numbers"): re.compile(
        r"\bnino\b|\bni (?:no|number)\b|national insurance|\bssn\b|social (?:security|insurance)|\bpassport\b|\bnhs (?:no|number)\b|\bhealth ?card\b|driv(?:ing|er'?s?) licen[cs]e|personnummer|national id\b|\bid card\b|\bupn\b|\bcustody (?:no|number)\b|\bhome office ref"
    ),
    worded("names of accounts"): re.compile(
        r"\b(?:user|screen|account|profile) ?names?\b|\bhandle\b|\bip ?address\b|\btwitter\b|\binstagram\b|\bfacebook\b|\btelegram\b"
    ),
    worded("home addresses"): re.compile(rf"\bhome ?address\b|\b(?:{PERSON})s?'?s? address\b"),
    worded("full postcodes"): re.compile(r"\bpost ?codes?\b|\bpostal ?codes?\b|\bzip\+4\b|^postal$|\bpcds?\b"),
}
CELLS: dict[str, str] = {
    "e-mail addresses": r"[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}",
    "phone numbers": r"(?:\+|00)[0-9]{1,3}[ ().\-0-9]{7,16}|\(?0[0-9]{2,5}\)?[ \-./][0-9 \-./]{5,12}|07[0-9]{9}|\(?[0-9]{3}\)?[ .\-][0-9]{3}[ .\-][0-9]{4}(?: ?x[0-9]+)?",
    "identity numbers": r"[A-CEGHJ-PR-TW-Za-z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-Da-d]|[0-9]{3}-[0-9]{2}-[0-9]{4}|(?:19|20)?[0-9]{6}[-+][0-9]{4}|[0-9]{3} [0-9]{3} [0-9]{4}",
    "full postcodes": r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}|[ABCEGHJ-NPRSTVXY][0-9][A-Z][ -]?[0-9][A-Z][0-9]|[0-9]{5}-[0-9]{4}",
    "names of accounts": r"@[A-Za-z0-9_.]{2,30}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}",
    "names of persons": r"(?:mrs?|ms|miss|mx|dr|herr|frau|mme|sr|sra)\.? [A-Z][a-zA-Z'\- ]{1,40}",
}
TEXT_HEAD = re.compile(
    r"\bnotes?\b|\bcomments?\b|\bnarrative\b|\bdescriptions?\b|\bremarks?\b|\bdetails?\b|\bfree ?text\b|\bverbatim\b|\bfeedback\b|\bstatement\b|\bsummary\b|\bwhat happened\b|\btestimon|\baccount\b|\bmodus\b|\bmo\b|\bcircumstances\b"
)
PLACE_HEAD = re.compile(
    r"\b(?:facility|type|category|website|url|venue|organi[sz]ation|provider|service|centre|center|opening|capacity|uprn|address|address1|maintainer)\b|address"
)
PEOPLE_HEAD = re.compile(
    r"\b(?:age|sex|gender|ethnicity|religion|offence|offense|crime|incident|victim|suspect|dob|birth|nationality|arrest|diagnosis|disability|orientation)\b"
)
PUBLIC = ("full postcodes", "phone numbers", "e-mail addresses", "names of accounts")
SMALL_NUMBER = r"[-+]?[0-9]{1,3}(?:[,.]?[0-9]{1,3}){0,2}%?"
REMEDY = worded("Take the column out, or send counts by place; geomap keeps nothing about a person.")

LISTED = worded(
    "If it lists every postcode of the city with the place it lies in, and nobody's in particular, say so with --kind register."
)


def refuse_personal(cells: pd.DataFrame, found: Findings, *, register: bool = False) -> None:
    """*found* grows by a fault for each column about persons. register: a person says that no row is one; then a list of all postcodes is none either."""
    heads = {name: _plain(name) for name in cells.columns}
    facilities = _of_places(list(heads.values()))
    listed = _list_of_postcodes(cells)
    for name, head in heads.items():
        if register and name == listed:
            continue
        filled = stripped(cells[name])
        filled = filled[filled != ""]
        if filled.empty:
            continue
        sample = filled if len(filled) <= 2_000 else filled.sample(2_000, random_state=0)
        if what := _what(head, sample, facilities=facilities):
            said = worded("column {name} holds personal data: {what}.", name=shown(name), what=what)
            found.fault(" ".join([said, REMEDY, *([LISTED] if name == listed else [])]))
        elif _is_free_text(head, sample):
            found.fault(
                worded(
                    "column {name} holds free text, which can tell who somebody is. Take the column out, or have its themes coded first.",
                    name=shown(name),
                )
            )


def _list_of_postcodes(cells: pd.DataFrame) -> str:
    """The column of postcodes, where a table holds each once beside one other column, of places that have several each; blank for all other tables."""
    if len(cells.columns) != 2:
        return ""
    for name, other in (cells.columns, cells.columns[::-1]):
        codes = cells[name].str.strip()
        if codes.is_unique and codes.str.fullmatch(CELLS["full postcodes"]).mean() > 0.9 and 2 * cells[other].nunique() <= len(cells):
            return name
    return ""


def _plain(name: str) -> str:
    """A head in small letters and single words: "DateOfBirth" and "date_of_birth" read the same."""
    return re.sub(r"[_\s.\-/:]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(name))).strip().lower()


def looks_like_facilities(cells: pd.DataFrame) -> bool:
    """Whether the rows of a table are public places, such as libraries."""
    return _of_places([_plain(name) for name in cells.columns])


def _of_places(heads: list[str]) -> bool:
    """Whether the rows are facilities, whose address and telephone are public: a name or address, coordinates or a kind, and no word about people."""
    return (
        sum(bool(PLACE_HEAD.search(head)) for head in heads) >= 1
        and any(re.search(r"\bname\b|address", head) for head in heads)
        and not any(map(PEOPLE_HEAD.search, heads))
        and any(re.search(r"\blat|\blon|easting|\btype\b|category|website|geom", head) for head in heads)
    )


def _what(head: str, sample: pd.Series, *, facilities: bool) -> str:
    plain_numbers = bool(sample.str.fullmatch(SMALL_NUMBER).all())
    for what, pattern in () if plain_numbers else CELLS.items():
        if facilities and what in (*PUBLIC, "names of persons"):
            continue
        if sample.str.fullmatch(pattern, case=what == "names of accounts" or None).mean() >= 0.5 and (
            len(sample) > 1 or HEADS[what].search(head) or what in ("e-mail addresses", "names of persons")
        ):
            return what
    for what, pattern in HEADS.items():
        if pattern.search(head) and _could_be(what, sample) and not (facilities and what in PUBLIC):
            return what
    return ""


def _could_be(what: str, sample: pd.Series) -> bool:
    """Whether cells bear a head out: "children" may head counts, "telephone" a share of households."""
    numbers = sample.str.fullmatch(r"[-+]?[0-9.,%\s]*|[*cx<>.\-]{1,3}[0-9]*", case=False)
    if what in ("names of persons", "home addresses", "names of accounts"):
        return bool(
            (~numbers).mean() > 0.5
            and not sample.str.fullmatch(r"(?i)yes|no|y|n|true|false|none|unknown|other").mean() > 0.5
            and sample.nunique() > min(10, len(sample) // 3)
        )
    if what == "dates of birth":
        return bool(sample.str.contains(r"[0-9]{4}|[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-]", regex=True).mean() > 0.5)
    if what == "phone numbers":
        return bool((sample.str.count(r"[0-9]") >= 7).mean() > 0.5 and not sample.str.fullmatch(r"[0-9]+\.[0-9]+").mean() > 0.5)
    if what == "full postcodes":
        return bool(sample.str.fullmatch(CELLS["full postcodes"]).mean() > 0.2)
    if what == "e-mail addresses":
        return bool(sample.str.contains("@", regex=False).any())
    return bool(sample.str.fullmatch(r"(?=(?:.*[0-9]){5})[A-Za-z0-9 \-/]{6,25}").mean() > 0.5)


def _is_free_text(head: str, sample: pd.Series) -> bool:
    words = sample.str.count(r"\S+")
    if TEXT_HEAD.search(head) and not re.search("method|source|type|code", head):
        return bool(words.mean() >= 4 and sample.nunique() > len(sample) / 2)
    return bool(
        words.mean() >= 14 and sample.nunique() > len(sample) * 0.8 and len(sample) > 2 and not re.search("geom|address|wkt|polygon", head)
    )
