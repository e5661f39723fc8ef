"""All cases, in the order of the table that `make conformance` prints."""

from tests.conformance.england import CASES as ENGLAND

CASES = (*ENGLAND,)
