"""One case by hand with its answer to every printed digit: a general, an insider, rebels, a denial."""

from __future__ import annotations

import math

import pytest

from provenance.assessment import Assessment
from tests.cases.worked_case import worked_case
from tests.cases.worlds import asked, one_claim
from tests.twins.answer_twin import ask, statement_bits
from tests.twins.interval_twin import doubts_of, interval, shares


@pytest.fixture(scope="module")
def shipped() -> Assessment:
    return asked(worked_case(), "shipped")


def without(*names: str) -> float:
    return asked(worked_case(*names), "shipped").probability


def test_the_probability_is_098(shipped: Assessment) -> None:
    assert f"{shipped.probability:.3f}" == "0.098"


def test_the_interval_is_041_to_182(shipped: Assessment) -> None:
    # The ends of a sum of responses are laid out to .003.
    assert shipped.interval.low == pytest.approx(0.041, abs=0.0015)
    assert shipped.interval.high == pytest.approx(0.182, abs=0.0015)


@pytest.mark.parametrize(("sign", "printed"), [("sailed", "0.194"), ("rockets", "0.281")])
def test_the_signs_are_at_194_and_281(sign: str, printed: str) -> None:
    assert f"{asked(worked_case(), sign).probability:.3f}" == printed


def test_every_origin_weighs_what_it_should(shipped: Assessment) -> None:
    printed = {each.source: f"{each.bits:+.3f}" for each in shipped.reasons}

    assert printed == {
        "government": "-1.078",
        "insider": "+0.646",
        "general": "+0.260",
        "rebels": "+0.193",
    }


def test_all_the_evidence_weighs_minus_39_thousandths(shipped: Assessment) -> None:
    assert f"{shipped.bits:+.3f}" == "-0.039"


def test_without_the_denial_it_is_186() -> None:
    assert f"{without('denial'):.3f}" == "0.186"


def test_without_the_rebels_direct_route_it_is_094() -> None:
    assert f"{without('now-rebels'):.3f}" == "0.094"


def test_nobody_says_what_another_says_so_nothing_is_discounted(shipped: Assessment) -> None:
    assert shipped.if_one_voice == shipped.if_independent == shipped.probability
    assert shipped.answer.lines == ()


@pytest.mark.parametrize("name", ["denial", "now-rebels"])
def test_the_weight_of_a_statement_is_what_rerunning_without_it_takes_away(
    shipped: Assessment, name: str
) -> None:
    p, rest = shipped.probability, without(name)

    # Nobody's interests change and the outlet still has several statements, so both must agree.
    moved = math.log2(p / (1 - p)) - math.log2(rest / (1 - rest))
    weights = {each.attribution: each.bits for each in shipped.statements}
    assert weights[name] == pytest.approx(moved, abs=1e-9)


def test_five_mentions_taken_as_five_witnesses_would_give_964() -> None:
    said = [{"source": f"s{n}", "claim": "x", "basis": "firsthand"} for n in range(5)]

    found = asked(one_claim(0.1, {f"s{n}": "C" for n in range(5)}, *said)).probability

    # Grade C tracks with probability 1/2, so each multiplies the odds by 3.
    assert found == pytest.approx(3**5 / (3**5 + 9))
    assert f"{found:.3f}" == "0.964"


def test_the_twin_gives_the_same_weights_and_doubts(shipped: Assessment) -> None:
    slow = ask(worked_case(), "shipped")
    doubts = doubts_of(slow)

    mine = {each.attribution: each.bits for each in shipped.statements}
    assert mine == pytest.approx(statement_bits(slow), abs=1e-9)
    assert (shipped.interval.low, shipped.interval.high) == pytest.approx(
        interval(slow, doubts), abs=0.003
    )
    expected = {about: share for about, share in shares(doubts).items() if share > 1e-3}
    found = {each.about: each.share for each in shipped.doubts if each.share > 1e-3}
    assert found.keys() == expected.keys()
    assert found == pytest.approx(expected, abs=0.01)
