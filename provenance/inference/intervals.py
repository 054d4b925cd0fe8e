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
from typing import NamedTuple

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
_NORMAL_END = 1.645  # standard deviations to the ends of a normal distribution
_LEAST = 1e-300
_LONG = 1e150  # odds beyond which the smaller side of a sum no longer shows
_LN2 = math.log(2.0)  # the logarithm to the base of 2 is quicker than the natural one
_CLOSE = 1e-13  # how near the ends of an interval are found, in log-odds
_NEAR = 1e-7  # how far the last step along a tangent may lead
_TANGENTS = 16  # steps towards an end along tangents, before the range is halved
_NARROW = 1e-3  # of the standard deviation, the least width of a cell
_IN_ONE = 4  # neighbours that make one cell where fewer will do
_ODD = 1.0  # skewness or kurtosis from which on a response is far from normal
_SHAPE = 1e-3  # a share of the variance below which a response is as good as normal
_ALONE = 1e-10  # a share of the widest one's variance below which the others only move the middle
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
    edges: Sequence[float]
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
        return cls(parameter, edges, cells, *cells.moments(edges))

    @property
    def masses(self) -> tuple[float, ...]:
        """The probability of every cell."""
        return self.cells.masses

    @cached_property
    def cumulants(self) -> tuple[float, float]:
        """The third and the fourth cumulant of the shift: how lopsided it is, how long its tails."""
        mean = self.mean
        third = fourth = 0.0
        for mass, low, high in zip(self.cells.masses, self.edges, self.edges[1:], strict=False):
            apart = (low + high) / 2.0 - mean
            cube = mass * apart * apart * apart
            third += cube
            fourth += cube * apart
        return third, fourth - 3.0 * self.variance * self.variance


@attrs.frozen
class CellMasses:
    """The masses of some cells, and what they make the edges weigh in moments."""

    masses: tuple[float, ...]
    """The probability of every cell."""
    weights: tuple[tuple[float, float, float], ...]
    """What every edge weighs in the mean; and in the mean square its own square, and its product with
    the edge before it."""

    @cached_property
    def fewer(self) -> tuple[tuple[int, ...], CellMasses]:
        """The same in a quarter of the cells: which edges are left, and the masses between them."""
        last = len(self.masses)
        kept = (*range(0, last, _IN_ONE), last)
        return kept, CellMasses.of(sum(self.masses[low:high]) for low, high in pairwise(kept))

    def moments(self, edges: Sequence[float]) -> tuple[float, float]:
        """Mean and variance of what lies evenly in cells of these masses between some edges."""
        mean = square = before = 0.0
        for edge, (alone, squared, product) in zip(edges, self.weights, strict=True):
            mean += alone * edge
            square += edge * (squared * edge + product * before)
            before = edge
        return mean, max(0.0, square - mean * mean)

    @classmethod
    def of(cls, masses: Iterable[float]) -> CellMasses:
        """Cells of some masses."""
        found = tuple(masses)
        around = pairwise((0.0, *found, 0.0))
        return cls(found, tuple(((a + b) / 2.0, (a + b) / 3.0, a / 3.0) for a, b in around))


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


class _Chances(NamedTuple):
    """A chance that an uncertain number makes, at every edge of the cells of the number."""

    pairs: tuple[tuple[float, float], ...]
    """The chance, and what it lacks to 1."""
    odds: tuple[float, ...]
    """The odds against it, as far as they can be told in a product."""
    masses: CellMasses


