"""Timelines: how an answer grew, day by day, as things became known."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import attrs

from provenance.assessment.assessment import Assessment, assessed
from provenance.assessment.caveats import undated_in_words
from provenance.assessment.costs import bounded
from provenance.assessment.names import Names
from provenance.assessment.values import Caveat, Interval
from provenance.assessment.weighing import as_claim, as_day, checked, weighed
from provenance.assessment.what_if import EFFORT, Questioned
from provenance.bounds import Cancel, affordable
from provenance.display import Shown, drawn
from provenance.graph import Graph, Sayings, Why
from provenance.inference import Coupling, Structure, asked
from provenance.records import Case, Claim, Source
from provenance.scales import percent

__all__ = [
    "SIMULATED_DAYS",
    "Timeline",
    "TimelineEntry",
    "became_known",
    "timeline",
    "timeline_in",
]

_EACH = 600  # operations for an attribution that is weighed on a day
_LARGE = 2**15  # entries of a table: such days are few too, where the last is simulated
SIMULATED_DAYS = 8
"""On how many days at most an answer is simulated; days in between are told with the next of them."""


@attrs.frozen(repr=False)
class TimelineEntry(Shown):
    """The answer as of one day, and what became known on it."""

    on: date | None
    """The day; `None` for the start, before any date."""
    arrived: tuple[str, ...]
    """The ids of the attributions said on that day, or since the entry before; at the start, of those without a date."""
    withdrawn: tuple[str, ...]
    """The ids of the attributions withdrawn on that day."""
    settled: tuple[str, ...]
    """The ids of the claims that were settled on that day."""
    graded: tuple[str, ...]
    """The ids of the sources that were judged anew on that day, having spoken before."""
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
            "graded": list(self.graded),
            "probability": self.probability,
            "interval": [self.interval.low, self.interval.high],
            "bits": self.bits,
            "moved": self.moved,
            "confidence": self.assessment.confidence.level,
        }


@attrs.frozen(repr=False)
class Timeline(Shown):
    """How the answer about a claim grew: the start, then every day on which something became known."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    entries: tuple[TimelineEntry, ...]
    """The start, with what has no date, then every day in order; the last is the answer of `weigh`."""
    gathered: int = 0
    """How many days have no entry of their own, because their answers would take a simulation or too
    many operations."""

    @property
    def undated(self) -> tuple[str, ...]:
        """The ids of the attributions of which no date is known; they count from the start."""
        return self.entries[0].arrived

    @cached_property
    def names(self) -> Names:
        """What to call the records of the case."""
        return Names(self.entries[-1].assessment.graph)

    @cached_property
    def caveats(self) -> tuple[Caveat, ...]:
        """What the reader of the timeline should know."""
        found: list[Caveat] = []
        if self.undated:
            found.append(
                Caveat("undated", undated_in_words(self.names, self.undated), self.undated)
            )
        if any(entry.assessment.approximate for entry in self.entries):
            text = "the case is too interwoven for exact answers: some days were simulated"
            if self.gathered:
                text += f", and {self.gathered} more are told with the simulated day that follows"
            found.append(Caveat("approximate", text))
        elif self.gathered:
            text = (
                f"there are more days than can be weighed one by one: {self.gathered} of them are "
                "told with the next day that was"
            )
            found.append(Caveat("approximate", text))
        return tuple(found)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.claim,
            "text": self.text,
            "entries": [entry.data for entry in self.entries],
            "caveats": [{"kind": each.kind, "text": each.text} for each in self.caveats],
        }

    def _repr_svg_(self) -> str:
        return drawn("timeline_svg", self)

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
            moved = "    ?" if entry.moved is None else f"{round(entry.moved, 2) + 0.0:+.2f}"
            what = "; ".join(became_known(entry)) or "nothing yet"
            yield f"{day:<10}  {percent(entry.probability):>5} {span:<{width}}  {moved} bits  {what}"
        for caveat in self.caveats:
            yield ""
            yield f"Caveat: {caveat.text}."


_WEIGHTLESS = (Why.INFERENCE, Why.NO_COMMITMENT)
"""What no statement gets weight from later."""


