"""The two sums behind every answer, value and rest, and their derivatives by every table entry.

The derivatives of both travel as one complex number, that of the value in its real part and that of
the rest in its imaginary part: everything that is done with them is linear, and is done once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import mul

import attrs

from provenance.errors import ImpossibleEvidence
from provenance.inference.elimination import Pairs, Table, Tape
from provenance.inference.evaluation import Evaluation
from provenance.inference.factors import StatementTable, interest_of
from provenance.inference.intervals import (
    Parameter,
    Shift,
    linear_shift,
    normal_shift,
    summed_shift,
)
from provenance.inference.network import Network
from provenance.inference.priors import is_linear_in, responses_of_potentials
from provenance.inference.reweighing import Kept
from provenance.inference.sampling import Averages, gibbs
from provenance.scales import THETA_SPREAD, Degree

__all__ = [
    "PartitionSums",
    "Side",
    "log_odds_of",
    "shifts_of",
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
    value: Side
    """The sum in which the value holds."""
    rest: Side
    """The sum in which it does not."""
    standard_error: float = 0.0
    """The standard error of the probability; 0 when exact."""
    chains: tuple[PartitionSums, ...] = ()
    """The same from every chain of a simulation by itself; none when exact."""
    kept: Kept | None = None
    """Some sweeps of the simulation, to be looked at with other numbers; `None` when exact."""
    is_exact: bool = False
    """Whether nothing in it was simulated, a bundle's value no more than the sums themselves."""

    @cached_property
    def pairs(self) -> Sequence[Pairs]:
        """For every slot the flows of both sums, that of the rest times i; both must be above 0."""
        value, rest = self.value, self.rest
        if not self.can_vary or value.whole is None or value.whole.plan.is_wide:
            sides = zip(value.flows, rest.flows, strict=True)
            return [list(map(complex, *both)) for both in sides]
        heights = [complex(a / value.total, b / rest.total) for a, b in _kept(value, rest)]
        if not value.changes:
            return value.whole.flows(heights)
        (slot,) = value.changes
        table = value.whole.values[slot]
        marked = value.whole.marked(slot, list(map(mul, table, heights)))
        flows = marked.flows(value.seed)
        flows[slot] = list(map(mul, flows[slot], heights))
        return flows

    @cached_property
    def value_flows(self) -> Sequence[Table]:
        """The flows of the sum in which the value holds, by slot; empty where that sum is 0."""
        if self.is_certain or not self.can_vary:
            return self.value.flows
        return [[each.real for each in flow] for flow in self.pairs]

    @cached_property
    def rest_flows(self) -> Sequence[Table]:
        """The flows of the sum in which it does not."""
        if self.is_certain or not self.can_vary:
            return self.rest.flows
        return [[each.imag for each in flow] for flow in self.pairs]

    @property
    def can_vary(self) -> bool:
        """Whether both sums were read off exact runs, so that changes can be followed in them."""
        return not (self.value.is_apart or self.rest.is_apart)

    @property
    def can_follow(self) -> bool:
        """Whether changes can be followed in each of the sums, if not in both at once."""
        return self.is_exact and not self.is_certain

    @property
    def is_certain(self) -> bool:
        """Whether the probability is exactly 0 or 1."""
        return math.isinf(self.log_odds)

    def total_flow(self, slot: int) -> list[float]:
        """d log P(everything in hand) / d entry, for every entry of a table."""
        p = self.probability
        if self.is_certain:
            return list(self.value_flows[slot] if self.log_odds > 0.0 else self.rest_flows[slot])
        return [p * each.real + (1.0 - p) * each.imag for each in self.pairs[slot]]


