"""What a simulation holds, and what it draws together: parts of a network small enough to be summed.

Which variables are held is found by the way: where the next product of an elimination would be too
large, one of its variables is held (in the manner of w-cutset sampling, Bidyuk and Dechter, Cutset
sampling for Bayesian networks, JAIR 2007, doi:10.1613/jair.2149). Cost: n log n.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter, mul
from typing import Any, NamedTuple

import attrs

from provenance.bounds import spend
from provenance.components import Groups
from provenance.errors import TooEntangled
from provenance.inference.elimination import Plan, Table, Tape
from provenance.inference.network import Network
from provenance.inference.orders import LIMIT, Order, order_of

__all__ = [
    "DRAWING",
    "Bunch",
    "Cuts",
    "GibbsBlock",
    "Key",
    "Slices",
    "View",
    "beforehand",
    "blocks_of",
]

_COMFORT = 2**8  # entries of a product table that one sweep may have
_QUESTIONS = (
    2**14
)  # or those that the questions need by themselves, so that they are drawn together
_BLOCKS = 6
_FINE = 2**20  # steps of a logarithm, so that equal ones are equal
_CUTTING = 20  # operations for a variable, to look for what is held
_BUNCHED = 6  # tables that are multiplied beforehand, and variables that they may hold
_DRAWN_WHILE = 2  # sums in the time of which what is held is drawn, or a part of it
DRAWING = 6
"""Operations for a table: to slice it, and to draw its variables."""


Key = tuple[int, ...]
"""The values of what a bunch of tables holds."""

_PHANTOM, _STATE, _STATEMENT, _QUESTION = range(4)  # what is held first where all else is equal


@attrs.frozen(eq=False)
class GibbsBlock:
    """A network with some variables held, so that the others can be summed and drawn together."""

    network: Network
    """The whole network."""
    held: frozenset[int]
    """The variables that are held."""
    order: tuple[int, ...]
    """The others, in the order in which they are summed out."""
    collapsed: bool = False
    """Whether what is held is drawn too, while the rest is summed."""
    bunched: bool = False
    """Whether tables of which the same is left are multiplied once for all values of what is held."""

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """The tables in which not everything is held."""
        scopes = self.network.scopes
        return tuple(slot for slot, scope in enumerate(scopes) if not self.held.issuperset(scope))

    @cached_property
    def fixed(self) -> tuple[int, ...]:
        """The tables in which everything is held: one entry of each counts."""
        free = set(self.slots)
        return tuple(slot for slot in range(len(self.network.scopes)) if slot not in free)

    @cached_property
    def holding(self) -> dict[int, list[int]]:
        """The tables that everything held is in."""
        found: dict[int, list[int]] = {variable: [] for variable in self.held}
        for slot, scope in enumerate(self.network.scopes):
            for variable in self.held.intersection(scope):
                found[variable].append(slot)
        return found

    @property
    def has_root(self) -> bool:
        """Whether the question that is asked is among what is drawn."""
        return self.held.isdisjoint(self.network.roots)

    @cached_property
    def plan(self) -> Plan:
        """How it is summed."""
        spend(4 * len(self.network.scopes), "laying out tables")
        scopes = [self._left(bunch.slots[0]) for bunch in self.bunches]
        roots = self.network.roots if self.has_root else ()
        return Plan.of(self.network.sizes, scopes, roots, Order(self.order, 0, 0))

    def _left(self, slot: int) -> tuple[int, ...]:
        """What is left of a table's variables."""
        return tuple(each for each in self.network.scopes[slot] if each not in self.held)

    @cached_property
    def bunches(self) -> tuple[Bunch, ...]:
        """The tables in which not everything is held, one by one or a few at a time."""
        found: list[list[int]] = []
        open_: dict[tuple[int, ...], tuple[list[int], set[int]]] = {}
        for slot in self.slots:
            held = self.held.intersection(self.network.scopes[slot])
            left = self._left(slot)
            if not (self.bunched and held and len(left) == 1):
                found.append([slot])
                continue
            slots, known = open_.get(left, ([], set()))
            if not slots or len(known | held) > _BUNCHED or len(slots) == _BUNCHED:
                slots, known = open_[left] = [], set()
                found.append(slots)
            slots.append(slot)
            known |= held
        return tuple(Bunch.of(self, slots) for slots in found)

    @cached_property
    def views(self) -> dict[int, View]:
        """Where the entries lie that are left of a table when some of its variables are held."""
        return {
            slot: View.of(scope, self.network.sizes, self.held)
            for slot, scope in enumerate(self.network.scopes)
        }

    @cached_property
    def operations(self) -> int:
        """What one sum of it costs, with drawing every variable once."""
        return self.plan.operations + DRAWING * len(self.bunches)

    @cached_property
    def place(self) -> dict[int, int]:
        """Where every table that is not fixed stands among what is summed."""
        return {slot: place for place, bunch in enumerate(self.bunches) for slot in bunch.slots}

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """What is held, in parts of which each is drawn in about the time of some sums."""
        found: list[Turn] = []
        most = _DRAWN_WHILE * self.operations
        for variable in sorted(self.held):
            cost = self._moving(variable)
            if found and found[-1].operations + cost <= most:
                last = found.pop()
                found.append(Turn((*last.variables, variable), last.operations + cost))
            else:
                found.append(Turn((variable,), cost))
        return tuple(found)

    def _moving(self, variable: int) -> int:
        """What it takes to try every value of something held, and to put one of them back."""
        plan, takers = self.plan, self.plan.takers
        steps: set[int] = set()
        for slot in self.holding[variable]:
            step = takers[self.place[slot]] if slot in self.place else len(plan.steps)
            while step < len(plan.steps) and step not in steps:
                steps.add(step)
                step = takers[plan.width + step]
        spend(len(steps), "laying out tables")
        sizes = self.network.sizes
        entries = sum(math.prod(sizes[each] for each in plan.steps[step].over) for step in steps)
        return sizes[variable] * (entries + DRAWING * (1 + len(steps)))


