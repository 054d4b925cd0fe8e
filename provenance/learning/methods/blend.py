"""Several views of shared labels, averaged instead of betted on.

Models of shared labels differ in what they take for granted: that every source has confusions of
its own, much like everybody's (`pooled-ibcc`), that each is as good on all labels (`one-coin`), or
that objects of one label come in kinds that are hard in the same way (`ebcc`). Which of them holds
is not in the table: weights by how well each foretells what sources say always end at the model
with the most parameters, whose errors are then nobody's to correct. The equal mean needs no weights,
is hard to beat where these are uncertain (Clemen, Combining forecasts, International Journal of
Forecasting 5, 1989), and is less sure of itself than its members exactly where they contradict each
other. Each view counts once: `averaged-ibcc`, whose weights end at `pooled-ibcc`, is no further one.

But a table of confusions can also be learned from noise. Where there is little to learn from, such
tables explain the votes without any truth behind them, and all views are wrong together. So the two
views that have tables must first beat sources that are coins, right as often on every label
(`coin-tables`), and as far as these are likelier, they stand for both. What is compared is the
evidence, which charges every number for being learned; what a model foretells of one voice from
the others does not, because the others were learned from that voice too.

How sure the mean may be is told by the dependence of the voices on one object. A part of it shows:
voices that err together are divided on some objects and at one on others, more so than independent
ones. The rest does not, because an error that all make looks like truth. But independence can be
put to the test: every voice is foretold from the others, once as if they were independent and once
as if they erred together, and as far as the first does better nothing is held against them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.crediting import PRIOR
from provenance.learning.encoding import Floats
from provenance.learning.estimates import Fit, Known, log_gamma, sums_by, tempering
from provenance.learning.labels import Labels, rows_softmax
from provenance.learning.methods.dawid_skene import coin_tables, pooled_ibcc
from provenance.learning.methods.ebcc import ebcc
from provenance.learning.methods.one_coin import one_coin

__all__ = ["UNSEEN", "blend", "seen_dependence"]

# What is averaged need not be settled to the last digit.
_ROUNDS, _LIMIT = 150, 1e-4

_PEERS: tuple[Literal["alike", "pooled"], ...] = ("alike", "pooled")

UNSEEN = 0.125
"""Dependence that leaves no trace in the votes: judgement, half of `estimates.DEPENDENCE`.

