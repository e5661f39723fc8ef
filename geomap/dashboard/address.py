"""Controls that start at what the page's address holds; what it asks for that is not here is told, and the usual is shown."""

import contextlib
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from geomap.dashboard.spoken import tell_absent


def from_address(name: str, allowed: list[str], default: str | None) -> str | None:
    """The value of *name* in the page's address when it is one of *allowed*; otherwise the default, with a notice."""
    asked = st.query_params.get(name)
    if asked in allowed or asked is None:
        return asked or default
    tell_absent(name, asked)
    return default


def several_from_address(name: str, allowed: Collection[str]) -> list[str]:
    """The values of *name* in the page's address, between commas, that are among those allowed, with a notice of each other one."""
    asked = list(filter(None, st.query_params.get(name, "").split(",")))
    for other in asked:
        if other not in allowed:
            tell_absent(name, other)
    return [one for one in asked if one in allowed]


def number_from_address(name: str, default: float, low: float = -math.inf, high: float = math.inf) -> float:
    """The number under *name* in the page's address where it is one from *low* to *high*; otherwise the default, with a notice."""
    asked = st.query_params.get(name)
    if asked is None:
        return default
    with contextlib.suppress(ValueError):
        if math.isfinite(found := float(asked)) and low <= found <= high:
            return found
    tell_absent(name, asked)
    return default


def choose(
    label: str,
    options: Mapping[str, str] | Sequence[str],
    name: str,
    default: str = "",
    *,
    box: Callable[..., str] = st.selectbox,
    **look: Any,  # noqa: ANN401  Streamlit's own words
) -> str:
    """A box of *options* (with the words each is shown by) that starts at what the page's address holds under *name*, else at *default*, else at the first."""
    keys = list(options)
    start = keys.index(from_address(name, keys, default or keys[0]))
    return box(label, keys, index=start, **_worded(options), **look)


def choose_another(label: str, titles: Mapping[str, str], name: str, than: str, **look: Any) -> str:  # noqa: ANN401  Streamlit's own words
    """A box of *titles* without *than*, which another control of the page holds; where the address names that one here too, it starts at the first."""
    others = {one: title for one, title in titles.items() if one != than}
    if st.query_params.get(name) == than:
        del st.query_params[name]
    return choose(label, others, name, **look)


def choose_button(label: str, options: Mapping[str, str], name: str, key: str) -> str:
    """A row of buttons, one of which is pressed: at first the one that the page's address holds under *name*, else the first."""
    keys = list(options)
    start = from_address(name, keys, keys[0])
    return st.segmented_control(label, keys, default=start, required=True, key=key, **_worded(options))


def _worded(options: Mapping[str, str] | Sequence[str]) -> dict[str, Callable[[str], str]]:
    return {"format_func": options.get} if isinstance(options, Mapping) else {}
