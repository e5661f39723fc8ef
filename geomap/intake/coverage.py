"""Whether places cover their city once: overlaps count people twice, gaps leave them out; slivers of digitising are neither, and are counted apart."""

from collections.abc import Sequence

import numpy as np
import shapely

from geomap.intake.record import Repair
from geomap.intake.words import EXAMPLES, shown
from geomap.worded import worded

OVERLAP = 0.01  # of the smaller place: more is refused
SLIVER = 0.0005  # of the smaller place: less is the noise of digitising
THIN = 2.0  # metres: an overlap or a gap narrower than this on average is a sliver
LEAST = 1.0  # square metres: less is rounding
SLIVERS = "sliver"
PAIRS = 300_000
GAP = 0.05  # of the median place: an enclosed gap at least so large is told
NOTCH = 0.35, 4  # of the median place: an open gap of about its size is told,
CRUMB = 0.01  # of the median place: smaller islands are passed over
OUTLINE = 20_000  # vertices of an outline that is searched for open gaps
SIDES = 0.6  # where at least this part of its outline touches places
REACH = 0.75  # of the side of the median place: half the width of an open gap that is found


def overlaps(
    shapes: np.ndarray, codes: Sequence[object], metres_a_unit: tuple[float, float], suspects: np.ndarray
) -> tuple[list[str], list[Repair]]:
    """Faults for places that overlap by more than a hundredth of the smaller one, a doubt for less; slivers are only counted."""
    if not len(suspects):
        return [], []
    left, right = shapely.STRtree(shapes[suspects]).query(shapes[suspects])
    pairs = np.column_stack([suspects[left], suspects[right]])[left < right]
    if len(pairs) > PAIRS:
        return [worded("places overlap everywhere: {count} pairs lie over each other. Take out the copies.", count=len(pairs))], []
    a, b = shapes[pairs[:, 0]], shapes[pairs[:, 1]]
    pieces = shapely.intersection(a, b)
    common, square_metres = shapely.area(pieces), metres_a_unit[0] * metres_a_unit[1]
    share = common / np.minimum(shapely.area(a), shapely.area(b))
    thin = _thin(in_metres(pieces, metres_a_unit)) & (share <= OVERLAP)
    wrong, doubtful = np.flatnonzero(share > OVERLAP), np.flatnonzero((share > SLIVER) & (share <= OVERLAP) & ~thin)
    order = wrong[np.argsort(-share[wrong])]
    told = [
        worded(
            "{one} and {other} overlap by {size} km², {share} of the smaller one; what lies there would be counted twice.",
            one=shown(codes[pairs[at, 0]]),
            other=shown(codes[pairs[at, 1]]),
            size=f"{common[at] * square_metres / 1000000.0:,.3f}",
            share=f"{share[at]:.0%}",
        )
        for at in order[:EXAMPLES]
    ]
    more = (
        [worded("and {count} more pairs overlap. Draw the borders anew, or take out the copies.", count=len(wrong) - EXAMPLES)]
        if len(wrong) > EXAMPLES
        else []
    )
    said = worded(
        "{count} pair(s) of places overlap a little, by less than {share} of the smaller one; points there go to the first code.",
        count=len(doubtful),
        share=f"{OVERLAP:.0%}",
    )
    small = [Repair("small overlap", said, len(doubtful))] if len(doubtful) else []
    return [*told, *more], [*small, *_slivers(int((thin & (common * square_metres > LEAST)).sum()), worded("places overlap"))]


def copies(shapes: np.ndarray, codes: Sequence[object]) -> list[str]:
    """A fault for places with the very same shape, found before anything is computed from them."""
    first: dict[bytes, int] = {}
    twice = [(first[raw], at) for at, raw in enumerate(shapely.to_wkb(shapes)) if first.setdefault(raw, at) != at]
    told = [
        worded("{one} and {other} overlap wholly: they have the very same shape.", one=shown(codes[one]), other=shown(codes[other]))
        for one, other in twice[:EXAMPLES]
    ]
    return [*told, *([worded("and {count} more copies. Take them out.", count=len(twice) - EXAMPLES)] if len(twice) > EXAMPLES else [])]


