"""What an assessment is made of: intervals, reasons, doubts, trusts, caveats, credibility."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

import attrs

from provenance.graph import Lineage, Story
from provenance.inference import Answer, reasons_of

__all__ = [
    "BESIDES",
    "AtPrior",
    "Caveat",
    "CaveatKind",
    "Confidence",
    "Credibility",
    "Doubt",
    "Fact",
    "Interval",
    "Level",
    "Reason",
    "SourceTrust",
    "StatementWeight",
    "credibility_of",
    "has_judged_evidence",
    "reasons_in_order",
    "strength",
    "weight_besides",
]

Level = Literal["low", "moderate", "high"]


CaveatKind = Literal[
    "impossible",
    "refused",
    "empty",
    "approximate",
    "draft",
    "no-judged-evidence",
    "unheard",
    "circular",
    "self-contradiction",
    "denial-as-claim",
    "rival-claims",
    "coarser-claim",
    "backwards",
    "outlet-as-witness",
    "single-origin",
    "echo",
    "one-outlet",
    "unknown-lineage",
    "many-voices",
    "independence-assumed",
    "hidden-by-default",
    "unjudged",
    "unjudged-relay",
    "prior-not-stated",
    "prior-decides",
    "rare-prior",
    "gate",
    "void-gate",
    "retracted",
    "undated",
    "relay-before-original",
    "future-date",
    "withdrawn-early",
    "no-commitment",
    "misplaced-hedge",
    "reporters-word",
    "denial-of-negation",
    "lookalike",
    "unused",
    "idle-interest",
    "idle-gate",
    "idle-silence",
]
"""Every kind of caveat and weakness, what stops an answer first; part of the contract."""


@attrs.frozen
class Interval:
    """A range of probabilities that covers the answer with 90 % belief.

    >>> Interval(0.06, 0.54).width
    0.48000000000000004
    """

    low: float
    """The lower end, in [0, 1]."""
    high: float
    """The upper end, in [0, 1]."""

    @property
    def width(self) -> float:
        """The distance between the ends."""
        return self.high - self.low

    def __contains__(self, probability: float) -> bool:
        return self.low <= probability <= self.high


@attrs.frozen
class Reason:
    """What all that one origin says for itself does to the answer."""

    source: str
    """The source; several, joined by " + ", where their origins may be one voice."""
    bits: float | None
    """log2 odds of the answer less log2 odds without it; `None` where the rest is impossible."""
    statements: tuple[str, ...]
    """The ids of its own statements."""
    sources: tuple[str, ...]
    """The sources one by one."""


@attrs.frozen
class StatementWeight:
    """What one statement that we have adds, everything else being heard and counted as it is now.

    Voices that may have it from this one keep their discount here. The weight of an origin is found
    in the case without that origin, in which the next of them counts whole (model 4).
    """

    attribution: str
    """The attribution's id, or `id>cited` for one of several citations."""
    bits: float | None
    """Its weight in bits; `None` where the rest is impossible."""


@attrs.frozen
class AtPrior:
    """The answer from another prior, on the same evidence."""

    prior: float
    """The prior of the claim."""
    probability: float
    """The probability from there."""


@attrs.frozen
class Doubt:
    """The share of one uncertain number in the width of the interval."""

    about: str
    """The number: `reliability:ID`, `access:ID`, `passing-on:ID`, `competence:ID`, `fidelity:ID`,
    `prior:ID` or `lineage:QUESTION`."""
    share: float
    """Its share, in (0, 1]; all shares sum to 1."""


@attrs.frozen
class SourceTrust:
    """How far one source is believed to track the truth, before and after everything is heard."""

    source: str
    """The source."""
    prior: float
    """P(tracks) before anyone is heard; 0 for a source that nobody judged."""
    posterior: float
    """P(tracks | everything that we have)."""
    attribution: str | None = None
    """The one statement it is about, where every statement has a state of its own."""


