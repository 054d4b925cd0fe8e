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
    assert (round(after.low, 2), round(after.high, 2)) == (0.41, 0.66)


def test_what_an_outlet_passes_on_and_what_it_says_of_its_own_add_if_its_basis_is_on_record() -> (
    None
):
    """Its two states are two things: only that nobody recorded its lineage takes some away."""
    relay = [
        {"source": "general", "claim": "x", "basis": "firsthand"},
        {"source": "outlet", "cites": "a0"},
    ]
    sources = {"outlet": 0.6, "general": 0.6}
    prior = math.log(0.2 / 0.8)

    def moved(*said: Written) -> float:
        return log_odds(one_claim(0.2, sources, *said)) - prior

    own = {"source": "outlet", "claim": "x"}
    seen = own | {"basis": "firsthand"}
    assert moved(*relay, seen) == pytest.approx(moved(*relay) + moved(own))
    assert moved(*relay, own) < moved(*relay) + moved(own)


def test_unrecorded_voices_have_no_hard_cap() -> None:
    def crowd(count: int) -> float:
        said = [{"source": f"s{n}", "claim": "x"} for n in range(count)]
        return log_odds(one_claim(0.2, {f"s{n}": "C" for n in range(count)}, *said))

    # The odds grow as n ** (theta * t), with theta 1.5 and t 1/2: doubled, by 2 ** .75.
    assert crowd(64) - crowd(32) == pytest.approx(0.75 * math.log(2), rel=0.02)
    assert crowd(64) > math.log(0.93 / 0.07)


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

    # Together the second is discounted by 1.5 / 2 / (1.5 / 2 + 1) = 3/7, to 3/14: odds of
    # 1/4 * 3 * 17/11.
    assert alone == pytest.approx({"s": 3 / 7, "other": 3 / 7})
    assert together == pytest.approx(51 / 95)
