"""What questions cost: a budget means the same from one version to the next, or the change is meant.

Where a price changes on purpose, the failure shows the new ones: read whether each should have
changed, and write them here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from provenance import Case, check, leads, load_seed, sensitivity, timeline
from provenance.assessment import over_priors, weigh_all, what_if
from provenance.assessment.changes import Change
from provenance.methods import compare
from tests.cases.prices import price

QUESTIONS: dict[str, Callable[[Case, str], Any]] = {
    "leads": leads,
    "sensitivity": sensitivity,
    "timeline": timeline,
    "over_priors": over_priors,
    "compare": compare,
    "what_if": lambda case, claim: what_if(
        case, claim, Change(f"reliability:{case.sources[0].id}", "B")
    ),
    "check": lambda case, claim: check(case),
    "caveats": lambda case, claim: [each.caveats for each in weigh_all(case)],
}
PRICES: dict[str, dict[str, int]] = {
    "egypt-arms-2015": {
        "leads": 66898,
        "sensitivity": 46250,
        "timeline": 16852,
        "over_priors": 80098,
        "compare": 25180,
        "what_if": 10009,
        "check": 10404,
        "caveats": 10094,
    },
    "marathon-winner-1980": {
        "leads": 36670,
        "sensitivity": 9276,
        "timeline": 32130,
        "over_priors": 26336,
        "compare": 15302,
        "what_if": 4565,
        "check": 4240,
        "caveats": 4240,
    },
    "secret-fund-1972": {
        "leads": 117468,
        "sensitivity": 417622,
        "timeline": 81494,
        "over_priors": 68680,
        "compare": 71318,
        "what_if": 12512,
        "check": 24004,
        "caveats": 23564,
    },
}


@pytest.mark.parametrize("seed", PRICES)
def test_a_question_costs_what_it_did(seed: str) -> None:
    case = load_seed(seed)
    claim = case.claims[0].id

    found = {
        name: price(lambda ask=ask: ask(case, claim))  # type: ignore[misc]
        for name, ask in QUESTIONS.items()
    }

    assert found == PRICES[seed]
