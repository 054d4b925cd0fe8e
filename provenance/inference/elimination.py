"""Sums over products of tables, exactly: a plan made once, replayed as often as the numbers change.

The plan is variable elimination. Running it forward leaves a tape; running
the tape backward gives the derivative of the result by every entry of every table (Darwiche, A
differential approach to inference in Bayesian networks, JACM 2003); where a few tables change, only
what depends on them is worked out again. Cost: linear in the entries of all product tables.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from itertools import chain
from operator import add, attrgetter, itemgetter, mul
from typing import Any, NamedTuple

import attrs

from provenance.bounds import spend
from provenance.inference.orders import SHAPES, SMALL, Order, order_of

__all__ = ["HAS_ARRAYS", "WIDE", "Pairs", "Plan", "Replay", "Table", "Tape", "dot"]

Table = Sequence[float]
Pairs = Sequence[complex]
"""Two tables in one: the entries of the second times i."""
Gather = Callable[[Table], Table]
HAS_ARRAYS = find_spec("numpy") is not None
"""Whether wide products can be left to numpy."""
WIDE = 2**12
"""From how many entries on a product is wide, where it can be."""
_SMALL = 1e-60
_LARGE = 1e60
_FAN = 4
_BEGINNING = 8  # operations that a step takes however small its tables are
_AT_ONCE = 64  # entries of an array that one operation works out
_REMEMBERED = 2**10


class Alignment(NamedTuple):
    """How a table over some of the variables of a product lies in it."""

    spread: Gather
    """The table laid out over the product."""
    shares: Gather
    """The product's entries in the order of the table's: one for each, then another one for each."""
    size: int
    """How many entries the table has."""

    def folded(self, flow: Table) -> Table:
        """What a flow over the product comes to over the table."""
        shares, size = self.shares(flow), self.size
        if len(shares) > size * (size + 1):  # fewer sums than additions of tables
            return [sum(shares[entry::size]) for entry in range(size)]
        found = shares[:size]
        for start in range(size, len(shares), size):
            found = list(map(add, found, shares[start : start + size]))
        return found


class Broadcast(NamedTuple):
    """The same where the product is wide, and tables are arrays of numpy."""

    axes: tuple[int, ...]
    """The sizes of the table's own variables, in their order."""
    turned: tuple[int, ...]
    """In which order its axes stand in the product."""
    shape: tuple[int, ...]
    """Its shape in the product, 1 where it has no axis."""

    def spread(self, table: Table) -> Any:
        """The table laid out over the product."""
        found = _numpy().asarray(table).reshape(self.axes)
        return found.transpose(self.turned).reshape(self.shape)

    def folded(self, flow: Any) -> Table:
        """What a flow over the product comes to over the table."""
        absent = tuple(axis for axis, size in enumerate(self.shape) if size == 1)
        found = flow.sum(axis=absent).reshape([self.axes[axis] for axis in self.turned])
        back = sorted(range(len(self.turned)), key=self.turned.__getitem__)
        return _narrowed(found.transpose(back).reshape(-1))


def _numpy() -> Any:
    """numpy, which is loaded only where a product is wide."""
    import numpy

    return numpy


def _narrowed(table: Any) -> Table:
    """An array as a list where it is not wide."""
    return table if table.size > WIDE else table.tolist()  # type: ignore[no-any-return]


class Step(NamedTuple):
    """One product of tables, summed over its last variable."""

    parts: tuple[tuple[int, Alignment | Broadcast | None], ...]
    """The slots whose tables are multiplied, and how each lies in the product; `None` when it has
    the same variables in the same order."""
    over: tuple[int, ...]
    """The variables of the product, the one that is summed out last; first in a wide product."""
    width: int
    """How many adjacent entries are summed; 1 for a mere product."""
    wide: tuple[int, ...]
    """Where the product is wide its shape; empty where it is not."""


