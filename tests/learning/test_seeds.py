"""A seed decides everything that is drawn: the same one the same figures, another one others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from provenance.learning import (
    calibrate,
    calibration_of_values,
    calibration_report,
    read_outcomes,
)
from provenance.learning.calibration import calibration
from provenance.learning.planted import planted

draws = np.random.default_rng(0)
RIGHT = draws.beta(2.0, 2.0, 200)
CAME = draws.random(200) < RIGHT
STATED = RIGHT**2 / (RIGHT**2 + (1.0 - RIGHT) ** 2)
ROWS = ["probability,outcome", *(f"{p},{int(y)}" for p, y in zip(STATED, CAME, strict=True))]
OF_TWO = np.stack([STATED, 1.0 - STATED], axis=1).ravel()
FIRST, TRUE = np.arange(0, 401, 2), np.where(CAME, 0, 1)


def world(seed: int) -> list[Any]:
    made = planted(sources=8, objects=60, copiers=0.2, seed=seed)
    return [made.source.tolist(), made.value.tolist(), made.time.tolist(), made.groups]


DRAWN: dict[str, Callable[[int], Any]] = {
    "calibration": lambda seed: calibration(STATED, CAME, seed=seed).ece_interval,
    "calibration_of_values": lambda seed: (
        calibration_of_values(OF_TWO, FIRST, TRUE, seed=seed).most_likely.ece_interval
    ),
    "calibrate": lambda seed: calibrate(STATED, CAME, seed=seed).losses,
    "calibration_report": lambda seed: calibration_report(
        read_outcomes(ROWS), "beta", seed=seed
    ).to_json(),
    "planted": world,
}


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_the_same_seed_gives_the_same_and_another_seed_something_else(name: str) -> None:
    drawn = DRAWN[name]

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)
