"""What attributions say, read off their records once for all: which claims, and on which side."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from provenance.bounds import spend
from provenance.records import Attribution, Case
from provenance.scales import commits, credence

__all__ = [
    "Said",
    "Sayings",
    "Taken",
    "commitment_of",
    "spoken_credence",
    "taken_from",
    "turns_round",
    "upstream_first",
    "what_is_said",
]

_FOLLOWING = 20  # operations for a claim that passes through a statement

NO_COMMITMENT_BELOW = 1e-12
"""Words whose |k w - 1| is less than this commit to nothing; 1/k itself need not come out even."""


def commitment_of(wording: float | str | None, size: int) -> float:
    """k w - 1 for words about a question of k values, 0 where they commit to nothing.

    Below 0 they turn what is said: who calls it improbable denies it.

    >>> commitment_of("may", 2), commitment_of(None, 2), commitment_of(0.25, 2)
    (0.0, 1.0, -0.5)
    """
    if isinstance(wording, str):
        wording = credence(wording) if commits(wording) else 1.0 / size
    excess = size * (1.0 if wording is None else wording) - 1.0
    return 0.0 if abs(excess) < NO_COMMITMENT_BELOW else excess


@attrs.frozen(order=True)
class Said:
    """One claim that a statement is about, and whether it speaks for it."""

    claim: str
    """The id of the claim."""
    affirms: bool
    """Whether the statement speaks for the claim, through everything it passes on."""


@attrs.frozen
class Taken:
    """One statement that another one was taken from."""

    original: str
    """The id of the attribution that it was taken from."""
    is_passed_on: bool
    """Whether it is passed on; else it is a premise of an inference."""
    claims: tuple[str, ...] = ()
    """The claims of the original that this is about; none where all of it is."""

    @property
    def part(self) -> str:
        """Which part of the original it is, in words; "" for the whole."""
        return f" what it says of {', '.join(self.claims)}" if self.claims else ""


def spoken_credence(attribution: Attribution) -> float:
    """How probable the speaker's own words make what it is about, denial apart; 1 if unhedged.

    >>> spoken_credence(Attribution(id="a", source="s", claim="c", wording="probably"))
    0.717
    """
    wording = attribution.wording
    if wording is None:
        return 1.0
    return credence(wording) if isinstance(wording, str) else wording


def turns_round(attribution: Attribution, answers: int = 2) -> bool:
    """Whether what a statement is about comes out of it as its opposite (model 1).

    A denial and a disowning do that, and so does a wording below even, which is 1/k where there are
    k answers; a denial that is worded below even affirms.
    """
    return attribution.turns != (commitment_of(attribution.wording, answers) < 0.0)


@attrs.frozen
class Sayings:
    """What every attribution of a case says, by its own claim or through what it cites (model 1)."""

    case: Case
    """The case."""

    @cached_property
    def by_name(self) -> Mapping[str, Attribution]:
        """The attribution behind every name that can be cited."""
        return {name: each for each in self.case.attributions for name in each.names}

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """For every claim how many values its question has."""
        found = {claim.id: 2 for claim in self.case.claims}
        for question in self.case.questions:
            found.update(dict.fromkeys(question.claims, question.size))
        return found

    @cached_property
    def count(self) -> int:
        """How many claims pass through all attributions together, counted without listing them.

        Where citations go in a circle it is at least so many.
        """
        bit = {claim: 1 << place for place, claim in enumerate(self.sizes)}
        passing: dict[str, int] = {}
        for each in upstream_first(self.case):
            own = [bit[claim] for claim in each.claims if not each.is_silence]
            heard = (
                passing.get(name, 0) if self.by_name[name].id == name else bit[name.split("/")[-1]]
                for name in each.cited
            )
            passing[each.id] = 0
            for claims in (*own, *heard):
                passing[each.id] |= claims
        return sum(claims.bit_count() for claims in passing.values())

    @cached_property
    def said(self) -> Mapping[str, tuple[Said, ...]]:
        """For every attribution, by its id, what it says of which claims, each once.

        Raises `TooCostly` before it begins where that is more than a budget covers.
        """
        spend(_FOLLOWING * self.count, "following every claim through all who pass it on")
        found: dict[str, set[tuple[str, bool]]] = defaultdict(set)
        hearers: dict[str, list[Attribution]] = defaultdict(list)
        for each in self.case.attributions:
            for cited in each.cited:
                hearers[cited].append(each)
        waiting: deque[tuple[Attribution, str, bool]] = deque()
        for each in self.case.attributions:
            if not each.is_silence:
                waiting.extend((each, claim, True) for claim in each.claims)
        while waiting:
            attribution, claim, is_affirmed = waiting.popleft()
            turned = turns_round(attribution, self.sizes.get(claim, 2))
            said = (claim, is_affirmed != turned)
            if said in found[attribution.id]:
                continue
            found[attribution.id].add(said)
            for name in _heard_as(attribution, claim):
                waiting.extend((hearer, *said) for hearer in hearers[name])
        once = {pair: Said(*pair) for pairs in found.values() for pair in pairs}
        return {
            each.id: tuple(once[pair] for pair in sorted(found[each.id]))
            for each in self.case.attributions
        }

    def of(self, attribution: Attribution) -> tuple[tuple[str, bool], ...]:
        """(claim, denies) of everything that an attribution says, each once.

        A circle of citations is followed until it comes back to where it has been.
        """
        return tuple(sorted((each.claim, not each.affirms) for each in self.said[attribution.id]))


def taken_from(case: Case) -> Mapping[str, tuple[Taken, ...]]:
    """For every attribution what it passes on and was inferred from, each original once, in order."""
    owners = {name: each for each in case.attributions for name in each.names}
    found: dict[str, tuple[Taken, ...]] = {}
    for each in case.attributions:
        parts: dict[tuple[str, bool], dict[str, None]] = {}
        for names, is_passed_on in ((each.cited, True), (each.inferred_from, False)):
            for name in names:
                owner = owners[name]
                claims = owner.claims if name == owner.id else (name[len(owner.id) + 1 :],)
                parts.setdefault((owner.id, is_passed_on), {}).update(dict.fromkeys(claims))
        found[each.id] = tuple(
            Taken(
                original, passed, () if len(claims) == len(owners[original].claims) else (*claims,)
            )
            for (original, passed), claims in parts.items()
        )
    return found


def what_is_said(case: Case) -> Mapping[str, tuple[Said, ...]]:
    """For every attribution what it says of which claims; nothing for one that only goes in circles.

    A statement is turned round by a denial, by a disowning and by a wording below even, as often as
    these stand on its way. A relay of several statements can speak for one claim and against
    another; a silence says nothing.
    Takes time in proportion to the citations times the claims that pass along them.
    """
    return Sayings(case).said


def _heard_as(attribution: Attribution, claim: str) -> Iterable[str]:
    """The names under which a statement is cited by those who pass it on."""
    yield attribution.id
    if len(attribution.claims) > 1:
        yield f"{attribution.id}/{claim}"


def upstream_first(case: Case) -> Iterator[Attribution]:
    """The attributions of a case, each after all that it cites; a circle is cut where it closes.

    >>> from provenance.casefiles import load_seed
    >>> [each.id for each in upstream_first(load_seed("egypt-arms-2015"))][:3]
    ['policy-line', 'now-policy', 'rebel-accounts']
    """
    owner = {name: each for each in case.attributions for name in each.names}
    done: set[str] = set()
    opened: set[str] = set()
    for start in case.attributions:
        waiting = [start]
        while waiting:
            each = waiting[-1]
            if each.id not in opened:
                opened.add(each.id)
                waiting += [owner[name] for name in each.cited if owner[name].id not in opened]
            else:
                waiting.pop()
                if each.id not in done:
                    done.add(each.id)
                    yield each
