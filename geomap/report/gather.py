"""What a report says of a place, gathered from the views; what all places of a level have in common is gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.at_hand import AtHand, at_hand
from geomap.assessment.trust_badge import badges
from geomap.editions.edition import Edition
from geomap.editions.files import read_places
from geomap.report.heard import said, unheard
from geomap.report.since import Lay, Since, earlier, laid_beside
from geomap.symbology.backdrop import backdrops
from geomap.symbology.locator import Locator, locator
from geomap.symbology.markup import for_html
from geomap.views.beside import Beside, beside, letters
from geomap.views.profile import Profile, Standing, profile

FEW_OUTLINES = 400  # more than these are too fine to print small: the coarsest level is drawn instead
BIAS = "Known bias"


@dataclass(frozen=True)
class Common:
    """Everything that the reports of one level share."""

    edition: Edition
    assessment: Assessment
    there: AtHand
    trusted: dict[str, pd.DataFrame]
    of_parts: dict[str, pd.DataFrame]
    city: Locator | None
    since: tuple[Since, ...]


@dataclass(frozen=True)
class Sheet:
    """All that is known of one place, whole: what fits the paper is chosen later.

    where: the small map as SVG, blank where the place has no shape. standings: indices, then parts; in a public edition what is there to build on comes first.
    caveats: known biases first.
    """

    common: Common
    profile: Profile
    beside: Beside
    where: str
    standings: tuple[Standing, ...]
    said: tuple[str, ...]
    unheard: tuple[str, ...]
    caveats: tuple[str, ...]

    def letter(self, node: str) -> str:
        """How far the score *node* can be trusted, A to D; blank where it has no letter."""
        table = self.common.trusted.get(node, self.common.of_parts.get(node))
        return "" if table is None else str(table.at[self.profile.code, "grade"])


def common(edition: Edition, assessment: Assessment, lay: Lay = laid_beside) -> Common:
    """What the reports of the places of *assessment*, a level of *edition*, share; *lay* lays the edition beside an earlier one."""
    levels = {name: assessment if name == assessment.level else edition.level(name) for name in edition.levels}
    registers = [edition.register(name) for name in edition.manifest["geomap:registers"]]
    there = at_hand(registers, [one.places for one in levels.values()])
    parts = {node.id: badges(assessment, node.id, there.biases) for node in assessment.of_kind("domain")}
    return Common(
        edition, assessment, there, letters(assessment, there), parts, _city(edition, assessment), earlier(edition, assessment.level, lay)
    )


def sheet(shared: Common, code: str) -> Sheet:
    """All that is known of *code*; EditionError where there is no such place."""
    assessment = shared.assessment
    found = profile(assessment, code)
    return Sheet(
        shared, found, beside(assessment, code, shared.there, shared.trusted), _where(shared, code, found.name), (*found.indices, *found.domains),
        said(shared.edition, assessment.level, code), unheard(shared.edition, assessment.level, code, assessment.places["name"].to_dict()),
        _biases_first([*assessment.caveats, *found.caveats]),
    )  # fmt: skip


def _biases_first(caveats: Iterable[str]) -> tuple[str, ...]:
    every = list(dict.fromkeys(caveats))
    return tuple(sorted(every, key=lambda one: not one.startswith(BIAS)))


def _city(edition: Edition, assessment: Assessment) -> Locator | None:
    """The outlines to find a place by: of its own level, or of the coarsest where those would be too many."""
    level = assessment.level if len(assessment.places) <= FEW_OUTLINES else edition.levels[-1]
    shapes = read_places(edition.screen(level)).geometry
    drawn = shapes[~(shapes.isna() | shapes.is_empty)]
    return locator(drawn.to_numpy(), backdrops(assessment)) if len(drawn) else None


def _where(shared: Common, code: str, name: str) -> str:
    shape = shared.assessment.places.geometry.loc[code]
    if shared.city is None or shape is None or shape.is_empty:
        return ""
    return shared.city.marked(shape, for_html(f"Map of {shared.assessment.title}: where {name} lies"))
