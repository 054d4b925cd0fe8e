"""Every method by name: what it is for, what it can use, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import attrs

from provenance.errors import UnknownName
from provenance.learning import (
    accu,
    averaging,
    coin,
    confusions,
    galland,
    gaussian,
    glad,
    investments,
    latent_truth,
    mace,
    resolution,
    subtypes,
    truthfinder,
    voting,
)
from provenance.learning.estimates import Estimate

__all__ = ["METHODS", "Method", "method_named"]


@attrs.frozen
class Method:
    """A method and what to know before choosing it.

    >>> method = METHODS["dawid-skene"]
    >>> method.source, method.values, method.calibrated
    ('Dawid and Skene 1979', 'shared labels', False)
    """

    name: str
    """The name by which `learn` takes it."""
    run: Callable[..., Estimate]
    """The function from assertions (and known claims) to an estimate."""
    source: str
    """The paper, short."""
    values: Literal["own", "shared labels", "numbers", "sets"] = "own"
    """What it needs: objects with values of their own, shared labels, numbers, or sets."""
    calibrated: bool = False
    """Whether its probabilities are meant as such; the others are shares or scores."""
    tempered: bool = False
    """Whether it takes `dependence`."""


METHODS: Mapping[str, Method] = {
    method.name: method
    for method in (
        Method("majority", voting.majority_vote, "plain voting"),
        Method("weighted-vote", voting.weighted_vote, "worker agreement with the vote (Wawa)"),
        Method("sums", investments.sums, "Pasternack and Roth 2010"),
        Method("average-log", investments.average_log, "Pasternack and Roth 2010"),
        Method("investment", investments.investment, "Pasternack and Roth 2010"),
        Method("pooled-investment", investments.pooled_investment, "Pasternack and Roth 2010"),
        Method("truthfinder", truthfinder.truth_finder, "Yin, Han and Yu 2007"),
        Method("2-estimates", galland.two_estimates, "Galland et al. 2010"),
        Method("3-estimates", galland.three_estimates, "Galland et al. 2010"),
        Method("accu", accu.accu, "Dong, Berti-Equille and Srivastava 2009"),
        Method("popaccu", accu.popaccu, "Dong, Saha and Srivastava 2012"),
        Method("accucopy", accu.accu_copy, "Dong, Berti-Equille and Srivastava 2009"),
        Method("crh", resolution.crh, "Li et al. 2014 (SIGMOD)"),
        Method("catd", resolution.catd, "Li et al. 2014 (VLDB)"),
        Method("glad", glad.glad, "Whitehill et al. 2009"),
        Method(
            "one-coin",
            coin.one_coin,
            "Liu, Peng and Ihler 2012; wrong values as in Dong, Saha and Srivastava 2012",
            calibrated=True,
            tempered=True,
        ),
        Method("dawid-skene", confusions.dawid_skene, "Dawid and Skene 1979", "shared labels"),
        Method(
            "ibcc",
            confusions.ibcc,
            "Kim and Ghahramani 2012",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "pooled-ibcc",
            confusions.pooled_ibcc,
            "Kim and Ghahramani 2012, prior fitted to all sources",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "coin-tables",
            confusions.coin_tables,
            "Liu, Peng and Ihler 2012, with frequencies of labels",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "averaged-ibcc",
            averaging.averaged_ibcc,
            "ibcc, pooled-ibcc and coin-tables, weighed as in Yao et al. 2018",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method(
            "ebcc",
            subtypes.ebcc,
            "Li, Rubinstein and Cohn 2019",
            "shared labels",
            calibrated=True,
            tempered=True,
        ),
        Method("mace", mace.mace, "Hovy et al. 2013", "shared labels"),
        Method("gtm", gaussian.gaussian_truth, "Zhao and Han 2012", "numbers", calibrated=True),
        Method("ltm", latent_truth.latent_truth, "Zhao et al. 2012", "sets", calibrated=True),
    )
}
"""The methods, in the order of the reference page."""


def method_named(name: str) -> Method:
    """The method of that name; `UnknownName` offers the nearest.

    >>> method_named("one-coin").calibrated
    True
    """
    if name not in METHODS:
        raise UnknownName("method", str(name), ("auto", *METHODS))
    return METHODS[name]
