"""Orders of elimination: which variable is summed out when, and what that will cost.

The first order takes the variable whose product table is smallest next. Where a table would come out
large, it is sought on: by fewest new neighbours (min-fill) with a look ahead, ties broken by lot from a
fixed seed, and then by moving single variables of the best order for as long as that makes the whole
cheaper (in the manner of Kask, Gelfand, Otten and Dechter, Pushing the power of stochastic greedy
ordering schemes, AAAI 2011). The same shapes always have the same order.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import attrs

from provenance.bounds import affordable

__all__ = ["LIMIT", "SHAPES", "SMALL", "Order", "Workload", "cost_of", "order_of", "sought_order"]

LIMIT = 2**18
SMALL = 200
"""Networks of so many tables at most are laid out once for all that have the same shape."""
SHAPES = 256
"""How many shapes are remembered."""
_WAYS = 3  # a run goes there once, and back once for what is asked and once for the rest
_EASY = 2**11  # entries of a largest table below which no other order is sought
_PLAIN = 2**4  # entries of a product that is small enough to be taken without looking further
_LARGEST_CORE = 600  # variables among which an order is sought
_ROUNDS = 12  # of min-fill, each with its own lots
_MOVES = 400  # of single variables in the best order
_LOOKS = 3  # candidates whose next step is looked at
_SEEKING = 4_000_000  # operations that a search may take, some two thirds of a second
_SHARE = 4  # or the part of a larger budget
_MOVES_A_ROUND = 100  # that take as long as a round of min-fill
_OF_A_PAIR = 5  # operations to see whether two neighbours share a table
_HOPELESS = 2**12  # times the limit; a first round that ends there is not gone on with


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
    sizes: Sequence[int],
    scopes: Sequence[tuple[int, ...]],
    roots: tuple[int, ...] = (),
    most: int = LIMIT,
) -> Order:
    """An order of elimination, always the variable whose product table is smallest next.

    It is cut short where that table would have more than `most` entries. That of a small network is
    remembered for all of the same shape.
    """
    if len(scopes) > SMALL:
        return _ordered(sizes, scopes, roots, most)
    return _remembered(tuple(sizes), tuple(scopes), roots, most)


def _ordered(
    sizes: Sequence[int], scopes: Sequence[tuple[int, ...]], roots: tuple[int, ...], most: int
) -> Order:
    near = _neighbours(sizes, scopes)
    weigh = _weights(sizes)
    weight = [weigh(group) for group in near]
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
        entries = math.prod(map(sizes.__getitem__, group))
        largest = max(largest, entries)
        whole += entries
        if entries > most:
            # Past the limit nothing will be laid out, so the exact width no longer matters.
            break
        near[variable] = set()
        group.discard(variable)
        for each in group:
            beside = near[each]
            beside |= group
            beside.discard(variable)
            weight[each] = weigh(beside)
            if each not in kept:
                heapq.heappush(heap, (weight[each], each))
    return Order(tuple(order), largest, _WAYS * whole)


_remembered = lru_cache(maxsize=SHAPES)(_ordered)


def _weights(sizes: Sequence[int]) -> Callable[[set[int]], int]:
    """How large a product over some variables is: their number where all are yes/no variables."""
    if sizes and max(sizes) == 2:
        return len
    logs = [round(math.log2(size) * 2**20) for size in sizes]
    return lambda group: sum(map(logs.__getitem__, group))


def _neighbours(sizes: Sequence[int], scopes: Sequence[tuple[int, ...]]) -> list[set[int]]:
    """For every variable itself and those that share a table with it; nothing where it has none."""
    near: list[set[int]] = [set() for _ in sizes]
    for scope in scopes:
        for variable in scope:
            near[variable].update(scope)
    return near


def sought_order(
    sizes: Sequence[int],
    scopes: Sequence[tuple[int, ...]],
    roots: tuple[int, ...] = (),
    most: int = LIMIT,
) -> Order:
    """The cheapest order that a bounded search finds, where the first one takes large tables.

    The search takes two thirds of a second at most, or a quarter of a larger budget, and half of what
    the first order takes where that fits; a single round of it is always taken.
    """
    first = order_of(sizes, scopes, roots, most)
    if first.entries <= _EASY:
        return first
    core = _Core.of(sizes, scopes, roots)
    if core is None:
        return first
    seeking = max(_SEEKING, (affordable() or 0) // _SHARE)
    if first.entries <= most:
        seeking = min(first.operations // 2, seeking)
    found = _sought(core, most, seeking)
    if _WAYS * found.cost >= first.operations and first.entries <= most:
        return first
    variables = (*core.before, *(core.names[v] for v in found.variables))
    return Order(variables, max(found.largest, core.largest), _WAYS * (found.cost + core.cost))


@attrs.frozen
class _Found:
    """An order of the core."""

    variables: tuple[int, ...]
    cost: int
    largest: int


@attrs.frozen
class _Core:
    """What is left of a network when everything that is easy to sum out is gone.

    Variables are counted from 0, and who shares a table with whom is a number's bits.
    """

    names: tuple[int, ...]
    """The variables."""
    sizes: tuple[int, ...]
    """Their numbers of values."""
    near: tuple[int, ...]
    """For every variable the bits of those that share a table with it, its own not among them."""
    free: int
    """The bits of those that are to be summed out."""
    before: tuple[int, ...]
    """The variables that were easy, in order."""
    cost: int
    """What those and the last product cost."""
    largest: int
    """Their largest table."""

    @classmethod
    def of(
        cls, sizes: Sequence[int], scopes: Sequence[tuple[int, ...]], roots: tuple[int, ...]
    ) -> _Core | None:
        """The core of a network; `None` where it is too large to seek in."""
        near = _neighbours(sizes, scopes)
        waiting = [v for v, group in enumerate(near) if group and v not in roots]
        before: list[int] = []
        last = math.prod(sizes[root] for root in roots)
        cost, largest = last, last
        while waiting:
            variable = waiting.pop()
            group = near[variable]
            entries = math.prod(map(sizes.__getitem__, group))
            if not group or entries > _PLAIN:
                continue
            before.append(variable)
            cost += entries
            near[variable] = set()
            group.discard(variable)
            for each in group:
                near[each] |= group
                near[each].discard(variable)
                if each not in roots:
                    waiting.append(each)
        names = tuple(v for v, group in enumerate(near) if group)
        if len(names) > _LARGEST_CORE:
            return None
        place = {v: n for n, v in enumerate(names)}
        return cls(
            names,
            tuple(sizes[v] for v in names),
            tuple(sum(1 << place[each] for each in near[v] if each != v) for v in names),
            sum(1 << place[v] for v in names if v not in roots),
            tuple(before),
            cost,
            largest,
        )

    def better(self, best: _Found | None, order: Sequence[int]) -> _Found:
        """An order with its cost where that is lower than the best one's."""
        near = list(self.near)
        cost = largest = 0
        for variable in order:
            entries = self._eliminate(near, variable)
            cost += entries
            largest = max(largest, entries)
            if best is not None and cost >= best.cost:
                return best
        return _Found(tuple(order), cost, largest)

    def _eliminate(self, near: list[int], variable: int) -> int:
        """Sum a variable out, and give the entries of the product."""
        group = near[variable]
        entries = self.sizes[variable]
        gone = ~(1 << variable)
        for each in _bits(group):
            near[each] = (near[each] | group) & gone & ~(1 << each)
            entries *= self.sizes[each]
        return entries

    def filled(self, chance: random.Random | None) -> tuple[list[int], int]:
        """An order by fewest new neighbours, looking a step ahead, and what it took to find.

        Ties are broken by lot, else by number.
        """
        near = list(self.near)
        left = set(_bits(self.free))
        fills = {v: _fill(near, v) for v in left}
        order: list[int] = []
        pairs = 0
        while left:
            ranked = heapq.nsmallest(
                _LOOKS,
                ((fills[v], chance.random() if chance else 0.0, v) for v in left),
            )
            variable = min(
                ranked, key=lambda each: (self._ahead(near, left, each[0], each[2]), each)
            )[2]
            order.append(variable)
            left.discard(variable)
            group = near[variable]
            self._eliminate(near, variable)
            around = group
            for each in _bits(group):
                around |= near[each]
            for each in _bits(around):
                if each in left:
                    fills[each] = _fill(near, each)
            pairs += group.bit_count() * (around.bit_count() + _LOOKS * group.bit_count())
        return order, _OF_A_PAIR * pairs

    def _ahead(self, near: list[int], left: set[int], fill: int, variable: int) -> int:
        """The fill of a variable and of the best of its neighbours after it."""
        if fill == 0:
            return 0
        tried = list(near)
        self._eliminate(tried, variable)
        return fill + min((_fill(tried, v) for v in _bits(near[variable]) if v in left), default=0)


@lru_cache(maxsize=32)
def _sought(core: _Core, limit: int, most: int) -> _Found:
    """The best order that a search of so many operations finds; bundles often have one shape."""
    chance = random.Random(0)
    order, round_ = core.filled(None)
    best = core.better(None, order)
    if best.largest > _HOPELESS * limit:
        return best
    rounds = max(1, min(_ROUNDS, most // round_))
    for _ in range(rounds - 1):
        best = core.better(best, core.filled(chance)[0])
    for _ in range(min(_MOVES, max(0, most - rounds * round_) * _MOVES_A_ROUND // round_)):
        order = list(best.variables)
        variable = order.pop(chance.randrange(len(order)))
        order.insert(chance.randrange(len(order) + 1), variable)
        best = core.better(best, order)
    return best


def _bits(mask: int) -> Iterable[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _fill(near: Sequence[int], variable: int) -> int:
    """How many pairs of a variable's neighbours share no table yet."""
    group = near[variable]
    missing = 0
    for each in _bits(group):
        missing += (group & ~near[each]).bit_count() - 1
    return missing // 2
