"""Checking a case: what an editor would ask before trusting any number from it.

What `weigh` would tell of any claim, and what concerns the case alone: dates that cannot be, records
that look the same or that nothing uses, words that commit to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any, get_args

import attrs

from provenance.assessment.assessment import Assessment
from provenance.assessment.cautions import ADVICE
from provenance.assessment.caveats import (
    OUTLETS,
    Mentions,
    backwards_in_words,
    before_original_in_words,
    denial_in_words,
    looks_backwards,
    mentions_in,
    one_origin_in_words,
    undated_in_words,
)
from provenance.assessment.changes import retold
from provenance.assessment.costs import bounded
from provenance.assessment.names import Names
from provenance.assessment.values import Caveat, CaveatKind
from provenance.assessment.weighing import as_day, weighed
from provenance.bounds import Cancel, affordable, spend
from provenance.display import Answers, Shown
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled
from provenance.graph import Graph, Why, said_on
from provenance.records import Attribution, Case, Stance
from provenance.scales import listed, percent

__all__ = ["WEAKNESSES", "Weakness", "check", "mentions_of"]

_REBUILDING = 300  # operations an attribution, to bring a case to canonical form anew

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
    """The probability of the claim in the case as it is probably meant, where the sentence tells it."""
    put_right: str = ""
    """How it is meant there, as the beginning of a sentence: "As one source"."""
    subjects: tuple[str, ...] = attrs.field(default=(), eq=False)
    """The texts of the claims, in quotation marks."""

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
            "put_right": self.put_right,
        }

    def __str__(self) -> str:
        if not self.claims:
            return self.text
        return f"{listed(self.subjects, 3)}: {self.text}"


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
    today: date | str | None = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Answers[Weakness]:
    """The weaknesses of a case, kind by kind, in the order of the case.

    Every caveat that `weigh` would tell of any claim, and what concerns the case alone. Where a
    claim cannot be weighed, that is a weakness too. An empty tuple means that none of the questions
    asked here finds anything; it does not make the case right. Costs what weighing all claims does,
    and once more for every claim of which it says what the answer would be.

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
    today = as_day(today)
    names = Names(graph)
    meant = _AsMeant(graph)
    found = [
        *_empty(case),
        *(weakness for claim in case.claims for weakness in _of_claim(names, claim.id, meant)),
        *_denials(names, meant),
        *_dates(names, today),
        *_backwards(names, meant),
        *_uncommitted(names, meant),
        *_lookalikes(names, meant),
        *_unused(names),
        *_idle(names),
    ]
    told = _once(names, found)
    return Answers(sorted(told, key=lambda weakness: WEAKNESSES.index(weakness.kind)))


def _once(names: Names, found: Iterable[Weakness]) -> Iterator[Weakness]:
    """What is told of several claims in the same words, told once of all of them."""
    alike: dict[tuple[object, ...], list[Weakness]] = {}
    for each in found:
        # A date is missing of a statement: the claims it bears on are no further matter.
        words = () if each.kind == "undated" else (each.text, each.about, each.would_be)
        alike.setdefault((each.kind, *words), []).append(each)
    for same in alike.values():
        claims = tuple(claim for each in same for claim in each.claims)
        told = attrs.evolve(same[0], claims=claims, subjects=tuple(map(names.claim, claims)))
        about = tuple(dict.fromkeys(name for each in same for name in each.about))
        if about != told.about:
            told = attrs.evolve(told, text=undated_in_words(names, about), about=about)
        yield told


_OF_THE_CASE: Mapping[str, str] = {
    "prior-decides": "the evidence points away from the prior and weighs less than it, so that the "
    "answer rests on the prior",
}
"""What is a habit of the case rather than a slip in one claim: told once, of all such claims."""


_TOLD_OF_THE_CASE = ("denial-as-claim", "backwards", "relay-before-original")
"""What concerns two claims or two statements, and is told once of them."""


def _empty(case: Case) -> Iterator[Weakness]:
    """A case in which there is nothing to weigh, or nobody to hear."""
    missing = [
        noun
        for noun, records in (("claim", case.claims), ("statement", case.attributions))
        if not records
    ]
    if missing:
        what = " and ".join(f"no {noun}" for noun in missing)
        then = "nothing to weigh" if not case.claims else "nobody to hear"
        yield Weakness("empty", f"the case has {what}: there is {then}")


