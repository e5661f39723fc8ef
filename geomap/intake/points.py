"""Shapes of a layer held to where they can be; those at (0, 0) were never placed."""

from pathlib import Path

import numpy as np

from geomap.errors import IntakeError
from geomap.intake.area_codes import clean_names
from geomap.intake.coordinates import at_zero, coordinate_faults, outside
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.intake.words import listed


def take_places(path: Path) -> TakenShapes:
    """The features of a layer's file: those at (0, 0) lose their place; IntakeError where coordinates are swapped or in another system."""
    taken = take_shapes(path)
    frame, repairs = taken.frame.copy(), [*taken.repairs]
    repairs += clean_names(frame)
    if (zero := at_zero(frame)).any():
        frame.loc[zero, frame.geometry.name] = None
        rows = listed([f"feature {at + 1}" for at in np.flatnonzero(zero)])
        repairs.append(
            Repair(
                "(0, 0)", f"{int(zero.sum())} shape(s) lie at (0, 0), where no place is ({rows}); they have no place now.", int(zero.sum())
            )
        )
    wrong = outside(frame)
    faults = coordinate_faults(frame)
    if faults or wrong.any():
        told = [
            f"{int(wrong.sum())} of {len(frame)} shapes lie outside the earth: {listed([f'feature {at + 1}' for at in np.flatnonzero(wrong)])}."
        ]
        raise IntakeError(f"{name_of(path)} gives coordinates that cannot be:", (*faults, *(told if wrong.any() else [])))
    return TakenShapes(frame, tuple(repairs))
