"""Worked examples of testimony, from Laplace to Schum: every one as a case, or in closed form."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from provenance.inference import Plan
from tests.cases.worlds import asked, one_claim

ORACLES: dict[str, dict[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads(
        (Path(__file__).parents[1] / "cases" / "oracles.json").read_text(encoding="utf-8")
    )["oracles"]
    if oracle["family"] == "testimony"
}


def named(*starts: str) -> list[str]:
    """The oracles whose names begin like that."""
    return [name for name in ORACLES if name.startswith(tuple(f"test-{start}" for start in starts))]


SINGLE = ["test-taxicab", "test-laplace-white", *named("venn")]
CONCURRING = named("eb48")
BOVENS_HARTMANN = named("bh-")
OLSSON = named("olsson")
LAPUTA = named("laputa")
ALONE = [
    "test-laplace-urn1000",
    "test-laplace-chain20",
    "test-laplace-chain20-engine",
    "test-schum-hearsay-lr",
]


def tracking(veracity: float, k: int = 2) -> float:
    """How often a source tracks that is right with some probability: t + (1 - t) / k = veracity."""
    return (veracity - 1 / k) / (1 - 1 / k)


def heard(prior: float, *voices: tuple[float, str]) -> float:
    """A yes/no claim after witnesses of some veracity, who saw it, affirm or deny it."""
    sources = {f"s{n}": tracking(veracity) for n, (veracity, _) in enumerate(voices)}
    said = [
        {"source": f"s{n}", "claim": "x", "stance": stance, "basis": "firsthand"}
        for n, (_, stance) in enumerate(voices)
    ]
    return asked(one_claim(prior, sources, *said)).probability


def expected(name: str) -> Any:
    oracle = ORACLES[name]
    # The expected values are printed to ten digits.
    return pytest.approx(oracle["expected"], abs=max(oracle["tolerance"], 5.1e-11))


def test_every_oracle_of_testimony_is_tested() -> None:
    tested = [*SINGLE, *CONCURRING, *BOVENS_HARTMANN, *OLSSON, *LAPUTA, *ALONE]

    assert sorted(tested) == sorted(ORACLES)


@pytest.mark.parametrize("name", SINGLE)
def test_one_witness_of_known_veracity(name: str) -> None:
    inputs = ORACLES[name]["inputs"]

    assert heard(inputs["prior"], (inputs["veracity"], "affirms")) == expected(name)


@pytest.mark.parametrize("name", CONCURRING)
def test_concurring_witnesses(name: str) -> None:
    inputs = ORACLES[name]["inputs"]

    assert heard(inputs["prior"], *((p, "affirms") for p in inputs["veracities"])) == expected(name)


@pytest.mark.parametrize("name", BOVENS_HARTMANN)
def test_a_source_that_tracks_or_tosses_a_coin(name: str) -> None:
    inputs = ORACLES[name]["inputs"]
    stance = "denies" if "deny" in name else "affirms"

    found = one_claim(
        inputs["h"], {"s": inputs["r"]}, {"source": "s", "claim": "x", "stance": stance}
    )

    assert asked(found).probability == expected(name)


@pytest.mark.parametrize("name", OLSSON)
def test_a_source_trusted_to_be_right_with_some_probability(name: str) -> None:
    inputs = ORACLES[name]["inputs"]

    assert heard(inputs["h"], (inputs["r"], "affirms")) == expected(name)


@pytest.mark.parametrize("name", LAPUTA)
def test_a_run_of_laputa(name: str) -> None:
    inputs = ORACLES[name]["inputs"]
    if "trusts" in inputs:
        # A source more often wrong than right is not modelled; whoever knows it to be so hears
        # its assertion as a denial.
        wrong, right = inputs["trusts"]
        voices = [(1 - wrong, "denies"), (right, "denies")]
    else:
        stance = "denies" if "denial" in ORACLES[name]["op"] else "affirms"
        voices = [(inputs["trust"], stance)]

    assert heard(inputs["h"], *voices) == expected(name)


def test_a_number_drawn_from_a_thousand_is_believed_as_far_as_its_witness() -> None:
    inputs = ORACLES["test-laplace-urn1000"]["inputs"]
    k = inputs["k"]
    numbers = [f"n{n}" for n in range(1, k + 1)]
    case = {
        "version": 1,
        "claims": [{"id": number, "text": f"{number} was drawn"} for number in numbers],
        "questions": [{"id": "drawn", "text": "which number was drawn", "claims": numbers}],
        "sources": [{"id": "s", "reliability": tracking(inputs["veracity"], k)}],
        "attributions": [{"id": "said", "source": "s", "claim": "n79"}],
    }

    assert asked(case, "n79").probability == expected("test-laplace-urn1000")


def test_twenty_traditions_leave_less_than_an_eighth() -> None:
    inputs = ORACLES["test-laplace-chain20"]["inputs"]

    left = math.prod([inputs["veracity"]] * inputs["links"])

    assert left == expected("test-laplace-chain20")
    assert left < 1 / 8


def test_a_tradition_among_a_million_values_is_the_limit_of_the_mixture() -> None:
    inputs = ORACLES["test-laplace-chain20-engine"]["inputs"]
    r = tracking(inputs["veracity"], inputs["k"]) ** inputs["links"]

    assert r + (1 - r) / inputs["k"] == expected("test-laplace-chain20-engine")


def test_a_tradition_of_twenty_is_that_mixture() -> None:
    k, links = 10, 20
    t = tracking(0.9, k)
    numbers = [f"n{n}" for n in range(k)]
    case = {
        "version": 1,
        "claims": [{"id": number, "text": f"{number} was drawn"} for number in numbers],
        "questions": [{"id": "drawn", "text": "which number was drawn", "claims": numbers}],
        "sources": [{"id": f"s{n}", "reliability": t, "passing_on": t} for n in range(links)],
        "attributions": [
            {"id": f"a{n}", "source": f"s{n}"} | ({"cites": f"a{n - 1}"} if n else {"claim": "n3"})
            for n in range(links)
        ],
    }

    r = t**links
    assert asked(case, "n3").probability == pytest.approx(r + (1 - r) / k, abs=1e-9)


def test_hearsay_as_schum_has_it() -> None:
    name = "test-schum-hearsay-lr"
    h1, f1, h2, f2, prior = (
        ORACLES[name]["inputs"][key] for key in ("h1", "f1", "h2", "f2", "prior")
    )
    plan = Plan.of([2, 2], [(0,), (0, 1), (1,)], (0,))

    so, not_so = plan.forward([(prior, 1 - prior), (h1, 1 - h1, f1, 1 - f1), (h2, f2)]).result

    assert so / (so + not_so) == expected(name)
    ratio = (h1 * (h2 - f2) + f2) / (f1 * (h2 - f2) + f2)
    assert so / not_so == pytest.approx(ratio * prior / (1 - prior))


# ---------------------------------------------------------------- closed forms


@pytest.mark.parametrize(
    ("grade", "ratio", "probability"),
    [("A", 39, 0.81), ("B", 7, 0.44), ("C", 3, 0.25), ("D", 1.67, 0.16), ("E", 1.11, 0.11)],
)
def test_one_origin_of_a_grade_has_its_likelihood_ratio(
    grade: str, ratio: float, probability: float
) -> None:
    found = asked(one_claim(0.1, {"s": grade}, {"source": "s", "claim": "x"}))

    odds = found.probability / (1 - found.probability) / (0.1 / 0.9)
    assert odds == pytest.approx(ratio, abs=0.005)
    assert round(found.probability, 2) == probability


def through_relays(count: int, t: float = 0.7) -> float:
    """An origin of grade C heard through some outlets that pass on faithfully with chance t."""
    relays = [{"source": f"r{n}", "cites": "a0"} for n in range(count)]
    case = one_claim(0.1, {"origin": "C"}, {"source": "origin", "claim": "x"}, *relays)
    outlets = [{"id": f"r{n}", "reliability": "F", "passing_on": t} for n in range(count)]
    return asked(case | {"sources": [*case["sources"], *outlets]}).probability


@pytest.mark.parametrize(("relays", "printed"), [(1, 0.205), (2, 0.244), (3, 0.249), (10, 0.250)])
def test_parallel_relays_approach_hearing_the_origin(relays: int, printed: float) -> None:
    assert round(through_relays(relays), 3) == printed


def test_independent_sources_add_and_equal_opposites_cancel() -> None:
    both = heard(0.2, (0.8, "affirms"), (0.7, "affirms"))
    opposed = heard(0.2, (0.8, "affirms"), (0.8, "denies"))

    assert both / (1 - both) == pytest.approx(0.25 * (0.8 / 0.2) * (0.7 / 0.3))
    assert opposed == pytest.approx(0.2)
