"""Credibility as the Admiralty scale has it, computed from the answer and the routes behind it."""

from __future__ import annotations

from typing import Literal

from provenance.graph import Lineage
from provenance.graph.story import Story
from provenance.inference import Answer

__all__ = ["Credibility", "credibility_of", "has_judged_evidence"]

Credibility = Literal["1", "2", "3", "4", "5", "6"]

_CUTS: tuple[tuple[float, Credibility], ...] = ((0.6, "2"), (0.4, "3"), (0.2, "4"))


def credibility_of(answer: Answer, lineage: Lineage) -> Credibility:
    """The grade of the information, "1" confirmed to "5" improbable; "6" cannot be judged.

    "1" needs a probability of .8 and two judged origins of known lineage whose routes share no
    source; without that certainty it is "2". The cut-offs are .6, .4 and .2, after rounding to 9
    places. STANAG 2511 tells 1 from 2 by the independence of sources.
    """
    if not has_judged_evidence(answer.evaluation.story):
        return "6"
    probability = round(answer.probability, 9)
    if probability >= 0.8 and lineage.has_separate_routes:
        return "1"
    return next((grade for cut, grade in _CUTS if probability >= cut), "5")


def has_judged_evidence(story: Story) -> bool:
    """Whether anything bears on the story but what only unjudged sources say or pass on."""
    if story.resolved:
        return True
    judged: list[bool] = []
    for statement in story.statements:
        known = story.witnesses[statement.witness].reliability is not None
        judged.append(known and (statement.cites is None or judged[statement.cites]))
    return any(
        known and statement.in_hand
        for known, statement in zip(judged, story.statements, strict=True)
    )
