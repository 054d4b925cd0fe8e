"""Caveats: what the reader of an answer should know about the case behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, get_args

import attrs

from provenance.assessment.values import Caveat, has_judged_evidence
from provenance.graph import Graph, Lineage
from provenance.inference import Answer
from provenance.records import Case
from provenance.scales import counted, error_in_words, named

__all__ = [
    "WEAKNESSES",
    "Mentions",
    "Weakness",
    "WeaknessKind",
    "caveats_of",
    "check",
    "mentions_of",
]


def caveats_of(
    graph: Graph, claim: str, answer: Answer, lineage: Lineage, prior_stated: bool
) -> tuple[Caveat, ...]:
    """All caveats of a claim's answer, in a fixed order of kinds."""
    return (
        *_of_evidence(answer, lineage),
        *_of_routes(graph, claim, lineage),
        *_of_records(graph, claim, lineage),
        *_of_method(answer, claim, prior_stated),
    )


def _of_evidence(answer: Answer, lineage: Lineage) -> Iterator[Caveat]:
    story = answer.evaluation.story
    if not has_judged_evidence(story):
        yield Caveat(
            "no-judged-evidence",
            "nothing that can be judged bears on this claim: the number is the prior",
        )
    heard = {statement.witness for statement in story.statements}
    unjudged = [
        witness.id
        for index, witness in enumerate(story.witnesses)
        if index in heard and witness.reliability is None
    ]
    if unjudged:
        yield Caveat(
            "unjudged",
            f"{named(unjudged)} cannot be judged and {_has(unjudged)} no weight in the number; "
            "the interval covers what each could change",
            tuple(unjudged),
        )
    if lineage.groups == 1 and len(lineage.mentions) > 1:
        origins = tuple(dict.fromkeys(origin.source for origin in lineage.origins))
        yield Caveat(
            "single-origin",
            f"{len(lineage.mentions)} mentions go back to one origin, {named(origins)}",
            origins,
        )


def _has(ids: Collection[str]) -> str:
    return "has" if len(ids) == 1 else "have"


def _of_routes(graph: Graph, claim: str, lineage: Lineage) -> Iterator[Caveat]:
    if lineage.one_outlet is not None and len(lineage.mentions) > 1:
        yield Caveat(
            "one-outlet",
            f"everything in hand comes from one outlet, '{lineage.one_outlet}'",
            (lineage.one_outlet,),
        )
    for circle in graph.circles_of(claim):
        yield Caveat(
            "circular",
            f"circular reporting: {named(circle.members)} rest on each other",
            circle.members,
        )


def _of_records(graph: Graph, claim: str, lineage: Lineage) -> Iterator[Caveat]:
    if lineage.unknown_lineage:
        yield _listed(
            "unknown-lineage",
            "it is not recorded whether {} saw for themselves or have it from somebody",
            lineage.unknown_lineage,
        )
    undated = graph.undated(claim)
    if undated:
        yield _listed("undated", "no date is known for {}: counted from the start", undated)
    if graph.retracted:
        was = "was" if len(graph.retracted) == 1 else "were"
        text = f"{{}} {was} withdrawn and {_has(graph.retracted)} no weight"
        yield _listed("retracted", text, graph.retracted)


def _listed(kind: str, text: str, ids: Iterable[str]) -> Caveat:
    found = tuple(ids)
    return Caveat(kind, text.format(named(found)), found)  # type: ignore[arg-type]


def _of_method(answer: Answer, claim: str, prior_stated: bool) -> Iterator[Caveat]:
    if not prior_stated:
        yield Caveat(
            "prior-not-stated",
            f"no prior was stated for this claim; {answer.prior:.2g} follows from the rest "
            "of the case",
            (claim,),
        )
    if not answer.evaluation.is_exact:
        yield Caveat(
            "approximate",
            "the case is too interwoven for an exact answer: it was simulated, "
            f"with a standard error of {error_in_words(answer.standard_error)}",
        )


# Weaknesses of a case: what an editor would ask before trusting any number from it.

WeaknessKind = Literal[
    "circular",
    "single-origin",
    "echo",
    "one-outlet",
    "unjudged",
    "prior-not-stated",
    "idle-interest",
    "unheard",
]
WEAKNESSES: tuple[str, ...] = get_args(WeaknessKind)
"""Every kind of weakness, in the order in which they are listed."""


@attrs.frozen
class Weakness:
    """One weakness of a case."""

    kind: WeaknessKind
    """A stable name."""
    text: str
    """What it is, as a sentence."""
    claim: str | None = None
    """The claim it concerns; `None` for the whole case."""
    about: tuple[str, ...] = ()
    """The ids of the records it concerns."""

    def __str__(self) -> str:
        return f"{self.claim}: {self.text}" if self.claim else self.text


