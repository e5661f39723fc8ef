"""The table index × rows × cells compared × cells equal × largest difference, a line for each published table; --columns for each column."""

import sys
from collections.abc import Sequence

from tests.conformance.case import Case, Outcome, recipe_of, run
from tests.conformance.cases import CASES

HEAD = ("index", "published table", "columns", "rows", "cells", "equal", "named", "largest difference", "allowed")


def line(case: Case, name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """One line of the table, of one column or of all columns of a case."""
    worst = max(outcomes, key=lambda outcome: outcome.largest)
    rounded = {outcome.check.digits for outcome in outcomes} - {None}
    allowed = f"{max(outcome.check.within for outcome in outcomes):.3g}" + (f", some at {min(rounded)} decimals" if rounded else "")
    sums = (sum(getattr(outcome, part) for outcome in outcomes) for part in ("cells", "equal", "named"))
    return (case.index, case.title, name, f"{outcomes[0].rows:,}", *(f"{total:,}" for total in sums), f"{worst.largest:.2g}", allowed)


def lines_of(case: Case, outcomes: Sequence[Outcome], *, columns: bool) -> list[tuple[str, ...]]:
    """The lines of a case."""
    if columns:
        return [line(case, outcome.check.ours, [outcome]) for outcome in outcomes]
    return [line(case, str(len(outcomes)), outcomes)]


def main(words: Sequence[str]) -> int:
    """Prints the table and its sum; 0 only when every cell is within what is allowed, and no file was left out."""
    lines, cells, equal, good = [HEAD], 0, 0, True
    for case in CASES:
        if not case.there:
            lines.append((case.index, case.title, "not here: " + ", ".join(case.files), *[""] * (len(HEAD) - 3)))
            good = False
            continue
        outcomes = run(case, recipe_of(case))
        lines += lines_of(case, outcomes, columns="--columns" in words)
        cells, equal = cells + sum(outcome.cells for outcome in outcomes), equal + sum(outcome.equal for outcome in outcomes)
        good = good and all(outcome.holds for outcome in outcomes)
    widths = [max(len(row[column]) for row in lines) for column in range(len(HEAD))]
    for row in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"\n{len({case.index for case in CASES})} indices, {cells:,} cells compared, {equal:,} equal within what is allowed.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
