"""The first files of a workspace: folders, and a methodology whose blanks only a person can fill."""

from pathlib import Path

from geomap.editions.files import demand_room, make_folders, write_whole
from geomap.errors import WorkspaceError
from geomap.methodology.default import MODEL
from geomap.methodology.read import FILE
from geomap.workspace.restricted import layers_folder
from geomap.workspace.workspace import BOUNDARIES, LAYERS

START = """# How this city is measured. Every choice has its reason beside it; change a choice here, never in the program.
# Fill in what is blank (""), describe your indicators, then run: geomap check

[methodology]
name = ""                 # short, such as "northport"
title = ""                # as it stands over the map
version = "1.0.0"
period = ""               # the year the numbers speak of, such as "2025"
baseline = ""             # the year that fixes the scale; in the first edition the same year
levels = []               # names of boundary sets, smallest places first, such as ["wards", "districts"]
tier = "partners"         # who may see this edition: public, partners or restricted

[[changes]]
version = "1.0.0"
date = ""                 # when this version was agreed
reason = "First version."

[missing]
rule = ""                 # share: a part speaks when enough of its weight is known; propagate: any gap makes a gap; renormalise: whatever is there speaks
least_share = 0.66        # for the rule share
reason = ""

[disclosure]
threshold = 5             # counts of people from 1 to 4 are withheld
survey_base = 30          # shares of fewer answers are withheld
reason = "Small counts and small samples could point to people."

[uncertainty]
draws = 1000
seed = 2026
unknown_error = 0.5       # half the width of the interval assumed where a source publishes no error, in points of ten
unknown_reason = "A judgement; change it when you know more about your sources."

[scale]
low = 5
high = 95
reason = "The 5th and 95th percentile of the baseline, frozen, so that each year is measured with the same ruler."

# One block for each number. Take out the # and change the words; every domain below needs at least one.
#
# [[indicator]]
# id = "hate_incidents"
# title = "Recorded hate incidents"
# domain = "incidents"
# up = "worse"
# unit = "per 1,000 residents a year"
# digits = 2
# reason = "Why this number belongs here."
# measure = { measure = "rate", layer = "incidents", where = { kind = ["hate incident"] }, per = { layer = "residents", field = "people" } }
#
# Other measures:
# measure = { measure = "share", layer = "households", part = ["low_income"], whole = ["households"] }
# measure = { measure = "value", layer = "index", field = "score", mean_by = { layer = "residents", field = "people" } }
# measure = { measure = "survey_share", layer = "survey", question = "trust_council", agree = [4, 5], rake = ["age_group", "sex"] }
# measure = { measure = "nearest", layer = "libraries", mean_by = { layer = "residents", field = "people" } }
# measure = { measure = "reach", layer = "libraries", within = 1500, per = { layer = "residents", field = "people" } }
# measure = { measure = "zonal", layer = "green", statistic = "mean" }
"""


def begin(directory: Path) -> tuple[Path, ...]:
    """What was written to make *directory* a workspace; one that is there already is left alone (WorkspaceError)."""
    recipe = directory / FILE
    if recipe.exists():
        raise WorkspaceError(
            f"{directory} is a workspace already: it has a {FILE}. Nothing was changed; go on with 'geomap add FILE --to {directory}'."
        )
    folders = (directory / BOUNDARIES, directory / LAYERS)
    demand_room(*folders)
    make_folders(directory / BOUNDARIES)
    layers_folder(directory)
    write_whole(recipe, lambda work: work.write_text(START + MODEL, encoding="utf-8"))
    return (recipe, *folders)