def became_known(entry: TimelineEntry) -> tuple[str, ...]:
    """What became known on a day: who said or withdrew something, what was settled, who was judged.

    >>> from provenance import load_seed
    >>> became_known(timeline(load_seed("egypt-arms-2015"), "armed").entries[1])
    ('Samy Hassan (three statements)',)
    """
    names = Names(entry.assessment.graph)
    # What is ignored now may have counted on its day: only what never counts for its own sake is told.
    idle = {each.attribution for each in entry.assessment.ignored if each.why in _WEIGHTLESS}
    weighed_now = [each for each in entry.arrived if each not in idle]
    found = (
        ("" if entry.on else "undated: ", names.statements(weighed_now, 6)),
        ("without weight: ", names.statements([e for e in entry.arrived if e in idle], 6)),
        ("withdrawn: ", names.statements(entry.withdrawn, 6)),
        ("settled: ", names.claims(entry.settled, 6)),
        ("judged anew: ", names.sources(entry.graded, 6)),
    )
    return tuple(f"{words}{what}" for words, what in found if what)


@bounded
def timeline(
    case: Case,
    claim: str | Claim,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Timeline:
    """Weigh a claim as of each day on which something about its story became known.

    Each day's answer leaves out everything later. A statement that is withdrawn stays on record
    and loses its weight from that day on; a correction is a statement of its own. What has no date
    counts from the start, and a caveat says so. A span of days counts from its first day.
    The last entry is the answer of `weigh`. Cost: one weighing per day. Where the answer has to be
    simulated, it is so on eight days at most, evenly chosen, all but the last with fewer sweeps (days
    that take very large tables count with these); what became known in between is told with the next
    of these days, and a caveat says so. The same is done for more days than the budget covers.

    Args:
        case: what is on record.
        claim: the id of the claim, or the claim.
        as_of: stop on this day.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

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
    2015-07-22   25 % (15 % to 47 %)  +1.58 bits  pilot
    2015-08-01    5 % (1 % to 14 %)   -2.81 bits  port
    2015-09-01   25 % (15 % to 47 %)  +2.81 bits  withdrawn: port
    """
    return _grown(case, as_claim(claim), as_day(as_of), checked(coupling), seed)


def timeline_in(known: Questioned) -> Timeline:
    """How an answer grew, for a claim that is laid out already; see `timeline`.

    The last day is not weighed again where it is the answer that is there.
    """
    graph = known.graph
    return _grown(known.case, known.claim, graph.as_of, known.coupling, known.seed, known)


def _grown(
    case: Case,
    claim: str,
    seen_to: date | None,
    coupling: Coupling,
    seed: int,
    known: Questioned | None = None,
) -> Timeline:
    last = seen_to.date() if isinstance(seen_to, datetime) else seen_to
    graph = Graph.kept(case)
    story = graph.joined(claim) if coupling == "source" else graph.story(claim)
    days = _days(case, frozenset(story.places), graph)
    dated = sorted(day for day in days if day is not None and (last is None or day <= last))
    start = _before(dated[0] if dated else last)
    # A minute to stop at cuts the last day short.
    affordably = _affordable(case, frozenset(dated))
    graphs = {
        day: Graph.of(case, seen_to if day and day == last else day or start)
        for day in (None, *dated)
        if day is None or day in affordably
    }
    heavy = _heavy(graphs, claim, coupling) if dated else frozenset()
    kept = affordably & _spread(dated, heavy)
    found: list[TimelineEntry] = []
    waiting = _Day()
    for day in (None, *dated):
        waiting.add(days.get(day, _Day()))
        if day is not None and day not in kept:
            continue
        shorter = day in heavy and day != dated[-1]
        if known is not None and not shorter and _is_of(graphs[day], known):
            assessment = assessed(graphs[day], claim, known.answer)
        else:
            effort = EFFORT if shorter else 1.0
            assessment = weighed(graphs[day], claim, coupling, seed, effort=effort)
        before = found[-1].probability if found else assessment.prior
        found.append(waiting.entry(day, assessment, before))
        waiting = _Day()
    return Timeline(claim, graph.texts[claim], tuple(found), len(dated) - len(kept))


def _is_of(graph: Graph, known: Questioned) -> bool:
    """Whether a claim's story is, as of a day, the one that has been weighed."""
    story = graph.joined(known.claim) if known.coupling == "source" else graph.story(known.claim)
    return asked(story, story.places[known.claim]) == known.story


def _heavy(
    graphs: Mapping[date | None, Graph], claim: str, coupling: Coupling
) -> frozenset[date | None]:
    """The days whose answers take a simulation or nearly so; none where the last one's does not."""
    found: list[date | None] = []
    for day, graph in reversed(list(graphs.items())):
        story = graph.joined(claim) if coupling == "source" else graph.story(claim)
        place = story.places[claim]
        structure = Structure.of(asked(story, place), place.question, coupling, with_reasons=False)
        if not found and structure.is_exact:
            break
        if not structure.is_exact or structure.network.order.entries > _LARGE:
            found.append(day)
    return frozenset(found)


def _affordable(case: Case, days: frozenset[date]) -> frozenset[date]:
    """Of some days those that the budget covers, evenly spread, the last among them."""
    left = affordable()
    if left is None or not days:
        return days
    most = max(1, left // (2 * _EACH * len(case.attributions)))
    ordered = sorted(days)
    if len(ordered) <= most:
        return days
    return frozenset(ordered[round((n + 1) * len(ordered) / most) - 1] for n in range(most))


def _spread(known: Sequence[date], heavy: Collection[date | None]) -> frozenset[date]:
    """The days that have an entry: of the heavy ones a few, evenly spread, the last among them."""
    ordered = [day for day in known if day in heavy]
    if len(ordered) <= SIMULATED_DAYS:
        return frozenset(known)
    places = {round((n + 1) * len(ordered) / SIMULATED_DAYS) - 1 for n in range(SIMULATED_DAYS)}
    chosen = {ordered[place] for place in places}
    return frozenset(day for day in known if day not in heavy or day in chosen)


@attrs.define
class _Day:
    """What became known on one day."""

    arrived: list[str] = attrs.field(factory=list)
    withdrawn: list[str] = attrs.field(factory=list)
    settled: list[str] = attrs.field(factory=list)
    graded: list[str] = attrs.field(factory=list)

    def add(self, other: _Day) -> None:
        """Take in what became known on another day."""
        self.arrived += other.arrived
        self.withdrawn += other.withdrawn
        self.settled += other.settled
        self.graded += other.graded

    def entry(self, day: date | None, assessment: Assessment, before: float) -> TimelineEntry:
        """The entry of a day, the answer having been `before`."""
        return TimelineEntry(
            day,
            tuple(self.arrived),
            tuple(self.withdrawn),
            tuple(self.settled),
            tuple(self.graded),
            assessment,
            _moved(before, assessment.probability),
        )


def _days(case: Case, claims: frozenset[str], graph: Graph) -> dict[date | None, _Day]:
    """Every day on which something about some claims became known; `None` for what has no date."""
    found: dict[date | None, _Day] = {}
    sayings = Sayings(case)
    first_heard: dict[str, date] = {}
    for index, attribution in enumerate(case.attributions):
        about = {*attribution.claims, *(claim for claim, _ in sayings.of(attribution))}
        if claims.isdisjoint(about):
            continue
        said = graph.said[index]
        day = None if said is None else said.date()
        found.setdefault(day, _Day()).arrived.append(attribution.id)
        heard = day or date.min
        first_heard[attribution.source] = min(heard, first_heard.get(attribution.source, heard))
        if attribution.retracted_on is not None:
            withdrawn = found.setdefault(attribution.retracted_on.first, _Day())
            withdrawn.withdrawn.append(attribution.id)
    for each in case.claims:
        if each.id in claims and each.resolved is not None:
            on = None if each.resolved.on is None else each.resolved.on.first
            found.setdefault(on, _Day()).settled.append(each.id)
    for source in case.sources:
        for since in _judged_anew(source):
            if source.id in first_heard and since > first_heard[source.id]:
                found.setdefault(since, _Day()).graded.append(source.id)
    return found


def _judged_anew(source: Source) -> Iterator[date]:
    """The days from which a source has another grade than before."""
    if isinstance(source.reliability, tuple):
        before: object = None
        for each in sorted(source.reliability, key=lambda each: each.since.begins):
            if each.reliability != before:
                yield each.since.first
            before = each.reliability


def _before(day: date | None) -> date | None:
    """The day before; everything on record where there is no day at all."""
    return None if day is None or day == date.min else day - timedelta(days=1)


def _moved(before: float, after: float) -> float | None:
    if {before, after} & {0.0, 1.0}:
        return None
    bits = (math.log(after / before) - math.log1p(-after) + math.log1p(-before)) / math.log(2.0)
    return bits if abs(bits) > 1e-12 else 0.0
