"""Checking a case: what an editor would ask before trusting any number from it.

What `weigh` would tell of any claim, and what concerns the case alone: dates that cannot be, records
that look the same or that nothing uses, words that commit to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

import attrs

from provenance.assessment.assessment import Assessment, unread
from provenance.assessment.caveats import (
    Mentions,
    backwards_in_words,
    before_original_in_words,
    coarser_in_words,
    denial_in_words,
    looks_backwards,
    one_origin_in_words,
    rivals_in_words,
    undated_in_words,
)
from provenance.assessment.changes import retold
from provenance.assessment.costs import kept_within, told_within
from provenance.assessment.lookalikes import lookalikes_in
from provenance.assessment.names import Names
from provenance.assessment.values import Caveat
from provenance.assessment.weaknesses import (
    EFFECTS_AT_MOST,
    WEAKNESSES,
    AsMeant,
    Weakness,
    with_effect,
)
from provenance.assessment.weighing import as_day, weighed_together
from provenance.assessment.wordings import wordings_in
from provenance.bounds import Cancel
from provenance.display import Answers
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooCostly, TooEntangled
from provenance.graph import Graph, said_on
from provenance.records import Case, ImpliesLink, Question, Stance
from provenance.scales import percent

__all__ = ["WEAKNESSES", "Weakness", "check", "mentions_of"]


def mentions_of(case: Case) -> Answers[Mentions]:
    """For every claim how often it is mentioned, from how many origins, through how many outlets.

    >>> from provenance import load_seed
    >>> print(mentions_of(load_seed("egypt-arms-2015"))[1])
    four mentions, one origin, one outlet
    """
    graph = Graph.of(case)
    return Answers(Mentions(claim.id, *graph.mentions(claim.id)) for claim in case.claims)


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
    today = as_day(today)
    with kept_within(case, budget, cancel):
        graph = Graph.of(case)
        answers = _answers(graph)
    names = Names(graph)
    # What is told of all the answers has a budget of its own.
    with told_within(case, budget, cancel):
        meant = AsMeant(graph)
        found = [
            *_empty(case),
            *_of_claims(names, answers, meant),
            *_denials(names, meant),
            *_rivals(names, meant),
            *_coarser(names, meant),
            *_dates(names, today),
            *_backwards(names, meant),
            *wordings_in(names, meant),
            *lookalikes_in(names, meant),
            *_unused(names),
            *_idle(names),
        ]
    once = _once(names, found)
    return Answers(sorted(once, key=lambda weakness: WEAKNESSES.index(weakness.kind)))


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


_TOLD_OF_THE_CASE = (
    "denial-as-claim",
    "rival-claims",
    "coarser-claim",
    "backwards",
    "relay-before-original",
)
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


_Refusal = IncompatiblePriors | TooCostly | TooEntangled
_Answer = Assessment | ImpossibleEvidence | _Refusal


def _answers(graph: Graph) -> dict[str, _Answer]:
    """The answer of every claim, or why there is none: of a whole story at once where that is exact."""
    claims: dict[int, list[str]] = {}
    for claim in graph.case.claims:
        claims.setdefault(graph.story_of[claim.id], []).append(claim.id)
    found: dict[str, _Answer] = {}
    for ids in claims.values():
        while ids:
            try:
                for claim_id, answer in weighed_together(graph, ids):
                    found[claim_id] = answer
                    ids = ids[1:]
            except ImpossibleEvidence as error:
                # It may be that only with what has been found out of this claim.
                found[ids[0]] = error
                ids = ids[1:]
            except (IncompatiblePriors, TooCostly, TooEntangled) as error:
                # These come of the links and the size of a story, whichever claim of it is asked about.
                found.update(dict.fromkeys(ids, error))
                ids = []
    return found


def _of_claims(names: Names, answers: Mapping[str, _Answer], meant: AsMeant) -> Iterator[Weakness]:
    """What is to be told of every claim; beyond the budget, that it is not told."""
    beyond: TooCostly | None = None
    for claim in names.case.claims:
        answer = answers[claim.id] if beyond is None else beyond
        try:
            # What is read off an answer for this is let go before the next one.
            found = [*_of_claim(names, claim.id, answer, meant)]
        except TooCostly as error:
            beyond = error
            found = [Weakness("refused", _refused(names, error), (claim.id,))]
        yield from found


def _of_claim(names: Names, claim: str, answer: _Answer, meant: AsMeant) -> Iterator[Weakness]:
    if isinstance(answer, TooCostly):
        yield Weakness("refused", _refused(names, answer), (claim,))
        return
    assessment = unread(answer) if isinstance(answer, Assessment) else None
    lineage = names.graph.lineage(claim) if assessment is None else assessment.lineage
    if not lineage.mentions:
        yield Weakness("unheard", "nothing that we have bears on it", (claim,))
    if isinstance(answer, ImpossibleEvidence):
        yield Weakness("impossible", _impossible(names, answer), (claim,), answer.statements)
    elif isinstance(answer, IncompatiblePriors | TooEntangled):
        yield Weakness("refused", _refused(names, answer), (claim,))
    elif assessment is not None:
        for caveat in assessment.caveats:
            if caveat.kind not in _TOLD_OF_THE_CASE:
                yield _told_of(assessment, caveat, meant)
        yield from _outlets(names, claim, assessment, meant)


def _impossible(names: Names, error: ImpossibleEvidence) -> str:
    if not error.statements:
        return "how its claims were resolved cannot hold under the certainties of the case"
    who = names.statements(error.statements)
    return f"what {who} said cannot all be true under the certainties of the case"


def _refused(names: Names, error: _Refusal) -> str:
    if isinstance(error, IncompatiblePriors):
        return (
            f"the stated priors of {names.claims(error.claims)} cannot hold together under their "
            "links"
        )
    if isinstance(error, TooCostly):
        return str(error)
    return f"the links between {names.claims(error.questions)} need a table over the limit"


def _told_of(assessment: Assessment, caveat: Caveat, meant: AsMeant) -> Weakness:
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
    if would_be is not None and percent(would_be) == percent(assessment.probability):
        return Weakness(caveat.kind, caveat.text, claims, caveat.about)
    text = f"{caveat.text}; if we have it,{effect}"
    return Weakness(caveat.kind, text, claims, caveat.about, would_be, "if we have it")


def _outlets(
    names: Names, claim: str, assessment: Assessment, meant: AsMeant
) -> Iterator[Weakness]:
    """Outlets entered as witnesses, and the answer if they are echoes of whoever else says so."""
    for base, echoes in meant.bases[claim]:
        sources = tuple(dict.fromkeys(each.source for each in echoes))
        effect, would_be = meant.echoing(assessment, base)
        yield Weakness(
            "outlet-as-witness",
            f"from whom {'does' if len(sources) == 1 else 'do'} {names.sources(sources)} have it? "
            f"{_by_name(names, sources)}As echoes of {names.source(base.source)}{effect}",
            (claim,),
            tuple(each.id for each in echoes),
            would_be,
            f"if {names.sources(sources)} only {'repeats' if len(sources) == 1 else 'repeat'} "
            f"{names.source(base.source)}",
        )


def _by_name(names: Names, sources: tuple[str, ...]) -> str:
    """Which sources are taken for outlets by their names, where no kind says so."""
    kindless = [each for each in sources if names.graph.kinds[each] == "other"]
    if not kindless:
        return ""
    are = "is an outlet" if len(kindless) == 1 else "are outlets"
    return f"(By name {names.sources(kindless)} {are}, and no kind says so.) "


def _denials(names: Names, meant: AsMeant) -> Iterator[Weakness]:
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
        yield with_effect(
            names,
            attrs.evolve(told, text=f"{text}; {right},", put_right=right),
            told,
            partial(_as_denial, names.case, denial, denied),
            meant,
        )


def _rivals(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Claims that may be answers of one question, and the answer of each if they are."""
    case = names.case
    # What has answers, signs or an outcome already has no place in another question.
    bound = {claim for each in case.questions for claim in each.claims}
    bound |= {claim for each in case.links for claim in each.touches}
    bound |= {each.id for each in case.claims if each.resolved is not None}
    for number, (claim, others) in enumerate(names.graph.rivals.items()):
        group = _excluding_each_other(names.graph.rivals, claim, others)
        text = rivals_in_words(names, claim, others)
        told = Weakness("rival-claims", text, (claim,), (claim, *others))
        if number >= EFFECTS_AT_MOST or not bound.isdisjoint(group):
            yield told
            continue
        right = "as answers of one question"
        yield with_effect(
            names,
            attrs.evolve(told, text=f"{text}; {right},", put_right=right),
            told,
            partial(_as_answers, case, group),
            meant,
        )


