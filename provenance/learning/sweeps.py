"""One pass of the one-coin model over all assertions, laid out so that memory is read in order.

Objects on which as many sources made as many claims have one *shape*. A million objects have a few
dozen shapes, and within a shape everything is a dense table: no sums over ragged runs, no claim
numbers to read. A pass then reads four bytes per assertion and writes almost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.assertions import Assertions
from provenance.learning.estimates import Floats, Known, by_claim, by_source, held, softmax

__all__ = ["Block", "blocked", "sweep"]

# Below this the plain pass is quick and exact to the last digit.
_LARGE = 200_000
# Objects of one shape that are worth a table, and how many are worked on while in cache.
_WORTHWHILE, _AT_ONCE = 64, 8_192


def sweep(assertions: Assertions, if_true: Floats, known: Known) -> Callable[[Floats], Floats]:
    """A function from the trust in each source to how much of what it says is believed.

    Args:
        assertions: Who said what.
        if_true: For every claim the log probability of what the others said, if it is true; the
            same for claims of one shape when no voice is shared.
        known: Claims known true or false.

    Large tables of whole voices take the blocked pass, in single precision: probabilities are
    good to about 1e-6.
    """
    if known is not None or assertions.share is not None or assertions.size < _LARGE:
        return _plain(assertions, if_true, known)
    blocks, rest = blocked(assertions, if_true)
    ragged = None if rest is None else _plain(rest[0], rest[1], None)

    def swept(trust: Floats) -> Floats:
        believed = np.zeros(len(trust)) if ragged is None else ragged(trust)
        narrow = trust.astype(np.float32)
        for block in blocks:
            block.add_to(believed, narrow)
        return believed

    return swept


def _plain(assertions: Assertions, if_true: Floats, known: Known) -> Callable[[Floats], Floats]:
    def swept(trust: Floats) -> Floats:
        voices = assertions.weight * trust[assertions.source]
        shares = held(softmax(assertions, by_claim(assertions, voices) + if_true), known)
        return by_source(assertions, assertions.weight * shares[assertions.claim])

    return swept


@attrs.frozen(eq=False)
class Block:
    """Objects of one shape."""

    source: NDArray[np.int32]
    """Sources, a row for each voice and a column for each object; voices of a claim together."""
    voices: tuple[int, ...]
    """How many voices each claim has, most first."""
    if_true: tuple[float, ...]
    """For each claim the log probability of the other voices, if it is true."""

    def add_to(self, believed: Floats, trust: NDArray[np.float32]) -> None:
        """Add to `believed` how much of what each source says of these objects is believed."""
        for start in range(0, self.source.shape[1], _AT_ONCE):
            source = self.source[:, start : start + _AT_ONCE].astype(np.intp)
            row = 0
            for voices, share in zip(self.voices, self._shares(trust.take(source)), strict=True):
                for voice in range(row, row + voices):
                    np.add.at(believed, source[voice], share)
                row += voices

    def _shares(self, said: NDArray[np.float32]) -> list[NDArray[np.float64]]:
        """The probability of each claim of each object, from the trust in its voices."""
        scores, row = [], 0
        for voices, if_true in zip(self.voices, self.if_true, strict=True):
            score = said[row] + np.float32(if_true)
            for place in range(row + 1, row + voices):
                score += said[place]
            scores.append(score)
            row += voices
        if len(scores) == 1:
            return [np.ones(said.shape[1])]
        peak = scores[0]
        for score in scores[1:]:
            peak = np.maximum(peak, score)
        odds = [np.exp(score - peak) for score in scores]
        total = sum(odds[1:], odds[0])
        return [(part / total).astype(np.float64) for part in odds]


def blocked(
    assertions: Assertions, if_true: Floats
) -> tuple[tuple[Block, ...], tuple[Assertions, Floats] | None]:
    """The blocks of all common shapes, and what is left as assertions of their own."""
    voices = np.diff(assertions.first_assertion)
    shape = _shapes(assertions, voices)
    order = np.argsort(shape, kind="stable")
    starts = np.flatnonzero(np.diff(shape[order], prepend=shape[order[0]] ^ np.uint64(1)))
    ends = np.append(starts[1:], len(order))
    common = ends - starts >= _WORTHWHILE
    blocks = tuple(
        _block(assertions, order[start:end], voices, if_true)
        for start, end in zip(starts[common].tolist(), ends[common].tolist(), strict=True)
    )
    rare = np.zeros(len(order), dtype=bool)
    for start, end in zip(starts[~common].tolist(), ends[~common].tolist(), strict=True):
        rare[order[start:end]] = True
    return blocks, _only(assertions, if_true, rare) if rare.any() else None


def _shapes(assertions: Assertions, voices: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A number for the multiset of voices of each object's claims: equal sets, equal numbers."""
    mixed = (voices.astype(np.uint64) + np.uint64(0x9E3779B9)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(32)
    return np.add.reduceat(mixed, assertions.first_claim[:-1])


def _block(
    assertions: Assertions, objects: NDArray[np.int64], voices: NDArray[np.int64], if_true: Floats
) -> Block:
    first = assertions.first_claim[objects]
    width = int(assertions.first_claim[objects[0] + 1] - first[0])
    claims = first[:, None] + np.arange(width)
    if width > 1:
        by_size = np.argsort(-voices[claims], axis=1, kind="stable")
        claims = np.take_along_axis(claims, by_size, axis=1)
    sizes = voices[claims[0]].tolist()
    rows = [
        assertions.source[assertions.first_assertion[claims[:, place]] + voice]
        for place, size in enumerate(sizes)
        for voice in range(size)
    ]
    return Block(np.stack(rows), tuple(sizes), tuple(if_true[claims[0]].tolist()))


def _only(
    assertions: Assertions, if_true: Floats, objects: NDArray[np.bool_]
) -> tuple[Assertions, Floats]:
    """The assertions about some objects, with all names and codes of sources kept."""
    claims = objects[assertions.object_of_claim]
    rows = claims[assertions.claim]
    moved = np.cumsum(claims) - 1
    kept = attrs.evolve(
        assertions,
        objects=tuple(_chosen(assertions.objects, objects)),
        source=assertions.source[rows],
        claim=moved[assertions.claim[rows]].astype(np.int32),
        value_of_claim=assertions.value_of_claim[claims],
        first_claim=np.concatenate(([0], np.cumsum(assertions.values_per_object[objects]))),
        number=None,
        time=None,
        cited=None,
    )
    return kept, if_true[claims]


def _chosen(names: tuple[object, ...], keep: NDArray[np.bool_]) -> Iterator[object]:
    return (names[place] for place in np.flatnonzero(keep).tolist())
