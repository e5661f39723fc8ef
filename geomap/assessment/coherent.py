"""How the parts of an assessment go together: what counts double, what pulls against its domain, which weights it has in effect."""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.directions import item_rest, part_scores, reach_of_chance, turned_parts
from geomap.assessment.finding import Finding, Severity, listed
from geomap.methodology.honesty import doubled
from geomap.methodology.recipe import Methodology
from geomap.scoring.combine import turn
from geomap.statistics.coherence import alpha_without, cronbach_alpha, principal_components, sampling_adequacy, standardised_alpha
from geomap.statistics.correlation import correlations
from geomap.statistics.importance import effective_weights

SAME = 0.9995
DOUBLE = 0.9
NEARLY = 0.8
APART = 0.10
UNWEIGHTED = ("max", "min")


def correlation_table(assessment: Assessment) -> pd.DataFrame:
    """Correlations of all indicators, (indicator, indicator), each turned so that higher needs more attention."""
    nodes = assessment.of_kind("indicator")
    scores = np.column_stack([part_scores(assessment, node.id) for node in nodes])
    names = [node.id for node in nodes]
    return pd.DataFrame(correlations(turn(scores, np.array([node.up == "better" for node in nodes]))), index=names, columns=names)


def weights_table(assessment: Assessment, whole: Node) -> pd.DataFrame:
    """A row per part: its agreed share of the weight, and its share in effect by correlation ratio and by LMG; each column sums to 1."""
    parts, score = turned_parts(assessment, whole), assessment.numbers[whole.id]["value"].to_numpy(dtype=float)
    agreed = np.array(whole.weights) / np.sum(whole.weights)
    return pd.DataFrame(
        {
            "agreed": agreed,
            "correlation_ratio": effective_weights(parts, score),
            "lmg": effective_weights(parts, score, by="lmg"),
        },
        index=pd.Index(whole.parts, name="part"),
    )


def counted_twice(assessment: Assessment, methodology: Methodology) -> Iterator[Finding]:
    """Pairs of indicators that count the same things, or say nearly the same of every place."""
    for remark in doubled(methodology):
        if set(remark.about) <= set(assessment.numbers):
            yield Finding("double", "mend" if remark.severity == "error" else "look", remark.about, remark.sentence)
    table = correlation_table(assessment)
    places = int(min(assessment.numbers[name]["scaled"].notna().sum() for name in table.index))
    for group in _groups(table.to_numpy() > SAME):
        yield _close(assessment, table.iloc[group, group], "mend", "the same")
    for group in _groups(table.to_numpy() > DOUBLE):
        found = table.iloc[group, group]
        if np.min(found) <= SAME:
            sure = reach_of_chance(np.array([_pairs(found).max()]), np.array([places]))[0][0] > NEARLY
            yield _close(assessment, found, "look" if sure else "note", "much the same")


def against_their_domain(assessment: Assessment) -> Iterator[Finding]:
    """Parts whose correlation with the rest of their domain is below 0; two parts of one domain are told together."""
    for domain in _wholes(assessment, "domain"):
        r, high = item_rest(assessment, domain)
        pairs = len(domain.parts) == 2
        for part, value, most in [*zip(domain.parts, r, high, strict=True)][: 1 if pairs else None]:
            if not value < 0:
                continue
            about = domain.parts if pairs else (part,)
            who = listed([f"'{assessment.node(name).title}'" for name in about])
            sure = most < 0
            rest = (
                "Look whether the direction is right, or whether it belongs elsewhere."
                if sure
                else f"That is no more than chance does among {len(assessment.places):,} {assessment.many}."
            )
            yield Finding(
                "against", "look" if sure else "note", about,
                f"{who} {'run against each other' if pairs else 'runs against the rest'} in '{domain.title}' (r = {value:.2f}). {rest} The direction stays as agreed.",
                {"r": float(value), "r_high": float(most)},
            )  # fmt: skip


def together(assessment: Assessment) -> Iterator[Finding]:
    """Mean correlations within each domain and with the others."""
    table, homes = correlation_table(assessment), {node.id: node.domain for node in assessment.of_kind("indicator")}
    home = np.array([homes[name] for name in table.index])
    off = ~np.eye(len(table), dtype=bool)
    for domain in assessment.of_kind("domain"):
        own = home == domain.id
        within, across = table.to_numpy()[np.outer(own, own) & off], table.to_numpy()[np.outer(own, ~own)]
        if not np.isfinite(within).any() or not np.isfinite(across).any():
            continue
        inside, outside = float(np.nanmean(within)), float(np.nanmean(across))
        said = f"The indicators of '{domain.title}' go together with r = {inside:.2f} on average, with those of other domains with {outside:.2f}"
        less = inside < outside
        end = ", which is more: look whether they belong in one domain." if less else "."
        yield Finding("together", "look" if less else "note", (domain.id,), said + end, {"within": inside, "across": outside})


def alphas(assessment: Assessment) -> Iterator[Finding]:
    """Cronbach's alpha of each domain, described."""
    for domain in _wholes(assessment, "domain"):
        parts = turned_parts(assessment, domain)
        alpha = cronbach_alpha(parts)
        if not np.isfinite(alpha):
            continue
        how = "closely" if alpha >= 0.8 else "to some extent" if alpha >= 0.6 else "little, if at all"
        numbers = {"alpha": alpha, "standardised": standardised_alpha(parts)}
        numbers |= {
            f"without {part}": float(value) for part, value in zip(domain.parts, alpha_without(parts), strict=True) if np.isfinite(value)
        }
        yield Finding("alpha", "note", (domain.id,), f"The parts of '{domain.title}' vary together {how} (Cronbach's alpha {alpha:.2f}).", numbers)  # fmt: skip


