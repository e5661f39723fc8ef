"""The card of a proposed file as questions with answers: what was guessed stands there already, what only a person knows is blank."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from geomap.boundaries.read import read_boundaries
from geomap.errors import GeomapError
from geomap.language import Spoken, noted, say
from geomap.layers.card import LayerCard
from geomap.layers.join import demand, join
from geomap.layers.read import read_layer
from geomap.workspace.add import keep
from geomap.workspace.issues import read_issues
from geomap.workspace.proposal import ASKED, Proposal
from geomap.workspace.recipes import kinds
from geomap.workspace.workspace import BOUNDARIES, Workspace

SAME, OTHERS = "yes", "no"
LONG = ("geomap:skewed", "geomap:misreading")
PARTED = " · "
SHAPES = "the shapes themselves"
WORDS = Spoken(
    {
        "name": noted("Short name, in small letters, digits and dashes"),
        "title": noted("Title, as it stands over the map"),
        "contributors": noted("Who collected or provides these data? (an organisation, never a person)"),
        "licenses": noted("Under which licence? Such as CC-BY-4.0 or OGL-UK-3.0"),
        "geomap:kind": noted("What is a row?"),
        "geomap:places": noted("Which column holds the codes of which places?"),
        "geomap:places → crs": noted("Which coordinates are these? Such as EPSG:27700 for the British National Grid"),
        "geomap:names": noted("Some names are not quite those of the boundaries. Do they mean these places?"),
        "geomap:period": noted("Which years do the data speak of? Such as 2024, or 2023 to 2025"),
        "geomap:evidence": noted("Where does the knowledge come from?"),
        "geomap:sensitivity": noted("Do the rows speak of people?"),
        "geomap:tier": noted("May it be published? Who may see what comes of it"),
        "geomap:skewed": noted("Who is missing, or there too often? One sentence"),
        "geomap:misreading": noted("Which wrong decision could follow from reading it carelessly? One sentence"),
        "geomap:level": noted("Which kind of place is this? Such as ward"),
        "geomap:date": noted("On which date were these boundaries in force? Such as 2024-05-02"),
        "geomap:code": noted("Which column holds the codes?"),
        "geomap:name": noted("Which column holds the names?"),
        "geomap:topic": noted("Topic of the catalogue (may stay empty)"),
        "geomap:issues": noted("Issues it speaks to (may stay empty)"),
        "geomap:review_by": noted("When should somebody look at it again? Such as 2027-01-31 (may stay empty)"),
    }
)
MEANT = Spoken({
    "table": noted("a place, with numbers"), "incidents": noted("something that happened somewhere"), "survey": noted("a person's answers"), "assets": noted("something good that is there"),
    "observations": noted("something seen, for the whole city"), "register": noted("an entry of a register"), "raster": noted("cells of a picture"),
    "streets": noted("ways people walk"), "backdrop": noted("a river, a park, a railway: shown, never counted"),
    "open": noted("no: open numbers"), "counts": noted("yes: records or counts of people"),
    "public": noted("yes: everybody"), "partners": noted("partners only"), "restricted": noted("nobody outside this office"),
})  # fmt: skip
TOLD = Spoken({SAME: noted("yes"), OTHERS: noted("no: rows under these names belong to no place"), SHAPES: noted("the shapes themselves")})


@dataclass(frozen=True)
class Question:
    """key of the card; words for a person; answer: as guessed, or blank; choices: where one must be chosen; several: where more than one may be."""

    key: str
    words: str
    answer: str | tuple[str, ...]
    choices: tuple[str, ...] = ()
    several: bool = False
    long: bool = False
    needed: bool = True


def questions(proposal: Proposal, workspace: Workspace) -> tuple[Question, ...]:
    """What a person is asked of the proposed file, in the order of the card."""
    keys = [key for key in WORDS if key in ("name", "title") or key in proposal.card or key in proposal.asked]
    own = tuple(_question(key, proposal, workspace) for key in keys)
    return own if proposal.room == BOUNDARIES else (*own, *_for_the_catalogue(workspace))


def answered(proposal: Proposal, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The card of the proposal with a person's answers in it; an empty answer to what need not be answered leaves its key out."""
    card = copy.deepcopy(proposal.card)
    for key, answer in answers.items():
        given = answer.strip() if isinstance(answer, str) else list(answer or ())
        head, _, part = key.partition(" → ")
        if part:
            card[head][part] = given
        elif key == "contributors":
            card[key] = [{"title": given, "roles": ["provider"]}]
        elif key == "licenses":
            card[key] = [{"name": given}]
        elif key == "geomap:names":
            card[key] = {"pairs": {name: code if given == SAME else "" for name, code in card[key]["pairs"].items()}, "confirmed": True}
        elif key == "geomap:places" and not isinstance(card.get(key), dict):
            boundaries, _, column = given.partition(PARTED)
            card |= {key: {"boundaries": boundaries, "field": column} if column else ""}
        elif key != "geomap:places":
            card[key] = given
    if card.get("geomap:kind") in ("observations", "register") and not card.get("geomap:places"):
        card.pop("geomap:places", None)
    return {key: value for key, value in card.items() if value not in ("", []) or key in ("name", "title", *ASKED)}


