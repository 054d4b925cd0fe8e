"""Groups of things that are joined pair by pair."""

from __future__ import annotations

__all__ = ["Groups"]


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
