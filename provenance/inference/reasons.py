"""The weight of every origin: how far the answer moves when all that one source says is left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import attrs

from provenance.graph.story import Story
from provenance.inference.answer import Answer, log_odds
from provenance.inference.elimination import Plan, Table
from provenance.inference.evaluation import Evaluation
from provenance.inference.priors import components
from provenance.inference.sums import Sums

__all__ = ["Reason", "origin_groups", "reasons_of"]


@attrs.frozen
class Reason:
    """What all own statements of one source, or of voices that may be one, add together."""

    witnesses: tuple[int, ...]
    """The sources left out together."""
    statements: tuple[int, ...]
    """Their origin statements."""
    bits: float | None
    """log2 odds of the answer less log2 odds without them; `None` where the rest is impossible."""


def reasons_of(answer: Answer) -> tuple[Reason, ...]:
    """The weight of every origin: log2 odds of the answer less log2 odds of the story without it.

    Weights of origins overlap and need not add up. Cost: a few small tables for an origin whose
    relays are shared with no other origin, otherwise one more elimination of the whole story.
    """
    story = answer.evaluation.story
    groups = origin_groups(story, answer.place.question)
    if answer.sums.is_certain:
        return groups
    voices = _voiced(story)
    found: list[Reason] = []
    for group in groups:
        dropped = _dropped(story, group.statements)
        change = _branch_change(answer.evaluation, answer.sums, dropped, voices)
        if change is None:
            rest = log_odds(
                story.without(group.statements),
                answer.place,
                answer.evaluation.structure.coupling,
                seed=answer.evaluation.seed,
            )
            change = None if rest is None else answer.sums.log_odds - rest
        finite = change is not None and math.isfinite(change)
        found.append(attrs.evolve(group, bits=change / math.log(2.0) if finite else None))  # type: ignore[operator]
    return tuple(found)


def origin_groups(story: Story, question: int) -> tuple[Reason, ...]:
    """The sources that speak for themselves, those whose origins may be one voice together.

    Only origins about questions linked to the one asked about, in the order of first statements;
    every `bits` is still unknown.
    """
    component = components(story)
    origins = [
        index
        for index, statement in enumerate(story.statements)
        if statement.cites is None and component[statement.question] == component[question]
    ]
    parent = {story.statements[index].witness: story.statements[index].witness for index in origins}

    def root(witness: int) -> int:
        while parent[witness] != witness:
            parent[witness] = parent[parent[witness]]
            witness = parent[witness]
        return witness

    for index in origins:
        voice = story.statements[index].voice
        if voice is not None and story.statements[voice].cites is None:
            a, b = root(story.statements[index].witness), root(story.statements[voice].witness)
            parent[max(a, b)] = min(a, b)
    grouped: dict[int, list[int]] = {}
    for index in origins:
        grouped.setdefault(root(story.statements[index].witness), []).append(index)
    return tuple(
        Reason(
            tuple(sorted({story.statements[index].witness for index in indices})),
            tuple(indices),
            None,
        )
        for indices in grouped.values()
    )


def _voiced(story: Story) -> dict[int, list[int]]:
    """For every statement, those that may be the same voice as it."""
    found: dict[int, list[int]] = {}
    for index, statement in enumerate(story.statements):
        if statement.voice is not None:
            found.setdefault(statement.voice, []).append(index)
    return found


def _dropped(story: Story, origins: Sequence[int]) -> list[int]:
    """Some origins and all that relays them, directly or through others."""
    found = dict.fromkeys(origins)
    waiting = list(origins)
    while waiting:
        for listener in story.listeners[waiting.pop()]:
            if listener not in found:
                found[listener] = None
                waiting.append(listener)
    return sorted(found)


def _branch_change(
    evaluation: Evaluation, sums: Sums, dropped: Sequence[int], voices: dict[int, list[int]]
) -> float | None:
    """How far statements move the log-odds that touch the rest in one question only.

    Nothing else changes when they go, so their part of the sum can be divided out. `None` where
    they share a source's state or a voice with other statements, or speak of several questions.
    """
    network, story = evaluation.structure.network, evaluation.story
    inside = set(dropped)
    question = story.statements[dropped[0]].question
    if not _stands_alone(evaluation, inside, question, voices):
        return None
    states = sorted({network.term_of[index].state for index in dropped})
    slots = [network.term_of[index].slot for index in dropped]
    slots += [slot for number in states if (slot := network.state_slots[number]) is not None]
    asked = network.question_slots[question][0]
    message = _message(evaluation, slots, network.scopes[asked][0])
    if min(message) <= 0.0:
        return None
    prior = evaluation.tables[asked]
    without_value = _divided(prior, sums.value_flows[asked], message)
    without_rest = _divided(prior, sums.rest_flows[asked], message)
    return -math.log(without_value / without_rest)


def _stands_alone(
    evaluation: Evaluation, inside: Collection[int], question: int, voices: dict[int, list[int]]
) -> bool:
    network, story = evaluation.structure.network, evaluation.story
    if any(phantom.state in _states(evaluation, inside) for phantom in network.phantoms):
        return False
    for index in inside:
        statement = story.statements[index]
        if statement.question != question:
            return False
        if statement.voice is not None and statement.voice not in inside:
            return False
        if any(other not in inside for other in voices.get(index, ())):
            return False
        state = network.states[network.term_of[index].state]
        if any(other not in inside for other in state.statements):
            return False
    return True


def _states(evaluation: Evaluation, inside: Collection[int]) -> set[int]:
    return {evaluation.structure.network.term_of[index].state for index in inside}


def _message(evaluation: Evaluation, slots: Sequence[int], root: int) -> Table:
    """What some tables together say of one variable, everything else in them summed out."""
    network = evaluation.structure.network
    place = {root: 0}
    for slot in slots:
        for variable in network.scopes[slot]:
            place.setdefault(variable, len(place))
    sizes = [network.sizes[variable] for variable in place]
    scopes = [tuple(place[variable] for variable in network.scopes[slot]) for slot in slots]
    tables = [evaluation.tables[slot] for slot in slots]
    # The root stands in the sum even when no table mentions it.
    plan = Plan.of(sizes, [*scopes, (0,)], 0)
    return plan.forward([*tables, (1.0,) * sizes[0]]).result


def _divided(prior: Table, flow: Table, message: Table) -> float:
    return math.fsum(p * f / m for p, f, m in zip(prior, flow, message, strict=True))
