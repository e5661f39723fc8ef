"""What the surveys of a workspace say beside its indicators, as the tables of an edition."""

import pandas as pd

from geomap.assessment.group_differences import group_differences
from geomap.assessment.non_response import non_response
from geomap.assessment.pillars import pillars
from geomap.assessment.read_first import read_first
from geomap.assessment.trust_grid import trust_grid
from geomap.assessment.who_answered import who_answered
from geomap.methodology.listening import Listening
from geomap.worded import worded
from geomap.workspace.workspace import Workspace

ANSWERS, DIFFERENCES, UNANSWERED, WHO, PILLARS, FIRST = "answers", "differences", "non-response", "who-answered", "pillars", "read-first"
TITLES = {
    ANSWERS: worded("{title}: what people said"), UNANSWERED: worded("{title}: what those who did not answer could change"), DIFFERENCES: worded("{title}: whether groups differ"),
    WHO: worded("{title}: who answered, against who lives here"), PILLARS: worded("{title}: its scales"), FIRST: worded("{title}: what must be read with it"),
}  # fmt: skip


def listened(workspace: Workspace) -> dict[str, tuple[str, pd.DataFrame]]:
    """Tables by name (layer and kind), each with its title; of the surveys that the methodology lists and this tier may hold."""
    tier = workspace.methodology.methodology.tier
    found: dict[str, tuple[str, pd.DataFrame]] = {}
    for rule in workspace.methodology.survey:
        if all(workspace.sources.layer(name).card.may_be_seen_in(tier) for name in rule.layers()):
            found |= _tables(workspace, rule)
    return found


def _tables(workspace: Workspace, rule: Listening) -> dict[str, tuple[str, pd.DataFrame]]:
    method = workspace.methodology
    sources, gate = workspace.sources.at(method.methodology.period), method.disclosure.rule()
    base = gate.survey_base
    card = sources.layer(rule.layer).card
    found = {} if rule.counted else {ANSWERS: trust_grid(sources, rule, gate, method.reliability)}
    for grid in list(found.values()):
        found[UNANSWERED] = non_response(sources, rule, grid)
        if rule.by:
            found[DIFFERENCES] = group_differences(sources, rule, grid, base)
    if rule.aggregates is None:
        found[WHO] = who_answered(sources, rule, base)
    if card.survey and card.survey.instrument:
        found[PILLARS] = pillars(sources, rule, base)
    found[FIRST] = read_first(sources, rule.layer)
    title = worded("{title} (not reviewed)", title=card.title) if card.unreviewed else card.title
    return {f"{rule.layer}-{kind}": (TITLES[kind].format(title=title), table) for kind, table in found.items() if len(table)}
