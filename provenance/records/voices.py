"""Whether same-voice declarations make sense: about the same question, and not in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from provenance.errors import Problem
from provenance.records.attributions import Attribution
from provenance.records.sections import Sections

__all__ = ["voice_problems"]

_MOST_QUESTIONS = 64
"""Beyond that many questions behind one attribution, a declaration is not compared."""

Questions = frozenset[str] | None
"""The questions that something is about; None for more than can be compared."""


def voice_problems(sections: Sections) -> Iterator[Problem]:
    """Same-voice declarations about another question, and those that close a circle."""
    attributions = sections.attributions
    declared = [
        (position, attribution, attribution.same_voice_as.attribution)
        for position, attribution in enumerate(attributions)
        if attribution is not None and attribution.same_voice_as is not None
    ]
    if not declared:
        return
    position_of = _positions(attributions)
    cited = [_known(position_of, entry.cited if entry else ()) for entry in attributions]
    about = _questions_behind(sections, position_of, cited)
    joined = [list(targets) for targets in cited]
    for position, _, other in declared:
        joined[position] += _known(position_of, (other,))
    group = {member: number for number, members in enumerate(groups(joined)) for member in members}
    for position, attribution, other in declared:
        target = position_of.get(other)
        if target is None:
            continue
        path = f"attributions[{position}].same_voice_as"
        mine, theirs = (
            about[position],
            _about_name(sections, attributions[target], other, about[target]),
        )
        if group[position] == group[target]:
            yield Problem(
                path,
                "circle-of-voices",
                f"expected an attribution that does not itself depend on {attribution.id!r}, "
                f"found {other!r}",
                "declare it in one direction only",
            )
        elif mine is not None and theirs is not None and not mine <= theirs:
            yield Problem(
                path,
                "voice-on-another-question",
                f"expected an attribution about the same question, found {other!r}",
                "name an attribution about the same question",
            )


def _positions(attributions: Sequence[Attribution | None]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for position, attribution in enumerate(attributions):
        for name in attribution.names if attribution is not None else ():
            found.setdefault(name, position)
    return found


def _known(position_of: Mapping[str, int], names: Sequence[str]) -> list[int]:
    return [position_of[name] for name in names if name in position_of]


def _about_name(
    sections: Sections, attribution: Attribution | None, name: str, otherwise: Questions
) -> Questions:
    """What a name is about: `id/claim` is about that claim only."""
    if attribution is None or name == attribution.id:
        return otherwise
    claim = name[len(attribution.id) + 1 :]
    return frozenset((sections.question_of.get(claim, claim),))


def _questions_behind(
    sections: Sections, position_of: Mapping[str, int], cited: Sequence[Sequence[int]]
) -> list[Questions]:
    """The questions that every attribution is about, through everything it cites."""
    about: list[Questions] = [frozenset()] * len(cited)
    for members in groups(cited):  # what is cited comes before what cites it
        found: Questions = frozenset()
        for member in members:
            attribution = sections.attributions[member]
            if attribution is None:
                continue
            own = frozenset(sections.question_of.get(claim, claim) for claim in attribution.claims)
            found = _joined(found, own)
            for name in attribution.cited:
                target = position_of.get(name)
                if target is not None:
                    entry = sections.attributions[target]
                    found = _joined(found, _about_name(sections, entry, name, about[target]))
        for member in members:
            about[member] = found
    return about


def _joined(one: Questions, other: Questions) -> Questions:
    if one is None or other is None:
        return None
    if one <= other or other <= one:
        return other if one <= other else one
    both = one | other
    return both if len(both) <= _MOST_QUESTIONS else None


def groups(targets: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The strongly connected groups of a graph, each after those that it points to.

    Tarjan, Depth-first search and linear graph algorithms, 1972, without recursion.

    >>> list(groups([[1], [2], [1], [0]]))
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
                    at = len(waiting) - 1
                    while waiting[at] != node:
                        at -= 1
                    members = waiting[at:][::-1]
                    del waiting[at:]
                    for member in members:
                        is_waiting[member] = 0
                    yield members
