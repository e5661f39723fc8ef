"""The table index × rows × cells compared × cells equal × largest difference."""

import sys

from tests.conformance.case import Case, Outcome, recipe_of, run
from tests.conformance.cases import CASES

HEAD = ("index", "table", "column", "rows", "cells", "equal", "exact", "named", "largest difference", "allowed")


def row(case: Case, outcome: Outcome) -> tuple[str, ...]:
    """One line of the table."""
    check = outcome.check
    allowed = f"{check.within:g}" + (f" at {check.digits} decimals" if check.digits is not None else "")
    cells = (
        f"{outcome.rows:,}",
        f"{outcome.cells:,}",
        f"{outcome.equal:,}",
        f"{outcome.exact:,}",
        str(outcome.named),
        f"{outcome.largest:.2g}",
        allowed,
    )
    return (case.index, case.title, check.ours, *cells)


def main() -> int:
    """Prints the table and its sum; 0 only when every cell is within what is allowed."""
    lines, cells, equal, good = [HEAD], 0, 0, True
    for case in CASES:
        if not case.there:
            lines.append((case.index, case.title, "not here: " + ", ".join(case.files), *[""] * 7))
            continue
        for outcome in run(case, recipe_of(case)):
            lines.append(row(case, outcome))
            cells, equal, good = cells + outcome.cells, equal + outcome.equal, good and outcome.holds
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print(f"\n{len({case.index for case in CASES})} indices, {cells:,} cells compared, {equal:,} equal within what is allowed.")
    return 0 if cells and good else 1


if __name__ == "__main__":
    sys.exit(main())
