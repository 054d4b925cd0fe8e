"""The canonical form of a case: its statements in stories, and what was left out on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from provenance.graph.circles import Circle
from provenance.graph.citations import Citations, citations_of
from provenance.graph.drafts import Draft, Drafts, degree_of, said_on
from provenance.graph.ignored import Ignored, Why
from provenance.graph.interests import Interests
from provenance.graph.questions import Matters
from provenance.graph.stories import stories_of
from provenance.graph.story import Story
from provenance.records import Case
from provenance.scales import DEFAULT_COMPETENCE, DEFAULT_FIDELITY

__all__ = ["Canonical", "canonical_form"]


@attrs.frozen
class Canonical:
    """What a case comes to before inference."""

    stories: tuple[Story, ...]
    """The stories, in the order of the case."""
    ignored: tuple[Ignored, ...]
    """What is ignored, in the order of the case."""
    circles: tuple[Circle, ...]
    """The circles found among the attributions."""
    written: Mapping[str, int]
    """For every id in a statement's `merged`, the index of the attribution behind it."""
    said: tuple[date | None, ...]
    """For every attribution the day on which it was said, where that is known."""


def canonical_form(
    case: Case, matters: Matters, interests: Interests, as_of: date | None
) -> Canonical:
    """Bring a case to canonical form: dates, circles, inferences and mergers, in a fixed order.

    The order of the attributions decides nothing but the order of what comes out. Linear in
    statements but for sorting; where attributions that cite several are cited themselves, there
    are more statements than attributions, one for each route.
    """
    said = said_on(case)
    citations = citations_of(case, as_of, said)
    maker = Drafts(case, matters, citations, interests)
    drafts = maker.made()
    _leave_out(case, drafts)
    drafts = _with_unnamed_origins(case, matters, maker, drafts)
    _settle_self_citations(case, drafts)
    named = {draft.id: draft for draft in drafts}
    kept = sorted((each for each in drafts if each.is_kept), key=lambda each: each.attribution)
    stories = stories_of(case, matters, kept, _days(drafts, said))
    for _, unused in stories:
        for name in unused:
            named[name].why = Why.NOT_IN_HAND
    return Canonical(
        stories=tuple(story for story, _ in stories),
        ignored=tuple(_ignored(case, citations, maker)),
        circles=tuple(_circles(case, matters, citations, maker)),
        written={draft.id: draft.attribution for draft in drafts if not draft.is_unnamed},
        said=said,
    )


def _days(drafts: Iterable[Draft], said: Sequence[date | None]) -> dict[str, date]:
    days = ((draft.id, said[draft.attribution]) for draft in drafts)
    return {name: day for name, day in days if day is not None}


def _leave_out(case: Case, drafts: Iterable[Draft]) -> None:
    """Leave out inferences and words that commit to nothing, and what relays only them."""
    for draft in drafts:
        if case.attributions[draft.attribution].basis == "inference":
            draft.why = Why.INFERENCE
        elif draft.commitment == 0.0:
            draft.why = Why.NO_COMMITMENT
        elif draft.cites is not None and draft.cites.why is not None:
            draft.why = Why.RELAYS_ONLY


def _with_unnamed_origins(
    case: Case, matters: Matters, maker: Drafts, drafts: Sequence[Draft]
) -> list[Draft]:
    """Make of every secondhand origin a relay of someone unnamed, one per source and statement.

    Without this, leaving out a known upstream would turn hearsay into testimony.
    """
    found: list[Draft] = []
    unnamed: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        basis = case.attributions[draft.attribution].basis
        if basis == "secondhand" and draft.cites is None and draft.why is None:
            key = (draft.source, draft.place, draft.affirms)
            if key not in unnamed:
                unnamed[key] = _unnamed_origin(matters, maker, draft)
                found.append(unnamed[key])
            draft.cites, draft.skill = unnamed[key], DEFAULT_FIDELITY
        found.append(draft)
    return found


def _unnamed_origin(matters: Matters, maker: Drafts, relay: Draft) -> Draft:
    values = matters.questions[relay.place.question].values
    claim = values[relay.place.value]
    said = f"not {values[0]}" if claim is None else claim if relay.affirms else f"not {claim}"
    name = maker.unused(f"{relay.source}>unnamed: {said}")
    return attrs.evolve(
        relay,
        id=name,
        source=name,
        is_unnamed=True,
        in_hand=False,
        skill=DEFAULT_COMPETENCE,
        commitment=1.0,
        interest=1.0,
        voice=None,
        voice_probability=0.0,
        written=[],
    )


def _settle_self_citations(case: Case, drafts: Iterable[Draft]) -> None:
    """Merge a source's citation of itself into what it cites, or attach it to what that is about."""
    for draft in drafts:
        if draft.why is not None or draft.cites is None:
            continue
        cited = draft.cites = draft.cites.into or draft.cites
        if cited.source != draft.source:
            continue
        if draft.says_what(cited):
            draft.into = cited
            cited.in_hand = cited.in_hand or draft.in_hand
            cited.commitment = max(cited.commitment, draft.commitment)
            cited.interest = min(cited.interest, draft.interest)
            cited.written += draft.written
        else:
            draft.cites = cited.cites
            if cited.cites is None:
                # Now an origin: how well the source can tell, not how faithfully it passes on.
                competence = case.attributions[draft.attribution].competence
                draft.skill = degree_of(competence, DEFAULT_COMPETENCE)


def _ignored(case: Case, citations: Citations, maker: Drafts) -> Iterator[Ignored]:
    """What is ignored, in the order of the case; under its plain id where all of it is, alike."""
    uncited: dict[int, list[Ignored]] = {}
    for index, each in maker.uncited:
        uncited.setdefault(index, []).append(each)
    for index, attribution in enumerate(case.attributions):
        if index in citations.gone:
            yield Ignored(attribution.id, citations.gone[index])
            continue
        drafts = maker.by_attribution[index]
        found = uncited.get(index, [])
        found += (Ignored(draft.id, draft.why) for draft in drafts if draft.why is not None)
        reasons = {each.why for each in found}
        if len(reasons) == 1 and all(draft.why is not None for draft in drafts):
            yield Ignored(attribution.id, reasons.pop())
        else:
            yield from found


def _circles(case: Case, matters: Matters, citations: Citations, maker: Drafts) -> Iterator[Circle]:
    for members in citations.circles:
        about = {draft.claim for member in members for draft in maker.by_attribution[member]}
        claims = tuple(claim for claim in matters.places if claim in about)
        questions = (matters.places[claim].question for claim in claims)
        yield Circle(
            members=tuple(case.attributions[member].id for member in members),
            claims=claims,
            stories=tuple(sorted({matters.component[q] for q in questions})),
        )
