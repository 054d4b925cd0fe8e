"""What answers cost: a budget means the same from one version to the next, or the change is meant.

Where a price changes on purpose, the failure shows the new ones: read whether each should have
changed, and write them here.
"""

from __future__ import annotations

import attrs

from provenance import load_case, load_seed, shipped_seeds, weigh
from provenance.assessment import weigh_all
from tests.cases.hostile_corpus import HOSTILE
from tests.cases.prices import price
from tests.inference.test_sampling import low_limits, mesh

ANSWERS: dict[str, int] = {
    "aluminium-tubes-2002": 18547,
    "egypt-arms-2015": 16482,
    "egypt-syria-2015": 34414,
    "hacked-account-2013": 6788,
    "marathon-winner-1980": 7296,
    "mobile-laboratories-2003": 10636,
    "night-raid-2011": 3246,
    "secret-fund-1972": 18542,
    "uranium-papers-2003": 15342,
    "village-massacre-1968": 7916,
}
ALL_ANSWERS: dict[str, int] = {
    "egypt-arms-2015": 8584,
    "secret-fund-1972": 10974,
    "village-massacre-1968": 3210,
}
ENTANGLED: dict[str, int] = {
    "twelve origins by twelve relays": 132068,
    "voices that may each be the one before": 373420,
}
SIMULATED: dict[int, tuple[int, tuple[float, ...]]] = {
    3: (
        169757,
        (
            0.71508,
            0.01283,
            0.5069,
            0.89954,
            0.70075,
            0.75706,
            2.40774,
            -0.45246,
            0.08888,
            0.01977,
            0.00424,
        ),
    ),
    24: (
        167313,
        (
            0.1103,
            0.00168,
            0.03013,
            0.25433,
            0.09259,
            0.18118,
            -3.3633,
            0.28951,
            0.18518,
            0.09535,
            0.02001,
            -0.00594,
            0.00431,
        ),
    ),
}


def test_an_answer_costs_what_it_did() -> None:
    cases = {name: load_seed(name) for name in shipped_seeds()}

    found = {
        name: price(lambda case=case: weigh(case, case.claims[0].id).reasons)  # type: ignore[misc]
        for name, case in cases.items()
    }

    assert found == ANSWERS


def test_all_answers_of_a_case_cost_what_they_did() -> None:
    names = ("egypt-arms-2015", "secret-fund-1972", "village-massacre-1968")
    cases = {name: load_seed(name) for name in names}

    found = {
        name: price(lambda case=case: list(weigh_all(case)))  # type: ignore[misc]
        for name, case in cases.items()
    }

    assert found == ALL_ANSWERS


def test_an_answer_from_what_hangs_together_costs_what_it_did() -> None:
    names = ("twelve origins by twelve relays", "voices that may each be the one before")
    cases = {name: load_case(HOSTILE[name].made()) for name in names}

    found = {
        name: price(lambda case=case: weigh(case, case.claims[0].id))  # type: ignore[misc]
        for name, case in cases.items()
    }

    assert found == ENTANGLED


def test_a_simulated_answer_is_the_one_of_its_seed_and_costs_what_it_did() -> None:
    found = {}
    for seed in (3, 24):
        case = load_case(mesh(seed))
        with low_limits():
            answer = weigh(case, "c0", seed=7)
            assert answer.approximate
            figures = (
                answer.probability,
                answer.standard_error,
                *attrs.astuple(answer.interval)[:2],
                answer.if_one_voice,
                answer.if_independent,
                *(reason.bits for reason in answer.reasons),
            )
            cost = price(lambda case=case: weigh(case, "c0", seed=7))  # type: ignore[misc]
        found[seed] = (cost, tuple(round(each, 5) for each in figures))

    assert found == SIMULATED