def take_in(proposal: Proposal, card: dict[str, Any], workspace: Workspace) -> Path:
    """The card's file, once the proposed file with *card* reads as a layer or boundary set and its rows find their places; else nothing is written."""

    def reads(folder: Path) -> None:
        if proposal.room == BOUNDARIES:
            read_boundaries(folder)
            return
        layer = read_layer(folder)
        if layer.card.places is not None and layer.raster is None:
            level = next(iter(workspace.methodology.methodology.levels))
            demand(join(layer, workspace.atlas, level), layer, workspace.atlas)

    return keep(proposal, card, workspace, checked=reads)


def _question(key: str, proposal: Proposal, workspace: Workspace) -> Question:
    if key == "geomap:names":
        pairs = "; ".join(f"{name}: {code or say('no place here')}" for name, code in proposal.card[key]["pairs"].items())
        return Question(key, f"{WORDS[key]} {pairs}", OTHERS, (OTHERS, SAME))
    return Question(key, WORDS[key], _answer(key, proposal.card), _choices(key, proposal, workspace), long=key in LONG)


def _answer(key: str, card: Mapping[str, Any]) -> str:
    head, _, part = key.partition(" → ")
    found = card.get(head, "")
    if part or not isinstance(found, dict | list):
        return found[part] if part else str(found)
    if isinstance(found, list):
        return next(iter(found[0].get(name, "") for name in ("title", "name") if name in found[0]), "")
    return PARTED.join(str(found[name]) for name in ("boundaries", "field", "x", "y") if found.get(name)) or SHAPES


def _choices(key: str, proposal: Proposal, workspace: Workspace) -> tuple[str, ...]:
    name = {"geomap:kind": "kind", "geomap:evidence": "evidence", "geomap:sensitivity": "sensitivity", "geomap:tier": "tier"}.get(key)
    if name:
        return get_args(LayerCard.model_fields[name].annotation)
    if key in ("geomap:code", "geomap:name") and proposal.shapes:
        return tuple(str(one) for one in proposal.shapes.frame.columns if one != proposal.shapes.frame.geometry.name)
    if key == "geomap:places":
        known = _answer(key, proposal.card)
        return (known,) if known else _ways(proposal, workspace)
    return ()


def _ways(proposal: Proposal, workspace: Workspace) -> tuple[str, ...]:
    """Each set of places with each column that could hold its codes."""
    try:
        sets = tuple(workspace.atlas.sets)
    except GeomapError:
        return ()
    columns = list(proposal.table.table.cells.columns) if proposal.table else []
    return tuple(f"{one}{PARTED}{column}" for one in sets for column in columns)


def _for_the_catalogue(workspace: Workspace) -> tuple[Question, ...]:
    try:
        issues = tuple(issue.id for issue in read_issues(workspace.path))
    except GeomapError:
        issues = ()
    topics = ("", *dict.fromkeys([*kinds()["kind"], *kinds()["topic"]]))
    asked = [Question("geomap:topic", WORDS["geomap:topic"], "", topics, needed=False)]
    asked += [Question("geomap:issues", WORDS["geomap:issues"], (), issues, several=True, needed=False)] if issues else []
    return (*asked, Question("geomap:review_by", WORDS["geomap:review_by"], "", needed=False))
