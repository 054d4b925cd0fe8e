"""Unrecorded lineage: who may have it from whom, and how much less each further voice counts.

Origins that say the same of one question may have it from one another or from somebody nobody
recorded. They stand in a line, the one that reaches us most strongly first, and each further one
counts as a new voice with the chance that a new guest sits down at a new table (model 2.9; Ewens,
The sampling theory of selectively neutral alleles, Theoretical Population Biology 3, 1972).
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from provenance.graph import Place, Statement, Story, Witness
from provenance.inference.elimination import Table

__all__ = [
    "Line",
    "Queue",
    "discounts_of",
    "gate_chance",
    "lines_of",
    "side_of",
    "stands_with_others",
]


@attrs.frozen
class Line:
    """Voices that say the same of one question and of which nobody recorded whence they have it."""

    question: int
    """The question."""
    values: frozenset[int]
    """The values of it that they say it has one of."""
    voices: tuple[tuple[int, ...], ...]
    """Their origins, one entry for each source, the source that reaches us most strongly first."""

    @property
    def statements(self) -> tuple[int, ...]:
        """All the origins in it."""
        return tuple(index for voice in self.voices for index in voice)


def lines_of(
    story: Story,
    stated: Sequence[Table],
    trackings: Sequence[float],
    gone: Collection[int] = frozenset(),
) -> tuple[Line, ...]:
    """The lines of a story: every set of judged origins that say the same, of two sources or more.

    All that are not established stand in it, and of the established ones the strongest, which the
    others may have it from. A sensor has nothing from anybody. Linear but for sorting.

    Args:
        stated: for every question its prior, against which gates are weighed.
        trackings: for every statement, P(its source tracks), by its state.
        gone: statements that are left out, with all that relays them.
    """
    sets: dict[tuple[int, frozenset[int]], list[int]] = {}
    for index, statement in enumerate(story.statements):
        is_voice = statement.is_origin and stands_with_others(story.witnesses[statement.witness])
        # What nobody has heard yet, an answer still to be asked for, stands behind nobody.
        is_heard = statement.in_hand or bool(story.listeners[index])
        if is_voice and is_heard and index not in gone:
            sets.setdefault(side_of(story, statement), []).append(index)
    if all(len({story.statements[i].witness for i in each}) < 2 for each in sets.values()):
        return ()
    order = _places(story, stated, trackings, gone)
    found: list[Line] = []
    for (question, values), origins in sets.items():
        established = [
            index
            for index in origins
            if story.statements[index].is_established and story.statements[index].voice is None
        ]
        head = min(established, key=order.__getitem__, default=None)
        line = [
            index
            for index in origins
            if index == head or not story.statements[index].is_established
        ]
        voices: dict[int, list[int]] = {}
        for index in _behind_their_voices(story, sorted(line, key=order.__getitem__)):
            voices.setdefault(story.statements[index].witness, []).append(index)
        if len(voices) > 1:
            found.append(Line(question, values, tuple(tuple(each) for each in voices.values())))
    return tuple(found)


def _behind_their_voices(story: Story, line: Sequence[int]) -> Iterator[int]:
    """The line with nobody ahead of the voice that it declares to share, however strong it is.

    A declaration says who has it from whom, so the one that it names cannot have it from the one
    that declares. Else both would be doubted for the same thing, and half a copy would count for
    less than a whole one. Declarations form no circle.
    """
    rank = {index: place for place, index in enumerate(line)}
    behind: dict[int, list[int]] = {}
    free: list[int] = []
    for index in line:
        voice = story.statements[index].voice
        if voice in rank:
            behind.setdefault(voice, []).append(rank[index])
        else:
            free.append(rank[index])
    while free:
        found = line[heapq.heappop(free)]
        yield found
        for place in behind.get(found, ()):
            heapq.heappush(free, place)


def stands_with_others(witness: Witness) -> bool:
    """Whether a source may have it from others, and others from it: judged, and no sensor."""
    return witness.reliability is not None and not witness.is_sensor


def side_of(story: Story, statement: Statement) -> tuple[int, frozenset[int]]:
    """What a statement says: of which question, and that it has one of which values."""
    values = frozenset((statement.value,))
    if not statement.affirms:
        values = frozenset(range(story.questions[statement.question].size)) - values
    return statement.question, values


def gate_chance(story: Story, stated: Sequence[Table], gates: Sequence[Place]) -> float:
    """The prior chance that all gates hold; a resolved one is 0 or 1, several multiply (model 2.9)."""
    if not gates:
        return 1.0
    resolved = dict(story.resolved)
    return math.prod(
        stated[gate.question][gate.value] if gate not in resolved else float(resolved[gate])
        for gate in gates
    )


_Rank = tuple[float, bool, datetime, int, str]
"""Where a statement stands: by strength, then ungated, earlier, of who says less, by id."""


def _places(
    story: Story, stated: Sequence[Table], trackings: Sequence[float], gone: Collection[int]
) -> Mapping[int, _Rank]:
    kept = [index for index in range(len(story.statements)) if index not in gone]
    parts = story.parts if not gone else story.parts_of(story.statements[index] for index in kept)
    spoken = Counter(
        (each.witness, parts[each.question]) for each in map(story.statements.__getitem__, kept)
    )
    arrives = [1.0 if each.in_hand else 0.0 for each in story.statements]
    found: dict[int, _Rank] = {}
    for index in reversed(kept):
        statement = story.statements[index]
        strength = trackings[index] * statement.skill.mean * statement.commitment
        if statement.gates:
            strength *= gate_chance(story, stated, statement.gates)
        if statement.cites is not None:
            if not story.statements[statement.cites].in_hand:
                reach = strength * arrives[index]
                arrives[statement.cites] = max(arrives[statement.cites], reach)
            continue
        found[index] = (
            -round(strength * arrives[index], 12),
            bool(statement.gates),
            statement.day or datetime.max,
            spoken[statement.witness, parts[statement.question]],
            statement.id,
        )
    return found


def discounts_of(
    story: Story, lines: Sequence[Line], flat: Sequence[Table], theta: float
) -> tuple[float, ...]:
    """For every statement by how much it counts as a voice of its own: g, 1 for most.

    A member with n guests ahead of it has g = theta f / (theta f + n); one with a same-voice
    declaration keeps 1 and is min(1, (1 - tau) (theta + n) / theta) of a guest. `theta` 0 makes all
    voices of a line one, infinity makes each its own.
    """
    found = [1.0] * len(story.statements)
    for line in lines:
        for index, discount in Queue(story, line, flat, theta).discounts():
            found[index] = discount
    return tuple(found)


class Queue:
    """A line from which voices go and to which they come back, one after the other."""

    def __init__(self, story: Story, line: Line, flat: Sequence[Table], theta: float) -> None:
        self.story = story
        self.line = line
        self.theta = theta
        self.share = theta * math.fsum(flat[line.question][value] for value in line.values)
        self.ahead: list[float] = []
        self.gone: frozenset[int] = frozenset()

    @property
    def is_moved(self) -> bool:
        """Whether it may not stand as it does when nobody is gone."""
        return not self.ahead or bool(self.gone)

    def forget(self) -> None:
        """Take the discounts that were told last for void."""
        self.ahead = []

    def discounts(self, gone: frozenset[int] = frozenset()) -> Iterator[tuple[int, float]]:
        """The discounts when the voices at some places are gone: those that may have changed.

        Where the same number of guests is ahead as before, nothing changes from there on.
        """
        moved = sorted(gone | self.gone)
        first, last = (moved[0], moved[-1]) if moved else (len(self.line.voices), -1)
        if not self.ahead:
            self.ahead = [math.nan] * len(self.line.voices)
            first = 0
        self.gone = gone
        ahead = 0.0 if first == 0 else self.ahead[first] if moved else 0.0
        for place in range(first, len(self.line.voices)):
            if ahead == self.ahead[place] and place > last:
                return
            self.ahead[place] = ahead
            if place in gone:
                continue
            guest = 0.0
            for index in self.line.voices[place]:
                statement = self.story.statements[index]
                if statement.voice is not None:
                    guest = max(guest, _guest(statement.voice_probability, self.theta, ahead))
                    continue
                guest = 1.0
                alone = ahead == 0.0 or math.isinf(self.share)
                yield index, 1.0 if alone else self.share / (self.share + ahead)
            ahead += guest


def _guest(tau: float, theta: float, ahead: float) -> float:
    """How much of a guest somebody is who declared whose voice it may be; a certain copy is none."""
    if theta == 0.0:
        return 1.0 - tau if ahead == 0.0 else float(tau < 1.0)
    return min(1.0, (1.0 - tau) * (1.0 + ahead / theta))
