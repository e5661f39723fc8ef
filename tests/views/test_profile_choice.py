"""The profile tells the doubt of the data and the choices of method apart."""

from geomap.views.profile import profile


def test_a_profile_has_two_ranks_that_are_never_mixed(edition):
    """One for what the data allow, one for what choices of method do; each in words of its own."""
    assessment = edition.level()
    code = assessment.numbers["risk"]["rank"].idxmin()
    row, standing = assessment.numbers["risk"].loc[code], next(one for one in profile(assessment, code).indices if one.node.id == "risk")
    assert f"{row['choice_rank_high']:.0f}" in standing.by_choice
    assert standing.by_choice.startswith("between") or row["choice_rank_low"] == row["choice_rank_high"]
    assert standing.rank.endswith("of 60")
