"""Several views of shared labels, averaged instead of betted on.

Models of shared labels differ in what they take for granted: that every source has confusions of
its own (`averaged-ibcc`), that all have much the same (`pooled-ibcc`), that each is as good on all
labels (`one-coin`), that objects of one label come in kinds that are hard in the same way (`ebcc`),
or nothing at all (the share of votes). Which of them holds is not in the table: weights by how well
each foretells what sources say always end at the model with the most parameters, whose errors are
then nobody's to correct. The equal mean needs no weights, is hard to beat where these are uncertain
(Clemen, Combining forecasts, International Journal of Forecasting 5, 1989), and is less sure of
itself than its members exactly where they contradict each other.
"""

from __future__ import annotations

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.encoding import Floats
from provenance.learning.estimates import DEPENDENCE, Fit, Known
from provenance.learning.labels import Labels
from provenance.learning.methods.dawid_skene import averaged_ibcc, pooled_ibcc
from provenance.learning.methods.ebcc import ebcc
from provenance.learning.methods.one_coin import one_coin
from provenance.learning.methods.voting import majority_vote

__all__ = ["blend"]

# What is averaged need not be settled to the last digit.
_ROUNDS, _LIMIT = 150, 1e-4


def blend(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = _ROUNDS,
    limit: float = _LIMIT,
) -> Fit:
    """The equal mean of `averaged-ibcc`, `pooled-ibcc`, `one-coin`, `ebcc` and the vote shares.

    Args:
        assertions: Who said what; objects share labels.
        known: Claims known true or false.
        dependence: Correlation of errors within an object, see `estimates.tempering`.
        rounds: At most so many iterations of each.
        limit: Each stops when no probability changes by more.

    Costs what the five cost together.

    >>> told = Assertions.of([(s, o, o % 2) for s in "abc" for o in range(8)] + [("d", 0, 1)])
    >>> blend(told).probability[:2].round(2).tolist()
    [0.87, 0.13]
    """
    labels = Labels.of(assertions, "blend")
    models = [
        model(assertions, known, dependence=dependence, rounds=rounds, limit=limit)
        for model in (averaged_ibcc, pooled_ibcc, ebcc, one_coin)
    ]
    tables = [_table(labels, model) for model in models]
    tables.append(labels.held(_table(labels, majority_vote(assertions, known)), known))
    table = np.mean(tables, axis=0)
    of_labels = models[:3]

    def mean(name: str, among: list[Fit]) -> Floats:
        return np.asarray(np.mean([getattr(model, name) for model in among], axis=0))

    return attrs.evolve(
        models[0],
        probability=labels.of_claims(table),
        right=mean("right", models),
        wrong=mean("wrong", models),
        doubt=mean("doubt", models),
        chance=mean("chance", of_labels),
        labels=table,
        confusions=mean("confusions", of_labels),
        classes=mean("classes", of_labels),
        changes=max((model.changes for model in models), key=len),
        converged=all(model.converged for model in models),
        foretold=None,
    )


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
