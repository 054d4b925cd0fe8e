"""The logarithm of the gamma function and its derivative, for arrays of positive numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["digamma", "log_gamma"]

_SHIFT = 6
_HALF_LOG_TAU = 0.9189385332046727


def digamma(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The derivative of the logarithm of the gamma function, to about 1e-12 for numbers above 0.

    Recurrence by 6, then the asymptotic series (Abramowitz and Stegun, 6.3.18).

    >>> float(digamma(np.array([1.0]))[0].round(10))
    -0.5772156649
    """
    small = np.asarray(numbers, dtype=np.float64)
    below = sum(1.0 / (small + step) for step in range(_SHIFT))
    large = small + _SHIFT
    square = 1.0 / (large * large)
    series = square * (
        1 / 12
        - square
        * (
            1 / 120
            - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - square * 691 / 32760)))
        )
    )
    return np.asarray(np.log(large) - 0.5 / large - series - below)


def log_gamma(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logarithm of the gamma function, to about 1e-12 for numbers above 0.

    Recurrence by 6, then Stirling's series (Abramowitz and Stegun, 6.1.41).

    >>> float(log_gamma(np.array([5.0]))[0].round(10))
    3.1780538303
    """
    small = np.asarray(numbers, dtype=np.float64)
    product = small
    for step in range(1, _SHIFT):
        product = product * (small + step)
    large = small + _SHIFT
    square = 1.0 / (large * large)
    series = (
        1 / 12
        - square
        * (
            1 / 360
            - square
            * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * 691 / 360360)))
        )
    ) / large
    return np.asarray(
        (large - 0.5) * np.log(large) - large + _HALF_LOG_TAU + series - np.log(product)
    )
