"""Every question of a case keeps within its budget: it is answered, told in part, or refused in words."""

from __future__ import annotations

import json
import re
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from provenance import (
    Case,
    check,
    dump_case,
    leads,
    load_case,
    load_seed,
    sensitivity,
    timeline,
    weigh,
    weigh_stream,
)
from provenance.assessment import over_priors, weigh_all, what_if, why_costly
from provenance.assessment.changes import Change
from provenance.bounds import affordable, spend, within
from provenance.errors import Cancelled, TooCostly
from provenance.methods import compare
from provenance.report import interactive_html, report_html
from tests.cases.hostile_corpus import HOSTILE
from tests.cases.small_cases import case_of, origin

costs = sys.modules["provenance.assessment.costs"]
inference_answer = sys.modules["provenance.inference.answer"]
ARMS = load_seed("egypt-arms-2015")
VERBS: dict[str, Callable[..., Any]] = {
    "weigh": weigh,
    "leads": leads,
    "sensitivity": sensitivity,
    "timeline": timeline,
    "over_priors": over_priors,
    "compare": compare,
    "report": report_html,
    "interactive": interactive_html,
    "what_if": lambda case, claim, **how: what_if(
        case, claim, Change("reliability:general", "B"), **how
    ),
    "weigh_all": lambda case, claim, **how: weigh_all(case, **how),
    "check": lambda case, claim, **how: check(case, **how),
}


def hostile(name: str) -> Case:
    return load_case(HOSTILE[name].made())


@pytest.mark.parametrize("verb", VERBS)
def test_a_question_that_is_called_off_is_not_answered(verb: str) -> None:
    called_off = threading.Event()
    called_off.set()

    with pytest.raises(Cancelled):
        VERBS[verb](ARMS, "armed", cancel=called_off)


@pytest.mark.parametrize("verb", VERBS)
def test_a_question_beyond_its_budget_is_refused_with_the_cause(verb: str) -> None:
    with pytest.raises(TooCostly) as caught:
        VERBS[verb](ARMS, "armed", budget=500)

    assert caught.value.budget <= 500
    assert caught.value.cause == "14 attributions by five sources bear on seven claims"
    assert caught.value.cause in str(caught.value)


@pytest.mark.parametrize("verb", ["weigh", "leads", "sensitivity", "timeline", "compare"])
def test_a_budget_that_suffices_changes_nothing(verb: str) -> None:
    usual = VERBS[verb](ARMS, "armed")

    assert VERBS[verb](ARMS, "armed", budget=50_000_000) == usual


def ladder(signs: int) -> Case:
    links = [
        {"kind": "evidence", "claim": f"c{n}", "sign": f"c{n + 1}", "if_true": 0.9, "if_false": 0.1}
        for n in range(signs)
    ]
    claims = [{"id": f"c{n}", "text": f"that {n}"} for n in range(signs + 1)]
    return case_of(origin("a", "s", f"c{signs}"), claims=claims, links=links)


def test_what_is_told_of_all_answers_of_a_case_has_one_budget() -> None:
    # The default would do for each of the 41, and not for all of them together.
    lines = [dump_case(ladder(40)).replace("\n", " ")]

    (whole,) = weigh_stream(lines)
    (less,) = weigh_stream(lines, budget=20_000)

    assert len(whole["assessments"]) == 41
    assert less["error"]["kind"] == "TooCostly"


def crowd(claims: int) -> Case:
    """Claims of which one at most is true, each of them said by two sources."""
    ids = [f"c{n}" for n in range(claims)]
    said = [origin(f"a{n}-{m}", f"s{m}", name) for n, name in enumerate(ids) for m in range(2)]
    return case_of(*said, links=[{"kind": "contradicts", "claims": ids}])


def test_a_check_tells_of_as_many_claims_as_the_budget_covers() -> None:
    found = check(crowd(20), budget=80_000)

    (refused,) = (each for each in found if each.kind == "refused")
    assert 0 < len(refused.claims) < 20
    assert "expected to stay within" in refused.text


def test_what_a_check_tells_of_all_claims_has_a_budget_where_none_is_stated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(costs, "TOLD", 1)
    monkeypatch.setattr(costs, "TOLD_EACH", 500)

    found = check(crowd(20))

    (refused,) = (each for each in found if each.kind == "refused")
    assert 0 < len(refused.claims) < 20


def test_many_answers_that_would_each_be_simulated_are_refused_before_the_first() -> None:
    case = hostile("questions linked to questions")

    with pytest.raises(TooCostly, match="120 simulations of answers"):
        weigh_all(case)


def test_worlds_of_very_many_links_are_not_looked_at_beyond_the_budget() -> None:
    case = crowd(40)

    found = compare(case, "c0", budget=300_000).row("possible worlds")

    assert found.why == "To look at its worlds would take more operations than the budget has left."
    assert compare(case, "c0").row("possible worlds").why != found.why


