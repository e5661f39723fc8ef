"""What may leave the building: small counts of people and small bases stay inside, and a stand-in goes out for them.

The law, kept as a test: change a withheld place's records within its band, and not one published byte changes.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd

from geomap.boundaries.crosswalk import Crosswalk
from geomap.disclosure.bases import hidden_shares
from geomap.disclosure.rules import CellKey, CountRule, Withhold
from geomap.errors import DisclosureError
from geomap.indicators.measure import AGREED, Observed
from geomap.indicators.of_kinds import together
from geomap.worded import worded, worded_each

MOST_UNKNOWN = 0.05


class Mark(StrEnum):
    """Why a number is withheld, for the rooms after the gate; people read the flag."""

    NONE = ""
    ALL_BUT_FEW = "all but few"
    FEW_IN_ALL = "few in all"


@dataclass(frozen=True)
class Rule:
    """Counts of people from 1 to threshold - 1 are withheld, unless *counts* says otherwise, and so are shares of fewer than survey_base answers.

    openly: the rule for counts of open layers; without one they are shown as they are.
    """

    threshold: int
    survey_base: int
    counts: CountRule | None = None
    openly: CountRule | None = None

    def of(self, sensitivity: str) -> CountRule | None:
        """The rule for counts of a layer of that sensitivity; None where they are shown as they are."""
        if sensitivity == "open":
            return self.openly
        return self.counts or Withhold(below=self.threshold)

    @property
    def needs_keys(self) -> bool:
        """Whether counts need the keys of their records."""
        return isinstance(self.counts, CellKey) or isinstance(self.openly, CellKey)


def let_out(observed: Observed, sensitivity: str, rule: Rule) -> Observed:
    """What may be published of *observed*, given its layer's sensitivity (open, counts or survey)."""
    counts = rule.of(sensitivity)
    if observed.guard == "count" and sensitivity == "survey":
        raise DisclosureError(
            "The rows of a survey about people are answers, which are asked (survey_share, survey_mean, small_area, pillar) and not counted: a count of those who said something "
            "would tell what the shares withhold. Choose such a measure, or give the layer the sensitivity 'counts' if its rows are records and no answers."
        )
    if observed.kinds:
        return _each_kind(observed, sensitivity, rule)
    if observed.guard == "count" and counts is not None:
        return _counts(observed, counts)
    if observed.guard == "base":
        return _bases(observed, rule)
    if observed.guard == "modelled":
        return _modelled(observed, rule)
    if observed.guard == "none" and sensitivity != "open":
        raise DisclosureError(
            f"A layer of sensitivity '{sensitivity}' may only be counted (rate, share) or asked (survey_share), so that small numbers can be withheld. "
            "Choose another measure, or declare the layer open if what it holds has been published."
        )
    return observed


def roll_up(published: Observed, walk: Crosswalk, places: pd.Index) -> Observed:
    """Counts of larger places, summed from what the smaller ones may show, so that no difference between levels tells a withheld count.

    A larger place whose unknown parts hold more than a *MOST_UNKNOWN* share of its exposure stays unknown; with less, the rest speaks for it, flagged.
    """
    frame = published.frame
    known = frame["events"].notna()
    parts = (
        frame[["events", "exposure", "half"]]
        .where(known, 0.0)
        .assign(all=frame["exposure"].fillna(0.0), hidden=frame["hidden"].astype(float))
    )
    parts["withheld"] = parts["half"].where(frame["hidden"].astype(bool), 0.0)
    parts["unknown"] = (~known & (parts["all"] > 0)).astype(float)
    out = pd.DataFrame({name: walk.carry(parts[name], places) for name in parts})
    enough = (out["exposure"] > 0) & (out["exposure"] >= (1 - MOST_UNKNOWN) * out["all"])
    out["events"] = out["events"].where(enough)
    out["status"] = np.where(enough, "value", "missing")
    withheld = _counted(worded("includes {count} withheld count(s) at the middle of their band"), out["hidden"])
    out["flags"] = (
        withheld + "; " + _counted(worded("without {count} part(s) whose count is unknown"), out["unknown"].where(enough, 0))
    ).str.strip("; ")
    kinds = tuple(replace(one, seen=roll_up(one.seen, walk, places)) for one in published.kinds)
    columns = ["events", "exposure", "half", "withheld", "hidden", "status", "flags"]
    return replace(published, kinds=kinds, frame=out.assign(hidden=False)[columns])


def _counted(words: str, counts: pd.Series) -> pd.Series:
    return worded_each(words, counts.fillna(0).astype(int).astype(str)).where(counts > 0, "")


