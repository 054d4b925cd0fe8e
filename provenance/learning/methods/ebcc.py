"""EBCC: labels with hidden subtypes, so that sources may err together on the same kind of object.

Li, Rubinstein and Cohn, Exploiting worker correlation for label aggregation in crowdsourcing,
ICML 2019, mean-field updates. Subtypes start from how far the voices on an object agree, instead
of at random, so the result does not depend on the order of objects.
"""

from __future__ import annotations

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats
from provenance.learning.estimates import DEPENDENCE, Fit, Known, digamma, tempering
from provenance.learning.labels import Labels, rows_softmax
from provenance.learning.methods.dawid_skene import bound, divergence, estimate_of

__all__ = [
    "ebcc",
]


def ebcc(
    assertions: Assertions,
    known: Known = None,
    *,
    subtypes: int = 3,
    right: float = 4.0,
    wrong: float = 1.0,
    mixing: float = 0.1,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-6,
) -> Fit:
    """Probabilities of labels from confusions that differ by hidden subtype of the true label.

    Args:
        assertions: Who said what; objects share labels.
        known: Claims known true or false.
        subtypes: How many subtypes each label has.
        right: Prior count on the diagonal of every table of confusions.
        wrong: Prior count beside it.
        mixing: Dirichlet weight of each subtype within its label.
        dependence: Correlation of errors that is left, see `dependence.tempering`.
        rounds: At most this many iterations.
        limit: Stop when no probability changes by more.

    Costs K * subtypes passes per iteration for K labels.
    """
    labels = Labels.of(assertions, "ebcc")
    label_of_kind = np.repeat(np.arange(labels.count), subtypes)
    prior = np.where(label_of_kind[:, None] == np.arange(labels.count), right, wrong)
    table = labels.held(labels.start(), known)
    parts = _started(table, subtypes)
    changes: list[float] = []
    while True:
        counts = labels.counts(parts) + prior
        logs = digamma(counts) - digamma(counts.sum(axis=2, keepdims=True))
        scores = _frequencies(parts, labels.count, mixing) + labels.evidence(logs)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        parts = _held(labels, rows_softmax(scores), known, subtypes)
        after = _merged(parts, subtypes)
        changes.append(float(np.max(np.abs(after - table))))
        table = after
    weights = parts.sum(axis=0).reshape(labels.count, subtypes)
    weights = weights / weights.sum(axis=1, keepdims=True)
    by_label = counts.reshape(len(counts), labels.count, subtypes, labels.count)
    mixed = np.einsum("skml,km->skl", by_label, weights)
    classes = np.exp(_frequencies(parts, labels.count, mixing)).reshape(-1, subtypes).sum(axis=1)
    # Labels are flattened, not subtypes, or a label of many subtypes would overtake.
    tempered = _log_merged(scores, subtypes) * tempering(labels.voices(), dependence)[:, None]
    fitted, table = table, labels.held(rows_softmax(tempered), known)
    found = estimate_of(labels, table, fitted, mixed, classes, changes, limit)
    spent = divergence(counts, np.broadcast_to(prior, counts.shape))
    spent += _spent(parts, labels.count, mixing)
    return attrs.evolve(found, bound=bound(parts, scores, spent))


def _log_merged(scores: Floats, subtypes: int) -> Floats:
    """For every object and label the logarithm of its subtypes' exponents added up."""
    by_label = scores.reshape(len(scores), -1, subtypes)
    peak = by_label.max(axis=2)
    return np.asarray(peak + np.log(np.exp(by_label - peak[:, :, None]).sum(axis=2)))


def _started(table: Floats, subtypes: int) -> Floats:
    """Each label's probability split over subtypes, by the rank of the object's agreement."""
    agreement = table.max(axis=1)
    # Mid-ranks, so objects that agree equally start equally whatever their order.
    low = np.searchsorted(np.sort(agreement), agreement, side="left")
    high = np.searchsorted(np.sort(agreement), agreement, side="right")
    place = (low + high) / (2.0 * len(agreement)) * subtypes
    centres = np.arange(subtypes) + 0.5
    closeness = np.exp(-((place[:, None] - centres) ** 2))
    closeness /= closeness.sum(axis=1, keepdims=True)
    return np.asarray((table[:, :, None] * closeness[:, None, :]).reshape(len(table), -1))


def _merged(parts: Floats, subtypes: int) -> Floats:
    return np.asarray(parts.reshape(len(parts), -1, subtypes).sum(axis=2))


def _frequencies(parts: Floats, count: int, mixing: float) -> Floats:
    """Expected log frequency of each label plus that of each subtype within it."""
    within = mixing + parts.sum(axis=0).reshape(count, -1)
    label = 1.0 + parts.sum(axis=0).reshape(count, -1).sum(axis=1)
    of_label = digamma(label) - digamma(label.sum(keepdims=True))
    of_subtype = digamma(within) - digamma(within.sum(axis=1, keepdims=True))
    return np.asarray((of_label[:, None] + of_subtype).ravel())


def _spent(parts: Floats, count: int, mixing: float) -> float:
    """The nats spent on how common labels are, and subtypes within them."""
    heard = parts.sum(axis=0).reshape(count, -1)
    label = 1.0 + heard.sum(axis=1)
    within = divergence(mixing + heard, np.full_like(heard, mixing))
    return within + divergence(label, np.ones_like(label))


def _held(labels: Labels, parts: Floats, known: Known, subtypes: int) -> Floats:
    """Parts rescaled so that known labels have the probability that is known."""
    if known is None:
        return parts
    merged = _merged(parts, subtypes)
    factor = labels.held(merged, known) / np.maximum(merged, 1e-300)
    return parts * np.repeat(factor, subtypes, axis=1)
