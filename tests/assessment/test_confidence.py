"""Analytic confidence: every row of its rule at its bounds, and the page that states the rule."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from provenance.assessment import RULES, Assessment, ConfidenceRule, Fact, weigh
from provenance.records import Case
from tests.cases.small_cases import case_of, origin, relay

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "confidence.md"
LEVELS = ("low", "moderate", "high")
ROWS = {rule.name: rule for rule in RULES}
EVEN = {"id": "x", "text": "that x", "prior": 0.5}
THIRD_OF_A_BIT = (2 ** (1 / 3) - 1) / (2 ** (1 / 3) + 1)
"""The reliability of a source whose word has likelihood ratio 2^(1/3): (1 + r) / (1 - r)."""


def spoken(*sources: Any, claim: Any = EVEN, **fields: Any) -> Case:
    """Sources of some reliability, every one with a firsthand statement of its own."""
    graded = [{"id": f"s{n}", "reliability": each} for n, each in enumerate(sources)]
    said = [
        origin(f"said{n}", f"s{n}", **{"basis": "firsthand"} | fields) for n in range(len(graded))
    ]
    return case_of(*said, sources=graded, claims=[claim])


def added(case: Case, *attributions: dict[str, Any], **grades: Any) -> Case:
    """A case with more attributions, and sources of some grade for them."""
    return Case(
        version=1,
        claims=case.claims,
        sources=[*case.sources, *({"id": k, "reliability": v} for k, v in grades.items())],
        attributions=[*case.attributions, *attributions],
    )


def fact(assessment: Assessment, name: str) -> Fact:
    (found,) = [each for each in assessment.confidence.basis if each.name == name]
    return found


def limits(assessment: Assessment) -> list[str]:
    return [each.name for each in assessment.confidence.limits]


def bound(number: float, rule: ConfidenceRule) -> str:
    """A bound as the page writes it."""
    if rule.strict and number == rule.high:
        return f"below {number:g}"
    return f"at {'least' if rule.at_least else 'most'} {number:g}"


def test_the_table_on_the_page_is_the_rule() -> None:
    rows = [line.strip("| \n").split(" | ") for line in PAGE.read_text("utf-8").splitlines()
            if line.startswith("|")]  # fmt: skip

    stated = [(fact.partition(":")[0], moderate, high) for fact, moderate, high in rows[2:]]

    assert rows[0] == ["Fact", "Moderate needs", "High needs"]
    assert stated == [
        (rule.name, bound(rule.moderate, rule), bound(rule.high, rule)) for rule in RULES
    ]


@pytest.mark.parametrize(
    ("name", "level"),
    [(rule.name, level) for rule in RULES for level in ("moderate", "high")],
)
def test_a_bound_is_met_by_itself_and_by_what_is_better(name: str, level: str) -> None:
    rule = ROWS[name]
    at = getattr(rule, level)
    better, worse = (at + 0.01, at - 0.01) if rule.at_least else (at - 0.01, at + 0.01)

    meets = [LEVELS.index(rule.allows(value)) >= LEVELS.index(level) for value in (at, better)]

    assert meets == [not (rule.strict and level == "high"), True]
    assert LEVELS.index(rule.allows(worse)) < LEVELS.index(level)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rounding_noise_does_not_decide_between_two_levels(rule: ConfidenceRule) -> None:
    noise = -1e-12 if rule.at_least else 1e-12

    assert rule.allows(rule.high + noise) == rule.allows(rule.high)


def test_no_row_asks_less_for_high_than_for_moderate() -> None:
    for rule in RULES:
        assert rule.high >= rule.moderate if rule.at_least else rule.high <= rule.moderate


def test_three_well_known_firsthand_sources_give_high_confidence() -> None:
    assessment = weigh(spoken(0.8, 0.8, 0.8), "x")

    assert assessment.confidence.level == "high"
    assert {each.allows for each in assessment.confidence.basis} == {"high"}
    assert assessment.confidence.limits == ()
    assert str(assessment.confidence) == "high"


def test_the_basis_is_every_row_of_the_rule_in_its_order() -> None:
    basis = weigh(spoken(0.8, 0.8), "x").confidence.basis

    assert [each.name for each in basis] == [rule.name for rule in RULES]
    assert all(each.text for each in basis)


@pytest.mark.parametrize(
    ("reliability", "bits", "level"),
    [
        (0.05, 3 * math.log2(1.05 / 0.95), "low"),
        (THIRD_OF_A_BIT, 1.0, "high"),
        (0.5, 3 * math.log2(3.0), "high"),
    ],
)
def test_evidence_below_one_bit_is_low(reliability: float, bits: float, level: str) -> None:
    assessment = weigh(spoken(*[reliability] * 3), "x")

    assert fact(assessment, "weight").value == pytest.approx(bits)
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["weight"])


def test_weight_against_counts_like_weight_for() -> None:
    assessment = weigh(spoken(0.5, 0.5, 0.5, stance="denies"), "x")

    assert assessment.bits == pytest.approx(-3 * math.log2(3.0))
    assert assessment.confidence.level == "high"


@pytest.mark.parametrize(("count", "level"), [(1, "low"), (2, "moderate"), (3, "high")])
def test_one_origin_is_low_two_moderate_three_high(count: int, level: str) -> None:
    assessment = weigh(spoken(*[0.8] * count), "x")

    assert fact(assessment, "origins").value == count
    assert assessment.confidence.level == level


def test_origins_are_counted_on_the_side_that_the_evidence_points_to() -> None:
    """Three against one: what is left is two denials at 9 to 1 each."""
    said = [origin(f"a{n}", f"s{n}", basis="firsthand", stance="denies") for n in range(3)]
    case = case_of(
        *said,
        origin("b", "t", basis="firsthand"),
        sources=[{"id": name, "reliability": 0.8} for name in ("s0", "s1", "s2", "t")],
        claims=[EVEN],
    )

    assessment = weigh(case, "x")

    assert (assessment.independent_origins, assessment.opposing_origins) == (1, 3)
    assert fact(assessment, "origins").value == 3
    assert fact(assessment, "weight").value == pytest.approx(2 * math.log2(9.0))
    assert assessment.confidence.level == "high"


def test_without_two_established_origins_by_separate_routes_it_is_moderate() -> None:
    more = [origin(f"more{n}", f"t{n}") for n in range(2)]

    assessment = weigh(added(spoken(0.8), *more, t0=0.8, t1=0.8), "x")

    assert fact(assessment, "separate").value == 0.0
    assert assessment.confidence.level == "moderate"
    assert limits(assessment) == ["separate"]


def test_one_outlet_is_never_high_however_many_origins_are_behind_it() -> None:
    case = spoken(*[0.9] * 5)
    names = [each.id for each in case.attributions]

    found = weigh(added(case, relay("p0", "p", names), p=1.0), "x")

    assert found.independent_origins == 5
    assert found.confidence.level == "moderate"


@pytest.mark.parametrize(("strength", "level"), [(2.0, "low"), (30.0, "moderate"), (900.0, "high")])
def test_an_interval_wider_than_a_half_is_low_and_than_a_quarter_moderate(
    strength: float, level: str
) -> None:
    sources = [{"mean": 0.5, "strength": strength}] * 3

    assessment = weigh(spoken(*sources, claim=EVEN | {"prior": 0.1}), "x")

    assert fact(assessment, "width").value == pytest.approx(assessment.interval.width)
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["width"])


def test_any_source_that_cannot_be_judged_is_low() -> None:
    assessment = weigh(spoken(0.8, 0.8, 0.8, 0.8, "F"), "x")

    assert fact(assessment, "potentials").value == 1
    assert assessment.confidence.level == "low"
    assert limits(assessment) == ["potentials"]


def test_what_hangs_on_unrecorded_lineage_is_low_where_it_is_half_of_the_answer() -> None:
    """Six voices at 4 to 1 on a prior of .02: one voice 8 %, independent all but certain."""
    said = [origin(f"a{n}", f"s{n}") for n in range(6)]
    sources = [{"id": f"s{n}", "reliability": 0.6} for n in range(6)]

    found = weigh(case_of(*said, sources=sources, claims=[EVEN | {"prior": 0.02}]), "x")

    assert found.if_one_voice == pytest.approx(0.02 * 4 / (0.02 * 4 + 0.98))
    assert found.if_independent == pytest.approx(0.02 * 4**6 / (0.02 * 4**6 + 0.98))
    assert fact(found, "span").value == pytest.approx(found.if_independent - found.if_one_voice)
    assert "span" in limits(found)
    assert found.confidence.level == "low"


def test_a_circular_report_is_low() -> None:
    circle = [relay("p", "p", "q"), relay("q", "q", "p")]

    assessment = weigh(added(spoken(0.8, 0.8, 0.8), *circle, p="B", q="B"), "x")

    assert fact(assessment, "circles").value == 1
    assert assessment.confidence.level == "low"
    assert limits(assessment) == ["circles"]


@pytest.mark.parametrize(("sign", "level", "grade"), [(0.51, "moderate", "2"), (0.6, "high", "1")])
def test_one_witness_beside_two_who_saw_next_to_nothing_is_not_high(
    sign: float, level: str, grade: str
) -> None:
    """Two saw only a sign that hardly differs between true and false."""
    crater = {"id": "crater", "text": "there is a crater"}
    saw = [origin(f"saw{n}", f"t{n}", "crater", basis="firsthand") for n in range(2)]
    case = case_of(
        origin("said", "s", basis="firsthand"),
        *saw,
        sources=[{"id": name, "reliability": 0.9} for name in ("s", "t0", "t1")],
        claims=[EVEN, crater],
        links=[
            {"kind": "evidence", "claim": "x", "sign": "crater"}
            | {"if_true": sign, "if_false": 1 - sign}
        ],
    )

    found = weigh(case, "x")

    strongest = max(each.bits or 0.0 for each in found.reasons)
    assert found.bits is not None
    assert fact(found, "besides").value == pytest.approx(found.bits - strongest)
    assert (found.confidence.level, found.credibility) == (level, grade)


def test_of_many_origins_the_strongest_is_found_without_all_of_their_reasons() -> None:
    found = weigh(spoken(0.9, *[0.5] * 60), "x")

    strongest = max(each.bits or 0.0 for each in found.reasons)
    assert found.bits is not None
    assert fact(found, "besides").value == pytest.approx(found.bits - strongest)


def test_where_the_prior_decides_it_is_not_high() -> None:
    """Three voices at 2 to 1 against odds of 1 to 99: the evidence weighs 3 bits, the prior 6.6."""
    assessment = weigh(spoken(1 / 3, 1 / 3, 1 / 3, claim=EVEN | {"prior": 0.01}), "x")

    assert fact(assessment, "against_prior").value == 1.0
    assert assessment.confidence.level == "moderate"
    assert limits(assessment) == ["against_prior"]


def test_evidence_that_goes_with_the_prior_may_be_high() -> None:
    assessment = weigh(spoken(1 / 3, 1 / 3, 1 / 3, claim=EVEN | {"prior": 0.9}), "x")

    assert fact(assessment, "against_prior").value == 0.0
    assert assessment.confidence.level == "high"


def test_the_level_is_the_lowest_that_any_fact_allows() -> None:
    """One origin allows low, no two established ones moderate."""
    assessment = weigh(spoken(0.8), "x")

    assert fact(assessment, "separate").allows == "moderate"
    assert fact(assessment, "origins").allows == "low"
    assert limits(assessment) == ["origins"]


def test_nobody_heard_is_low() -> None:
    assessment = weigh(case_of(claims=[EVEN]), "x")

    assert assessment.confidence.level == "low"
    assert {"weight", "origins"} <= set(limits(assessment))


@pytest.mark.parametrize("stance", ["affirms", "denies"])
def test_a_certainty_is_as_confident_as_its_routes_allow(stance: str) -> None:
    """A perfect source settles it; the weight is then beyond any bound."""
    assessment = weigh(spoken(1.0, 0.8, 0.8, stance=stance), "x")

    assert assessment.bits is None
    assert fact(assessment, "weight").value == math.inf
    assert fact(assessment, "weight").text == "the evidence settles it"
    assert assessment.confidence.level == "high"


def test_the_share_of_doubt_about_priors_is_stated() -> None:
    hesitant = EVEN | {"prior": {"mean": 0.5, "strength": 3}}

    assessment = weigh(spoken("C", claim=hesitant), "x")

    shares = {each.about: each.share for each in assessment.doubts}
    assert assessment.confidence.prior_share == pytest.approx(shares["prior:x"])
    assert 0.5 < shares["prior:x"] < 1.0
    assert math.fsum(shares.values()) == pytest.approx(1.0)
