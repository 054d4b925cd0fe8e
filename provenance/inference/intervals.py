"""Intervals: how the answer responds to each uncertain number, and what all of them add up to.

Both sums behind an answer are linear in every single uncertain number, so that its log-odds as a
function of one of them, the others at their means, are known exactly from one pass. The 90 %
interval is the 5 % to 95 % of the sum of these responses, the numbers drawn independently
(model 4).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from itertools import accumulate, pairwise
from operator import mul

import attrs

from provenance.scales import Degree, share_below

__all__ = [
    "CellMasses",
    "Parameter",
    "Shift",
    "ends_of",
    "linear_shift",
    "normal_shift",
    "summed_shift",
]

_CELLS = 40  # in which a Beta is laid out, evenly in log-odds between its tails
_TAIL = 1e-5
_HEAVY = 0.03  # a cell with more than this is halved, so that no end falls into a wide one
_HALVINGS = 8
_ENDS = (0.05, 0.95)  # where a cell must end, so that one number alone has its interval exactly
_ATOMS = 24  # to which a distribution is brought down before another is added
_EXPLICIT = 6  # responses that are added up one by one, besides the widest
_NORMAL_END = 1.645  # standard deviations to the ends of a normal distribution
_REST = 0.01  # a share of the variance below which what is left is normal enough
_LEAST = 1e-300
_CLOSE = 1e-13  # how near the ends of an interval are found, in log-odds
_STRAIGHT = 16  # steps towards an end along straight lines, before the range is halved
_SHIFT = 1e-18  # a variance of the log-odds below this is rounding, not doubt


@attrs.frozen(order=True)
class Parameter:
    """A number of the story that is not known exactly."""

    kind: str
    """What it is: reliability, access, passing-on, competence, fidelity, prior or lineage."""
    index: int
    """The witness, statement or question that has it."""


@attrs.frozen(eq=False)
class Shift:
    """How far the log-odds of the answer move when one number is not what it is on average.

    The shifts are laid out in cells from the lowest value of the number to the highest; within a
    cell they are taken as even.
    """

    parameter: Parameter
    """The number."""
    edges: tuple[float, ...]
    """The shift at every edge of a cell."""
    cells: CellMasses
    """The probability of every cell."""
    mean: float
    """The mean of the shift."""
    variance: float
    """Its variance."""

    @classmethod
    def of(cls, parameter: Parameter, edges: Sequence[float], cells: CellMasses) -> Shift:
        """A response from its edges and the masses between them."""
        mean = sum(map(mul, cells.halves, edges))
        square = sum(map(mul, cells.thirds, map(mul, edges, edges)))
        square += sum(map(mul, cells.between, map(mul, edges, edges[1:])))
        return cls(parameter, tuple(edges), cells, mean, max(0.0, square - mean * mean))

    @property
    def masses(self) -> tuple[float, ...]:
        """The probability of every cell."""
        return self.cells.masses

    def atoms(self) -> _Atoms:
        """The shift as a few values with their probabilities, mean and variance kept."""
        middles = [(low + high) / 2.0 for low, high in pairwise(self.edges)]
        cells = self.cells
        return _put_together(middles, cells.masses, cells.groups, self.mean, self.variance)


@attrs.frozen
class CellMasses:
    """The masses of some cells, and what they make the edges weigh in moments."""

    masses: tuple[float, ...]
    halves: tuple[float, ...]
    """What every edge weighs in the mean."""
    thirds: tuple[float, ...]
    """What the square of every edge weighs in the mean square."""
    between: tuple[float, ...]
    """What the product of the edges of every cell weighs in it."""

    @cached_property
    def groups(self) -> list[_Group]:
        """The cells in groups of about equal mass."""
        return _groups(self.masses)

    @classmethod
    def of(cls, masses: Iterable[float]) -> CellMasses:
        found = tuple(masses)
        beside = tuple(a + b for a, b in pairwise((0.0, *found, 0.0)))
        return cls(
            found,
            tuple(each / 2.0 for each in beside),
            tuple(each / 3.0 for each in beside),
            tuple(each / 3.0 for each in found),
        )


@attrs.frozen
class _Cells:
    """A Beta in cells: at every edge the number and what it lacks to 1, and every cell's mass."""

    values: tuple[tuple[float, float], ...]
    masses: CellMasses


