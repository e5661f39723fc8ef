"""Numbers that cannot be, or that somebody should look at: negative counts, more unemployed than people, two units, one value far out."""

import re
from itertools import permutations

import numpy as np
import pandas as pd

from geomap.intake.findings import Findings
from geomap.intake.numbers import Numbers
from geomap.intake.words import listed, numbered, shown
from geomap.worded import worded

COUNT = re.compile(
    r"\b(?:incidents?|counts?|crimes?|offen[cs]es?|population|persons|people|residents|households?|victims|respondents|cases|arrests|unemployed|pupils|students|claimants|applications|number of|dwellings|births|deaths|stops|calls|events|visits|members|births|hate crimes?)\b|^n$"
)
NO_COUNT = re.compile(
    r"\b(?:rates?|per|pct|percent|percentage|proportion|share|avg|average|mean|median|index|score|change|chg|net|diff|difference|growth|density|rank|decile|ratio|estimated?|modelled|projection|std|se|moe|weighted|z|indicator|modelled|estimate)\b|%"
)
SHARE = re.compile(r"\b(?:pct|percent|percentage|proportion|share|rate)\b|%")
PARTS = (
    (r"unemploy|claimant|jobseek|economically inactive|\bneet\b", r"working age|economically active|labou?r force|workforce|age 16"),
    (r"drop ?outs?|excluded|exclusions|absent|absentees|suspended", r"pupils|students|enrol|on roll|cohort"),
    (r"refus|granted|approved|rejected|appealed", r"applications|decisions|submitted"),
    (r"votes|voters|turnout", r"electorate|electors|registered|eligible"),
    (r"\bnumerator\b", r"\bdenominator\b"),
    (r"agree|yes|satisfied|trusting", r"\b(?:answered|base|asked|respondents)\b"),
    (
        r"in low income|in poverty|disabled|children|pensioners|aged|women|female|male|men|born abroad|muslim|jewish|christian|hindu|sikh|renters?|tenants|owners|unemploy|claimant|carers|single parents?",
        r"\b(?:population|residents|people|persons|universe|households|denominator|total population|all residents)\b",
    ),
)
YEARS = re.compile(r"^(?:year|period|fin(?:ancial)? year|fy|jahr|année|survey year|census year|wave)$")
UNITS = re.compile(r"^(?:units?|unit of measure(?:ment)?|uom|measure unit|per|scale|basis)$")
BASE = re.compile(r"\brespondents\b|\bunweighted base\b|^(?:n|base|responses|sample(?: size)?|answered|interviews)$")
SMALL, THIN, MOST_PAIRED = 5, 10, 60


