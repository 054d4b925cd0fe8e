"""How much of each assertion is its source's own: copies, common origins and citations discounted."""

from __future__ import annotations

import numpy as np

from provenance.learning.assertions import Assertions
from provenance.learning.copying import copying_between
from provenance.learning.estimates import Floats

__all__ = ["own_part"]


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
