"""Responses: the answer as a function of one source's reliability."""

from __future__ import annotations

import math
from collections.abc import Callable

import attrs

from provenance.assessment.what_if import EFFORT, Questioned
from provenance.bounds import affordable
from provenance.graph import Story, Witness
from provenance.inference import (
    Evaluation,
    PartitionSums,
    Response,
    StatementTable,
    Table,
    interest_of,
    sums_of,
    tracking,
)
from provenance.scales import Degree, passing_on

__all__ = [
    "Response",
    "is_linear",
    "lines_of",
    "replays_fit",
    "response_of",
    "sum_of_products",
    "table_of",
    "with_reliability",
]


_POINTS = 30  # replays that a curve may take
_SHARE = 4  # the part of what is left of a budget that one source may take
_FILLING = 100  # operations for a statement


def response_of(
    asked: Questioned, witness: int, *, replays: bool | None = None
) -> Callable[[float], Response | None]:
    """The answer as a function of one source's reliability, known exactly.

    The function gives `None` where what we have cannot all be said. It is read off the
    derivatives of one pass where the source's own chance of tracking is all that moves, and replays
    the story otherwise; both are exact. A simulated answer is read off the derivatives always, what
    others were expected to say staying as it is: every replay would be a simulation of its own. So is
    one of which the budget does not cover the replays; whoever asks for many sources says so with
    `replays`.
    """
    if not asked.evaluation.is_exact:
        return _simulated(asked, witness)
    if is_linear(asked, witness):
        return _linear(asked, asked.evaluation, asked.sums, witness)
    if not (replays_fit(asked) if replays is None else replays):
        return _simulated(asked, witness)

    return lambda reliability: asked.judgements.judged(witness, _at(asked, witness, reliability))


def replays_fit(asked: Questioned, times: int = _POINTS, share: int = _SHARE) -> bool:
    """Whether a part of what is left of the budget covers so many replays of the story.

    Where it does not, the answer is read off as one that is simulated is.
    """
    if not asked.structure.network.is_exact:
        return False
    left = affordable()
    each = 3 * asked.structure.network.plan.operations + _FILLING * len(asked.story.statements)
    return left is None or times * each <= left // share


def table_of(
    evaluation: Evaluation,
    term: StatementTable,
    *,
    tracking: float | None = None,
    voice: float | None = None,
) -> Table:
    """A statement's table with another chance of tracking, or of being the same voice as another."""
    statement = evaluation.story.statements[term.statement]
    table: Table = term.table(
        evaluation.trackings[term.state] if tracking is None else tracking,
        evaluation.strengths[term.statement],
        evaluation.priors.flat[statement.question]
        if statement.cites is None
        else evaluation.predictive[statement.cites],
        statement.voice_probability if voice is None else voice,
        evaluation.shares.get(term.statement, 1.0),
        statement.silence,
    )
    return table


def is_linear(asked: Questioned, witness: int) -> bool:
    """Whether the two sums behind the answer are linear in one source's chance of tracking.

    They are where the source has one state, what others were expected to say does not depend on it,
    no other source's own story does, and nobody stands in line behind it or before it.
    """
    story, structure = asked.story, asked.structure
    states = [structure.network.states[number] for number in asked.states_of.get(witness, ())]
    if len(states) != 1 or not asked.evaluation.is_exact or asked.sums.is_certain:
        return False
    lines = asked.evaluation.lines
    if witness in asked.in_line:
        return False
    # A relay's grade decides how strongly voices reach us, and so their order; a source that was
    # never judged would take its place among them.
    unjudged = story.witnesses[witness].reliability is None
    if (lines and states[0].relays) or (unjudged and not states[0].relays):
        return False
    priors = asked.evaluation.priors
    used = asked.relied_on
    for index in states[0].statements:
        q = story.statements[index].question
        same = all(
            math.isclose(a, b, abs_tol=1e-15)
            for a, b in zip(priors.stated[q], priors.flat[q], strict=True)
        )
        if story.statements[index].cites is None and index in used and not same:
            return False
    return not any(
        story.statements[term.statement].witness == witness and term.branch != "tracks"
        for bundle in structure.bundles
        for term in bundle.network.terms
    )


