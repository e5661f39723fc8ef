"""The edition ledger: everything ever published about people, replayed by an attacker before anything new leaves.

The file behind it lies in the workspace's restricted zone (geomap.workspace.ledger_file); here stands what it means.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array, csr_array, eye_array, vstack
from scipy.sparse.csgraph import connected_components

from geomap.disclosure.atoms import incidence
from geomap.disclosure.attacker import ContradictionError, Knowledge, narrowed, reach
from geomap.disclosure.ground import pieces_of
from geomap.disclosure.nesting import Nests
from geomap.disclosure.revised import Revised, revised
from geomap.errors import DisclosureError
from geomap.worded import worded

ENTRY = ("what", "indicator", "boundaries", "place", "since", "until", "where", "low", "high", "threshold")
FORM = 2
OPEN_ENDED = np.inf
WIDE = 10


@dataclass(frozen=True)
class Release:
    """What is published at once, or was.

    name: of the edition. entries: one row a published count, the columns ENTRY: what is counted, in which indicator; the boundary set and the place; first and
    last day; the filter as JSON (column → values, or {"not": values}); the least and greatest count that the publication allows (equal where it is exact); the threshold
    under which counts are withheld. outlines: per boundary set, its polygons by place code in WGS84, or nothing where no shapes are needed. form: of what
    was entered then (1: of surveys only how many answered). Of a new release also nests: by layer, the columns of its records that nest; lost: layers and
    columns that something was published by and that the records no longer have.
    """

    name: str
    entries: pd.DataFrame
    outlines: Mapping[str, Mapping[str, shapely.Geometry]] = field(default_factory=dict)
    form: int = FORM
    nests: Mapping[str, Nests] = field(default_factory=dict)
    lost: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if lacking := [name for name in ENTRY if name not in self.entries]:
            raise DisclosureError(f"The release '{self.name}' says nothing of {lacking}; every entry of the ledger needs {list(ENTRY)}.")
        wrong = self.entries[(self.entries["low"] > self.entries["high"]) | (self.entries["low"] < 0)]
        if len(wrong):
            raise DisclosureError(f"The release '{self.name}' has limits that no count fits, for {list(wrong['place'])[:10]}.")


@dataclass(frozen=True)
class Ledger:
    """All releases there have been, oldest first."""

    releases: tuple[Release, ...] = ()

    def with_release(self, release: Release) -> "Ledger":
        """The ledger and one release more."""
        return Ledger((*self.releases, release))


@dataclass(frozen=True)
class Exposure:
    """A count of people that everything published would tell too closely: it lies from low to high.

    entry: the position, in the new release, of the number that would tell it. earlier: the release that together with it tells.
    """

    what: str
    place: str
    low: float
    high: float
    entry: int
    earlier: str
    sentence: str


@dataclass(frozen=True)
class Counted:
    """What one table of counts is about: what is counted, in which indicator and boundary set; first and last day; the filter as JSON; the threshold."""

    what: str
    indicator: str
    boundaries: str
    since: str
    until: str
    where: str
    threshold: int


def entries_of(counts: pd.DataFrame, about: Counted) -> pd.DataFrame:
    """The ledger's entries of one table of counts: its index the place codes, its columns low and high what the publication says of each count.

    Places about which nothing is said (NaN) have no entry. Counts that are no whole numbers, because a place was divided, are known to the next ones.
    """
    said = counts[counts["low"].notna() & counts["high"].notna()]
    limits = {
        "low": np.floor(said["low"].to_numpy(dtype=float)),
        "high": np.ceil(said["high"].to_numpy(dtype=float)),
    }
    return pd.DataFrame({"place": said.index.astype(str), **asdict(about), **limits})[list(ENTRY)]


def replay(ledger: Ledger, release: Release) -> list[Exposure]:
    """The counts that *release*, beside everything in *ledger*, would tell more closely than they may be told; empty when it may leave.

    Attacked are the smallest sums that publications differ by, every withheld number, and the difference of every two numbers of which one holds the other.
    Who publishes two different numbers of the same thing tells their difference; that is refused too.
    """
    found: list[Exposure] = []
    for what in dict.fromkeys(release.entries["what"]):
        found += _replay_one(ledger, release, what)
    return found


def settle(ledger: Ledger, release: Release, *, rounds: int = 200) -> Release:
    """The release with as much withheld of it as keeps every small count safe; DisclosureError, with the sentences, when withholding cannot."""
    for _ in range(rounds):
        exposures = replay(ledger, release)
        if not exposures:
            return release
        rows = _most_telling(release, exposures)
        if not rows:
            break
        entries = release.entries.copy()
        entries.iloc[rows, entries.columns.get_loc("low")] = np.minimum(entries["low"].iloc[rows], 1.0)
        entries.iloc[rows, entries.columns.get_loc("high")] = OPEN_ENDED
        release = replace(release, entries=entries)
    raise DisclosureError(f"'{release.name}' may not be published:", tuple(one.sentence for one in exposures))


def _most_telling(release: Release, exposures: Sequence[Exposure]) -> list[int]:
    """For each place the shown number that most exposures are laid to; what the others would tell is looked at again without it."""
    laid = pd.Series([one.entry for one in exposures]).value_counts().sort_index()
    shown = laid[np.isfinite(release.entries["high"].to_numpy()[laid.index])]
    place = release.entries["place"].to_numpy()[shown.index]
    return sorted(shown.groupby(place).idxmax())


def narrow(low: np.ndarray, high: np.ndarray, threshold: float) -> np.ndarray:
    """Where somebody would be told more than that a count is small: fewer possible counts than the 1 to threshold - 1 of the band, and not only 0 or large ones.

    Of a large band, such as that of a survey's base, so many counts as *WIDE* lie apart may be left: nobody's answers can be told from that.
    """
    return (high >= 1) & (low < threshold) & (high - low < _enough(threshold))


def tells_revision(low: np.ndarray, high: np.ndarray, threshold: float) -> np.ndarray:
    """Where somebody would be told too closely by how many people a number was revised, up or down: not by none, not by *threshold* or more for sure, and by fewer possible numbers than the band."""
    return (high - low < _enough(threshold)) & ((low != 0) | (high != 0)) & (low < threshold) & (high > -threshold)


def _enough(threshold: float) -> float:
    """How far apart the least and greatest count must lie that may be told of a small one."""
    return min(threshold - 2, WIDE)


def _replay_one(ledger: Ledger, release: Release, what: str) -> list[Exposure]:
    """The exposures of one thing that is counted."""
    everything = [(number, one) for number, one in enumerate((*ledger.releases, release)) if (one.entries["what"] == what).any()]
    rows = pd.concat(
        [one.entries[one.entries["what"] == what].assign(release=number, row=lambda some: some.index) for number, one in everything]
    )
    new = (rows["release"] == len(ledger.releases)).to_numpy()
    where = np.flatnonzero((release.entries["what"] == what).to_numpy())
    outlines = {name: shapes for _, one in everything for name, shapes in one.outlines.items()}
    pieces, names = pieces_of(rows, outlines), tuple(one.name for one in (*ledger.releases, release))
    found: list[Exposure] = []
    for some in _families(rows["where"]):
        if new[some].any():
            part = rows[some].reset_index(drop=True)
            story = _Story(incidence(part, pieces), part, new[some], where[some[new]], names)
            found += story.told()
    return list(dict.fromkeys(found))


def _families(where: pd.Series) -> list[np.ndarray]:
    """Which entries are held together: those whose filters name no column but those of one filter that names most.

    Numbers by age and numbers by sex say nothing more of each other than what both say of everybody, as long as nobody publishes age by sex: a crossing
    lies in no fewer numbers than the smallest of its margins and what they leave of the whole.
    """
    named = {text: frozenset(json.loads(text)) for text in dict.fromkeys(where)}
    most = [one for one in dict.fromkeys(named.values()) if not any(one < other for other in named.values())]
    return [where.map(lambda text, one=one: named[text] <= one).to_numpy(dtype=bool) for one in most]


@dataclass(frozen=True)
class _Story:
    """Everything published of one thing: members (entries, atoms), the entries, which of them are new and their rows in the release, the releases' names."""

    members: csr_array
    rows: pd.DataFrame
    new: np.ndarray
    at: np.ndarray
    names: Sequence[str]

    def knowledge(self, some: np.ndarray) -> Knowledge:
        """What *some* of the entries tell of the atoms."""
        low, high = (self.rows[name].to_numpy(dtype=float)[some] for name in ("low", "high"))
        count = self.members.shape[1]
        return Knowledge(csr_array(self.members[some]), low, high, np.zeros(count), np.full(count, np.inf))

    def told(self) -> list[Exposure]:
        """What all entries together tell too closely and the older ones alone do not, or where they do not fit each other.

        Entries that do not fit each other: the records were revised, and how far is looked at as well. Where nothing was revised, larger places may have left
        out the answers of those that were too few to show; then they tell no more than the sum of what is shown, and the others are looked at without them.
        """
        try:
            return self.exposures()
        except ContradictionError:
            if found := revised(self.members, self.rows):
                return self._revisions(found)
            plain = self._without_sums()
            return plain.told() if plain.new.any() and len(plain.rows) < len(self.rows) else [self._unclear()]

    def exposures(self) -> list[Exposure]:
        """What all entries together tell too closely and the older ones alone do not; ContradictionError where they do not fit each other."""
        targets, threshold = self._targets()
        known = narrowed(self.knowledge(np.ones(len(self.rows), dtype=bool)))
        targets, low, high = _told(known, targets, threshold)
        if not len(low):
            return []
        old = self.knowledge(~self.new)
        before = reach(old, targets, enough=high - low + 1) if (~self.new).any() else (np.full(len(low), -1.0),) * 2
        fresh = np.flatnonzero((before[0] < low) | (before[1] > high) | (before[0] < 0))
        return list(dict.fromkeys(self._exposure(csr_array(targets[[one]]), low[one], high[one]) for one in fresh))

    def _without_sums(self) -> "_Story":
        """The same without the numbers that are the sum of what their own release shows of places inside them."""
        part, whole = _nested(self.members, self.members)
        size, low = np.asarray(self.members.sum(axis=1)).ravel(), self.rows["low"].to_numpy(dtype=float)
        exact = (self.rows["low"] == self.rows["high"]).to_numpy()
        alike = self.rows.groupby(["release", "since", "until", "where"]).ngroup().to_numpy()
        kept = (size[part] < size[whole]) & exact[part] & exact[whole] & (alike[part] == alike[whole])
        place = self.rows[["boundaries", "place"]].iloc[part[kept]].reset_index(drop=True)
        inside = place.assign(whole=whole[kept], low=low[part[kept]]).drop_duplicates(["whole", "boundaries", "place"])
        sums = inside.groupby(["whole", "boundaries"], as_index=False)["low"].sum()
        left = np.ones(len(self.rows), dtype=bool)
        left[sums["whole"][sums["low"] == low[sums["whole"]]]] = False
        return _Story(
            csr_array(self.members[left]), self.rows[left].reset_index(drop=True), self.new[left], self.at[left[self.new]], self.names
        )

    def _targets(self) -> tuple[csr_array, float]:
        """Everything connected with the new entries: atoms, numbers that are not exact, differences of nested ones; and each one's threshold."""
        fresh, linked = csr_array(self.members[self.new]), self._linked()
        atoms = np.flatnonzero(csr_array(self.members[linked]).sum(axis=0))
        loose = linked & (self.rows["low"] != self.rows["high"]).to_numpy()
        inner, outer = self._unsettled(*_nested(fresh, self.members))
        parts = [csr_array(eye_array(self.members.shape[1], format="csr"))[atoms], self.members[loose]]
        if len(inner):
            parts.append(csr_array(abs(fresh[inner] - self.members[outer])))
        targets = csr_array(vstack(parts))
        return targets, float(self.rows["threshold"].max())

    def _unsettled(self, mine: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of pairs of new entries and others, those whose difference is not known at once to be nothing, or large enough."""
        low, high = (self.rows[name].to_numpy(dtype=float) for name in ("low", "high"))
        one = np.flatnonzero(self.new)[mine]
        apart = np.abs(low[one] - low[other])
        settled = (low[one] == high[one]) & (low[other] == high[other]) & ((apart < 1) | (apart >= self.rows["threshold"].max()))
        return mine[~settled], other[~settled]

    def _linked(self) -> np.ndarray:
        """Which entries speak of atoms that are connected, through any number of entries, with a new one."""
        _, label = connected_components(csr_array(self.members @ self.members.T), directed=False)
        return np.isin(label, label[self.new])

    def _exposure(self, target: csr_array, low: float, high: float) -> Exposure:
        """The exposure of *target*, laid to the new number that says most of it, and to the older number nearest to that."""
        shared = (self.members @ target.T).toarray().ravel()
        about = (self.members @ (self.members.T @ (shared > 0))) > 0
        shown = self.new & about & np.isfinite(self.rows["high"].to_numpy())
        size = np.asarray(self.members.sum(axis=1)).ravel()
        mine = int(min(np.flatnonzero(shown if shown.any() else self.new), key=lambda one: (-shared[one], size[one])))
        overlap = (self.members @ self.members[[mine]].T).toarray().ravel()
        old = np.flatnonzero(~self.new & (overlap > 0))
        return self._tell(mine, int(max(old, key=lambda one: (overlap[one] / size[one], -size[one]))) if len(old) else -1, low, high)

    def _tell(self, mine: int, old: int, low: float, high: float) -> Exposure:
        row = self.rows.iloc[mine]
        other = worded("the other numbers of this release")
        if old >= 0:
            other = worded(
                "the earlier publication '{release}' ({number})",
                release=self.names[int(self.rows["release"].iloc[old])],
                number=_words(self.rows.iloc[old]),
            )
        low = abs(max(low, 0.0))  # no -0
        count = worded("exactly {number}", number=f"{low:,.0f}")
        if low != high:
            count = worded("between {low} and {high}", low=f"{low:,.0f}", high=f"{high:,.0f}")
        sentence = worded(
            "{number}, beside {other}, would tell that a part of it holds {records} record(s); numbers from 1 to {most} are withheld. Withhold this number, or publish it for the place, period or kinds that were published before.",
            number=_words(row),
            other=other,
            records=count,
            most=int(row["threshold"]) - 1,
        )
        earlier = self.names[int(self.rows["release"].iloc[old])] if old >= 0 else ""
        return Exposure(str(row["what"]), str(row["place"]), float(low), float(high), self._position(mine), earlier, sentence)

    def _position(self, mine: int) -> int:
        return int(self.at[np.flatnonzero(self.new).tolist().index(mine)])

    def _revisions(self, found: Revised) -> list[Exposure]:
        """How far records were revised, where it is told too closely, and what else is; every revision of this release, where not even so all fits together."""
        apart, threshold = replace(self, members=found.members), float(self.rows["threshold"].max())
        try:
            low, high = reach(apart.knowledge(np.ones(len(self.rows), dtype=bool)), found.differences, enough=_enough(threshold))
            before = reach(apart.knowledge(~self.new), found.differences, enough=high - low + 1)
            told = tells_revision(low, high, threshold) & ((before[0] < low) | (before[1] > high))
            return [*(self._revision(found, one) for one in np.flatnonzero(told)), *apart.exposures()]
        except ContradictionError:
            return [self._revision(found, one) for one in np.flatnonzero(self.new[found.now])] or [self._unclear()]

    def _revision(self, found: Revised, target: int) -> Exposure:
        """The revision that is a *target*, laid to the new number that says most of it."""
        now, then = self.rows.iloc[found.now[target]], self.rows.iloc[found.then[target]]
        shared = (found.members @ abs(found.differences[[target]]).T).toarray().ravel()
        mine = found.now[target] if self.new[found.now[target]] else np.flatnonzero(self.new)[shared[self.new].argmax()]
        low, high = sorted([abs(now["low"] - then["high"]), abs(now["high"] - then["low"])])
        sentence = worded(
            "{number} was published otherwise in '{release}': the records were revised, and the two numbers would tell by how much. Withhold this number, round counts, publish the revision for a larger place or a longer period, or keep the records as they were published and say what was wrong with 'geomap erratum'.",
            number=_words(now),
            release=self.names[int(then["release"])],
        )
        return Exposure(
            str(now["what"]), str(now["place"]), low, high, self._position(int(mine)), self.names[int(then["release"])], sentence
        )

    def _unclear(self) -> Exposure:
        first = int(np.flatnonzero(self.new)[0])
        row = self.rows.iloc[first]
        within = worded(
            "The numbers of '{indicator}' do not fit the other numbers of this edition; whether they tell on somebody cannot be judged, so they may not leave. "
            "Where places were divided, counts of people are whole numbers, and those of kinds do not always add up to those of all: publish the one or the other.",
            indicator=str(row["indicator"]),
        )
        before = worded(
            "The numbers of '{indicator}' do not fit what was published before; whether they tell on somebody cannot be judged, so they may not leave. Look whether records were revised or places renamed.",
            indicator=str(row["indicator"]),
        )
        sentence = within if self.new.all() else before
        return Exposure(
            str(row["what"]), str(row["place"]), 0.0, 0.0, self._position(first), self.names[int(self.rows["release"].min())], sentence
        )


def _told(known: Knowledge, targets: csr_array, threshold: float) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Those of *targets* that are told too closely, each once, and their limits; only what single relations leave open is worked out by programmes."""
    signs = np.random.default_rng(0).normal(size=targets.shape[1])
    targets = csr_array(targets[np.unique((targets @ signs).round(9), return_index=True)[1]])
    low, high = targets @ known.lowest, targets @ known.highest
    open_ = np.flatnonzero((low < threshold) & (high >= 1) & ~narrow(low, high, threshold))
    if len(open_):
        low[open_], high[open_] = reach(known, csr_array(targets[open_]), enough=_enough(threshold))
    told = np.flatnonzero(narrow(low, high, threshold))
    return csr_array(targets[told]), low[told], high[told]


def _nested(some: csr_array, members: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Rows of *some* and of *members* of which one holds all of the other and more."""
    shared = coo_array(some @ members.T)
    one, other = np.asarray(some.sum(axis=1)).ravel()[shared.row], np.asarray(members.sum(axis=1)).ravel()[shared.col]
    proper = (one != other) & (shared.data == np.minimum(one, other))
    return shared.row[proper], shared.col[proper]


def _words(row: pd.Series) -> str:
    kinds = "" if row["where"] == "{}" else f", {row['where']}"
    return f"'{row['indicator']}' of {row['place']}, {row['since']} to {row['until']}{kinds}"
