"""Sums over products of tables, exactly: a plan made once, replayed as often as the numbers change.

The plan is variable elimination in an order of small tables. Running it forward leaves a tape; running
the tape backward gives the derivative of the result by every entry of every table (Darwiche, A
differential approach to inference in Bayesian networks, JACM 2003); where a few tables change, only
what depends on them is worked out again. Cost: linear in the entries of all product tables, each at
most `LIMIT`.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import add, itemgetter, mul
from typing import NamedTuple

import attrs

__all__ = [
    "LIMIT",
    "Order",
    "Plan",
    "Replay",
    "Table",
    "Tape",
    "Workload",
    "cost_of",
    "order_of",
]

Table = Sequence[float]
Gather = Callable[[Table], Table]
LIMIT = 2**18
_SMALL = 1e-60
_LARGE = 1e60
_FAN = 4
_WAYS = 3  # a run goes there once, and back once for what is asked and once for the rest
_REMEMBERED = 2**10


class Alignment(NamedTuple):
    """How a table over some of the variables of a product lies in it."""

    spread: Gather
    """The table laid out over the product."""
    sorted: Gather
    """The product's entries in the order of the table's, those of one entry side by side."""
    share: int
    """How many entries of the product belong to one of the table."""

    def folded(self, flow: Table) -> Table:
        """What a flow over the product comes to over the table."""
        found = self.sorted(flow)
        if self.share == 1:
            return found
        if self.share == 2:
            return list(map(add, found[::2], found[1::2]))
        return [
            sum(found[start : start + self.share]) for start in range(0, len(found), self.share)
        ]


class Step(NamedTuple):
    """One product of tables, summed over its last variable."""

    parts: tuple[tuple[int, Alignment | None], ...]
    """The slots whose tables are multiplied, and how each lies in the product; `None` when it has
    the same variables in the same order."""
    over: tuple[int, ...]
    """The variables of the product."""
    width: int
    """How many adjacent entries are summed; 1 for a mere product."""


@attrs.frozen
class Plan:
    """In which order tables are multiplied and summed; depends on their shapes alone."""

    width: int
    """How many tables go in."""
    steps: tuple[Step, ...]
    """The products, in order; each result takes the next slot."""
    entries: int
    """How many entries all products have together: the cost of one run."""

    @classmethod
    def of(
        cls,
        sizes: Sequence[int],
        scopes: Sequence[tuple[int, ...]],
        roots: tuple[int, ...] = (),
        order: Order | None = None,
    ) -> Plan:
        """Plan the sum over all variables but the roots, over which the result is laid out.

        `sizes` are the variables' numbers of values and `scopes` the tables' variables, a table
        being laid out with its last variable fastest.
        """
        order = order or order_of(sizes, scopes, roots)
        return _Planner(sizes, scopes).plan(order.variables, roots)

    @cached_property
    def takers(self) -> list[int]:
        """For every slot the step that takes its table in; the last result is taken by none."""
        found = [len(self.steps)] * (self.width + len(self.steps))
        for position, step in enumerate(self.steps):
            for slot, _ in step.parts:
                found[slot] = position
        return found

    def forward(self, tables: Sequence[Table]) -> Tape:
        """Run the plan on tables of the planned shapes."""
        values: list[Table] = list(tables)
        columns: list[list[Table]] = []
        scales: list[float] = []
        for parts, _, width in self.steps:
            laid = [
                values[slot] if layout is None else layout.spread(values[slot])
                for slot, layout in parts
            ]
            result, scale = _summed(laid, width)
            values.append(result)
            columns.append(laid)
            scales.append(scale)
        return Tape(self, values, columns, scales)


def _summed(laid: Sequence[Table], width: int) -> tuple[Table, float]:
    """The product of some tables summed over its last variable, and what it was divided by."""
    product = laid[0]
    for other in laid[1:]:
        product = list(map(mul, product, other))
    if width == 1:
        result = product
    elif width == 2:
        result = list(map(add, product[::2], product[1::2]))
    else:
        result = [math.fsum(product[at : at + width]) for at in range(0, len(product), width)]
    # Long chains of small numbers would reach the denormals; a scale keeps every digit.
    top = max(result)
    if _SMALL <= top <= _LARGE or not 0.0 < top < math.inf:
        return result, 1.0
    return [each / top for each in result], top


@attrs.frozen(eq=False)
class Tape:
    """A finished forward run: every table and every product on the way."""

    plan: Plan
    """The plan that was run."""
    values: list[Table]
    """The table in every slot."""
    columns: list[list[Table]]
    """For every step, its inputs laid out over the product."""
    scales: list[float]
    """What every step's result was divided by, against underflow."""

    @property
    def result(self) -> Table:
        """The final table, over the root's values, up to `log_scale`."""
        return self.values[-1]

    @cached_property
    def log_scale(self) -> float:
        """The logarithm of all scales together."""
        return math.fsum(math.log(scale) for scale in self.scales if scale != 1.0)

    @property
    def log_total(self) -> float:
        """The logarithm of the sum over everything; minus infinity when it is 0."""
        total = math.fsum(self.result)
        return math.log(total) + self.log_scale if total > 0.0 else -math.inf

    def sample(self, sizes: Sequence[int], chance: random.Random) -> dict[int, int]:
        """One joint value of all variables, drawn in proportion to the product of the tables."""
        found: dict[int, int] = {}
        for step, columns in zip(reversed(self.plan.steps), reversed(self.columns), strict=True):
            if not step.over or step.over[-1] in found:
                continue
            start = 0
            for variable in step.over[:-1]:
                start = start * sizes[variable] + found[variable]
            size = sizes[step.over[-1]]
            entries = range(start * size, start * size + size)
            weights = [math.prod(column[entry] for column in columns) for entry in entries]
            found[step.over[-1]] = chance.choices(range(size), weights)[0]
        return found

    def backward(self, seed: Table) -> list[Table]:
        """The derivative of (seed . result) by every entry of every table that went in."""
        return self.flows(seed)[: self.plan.width]

    def flows(self, seed: Table) -> list[Table]:
        """The derivative of (seed . result) by every entry in every slot, products included."""
        width, steps = self.plan.width, self.plan.steps
        flows: list[Table] = [()] * (width + len(steps))
        flows[-1] = seed
        for position in range(len(steps) - 1, -1, -1):
            parts, _, repeat = steps[position]
            flow, scale = flows[width + position], self.scales[position]
            if scale != 1.0:
                flow = [each / scale for each in flow]
            if repeat == 2:
                flow = list(chain.from_iterable(zip(flow, flow, strict=True)))
            elif repeat > 1:
                flow = [each for each in flow for _ in range(repeat)]
            backs = _without_each(flow, self.columns[position])
            for (slot, layout), back in zip(parts, backs, strict=True):
                flows[slot] = back if layout is None else layout.folded(back)
        return flows


