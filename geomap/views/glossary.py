"""The words of the method, each in one plain sentence, for whoever meets them on a screen."""

from geomap.language import Spoken, noted

WORDS = Spoken({
    "index": noted("index"), "composite": noted("composite"), "part": noted("part"), "indicator": noted("indicator"), "rank": noted("rank"), "interval": noted("interval"),
    "fifth": noted("fifth"), "base": noted("base"), "median": noted("city's middle"), "withheld": noted("withheld"), "stand-in": noted("stand-in"),
    "letter": noted("letter A to D"), "edition": noted("edition"), "baseline": noted("baseline"), "crosswalk": noted("crosswalk"), "layer": noted("layer"),
    "hot spot": noted("hot spot"), "correction": noted("correction for many tests"), "association": noted("association"), "modelled": noted("modelled"),
    "gap": noted("gap"), "mechanism": noted("mechanism"), "grade": noted("grade A to C"), "draw": noted("draw"), "bias": noted("known bias"),
})  # fmt: skip
MEANINGS = Spoken({
    "index": noted("One number made of several parts, so that places can be looked at side by side; it always hides some of what it is made of."),
    "composite": noted("A number put together from others by a rule that was agreed and is written down in the method."),
    "part": noted("One of the themes an index is made of, itself made of indicators."),
    "indicator": noted("One thing that was measured in each place, such as recorded incidents per 1,000 residents."),
    "rank": noted("Where a place stands among all places; 1 needs attention most. Two limits are given, because the data leave room for doubt."),
    "interval": noted("From where to where the number could as well be, as surely as the data allow; of 100 such intervals about 95 hold the true number."),
    "fifth": noted("All places in order, cut into five groups of the same size; it says less than a rank, and is surer."),
    "base": noted("How many people, answers or events a number rests on; a small base makes a wide interval."),
    "median": noted("The number that half of the places lie above and half below."),
    "withheld": noted("Not shown, because so few people stand behind it that somebody could be recognised."),
    "stand-in": noted("A number that is counted in place of a withheld one, so that the withheld one cannot be worked out from the score."),
    "letter": noted("How far a score can be trusted here: A good, D hardly; the worst of four looks at its interval, gaps, borrowed numbers and known biases."),
    "edition": noted("All numbers of one period, computed together, frozen and never changed afterwards."),
    "baseline": noted("The edition that later ones are measured against; its scale stays the same."),
    "crosswalk": noted("How numbers of old boundaries are brought to new ones, when places were redrawn."),
    "layer": noted("One set of data with its card: who collected it, when, how it may be shared, and who is missing from it."),
    "hot spot": noted("A place with a high number among neighbours with high numbers, more than chance alone would make."),
    "correction": noted("When many places are tested, some stand out by chance alone; this takes those away."),
    "association": noted("Two numbers that tend to be high in the same places; it does not say why."),
    "modelled": noted("Estimated with the help of other places, because too few answers came from here."),
    "gap": noted("A place where need is high and help is out of reach, beside the other places."),
    "mechanism": noted("Something that already exists and can help: a committee, an association, a club, a forum."),
    "grade": noted("Whether two editions may be compared: A as they are, B with what is said, C not at all."),
    "draw": noted("The score computed once more with inputs moved within their doubt; many draws show how sure the score is."),
    "bias": noted("A known way in which a source sees too much or too little, written down with who it affects."),
})  # fmt: skip
