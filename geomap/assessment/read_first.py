"""What must be read with a survey's numbers wherever they stand: of the whole survey, and of single questions."""

import pandas as pd

from geomap.assessment.words import bias_sentences
from geomap.indicators.pillar import NOT_A_PREDICTION
from geomap.indicators.sources import Sources

COLUMNS = ["question", "wording", "sentence"]


def read_first(sources: Sources, layer: str) -> pd.DataFrame:
    """A row a sentence, those about the whole survey first: question (blank: all of them), wording, sentence."""
    card = sources.layer(layer).card
    whole = [card.skewed, card.misreading, *bias_sentences(card.biases, sources)]
    asked = card.survey.questions if card.survey else {}
    if card.survey and card.survey.instrument:
        whole.append(NOT_A_PREDICTION)
    rows = [("", "", sentence) for sentence in dict.fromkeys(whole)]
    rows += [(key, one.wording, sentence) for key, one in asked.items() for sentence in bias_sentences(one.biases, sources)]
    return pd.DataFrame(rows, columns=COLUMNS)
