"""How much the voices on one object count together, when their errors are not independent."""

from __future__ import annotations

import numpy as np

from provenance.learning.estimates import Floats

__all__ = ["DEPENDENCE", "tempering"]

DEPENDENCE = 0.25
"""Correlation of the errors on one object that no method models: judgement, not measurement.

Sources err on the same hard objects, so a crowd is never worth more than 1 / 0.25 = 4 independent
voices. It cannot be learned from assertions alone (errors made together look like truth); known
truths can correct it.
"""


def tempering(voices: Floats, dependence: float) -> Floats:
    """What evidence of so many voices counts, as a part of what it would if they were independent.

    Voices that err together with correlation r carry as much as n / (1 + (n - 1) r) independent
    ones (the design effect of Kish, Survey Sampling, 1965, section 8.2), never more than 1 / r.

    >>> tempering(np.array([1.0, 10.0]), 0.25).round(3).tolist()
    [1.0, 0.308]
    """
    return 1.0 / (1.0 + np.maximum(0.0, voices - 1.0) * dependence)