@lru_cache(maxsize=1024)
def _cells(degree: Degree) -> _Cells:
    other = Degree(1.0 - degree.mean, degree.strength)

    def below(z: float) -> float:
        if z < 0.0:
            return share_below(degree, _logistic(z))
        return 1.0 - share_below(other, _logistic(-z))

    low, high = _edge(below, _TAIL), _edge(below, 1.0 - _TAIL)
    places = [low + (high - low) * n / _CELLS for n in range(_CELLS + 1)]
    laid = [(low, 0.0), *((z, below(z)) for z in places[1:-1]), (high, 1.0)]
    for _ in range(_HALVINGS):
        middles = [(a + b) / 2.0 for (a, p), (b, q) in pairwise(laid) if q - p > _HEAVY]
        if not middles:
            break
        laid = sorted([*laid, *((z, below(z)) for z in middles)])
    ends = [(_edge(below, share), share) for share in _ENDS]
    laid = sorted([*laid, *ends])
    values = tuple((_logistic(z), _logistic(-z)) for z, _ in laid)
    return _Cells(values, CellMasses.of(max(0.0, q - p) for (_, p), (_, q) in pairwise(laid)))


def _edge(below: Callable[[float], float], share: float) -> float:
    """The log-odds below which a share of a Beta lies, to a hundredth of the range that matters."""
    low, high = -700.0, 700.0
    while high - low > 1e-3 * max(1.0, abs(low + high)):
        middle = (low + high) / 2.0
        low, high = (middle, high) if below(middle) < share else (low, middle)
    return (low + high) / 2.0


def _logistic(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z)) if z > -700.0 else math.exp(z)


Chance = tuple[float, float]
"""What a chance of tracking is made of besides an uncertain number: a factor, and an interest ratio
(model 2.2)."""
PLAIN: Chance = (1.0, 1.0)
"""The number itself."""


@lru_cache(maxsize=4096)
def _chances(degree: Degree, chance: Chance) -> tuple[tuple[float, float], ...]:
    """The chance at every edge of the cells of a number, and what it lacks to 1."""
    cells = _cells(degree)
    if chance == PLAIN:
        return cells.values
    by, interest = chance
    found = []
    for y, rest in cells.values:
        r, other = y * by, (rest * by + (1.0 - by)) * interest
        whole = r + other
        found.append((r / whole, other / whole) if whole > 0.0 else (1.0, 0.0))
    return tuple(found)


def linear_shift(
    parameter: Parameter,
    degree: Degree,
    flows: tuple[float, float],
    at: float,
    chance: Chance = PLAIN,
) -> Shift:
    """The response to a number in which both sums are linear, or linear in a chance it makes.

    Args:
        parameter: the number.
        degree: how it is known.
        flows: the derivatives of the logarithms of the two sums by that chance.
        at: the chance at the number's mean.
        chance: what the chance is made of besides.
    """
    (none1, all1), (none0, all0) = (
        (max(0.0, 1.0 - f * at), max(0.0, 1.0 + f * (1.0 - at))) for f in flows
    )
    pairs = _chances(degree, chance)
    if min(none1, all1, none0, all0) > _LEAST:
        shifts = [
            math.log((high * all1 + low * none1) / (high * all0 + low * none0))
            for high, low in pairs
        ]
    else:
        # Where a sum cannot fall as steeply as it does at the mean, the response is bent, and what it
        # is at the mean has to be taken off: there it is nothing.
        bent = [
            math.log(
                max(_LEAST, high * all1 + low * none1) / max(_LEAST, high * all0 + low * none0)
            )
            for high, low in [(at, 1.0 - at), *pairs]
        ]
        shifts = [each - bent[0] for each in bent[1:]]
    return Shift.of(parameter, shifts, _cells(degree).masses)