@attrs.frozen
class Caveat:
    """Something the reader of the answer should know."""

    kind: CaveatKind
    """A stable name."""
    text: str
    """The caveat as a sentence."""
    about: tuple[str, ...] = ()
    """The ids of the records it concerns."""

    def __str__(self) -> str:
        return self.text


@attrs.frozen
class Fact:
    """One fact of the case that confidence depends on."""

    name: str
    """What it is."""
    value: float | bool
    """What was found."""
    allows: Level
    """The highest confidence that it leaves room for."""
    text: str
    """The fact in words."""


@attrs.frozen
class Confidence:
    """Analytic confidence: how well founded the answer is, likely or not."""

    level: Level
    """Low, moderate or high: each fact sets an upper limit, and the lowest limit counts."""
    basis: tuple[Fact, ...]
    """The facts."""
    prior_share: float
    """The share of all doubt that is about the analyst's own priors; kept apart from the level."""

    @property
    def limits(self) -> tuple[Fact, ...]:
        """The facts that keep it from being higher."""
        return tuple(fact for fact in self.basis if fact.allows == self.level != "high")

    def __str__(self) -> str:
        return self.level


_NOISE = 1e-9
"""Bits that are none."""


def reasons_in_order(answer: Answer, *, heaviest: bool = False) -> tuple[Reason, ...]:
    """What each origin adds, strongest first; those without which the rest is impossible lead.

    `heaviest` gives of many origins only the few whose statements weigh most.
    """
    story = answer.evaluation.story
    found: list[Reason] = []
    for each in reasons_of(answer, heaviest=heaviest):
        sources = tuple(story.witnesses[witness].id for witness in each.witnesses)
        statements = tuple(story.statements[index].id for index in each.statements)
        judged = any(story.witnesses[n].reliability is not None for n in each.witnesses)
        # Who is not judged has no weight, but the noise of rounding may leave some.
        bits = each.bits if judged or each.bits is None or abs(each.bits) > _NOISE else 0.0
        found.append(Reason(" + ".join(sources), bits, statements, sources))
    return tuple(sorted(found, key=lambda reason: (-strength(reason.bits), reason.source)))


def strength(bits: float | None) -> float:
    """How strong a weight is, whichever way it goes; `None`, for what settles it, is the strongest."""
    return math.inf if bits is None else abs(round(bits, 12))


Credibility = Literal["1", "2", "3", "4", "5", "6"]


_CUTS: tuple[tuple[float, Credibility], ...] = ((0.6, "2"), (0.4, "3"), (0.2, "4"))


BESIDES = 0.5
"""How many bits must be left without the origin that weighs most, for it to be no lone witness (J)."""


def weight_besides(answer: Answer, reasons: Iterable[Reason]) -> float:
    """The bits that are left on the side of the evidence without the origin that weighs most."""
    if answer.bits is None:
        return math.inf
    side = math.copysign(1.0, answer.bits)
    most = max((side * each.bits for each in reasons if each.bits is not None), default=0.0)
    return max(0.0, abs(answer.bits) - max(0.0, most))


def credibility_of(answer: Answer, lineage: Lineage, reasons: Iterable[Reason]) -> Credibility:
    """The grade of the information, "1" confirmed to "5" improbable; "6" not judged.

    "1" needs a probability of .8 and two established judged origins whose routes share no
    source, and where the evidence is for the claim, half a bit of it that does not hang on the
    origin that weighs most; without that certainty it is "2". The cut-offs are .6, .4 and .2, after rounding to 9
    places. STANAG 2511 tells 1 from 2 by the independence of sources.
    """
    if not has_judged_evidence(answer.evaluation.story):
        return "6"
    probability = round(answer.probability, 9)
    if probability >= 0.8 and lineage.has_separate_routes:
        against = answer.bits is not None and answer.bits <= 0.0
        return "1" if against or round(weight_besides(answer, reasons), 9) >= BESIDES else "2"
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
