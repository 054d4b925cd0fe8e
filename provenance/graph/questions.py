"""What a case is about: its questions, the links between them, and which of them are linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

import attrs

from provenance.errors import TooEntangled
from provenance.graph.groups import Groups
from provenance.graph.story import Link, Place, Question
from provenance.records import Case, Claim, ContradictsLink, EvidenceLink, ImpliesLink

__all__ = ["Matters", "matters_of"]

PAIRS_AT_MOST = 500_000
"""How many pairs of claims the links of a case may put in contradiction."""


@attrs.frozen
class Matters:
    """Every question of a case, with places and links counted over the whole case."""

    questions: tuple[Question, ...]
    """The questions, in the order of the case: each stands where its first claim stands."""
    places: Mapping[str, Place]
    """Where every claim stands."""
    links: tuple[Link, ...]
    """The links, a contradiction between several claims as its pairs."""
    component: tuple[int, ...]
    """For every question, the set of linked questions to which it belongs, numbered in order."""
    resolved: tuple[tuple[Place, bool], ...]
    """Claims whose truth has been found out."""


def matters_of(case: Case, as_of: date | None = None) -> Matters:
    """The questions and links of a case, with what has been resolved by a date.

    A resolution without a date counts from the start, as undated attributions do.
    Raises `TooEntangled` when contradictions between many claims run into too many pairs.
    """
    signs = {link.sign for link in case.links if isinstance(link, EvidenceLink)}
    questions = tuple(_questions(case, signs))
    places = {
        claim: Place(q, v)
        for q, question in enumerate(questions)
        for v, claim in enumerate(question.values)
        if claim is not None
    }
    links = tuple(_links(case, places))
    return Matters(
        questions=questions,
        places=places,
        links=links,
        component=_components(len(questions), links),
        resolved=tuple(
            (places[claim.id], claim.resolved.value)
            for claim in case.claims
            if claim.resolved is not None
            and (as_of is None or claim.resolved.on is None or claim.resolved.on.first <= as_of)
        ),
    )


def _questions(case: Case, signs: set[str]) -> Iterator[Question]:
    asked = {claim: question for question in case.questions for claim in question.claims}
    done: set[str] = set()
    for claim in case.claims:
        question = asked.get(claim.id)
        if question is None:
            yield _plain(claim, claim.id in signs)
        elif question.id not in done:
            done.add(question.id)
            rest = () if question.exhaustive else (None,)
            prior = question.prior
            if prior is not None and not question.exhaustive:
                prior = (*prior, 1.0 - sum(prior))
            yield Question(question.id, (*question.claims, *rest), prior)


def _plain(claim: Claim, is_sign: bool) -> Question:
    values = (claim.id, None)
    if is_sign or claim.prior is None:
        return Question(claim.id, values, is_sign=is_sign)
    if isinstance(claim.prior, float):
        return Question(claim.id, values, (claim.prior, 1.0 - claim.prior))
    mean, strength = claim.prior.mean, claim.prior.strength
    return Question(claim.id, values, (mean, 1.0 - mean), strength)


def _links(case: Case, places: Mapping[str, Place]) -> Iterator[Link]:
    pairs = 0
    for number, link in enumerate(case.links):
        if isinstance(link, EvidenceLink):
            true, false = link.if_true, link.if_false
            ends = places[link.claim], places[link.sign]
            yield Link(
                *ends, both=true, only_first=1.0 - true, only_second=false, neither=1.0 - false
            )
        elif isinstance(link, ImpliesLink):
            ends = places[link.claim], places[link.implies]
            yield Link(
                *ends, both=1.0, only_first=1.0 - link.strength, only_second=1.0, neither=1.0
            )
        else:
            pairs += len(link.claims) * (len(link.claims) - 1) // 2
            if pairs > PAIRS_AT_MOST:
                raise TooEntangled(link.claims, pairs, PAIRS_AT_MOST)
            yield from _contradictions(number, link, places)


def _contradictions(
    number: int, link: ContradictsLink, places: Mapping[str, Place]
) -> Iterator[Link]:
    claims = dict.fromkeys(link.claims)
    crowd = number if len(claims) > 2 else None
    for one, other in combinations(claims, 2):
        ends = places[one], places[other]
        yield Link(*ends, 1.0 - link.strength, 1.0, 1.0, 1.0, crowd)


def _components(size: int, links: Iterable[Link]) -> tuple[int, ...]:
    groups = Groups(size)
    for link in links:
        groups.join(link.first.question, link.second.question)
    return groups.numbered()