def test_a_question_of_hundreds_that_exclude_each_other_is_refused_before_it_is_asked() -> None:
    with pytest.raises(TooCostly, match="who has it from whom"):
        leads(crowd(20), "c0", budget=150_000)


@pytest.mark.parametrize("budget", [40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 300_000])
def test_a_check_ends_within_any_budget(budget: int) -> None:
    case = load_seed("egypt-syria-2015")
    whole = {(each.kind, each.about) for each in check(case)}

    found = {(each.kind, each.about) for each in check(case, budget=budget)}

    assert {kind for kind, _ in found} <= {kind for kind, _ in whole} | {"refused"}


def test_the_same_question_costs_the_same_each_time() -> None:
    left: list[int | None] = []
    for _ in range(2):
        with within(10_000_000):
            weigh(ARMS, "armed")
            left.append(affordable())

    assert left[0] == left[1]


def test_routes_that_multiply_are_named_as_the_cause() -> None:
    with pytest.raises(TooCostly) as caught:
        weigh(hostile("twelve layers of two"), "c", budget=2_000_000)

    assert "24 attributions come to 8,190 routes" in caught.value.cause


def test_an_answer_too_dear_to_simulate_is_refused_before_anything_else_is_simulated() -> None:
    case = hostile("twelve layers of two")

    with within(25_000_000):
        with pytest.raises(TooCostly, match="a simulation of the answer"):
            weigh(case, "c")
        left = affordable()

    # What each source tells would be simulated too, and take half of the budget.
    assert left is not None
    assert left > 20_000_000


def test_what_costs_is_told_by_what_there_is_most_of() -> None:
    assert "sources pass on what 12 statements say, 144 times" in why_costly(
        hostile("twelve origins by twelve relays")
    )
    assert "40 claims are joined by 780 links" in why_costly(
        hostile("claims that contradict each other in pairs")
    )
    assert "countless routes" in why_costly(hostile("a hundred layers of two"))


def test_a_circle_is_counted_once_round() -> None:
    assert why_costly(hostile("a circle of two thousand")).startswith("2,000 attributions by")


def test_a_timeline_of_more_days_than_the_budget_covers_gathers_them() -> None:
    case = hostile("four hundred days")

    found = timeline(case, "c", budget=10_000_000)

    assert 10 < len(found.entries) < 100
    assert found.gathered == 400 - (len(found.entries) - 1)
    assert found.entries[-1].on is not None
    assert found.entries[-1].probability == weigh(case, "c").probability
    assert [each.kind for each in found.caveats] == ["approximate"]
    assert "more days than can be weighed one by one" in found.caveats[0].text
    arrived = [each for entry in found.entries for each in entry.arrived]
    assert sorted(arrived) == sorted(each.id for each in case.attributions)


def test_a_page_says_what_the_budget_does_not_cover() -> None:
    case = hostile("twelve origins by twelve relays")

    page = report_html(case, "c", brief=False, budget=900_000)

    assert re.search("Left out, because the case would take too long to work it out: [^<]+", page)


def test_a_page_within_its_budget_leaves_nothing_out() -> None:
    assert "Left out, because" not in report_html(ARMS, "armed", brief=False)


def test_origins_are_weighed_again_as_long_as_the_budget_covers_one_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def costly(*_: object) -> float:
        spend(100, "weighing again")
        return 0.0

    monkeypatch.setattr(inference_answer, "_again_without", costly)
    found = weigh(ARMS, "armed").answer
    groups = list(found.evaluation.structure.groups) * 5

    with within(1_000):
        some = list(inference_answer._within_budget(found, groups))
    with within(50):
        none = list(inference_answer._within_budget(found, groups))

    # The ninth leaves 100, which is less than twice what one takes.
    assert (len(some), none) == (9, [])
    assert len(list(inference_answer._within_budget(found, groups))) == len(groups)


def test_evidence_beyond_a_thousand_bits_is_told_and_drawn() -> None:
    sources = [{"id": f"s{n}", "reliability": 0.999999} for n in range(60)]
    said = [origin(f"a{n}", f"s{n}", "c", basis="firsthand") for n in range(60)]
    case = case_of(*said, sources=sources, claims=[{"id": "c", "text": "It is so"}])
    found = weigh(case, "c")

    assert found.bits is not None
    assert found.bits > 1_024
    assert json.loads(found.to_json())["bits"] == found.bits
    assert str(found)
    assert "<svg" in found._repr_svg_()
    assert "</html>" in report_html(case, "c", brief=False)


@pytest.mark.parametrize("name", ["strengths next to nothing", "numbers as small as may be"])
def test_strengths_next_to_nothing_have_leads(name: str) -> None:
    case = hostile(name)

    found = leads(case, "c")

    assert all(0.0 <= each.expected_change <= 1.0 for each in found)