def _excluding_each_other(
    rivals: Mapping[str, tuple[str, ...]], claim: str, others: Iterable[str]
) -> tuple[str, ...]:
    """A claim with those of its rivals that are each other's: "1872" and "1871" are, and no more."""
    group = [claim]
    for other in others:
        if all(other in rivals.get(each, ()) for each in group):
            group.append(other)
    return tuple(group)


def _coarser(names: Names, meant: AsMeant) -> Iterator[Weakness]:
    """Claims that say more exactly what others say, and the answer of these if the first imply them."""
    pairs = dict.fromkeys(pair for pairs in names.graph.coarser.values() for pair in pairs)
    for number, (finer, coarser) in enumerate(pairs):
        text = coarser_in_words(names, finer, coarser)
        told = Weakness("coarser-claim", text, (coarser,), (finer, coarser))
        if number >= EFFECTS_AT_MOST:
            yield told
            continue
        right = "with the first implying the second"
        yield with_effect(
            names,
            attrs.evolve(told, text=f"{text}; {right},", put_right=right),
            told,
            partial(_as_implying, names.case, finer, coarser),
            meant,
        )


def _as_implying(case: Case, finer: str, coarser: str) -> Case:
    """The case in which a claim implies another."""
    link = ImpliesLink(kind="implies", claim=finer, implies=coarser)
    return case.evolve(links=(*case.links, link))