def _of_claim(names: Names, claim: str, meant: _AsMeant) -> Iterator[Weakness]:
    graph = names.graph
    lineage = graph.lineage(claim)
    if not lineage.mentions:
        yield Weakness("unheard", "nothing that we have bears on it", (claim,))
    try:
        assessment = weighed(graph, claim, "story", 0)
        caveats = assessment.caveats
    except ImpossibleEvidence as error:
        yield Weakness("impossible", _impossible(names, error), (claim,), error.statements)
    except (IncompatiblePriors, TooCostly, TooEntangled) as error:
        yield Weakness("refused", _refused(names, error), (claim,))
    else:
        for caveat in caveats:
            if caveat.kind not in _TOLD_OF_THE_CASE:
                yield _told_of(assessment, caveat, meant)
        yield from _outlets(names, claim, assessment, meant)


def _impossible(names: Names, error: ImpossibleEvidence) -> str:
    if not error.statements:
        return "how its claims were resolved cannot hold under the certainties of the case"
    who = names.statements(error.statements)
    return f"what {who} said cannot all be true under the certainties of the case"


def _refused(names: Names, error: IncompatiblePriors | TooCostly | TooEntangled) -> str:
    if isinstance(error, IncompatiblePriors):
        return (
            f"the stated priors of {names.claims(error.claims)} cannot hold together under their "
            "links"
        )
    if isinstance(error, TooCostly):
        return str(error)
    return f"the links between {names.claims(error.questions)} need a table over the limit"


def _told_of(assessment: Assessment, caveat: Caveat, meant: _AsMeant) -> Weakness:
    """A caveat of an answer as a weakness of the case."""
    claims = (assessment.claim,)
    if caveat.kind in _OF_THE_CASE:
        return Weakness(caveat.kind, _OF_THE_CASE[caveat.kind], claims)
    if caveat.kind == "single-origin":
        # How often a claim is mentioned is no difference between claims of one origin.
        text = one_origin_in_words(Names(assessment.graph), caveat.about)
        return Weakness(caveat.kind, text, claims, caveat.about)
    if caveat.kind != "hidden-by-default":
        return Weakness(caveat.kind, caveat.text, claims, caveat.about)
    effect, would_be = meant.heard(assessment, caveat.about)
    text = f"{caveat.text}; if we have it,{effect}"
    return Weakness(caveat.kind, text, claims, caveat.about, would_be, "if we have it")


def _with_fields(case: Case, ids: Container[str], **fields: Any) -> Case:
    """The case with some fields of some attributions set anew."""
    return case.evolve(
        attributions=tuple(
            each.evolve(**fields) if each.id in ids else each for each in case.attributions
        )
    )


