"""The two sums behind every answer, value and rest, and their derivatives by every table entry."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.inference.elimination import Table
from provenance.inference.evaluation import Evaluation
from provenance.inference.sampling import gibbs

__all__ = ["Sums", "log_odds_of", "sums_of"]


@attrs.frozen(eq=False)
class Sums:
    """P(everything in hand, value) against P(everything in hand, rest), each with its flows.

    A flow is the derivative of the logarithm of a sum by every entry of one table.
    """

    probability: float
    """P(value | everything in hand)."""
    log_odds: float
    """Its natural log-odds; infinite when it is certain."""
    value_flows: Sequence[Table]
    """The flows of the sum in which the value holds, by slot; empty where that sum is 0."""
    rest_flows: Sequence[Table]
    """The flows of the sum in which it does not."""
    standard_error: float = 0.0
    """The standard error of the probability; 0 when exact."""

    @property
    def is_certain(self) -> bool:
        """Whether the probability is exactly 0 or 1."""
        return math.isinf(self.log_odds)

    def log_odds_flow(self, slot: int) -> list[float]:
        """d logit P / d entry, for every entry of a table."""
        return [a - b for a, b in zip(self.value_flows[slot], self.rest_flows[slot], strict=True)]

    def total_flow(self, slot: int) -> list[float]:
        """d log P(everything in hand) / d entry, for every entry of a table."""
        p = self.probability
        if self.is_certain:
            return list(self.value_flows[slot] if self.log_odds > 0.0 else self.rest_flows[slot])
        return [
            p * a + (1.0 - p) * b
            for a, b in zip(self.value_flows[slot], self.rest_flows[slot], strict=True)
        ]


def sums_of(evaluation: Evaluation, value: int) -> Sums:
    """The sums for one value of the question that the evaluation asks.

    Raises `ImpossibleEvidence` when what is in hand cannot all be said under the case's
    certainties.
    """
    if not evaluation.structure.network.is_exact:
        return _estimated(evaluation, value)
    masses = evaluation.masses
    mine = masses[value]
    rest = math.fsum(masses[:value]) + math.fsum(masses[value + 1 :])
    if mine + rest <= 0.0:
        raise ImpossibleEvidence(_conflict(evaluation))
    tape = evaluation.tape
    for_value = [0.0] * len(masses)
    for_rest = [0.0] * len(masses)
    if mine > 0.0:
        for_value[value] = 1.0 / mine
    if rest > 0.0:
        for_rest = [0.0 if v == value else 1.0 / rest for v in range(len(masses))]
    return Sums(
        mine / (mine + rest),
        _log_ratio(mine, rest),
        tape.backward(for_value) if mine > 0.0 else (),
        tape.backward(for_rest) if rest > 0.0 else (),
    )


def _estimated(evaluation: Evaluation, value: int) -> Sums:
    network = evaluation.structure.network
    found = gibbs(network, evaluation.tables, value, evaluation.seed)
    p = found.probability
    return Sums(
        p, _log_ratio(p, 1.0 - p), found.value_flows, found.rest_flows, found.standard_error
    )


def log_odds_of(evaluation: Evaluation, value: int) -> float | None:
    """The natural log-odds of a value; `None` where what is in hand is impossible."""
    network = evaluation.structure.network
    if not network.is_exact:
        found = gibbs(network, evaluation.tables, value, evaluation.seed, with_flows=False)
        return _log_ratio(found.probability, 1.0 - found.probability)
    masses = evaluation.masses
    mine, rest = masses[value], math.fsum(m for v, m in enumerate(masses) if v != value)
    return _log_ratio(mine, rest) if mine + rest > 0.0 else None


def _log_ratio(mine: float, rest: float) -> float:
    if mine <= 0.0:
        return -math.inf
    return math.log(mine) - math.log(rest) if rest > 0.0 else math.inf


def _conflict(evaluation: Evaluation) -> list[str]:
    """Statements that cannot all be made, as few as dropping one after the other leaves."""
    network = evaluation.structure.network
    statements = evaluation.story.statements
    tables = list(evaluation.tables)
    needed: list[str] = []
    for term in network.terms:
        if not statements[term.statement].in_hand:
            continue
        kept = tables[term.slot]
        tables[term.slot] = [1.0] * len(kept)
        if math.fsum(network.plan.forward(tables).result) > 0.0:
            tables[term.slot] = kept
            needed.append(statements[term.statement].id)
    return needed
