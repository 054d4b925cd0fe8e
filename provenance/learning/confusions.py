"""A table of confusions per source, for objects that share one set of labels.

Dawid and Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm,
Applied Statistics 28, 1979; Kim and Ghahramani, Bayesian classifier combination, AISTATS 2012
(IBCC), with the variational updates of Simpson et al. 2013; and IBCC whose prior is learned from
all sources together, so that a source with few assertions is judged like its peers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.dependence import DEPENDENCE, tempering
from provenance.learning.estimates import Estimate, Floats, Known, by_source, sums_by
from provenance.learning.labels import Labels, rows_softmax
from provenance.learning.special import digamma

__all__ = ["averaged_ibcc", "dawid_skene", "ibcc", "pooled_ibcc"]


def dawid_skene(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = 0.0,
    rounds: int = 500,
    limit: float = 1e-8,
) -> Estimate:
    """Error rates of every source and the frequency of labels, by EM from the vote shares.

    Costs K passes per iteration for K labels. Raises `InvalidValue` when objects do not share
    labels. Plain maximum likelihood: its probabilities are too sure of themselves.
    """
    labels = Labels.of(assertions, "dawid-skene")

    def rates(counts: Floats) -> tuple[Floats, Floats]:
        # A source that never met a label says nothing about it: even rates, not 0 / 0.
        totals = counts.sum(axis=2, keepdims=True)
        rate = np.where(totals > 0.0, counts / np.where(totals > 0.0, totals, 1.0), 1.0)
        return np.log(np.maximum(rate, 1e-300)), counts + 1e-9

    def frequencies(table: Floats) -> Floats:
        return np.asarray(np.log(np.maximum(table.mean(axis=0), 1e-300)))

    return _fitted(labels, known, rates, frequencies, dependence, rounds, limit)


def ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    right: float = 2.0,
    wrong: float = 1.0,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
) -> Estimate:
    """Dawid-Skene with Dirichlet distributions for error rates and frequencies, variationally.

    `right` and `wrong` are the prior counts on and off the diagonal of every table;
    `dependence` tempers the final probabilities (see `dependence.tempering`), not the fit.
    """
    labels = Labels.of(assertions, "ibcc")
    prior = np.full((labels.count, labels.count), wrong)
    np.fill_diagonal(prior, right)

    def rates(counts: Floats) -> tuple[Floats, Floats]:
        return _expected_logs(counts + prior)

    return _fitted(labels, known, rates, _frequencies, dependence, rounds, limit)


def pooled_ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
) -> Estimate:
    """IBCC whose Dirichlet prior has the mean of all sources and a strength fitted to them.

    The mean is the pooled table of confusions (with four prior counts on the diagonal and one
    beside it); the strength is the maximum likelihood one by Minka's fixed point (Estimating a
    Dirichlet distribution, 2000), between .5 and 200 assertions.
    """
    labels = Labels.of(assertions, "pooled-ibcc")
    strength = 10.0

    def rates(counts: Floats) -> tuple[Floats, Floats]:
        nonlocal strength
        pooled = counts.sum(axis=0) + 1.0 + 4.0 * np.eye(labels.count)
        mean = pooled / pooled.sum(axis=1, keepdims=True)
        for _ in range(2):
            strength = _stronger(counts, mean, strength)
        return _expected_logs(counts + strength * mean)

    return _fitted(labels, known, rates, _frequencies, dependence, rounds, limit)


def averaged_ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
) -> Estimate:
    """The mean of `ibcc` and `pooled_ibcc`: whether sources resemble each other is not known.

    Bayesian model averaging with even weights. Where the two agree it is as sure as they are;
    where few assertions let them drift apart it is not, and errs less than the worse of them.
    """
    settings: dict[str, Any] = {"dependence": dependence, "rounds": rounds, "limit": limit}
    flat = ibcc(assertions, known, **settings)
    pooled = pooled_ibcc(assertions, known, **settings)
    return Estimate(
        probability=0.5 * (flat.probability + pooled.probability),
        right=0.5 * (flat.right + pooled.right),
        wrong=0.5 * (flat.wrong + pooled.wrong),
        changes=max(flat.changes, pooled.changes, key=len),
        converged=flat.converged and pooled.converged,
        chance=flat.chance,
        labels=_mean(flat.labels, pooled.labels),
        confusions=_mean(flat.confusions, pooled.confusions),
        classes=_mean(flat.classes, pooled.classes),
    )


def _mean(one: Floats | None, other: Floats | None) -> Floats | None:
    return None if one is None or other is None else 0.5 * (one + other)


def _stronger(counts: Floats, mean: Floats, strength: float) -> float:
    """One step of Minka's fixed point for the strength of a Dirichlet with known means."""
    told = counts.sum(axis=2)
    gained = (mean * (digamma(counts + strength * mean) - digamma(strength * mean))).sum()
    spent = float((digamma(told + strength) - digamma(np.full_like(told, strength))).sum())
    return float(np.clip(strength * gained / spent, 0.5, 200.0)) if spent > 0.0 else strength


def _expected_logs(dirichlet: Floats) -> tuple[Floats, Floats]:
    total = dirichlet.sum(axis=2, keepdims=True)
    return digamma(dirichlet) - digamma(total), dirichlet


def _frequencies(table: Floats) -> Floats:
    counts = 1.0 + table.sum(axis=0)
    return digamma(counts) - digamma(counts.sum(keepdims=True))


def _fitted(
    labels: Labels,
    known: Known,
    rates: Callable[[Floats], tuple[Floats, Floats]],
    frequencies: Callable[[Floats], Floats],
    dependence: float,
    rounds: int,
    limit: float,
) -> Estimate:
    table = labels.held(labels.start(), known)
    changes: list[float] = []
    while True:
        logs, counts = rates(labels.counts(table))
        common = frequencies(table)
        evidence = labels.evidence(logs)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        after = labels.held(rows_softmax(common + evidence), known)
        changes.append(float(np.max(np.abs(after - table))))
        table = after
    fitted = table
    if dependence > 0.0:
        tempered = evidence * tempering(labels.voices(), dependence)[:, None]
        table = labels.held(rows_softmax(common + tempered), known)
    return estimate_of(labels, table, fitted, counts, np.exp(common), changes, limit)


def estimate_of(
    labels: Labels,
    table: Floats,
    fitted: Floats,
    counts: Floats,
    classes: Floats,
    changes: list[float],
    limit: float,
) -> Estimate:
    """The estimate for a table of labels, the table that judged the sources, and confusions.

    A source's accuracy is Beta with prior (4, 1), as in `one_coin`. By chance it would be right as
    often as its own frequencies of labels meet those of the truth (as in Cohen's kappa), so that
    always naming the common label is no reliability.
    """
    told = labels.assertions
    common = classes / classes.sum()
    right = by_source(told, told.weight * fitted[labels.about, labels.label])
    spoken = by_source(told, told.weight)
    cells = len(told.sources) * labels.count
    stated = sums_by(labels.cell, told.weight, cells).reshape(-1, labels.count)
    chance = (stated @ common + 1.0 / labels.count) / (spoken + 1.0)
    return Estimate(
        probability=labels.of_claims(table),
        right=right + 4.0,
        wrong=np.maximum(spoken - right, 0.0) + 1.0,
        changes=tuple(changes),
        converged=changes[-1] <= limit,
        chance=np.minimum(chance, 1.0 - 1e-6),
        labels=table,
        confusions=counts,
        classes=common,
    )
