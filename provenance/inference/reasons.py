"""The weight of every origin: how far the answer moves when all that one source says is left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

import attrs

from provenance.inference.answer import Answer, aside, log_odds
from provenance.inference.branches import Branch, OriginGroup, message
from provenance.inference.elimination import Table
from provenance.inference.evaluation import Bundle, Evaluation
from provenance.inference.states import interest_of, tracking

__all__ = ["Reason", "reasons_of"]

_MOST_SIMULATED = 12


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

    Weights of origins overlap and need not add up. Where leaving an origin out changes only its own
    branch of the network and the numbers of the sources that relay it, its part of the sum is
    divided out, at the cost of a few small tables; otherwise the story is weighed again without
    it. A simulated answer is weighed again for the weightiest origins only; the rest are left out.
    """
    structure = answer.evaluation.structure
    rerun = _rerun(answer)
    found: list[Reason] = []
    for group, branch in zip(structure.groups, structure.branches, strict=True):
        change = None
        if not answer.sums.is_certain:
            change = None if branch is None else _branch_change(answer, group, branch)
            if change is None:
                if group not in rerun:
                    continue
                change = _rerun_change(answer, group)
        bits = None if change is None or not math.isfinite(change) else change / math.log(2.0)
        found.append(Reason(group.witnesses, group.statements, bits))
    return tuple(found)


def _rerun(answer: Answer) -> frozenset[OriginGroup]:
    """The groups that may be weighed by rerunning: all, or a few where each takes a simulation."""
    groups = answer.evaluation.structure.groups
    if answer.evaluation.is_exact or len(groups) <= _MOST_SIMULATED:
        return frozenset(groups)
    bits = {index: abs(each) for index, each in answer.weights if each is not None}
    weightiest = sorted(
        groups, key=lambda group: -sum(bits.get(index, 0.0) for index in group.dropped)
    )
    return frozenset(weightiest[:_MOST_SIMULATED])


def _rerun_change(answer: Answer, group: OriginGroup) -> float | None:
    evaluation = answer.evaluation
    rest = log_odds(
        evaluation.story.without(group.statements),
        answer.place,
        evaluation.structure.coupling,
        seed=evaluation.seed,
        effort=aside(min(_MOST_SIMULATED, len(evaluation.structure.groups))),
    )
    return None if rest is None else answer.sums.log_odds - rest


def _branch_change(answer: Answer, group: OriginGroup, branch: Branch) -> float | None:
    """The change of the log-odds, by dividing a branch out; `None` where that cannot be done."""
    evaluation, sums = answer.evaluation, answer.sums
    network = evaluation.structure.network
    heard = message(network, evaluation.tables, branch)
    if heard is None or min(heard) <= 0.0:
        return None
    factors = _outlet_factors(evaluation, group, branch)
    entries = [factor / each for factor, each in zip(factors, heard, strict=True)]
    prior = evaluation.tables[branch.probe]
    value = _mass(prior, sums.value_flows[branch.probe], entries)
    rest = _mass(prior, sums.rest_flows[branch.probe], entries)
    return math.log(rest) - math.log(value) if value > 0.0 and rest > 0.0 else None


def _mass(prior: Table, flow: Table, entries: Sequence[float]) -> float:
    return math.fsum(p * f * e for p, f, e in zip(prior, flow, entries, strict=True))


def _outlet_factors(
    evaluation: Evaluation, group: OriginGroup, branch: Branch
) -> Iterator[float] | list[float]:
    """For every entry over the boundary, by how much the states of outlets change."""
    network = evaluation.structure.network
    axes: dict[int, tuple[float, float]] = {}
    for number in branch.outlets:
        slot = network.state_slots[number]
        assert slot is not None
        axes[network.scopes[slot][0]] = _outlet_change(evaluation, group, number)
    ranges = [axes.get(v, (1.0,) * network.sizes[v]) for v in branch.boundary]
    return [math.prod(each) for each in product(*ranges)]


def _outlet_change(evaluation: Evaluation, group: OriginGroup, number: int) -> tuple[float, float]:
    """By how much "tracks" and "tells its own story" change for an outlet that loses statements."""
    structure, story = evaluation.structure, evaluation.story
    inside = set(group.dropped)
    state = structure.network.states[number]
    kept = [index for index in state.statements if index not in inside]
    before = evaluation.trackings[number]
    after = tracking(story.witnesses[state.witness], interest_of(story, kept))
    own = 1.0 if before == 1.0 else (1.0 - after) / (1.0 - before)
    for place, bundle in enumerate(structure.bundles):
        if bundle.state == number and not inside.isdisjoint(bundle.statements):
            own *= math.exp(_bundle_change(evaluation, group, bundle, place))
    return (after / before if before > 0.0 else 1.0), own


def _bundle_change(evaluation: Evaluation, group: OriginGroup, bundle: Bundle, place: int) -> float:
    """The logarithm of what the rest of a bundle is worth, over the shares that it keeps."""
    inside = set(group.dropped)
    kept = [index for index in bundle.statements if index not in inside]
    log = evaluation.bundle_logs[place]
    shares = log * len(kept) / len(bundle.statements)
    twig = bundle.branches.get(group.statements)
    if kept and twig is not None:
        total = evaluation.totals[place]
        heard = message(bundle.network, total.tables, twig)
        if heard is not None and min(heard) > 0.0:
            entries = [1.0 / each for each in heard]
            prior, flow = total.tables[twig.probe], total.flows[twig.probe]
            return log + math.log(_mass(prior, flow, entries)) - shares
    return evaluation.bundle_log(bundle, kept) - shares
