"""What one statement contributes to a network: its table, and how it moves with its strength."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

import attrs

from provenance.errors import TooEntangled
from provenance.graph import Link, Place, Story, StoryQuestion, Witness
from provenance.inference.elimination import LIMIT, Table

__all__ = [
    "Coupling",
    "LinkTable",
    "State",
    "StatementTable",
    "chance_of",
    "interest_of",
    "link_tables",
    "states_of",
    "tracking",
    "tracking_at",
]


@attrs.frozen
class StatementTable:
    """The shape of one statement's table.

    Its axes, in this order and each only where it is not known: the state (tracks, tells its own
    story), what the statement tracks, the phantom it follows otherwise, the statement that may be
    the same voice, its gates, and what it says (model 2.4 to 2.8). A silence has a known value, and
    tracks by not having spoken.
    """

    statement: int
    """The statement's index in its story."""
    slot: int
    """The table's slot in the network's plan."""
    state: int
    """The index of its state among the network's states."""
    branch: Literal["folded", "split", "tracks"]
    """Whether the state is summed inside the table, has an axis, or is known to track."""
    bundled: bool
    """Whether its own story is told by its state as a whole, together with other statements."""
    combinations: tuple[tuple[int | None, int | None, int | None, bool], ...]
    """The values of what it tracks, its phantom and its same voice, and whether all its gates hold,
    in the order of the table."""
    said: tuple[int, ...]
    """The values that it may be saying, along its own axis; one when known."""
    value: int
    """The value that it speaks of."""
    negated: bool
    """Whether it is in hand as saying "not this value" of three or more."""
    silent: bool = False
    """Whether it records that its source said nothing."""

    def table(
        self,
        tracking: float,
        strength: float,
        guess: Table,
        voice: float,
        bundle: float,
        silence: float = 0.0,
    ) -> tuple[list[float], list[float]]:
        """The table, and its derivative by the strength.

        Args:
            tracking: P(its source tracks); used only where the state is folded into the table.
            strength: the chance that a tracking source passes on what it tracks.
            guess: what a source says otherwise, a distribution over the values.
            voice: the chance of being the very same voice as another statement.
            bundle: what stands for its own story where the state tells that as a whole.
            silence: of a silence, the chance that the source would have spoken had it known.
        """
        if self.silent:
            return self._silence(tracking, guess, silence)
        if self.branch == "folded":
            return self._tracking(tracking * strength, guess, voice)
        rows, slopes = self._tracking(strength, guess, voice)
        if self.branch == "split":
            rows += self._own(guess, voice, bundle)
            slopes += [0.0] * (len(rows) - len(slopes))
        return rows, slopes

    def _tracking(
        self, strength: float, guess: Table, voice: float
    ) -> tuple[list[float], list[float]]:
        free = 1.0 - voice
        hit = free * strength
        miss = free * (1.0 - strength)
        rows: list[float] = []
        slopes: list[float] = []
        for tracked, _, same, is_open in self.combinations:
            if is_open:
                row = [miss * guess[m] + (hit if m == tracked else 0.0) for m in self.said]
                slope = [free * ((m == tracked) - guess[m]) for m in self.said]
            else:
                row = [free * guess[m] for m in self.said]
                slope = [0.0] * len(self.said)
            if same is not None:
                row = [p + voice if m == same else p for m, p in zip(self.said, row, strict=True)]
            rows += self._heard(row, 1.0)
            slopes += self._heard(slope, 0.0)
        return rows, slopes

    def _silence(
        self, tracking: float, guess: Table, silence: float
    ) -> tuple[list[float], list[float]]:
        """1 - s where it would have spoken and 1 elsewhere; 1 - s f where it does not track."""
        own = 1.0 - silence * guess[self.value]
        tracks = [
            1.0 - silence * (tracked == self.value) if is_open else own
            for tracked, _, _, is_open in self.combinations
        ]
        slopes = [each - own for each in tracks]
        if self.branch == "folded":
            return [own + tracking * slope for slope in slopes], slopes
        if self.branch == "split":
            return tracks + [own] * len(tracks), slopes + [0.0] * len(tracks)
        return tracks, slopes

    def _own(self, guess: Table, voice: float, bundle: float) -> list[float]:
        if self.bundled:
            others = len(self.said) - 1
            row = [bundle / others if self.negated and others else bundle] * len(self.said)
            if self.negated and others:
                row[self.value] = 0.0
            return row * len(self.combinations)
        free = 1.0 - voice
        rows: list[float] = []
        for _, phantom, same, _ in self.combinations:
            rows += self._heard(
                [
                    free * (guess[m] if phantom is None else float(m == phantom))
                    + (voice if m == same else 0.0)
                    for m in self.said
                ],
                1.0,
            )
        return rows

    def _heard(self, row: list[float], whole: float) -> list[float]:
        """What is in hand of a distribution over what it says, which sums to `whole`."""
        if not self.negated:
            return row
        if len(self.said) == 1:
            return [whole - row[0]]
        return [0.0 if m == self.value else p for m, p in zip(self.said, row, strict=True)]


# Links as tables: a pair as one table, a contradiction among several as a count along a chain.
#
# Among n claims that contradict each other every pair that holds costs a factor c, so that m of them
# cost c^(m (m - 1) / 2). Counted one claim after the other, the m-th that holds costs c^(m - 1): small
# tables in a row, where the pairs would need one table over all n.


