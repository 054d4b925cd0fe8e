"""Exact answers on public networks: the elimination agrees with every published one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance.inference.elimination import Plan, Tape

HERE = Path(__file__).parent
ORACLES: dict[str, dict[str, Any]] = {
    oracle["id"]: oracle
    for oracle in json.loads((HERE.parent / "cases" / "oracles.json").read_text(encoding="utf-8"))[
        "oracles"
    ]
    if oracle["family"] == "bayes-net"
}
POSTERIORS = [name for name, oracle in ORACLES.items() if "query" in oracle["inputs"]]
ODD = {"bn-asia-prior", "bn-asia-evidence", "bn-asia-pevidence", "bn-asia-cond"}


@attrs.frozen
class PublicNetwork:
    """A Bayesian network as its tables: rows by the parents' values, the last parent fastest."""

    names: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    scopes: tuple[tuple[int, ...], ...]
    tables: tuple[tuple[float, ...], ...]

    @classmethod
    def read(cls, name: str) -> PublicNetwork:
        variables = json.loads((HERE / "networks" / f"{name}.json").read_text(encoding="utf-8"))[
            "variables"
        ]
        place = {variable: index for index, variable in enumerate(variables)}
        return cls(
            tuple(variables),
            tuple(tuple(each["values"]) for each in variables.values()),
            tuple(
                (*(place[parent] for parent in each["parents"]), place[variable])
                for variable, each in variables.items()
            ),
            tuple(tuple(p for row in each["table"] for p in row) for each in variables.values()),
        )

    def run(self, evidence: Mapping[str, object], query: str | None = None) -> Tape:
        """Eliminate everything but the query, with the evidence as one table a finding."""
        found = [(self.names.index(variable), str(value)) for variable, value in evidence.items()]
        plan = Plan.of(
            [len(values) for values in self.values],
            [*self.scopes, *((variable,) for variable, _ in found)],
            () if query is None else (self.names.index(query),),
        )
        findings = [
            tuple(float(each == value) for each in self.values[variable])
            for variable, value in found
        ]
        return plan.forward([*self.tables, *findings])

    def posterior(self, query: str, evidence: Mapping[str, object]) -> dict[str, float]:
        result = self.run(evidence, query).result
        whole = sum(result)
        values = self.values[self.names.index(query)]
        return {value: mass / whole for value, mass in zip(values, result, strict=True)}


@cache
def network(name: str) -> PublicNetwork:
    return PublicNetwork.read(name.removeprefix("AIMA "))


def test_every_network_oracle_is_tested() -> None:
    assert set(POSTERIORS) | ODD == set(ORACLES)


@pytest.mark.parametrize("name", POSTERIORS)
def test_a_posterior_is_the_published_one(name: str) -> None:
    oracle = ORACLES[name]
    inputs = oracle["inputs"]

    found = network(inputs["net"]).posterior(inputs["query"], inputs["evidence"])

    expected = oracle["expected"]
    if isinstance(expected, float):
        expected = {"True": expected, "False": 1.0 - expected}
    # Expected values are printed to ten digits.
    assert found == pytest.approx(expected, abs=max(oracle["tolerance"], 5.1e-11))


@pytest.mark.parametrize("name", ["bn-asia-prior", "bn-asia-evidence"])
def test_every_marginal_of_the_chest_clinic_is_the_published_one(name: str) -> None:
    oracle = ORACLES[name]

    found = {
        variable: network("asia").posterior(variable, oracle["inputs"]["evidence"])["yes"]
        for variable in oracle["expected"]
    }

    assert found == pytest.approx(oracle["expected"], abs=oracle["tolerance"])


def test_the_probability_of_a_finding_is_the_published_one() -> None:
    oracle = ORACLES["bn-asia-pevidence"]

    (found,) = network("asia").run(oracle["inputs"]["evidence"]).result

    assert found == pytest.approx(oracle["expected"], abs=oracle["tolerance"])


def test_smoking_and_shortness_of_breath_condition_each_other_as_published() -> None:
    oracle = ORACLES["bn-asia-cond"]

    found = {
        "dysp_if_smoke": network("asia").posterior("dysp", {"smoke": "yes"})["yes"],
        "smoke_if_dysp": network("asia").posterior("smoke", {"dysp": "yes"})["yes"],
    }

    assert found == pytest.approx(oracle["expected"], abs=oracle["tolerance"])


@pytest.mark.parametrize("name", ["alarm", "asia", "child", "sachs", "survey"])
def test_one_pass_backwards_gives_every_marginal(name: str) -> None:
    net = network(name)
    tape = net.run({})

    flows = tape.backward((1.0,))

    for variable, (scope, table) in enumerate(zip(net.scopes, net.tables, strict=True)):
        masses = [a * b for a, b in zip(table, flows[variable], strict=True)]
        size = len(net.values[scope[-1]])
        marginal = [sum(masses[value::size]) for value in range(size)]
        posterior = net.posterior(net.names[variable], {})
        assert [mass / sum(marginal) for mass in marginal] == pytest.approx(
            list(posterior.values()), abs=1e-9
        )