def _each_kind(observed: Observed, sensitivity: str, rule: Rule) -> Observed:
    """What may be published of each kind by itself, and of all together only what that makes: known weights would tell the counts behind a sum."""
    kinds = [replace(one, seen=let_out(one.seen, sensitivity, rule)) for one in observed.kinds]
    counts = rule.of(sensitivity)
    if counts is None:
        return together(kinds, observed.notes)
    blurred = (counts.words,) if any(counts.words in one.seen.notes for one in kinds) else ()
    told = together(kinds, (*observed.notes, *blurred))
    few = worded(
        "{places} place(s) have fewer than {least} recorded events of some kind; these counts are withheld, and of the weighted sum only the band is told."
    )
    return told.with_frame(told.frame, *_note(told.frame["hidden"], few, counts.below))


def _counts(observed: Observed, rule: CountRule) -> Observed:
    """What the rule shows of each count; a withheld one is the middle of its band, with half its width.

    A count that its source withholds stays so: where its band lies within the rule's, it gets the rule's, so that nothing finer is told.
    """
    observed = _few_in_all(observed, rule.below) if observed.whole and not observed.whole_is_open else observed
    frame = observed.frame
    banded = frame["hidden"].astype(bool)
    within = banded & (frame["events"] + frame["half"] < rule.below)
    protected = rule.protect(frame["events"].mask(banded), frame.get("key"))
    cells, hidden = protected.frame, protected.hidden | within
    blurred = (cells["status"] == "rounded").to_numpy()
    half = np.maximum(cells["shown"] - cells["low"], cells["high"] - cells["shown"])
    out = frame.drop(columns=["key", "whole_key"], errors="ignore").assign(
        events=cells["shown"].mask(banded, frame["events"]).mask(hidden, rule.below / 2),
        half=frame["half"].mask(hidden, rule.below / 2 - 1).mask(blurred, half),
        hidden=hidden | banded,
        flags=frame["flags"]
        .mask(hidden & ~banded, worded("withheld: fewer than {least} events", least=rule.below))
        .mask(blurred, _blur(rule)),
    )
    words = (rule.words,) if blurred.any() else ()
    told = observed.with_frame(
        out,
        *words,
        *_note(hidden, worded("{places} place(s) have fewer than {least} recorded events; their counts are withheld."), rule.below),
    )
    return _beside_the_whole(told, cells.mask(hidden | banded), rule, frame.get("whole_key", frame.get("key"))) if observed.whole else told


def _beside_the_whole(told: Observed, parts: pd.DataFrame, rule: CountRule, keys: pd.Series | None) -> Observed:
    """What may be told of a part beside its whole, which the rule blurs too where it is no open number: a share and its part would give it back.

    parts: between which numbers each part that is told lies. Withheld is a part that, by what is told of both, may leave few of the whole.
    """
    frame = told.frame
    if told.whole_is_open:
        return _all_but_few(told, frame["exposure"] - parts["high"], frame["exposure"] - parts["low"], rule.below)
    known = (frame["exposure"] >= rule.below) & (frame["mark"] != Mark.FEW_IN_ALL)  # of few in all a stand-in is there already
    wholes = rule.protect(frame["exposure"].where(known), keys).frame
    blurred = told.with_frame(frame.assign(exposure=wholes["shown"].where(known, frame["exposure"])))
    return _all_but_few(blurred, wholes["low"] - parts["high"], wholes["high"] - parts["low"], rule.below)


def _few_in_all(observed: Observed, below: int) -> Observed:
    """Withheld altogether where the whole is a small count: whatever its part, the share or its limits would tell it. No number stands in, since the share could be any."""
    frame = observed.frame
    few = (frame["exposure"] > 0) & (frame["exposure"] < below)
    silent = few & frame["status"].isin(["value", "suppressed"])
    out = frame.assign(
        events=frame["events"].mask(few),
        exposure=frame["exposure"].mask(few, below / 2),
        half=frame["half"].mask(few, 0.0),
        hidden=frame["hidden"].astype(bool) & ~few,
        status=frame["status"].mask(silent, "suppressed"),
        flags=frame["flags"].mask(silent, worded("withheld: a share of fewer than {least} in all", least=below)),
        mark=np.where(silent, Mark.FEW_IN_ALL, Mark.NONE),
    )
    return observed.with_frame(
        out, *_note(silent, worded("{places} place(s) have fewer than {least} in all; their shares are withheld."), below)
    )


