"""The second page: what moved, what protects, who to call, who was heard; and what must be known of the numbers before they are used."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.editions.sources import sources_of
from geomap.report.first_page import First, foot
from geomap.report.gather import BIAS, Sheet
from geomap.report.room import cut, fitting, lines, shared
from geomap.symbology.markup import for_html as safe

ACROSS, HEIGHT, HEAD = 57, 66, 2.2  # letters on a line, lines in a column, lines that a heading takes
LINE = 3.95  # millimetres
FULL = "Nothing of this is lost: it stands in the place’s profile on the Map screen, and in the files of the edition."


@dataclass(frozen=True)
class Block:
    """A heading with its sentences. kind: what the sentences are, in the plural, for the note on what was left out; longest: letters of one."""

    title: str
    texts: tuple[str, ...]
    kind: str
    longest: int = 300

    @property
    def wanted(self) -> int:
        """The lines it would fill."""
        return sum(lines(cut(text, self.longest), ACROSS) for text in self.texts)


def second_page(sheet: Sheet, first: First) -> str:
    """Its markup: what goes on from the first page, and two columns."""
    height = HEIGHT - math.ceil(first.high / LINE)
    left, right = shelved(_left_blocks(sheet), _right_blocks(sheet), height)
    one, lost = _column(left, height)
    fixed = _origin(sheet)
    other, more = _column(right, height - sum(lines(text, ACROSS) for text in fixed) - 4)
    missing = [*first.left, *lost, *more]
    note = f"<h2>What there was no room for</h2><p>{safe('; '.join(missing))}. {FULL}</p>" if missing else ""
    origin = "".join(f'<p class="meta">{safe(text)}</p>' for text in fixed)
    return f'<section class="page" aria-label="Page 2 of 2">{first.on}<div class="two"><div>{one}</div><div>{other}<h2>Where it comes from</h2>{origin}{note}</div></div>{foot(sheet, 2)}</section>'


def shelved(left: Sequence[Block], right: Sequence[Block], height: int) -> tuple[Sequence[Block], Sequence[Block]]:
    """Both columns; the last block of the right one stands last on the left where that leaves it more than the even share it has among the others."""
    spare = height - sum(block.wanted for block in left) - HEAD * (len(left) + 1)
    return ((*left, right[-1]), right[:-1]) if spare > height / len(right) else (left, right)


def _column(blocks: Sequence[Block], height: int) -> tuple[str, list[str]]:
    """The blocks in a column of *height* lines, and what had to be left out."""
    room = shared([block.wanted for block in blocks], max(int(height - HEAD * len(blocks)), len(blocks)))
    markup, lost = [], []
    for block, own in zip(blocks, room, strict=True):
        kept, missing = fitting(block.texts, across=ACROSS, height=own, longest=block.longest)
        if not kept:  # rather a short sentence than a bare heading
            kept, missing = (cut(block.texts[0], max(own, 1) * ACROSS - 4),), missing - 1
        markup.append(f"<h2>{safe(block.title)}</h2><ul>{''.join(f'<li>{safe(text)}</li>' for text in kept)}</ul>")
        lost += [f"{missing} more {block.kind}"] if missing else []
    return "".join(markup), lost


def _left_blocks(sheet: Sheet) -> tuple[Block, ...]:
    one = sheet.beside
    exists = one.exists or ("No mechanism is on the register for this place.",)
    call = one.call or ("Nobody is on the register for this place.",)
    protects = one.protects or ("Nothing that protects was measured.",)
    said = sheet.said or ("No survey that may be shown here asked about trust in this place.",)
    unheard = sheet.unheard or ("Nothing that may be shown here says who was heard in this place.",)
    return (
        Block("Since earlier editions", tuple(_since(sheet)), "lines on earlier editions", 160),
        Block("What protects here, and how far", protects, "lines on what protects", 180),
        Block("What exists already", exists, "mechanisms", 110),
        Block("Who to call", call, "organisations", 130),
        Block("What people said", said, "answers", 230),
        Block("Who has not been heard", unheard, "lines on who was heard", 230),
    )


def _since(sheet: Sheet) -> Iterable[str]:
    if not sheet.common.since:
        yield "No edition of an earlier period that can be read lies beside this one, so nothing can be said yet."
    wholes = [one for one in sheet.standings if one.node.kind == "index"] or list(sheet.standings)
    for since in sheet.common.since:
        for one in wholes:
            yield f"{cut(one.node.title, 60)} since {cut(since.period, 24)}: {since.of(one.node.id, sheet.profile.code)}"


def _right_blocks(sheet: Sheet) -> tuple[Block, ...]:
    biases = tuple(one for one in sheet.caveats if one.startswith(BIAS)) or (
        "No entry of the register of biases touches these numbers; that nobody looked is no sign that there is none.",
    )
    others = tuple(one for one in sheet.caveats if not one.startswith(BIAS)) or (
        "Numbers describe areas, not the people who live in them.",
    )
    letters = tuple(f"{cut(one.title, 60)}, {one.grade}: {one.why}." for one in sheet.beside.trust)
    every = (
        Block("Known biases", biases, "known biases", 250), Block("Please read with these numbers", others, "notes", 260),
        Block("Why these letters", ("A letter is the worst of four looks: how wide the interval is, and how much of the weight is unknown here, borrowed, or under a known bias.", *letters), "letters", 200),
        Block("Sources", _sources(sheet), "sources", 220),
    )  # fmt: skip
    return tuple(block for block in every if block.texts)


def _sources(sheet: Sheet) -> tuple[str, ...]:
    """Each layer that the numbers are made of: title, provider, period, licence."""
    told = tuple(one.line for one in sources_of(sheet.common.edition, sheet.common.assessment.level))
    return told or ("The edition names no source.",)


def _origin(sheet: Sheet) -> tuple[str, ...]:
    edition, shown = sheet.common.edition, sheet.common.assessment
    drawn = [] if edition.backdrop is None else [f"{cut(one.title, 30)} ({cut(one.source, 60)})" for one in edition.backdrop.itertuples()]
    return (
        *([f"Drawn for orientation: {cut('; '.join(drawn), 240)}."] if drawn else []),
        f"Edition {cut(edition.path.name, 90)}, {cut(edition.period, 30)}, tier {shown.tier}.",
        f"Method version {cut(str(edition.manifest['version']), 20)}, fingerprint {cut(edition.fingerprint, 70)}.",
        "Whoever holds the edition can check it to the last bit: geomap verify. Its provenance.json names every source.",
    )
