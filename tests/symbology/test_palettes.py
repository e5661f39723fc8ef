"""Classes of a map look apart, also to those who lack one kind of cone."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from geomap.symbology.palettes import BIVARIATE, CAPACITY, PRESSURE
from geomap.views import change, context, gap, hotspots, perceived, unheard
from tests.symbology.seen_colours import SIGHT, ciede2000, lab

# Sharma, Wu and Dalal 2005, table 1: pairs 1, 4, 7, 9, 11, 13, 15, 17-21, 25-30, 33, 34. L, a, b; L, a, b; difference.
SHARMA = np.array([
    [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425], [50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000], [50, 0, 0, 50, -1, 2, 2.3669],
    [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792], [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195], [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
    [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461], [50, 2.5, 0, 50, 0, -2.5, 4.3065], [50, 2.5, 0, 73, 25, -18, 27.1492],
    [50, 2.5, 0, 61, -5, 29, 22.8977], [50, 2.5, 0, 56, -27, -3, 31.9030], [50, 2.5, 0, 58, 24, 15, 19.4535],
    [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644], [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630],
    [61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731], [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
    [22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373], [36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
    [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377], [2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082],
])  # fmt: skip
CLASSES = {
    "worse when high": PRESSURE, "better when high": CAPACITY, "what the line leaves": context.COLOURS,
    "two numbers, across": BIVARIATE[0], "two numbers, middle row": BIVARIATE[1], "two numbers, top row": BIVARIATE[2],
}  # fmt: skip
WORDS = {
    "two numbers": sum(BIVARIATE, ()),
    "hot spots": tuple(colour for _, colour, _ in (*hotspots.KINDS.values(), hotspots.GREY)),
    **{view.__name__: tuple(view.COLOURS.values())[:-1] for view in (change, gap, perceived, unheard)},  # the last is hatched
}


def least(colours: tuple[str, ...], pairs: list[tuple[int, int]], sight: str) -> float:
    """The smallest difference of those pairs."""
    seen = lab(colours, sight)
    return float(ciede2000(*(seen[list(side)] for side in zip(*pairs, strict=True))).min())


def test_the_difference_of_two_colours_is_the_published_one():
    """To the four digits that were published, and the same both ways."""
    one, other, told = SHARMA[:, :3], SHARMA[:, 3:6], SHARMA[:, 6]
    assert ciede2000(one, other) == pytest.approx(told, abs=5.1e-5)
    assert ciede2000(other, one) == pytest.approx(told, abs=5.1e-5)


def test_black_white_and_grey_stay_what_they_are_for_everybody():
    """Each matrix keeps greys grey, to a tenth."""
    for sight in SIGHT:
        seen = lab(("#000000", "#808080", "#ffffff"), sight)
        assert seen[:, 0] == pytest.approx([0, 53.585, 100], abs=0.1)
        assert np.abs(seen[:, 1:]).max() < 0.1


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", CLASSES)
def test_neighbouring_classes_look_apart(name, sight):
    """A difference of 2.3 is just noticeable; here it is at least four times that."""
    colours = CLASSES[name]
    assert least(colours, list(pairwise(range(len(colours)))), sight) > 10


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", WORDS)
def test_labels_look_apart_each_from_each(name, sight):
    """On a map of words no two labels are neighbours by order, so every pair counts."""
    colours = WORDS[name]
    assert least(colours, list(combinations(range(len(colours)), 2)), sight) > 9
