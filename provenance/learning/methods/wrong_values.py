"""How wrong sources spread over the values that are wrong: all name one, or each another.

The distribution of wrong values is integrated out (a Dirichlet of total weight `variety`), the fully
Bayesian form of the popularity of false values in POPACCU (Dong, Saha and Srivastava, VLDB 2013). How
much wrong sources vary is fitted to the table, and so is among how many values they choose.
"""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import of_objects
from provenance.learning.encoding import Floats
from provenance.learning.estimates import by_claim, by_source, log_gamma, tempering
from provenance.learning.labels import label_names

__all__ = ["MANY", "VARIETIES", "Heard", "WrongWays", "fitted_variety", "fitted_ways"]

MANY = 1000.0
"""Among how many wrong values the weight is spread where objects have values of their own.

Any large number does: it is the Dirichlet process, seen through its finite form.
"""

VARIETIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)
"""The varieties of wrong values that are tried: from one popular mistake to all different."""


Counted = tuple[Floats, Floats]
"""Numbers of voices, and how many claims or objects have each."""


@attrs.frozen(eq=False)
class Heard:
    """How the voices of a table are spread, all that the fit of wrong values needs."""

    claims: Counted
    """The voices of claims, and how many claims have so many."""
    most: Counted
    """The voices of the most named claim of objects, likewise."""
    rest: Floats
    """The other voices of objects, for each kind of object."""
    stated: Floats
    """The values stated of objects, for each kind."""
    objects: Floats
    """How many objects there are of each kind."""

    @classmethod
    def of(cls, voices: Floats, most: Floats, rest: Floats, stated: Floats) -> Heard:
        """From the voices of every claim, and of every object the three figures."""
        width = float(stated.max()) + 1.0
        key = rest * width + stated
        if not np.array_equal(np.floor(rest), rest) or key.max() > 4.0 * len(key) + 65_536.0:
            kinds, times = np.unique(np.stack([rest, stated]), axis=1, return_counts=True)
            rest, stated, objects = kinds[0], kinds[1], times.astype(np.float64)
        else:
            # Whole voices as one number, which is counted without sorting.
            both, objects = _counted(key)
            rest, stated = both // width, both % width
        return cls(_counted(voices), _counted(most), rest, stated, objects)


def fitted_variety(heard: Heard, among: float) -> float:
    """The variety of `VARIETIES` under which the values that most voices do not name are likeliest.

    Maximum marginal likelihood, with the most named value of each object taken for true.

    Args:
        heard: How the voices are spread.
        among: How many wrong values there may be.

    >>> one, two, three = np.ones(1), np.array([5.0]), np.array([3.0])
    >>> alike = Heard.of(np.array([5.0, 3.0]), two, three, np.array([2.0]))
    >>> fitted_variety(alike, MANY)
    0.1
    >>> fitted_variety(Heard.of(np.array([5.0, 1.0, 1.0, 1.0]), two, three, np.array([4.0])), MANY)
    1000.0
    """
    return _likeliest(heard, among)[0]


def _likeliest(heard: Heard, among: float) -> tuple[float, float]:
    """The variety, and the log probability of the wrong values under it."""
    whole = _may_be_wrong(among, heard.stated) / among

    def rises(start: float, counted: Counted) -> float:
        return float((_log_rise(start, counted[0]) * counted[1]).sum())

    likely = {
        variety: rises(variety / among, heard.claims)
        - rises(variety / among, heard.most)
        - float((_log_rise(variety * whole, heard.rest) * heard.objects).sum())
        for variety in VARIETIES
    }
    # Where the table does not tell (nobody is wrong, two labels), rounding must not decide.
    best = max(likely.values())
    near = [v for v, each in likely.items() if each >= best - 1e-9 * abs(best) - 1e-6]
    return 1.0 if 1.0 in near else near[0], best


def _may_be_wrong(among: float, stated: Floats) -> Floats:
    """For every object how many wrong values it may have: so many, or all but one of those stated."""
    return np.maximum(among, stated - 1.0)


