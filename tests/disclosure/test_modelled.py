"""A modelled share, its weight and the city's share give a place's own share back, so withheld answers stay out of every model."""

import numpy as np
import pandas as pd
import shapely

from geomap.assessment.estimate import estimate
from geomap.assessment.trust_grid import trust_grid
from geomap.boundaries.atlas import Atlas
from geomap.disclosure.gate import Rule
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.methodology.rules import Reliability
from tests.toy import boundaries, layer, methodology, square

SIZES = {"castle": 60, "market": 80, "park": 12, "harbour": 40, "mill": 45, "station": 70, "hill": 50, "quay": 90}
AGREE = {"castle": 0.3, "market": 0.6, "park": 0.25, "harbour": 0.5, "mill": 0.8, "station": 0.4, "hill": 0.7, "quay": 0.35}
DISTRICT = ("west", "east")
BASE = 30


def survey(turned: str = "") -> Layer:
    """So many answers in each ward, of which the usual share agrees; in the ward *turned* the others do."""
    rows = [
        (ward, 5 if (one < round(AGREE[ward] * size)) != (ward == turned) else 1) for ward, size in SIZES.items() for one in range(size)
    ]
    asked = {"trust": {"wording": "Do you trust?", "scale": [1, 5], "agree": [5]}}
    said = {"kind": "survey", "sensitivity": "survey", "survey": {"mode": "paper", "questions": asked}}
    return layer("survey", pd.DataFrame(rows, columns=["ward", "trust"]), **said)


def drawn_from(said: Layer) -> Sources:
    """Eight wards in a row, in two districts."""
    wards = boundaries(
        "wards",
        {ward: square(at, 0) for at, ward in enumerate(SIZES)},
        {ward: DISTRICT[at // 4] for at, ward in enumerate(SIZES)},
        "districts",
    )
    districts = boundaries(
        "districts", {DISTRICT[half]: shapely.union_all([square(half * 4 + at, 0) for at in range(4)]) for half in (0, 1)}
    )
    return Sources(Atlas({"wards": wards, "districts": districts}), {"survey": said}, "2025", ("wards", "districts"))


def grid(said: Layer) -> pd.DataFrame:
    """The wards of the tables that [[survey]] publishes, by code."""
    table = trust_grid(
        drawn_from(said), Listening.read({"layer": "survey", "reason": "Because."}, where="the test"), Rule(5, BASE), Reliability()
    )
    return table[table["level"] == "wards"].set_index("code")


def modelled(said: Layer, **options: object) -> pd.DataFrame:
    """What the indicator small_area publishes of the wards."""
    measure = {"measure": "small_area", "layer": "survey", "question": "trust", "agree": [5], **options}
    (indicator,) = methodology({"id": "trust", "measure": measure}).indicator
    return estimate(indicator, drawn_from(said), "wards", Rule(5, BASE)).table


def solved(told: pd.DataFrame) -> pd.Series:
    """Withheld shares, worked out: modelled = factor x (own x direct + (1 - own) x middle), of which the shown places tell factor and middle."""
    shown, hidden = told[told["direct"].notna()], told[told["direct"].isna() & (told["own"] > 0)]
    sums = np.column_stack([shown["own"] * shown["direct"], 1 - shown["own"]])
    (factor, middle), *_ = np.linalg.lstsq(sums, shown["modelled"], rcond=None)
    return (hidden["modelled"] - (1 - hidden["own"]) * middle) / factor / hidden["own"]


def test_withheld_shares_cannot_be_solved_for():
    """Twelve answers in the park, of which three agree: 25.0 % to the sixth digit, before they were kept out of the model."""
    told = grid(survey())
    assert set(told.index[told["direct"].isna()]) == {"park"}
    assert told["modelled"].notna().all()
    assert solved(told).to_dict() == {}


def test_a_withheld_wards_answers_move_no_number_of_the_grid():
    """Turn all twelve answers of the park: no byte of any ward's row."""
    pd.testing.assert_frame_equal(grid(survey()), grid(survey("park")), check_exact=True)


def test_a_withheld_wards_answers_move_no_modelled_number():
    """Nor in the indicator, whose own_base of ten would have let them in."""
    told = modelled(survey(), own_base=10)
    assert told["n"].isna().to_dict() == {ward: ward == "park" for ward in told.index}
    pd.testing.assert_frame_equal(told, modelled(survey("park"), own_base=10), check_exact=True)


def test_answers_that_may_be_shown_still_move_the_model():
    """The law is no accident of numbers that never move: 45 answers in the mill."""
    assert not modelled(survey())["value"].equals(modelled(survey("mill"))["value"])
    assert modelled(survey(), direct_from=100)["flags"]["harbour"].startswith("modelled (weight of its own answers")


FEW = {"castle": 2 / 60}


def one_sided(share: dict[str, float]) -> Layer:
    """The same survey in which the usual share agrees, but for the wards of *share*."""
    rows = [(ward, 5 if one < round((AGREE | share)[ward] * size) else 1) for ward, size in SIZES.items() for one in range(size)]
    asked = {"trust": {"wording": "Do you trust?", "scale": [1, 5], "agree": [5]}}
    return layer(
        "survey",
        pd.DataFrame(rows, columns=["ward", "trust"]),
        kind="survey",
        sensitivity="survey",
        survey={"mode": "paper", "questions": asked},
    )


def test_a_direct_share_that_tells_few_who_agreed_is_not_shown():
    """Two of 60 in the castle agreed: 3.3 % of 60 answers gives them. The castle and one ward beside it are modelled from the others alone."""
    told = modelled(one_sided(FEW))
    assert told["n"]["castle"] == 60
    assert told["flags"]["castle"].startswith("modelled, all of it borrowed")
    assert (
        told["flags"].str.startswith("modelled, all of it borrowed").sum() == 3
    )  # the park has too few answers, and one more protects the castle


def test_how_few_agreed_moves_no_modelled_number():
    """One, two, three or four of 60."""
    for few in (1, 3, 4):
        pd.testing.assert_frame_equal(modelled(one_sided(FEW)), modelled(one_sided({"castle": few / 60})), check_exact=True)
    assert not modelled(one_sided(FEW)).equals(modelled(one_sided({"castle": 9 / 60})))


def test_a_share_of_few_without_a_model_is_withheld():
    """Where places are too few for a model, what may not be shown has the status of it, as in other shares."""
    told = modelled(one_sided(FEW), own_base=65)
    assert told["value"].notna().sum() < 5
    assert told["status"][["castle", "park"]].tolist() == ["suppressed", "suppressed"]
    assert "too few who agreed" in told["flags"]["castle"]
