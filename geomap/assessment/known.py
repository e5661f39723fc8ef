"""What an assessment knows and where: coverage by status, extreme places, ends of scales."""

from collections.abc import Iterator

import numpy as np

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.finding import Finding, listed
from geomap.scoring.scale import TOP

SKEWED, PEAKED = 2.0, 3.5  # COINr's rule for outliers: both are exceeded (Becker et al. 2022)
LEAST, FULL = 2 / 3, 0.95
AT_ENDS = 0.25
FEW = 30
BORROWED = "value of its"
STATUS = {"missing": "not known", "suppressed": "withheld to protect people", "not_collected": "never collected"}


def coverage(assessment: Assessment) -> Iterator[Finding]:
    """How many places have a score, and which indicators are known in fewer, or only for larger places."""
    total = len(assessment.places)
    if total < FEW:
        yield Finding("coverage", "note", (), f"There are only {total} {assessment.many}: correlations among so few are loose, read them as hints.", {"places": float(total)})  # fmt: skip
    scored = {index.id: int(assessment.numbers[index.id]["value"].notna().sum()) for index in assessment.of_kind("index")}
    for count in sorted(set(scored.values())):
        alike = [name for name, own in scored.items() if own == count]
        titles = listed([f"'{assessment.node(name).title}'" for name in alike])
        said = f"{count:,} of {total:,} {assessment.many} have a score of {titles}."
        yield Finding("coverage", "note" if count >= FULL * total else "look", tuple(alike), said, {"share": count / total})
    for node in assessment.of_kind("indicator"):
        yield from _coverage(assessment, node, total)


def outliers(assessment: Assessment) -> Iterator[Finding]:
    """Indicators with a few extreme places, and those where many places stand at an end of the scale."""
    from scipy.stats import kurtosis, skew

    total = len(assessment.places)
    for node in assessment.of_kind("indicator"):
        table = assessment.numbers[node.id]
        values, scores = (table[name].dropna().to_numpy(dtype=float) for name in ("value", "scaled"))
        if len(values) > 1 and np.ptp(values) == 0:
            yield Finding("outliers", "look", (node.id,), f"'{node.title}' is the same in every {assessment.one}, so it tells no two of them apart.")  # fmt: skip
        if len(values) < 4 or np.ptp(values) == 0:
            continue
        numbers = {"skewness": float(skew(values, bias=False)), "kurtosis": float(kurtosis(values, bias=False)), "at_ends": float(np.mean((scores <= 0) | (scores >= TOP)))}  # fmt: skip
        extreme = abs(numbers["skewness"]) > SKEWED and numbers["kurtosis"] > PEAKED
        crowded = numbers["at_ends"] > AT_ENDS
        if not (extreme or crowded):
            continue
        said = f"'{node.title}' has a few extreme {assessment.many} (skewness {numbers['skewness']:.1f}, kurtosis {numbers['kurtosis']:.1f}). " if extreme else f"'{node.title}': "  # fmt: skip
        said += f"{numbers['at_ends']:.0%} of the {assessment.many} stand at an end of its scale, where they can no longer be told apart."
        still = len(scores) > 3 and np.ptp(scores) > 0 and abs(skew(scores, bias=False)) > SKEWED
        said += (
            " Its scores are skewed all the same; look whether a step before scaling, such as a logarithm, would serve."
            if extreme and still
            else ""
        )
        yield Finding("outliers", "look" if total >= FEW and (crowded or still) else "note", (node.id,), said, numbers)


def _coverage(assessment: Assessment, node: Node, total: int) -> Iterator[Finding]:
    table = assessment.numbers[node.id]
    share = float(table["scaled"].notna().mean())
    counts = table.loc[table["value"].isna(), "status"].value_counts()
    if share < FULL or counts.sum() > (1 - FULL) * total:
        why = listed([f"{count:,} {STATUS.get(str(status), str(status))}" for status, count in counts.items()])
        stand_in = (
            ""
            if table["scaled"].notna().sum() == table["value"].notna().sum()
            else "; where it is withheld, a stand-in that gives nothing away is used"
        )
        yield Finding(
            "coverage", "look" if share < LEAST else "note", (node.id,),
            f"'{node.title}' has a number for {table['value'].notna().mean():.0%} of the {assessment.many}: {why}{stand_in}.",
            {"share": share, **{str(status): count / total for status, count in counts.items()}},
        )  # fmt: skip
    borrowed = table["flags"].str.startswith(BORROWED, na=False)
    if borrowed.any():
        yield Finding(
            "coverage", "look", (node.id,),
            f"'{node.title}' is known for larger places only: {borrowed.mean():.0%} of the {assessment.many} show the {table.loc[borrowed, 'flags'].iloc[0]}. "
            "It tells nothing about differences inside these.",
            {"borrowed": float(borrowed.mean()), "different_values": float(table.loc[borrowed, "value"].nunique())},
        )  # fmt: skip
