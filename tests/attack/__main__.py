"""make attack: the attacks at full size and their figures; ends with 1 when any recovers what it must not."""

import sys

from tests.attack.breakages import planted
from tests.attack.months import replayed
from tests.attack.regression import attacks, simulated
from tests.attack.tables import tables
from tests.attack.toronto import COUNTS
from tests.attack.toronto import main as toronto


def attacked_tables() -> bool:
    """Generated tables, a line each."""
    print("places × groups  districts  small  withheld  share  exposed  by programmes  seconds to protect, to attack")
    found, last = [], ""
    for one in tables():
        found.append(one)
        last = "  totals only" if one.totals_only else ""
        print(
            f"{one.places:6} × {one.groups:<6}  {'yes' if one.nested else 'no':9}  {one.small:5}  {one.hidden:8}  {one.share:5.0%}  {one.exposed:7}  {one.solved:13}  "
            f"{one.protecting:.2f}, {one.attacking:.2f}{last}"
        )
    exposed = sum(one.exposed for one in found)
    print(f"{len(found)} tables, {sum(one.hidden for one in found):,} cells withheld, {exposed} told more closely than the threshold.\n")
    return exposed == 0


def broken() -> bool:
    """Planted breakages."""
    caught = {name: attack() for name, attack in planted().items()}
    for name, one in caught.items():
        print(f"{'caught' if one else 'MISSED'}  {name}")
    print(f"{sum(caught.values())} of {len(caught)} planted breakages caught.\n")
    return all(caught.values())


def months() -> bool:
    """Three years of monthly editions."""
    one = replayed(wards=6, months=36)
    print(
        f"{one.editions} monthly editions replayed: {one.small:,} small counts; recovered without the replay {one.recovered_without:,}, with it {one.recovered}, "
        f"told more closely than their band {one.narrowed}.\n{one.share_withheld:.0%} of the numbers withheld, {one.share_extra:.0%} only because of what had been published; {one.seconds:.0f} s.\n"
    )
    return one.recovered == one.narrowed == 0


def solved() -> bool:
    """Regression of scores."""
    good = True
    for one in attacks(simulated()):
        here = one.attack.endswith("here")
        good = good and (not here or one.named <= one.limit)
        print(f"{one.attack:30} named {one.named:4} of {one.withheld}; chance {one.chance:.0f}, in 99 of 100 cases at most {one.limit}")
    return good


def real() -> bool:
    """Toronto's hate crimes, where the open data lie beside."""
    if COUNTS.is_file():
        return toronto()
    print(f"{COUNTS} is absent, so Toronto's hate crimes are left out.\n")
    return True


if __name__ == "__main__":
    sys.exit(0 if all([attacked_tables(), broken(), solved(), real(), months()]) else 1)
