"""Routes: by which chain each statement in hand has what it says, and how far each link holds."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.graph import Place, Story
from provenance.methods.leanings import leanings_of
from provenance.methods.testimony import passes_on, tracks

__all__ = ["Route", "Shared", "routes_of", "shared_by", "trusts_of"]


@attrs.frozen
class Route:
    """One statement in hand that bears on a claim, with the chain behind it."""

    statement: int
    """The statement in hand, an index into the story's statements."""
    origin: int
    """The statement at which its chain begins."""
    length: int
    """How many statements the chain has, both ends included."""
    leaning: float
    """What its being right would say about the claim, from -1, the opposite, to 1, the claim."""
    product: float
    """The chance that every link of the chain holds, were they independent."""
    weakest: float
    """The chance that the weakest link of the chain holds."""
    mentions: int
    """How many written attributions the statement in hand stands for."""

    @property
    def strength(self) -> float:
        """The chain and the leaning together, from -1 to 1."""
        return self.product * self.leaning


def trusts_of(story: Story) -> list[float]:
    """For every statement, the chance that it passes on what it tracks, all by itself."""
    tracking = tracks(story)
    return [tracking[each.witness] * passes_on(each) for each in story.statements]


def routes_of(story: Story, place: Place) -> tuple[Route, ...]:
    """Every statement in hand that says something about a value, in the order of the story.

    Each statement cites at most one, so there is one route to each: linear in the statements.
    """
    leanings = leanings_of(story, place)
    trusts = trusts_of(story)
    chains: list[tuple[int, int, float, float]] = []
    found = []
    for index, statement in enumerate(story.statements):
        trust = trusts[index]
        if statement.cites is None:
            chain = (index, 1, trust, trust)
        else:
            origin, length, product, weakest = chains[statement.cites]
            chain = (origin, length + 1, product * trust, min(weakest, trust))
        chains.append(chain)
        leaning = leanings.get(Place(statement.question, statement.value))
        if statement.in_hand and leaning is not None and leaning.of(statement.affirms):
            mentions = max(1, len(statement.merged))
            said = leaning.of(statement.affirms)
            found.append(Route(index, chain[0], chain[1], said, chain[2], chain[3], mentions))
    return tuple(found)


@attrs.frozen
class Shared:
    """A source or a statement through which several routes run."""

    kind: str
    """What it is: "source" or "statement"."""
    id: str
    """Its id."""
    routes: int
    """How many routes run through it, two or more."""


def shared_by(story: Story, routes: Sequence[Route]) -> tuple[Shared, ...]:
    """What several routes share, in the order of the story: sources, then cited statements.

    A method that takes routes for independent counts these more than once.
    Linear in the statements.
    """
    ends = [0] * len(story.statements)
    for route in routes:
        ends[route.statement] += 1
    through = list(ends)
    for index in range(len(story.statements) - 1, -1, -1):
        cited = story.statements[index].cites
        if cited is not None:
            through[cited] += through[index]
    per_source = _routes_per_source(story, through)
    sources = [
        Shared("source", witness.id, count)
        for witness, count in zip(story.witnesses, per_source, strict=True)
        if count > 1
    ]
    statements = [
        Shared("statement", statement.id, through[index])
        for index, statement in enumerate(story.statements)
        if through[index] > 1
    ]
    return (*sources, *statements)


def _routes_per_source(story: Story, through: Sequence[int]) -> list[int]:
    """How many routes run through each source, a source twice on one route counted once."""
    below: list[list[int]] = [[] for _ in story.statements]
    roots: list[int] = []
    for index, statement in enumerate(story.statements):
        (roots if statement.cites is None else below[statement.cites]).append(index)
    counts = [0] * len(story.witnesses)
    open_now = [0] * len(story.witnesses)
    waiting = [(root, True) for root in reversed(roots)]
    while waiting:
        index, entering = waiting.pop()
        witness = story.statements[index].witness
        if not entering:
            open_now[witness] -= 1
            continue
        if not open_now[witness]:
            counts[witness] += through[index]
        open_now[witness] += 1
        waiting.append((index, False))
        waiting.extend((each, True) for each in below[index])
    return counts