class Turn(NamedTuple):
    """Some of what is held, to be drawn one after the other."""

    variables: tuple[int, ...]
    """What is drawn."""
    operations: int
    """What that costs."""


@attrs.frozen
class View:
    """How the entries of a table lie that go with one value of everything held in it."""

    held: tuple[tuple[int, int], ...]
    """(variable, stride) of everything held."""
    entries: tuple[int, ...]
    """Where the entries are, counted from the first."""

    @classmethod
    def of(cls, scope: tuple[int, ...], sizes: Sequence[int], held: frozenset[int]) -> View:
        entries, found, stride = [0], [], 1
        for variable in reversed(scope):
            if variable in held:
                found.append((variable, stride))
            else:
                entries = [
                    value * stride + each for value in range(sizes[variable]) for each in entries
                ]
            stride *= sizes[variable]
        return cls(tuple(found), tuple(entries))

    def start(self, values: Sequence[int]) -> int:
        """Where the first entry is with everything held at its value."""
        start = 0
        for variable, stride in self.held:
            start += values[variable] * stride
        return start

    def cut(self, table: Table, start: int) -> Table:
        """The entries that are left of a table."""
        return [table[start + each] for each in self.entries]


@attrs.frozen
class Bunch:
    """Tables that are summed as their product: one, or a few of which the same variable is left."""

    slots: tuple[int, ...]
    """The tables."""
    held: tuple[int, ...]
    """What of them is held."""
    views: tuple[View, ...]
    """How each of them lies, by places among what is held."""

    @classmethod
    def of(cls, block: GibbsBlock, slots: Sequence[int]) -> Bunch:
        """Some tables of a block."""
        views = [block.views[slot] for slot in slots]
        held = tuple(sorted({variable for view in views for variable, _ in view.held}))
        place = {variable: number for number, variable in enumerate(held)}
        return cls(
            tuple(slots),
            held,
            tuple(
                View(tuple((place[each], stride) for each, stride in view.held), view.entries)
                for view in views
            ),
        )


