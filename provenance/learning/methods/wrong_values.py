"""How wrong sources spread over the values that are wrong: all name one, or each another.

The distribution of wrong values is integrated out (a Dirichlet of total weight `variety`), the fully
Bayesian form of the popularity of false values in POPACCU (Dong, Saha and Srivastava, VLDB 2013). How
much wrong sources vary is fitted to the table.
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

__all__ = ["MANY", "VARIETIES", "Counted", "WrongWays", "fitted_variety"]

MANY = 1000.0
"""Among how many wrong values the weight is spread where objects have values of their own.

Any large number does: it is the Dirichlet process, seen through its finite form.
"""

VARIETIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0)
"""The varieties of wrong values that are tried: from one popular mistake to all different."""


Counted = tuple[Floats, Floats]
"""Numbers of voices, and how many claims or objects have each."""


def fitted_variety(claims: Counted, most: Counted, rest: Counted, among: float) -> float:
    """The variety of `VARIETIES` under which the values that most voices do not name are likeliest.

    Maximum marginal likelihood, with the most named value of each object taken for true.

    Args:
        claims: The voices of claims, and how many claims have so many.
        most: The voices of the most named claim of objects, likewise.
        rest: The other voices of objects, likewise.
        among: How many wrong values there may be.

    >>> once = np.ones(1)
    >>> five, three = (np.array([5.0]), once), (np.array([3.0]), once)
    >>> fitted_variety((np.array([5.0, 3.0]), np.ones(2)), five, three, MANY)
    0.1
    >>> fitted_variety((np.array([5.0, 1.0]), np.array([1.0, 3.0])), five, three, MANY)
    1000.0
    """

    def rises(start: float, counted: Counted) -> float:
        return float((_log_rise(start, counted[0]) * counted[1]).sum())

    likely = {
        variety: rises(variety / among, claims)
        - rises(variety / among, most)
        - rises(variety, rest)
        for variety in VARIETIES
    }
    # Where the table does not tell (nobody is wrong, two labels), rounding must not decide.
    best = max(likely.values())
    near = [v for v, each in likely.items() if each >= best - 1e-9 * abs(best) - 1e-6]
    return 1.0 if 1.0 in near else near[0]


def _counted(voices: Floats) -> Counted:
    whole = voices.astype(np.int64)
    if np.array_equal(whole, voices):
        # Whole voices are counted in one pass, without sorting millions of claims.
        times = np.bincount(whole)
        present = np.flatnonzero(times)
        return present.astype(np.float64), times[present].astype(np.float64)
    found, times = np.unique(voices, return_counts=True)
    return found, times.astype(np.float64)


def _log_rise(start: float, voices: Floats) -> Floats:
    """The logarithm of start (start + 1) ... (start + voices - 1), for any number of voices."""
    return np.asarray(log_gamma(start + voices) - log_gamma(np.full(1, start))[0])


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
    smallest: float
    """The Dirichlet weight of one wrong value."""
    among: float
    """How many wrong values there may be."""

    @property
    def variety(self) -> float:
        """The Dirichlet weight of all wrong values together."""
        return self.smallest * self.among

    @property
    def per_label(self) -> float:
        """How many more values nobody stated when one is taken away: none where they are many."""
        return 0.0 if self.among == MANY else 1.0

    @property
    def unheard(self) -> Floats:
        """For every object how many values nobody stated, one standing for many."""
        return self.possible - self.assertions.values_per_object

    def total_of(self, amounts: Floats) -> Floats:
        """Amounts of claims added up over objects."""
        return np.add.reduceat(amounts, self.assertions.first_claim[:-1])

    def stated_but(self, new: NDArray[np.bool_], objects: NDArray[np.int32]) -> Floats:
        """How many values of these objects were stated, without one where it is `new`."""
        return self.assertions.values_per_object[objects].astype(np.float64) - new

    @classmethod
    def of(cls, assertions: Assertions, variety: float | None = None) -> WrongWays:
        """One unstated value besides those stated, or all labels where objects share them."""
        voices = by_claim(assertions, assertions.weight)
        first, about = assertions.first_claim[:-1], assertions.object_of_claim
        total = np.add.reduceat(voices, first)
        stated = assertions.values_per_object.astype(np.float64)
        labels = label_names(assertions)
        possible = stated + 1.0 if labels is None else np.full(len(stated), float(len(labels)))
        among = MANY if labels is None else max(1.0, len(labels) - 1.0)
        if variety is None:
            most = np.maximum.reduceat(voices, first)
            rest = np.maximum(total - most, 0.0)
            variety = fitted_variety(_counted(voices), _counted(most), _counted(rest), among)
        each = _log_rise(variety / among, voices)
        all_wrong = np.add.reduceat(each, first)
        # The one unstated value stands for as many as there may be.
        unheard = 0.0 if labels is not None else np.log(MANY)
        if_none = all_wrong - _log_rise(variety, total) + unheard
        others = np.maximum(total[about] - voices, 0.0)
        if_true = all_wrong[about] - each - _log_rise(variety, others)
        room = variety + np.maximum(others - 1.0, 0.0)
        return cls(assertions, total, if_true, if_none, possible, room, variety / among, among)

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
        unheard = (self.possible - self.assertions.values_per_object) * np.exp(none - peaks)
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