def _without_each(flow: Table, columns: Sequence[Table]) -> list[Table]:
    """For every column the flow times the product of all the other ones."""
    if len(columns) == 1:
        return [flow]
    if len(columns) == 2:
        return [list(map(mul, flow, columns[1])), list(map(mul, flow, columns[0]))]
    after = [columns[-1]]
    for column in columns[-2:0:-1]:
        after.append(list(map(mul, column, after[-1])))
    found: list[Table] = []
    before = flow
    for column in columns[:-1]:
        found.append(list(map(mul, before, after.pop())))
        before = list(map(mul, before, column))
    found.append(before)
    return found


class Replay:
    """A run in which a few tables at a time are changed, and only what depends on them is redone.

    `near` looks from where the run stood at first; `move` goes on from where it stands.
    """

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.plan = tape.plan
        self.values = list(tape.values)
        self.columns = list(tape.columns)
        self.scales = list(tape.scales)
        self.log_scale = tape.log_scale

    @property
    def result(self) -> Table:
        """The final table where the run stands, up to `log_scale`."""
        return self.values[-1]

    @property
    def log_total(self) -> float:
        """The logarithm of the sum over everything where the run stands."""
        total = math.fsum(self.result)
        return math.log(total) + self.log_scale if total > 0.0 else -math.inf

    def near(self, changes: Mapping[int, Table]) -> tuple[int, Table, float]:
        """Where some changes come together: a slot, its table then, and a logarithm to add.

        Everything else that is multiplied with that table is as it was at first, so that the sum
        after the changes is the first run's flow at the slot times the table.
        """
        width, takers, steps = self.plan.width, self.plan.takers, self.plan.steps
        tables = dict(changes)
        waiting = [takers[slot] for slot in tables]
        heapq.heapify(waiting)
        shift = 0.0
        while len(tables) > 1:
            position = heapq.heappop(waiting)
            if waiting and waiting[0] == position:
                continue
            parts, _, repeat = steps[position]
            laid = list(self.tape.columns[position])
            for place, (slot, layout) in enumerate(parts):
                if slot in tables:
                    table = tables.pop(slot)
                    laid[place] = table if layout is None else layout.spread(table)
            result, scale = _summed(laid, repeat)
            # The flows are those of the first run, which may have been scaled otherwise.
            shift += math.log(scale) - math.log(self.tape.scales[position])
            tables[width + position] = result
            heapq.heappush(waiting, takers[width + position])
        ((slot, table),) = tables.items()
        return slot, table, shift

    def move(self, changes: Mapping[int, Table]) -> None:
        """Put other tables in some slots, and work out again what depends on them."""
        width, takers, steps = self.plan.width, self.plan.takers, self.plan.steps
        values, last = self.values, len(self.plan.steps)
        for slot, table in changes.items():
            values[slot] = table
        changed = set(changes)
        waiting = [takers[slot] for slot in changed]
        heapq.heapify(waiting)
        while waiting:
            position = heapq.heappop(waiting)
            if position == last or (waiting and waiting[0] == position):
                continue
            parts, _, repeat = steps[position]
            laid = list(self.columns[position])
            for place, (slot, layout) in enumerate(parts):
                if slot in changed:
                    laid[place] = values[slot] if layout is None else layout.spread(values[slot])
            result, scale = _summed(laid, repeat)
            if scale != self.scales[position]:
                self.log_scale += math.log(scale) - math.log(self.scales[position])
                self.scales[position] = scale
            self.columns[position] = laid
            values[width + position] = result
            changed.add(width + position)
            heapq.heappush(waiting, takers[width + position])


