"""The two sums behind every answer, value and rest, and their derivatives by every table entry."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.inference.elimination import Table, Tape
from provenance.inference.evaluation import Evaluation
from provenance.inference.network import Network
from provenance.inference.sampling import gibbs

__all__ = ["Sums", "log_odds_of", "sums_of"]

_RULED_OUT = 1e-200


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


def sums_of(evaluation: Evaluation, value: int, *, effort: float = 1.0) -> Sums:
    """The sums for one value of the question that the evaluation asks.

    `effort` is the share of the usual sweeps that a simulation takes.
    Raises `ImpossibleEvidence` when what is in hand cannot all be said under the case's
    certainties.
    """
    if not evaluation.structure.network.is_exact:
        return _estimated(evaluation, value, effort)
    others = [v for v in range(len(evaluation.masses)) if v != value]
    mine, rest = _side(evaluation, [value]), _side(evaluation, others)
    log_odds = _difference(mine.log, rest.log)
    if log_odds is None:
        raise ImpossibleEvidence(_conflict(evaluation))
    total = math.fsum(evaluation.masses)
    if mine.masked or rest.masked:
        probability = _expit(log_odds)
    else:
        probability = evaluation.masses[value] / total
    return Sums(probability, log_odds, mine.flows, rest.flows)


@attrs.frozen(eq=False)
class _Side:
    """The sum in which the question has one of some values."""

    log: float
    """Its logarithm."""
    tape: Tape
    """The run it was read off."""
    values: tuple[int, ...]
    """The values."""
    network: Network
    """The network that was summed."""
    masked: frozenset[int]
    """The slots in which every other value was masked."""

    @property
    def flows(self) -> list[Table]:
        """d log sum / d entry, by slot; empty where the sum is 0."""
        if self.log == -math.inf:
            return []
        masses = self.tape.result
        total = math.fsum(masses[v] for v in self.values)
        seed = [1.0 / total if v in self.values else 0.0 for v in range(len(masses))]
        return [
            _masked(self.network, slot, flow, self.values) if slot in self.masked else flow
            for slot, flow in enumerate(self.tape.backward(seed))
        ]


def _side(evaluation: Evaluation, values: Sequence[int]) -> _Side:
    """Sum over some values of the question, by a run of its own where they are all but ruled out.

    Next to a value that is more than 1e200 times as likely, products for the others would lose
    their digits; with everything else masked they are rescaled by themselves.
    """
    masses, network = evaluation.masses, evaluation.structure.network
    mine, total = math.fsum(masses[v] for v in values), math.fsum(masses)
    if mine > _RULED_OUT * total:
        log = math.log(mine) + evaluation.tape.log_scale
        return _Side(log, evaluation.tape, tuple(values), network, frozenset())
    root = network.root
    masked = frozenset(slot for slot, scope in enumerate(network.scopes) if root in scope)
    tables = [
        _masked(network, slot, table, values) if slot in masked else table
        for slot, table in enumerate(evaluation.tables)
    ]
    tape = network.plan.forward(tables)
    return _Side(tape.log_total, tape, tuple(values), network, masked)


def _masked(network: Network, slot: int, table: Table, values: Sequence[int]) -> Table:
    """A table in which the question has only some of its values."""
    scope = network.scopes[slot]
    assert network.root is not None
    after = math.prod(network.sizes[v] for v in scope[scope.index(network.root) + 1 :])
    size = network.sizes[network.root]
    return [p if place // after % size in values else 0.0 for place, p in enumerate(table)]


def _estimated(evaluation: Evaluation, value: int, effort: float) -> Sums:
    network = evaluation.structure.network
    found = gibbs(network, evaluation.tables, value, evaluation.seed, effort=effort)
    if found is None:
        raise ImpossibleEvidence(each.id for each in evaluation.story.statements if each.in_hand)
    return Sums(
        found.probability,
        _log_ratio(found.probability, found.rest),
        found.value_flows,
        found.rest_flows,
        found.standard_error,
    )


def log_odds_of(evaluation: Evaluation, value: int, *, effort: float = 1.0) -> float | None:
    """The natural log-odds of a value; `None` where what is in hand is impossible.

    `effort` is the share of the usual sweeps that a simulation takes.
    """
    network = evaluation.structure.network
    if not network.is_exact:
        found = gibbs(
            network, evaluation.tables, value, evaluation.seed, with_flows=False, effort=effort
        )
        return None if found is None else _log_ratio(found.probability, found.rest)
    others = [v for v in range(len(evaluation.masses)) if v != value]
    return _difference(_side(evaluation, [value]).log, _side(evaluation, others).log)


def _difference(mine: float, rest: float) -> float | None:
    return None if mine == rest == -math.inf else mine - rest


def _expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0.0 else math.exp(x) / (1.0 + math.exp(x))


def _log_ratio(mine: float, rest: float) -> float:
    if mine <= 0.0:
        return -math.inf
    return math.log(mine) - math.log(rest) if rest > 0.0 else math.inf


def _conflict(evaluation: Evaluation) -> list[str]:
    """Statements that cannot all be made: none can be spared without making the rest possible."""
    network = evaluation.structure.network
    statements = evaluation.story.statements
    tables = list(evaluation.tables)
    needed: list[str] = []
    slots = [
        (term.slot, statements[term.statement].id)
        for term in network.terms
        if statements[term.statement].in_hand
    ]
    waiting = [slots]
    while waiting:
        chunk = waiting.pop()
        kept = {slot: tables[slot] for slot, _ in chunk}
        for slot, table in kept.items():
            tables[slot] = [1.0] * len(table)
        if math.fsum(network.plan.forward(tables).result) <= 0.0:
            continue
        for slot, table in kept.items():
            tables[slot] = table
        if len(chunk) == 1:
            needed.append(chunk[0][1])
        elif chunk:
            middle = len(chunk) // 2
            waiting += [chunk[middle:], chunk[:middle]]
    return needed
