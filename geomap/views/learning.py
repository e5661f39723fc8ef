"""What was tried and what the numbers say of it, in words and as data."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geomap.editions.learning import ASSUMED, Reading
from geomap.language import numeral


def in_words(read: Sequence[Reading]) -> str:
    """A paragraph for each intervention, then what is assumed in all of them."""
    blocks = [_paragraph(one) for one in read] or ["The register of interventions is empty."]
    return "\n\n".join([*blocks, "What is assumed:\n" + "\n".join(f"  - {sentence}" for sentence in ASSUMED)])


def as_data(read: Sequence[Reading]) -> dict[str, Any]:
    """The same as plain values."""
    return {"interventions": [_plain(asdict(one)) for one in read], "assumed": list(ASSUMED)}


def _paragraph(one: Reading) -> str:
    where = ", ".join(one.places) or "the city as a whole"
    lines = [
        f"{one.id} {one.name} ({where}, since {one.start}): {one.verdict}. {one.why}",
        f"  Meant: {one.theory} ({one.indicator}{_aim(one)}).",
    ]
    if one.effect and one.matched:
        moved, low, high = (numeral(f"{points:+.3g}") for points in (one.effect.estimate, one.effect.low, one.effect.high))
        lines.append(
            f"  Moved by {moved} more than the mean of {len(one.matched)} places like it ({low} to {high}): {', '.join(one.matched)}."
        )
    return "\n".join(lines)


def _aim(one: Reading) -> str:
    return (
        ""
        if one.baseline != one.baseline or one.target != one.target
        else f", from {numeral(f'{one.baseline:g}')} to {numeral(f'{one.target:g}')}"
    )


def _plain(value: Any) -> Any:  # noqa: ANN401  anything a reading holds
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124  NaN is not itself