The chance that all who speak of an object are one voice. The other half is expected to show, and
gives way to what does.
"""

# Voices by labels that are foretold at once, so that they stay near the processor.
_AT_ONCE = 65_536

# Twelve equally probable values of Beta(1, 7), which is .125 on average: 1 - (1 - p)^(1/7).
_SEEN = 1.0 - (1.0 - (np.arange(12) + 0.5) / 12.0) ** (1.0 / 7.0)
_TURNS, _SETTLED = 40, 1e-2


def blend(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float | None = None,
    rounds: int = _ROUNDS,
    limit: float = _LIMIT,
) -> Fit:
    """The equal mean of `pooled-ibcc`, `ebcc` and `one-coin`, flattened as a whole.

    As far as coins are likelier than tables of confusions, they take the place of the first two.

    Args:
        assertions: Who said what; objects share labels.
        known: Claims known true or false.
        dependence: Correlation of errors within an object, see `estimates.tempering`; None takes
            what shows (the mean of `seen_dependence` and what `erring_together` finds) and `UNSEEN`
            on top of it, as far as the voices do not look independent.
        rounds: At most so many iterations of each.
        limit: Each stops when no probability changes by more.

    It is the mean that is flattened, not what goes into it, so no label overtakes another by it.
    Costs what they cost together, coins four times, and fifteen passes.

    >>> told = Assertions.of([(s, o, o % 2) for s in "abc" for o in range(8)] + [("d", 0, 1)])
    >>> blend(told).probability[:2].round(2).tolist()
    [0.99, 0.01]
    """
    labels = Labels.of(assertions, "blend")
    same: dict[str, Any] = {"dependence": 0.0, "rounds": rounds, "limit": limit}
    views = Views.of(assertions, known, **same)
    table = views.table(labels)
    confusions = views.confusions()
    if dependence is None:
        together, joint = erring_together(labels, table, confusions, known)
        seen = (seen_dependence(labels) + joint) / 2.0
        dependence = together * (UNSEEN + (1.0 - UNSEEN) * seen)
        flat = _one_voice_at_times(labels, table, seen)
        table = (1.0 - together) * table + together * flat
    else:
        table = _flattened(labels, table, dependence)
    table = labels.held(table, known)
    models = [model for _, model in views.every]
    return Fit(
        probability=labels.of_claims(table),
        right=views.mean("right"),
        wrong=views.mean("wrong"),
        doubt=views.mean("doubt"),
        chance=_mean(views.of_labels(), "chance"),
        labels=table,
        confusions=confusions,
        classes=_mean(views.of_labels(), "classes"),
        changes=max((model.changes for model in models), key=len),
        converged=all(model.converged for model in models),
        dependence=dependence,
    )


Weighted = tuple[tuple[float, Fit], ...]
"""Models, each with how much it counts."""


@attrs.frozen(eq=False)
class Views:
    """The three views, each with the coins that it has to beat."""

    tables: Fit
    """`pooled-ibcc`."""
    kinds: Fit
    """`ebcc`."""
    coins: Weighted
    """`coin-tables`, of sources all alike or not, with labels equally common or not."""
    plain: float
    """How probable it is that sources are coins."""
    one: Fit
    """`one-coin`."""

    @classmethod
    def of(cls, assertions: Assertions, known: Known, **same: Any) -> Views:
        """Every model fitted, and what the evidence makes of it."""
        coins = [
            coin_tables(assertions, known, sources=sources, even=even, **same)
            for sources in _PEERS
            for even in (True, False)
        ]
        tables = pooled_ibcc(assertions, known, **same)
        kinds = ebcc(assertions, known, **same)
        # Fitted, the prior follows camps that turn answers round: right .01 less often there.
        one = one_coin(assertions, known, prior=PRIOR, **same)
        parts, of_coins = evidence(coins)
        families = np.array([of_coins, tables.bound, kinds.bound])
        return cls(
            tables=tables,
            kinds=kinds,
            coins=tuple(zip(parts, coins, strict=True)),
            plain=_shares(families)[0],
            one=one,
        )

    @property
    def every(self) -> Weighted:
        """Every model with its part of the mean."""
        of_labels = tuple((2.0 * part / 3.0, model) for part, model in self.of_labels())
        return (*of_labels, (1.0 / 3.0, self.one))

    def of_labels(self) -> Weighted:
        """The models of what sources confuse: the first view and the second in equal parts."""
        half = (1.0 - self.plain) / 2.0
        coins = tuple((self.plain * part, model) for part, model in self.coins)
        return ((half, self.tables), (half, self.kinds), *coins)

    def mean(self, name: str) -> Floats:
        """A figure averaged over all views."""
        return _mean(self.every, name)

    def table(self, labels: Labels) -> Floats:
        """For every object and label its probability, averaged over all views."""
        return sum_of((part, _table(labels, model)) for part, model in self.every)

    def confusions(self) -> Floats:
        """For every source the mean of the rates, worth as many counts as in the first view."""
        firsts = (
            (1.0 - self.plain, self.tables),
            *((self.plain * part, model) for part, model in self.coins),
        )
        whole = sum_of((part, _counts(model).sum(axis=2, keepdims=True)) for part, model in firsts)
        return whole * _mean(self.of_labels(), "confusion")


def _counts(model: Fit) -> Floats:
    assert model.confusions is not None
    return model.confusions


def _mean(models: Weighted, name: str) -> Floats:
    return sum_of((part, getattr(model, name)) for part, model in models)


def sum_of(parts: Iterable[tuple[float, Floats]]) -> Floats:
    """Figures added up, each as often as it says; what counts for nothing is left out."""
    return np.asarray(sum(part * figures for part, figures in parts if part > 0.0))


def evidence(models: Sequence[Fit]) -> tuple[list[float], float]:
    """How probable each model is after what was said, and the evidence for all of them together.

    All are equally probable beforehand. The evidence for a model is its bound on the log
    probability of all that was said, that for all of them the logarithm of the mean.

    >>> told = Assertions.of([(s, o, o % 2) for s in "abc" for o in range(8)] + [("d", 0, 1)])
    >>> parts, together = evidence([coin_tables(told), pooled_ibcc(told)])
    >>> [round(part, 2) for part in parts], round(together, 1)
    ([0.37, 0.63], -11.1)
    """
    bounds = np.array([model.bound for model in models], dtype=np.float64)
    mean = float(np.exp(bounds - bounds.max()).mean())
    return _shares(bounds), float(bounds.max()) + math.log(mean)


def _shares(logs: Floats) -> list[float]:
    odds = np.exp(logs - logs.max())
    shares: list[float] = (odds / odds.sum()).tolist()
    return shares


def _flattened(labels: Labels, table: Floats, dependence: float) -> Floats:
    """The table as it is when voices on one object are correlated so much."""
    scores = np.log(np.maximum(table, 1e-300))
    return rows_softmax(scores * tempering(labels.voices(), dependence)[:, None])


def _one_voice_at_times(labels: Labels, table: Floats, seen: float) -> Floats:
    """The table for voices correlated as it shows, of which `UNSEEN` of the time all are one."""
    return (1.0 - UNSEEN) * _flattened(labels, table, seen) + UNSEEN * _flattened(
        labels, table, 1.0
    )


def erring_together(
    labels: Labels, table: Floats, confusions: Floats, known: Known
) -> tuple[float, float]:
    """How probable it is that voices on an object err together, and how correlated they then are.

    Every voice is foretold from the other voices on its object and from what its source says
    elsewhere. If voices are independent given the truth, the others count whole; if not, they count
    as voices of some correlation do, which is any of those that `seen_dependence` tries. Both are
    equally probable before looking, and the products of the probabilities of all voices are
    compared (the pseudo-Bayes factor of Geisser and Eddy, A predictive approach to model selection,
    Journal of the American Statistical Association 74, 1979). What the table and the confusions
    already explain, as sources that are wrong about the same label, is no erring together.

    Args:
        labels: Who said what.
        table: For every object and label its probability, all voices taken together as independent.
        confusions: For every source counts of what it says (column) when the row is true.
        known: What is known; objects of which something is known foretell nothing here.
    """
    told = labels.assertions
    total = confusions.sum(axis=2)
    others = labels.voices()[labels.about] - told.weight
    open_ = np.ones(len(told.objects), dtype=bool)
    if known is not None:
        open_[told.object_of_claim[~np.isnan(known)]] = False
    tested = np.flatnonzero((others > 1e-9) & open_[labels.about])
    found = np.zeros(len(_SEEN) + 1)
    for some in np.array_split(tested, 1 + len(tested) * labels.count // _AT_ONCE):
        source, weight = told.source[some], told.weight[some]
        # A row for each label, so that memory is read in order.
        means = np.ascontiguousarray(table[labels.about[some]].T)
        said = np.ascontiguousarray(confusions[source, :, labels.label[some]].T)
        whole = np.ascontiguousarray(total[source].T)
        without = np.log(np.maximum(means, 1e-12)) - weight * np.log(said / whole)
        without -= without.max(axis=0)
        # What the source says elsewhere: this voice is no evidence for itself.
        own = weight * means
        rate = np.minimum(np.maximum(said - own, 1e-9) / np.maximum(whole - own, 1e-9), 1.0)
        for place, correlation in enumerate((0.0, *_SEEN.tolist())):
            truth = np.exp(without * tempering(others[some], correlation))
            chance = (truth * rate).sum(axis=0) / truth.sum(axis=0)
            found[place] += float((weight * np.log(chance)).sum())
    gained = found[1:] - found[0]
    peak = max(0.0, float(gained.max()))
    joint = float(np.exp(gained - peak).mean())
    weights = np.exp(gained - gained.max())
    together = joint / (joint + math.exp(-peak))
    return together, float((weights * _SEEN).sum() / weights.sum())


def seen_dependence(labels: Labels) -> float:
    """The correlation of errors within an object that shows in how the votes are divided.

    Voices on an object with a given true label are drawn from a Dirichlet distribution around what
    all sources together say of such objects, so that they are divided unevenly from object to
    object; its weight is (1 - r) / r for a correlation of r (Dirichlet-multinomial, Mosimann,
    Biometrika 49, 1962). The true labels are summed out, so that objects on which most are wrong are
    allowed for as far as the divided ones make them likely. For each of twelve r, equally probable
    before looking, means and frequencies of labels are fitted by EM, and r is averaged.

    >>> def found(*right):  # of ten voices on every object, in turn
    ...     told = [
    ...         (s, o, int(o % 4 > 1) ^ (s >= right[o % 2])) for o in range(80) for s in range(10)
    ...     ]
    ...     return round(seen_dependence(Labels.of(Assertions.of(told), "seen")), 2)
    >>> found(8, 7), found(10, 5)
    (0.01, 0.36)
    """
    votes = _divided(labels)
    if not len(votes.times):
        return float(_SEEN.mean())
    likely = np.array([votes.likelihood(each) for each in _SEEN.tolist()])
    weights = np.exp(likely - likely.max())
    return float((weights * _SEEN).sum() / weights.sum())


@attrs.frozen(eq=False)
class _Votes:
    """In how many ways objects divide the votes, and how often each way occurs."""

    counts: Floats
    """For every way how many voices each label has."""
    times: Floats
    """How many objects are divided so."""

    def likelihood(self, correlation: float) -> float:
        """The logarithm of the probability of all votes under a correlation, means fitted to them."""
        weight = (1.0 - correlation) / correlation
        voices = self.counts.sum(axis=1)
        share = self.counts / voices[:, None]
        effective = (self.times * voices * tempering(voices, correlation))[:, None]
        way, label = np.nonzero(self.counts)
        stated = self.counts[way, label][:, None]
        starts = np.searchsorted(way, np.arange(len(voices)))
        whole = log_gamma(np.full(1, weight)) - log_gamma(weight + voices)
        table, reached = share, -np.inf
        count = self.counts.shape[1]
        for _ in range(_TURNS):
            mean = (table * effective).T @ share + 0.5 / count + 0.5 * np.eye(count)
            mean /= mean.sum(axis=1, keepdims=True)
            common = 1.0 + (table * self.times[:, None]).sum(axis=0)
            one = weight * mean.T[label]
            rises = np.add.reduceat(log_gamma(one + stated) - log_gamma(one), starts, axis=0)
            scores = rises + whole[:, None] + np.log(common / common.sum())
            peak = scores.max(axis=1)
            table = rows_softmax(scores)
            each = peak + np.log(np.exp(scores - peak[:, None]).sum(axis=1))
            before, reached = reached, float((self.times * each).sum())
            if reached - before <= _SETTLED:
                break
        return reached


def _divided(labels: Labels) -> _Votes:
    """The votes on objects that have more than one."""
    told = labels.assertions
    cells = labels.about * labels.count + labels.label
    size = len(told.objects) * labels.count
    counts = sums_by(cells, told.weight, size).reshape(-1, labels.count)
    several = counts[np.bincount(labels.about, minlength=len(counts)) > 1]
    ways, times = np.unique(several, axis=0, return_counts=True)
    return _Votes(np.asarray(ways, dtype=np.float64), times.astype(np.float64))


def _table(labels: Labels, model: Fit) -> Floats:
    """Probabilities as a table of objects by labels; what is unstated is shared out evenly."""
    if model.labels is not None:
        return model.labels
    table = labels.table(model.probability)
    if model.unstated is None:
        return table
    stated = labels.table(np.ones(labels.assertions.claims)) > 0.0
    others = np.maximum((~stated).sum(axis=1), 1)
    return np.where(stated, table, (model.unstated / others)[:, None])
