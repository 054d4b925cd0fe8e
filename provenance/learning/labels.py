"""Assertions whose objects share one set of labels, for the methods that compare labels."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.errors import InvalidValue
from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats
from provenance.learning.estimates import Known, sums_by, vote_shares

__all__ = ["Labels", "few_and_reused", "label_names", "labels_are_shared"]

_MOST_LABELS = 64


def labels_are_shared(assertions: Assertions) -> bool:
    """Whether the values look like labels that all objects share: few, and each used often.

    At most 30 values and at most the square root of the number of objects (or 2); ten objects at
    least, and four for each value, so that what all sources confuse can be counted at all.
    """
    counts = len(assertions.values), len(assertions.objects), assertions.claims
    return assertions.kind == "categories" and few_and_reused(*counts)


def few_and_reused(values: int, objects: int, claims: int) -> bool:
    """Whether so many values and claims (values of objects) of so many objects are shared labels.

    >>> few_and_reused(3, 40, 90), few_and_reused(30, 40, 90)
    (True, False)
    """
    limit = max(2.0, min(30.0, objects**0.5, objects / 4.0))
    return 2 <= values <= limit and objects >= 10 and claims >= 2 * values


def label_names(assertions: Assertions) -> tuple[Any, ...] | None:
    """Every value that any object may have, where that is known: shared labels, or yes and no."""
    if assertions.kind == "categories" and isinstance(assertions.values[0], bool):
        return (False, True)
    return assertions.values if labels_are_shared(assertions) else None


def _reused(assertions: Assertions) -> bool:
    """Whether values are stated of two objects or more, on average."""
    return assertions.claims >= 2 * len(assertions.values) or len(assertions.values) == 1


@attrs.frozen(eq=False)
class Labels:
    """Assertions seen as labels 0 .. K - 1 that every object shares."""

    assertions: Assertions
    """Who said what."""
    label: NDArray[np.int64]
    """For every assertion its label."""
    cell: NDArray[np.int64]
    """For every assertion its source and label as one number, source * K + label."""
    about: NDArray[np.int64]
    """For every assertion its object."""
    count: int
    """How many labels there are, K."""

    @classmethod
    def of(cls, assertions: Assertions, method: str) -> Labels:
        """The labels, or `InvalidValue` when the values are not one set of labels."""
        count = len(assertions.values)
        if assertions.kind != "categories" or count > _MOST_LABELS or not _reused(assertions):
            raise InvalidValue(
                f"{method} compares labels that all objects share (at most {_MOST_LABELS}), found "
                f"{count} different values of {len(assertions.objects)} objects; use a method for "
                "objects with values of their own, such as one-coin"
            )
        label = assertions.value_of_claim[assertions.claim].astype(np.int64)
        # With one label only, a second that nobody used keeps every formula in range.
        count = max(count, 2)
        cell = assertions.source.astype(np.int64) * count + label
        return cls(assertions, label, cell, assertions.object.astype(np.int64), count)

    def start(self) -> Floats:
        """Vote shares as a table, objects by labels."""
        return self.table(vote_shares(self.assertions))

    def table(self, probability: Floats) -> Floats:
        """Probabilities of claims as a table, objects by labels; labels not stated get zero."""
        table = np.zeros((len(self.assertions.objects), self.count))
        table[self.assertions.object_of_claim, self.assertions.value_of_claim] = probability
        return table

    def of_claims(self, table: Floats) -> Floats:
        """For every claim its entry in a table of objects by labels."""
        told = self.assertions
        return np.asarray(table[told.object_of_claim, told.value_of_claim])

    def counts(self, table: Floats) -> Floats:
        """Expected counts, sources by column of the table (a true label, say) by stated label."""
        told = self.assertions
        shape = len(told.sources), self.count
        by_truth = [
            sums_by(self.cell, self._voiced(column.take(self.about)), shape[0] * shape[1])
            for column in np.ascontiguousarray(table.T)
        ]
        return np.stack([each.reshape(shape) for each in by_truth], axis=1)

    def evidence(self, logs: Floats) -> Floats:
        """Objects by labels: sums over sources of the log probability of what they stated."""
        told = self.assertions
        by_truth = np.ascontiguousarray(logs.transpose(1, 0, 2)).reshape(logs.shape[1], -1)
        # Columns lie together, because everything that follows works on few of them.
        return np.array(
            [
                sums_by(self.about, self._voiced(of_cell.take(self.cell)), len(told.objects))
                for of_cell in by_truth
            ]
        ).T

    def _voiced(self, amounts: Floats) -> Floats:
        """Amounts of assertions by how much of a voice each is."""
        return amounts if self.assertions.share is None else amounts * self.assertions.weight

    def voices(self) -> Floats:
        """For every object how many voices spoke of it."""
        told = self.assertions
        return sums_by(self.about, told.weight, len(told.objects))

    def known_objects(self, known: Floats) -> NDArray[np.bool_]:
        """For every object whether its true label is among the claims known true."""
        found = np.zeros(len(self.assertions.objects), dtype=bool)
        found[self.assertions.object_of_claim[known == 1.0]] = True
        return found

    def held(self, table: Floats, known: Known) -> Floats:
        """The table with known objects put in; what nobody stated shares what is left."""
        if known is None:
            return table
        given = ~np.isnan(known)
        rows = self.assertions.object_of_claim[given]
        fixed = table.copy()
        fixed[rows, self.assertions.value_of_claim[given]] = known[given]
        stated = np.zeros_like(table, dtype=bool)
        stated[rows, self.assertions.value_of_claim[given]] = True
        about = np.unique(rows)
        true = np.where(stated, fixed, 0.0)[about].sum(axis=1)
        open_ = np.where(stated, 0.0, fixed)[about]
        mass = open_.sum(axis=1)
        factor = np.where(mass > 0.0, (1.0 - true) / np.where(mass > 0.0, mass, 1.0), 0.0)
        fixed[about] = np.where(stated[about], fixed[about], open_ * factor[:, None])
        return fixed


def rows_softmax(scores: Floats) -> Floats:
    """Each row as probabilities proportional to exp(score)."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
