"""Curves and sensitivity: every point is what the case written so would give."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.assessment import Change, over_priors, questioned, sensitivity, weigh
from provenance.assessment.changes import changed
from provenance.assessment.responses import is_linear, response_of
from provenance.assessment.sensitivity import crossing
from provenance.assessment.what_if import expit
from provenance.casefiles import load_case, load_seed
from provenance.errors import (
    ImpossibleEvidence,
    IncompatiblePriors,
    InvalidValue,
    UnknownName,
)
from provenance.inference import Coupling
from provenance.records import Case
from provenance.scales import GRADES, Degree
from provenance.scales.degrees import share_below
from tests.cases.strategies import cases


def one_origin(reliability: Any = "C", **more: Any) -> Case:
    """A pilot says that the ship sailed."""
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
            "sources": [{"id": "pilot", "reliability": reliability}],
            "attributions": [{"id": "log", "source": "pilot", "claim": "sailed", **more}],
        }
    )


# ---------------------------------------------------------------- over priors


def test_the_curve_over_priors_is_the_same_evidence_on_each() -> None:
    case = load_seed("egypt-arms-2015")
    assessment = weigh(case, "armed")

    curve = over_priors(case, "armed", (0.05, 0.3, 0.9))

    assert [point.probability for point in curve.points] == pytest.approx(
        [assessment.at_prior(prior).probability for prior in (0.05, 0.3, 0.9)]
    )
    assert curve.here == pytest.approx(0.15)


def test_the_prior_at_which_the_answer_is_even_turns_the_evidence_over() -> None:
    # The likelihood ratio of a C is 3, so the answer is 1/2 at prior odds of 1/3.
    curve = over_priors(one_origin(), "sailed")

    assert curve.even == pytest.approx(0.25, abs=1e-9)
    assert over_priors(one_origin(), "sailed", (0.5, 0.9)).even is None
    assert "nowhere" in str(over_priors(one_origin(), "sailed", (0.5, 0.9)))


def test_every_prior_has_an_answer_whatever_the_links() -> None:
    """The joint prior is reweighted on the one claim, so that the linked one follows (model 4)."""
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "sailed", "text": "It sailed", "prior": 0.1},
                {"id": "left", "text": "It left", "prior": 0.4},
            ],
            "sources": [],
            "attributions": [],
            "links": [{"kind": "implies", "claim": "sailed", "implies": "left"}],
        }
    )

    assert [point.at for point in over_priors(case, "sailed", (0.1, 0.3, 0.6)).points] == [
        0.1,
        0.3,
        0.6,
    ]


def test_a_prior_of_0_or_1_is_an_invalid_value() -> None:
    with pytest.raises(InvalidValue, match="above 0 and below 1"):
        over_priors(one_origin(), "sailed", (0.0, 0.5))


@given(st.data())
def test_a_curve_over_priors_never_falls(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    try:
        curve = over_priors(case, claim, (0.2, 0.5, 0.7))
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    answers = [point.probability for point in curve.points]
    assert answers == sorted(answers) or answers == pytest.approx(sorted(answers))


# ---------------------------------------------------------------- over reliabilities


@given(st.data())
def test_every_point_of_a_curve_is_that_of_the_case_written_so(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    coupling: Coupling = data.draw(st.sampled_from(("story", "source", "none")))
    reliability = data.draw(st.floats(0.01, 0.99))
    try:
        asked = questioned(case, claim, coupling=coupling)
        assume(asked.story.witnesses)
        number = data.draw(st.integers(0, len(asked.story.witnesses) - 1))
        name = asked.story.witnesses[number].id
        assume(any(source.id == name for source in case.sources))
        rewritten = changed(case, [Change(f"reliability:{name}", reliability)])
        expected = weigh(rewritten, claim, coupling=coupling).probability
        found = response_of(asked, number)(reliability)
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    assert found is not None
    assert expit(found.log_odds) == pytest.approx(expected, abs=1e-9)


def test_an_origin_nobody_quotes_moves_the_answer_along_a_ratio_of_lines() -> None:
    assert is_linear(questioned(one_origin(), "sailed"), 0)


def test_someone_who_is_quoted_moves_what_others_were_expected_to_say() -> None:
    asked = questioned(load_seed("egypt-arms-2015"), "armed")
    names = [witness.id for witness in asked.story.witnesses]

    assert not is_linear(asked, names.index("general"))


def test_the_crossings_of_one_origin_are_where_algebra_puts_them() -> None:
    # (1 + r) / (1 - r) must be 9 for even odds, so r = .8; 20 % needs a ratio of 9/4, so r = 5/13.
    (pilot,) = sensitivity(one_origin(), "sailed").sources

    assert pilot.curve.even == pytest.approx(0.8, abs=1e-9)
    assert [each.word for each in pilot.next_words] == ["very unlikely", "roughly even chance"]
    assert [each.reliability for each in pilot.next_words] == pytest.approx(
        [5 / 13, (0.45 / 0.55 * 9 - 1) / (0.45 / 0.55 * 9 + 1)], abs=1e-9
    )


def test_a_tornado_goes_one_grade_down_and_one_up() -> None:
    (pilot,) = sensitivity(one_origin(), "sailed").sources

    assert (pilot.lower_grade, pilot.upper_grade) == ("D", "B")
    assert (pilot.lower, pilot.upper) == pytest.approx((5 / 32, 7 / 16))
    assert pilot.swing == pytest.approx(7 / 16 - 5 / 32)


def test_where_both_grades_move_it_the_same_way_it_is_told_how_far() -> None:
    (pilot,) = sensitivity(one_origin(), "sailed").sources

    bent = attrs.evolve(pilot, lower=pilot.curve.probability + 0.05, upper=pilot.upper)

    assert bent.swing == pytest.approx(pilot.upper - pilot.curve.probability)
    assert attrs.evolve(bent, upper=bent.lower).swing == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("reliability", "label", "steps"),
    [
        ("A", "A", ("B", "A")),
        ("E", "E", ("E", "D")),
        ("F", "F", ("E", "A")),
        (0.6, "0.60", ("C", "B")),
        ({"confirmed": 99, "refuted": 0}, "0.98", ("A", "0.98")),
    ],
)
def test_the_ends_of_the_grades_and_other_forms_have_steps_too(
    reliability: object, label: str, steps: tuple[str, str]
) -> None:
    (pilot,) = sensitivity(one_origin(reliability), "sailed").sources

    assert pilot.reliability == label
    assert (pilot.lower_grade, pilot.upper_grade) == steps


def test_the_source_that_moves_the_answer_most_comes_first() -> None:
    found = sensitivity(load_seed("egypt-arms-2015"), "armed")

    swings = [each.swing for each in found.sources]
    assert swings == sorted(swings, reverse=True)
    assert found.sources[0].source == "rebels"
    assert found.data["sources"][0]["swing"] == swings[0]


def test_what_a_perfect_and_a_perfectly_known_source_would_rule_out_is_no_point() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
            "sources": [{"id": "pilot", "reliability": 1.0}, {"id": "port", "reliability": "C"}],
            "attributions": [
                {"id": "log", "source": "pilot", "claim": "sailed"},
                {"id": "denial", "source": "port", "claim": "sailed", "stance": "denies"},
            ],
        }
    )

    sources = {each.source: each for each in sensitivity(case, "sailed", points=3).sources}

    assert [point.at for point in sources["port"].curve.points] == [0.0, 0.5]


def test_a_reliability_under_which_a_linked_claim_would_be_contradicted_is_no_point() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [
                {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
                {"id": "seen", "text": "It was seen"},
            ],
            "sources": [{"id": "camera", "reliability": 1.0}, {"id": "port", "reliability": "C"}],
            "attributions": [
                {"id": "film", "source": "camera", "claim": "seen"},
                {"id": "denial", "source": "port", "claim": "seen", "stance": "denies"},
            ],
            "links": [
                {
                    "kind": "evidence",
                    "claim": "sailed",
                    "sign": "seen",
                    "if_true": 0.8,
                    "if_false": 0.1,
                }
            ],
        }
    )

    sources = {each.source: each for each in sensitivity(case, "sailed", points=3).sources}

    assert [point.at for point in sources["port"].curve.points] == [0.0, 0.5]


def test_a_crossing_is_found_even_at_a_jump() -> None:
    def jump(x: float) -> float:
        return -1.0 if x < 0.3 else 1.0

    assert crossing(jump, [(0.0, -1.0), (1.0, 1.0)], 0.0, None) == pytest.approx(0.3, abs=1e-6)


def test_of_several_crossings_the_nearest_is_given() -> None:
    def valley(x: float) -> float:
        return (x - 0.2) * (x - 0.7)

    points = [(x / 10, valley(x / 10)) for x in range(11)]

    assert crossing(valley, points, 0.0, 0.6) == pytest.approx(0.7)
    assert crossing(valley, points, 0.0, None) == pytest.approx(0.2)


def test_a_certain_answer_has_curves_all_the_same() -> None:
    (pilot,) = sensitivity(one_origin(1.0), "sailed", points=3).sources

    assert [point.probability for point in pilot.curve.points] == pytest.approx([0.1, 0.25, 1.0])


def test_fewer_than_two_points_and_scales_without_ranges_are_refused() -> None:
    with pytest.raises(InvalidValue, match="two points"):
        sensitivity(one_origin(), "sailed", points=1)
    with pytest.raises(InvalidValue, match="ranges"):
        sensitivity(one_origin(), "sailed", scale="admiralty-reliability")
    with pytest.raises(UnknownName):
        sensitivity(one_origin(), "sailed", scale="nothing")


# ---------------------------------------------------------------- shares of a Beta


@pytest.mark.parametrize(
    ("degree", "x", "expected"),
    [
        (Degree(0.5, 2.0), 0.3, 0.3),  # uniform
        (Degree(1 / 3, 3.0), 0.4, 1 - 0.6**2),  # Beta(1, 2)
        (Degree(0.75, 4.0), 0.5, 0.125),  # Beta(3, 1)
        (Degree(0.5, 8.0), 0.5, 0.5),
        (Degree(0.5, 1.0), 0.25, 1 / 3),  # the arcsine law
        (Degree(0.7), 0.6, 0.0),
        (Degree(0.7), 0.8, 1.0),
        (Degree(0.0, 5.0), 0.1, 1.0),
        (Degree(0.5, 8.0), 0.0, 0.0),
        (Degree(0.5, 8.0), 1.0, 1.0),
    ],
)
def test_the_share_of_a_beta_below_a_point(degree: Degree, x: float, expected: float) -> None:
    assert share_below(degree, x) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("mean", [0.15, 0.375, 0.5, 0.625])
@pytest.mark.parametrize("strength", [1e3, 1e6, 9e7, 1e9, 1e12, 1e18, 1e300])
def test_half_of_a_well_known_number_lies_below_its_mean(mean: float, strength: float) -> None:
    assert share_below(Degree(mean, strength), mean) == pytest.approx(0.5, abs=0.3 / strength**0.5)


def test_the_normal_distribution_takes_over_without_a_step() -> None:
    """A deviation below the mean, on either side of the number of observations."""
    below, above = Degree(0.3, 0.999e8), Degree(0.3, 1.001e8)

    one, other = (
        share_below(degree, degree.mean - degree.variance**0.5) for degree in (below, above)
    )

    assert one == pytest.approx(other, abs=1e-5)
    assert other == pytest.approx(0.15866, abs=1e-5)


def test_grades_have_all_of_their_own_beta() -> None:
    for degree in GRADES.values():
        if degree is not None:
            assert share_below(degree, 1.0 - 1e-12) == pytest.approx(1.0, abs=1e-6)


def test_very_many_sources_are_read_off_the_answer_as_it_stands() -> None:
    """A replay for each would take what the case has, and more; the answers are near all the same."""
    names = [f"s{number}" for number in range(12)]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
            "sources": [{"id": name, "reliability": "F"} for name in names],
            "attributions": [
                {"id": f"of-{name}", "source": name, "claim": "c", "basis": "firsthand"}
                for name in names
            ],
        }
    )

    exact, read_off = sensitivity(case, "c"), sensitivity(case, "c", budget=30_000)

    assert not exact.approximate
    assert read_off.approximate
    for one, other in zip(exact.sources, read_off.sources, strict=True):
        assert other.source == one.source
        assert (other.lower, other.upper) == pytest.approx((one.lower, one.upper), abs=1e-9)
