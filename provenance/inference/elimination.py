"""Sums over products of tables, exactly: a plan made once, replayed as often as the numbers change.

The plan is variable elimination in an order of smallest tables (min-degree when all variables have
equal size). Running it forward leaves a tape; running the tape backward gives the derivative of the
result by every entry of every table (Darwiche, A differential approach to inference in Bayesian
networks, JACM 2003). Cost: linear in the entries of all product tables, each at most `LIMIT`.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter, mul

import attrs

from provenance.bounds import spend

__all__ = ["LIMIT", "Order", "Plan", "Table", "Tape", "Workload", "cost_of", "order_of"]

Table = Sequence[float]
Gather = Callable[[Table], Table]
LIMIT = 2**18
_SMALL = 1e-60
_FAN = 4
_BEGINNING = 8  # operations that a step takes however small its tables are
_WAYS = 3  # a run goes there once, and back once for what is asked and once for the rest
_REMEMBERED = 2**10


@attrs.frozen
class Step:
    """One product of tables, summed over its last variable."""

    inputs: tuple[int, ...]
    """The slots whose tables are multiplied."""
    gathers: tuple[Gather | None, ...]
    """How each input is laid out over the product; `None` when it already is."""
    maps: tuple[tuple[int, ...] | None, ...]
    """The same as indices, for the way back."""
    over: tuple[int, ...]
    """The variables of the product."""
    width: int
    """How many adjacent entries are summed; 1 for a mere product."""


@attrs.frozen
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
    result: Table
    """The final table, over the root's values, up to `log_scale`."""
    log_scale: float
    """The logarithm of all scales together."""

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

    def again(self, changed: Mapping[int, Table]) -> tuple[Table, float]:
        """The result, and the logarithm of its scale, with other numbers in a few tables.

        Only the steps on the way from these tables to the result are taken again.
        """
        plan = self.plan
        values = _Over(self.values, dict(changed))
        waiting = {plan.taken_by[slot] for slot in changed}
        log_scale = self.log_scale
        while waiting:
            # What a step yields is taken by a later one only.
            position = min(waiting)
            waiting.discard(position)
            step = plan.steps[position]
            spend(_BEGINNING + len(self.columns[position][0]), "a sum over tables")
            result, scale, _ = _taken(step, values)
            if scale != self.scales[position]:
                log_scale += math.log(scale) - math.log(self.scales[position])
            slot = plan.width + position
            values.own[slot] = result
            if slot in plan.taken_by:
                waiting.add(plan.taken_by[slot])
        return values[plan.width + len(plan.steps) - 1], log_scale

    def backward(self, seed: Table) -> list[Table]:
        """The derivative of (seed . result) by every entry of every table that went in."""
        plan = self.plan
        spend(2 * plan.operations, "the way back of a sum over tables")
        flows: list[Table] = [()] * (plan.width + len(plan.steps))
        flows[-1] = seed
        for position in range(len(plan.steps) - 1, -1, -1):
            step, flow = plan.steps[position], flows[plan.width + position]
            flows[plan.width + position] = ()
            scale = self.scales[position]
            if scale != 1.0:
                flow = [each / scale for each in flow]
            if step.width > 1:
                repeated = range(step.width)
                flow = [each for each in flow for _ in repeated]
            columns = self.columns[position]
            for slot, indices, others in zip(step.inputs, step.maps, _others(columns), strict=True):
                back = flow if others is None else list(map(mul, flow, others))
                flows[slot] = (
                    back if indices is None else _scatter(back, indices, len(self.values[slot]))
                )
        return flows[: plan.width]


@attrs.frozen(eq=False)
class _Over:
    """Tables by slot, some of them replaced."""

    tables: Sequence[Table]
    own: dict[int, Table]

    def __getitem__(self, slot: int) -> Table:
        return self.own[slot] if slot in self.own else self.tables[slot]


def _others(columns: list[Table]) -> list[Table | None]:
    """For every column the product of all the other ones; `None` when there are none."""
    if len(columns) == 1:
        return [None]
    if len(columns) == 2:
        return [columns[1], columns[0]]
    after: list[Table | None] = [None]
    for column in reversed(columns[1:]):
        last = after[-1]
        after.append(column if last is None else list(map(mul, column, last)))
    after.reverse()
    found: list[Table | None] = [after[0]]
    before: Table = columns[0]
    for column, rest in zip(columns[1:], after[1:], strict=True):
        found.append(before if rest is None else list(map(mul, before, rest)))
        before = list(map(mul, before, column))
    return found


def _scatter(back: Table, indices: tuple[int, ...], size: int) -> Table:
    found = [0.0] * size
    for index, each in zip(indices, back, strict=True):
        found[index] += each
    return found


