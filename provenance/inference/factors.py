"""What one statement contributes to a network: its table, and how it moves with its strength."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

import attrs

from provenance.bounds import spend
from provenance.errors import TooEntangled
from provenance.graph import Link, Place, Story, StoryQuestion, Witness
from provenance.inference.elimination import Table
from provenance.inference.orders import LIMIT

__all__ = [
    "Branch",
    "Coupling",
    "LinkTable",
    "Part",
    "Shape",
    "State",
    "StatementTable",
    "chance_of",
    "interest_of",
    "link_tables",
    "shape_of",
    "states_of",
    "tracking",
    "tracking_at",
]


Branch = Literal["folded", "split", "tracks"]


class Shape(NamedTuple):
    """The shape of a statement's table: what all statements that hang in a network alike share."""

    cells: tuple[tuple[int, float, bool, float, float | None], ...]
    """For every entry, its state's axis left out: what is said; 1 where that is what is tracked;
    whether all gates hold; 1 where the same voice says it; and, where there is a phantom, 1 where
    that says it."""
    said: tuple[int, ...]
    """The values that it may be saying, along its own axis; one when known."""
    value: int
    """The value that it speaks of."""
    negated: bool
    """Whether it is in hand as saying "not this value" of three or more."""
    unheard: tuple[float, ...]
    """What stands for its rows when it is not evidence, only what others pass on."""


Part = int | tuple[int] | None
"""What a table hangs on: an axis by its number, one known value, or nothing."""


@lru_cache(maxsize=4096)
def shape_of(
    parts: tuple[Part, ...],
    gates: tuple[int, ...],
    axes: tuple[int, ...],
    said: tuple[int, ...],
    value: int,
    negated: bool,
) -> Shape:
    """The shape of a table.

    Args:
        parts: what is tracked, the phantom, the same voice, and then every gate.
        gates: the values at which the gates hold.
        axes: the sizes of the axes that the parts name, its state's and its own left out.
        said: the values that it may be saying.
        value: the value that it speaks of.
        negated: whether it is in hand as saying "not this value".
    """
    cells: list[tuple[int, float, bool, float, float | None]] = []
    for found in product(*map(range, axes)):
        tracked, phantom, voice, *opened = (
            found[part] if isinstance(part, int) else None if part is None else part[0]
            for part in parts
        )
        cells += (
            (
                m,
                float(m == tracked),
                tuple(opened) == gates,
                float(m == voice),
                None if phantom is None else float(m == phantom),
            )
            for m in said
        )
    row = [1.0 / (len(said) - negated)] * len(said) if len(said) > 1 else [1.0]
    if negated and len(said) > 1:
        row[value] = 0.0
    unheard = (*row,) * (len(cells) // len(said))
    return Shape(tuple(cells), said, value, negated, unheard)


class StatementTable(NamedTuple):
    """One statement's table in a network, to be filled with its numbers.

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
    branch: Branch
    """Whether the state is summed inside the table, has an axis, or is known to track."""
    bundled: bool
    """Whether its own story is told by its state as a whole, together with other statements."""
    shape: Shape
    """Everything else."""
    silent: bool
    """Whether it records that its source said nothing."""

    @property
    def said(self) -> tuple[int, ...]:
        """The values that it may be saying, along its own axis; one when known."""
        return self.shape.said

    def table(
        self,
        tracking: float,
        strength: float,
        guess: Table,
        voice: float,
        bundle: float,
        silence: float = 0.0,
    ) -> list[float]:
        """The table.

        Args:
            tracking: P(its source tracks); used only where the state is folded into the table.
            strength: the chance that a tracking source passes on what it tracks.
            guess: what a source says otherwise, a distribution over the values.
            voice: the chance of being the very same voice as another statement.
            bundle: what stands for its own story where the state tells that as a whole.
            silence: of a silence, the chance that the source would have spoken had it known.
        """
        cells = self.shape.cells
        if self.silent:
            own = 1.0 - silence * guess[self.shape.value]
            if self.branch == "folded":
                slopes = self.slope(guess, voice, silence)
                return [own + tracking * slope for slope in slopes]
            rows = [1.0 - silence * hit if is_open else own for _, hit, is_open, _, _ in cells]
            return rows + [own] * len(rows) if self.branch == "split" else rows
        if self.branch == "folded":
            strength *= tracking
        free = 1.0 - voice
        hits, misses = free * strength, free * (1.0 - strength)
        rows = [
            (misses * guess[m] + hits * hit if is_open else free * guess[m]) + voice * same
            for m, hit, is_open, same, _ in cells
        ]
        if self.shape.negated:
            rows = self._heard(rows, 1.0)
        if self.branch != "split":
            return rows
        if self.bundled:
            return rows + self._bundle(bundle)
        own_rows = [
            free * (guess[m] if phantom is None else phantom) + voice * same
            for m, _, _, same, phantom in cells
        ]
        return rows + (self._heard(own_rows, 1.0) if self.shape.negated else own_rows)

    def slope(self, guess: Table, voice: float, silence: float = 0.0) -> list[float]:
        """The derivative of the table by the strength; of a silence by the chance of tracking."""
        cells = self.shape.cells
        if self.silent:
            own = 1.0 - silence * guess[self.shape.value]
            slopes = [
                (1.0 - silence * hit if is_open else own) - own for _, hit, is_open, _, _ in cells
            ]
        else:
            free = 1.0 - voice
            slopes = [
                free * (hit - guess[m]) if is_open else 0.0 for m, hit, is_open, _, _ in cells
            ]
            if self.shape.negated:
                slopes = self._heard(slopes, 0.0)
        return slopes + [0.0] * len(slopes) if self.branch == "split" else slopes

    def unheard(self) -> tuple[float, ...]:
        """What stands in its place when it is not evidence, only what others pass on."""
        rows = self.shape.unheard
        return rows * 2 if self.branch == "split" else rows

    def _bundle(self, bundle: float) -> list[float]:
        said, value = self.shape.said, self.shape.value
        if not self.shape.negated or len(said) == 1:
            return [bundle] * len(self.shape.cells)
        each = bundle / (len(said) - 1)
        return [0.0 if m == value else each for m, *_ in self.shape.cells]

    def _heard(self, rows: list[float], whole: float) -> list[float]:
        """What is in hand of distributions over what it says, each of which sums to `whole`."""
        if len(self.shape.said) == 1:
            return [whole - each for each in rows]
        value = self.shape.value
        return [
            0.0 if m == value else each
            for (m, *_), each in zip(self.shape.cells, rows, strict=True)
        ]


# Links as tables: a pair as one table, a contradiction among several as a count along a chain.
#
# Among n claims that contradict each other every pair that holds costs a factor c, so that m of them
# cost c^(m (m - 1) / 2). Counted one claim after the other, the m-th that holds costs c^(m - 1): small
# tables in a row, where the pairs would need one table over all n.

_OF_A_LINK = 16  # operations to lay one out; a contradiction of hundreds is hundreds of thousands


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
    spend(_OF_A_LINK * len(links), "laying out links")
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
    if len(statements) == 1:
        return story.statements[statements[0]].interest
    ratios = [story.statements[index].interest for index in statements]
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