def suspects_among(shapes: np.ndarray) -> np.ndarray:
    """Shapes whose edges cross those of others, and shapes one of which lies in the other."""
    crossing = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    point, place = shapely.STRtree(shapes).query(shapely.point_on_surface(shapes), predicate="within")
    inside = point != place
    return np.unique(np.concatenate([crossing, point[inside], place[inside]]))


def gaps(shapes: np.ndarray, codes: Sequence[object], metres_a_unit: tuple[float, float], *, tidy: bool) -> list[Repair]:
    """A doubt for ground between places that belongs to none: enclosed, or open on one side and large as a place. *tidy*: all edges meet."""
    if len(shapes) < 3:
        return []
    whole = shapely.coverage_union_all(shapes) if tidy else shapely.union_all(shapes)
    whole, *places = in_metres([whole, *shapes], metres_a_unit)
    usual = float(np.median(shapely.area(places)))
    parts = shapely.get_parts(whole)
    parts = parts[shapely.area(parts) >= CRUMB * usual]
    holes = _holes(parts, whole, GAP * usual)
    thin = _thin(holes)
    slivers = _slivers(int((thin & (shapely.area(holes) > LEAST)).sum()), worded("a gap is left"))
    found = [*holes[~thin & (shapely.area(holes) >= GAP * usual)], *_notches(parts, usual)]
    if not found:
        return slivers
    size = sum(gap.area for gap in found) / 1e6
    beside = shapely.STRtree(places).query(shapely.buffer(found[0], np.sqrt(usual) / 8), predicate="intersects")
    said = worded(
        "There are {count} gap(s) between places, {size} km² in all: water or open land, or a place is missing.",
        count=len(found),
        size=f"{size:,.2f}",
    )
    return [Repair("gap", said, len(found), tuple(f"beside {shown(codes[at])}" for at in sorted(beside)[:3])), *slivers]


def in_metres(shapes: Sequence[shapely.Geometry] | np.ndarray, metres_a_unit: tuple[float, float]) -> np.ndarray:
    """The shapes in metres, near enough for areas and widths."""
    return np.asarray(shapely.transform(shapes, lambda points: points * np.array(metres_a_unit)))


def _holes(parts: np.ndarray, whole: shapely.Geometry, large: float) -> np.ndarray:
    """The ground in the city that no place holds; in *large* holes there may be places."""
    rings = [ring for part in parts for ring in part.interiors]
    holes = shapely.polygons(rings) if rings else np.array([], dtype=object)
    wide = shapely.area(holes) >= large
    return np.concatenate([shapely.get_parts(shapely.difference(holes[wide], whole)), holes[~wide]])


def _thin(shapes: np.ndarray) -> np.ndarray:
    """Which shapes are narrower than *THIN* on average, twice the area being the width times the outline."""
    length = shapely.length(shapes)
    return np.divide(2 * shapely.area(shapes), length, out=np.zeros(len(shapes)), where=length > 0) < THIN


def _slivers(count: int, where: str) -> list[Repair]:
    return (
        [
            Repair(
                SLIVERS,
                worded(
                    "{count} sliver(s) under {width} m wide between borders that were drawn twice, where {where}.",
                    count=str(count),
                    width=f"{THIN:g}",
                    where=where,
                ),
                count,
            )
        ]
        if count
        else []
    )


def _notches(parts: np.ndarray, usual: float) -> list[shapely.Geometry]:
    """Bays in the outline about as large as a place, with places on most sides."""
    side = float(np.sqrt(usual))
    outline = shapely.simplify(shapely.multipolygons(shapely.polygons(shapely.get_exterior_ring(parts))), side / 20)
    if shapely.get_num_coordinates(outline) > OUTLINE:
        return []
    reach = REACH * side
    closed = shapely.buffer(shapely.buffer(outline, reach, quad_segs=4), -reach, quad_segs=4)
    bays = shapely.get_parts(shapely.buffer(shapely.difference(closed, shapely.buffer(outline, 0)), -side / 20, quad_segs=2))
    bays = bays[(shapely.area(bays) >= NOTCH[0] * usual) & (shapely.area(bays) <= NOTCH[1] * usual)]
    edge = shapely.buffer(outline.boundary, side / 10, quad_segs=2) if len(bays) else None
    return [bay for bay in bays if shapely.length(shapely.intersection(bay.boundary, edge)) >= SIDES * bay.boundary.length]
