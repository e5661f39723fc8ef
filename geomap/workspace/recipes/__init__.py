"""Ready recipes: cards and indicators of data that councils have, with the denominator each needs, and the kinds of data worth asking for."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from geomap.errors import UsageError


@cache
def kinds() -> pd.DataFrame:
    """The kinds of data a council may have: what each may say, who usually owns it, and its usual traps."""
    with (files(__name__) / "kinds.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype=str)


def recipe_names() -> list[str]:
    """The recipes that are built in."""
    return sorted(one.name.removesuffix(".json") for one in files(__name__).iterdir() if one.name.endswith(".json"))


def recipe_card(name: str) -> dict[str, Any]:
    """The card of a recipe; the boundary set of its places and its period are blank."""
    return json.loads(_text(name, ".json"))


def recipe_indicator(name: str) -> str:
    """The indicator of a recipe, as TOML for the methodology; blank where it has none."""
    _text(name, ".json")
    file = files(__name__) / f"{name}.toml"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _text(name: str, ending: str) -> str:
    if name not in recipe_names():
        raise UsageError(f"There is no recipe '{name}'. There are {recipe_names()}.")
    return (files(__name__) / f"{name}{ending}").read_text(encoding="utf-8")
