"""What uneven reporting would do, on the demonstration city and by hand."""

import numpy as np
import pytest

from geomap.assessment.reporting import reporting
from geomap.errors import UsageError
from geomap.views.reporting import ASKED, reporting_table, reporting_words
from tests.cli.test_commands import tell


def test_tipping_ratios_bring_every_place_to_the_citys_rate(edition):
    """Law: divided by its ratio, each rate is the city's; the surer ratio is the nearer to 1."""
    found = reporting(edition.level(), "harassment")
    places = found.places
    assert (places["recorded"] / places["tipping"]).to_numpy() == pytest.approx(found.city)
    assert (np.abs(np.log(places["tipping_sure"])) <= np.abs(np.log(places["tipping"])) + 1e-9).all()
    assert (places["tipping_sure"] == 1).any()


def test_half_reported_everywhere_keeps_the_order(edition):
    """Twice as much lies behind, and no rank moves; without a share nothing is scaled."""
    found = reporting(edition.level(), "harassment", reported=0.5)
    assert found.places["behind_0"].to_numpy() == pytest.approx(2 * found.places["recorded"].to_numpy())
    assert found.places["rank_0"].equals(found.places["rank"])
    assert not reporting(edition.level(), "harassment").scenarios


def test_ranks_move_the_more_the_more_reporting_rises_with_trust(edition):
    """Slopes 0, ½ and 1; the correlation with the recorded rates falls."""
    found = reporting(edition.level(), "harassment", reported=0.5, trust="trust")
    assert [one.slope for one in found.scenarios] == [0, 0.5, 1]
    assert found.scenarios[0].correlation == pytest.approx(1)
    assert found.scenarios[2].correlation < found.scenarios[1].correlation < 1
    words = reporting_words(edition.level(), found)
    assert words.endswith(ASKED)
    assert str(found.scenarios[2].kept) in words


def test_a_withheld_count_takes_no_part(edition):
    """Only places with a shown count stand in the table."""
    assessment = edition.level()
    table = reporting_table(assessment, reporting(assessment, "harassment"))
    assert (assessment.numbers["harassment"].loc[table.index, "status"] == "value").all()


def test_what_cannot_be_asked_is_refused(edition):
    """A share is no rate of events; pressure is no trust; trust without a share says nothing."""
    for words, said in (
        ({"indicator": "low_income"}, "no rate"),
        ({"reported": 0.5, "trust": "pressure"}, "better when low"),
        ({"trust": "trust"}, "--reported"),
    ):
        with pytest.raises(UsageError, match=said):
            reporting(edition.level(), **{"indicator": "harassment", **words})


def test_the_command_tells_and_writes(demo, tmp_path, capsys):
    """Words, a table, and a share that is none."""
    code, out, _ = tell(capsys, "reporting", demo, "harassment", "--reported", "0.4", "--trust", "trust", "--to", tmp_path / "out.csv")
    assert code == 0
    assert "stay among the highest" in out
    assert "tipping_sure" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        tell(capsys, "reporting", demo, "harassment", "--reported", "40")
