"""Weaknesses of a case: what an editor would ask before trusting any number from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import attrs

from provenance.assessment.caveats import named
from provenance.graph import Graph, Lineage
from provenance.records import Case

__all__ = ["WEAKNESSES", "Mentions", "Weakness", "WeaknessKind", "check", "mentions_of"]

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

_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


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
                _counted(self.mentions, "mention"),
                _counted(self.origins, "origin"),
                _counted(self.outlets, "outlet"),
            )
        )


def _counted(count: int, noun: str) -> str:
    number = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


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
