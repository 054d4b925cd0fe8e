"""Origins as branches of a network: what goes when one source's own statements are left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from functools import lru_cache

import attrs

from provenance.graph.story import Story
from provenance.inference.elimination import LIMIT, Plan, Table, order_of
from provenance.inference.network import Network

__all__ = ["Branch", "OriginGroup", "message", "origin_groups", "with_branches"]

_MOST_ENTRIES = 2**10  # of a table over the variables that a branch shares with the rest
_COMFORT = 2**12  # entries that tables for reading branches may cost
_SMALL = 16  # tables of a branch whose plan is worth keeping


@attrs.frozen
class OriginGroup:
    """The own statements of one source, or of sources whose origins may be one voice."""

    witnesses: tuple[int, ...]
    """The sources."""
    statements: tuple[int, ...]
    """Their origin statements."""
    dropped: tuple[int, ...]
    """What goes with them: they, and all that relays them directly or through others."""


@attrs.frozen
class Branch:
    """Statements that touch the rest of a network in a few variables only.

    Their part of the sum can then be divided out, given those variables.
    """

    slots: tuple[int, ...]
    """The tables that go."""
    boundary: tuple[int, ...]
    """The variables that they share with the rest."""
    probe: int
    """The slot of a table over the boundary."""
    outlets: tuple[int, ...]
    """The states that lose some statements and keep at least two."""


def origin_groups(story: Story, component: Sequence[int], question: int) -> tuple[OriginGroup, ...]:
    """The sources that speak for themselves, those whose origins may be one voice together.

    Only origins about questions linked to the one asked about, in the order of first statements.
    """
    origins = [
        index
        for index, statement in enumerate(story.statements)
        if statement.cites is None and component[statement.question] == component[question]
    ]
    parent = {story.statements[index].witness: story.statements[index].witness for index in origins}

    def root(witness: int) -> int:
        while parent[witness] != witness:
            parent[witness] = parent[parent[witness]]
            witness = parent[witness]
        return witness

    for index in origins:
        voice = story.statements[index].voice
        if voice is not None and story.statements[voice].cites is None:
            a, b = root(story.statements[index].witness), root(story.statements[voice].witness)
            parent[max(a, b)] = min(a, b)
    grouped: dict[int, list[int]] = {}
    for index in origins:
        grouped.setdefault(root(story.statements[index].witness), []).append(index)
    return tuple(
        OriginGroup(
            tuple(sorted({story.statements[index].witness for index in indices})),
            tuple(indices),
            _dropped(story, indices),
        )
        for indices in grouped.values()
    )


def _dropped(story: Story, origins: Sequence[int]) -> tuple[int, ...]:
    found = dict.fromkeys(origins)
    waiting = list(origins)
    while waiting:
        for listener in story.listeners[waiting.pop()]:
            if listener not in found:
                found[listener] = None
                waiting.append(listener)
    return tuple(sorted(found))


def with_branches(
    story: Story, network: Network, groups: Sequence[OriginGroup]
) -> tuple[Network, list[Branch | None]]:
    """How every group hangs on a network, and the network with what it takes to read that off."""
    questions = {network.scopes[slot][0]: slot for slot, _ in network.question_slots}
    voices = _voiced(story)
    found = [_branch(story, network, group.dropped, voices) for group in groups]
    wide = {
        branch.boundary: 0
        for branch in found
        if branch is not None
        and not (len(branch.boundary) == 1 and branch.boundary[0] in questions)
    }
    if wide:
        probed = network.probed(list(wide))
        if not network.is_exact or probed.order.entries > max(_COMFORT, network.order.entries):
            wide = {}
        else:
            network = probed
            wide = dict(zip(wide, probed.probes, strict=True))
    branches: list[Branch | None] = []
    for branch in found:
        slot = None
        if branch is not None:
            one = branch.boundary[0] if len(branch.boundary) == 1 else -1
            slot = questions.get(one, wide.get(branch.boundary))
        branches.append(
            None if branch is None or slot is None else attrs.evolve(branch, probe=slot)
        )
    return network, branches


def _voiced(story: Story) -> dict[int, list[int]]:
    """For every statement, those that may be the same voice as it."""
    found: dict[int, list[int]] = {}
    for index, statement in enumerate(story.statements):
        if statement.voice is not None:
            found.setdefault(statement.voice, []).append(index)
    return found


def _branch(
    story: Story, network: Network, dropped: Collection[int], voices: dict[int, list[int]]
) -> Branch | None:
    """What goes with some statements, unless the rest would change in more than its numbers."""
    inside = {index for index in dropped if index in network.term_of}
    if not inside or not _voices_stay_inside(story, inside, voices):
        return None
    phantoms = {phantom.state for phantom in network.phantoms}
    slots = [network.term_of[index].slot for index in sorted(inside)]
    internal = {network.variables[index] for index in inside if index in network.variables}
    outlets: list[int] = []
    for number in sorted({network.term_of[index].state for index in inside}):
        slot = network.state_slots[number]
        kept = sum(index not in inside for index in network.states[number].statements)
        tracks = network.term_of[network.states[number].statements[0]].branch == "tracks"
        if number in phantoms or (kept == 1 and not tracks):
            return None
        if kept and not tracks:
            outlets.append(number)
        elif slot is not None:
            slots.append(slot)
            internal.add(network.scopes[slot][0])
    shared = {variable for slot in slots for variable in network.scopes[slot]} - internal
    if math.prod(network.sizes[variable] for variable in shared) > _MOST_ENTRIES:
        return None
    return Branch(tuple(slots), tuple(sorted(shared)), -1, tuple(outlets))


def _voices_stay_inside(
    story: Story, inside: Collection[int], voices: dict[int, list[int]]
) -> bool:
    for index in inside:
        voice = story.statements[index].voice
        if voice is not None and voice not in inside:
            return False
        if any(other not in inside for other in voices.get(index, ())):
            return False
    return True


def message(network: Network, tables: Sequence[Table], branch: Branch) -> Table | None:
    """What a branch's tables together say of its boundary, everything inside it summed out.

    `None` where a table would exceed the limit: a branch may be as interwoven as the whole.
    """
    place = {variable: index for index, variable in enumerate(branch.boundary)}
    for slot in branch.slots:
        for variable in network.scopes[slot]:
            place.setdefault(variable, len(place))
    sizes = tuple(network.sizes[variable] for variable in place)
    scopes = tuple(tuple(place[v] for v in network.scopes[slot]) for slot in branch.slots)
    roots = tuple(range(len(branch.boundary)))
    # The boundary stands in the result even where no table mentions all of it.
    ones = (1.0,) * math.prod(sizes[root] for root in roots)
    scopes = (*scopes, roots)
    plan = (_remembered if len(scopes) <= _SMALL else _plan)(sizes, scopes, roots)
    if plan is None:
        return None
    return plan.forward([*(tables[slot] for slot in branch.slots), ones]).result


def _plan(
    sizes: tuple[int, ...], scopes: tuple[tuple[int, ...], ...], roots: tuple[int, ...]
) -> Plan | None:
    """The plan of a branch; `None` where a table would exceed the limit."""
    order = order_of(sizes, scopes, roots)
    return Plan.of(sizes, scopes, roots, order) if order.entries <= LIMIT else None


# Most branches of a case, and of all cases, have one of a few shapes; only small ones are kept.
_remembered = lru_cache(maxsize=256)(_plan)
