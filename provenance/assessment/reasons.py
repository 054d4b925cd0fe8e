"""Reasons: what each origin adds to an answer, in the terms of the case."""

from __future__ import annotations

import math

from provenance.assessment.values import Reason
from provenance.inference import Answer, reasons_of

__all__ = ["reasons_in_order", "strength"]


def reasons_in_order(answer: Answer) -> tuple[Reason, ...]:
    """What each origin adds, strongest first; those without which the rest is impossible lead."""
    story = answer.evaluation.story
    found: list[Reason] = []
    for each in reasons_of(answer):
        sources = tuple(story.witnesses[witness].id for witness in each.witnesses)
        statements = tuple(story.statements[index].id for index in each.statements)
        found.append(Reason(" + ".join(sources), each.bits, statements, sources))
    return tuple(sorted(found, key=lambda reason: (-strength(reason.bits), reason.source)))


def strength(bits: float | None) -> float:
    """How strong a weight is, whichever way it goes; `None`, for what settles it, is the strongest."""
    return math.inf if bits is None else abs(round(bits, 12))
