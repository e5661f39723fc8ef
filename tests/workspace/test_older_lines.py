"""Lines of the ledger that say less than today's are made up for, or what would have to be held against them is refused."""

from dataclasses import replace

import pytest

from geomap.disclosure.ledger import Ledger
from geomap.errors import DisclosureError
from geomap.workspace.older_lines import completed, unjudged
from geomap.workspace.publish import demand_silent
from tests.workspace.test_release import distrust
from tests.workspace.test_release_surveys import by_age, people, told


def test_a_filter_is_completed_by_the_coarser_column_that_a_later_edition_names():
    """25 to 29 are in their twenties."""
    fives = Ledger((told("fives", by_age(), distrust(fives=["25-29"])),))
    tens = told("tens", by_age(), distrust(tens=["20-29"]), before=fives)
    found = completed(fives, tens).releases[0].entries["where"]
    assert '{"fives": ["25-29"], "tens": ["20-29"]}' in set(found)
    assert '"tens"' not in "".join(fives.releases[0].entries["where"])


def test_a_share_beside_one_whose_number_who_agreed_was_never_entered_is_refused():
    """The line of the earlier edition is of the first form: how many answered, and not how many agreed."""
    first = told("first", people(), distrust())
    only_answers = first.entries[~first.entries["what"].str.contains("who agreed")].reset_index(drop=True)
    older = Ledger((replace(first, entries=only_answers, form=1),))
    assert unjudged(older, first)
    with pytest.raises(DisclosureError, match="'Distrust' can be worked out from what 'first' told"):
        demand_silent(older, told("young", people(), distrust(group=["young"]), by=["group"]))


def test_other_years_and_means_are_not_refused_for_it():
    """Nobody agreed in a mean, and next year others answer."""
    first = told("first", people(), distrust())
    only_answers = first.entries[~first.entries["what"].str.contains("who agreed")].reset_index(drop=True)
    older = Ledger((replace(first, entries=only_answers, form=1),))
    assert unjudged(older, told("next", people(period="2026"), distrust(), period="2026")) == []
    means = told("means", people(), distrust("survey_mean")).entries
    assert unjudged(older, replace(first, entries=means[~means["what"].str.contains("who agreed")])) == []


def test_a_column_that_was_told_by_and_is_gone_is_asked_for():
    """Numbers by fives were published; the records have tens only, and nobody can say any more which fives are in which ten."""
    fives = Ledger((told("fives", by_age(), distrust(fives=["25-29"])),))
    tens = told("tens", by_age().drop(columns="fives"), distrust(tens=["20-29"]), before=fives)
    with pytest.raises(DisclosureError, match="'fives', which the records no longer have"):
        demand_silent(fives, tens)
    demand_silent(fives, told("all", by_age().drop(columns="fives"), distrust(), before=fives))


def test_a_value_that_was_told_by_and_is_gone_is_asked_for():
    """25 to 29 were published and are called otherwise by now, and nobody can say any more in which ten they are; by fives they are still told apart."""
    table = by_age()
    fives = Ledger((told("fives", table, distrust(fives=["25-29"])),))
    renamed = table.assign(fives=table["fives"].replace("25-29", "25 to 29"))
    with pytest.raises(DisclosureError, match="by 'fives' of '25-29', which the records no longer hold"):
        demand_silent(fives, told("tens", renamed, distrust(tens=["20-29"]), before=fives))
    assert unjudged(fives, told("tens", table, distrust(tens=["20-29"]), before=fives)) == []
    assert unjudged(fives, told("others", renamed, distrust(fives=["20-24"]), before=fives)) == []
    assert unjudged(fives, told("next", renamed.assign(period="2026"), distrust(tens=["20-29"]), before=fives, period="2026")) == []
