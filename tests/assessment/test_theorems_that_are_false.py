"""What one would like to be true and is not, each with a case and its numbers."""

from __future__ import annotations

import math

import pytest

from tests.cases.worlds import Written, asked, log_odds, one_claim

SIGNS: Written = {
    "claims": [
        {"id": "x", "text": "that x", "prior": 0.2},
        {"id": "y", "text": "a sign of it"},
        {"id": "z", "text": "another sign of it"},
    ],
    "links": [
        {"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.8, "if_false": 0.2},
        {"kind": "evidence", "claim": "x", "sign": "z", "if_true": 0.6, "if_false": 0.3},
    ],
}
SAYS_X: Written = {"source": "s", "claim": "x"}


def test_a_self_serving_extra_assertion_can_lower_what_its_source_says() -> None:
    sober = [{"source": "s", "claim": claim, "competence": 0.8} for claim in ("x", "z")]
    # "gains strongly": three times as likely to be said by one who does not track the matter.
    serving = {"source": "s", "claim": "y", "competence": 0.8, "interest": 3.0}

    before = asked(one_claim(0.2, {"s": "B"}, *sober) | SIGNS).probability
    after = asked(one_claim(0.2, {"s": "B"}, *sober, serving) | SIGNS).probability

    assert (round(before, 3), round(after, 3)) == (0.549, 0.414)


def test_raising_a_deniers_reliability_lowers() -> None:
    denies = {"source": "s", "claim": "x", "stance": "denies"}
    found = [asked(one_claim(0.5, {"s": rho}, denies)).probability for rho in (0.2, 0.6)]

    # One who denies has the likelihood ratio (1 - rho) / (1 + rho).
    assert found == pytest.approx([0.4, 0.2])


def test_more_evidence_can_widen_the_interval() -> None:
    known = {"source": "known", "claim": "x"}
    doubtful = {"source": "doubtful", "claim": "x"}
    sources = {
        "known": {"mean": 0.5, "strength": 1000},
        "doubtful": {"mean": 0.5, "strength": 2},
    }

    before = asked(one_claim(0.2, sources, known)).interval
    after = asked(one_claim(0.2, sources, known, doubtful)).interval

    assert (round(before.low, 2), round(before.high, 2)) == (0.41, 0.45)
    assert (round(after.low, 2), round(after.high, 2)) == (0.39, 0.89)


def test_an_outlets_relay_and_its_own_assertion_do_not_add() -> None:
    relay = [
        {"source": "general", "claim": "x"},
        {"source": "outlet", "cites": "a0", "fidelity": 1},
    ]
    own = {"source": "outlet", "claim": "x"}
    sources = {"outlet": 0.6, "general": 0.6}
    prior = math.log(0.2 / 0.8)

    moved = [
        log_odds(one_claim(0.2, sources, *said)) - prior for said in (relay, [own], [*relay, own])
    ]

    assert [round(each, 3) for each in moved] == [0.897, 1.386, 2.140]
    assert moved[2] < moved[0] + moved[1]


def test_equal_contradiction_gives_back_the_prior_and_not_a_half() -> None:
    denies = {"source": "other", "claim": "x", "stance": "denies"}

    found = asked(one_claim(0.2, {"s": 0.6, "other": 0.6}, SAYS_X, denies)).probability

    assert found == pytest.approx(0.2)


def test_off_even_priors_a_perfect_source_that_says_w_is_not_believed_w() -> None:
    found = asked(one_claim(0.2, {"s": 1}, SAYS_X | {"wording": 0.75})).probability

    # "Three to one" multiplies the prior odds of 1 to 4 by three: 3 to 4.
    assert found == pytest.approx(3 / 7)


def test_there_is_no_threshold_at_a_reliability_of_one_half() -> None:
    found = [asked(one_claim(0.2, {"s": rho}, SAYS_X)).probability for rho in (0.0, 0.1, 0.5, 0.6)]

    # Below a half a source still raises: at .1 the odds of 1 to 4 become 11 to 36.
    assert found == pytest.approx([0.2, 11 / 47, 3 / 7, 0.5])


def test_joint_potentials_exceed_single_ones() -> None:
    sources: dict[str, object] = {"s": "F", "other": "F"}
    said = (SAYS_X, {"source": "other", "claim": "x"})

    alone = asked(one_claim(0.2, sources, *said)).potentials
    together = asked(one_claim(0.2, {"s": 0.5, "other": 0.5}, *said)).probability

    assert alone == pytest.approx({"s": 3 / 7, "other": 3 / 7})
    assert together == pytest.approx(9 / 13)
