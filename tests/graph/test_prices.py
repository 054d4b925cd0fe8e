"""What laying out a case costs: a budget means the same from one version to the next.

Where a price changes on purpose, the failure shows the new ones: read whether each should have
changed, and write them here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from provenance import Case, load_seed
from provenance.graph import Graph, Sayings
from tests.cases.prices import price

LAID_OUT: dict[str, Callable[[Case], Any]] = {
    "stories": lambda case: [Graph.of(case).story(each.id) for each in case.claims],
    "from whom each has it": lambda case: [
        graph.lineage(each.id) for graph in [Graph.of(case)] for each in case.claims
    ],
    "who says what": lambda case: Sayings(case).said,
}
PRICES: dict[str, dict[str, int]] = {
    "egypt-arms-2015": {"stories": 7980, "from whom each has it": 5160, "who says what": 380},
    "secret-fund-1972": {"stories": 3060, "from whom each has it": 2790, "who says what": 320},
    "uranium-papers-2003": {"stories": 5760, "from whom each has it": 4320, "who says what": 520},
}


@pytest.mark.parametrize("seed", PRICES)
def test_laying_out_a_case_costs_what_it_did(seed: str) -> None:
    case = load_seed(seed)

    found = {
        name: price(lambda lay_out=lay_out: lay_out(case))  # type: ignore[misc]
        for name, lay_out in LAID_OUT.items()
    }

    assert found == PRICES[seed]