@attrs.frozen
class Plan:
    """In which order tables are multiplied and summed; depends on their shapes alone."""

    width: int
    """How many tables go in."""
    steps: tuple[Step, ...]
    """The products, in order; each result takes the next slot."""
    entries: int
    """How many entries all products have together: the cost of one run."""

    @property
    def operations(self) -> int:
        """What one run costs, with what it takes to begin a step."""
        return self.entries + _BEGINNING * len(self.steps)

    @cached_property
    def taken_by(self) -> dict[int, int]:
        """For every slot the step that takes its table."""
        return {slot: number for number, step in enumerate(self.steps) for slot in step.inputs}

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

    def forward(self, tables: Sequence[Table]) -> Tape:
        """Run the plan on tables of the planned shapes."""
        spend(self.operations, "a sum over tables")
        values: list[Table] = list(tables)
        columns: list[list[Table]] = []
        scales: list[float] = []
        log_scale = 0.0
        for step in self.steps:
            result, scale, laid = _taken(step, values)
            if scale != 1.0:
                log_scale += math.log(scale)
            scales.append(scale)
            values.append(result)
            columns.append(laid)
        return Tape(self, values, columns, scales, values[-1], log_scale)


def _taken(step: Step, values: Sequence[Table] | _Over) -> tuple[Table, float, list[Table]]:
    """One step: its result, what that was divided by, and its inputs laid out over the product."""
    laid = [
        values[slot] if gather is None else gather(values[slot])
        for slot, gather in zip(step.inputs, step.gathers, strict=True)
    ]
    product = laid[0]
    for other in laid[1:]:
        product = list(map(mul, product, other))
    result = _summed(product, step.width)
    # Long chains of small numbers would reach the denormals; a scale keeps every digit.
    top = max(result)
    if 0.0 < top < _SMALL:
        return [each / top for each in result], top, laid
    return result, 1.0, laid


def _summed(product: Table, width: int) -> Table:
    if width == 1:
        return product
    if width == 2:
        return [a + b for a, b in zip(product[::2], product[1::2], strict=True)]
    return [math.fsum(product[start : start + width]) for start in range(0, len(product), width)]


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


def _layout(sizes: tuple[int, ...], places: tuple[int, ...]) -> tuple[int, ...]:
    """For every entry of a product over `sizes`, the entry of a table over some of its places."""
    # Wide layouts seldom come twice, and thousands of them would fill the memory.
    return (_remembered if math.prod(sizes) <= _REMEMBERED else _laid_out)(sizes, places)


def _laid_out(sizes: tuple[int, ...], places: tuple[int, ...]) -> tuple[int, ...]:
    strides = [0] * len(sizes)
    stride = 1
    for place in reversed(places):
        strides[place] = stride
        stride *= sizes[place]
    indices = [0]
    for size, step in zip(sizes, strides, strict=True):
        indices = [index + value * step for index in indices for value in range(size)]
    return tuple(indices)


_remembered = lru_cache(maxsize=4096)(_laid_out)


class _Planner:
    """The state of making a plan: which tables are still to be multiplied, and over what."""

    def __init__(self, sizes: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> None:
        self.sizes = sizes
        self.scopes: list[tuple[int, ...]] = list(scopes)
        self.width = len(scopes)
        self.steps: list[Step] = []
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
        self._multiply(sorted([*last, *self.loose]), roots, None)
        entries = sum(math.prod(self.sizes[v] for v in step.over) for step in self.steps)
        return Plan(self.width, tuple(self.steps), entries)

    def _eliminate(self, variable: int) -> None:
        slots = sorted(self.holding[variable])
        if not slots:
            return
        for slot in slots:
            for each in self.scopes[slot]:
                self.holding[each].discard(slot)
        around = sorted({each for slot in slots for each in self.scopes[slot]} - {variable})
        result = self._multiply(slots, (*around, variable), variable)
        self._hold(result, self.scopes[result])

    def _multiply(self, slots: list[int], over: tuple[int, ...], out: int | None) -> int:
        if len(slots) > _FAN:
            slots = self._gathered(slots)
        return self._add(slots, over, 1 if out is None else self.sizes[out])

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

    def _add(self, slots: list[int], over: tuple[int, ...], width: int) -> int:
        sizes = tuple(self.sizes[variable] for variable in over)
        place = {variable: index for index, variable in enumerate(over)}
        maps: list[tuple[int, ...] | None] = []
        for slot in slots:
            scope = self.scopes[slot]
            same = scope == over
            maps.append(None if same else _layout(sizes, tuple(place[v] for v in scope)))
        gathers = tuple(None if each is None else _gather(each) for each in maps)
        self.steps.append(Step(tuple(slots), gathers, tuple(maps), over, width))
        self.scopes.append(over if width == 1 else over[:-1])
        return len(self.scopes) - 1


def _gather(indices: tuple[int, ...]) -> Gather:
    if len(indices) > 1:
        return itemgetter(*indices)
    only = indices[0]
    return lambda table: (table[only],)
