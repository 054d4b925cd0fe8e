"""A story in canonical form: the questions, who can be heard on them, and who said what, as numbers.

A story is a set of questions connected by links, with every statement about them.
It is what the inference takes: no words, no defaults, no dates are left in it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import attrs

from provenance.graph.statements import Statement, equal_merged, needed, selected
from provenance.scales import Degree

__all__ = ["Link", "Place", "Question", "Statement", "Story", "Witness"]


@attrs.frozen(order=True)
class Place:
    """One value of one question of a story."""

    question: int
    """The question's index in the story."""
    value: int
    """The value's index in the question."""


@attrs.frozen
class Question:
    """Two or more exclusive values, exactly one of which is so."""

    id: str
    """The question's id; for a plain claim, the claim's."""
    values: tuple[str | None, ...]
    """The claim behind each value; the last one is `None` for "not so", or "none of these"."""
    prior: tuple[float, ...] | None = None
    """The stated prior, one probability per value; `None` when it was not stated."""
    strength: float = float("inf")
    """How well a stated prior is known; infinite when exactly."""
    is_sign: bool = False
    """Whether a link gives its probability, so that it has no prior of its own."""

    @property
    def size(self) -> int:
        """How many values it has, at least two."""
        return len(self.values)


@attrs.frozen
class Link:
    """A two-by-two table over whether a first value and a second value hold.

    An evidence link has the claim first and the sign second, and its rows are P(sign | claim).
    """

    first: Place
    """The claim, the one that implies, or one of two that exclude each other."""
    second: Place
    """The sign, the one that is implied, or the other of two that exclude each other."""
    both: float
    """The factor where both hold."""
    only_first: float
    """The factor where the first holds and the second does not."""
    only_second: float
    """The factor where the second holds and the first does not."""
    neither: float
    """The factor where neither holds."""
    crowd: int | None = None
    """Which contradiction among three claims or more it is a pair of, if any."""

    @property
    def is_strict(self) -> bool:
        """Whether both cannot hold."""
        return self.both == 0.0

    @property
    def is_conditional(self) -> bool:
        """Whether its rows are probabilities of the second given the first: an evidence link."""
        rows = (self.both + self.only_first, self.only_second + self.neither)
        return all(abs(row - 1.0) < 1e-12 for row in rows)


@attrs.frozen
class Witness:
    """A source as the inference sees it."""

    id: str
    """The source's id."""
    reliability: Degree | None
    """How reliably it tracks what is so; `None` when it cannot be judged."""
    access: Degree
    """Whether it could know."""


@attrs.frozen
class Story:
    """Questions under links, the witnesses and their statements, and what has been resolved."""

    questions: tuple[Question, ...]
    """Every question of the story, in the order of the case."""
    links: tuple[Link, ...] = ()
    """The links between them."""
    witnesses: tuple[Witness, ...] = ()
    """Every source with a statement in the story, in the order of the case."""
    statements: tuple[Statement, ...] = ()
    """Every kept statement; what is cited, or may be the same voice, comes first."""
    resolved: tuple[tuple[Place, bool], ...] = ()
    """Values whose truth has been found out, each with how it turned out."""

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each claim of the story stands."""
        return {
            claim: Place(q, v)
            for q, question in enumerate(self.questions)
            for v, claim in enumerate(question.values)
            if claim is not None
        }

    @cached_property
    def listeners(self) -> tuple[tuple[int, ...], ...]:
        """For every statement, the indices of the statements that cite it."""
        found: list[list[int]] = [[] for _ in self.statements]
        for index, statement in enumerate(self.statements):
            if statement.cites is not None:
                found[statement.cites].append(index)
        return tuple(tuple(each) for each in found)

    def without(self, dropped: Collection[int]) -> Story:
        """The same story without some statements, and without what relays only them.

        A declaration of the same voice as a statement that is gone is void, so that statements may
        become equal: those are merged. Hidden statements on which nothing in hand depends any
        longer go too. Linear in the statements of the story.
        """
        gone = set(dropped)
        for index, statement in enumerate(self.statements):
            if statement.cites is not None and statement.cites in gone:
                gone.add(index)
        kept = [index for index in range(len(self.statements)) if index not in gone]
        statements = selected(self.statements, kept)
        if any(self.statements[index].voice in gone for index in kept):
            statements = equal_merged(statements)
        return attrs.evolve(self, statements=selected(statements, needed(statements)))
