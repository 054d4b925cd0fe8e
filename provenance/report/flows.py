"""Flows: what every statement says about the claim, and how much of the weight it carries."""

from __future__ import annotations

import math
from collections.abc import Sequence

from provenance.assessment import Assessment
from provenance.graph import Place, Story

__all__ = ["carried", "origins_of", "signs"]


def origins_of(story: Story) -> list[int]:
    """For every statement, the origin at the far end of its citations."""
    found: list[int] = []
    for index, statement in enumerate(story.statements):
        found.append(index if statement.cites is None else found[statement.cites])
    return found


def signs(assessment: Assessment) -> list[int]:
    """For every statement, +1 if it speaks for the claim, -1 if against it, 0 if neither or both."""
    story = assessment.answer.evaluation.story
    towards = assessment.graph.bearings.towards(assessment.claim)
    places = assessment.graph.bearings.matters.places
    asked = [
        next(places[claim].question for claim in question.values if claim is not None)
        for question in story.questions
    ]
    found = []
    for statement in story.statements:
        sign = sum(towards.get(Place(asked[statement.question], statement.value), ()))
        found.append(sign if statement.affirms else -sign)
    return found


def carried(assessment: Assessment) -> list[float]:
    """For every statement the weight that passes through it, in bits, at or above 0.

    The weight of an origin is shared out over the statements in hand that go back to it, in
    proportion to what each adds by itself, evenly where none adds anything; what is hidden carries
    what reaches us through it. An origin without which the rest is impossible counts as the
    heaviest of the others, or as one bit.
    """
    story = assessment.answer.evaluation.story
    found = _at_the_ends(assessment, story)
    for index in range(len(found) - 1, -1, -1):
        cited = story.statements[index].cites
        if cited is not None:
            found[cited] += found[index]
    return found


def _at_the_ends(assessment: Assessment, story: Story) -> list[float]:
    alone = {each.attribution: each.bits for each in assessment.statements}
    reason_of = {
        statement: number
        for number, reason in enumerate(assessment.reasons)
        for statement in reason.statements
    }
    ends: dict[int | None, list[int]] = {}
    origins = origins_of(story)
    for index, statement in enumerate(story.statements):
        if statement.in_hand:
            reason = reason_of.get(story.statements[origins[index]].id)
            ends.setdefault(reason, []).append(index)
    found = [0.0] * len(story.statements)
    totals = _totals(assessment)
    for number, members in ends.items():
        weights = [alone.get(story.statements[index].id, 0.0) for index in members]
        total = totals[number] if number is not None else 0.0
        for index, share in zip(members, _shares(weights), strict=True):
            found[index] = total * share
    return found


def _totals(assessment: Assessment) -> list[float]:
    known = [abs(reason.bits) for reason in assessment.reasons if reason.bits is not None]
    most = max(known, default=1.0) or 1.0
    return [most if reason.bits is None else abs(reason.bits) for reason in assessment.reasons]


def _shares(weights: Sequence[float | None]) -> list[float]:
    """How a total is shared out in proportion to some weights; `None` outweighs every number."""
    if any(weight is None for weight in weights):
        sizes = [float(weight is None) for weight in weights]
    else:
        sizes = [abs(weight or 0.0) for weight in weights]
    total = math.fsum(sizes)
    if total < 1e-12:
        return [1.0 / len(sizes)] * len(sizes)
    return [size / total for size in sizes]
