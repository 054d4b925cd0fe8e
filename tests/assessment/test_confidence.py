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
HALF_A_BIT = (math.sqrt(2.0) - 1.0) / (math.sqrt(2.0) + 1.0)
"""The reliability of a source whose word has likelihood ratio sqrt 2: (1 + r) / (1 - r)."""


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
    return "any" if math.isinf(number) else f"at {'least' if rule.at_least else 'most'} {number:g}"


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
    [
        (rule.name, level)
        for rule in RULES
        for level in ("moderate", "high")
        if math.isfinite(getattr(rule, level))
    ],
)
def test_a_bound_is_met_by_itself_and_by_what_is_better(name: str, level: str) -> None:
    rule = ROWS[name]
    at = getattr(rule, level)
    better, worse = (at + 0.01, at - 0.01) if rule.at_least else (at - 0.01, at + 0.01)

    meets = [LEVELS.index(rule.allows(value)) >= LEVELS.index(level) for value in (at, better)]

    assert meets == [True, True]
    assert LEVELS.index(rule.allows(worse)) < LEVELS.index(level)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rounding_noise_does_not_decide_between_two_levels(rule: ConfidenceRule) -> None:
    noise = -1e-12 if rule.at_least else 1e-12

    assert rule.allows(rule.high + noise) == "high"


def test_no_row_asks_less_for_high_than_for_moderate() -> None:
    for rule in RULES:
        assert rule.high >= rule.moderate if rule.at_least else rule.high <= rule.moderate


def test_two_well_known_firsthand_sources_give_high_confidence() -> None:
    assessment = weigh(spoken(0.8, 0.8), "x")

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
        (0.1, 2 * math.log2(1.1 / 0.9), "low"),
        (HALF_A_BIT, 1.0, "moderate"),
        (0.25, 2 * math.log2(1.25 / 0.75), "moderate"),
        (1 / 3, 2.0, "high"),
        (0.5, 2 * math.log2(3.0), "high"),
    ],
)
def test_evidence_below_one_bit_allows_low_and_below_two_moderate(
    reliability: float, bits: float, level: str
) -> None:
    assessment = weigh(spoken(reliability, reliability), "x")

    assert fact(assessment, "weight").value == pytest.approx(bits)
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["weight"])


def test_weight_against_counts_like_weight_for() -> None:
    assessment = weigh(spoken(0.5, 0.5, stance="denies"), "x")

    assert assessment.bits == pytest.approx(-2 * math.log2(3.0))
    assert assessment.confidence.level == "high"


def test_evidence_below_one_bit_is_low_however_narrow_the_interval() -> None:
    assessment = weigh(spoken(0.1, 0.1), "x")

    assert assessment.interval.width == 0.0
    assert assessment.confidence.level == "low"


@pytest.mark.parametrize(("count", "level"), [(1, "low"), (2, "high"), (3, "high")])
def test_one_origin_allows_low_and_two_high(count: int, level: str) -> None:
    assessment = weigh(spoken(*[0.8] * count), "x")

    assert fact(assessment, "origins").value == count
    assert fact(assessment, "origins").allows == level
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


def test_without_two_firsthand_origins_by_separate_routes_it_is_moderate() -> None:
    """Of two origins one is firsthand, so that half are of known lineage but no two."""
    assessment = weigh(added(spoken(0.8), origin("more", "t"), t=0.8), "x")

    assert fact(assessment, "separate").value == 0.0
    assert fact(assessment, "unknown_lineage").allows == "high"
    assert assessment.confidence.level == "moderate"
    assert "separate" in limits(assessment)


@pytest.mark.parametrize(("outlets", "level"), [(1, "moderate"), (2, "low")])
def test_one_source_on_every_route_allows_moderate_and_two_low(outlets: int, level: str) -> None:
    """Two origins through one outlet, and through that outlet and another behind it."""
    relays = [relay("p0", "p", ["said0", "said1"], fidelity=1)]
    if outlets == 2:
        relays.append(relay("q0", "q", "p0", fidelity=1))

    assessment = weigh(added(spoken(1.0, 1.0), *relays, p=0.9, q=0.9), "x")

    assert fact(assessment, "shared").value == outlets
    assert fact(assessment, "shared").allows == level
    assert assessment.confidence.level == level


def test_one_outlet_is_never_high_however_many_origins_are_behind_it() -> None:
    case = spoken(*[0.9] * 5)
    names = [each.id for each in case.attributions]

    found = weigh(added(case, relay("p0", "p", names, fidelity=1), p=1.0), "x")

    assert found.independent_origins == 5
    assert found.confidence.level == "moderate"


@pytest.mark.parametrize(("strength", "level"), [(2.0, "low"), (20.0, "moderate"), (200.0, "high")])
def test_an_interval_wider_than_a_half_allows_low_and_than_a_quarter_moderate(
    strength: float, level: str
) -> None:
    """Two sources of mean .5 at a prior of .1 leave it even; slope 2 / (1 - .5^2) by each."""
    sources = [{"mean": 0.5, "strength": strength}] * 2

    assessment = weigh(spoken(*sources, claim=EVEN | {"prior": 0.1}), "x")

    spread = 1.645 * math.sqrt(2 * (8 / 3) ** 2 * 0.25 / (strength + 1))
    assert assessment.probability == pytest.approx(0.5)
    assert fact(assessment, "width").value == pytest.approx(math.tanh(spread / 2))
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["width"])


