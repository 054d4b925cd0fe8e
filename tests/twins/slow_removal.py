"""A story with something taken out of it, and equal statements made one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import attrs

from provenance.graph import Statement, Story

__all__ = ["without"]


def without(story: Story, gone: set[int]) -> Story:
    """A story without some statements, without what relays only them, and without loose ends."""
    gone = set(gone)
    for index, statement in enumerate(story.statements):
        if statement.cites in gone:
            gone.add(index)
    while True:
        useful: set[int | None] = set()
        for index, statement in enumerate(story.statements):
            if index not in gone:
                useful.update((statement.cites, statement.voice))
        loose = {
            index
            for index, statement in enumerate(story.statements)
            if index not in gone and not statement.in_hand and index not in useful
        }
        if not loose:
            break
        gone |= loose
    kept = [index for index in range(len(story.statements)) if index not in gone]
    position = {old: new for new, old in enumerate(kept)}
    statements = []
    for old in kept:
        statement = story.statements[old]
        voice = position.get(statement.voice) if statement.voice is not None else None
        statements.append(
            attrs.evolve(
                statement,
                cites=None if statement.cites is None else position[statement.cites],
                voice=voice,
                voice_probability=0.0 if voice is None else statement.voice_probability,
            )
        )
    return attrs.evolve(story, statements=merged(statements))


def merged(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Equal statements of one source as one: a voided same-voice declaration can make them equal."""
    found = list(statements)
    for one, other in itertools.combinations(range(len(found)), 2):
        if _told(found[one]) != _told(found[other]):
            continue
        first, second = found[one], found[other]
        found[one] = attrs.evolve(
            first,
            in_hand=first.in_hand or second.in_hand,
            commitment=max(first.commitment, second.commitment),
            skill=max(first.skill, second.skill, key=lambda each: (each.mean, each.strength)),
            interest=min(first.interest, second.interest),
        )
        del found[other]
        moved = {index: index - (index > other) for index in range(len(statements))} | {other: one}
        return merged(
            [
                attrs.evolve(
                    each,
                    cites=None if each.cites is None else moved[each.cites],
                    voice=None if each.voice is None else moved[each.voice],
                )
                for each in found
            ]
        )
    return tuple(found)


def _told(statement: Statement) -> tuple[object, ...]:
    what = (statement.witness, statement.question, statement.value, statement.affirms)
    return (*what, statement.cites, statement.voice, statement.voice_probability)
