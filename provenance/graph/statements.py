"""Statements: one source saying, or passing on, one thing; and when two of them are the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import attrs

from provenance.scales import Degree

__all__ = ["Statement", "equal_merged", "in_order", "needed", "selected"]


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

    def moved(self, witness: int, question: int, cites: int | None, voice: int | None) -> Statement:
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
    for index in range(len(statements) - 1, -1, -1):
        if found[index]:
            for each in (statements[index].cites, statements[index].voice):
                if each is not None:
                    found[each] = True
    return tuple(index for index, is_needed in enumerate(found) if is_needed)


def equal_merged(
    statements: Sequence[Statement], said: Mapping[str, date] | None = None
) -> tuple[Statement, ...]:
    """Statements of which equal ones are one: same source, target, content and same voice.

    The one that stands for them is in hand if any is, and has the strongest wording, the highest
    mean skill (of equal means the better known) and the lowest interest ratio. It is named after
    one that is in hand if any is, then after the earliest, then by id, so that neither the answer
    nor the name depends on the order of the case. Statements must stand after those they refer to;
    then one pass finds all that are equal, because equal statements refer to equal ones.

    Args:
        said: the day on which what was written was said, by id, where it is known.
    """
    days = said or {}
    first: dict[tuple[object, ...], int] = {}
    groups: list[list[int]] = []
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
        )
        group = first.setdefault(key, len(groups))
        if group == len(groups):
            groups.append([])
        groups[group].append(len(position))
        position.append(group)
    if len(groups) == len(statements):
        return tuple(statements)
    return tuple(_one([statements[index] for index in group], position, days) for group in groups)


def _one(
    equal: Collection[Statement], position: Sequence[int], days: Mapping[str, date]
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
    named = min(equal, key=lambda each: (not each.in_hand, days.get(each.id, date.max), each.id))
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
    )


def in_order(written: Collection[str], days: Mapping[str, date]) -> tuple[str, ...]:
    """Ids of what was written, the earliest first, what is undated last, and else by id."""
    if len(written) == 1:
        return tuple(written)
    return tuple(sorted(written, key=lambda name: (days.get(name, date.max), name)))