@lru_cache(maxsize=4096)
def _chances(mean: float, strength: float, by: float, interest: float) -> _Chances:
    cells = _cells(Degree(mean, strength))
    found = cells.values
    if (by, interest) != PLAIN:
        made = [(y * by, (rest * by + (1.0 - by)) * interest) for y, rest in cells.values]
        found = tuple(
            (r / (r + other), other / (r + other)) if r + other > 0.0 else (1.0, 0.0)
            for r, other in made
        )
    odds = tuple(min(low / high, _LONG) if high > 0.0 else _LONG for high, low in found)
    return _Chances(found, odds, cells.masses)


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
    for_it, against = flows
    none1, all1 = max(0.0, 1.0 - for_it * at), max(0.0, 1.0 + for_it * (1.0 - at))
    none0, all0 = max(0.0, 1.0 - against * at), max(0.0, 1.0 + against * (1.0 - at))
    pairs, odds, cells = _chances(degree.mean, degree.strength, *chance)
    if min(none1, all1, none0, all0) > 1.0 / _LONG:
        ratios = [(all1 + each * none1) / (all0 + each * none0) for each in odds]
        shifts = [_LN2 * each for each in map(math.log2, ratios)]
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
    return Shift.of(parameter, shifts, cells)


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
    laid = (_chances(degree.mean, degree.strength, *chance).pairs for _, _, chance in parts)
    for chances in zip(*laid, strict=True):
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
    places, masses = _normal(5.0, _CELLS)
    return Shift.of(parameter, [deviation * z for z in places], masses)


@cache
def _normal(reach: float, cells: int) -> tuple[tuple[float, ...], CellMasses]:
    """A standard normal distribution in cells up to some deviations on either side."""
    places = tuple(reach * (2.0 * n / cells - 1.0) for n in range(cells + 1))
    sums = [0.0, *(0.5 * math.erfc(-z / math.sqrt(2.0)) for z in places[1:-1]), 1.0]
    return places, CellMasses.of(b - a for a, b in pairwise(sums))


def ends_of(shifts: Iterable[Shift], tail: float = 0.05) -> tuple[float, float]:
    """The ends of the sum of independent responses that leave a tail outside on either side.

    The widest response is kept as it is, so that where one number rules the ends are exact. All the
    others come in together, by their cumulants, which add.
    """
    moving = [each for each in shifts if each.variance > _SHIFT]
    if not moving:
        return 0.0, 0.0
    most = 0.9 * max(each.variance for each in moving)
    widest = min(
        (each for each in moving if each.variance >= most),
        key=lambda each: (-rounded(each.variance), each.parameter),
    )
    others = [each for each in moving if each is not widest]
    mean, variance = (
        math.fsum(each.mean for each in others),
        math.fsum(each.variance for each in others),
    )
    if variance <= _ALONE * widest.variance:
        return _place(widest, tail) + mean, _place(widest, 1.0 - tail) + mean
    both = _Sum(widest, _together(others, mean, variance))
    reach = _NORMAL_END * math.sqrt(widest.variance + variance)
    centre = widest.mean + mean
    return both.quantile(tail, centre - reach), both.quantile(1.0 - tail, centre + reach)


def rounded(variance: float) -> float:
    """A variance to nine digits, by which equal ones are told from rounding."""
    return float(f"{variance:.8e}")


_Layout = tuple[Sequence[float], Sequence[float]]
"""Cells: their edges, ascending, and the mass in each."""


def _rising(edges: Sequence[float], masses: Sequence[float]) -> _Layout:
    """Cells in order, the lowest first."""
    return (edges, masses) if edges[0] <= edges[-1] else (edges[::-1], masses[::-1])


def _place(shift: Shift, share: float) -> float:
    """Where a single response has a share below it."""
    edges, masses = _rising(shift.edges, shift.masses)
    sums = list(accumulate(masses, initial=0.0))
    goal = share * sums[-1]
    cell = bisect_left(sums, goal, 1) - 1
    return edges[cell] + (edges[cell + 1] - edges[cell]) * (goal - sums[cell]) / masses[cell]


