"""Census profiles that stand on their side: a neighbourhood a column, a characteristic a row, labels that mean something only below another."""

import pandas as pd

from geomap.intake.findings import Findings
from geomap.intake.names import alike
from geomap.intake.words import shown
from geomap.worded import worded

ENOUGH = 0.8
LABEL = "characteristic"


def lies_on_its_side(cells: pd.DataFrame, codes: pd.Index | None, names: pd.Series | None) -> list[str]:
    """The columns whose heads are places, where most places head one; else none."""
    heads = pd.Series(cells.columns, dtype="object")
    for known in (codes, names):
        if known is None or len(known) < 5 or len(heads) <= ENOUGH * len(known):
            continue
        places = set(alike(pd.Series(known, dtype="object")))
        hits = heads[alike(heads).isin(places)]
        if len(hits) >= ENOUGH * len(places):
            return _block(heads, hits)
    return []


def _block(heads: pd.Series, hits: pd.Series) -> list[str]:
    """All columns from the first place to the last: a name written otherwise is a place too."""
    return heads.iloc[hits.index.min() : hits.index.max() + 1].tolist()


def put_upright(cells: pd.DataFrame, places: list[str], found: Findings) -> pd.DataFrame:
    """One row a place; a label that stands twice is told apart by its topic, else by the row it stands in."""
    others = [name for name in cells.columns if name not in set(places)]
    label = _label(cells, others) if others else ""
    plain = cells[label].str.strip() if label else pd.Series("", index=cells.index)
    labels, twice = plain.copy(), plain.duplicated(keep=False) & (plain != "")
    if twice.any():
        heads = _heads(cells[label]) if label else plain
        labels = labels.mask(twice, heads.where(heads == "", heads + " / ") + plain)
        again = labels.duplicated(keep=False)
        labels = labels.mask(again, labels + " (row " + pd.Series(cells.index.astype(str), index=cells.index) + ")")
        found.repair(
            "repeated labels",
            worded(
                "{count} row labels stand more than once and mean something only below another; each was given its heading or its row.",
                count=int(twice.sum()),
            ),
            int(twice.sum()),
            tuple(map(shown, plain[twice].unique()[:3])),
        )
    upright = cells[places].T
    upright.columns = pd.Index(labels.mask(labels == "", "row " + pd.Series(cells.index.astype(str), index=cells.index)), dtype="object")
    upright.insert(0, "name", upright.index)
    found.repair(
        "transposed",
        worded(
            "The table lies on its side: {count} places are columns and {whole} characteristics are rows; it was turned, one row a place.",
            count=len(places),
            whole=len(cells),
        ),
        len(places),
        tuple(map(shown, places[:3])),
    )
    upright.index = pd.RangeIndex(1, len(upright) + 1)
    return upright.loc[:, ~upright.columns.duplicated()]


def _label(cells: pd.DataFrame, others: list[str]) -> str:
    """The column that says most: the one with most different words in it."""

    def words(name: str) -> int:
        text = cells[name].str.strip()
        return int(text[text.str.contains("[A-Za-z]", regex=True)].nunique())

    return max(others, key=words)


def _heads(labels: pd.Series) -> pd.Series:
    """The label each row stands under: the last one that is less indented."""
    depth = (labels.str.len() - labels.str.lstrip().str.len()).tolist()
    words, above, heads = labels.str.strip().tolist(), [], []
    for level, word in zip(depth, words, strict=True):
        while above and above[-1][0] >= level:
            above.pop()
        heads.append(above[-1][1] if above else "")
        above.append((level, word))
    return pd.Series(heads, index=labels.index)
