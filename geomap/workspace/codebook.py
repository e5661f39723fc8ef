"""The first codebook of a survey: a question for each column of answers, with what its numbers tell; the words are a person's."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from geomap.intake.sense import plain
from geomap.intake.survey import CODES, WEIGHT, is_answer, scale_of

FEW = 12
ABOUT_THEM = re.compile(
    r"\b(?:sex|gender|age|tenure|children|student|race|ethnicity|language|religion|income|education|employment|disability)\b"
)


def no_answers(frame: pd.DataFrame) -> tuple[int, ...]:
    """Codes that lie apart from the scale of their question and are usual for "don't know" or a refusal: a guess, for a person to confirm."""
    apart = {code for _, _, codes in _scales(frame) for code in codes[2]}
    return tuple(sorted(apart & CODES))


def skeleton(frame: pd.DataFrame, key: str, said: tuple[int, ...]) -> dict[str, Any]:
    """geomap:survey of a card: frame, mode and sample to be said, and each question with its scale; *said*: codes that are no answer, by a person's word.

    A wording that is blank is one that nobody has looked at: the card cannot be read before.
    """
    questions = {
        name: {
            "wording": "",
            "kind": "scale",
            "scale": [low, high],
            "up": "",
            "dont_know": sorted((set(apart) & (CODES | set(said))) | _within(frame[name], said)),
        }
        for name, _, (low, high, apart) in _scales(frame, said)
    }
    weight = next((str(name) for name in frame.columns if WEIGHT.search(plain(name))), None)
    groups = [str(name) for name in frame.columns if name != key and ABOUT_THEM.search(plain(name)) and frame[name].nunique() <= FEW]
    return {"frame": "", "mode": "", "response_rate": None, "sample": None, "representative": False, "weight_field": weight,
            "dont_know": list(said), "groups": groups, "questions": questions}  # fmt: skip


def _scales(frame: pd.DataFrame, said: tuple[int, ...] = ()) -> Iterator[tuple[str, pd.Series, tuple[int, int, tuple[int, ...]]]]:
    for name in frame.columns:
        answers = frame[name]
        if not pd.api.types.is_numeric_dtype(answers) or not is_answer(str(name)):
            continue
        if scale := scale_of(answers.mask(answers.isin(said)).to_numpy(dtype=float)):
            yield str(name), answers, scale


def _within(answers: pd.Series, said: tuple[int, ...]) -> set[int]:
    return {code for code in said if (answers == code).any()}
