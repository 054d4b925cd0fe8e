"""What hangs together: things joined pair by pair, and circles of arrows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Groups", "circles_among", "joined", "strong_components"]


class Groups:
    """Things numbered from 0, joined pair by pair; a group is named after its lowest member.

    Union-find with path halving (Tarjan and van Leeuwen, Journal of the ACM 31, 1984,
    doi:10.1145/62.2160).

    >>> groups = Groups(4)
    >>> groups.join(1, 3)
    >>> groups.numbered()
    (0, 1, 2, 1)
    """

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def join(self, one: int, other: int) -> None:
        """Make one group of the groups of two things."""
        if self._above[one] == self._above[other]:
            return
        roots = self.lowest(one), self.lowest(other)
        self._above[max(roots)] = min(roots)

    def lowest(self, member: int) -> int:
        """The lowest member of a thing's group."""
        above = self._above
        while above[member] != member:
            above[member] = above[above[member]]
            member = above[member]
        return member

    def numbered(self) -> tuple[int, ...]:
        """For everything the number of its group, groups by their lowest members."""
        numbers: dict[int, int] = {}
        return tuple(
            numbers.setdefault(self.lowest(member), len(numbers))
            for member in range(len(self._above))
        )


def joined(size: int, pairs: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """For each of some things the number of its group, when the pairs are joined.

    >>> joined(4, [(1, 3)])
    (0, 1, 2, 1)
    """
    groups = Groups(size)
    for one, other in pairs:
        groups.join(one, other)
    return groups.numbered()


def strong_components(targets: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The strongly connected components of a graph, each after those that it points to.

    One pass of Tarjan's algorithm without recursion (SIAM Journal on Computing 1, 1972,
    doi:10.1137/0201010), linear in things and arrows.

    Args:
        targets: for every thing, those that it points to.

    >>> list(strong_components([[1], [2], [1], [0]]))
    [[2, 1], [0], [3]]
    """
    order = [-1] * len(targets)
    low = [0] * len(targets)
    waiting: list[int] = []
    is_waiting = bytearray(len(targets))
    count = 0
    for root in range(len(targets)):
        if order[root] >= 0:
            continue
        path: list[tuple[int, Iterator[int]]] = [(root, iter(targets[root]))]
        while path:
            node, rest = path[-1]
            if order[node] < 0:
                order[node] = low[node] = count
                count += 1
                waiting.append(node)
                is_waiting[node] = 1
            for target in rest:
                if order[target] < 0:
                    path.append((target, iter(targets[target])))
                    break
                if is_waiting[target]:
                    low[node] = min(low[node], low[target])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == order[node]:
                    yield _taken(node, waiting, is_waiting)


def _taken(node: int, waiting: list[int], is_waiting: bytearray) -> list[int]:
    """A component, taken off the stack."""
    at = len(waiting) - 1
    while waiting[at] != node:
        at -= 1
    members = waiting[at:][::-1]
    del waiting[at:]
    for member in members:
        is_waiting[member] = 0
    return members


def circles_among(targets: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The circles of a graph: its strongly connected components that have a cycle.

    Args:
        targets: for every thing, those that it points to.

    Returns:
        The members of every circle, ascending; circles by their first member.

    >>> circles_among([[1], [2, 3], [0], [], [4]])
    ((0, 1, 2), (4,))
    """
    return tuple(
        sorted(
            tuple(sorted(members))
            for members in strong_components(targets)
            if len(members) > 1 or members[0] in targets[members[0]]
        )
    )