@attrs.frozen
class Order:
    """In which order variables are summed out."""

    variables: tuple[int, ...]
    """The variables, first to last; cut short where a table would exceed the limit."""
    entries: int
    """How many entries the largest product table has."""
    operations: int
    """How many entries a run works out, there and twice back; at least, where it is cut short."""


@attrs.frozen
class Workload:
    """What a sum over a product of tables would take, known before anything is multiplied."""

    operations: int
    """How many entries one run works out, there and twice back; at least, where it is not exact."""
    width: float
    """The base-2 logarithm of the entries of the largest product table."""

    @property
    def is_exact(self) -> bool:
        """Whether the sum stays within the limit; above it an answer is simulated."""
        return self.width <= math.log2(LIMIT)

    @classmethod
    def together(cls, costs: Iterable[Workload]) -> Workload:
        """What several sums take one after the other."""
        found = list(costs)
        return cls(
            sum(each.operations for each in found), max((each.width for each in found), default=0.0)
        )


def cost_of(
    sizes: Sequence[int],
    scopes: Sequence[tuple[int, ...]],
    roots: tuple[int, ...] = (),
    order: Order | None = None,
) -> Workload:
    """What it takes to sum tables over some scopes, by the order in which that will be done.

    Args:
        sizes: the variables' numbers of values.
        scopes: the variables of every table.
        roots: the variables that are kept.
        order: the order, where it is known already.

    >>> cost_of((2, 2, 2), ((0,), (0, 1), (1, 2)), (2,))
    Workload(operations=30, width=2.0)
    """
    order = order or order_of(sizes, scopes, roots)
    return Workload(order.operations, math.log2(order.entries))


def order_of(
    sizes: Sequence[int], scopes: Sequence[tuple[int, ...]], roots: tuple[int, ...] = ()
) -> Order:
    """An order of elimination, always the variable whose product table is smallest next."""
    near: list[set[int]] = [set() for _ in sizes]
    for scope in scopes:
        for variable in scope:
            near[variable].update(scope)
    # Whole numbers, so that weights kept up to date step by step never drift.
    logs = [round(math.log2(size) * 2**20) for size in sizes]
    weight = [sum(logs[each] for each in group) for group in near]
    kept = set(roots)
    heap = [(weight[v], v) for v in range(len(sizes)) if v not in kept and near[v]]
    heapq.heapify(heap)
    order: list[int] = []
    largest = math.prod(sizes[root] for root in roots)
    whole = largest
    while heap:
        cost, variable = heapq.heappop(heap)
        group = near[variable]
        if not group or cost != weight[variable]:
            continue
        order.append(variable)
        entries = 1
        for each in group:
            entries *= sizes[each]
        largest = max(largest, entries)
        whole += entries
        if entries > LIMIT:
            # Past the limit nothing will be laid out, so the exact width no longer matters.
            break
        near[variable] = set()
        group.discard(variable)
        for each in group:
            beside = near[each]
            weight[each] += sum(logs[one] for one in group if one not in beside) - logs[variable]
            beside |= group
            beside.discard(variable)
            if each not in kept:
                heapq.heappush(heap, (weight[each], each))
    return Order(tuple(order), largest, _WAYS * whole)