def _together(shifts: Sequence[Shift], mean: float, variance: float) -> _Layout:
    """The sum of independent responses in a few cells, of this mean and this variance.

    The edges of a normal distribution are moved as skewness and kurtosis ask for, and put in order
    (Cornish and Fisher, Moments and cumulants in the specification of distributions, Revue de
    l'Institut International de Statistique 5, 1938). A single one that is far from normal keeps its
    own shape.
    """
    deviation = math.sqrt(variance)
    shapes = [each.cumulants for each in shifts if each.variance > _SHAPE * variance]
    skewness = math.fsum(third for third, _ in shapes) / (variance * deviation)
    kurtosis = math.fsum(fourth for _, fourth in shapes) / (variance * variance)
    if len(shifts) == 1 and max(abs(skewness), abs(kurtosis)) > _ODD:
        kept, cells = shifts[0].cells.fewer
        shape = [shifts[0].edges[place] - shifts[0].mean for place in kept]
    else:
        places, cells = _normal(4.2, 12)
        bend, tails = skewness / 6.0, kurtosis / 24.0
        shape = sorted(
            z
            + bend * (z * z - 1.0)
            + (tails * (z * z - 3.0) - bend * bend * (2.0 * z * z - 5.0)) * z
            for z in places
        )
    middle, spread = cells.moments(shape)
    scale = deviation / math.sqrt(max(spread, _LEAST))
    edges, masses = _rising([mean + scale * (each - middle) for each in shape], cells.masses)
    # No cell is without width, so that the sum has a density everywhere.
    least = _NARROW * deviation
    return list(accumulate(edges, lambda before, edge: max(edge, before + least))), masses


class _Sum:
    """A laid-out response with others added to it, and the chance that it stays below a point.

    Either has an even density in every cell, so that this chance is made of parabolas.
    """

    def __init__(self, widest: Shift, others: _Layout) -> None:
        self.edges, masses = _rising(widest.edges, widest.masses)
        self.whole = math.fsum(masses)
        # Where every cell begins; the chance below it, summed over all that comes before it; that
        # chance, and how it rises. Where the chance is looked up, no cell is without width.
        widths = [high - low for low, high in pairwise(self.edges)]
        below = list(accumulate(masses, initial=0.0))
        half = [(low + high) / 2.0 for low, high in pairwise(below)]
        area = list(accumulate(map(mul, half, widths), initial=0.0))
        rises = [
            mass / width if width > 0.0 else 0.0 for mass, width in zip(masses, widths, strict=True)
        ]
        first, last = self.edges[0], self.edges[-1]
        inside = zip(self.edges, area, below, rises, strict=False)
        self.cells = [(first, 0.0, 0.0, 0.0), *inside, (last, area[-1], below[-1], 0.0)]
        self.others = others[0]
        steps = (high - low for low, high in pairwise(self.others))
        heights = [mass / step for mass, step in zip(others[1], steps, strict=True)]
        self.bends = [after - before for before, after in pairwise((0.0, *heights, 0.0))]

    def below(self, place: float) -> tuple[float, float]:
        """The chance below a point, and how fast it rises there."""
        edges, cells = self.edges, self.cells
        chance = rise = 0.0
        for edge, bend in zip(self.others, self.bends, strict=True):
            there = place - edge
            start, area, below, slope = cells[bisect_right(edges, there)]
            there -= start
            chance += bend * (area + there * (below + there * slope / 2.0))
            rise += bend * (below + there * slope)
        return chance, rise

    def quantile(self, share: float, near: float) -> float:
        """Where the sum has a share below it, sought from `near` along tangents.

        Where a tangent leads out of the range that is left, this is halved.
        """
        low, high = self.edges[0] + self.others[0], self.edges[-1] + self.others[-1]
        goal = share * self.whole
        place = near if low < near < high else (low + high) / 2.0
        step, left, close = 0, math.inf, _CLOSE
        while left > close * max(1.0, abs(place)):
            chance, rise = self.below(place)
            low, high = (place, high) if chance < goal else (low, place)
            # What is left after a step along a tangent is about the square of the step.
            found, close = place + (goal - chance) / rise if rise > 0.0 else math.inf, _NEAR
            if step >= _TANGENTS or not low <= found <= high:
                found, close = (low + high) / 2.0, _CLOSE
            step, left, place = step + 1, abs(found - place), found
        return place
