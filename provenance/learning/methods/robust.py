"""Numbers with heavy tails: no absurd number moves an answer, however few the voices are.

Every source errs by a Student t of three degrees of freedom around the true number, its width its
own times the scale of the object (Lange, Little and Taylor, Robust statistical modeling using the
t distribution, JASA 84, 1989). With far-apart numbers and few voices such a likelihood has several
peaks; the answer is the highest one, never a mean between two, and its standard deviation tells how
far the other peaks are away where they are nearly as likely.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue
from provenance.learning.assertions import Assertions
from provenance.learning.crediting import checked_objects
from provenance.learning.encoding import Floats
from provenance.learning.estimates import Fit, Known, by_source, held
from provenance.learning.methods.crh import (
    cell_probabilities,
    credited_numbers,
    known_numbers,
    weighted_medians,
)

__all__ = ["robust", "scales"]

_FREEDOM = 3.0
# Objects of more voices start from their weighted median alone: pairs of voices would be too many.
_MOST_PEAKS = 40
# Inverse gamma prior of a source's variance, in squared scales of its objects.
_SHAPE, _SCALE = 2.0, 2.0
# How many deviations the common scale is worth beside an object's own.
_COMMON = 4.0
# Deviations are held below this, whose square is a number still. What is farther away pulls at
# nothing: a pull that stopped falling with the square of the distance would carry everything away.
_FAR = 1e100
_HELD = 0.95


def robust(
    assertions: Assertions, known: Known = None, *, rounds: int = 200, limit: float = 1e-4
) -> Fit:
    """The number of every object with its standard deviation, by EM from the best supported number.

    Args:
        assertions: Who said what; of kind `numbers`.
        known: Claims known true.
        rounds: At most this many iterations.
        limit: Stop when no source's width changes by more, relatively.

    Costs a pass for every voice of the fullest object (at most forty), and three per iteration.
    Raises `InvalidValue` when the values are not numbers.
    """
    if assertions.number is None:
        raise InvalidValue("robust needs numbers: say kind='numbers'")
    checked = checked_objects(assertions, known)
    told = _Numbers.of(assertions, checked)
    fixed = known_numbers(assertions, known)
    width = np.ones(len(assertions.sources))
    changes: list[float] = []
    while True:
        support = told.support(width)
        number = np.where(np.isnan(fixed), told.peaks(support, width), fixed)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        after = told.widths(number, np.isnan(fixed), width)
        changes.append(float(np.max(np.abs(np.log(after / width)))))
        width = after
    spread = np.where(np.isnan(fixed), told.spread(number, support, width), 0.0)
    probability = held(cell_probabilities(assertions, number, np.maximum(spread, 1e-12)), known)
    fit = Fit(
        probability,
        width,
        width,
        tuple(changes),
        changes[-1] <= limit,
        number=number,
        spread=spread,
    )
    return credited_numbers(assertions, fit, known)


def scales(assertions: Assertions, checked: NDArray[np.bool_]) -> Floats:
    """For every object how far numbers about it usually lie apart.

    Deviations grow with some power of the size of what is measured, between 0 (the same for all) and
    1 (in proportion), which is read off the objects that sources differ about: the smaller half
    against the larger half, by medians. An object with three voices or more has a say of its own.

    >>> told = Assertions.of(
    ...     [(s, o, float(10**o + d * 10**o / 10)) for o in range(1, 7) for d, s in enumerate("abc")],
    ...     kind="numbers")
    >>> scales(told, np.ones(6, dtype=bool)).round(1).tolist()
    [1.2, 11.8, 118.4, 1183.8, 11838.5, 118384.8]
    """
    assert assertions.number is not None
    about, number = assertions.object, assertions.number
    middle = weighted_medians(assertions, number, assertions.weight)
    distance = np.abs(number - middle[about])
    size = np.abs(middle)
    smallest = size[(size > 0.0) & _heeded(checked)].min(initial=np.inf)
    size = np.maximum(size, smallest if np.isfinite(smallest) else 1.0)
    off = (distance > 0.0) & checked[about]
    if not off.any():
        # Nobody differs, so nothing is known of how far: a ten-thousandth of what is measured, or,
        # where nobody could differ since nobody checks anything, as much as what is measured.
        return np.asarray((1e-4 if checked.any() else 1.0) * size)
    logs, sizes = np.log(distance[off]), np.log(size[about[off]])
    half = sizes <= np.median(sizes)
    power = 0.0
    if half.any() and not half.all():
        rise = np.median(sizes[~half]) - np.median(sizes[half])
        power = float(np.clip((np.median(logs[~half]) - np.median(logs[half])) / rise, 0.0, 1.0))
    common = np.exp(np.median(logs - power * sizes) + power * np.log(size))
    voices = np.bincount(about, minlength=len(size))
    own = 1.4826 * weighted_medians(assertions, distance, assertions.weight)
    several = np.where(voices >= 3, voices, 0)
    log_own = np.log(np.where(own > 0.0, own, common))
    return np.asarray(np.exp((_COMMON * np.log(common) + several * log_own) / (_COMMON + several)))


@attrs.frozen(eq=False)
class _Numbers:
    """Numbers of objects, with the scale of each."""

    assertions: Assertions
    """Who said what."""
    number: Floats
    """For every assertion its number."""
    scale: Floats
    """For every assertion the scale of its object."""
    checked: Floats
    """For every assertion 1 where somebody checks it, else 0."""
    first: NDArray[np.int64]
    """For every object its first assertion, and at the end their number."""
    usual: Floats
    """For every assertion the log-likelihood of a number of that size, by all numbers."""

    @classmethod
    def of(cls, assertions: Assertions, checked: NDArray[np.bool_]) -> _Numbers:
        assert assertions.number is not None
        scale = scales(assertions, checked)[assertions.object]
        first = assertions.first_assertion[assertions.first_claim]
        is_checked = checked[assertions.object].astype(np.float64)
        usual = _usual(assertions.number, _heeded(checked)[assertions.object])
        return cls(assertions, assertions.number, scale, is_checked, first, usual)

    def _z(self, number: Floats, width: Floats, some: slice | None = None) -> Floats:
        """Deviations from a number of each assertion, in widths of its source, kept in range."""
        rows = slice(None) if some is None else some
        own = self.scale[rows] * width[self.assertions.source[rows]]
        return np.asarray(np.clip((self.number[rows] - number) / own, -_FAR, _FAR))

    def _offsets(self) -> Iterator[tuple[slice, slice, Floats]]:
        """Pairs of assertions so many places apart, and 1 where they are of one object."""
        about = self.assertions.object
        counts = np.diff(self.first)
        few = (counts <= _MOST_PEAKS)[about]
        most = int(counts[counts <= _MOST_PEAKS].max(initial=1))
        for apart in range(1, most):
            one, other = slice(0, len(about) - apart), slice(apart, None)
            alike = (about[one] == about[other]) & few[one]
            yield one, other, alike.astype(np.float64)

    def support(self, width: Floats) -> Floats:
        """For every assertion the log-likelihood of all that is said of its object, if it is so."""
        weight = self.assertions.weight
        found = self.usual.copy()
        for one, other, alike in self._offsets():
            found[one] += alike * weight[other] * _log_t(self._z(self.number[one], width, other))
            found[other] += alike * weight[one] * _log_t(self._z(self.number[other], width, one))
        return found

    def _best(self, support: Floats, width: Floats) -> Floats:
        """For every object its best supported number; of equal ones the mean of the two in the middle
        where they are near, the smaller where they are far apart."""
        weights = self.assertions.weight / width[self.assertions.source]
        middle = weighted_medians(self.assertions, self.number, weights)
        peak = np.maximum.reduceat(support, self.first[:-1])
        near = support >= peak[self.assertions.object] - 1e-9
        least = np.where(near, np.abs(self.number), np.inf)
        smallest = np.minimum.reduceat(least, self.first[:-1])
        chosen = near & (least == smallest[self.assertions.object])
        value = np.where(chosen, self.number, np.inf)
        best = np.minimum.reduceat(value, self.first[:-1])
        return np.where(np.diff(self.first) <= _MOST_PEAKS, best, middle)

    def peaks(self, support: Floats, width: Floats) -> Floats:
        """The nearest peak of the likelihood from the best supported number, by weighted means."""
        number = self._best(support, width)
        for _ in range(5):
            precision = self._precision(number, width)
            total = np.add.reduceat(precision, self.first[:-1])
            shift = precision * (self.number - number[self.assertions.object])
            number = number + np.add.reduceat(shift, self.first[:-1]) / total
        return np.asarray(number)

    def _precision(self, number: Floats, width: Floats) -> Floats:
        """For every assertion its precision, in scales of its object."""
        about, source = self.assertions.object, self.assertions.source
        z = np.abs(self._z(number[about], width))
        pull = np.where(z < _FAR, (_FREEDOM + 1.0) / (_FREEDOM + z**2), 0.0)
        return np.asarray(self.assertions.weight * pull / width[source] ** 2)

    def _local(self, number: Floats, width: Floats) -> Floats:
        """For every object the variance around its peak, in squared scales."""
        total = np.add.reduceat(self._precision(number, width), self.first[:-1])
        # Of a known number that all are far from, nothing need be told.
        return np.asarray((_FREEDOM + 3.0) / (_FREEDOM + 1.0) / np.maximum(total, 1.0 / _FAR))

    def widths(self, number: Floats, free: NDArray[np.bool_], width: Floats) -> Floats:
        """For every source its width, from what somebody checks."""
        about = self.assertions.object
        weight = self.assertions.weight * self.checked
        z = self._z(number[about], width)
        pull = (_FREEDOM + 1.0) / (_FREEDOM + z**2)
        own = width[self.assertions.source]
        doubt = np.where(free, self._local(number, width), 0.0)[about]
        square = pull * ((z * own) ** 2 + np.minimum(doubt, own**2))
        spoken = by_source(self.assertions, weight)
        total = by_source(self.assertions, weight * square)
        return np.asarray(np.sqrt((2.0 * _SCALE + total) / (2.0 * (_SHAPE + 1.0) + spoken)))

    def spread(self, number: Floats, support: Floats, width: Floats) -> Floats:
        """Half the distance that holds nineteen in twenty, other peaks included."""
        about = self.assertions.object
        local = np.sqrt(self._local(number, width)) * self.scale[self.first[:-1]]
        peak = np.maximum.reduceat(support, self.first[:-1])
        part = np.exp(support - peak[about])
        part /= np.add.reduceat(part, self.first[:-1])[about]
        away = np.abs(self.number - number[about])
        order = np.lexsort((away, about))
        running = np.cumsum(part[order])
        before = np.concatenate(([0.0], running))[self.first[:-1]]
        inside = running - before[about] - part[order] < _HELD
        reach = np.zeros(len(local))
        np.maximum.at(reach, about[order][inside], away[order][inside])
        few = np.diff(self.first) <= _MOST_PEAKS
        return np.asarray(np.where(few, np.maximum(local, 0.5 * reach), local))


def _heeded(checked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The objects that tell what is usual: those that somebody checks, or all where nobody does."""
    return checked if checked.any() else ~checked


def _usual(number: Floats, heeded: NDArray[np.bool_]) -> Floats:
    """How likely a number of each size is, going by those that are heeded: of two that contradict
    each other, one a billion times what anybody else says of anything is the less likely."""
    size = np.abs(number)
    some = heeded & (size > 0.0)
    typical = np.median(size[some]) if some.any() else 1.0
    above = np.log1p(size / typical)
    return _log_t(above / max(float(np.quantile(above[heeded], 0.84)), 1.0))


def _log_t(z: Floats) -> Floats:
    """The logarithm of a Student t, but for what does not depend on where it stands."""
    return np.asarray(-0.5 * (_FREEDOM + 1.0) * np.log1p(z**2 / _FREEDOM))
