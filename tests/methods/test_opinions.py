"""Opinions and their operators: what holds whatever the numbers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import InvalidValue
from provenance.methods import (
    Masses,
    MultinomialOpinion,
    Opinion,
    add,
    combine,
    comultiply,
    conflict,
    deduce,
    discount,
    discount_path,
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
    multiply,
    revise_trust,
    unfuse,
)
from provenance.scales import Degree

FUSIONS: list[Callable[[Sequence[Opinion]], Opinion]] = [
    fuse_averaging,
    fuse_by_compromise,
    fuse_by_constraint,
    fuse_cumulative,
    fuse_weighted,
]
shares = st.integers(0, 20).map(lambda twentieth: twentieth / 20)


@st.composite
def any_opinion(draw: st.DrawFn, least_uncertainty: int = 0) -> Opinion:
    """Opinions on a grid, so that certain and vacuous ones come up often."""
    uncertainty = draw(st.integers(least_uncertainty, 20))
    belief = draw(st.integers(0, 20 - uncertainty))
    disbelief = 20 - uncertainty - belief
    return Opinion(belief / 20, disbelief / 20, uncertainty / 20, draw(shares))


unsure = any_opinion(least_uncertainty=1)


def close(opinion: Opinion, other: Opinion) -> bool:
    return all(
        abs(mine - theirs) < 1e-9
        for mine, theirs in zip(
            (opinion.belief, opinion.disbelief, opinion.uncertainty),
            (other.belief, other.disbelief, other.uncertainty),
            strict=True,
        )
    )


@settings(max_examples=50)
@given(st.lists(unsure, min_size=1, max_size=3))
def test_every_fusion_gives_an_opinion_whatever_the_order(opinions: list[Opinion]) -> None:
    for fuse in FUSIONS:
        fused = fuse(opinions)
        for shuffled in itertools.permutations(opinions):
            assert close(fuse(shuffled), fused)
            assert fuse(shuffled).base_rate == pytest.approx(fused.base_rate)


@given(any_opinion(), st.integers(1, 4))
def test_dependent_fusions_do_not_count_one_opinion_twice(opinion: Opinion, times: int) -> None:
    for fuse in (fuse_averaging, fuse_weighted, fuse_by_compromise):
        assert close(fuse([opinion] * times), opinion)


@given(st.lists(any_opinion(), min_size=1, max_size=4))
def test_a_vacuous_opinion_adds_nothing_where_evidence_adds_up(opinions: list[Opinion]) -> None:
    for fuse in (fuse_cumulative, fuse_weighted):
        assert close(fuse([*opinions, Opinion.vacuous()]), fuse(opinions))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4))
def test_cumulative_fusion_adds_observations(counts: list[tuple[int, int]]) -> None:
    fused = fuse_cumulative([Opinion.from_counts(*each) for each in counts])

    together = [sum(column) for column in zip(*counts, strict=True)]
    assert close(fused, Opinion.from_counts(*together))


@given(unsure, unsure)
def test_unfusing_gives_back_the_other_part(first: Opinion, second: Opinion) -> None:
    fused = fuse_cumulative([first, second])

    rest = unfuse(fused, first)

    assert close(rest, second)
    if second.uncertainty < 1:
        assert rest.base_rate == pytest.approx(second.base_rate)


@given(st.lists(unsure, min_size=1, max_size=4))
def test_constraint_fusion_of_yes_and_no_is_dempsters_rule(opinions: list[Opinion]) -> None:
    bodies = [
        Masses.of({"yes": each.belief, "no": each.disbelief, ("yes", "no"): each.uncertainty})
        for each in opinions
    ]

    fused, joint = fuse_by_constraint(opinions), combine(bodies).masses

    assert fused.belief == pytest.approx(joint.belief("yes"))
    assert fused.disbelief == pytest.approx(joint.belief("no"))


@given(any_opinion(), any_opinion())
def test_products_multiply_projected_probabilities(first: Opinion, second: Opinion) -> None:
    product, coproduct = multiply(first, second), comultiply(first, second)

    both = first.probability * second.probability
    assert product.probability == pytest.approx(both)
    assert coproduct.probability == pytest.approx(first.probability + second.probability - both)


@given(any_opinion(), any_opinion(), any_opinion(), shares)
def test_deduction_obeys_the_law_of_total_probability(
    claim: Opinion, if_true: Opinion, if_false: Opinion, rate: float
) -> None:
    yes, no = (
        Opinion(each.belief, each.disbelief, each.uncertainty, rate) for each in (if_true, if_false)
    )

    deduced = deduce(claim, yes, no)

    likely = claim.probability
    assert deduced.probability == pytest.approx(
        likely * yes.probability + (1 - likely) * no.probability
    )


@given(any_opinion(), any_opinion())
def test_deducing_from_certainty_gives_the_conditional(if_true: Opinion, if_false: Opinion) -> None:
    if_false = Opinion(if_false.belief, if_false.disbelief, if_false.uncertainty, if_true.base_rate)

    assert close(deduce(Opinion(1, 0, 0), if_true, if_false), if_true)
    assert close(deduce(Opinion(0, 1, 0), if_true, if_false), if_false)


@given(any_opinion(), any_opinion())
def test_discounting_never_makes_an_opinion_surer(trust: Opinion, said: Opinion) -> None:
    for form in ("base-rate", "uncertainty", "opposite-belief"):
        heard = discount(trust, said, form)
        assert heard.uncertainty >= said.uncertainty - 1e-9
        assert heard.base_rate == said.base_rate


@given(any_opinion())
def test_full_trust_passes_an_opinion_on_as_it_is(said: Opinion) -> None:
    for form in ("base-rate", "uncertainty", "opposite-belief"):
        assert close(discount(Opinion(1, 0, 0), said, form), said)


@given(st.lists(any_opinion(), max_size=5), any_opinion())
def test_a_path_is_discounted_by_one_trust_after_the_other(
    trusts: list[Opinion], said: Opinion
) -> None:
    heard = said
    for trust in reversed(trusts):
        heard = discount(trust, heard)

    assert close(discount_path(trusts, said), heard)


@given(any_opinion(), any_opinion(), any_opinion(), any_opinion())
def test_revision_takes_trust_away_and_nothing_where_there_is_no_conflict(
    trust: Opinion, said: Opinion, other_trust: Opinion, other: Opinion
) -> None:
    revised = revise_trust(trust, said, other_trust, other)

    assert revised.first.probability <= trust.probability + 1e-9
    assert revised.second.probability <= other_trust.probability + 1e-9
    if revised.conflict == 0:
        assert close(revised.first, trust)
        assert close(revised.second, other_trust)


@given(any_opinion())
def test_negating_twice_gives_the_opinion_back(opinion: Opinion) -> None:
    assert close(opinion.negated.negated, opinion)
    assert opinion.negated.probability == pytest.approx(1 - opinion.probability)
    assert conflict(opinion, opinion) == 0


@given(shares, st.sampled_from([0.5, 2.0, 8.0, float("inf")]), shares)
def test_the_opinion_of_a_degree_keeps_its_mean(mean: float, strength: float, rate: float) -> None:
    opinion = Opinion.from_degree(Degree(mean, strength), rate)

    assert opinion.probability == pytest.approx(mean)


@given(unsure, unsure)
def test_yes_and_no_is_a_question_with_two_answers(one: Opinion, other: Opinion) -> None:
    pair = [
        MultinomialOpinion(each.beliefs, each.uncertainty, each.base_rates) for each in (one, other)
    ]

    for fuse in (fuse_averaging, fuse_by_constraint, fuse_cumulative, fuse_weighted):
        binary, multinomial = fuse([one, other]), fuse(pair)
        assert multinomial.beliefs == pytest.approx(binary.beliefs)
        assert multinomial.probabilities[0] == pytest.approx(binary.probability)


def test_added_claims_add_their_beliefs() -> None:
    both = add(Opinion(0.2, 0.4, 0.4, 0.25), Opinion(0.1, 0.5, 0.4, 0.5))

    assert both.probability == pytest.approx(0.3 + 0.1 + 0.2)


def test_adding_certain_claims_of_base_rate_nought_is_fine() -> None:
    assert add(Opinion(0, 1, 0, 0), Opinion(0, 1, 0, 0)) == Opinion(0, 1, 0, 0)


def test_a_product_of_claims_that_were_certain_beforehand_has_its_limit() -> None:
    assert multiply(Opinion(1, 0, 0, 1), Opinion(0, 0, 1, 1)) == Opinion(0.5, 0, 0.5, 1)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda: Opinion(0.5, 0.6, 0.0), "sum to 1"),
        (lambda: Opinion(-0.1, 0.6, 0.5), "belief between 0 and 1"),
        (lambda: Opinion(float("nan"), 0.5, 0.5), "belief between 0 and 1"),
        (lambda: Opinion(0.5, 0.5, 0.0, 1.5), "base rate between 0 and 1"),
        (lambda: Opinion.from_counts(-1, 2), "at least 0"),
        (lambda: MultinomialOpinion((), 1.0), "two or more answers"),
        (lambda: MultinomialOpinion((0.2, 0.2), 0.6, (1.0,)), "one base rate for each"),
        (lambda: MultinomialOpinion((0.2, 0.2), 0.5), "sum to 1"),
        (lambda: fuse_cumulative([]), "found none"),
        (
            lambda: fuse_weighted(
                [MultinomialOpinion((0, 0), 1), MultinomialOpinion((0, 0, 0), 1)]
            ),
            "one question",
        ),
        (lambda: fuse_by_constraint([Opinion(1, 0, 0), Opinion(0, 1, 0)]), "contradict"),
        (lambda: unfuse(Opinion(0.2, 0.2, 0.6), Opinion(0.7, 0.1, 0.2)), "surer than its part"),
        (lambda: unfuse(Opinion(0.9, 0.0, 0.1), Opinion(0.0, 0.8, 0.2)), "cannot have gone into"),
        (
            lambda: deduce(
                Opinion.vacuous(), Opinion(0.5, 0.2, 0.3, 0.4), Opinion(0.5, 0.2, 0.3, 0.6)
            ),
            "one base rate",
        ),
        (lambda: discount(Opinion.vacuous(), Opinion.vacuous(), "blind"), "'blind'"),
        (lambda: add(Opinion(0.7, 0, 0.3), Opinion(0.7, 0, 0.3)), "belief"),
    ],
)
def test_what_is_out_of_range_is_said_so(broken: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        broken()


@pytest.mark.parametrize("count", [2, 50, 400])
def test_fusing_very_many_opinions_stays_in_range(count: int) -> None:
    opinions = [Opinion(0.3, 0.3, 0.4)] * count
    for fuse in (fuse_averaging, fuse_by_constraint, fuse_cumulative, fuse_weighted):
        assert fuse(opinions).belief == pytest.approx(fuse(opinions).disbelief)
