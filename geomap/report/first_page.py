"""The first page: who and where, how it stands and how surely, and every number that the scores are made of, as far as there is room."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.report.gather import Sheet
from geomap.report.marks import pull, scale
from geomap.report.room import cut, lines
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_html as safe
from geomap.views.profile import Line, Standing

MOST_STANDINGS = 10
HEIGHT, SECOND = 228.0, 66.0  # millimetres under the first head; of the second page, at the most, for numbers that go on there
ROW, REST = 3.45, 1.75  # millimetres of a line of a table; of what a row has beside its lines
HEAD_OF_TABLE, HEAD_OF_PART = 13.5, 5.0
COLUMNS = (
    ("What was measured", 26),
    ("Here", 17),
    ("City’s middle", 8),
    ("Pull, in points", 13),
    ("Period and base", 13),
    ("Since the baseline, and to know", 23),
)
LETTERS = {"What was measured": 33, "Here": 20, "Period and base": 15, "To know": 29}  # that stand on a line of a column
NAME, TITLE, TOLD = 90, 84, 110


@dataclass(frozen=True)
class First:
    """The markup of the first page; what goes on on the second, with its height in millimetres; and a phrase for each thing that was left out."""

    markup: str
    on: str
    high: float
    left: tuple[str, ...]


def first_page(sheet: Sheet) -> First:
    """The first page, and what of it has no room there."""
    standings = sheet.standings[:MOST_STANDINGS]
    room = HEIGHT - HEAD_OF_TABLE - sum(_standing_lines(one) * ROW + REST for one in standings)
    here, on, left = _split(sheet, room - _more(sheet))
    more = len(sheet.standings) - len(standings)
    lost = (*([f"{more} more parts"] if more else []), *([f"{left} more numbers"] if left else []))
    worst = f"<p>{safe(cut(sheet.profile.worst, 180))}</p>" if sheet.profile.worst else ""
    told = "What the scores are made of <small>and what pulls them from the city’s middle; not what brought it about</small>"
    markup = (
        f'<section class="page" aria-label="Page 1 of 2">{_head(sheet)}<p class="note">{safe(cut(sheet.beside.fallacy, 330))}</p>'
        "<h2>Where it stands <small>on a scale of ten; the pale band is how far the truth may lie from the line</small></h2>"
        f"{_standings(sheet, standings)}{worst}{_numbers(here, told)}{foot(sheet, 1)}</section>"
    )
    high = sum(_height(line) for _, line in on) + HEAD_OF_PART * len({part.node.id for part, _ in on}) + HEAD_OF_TABLE * bool(on)
    return First(markup, _numbers(on, "What the scores are made of, continued" if here else told), high, lost)


def _more(sheet: Sheet) -> float:
    """Millimetres that a long name, a long title and long sentences take beyond a head of one line each."""
    found, title = sheet.profile, cut(sheet.common.assessment.title, 80)
    name = lines(cut(found.name, NAME), 30) * 8.0 + lines(title, 56) * 4.0 + lines(cut(found.parent_name, 60) + " " * 60, 70) * 4.0 + 12.0
    note = max(lines(cut(sheet.beside.fallacy, 330), 100) - 2, 0) * 4.0
    worst = lines(cut(sheet.profile.worst, 180), 100) * 4.0 + 3.0 if sheet.profile.worst else 0.0
    return max(name - 37.5, 0.0) + note + worst


def foot(sheet: Sheet, page: int) -> str:
    """The last line of a page."""
    told = f"{cut(sheet.common.assessment.title, 70)}, {cut(sheet.common.edition.period, 30)} · {cut(sheet.profile.code, 30)} · page {page} of 2"
    return f'<p class="foot">{safe(told)}</p>'


def _head(sheet: Sheet) -> str:
    found, shown = sheet.profile, sheet.common.assessment
    within = f", in {cut(found.parent_name, 60)}" if found.parent_name else ""
    count = f"One of {len(shown.places):,} {shown.many}." if len(shown.places) > 1 else "It is the only one."
    about = f"{capital(shown.one)} {cut(found.code, 40)}{within}. {count}"
    how = (
        "Which fifth of the places it is in, as surely as the data allow; there are no ranks in what is public."
        if shown.tier == "public"
        else "Ranks count from the place that needs attention most, and are told as surely as the data allow."
    )
    return (
        f'<header class="head"><div><p class="over">{safe(cut(shown.title, 80))} · {safe(cut(sheet.common.edition.period, 40))}</p><h1>{safe(cut(found.name, NAME))}</h1>'
        f'<p>{safe(about)}</p><p class="meta">{safe(how)} Each letter says how far a score can be trusted, from A to D.</p></div>{sheet.where}</header>'
    )


def _standing_lines(one: Standing) -> int:
    beside = [
        lines(one.rank, 40) + (lines(f"by other methods {one.by_choice}", 44) if one.by_choice else 0),
        lines(cut(one.node.title, TITLE), 30) + 1,
    ]
    return max(*beside, 1 + lines(cut(one.change, 90), 27) if one.change else 1)


def _standings(sheet: Sheet, standings: Sequence[Standing]) -> str:
    place = "Fifth" if sheet.common.assessment.tier == "public" else "Rank"
    rows = "".join(_standing(sheet, one, place) for one in standings)
    return (
        f'<table class="stand"><colgroup><col style="width:25%"><col style="width:18%"><col style="width:20%"><col style="width:30%"><col style="width:7%"></colgroup><thead><tr>'
        f'<th scope="col">Score</th><th scope="col">0 to 10</th><th scope="col">Here, and since the baseline</th><th scope="col">{place}</th><th scope="col">Trust</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _standing(sheet: Sheet, one: Standing, place: str) -> str:
    side = "higher needs attention" if one.node.up == "worse" else "higher is better"
    doubt = f" ({safe(one.doubt)})" if one.doubt else ""
    change = f"<small>{safe(cut(one.change, 90))}</small>" if one.change else ""
    choice = f"<small>by other methods {safe(one.by_choice)}</small>" if one.by_choice else ""
    letter = sheet.letter(one.node.id)
    badge = f'<span class="letter">{safe(letter)}</span>' if letter else "–"
    return (
        f'<tr><th scope="row">{safe(cut(one.node.title, TITLE))}<small>{side}</small></th><td>{scale(one)}</td><td data-of="Here">{safe(one.words)}{doubt}{change}</td>'
        f'<td data-of="{place}">{safe(one.rank)}{choice}</td><td data-of="Trust">{badge}</td></tr>'
    )


def _split(sheet: Sheet, room: float) -> tuple[list[tuple[Standing, Line]], list[tuple[Standing, Line]], int]:
    """The numbers for a first page of so much room, those for the second, and how many stand on neither; those that pull most are kept."""
    parts = [one for one in sheet.standings if one.node.kind == "domain"]
    every = [(part, line) for part in parts for line in sheet.profile.lines[part.node.id]]
    kept = _kept(every, room - HEAD_OF_TABLE + SECOND - HEAD_OF_TABLE)
    first = _from_the_top(kept, room - HEAD_OF_TABLE)
    second = _kept(kept[len(first) :], SECOND - HEAD_OF_TABLE)
    return first, second, len(every) - len(first) - len(second)


def _from_the_top(every: list[tuple[Standing, Line]], room: float) -> list[tuple[Standing, Line]]:
    """The first that fit."""
    for place, (part, line) in enumerate(every):
        room -= _height(line) + (HEAD_OF_PART if not place or every[place - 1][0] is not part else 0.0)
        if room < 0:
            return every[:place]
    return every


def _numbers(kept: list[tuple[Standing, Line]], title: str) -> str:
    """The table of indicators by part; blank where there is none."""
    if not kept:
        return ""
    parts = list({part.node.id: part for part, _ in kept}.values())
    blocks = [_part(part, [line for other, line in kept if other is part]) for part in parts]
    columns = "".join(f'<col style="width:{wide}%">' for _, wide in COLUMNS)
    heads = "".join(f'<th scope="col">{head}</th>' for head, _ in COLUMNS)
    return f'<h2>{title}</h2><table class="numbers"><colgroup>{columns}</colgroup><thead><tr>{heads}</tr></thead>{"".join(blocks)}</table>'


def _kept(every: list[tuple[Standing, Line]], room: float) -> list[tuple[Standing, Line]]:
    """As many as fit, those first that pull most, in the order of the parts."""
    seen: set[str] = set()
    kept: set[int] = set()
    for place in sorted(range(len(every)), key=lambda one: _size(every[one][1])):
        part, line = every[place]
        needed = _height(line) + (0.0 if part.node.id in seen else HEAD_OF_PART)
        if needed <= room:
            room -= needed
            seen.add(part.node.id)
            kept.add(place)
    return [one for place, one in enumerate(every) if place in kept]


def _size(line: Line) -> float:
    return math.inf if math.isnan(line.pull) else -abs(line.pull)


def _height(line: Line) -> float:
    name, here, when, told = _cells(line)
    rows = (
        lines(name[0], LETTERS["What was measured"]) + lines(name[1], LETTERS["What was measured"]),
        sum(lines(one, LETTERS["Here"]) for one in here),
        sum(lines(one, LETTERS["Period and base"]) for one in when),
        lines(told, LETTERS["To know"]) if told else 1,
    )
    return max(*rows, 2) * ROW + REST


def _cells(line: Line) -> tuple[tuple[str, str], list[str], list[str], str]:
    """Name and unit; value and interval; period and base; what to know."""
    here = [line.words, *([line.doubt] if line.doubt else [])]
    when = [cut(line.node.period, 28), *([f"base {line.base}"] if line.base else [])]
    told = "; ".join(
        one
        for one in (
            line.flags,
            line.change,
            "modelled, not measured" if line.node.modelled else "",
            "survey not reviewed" if line.node.unreviewed else "",
        )
        if one
    )
    return (cut(line.node.title, 62), cut(line.node.unit, 34)), here, when, cut(told, TOLD)


def _part(part: Standing, kept: Sequence[Line]) -> str:
    if not kept:
        return ""
    head = f'<tr><th scope="rowgroup" colspan="{len(COLUMNS)}">{safe(cut(part.node.title, TITLE))}</th></tr>'
    return f'<tbody class="of">{head}{"".join(_row(part, line) for line in kept)}</tbody>'


def _row(part: Standing, line: Line) -> str:
    (title, unit), here, when, told = _cells(line)
    return (
        f'<tr><th scope="row">{safe(title)}<small>{safe(unit)}</small></th><td data-of="Here">{_stacked(here)}</td><td data-of="City’s middle">{safe(line.middle)}</td>'
        f'<td>{pull(line, part.node.up)}</td><td data-of="Period">{_stacked(when)}</td><td>{safe(told)}</td></tr>'
    )


def _stacked(cells: Sequence[str]) -> str:
    return "".join(_stack(cells))


def _stack(cells: Sequence[str]) -> Iterator[str]:
    for place, one in enumerate(cells):
        yield f"<small>{safe(one)}</small>" if place else safe(one)
