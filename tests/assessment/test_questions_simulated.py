"""Questions to a simulated answer: bounded in cost, and near what exact answers say."""

from __future__ import annotations

import math
import random
import sys
from typing import Any

import pytest

from provenance.assessment import leads, over_priors, sensitivity, timeline, weigh, what_if
from provenance.assessment.timeline import SIMULATED_DAYS
from provenance.assessment.what_if import Questioned
from provenance.casefiles import load_case
from provenance.errors import InvalidValue
from provenance.inference import blocks, network, sampling, sums
from provenance.records import Case

sensitivity_module = sys.modules["provenance.assessment.sensitivity"]


def mesh(attributions: int = 24, sources: int = 6) -> Case:
    """Outlets that speak for themselves and pass each other on, a statement a day."""
    chance = random.Random(0)
    said: list[dict[str, Any]] = []
    for number in range(attributions):
        each: dict[str, Any] = {
            "id": f"a{number}",
            "source": f"s{chance.randrange(sources)}",
            "said_on": f"2020-01-{number + 1:02d}",
        }
        if number and chance.random() < 0.6:
            each["cites"] = f"a{chance.randrange(number)}"
        else:
            each["claim"] = "c"
        if chance.random() < 0.3:
            each["stance"] = "disowns" if "cites" in each else "denies"
        said.append(each)
    grades = ["B", "C", "D", "F", "E"]
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
            "sources": [
                {"id": f"s{number}", "reliability": grades[number % 5]} for number in range(sources)
            ]
            + [{"id": "silent", "name": "A silent source", "reliability": "B"}],
            "attributions": said,
        }
    )


CASE = mesh()


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Limits so low that nearly everything is simulated; gives the efforts of all simulations."""
    efforts: list[float] = []

    def counted(*given: Any, effort: float = 1.0, **named: Any) -> Any:
        efforts.append(effort)
        return sampling.gibbs(*given, effort=effort, **named)

    monkeypatch.setattr(network, "LIMIT", 4)
    monkeypatch.setattr(blocks, "_COMFORT", 8)
    monkeypatch.setattr(sampling, "_EFFORT", 1e5)
    monkeypatch.setattr(sums, "gibbs", counted)
    return efforts


MANY = [0.01 + 0.02 * step for step in range(50)]
EXACT: dict[str, Any] = {
    "sensitivity": {each.source: each for each in sensitivity(CASE, "c").sources},
    "leads": leads(CASE, "c"),
    "priors": over_priors(CASE, "c"),
    "many priors": over_priors(CASE, "c", MANY),
}


def test_priors_with_which_too_few_sweeps_count_take_a_short_run_each(
    low_limits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Questioned, "swept_at_priors", lambda asked, priors: {})

    found = over_priors(CASE, "c", [0.1, 0.5])

    assert [point.at for point in found.points] == [0.1, 0.5]
    assert sorted(low_limits) == [0.25, 0.25, 1.0]


@pytest.mark.usefixtures("low_limits")
def test_between_the_priors_on_which_a_simulated_answer_is_looked_at_lines_are_drawn() -> None:
    exact = {point.at: point.probability for point in EXACT["many priors"].points}

    found = over_priors(CASE, "c", MANY)

    assert [point.at for point in found.points] == MANY
    assert all(
        point.probability == pytest.approx(exact[point.at], abs=0.06) for point in found.points
    )
    assert found.even is not None


@pytest.mark.parametrize(("prior", "log_odds"), [(0.2, -1.0), (0.5, 1.0), (0.1, None), (0.9, None)])
def test_a_line_is_drawn_from_one_prior_to_the_next(prior: float, log_odds: float | None) -> None:
    """Half way between the log-odds of .2 and .8 is even; beyond them there is nothing."""
    found = sensitivity_module._between({0.2: -1.0, 0.8: 3.0}, prior)

    assert found == (None if log_odds is None else pytest.approx(log_odds))


@pytest.mark.usefixtures("low_limits")
def test_a_simulated_sensitivity_says_so_and_goes_through_the_answer() -> None:
    found = sensitivity(CASE, "c")

    assert found.approximate
    assert found.data["approximate"]
    assert found.probability == weigh(CASE, "c").probability


@pytest.mark.usefixtures("low_limits")
def test_a_simulated_sensitivity_is_near_the_exact_one() -> None:
    for each in sensitivity(CASE, "c").sources:
        exact = EXACT["sensitivity"][each.source]

        assert each.lower == pytest.approx(exact.lower, abs=0.06)
        assert each.upper == pytest.approx(exact.upper, abs=0.06)


def test_a_simulated_sensitivity_takes_one_run_and_one_for_each_unjudged_source(
    low_limits: list[float],
) -> None:
    sensitivity(CASE, "c")

    assert low_limits == [1.0, 0.25]


def test_simulated_priors_are_read_off_the_sweeps_of_one_run(low_limits: list[float]) -> None:
    found = over_priors(CASE, "c", [0.1, 0.5])

    assert low_limits == [1.0]
    assert found.points[1].probability == pytest.approx(
        next(p.probability for p in EXACT["priors"].points if p.at == 0.5),
        abs=0.06,
    )


def test_simulated_leads_take_one_run_and_one_for_each_unjudged_source(
    low_limits: list[float],
) -> None:
    found = leads(CASE, "c")

    assert found.approximate
    assert low_limits == [1.0, 0.25]


@pytest.mark.usefixtures("low_limits")
def test_simulated_leads_are_near_the_exact_ones() -> None:
    exact = {(each.kind, each.about): each for each in EXACT["leads"]}

    found = leads(CASE, "c")

    assert {(each.kind, each.about) for each in found} <= set(exact)
    for each in found:
        expected = exact[each.kind, each.about].expected_change
        assert each.expected_change == pytest.approx(expected, abs=0.05)


@pytest.mark.usefixtures("low_limits")
def test_the_outcomes_of_a_question_average_to_a_simulated_answer() -> None:
    for each in leads(CASE, "c"):
        if each.kind != "ask":
            continue
        mean = math.fsum(one.chance * one.probability for one in each.outcomes)

        assert mean == pytest.approx(weigh(CASE, "c").probability)


@pytest.mark.usefixtures("low_limits")
def test_simulated_days_are_few_and_every_statement_is_told_once() -> None:
    found = timeline(CASE, "c")

    simulated = [entry for entry in found.entries if entry.assessment.approximate]
    told = [name for entry in found.entries for name in entry.arrived]
    assert len(simulated) <= SIMULATED_DAYS
    assert found.gathered == len(CASE.attributions) + 1 - len(found.entries) > 0
    assert told == [each.id for each in CASE.attributions]
    assert [each.kind for each in found.caveats] == ["approximate"]


@pytest.mark.usefixtures("low_limits")
def test_the_last_entry_of_a_simulated_timeline_is_the_answer() -> None:
    assert timeline(CASE, "c").entries[-1].probability == weigh(CASE, "c").probability


def test_an_exact_timeline_has_an_entry_for_every_day() -> None:
    found = timeline(CASE, "c")

    assert found.gathered == 0
    assert len(found.entries) == len(CASE.attributions) + 1
    assert found.caveats == ()


def test_in_a_simulated_answer_one_voice_is_supposed_for_certain(low_limits: list[float]) -> None:
    own = [each.id for each in CASE.attributions if not each.cited and each.stance == "affirms"]

    with pytest.raises(InvalidValue, match="suppose it for certain"):
        what_if(CASE, "c", f"one_voice={','.join(own[:2])}@0.5")
