"""Whether the answers of a survey lie on the scales that its codebook states: a code 9 on a scale to 5 is no praise."""

import numpy as np
import pandas as pd

from geomap.errors import LayerError
from geomap.layers.layer import Layer
from geomap.worded import worded


def demand_on_scale(layer: Layer) -> None:
    """Nothing, or LayerError naming each question with answers outside its scale that its codebook does not call no answer."""
    survey, faults = layer.card.survey, []
    for name, question in survey.questions.items() if survey else ():
        if question.scale is None or name not in layer.table or not pd.api.types.is_numeric_dtype(layer.table[name]):
            continue
        answers = layer.table[name].to_numpy(dtype=float)
        low, high = question.scale
        strange = ~np.isnan(answers) & ((answers < low) | (answers > high)) & ~np.isin(answers, survey.no_answer(name))
        if strange.any():
            codes = [f"{code:g}" for code in np.unique(answers[strange])[:10]]
            faults.append(
                worded(
                    "question '{name}': {count} answer(s) lie outside its scale of {low} to {high}: {codes}. Name them in dont_know, or correct the scale.",
                    name=name,
                    count=int(strange.sum()),
                    low=str(low),
                    high=str(high),
                    codes=", ".join(codes),
                )
            )
    if faults:
        raise LayerError(worded("The answers of the survey '{layer}' do not fit its codebook:", layer=layer.name), tuple(faults))
