"""Circular reporting: attributions that, by way of each other, cite themselves."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

__all__ = ["Circle", "circles_among"]


@attrs.frozen
class Circle:
    """Attributions each of which cites, by way of the others, itself."""

    members: tuple[str, ...]
    """The ids of the attributions, in the order of the case."""
    claims: tuple[str, ...]
    """The claims about which a member says something on outside authority; often none."""
    stories: tuple[int, ...]
    """The stories of those claims, as indices into the graph's; none means that all are concerned."""


def circles_among(cited: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """The circles of a citation graph: its strongly connected components that have a cycle.

    One pass of Tarjan's algorithm without recursion (SIAM Journal on Computing 1, 1972,
    doi:10.1137/0201010), linear in attributions and citations.

    Args:
        cited: for every attribution, the indices of those that it cites.

    Returns:
        The members of every circle, ascending; circles by their first member.

    >>> circles_among([[1], [2, 3], [0], [], [4]])
    ((0, 1, 2), (4,))
    """
    found: list[tuple[int, ...]] = []
    order = [-1] * len(cited)
    lowest = [0] * len(cited)
    waiting: list[int] = []
    is_waiting = [False] * len(cited)
    clock = 0
    for start in range(len(cited)):
        if order[start] >= 0:
            continue
        path = [(start, 0)]
        while path:
            node, edge = path.pop()
            if edge == 0:
                order[node] = lowest[node] = clock
                clock += 1
                waiting.append(node)
                is_waiting[node] = True
            else:
                lowest[node] = min(lowest[node], lowest[cited[node][edge - 1]])
            while edge < len(cited[node]):
                other = cited[node][edge]
                edge += 1
                if order[other] < 0:
                    path += [(node, edge), (other, 0)]
                    break
                if is_waiting[other]:
                    lowest[node] = min(lowest[node], order[other])
            else:
                if lowest[node] == order[node]:
                    found += _circle(node, waiting, is_waiting, cited)
    return tuple(sorted(found))


def _circle(
    node: int, waiting: list[int], is_waiting: list[bool], cited: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """Take a component off the stack; keep it when it is a circle."""
    members: list[int] = []
    while not members or members[-1] != node:
        members.append(waiting.pop())
        is_waiting[members[-1]] = False
    is_circle = len(members) > 1 or node in cited[node]
    return [tuple(sorted(members))] if is_circle else []