@attrs.frozen
class Mentions:
    """How often a claim is mentioned, and from how few it comes.

    >>> print(Mentions("sailed", 5, 2, 1))
    five mentions, two origins, one outlet
    """

    claim: str
    """The claim."""
    mentions: int
    """How many attributions bear on it."""
    origins: int
    """How many groups of origins they go back to."""
    outlets: int
    """How many sources published what is in hand."""

    def __str__(self) -> str:
        return ", ".join(
            (
                counted(self.mentions, "mention"),
                counted(self.origins, "origin"),
                counted(self.outlets, "outlet"),
            )
        )


def mentions_of(case: Case) -> tuple[Mentions, ...]:
    """For every claim how often it is mentioned, from how many origins, through how many outlets.

    >>> from provenance import load_seed
    >>> print(mentions_of(load_seed("egypt-arms-2015"))[1])
    four mentions, one origin, one outlet
    """
    graph = Graph.of(case)
    return tuple(_mentions(graph.lineage(claim.id)) for claim in case.claims)


def _mentions(lineage: Lineage) -> Mentions:
    return Mentions(lineage.claim, len(lineage.mentions), lineage.groups, len(lineage.outlets))


def check(case: Case) -> tuple[Weakness, ...]:
    """The weaknesses of a case, kind by kind, in the order of the case.

    An empty tuple means that none of the questions asked here finds anything; it does not make the
    case right.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}, {"id": "daily", "reliability": "B"}],
    ...     "attributions": [
    ...         {"id": "log", "source": "pilot", "claim": "sailed", "basis": "firsthand"},
    ...         {"id": "story", "source": "daily", "cites": "log"},
    ...     ],
    ... })
    >>> [weakness.kind for weakness in check(case)]
    ['single-origin', 'one-outlet']
    """
    graph = Graph.of(case)
    found = [
        *_circles(graph),
        *(weakness for claim in case.claims for weakness in _of_claim(graph, claim.id)),
        *_outlets(graph),
        *_unjudged(graph),
        *_priors(graph),
        *_interests(graph),
    ]
    return tuple(sorted(found, key=lambda weakness: WEAKNESSES.index(weakness.kind)))


def _circles(graph: Graph) -> Iterator[Weakness]:
    for circle in graph.circles:
        text = f"{named(circle.members)} cite each other in a circle"
        yield Weakness("circular", text, None, circle.members)


def _of_claim(graph: Graph, claim: str) -> Iterator[Weakness]:
    lineage = graph.lineage(claim)
    counts = _mentions(lineage)
    origins = tuple(dict.fromkeys(origin.source for origin in lineage.origins))
    if not counts.mentions:
        yield Weakness("unheard", "nothing in hand bears on it", claim)
    elif counts.origins == 1 and counts.mentions > 1:
        yield Weakness("single-origin", f"{counts}: all of it is {named(origins)}", claim, origins)
    elif counts.mentions > 2 * counts.origins:
        yield Weakness("echo", f"{counts}", claim, origins)


def _outlets(graph: Graph) -> Iterator[Weakness]:
    """Stories held together by one outlet: without it nothing of them would be in hand."""
    for story in graph.stories:
        heard = [statement for statement in story.statements if statement.in_hand]
        outlets = {statement.witness for statement in heard}
        if len(outlets) == 1 and len(story.statements) > 1:
            outlet = story.witnesses[outlets.pop()].id
            claims = tuple(story.places)
            text = f"all that is in hand on {named(claims)} comes from one outlet, {outlet!r}"
            yield Weakness("one-outlet", text, None, (outlet, *claims))


def _unjudged(graph: Graph) -> Iterator[Weakness]:
    heard: dict[str, None] = {}
    for story in graph.stories:
        for statement in story.statements:
            witness = story.witnesses[statement.witness]
            if witness.reliability is None:
                heard[witness.id] = None
    for source in heard:
        yield Weakness("unjudged", f"{source!r} is heard and cannot be judged", None, (source,))


def _priors(graph: Graph) -> Iterator[Weakness]:
    for story in graph.stories:
        for question in story.questions:
            if question.prior is None and not question.is_sign:
                claims = tuple(claim for claim in question.values if claim is not None)
                text = f"no prior is stated for {named(claims)}"
                yield Weakness("prior-not-stated", text, claims[0], claims)


def _interests(graph: Graph) -> Iterator[Weakness]:
    for interest in graph.idle_interests:
        claims = named(interest.claims) if interest.claims else "any claim"
        text = f"the interest of {interest.source!r} in {claims} touches nothing that it says"
        yield Weakness("idle-interest", text, None, (interest.source,))
