"""A story in canonical form: the questions, who can be heard on them, and who said what, as numbers.

A story is a set of questions connected by links, with every statement about them.
It is what the inference takes: no words, no defaults, no dates are left in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import attrgetter

import attrs

from provenance.components import Groups, joined
from provenance.scales import DEFAULT_FIDELITY, Degree

__all__ = [
    "Link",
    "Place",
    "Statement",
    "Story",
    "StoryQuestion",
    "Witness",
    "equal_merged",
    "in_order",
    "needed",
    "selected",
]

# Statements: one source saying, or passing on, one thing; and when two of them are the same.


@attrs.frozen
class Statement:
    """One source saying, or passing on, one thing.

    Statements stand in a story in an order in which what is cited comes first.
    """

    id: str
    """The attribution's id, or `id>cited` for one of several citations."""
    witness: int
    """Who says it: an index into the story's witnesses."""
    question: int
    """What it is about: an index into the story's questions."""
    value: int
    """The value that it speaks of."""
    affirms: bool
    """Whether it says that the value is so, or that it is not; always true for questions of two."""
    cites: int | None
    """For a relay, the index of the statement that it passes on; `None` for an origin."""
    in_hand: bool
    """Whether its document is in hand; otherwise it is known only through others."""
    skill: Degree
    """Competence of an origin, fidelity of a relay."""
    commitment: float
    """How far the words commit: |k w - 1| / (k - 1), in (0, 1]."""
    interest: float
    """P(would say this | not tracking) / P(would say it | tracking), above 0."""
    voice: int | None = None
    """The index of a statement that may be the very same voice."""
    voice_probability: float = 0.0
    """How likely that is."""
    merged: tuple[str, ...] = ()
    """The ids of all that was written and for which this statement stands, the earliest first."""
    day: datetime | None = None
    """When it was said, if that is known."""
    gates: tuple[Place, ...] = ()
    """The values that must hold for it to count; nothing else of it depends on them."""
    is_established: bool = False
    """Of an origin: whether its independence is on record."""
    silence: float = 0.0
    """Of a silence: how likely the source would have spoken had it known; 0 for what was said."""

    @property
    def is_origin(self) -> bool:
        """Whether its source speaks for itself; a silence is no origin."""
        return self.cites is None and not self.silence

    @property
    def is_own(self) -> bool:
        """Whether it is its source's own, a silence included, and nothing passed on."""
        return self.cites is None

    def moved(
        self,
        witness: int,
        question: int,
        cites: int | None,
        voice: int | None,
        gates: tuple[Place, ...] | None = None,
    ) -> Statement:
        """The same statement where what it refers to has other indices."""
        # Written out, because evolving every statement of a large case takes seconds.
        return Statement(
            self.id,
            witness,
            question,
            self.value,
            self.affirms,
            cites,
            self.in_hand,
            self.skill,
            self.commitment,
            self.interest,
            voice,
            0.0 if voice is None else self.voice_probability,
            self.merged,
            self.day,
            self.gates if gates is None else gates,
            self.is_established,
            self.silence,
        )


def selected(statements: Sequence[Statement], kept: Iterable[int]) -> tuple[Statement, ...]:
    """Some of the statements, ascending, with their references moved.

    What a kept relay cites must be kept too; a declaration of the same voice as a statement that
    is gone is void.
    """
    indices = list(kept)
    if len(indices) == len(statements):
        return tuple(statements)
    position = {old: new for new, old in enumerate(indices)}
    return tuple(
        each.moved(
            each.witness,
            each.question,
            None if each.cites is None else position[each.cites],
            None if each.voice is None else position.get(each.voice),
        )
        for each in (statements[index] for index in indices)
    )


def needed(statements: Sequence[Statement]) -> tuple[int, ...]:
    """The statements in hand and those on which one in hand depends, by citing or by same voice."""
    found = [statement.in_hand for statement in statements]
    for index in reversed(range(len(statements))):
        if found[index]:
            for each in (statements[index].cites, statements[index].voice):
                if each is not None:
                    found[each] = True
    return tuple(index for index, is_needed in enumerate(found) if is_needed)


def equal_merged(
    statements: Sequence[Statement], said: Mapping[str, datetime] | None = None
) -> tuple[Statement, ...]:
    """Statements of which equal ones are one (model 3.7).

    Equal are those of one source with the same target, content, same voice, gates and silence.
    The one that stands for them is in hand if any is, established if any is, and has the strongest
    wording, the highest mean skill (of equal means the better known), the lowest interest ratio,
    the earliest date and the first id, so that neither the answer nor the name depends on the order
    of the case. Statements must stand after those they refer to;
    then one pass finds all that are equal, because equal statements refer to equal ones.

    Args:
        said: the day on which what was written was said, by id, where it is known.
    """
    days = said or {}
    first: dict[tuple[object, ...], int] = {}
    groups: dict[int, list[int]] = {}
    position: list[int] = []
    for statement in statements:
        cites = None if statement.cites is None else position[statement.cites]
        voice = None if statement.voice is None else position[statement.voice]
        key = (
            statement.witness,
            statement.question,
            statement.value,
            statement.affirms,
            cites,
            voice,
            statement.voice_probability,
            statement.gates,
            statement.silence,
        )
        group = first.setdefault(key, len(groups))
        groups.setdefault(group, []).append(len(position))
        position.append(group)
    if len(groups) == len(statements):
        return tuple(statements)
    return tuple(
        _one([statements[index] for index in group], position, days) for group in groups.values()
    )