def summed_shift(
    parameter: Parameter,
    degree: Degree,
    parts: Sequence[tuple[tuple[float, float], float, Chance]],
) -> Shift:
    """The response to a number that several chances hang on, to first order in each of them.

    Args:
        parameter: the number.
        degree: how it is known.
        parts: for each chance the derivatives of the logarithms of the two sums by it, its value
            at the number's mean, and what it is made of besides.
    """
    cells = _cells(degree)
    shifts = []
    for chances in zip(*(_chances(degree, chance) for _, _, chance in parts), strict=True):
        moves = [
            (flows, high - at) for (flows, at, _), (high, _) in zip(parts, chances, strict=True)
        ]
        both = [1.0 + math.fsum(flows[side] * move for flows, move in moves) for side in (0, 1)]
        shifts.append(math.log(max(_LEAST, both[0]) / max(_LEAST, both[1])))
    # Several chances need not move the answer the same way, so the cells are put in order.
    middles = sorted(
        ((low + high) / 2.0, mass)
        for (low, high), mass in zip(pairwise(shifts), cells.masses.masses, strict=True)
    )
    between = [(a + b) / 2.0 for (a, _), (b, _) in pairwise(middles)]
    edges = [min(shifts), *between, max(shifts)]
    return Shift.of(parameter, edges, CellMasses.of(mass for _, mass in middles))


def normal_shift(parameter: Parameter, deviation: float) -> Shift:
    """The response to a number that moves the log-odds as a normal distribution would."""
    places, masses = _normal()
    return Shift.of(parameter, [deviation * z for z in places], masses)


@cache
def _normal() -> tuple[tuple[float, ...], CellMasses]:
    """A standard normal distribution in cells."""
    places = tuple(-5.0 + 10.0 * n / _CELLS for n in range(_CELLS + 1))
    sums = [0.0, *(0.5 * math.erfc(-z / math.sqrt(2.0)) for z in places[1:-1]), 1.0]
    return places, CellMasses.of(b - a for a, b in pairwise(sums))


def ends_of(shifts: Iterable[Shift], tail: float = 0.05) -> tuple[float, float]:
    """The ends of the sum of independent responses that leave a tail outside on either side.

    The widest response is kept as it is, so that where one number rules the ends are exact; the
    next ones are added up as a few values each, and what is left of the variance as a normal
    distribution.
    """
    moving = sorted(
        (each for each in shifts if each.variance > _SHIFT),
        key=lambda each: (-rounded(each.variance), each.parameter),
    )
    if not moving:
        return 0.0, 0.0
    widest, *others = moving
    whole = widest.variance + math.fsum(each.variance for each in others)
    rest: _Atoms = [0.0], [1.0]
    left = whole - widest.variance
    mean = variance = 0.0
    taken = 0
    for each in others:
        if taken == _EXPLICIT or left <= _REST * whole:
            break
        mean += each.mean
        variance += each.variance
        rest = _added(rest, each.atoms(), mean, variance)
        left -= each.variance
        taken += 1
    middle = math.fsum(each.mean for each in others[taken:])
    if left > _SHIFT and taken < len(others):
        normal = normal_shift(Parameter("rest", 0), math.sqrt(left))
        rest = _added(rest, normal.atoms(), mean + normal.mean, variance + normal.variance)
    rest = [shift + middle for shift in rest[0]], rest[1]
    found = _Distribution(widest)
    centre, reach = math.fsum(each.mean for each in moving), _NORMAL_END * math.sqrt(whole)
    return (
        found.quantile(rest, tail, centre - reach),
        found.quantile(rest, 1.0 - tail, centre + reach),
    )


