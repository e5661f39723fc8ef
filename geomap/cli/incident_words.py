"""Which words the command line knows about incidents and what answers them."""

from pathlib import Path
from typing import Any

from geomap.cli import incidents
from geomap.cli.arguments import column_value, command, over, share, with_edition, with_level


def incident_words(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """The commands about incidents and what answers them."""
    funnel = command(words, "funnel", incidents.funnel, "say which places have more or fewer recorded events than chance alone would give")
    gap = command(words, "gap", incidents.gap, "say where need is high and what could help is out of reach")
    unreported = command(words, "reporting", incidents.reporting, "say what uneven reporting would do to a recorded rate")
    circles = command(words, "scan", incidents.scan, "say which places stand out most together by their recorded events")
    for one in (funnel, gap, unreported, circles):
        with_edition(one)
        with_level(one)
    funnel.add_argument("indicator", metavar="INDICATOR", help="an indicator that is a rate of counted events")
    funnel.add_argument("--to", metavar="FILE.csv", type=Path, help="write the table there")
    unreported.add_argument("indicator", metavar="INDICATOR", help="an indicator that is a rate of counted events")
    unreported.add_argument(
        "--reported", metavar="SHARE", type=share, help="the share of incidents that is reported in the city, such as 0.5"
    )
    unreported.add_argument("--trust", metavar="ID", default="", help="a number, better when high, with which reporting rises")
    unreported.add_argument("--to", metavar="FILE.csv", type=Path, help="write the table there")
    gap.add_argument("need", metavar="NEED", help="an index, domain or indicator of which more is worse")
    gap.add_argument("access", metavar="ACCESS", help="an index, domain or indicator of access")
    gap.add_argument("--to", metavar="FILE", type=Path, help="write the places picked (.csv), or the map (.html)")
    trend = command(words, "trend", incidents.trend, "say how a layer's records move over time: beside the seasons, and when unusual")
    trend.add_argument("dir", metavar="DIR", type=Path, help="a workspace")
    trend.add_argument("layer", metavar="LAYER", help="a layer whose records have dates")
    trend.add_argument("--every", choices=("week", "month"), default="month")
    trend.add_argument(
        "--method",
        choices=("C1", "C2", "C3", "farrington"),
        default="C2",
        help="what tells the unusual: EARS beside the weeks before (C2), or Farrington beside earlier years",
    )
    trend.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], type=column_value, help="only these records; may be given again"
    )
    trend.add_argument(
        "--count", metavar="COLUMN", default="", help="the column to add up, where a row is a count of records and not one of them"
    )
    circles.add_argument("indicator", metavar="INDICATOR", help="an indicator that is a rate of counted events")
    again = command(words, "repeats", incidents.repeats, "say whether records that are near in place are near in time as well")
    again.add_argument("dir", metavar="DIR", type=Path, help="a workspace")
    again.add_argument("layer", metavar="LAYER", help="a layer of points whose records have dates")
    again.add_argument("--metres", metavar="N", type=over(0.0), default=500.0, help="how near in place (500)")
    again.add_argument("--days", metavar="N", type=over(0.0), default=14.0, help="how near in time (14)")
    again.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], type=column_value, help="only these records; may be given again"
    )
