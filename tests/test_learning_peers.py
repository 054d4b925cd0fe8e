"""Where crowd-kit makes the same updates, the numbers are the same.

Only Dawid-Skene is the same in both. Its one-coin model is maximum likelihood with frequencies of
labels; `one-coin` here integrates over accuracies and over how wrong values spread, so the two
differ by definition.
"""

from __future__ import annotations

import numpy as np
import pytest

from provenance.learning.assertions import Assertions
from provenance.learning.confusions import dawid_skene

pandas = pytest.importorskip("pandas")
aggregation = pytest.importorskip("crowdkit.aggregation")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("rounds", [1, 2, 5, 20])
def test_dawid_skene_is_that_of_crowd_kit(rounds: int) -> None:
    random = np.random.default_rng(2)
    truth = random.integers(3, size=80)
    told = [
        (
            f"w{w}",
            f"t{t:02}",
            f"l{truth[t] if random.random() < 0.5 + w / 20 else random.integers(3)}",
        )
        for w in range(8)
        for t in range(80)
        if random.random() < 0.7
    ]
    table = Assertions.of(told)

    ours = dawid_skene(table, rounds=rounds, limit=0.0)
    frame = pandas.DataFrame(told, columns=["worker", "task", "label"])
    peer = aggregation.DawidSkene(n_iter=rounds, tol=-np.inf).fit_predict_proba(frame)

    theirs = peer.loc[list(table.objects), list(table.values)].to_numpy()
    assert ours.labels == pytest.approx(theirs, abs=1e-6)