class Cuts:
    """What is left of a bunch of tables with what is held at some values, each cut once."""

    def __init__(self, bunch: Bunch, tables: Sequence[Table]) -> None:
        self.bunch = bunch
        self.tables = tables
        self.known: dict[Key, Table] = {}
        # Of one variable the getter would give its value, and not a tuple of it.
        self.key: Callable[[Sequence[int]], Key] = (
            itemgetter(*bunch.held) if len(bunch.held) > 1 else self._key
        )

    def _key(self, values: Sequence[int]) -> Key:
        return tuple(map(values.__getitem__, self.bunch.held))

    def at(self, values: Sequence[int]) -> Table:
        """What is left with what is held at its values."""
        key = self.key(values)
        cut = self.known.get(key)
        if cut is None:
            cut = self.known[key] = self._product(key)
        return cut

    def _product(self, key: Key) -> Table:
        if not key:
            return self.tables[0]
        first, *others = self.parts(key)
        for each in others:
            first = list(map(mul, first, each))
        return first

    def parts(self, key: Key) -> list[Table]:
        """The same of every table by itself."""
        views = zip(self.bunch.views, self.tables, strict=True)
        return [view.cut(table, view.start(key)) for view, table in views]

    def flows(self, key: Key, flow: Any) -> Iterator[tuple[int, int, Any]]:
        """What a flow of the product comes to for every table: (slot, where its cut starts, flow)."""
        parts = self.parts(key) if key else self.tables
        for place, (slot, view) in enumerate(zip(self.bunch.slots, self.bunch.views, strict=True)):
            back = flow
            for other in (*parts[:place], *parts[place + 1 :]):
                back = list(map(mul, back, other))
            yield slot, view.start(key), back


class Slices:
    """The tables of a block with what is held at some values, each cut once."""

    def __init__(self, block: GibbsBlock, tables: Sequence[Table]) -> None:
        self.block = block
        self.tables = tables
        self.cuts = [Cuts(bunch, [tables[slot] for slot in bunch.slots]) for bunch in block.bunches]

    def at(self, values: Sequence[int]) -> list[Table]:
        """The tables, and the whole ones where nothing of them is held."""
        return [cuts.at(values) for cuts in self.cuts]

    def run(self, values: Sequence[int]) -> Tape:
        """The sum over everything that is not held."""
        return self.block.plan.forward(self.at(values))

    def fixed_log(self, variable: int, values: Sequence[int]) -> float:
        """The logarithm of the fixed entries that something held has a part in."""
        block, log = self.block, 0.0
        for slot in block.holding[variable]:
            if slot not in block.place:
                entry = self.tables[slot][block.views[slot].start(values)]
                if entry <= 0.0:
                    return -math.inf
                log += math.log(entry)
        return log

    def around(self, variable: int, values: Sequence[int]) -> dict[int, Table]:
        """The tables that something held is in, by their place among what is summed."""
        block = self.block
        places = [block.place[slot] for slot in block.holding[variable] if slot in block.place]
        return {place: self.cuts[place].at(values) for place in places}

    def are_possible(self, values: Sequence[int]) -> bool:
        """Whether what is held can be so."""
        views = self.block.views
        if any(self.tables[slot][views[slot].start(values)] <= 0.0 for slot in self.block.fixed):
            return False
        return self.run(values).log_total > -math.inf


