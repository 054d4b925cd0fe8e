"""Two sources that may not speak independently, as a value with its facts."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np

from provenance.learning.citations import Relays
from provenance.learning.copy_search import Search, later_source
from provenance.learning.crowd import Told

__all__ = ["CopyingPair", "inferred_pairs", "with_citations"]


@attrs.frozen
class CopyingPair:
    """Two sources, and how likely one copies the other or both copy a third.

    >>> pair = CopyingPair(0, 1, 0.97, 0.8, 40, 38, copier=1, copier_probability=0.9)
    >>> pair.copier, pair.cited
    (1, 0)
    """

    first: int
    """The code of one source; the smaller code unless the direction is known."""
    second: int
    """The code of the other source."""
    probability: float
    """How likely it is that they do not speak independently, in [0, 1]; 1 where one cites the other."""
    share: float
    """The part of what they share that is copied, if they copy, in [0, 1]."""
    objects: int
    """The objects of which both speak."""
    agreements: int
    """The claims that both make."""
    copier: int | None
    """The source that speaks later or cites the other; None when not known."""
    copier_probability: float | None
    """How likely `copier` is the one that copies, given that one does; None when not known."""
    cited: int = 0
    """The claims that one takes from the other on record."""


def inferred_pairs(search: Search, threshold: float) -> tuple[CopyingPair, ...]:
    """The pairs at or above the threshold, likeliest first."""
    likely = np.flatnonzero(search.probability >= threshold)
    return _in_order(_inferred_pair(search, int(place)) for place in likely)


def _inferred_pair(search: Search, place: int) -> CopyingPair:
    first, second = int(search.pairs.first[place]), int(search.pairs.second[place])
    second_later, first_later = (int(counts[place]) for counts in search.later)
    copier, certainty = None, None
    if second_later != first_later:
        copier = second if second_later > first_later else first
        certainty = later_source(max(second_later, first_later), min(second_later, first_later))
    return CopyingPair(
        first=min(first, second),
        second=max(first, second),
        probability=float(search.probability[place]),
        share=float(search.share[place]),
        objects=int(search.found.objects[place]),
        agreements=int(search.found.agreements[place]),
        copier=copier,
        copier_probability=certainty,
    )


def _in_order(pairs: Iterable[CopyingPair]) -> tuple[CopyingPair, ...]:
    """Likeliest first, then by how much is shared, then by code."""
    return tuple(sorted(pairs, key=lambda p: (-p.probability, -p.share, p.first, p.second)))


def with_citations(
    pairs: tuple[CopyingPair, ...], relays: Relays, told: Told
) -> tuple[CopyingPair, ...]:
    """Pairs on record stand beside the inferred ones, and replace them where both are known."""
    key = relays.citing * told.sources + relays.cited
    keys, counts = np.unique(key, return_counts=True)
    made = {(p.first, p.second): p for p in pairs}
    recorded: dict[tuple[int, int], CopyingPair] = {}
    ends = (keys // told.sources).tolist(), (keys % told.sources).tolist()
    for citing, cited, count in zip(*ends, counts.tolist(), strict=True):
        both = (min(citing, cited), max(citing, cited))
        earlier = recorded.get(both)
        if earlier is None or count > earlier.cited:
            recorded[both] = _on_record(told, made.get(both), citing, cited, count)
        elif count == earlier.cited:
            # They cite each other as often: neither is the copier, whatever their names.
            recorded[both] = attrs.evolve(earlier, copier=None, copier_probability=None)
    return _in_order({**made, **recorded}.values())


def _on_record(
    told: Told, inferred: CopyingPair | None, citing: int, cited: int, count: int
) -> CopyingPair:
    spans = [
        slice(told.first_of_source[source], told.first_of_source[source + 1])
        for source in (citing, cited)
    ]
    objects = len(np.intersect1d(told.object[spans[0]], told.object[spans[1]]))
    agreements = len(np.intersect1d(told.claim[spans[0]], told.claim[spans[1]]))
    share = min(1.0, count / max(objects, count))
    return CopyingPair(
        first=min(citing, cited),
        second=max(citing, cited),
        probability=1.0,
        share=share if inferred is None else max(share, inferred.share),
        objects=objects,
        agreements=agreements,
        copier=citing,
        copier_probability=1.0,
        cited=count,
    )
