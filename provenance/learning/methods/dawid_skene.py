"""A table of confusions per source, for objects that share one set of labels.

Dawid and Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm,
Applied Statistics 28, 1979; Kim and Ghahramani, Bayesian classifier combination, AISTATS 2012
(IBCC), with the variational updates of Simpson et al. 2013; and IBCC whose prior is learned from
all sources together, so that a source with few assertions is judged like its peers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import PRIOR, with_credits
from provenance.learning.encoding import Floats
from provenance.learning.estimates import (
    DEPENDENCE,
    Fit,
    Known,
    by_source,
    digamma,
    log_gamma,
    sums_by,
    tempering,
)
from provenance.learning.labels import Labels, rows_softmax

__all__ = [
    "averaged_ibcc",
    "bound",
    "coin_tables",
    "dawid_skene",
    "divergence",
    "foretelling_weights",
    "foretold",
    "ibcc",
    "pooled_ibcc",
]

_AT_ONCE = 262_144
_TURNS = 60


def dawid_skene(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = 0.0,
    rounds: int = 500,
    limit: float = 1e-8,
) -> Fit:
    """Error rates of every source and the frequency of labels, by EM from the vote shares.

    Costs K passes per iteration for K labels. Raises `InvalidValue` when objects do not share
    labels. Plain maximum likelihood: its probabilities are too sure of themselves.
    """
    labels = Labels.of(assertions, "dawid-skene")

    def rates(counts: Floats) -> Rates:
        # A source that never met a label says nothing about it: even rates, not 0 / 0.
        totals = counts.sum(axis=2, keepdims=True)
        rate = np.where(totals > 0.0, counts / np.where(totals > 0.0, totals, 1.0), 1.0)
        return Rates(np.log(np.maximum(rate, 1e-300)), counts + 1e-9, None)

    def frequencies(table: Floats) -> tuple[Floats, float]:
        return np.asarray(np.log(np.maximum(table.mean(axis=0), 1e-300))), 0.0

    return _fitted(_tables(labels, rates), known, frequencies, dependence, rounds, limit, False)


def ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    right: float = 2.0,
    wrong: float = 1.0,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
    foretelling: bool = False,
) -> Fit:
    """Dawid-Skene with Dirichlet distributions for error rates and frequencies, variationally.

    `right` and `wrong` are the prior counts on and off the diagonal of every table;
    `dependence` tempers the final probabilities (see `dependence.tempering`), not the fit.
    `foretelling` adds how well every object is foretold, which costs a pass.
    """
    labels = Labels.of(assertions, "ibcc")
    prior = np.full((labels.count, labels.count), wrong)
    np.fill_diagonal(prior, right)

    def rates(counts: Floats) -> Rates:
        return _rates(counts + prior, lambda: np.broadcast_to(prior, counts.shape))

    judge = _tables(labels, rates)
    return _fitted(judge, known, _learned, dependence, rounds, limit, foretelling)


def pooled_ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
    foretelling: bool = False,
) -> Fit:
    """IBCC whose Dirichlet prior has the mean of all sources and a strength fitted to them.

    The mean is the pooled table of confusions (with four prior counts on the diagonal and one
    beside it), in which n assertions of one source count as n / (1 + n / strength): its rates vary
    about the mean as well as by chance, so one busy source does not speak for all. The strength is
    the maximum likelihood one by Minka's fixed point (Estimating a Dirichlet distribution, 2000),
    between .5 and 200 assertions; after sixty iterations it is held, so that the rest can settle.
    """
    labels = Labels.of(assertions, "pooled-ibcc")
    prior_of = _of_all(1.0 + 4.0 * np.eye(labels.count), 200.0)

    def rates(counts: Floats) -> Rates:
        prior, pooled = prior_of(counts)
        found = _rates(counts + prior, lambda: np.broadcast_to(prior, counts.shape))
        return attrs.evolve(found, pooled=pooled)

    judge = _tables(labels, rates)
    return _fitted(judge, known, _learned, dependence, rounds, limit, foretelling)


def coin_tables(
    assertions: Assertions,
    known: Known = None,
    *,
    sources: Literal["apart", "pooled", "alike"] = "apart",
    even: bool = False,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
    foretelling: bool = False,
) -> Fit:
    """IBCC with one number per source: as often right on every label, wrong ones alike.

    The accuracy is Beta with prior (4, 1), as in `one_coin`; how common each label is, is learned.
    Where `sources` are pooled, their prior is fitted to all of them as in `pooled_ibcc`, up to a
    thousand assertions; where they are alike, all share one accuracy, so that this is a vote with
    probabilities. With `even` all labels are taken to be equally common. Costs two passes per
    iteration, whatever K.
    """
    labels = Labels.of(assertions, "coin-tables")
    judge, common = _coins(labels, sources), _even if even else _learned
    return _fitted(judge, known, common, dependence, rounds, limit, foretelling)


Shared = Callable[[Floats], tuple[Floats, Callable[[], float]]]
"""From the counts of all sources to the prior of each, and to the nats spent on it."""


def _of_all(before: Floats, most: float) -> Shared:
    """A prior with the mean of all sources and a strength fitted to them, again in every turn."""
    strength, left = 10.0, _TURNS

    def prior(counts: Floats) -> tuple[Floats, Callable[[], float]]:
        nonlocal strength, left
        told = counts.sum(axis=2, keepdims=True)
        pooled = (counts * (strength / (told + strength))).sum(axis=0) + before
        mean = pooled / pooled.sum(axis=1, keepdims=True)
        left -= 1
        for _ in range(5 if left > 0 else 0):
            strength = _stronger(counts, mean, strength, most)
        return strength * mean, lambda: divergence(pooled, before)

    return prior


def _stronger(counts: Floats, mean: Floats, strength: float, most: float) -> float:
    """One step of Minka's fixed point for the strength of a Dirichlet with known means."""
    told = counts.sum(axis=2)
    gained = (mean * (digamma(counts + strength * mean) - digamma(strength * mean))).sum()
    spent = float((digamma(told + strength) - digamma(np.full_like(told, strength))).sum())
    return float(np.clip(strength * gained / spent, 0.5, most)) if spent > 0.0 else strength