def _as_answers(case: Case, claims: tuple[str, ...]) -> Case:
    """The case in which some claims are answers of one question, or none of them is true."""
    known = {each.id: each for each in case.claims}
    stated = [known[name].prior for name in claims]
    priors = [each for each in stated if isinstance(each, float)]
    # As they are stated where that leaves room for "none of these"; all alike where it does not.
    leave_room = len(priors) == len(claims) and sum(priors) < 1.0
    taken = known.keys() | {each.id for each in case.questions}
    question = Question(
        id=next(name for n in range(len(taken) + 1) if (name := f"which-{n}") not in taken),
        text="Which of them is true?",
        claims=claims,
        prior=tuple(priors) if leave_room else None,
        exhaustive=False,
    )
    return case.evolve(
        claims=tuple(
            each.evolve(prior=None, alternatives=None) if each.id in claims else each
            for each in case.claims
        ),
        questions=(*case.questions, question),
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


def _backwards(names: Names, meant: AsMeant) -> Iterator[Weakness]:
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
            yield with_effect(
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
    """Relays dated before what they pass on, what was withdrawn before, and dates that are to come."""
    case, said = names.case, said_on(names.case)
    position = {name: n for n, each in enumerate(case.attributions) for name in each.names}
    for n, each in enumerate(case.attributions):
        day, who = said[n], names.speaker(each.id)
        if today is not None and day is not None and day.date() > today:
            text = f"what {who} said is dated {day.date()}, after {today}"
            yield Weakness("future-date", text, (), (each.id,))
        withdrawn = each.retracted_on
        if (
            withdrawn is not None
            and each.said_on is not None
            and withdrawn.last < each.said_on.first
        ):
            text = (
                f"what {who} said on {each.said_on} is entered as withdrawn before, on {withdrawn}"
            )
            yield Weakness("withdrawn-early", text, (), (each.id,))
        for cited in each.cited:
            text = before_original_in_words(names, n, position[cited])
            if text:
                yield Weakness("relay-before-original", text, (), (each.id, cited))


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
    # A circle that goes back to no claim may be about any of them: that is told of the circle.
    circling = any(not circle.stories for circle in names.graph.circles)
    for claim in case.claims:
        if claim.id not in used and not circling:
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