def sums_of(
    evaluation: Evaluation, value: int, *, question: int | None = None, effort: float = 1.0
) -> PartitionSums:
    """The sums for one value of the question that the evaluation asks, or of another one.

    `effort` is the share of the usual sweeps that a simulation takes; only the question that an
    evaluation was made for can be simulated.
    Raises `ImpossibleEvidence` when what is in hand cannot all be said under the case's
    certainties.
    """
    if not evaluation.structure.network.is_exact:
        return _estimated(evaluation, value, effort)
    masses, _ = evaluation.marginal(question)
    mine, rest = _sides(evaluation, value, question)
    log_odds = _difference(mine.log, rest.log)
    if log_odds is None:
        raise ImpossibleEvidence(_conflict(evaluation))
    if mine.is_apart or rest.is_apart:
        probability = _expit(log_odds)
    else:
        probability = masses[value] / math.fsum(masses)
        if probability == 1.0:  # as rounding has it
            probability = _expit(log_odds)
    if not evaluation.is_exact:
        mine, rest = (attrs.evolve(each, is_apart=True) for each in (mine, rest))
    return PartitionSums(probability, log_odds, mine, rest, is_exact=evaluation.is_exact)


@attrs.frozen(eq=False)
class Side:
    """A sum in which a question has some of its values: a run, or what simulations of it found."""

    log: float
    """Its logarithm."""
    whole: Tape | None = None
    """The run of the whole story; `None` when it was simulated."""
    total: float = 0.0
    """What it comes to where that run ends, up to the scale of that."""
    changes: Mapping[int, Table] = {}
    """The tables that its own run has in place of those of the whole one."""
    seed: tuple[float, ...] = ()
    """Which entries of the run's result it takes."""
    masks: Mapping[int, Table] = {}
    """Tables of ones and zeros for the slots in which every other value was masked."""
    is_apart: bool = False
    """Whether it has a run that shares nothing with that of the other side, or none."""
    found: Sequence[Table] = ()
    """Its flows where it was simulated."""

    @cached_property
    def tape(self) -> Tape:
        """The run it is read off."""
        assert self.whole is not None
        return self.whole.moved(self.changes) if self.changes else self.whole

    @cached_property
    def flows(self) -> Sequence[Table]:
        """d log sum / d entry, by slot; empty where the sum is 0."""
        if self.log == -math.inf or self.whole is None:
            return self.found
        total = math.fsum(map(mul, self.seed, self.tape.result))
        flows = self.tape.flows([each / total for each in self.seed])
        for slot, mask in self.masks.items():
            flows[slot] = list(map(mul, flows[slot], mask))
        return flows


def _kept(value: Side, rest: Side) -> Iterator[tuple[float, float]]:
    """Which entries of the table that tells the two sides apart each of them takes."""
    if not value.masks:
        return zip(value.seed, rest.seed, strict=True)
    (slot,) = value.masks
    return zip(value.masks[slot], rest.masks[slot], strict=True)


def _sides(evaluation: Evaluation, value: int, question: int | None) -> tuple[Side, Side]:
    masses, _ = evaluation.marginal(question)
    others = [v for v in range(len(masses)) if v != value]
    return _side(evaluation, question, [value]), _side(evaluation, question, others)


def _side(evaluation: Evaluation, question: int | None, values: Sequence[int]) -> Side:
    """Sum over some values of a question, read off the whole run where that keeps it last.

    Otherwise it is read off a run in which the question's table has these values only. Next to a
    value that is more than 1e200 times as likely, products for the others would lose their digits;
    with every other value masked wherever it stands they are rescaled by themselves.
    """
    masses, scale = evaluation.marginal(question)
    structure, tape = evaluation.structure, evaluation.tape
    network = structure.network
    mine, total = math.fsum(masses[v] for v in values), math.fsum(masses)
    seed = tuple(float(v in values) for v in range(len(masses)))
    is_root = question in (None, structure.question)
    if mine > _RULED_OUT * total and is_root:
        return Side(math.log(mine) + scale, tape, mine, {}, seed)
    place = structure.question if question is None else question
    own = next(slot for slot, each in network.question_slots if each == place)
    (variable,) = network.scopes[own]
    ones = (1.0,) * len(tape.result)
    if mine > _RULED_OUT * total:
        masks = {own: seed}
        changes = {own: tuple(map(mul, evaluation.tables[own], seed))}
        mine_there = mine / total * math.fsum(tape.result)
        return Side(math.log(mine) + scale, tape, mine_there, changes, ones, masks)
    masks = {
        slot: _mask(network, scope, variable, values)
        for slot, scope in enumerate(network.scopes)
        if variable in scope
    }
    tables = [
        tuple(map(mul, table, masks[slot])) if slot in masks else table
        for slot, table in enumerate(evaluation.tables)
    ]
    apart = network.plan.forward(tables)
    return Side(apart.log_total, apart, 0.0, {}, seed if is_root else ones, masks, True)


