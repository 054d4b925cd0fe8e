"""Checking a case: what an editor would ask before trusting any number from it.

What `weigh` would tell of any claim, and what concerns the case alone: dates that cannot be, records
that look the same or that nothing uses, words that commit to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any, get_args

import attrs

from provenance.assessment.assessment import Assessment
from provenance.assessment.caveats import Mentions, mentions_in
from provenance.assessment.costs import bounded
from provenance.assessment.telling import ADVICE
from provenance.assessment.values import CaveatKind
from provenance.assessment.weighing import weighed
from provenance.bounds import Cancel
from provenance.display import Answers, Shown
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled
from provenance.graph import Graph, Why, said_on
from provenance.records import Attribution, Case
from provenance.scales import named, percent

__all__ = ["WEAKNESSES", "Weakness", "check", "mentions_of"]

WEAKNESSES: tuple[CaveatKind, ...] = get_args(CaveatKind)
"""Every kind of weakness, in the order in which they are listed."""


@attrs.frozen(repr=False)
class Weakness(Shown):
    """One weakness of a case."""

    kind: CaveatKind
    """A stable name."""
    text: str
    """What it is, as a sentence."""
    claims: tuple[str, ...] = ()
    """The claims it concerns; none for the whole case."""
    about: tuple[str, ...] = ()
    """The ids of the records it concerns."""
    would_be: float | None = None
    """The probability of the claim in the mended case, where the sentence tells it."""

    @property
    def claim(self) -> str | None:
        """The claim it concerns; `None` where it concerns several, or the whole case."""
        return self.claims[0] if len(self.claims) == 1 else None

    @property
    def advice(self) -> str:
        """What to do about it, in one sentence."""
        return ADVICE.get(self.kind, "")

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "kind": self.kind,
            "claim": self.claim,
            "claims": list(self.claims),
            "text": self.text,
            "about": list(self.about),
            "advice": self.advice,
            "would_be": self.would_be,
        }

    def __str__(self) -> str:
        if not self.claims:
            return self.text
        more = f" and {len(self.claims) - 3} more" if len(self.claims) > 3 else ""
        return f"{', '.join(self.claims[:3])}{more}: {self.text}"


def mentions_of(case: Case) -> Answers[Mentions]:
    """For every claim how often it is mentioned, from how many origins, through how many outlets.

    >>> from provenance import load_seed
    >>> print(mentions_of(load_seed("egypt-arms-2015"))[1])
    four mentions, one origin, one outlet
    """
    graph = Graph.of(case)
    return Answers(mentions_in(graph.lineage(claim.id)) for claim in case.claims)


@bounded
def check(
    case: Case,
    *,
    today: date | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Answers[Weakness]:
    """The weaknesses of a case, kind by kind, in the order of the case.

    Every caveat that `weigh` would tell of any claim, and what concerns the case alone. Where a
    claim cannot be weighed, that is a weakness too. An empty tuple means that none of the questions
    asked here finds anything; it does not make the case right. Costs what weighing all claims does.

    Args:
        case: what is on record.
        today: a day after which nothing can have been said; without it no date is in the future.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}, {"id": "daily", "reliability": "B"}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed", "basis": "firsthand",
    ...          "in_hand": False, "said_on": "2015-07-22"},
    ...         {"id": "story", "source": "daily", "cites": "log", "said_on": "2015-07-24"},
    ...     ],
    ... })
    >>> [weakness.kind for weakness in check(case)]
    ['single-origin', 'one-outlet', 'prior-decides']
    """
    graph = Graph.of(case)
    found = [
        *(weakness for claim in case.claims for weakness in _of_claim(graph, claim.id)),
        *_dates(graph, today),
        *_uncommitted(graph),
        *_lookalikes(case),
        *_unused(graph),
        *_idle(graph),
    ]
    return Answers(sorted(_once(found), key=lambda weakness: WEAKNESSES.index(weakness.kind)))


def _once(found: Iterable[Weakness]) -> Iterator[Weakness]:
    """What is told of several claims in the same words, told once of all of them."""
    alike: dict[tuple[object, ...], list[Weakness]] = {}
    for each in found:
        alike.setdefault((each.kind, each.text, each.about, each.would_be), []).append(each)
    for same in alike.values():
        claims = tuple(claim for each in same for claim in each.claims)
        yield attrs.evolve(same[0], claims=claims)


def _of_claim(graph: Graph, claim: str) -> Iterator[Weakness]:
    lineage = graph.lineage(claim)
    if not lineage.mentions:
        yield Weakness("unheard", "nothing in hand bears on it", (claim,))
    try:
        assessment = weighed(graph, claim, "story", 0)
        caveats = assessment.caveats
    except ImpossibleEvidence as error:
        yield Weakness("impossible", str(error), (claim,))
    except (IncompatiblePriors, TooCostly, TooEntangled) as error:
        yield Weakness("refused", str(error), (claim,))
    else:
        for caveat in caveats:
            yield Weakness(caveat.kind, caveat.text, (claim,), caveat.about)
        yield from _outlets(graph, claim, assessment)


OUTLETS = ("outlet", "agency")
"""The kinds of source that pass on what others say, unless it is on record that they found it out."""


def _outlets(graph: Graph, claim: str, assessment: Assessment) -> Iterator[Weakness]:
    """Outlets entered as witnesses, and the answer if they are echoes of whoever else says so."""
    kinds = {source.id: source.kind for source in graph.case.sources}
    sides: dict[bool, list[Attribution]] = {}
    for origin in graph.lineage(claim).origins:
        if not origin.is_judged:
            continue
        record = graph.case.attributions[graph.written[origin.id]]
        if record.claims == (claim,):
            sides.setdefault(origin.supports, []).append(record)
    for records in sides.values():
        outlets = [
            each for each in records if kinds[each.source] in OUTLETS and each.basis == "unstated"
        ]
        others = [each for each in records if each not in outlets]
        base = next(iter([*others, *outlets]), None)
        echoes = [each for each in outlets if each is not base]
        if base is None or not echoes:
            continue
        mended = weighed(
            Graph.of(_as_echoes(graph.case, base, echoes), graph.as_of), claim, "story", 0
        )
        names = tuple(dict.fromkeys(each.source for each in echoes))
        yield Weakness(
            "outlet-as-witness",
            f"from whom {'does' if len(names) == 1 else 'do'} {named(names)} have it? As echoes of "
            f"'{base.source}' the answer would be {percent(mended.probability)}, "
            f"not {percent(assessment.probability)}",
            (claim,),
            tuple(each.id for each in echoes),
            mended.probability,
        )


def _as_echoes(case: Case, base: Attribution, echoes: list[Attribution]) -> Case:
    """The case in which some say what they say because another does; what we have, we keep."""
    ids = {each.id for each in echoes}
    held = base.in_hand is not False and not any(
        base.id in each.cited for each in case.attributions
    )

    def mended(each: Attribution) -> Attribution:
        if each.id in ids:
            return each.evolve(claim=None, cites=base.id, stance=None, competence=None)
        return each.evolve(in_hand=True) if each.id == base.id and held else each

    return case.evolve(attributions=tuple(map(mended, case.attributions)))


def _dates(graph: Graph, today: date | None) -> Iterator[Weakness]:
    """Relays dated before what they pass on, and dates that have not come yet."""
    case, said = graph.case, said_on(graph.case)
    position = {name: n for n, each in enumerate(case.attributions) for name in each.names}
    for n, each in enumerate(case.attributions):
        day = said[n]
        if today is not None and day is not None and day.date() > today:
            text = f"'{each.id}' is dated {day.date()}, after {today}"
            yield Weakness("future-date", text, (), (each.id,))
        for cited in each.cited:
            original = said[position[cited]]
            if day is not None and original is not None and day.date() < original.date():
                text = (
                    f"'{each.id}' is dated {day.date()}, before '{cited}', which it passes on "
                    f"({original.date()})"
                )
                yield Weakness("relay-before-original", text, (), (each.id, cited))


def _uncommitted(graph: Graph) -> Iterator[Weakness]:
    for each in graph.ignored:
        if each.why is Why.NO_COMMITMENT:
            text = f"the words of '{each.attribution}' commit to nothing: it has no weight"
            yield Weakness("no-commitment", text, (), (each.attribution,))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or another makes them the same; for words of five and more."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 5:
        return False
    short, long = sorted((one, other), key=len)
    for place, (a, b) in enumerate(zip(short, long, strict=False)):
        if a != b:
            rest = short[place + (len(short) == len(long)) :]
            return rest == long[place + 1 :]
    return True


def _lookalikes(case: Case) -> Iterator[Weakness]:
    """Sources, and claims, whose names or texts are the same but for case, spaces or one letter."""
    sources = [(each.id, each.name or each.described_as or each.id) for each in case.sources]
    claims = [(each.id, each.text) for each in case.claims]
    for noun, records in (("sources", sources), ("claims", claims)):
        for (one, mine), (other, theirs) in _near_pairs(records):
            text = f"the {noun} '{one}' and '{other}' look the same: {mine!r} and {theirs!r}"
            yield Weakness("lookalike", text, (), (one, other))


def _near_pairs(
    records: list[tuple[str, str]],
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs that agree in all but one letter, found by what is left without each letter."""
    seen: dict[str, list[int]] = {}
    plain = [_plain(text) for _, text in records]
    for number, text in enumerate(plain):
        short = text[:200]
        for key in {short, *(short[:n] + short[n + 1 :] for n in range(len(short)))}:
            seen.setdefault(key, []).append(number)
    pairs = {
        pair for numbers in seen.values() if len(numbers) < 50 for pair in combinations(numbers, 2)
    }
    for one, other in sorted(pairs):
        # Years and numbers tell apart what else would look alike.
        if plain[one] == plain[other] or (
            _digits(plain[one]) == _digits(plain[other])
            and _one_edit_apart(plain[one], plain[other])
        ):
            yield records[one], records[other]


