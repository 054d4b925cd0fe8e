"""Which assertions are taken from which, where citations put it on record."""

from __future__ import annotations

import attrs
import numpy as np
from numpy.typing import NDArray

from provenance.learning.crowd import Told
from provenance.learning.rows import Rows

__all__ = ["Relays", "followed", "preferred"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@attrs.frozen(eq=False)
class Relays:
    """For every assertion the one it was taken from in the end, and with how many it shares it."""

    origin: Ints
    """For every assertion its origin; itself where it cites nobody, -1 where the cited is absent."""
    company: Floats
    """For every assertion how many assertions have the same origin, itself included."""
    citing: Ints
    """For every cited claim the source that cites."""
    cited: Ints
    """The source that it cites."""

    def weights(self, of_origins: Floats) -> Floats:
        """The weight of every origin, divided among the assertions taken from it."""
        return np.where(self.origin >= 0, of_origins[self.origin], 1.0) / self.company


def followed(told: Told, cited: Ints) -> Relays:
    """Follow citations of the same claim to their start; a circle counts as one origin.

    Args:
        told: The assertions.
        cited: For every assertion the source it cites, -1 where none; citing oneself is nothing.
    """
    count = len(told.source)
    cites = (cited >= 0) & (cited != told.source)
    # Sorted by source, then claim: so these keys rise.
    keys = told.source * told.claims + told.claim
    wanted = cited[cites] * told.claims + told.claim[cites]
    place = np.minimum(np.searchsorted(keys, wanted), max(count - 1, 0))
    present = keys[place] == wanted
    absent, stand_in = np.unique(wanted[~present], return_inverse=True)
    parent = np.arange(count + len(absent))
    target = np.where(present, place, 0)
    target[~present] = count + stand_in
    parent[np.flatnonzero(cites)] = target
    root = _roots(parent)[:count]
    company = np.bincount(root, minlength=len(parent))[root].astype(np.float64)
    return Relays(
        origin=np.where(root < count, root, -1),
        company=company,
        citing=told.source[cites],
        cited=cited[cites],
    )


def _roots(parent: Ints) -> Ints:
    """The end of every chain; for chains that run in a circle its smallest member."""
    far, least = parent.copy(), np.minimum(parent, np.arange(len(parent)))
    for _ in range(max(1, len(parent).bit_length())):
        least = np.minimum(least, least[far])
        far = far[far]
    return np.where(parent[far] == far, far, least[far])


def preferred(rows: Rows) -> Ints:
    """For every row a rank: of equal rows that cite different sources the highest one counts.

    A citation comes before none, one of a source that makes the same claim before others, and
    among those structure decides (as between tied values), so that no renaming changes which.
    """
    from provenance.learning.assertions import Assertions
    from provenance.learning.leading import signatures

    cited = np.full(len(rows.source), -1) if rows.cited is None else rows.cited
    cites = (cited >= 0) & (cited != rows.source)
    claim = rows.object * len(rows.values) + rows.value
    claim = np.unique(claim, return_inverse=True)[1] * len(rows.sources)
    alike = np.isin(claim + cited, claim + rows.source)
    plain = Assertions.arranged(attrs.evolve(rows, cited=None, number=None, time=None), "sets", "")
    of_source = np.append(np.unique(signatures(plain)[1], return_inverse=True)[1], 0)
    # The last term only separates sources that are alike in everything else.
    rank = (alike * (len(of_source) + 1) + of_source[cited]) * (len(of_source) + 1) + cited
    return np.where(cites, 1 + rank, 0).astype(np.int64)
