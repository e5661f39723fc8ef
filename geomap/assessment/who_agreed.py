"""How many people agreed in every cell of the tables of a survey: for the ledger of what was published, which is no part of an edition."""

from dataclasses import dataclass

import pandas as pd

from geomap.assessment.grid_cells import unsaid
from geomap.assessment.grounds import Grounds
from geomap.assessment.handed_shares import handed_counts
from geomap.assessment.trust_grid import KEYS, Tabled, tabled, waves_of
from geomap.indicators.respondents import respondents
from geomap.indicators.sources import Sources
from geomap.methodology.listening import Listening

NAMED = ", named "  # in the name of a filter between a question of several answers and one of them; no column itself
COLUMNS = (*KEYS, "agree", "agreed")


Lacks = dict[tuple[str, str], tuple[str, ...]]  # by level and place, the smallest places inside it whose answers stay out of it


@dataclass(frozen=True)
class Agreed:
    """counts: the columns COLUMNS, a row for each share, place and group of *trust_grid*, shown or not, each person counted once whatever the weight.

    Named answers that *trust_grid* leaves out are among them; whoever enters what is shown passes them over. agree: the filter that those who agreed are told by, answers by column. lacks: by question and period.
    """

    counts: pd.DataFrame
    lacks: dict[tuple[str, str], Lacks]


def who_agreed(sources: Sources, rule: Listening, base: int) -> Agreed:
    """How many agreed in all waves up to now, and which answers stay out of which places; of shares that were handed over nothing is known of those."""
    if rule.aggregates is not None:
        return Agreed(handed_counts(sources, rule, rule.aggregates)[list(COLUMNS)], {})
    layer = sources.layer(rule.layer)
    tables, lacks = [pd.DataFrame(columns=list(COLUMNS))], {}
    for period, rows in waves_of(layer, sources.period):
        then = sources.at(period)
        who = respondents(rows, then, ())
        grounds = Grounds.of(rows, then, rule.levels or then.levels)
        for one in tabled(who, grounds, then, rule, base):
            tables.append(_counts(one).assign(period=period))
            if (one.name, period) not in lacks:
                left = {level: away & one.answered for level, away in one.cells.left.items()}
                lacks[one.name, period] = grounds.lacks(left, then, rule.layer)
    return Agreed(pd.concat(tables, ignore_index=True)[list(COLUMNS)], lacks)


def agreement(question: str, agree: tuple, answer: str = "") -> dict[str, list[str]]:
    """The filter of those who gave one of the answers *agree*, or who named *answer* where several may be named."""
    return {f"{question}{NAMED}{answer}": ["yes"]} if answer else {question: sorted(map(str, agree))}


def _counts(one: Tabled) -> pd.DataFrame:
    said = one.cells.table.assign(agreed=one.agreed.astype(float), question=one.name, answer=one.answer)
    filters = [agreement(one.name, one.question.agree, one.answer)] * len(said)
    return said.assign(agree=filters)[~unsaid(said)]
