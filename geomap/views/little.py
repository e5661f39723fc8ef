"""What must be said where a map has little to show: no number at all, one place, or the same number everywhere."""

from geomap.assessment.assessment import Assessment
from geomap.language import say
from geomap.symbology.numbers import STATUS, number


def little_to_show(assessment: Assessment, node_id: str) -> str:
    """A sentence where the numbers of *node_id* tell no places apart; nothing where they do."""
    node, table = assessment.node(node_id), assessment.numbers[node_id]
    known = table["value"].dropna()
    if known.empty:
        why = "; ".join(f"{STATUS[status]}: {count:,}" for status, count in table["status"].value_counts().items())
        return say(
            "No {one} has a number for {title} ({why}), so the map shows only why there is none.",
            one=assessment.one,
            title=node.title,
            why=why,
        )
    if len(table) == 1:
        return say(
            "There is one {one} only, so nothing can be compared: neither class nor rank says more than the number itself.",
            one=assessment.one,
        )
    if known.nunique() == 1 and len(known) > 1:
        return say(
            "All {count} {many} that have a number have the same, {value}, so the map has one colour.",
            count=len(known), many=assessment.many, value=number(float(known.iloc[0]), node.digits),
        )  # fmt: skip
    return ""
