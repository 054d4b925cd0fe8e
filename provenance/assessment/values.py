"""What an assessment is made of: intervals, reasons, doubts, trusts and caveats."""

from __future__ import annotations

from typing import Literal

import attrs

__all__ = [
    "Caveat",
    "CaveatKind",
    "Confidence",
    "Doubt",
    "Fact",
    "Interval",
    "Level",
    "Reason",
    "SourceTrust",
    "StatementWeight",
]

Level = Literal["low", "moderate", "high"]
CaveatKind = Literal[
    "approximate",
    "circular",
    "no-judged-evidence",
    "one-outlet",
    "prior-not-stated",
    "retracted",
    "single-origin",
    "undated",
    "unjudged",
    "unknown-lineage",
]


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
    """What one statement in hand adds, everything else being heard."""

    attribution: str
    """The attribution's id, or `id>cited` for one of several citations."""
    bits: float | None
    """Its weight in bits; `None` where the rest is impossible."""


@attrs.frozen
class Doubt:
    """The share of one uncertain number in the width of the interval."""

    about: str
    """The number: `reliability:ID`, `access:ID`, `competence:ID`, `fidelity:ID` or `prior:ID`."""
    share: float
    """Its share, in (0, 1]; all shares sum to 1."""


@attrs.frozen
class SourceTrust:
    """How far one source is believed to track what is so, before and after everything is heard."""

    source: str
    """The source."""
    prior: float
    """P(tracks) before anyone is heard; 0 for a source that cannot be judged."""
    posterior: float
    """P(tracks | everything in hand)."""
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
    """Analytic confidence: how well founded the answer is, whatever its probability."""

    level: Level
    """The lowest level that any fact allows."""
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
