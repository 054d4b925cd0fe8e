"""Timelines: how an answer grew, day by day, as things became known."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import attrs

from provenance.assessment.assessment import Assessment
from provenance.assessment.caveats import named
from provenance.assessment.prose import percent
from provenance.assessment.saying import Sayings
from provenance.assessment.values import Caveat, Interval
from provenance.assessment.weighing import as_day, weigh
from provenance.graph import Graph
from provenance.inference import Coupling
from provenance.records import Case

__all__ = ["Entry", "Timeline", "timeline"]


@attrs.frozen(eq=False)
class Entry:
    """The answer as of one day, and what became known on it."""

    on: date | None
    """The day; `None` for the start, before any date."""
    arrived: tuple[str, ...]
    """The ids of the attributions said on that day; at the start, of those without a date."""
    withdrawn: tuple[str, ...]
    """The ids of the attributions withdrawn on that day."""
    settled: tuple[str, ...]
    """The ids of the claims that were settled on that day."""
    assessment: Assessment = attrs.field(repr=False)
    """The answer as of that day."""
    moved: float | None
    """log2 odds less those of the entry before, at the start less those of the prior; `None` where
    either is certain."""

    @property
    def probability(self) -> float:
        """The probability as of that day."""
        return self.assessment.probability

    @property
    def interval(self) -> Interval:
        """The 90 % interval as of that day."""
        return self.assessment.interval

    @property
    def bits(self) -> float | None:
        """The weight of all the evidence as of that day; `None` for certainties."""
        return self.assessment.bits

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "on": None if self.on is None else self.on.isoformat(),
            "arrived": list(self.arrived),
            "withdrawn": list(self.withdrawn),
            "settled": list(self.settled),
            "probability": self.probability,
            "interval": [self.interval.low, self.interval.high],
            "bits": self.bits,
            "moved": self.moved,
            "confidence": self.assessment.confidence.level,
        }


@attrs.frozen(eq=False)
class Timeline:
    """How the answer about a claim grew: the start, then every day on which something became known."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    entries: tuple[Entry, ...]
    """The start, with what has no date, then every day in order; the last is the answer of `weigh`."""

    @property
    def undated(self) -> tuple[str, ...]:
        """The ids of the attributions of which no date is known; they count from the start."""
        return self.entries[0].arrived

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What the reader of the timeline should know."""
        if not self.undated:
            return ()
        text = f"no date is known for {named(self.undated)}: counted from the start"
        return (Caveat("undated", text, self.undated),)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.claim,
            "text": self.text,
            "entries": [entry.data for entry in self.entries],
            "caveats": [{"kind": each.kind, "text": each.text} for each in self.caveats],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.text
        yield ""
        spans = [
            f"({percent(each.interval.low)} to {percent(each.interval.high)})"
            for each in self.entries
        ]
        width = max(map(len, spans))
        for entry, span in zip(self.entries, spans, strict=True):
            day = "start" if entry.on is None else entry.on.isoformat()
            moved = "    ?" if entry.moved is None else f"{entry.moved + 0.0:+.2f}"
            what = "; ".join(_happened(entry)) or "nothing yet"
            yield f"{day:<10}  {percent(entry.probability):>5} {span:<{width}}  {moved} bits  {what}"
        for caveat in self.caveats:
            yield ""
            yield f"Caveat: {caveat.text}."


def _happened(entry: Entry) -> Iterator[str]:
    for words, ids in (
        ("said" if entry.on else "undated", entry.arrived),
        ("withdrawn", entry.withdrawn),
        ("settled", entry.settled),
    ):
        if ids:
            yield f"{words}: {', '.join(ids)}"


def timeline(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
) -> Timeline:
    """Weigh a claim as of each day on which something about its story became known.

    Each day's answer leaves out everything later. A statement that is withdrawn stays on record
    and loses its weight from that day on; a correction is a statement of its own. What has no date
    counts from the start, and a caveat says so. A span of days counts from its first day.
    The last entry is the answer of `weigh`. Cost: one weighing per day.

    Args:
        case: what is on record.
        claim: the id of the claim.
        as_of: stop on this day.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.

    Raises `UnknownName` when there is no such claim, and otherwise as `weigh` does.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}, {"id": "port", "reliability": "B"}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed", "said_on": "2015-07-22"},
    ...         {"id": "denial", "source": "port", "claim": "sailed", "stance": "denies",
    ...          "said_on": "2015-08-01", "retracted_on": "2015-09"},
    ...     ],
    ... })
    >>> print(timeline(case, "sailed"))
    The ship sailed
    <BLANKLINE>
    start        10 % (10 % to 10 %)  +0.00 bits  nothing yet
    2015-07-22   25 % (14 % to 41 %)  +1.58 bits  said: log
    2015-08-01    5 % (1 % to 13 %)   -2.81 bits  said: denial
    2015-09-01   25 % (14 % to 41 %)  +2.81 bits  withdrawn: denial
    """
    last = as_day(as_of)
    graph = Graph.of(case)
    story = graph.joined(claim) if coupling == "source" else graph.story(claim)
    days = _days(case, frozenset(story.places), graph)
    found: list[Entry] = []
    kept = sorted(day for day in days if day is not None and (last is None or day <= last))
    for day in (None, *kept):
        what = days.get(day, _Day())
        seen = day or _before(kept[0] if kept else last)
        assessment = weigh(case, claim, as_of=seen, coupling=coupling, seed=seed)
        before = found[-1].probability if found else assessment.prior
        found.append(
            Entry(
                day,
                tuple(what.arrived),
                tuple(what.withdrawn),
                tuple(what.settled),
                assessment,
                _moved(before, assessment.probability),
            )
        )
    return Timeline(claim, graph.texts[claim], tuple(found))


@attrs.define
class _Day:
    """What became known on one day."""

    arrived: list[str] = attrs.field(factory=list)
    withdrawn: list[str] = attrs.field(factory=list)
    settled: list[str] = attrs.field(factory=list)


def _days(case: Case, claims: frozenset[str], graph: Graph) -> dict[date | None, _Day]:
    """Every day on which something about some claims became known; `None` for what has no date."""
    found: dict[date | None, _Day] = {}
    sayings = Sayings(case)
    for index, attribution in enumerate(case.attributions):
        if claims.isdisjoint(claim for claim, _ in sayings.of(attribution)):
            continue
        found.setdefault(graph.said[index], _Day()).arrived.append(attribution.id)
        if attribution.retracted_on is not None:
            day = found.setdefault(attribution.retracted_on.first, _Day())
            day.withdrawn.append(attribution.id)
    for each in case.claims:
        if each.id in claims and each.resolved is not None:
            on = None if each.resolved.on is None else each.resolved.on.first
            found.setdefault(on, _Day()).settled.append(each.id)
    return found


def _before(day: date | None) -> date | None:
    """The day before; everything on record where there is no day at all."""
    return None if day is None or day == date.min else day - timedelta(days=1)


def _moved(before: float, after: float) -> float | None:
    if {before, after} & {0.0, 1.0}:
        return None
    bits = (math.log(after / before) - math.log1p(-after) + math.log1p(-before)) / math.log(2.0)
    return bits if abs(bits) > 1e-12 else 0.0
