"""All cases, in the order of the table that `make conformance` prints."""

from tests.conformance.asem import CASES as ASEM
from tests.conformance.chicago import CASES as CHICAGO
from tests.conformance.community_needs import CASES as COMMUNITY_NEEDS
from tests.conformance.england import CASES as ENGLAND
from tests.conformance.fema import CASES as FEMA
from tests.conformance.inform import CASES as INFORM
from tests.conformance.israel import CASES as ISRAEL
from tests.conformance.social_progress import CASES as SOCIAL_PROGRESS
from tests.conformance.svi import CASES as SVI
from tests.conformance.townsend import CASES as TOWNSEND
from tests.conformance.undp import CASES as UNDP
from tests.conformance.wales_scotland import CASES as WALES_SCOTLAND

CASES = (*ENGLAND, *WALES_SCOTLAND, *COMMUNITY_NEEDS, *INFORM, *FEMA, *CHICAGO, *TOWNSEND, *ISRAEL, *SOCIAL_PROGRESS, *SVI, *ASEM, *UNDP)
