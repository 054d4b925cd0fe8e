"""What reading and writing other formats costs: a budget means the same from one version to the next.

Where a price changes on purpose, the failure shows the new ones: read whether each should have
changed, and write them here.
"""

from __future__ import annotations

import json

from provenance.exchange import from_claimreview, from_prov, from_tables
from tests.cases.prices import price
from tests.exchange.test_budgets_of_exchange import WRITERS
from tests.exchange.test_claimreview_reading import REVIEW
from tests.exchange.test_prov_reading import OTHERS
from tests.exchange.written import WRITERS as OF_FULL

WRITTEN = {
    "annotations": 35_380,
    "claimreview": 37_140,
    "misp": 36_380,
    "nanopublications": 36_760,
    "prov": 36_000,
    "stix": 37_140,
    "tables": 35_000,
    "assessments": 1_000,
}
FULL = {
    "annotations": 37_970,
    "claimreview": 71_804,
    "misp": 43_970,
    "nanopublications": 44_234,
    "prov": 43_750,
    "stix": 46_610,
    "tables": 37_750,
    "assessments": 6_000,
}
SHEET = """source,claim,said_on,cites
Ann Li,The ship sailed,2015-09-01,
The Daily,The ship sailed,2015-09-02,Ann Li
The Gazette,The ship sailed,2015-09-03,The Daily
"""


def test_writing_costs_what_it_did() -> None:
    assert {name: price(write) for name, write in WRITERS.items()} == WRITTEN
    assert {name: price(write) for name, write in OF_FULL.items()} == FULL


def test_reading_costs_what_it_did() -> None:
    found = {
        "a sheet": price(lambda: from_tables(SHEET)),
        "a fact check": price(lambda: from_claimreview(json.dumps(REVIEW))),
        "records of origin": price(lambda: from_prov(json.dumps(OTHERS).encode())),
    }

    assert found == {"a sheet": 1790, "a fact check": 5950, "records of origin": 9990}