def plain(name: str) -> str:
    """A head in small letters and single words."""
    return re.sub(r"[^0-9a-z%]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(name)).lower()).strip()


def is_count(name: str) -> bool:
    """Whether a head speaks of a number of people, households or events."""
    return bool(COUNT.search(plain(name))) and not NO_COUNT.search(plain(name))


def check_counts(name: str, column: Numbers, rows: np.ndarray, found: Findings) -> None:
    """Faults for negative and broken counts; a note on small ones, which every output protects."""
    values = column.observed
    if not is_count(name):
        return
    if len(below := np.flatnonzero(values < 0)):
        found.fault(
            worded(
                "column {name} counts, and a count is never negative: {values} in row {rows}. If it marks a missing value, leave the cell empty.",
                name=shown(name),
                values=", ".join(f"{value:g}" for value in values[below][:5]),
                rows=numbered(rows[below]),
            )
        )
    broken = np.flatnonzero(~np.isnan(values) & (values != np.round(values)))
    if len(broken) and len(broken) <= 0.5 * np.sum(~np.isnan(values)):
        found.fault(
            worded(
                "column {name} counts, and a count is a whole number: {values} in row {rows}. Correct it, or name the column a rate.",
                name=shown(name),
                values=", ".join(f"{value:g}" for value in values[broken][:5]),
                rows=numbered(rows[broken]),
            )
        )
    elif len(broken):
        found.repair(
            "fraction",
            worded(
                "Column {name} sounds like a count but holds fractions in {count} rows: it may be an estimate, or a rate.",
                name=shown(name),
                count=len(broken),
            ),
            len(broken),
        )
    if column.whole and (small := int(((values > 0) & (values < SMALL)).sum())):
        found.note(
            "protect",
            worded(
                "Column {name} has {small} count(s) under {least}; the layer's sensitivity must be counts, so that the disclosure rule protects them.",
                name=shown(name),
                small=str(small),
                least=SMALL,
            ),
            small,
        )


def check_spread(name: str, column: Numbers, found: Findings) -> None:
    """Doubts on a column without spread, or with one value far from all others."""
    values = column.observed[~np.isnan(column.observed)]
    if len(values) > 2 and (values == values[0]).all():
        found.repair(
            "constant",
            worded(
                "Column {name} has the same value, {value}, in all {count} rows: there is no spread to score, and it may be no true value.",
                name=shown(name),
                value=f"{values[0]:g}",
                count=len(values),
            ),
            len(values),
        )
        return
    size = np.sort(np.abs(values[values != 0]))
    if len(size) >= 4 and size[-1] >= 20 * size[-2] and size[-1] >= 100 * np.median(size):
        found.repair(
            "outlier",
            worded(
                "Column {name} has an outlier: {value} is over {times} times the next largest value. Check its unit.",
                name=shown(name),
                value=f"{values[np.argmax(np.abs(values))]:g}",
                times=f"{size[-1] / size[-2]:,.0f}",
            ),
            1,
        )


def check_all_zero(columns: dict[str, Numbers], found: Findings) -> None:
    """A doubt where every cell of several periods is 0: surely nobody counted, or the source left the numbers out."""
    cells = [column.observed for column in columns.values()]
    if len(cells) > 1 and all(((values == 0) | np.isnan(values)).all() for values in cells) and sum(map(len, cells)) >= 100:
        rows = sum(int((values == 0).sum()) for values in cells)
        found.repair(
            "all zero",
            worded(
                "Every one of {cells} cells in {count} periods, {periods}, is 0: surely no true zeros but numbers that the source left out. Do not use the file, or leave the cells empty.",
                cells=rows,
                count=len(cells),
                periods=listed([min(columns), max(columns)]),
            ),
            rows,
        )


def check_scale(name: str, column: Numbers, found: Findings) -> None:
    """A fault where fractions and percents stand in one column."""
    values = column.observed[~np.isnan(column.observed) & (column.observed > 0)]
    low, high = values[values <= 1], values[values > 1]
    if not SHARE.search(plain(name)) or len(low) < 2 or len(high) < 2 or column.percent:
        return
    if high.min() >= 10 * low.max() and low.min() * 100 <= high.max() <= 100 and low.max() * 100 >= high.min():
        found.fault(
            worded(
                "column {name} mixes two scales: {count} values from {low} to {high} look like fractions, {whole} from {low_2} to {high_2} like percents. Use one scale.",
                name=shown(name),
                count=len(low),
                low=f"{low.min():g}",
                high=f"{low.max():g}",
                whole=len(high),
                low_2=f"{high.min():g}",
                high_2=f"{high.max():g}",
            )
        )


def check_parts(columns: dict[str, Numbers], rows: np.ndarray, found: Findings) -> None:
    """Faults where a part is larger than its whole, or a whole of nobody has a part."""
    if len(columns) > MOST_PAIRED:
        return
    for part, whole in permutations(columns, 2):
        if not _is_part(plain(part), plain(whole)):
            continue
        above, of = columns[part].observed, columns[whole].observed
        if len(none := np.flatnonzero((of == 0) & (above > 0))):
            found.fault(
                worded(
                    "row {row}: {part} is {value} where its denominator {whole} is 0. Correct one of the two.",
                    row=str(rows[none[0]]),
                    part=shown(part),
                    value=f"{above[none[0]]:g}",
                    whole=shown(whole),
                )
            )
        more = np.flatnonzero((above > of) & (of > 0))
        if len(more) and len(more) <= 0.5 * len(rows):
            found.fault(
                worded(
                    "row {row}: {part} is {value}, larger than {whole}, which is {other}; so in {count} row(s). Correct one of the two.",
                    row=str(rows[more[0]]),
                    part=shown(part),
                    value=f"{above[more[0]]:g}",
                    whole=shown(whole),
                    other=f"{of[more[0]]:g}",
                    count=len(more),
                )
            )


def _is_part(part: str, whole: str) -> bool:
    if NO_COUNT.search(part) or NO_COUNT.search(whole) or _banded(part, whole):
        return False
    return any(
        re.search(some, part) and re.search(all_, whole) and not re.search(all_, part) and not re.search(some, whole)
        for some, all_ in PARTS
    )


def _banded(part: str, whole: str) -> bool:
    """Whether the whole is of an age band, or of another year, so that the part need not lie in it."""
    numbers = re.findall("[0-9]+", whole)
    return bool(re.search("under|over|aged", whole)) or not all(
        re.fullmatch("(19|20)[0-9]{2}", number) and number in part for number in numbers
    )


def check_alike(cells: pd.DataFrame, key: str, found: Findings) -> None:
    """Faults where each place has one row, yet the year or the unit changes from row to row."""
    for name in cells.columns.drop(key):
        values = cells[name].str.strip()
        values = values[values != ""]
        for pattern, what, remedy in (
            (YEARS, worded("year"), worded("one year for all, or every year for every place")),
            (UNITS, worded("unit"), worded("one unit for all")),
        ):
            if pattern.match(plain(name)) and 1 < values.nunique() < max(3, 0.7 * len(values)):
                found.fault(
                    worded(
                        "column {name}: the {what} differs from place to place, {examples}, so that the rows cannot be compared. Give {remedy}.",
                        name=shown(name),
                        what=what,
                        examples=listed(values.unique()),
                        remedy=remedy,
                    )
                )


def check_bases(columns: dict[str, Numbers], found: Findings) -> None:
    """A doubt for survey results that rest on few respondents."""
    if not any(SHARE.search(plain(name)) or re.search(r"mean|score|estimate|average", plain(name)) for name in columns):
        return
    for name, column in columns.items():
        if BASE.search(plain(name)) and not NO_COUNT.search(plain(name)) and (thin := int((column.observed < THIN).sum())):
            found.repair(
                "small base",
                worded(
                    "Column {name}: {thin} estimate(s) rest on fewer than {least} respondents, the fewest on {fewest}; they will be withheld or shown as unreliable.",
                    name=shown(name),
                    thin=str(thin),
                    least=THIN,
                    fewest=f"{np.nanmin(column.observed):g}",
                ),
                thin,
            )