def components(assessment: Assessment) -> Iterator[Finding]:
    """Principal components of all indicators, and of each domain with three parts or more."""
    nodes = assessment.of_kind("indicator")
    scores = np.column_stack([part_scores(assessment, node.id) for node in nodes])
    everything = turn(scores, np.array([node.up == "better" for node in nodes]))
    if found := _components("All indicators", ("all",), everything):
        yield found
    for domain in _wholes(assessment, "domain"):
        if len(domain.parts) > 2 and (
            found := _components(f"The parts of '{domain.title}'", (domain.id,), turned_parts(assessment, domain))
        ):
            yield found


def weights_in_effect(assessment: Assessment) -> Iterator[Finding]:
    """What share each part has in what tells places apart, beside the agreed one."""
    for whole in (*_wholes(assessment, "index"), *_wholes(assessment, "domain")):
        if whole.combine in UNWEIGHTED:
            yield Finding("weights", "note", (whole.id,), f"'{whole.title}' is its {'highest' if whole.combine == 'max' else 'lowest'} part; weights play no role.")  # fmt: skip
            continue
        try:
            table = weights_table(assessment, whole)
        except ValueError:
            yield Finding("weights", "note", (whole.id,), f"Too few {assessment.many} have every part of '{whole.title}' to say which weights it has in effect.")  # fmt: skip
            continue
        if not np.isfinite(table["lmg"]).all():
            continue
        apart = (table["lmg"] - table["agreed"]).abs() >= APART
        told = [f"'{assessment.node(part).title}' {row['agreed']:.0%} (in effect {row['lmg']:.0%})" for part, row in table.iterrows()]
        numbers = {f"{part} {column}": float(table.at[part, column]) for part in table.index for column in table.columns}
        how = "other weights in effect than agreed" if apart.any() else "about the weights in effect that were agreed"
        yield Finding(
            "weights", "look" if apart.any() else "note", (whole.id, *table.index[apart]),
            f"The parts of '{whole.title}' have {how}: {', '.join(told)}.", numbers,
        )  # fmt: skip


def _components(who: str, about: tuple[str, ...], parts: np.ndarray) -> Finding | None:
    parts = parts[:, np.isfinite(np.diag(correlations(parts)))]
    found = principal_components(parts) if parts.shape[1] > 1 else None
    if found is None or not np.isfinite(found.eigenvalues).all():
        return None
    count, first = int((found.eigenvalues > 1).sum()), float(found.explained[0])
    numbers = {"components": float(count), "first": first, "explained": float(found.explained[:count].sum())}
    with suppress(ValueError):
        adequacy = sampling_adequacy(parts).overall
        numbers |= {"kmo": adequacy} if np.isfinite(adequacy) else {}
    numbers |= {f"eigenvalue {place}": float(value) for place, value in enumerate(found.eigenvalues, start=1)}
    whole = about == ("all",)
    many = count > 1 and not whole
    things = "one thing" if count == 1 else f"{count} separate things"
    said = f"{who} measure about {things} (components with an eigenvalue above 1); the first holds {first:.0%} of what varies"
    said += f", together they hold {numbers['explained']:.0%}" if count > 1 else ""
    return Finding(
        "components", "look" if many else "note", about, said + ("; look whether one number can stand for them." if many else "."), numbers
    )


def _wholes(assessment: Assessment, kind: str) -> tuple[Node, ...]:
    return tuple(node for node in assessment.of_kind(kind) if len(node.parts) > 1)


def _groups(close: np.ndarray) -> list[list[int]]:
    """The positions of what is close to one another, directly or through others; groups of two or more."""
    from scipy.sparse.csgraph import connected_components

    _, label = connected_components(close, directed=False)
    return [np.flatnonzero(label == group).tolist() for group in np.flatnonzero(np.bincount(label) > 1)]


def _pairs(table: pd.DataFrame) -> np.ndarray:
    return table.to_numpy()[np.triu_indices(len(table), k=1)]


def _close(assessment: Assessment, table: pd.DataFrame, severity: Severity, how: str) -> Finding:
    nodes = [assessment.node(name) for name in table.index]
    titles = [f"'{node.title}'" for node in nodes]
    homes = list(dict.fromkeys(f"'{assessment.node(node.domain).title}'" for node in nodes))
    known = _pairs(table)
    r = f"r = {known[0]:.2f}" if len(known) == 1 else f"r = {known.min():.2f} to {known.max():.2f}"
    times = "twice" if len(nodes) == 2 else f"{len(nodes)} times"
    numbers = {
        f"{one} {other}": float(table.at[one, other])
        for place, one in enumerate(table.index)
        for other in table.index[place + 1 :]
        if table.at[one, other] > DOUBLE
    }
    return Finding(
        "double", severity, tuple(table.index),
        f"{listed(titles)} say {how} of every {assessment.one} ({r}); what they have in common counts {times}, in {listed(homes)}.",
        numbers,
    )  # fmt: skip
