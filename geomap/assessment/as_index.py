"""A workspace's methodology as an index file, so that it runs on any table with one column for each indicator."""

from typing import Any

from geomap.assessment.branches import branches_at
from geomap.errors import MethodologyError
from geomap.methodology.index import IndexFile
from geomap.methodology.parts import Indicator
from geomap.methodology.recipe import Methodology
from geomap.methodology.rules import ScaleRule
from geomap.scoring.combine import LIFT, runs_from_one
from geomap.scoring.scale import TOP
from geomap.scoring.tree import Branch

GATHER = {"arithmetic": "mean"}


def as_index(methodology: Methodology, level: str = "") -> IndexFile:
    """*methodology* at *level* (the finest when none is named) as an index file: columns are named as its indicators, scores are score_<id>.

    Its scale is fitted to the table itself, for there is no baseline in a table. Measures, the gate and the doubt stay outside.
    """
    heading = methodology.methodology
    at = level or heading.levels[0]
    indicators, wholes = methodology.at(at), {whole.id: whole for whole in (*methodology.domain, *methodology.index)}
    nodes = [_scored(indicator, indicator.scale or methodology.scale) for indicator in indicators]
    ups = {indicator.id: indicator.up for indicator in indicators}
    names = {indicator.id: f"score_{indicator.id}" for indicator in indicators}
    for branch in branches_at(methodology, at):
        nodes += _gathered(branch, wholes[branch.id].title, wholes[branch.id].reason, names, ups)
        ups[branch.id] = branch.up
    head = {
        "name": heading.name,
        "title": heading.title,
        "reason": f"The methodology of {heading.title}, version {heading.version}, on a table of its indicators.",
    }
    return IndexFile.read({"index": head, "node": nodes}, where=heading.title, error=MethodologyError)


def _scored(indicator: Indicator, rule: ScaleRule) -> dict[str, Any]:
    low, high = rule.posts
    ends = {"to": [0.0, TOP], "cap": "both"}
    ways = {
        "goalposts": [{"step": "clip_to_quantiles", "low": low / 100, "high": high / 100}, {"step": "min_max", **ends}],
        "fixed": [{"step": "min_max", "low": low, "high": high, **ends}],
        "z": [{"step": "z", "ddof": 1}, {"step": "min_max", "low": low, "high": high, **ends}],
        "percentile": [{"step": "percentile", "kind": "(r-0.5)/n", "ties": "mean"}, {"step": "linear", "multiply": TOP}],
    }
    steps = [*(step.model_dump(mode="json") for step in indicator.steps), *ways[rule.method]]
    return {"id": f"score_{indicator.id}", "title": indicator.title, "of": [indicator.id], "steps": steps, "reason": indicator.reason}


def _gathered(branch: Branch, title: str, reason: str, names: dict[str, str], ups: dict[str, str]) -> list[dict[str, Any]]:
    """The node of a branch, after nodes for those of its parts that it turns or lifts."""
    before, ready = [], []
    for part in branch.parts:
        steps = [{"step": "turn", "of": TOP}] if ups[part] != branch.up else []
        steps += [{"step": "linear", "multiply": LIFT, "add": 1.0}] if runs_from_one(branch.combine) else []
        name = names.get(part, part)
        ready.append(f"{part}_in_{branch.id}" if steps else name)
        if steps:
            before.append({"id": ready[-1], "of": [name], "steps": steps, "show": False, "reason": f"As {title} counts it."})
    whole = {
        "id": branch.id, "title": title, "of": ready, "gather": GATHER.get(branch.combine, branch.combine), "reason": reason,
        **({} if branch.combine in ("max", "min") else {"weights": branch.data or list(branch.weights)}),
        **({"missing": "propagate"} if branch.least_share == 1 else {"missing": "ignore", "least": branch.least_share}),
        "steps": [] if branch.digits is None else [{"step": "round", "digits": branch.digits}],
    }  # fmt: skip
    return [*before, whole]