def _mask(
    network: Network, scope: tuple[int, ...], variable: int, values: Sequence[int]
) -> tuple[float, ...]:
    """1 for the entries of a table at which a variable has one of some values, 0 for others."""
    sizes = [network.sizes[each] for each in scope]
    after = math.prod(sizes[scope.index(variable) + 1 :])
    size = network.sizes[variable]
    return tuple(float(place // after % size in values) for place in range(math.prod(sizes)))


def _estimated(evaluation: Evaluation, value: int, effort: float) -> PartitionSums:
    network = evaluation.structure.network
    found = gibbs(network, evaluation.tables, value, evaluation.seed, effort=effort)
    if found is None:
        raise ImpossibleEvidence(each.id for each in evaluation.story.statements if each.in_hand)
    chains = tuple(_read_off(each) for each in found.chains)
    whole = _read_off(found)
    error = found.standard_error
    return attrs.evolve(whole, standard_error=error, chains=chains, kept=found.kept)


def _read_off(found: Averages) -> PartitionSums:
    return PartitionSums(
        found.probability,
        _log_ratio(found.probability, found.rest),
        Side(0.0, is_apart=True, found=found.value_flows),
        Side(0.0, is_apart=True, found=found.rest_flows),
    )


def log_odds_of(
    evaluation: Evaluation, value: int, *, question: int | None = None, effort: float = 1.0
) -> float | None:
    """The natural log-odds of a value; `None` where what is in hand is impossible.

    The question and `effort` are those of `sums_of`.
    """
    network = evaluation.structure.network
    if not network.is_exact:
        found = gibbs(
            network, evaluation.tables, value, evaluation.seed, with_flows=False, effort=effort
        )
        return None if found is None else _log_ratio(found.probability, found.rest)
    mine, rest = _sides(evaluation, value, question)
    return _difference(mine.log, rest.log)


def _difference(mine: float, rest: float) -> float | None:
    return None if mine == rest == -math.inf else mine - rest


def _expit(x: float) -> float:
    if x > 36.0:
        return 1.0 if math.isinf(x) else 1.0 - 2.0**-53  # which alone is certain
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


# How the answer moves with each uncertain number, and the weight of every statement in hand.
#
# The flat and predictive priors f and m, the bundles' values K, the discounts and the order in which
# voices stand are constants in every derivative (model 4); theta alone moves the discounts.


def shifts_of(evaluation: Evaluation, sums: PartitionSums) -> tuple[Shift, ...]:
    """How the log-odds of the answer respond to every number with any uncertainty (model 4)."""
    return (
        *_source_shifts(evaluation, sums),
        *_skill_shifts(evaluation, sums),
        *_prior_shifts(evaluation, sums),
        *_lineage_shifts(evaluation, sums),
    )


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return float(sum(map(mul, a, b)))


def _both(a: Pairs, b: Table) -> complex:
    return complex(sum(map(mul, a, b)))


Flows = tuple[float, float]
"""The derivatives of the logarithms of the two sums, value and rest, by one number."""


def _by_strength(evaluation: Evaluation, sums: PartitionSums, term: StatementTable) -> Flows:
    """By the chance of passing on what is tracked, given the branch of the table."""
    found = _both(sums.pairs[term.slot], evaluation.slope(term))
    return found.real, found.imag


def _by_state(evaluation: Evaluation, sums: PartitionSums, number: int) -> Flows:
    """By P(track) of one state."""
    network = evaluation.structure.network
    slot = network.state_slots[number]
    if slot is not None:
        tracks, own = sums.pairs[slot]
        return tracks.real - own.real, tracks.imag - own.imag
    # A state with one statement is folded into that statement's table.
    (index,) = network.states[number].statements
    term = network.term_of[index]
    return _scaled(_by_strength(evaluation, sums, term), evaluation.strengths[index])


def _scaled(flows: Flows, by: float) -> Flows:
    return flows[0] * by, flows[1] * by


def _source_shifts(evaluation: Evaluation, sums: PartitionSums) -> Iterator[Shift]:
    """By reliability, access and passing-on, through the states that hang on each."""
    story, network = evaluation.story, evaluation.structure.network
    states: dict[tuple[int, bool], list[int]] = {}
    for number, state in enumerate(network.states):
        states.setdefault((state.witness, state.relays), []).append(number)
    for (index, relays), numbers in sorted(states.items()):
        witness = story.witnesses[index]
        if relays:
            numbered = [("passing-on", witness.passing_on, 1.0)]
        elif witness.reliability is None:
            continue
        else:
            numbered = [
                ("reliability", witness.reliability, witness.access.mean),
                ("access", witness.access, witness.reliability.mean),
            ]
        for kind, degree, by in numbered:
            if degree.variance > 0.0:
                yield _tracking_shift(evaluation, sums, Parameter(kind, index), degree, by, numbers)


def _tracking_shift(
    evaluation: Evaluation,
    sums: PartitionSums,
    parameter: Parameter,
    degree: Degree,
    by: float,
    numbers: Sequence[int],
) -> Shift:
    parts = [
        (
            _by_state(evaluation, sums, number),
            evaluation.trackings[number],
            (by, interest_of(evaluation.story, state.statements)),
        )
        for number in numbers
        for state in (evaluation.structure.network.states[number],)
    ]
    if len(parts) == 1:
        ((flows, at, chance),) = parts
        return linear_shift(parameter, degree, flows, at, chance)
    return summed_shift(parameter, degree, parts)


def _skill_shifts(evaluation: Evaluation, sums: PartitionSums) -> Iterator[Shift]:
    story, structure = evaluation.story, evaluation.structure
    for term in structure.network.terms:
        statement = story.statements[term.statement]
        if statement.skill.variance == 0.0 or term.silent:
            continue
        by = statement.commitment * evaluation.discounts[term.statement]
        if term.branch == "folded":
            by *= evaluation.trackings[term.state]
        flows = _scaled(_by_strength(evaluation, sums, term), by)
        kind = "competence" if statement.cites is None else "fidelity"
        parameter = Parameter(kind, term.statement)
        yield linear_shift(parameter, statement.skill, flows, statement.skill.mean)


def _prior_shifts(evaluation: Evaluation, sums: PartitionSums) -> Iterator[Shift]:
    """By the priors: exactly where both sums are linear in one, else to first order in its mean."""
    priors = evaluation.priors
    slots = {index: slot for slot, index in evaluation.structure.network.question_slots}
    for index, question in enumerate(evaluation.story.questions):
        if question.prior is None or math.isinf(question.strength):
            continue
        parameter, degree = Parameter("prior", index), Degree(question.prior[0], question.strength)
        if degree.variance == 0.0:
            continue
        if is_linear_in(priors, index):
            flows = _exact(evaluation, sums, slots[index], degree.mean)
            yield linear_shift(parameter, degree, flows, degree.mean)
            continue
        moved = responses_of_potentials(evaluation.story, priors, index)
        yield linear_shift(parameter, degree, _fitted(evaluation, sums, slots, moved), degree.mean)


def _fitted(
    evaluation: Evaluation,
    sums: PartitionSums,
    slots: Mapping[int, int],
    moved: Mapping[tuple[int, int], float],
) -> Flows:
    """The derivatives of both sums, as shares of all that could have been, by a fitted mean."""
    # The table, unlike the potential, is 0 where the question has been resolved.
    entries = [
        (slots[q], value, by * evaluation.tables[slots[q]][value])
        for (q, value), by in moved.items()
    ]
    whole = math.fsum(by * evaluation.priors.stated[q][value] for (q, value), by in moved.items())
    for_it = math.fsum(by * sums.pairs[slot][value].real for slot, value, by in entries)
    against = math.fsum(by * sums.pairs[slot][value].imag for slot, value, by in entries)
    return for_it - whole, against - whole


def _exact(evaluation: Evaluation, sums: PartitionSums, slot: int, mean: float) -> Flows:
    table = evaluation.tables[slot]
    first, second = table[0] / mean, -table[1] / (1.0 - mean)
    found = _both(sums.pairs[slot], (first, second))
    return found.real, found.imag


def _lineage_shifts(evaluation: Evaluation, sums: PartitionSums) -> Iterator[Shift]:
    """By theta, a number for each question: log theta moves every g by g (1 - g) (model 2.9, 4)."""
    network = evaluation.structure.network
    slopes: dict[int, float] = {}
    for line in evaluation.lines:
        for index in line.statements:
            g = evaluation.discounts[index]
            if not 0.0 < g < 1.0:
                continue
            term = network.term_of[index]
            value, rest = _by_strength(evaluation, sums, term)
            by = evaluation.strengths[index] * (1.0 - g)
            if term.branch == "folded":
                by *= evaluation.trackings[term.state]
            slopes[line.question] = slopes.get(line.question, 0.0) + (value - rest) * by
    for question, slope in slopes.items():
        yield normal_shift(Parameter("lineage", question), abs(slope) * THETA_SPREAD)


def statement_weight(evaluation: Evaluation, sums: PartitionSums, index: int) -> float | None:
    """The bits that one statement in hand adds, everything else being heard.

    log2 odds of the answer less log2 odds with the statement's table replaced by ones and its
    bundle's value by that of the bundle without it. `None` where the rest is impossible.
    """
    term = evaluation.structure.network.term_of[index]
    ratio = _bundle_ratio(evaluation, index) if term.bundled else 1.0
    if ratio is None:
        return None
    entries: Table = term.unheard()
    if term.bundled:
        half = len(entries) // 2
        own = ratio * evaluation.shares[index]
        entries = [*entries[:half], *(own * each for each in entries[half:])]
    both = _both(sums.pairs[term.slot], entries)
    for_value, for_rest = both.real, both.imag
    if for_value <= 0.0 or for_rest <= 0.0:
        return None
    # The flows are relative to the totals with the statement heard, so the odds cancel.
    return math.log2(for_rest) - math.log2(for_value)


def _bundle_ratio(evaluation: Evaluation, index: int) -> float | None:
    """The value of a statement's bundle without it, over its value with it."""
    number = evaluation.structure.bundle_of[index]
    if math.isinf(evaluation.bundle_logs[number]):
        return None
    term = evaluation.structure.bundles[number].network.term_of[index]
    flow = evaluation.totals[number].flows[term.slot]
    return _dot(flow, term.unheard())


def track_probability(
    evaluation: Evaluation, flow_of: Callable[[int], Table], number: int
) -> float:
    """P(a state tracks | everything in hand), from the flow of every slot."""
    network = evaluation.structure.network
    t = evaluation.trackings[number]
    slot = network.state_slots[number]
    if slot is not None:
        flow = flow_of(slot)
        tracks, own = t * flow[0], (1.0 - t) * flow[1]
        return tracks / (tracks + own)
    (index,) = network.states[number].statements
    term = network.term_of[index]
    table, slope = evaluation.tables[term.slot], evaluation.slope(term)
    # The folded table is own + t s slope, so the tracking part of it is own + s slope.
    strength = evaluation.strengths[index]
    flow = flow_of(term.slot)
    whole = _dot(flow, table)
    tracks = whole + (1.0 - t) * strength * _dot(flow, slope)
    return t * tracks / whole
