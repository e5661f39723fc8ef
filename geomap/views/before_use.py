"""What must be known before the numbers of a level are used elsewhere."""

from geomap.assessment.assessment import Assessment
from geomap.language import Spoken, known, noted, percent, say

FOR = Spoken({
    "public": noted("This edition is for the public. Scores come with the fifth a place is in, not with ranks."),
    "partners": noted("This edition is for partners. Ask who looks after it before you pass a file on."),
    "restricted": noted("This edition is for use inside. Ask who looks after it before you pass a file on."),
})  # fmt: skip


def before_use(assessment: Assessment) -> tuple[str, ...]:
    """Sentences: for whom it is, what an empty cell means, how many numbers are withheld, what intervals and ranks mean; then the caveats of the level."""
    status = [assessment.numbers[node.id]["status"] for node in assessment.of_kind("indicator")]
    withheld, whole = sum(int((one == "suppressed").sum()) for one in status), sum(map(len, status))
    own = (
        FOR[assessment.tier],
        say("An empty cell is not a zero. The column with the same name and _status says what it is; a true zero is written as 0."),
        say("{withheld} of {whole} numbers of indicators at this level are withheld to protect people ({share}).", withheld=withheld, whole=whole, share=percent(100 * withheld / whole, 1)),
        say("No number stands without its doubt: _low and _high are the limits of its 95 % interval. Places whose intervals overlap may well stand the other way round."),
        say("The code of a place is a text, and may begin with a zero."),
    )  # fmt: skip
    return (*own, *(known(one) for one in assessment.caveats))
