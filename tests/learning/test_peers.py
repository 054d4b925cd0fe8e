"""Where crowd-kit and truthdiscovery make the same updates, the numbers are the same.

Of crowd-kit that is voting and Dawid-Skene. Its one-coin model is maximum likelihood with frequencies
of labels, where `one-coin` here integrates over accuracies and over how wrong values spread; its
Wawa gives a tie to one of the tied, where `weighted-vote` shares it out. Of truthdiscovery all
methods are the same, from the same start.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from provenance.learning.assertions import Assertions
from provenance.learning.learn import METHODS
from provenance.learning.methods.dawid_skene import dawid_skene

random = np.random.default_rng(2)
TRUTH = random.integers(3, size=80)
LABELS = [
    (f"w{w}", f"t{t:02}", f"l{TRUTH[t] if random.random() < 0.5 + w / 20 else random.integers(3)}")
    for w in range(8)
    for t in range(80)
    if random.random() < 0.7
]
OWN = [(source, about, f"{about} {value}") for source, about, value in LABELS]


@pytest.fixture
def crowd_kit() -> Any:
    pytest.importorskip("pandas")
    return pytest.importorskip("crowdkit.aggregation")


@pytest.fixture
def discovery() -> Any:
    return pytest.importorskip("truthdiscovery")


def fixed(rounds: int) -> Any:
    return pytest.importorskip("truthdiscovery.utils.iterator").FixedIterator(rounds)


def frame_of_labels() -> Any:
    import pandas

    return pandas.DataFrame(LABELS, columns=["worker", "task", "label"])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("rounds", [1, 2, 5, 20])
def test_dawid_skene_is_that_of_crowd_kit(crowd_kit: Any, rounds: int) -> None:
    table = Assertions.of(LABELS)

    ours = dawid_skene(table, rounds=rounds, limit=0.0)
    peer = crowd_kit.DawidSkene(n_iter=rounds, tol=-np.inf).fit_predict_proba(frame_of_labels())

    theirs = peer.loc[list(table.objects), list(table.values)].to_numpy()
    assert ours.labels == pytest.approx(theirs, abs=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_voting_is_that_of_crowd_kit(crowd_kit: Any) -> None:
    table = Assertions.of(LABELS)

    shares = METHODS["majority"].run(table).probability
    peer = crowd_kit.MajorityVote().fit_predict_proba(frame_of_labels())

    for claim, about in enumerate(table.object_of_claim.tolist()):
        other = peer.loc[table.objects[about], table.value(claim)]
        assert shares[claim] == pytest.approx(other, abs=1e-6)


@pytest.mark.parametrize("rounds", [1, 2, 5, 20])
@pytest.mark.parametrize(
    ("ours", "theirs", "start"),
    [
        ("sums", "Sums", "COUNT"),
        ("average-log", "AverageLog", "COUNT"),
        ("investment", "Investment", "VOTED"),
        ("pooled-investment", "PooledInvestment", "VOTED"),
    ],
)
def test_trust_is_passed_on_as_in_truthdiscovery(
    discovery: Any, ours: str, theirs: str, start: str, rounds: int
) -> None:
    table, priors = Assertions.of(OWN), pytest.importorskip("truthdiscovery.algorithm.base")

    shares = METHODS[ours].run(table, rounds=rounds).probability
    method = getattr(discovery, theirs)
    peer = method(priors=priors.PriorBelief[start], iterator=fixed(rounds))
    found = peer.run(discovery.Dataset(OWN)).belief

    about = [table.objects[place] for place in table.object_of_claim.tolist()]
    beliefs = np.array([found[name][table.value(claim)] for claim, name in enumerate(about)])
    totals = np.add.reduceat(beliefs, table.first_claim[:-1])[table.object_of_claim]
    assert shares == pytest.approx(beliefs / totals, abs=1e-6)


@pytest.mark.parametrize("rounds", [1, 2, 5, 20])
def test_truthfinder_is_that_of_truthdiscovery(discovery: Any, rounds: int) -> None:
    table = Assertions.of(OWN)

    found = METHODS["truthfinder"].run(table, rounds=rounds)
    peer = discovery.TruthFinder(iterator=fixed(rounds)).run(discovery.Dataset(OWN))

    said = np.bincount(table.source)
    theirs = [peer.trust[name] for name in table.sources]
    assert (found.right - 1.0) / said == pytest.approx(theirs, abs=1e-6)
