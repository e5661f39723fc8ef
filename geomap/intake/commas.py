"""What a comma or a point means in a column of numbers: decimals or thousands, told by the column itself or by its neighbours."""

from dataclasses import dataclass

import numpy as np

from geomap.intake.cells import COMMA_STYLES
from geomap.intake.described import Described
from geomap.intake.findings import Findings
from geomap.intake.words import listed, shown
from geomap.worded import worded


@dataclass(frozen=True)
class Elsewhere:
    """What the rest of the file says: the separator between cells, the meaning of a comma in columns that leave no doubt, the numbers of its rows."""

    separator: str
    comma: str
    rows: np.ndarray


def comma_among(seen: Described, columns: dict[str, np.ndarray]) -> str:
    """What the columns that leave no doubt say of the comma: "decimal", "group", or nothing where they disagree or keep silent."""
    told = {comma_in(seen, column) for column in columns.values()} - {"", "mixed"}
    return told.pop() if len(told) == 1 else ""


def comma_in(seen: Described, column: np.ndarray) -> str:
    """What a comma means in a column: "decimal", "group", "mixed", or nothing where the column keeps silent."""
    comma = seen.any("dots_comma", column) or seen.any("dots", column) or bool((seen.is_["comma"] & ~seen.is_["comma3"])[column].any())
    group = (
        seen.any("commas", column)
        or seen.any("commas_dot", column)
        or (seen.any("comma", column) and bool((seen.is_["dot"] & ~seen.is_["dot3"])[column].any()))
    )
    if comma and (group or bool((seen.is_["dot"] & ~seen.is_["dot3"])[column].any())):
        return "mixed"
    if comma or group:
        return "decimal" if comma else "group"
    if not seen.any("comma3", column):
        return "group" if bool((seen.is_["dot"] & ~seen.is_["dot3"])[column].any()) else ""
    numbers = np.unique(column[seen.is_["comma3"][column]])
    whole = np.abs(seen.value["as_dot"][column[seen.is_["whole"][column]]])
    round_ = all(str(seen.text["as_dot"][at]).endswith("000") for at in numbers)
    below = len(whole) > 0 and whole.max() < 1000 and whole.max() >= 10
    return "group" if round_ or below or seen.currency[numbers].astype(bool).any() else ""


def style_of(seen: Described, name: str, column: np.ndarray, elsewhere: Elsewhere, found: Findings) -> str:
    """Either "as_dot" or "as_comma"; blank, with a fault, where the style cannot be told."""
    own = comma_in(seen, column)
    if own == "mixed":
        mixed = [seen.cell[at] for at in np.unique(column) if seen.is_["comma"][at] or seen.is_["dots_comma"][at]][:2] + [
            seen.cell[at] for at in np.unique(column) if seen.is_["dot"][at] or seen.is_["commas_dot"][at] or seen.is_["commas"][at]
        ][:2]
        found.fault(
            worded(
                "column {name} mixes decimal commas and decimal points, such as {examples}. Write all numbers in one style.",
                name=shown(name),
                examples=listed(mixed),
            )
        )
        return ""
    commas = any(seen.any(style, column) for style in COMMA_STYLES)
    meaning = own or elsewhere.comma
    if (commas and not meaning) or (elsewhere.separator == ";" and not meaning and not commas and _only(seen, "dot3", column)):
        some = [seen.cell[at] for at in np.unique(column) if seen.is_["comma3"][at] or seen.is_["dot3"][at]]
        found.fault(
            worded(
                "column {name} is ambiguous: {examples} may be thousands or decimals, and nothing in the file tells which. Write the numbers without a sign between thousands.",
                name=shown(name),
                examples=listed(some[:3]),
            )
        )
        return ""
    if commas:
        count = int(sum(seen.is_[style][column].sum() for style in COMMA_STYLES if style != "comma3"))
        examples = tuple(
            f"{shown(seen.cell[at])} is {seen.text['as_comma' if meaning == 'decimal' else 'as_dot'][at]}"
            for at in np.unique(column)
            if any(seen.is_[one][at] for one in COMMA_STYLES)
        )[:3]
        if meaning == "decimal":
            found.repair(
                "decimal comma",
                worded("Column {name} is written with a decimal comma; kept with a point.", name=shown(name)),
                count,
                examples,
            )
            return "as_comma"
        found.repair(
            "thousands separator", worded("Column {name} has a comma between thousands; taken out.", name=shown(name)), count, examples
        )
    if not commas and meaning == "decimal" and (seen.any("dots", column) or _only(seen, "dot3", column)):
        found.repair(
            "thousands separator",
            worded("Column {name} has a point between thousands, as other columns have decimal commas; taken out.", name=shown(name)),
            int(seen.is_["dot3"][column].sum()),
        )
        return "as_comma"
    return "as_dot"


def _only(seen: Described, style: str, column: np.ndarray) -> bool:
    numbers = column[seen.is_["number"][column]]
    return bool(seen.any(style, column) and (seen.is_[style] | (seen.is_["whole"] & (np.abs(seen.value["as_dot"]) < 1000)))[numbers].all())
