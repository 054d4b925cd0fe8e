"""How the answer moves: derivatives by every number, and the weight of every statement in hand.

The flat and predictive priors f and m and the bundles' values K are constants in every derivative.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import mul

import attrs

from provenance.inference.elimination import Table
from provenance.inference.evaluation import Evaluation
from provenance.inference.states import interest_of, tracking_slope
from provenance.inference.sums import Sums
from provenance.inference.terms import Term

__all__ = ["Parameter", "Slope", "slopes", "statement_weight", "track_probability"]


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


def slopes(evaluation: Evaluation, sums: Sums) -> tuple[Slope, ...]:
    """The derivative of the log-odds of the answer by every number with any uncertainty."""
    found = _source_slopes(evaluation, sums)
    found += _skill_slopes(evaluation, sums)
    found += _prior_slopes(evaluation, sums)
    return tuple(found)


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return float(sum(map(mul, a, b)))


def _by_strength(evaluation: Evaluation, sums: Sums, term: Term) -> float:
    """d logit / d (chance of passing on what is tracked, given the branch of the table)."""
    return _dot(sums.log_odds_flow(term.slot), evaluation.slopes[term.statement])


def _state_slope(evaluation: Evaluation, sums: Sums, number: int) -> float:
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


def _source_slopes(evaluation: Evaluation, sums: Sums) -> list[Slope]:
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


def _skill_slopes(evaluation: Evaluation, sums: Sums) -> list[Slope]:
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


def _prior_slopes(evaluation: Evaluation, sums: Sums) -> list[Slope]:
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


def statement_weight(evaluation: Evaluation, sums: Sums, index: int) -> float | None:
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


def _ones(term: Term, table: Table) -> list[float]:
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


def track_probability(evaluation: Evaluation, sums: Sums, number: int) -> float:
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
