"""What depends on what: an order in which everything comes after what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["in_order"]


def in_order(
    starts: Sequence[str], depends_on: Callable[[str], list[str]]
) -> tuple[tuple[str, ...], ...]:
    """Statements and all that they depend on, what others depend on first, circles together.

    Tarjan's strongly connected components, without recursion: chains may be long.
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_names: list[str] = []
    is_open: set[str] = set()
    groups: list[tuple[str, ...]] = []
    for start in starts:
        if start in number:
            continue
        path = [(start, iter(depends_on(start)))]
        number[start] = lowest[start] = len(number)
        open_names.append(start)
        is_open.add(start)
        while path:
            name, rest = path[-1]
            step = next((each for each in rest if each not in number or each in is_open), None)
            if step is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[name])
                if lowest[name] == number[name]:
                    groups.append(_closed(open_names, is_open, name))
            elif step in number:
                lowest[name] = min(lowest[name], number[step])
            else:
                number[step] = lowest[step] = len(number)
                open_names.append(step)
                is_open.add(step)
                path.append((step, iter(depends_on(step))))
    return tuple(groups)


def _closed(open_names: list[str], is_open: set[str], first: str) -> tuple[str, ...]:
    """Take the circle that begins with `first` off the open names."""
    circle: list[str] = []
    while not circle or circle[-1] != first:
        circle.append(open_names.pop())
    is_open.difference_update(circle)
    return tuple(reversed(circle))
