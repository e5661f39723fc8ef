"""Which words the command line knows about surveys."""

from typing import Any

from geomap.cli import surveys
from geomap.cli.arguments import command, over, with_edition, with_level


def survey_words(words: Any) -> None:  # noqa: ANN401  argparse's own private types
    """The commands about surveys."""
    trust = command(words, "trust", surveys.trust, "say what people answered, by institution, place and group, with intervals")
    with_edition(trust)
    trust.add_argument("--place", metavar="CODE", default="", help="what was said in one place, in sentences")
    trust.add_argument("--by", metavar="COLUMN", default="", help="by the groups in a column, such as age_group")
    trust.add_argument("--modelled", metavar="QUESTION", default="", help="each place's own answers beside what the model makes of them")
    trust.add_argument("--differences", action="store_true", help="whether groups differ, in the city or in --place, in sentences")
    with_level(trust)
    heard = command(words, "heard", surveys.heard, "say who answered against who lives here; those nobody heard come first")
    with_edition(heard)
    perceived = command(words, "perceived", surveys.perceived, "set what people perceive against what is recorded, place by place")
    with_edition(perceived)
    perceived.add_argument("perceived", metavar="PERCEIVED", help="the indicator of what people say")
    perceived.add_argument("recorded", metavar="RECORDED", help="the indicator of what is recorded")
    with_level(perceived)
    interviews = command(
        words, "interviews", surveys.interviews, "plan a survey: how many interviews for which margin, and what change they could show"
    )
    interviews.add_argument(
        "--margin", metavar="POINTS", type=over(0.0), default=5.0, help="half the interval that is wanted, in percentage points (5)"
    )
    interviews.add_argument("--interviews", metavar="N", type=over(0.0), help="how many there will be, instead of a margin")
    interviews.add_argument("--places", metavar="N", type=over(0), default=1, help="over how many places they are spread")
    interviews.add_argument(
        "--deff", metavar="NUMBER", type=over(0.0), default=1.0, help="the design effect expected of weights and clusters (1)"
    )