def blocks_of(
    network: Network, dormant: Collection[int] = (), *, bunched: bool = False
) -> list[GibbsBlock]:
    """Blocks that together draw every variable, those of the question that is asked first.

    The first one holds what phantoms there are, and states, as few as will do, those that are dormant
    last. Where it holds statements too, a second one holds states instead: a statement that is held,
    and all that passes it on, hold one another where they are for long. Every further one draws what
    is left. What is left when there are enough is drawn one by one.

    Args:
        network: what is simulated.
        dormant: the states of sources that cannot track as the case stands, but could if they were
            judged: that is best seen where they are summed out.
        bunched: whether tables may be multiplied beforehand, no product of them being too small.
    """
    kinds = _kinds(network)
    for state in dormant:
        kinds[state] = _QUESTION
    root = set(network.roots)
    comfort = max(_COMFORT, min(_QUESTIONS, _entries_of_questions(network, kinds)))
    first = _cut(network, lambda v: None if v in root else kinds[v], comfort)
    found = [first]
    if _statements(first, kinds):
        states = _holding_states(network, kinds, comfort)
        found += [] if _statements(states, kinds) else [states]
    waiting = set(first.held)
    while waiting and len(found) < _BLOCKS:
        left = frozenset(waiting)
        # What has been drawn already is held before anything that is still to be drawn.
        block = _cut(network, lambda v, left=left: 10 * (v in left) - kinds[v], comfort)  # type: ignore[misc]
        if not waiting - block.held:
            break
        waiting &= block.held
        found.append(_narrowed(block, left))
    # What is held one by one while the rest is summed moves single tables.
    return [each if each.collapsed else attrs.evolve(each, bunched=bunched) for each in found]


def _statements(block: GibbsBlock, kinds: Sequence[int]) -> int:
    """How much is held beside states and what they make up."""
    return sum(kinds[each] >= _STATEMENT for each in block.held)


def _holding_states(network: Network, kinds: Sequence[int], comfort: int) -> GibbsBlock:
    """The block that holds as few of the busiest states as it takes for all statements to be summed."""
    root = set(network.roots)

    def holding(states: Iterable[int]) -> GibbsBlock:
        return _cut(network, lambda v: None if v in root else kinds[v], comfort, held=states)

    heard = Counter(each for scope in network.scopes for each in scope)
    states = [each for each, kind in enumerate(kinds) if kind == _STATE]
    states.sort(key=lambda each: (-heard[each], each))
    few, many, best = 0, len(states), holding(states)
    least = _statements(best, kinds)
    while many - few > 1:
        middle = (few + many) // 2
        found = holding(states[:middle])
        if _statements(found, kinds) <= least:
            many, best = middle, found
        else:
            few = middle
    return attrs.evolve(best, collapsed=True)


def _narrowed(block: GibbsBlock, wanted: Collection[int]) -> GibbsBlock:
    """A block that draws no more than what hangs together with something that is still to be drawn."""
    groups = Groups(len(block.network.sizes))
    for scope in block.network.scopes:
        free = [each for each in scope if each not in block.held]
        for each in free[1:]:
            groups.join(free[0], each)
    kept = {groups.lowest(each) for each in wanted if each not in block.held}
    order = tuple(each for each in block.order if groups.lowest(each) in kept)
    root = [each for each in block.network.roots if groups.lowest(each) in kept]
    held = frozenset(range(len(block.network.sizes))).difference(order, root)
    return GibbsBlock(block.network, held, order)


def _kinds(network: Network) -> list[int]:
    """For every variable how soon it is held: phantoms, states, statements, then questions."""
    kinds = [_QUESTION] * len(network.sizes)
    for slot, _ in network.phantom_slots:
        kinds[network.scopes[slot][0]] = _PHANTOM
    for slot, _ in network.link_slots:
        # The counts of a contradiction go with what they count.
        kind = min(kinds[each] for each in network.scopes[slot])
        for each in network.scopes[slot]:
            kinds[each] = kind
    for own in network.state_slots:
        if own is not None:
            kinds[network.scopes[own][0]] = _STATE
    for variable in network.variables.values():
        kinds[variable] = _STATEMENT
    return kinds


def _entries_of_questions(network: Network, kinds: Sequence[int]) -> int:
    scopes = [
        scope for scope in network.scopes if scope and min(kinds[v] for v in scope) == _QUESTION
    ]
    return order_of(network.sizes, scopes, network.roots).entries