def foretold(
    labels: Labels,
    scores: Floats,
    logs: Floats,
    counts: Floats,
    table: Floats,
    fixed: NDArray[np.bool_] | None,
) -> Floats:
    """For every object the log probability of what each source says of it, given the others.

    Leave-one-out cross-validation without fitting again (Gelfand, Dey and Chang 1992): the voice is
    taken out of the object's scores and out of its source's counts. Of `fixed` objects the truth
    is known whatever anybody says.
    """
    told = labels.assertions
    total = counts.sum(axis=2)
    found = np.empty(told.size)
    for start in range(0, told.size, _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        source, label, about = told.source[some], labels.label[some], labels.about[some]
        weight = told.weight[some][:, None]
        truth = rows_softmax(scores[about] - weight * logs[source, :, label])
        if fixed is not None:
            truth = np.where(fixed[about][:, None], table[about], truth)
        own = weight * table[about]
        said = np.maximum(counts[source, :, label] - own, 1e-9)
        rate = said / np.maximum(total[source] - own, 1e-9)
        found[some] = weight[:, 0] * np.log((truth * np.minimum(rate, 1.0)).sum(axis=1) + 1e-300)
    return sums_by(labels.about, found, len(told.objects))


# What sources confuse is judged by a table of probabilities, and judges the table in turn.


@attrs.frozen(eq=False)
class Rates:
    """How often every source says each label when another is true, as a distribution."""

    logs: Floats
    """Expected logarithms, sources by true label by stated label."""
    counts: Floats
    """Dirichlet counts, likewise."""
    prior: Callable[[], Floats] | None
    """The Dirichlet counts before anything was said; None: plain maximum likelihood."""
    pooled: Callable[[], float] = float
    """What was spent on a prior that is learned itself, in nats."""

    def spent(self) -> float | None:
        """How far the tables were moved by what was said, in nats."""
        return None if self.prior is None else divergence(self.counts, self.prior()) + self.pooled()


@attrs.frozen(eq=False)
class Appraisal:
    """What a table of probabilities makes of the sources."""

    evidence: Floats
    """Objects by labels: the log probability of what was said of the object if this is true."""
    rates: Callable[[], Rates]
    """The confusions behind it."""
    spent: Callable[[], float | None]
    """How far the sources' numbers were moved by what was said, in nats."""


@attrs.frozen(eq=False)
class Judge:
    """A model of sources: from a table of probabilities to what they confuse."""

    labels: Labels
    """Who said what."""
    judged: Callable[[Floats], Appraisal]
    """One turn."""


def _tables(labels: Labels, rates: Callable[[Floats], Rates]) -> Judge:
    """Sources that have a table of confusions each."""

    def judged(table: Floats) -> Appraisal:
        found = rates(labels.counts(table))
        return Appraisal(labels.evidence(found.logs), lambda: found, found.spent)

    return Judge(labels, judged)


def _rates(counts: Floats, prior: Callable[[], Floats]) -> Rates:
    return Rates(digamma(counts) - digamma(counts.sum(axis=2, keepdims=True)), counts, prior)


def _coins(labels: Labels, sources: Literal["apart", "pooled", "alike"]) -> Judge:
    """Sources that are right so often on every label."""
    told, others = labels.assertions, labels.count - 1.0
    spoken = by_source(told, told.weight)
    size = len(told.objects)
    place = labels.label * size + labels.about
    before = np.array([PRIOR])
    pool = sources == "pooled"
    prior_of: Shared = _of_all(before, 1000.0) if pool else lambda _: (before, float)

    def judged(table: Floats) -> Appraisal:
        by_label = np.ascontiguousarray(table.T).ravel()
        believed = by_source(told, told.weight * by_label.take(place))
        counts = np.stack([believed, np.maximum(spoken - believed, 0.0)], axis=1)
        if sources == "alike":
            counts = counts.sum(axis=0, keepdims=True)
        prior, pooled = prior_of(counts[:, None, :])
        counts = counts + prior
        logs = digamma(counts) - digamma(counts.sum(axis=1, keepdims=True))
        logs[:, 1] -= np.log(others)
        hit, miss = np.broadcast_to(logs, (len(spoken), 2)).T
        gained = sums_by(place, told.weight * (hit - miss).take(told.source), size * labels.count)
        missed = sums_by(labels.about, told.weight * miss.take(told.source), size)
        evidence = gained.reshape(-1, size).T + missed[:, None]

        def rates() -> Rates:
            own = np.broadcast_to(counts, (len(spoken), 2)).T
            right, wrong = (each[:, None, None] for each in own)
            same = np.eye(labels.count, dtype=bool)
            by_label = np.where(same, hit[:, None, None], miss[:, None, None])
            return Rates(by_label, np.where(same, right, wrong / others), None)

        def spent() -> float:
            return divergence(counts, np.broadcast_to(prior, counts.shape)) + pooled()

        return Appraisal(evidence, rates, spent)

    return Judge(labels, judged)


def divergence(found: Floats, prior: Floats) -> float:
    """How far Dirichlet distributions (over the last axis) are from others, summed, in nats.

    The divergence of Kullback and Leibler: what it would cost to tell somebody who holds the others.

    >>> divergence(np.array([1.0, 1.0]), np.array([1.0, 1.0]))
    0.0
    >>> round(divergence(np.array([5.0, 1.0]), np.array([1.0, 1.0])), 3)  # ln 5 - 4 / 5
    0.809
    """
    whole, before = found.sum(axis=-1), prior.sum(axis=-1)
    logs = digamma(found) - digamma(whole)[..., None]
    parts = ((found - prior) * logs - log_gamma(found) + log_gamma(prior)).sum(axis=-1)
    return float((parts + log_gamma(whole) - log_gamma(before)).sum())


Common = Callable[[Floats], tuple[Floats, float]]
"""From a table to the expected logarithms of how common labels are, and the nats spent on it."""


def _learned(table: Floats) -> tuple[Floats, float]:
    counts = 1.0 + table.sum(axis=0)
    logs = digamma(counts) - digamma(counts.sum(keepdims=True))
    return logs, divergence(counts, np.ones_like(counts))


def _even(table: Floats) -> tuple[Floats, float]:
    count = table.shape[1]
    return np.full(count, -math.log(count)), 0.0


def bound(table: Floats, scores: Floats, spent: float) -> float:
    """A lower bound of the log probability of all that was said, what was learned summed out.

    The evidence lower bound of variational Bayes (Beal and Ghahramani, The variational Bayesian EM
    algorithm for incomplete data, Bayesian Statistics 7, 2003): the expected logarithms (`scores`)
    under the table, the table's entropy, less the nats `spent` on moving every number that was
    learned from its prior. So a model with more numbers must explain more.
    """
    return float((table * (scores - np.log(np.maximum(table, 1e-300)))).sum()) - spent


def _fitted(
    judge: Judge,
    known: Known,
    frequencies: Common,
    dependence: float,
    rounds: int,
    limit: float,
    foretelling: bool,
) -> Fit:
    """Tables of confusions and probabilities in turn until nothing changes.

    The tables maximise the likelihood of what was said, in which a voice that nobody checks proves
    nothing: what the others make of an object is weighed with what its source has shown elsewhere.
    To count every assertion against the others alone would draw all tables towards knowing nothing,
    because a clear source measured by a blurred answer looks blurred itself.
    """
    labels = judge.labels
    table = labels.held(labels.start(), known)
    changes: list[float] = []
    while True:
        judged = judge.judged(table)
        common, cost = frequencies(table)
        scores = common + judged.evidence
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        after = labels.held(rows_softmax(scores), known)
        changes.append(float(np.max(np.abs(after - table))))
        table = after
    fitted = table
    if dependence > 0.0:
        # The whole posterior is flattened, how common labels are included: nobody is overtaken.
        tempered = scores * tempering(labels.voices(), dependence)[:, None]
        table = labels.held(rows_softmax(tempered), known)
    rates, spent = judged.rates(), judged.spent()
    estimate = estimate_of(labels, table, fitted, rates.counts, np.exp(common), changes, limit)
    if spent is not None:
        estimate = attrs.evolve(estimate, bound=bound(fitted, scores, spent + cost))
    if not foretelling:
        return estimate
    fixed = None if known is None else labels.known_objects(known)
    found = foretold(labels, scores, rates.logs, rates.counts, fitted, fixed)
    return attrs.evolve(estimate, foretold=found)


def estimate_of(
    labels: Labels,
    table: Floats,
    fitted: Floats,
    counts: Floats,
    classes: Floats,
    changes: list[float],
    limit: float,
) -> Fit:
    """The estimate for a table of labels, the table that judged the sources, and confusions.

    A source's accuracy is Beta with prior (4, 1), as in `one_coin`. By chance it would be right as
    often as its own frequencies of labels meet those of the truth (as in Cohen's kappa), so that
    always naming the common label is no reliability.
    """
    told = labels.assertions
    common = classes / classes.sum()
    spoken = by_source(told, told.weight)
    cells = len(told.sources) * labels.count
    stated = sums_by(labels.cell, told.weight, cells).reshape(-1, labels.count)
    chance = (stated @ common + 1.0 / labels.count) / (spoken + 1.0)
    fit = Fit(
        probability=labels.of_claims(table),
        right=spoken,
        wrong=spoken,
        changes=tuple(changes),
        converged=changes[-1] <= limit,
        chance=np.minimum(chance, 1.0 - 1e-6),
        labels=table,
        confusions=counts,
        classes=common,
    )
    return with_credits(told, fit, fitted[labels.about, labels.label], None, PRIOR)


# Several models of shared labels, each believed as far as it foretells what sources say.


def averaged_ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
) -> Fit:
    """The mean of `ibcc`, `pooled_ibcc` and `coin_tables`, weighed by how well each foretells.

    Whether sources are strangers, of one kind, or each as good on all labels is not known
    beforehand. Each model foretells every assertion from what the others say of the object and
    what its source says elsewhere; where that is better beyond chance, the model is believed.

    Costs what the three cost together, and a pass for each.
    """
    models = [
        model(
            assertions,
            known,
            dependence=dependence,
            rounds=rounds,
            limit=limit,
            foretelling=True,
        )
        for model in (ibcc, pooled_ibcc, coin_tables)
    ]
    scores = [model.foretold for model in models if model.foretold is not None]
    weights = foretelling_weights(np.stack(scores))

    def mean(name: str) -> Floats:
        parts = [getattr(model, name) for model in models]
        return np.asarray(sum(w * part for w, part in zip(weights, parts, strict=True)))

    return Fit(
        probability=mean("probability"),
        right=mean("right"),
        wrong=mean("wrong"),
        changes=max((model.changes for model in models), key=len),
        converged=all(model.converged for model in models),
        chance=mean("chance"),
        labels=mean("labels"),
        confusions=mean("confusions"),
        classes=mean("classes"),
        doubt=mean("doubt"),
    )


def foretelling_weights(scores: Floats) -> list[float]:
    """How far each model (row) is believed, from its log scores on every object (column).

    In proportion to the product over the other models of the probability that it foretells better
    than they, by a normal approximation over objects: the pairwise form of the weighting of Yao,
    Vehtari, Simpson and Gelman, Using stacking to average Bayesian predictive distributions,
    Bayesian Analysis 13, 2018, section 3.4.

    >>> foretelling_weights(np.array([[-1.0, -2.0], [-1.0, -2.0]]))
    [0.5, 0.5]
    """
    shares = []
    for one, ours in enumerate(scores):
        share = 1.0
        for other, theirs in enumerate(scores):
            if other != one:
                share *= _better(ours - theirs)
        shares.append(share)
    total = sum(shares)
    return [share / total for share in shares]


def _better(gains: Floats) -> float:
    """The probability that the sum of so many independent gains is above zero in the long run."""
    doubt = math.sqrt(len(gains) * float(gains.var()) + 1.0)
    return 0.5 * math.erfc(-float(gains.sum()) / doubt / math.sqrt(2.0))
