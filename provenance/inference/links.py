"""Links as tables: a pair as one table, a contradiction among several as a count along a chain.

Among n claims that contradict each other every pair that holds costs a factor c, so that m of them
cost c^(m (m - 1) / 2). Counted one claim after the other, the m-th that holds costs c^(m - 1): small
tables in a row, where the pairs would need one table over all n.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import attrs

from provenance.errors import TooEntangled
from provenance.graph.story import Link, Place, Question
from provenance.inference.elimination import LIMIT, Table

__all__ = ["LinkTable", "link_tables"]


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

    def table(self, link: Link, questions: Sequence[Question]) -> Table:
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
    links: Sequence[Link], questions: Sequence[Question], present: Collection[int]
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
    questions: Sequence[Question],
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


def _check(members: Sequence[Place], most: int, questions: Sequence[Question]) -> None:
    asked = [questions[member.question] for member in members]
    entries = (most + 1) ** 2 * sum(question.size for question in asked)
    if entries > LIMIT:
        raise TooEntangled((question.id for question in asked), entries, LIMIT)


def _pair(link: Link, questions: Sequence[Question]) -> Table:
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
