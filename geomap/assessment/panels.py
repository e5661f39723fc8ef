"""Weights from several groups: each group's ranks kept apart, and how far the groups' views spread for each place."""

from dataclasses import dataclass

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.explain import whole_of
from geomap.assessment.ranked import ranks
from geomap.methodology.parts import Panel
from geomap.methodology.recipe import Methodology
from geomap.methodology.whatif import reweighted


@dataclass(frozen=True)
class PanelRanks:
    """The ranks of an index under each group's weights. panels: who was asked; by_group: a column a group, in their order; agreed: by the agreed weights."""

    panels: tuple[Panel, ...]
    by_group: pd.DataFrame
    agreed: pd.Series

    @property
    def low(self) -> pd.Series:
        """The rank that needs attention most, over the groups."""
        return self.by_group.min(axis=1)

    @property
    def high(self) -> pd.Series:
        """The rank that needs attention least, over the groups."""
        return self.by_group.max(axis=1)

    @property
    def spread(self) -> pd.Series:
        """How many ranks lie between the groups, per place."""
        return self.high - self.low


def panel_ranks(assessment: Assessment, methodology: Methodology, index: str) -> PanelRanks | None:
    """The ranks of *index* under each group's weights, taken as they were given; nothing where no group was asked."""
    whole_of(assessment, index)
    asked = tuple(panel for panel in methodology.panel if panel.index == index)
    if not asked:
        return None
    found = {panel.group: ranks(assessment, reweighted(methodology, {index: panel.weights}))[index] for panel in asked}
    return PanelRanks(asked, pd.DataFrame(found), ranks(assessment, methodology)[index])