@pytest.mark.parametrize(
    ("judged", "unjudged", "level"),
    [(4, 0, "high"), (4, 1, "high"), (3, 1, "moderate"), (2, 2, "moderate"), (2, 3, "low")],
)
def test_a_fifth_unjudged_allows_high_and_a_half_moderate(
    judged: int, unjudged: int, level: str
) -> None:
    assessment = weigh(spoken(*[0.8] * judged, *["F"] * unjudged), "x")

    assert fact(assessment, "unjudged").value == pytest.approx(unjudged / (judged + unjudged))
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["unjudged"])


@pytest.mark.parametrize(("unstated", "level"), [(0, "high"), (2, "high"), (3, "moderate")])
def test_half_of_unknown_lineage_allows_high_and_more_moderate(unstated: int, level: str) -> None:
    """Two firsthand origins and others of which it is not known whether they have an upstream."""
    more = [origin(f"more{n}", f"t{n}") for n in range(unstated)]
    grades = {f"t{n}": 0.8 for n in range(unstated)}

    assessment = weigh(added(spoken(0.8, 0.8), *more, **grades), "x")

    assert fact(assessment, "unknown_lineage").value == pytest.approx(unstated / (2 + unstated))
    assert assessment.confidence.level == level
    assert limits(assessment) == ([] if level == "high" else ["unknown_lineage"])


def test_unknown_lineage_alone_is_never_low() -> None:
    case = case_of(origin("a", "s"), origin("b", "t"), claims=[EVEN])

    assert fact(weigh(case, "x"), "unknown_lineage").value == 1.0
    assert fact(weigh(case, "x"), "unknown_lineage").allows == "moderate"


def test_a_circular_report_allows_moderate() -> None:
    circle = [relay("p", "p", "q"), relay("q", "q", "p")]

    assessment = weigh(added(spoken(0.8, 0.8), *circle, p="B", q="B"), "x")

    assert fact(assessment, "circles").value == 1
    assert assessment.confidence.level == "moderate"
    assert limits(assessment) == ["circles"]


def test_any_error_of_a_simulation_allows_moderate() -> None:
    assert fact(weigh(spoken(0.8, 0.8), "x"), "error").value == 0.0
    assert ROWS["error"].allows(1e-6) == "moderate"


def test_the_level_is_the_lowest_that_any_fact_allows() -> None:
    """Half unjudged allows moderate, one origin allows low."""
    assessment = weigh(spoken(0.8, "F"), "x")

    assert fact(assessment, "unjudged").allows == "moderate"
    assert fact(assessment, "origins").allows == "low"
    assert assessment.confidence.level == "low"
    assert limits(assessment) == ["origins"]


def test_one_origin_is_low_however_good_it_is() -> None:
    assert weigh(spoken(1.0), "x").confidence.level == "low"
    assert weigh(spoken(0.999), "x").confidence.level == "low"


def test_nobody_heard_is_low() -> None:
    assessment = weigh(case_of(claims=[EVEN]), "x")

    assert assessment.confidence.level == "low"
    assert {"weight", "origins"} <= set(limits(assessment))


@pytest.mark.parametrize("stance", ["affirms", "denies"])
def test_a_certainty_is_as_confident_as_its_routes_allow(stance: str) -> None:
    """A perfect source settles it; the weight is then beyond any bound."""
    assessment = weigh(spoken(1.0, 0.8, stance=stance), "x")

    assert assessment.bits is None
    assert fact(assessment, "weight").value == math.inf
    assert fact(assessment, "weight").text == "the evidence settles it"
    assert fact(assessment, "origins").value == 2
    assert assessment.confidence.level == "high"


def test_likelihood_does_not_decide_confidence() -> None:
    """The same evidence on a low prior and on a high one, at the same confidence."""
    rare, common = (weigh(spoken(0.8, 0.8, claim=EVEN | {"prior": p}), "x") for p in (1e-6, 0.999))

    assert rare.probability < 0.001 < 0.999 < common.probability
    assert rare.confidence.level == common.confidence.level == "high"


def test_doubt_about_the_prior_is_kept_apart() -> None:
    """An analyst unsure of the prior has a wider interval and no less confidence."""
    sources = [{"mean": 0.8, "strength": 100}] * 2
    sure = weigh(spoken(*sources), "x")
    unsure = weigh(spoken(*sources, claim=EVEN | {"prior": {"mean": 0.5, "strength": 2}}), "x")

    assert unsure.interval.width > sure.interval.width
    assert fact(unsure, "width").value == pytest.approx(fact(sure, "width").value)
    assert fact(unsure, "width").value == pytest.approx(sure.interval.width)
    assert unsure.confidence.level == sure.confidence.level == "high"
    assert sure.confidence.prior_share == 0.0


def test_the_share_of_doubt_about_priors_is_stated() -> None:
    """Even claim, prior of mean .5 and strength 3: variance 1/16, slope 4, so 1 to the square.

    One source of mean .5, strength 8: variance 1/36, slope 8/3, so 16/81; 81 parts of 97.
    """
    hesitant = EVEN | {"prior": {"mean": 0.5, "strength": 3}}

    assessment = weigh(spoken("C", claim=hesitant), "x")

    shares = {each.about: each.share for each in assessment.doubts}
    assert assessment.confidence.prior_share == pytest.approx(81 / 97)
    assert shares["prior:x"] == pytest.approx(81 / 97)
    assert shares["reliability:s0"] == pytest.approx(16 / 97)
    assert math.fsum(shares.values()) == pytest.approx(1.0)


def test_what_cannot_be_judged_widens_the_interval_and_not_the_width_of_doubts() -> None:
    assessment = weigh(spoken(0.8, 0.8, 0.8, 0.8, "F"), "x")

    assert assessment.interval.width > 0.0
    assert fact(assessment, "width").value == 0.0
