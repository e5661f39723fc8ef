"""What is asked of surveys: what people said, who answered, what is felt and not recorded, and how many to interview."""

import argparse
from typing import TYPE_CHECKING, Any

from geomap.cli.commands import Answer

if TYPE_CHECKING:
    import pandas as pd

    from geomap.editions.edition import Edition


def trust(asked: argparse.Namespace) -> Answer:
    """What people said, in the city or in one place."""
    from geomap.editions.edition import read_edition
    from geomap.views.answers import by_group, by_place, not_reviewed, of_place
    from geomap.views.read_first import read_first
    from geomap.views.shrinkage import side_by_side

    edition = read_edition(asked.edition)
    level = asked.level or edition.levels[0]
    if asked.differences:
        return _differences(edition, asked)
    answers = edition.survey("answers")
    if asked.place:
        said = of_place(answers, level, asked.place)
        first = read_first(edition, *(name for name in edition.tables if name.endswith("-answers")))
        return Answer(
            {"place": asked.place, "said": list(said), "to_know": list(first)},
            "\n".join([*said, *first]) if said else f"Nobody was asked about institutions in {asked.place}.",
        )
    if asked.modelled:
        beside = side_by_side(answers, asked.modelled, level)
        first = read_first(edition, *(name for name in edition.tables if name.endswith("-answers")))
        text = "\n".join([beside.to_string(), *first]) if len(beside) else _unasked(answers, asked.modelled)
        return Answer({"places": _plain(beside.reset_index()), "to_know": list(first)}, text)
    shown = by_group(answers, asked.by) if asked.by else by_place(answers, level)
    told = (*not_reviewed(answers), *read_first(edition, *(name for name in edition.tables if name.endswith("-answers"))))
    text = "\n".join([(shown if asked.by else shown.iloc[:, :6]).to_string(), *told])
    return Answer({"questions": shown.reset_index().to_dict("records"), "to_know": list(told)}, text)


def heard(asked: argparse.Namespace) -> Answer:
    """Who answered against who lives here, those nobody heard first."""
    from geomap.editions.edition import read_edition
    from geomap.views.non_response import sentences as unanswered
    from geomap.views.read_first import read_first
    from geomap.views.unheard import sentences

    edition = read_edition(asked.edition)
    who = edition.survey("who-answered")
    names = {code: name for level in edition.levels for code, name in edition.level(level).places["name"].items()}
    said = sentences(who, names)
    kept = [name for name in edition.tables if name.endswith("-non-response")]
    silent = tuple(sentence for name in kept for sentence in unanswered(edition.table(name)))
    first = read_first(edition, *edition.tables)
    return Answer(
        {"unheard": list(said), "non_response": list(silent), "to_know": list(first), "rows": _plain(who)},
        "\n".join([*said, *silent, *first]),
    )


def perceived(asked: argparse.Namespace) -> Answer:
    """What is felt against what is recorded."""
    from geomap.editions.edition import read_edition
    from geomap.views.perceived import in_words, perceived_against_recorded

    assessment = read_edition(asked.edition).level(asked.level or None)
    found = perceived_against_recorded(assessment, asked.perceived, asked.recorded)
    told = dict.fromkeys(caveat for name in (asked.perceived, asked.recorded) for caveat in assessment.node(name).caveats)
    text = "\n".join([in_words(assessment, found, asked.perceived, asked.recorded), *told])
    return Answer({"places": _plain(found.reset_index(names="code")), "to_know": list(told)}, text)


def interviews(asked: argparse.Namespace) -> Answer:
    """How many interviews a margin needs, and what two waves of them could show."""
    from geomap.statistics.sample_size import detectable_change, interviews_for, margin_of

    n = float(asked.interviews or interviews_for(asked.margin / 100, deff=asked.deff))
    margin, change = 100 * float(margin_of(n, deff=asked.deff)), 100 * float(detectable_change(n, n, deff=asked.deff))
    each, wards = max(n / asked.places, 1), asked.places
    ward = 100 * float(margin_of(each, deff=asked.deff))
    text = (
        f"{n:,.0f} interviews give a share of half of the people a margin of ±{margin:.1f} points. Two waves of as many show a change of {change:.1f} points "
        f"or more, four times in five."
    )
    if wards > 1:
        needed = float(interviews_for(asked.margin / 100, deff=asked.deff)) * wards if asked.margin else None
        text += f"\nOver {wards:,} places that is {each:,.0f} in each, ±{ward:.1f} points" + (
            f"; ±{asked.margin:g} points in every place would need {needed:,.0f} interviews." if needed else "."
        )
    return Answer({"interviews": n, "margin": margin, "detectable_change": change, "per_place": each, "margin_per_place": ward}, text)


def _differences(edition: "Edition", asked: argparse.Namespace) -> Answer:
    from geomap.views.group_differences import CITY, sentences
    from geomap.views.read_first import read_first

    found, level = edition.survey("differences"), asked.level or (edition.levels[0] if asked.place else CITY)
    names = {} if level == CITY else dict(edition.level(level).places["name"])
    said = sentences(found, names, level=level, by=asked.by, code=asked.place)
    first = read_first(edition, *(name for name in edition.tables if name.endswith("-differences")))
    return Answer({"said": list(said), "to_know": list(first), "rows": _plain(found[found["level"] == level])}, "\n".join([*said, *first]))


def _unasked(answers: "pd.DataFrame", question: str) -> str:
    return f"No question '{question}' was asked. The questions are {sorted(answers['question'].unique())}."


def _plain(table: "pd.DataFrame") -> list[dict[str, Any]]:
    return table.astype(object).where(table.notna(), None).to_dict("records")