@attrs.frozen
class LinkTable:
    """One table of a link, to be filled with its numbers."""

    link: int
    """The index of the link that has the numbers."""
    scope: tuple[int, ...]
    """Its variables: a question by its index, the n-th count as -n."""
    value: int | None = None
    """In a chain, the value of its question that is counted; `None` for a pair."""
    before: int = 1
    """In a chain, how many counts may come in."""
    after: int = 1
    """In a chain, how many counts may go out; 1 at the end, where none is needed."""

    def table(self, link: Link, questions: Sequence[StoryQuestion]) -> Table:
        """The table, its last variable fastest; the questions are the story's."""
        if self.value is None:
            return _pair(link, questions)
        (question,) = (each for each in self.scope if each >= 0)
        entries: list[float] = []
        for count in range(self.before):
            for value in range(questions[question].size):
                holds = value == self.value
                out = min(count + holds, self.after - 1)
                factor = link.both**count if holds else 1.0
                entries += (factor if each == out else 0.0 for each in range(self.after))
        return entries


def link_tables(
    links: Sequence[Link], questions: Sequence[StoryQuestion], present: Collection[int]
) -> tuple[list[LinkTable], list[int]]:
    """The tables of all links between some questions, and the sizes of the counts that they need.

    Raises `TooEntangled` where a contradiction that is not strict is among so many, more than some
    fifty, that the tables of its counts together would exceed the limit.
    """
    found: list[LinkTable] = []
    counts: list[int] = []
    chains: dict[int, list[int]] = {}
    for number, link in enumerate(links):
        if link.first.question not in present or link.second.question not in present:
            continue
        if link.crowd is not None:
            chains.setdefault(link.crowd, []).append(number)
        else:
            ends = dict.fromkeys((link.first.question, link.second.question))
            found.append(LinkTable(number, tuple(ends)))
    for numbers in chains.values():
        found += _chain(links, numbers, questions, counts)
    return found, counts


def _chain(
    links: Sequence[Link],
    numbers: Sequence[int],
    questions: Sequence[StoryQuestion],
    counts: list[int],
) -> Iterator[LinkTable]:
    pairs = (links[number] for number in numbers)
    members = list(dict.fromkeys(end for link in pairs for end in (link.first, link.second)))
    # Where two cannot both hold, what matters is only whether one did.
    most = 1 if links[numbers[0]].is_strict else len(members)
    _check(members, most, questions)
    before = 1
    for position, member in enumerate(members, start=1):
        after = 1 if position == len(members) else min(position, most) + 1
        scope = [member.question]
        if before > 1:
            scope.insert(0, -len(counts))
        if after > 1:
            counts.append(after)
            scope.append(-len(counts))
        yield LinkTable(numbers[0], tuple(scope), member.value, before, after)
        before = after


def _check(members: Sequence[Place], most: int, questions: Sequence[StoryQuestion]) -> None:
    asked = [questions[member.question] for member in members]
    entries = (most + 1) ** 2 * sum(question.size for question in asked)
    if entries > LIMIT:
        raise TooEntangled((question.id for question in asked), entries, LIMIT)


def _pair(link: Link, questions: Sequence[StoryQuestion]) -> Table:
    """A table over two questions; over one where both values are of the same question."""
    first, second = link.first, link.second
    weights = ((link.neither, link.only_second), (link.only_first, link.both))
    if first.question == second.question:
        return [
            weights[v == first.value][v == second.value]
            for v in range(questions[first.question].size)
        ]
    return [
        weights[a == first.value][b == second.value]
        for a in range(questions[first.question].size)
        for b in range(questions[second.question].size)
    ]


# Who tracks what is so: two states a source and story, and how likely each is (model 2.2).

Coupling = Literal["story", "source", "none"]


@attrs.frozen
class State:
    """Whether one source tracks, as a witness or as a relay, over all such statements of a network."""

    witness: int
    """The source, as an index into the story's witnesses."""
    relays: bool
    """Whether it is about what the source passes on, not about what it says of its own."""
    statements: tuple[int, ...]
    """Its statements, as indices into the story's."""


def states_of(story: Story, members: Iterable[int], coupling: Coupling) -> tuple[State, ...]:
    """Group statements by the state that they share, in the order of first statements.

    A source has one state for its own statements, silences included, and one for its relays.
    `coupling` "none" gives every statement a state of its own; "story" and "source" are the same
    here: it is the story, one or several joined, that differs.
    """
    grouped: dict[tuple[int, int], list[int]] = {}
    for index in members:
        statement = story.statements[index]
        key = (index, 0) if coupling == "none" else (statement.witness, statement.cites is not None)
        grouped.setdefault(key, []).append(index)
    return tuple(
        State(
            story.statements[indices[0]].witness,
            story.statements[indices[0]].cites is not None,
            tuple(indices),
        )
        for indices in grouped.values()
    )


def interest_of(story: Story, statements: Sequence[int]) -> float:
    """The interest ratio of a state: its statement's own, or max(1, largest) min(1, smallest)."""
    ratios = [story.statements[index].interest for index in statements]
    if len(ratios) == 1:
        return ratios[0]
    return max(1.0, *ratios) * min(1.0, *ratios)


def tracking(witness: Witness, relays: bool, interest: float) -> float:
    """P(track) = r / (r + (1 - r) beta); r is reliability times access, or passing-on (model 2.2).

    0 for a witness that cannot be judged.
    """
    return tracking_at(chance_of(witness, relays), interest)


def chance_of(witness: Witness, relays: bool) -> float:
    """The chance that a source tracks, interests apart: its r (model 2.2)."""
    if relays:
        return witness.passing_on.mean
    return 0.0 if witness.reliability is None else witness.reliability.mean * witness.access.mean


def tracking_at(chance: float, interest: float) -> float:
    """P(track) from the chance of tracking that interests then shift."""
    return chance / (chance + (1.0 - chance) * interest) if chance > 0.0 else 0.0
