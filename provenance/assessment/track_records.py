"""Track records: how what a source said turned out, over many cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

import attrs

from provenance.assessment.changes import written_form
from provenance.display import Shown
from provenance.errors import InvalidValue, UnknownName
from provenance.graph import Citations, Sayings, citations_of, commitment_of, matters_of, said_on
from provenance.records import Attribution, Called, Case, Outcomes
from provenance.scales import Degree, passing_on

__all__ = ["Outcome", "Passed", "TrackRecord", "graded", "track_record"]

Uncounted = Literal["hedged", "hearsay", "hindsight", "inference", "withdrawn"]
_WHY: Mapping[str, str] = {
    "hedged": "its words commit to nothing",
    "hearsay": "it has it from somebody else",
    "hindsight": "said when the outcome was known",
    "inference": "a conclusion, not testimony",
    "withdrawn": "taken back before the outcome was known",
}


@attrs.frozen
class Outcome:
    """Something a source said on its own account, and how it turned out."""

    case: int
    """The case, as an index into those that were searched."""
    attribution: str
    """The id of the attribution, in that case."""
    claim: str
    """The id of the claim, in that case."""
    text: str
    """The text of the claim."""
    affirmed: bool
    """Whether the source said that it is so, or that it is not."""
    is_so: bool
    """How it turned out."""
    uncounted: Uncounted | None = None
    """Why it does not count; `None` where it does."""

    @property
    def confirmed(self) -> bool:
        """Whether the source was right."""
        return self.affirmed == self.is_so

    def __str__(self) -> str:
        verdict = "confirmed" if self.confirmed else "refuted"
        said = "affirmed" if self.affirmed else "denied"
        why = "" if self.uncounted is None else f" (not counted: {_WHY[self.uncounted]})"
        return f"{verdict}: {said} '{self.text}' [case {self.case}, {self.attribution}]{why}"


@attrs.frozen
class Passed:
    """Something a source passed on, and whether that is what the original says."""

    case: int
    """The case, as an index into those that were searched."""
    attribution: str
    """The id of the relay, in that case."""
    cited: str
    """The id of what it passed on."""
    faithful: bool | None
    """Whether it agrees with the original; `None` where we do not have the original."""


@attrs.frozen(repr=False)
class TrackRecord(Shown):
    """What became of what one source said, as counts that a reliability takes, with the list behind."""

    source: str
    """The id of the source."""
    outcomes: tuple[Outcome, ...]
    """What it said on its own account of claims that are settled, in the order of the cases."""
    passed_on: tuple[Passed, ...]
    """What it merely passed on; this says how faithfully it passes things on, not how reliable it is."""
    unsettled: int
    """How many of its own statements are about claims that nobody has settled: no evidence at all."""

    @property
    def confirmed(self) -> int:
        """How many of its statements turned out to be true."""
        return sum(each.uncounted is None and each.confirmed for each in self.outcomes)

    @property
    def refuted(self) -> int:
        """How many of its statements turned out to be false."""
        return sum(each.uncounted is None and not each.confirmed for each in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        """The counts as the `reliability` of a source takes them."""
        return {"confirmed": self.confirmed, "refuted": self.refuted}

    @property
    def reliability(self) -> Degree | None:
        """The reliability that the counts come to; `None` where nothing was counted."""
        if not any(self.counts.values()):
            return None
        return Degree.from_accuracy(self.confirmed + 1.0, self.refuted + 1.0)

    @property
    def faithful(self) -> int:
        """How many of its relays agree with an original that we have."""
        return sum(each.faithful is True for each in self.passed_on)

    @property
    def unfaithful(self) -> int:
        """How many of its relays disagree with an original that we have."""
        return sum(each.faithful is False for each in self.passed_on)

    @property
    def passing_on(self) -> Degree:
        """How faithfully it passes on: as its reliability has it, with these counts added to that."""
        held = passing_on(self.reliability)
        worth = held.strength + self.faithful + self.unfaithful
        return Degree((held.mean * held.strength + self.faithful) / worth, worth)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "source": self.source,
            **self.counts,
            "faithful": self.faithful,
            "unfaithful": self.unfaithful,
            "unsettled": self.unsettled,
            "outcomes": [
                {**attrs.asdict(each), "confirmed": each.confirmed} for each in self.outcomes
            ],
            "passed_on": [attrs.asdict(each) for each in self.passed_on],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.source}: {self.confirmed} confirmed, {self.refuted} refuted"
        for each in self.outcomes:
            yield f"  {each}"
        if self.unsettled:
            yield f"  {self.unsettled} more about claims that nobody has settled: these count for nothing"
        if self.passed_on:
            checked = self.faithful + self.unfaithful
            yield (
                f"  passed on {len(self.passed_on)}: {checked} could be compared with the original, "
                f"{self.faithful} agreed"
            )


def track_record(cases: Iterable[Case] | Case, source: str) -> TrackRecord:
    """How what a source said turned out, over the settled claims of many cases.

    What it affirmed or denied on its own account counts, each claim and stance once per case:
    confirmed where the outcome agrees with it, refuted where not. A settled answer of a question settles its
    alternatives. Not counted, but listed with the reason: what was said once the outcome was known,
    taken back before it was, only concluded, had from somebody else, or so worded that it commits to
    nothing. What it merely passed on counts towards its passing-on, where we have the original.
    Accusations that nobody has settled count for nothing, however many there are: they show what a
    source says, not whether it is right.

    Args:
        cases: the cases to search, or the only one; leave out the one that you are about to weigh,
            whose own outcomes it already knows.
        source: the id of the source, the same in every case.

    Raises `UnknownName` when no case has such a source, and `InvalidValue` for what is no case.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [
    ...         {"id": "sailed", "text": "The ship sailed", "resolved": {"value": True}},
    ...         {"id": "armed", "text": "It carried weapons"},
    ...     ],
    ...     "sources": [{"id": "pilot"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": ["sailed", "armed"]}],
    ... })
    >>> print(track_record([case], "pilot"))
    pilot: 1 confirmed, 0 refuted
      confirmed: affirmed 'The ship sailed' [case 0, log]
      1 more about claims that nobody has settled: these count for nothing
    """
    outcomes: list[Outcome] = []
    passed: list[Passed] = []
    unsettled = 0
    known: dict[str, None] = {}
    called: dict[str, str] = {}
    for number, case in enumerate(_given(cases)):
        known.update(dict.fromkeys(each.id for each in case.sources))
        called.update(Called(case).offers("source"))
        read = _Reading(case, number, source)
        outcomes += read.outcomes()
        passed += read.passed_on()
        unsettled += read.unsettled()
    if source not in known:
        raise UnknownName("source", source, known, called=called)
    return TrackRecord(source, tuple(outcomes), tuple(passed), unsettled)


def _given(cases: Iterable[Case] | Case) -> Iterator[Case]:
    """The cases one by one; raises `InvalidValue` for anything that is none."""
    if isinstance(cases, Case):
        cases = (cases,)
    if not isinstance(cases, Iterable):
        raise InvalidValue(f"expected cases, found {type(cases).__name__}")
    for case in cases:
        if not isinstance(case, Case):
            raise InvalidValue(f"expected a Case among the cases, found {type(case).__name__}")
        yield case


class _Reading:
    """One case, read for what one source says in it."""

    def __init__(self, case: Case, number: int, source: str) -> None:
        self.case = case
        self.number = number
        self.sayings = Sayings(case)
        self.settled = _settled(case)
        self.days = said_on(case)
        self.said = {
            each.id: None if day is None else day.date()
            for each, day in zip(case.attributions, self.days, strict=True)
        }
        self.texts = {claim.id: claim.text for claim in case.claims}
        self.mine = [each for each in case.attributions if each.source == source]

    def own(self) -> Iterator[tuple[Attribution, str, bool]]:
        """What the source says on its own account: (attribution, claim, denies)."""
        for each in self.mine:
            if each.claims or each.is_own_work:
                for claim, denies in self.sayings.of(each):
                    yield each, claim, denies

    def outcomes(self) -> Iterator[Outcome]:
        """One for every claim and stance; where several statements say it, one that counts."""
        found: dict[tuple[str, bool], Outcome] = {}
        for attribution, claim, denies in self.own():
            if claim not in self.settled:
                continue
            outcome = Outcome(
                self.number,
                attribution.id,
                claim,
                self.texts[claim],
                not denies,
                self.settled[claim][0],
                self._why_not(attribution, claim),
            )
            before = found.get((claim, denies))
            if before is None or (before.uncounted and outcome.uncounted is None):
                found[claim, denies] = outcome
        yield from found.values()

    def unsettled(self) -> int:
        """How many claims and stances are still open."""
        return len({(c, d) for _, c, d in self.own() if c not in self.settled})

    def _why_not(self, attribution: Attribution, claim: str) -> Uncounted | None:
        settled_on, said = self.settled[claim][1], self.said[attribution.id]
        withdrawn = attribution.retracted_on
        if attribution.basis == "inference":
            return "inference"
        if attribution.basis == "secondhand":
            return "hearsay"
        if commitment_of(attribution.wording, self.sayings.sizes[claim]) == 0.0:
            return "hedged"
        if said is not None and settled_on is not None and said >= settled_on:
            return "hindsight"
        if withdrawn is not None and (settled_on is None or withdrawn.first < settled_on):
            return "withdrawn"
        return None

    def passed_on(self) -> Iterator[Passed]:
        """Every citation of somebody else."""
        citations = citations_of(self.case, matters_of(self.case), None, self.days)
        for each in self.mine:
            for cited in each.cited:
                original = self.sayings.by_name[cited]
                if original.source == each.source:
                    continue
                held = _is_held(citations, cited)
                agrees = not each.turns and commitment_of(each.wording, 2) >= 0.0
                yield Passed(self.number, each.id, cited, agrees if held else None)


def _is_held(citations: Citations, name: str) -> bool:
    index, claim = citations.named[name]
    claims = (claim,) if claim is not None else citations.attributions[index].claims
    return all(citations.is_held(index, each) for each in claims or (None,))


def _settled(case: Case) -> dict[str, tuple[bool, date | None]]:
    """How every settled claim turned out, and when; a true answer settles its alternatives."""
    found = {
        claim.id: (
            claim.resolved.value,
            None if claim.resolved.on is None else claim.resolved.on.first,
        )
        for claim in case.claims
        if claim.resolved is not None
    }
    for question in case.questions:
        true = [name for name in question.claims if found.get(name, (False, None))[0]]
        for name in question.claims if true else ():
            found.setdefault(name, (False, found[true[0]][1]))
    return found


def graded(case: Case, records: Iterable[TrackRecord] | Mapping[str, Any]) -> Case:
    """The case with the reliabilities that track records come to.

    A record in which nothing was counted changes nothing: it does not make a source that cannot be
    judged into one that can. Sources that the case does not have are left aside.

    Args:
        case: the case to weigh.
        records: track records; or, by source, a track record, a `Degree` (as learned from an
            archive), or a reliability in any form that a case file takes.

    Raises `UnknownName` when the case has none of the sources, and `CaseError` for a reliability
    that is not one.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1, "claims": [], "sources": [{"id": "pilot"}], "attributions": [],
    ... })
    >>> graded(case, {"pilot": Degree(0.8, 12.0)}).sources[0].reliability
    Estimate(mean=0.8, strength=12.0)
    """
    if not isinstance(records, Iterable):
        raise InvalidValue(f"expected track records, found {type(records).__name__}")
    named = dict(records) if isinstance(records, Mapping) else {}
    if not isinstance(records, Mapping):
        for record in records:
            if not isinstance(record, TrackRecord):
                raise InvalidValue(f"expected a track record, found {type(record).__name__}")
            named[record.source] = record
    known = [source.id for source in case.sources]
    if named and named.keys().isdisjoint(known):
        called = Called(case).offers("source")
        raise UnknownName("source", str(next(iter(named))), known, called=called)
    reliabilities = {name: _reliability(each) for name, each in named.items()}
    return case.evolve(
        sources=tuple(
            source
            if reliabilities.get(source.id) is None
            else source.evolve(reliability=reliabilities[source.id])
            for source in case.sources
        )
    )


def _reliability(record: Any) -> Any:
    """A reliability as a case file takes it; `None` to leave the source as it is."""
    if isinstance(record, TrackRecord):
        counted = record.confirmed + record.refuted
        return Outcomes(confirmed=record.confirmed, refuted=record.refuted) if counted else None
    return written_form(record)
