"""The two sums behind every answer, value and rest, and their derivatives by every table entry."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import mul

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.inference.elimination import Table, Tape
from provenance.inference.evaluation import Evaluation
from provenance.inference.factors import StatementTable, interest_of, tracking_slope
from provenance.inference.network import Network
from provenance.inference.sampling import gibbs

__all__ = [
    "Parameter",
    "PartitionSums",
    "Slope",
    "log_odds_of",
    "slopes",
    "statement_weight",
    "sums_of",
    "track_probability",
]

_RULED_OUT = 1e-200


@attrs.frozen(eq=False)
class PartitionSums:
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


def sums_of(evaluation: Evaluation, value: int, *, effort: float = 1.0) -> PartitionSums:
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
    return PartitionSums(probability, log_odds, mine.flows, rest.flows)


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


def _estimated(evaluation: Evaluation, value: int, effort: float) -> PartitionSums:
    network = evaluation.structure.network
    found = gibbs(network, evaluation.tables, value, evaluation.seed, effort=effort)
    if found is None:
        raise ImpossibleEvidence(each.id for each in evaluation.story.statements if each.in_hand)
    return PartitionSums(
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


# How the answer moves: derivatives by every number, and the weight of every statement in hand.
#
# The flat and predictive priors f and m and the bundles' values K are constants in every derivative.


@attrs.frozen(order=True)
class Parameter:
    """A number of the story that is not known exactly."""

    kind: str
    """What it is: reliability, access, competence, fidelity or prior."""
    index: int
    """The witness, statement or question that has it."""


@attrs.frozen
class Slope:
    """The derivative of the answer's log-odds by one number, and that number's variance."""

    parameter: Parameter
    """The number."""
    slope: float
    """d logit P / d number."""
    variance: float
    """How uncertain the number is."""

    @property
    def contribution(self) -> float:
        """Its part in the variance of the log-odds: slope^2 variance."""
        return self.slope * self.slope * self.variance


def slopes(evaluation: Evaluation, sums: PartitionSums) -> tuple[Slope, ...]:
    """The derivative of the log-odds of the answer by every number with any uncertainty."""
    found = _source_slopes(evaluation, sums)
    found += _skill_slopes(evaluation, sums)
    found += _prior_slopes(evaluation, sums)
    return tuple(found)


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return float(sum(map(mul, a, b)))


def _by_strength(evaluation: Evaluation, sums: PartitionSums, term: StatementTable) -> float:
    """d logit / d (chance of passing on what is tracked, given the branch of the table)."""
    return _dot(sums.log_odds_flow(term.slot), evaluation.slopes[term.statement])


def _state_slope(evaluation: Evaluation, sums: PartitionSums, number: int) -> float:
    """d logit / d P(track) of one state."""
    network = evaluation.structure.network
    slot = network.state_slots[number]
    if slot is not None:
        flow = sums.log_odds_flow(slot)
        return flow[0] - flow[1]
    # A state with one statement is folded into that statement's table.
    (index,) = network.states[number].statements
    term = network.term_of[index]
    return evaluation.strengths[index] * _by_strength(evaluation, sums, term)


def _source_slopes(evaluation: Evaluation, sums: PartitionSums) -> list[Slope]:
    story, network = evaluation.story, evaluation.structure.network
    by_witness: dict[int, float] = {}
    for number, state in enumerate(network.states):
        witness = story.witnesses[state.witness]
        if witness.reliability is None:
            continue
        interest = interest_of(story, state.statements)
        by_r = _state_slope(evaluation, sums, number) * tracking_slope(witness, interest)
        by_witness[state.witness] = by_witness.get(state.witness, 0.0) + by_r
    found: list[Slope] = []
    for index, by_r in sorted(by_witness.items()):
        witness = story.witnesses[index]
        assert witness.reliability is not None
        pairs = (
            ("reliability", witness.reliability, witness.access.mean),
            ("access", witness.access, witness.reliability.mean),
        )
        found += [
            Slope(Parameter(kind, index), by_r * other, degree.variance)
            for kind, degree, other in pairs
        ]
    return found


def _skill_slopes(evaluation: Evaluation, sums: PartitionSums) -> list[Slope]:
    story, structure = evaluation.story, evaluation.structure
    found: list[Slope] = []
    for term in structure.network.terms:
        statement = story.statements[term.statement]
        if statement.skill.variance == 0.0:
            continue
        slope = _by_strength(evaluation, sums, term) * statement.commitment
        if term.branch == "folded":
            slope *= evaluation.trackings[term.state]
        kind = "competence" if statement.cites is None else "fidelity"
        found.append(Slope(Parameter(kind, term.statement), slope, statement.skill.variance))
    return found


def _prior_slopes(evaluation: Evaluation, sums: PartitionSums) -> list[Slope]:
    found: list[Slope] = []
    for slot, index in evaluation.structure.network.question_slots:
        question = evaluation.story.questions[index]
        if question.prior is None or math.isinf(question.strength):
            continue
        mean = question.prior[0]
        variance = mean * (1.0 - mean) / (question.strength + 1.0)
        # The table times the flow sums to 0, so one entry tells how both move; the table, unlike the
        # potential, is 0 where the question has been resolved.
        by_logit = evaluation.tables[slot][0] * sums.log_odds_flow(slot)[0]
        slope = by_logit / (mean * (1.0 - mean))
        found.append(Slope(Parameter("prior", index), slope, variance))
    return found


def statement_weight(evaluation: Evaluation, sums: PartitionSums, index: int) -> float | None:
    """The bits that one statement in hand adds, everything else being heard.

    log2 odds of the answer less log2 odds with the statement's table replaced by ones and its
    bundle's value by that of the bundle without it. `None` where the rest is impossible.
    """
    term = evaluation.structure.network.term_of[index]
    ratio = _bundle_ratio(evaluation, index) if term.bundled else 1.0
    if ratio is None:
        return None
    entries = _ones(term, evaluation.tables[term.slot])
    if term.bundled:
        half = len(entries) // 2
        own = ratio * evaluation.shares[index]
        entries[half:] = [own * each for each in entries[half:]]
    for_value = _dot(sums.value_flows[term.slot], entries)
    for_rest = _dot(sums.rest_flows[term.slot], entries)
    if for_value <= 0.0 or for_rest <= 0.0:
        return None
    # The flows are relative to the totals with the statement heard, so the odds cancel.
    return math.log2(for_rest) - math.log2(for_value)


def _ones(term: StatementTable, table: Table) -> list[float]:
    """What stands in a statement's table when it is not evidence, only what others pass on."""
    size = len(term.said)
    heard = [1.0] if size == 1 else [1.0 / (size - term.negated)] * size
    if term.negated and size > 1:
        heard[term.value] = 0.0
    return heard * (len(table) // size)


def _bundle_ratio(evaluation: Evaluation, index: int) -> float | None:
    """The value of a statement's bundle without it, over its value with it."""
    number = evaluation.structure.bundle_of[index]
    if math.isinf(evaluation.bundle_logs[number]):
        return None
    term = evaluation.structure.bundles[number].network.term_of[index]
    flow = evaluation.totals[number].flows[term.slot]
    return _dot(flow, _ones(term, flow))


def track_probability(evaluation: Evaluation, sums: PartitionSums, number: int) -> float:
    """P(a state tracks | everything in hand)."""
    network = evaluation.structure.network
    t = evaluation.trackings[number]
    slot = network.state_slots[number]
    if slot is not None:
        flow = sums.total_flow(slot)
        tracks, own = t * flow[0], (1.0 - t) * flow[1]
        return tracks / (tracks + own)
    (index,) = network.states[number].statements
    term = network.term_of[index]
    table, slope = evaluation.tables[term.slot], evaluation.slopes[index]
    # The folded table is own + t s slope, so the tracking part of it is own + s slope.
    strength = evaluation.strengths[index]
    flow = sums.total_flow(term.slot)
    whole = _dot(flow, table)
    tracks = whole + (1.0 - t) * strength * _dot(flow, slope)
    return t * tracks / whole
