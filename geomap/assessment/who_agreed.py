"""How many people agreed in every cell of the tables of a survey: for the ledger of what was published, which is no part of an edition."""

import pandas as pd

from geomap.assessment.grid_cells import Grounds, unsaid
from geomap.assessment.trust_grid import KEYS, Tabled, tabled, waves_of
from geomap.indicators.respondents import respondents
from geomap.indicators.sources import Sources
from geomap.methodology.listening import Listening

NAMED = ", named "  # in the name of a filter between a question of several answers and one of them; no column itself
COLUMNS = (*KEYS, "agree", "agreed")


def who_agreed(sources: Sources, rule: Listening, base: int) -> pd.DataFrame:
    """The columns COLUMNS: a row for each share, place and group of *trust_grid*, shown or not, each person counted once whatever the weight.

    agree: the filter that those who agreed are told by, answers by column.
    """
    layer = sources.layer(rule.layer)
    tables = [pd.DataFrame(columns=list(COLUMNS))]
    for period, rows in waves_of(layer, sources.period):
        then = sources.at(period)
        who = respondents(rows, (), period)
        grounds = Grounds.of(who, then, rule.levels or then.levels)
        tables += [_counts(one).assign(period=period) for one in tabled(who, grounds, then, rule, base)]
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def agreement(question: str, agree: tuple, answer: str = "") -> dict[str, list[str]]:
    """The filter of those who gave one of the answers *agree*, or who named *answer* where several may be named."""
    return {f"{question}{NAMED}{answer}": ["yes"]} if answer else {question: sorted(map(str, agree))}


def _counts(one: Tabled) -> pd.DataFrame:
    said = one.cells.table.assign(agreed=one.agreed.astype(float), question=one.name, answer=one.answer)
    filters = [agreement(one.name, one.question.agree, one.answer)] * len(said)
    return said.assign(agree=filters)[~unsaid(said)]
