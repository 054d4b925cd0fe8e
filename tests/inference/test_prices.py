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
    "aluminium-tubes-2002": 17391,
    "egypt-arms-2015": 15264,
    "egypt-syria-2015": 31668,
    "hacked-account-2013": 6288,
    "marathon-winner-1980": 6642,
    "mobile-laboratories-2003": 10386,
    "night-raid-2011": 3028,
    "secret-fund-1972": 18318,
    "uranium-papers-2003": 14828,
    "village-massacre-1968": 7594,
}
ALL_ANSWERS: dict[str, int] = {
    "egypt-arms-2015": 7366,
    "secret-fund-1972": 10750,
    "village-massacre-1968": 2888,
}
ENTANGLED: dict[str, int] = {
    "twelve origins by twelve relays": 132068,
    "voices that may each be the one before": 373420,
}
SIMULATED: dict[int, tuple[int, tuple[float, ...]]] = {
    3: (
        169883,
        (
            0.70372,
            0.01275,
            0.48769,
            0.90193,
            0.68055,
            0.75112,
            2.10269,
            -0.54337,
            0.40344,
            0.21212,
            0.01341,
        ),
    ),
    24: (
        162435,
        (
            0.10842,
            0.00131,
            0.02981,
            0.25151,
            0.09259,
            0.16658,
            -3.37548,
            0.32655,
            0.20195,
            0.06531,
            0.01309,
            0.00211,
            0.00149,
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
