"""How much of each assertion is its source's own: copies, common origins and citations discounted."""

from __future__ import annotations

from types import MappingProxyType

import attrs
import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.copying import Copying, CopyingPair, copying_between
from provenance.learning.estimates import Floats
from provenance.learning.labels import label_names

__all__ = ["copies_in", "discounted", "own_part"]

_MOSTLY = 0.6


def copies_in(assertions: Assertions) -> Copying:
    """Copying between the sources, as far as these values can show it.

    Where objects share a few labels, agreement is common, and sources that are right agree against
    sources that err alike; a model of confusions explains that better than copying. So there only
    pairs count that copy most of what they share (six tenths), or that cite each other.
    """
    found = copying_between(assertions)
    if label_names(assertions) is None:
        return found
    kept = tuple(pair for pair in found.pairs if pair.share >= _MOSTLY or pair.cited)
    if len(kept) == len(found.pairs):
        return found
    excused = {(p.first, p.second) for p in found.pairs} - {(p.first, p.second) for p in kept}
    others = {pair: p for pair, p in found.likelihoods.items() if pair not in excused}
    return attrs.evolve(
        found,
        pairs=kept,
        groups=_joined(kept),
        weights=_weights(assertions, kept),
        likelihoods=MappingProxyType(others),
    )


def discounted(assertions: Assertions, found: Copying | None) -> Assertions:
    """Assertions with each voice reduced to the part that is its own."""
    if found is None or bool((found.weights >= 1.0).all()):
        return assertions
    return attrs.evolve(assertions, share=assertions.weight * found.weights)


def _weights(assertions: Assertions, pairs: tuple[CopyingPair, ...]) -> Floats:
    """One over the voices that each assertion stands among, copies counted by their share."""
    among = np.ones(assertions.size)
    order = np.argsort(assertions.source, kind="stable")
    first = np.searchsorted(assertions.source[order], np.arange(len(assertions.sources) + 1))
    for pair in pairs:
        one, other = (order[first[s] : first[s + 1]] for s in (pair.first, pair.second))
        _, left, right = np.intersect1d(
            assertions.claim[one], assertions.claim[other], return_indices=True
        )
        among[one[left]] += pair.probability * pair.share
        among[other[right]] += pair.probability * pair.share
    return 1.0 / among


def _joined(pairs: tuple[CopyingPair, ...]) -> tuple[tuple[int, ...], ...]:
    """Sources that pairs join, directly or through others."""
    group: dict[int, set[int]] = {}
    for pair in pairs:
        together = group.get(pair.first, {pair.first}) | group.get(pair.second, {pair.second})
        group |= dict.fromkeys(together, together)
    return tuple(sorted({tuple(sorted(members)) for members in group.values()}))


def own_part(assertions: Assertions, probability: Floats, accuracy: Floats) -> Floats:
    """For every assertion the part of an independent voice it is, in (0, 1].

    Copying is looked for with the accuracies given; claims given as certain count as known.
    """
    certain = (probability == 1.0) | (probability == 0.0)
    true = np.where(certain, probability, np.nan)[assertions.claim]
    unanimous = assertions.values_per_object[assertions.object] == 1
    found = copying_between(
        assertions, true=np.where(unanimous, np.nan, true), accuracy=np.clip(accuracy, 0.0, 1.0)
    )
    return found.weights