class _AsMeant:
    """The case as it is probably meant, brought to canonical form as seldom as it can be.

    Nothing but gates joins stories, so that what is guessed of several stories is told in one case.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        case = graph.case
        gates = {each.only_if for each in case.sources} | {
            each.only_if for each in case.attributions
        }
        self.is_gated = gates != {None}
        self.made: dict[object, Graph] = {}
        self.bases = {claim.id: [*_echoes_of(graph, claim.id)] for claim in case.claims}
        # Of a story one guess at a time: the next one of it goes to the next case.
        self.rounds: list[dict[str, str]] = []
        self.round_of: dict[tuple[str, str], int] = {}
        known: dict[int, int] = {}
        for claim, found in self.bases.items():
            story = 0 if self.is_gated else graph.story_of[claim]
            for base, echoes in found:
                number = known[story] = known.get(story, -1) + 1
                self.rounds += [{}] if number == len(self.rounds) else []
                self.rounds[number] |= {each.id: base.id for each in echoes}
                self.round_of[claim, base.id] = number

    def heard(self, assessment: Assessment, about: tuple[str, ...]) -> tuple[str, float | None]:
        """The answer if we have what a caveat is about, in words, and its number."""
        ids = frozenset(about if self.is_gated else self.graph.hidden_by_default)
        return self.effect(
            assessment, lambda: _with_fields(assessment.case, ids, in_hand=True), ids
        )

    def echoing(self, assessment: Assessment, base: Attribution) -> tuple[str, float | None]:
        """The answer if outlets pass on what a statement says, in words, and its number."""
        number = self.round_of[assessment.claim, base.id]
        return self.effect(assessment, lambda: retold(assessment.case, self.rounds[number]), number)

    def effect(
        self, assessment: Assessment, case: Callable[[], Case], key: object = None
    ) -> tuple[str, float | None]:
        """What the answer would be in another case, in words, and that number; none where it cannot be.

        A case with a key is made once.
        """
        cost = _REBUILDING * len(assessment.case.attributions)
        try:
            graph = None if key is None else self.made.get(key)
            if graph is None:
                if (affordable() or 0) < cost:
                    return " the answer would take more to work out than the budget has left", None
                spend(cost, "telling what a slip comes to")
                graph = self.made[key] = Graph.of(case(), assessment.graph.as_of)
            would_be = weighed(graph, assessment.claim, "story", 0).probability
        except (ImpossibleEvidence, TooEntangled):
            return " it could not be weighed", None
        before, after = percent(assessment.probability), percent(would_be)
        if before == after:
            return f" the answer would stay at {before}", would_be
        return f" the answer would be {after}, not {before}", would_be


def _outlets(
    names: Names, claim: str, assessment: Assessment, meant: _AsMeant
) -> Iterator[Weakness]:
    """Outlets entered as witnesses, and the answer if they are echoes of whoever else says so."""
    for base, echoes in meant.bases[claim]:
        sources = tuple(dict.fromkeys(each.source for each in echoes))
        effect, would_be = meant.echoing(assessment, base)
        yield Weakness(
            "outlet-as-witness",
            f"from whom {'does' if len(sources) == 1 else 'do'} {names.sources(sources)} have it? "
            f"As echoes of {names.source(base.source)}{effect}",
            (claim,),
            tuple(each.id for each in echoes),
            would_be,
            f"if {names.sources(sources)} only {'repeats' if len(sources) == 1 else 'repeat'} "
            f"{names.source(base.source)}",
        )


def _echoes_of(graph: Graph, claim: str) -> Iterator[tuple[Attribution, list[Attribution]]]:
    """On each side of a claim somebody who says so, and the outlets that may have it from there."""
    case = graph.case
    sides: dict[bool, list[Attribution]] = {}
    for origin in graph.lineage(claim).origins:
        if not origin.is_judged:  # nor written, where somebody unnamed is behind it
            continue
        record = case.attributions[graph.written[origin.id]]
        if record.claims == (claim,):
            sides.setdefault(origin.supports, []).append(record)
    kinds = {source.id: source.kind for source in case.sources} if sides else {}
    declared = {
        each.same_voice_as.attribution.partition("/")[0]
        for each in case.attributions
        if each.same_voice_as is not None
    }
    for records in sides.values():
        # Of who may be one voice with another it is on record what they have to do with each other.
        free = [each for each in records if each.same_voice_as is None and each.id not in declared]
        outlets = [
            each for each in free if kinds[each.source] in OUTLETS and each.basis == "unstated"
        ]
        others = [each for each in free if each not in outlets]
        base = next(iter([*others, *outlets]), None)
        echoes = [each for each in outlets if each is not base]
        if base is not None and echoes:
            yield base, echoes


def _denials(names: Names, meant: _AsMeant) -> Iterator[Weakness]:
    """Denials entered as claims of their own, and the answer if they are entered as denials."""
    pairs = dict.fromkeys(pair for pairs in names.graph.denials.values() for pair in pairs)
    for number, (denial, denied) in enumerate(pairs):
        text = denial_in_words(names, denial, denied)
        told = Weakness("denial-as-claim", text, (denied,), (denial, denied))
        moved = _speakers_of(names.case, denial)
        if not moved or number >= EFFECTS_AT_MOST:
            yield told
            continue
        right = f"entered as what {names.sources(moved)} said against it"
        yield _with_effect(
            names,
            attrs.evolve(told, text=f"{text}; {right},", put_right=right),
            told,
            partial(_as_denial, names.case, denial, denied),
            meant,
        )


_TURNED: Mapping[str, Stance] = {"affirms": "denies", "denies": "affirms"}


def _as_denial(case: Case, denial: str, denied: str) -> Case:
    """The case in which who says a denial denies the claim."""
    return case.evolve(
        attributions=tuple(
            each.evolve(claim=denied, stance=_TURNED[each.stance])
            if each.claim == denial and each.stance in _TURNED
            else each
            for each in case.attributions
        )
    )


def _speakers_of(case: Case, denial: str) -> tuple[str, ...]:
    """Who says something of a denial."""
    said = (each for each in case.attributions if each.claim == denial and each.stance in _TURNED)
    return tuple(dict.fromkeys(each.source for each in said))


def _backwards(names: Names, meant: _AsMeant) -> Iterator[Weakness]:
    """Sources of the press entered as passing on what the press said, and the answer if not."""
    case = names.case
    position = {name: n for n, each in enumerate(case.attributions) for name in each.names}
    cited = {name for each in case.attributions for name in each.cited}
    number = 0
    for n, each in enumerate(case.attributions):
        if each.in_hand is False or not cited.isdisjoint(each.names):
            continue
        for original in dict.fromkeys(position[name] for name in each.cited):
            if not looks_backwards(names.graph, n, original):
                continue
            record = case.attributions[original]
            text = backwards_in_words(names, each.id, record.id)
            told = Weakness("backwards", text, (), (each.id, record.id))
            number += 1
            if len(record.claims) != 1 or len(each.cited) != 1 or number > EFFECTS_AT_MOST:
                yield told
                continue
            yield _with_effect(
                names,
                attrs.evolve(
                    told,
                    text=f"{text}; the other way round,",
                    claims=record.claims,
                    put_right="the other way round",
                ),
                told,
                partial(retold, case, {each.id: None, record.id: each.id}),
                meant,
            )


def _dates(names: Names, today: date | None) -> Iterator[Weakness]:
    """Relays dated before what they pass on, and dates that have not come yet."""
    case, said = names.case, said_on(names.case)
    position = {name: n for n, each in enumerate(case.attributions) for name in each.names}
    for n, each in enumerate(case.attributions):
        day, who = said[n], names.speaker(each.id)
        if today is not None and day is not None and day.date() > today:
            text = f"what {who} said is dated {day.date()}, after {today}"
            yield Weakness("future-date", text, (), (each.id,))
        for cited in each.cited:
            text = before_original_in_words(names, n, position[cited])
            if text:
                yield Weakness("relay-before-original", text, (), (each.id, cited))


EFFECTS_AT_MOST = 30
"""Of how many records of one kind it is told what the answer would be; each takes weighing anew."""


def _uncommitted(names: Names, meant: _AsMeant) -> Iterator[Weakness]:
    """Words that commit to nothing, and what the answer would be if they had been said outright."""
    known = {each.id: each for each in names.case.attributions}
    empty = [each.attribution for each in names.graph.ignored if each.why is Why.NO_COMMITMENT]
    for number, name in enumerate(empty):
        text = f"the words of {names.speaker(name)} commit to nothing and have no weight"
        record = known.get(name)
        if record is None or len(record.claims) != 1 or number >= EFFECTS_AT_MOST:
            yield Weakness("no-commitment", text, (), (name,))
            continue
        yield _with_effect(
            names,
            Weakness(
                "no-commitment",
                f"{text}; said outright,",
                record.claims,
                (name,),
                put_right="said outright",
            ),
            Weakness("no-commitment", text, (), (name,)),
            partial(_with_fields, names.case, (name,), wording=None),
            meant,
        )


def _with_effect(
    names: Names, told: Weakness, otherwise: Weakness, case: Callable[[], Case], meant: _AsMeant
) -> Weakness:
    """A weakness with what the answer would be in another case; `otherwise` where it has none."""
    try:
        before = weighed(names.graph, told.claims[0], "story", 0)
    except (ImpossibleEvidence, IncompatiblePriors, TooEntangled):
        return otherwise
    effect, would_be = meant.effect(before, case)
    return attrs.evolve(
        told,
        text=f"{told.text}{effect}",
        would_be=would_be,
        put_right="" if would_be is None else told.put_right,
    )


_ARTICLE = re.compile(r"\s*(?:the|an?)\s+(?=\S)", re.IGNORECASE)


def _plain(text: str) -> str:
    """A text without spaces, punctuation, case and the article before it."""
    article = _ARTICLE.match(text)
    return re.sub(r"[\W_]+", "", text[article.end() if article else 0 :]).casefold()


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


def _lookalikes(names: Names, meant: _AsMeant) -> Iterator[Weakness]:
    """Sources, and claims, whose names or texts are the same but for case, spaces or one letter."""
    case = names.case
    sources = [(each.id, each.name or each.described_as or each.id) for each in case.sources]
    for number, ((one, _), (other, _)) in enumerate(_near_pairs(sources)):
        text = f"two sources look the same: {names.source(one)} and {names.source(other)}"
        told = Weakness("lookalike", text, (), (one, other))
        shared = _said_by(case, one) & _said_by(case, other)
        if not shared or number >= EFFECTS_AT_MOST:
            yield told
            continue
        for claim in sorted(shared)[:EFFECTS_AT_MOST]:
            both = attrs.evolve(
                told,
                text=f"{text}; as one source,",
                claims=(claim,),
                put_right="as one source",
            )
            yield _with_effect(names, both, told, partial(_as_one, case, one, other), meant)
    claims = [(each.id, each.text) for each in case.claims]
    for (one, _), (other, _) in _near_pairs(claims):
        text = f"two claims look the same: {names.claim(one)} and {names.claim(other)}"
        yield Weakness("lookalike", text, (), (one, other))


def _said_by(case: Case, source: str) -> frozenset[str]:
    """The claims on which a source speaks for itself."""
    return frozenset(
        claim for each in case.attributions if each.source == source for claim in each.claims
    )


def _as_one(case: Case, one: str, other: str) -> Case:
    """The case in which what one source says is said by another."""
    ids = {each.id for each in case.attributions if each.source == other}
    return _with_fields(case, ids, source=one)


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


def _unused(names: Names) -> Iterator[Weakness]:
    case = names.case
    speaking = {each.source for each in case.attributions}
    speaking |= {each.publisher for each in case.documents if each.publisher}
    for source in case.sources:
        if source.id not in speaking:
            text = f"nobody quotes {names.source(source.id)}, and that source says nothing"
            yield Weakness("unused", text, (), (source.id,))
    used = {claim for each in case.attributions for claim in each.claims}
    used |= {claim for link in case.links for claim in link.touches}
    used |= {claim for question in case.questions for claim in question.claims}
    used |= {each.only_if for each in case.sources if each.only_if}
    used |= {each.only_if for each in case.attributions if each.only_if}
    for claim in case.claims:
        if claim.id not in used:
            yield Weakness("unused", "nothing in the case is about it", (claim.id,), (claim.id,))


def _idle(names: Names) -> Iterator[Weakness]:
    """Interests, gates and silences that change nothing."""
    graph = names.graph
    for interest in graph.idle_interests:
        claims = names.claims(interest.claims) if interest.claims else "any claim"
        who = names.source(interest.source)
        text = f"the interest of {who} in {claims} touches nothing that they say"
        yield Weakness("idle-interest", text, (), (interest.source,))
    kept = {name for story in graph.stories for each in story.statements for name in each.merged}
    kept &= graph.written.keys()
    heard = {graph.case.attributions[graph.written[name]].source for name in kept}
    for source in graph.case.sources:
        if source.only_if is not None and source.id not in heard:
            text = f"the condition on {names.source(source.id)} touches nothing that counts"
            yield Weakness("idle-gate", text, (), (source.id,))
    counting = {graph.attribution_of[name] for name in kept}
    for each in graph.case.attributions:
        if each.id in counting:
            continue
        who = names.speaker(each.id)
        if each.only_if is not None:
            text = f"the condition on what {who} said touches nothing that counts"
            yield Weakness("idle-gate", text, (), (each.id,))
        elif each.is_silence:
            text = f"the silence of {who} has no weight"
            yield Weakness("idle-silence", text, (), (each.id,))