def _layout(sizes: tuple[int, ...], places: tuple[int, ...]) -> Alignment:
    """How a table over some places of a product over variables of some sizes lies in it."""
    # Wide layouts seldom come twice, and thousands of them would fill the memory.
    return (_remembered if math.prod(sizes) <= _REMEMBERED else _laid_out)(sizes, places)


def _laid_out(sizes: tuple[int, ...], places: tuple[int, ...]) -> Alignment:
    strides = [0] * len(sizes)
    stride = 1
    for place in reversed(places):
        strides[place] = stride
        stride *= sizes[place]
    indices = [0]
    for size, step in zip(sizes, strides, strict=True):
        indices = [index + value * step for index in indices for value in range(size)]
    back = sorted(range(len(indices)), key=indices.__getitem__)
    return Alignment(_gather(indices), _gather(back), len(indices) // stride)


_remembered = lru_cache(maxsize=4096)(_laid_out)


def _gather(indices: Sequence[int]) -> Gather:
    if len(indices) > 1:
        return itemgetter(*indices)
    only = indices[0]
    return lambda table: (table[only],)


class _Planner:
    """The state of making a plan: which tables are still to be multiplied, and over what."""

    def __init__(self, sizes: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> None:
        self.sizes = sizes
        self.scopes: list[tuple[int, ...]] = list(scopes)
        self.width = len(scopes)
        self.steps: list[Step] = []
        self.entries = 0
        self.holding: list[set[int]] = [set() for _ in sizes]
        self.loose: list[int] = []
        for slot, scope in enumerate(scopes):
            self._hold(slot, scope)

    def _hold(self, slot: int, scope: tuple[int, ...]) -> None:
        if not scope:
            self.loose.append(slot)
        for variable in scope:
            self.holding[variable].add(slot)

    def plan(self, order: Sequence[int], roots: tuple[int, ...]) -> Plan:
        for variable in order:
            self._eliminate(variable)
        last = {slot for root in roots for slot in self.holding[root]}
        self._multiply(sorted([*last, *self.loose]), roots, 1)
        return Plan(self.width, tuple(self.steps), self.entries)

    def _eliminate(self, variable: int) -> None:
        slots = sorted(self.holding[variable])
        if not slots:
            return
        around: set[int] = set()
        for slot in slots:
            scope = self.scopes[slot]
            around.update(scope)
            for each in scope:
                self.holding[each].discard(slot)
        around.discard(variable)
        result = self._multiply(slots, (*sorted(around), variable), self.sizes[variable])
        self._hold(result, self.scopes[result])

    def _multiply(self, slots: list[int], over: tuple[int, ...], width: int) -> int:
        return self._add(self._gathered(slots) if len(slots) > _FAN else slots, over, width)

    def _gathered(self, slots: list[int]) -> list[int]:
        """Multiply many tables in small groups, each rescaled before it can underflow.

        Tables over the same variables go first, in groups that take from far apart, because
        neighbours tend to pull the same way.
        """
        alike: dict[tuple[int, ...], list[int]] = {}
        for slot in slots:
            alike.setdefault(self.scopes[slot], []).append(slot)
        reduced = [self._reduced(each) for each in alike.values()]
        while len(reduced) > _FAN:
            groups = [reduced[start : start + _FAN] for start in range(0, len(reduced), _FAN)]
            reduced = [self._product(group) for group in groups]
        return reduced

    def _reduced(self, slots: list[int]) -> int:
        while len(slots) > 1:
            count = -(-len(slots) // _FAN)
            slots = [self._product(slots[start::count]) for start in range(count)]
        return slots[0]

    def _product(self, slots: list[int]) -> int:
        return self._add(slots, self._union(slots), 1) if len(slots) > 1 else slots[0]

    def _union(self, slots: list[int]) -> tuple[int, ...]:
        return tuple(sorted({each for slot in slots for each in self.scopes[slot]}))

    def _add(self, slots: Sequence[int], over: tuple[int, ...], width: int) -> int:
        sizes = tuple(map(self.sizes.__getitem__, over))
        place = {variable: index for index, variable in enumerate(over)}
        parts: list[tuple[int, Alignment | None]] = []
        for slot in slots:
            scope = self.scopes[slot]
            if scope == over:
                parts.append((slot, None))
            else:
                parts.append((slot, _layout(sizes, tuple(map(place.__getitem__, scope)))))
        self.steps.append(Step(tuple(parts), over, width))
        self.entries += math.prod(sizes)
        self.scopes.append(over if width == 1 else over[:-1])
        return len(self.scopes) - 1