def _unused(graph: Graph) -> Iterator[Weakness]:
    case = graph.case
    speaking = {each.source for each in case.attributions}
    speaking |= {each.publisher for each in case.documents if each.publisher}
    for source in case.sources:
        if source.id not in speaking:
            text = f"nobody quotes the source '{source.id}', and it says nothing"
            yield Weakness("unused", text, (), (source.id,))
    used = {claim for each in case.attributions for claim in each.claims}
    used |= {claim for link in case.links for claim in link.touches}
    used |= {claim for question in case.questions for claim in question.claims}
    used |= {each.only_if for each in case.sources if each.only_if}
    used |= {each.only_if for each in case.attributions if each.only_if}
    for claim in case.claims:
        if claim.id not in used:
            text = f"nothing in the case is about the claim '{claim.id}'"
            yield Weakness("unused", text, (claim.id,), (claim.id,))


def _idle(graph: Graph) -> Iterator[Weakness]:
    """Interests, gates and silences that change nothing."""
    for interest in graph.idle_interests:
        claims = named(interest.claims) if interest.claims else "any claim"
        text = f"the interest of {interest.source!r} in {claims} touches nothing that it says"
        yield Weakness("idle-interest", text, (), (interest.source,))
    kept = {name for story in graph.stories for each in story.statements for name in each.merged}
    kept &= graph.written.keys()
    heard = {graph.case.attributions[graph.written[name]].source for name in kept}
    for source in graph.case.sources:
        if source.only_if is not None and source.id not in heard:
            text = f"the condition on {source.id!r} touches nothing that counts"
            yield Weakness("idle-gate", text, (), (source.id,))
    counting = {graph.attribution_of[name] for name in kept}
    for each in graph.case.attributions:
        if each.id in counting:
            continue
        if each.only_if is not None:
            text = f"the condition on {each.id!r} touches nothing that counts"
            yield Weakness("idle-gate", text, (), (each.id,))
        elif each.is_silence:
            text = f"the silence {each.id!r} has no weight"
            yield Weakness("idle-silence", text, (), (each.id,))
