"""MACE: a source either tracks the truth or answers by a habit of its own.

Hovy, Berg-Kirkpatrick, Vaswani and Hovy, Learning whom to trust with MACE, NAACL 2013, with
variational updates. This is the testimony model of the whole library: with probability `rho` a
source tracks, else it says what it says anyway.
"""

from __future__ import annotations

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    Fit,
    Known,
    by_source,
    digamma,
    sums_by,
    tempering,
)
from provenance.learning.labels import Labels, rows_softmax
from provenance.learning.methods.dawid_skene import estimate_of

__all__ = [
    "mace",
]


def mace(
    assertions: Assertions,
    known: Known = None,
    *,
    tracks: tuple[float, float] = (0.5, 0.5),
    habit: float = 10.0,
    dependence: float = 0.0,
    rounds: int = 500,
    limit: float = 1e-7,
) -> Fit:
    """Probabilities of labels; `confusion` mixes tracking and the habit of each source.

    Args:
        assertions: Who said what; objects share labels.
        known: Claims known true or false.
        tracks: Beta prior of tracking.
        habit: Dirichlet weight of each label in a source's habit.
        dependence: Correlation of errors, see `dependence.tempering`.
        rounds: At most this many iterations.
        limit: Stop when no probability changes by more.

    One run from the vote shares, not the best of random restarts as in the paper.
    """
    labels = Labels.of(assertions, "mace")
    told = assertions.weight
    sources = len(assertions.sources)
    table = labels.held(labels.start(), known)
    track = np.full(sources, 0.5)
    stated = np.bincount(labels.cell, told, sources * labels.count).reshape(sources, labels.count)
    habits = (stated + habit) / (stated + habit).sum(axis=1, keepdims=True)
    changes: list[float] = []
    while True:
        logs = _log_confusions(track, habits)
        evidence = labels.evidence(logs)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        after = labels.held(rows_softmax(evidence), known)
        if changes:
            changes.append(float(np.max(np.abs(after - table))))
        else:
            changes.append(1.0)
        table = after
        track, habits = _updated(labels, table, track, habits, tracks, habit)
    fitted = table
    if dependence > 0.0:
        tempered = evidence * tempering(labels.voices(), dependence)[:, None]
        table = labels.held(rows_softmax(tempered), known)
    counts = np.exp(logs) * stated.sum(axis=1)[:, None, None] / labels.count
    even = np.full(labels.count, 1.0 / labels.count)
    return estimate_of(labels, table, fitted, counts, even, changes, limit)


def _log_confusions(track: Floats, habits: Floats) -> Floats:
    eye = np.eye(habits.shape[1])
    mixed = track[:, None, None] * eye + (1.0 - track)[:, None, None] * habits[:, None, :]
    return np.log(np.maximum(mixed, 1e-300))


def _updated(
    labels: Labels,
    table: Floats,
    track: Floats,
    habits: Floats,
    tracks: tuple[float, float],
    habit: float,
) -> tuple[Floats, Floats]:
    """Tracking and habits, as geometric means of their posteriors, scaled to be probabilities."""
    told = labels.assertions
    right = table[labels.about, labels.label]
    said = habits.ravel()[labels.cell]
    of_source = track[told.source]
    tracked = told.weight * right * of_source / (of_source + (1.0 - of_source) * said)
    own = told.weight - tracked
    yes = digamma(tracks[0] + by_source(told, tracked))
    no = digamma(tracks[1] + by_source(told, own))
    share = 1.0 / (1.0 + np.exp(no - yes))
    kept = habit + sums_by(labels.cell, own, habits.size).reshape(habits.shape)
    logs = digamma(kept) - digamma(kept.sum(axis=1, keepdims=True))
    return share, rows_softmax(logs)
