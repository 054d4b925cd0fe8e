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
        "leads": 60592,
        "sensitivity": 45032,
        "timeline": 14999,
        "over_priors": 78880,
        "compare": 20024,
        "what_if": 8791,
        "check": 12036,
        "caveats": 11386,
    },
    "marathon-winner-1980": {
        "leads": 33200,
        "sensitivity": 8622,
        "timeline": 27645,
        "over_priors": 25682,
        "compare": 11154,
        "what_if": 3911,
        "check": 4876,
        "caveats": 4876,
    },
    "secret-fund-1972": {
        "leads": 115324,
        "sensitivity": 417398,
        "timeline": 81148,
        "over_priors": 68456,
        "compare": 71934,
        "what_if": 12288,
        "check": 26760,
        "caveats": 25650,
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
