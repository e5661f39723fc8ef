"""Which column holds the codes of places, and what stands between its cells and those codes: space, case, a lost zero, a needless .0."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.intake.cells import INVISIBLE, tidy
from geomap.intake.distinct import each, stripped
from geomap.intake.findings import Findings
from geomap.intake.words import shown
from geomap.worded import worded

CODE_HEAD = re.compile(
    r"code|cd$|_cd|gss|geoid|lsoa|msoa|\boa\b|\bwd|\blad|ward|hood|neigh|area|zone|district|borough|tract|place|\bdguid|_id$|number$",
    re.IGNORECASE,
)
ROW_HEAD = re.compile(
    r"^(_?id|fid|objectid|index|row|no|nr|#|x|y|unnamed.*|column_[0-9]+|respondent|ogc_fid|gid|uid|serial)$", re.IGNORECASE
)
SCIENTIFIC = r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{2,}"
ENOUGH, SOME = 0.5, 0.1
SPACES = worded("{count} code(s) in column {name} had spaces around them; taken off.")
STEPS = {
    1: ("padding", worded("{count} code(s) in column {name} had spaces around them or signs that do not show (invisible); taken off.")),
    2: ("case", worded("{count} code(s) in column {name} are written in another case than in the boundaries; put right.")),
    3: ("trailing .0", worded("{count} code(s) in column {name} end in a needless .0, as spreadsheets write numbers; taken off.")),
    4: (
        "leading zero",
        worded("{count} code(s) in column {name} had lost or won a leading zero, as spreadsheets do to numbers; put right."),
    ),
}


@dataclass(frozen=True)
class Key:
    """name: the column; codes: per row the boundaries' own code, or nothing; share: of rows with a code that match."""

    name: str
    codes: pd.Series
    share: float
    steps: dict[int, int]


def find_key(cells: pd.DataFrame, known: pd.Index) -> Key | None:
    """The column whose cells are codes of *known*, told by its cells first and its head second; nothing where none is."""
    known = pd.Index(known.astype(str))
    flat, distinct = pd.factorize(cells.to_numpy(dtype=object).ravel())
    grid = flat.reshape(cells.shape)
    codes, steps = _resolved(pd.Series(distinct, dtype="object").astype(str), known)
    filled = pd.Series(distinct, dtype="object").astype(str).str.strip().to_numpy() != ""
    best: tuple[tuple[float, ...], int] | None = None
    for at, name in enumerate(cells.columns):
        here = grid[:, at][filled[grid[:, at]]]
        if not len(here) or (_short(known) and _counts_rows(str(name), distinct, grid[:, at])):
            continue
        hits = steps[here] >= 0
        share, plain = hits.mean(), (steps[here] >= 0)[steps[here] < 4].mean() if (steps[here] < 4).any() else 0.0
        if share < SOME or (share < ENOUGH and not CODE_HEAD.search(str(name))):
            continue
        head = -1 if ROW_HEAD.match(str(name)) else 1 if CODE_HEAD.search(str(name)) else 0
        wide = len(np.unique(here)) / len(known)
        score = (share >= ENOUGH, head if _short(known) else 0, round(float(share), 2), round(float(plain), 2), head, min(wide, 1.0), -at)
        if best is None or score > best[0]:
            best = (score, at)
    if best is None:
        return None
    column = grid[:, best[1]]
    counts = np.bincount(steps[column[steps[column] > 0]], minlength=5)
    found = pd.Series(codes[column], index=cells.index, dtype="object")
    rows = filled[column]
    return Key(
        str(cells.columns[best[1]]), found, float(found[rows].notna().mean()), {step: int(counts[step]) for step in STEPS if counts[step]}
    )


def tell_steps(key: Key, cells: pd.Series, found: Findings) -> None:
    """A repair for each way in which codes were put right."""
    changed = [f"{shown(raw)} is {code}" for raw, code in zip(cells, key.codes, strict=True) if code is not None and raw != code][:3]
    for step, count in key.steps.items():
        about, what = STEPS[step]
        if step == 1 and not cells.str.contains(f"[{INVISIBLE}]", regex=True).any():
            what = SPACES
        found.repair(about, what.format(count=f"{count:,}", name=shown(key.name)), count, tuple(changed))


def guess_key(cells: pd.DataFrame) -> str:
    """Without boundaries: the first column headed like codes whose cells are alike in make; else the first that looks like codes."""
    for name in cells.columns:
        filled = stripped(cells[name])
        filled = filled[filled != ""]
        if (
            len(filled)
            and re.search(r"code|cd$|gss|geoid|dguid", str(name), re.IGNORECASE)
            and not re.search("post|zip|colou?r", str(name), re.IGNORECASE)
            and each(filled, lambda text: text.str.len()).nunique() <= 3
        ):
            return str(name)

    def coded(column: pd.Series) -> bool:
        return each(column, lambda text: text.str.strip().str.fullmatch(r"[A-Z][0-9]{8}")).mean() > 0.8

    return next((str(name) for name in cells.columns if coded(cells[name])), "")


def written_scientifically(column: pd.Series) -> bool:
    """Whether long codes were turned into powers of ten, so that none can be told from another."""
    return bool(each(column, lambda cells: cells.str.strip().str.fullmatch(SCIENTIFIC)).mean() > 0.5)


def _short(known: pd.Index) -> bool:
    """Whether the codes are small numbers, which many columns hold by chance."""
    return bool(known.str.fullmatch(r"[0-9]{1,5}").all())


def _counts_rows(name: str, distinct: np.ndarray, column: np.ndarray) -> bool:
    """Whether a column headed like a row number runs from 0 or 1 upwards: it counts rows, and would match small codes by chance."""
    if not ROW_HEAD.match(name) or len(column) < 2:
        return False
    cells = pd.to_numeric(pd.Series(distinct, dtype="object").iloc[column], errors="coerce").to_numpy(float)
    return cells[0] in (0, 1) and bool((np.diff(cells) == 1).all())


def _resolved(distinct: pd.Series, known: pd.Index) -> tuple[np.ndarray, np.ndarray]:
    """For each distinct cell its code and the step at which it was found: 0 as written, -1 nowhere."""
    codes = np.full(len(distinct), None, dtype=object)
    steps = np.full(len(distinct), -1)
    clean = tidy(distinct)
    upper = clean.str.upper()
    whole = upper.str.replace(r"(?<=[0-9A-Z])\.0+$", "", regex=True)
    forms = [
        (distinct, known),
        (clean, known.str.strip()),
        (upper, known.str.upper()),
        (whole, known.str.upper()),
        (_unpadded(whole), _unpadded(known.to_series().str.upper())),
    ]
    for step, (cells, targets) in enumerate(forms):
        table = pd.Series(known, index=pd.Index(targets))
        table = table[~table.index.duplicated(keep=False)]
        open_ = (steps < 0) & (clean != "").to_numpy()
        hits = open_ & cells.isin(table.index).to_numpy()
        codes[hits] = table.reindex(cells[hits]).to_numpy()
        steps[hits] = step
    return codes, steps


def _unpadded(cells: pd.Series) -> pd.Series:
    return cells.mask(cells.str.fullmatch(r"0+[0-9.]+"), cells.str.lstrip("0").replace("", "0"))