# A few wrong values must explain the table twenty times as well as endlessly many.
_CLEARLY = float(np.log(20.0))
_MOST_OBJECTS = 0.95


def fitted_ways(heard: Heard) -> tuple[float, float]:
    """Among how many wrong values sources choose, and their variety, where objects have their own.

    `MANY`, unless a number near the most values that objects have (all but one in twenty) is clearly
    likelier: where each object has a few possible answers, those who are wrong meet by chance. To
    take that for their liking the same wrong value would make agreement look like error.

    >>> voices, eight = np.tile([8.0, 4.0, 4.0, 4.0], 50), np.full(50, 8.0)
    >>> fitted_ways(Heard.of(voices, eight, np.full(50, 12.0), np.full(50, 4.0)))
    (3.0, 1000.0)
    """
    order = np.argsort(heard.stated, kind="stable")
    upto = np.cumsum(heard.objects[order])
    top = float(heard.stated[order][np.searchsorted(upto, _MOST_OBJECTS * upto[-1])])
    variety, likely = _likeliest(heard, MANY)
    best = likely + _ways(heard, MANY) + _CLEARLY
    found = MANY, variety
    for among in sorted({max(1.0, top - 1.0), top, 2.0 * top, 4.0 * top}):
        variety, likely = _likeliest(heard, among)
        if among < MANY and likely + _ways(heard, among) > best:
            found, best = (among, variety), likely + _ways(heard, among)
    return found


def _ways(heard: Heard, among: float) -> float:
    """The log number of ways in which the wrong values stated are some of those there may be."""
    may = _may_be_wrong(among, heard.stated)
    ways = log_gamma(may + 1.0) - log_gamma(may + 2.0 - heard.stated)
    return float((ways * heard.objects).sum())


def _counted(voices: Floats) -> Counted:
    whole = voices.astype(np.int64)
    if np.array_equal(whole, voices):
        # Whole voices are counted in one pass, without sorting millions of claims.
        times = np.bincount(whole)
        present = np.flatnonzero(times)
        return present.astype(np.float64), times[present].astype(np.float64)
    found, times = np.unique(voices, return_counts=True)
    return found, times.astype(np.float64)


def _log_rise(start: float | Floats, voices: Floats) -> Floats:
    """The logarithm of start (start + 1) ... (start + voices - 1), for any number of voices."""
    return np.asarray(log_gamma(start + voices) - log_gamma(np.atleast_1d(start)))


