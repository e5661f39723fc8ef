"""The language in which words are said now: each thread, and so each session's run of a screen, has its own, and starts in English."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P, T = ParamSpec("P"), TypeVar("T")

DEFAULT = "en"
LANGUAGES = {"en": "English", "fr": "Français", "ar": "العربية"}  # each by its own name, so that those who need it find it
RIGHT_TO_LEFT = frozenset({"ar"})
_now: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """The code of the language in which words are said now, such as "fr"."""
    return _now.get()


def is_right_to_left() -> bool:
    """Whether it is written from right to left."""
    return _now.get() in RIGHT_TO_LEFT


def speak(code: str) -> None:
    """From here on, in this thread, words are said in *code*; English where that is no language of ours."""
    _now.set(code if code in LANGUAGES else DEFAULT)


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Inside, words are said in *code*; afterwards in the language of before."""
    before = _now.set(code if code in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _now.reset(before)


def in_english(function: Callable[P, T]) -> Callable[P, T]:
    """*function*, in English whatever the reader's language: for what writes files, which are the same bytes for everybody."""

    @functools.wraps(function)
    def spoken(*args: P.args, **kwargs: P.kwargs) -> T:
        with speaking(DEFAULT):
            return function(*args, **kwargs)

    return spoken
