"""Stakes: what a source gains or loses by saying something, as ratios of interest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from provenance.errors import UnknownName

__all__ = ["STAKES", "STAKES_SOURCE", "interest_ratio"]

_WHATEVER_IS_TRUE = "says so whatever is true"

STAKES: Mapping[str, float] = MappingProxyType(
    {
        "gains": 1.7,
        "gains strongly": 3.0,
        "loses": 1 / 1.7,
        "loses strongly": 1 / 3.0,
        _WHATEVER_IS_TRUE: 20.0,
    }
)
"""P(would say this | not tracking) / P(would say it | tracking), by stake, when affirming."""

STAKES_SOURCE = (
    "judgement: the direction follows the doctrine of statements against interest (for example "
    "rule 804(b)(3) of the US Federal Rules of Evidence), and a factor of 3 is exactly one "
    "Admiralty grade between B, C and D; no measured ratio was found"
)
"""Where the numbers of `STAKES` come from."""


def interest_ratio(stake: str, denies: bool = False) -> float:
    """How much likelier a source that does not track the matter is to say this, as a ratio above 0.

    A denial by a source that would gain from the claim is a statement against interest, so denying
    turns the ratio over; "says so whatever is true" is the same both ways.
    Raises `UnknownName` for a stake that is not one of `STAKES`.

    >>> interest_ratio("gains strongly")
    3.0
    >>> interest_ratio("loses strongly", denies=True)
    3.0
    >>> interest_ratio("says so whatever is true", denies=True)
    20.0
    """
    if stake not in STAKES:
        raise UnknownName("stake", stake, STAKES)
    ratio = STAKES[stake]
    return 1 / ratio if denies and stake != _WHATEVER_IS_TRUE else ratio
