"""Which groups of a sample are too small to be seen by themselves."""

from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name", bound=int | str)


def too_thin(answers: Mapping[Name, int], fewest: int) -> frozenset[Name]:
    """The groups to be taken as one: those of fewer answers than *fewest*, and the next smallest until they are two or more with so many together; of equals the first.

    A weight or an error made of one group tells how many of it answered, or what. A group that nobody is in is left alone.
    """
    found = sorted((name for name, count in answers.items() if count), key=lambda name: answers[name])
    thin = sum(answers[name] < fewest for name in found)
    while 0 < thin < len(found) and (thin == 1 or sum(answers[name] for name in found[:thin]) < fewest):
        thin += 1
    return frozenset(found[:thin])