@attrs.frozen(eq=False)
class WrongWays:
    """How likely what was said of each object is, if a claim is true and the others are wrong."""

    assertions: Assertions
    """Who said what."""
    total: Floats
    """For every object its voices."""
    if_true: Floats
    """For every claim the log probability of what the others said, given that it is true."""
    if_none: Floats
    """For every object the same, given that nothing stated is true."""
    possible: Floats
    """For every object how many values it may have."""
    room: Floats
    """For every claim the weight that one wrong voice fewer is drawn from, if it is true."""
    may: Floats
    """For every object how many wrong values it may have."""
    smallest: float
    """The Dirichlet weight of one wrong value."""
    endless: bool
    """Whether wrong values are endlessly many, of which one unstated one stands for the rest."""

    @property
    def variety(self) -> Floats:
        """For every object the Dirichlet weight of all its wrong values together."""
        return self.smallest * self.may

    @property
    def unheard(self) -> Floats:
        """For every object how many values nobody stated, one standing for many."""
        return self.possible - self.assertions.values_per_object

    @property
    def per_value(self) -> float:
        """How many more values nobody stated when one is taken away: none where they are endless."""
        return 0.0 if self.endless else 1.0

    def total_of(self, amounts: Floats) -> Floats:
        """Amounts of claims added up over objects."""
        return np.add.reduceat(amounts, self.assertions.first_claim[:-1])

    def stated_but(self, new: NDArray[np.bool_], objects: NDArray[np.int32]) -> Floats:
        """How many values of these objects were stated, without one where it is `new`."""
        return self.assertions.values_per_object[objects].astype(np.float64) - new

    @classmethod
    def of(cls, assertions: Assertions, variety: float | None = None) -> WrongWays:
        """One unstated value besides those stated, or as many values as every object may have."""
        voices = by_claim(assertions, assertions.weight)
        first, about = assertions.first_claim[:-1], assertions.object_of_claim
        total = np.add.reduceat(voices, first)
        stated = assertions.values_per_object.astype(np.float64)
        labels = label_names(assertions)
        among = MANY if labels is None else max(1.0, len(labels) - 1.0)
        if variety is None:
            most = np.maximum.reduceat(voices, first)
            rest = np.maximum(total - most, 0.0)
            heard = Heard.of(voices, most, rest, stated)
            if labels is None:
                among, variety = fitted_ways(heard)
            else:
                variety = fitted_variety(heard, among)
        endless = labels is None and among == MANY
        may = _may_be_wrong(among, stated)
        possible = stated + 1.0 if endless else may + 1.0
        # One figure for all objects spares a logarithm for each.
        whole = variety if may.max() == among else variety / among * may
        each = _log_rise(variety / among, voices)
        all_wrong = np.add.reduceat(each, first)
        # The one unstated value stands for as many as there may be.
        unheard = np.log(MANY) if endless else 0.0
        if_none = all_wrong - _log_rise(whole, total) + unheard
        others = np.maximum(total[about] - voices, 0.0)
        of_claim = whole if np.ndim(whole) == 0 else np.asarray(whole)[about]
        if_true = all_wrong[about] - each - _log_rise(of_claim, others)
        room = of_claim + np.maximum(others - 1.0, 0.0)
        smallest = variety / among
        return cls(assertions, total, if_true, if_none, possible, room, may, smallest, endless)

    def only(self, objects: NDArray[np.bool_]) -> WrongWays:
        """The same of some objects."""
        claims = objects[self.assertions.object_of_claim]
        return attrs.evolve(
            self,
            assertions=of_objects(self.assertions, objects),
            total=self.total[objects],
            if_true=self.if_true[claims],
            if_none=self.if_none[objects],
            possible=self.possible[objects],
            room=self.room[claims],
            may=self.may[objects],
        )

    def each_before(self, own: Floats) -> Floats:
        """For every assertion the log weight by which its own voices raise their claim as wrong.

        Worked out from the voices of the claim, those of its own party (`own`) taken out.
        """
        told = self.assertions
        voices = by_claim(told, told.weight)[told.claim]
        if told.share is None and told.party is None:
            # Gamma rises by its argument over a whole voice.
            return np.asarray(np.log(self.smallest + voices - 1.0))
        return log_gamma(self.smallest + voices) - log_gamma(
            self.smallest + np.maximum(voices - own, 0.0)
        )

    def shares(self, trust: Floats, dependence: float) -> tuple[Floats, Floats]:
        """Probabilities of claims, and for every object that of all that nobody stated."""
        first, about = self.assertions.first_claim[:-1], self.assertions.object_of_claim
        temper = tempering(self.total, dependence)
        scores = temper[about] * (trust + self.if_true)
        none = temper * self.if_none
        peaks = np.maximum(np.maximum.reduceat(scores, first), none)
        weights = np.exp(scores - peaks[about])
        unheard = self.unheard * np.exp(none - peaks)
        totals = np.add.reduceat(weights, first) + unheard
        return weights / totals[about], unheard / totals

    def chance(self, spoken: Floats) -> Floats:
        """For every source the mean over its assertions of one over the possible values.

        Args:
            spoken: For every source how much it says.
        """
        told = self.assertions
        by_chance = (1.0 / self.possible)[told.object_of_claim][told.claim]
        if told.share is not None:
            by_chance = by_chance * told.share
        return by_source(told, by_chance) / spoken