def _simulated(asked: Questioned, witness: int) -> Callable[[float], Response | None]:
    """Read off the simulated answer; off another one where the source never tracks, or always.

    An exact answer tells that too.

    What a source reports of its own and what it passes on are two states. Each is moved by itself
    and the effects are multiplied, as if the two were independent once the answer is known.
    """
    evaluation, sums = asked.evaluation, asked.sums
    states = asked.states_of.get(witness, ())
    is_told = evaluation.is_exact or all(0.0 < evaluation.trackings[n] < 1.0 for n in states)
    if not is_told:
        evaluation = asked.evaluated(with_reliability(asked, witness, 0.5))
        sums = sums_of(evaluation, asked.place.value, effort=EFFORT)
    if sums.is_certain:
        same = Response(sums.log_odds, 0.0)
        return lambda reliability: same
    return _linear(asked, evaluation, sums, witness)


def with_reliability(asked: Questioned, witness: int, reliability: float) -> Story:
    """A story in which one source is exactly so reliable, and passes on accordingly."""
    witnesses = list(asked.story.witnesses)
    witnesses[witness] = _at(asked, witness, reliability)
    return attrs.evolve(asked.story, witnesses=tuple(witnesses))


def _at(asked: Questioned, witness: int, reliability: float) -> Witness:
    """A source that is exactly so reliable; what it passes on follows unless that is stated."""
    old = asked.story.witnesses[witness]
    exact = Degree(reliability)
    stated = old.id in asked.says_how_it_passes_on
    return attrs.evolve(
        old, reliability=exact, passing_on=old.passing_on if stated else passing_on(exact)
    )


def lines_of(evaluation: Evaluation, sums: PartitionSums, number: int) -> list[tuple[float, float]]:
    """The sums for and against the answer, relative to now, if a state tracks and if it does not.

    The sums are linear in its chance of tracking.
    """
    network = evaluation.structure.network
    slot = network.state_slots[number]
    if slot is not None:
        # The state's own table is (t, 1 - t).
        return [(flows[slot][0], flows[slot][1]) for flows in (sums.value_flows, sums.rest_flows)]
    (index,) = network.states[number].statements
    term = network.term_of[index]
    tracks, own = (table_of(evaluation, term, tracking=sure) for sure in (1.0, 0.0))
    return [
        (sum_of_products(flows[term.slot], tracks), sum_of_products(flows[term.slot], own))
        for flows in (sums.value_flows, sums.rest_flows)
    ]


def sum_of_products(one: Table, other: Table) -> float:
    """The sum of the products of two tables' entries."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def _linear(
    asked: Questioned, evaluation: Evaluation, sums: PartitionSums, witness: int
) -> Callable[[float], Response | None]:
    states = evaluation.structure.network.states
    own_states = [
        (
            states[number].relays,
            interest_of(evaluation.story, states[number].statements),
            lines_of(evaluation, sums, number),
        )
        for number in asked.states_of.get(witness, ())
    ]

    def read_off(reliability: float) -> Response | None:
        source = _at(asked, witness, reliability)
        value = rest = 1.0
        for relays, ratio, (of_value, of_rest) in own_states:
            new = tracking(source, relays, ratio)
            value *= max(0.0, new * of_value[0] + (1.0 - new) * of_value[1])
            rest *= max(0.0, new * of_rest[0] + (1.0 - new) * of_rest[1])
        if value == rest == 0.0:
            return None
        p = sums.probability
        log_total = math.log(p * value + (1.0 - p) * rest)
        if value == 0.0 or rest == 0.0:
            return Response(-math.inf if value == 0.0 else math.inf, log_total)
        return Response(sums.log_odds + math.log(value / rest), log_total)

    return read_off