def _one(
    equal: Collection[Statement], position: Sequence[int], days: Mapping[str, datetime]
) -> Statement:
    """The statement that stands for equal ones, its references moved to the merged order."""
    if len(equal) == 1:
        (only,) = equal
        cites, voice = only.cites, only.voice
        return only.moved(
            only.witness,
            only.question,
            None if cites is None else position[cites],
            None if voice is None else position[voice],
        )
    named = min(equal, key=lambda each: each.id)
    skills = (each.skill for each in equal)
    return attrs.evolve(
        named,
        cites=None if named.cites is None else position[named.cites],
        voice=None if named.voice is None else position[named.voice],
        in_hand=any(each.in_hand for each in equal),
        skill=max(skills, key=lambda skill: (skill.mean, skill.strength)),
        commitment=max(each.commitment for each in equal),
        interest=min(each.interest for each in equal),
        merged=in_order([written for each in equal for written in each.merged], days),
        day=min((each.day for each in equal if each.day is not None), default=None),
        is_established=any(each.is_established for each in equal),
    )


def in_order(written: Collection[str], days: Mapping[str, datetime]) -> tuple[str, ...]:
    """Ids of what was written, the earliest first, what is undated last, and else by id."""
    if len(written) == 1:
        return tuple(written)
    return tuple(sorted(written, key=lambda name: (days.get(name, datetime.max), name)))


@attrs.frozen(order=True)
class Place:
    """One value of one question of a story."""

    question: int
    """The question's index in the story."""
    value: int
    """The value's index in the question."""


@attrs.frozen
class StoryQuestion:
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
    alternatives: float | None = None
    """How many such things could as well have been said, this one included; `None` if unstated."""

    @property
    def size(self) -> int:
        """How many values it has, at least two."""
        return len(self.values)

    @property
    def flat(self) -> tuple[float, ...]:
        """What a source that does not know hits: 1/k, or 1/n and the rest (model 2.1, 2.7)."""
        if self.alternatives is None:
            return (1.0 / self.size,) * self.size
        return 1.0 / self.alternatives, 1.0 - 1.0 / self.alternatives


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
    passing_on: Degree = DEFAULT_FIDELITY
    """How faithfully it passes on what others say."""
    is_sensor: bool = False
    """Whether it is a sensor, which has nothing from anybody."""


@attrs.frozen
class Story:
    """Questions under links, the witnesses and their statements, and what has been resolved."""

    questions: tuple[StoryQuestion, ...]
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
    def shape(self) -> tuple[object, ...]:
        """All of it that is no number, no name and no date: of one shape are stories laid out alike."""
        return (
            tuple((question.size, question.is_sign) for question in self.questions),
            tuple(map(_shape_of_link, self.links)),
            tuple(map(_shape_of_statement, self.statements)),
            tuple(index for index, each in enumerate(self.statements) if each.silence),
        )

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """For every question the number of the story proper it belongs to: links and gates join.

        There are several where stories are weighed together because they share sources.
        """
        return self.parts_of(self.statements)

    def parts_of(self, statements: Iterable[Statement]) -> tuple[int, ...]:
        """The same where only some statements are kept: gates join by what they gate."""
        pairs = [(link.first.question, link.second.question) for link in self.links]
        pairs += ((each.question, gate.question) for each in statements for gate in each.gates)
        return joined(len(self.questions), pairs)

    @cached_property
    def listeners(self) -> tuple[tuple[int, ...], ...]:
        """For every statement, the indices of the statements that cite it."""
        found: list[list[int]] = [[] for _ in self.statements]
        for index, statement in enumerate(self.statements):
            if statement.cites is not None:
                found[statement.cites].append(index)
        return tuple(tuple(each) for each in found)

    @cached_property
    def origin_of(self) -> tuple[int, ...]:
        """For every statement, the origin at the far end of its citations."""
        found: list[int] = []
        for index, statement in enumerate(self.statements):
            found.append(index if statement.cites is None else found[statement.cites])
        return tuple(found)

    @cached_property
    def passes_on_in_hand(self) -> tuple[bool, ...]:
        """For every statement, whether something in hand is behind it, directly or through others."""
        found: list[bool] = []
        for statement in self.statements:
            cited = statement.cites
            found.append(cited is not None and (found[cited] or self.statements[cited].in_hand))
        return tuple(found)

    @cached_property
    def voices(self) -> tuple[int, ...]:
        """For every statement that is an origin, its group, by the index of a first member.

        Origins of one source are one group, and so are origins that a same-voice declaration joins.
        An origin that may be the same voice as a relay is joined with the origin of that relay; two
        relays that may be one voice still pass on two origins.
        """
        groups = Groups(len(self.statements))
        first: dict[int, int] = {}
        for index, statement in enumerate(self.statements):
            if statement.is_origin:
                groups.join(index, first.setdefault(statement.witness, index))
            voice = statement.voice
            if voice is None or statement.voice_probability == 0.0:
                continue
            if statement.cites is None or self.statements[voice].cites is None:
                groups.join(self.origin_of[index], self.origin_of[voice])
        return tuple(groups.lowest(index) for index in range(len(self.statements)))

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


_shape_of_link = attrgetter(
    *("first.question", "first.value", "second.question", "second.value"),
    *("is_strict", "is_conditional", "crowd"),
)
_shape_of_statement = attrgetter(
    *("witness", "question", "value", "affirms", "cites", "in_hand", "voice", "gates")
)