@attrs.frozen
class Plan:
    """In which order tables are multiplied and summed; depends on their shapes alone."""

    width: int
    """How many tables go in."""
    steps: tuple[Step, ...]
    """The products, in order; each result takes the next slot."""
    entries: int
    """How many entries all products have together: the cost of one run."""

    @cached_property
    def operations(self) -> int:
        """What one run costs: its entries, those of arrays being cheap, and beginning each step."""
        wide = sum(math.prod(step.wide) for step in self.steps if step.wide)
        return self.entries - wide + wide // _AT_ONCE + _BEGINNING * len(self.steps)

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
        being laid out with its last variable fastest. That of a small network is remembered for all
        of the same shape.
        """
        order = order or order_of(sizes, scopes, roots)
        if len(scopes) > SMALL:
            return _planned(sizes, scopes, order.variables, roots)
        return _planned_once(tuple(sizes), tuple(scopes), order.variables, roots)

    @cached_property
    def is_wide(self) -> bool:
        """Whether a product is left to numpy."""
        return any(step.wide for step in self.steps)

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
        spend(self.operations, "a sum over tables")
        values: list[Table] = list(tables)
        columns: list[list[Table]] = []
        scales: list[float] = []
        for step in self.steps:
            laid = [
                values[slot] if alignment is None else alignment.spread(values[slot])
                for slot, alignment in step.parts
            ]
            result, scale = _summed(laid, step)
            values.append(result)
            columns.append(laid)
            scales.append(scale)
        return Tape(self, values, columns, scales)


def _summed(laid: Sequence[Any], step: Step) -> tuple[Table, float]:
    """The product of some tables summed over its last variable, and what it was divided by."""
    if step.wide:
        return _wide_sum(laid, step)
    result = _sum_of_product(laid, step.width)
    # Long chains of small numbers would reach the denormals; a scale keeps every digit.
    top = max(result)
    if _SMALL <= top <= _LARGE or not 0.0 < top < math.inf:
        return result, 1.0
    return [each / top for each in result], top


def _sum_of_product(
    laid: Sequence[Any], width: int, summed: Callable[[Any], Any] = math.fsum
) -> list[Any]:
    """A product of tables, every so many adjacent entries summed; complex ones by `sum`."""
    factors: Iterable[Any] = laid[0]
    for other in laid[1:]:
        factors = map(mul, factors, other)
    product = list(factors)
    if width == 1:
        return product
    if width == 2:
        return list(map(add, product[::2], product[1::2]))
    return [summed(product[at : at + width]) for at in range(0, len(product), width)]


def _wide_sum(laid: Sequence[Any], step: Step) -> tuple[Table, float]:
    product = _numpy().broadcast_to(_multiplied(laid), step.wide)
    result = (product.sum(axis=0) if step.width > 1 else product).reshape(-1)
    top = float(result.max())
    if _SMALL <= top <= _LARGE or not 0.0 < top < math.inf:
        return _narrowed(result), 1.0
    return _narrowed(result / top), top


def _multiplied(arrays: Sequence[Any]) -> Any:
    """A product of arrays, the small ones first, so that few products are of the whole size."""
    first, *others = sorted(arrays, key=attrgetter("size"))
    for other in others:
        first = first * other
    return first


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
            if not step.over or all(each in found for each in step.over):
                continue
            if step.wide:
                variable, *others = step.over
                place = tuple(found[each] for each in others)
                rows = [
                    _numpy().broadcast_to(each, step.wide)[(slice(None), *place)]
                    for each in columns
                ]
            else:
                *others, variable = step.over
                size, start = sizes[variable], 0
                for each in others:
                    start = start * sizes[each] + found[each]
                rows = [column[start * size : (start + 1) * size] for column in columns]
            weights = rows[0]
            for row in rows[1:]:
                weights = list(map(mul, weights, row))
            if len(weights) == 2:
                first, second = weights
                found[variable] = int(chance.random() * (first + second) >= first)
            else:
                found[variable] = chance.choices(range(len(weights)), weights)[0]
        return found

    def moved(self, changes: Mapping[int, Table]) -> Tape:
        """The run with other tables in some slots."""
        replay = Replay(self)
        replay.move(changes)
        return replay.stand

    def marked(self, slot: int, table: Pairs) -> Tape:
        """The run with a table of complex numbers in one slot, scaled as it stands.

        What comes of it is the sums with the real and with the imaginary parts in that slot.
        """
        plan, columns = self.plan, list(self.columns)
        spend(plan.operations, "a sum over tables")
        values: list[Any] = [*self.values]
        values[slot] = table
        while (position := plan.takers[slot]) < len(plan.steps):
            step, scale = plan.steps[position], self.scales[position]
            laid = list(columns[position])
            for place, (each, alignment) in enumerate(step.parts):
                if each == slot:
                    laid[place] = (
                        values[slot] if alignment is None else alignment.spread(values[slot])
                    )
            columns[position] = laid
            slot = plan.width + position
            values[slot] = [each / scale for each in _sum_of_product(laid, step.width, sum)]
        return Tape(plan, values, columns, self.scales)

    def backward(self, seed: Table | Pairs) -> list[Any]:
        """The derivative of (seed . result) by every entry of every table that went in."""
        return self.flows(seed)[: self.plan.width]

    def flows(self, seed: Table | Pairs) -> list[Any]:
        """The derivative of (seed . result) by every entry in every slot, products included.

        Of a seed of complex numbers it is that of two sums at once.
        """
        spend(2 * self.plan.operations, "the way back of a sum over tables")
        width, steps = self.plan.width, self.plan.steps
        flows: list[Any] = [()] * (width + len(steps))
        flows[-1] = seed
        for position in range(len(steps) - 1, -1, -1):
            step, flow, scale = steps[position], flows[width + position], self.scales[position]
            if step.wide:
                backs = _wide_backs(flow, self.columns[position], step, scale)
            else:
                if scale != 1.0:
                    flow = [each / scale for each in flow]
                if step.width == 2:
                    flow = list(chain.from_iterable(zip(flow, flow, strict=True)))
                elif step.width > 1:
                    flow = [each for each in flow for _ in range(step.width)]
                backs = iter(_without_each(flow, self.columns[position]))
            for (slot, alignment), back in zip(step.parts, backs, strict=True):
                flows[slot] = back if alignment is None else alignment.folded(back)
        return flows


def _wide_backs(flow: Table, columns: Sequence[Any], step: Step, scale: float) -> Iterator[Any]:
    shape = (1, *step.wide[1:]) if step.width > 1 else step.wide
    whole = _numpy().asarray(flow).reshape(shape) / scale
    for place in range(len(columns)):
        back = _multiplied([whole, *columns[:place], *columns[place + 1 :]])
        yield _numpy().broadcast_to(back, step.wide)


def dot(flow: Any, table: Table) -> Any:
    """The sum of a flow, or of a pair of them, times a table."""
    if len(table) > WIDE and HAS_ARRAYS:
        return _numpy().dot(flow, table).item()
    return sum(map(mul, flow, table))


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

    @property
    def stand(self) -> Tape:
        """The run as it stands; it must not go on while that is read."""
        return Tape(self.plan, self.values, self.columns, self.scales)

    def near(self, changes: Mapping[int, Table]) -> tuple[int, Table, float]:
        """Where some changes come together: a slot, its table then, and a logarithm to add.

        Everything else that is multiplied with that table is as it was at first, so that the sum
        after the changes is the first run's flow at the slot times the table.
        """
        width, takers, steps = self.plan.width, self.plan.takers, self.plan.steps
        columns, scales = self.tape.columns, self.tape.scales
        tables = dict(changes)
        left = len(tables)
        waiting = sorted({takers[slot] for slot in tables})
        known = set(waiting)
        operations, shift = _BEGINNING * left, 0.0
        while left > 1:
            position = heapq.heappop(waiting)
            step = steps[position]
            laid = list(columns[position])
            operations += _BEGINNING + len(laid[0])
            for place, (slot, alignment) in enumerate(step.parts):
                if slot in tables:
                    left -= 1
                    table = tables[slot]
                    laid[place] = table if alignment is None else alignment.spread(table)
            result, scale = _summed(laid, step)
            if scale != scales[position]:
                # The flows are those of the first run, which was scaled otherwise.
                shift += math.log(scale) - math.log(scales[position])
            slot = width + position
            tables[slot] = result
            left += 1
            if takers[slot] not in known:
                known.add(takers[slot])
                heapq.heappush(waiting, takers[slot])
        spend(operations, "a sum over tables")
        slot, table = tables.popitem()
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
            step = steps[position]
            laid = list(self.columns[position])
            for place, (slot, alignment) in enumerate(step.parts):
                if slot in changed:
                    table = values[slot]
                    laid[place] = table if alignment is None else alignment.spread(table)
            result, scale = _summed(laid, step)
            if scale != self.scales[position]:
                self.log_scale += math.log(scale) - math.log(self.scales[position])
                self.scales[position] = scale
            self.columns[position] = laid
            values[width + position] = result
            changed.add(width + position)
            heapq.heappush(waiting, takers[width + position])


def _alignment(sizes: tuple[int, ...], places: tuple[int, ...]) -> Alignment:
    """How a table over some places of a product over variables of some sizes lies in it."""
    # Large ones seldom come twice, and thousands of them would fill the memory.
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
    share = len(indices) // stride
    columns = chain.from_iterable(back[first::share] for first in range(share))
    return Alignment(_gather(indices), _gather([*columns]), stride)


_remembered = lru_cache(maxsize=4096)(_laid_out)


def _broadcast(sizes: tuple[int, ...], places: tuple[int, ...]) -> Broadcast:
    turned = tuple(sorted(range(len(places)), key=places.__getitem__))
    shape = tuple(size if place in places else 1 for place, size in enumerate(sizes))
    return Broadcast(tuple(sizes[place] for place in places), turned, shape)


def _gather(indices: Sequence[int]) -> Gather:
    if len(indices) > 1:
        return itemgetter(*indices)
    return itemgetter(slice(indices[0], indices[0] + 1))


def _planned(
    sizes: Sequence[int],
    scopes: Sequence[tuple[int, ...]],
    order: tuple[int, ...],
    roots: tuple[int, ...],
) -> Plan:
    return _Planner(sizes, scopes).plan(order, roots)


_planned_once = lru_cache(maxsize=SHAPES)(_planned)


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
        around = set().union(*map(self.scopes.__getitem__, slots))
        for each in around:
            self.holding[each].difference_update(slots)
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
        entries = math.prod(sizes)
        is_wide = entries > WIDE and HAS_ARRAYS
        if is_wide and width > 1:
            over = self._turned(slots, over)
            sizes = tuple(map(self.sizes.__getitem__, over))
        place = {variable: index for index, variable in enumerate(over)}
        parts: list[tuple[int, Alignment | Broadcast | None]] = []
        for slot in slots:
            scope = self.scopes[slot]
            places = tuple(map(place.__getitem__, scope))
            if is_wide:
                parts.append((slot, _broadcast(sizes, places)))
            elif scope == over:
                parts.append((slot, None))
            else:
                parts.append((slot, _alignment(sizes, places)))
        self.steps.append(Step(tuple(parts), over, width, sizes if is_wide else ()))
        self.entries += entries
        if width == 1:
            self.scopes.append(over)
        else:
            self.scopes.append(over[1:] if is_wide else over[:-1])
        return len(self.scopes) - 1

    def _turned(self, slots: Sequence[int], over: tuple[int, ...]) -> tuple[int, ...]:
        """The variables of a wide product so that numpy has long runs to go through.

        The one that is summed out comes first, and last come those that few tables have.
        """
        *rest, variable = over
        tables = {each: sum(each in self.scopes[slot] for slot in slots) for each in rest}
        return (variable, *sorted(rest, key=lambda each: (-tables[each], each)))
