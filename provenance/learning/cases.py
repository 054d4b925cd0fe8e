"""From cases to assertions, and back: what an archive teaches, and what a case takes from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from provenance.errors import InvalidValue, UnknownName
from provenance.graph import Sayings, commitment_of, said_on
from provenance.learning.assertions import Assertions
from provenance.learning.copying import Copying, CopyingPair
from provenance.learning.learned import Learned
from provenance.records import Attribution, Case, SameVoice
from provenance.scales import confirms

__all__ = [
    "VoiceProposal",
    "assertions_of",
    "into_case",
    "proposed_voices",
    "with_voices",
]


@attrs.frozen
class VoiceProposal:
    """That one attribution of a case may be the same voice as another.

    >>> voice = SameVoice(attribution="wire", probability=0.8)
    >>> VoiceProposal("paper", voice, "the paper prints the wire").same_voice_as.probability
    0.8
    """

    attribution: str
    """The attribution that would carry the declaration."""
    same_voice_as: SameVoice
    """The declaration: the other attribution, and how probable it is that it is one voice."""
    why: str
    """On what grounds, as a sentence."""


def proposed_voices(
    case: Case, copying: Copying, *, least: float = 0.05
) -> tuple[VoiceProposal, ...]:
    """Propose same-voice declarations where sources that copy each other say the same in a case.

    The probability is that the pair copies, times the part of what they share that is copied.
    The copier's attribution carries the declaration, where the copier is known; else the one that
    was said later, or stands later in the file. Each attribution carries one at most, those of
    the case are kept, and no circle arises. Left out: relays, whose origin is on record, and
    attributions that make several claims at once.

    Args:
        case: The case; its sources are looked up by id.
        copying: What was found, by name (`copying_between`, or `Learned.copies`).
        least: Proposals less probable than this are not made.

    Raises:
        InvalidValue: Copying found by code, which says nothing of the sources of a case.

    >>> from provenance.learning import copying_between
    >>> from provenance.learning.planted import planted
    >>> made = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
    >>> told = zip((f"s{code}" for code in made.source), made.object, made.value)
    >>> found = copying_between(told)
    >>> made.groups
    ((6, 9),)
    >>> case = Case.model_validate({
    ...     "version": 1, "claims": [{"id": "c", "text": "It is so"}],
    ...     "sources": [{"id": "s6"}, {"id": "s9"}],
    ...     "attributions": [{"id": "one", "source": "s6", "claim": "c"},
    ...                      {"id": "two", "source": "s9", "claim": "c"}]})
    >>> [(p.attribution, p.same_voice_as.attribution) for p in proposed_voices(case, found)]
    [('two', 'one')]
    """
    upstream = {
        attribution.id: {name.split("/")[0] for name in attribution.cited} | _declared(attribution)
        for attribution in case.attributions
    }
    taken = {a.id for a in case.attributions if a.same_voice_as is not None}
    made = []
    for pair, one, other in _alike(case, copying):
        probability = pair.probability * pair.share
        carrier, model = _ordered(pair, copying, one, other)
        if probability < least or carrier.id in taken or _reaches(upstream, model.id, carrier.id):
            continue
        taken.add(carrier.id)
        upstream[carrier.id].add(model.id)
        voice = SameVoice(attribution=model.id, probability=probability)
        made.append(VoiceProposal(carrier.id, voice, _why(pair, carrier, model)))
    return tuple(made)


def with_voices(case: Case, proposals: Iterable[VoiceProposal]) -> Case:
    """The case with proposals written into it.

    Raises:
        UnknownName: A proposal for an attribution that is not there.
        CaseError: A proposal that leads nowhere, or contradicts a rule of the format.

    >>> case = Case.model_validate({
    ...     "version": 1, "claims": [{"id": "c", "text": "It is so"}],
    ...     "sources": [{"id": "wire"}, {"id": "paper"}],
    ...     "attributions": [{"id": "one", "source": "wire", "claim": "c"},
    ...                      {"id": "two", "source": "paper", "claim": "c"}]})
    >>> voice = SameVoice(attribution="one", probability=0.8)
    >>> declared = with_voices(case, [VoiceProposal("two", voice, "it prints the wire")])
    >>> declared.attributions[1].same_voice_as.attribution
    'one'
    """
    voices = {proposal.attribution: proposal.same_voice_as for proposal in proposals}
    known = [attribution.id for attribution in case.attributions]
    for name in voices:
        if name not in known:
            raise UnknownName("attribution", name, known)
    return case.evolve(
        attributions=tuple(
            attribution.evolve(same_voice_as=voices[attribution.id])
            if attribution.id in voices
            else attribution
            for attribution in case.attributions
        )
    )


def into_case(case: Case, learned: Learned) -> Case:
    """The case with what was learned of its sources: reliabilities, and copies as one voice.

    Sources are looked up by id. Those that the table does not know, or that nobody checks in it,
    keep what the case says of them; copies become same-voice declarations (`proposed_voices`).

    >>> from provenance.learning import learn
    >>> learned = learn([(s, o, "x") for s in ("wire", "daily") for o in range(9)])
    >>> case = Case.model_validate({
    ...     "version": 1, "claims": [{"id": "c", "text": "It is so"}], "sources": [{"id": "wire"}],
    ...     "attributions": [{"id": "one", "source": "wire", "claim": "c"}]})
    >>> round(into_case(case, learned).sources[0].reliability.mean, 1)
    0.9
    """
    records = {each.id: each for each in learned.sources().sources}
    sources = tuple(
        each.evolve(reliability=records[each.id].reliability)
        if each.id in records and records[each.id].reliability is not None
        else each
        for each in case.sources
    )
    graded = case.evolve(sources=sources)
    if learned.copies is None:
        return graded
    counted = tuple(pair for pair in learned.copies.pairs if pair.discounted)
    return with_voices(graded, proposed_voices(graded, attrs.evolve(learned.copies, pairs=counted)))


def _declared(attribution: Attribution) -> set[str]:
    voice = attribution.same_voice_as
    return set() if voice is None else {voice.attribution.split("/")[0]}


def _alike(case: Case, copying: Copying) -> list[tuple[CopyingPair, Attribution, Attribution]]:
    """Pairs of attributions that say the same, by sources that copy, likeliest first."""
    said: dict[tuple[str, str, bool], list[Attribution]] = {}
    for attribution in case.attributions:
        if len(attribution.claims) == 1 and attribution.basis != "inference":
            key = (attribution.source, attribution.claims[0], attribution.denies)
            said.setdefault(key, []).append(attribution)
    known = copying.names
    if known is None:
        raise InvalidValue("expected copying found by name, as copying_between finds it")
    found = []
    for pair in copying.pairs:
        one, other = str(known[pair.first]), str(known[pair.second])
        for (source, claim, denies), attributions in said.items():
            if source == one:
                others = said.get((other, claim, denies), [])
                found += [(pair, a, b) for a in attributions for b in others]
    return sorted(found, key=lambda item: -item[0].probability * item[0].share)


def _ordered(
    pair: CopyingPair, copying: Copying, one: Attribution, other: Attribution
) -> tuple[Attribution, Attribution]:
    """Who carries the declaration, and whose voice it may be."""
    if pair.copier is not None and copying.names is not None:
        first = copying.names[pair.copier] == one.source
        return (one, other) if first else (other, one)
    dates = [attribution.said_on for attribution in (one, other)]
    if dates[0] is not None and dates[1] is not None and dates[0].first > dates[1].first:
        return one, other
    return other, one


def _reaches(upstream: Mapping[str, set[str]], begin: str, end: str) -> bool:
    """Whether citations and declarations lead from one attribution to another."""
    waiting, seen = [begin], set()
    while waiting:
        at = waiting.pop()
        if at == end:
            return True
        if at not in seen:
            seen.add(at)
            waiting += upstream.get(at, ())
    return False


def _why(pair: CopyingPair, carrier: Attribution, model: Attribution) -> str:
    if pair.cited:
        ground = f"{carrier.source} cited {model.source} on record {pair.cited} times"
    else:
        ground = (
            f"{carrier.source} and {model.source} make the same claim {pair.agreements} times "
            f"in {pair.objects}, more than independent sources would"
        )
    return f"{ground}; about {pair.share:.0%} of what they share is copied"


# From an archive of case files to assertions: what sources said of claims, and how it turned out.


def assertions_of(
    cases: Iterable[Case] | Mapping[str, Case], *, unresolved: bool = False
) -> Assertions:
    """What sources said on their own account of the claims of many cases, with known outcomes.

    An object is a claim of a case, named `case/claim`; its value is True or False. What counts is
    what counts for a track record: a source's own word on the claim, turned by a denial and by a
    wording below even (1/k for a question of k answers), each claim and side once per case. Left
    out are relays, inferences, second-hand statements, wordings that commit to nothing, what was
    said once the outcome was known, and what was taken back before it was. Outcomes of settled
    claims come along as `truth`, which `learn` uses; a true answer of a question settles its
    alternatives.

    Args:
        cases: Cases, or a mapping of names to cases; without names a case goes by its title, or
            by its place (from 1) where it has none or another case has the same.
        unresolved: Whether claims that are still open count too, with what others said of them.

    Raises:
        TableError: Nobody said anything of a (resolved) claim.

    >>> from provenance.records import Case
    >>> case = Case.model_validate({
    ...     "version": 1, "title": "ship", "sources": [{"id": "ann"}],
    ...     "claims": [{"id": "left", "text": "It left", "resolved": {"value": True}}],
    ...     "attributions": [{"id": "a", "source": "ann", "claim": "left"}]})
    >>> archive = assertions_of([case])
    >>> archive.objects, archive.values, dict(archive.truth)
    (('ship/left',), (True,), {'ship/left': True})
    """
    rows: dict[tuple[str, str, bool], None] = {}
    truth: dict[str, bool] = {}
    for name, case in _named(cases):
        settled = _settled(case)
        for source, claim, affirms in _own_words(case, settled):
            if claim in settled:
                truth[f"{name}/{claim}"] = settled[claim][0]
            elif not unresolved:
                continue
            rows[source, f"{name}/{claim}", affirms] = None
    return attrs.evolve(Assertions.of(list(rows)), truth=truth)


def _named(cases: Iterable[Case] | Mapping[str, Case]) -> Iterator[tuple[str, Case]]:
    if isinstance(cases, Mapping):
        yield from cases.items()
        return
    listed = list(cases)
    titles = [case.title for case in listed]
    for place, case in enumerate(listed, start=1):
        alone = case.title is not None and titles.count(case.title) == 1
        yield str(case.title) if alone else str(place), case


def _settled(case: Case) -> dict[str, tuple[bool, datetime | None]]:
    """How every settled claim turned out, and when; a true answer settles its alternatives."""
    found = {
        claim.id: (claim.resolved.value, claim.resolved.on.begins if claim.resolved.on else None)
        for claim in case.claims
        if claim.resolved is not None
    }
    for question in case.questions:
        true = [name for name in question.claims if found.get(name, (False, None))[0]]
        for name in question.claims if true else ():
            found.setdefault(name, (False, found[true[0]][1]))
    return found


def _own_words(
    case: Case, settled: Mapping[str, tuple[bool, datetime | None]]
) -> Iterator[tuple[str, str, bool]]:
    """(source, claim, affirms) of all that sources say on their own account and that counts."""
    sayings = Sayings(case)
    for attribution, said in zip(case.attributions, said_on(case), strict=True):
        vouches = isinstance(attribution.wording, str) and confirms(attribution.wording)
        if attribution.basis in ("inference", "secondhand") or not (attribution.claims or vouches):
            continue
        for claim, denies in sayings.of(attribution):
            known_on = settled.get(claim, (False, None))[1]
            hindsight = said is not None and known_on is not None and said >= known_on
            back = attribution.retracted_on
            withdrawn = back is not None and (known_on is None or back.begins < known_on)
            hedged = commitment_of(attribution.wording, sayings.sizes[claim]) == 0.0
            if not (hindsight or withdrawn or hedged):
                yield attribution.source, claim, not denies
