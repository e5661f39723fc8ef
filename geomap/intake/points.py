"""Shapes of a layer held to where they can be; those at (0, 0) were never placed."""

from pathlib import Path

import numpy as np

from geomap.errors import IntakeError
from geomap.intake.area_codes import clean_names
from geomap.intake.coordinates import at_zero, coordinate_faults, outside
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.intake.words import numbered
from geomap.worded import worded


def take_places(path: Path) -> TakenShapes:
    """The features of a layer's file: those at (0, 0) lose their place; IntakeError where coordinates are swapped or in another system."""
    taken = take_shapes(path)
    frame, repairs = taken.frame.copy(), [*taken.repairs]
    repairs += clean_names(frame)
    if (zero := at_zero(frame)).any():
        frame.loc[zero, frame.geometry.name] = None
        rows = numbered(at + 1 for at in np.flatnonzero(zero))
        repairs.append(
            Repair(
                "(0, 0)",
                worded(
                    "{count} shape(s) lie at (0, 0), where no place is (number {rows}); they have no place now.",
                    count=int(zero.sum()),
                    rows=str(rows),
                ),
                int(zero.sum()),
            )
        )
    wrong = outside(frame)
    faults = coordinate_faults(frame)
    if faults or wrong.any():
        told = [
            worded(
                "{count} of {whole} shapes lie outside the earth: number {numbers}.",
                count=int(wrong.sum()),
                whole=len(frame),
                numbers=numbered(at + 1 for at in np.flatnonzero(wrong)),
            )
        ]
        raise IntakeError(worded("{file} gives coordinates that cannot be:", file=name_of(path)), (*faults, *(told if wrong.any() else [])))
    return TakenShapes(frame, tuple(repairs))