def _all_but_few(observed: Observed, least: pd.Series, most: pd.Series, below: int) -> Observed:
    """Withheld too where what the part leaves of the whole, from *least* to *most*, may be a small count: 98 of 100 tells the 2; the middle of its band stands in, from the whole down."""
    frame = observed.frame
    few = (most > 0) & (least < below) & (frame["events"] > 0) & ~frame["hidden"].astype(bool)
    out = frame.assign(
        events=frame["events"].mask(few, frame["exposure"] - below / 2),
        half=frame["half"].mask(few, below / 2 - 1),
        hidden=frame["hidden"].astype(bool) | few,
        flags=frame["flags"].mask(few, worded("withheld: all but fewer than {least} of all", least=below)),
        mark=frame.get("mark", pd.Series(Mark.NONE, index=frame.index)).mask(few, Mark.ALL_BUT_FEW),
    )
    return observed.with_frame(
        out,
        *_note(
            few,
            worded(
                "{places} place(s) have all but fewer than {least} of all; their counts are withheld, since what is left of the whole is told by them."
            ),
            below,
        ),
    )


def _blur(rule: CountRule) -> str:
    return (
        worded("rounded to the nearest {nearest}", nearest=rule.nearest)
        if isinstance(rule, Withhold)
        else worded("with noise that protects people")
    )


def _bases(observed: Observed, rule: Rule) -> Observed:
    frame, base = observed.frame, rule.survey_base
    thin, few = _thin(observed, rule), too_few_agreed(observed, rule)
    hidden = thin | few
    shown = frame[~hidden & frame["value"].notna()]
    stand_in = np.average(shown["value"], weights=shown["n"]) if len(shown) else np.nan
    spread = 1.96 * (shown["value"].std(ddof=1) if len(shown) > 1 else np.nan)
    used = {"used": stand_in, "used_low": stand_in - spread, "used_high": stand_in + spread}
    frame = frame.assign(**{name: frame[name].mask(hidden) for name in _counts_of_answers(frame)})
    out = frame.assign(
        **{name: frame[name.removeprefix("used_").replace("used", "value")].mask(hidden, middle) for name, middle in used.items()},
        value=frame["value"].mask(hidden),
        low=frame["low"].mask(hidden),
        high=frame["high"].mask(hidden),
        n=frame["n"].mask(thin),
        hidden=hidden,
        status=frame["status"].mask(hidden, "suppressed"),
        flags=frame["flags"]
        .mask(thin, worded("withheld: fewer than {least} answers; the rest of the city stands in", least=base))
        .mask(
            few, worded("withheld: too few who agreed or did not, or they could be told from the others; the rest of the city stands in")
        ),
    )
    return observed.with_frame(
        out,
        *_note(
            thin,
            worded(
                "{places} place(s) have fewer than {least} answers; their shares are withheld and the rest of the city stands in for them."
            ),
            base,
        ),
        *_note(
            few,
            worded(
                "{places} place(s) have too few who agreed or did not, or they could be told from the others; their shares are withheld and the rest of the city stands in for them."
            ),
            base,
        ),
    )


def too_few_agreed(observed: Observed, rule: Rule) -> pd.Series:
    """Which places' shares would tell how few agreed or did not, beside their base or beside the shares of the others; not those of too few answers anyway."""
    thin = _thin(observed, rule)
    n, shown = observed.frame["n"].to_numpy(dtype=float), pd.Series(-1, index=thin.index)
    everywhere = pd.Series("", index=thin.index).mask(thin)  # no measure tells the share of all places together
    lines = [(one.reindex(thin.index), shown) for one in (*observed.inside, everywhere)]
    hidden = thin.to_numpy()
    for name in _counts_of_answers(observed.frame):
        hidden = hidden | hidden_shares(observed.frame[name].to_numpy(dtype=float), n, lines, thin.to_numpy(), rule.threshold)
    return pd.Series(hidden, index=thin.index) & ~thin


def _counts_of_answers(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame if name.startswith(AGREED)]


def _thin(observed: Observed, rule: Rule) -> pd.Series:
    return (observed.frame["n"] > 0) & (observed.frame["n"] < rule.survey_base)


def _modelled(observed: Observed, rule: Rule) -> Observed:
    """Modelled shares, in which no answers are that may not be shown: what has no model either is withheld."""
    thin, few = _thin(observed, rule), too_few_agreed(observed, rule)
    hidden = (thin | few) & observed.frame["value"].isna()
    frame = observed.frame.assign(
        n=observed.frame["n"].mask(thin),
        status=observed.frame["status"].mask(hidden, "suppressed"),
        flags=observed.frame["flags"].mask(
            few & hidden, worded("withheld: too few who agreed or did not, or they could be told from the others")
        ),
    )
    frame = frame.assign(**{name: frame[name].mask(thin | few) for name in _counts_of_answers(frame)})
    said = worded(
        "{places} place(s) have too few who agreed or did not, or they could be told from the others; their own answers are in no number that is shown of them."
    )
    return observed.with_frame(frame, *_note(few, said, rule.threshold))


def _note(hidden: pd.Series, words: str, least: int) -> tuple[str, ...]:
    return (words.format(places=int(hidden.sum()), least=least),) if hidden.any() else ()