def rounded(variance: float) -> float:
    """A variance to nine digits, by which equal ones are told from rounding."""
    return float(f"{variance:.8e}")


_Atoms = tuple[list[float], list[float]]
"""A few values, and the probability of each."""
_Group = tuple[int, int, float]
"""Neighbours from one place up to another, and their mass."""


def _added(one: _Atoms, other: _Atoms, mean: float, variance: float) -> _Atoms:
    """A sum of two independent shifts as a few values; `mean` and `variance` are the sum's."""
    values = [a + b for a in one[0] for b in other[0]]
    masses = [p * q for p in one[1] for q in other[1]]
    order = sorted(range(len(values)), key=values.__getitem__)
    values = list(map(values.__getitem__, order))
    masses = list(map(masses.__getitem__, order))
    return _put_together(values, masses, _groups(masses), mean, variance)


def _groups(masses: Sequence[float]) -> list[_Group]:
    """Neighbours in a few groups of about equal mass."""
    sums = list(accumulate(masses))
    whole = sums[-1]
    found: list[_Group] = []
    start, mass = 0, 0.0
    while mass < whole:
        place = min(bisect_left(sums, mass + whole / _ATOMS, start), len(sums) - 1)
        found.append((start, place + 1, sums[place] - mass))
        start, mass = place + 1, sums[place]
    return found


def _put_together(
    values: Sequence[float],
    masses: Sequence[float],
    groups: Sequence[_Group],
    mean: float,
    variance: float,
) -> _Atoms:
    """Every group as one value, mean and variance kept."""
    moments = list(accumulate(map(mul, values, masses), initial=0.0))
    weights = [mass for _, _, mass in groups]
    means = [(moments[stop] - moments[start]) / mass for start, stop, mass in groups]
    middle = math.fsum(map(mul, means, weights))
    apart = [each - middle for each in means]
    spread = math.fsum(map(mul, weights, map(mul, apart, apart)))
    scale = math.sqrt(variance / spread) if spread > 0.0 else 1.0
    return [mean + scale * each for each in apart], weights


class _Distribution:
    """A laid-out response, and the chance below any point: a straight line in every cell."""

    def __init__(self, shift: Shift) -> None:
        rising = shift.edges[0] <= shift.edges[-1]
        self.edges = shift.edges if rising else shift.edges[::-1]
        masses = shift.masses if rising else shift.masses[::-1]
        self.whole = math.fsum(masses)
        self.lines = [(0.0, 0.0)]
        below = 0.0
        for low, high, mass in zip(self.edges, self.edges[1:], masses, strict=False):
            slope = mass / (high - low) if high > low else 0.0
            self.lines.append(((below if slope else below + mass) - slope * low, slope))
            below += mass
        self.lines.append((below, 0.0))

    def quantile(self, rest: _Atoms, share: float, near: float) -> float:
        """Where the sum of the response and of a few values has a share below it.

        The chance below a point is made of straight lines, so that from `near`, where it may be,
        steps along these lines come to it at once; where a cell has no width they may not, and what
        is left of the range is halved.
        """
        edges, lines = self.edges, self.lines
        low, high = edges[0] + min(rest[0]), edges[-1] + max(rest[0])
        goal = share * self.whole
        place, last, step = near if low < near < high else (low + high) / 2.0, math.inf, 0
        while abs(place - last) > _CLOSE * max(1.0, abs(place)):
            found = rise = 0.0
            for shift, mass in zip(*rest, strict=True):
                there = place - shift
                base, slope = lines[bisect_right(edges, there)]
                found += mass * (base + slope * there)
                rise += mass * slope
            low, high = (place, high) if found < goal else (low, place)
            last, place, step = place, (low + high) / 2.0, step + 1
            if step <= _STRAIGHT and rise > 0.0 and low <= last + (goal - found) / rise <= high:
                place = last + (goal - found) / rise
        return place
