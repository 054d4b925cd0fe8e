"""Several models of shared labels, each believed as far as it foretells what sources say."""

from __future__ import annotations

import math

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.confusions import coin_tables, ibcc, pooled_ibcc
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.estimates import Estimate, Floats, Known

__all__ = ["averaged_ibcc", "foretelling_weights"]


def averaged_ibcc(
    assertions: Assertions,
    known: Known = None,
    *,
    dependence: float = DEPENDENCE,
    rounds: int = 500,
    limit: float = 1e-5,
) -> Estimate:
    """The mean of `ibcc`, `pooled_ibcc` and `coin_tables`, weighed by how well each foretells.

    Whether sources are strangers, of one kind, or each as good on all labels is not known
    beforehand. Each model foretells every assertion from what the others say of the object and
    what its source says elsewhere; where that is better beyond chance, the model is believed.

    Costs what the three cost together, and a pass for each.
    """
    models = [
        model(assertions, known, dependence=dependence, rounds=rounds, limit=limit)
        for model in (ibcc, pooled_ibcc, coin_tables)
    ]
    scores = [model.foretold for model in models if model.foretold is not None]
    weights = foretelling_weights(np.stack(scores))

    def mean(name: str) -> Floats:
        parts = [getattr(model, name) for model in models]
        return np.asarray(sum(w * part for w, part in zip(weights, parts, strict=True)))

    return Estimate(
        probability=mean("probability"),
        right=mean("right"),
        wrong=mean("wrong"),
        changes=max((model.changes for model in models), key=len),
        converged=all(model.converged for model in models),
        chance=mean("chance"),
        labels=mean("labels"),
        confusions=mean("confusions"),
        classes=mean("classes"),
        foretold=mean("foretold"),
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
