"""A place found by its code or by its name."""

from difflib import get_close_matches

from geomap.assessment.assessment import Assessment
from geomap.errors import EditionError
from geomap.worded import worded

SHOWN = 5


def place_called(assessment: Assessment, asked: str) -> str:
    """The code of the place with the code or the name *asked*, in large or small letters; EditionError names those that come near."""
    places = assessment.places
    if asked in places.index:
        return asked
    wanted = asked.strip().casefold()
    codes, names = places.index.str.casefold(), places["name"].str.casefold()
    found = places[(codes == wanted) | (names == wanted)]
    if len(found) == 1:
        return str(found.index[0])
    if len(found):
        raise EditionError(
            worded(
                "{count} {many} are called '{asked}': {examples}. Name one by its code.",
                count=len(found),
                many=assessment.many,
                asked=str(asked),
                examples=_listed(assessment, found.index),
            )
        )
    near = get_close_matches(wanted, [*names, *codes], n=SHOWN, cutoff=0.6)
    close = places.index[names.isin(near) | codes.isin(near) | names.str.contains(wanted, regex=False)][:SHOWN] if wanted else []
    hint = (
        worded("Near it are {examples}.", examples=_listed(assessment, close))
        if len(close)
        else worded("The first is {examples}.", examples=_listed(assessment, places.index[:1]))
    )
    raise EditionError(worded("There is no {one} '{asked}' in this edition. {hint}", one=assessment.one, asked=str(asked), hint=hint))


def _listed(assessment: Assessment, codes: list[str]) -> str:
    places = assessment.places.loc[list(codes)]
    within = [f", {parent}" if parent else "" for parent in places["parent_name"]]
    return "; ".join(f"{name} ({code}{parent})" for code, name, parent in zip(places.index, places["name"], within, strict=True))
