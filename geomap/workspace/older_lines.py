"""What earlier lines of the ledger leave unsaid: made up for before they are held against a new edition, and where it cannot be, the new one is refused.

An edition can name only the columns that were named by then, and before form 2 a line said of a survey's shares how many answered, not how many agreed.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from geomap.disclosure.ledger import Exposure, Ledger, Release
from geomap.disclosure.nesting import Nests, Said, implied
from geomap.worded import worded
from geomap.workspace.release_surveys import MADE, agreed_besides, layer_of

AGREED_SINCE = 2  # the form of the ledger's lines that say how many agreed


def completed(ledger: Ledger, release: Release) -> Ledger:
    """The ledger with what each filter says of coarser columns of the same records, as far as *release* knows how they nest."""
    return Ledger(tuple(replace(one, entries=one.entries.assign(where=implying(one.entries, release.nests))) for one in ledger.releases))


def implying(entries: pd.DataFrame, nests: dict[str, Nests]) -> pd.Series:
    """The filters of *entries*, each with what it says of coarser columns. nests: by layer."""
    where = entries["where"].copy()
    for layer, some in entries.groupby(layer_of(entries["what"]))["where"]:
        if nests.get(layer):
            where.loc[some.index] = some.map({text: json.dumps(implied(json.loads(text), nests[layer])) for text in dict.fromkeys(some)})
    return where


def unjudged(ledger: Ledger, release: Release) -> list[Exposure]:
    """The numbers of *release* that something was published before of the same days about which too little is known."""
    found: list[Exposure] = []
    for one in ledger.releases:
        found += [*_lost(one, release), *_vanished(one, release)] + ([*_never_said(one, release)] if one.form < AGREED_SINCE else [])
    return found


def _never_said(old: Release, new: Release) -> Iterator[Exposure]:
    """Shares of questions whose answers *old* told, without having entered how many agreed."""
    asked = old.entries.assign(what=old.entries["what"].map(agreed_besides))
    for one in _beside(asked, new.entries):
        sentence = worded(
            "How many agreed on '{indicator}' can be worked out from what '{edition}' told, but its line in the ledger is of an older form that says only how many answered; what both tell together cannot be judged. "
            "Leave this question out of the edition, or publish it for other years.",
            indicator=one.indicator,
            edition=old.name,
        )
        yield Exposure(one.what, one.place, 0.0, 0.0, one.entry, old.name, sentence)


def _lost(old: Release, new: Release) -> Iterator[Exposure]:
    """Numbers by other columns than one that *old* told by and that the records no longer have."""
    for layer, column in sorted(new.lost):
        by = old.entries[
            (layer_of(old.entries["what"]) == layer) & old.entries["where"].map(lambda text, name=column: name in json.loads(text))
        ]
        known = by["where"].map(json.loads).map(set).explode().unique() if len(by) else []
        others = new.entries[new.entries["where"].map(lambda text, names={*known, MADE}: bool(set(json.loads(text)) - names))]
        for one in _beside(by, others):
            sentence = worded(
                "'{edition}' told '{what}' by the column '{column}', which the records no longer have, so nobody can say how it goes with the groups of this edition. "
                "Put the column back, or publish by the columns of then.",
                edition=old.name,
                what=one.what,
                column=column,
            )
            yield Exposure(one.what, one.place, 0.0, 0.0, one.entry, old.name, sentence)


def _vanished(old: Release, new: Release) -> Iterator[Exposure]:
    """Numbers by a coarser column beside those that *old* told of a finer one's values that the records no longer hold: nobody knows into which coarser value they fall."""
    for layer, nests in new.nests.items():
        told, fresh = (one.entries[layer_of(one.entries["what"]) == layer] for one in (old, new))
        filters, others = told["where"].map(json.loads), fresh["where"].map(json.loads)
        for (finer, coarser), into in nests.items():
            gone = filters.map(partial(_unknown, finer=finer, coarser=coarser, known=into))
            by = others.map(partial(_by_the_coarser, finer=finer, coarser=coarser))
            for one in _beside(told[gone != ""], fresh[by.astype(bool)]):
                sentence = worded(
                    "'{edition}' told '{what}' by '{finer}' of '{value}', which the records no longer hold, so nobody can say in which '{coarser}' it lies. "
                    "Put the name of then back into the records, or leave out what is told by '{coarser}'.",
                    edition=old.name,
                    what=one.what,
                    finer=finer,
                    coarser=coarser,
                    value=next(filter(None, gone)),
                )
                yield Exposure(one.what, one.place, 0.0, 0.0, one.entry, old.name, sentence)


def _unknown(said: Said, finer: str, coarser: str, known: Collection[str]) -> str:
    """The first value of *finer* that the filter names and that is not *known*; nothing where it names *coarser* itself."""
    named = said.get(finer)
    return next((str(one) for one in named if str(one) not in known), "") if isinstance(named, list) and coarser not in said else ""


def _by_the_coarser(said: Said, finer: str, coarser: str) -> bool:
    return coarser in said and finer not in said


@dataclass(frozen=True)
class _Beside:
    what: str
    indicator: str
    place: str
    entry: int


def _beside(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[_Beside]:
    """One entry of *new* for each thing of which *old* tells something of the same days."""
    days = ["what", "since", "until"]
    pairs = old[days].drop_duplicates().merge(new.reset_index(names="entry"), on="what", suffixes=("_old", ""))
    pairs = pairs[(pairs["since"] <= pairs["until_old"]) & (pairs["until"] >= pairs["since_old"])].drop_duplicates("what")
    for row in pairs.itertuples():
        yield _Beside(row.what, row.indicator, row.place, row.entry)
