"""What reading and writing other formats costs: a budget means the same from one version to the next.

Where a price changes on purpose, the failure shows the new ones: read whether each should have
changed, and write them here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from provenance.exchange import from_claimreview, from_prov, from_tables
from tests.cases.prices import price
from tests.exchange.test_budgets_of_exchange import WRITERS
from tests.exchange.test_claimreview_reading import REVIEW
from tests.exchange.test_prov_reading import OTHERS
from tests.exchange.written import WRITERS as OF_FULL

WRITTEN = {
    "annotations": 35380,
    "claimreview": 37140,
    "misp": 36380,
    "nanopublications": 36760,
    "prov": 36000,
    "stix": 37140,
    "tables": 35000,
    "assessments": 1000,
}
FULL = {
    "annotations": 37970,
    "claimreview": 46610,
    "misp": 43970,
    "nanopublications": 44190,
    "prov": 43750,
    "stix": 46610,
    "tables": 37750,
    "assessments": 6000,
}
SHEET = """source,claim,said_on,cites
Ann Li,The ship sailed,2015-09-01,
The Daily,The ship sailed,2015-09-02,Ann Li
The Gazette,The ship sailed,2015-09-03,The Daily
"""


def written_again(write: Callable[[], Any]) -> int:
    """What writing costs where the answers that are written have been worked out before."""
    write()
    return price(write)


def test_writing_costs_what_it_did() -> None:
    assert {name: written_again(write) for name, write in WRITERS.items()} == WRITTEN
    assert {name: written_again(write) for name, write in OF_FULL.items()} == FULL


def test_reading_costs_what_it_did() -> None:
    found = {
        "a sheet": price(lambda: from_tables(SHEET)),
        "a fact check": price(lambda: from_claimreview(json.dumps(REVIEW))),
        "records of origin": price(lambda: from_prov(json.dumps(OTHERS).encode())),
    }

    assert found == {"a sheet": 1790, "a fact check": 5950, "records of origin": 9990}
