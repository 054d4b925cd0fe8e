"""Do the intervals that `learn` gives for sources cover the true accuracy as often as they say?

Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): worlds are made up with known
accuracies, `learn` sees only what was said, and for every level it is counted how often the central
interval of `accuracy_of` holds the true accuracy. Prints the diagram as SVG.

    python benchmarks/coverage_of_learn.py > coverage.svg
"""

from __future__ import annotations

import sys

import numpy as np

from provenance.learning import learn
from provenance.learning.calibration import Bin, reliability_diagram
from provenance.learning.planted import planted

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
WORLDS = (
    {"values": 6, "accuracy": (0.4, 0.95)},
    {"values": 2, "accuracy": (0.55, 0.95)},
    {"values": 4, "accuracy": (0.5, 0.9), "density": 0.3},
    {"values": 6, "accuracy": (0.5, 0.9), "copiers": 0.2, "originals": 2},
)


def ranks(world: int, seed: int) -> list[float]:
    """For every source how much of what `learn` holds possible lies below its true accuracy."""
    made = planted(sources=20, objects=150, seed=seed, **WORLDS[world])
    codes = zip(made.source.tolist(), made.object.tolist(), made.value.tolist(), strict=True)
    found = learn(list(codes))
    rng = np.random.default_rng(seed)
    shares = []
    for source in np.flatnonzero(made.original < 0).tolist():
        degree = found.accuracy_of(source)
        a, b = degree.mean * degree.strength, (1.0 - degree.mean) * degree.strength
        # What a source says for itself has a frequency of its own; the interval is about that.
        shares.append(float((rng.beta(a, b, 2000) < made.accuracy[source]).mean()))
    return shares


def main() -> None:
    """Print the diagram, and the figures behind it to stderr."""
    found = []
    for world in range(len(WORLDS)):
        own = np.array([share for seed in range(20) for share in ranks(world, seed)])
        inside = [float((np.abs(own - 0.5) <= level / 2.0).mean()) for level in LEVELS]
        print(
            WORLDS[world],
            len(own),
            dict(zip(LEVELS, np.round(inside, 3), strict=True)),
            file=sys.stderr,
        )
        found.append(own)
    every = np.concatenate(found)
    bins = []
    for level in LEVELS:
        error = 1.645 * np.sqrt(level * (1.0 - level) / len(every))
        happened = float((np.abs(every - 0.5) <= level / 2.0).mean())
        band = (level - error, level + error)
        bins.append(Bin(level - 0.02, level + 0.02, len(every), level, happened, band))
    print(
        reliability_diagram(
            bins,
            title="Coverage of the intervals of sources' accuracies",
            across="stated level",
            up="held the true accuracy",
            below="sources in each simulation",
        )
    )


if __name__ == "__main__":
    main()
