"""A published or a user's own index as a file: nodes, each of columns or of nodes before it, gathered and stepped."""

from pathlib import Path
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap._toml import read_toml
from geomap.errors import MethodologyError
from geomap.methodology.weighting import Weighting, Weights
from geomap.scoring.steps import AnyStep

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Gather = Literal[
    "sum", "mean", "geometric", "harmonic", "scaled_geometric", "product", "ratio", "first", "count", "ordered", "copeland", "max", "min"
]
MEANS = ("mean", "geometric", "harmonic", "scaled_geometric", "ordered")
Reason = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Only(Recipe):
    """Which places take part: those whose *column* is within the limits. The others have no value anywhere and are not ranked."""

    column: str
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    at_most: float | None = None
    reason: Reason

    @model_validator(mode="after")
    def _a_limit(self) -> Self:
        if (self.above, self.at_least, self.below, self.at_most) == (None,) * 4:
            raise ValueError("needs a limit: above, at_least, below or at_most")
        return self


class Head(Recipe):
    """What the index is, who publishes it, and how its table is read.

    key: the column that names each place. missing: marks that stand for a missing value, such as -999. only: which places take part.
    main: the node that says it all in one number; the last where it is left out.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    publisher: str = ""
    source: str = ""
    licence: str = ""
    key: str = ""
    missing: tuple[str, ...] = ("",)
    only: Only | None = None
    main: str = ""
    reason: Reason


class Node(Recipe):
    """One number per place: of columns or of nodes before it, gathered into one and then stepped.

    direction: -1 counts the parts' sum from the other end before the steps. weights: see Weighting. powers: for gather = "product".
    missing: propagate (any gap makes a gap) or ignore (the parts that are there speak, when they hold *least* of the weight and are at least
    *least_count*). only: which places the node speaks of, by a column or a node before it. show = false keeps it out of what is written.
    """

    id: Id
    title: str = ""
    of: tuple[str, ...] = Field(min_length=1)
    gather: Gather | None = None
    weights: Weights = Weighting()
    powers: tuple[float, ...] = ()
    missing: Literal["propagate", "ignore"] | None = None
    least: float = Field(0.0, ge=0, le=1)
    least_count: int = Field(1, ge=1)
    direction: Literal[1, -1] = 1
    only: Only | None = None
    steps: tuple[AnyStep, ...] = ()
    show: bool = True
    reason: Reason

    @model_validator(mode="after")
    def _can_be_gathered(self) -> Self:
        several, faults = len(self.of) > 1, list(self.weights.faults(self.of))
        if several and self.gather is None:
            faults.append(f"has several parts; say in gather how they become one: {', '.join(get_args(Gather))}")
        if several and self.missing is None:
            faults.append("has several parts; say in missing what happens where one is missing: propagate or ignore")
        if self.powers and len(self.powers) != len(self.of):
            faults.append(f"has {len(self.of)} parts but {len(self.powers)} powers")
        if (self.gather == "product") != bool(self.powers):
            faults.append('gather = "product" goes with powers, one for each part, such as powers = [1, 1, -1] for a × b / c')
        faults += _idle(self) if not faults else []
        if len(set(self.of)) < len(self.of):
            faults.append(f"names a part twice in of = {list(self.of)}; give it a weight instead")
        if faults:
            raise ValueError("\n".join(faults))
        return self


def _idle(node: "Node") -> list[str]:
    """Words of a node that would say nothing, or something that cannot be."""
    shares, plain = node.weights.shares(node.of), node.weights == Weighting()
    total = sum(shares) if shares else 1.0
    said = [
        (node.gather in ("max", "min", "first", "count", "ratio", "product") and not plain, f"gather = {node.gather} weighs nothing; take weights out"),
        (node.gather in MEANS and shares is not None and (min(shares) < 0 or total <= 0), "a mean needs weights from 0 up, one of them above 0"),
        (node.gather == "ordered" and bool(node.weights.named or node.weights.data or node.weights.columns),
         "the weights of gather = ordered go to the highest part, the next …: write them as a list"),
        (node.gather in ("ordered", "ratio") and node.missing == "ignore", f'gather = {node.gather} needs every part; write missing = "propagate"'),
        (node.gather == "ratio" and len(node.of) == 1, "a ratio needs what it is divided by as a second part"),
        (node.missing == "propagate" and (node.least > 0 or node.least_count > 1), 'least and least_count go with missing = "ignore"'),
        (node.least_count > len(node.of), f"has {len(node.of)} parts, so that never {node.least_count} of them are there"),
    ]  # fmt: skip
    return [sentence for wrong, sentence in said if wrong]


class Typology(Recipe):
    """A word per place from two classes: labels[row][column], the row by the class of the first node, the column by that of the second.

    Classes count from 1, as the steps quantile_class, cut and natural_breaks give them, and flags (0 or 1) count from 0 with start = 0.
    """

    id: Id
    of: tuple[str, str]
    start: Literal[0, 1] = 1
    labels: tuple[tuple[str, ...], ...] = Field(min_length=1)
    reason: Reason

    @model_validator(mode="after")
    def _rectangular(self) -> Self:
        if len({len(row) for row in self.labels}) > 1:
            raise ValueError("the rows of labels differ in length; give one label for each class of the second node in every row")
        return self


class Summary(Recipe):
    """One number per larger place, such as an authority: of a node, weighted by a column.

    how: mean, sum, median, lowest, highest, count (of places with a value), mean_inverted_rank (N + 1 - rank, weighted), share_worst (the share of places of which the node's rank is in the worst *share*;
    unweighted without weight), extent (the mean of a weight by percentile of rank: *curve* gives [percentile, weight] points, straight between them,
    nothing after the last; as it stands that of the English indices), concentration (the mean inverted
    rank of the worst places that hold exactly *share* of the weight).
    """

    id: Id
    by: str
    of: str
    how: Literal["mean", "sum", "median", "lowest", "highest", "count", "mean_inverted_rank", "share_worst", "extent", "concentration"]
    weight: str = ""
    share: float = Field(0.1, gt=0, le=1)
    curve: tuple[tuple[float, float], ...] = ((10, 1.0), (11, 0.95), (30, 0.05))
    steps: tuple[AnyStep, ...] = ()
    reason: Reason

    @model_validator(mode="after")
    def _steps_that_serve(self) -> Self:
        if any(step.by for step in self.steps) or _fitted_by(self.steps):
            raise ValueError(
                "the steps of a summary are taken among the larger places, which have no columns; take by, among and weight out of them"
            )
        return self


class IndexFile(Recipe):
    """The whole file, bound: nodes stand after what they are made of."""

    index: Head
    node: tuple[Node, ...] = Field(min_length=1)
    typology: tuple[Typology, ...] = ()
    summary: tuple[Summary, ...] = ()

    @model_validator(mode="after")
    def _bound(self) -> Self:
        ids = [part.id for part in (*self.node, *self.typology, *self.summary)]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the ids {twice} are used more than once; each needs its own")
        if self.index.main and self.index.main not in {node.id for node in self.node}:
            raise ValueError(f"main = '{self.index.main}' is no node; there are {[node.id for node in self.node]}")
        later = {name: place for place, name in enumerate(node.id for node in self.node)}
        faults = [
            f"node '{node.id}' is made of '{part}', which is described after it; put '{part}' first"
            for place, node in enumerate(self.node)
            for part in node.of
            if later.get(part, -1) > place
        ]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of numbers the file needs, in order: what nodes are made of that is no node before them, masks and weights."""
        found: dict[str, None] = {self.index.only.column: None} if self.index.only else {}
        known: set[str] = set()
        for node in self.node:
            found |= dict.fromkeys(part for part in node.of if part not in known)
            found |= dict.fromkeys([node.only.column] if node.only and node.only.column not in known else [])
            found |= dict.fromkeys((*node.weights.columns, *_fitted_by(node.steps)))
            known.add(node.id)
        found |= dict.fromkeys(part for typology in self.typology for part in typology.of if part not in known)
        found |= dict.fromkeys(one for summary in self.summary for one in (summary.of, summary.weight) if one and one not in known)
        return tuple(found)

    @property
    def weighting(self) -> tuple[str, ...]:
        """The columns that weigh, in nodes, steps and summaries; none of them may be below 0."""
        steps = [step.weight for node in self.node for step in node.steps if getattr(step, "weight", "")]
        nodes = {node.id for node in self.node}
        every = [
            *(column for node in self.node for column in node.weights.columns),
            *steps,
            *(one.weight for one in self.summary if one.weight),
        ]
        return tuple(name for name in dict.fromkeys(every) if name not in nodes)

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns of text that steps and summaries group by."""
        steps = [step.by for part in (*self.node, *self.summary) for step in part.steps if step.by]
        return tuple(dict.fromkeys([*steps, *(summary.by for summary in self.summary)]))


def _fitted_by(steps: tuple[AnyStep, ...]) -> list[str]:
    """The columns that steps are fitted among, or weighted by."""
    return [column for step in steps for word in ("among", "weight") if (column := getattr(step, word, ""))]


def read_index(path: Path) -> IndexFile:
    """The index in a TOML file; MethodologyError lists all its faults with their lines."""
    absent = f"There is no file {path}. 'geomap index --list' names the indices that are built in."
    return read_toml(path, IndexFile, error=MethodologyError, absent=absent)