def beforehand(network: Network) -> GibbsBlock:
    """What is drawn from what is believed of it, so that the rest can be summed: states, if they will do.

    Otherwise phantoms and questions too, with all that is linked to them.
    Raises `TooEntangled` where statements that may be one voice each hang together too densely.
    """
    kinds = _kinds(network)
    first = {_STATE: 0, _PHANTOM: 1, _QUESTION: 2}
    found = _cut(network, lambda v: first.get(kinds[v]), _COMFORT, LIMIT)
    asked = {v for v, kind in enumerate(kinds) if kind in (_PHANTOM, _QUESTION)}
    if asked.isdisjoint(found.held):
        return found
    held = found.held | asked
    return GibbsBlock(network, held, tuple(v for v in found.order if v not in held))


def _cut(
    network: Network,
    rank: Callable[[int], int | None],
    comfort: int,
    most: float = math.inf,
    held: Iterable[int] = (),
) -> GibbsBlock:
    """Sum out what is cheapest next, holding a variable wherever a product would be too large.

    `rank` says what is held first; `None` for what must not be; `held` is in any case. Where nothing
    may be held, a product is as large as it is.
    Raises `TooEntangled` where it would have more than `most` entries then.
    """
    spend(_CUTTING * len(network.sizes), "looking for what to simulate")
    cutting = _Cutting(network)
    holding = set(held)
    for each in sorted(holding):
        cutting.hold(each)
    order: list[int] = []
    while (variable := cutting.cheapest()) is not None:
        entries = cutting.entries(variable)
        if entries > 1.001 * comfort:
            able = [
                (first, -len(cutting.near[each]), each)
                for each in cutting.near[variable]
                if (first := rank(each)) is not None
            ]
            if able:
                chosen = min(able)[2]
                holding.add(chosen)
                cutting.hold(chosen)
                continue
            if entries > most:
                raise TooEntangled(network.questions, round(entries), int(most))
        order.append(variable)
        cutting.sum_out(variable)
    return GibbsBlock(network, frozenset(holding), tuple(order))


class _Cutting:
    """A network of which more and more is summed out or held.

    How large a product is, is kept as a logarithm, so that a variable beside thousands of others costs
    no more than what changes about it.
    """

    def __init__(self, network: Network) -> None:
        self.logs = [round(_FINE * math.log2(size)) for size in network.sizes]
        self.near: list[set[int]] = [set() for _ in network.sizes]
        for scope in network.scopes:
            for variable in scope:
                self.near[variable].update(scope)
        self.weight = [self._log(group) for group in self.near]
        self.kept = set(network.roots)
        self.heap = [(self.weight[v], v) for v in range(len(self.logs)) if v not in self.kept]
        heapq.heapify(self.heap)

    def _log(self, group: Iterable[int]) -> int:
        return sum(map(self.logs.__getitem__, group))

    def entries(self, variable: int) -> float:
        """How many entries the product of a variable's tables has."""
        return math.pow(2.0, min(1000.0, self.weight[variable] / _FINE))

    def cheapest(self) -> int | None:
        """The variable whose product is the smallest; it stays."""
        while self.heap:
            weight, variable = self.heap[0]
            if self.near[variable] and weight == self.weight[variable]:
                return variable
            heapq.heappop(self.heap)
        return None

    def hold(self, variable: int) -> None:
        """Take a variable out of everything."""
        for each in self._gone(variable):
            self._moved(each)

    def sum_out(self, variable: int) -> None:
        """Put one product in the place of all tables that a variable is in."""
        group = self._gone(variable)
        for each in group:
            near = self.near[each]
            self.weight[each] += self._log(group - near)
            near |= group
            self._moved(each)

    def _gone(self, variable: int) -> set[int]:
        group, self.near[variable] = self.near[variable] - {variable}, set()
        for each in group:
            self.near[each].discard(variable)
            self.weight[each] -= self.logs[variable]
        return group

    def _moved(self, variable: int) -> None:
        if variable not in self.kept:
            heapq.heappush(self.heap, (self.weight[variable], variable))
