"""Numbers and lists in plain words: chances, percentages, errors, counts, names."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

__all__ = ["chance_in_words", "counted", "error_in_words", "named", "percent"]

_CHANCES = (
    (1, 20),
    (1, 10),
    (1, 6),
    (1, 5),
    (1, 4),
    (1, 3),
    (2, 5),
    (1, 2),
    (3, 5),
    (2, 3),
    (3, 4),
    (4, 5),
    (5, 6),
    (9, 10),
    (19, 20),
)


_WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def chance_in_words(probability: float) -> str:
    """A probability as a chance that can be pictured, rounded as far as judgement allows.

    >>> chance_in_words(0.21), chance_in_words(0.003), chance_in_words(0.5)
    ('about 1 in 5', 'about 1 in 300', 'about even')
    """
    if probability in (0.0, 1.0):
        return "certain" if probability else "impossible"
    if probability < 0.04:
        return f"about 1 in {_rounded(1.0 / probability):,}"
    if probability > 0.96:
        return f"all but 1 in {_rounded(1.0 / (1.0 - probability)):,}"
    odds = math.log(probability / (1.0 - probability))
    part, whole = min(_CHANCES, key=lambda c: abs(math.log(c[0] / (c[1] - c[0])) - odds))
    return "about even" if (part, whole) == (1, 2) else f"about {part} in {whole}"


def _rounded(number: float) -> int:
    """One significant digit; beyond all bounds, the largest number there is."""
    number = min(number, sys.float_info.max)
    scale: int = 10 ** math.floor(math.log10(number))
    return round(number / scale) * scale


def percent(probability: float) -> str:
    """A probability in percent, in as many digits as judgement has.

    >>> percent(0.214), percent(0.0042), percent(0.995)
    ('21 %', '0.4 %', '99.5 %')
    """
    if 0.01 <= probability <= 0.99 or probability in (0.0, 1.0):
        return f"{100.0 * probability:.0f} %"
    if probability < 0.001 or probability > 0.999:
        return "below 0.1 %" if probability < 0.5 else "above 99.9 %"
    return f"{100.0 * probability:.1f} %"


def error_in_words(error: float) -> str:
    """A standard error of a probability, to three places.

    >>> error_in_words(0.0123), error_in_words(8e-6)
    ('0.012', 'less than 0.001')
    """
    return f"{error:.3f}" if error >= 0.0005 else "less than 0.001"


def counted(count: int, noun: str) -> str:
    number = _WORDS[count] if count < len(_WORDS) else f"{count:,}"
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


def named(ids: Sequence[str], most: int = 4) -> str:
    """Some ids as a phrase, the rest counted.

    >>> named(["a", "b"])
    "'a' and 'b'"
    >>> named(list("abcdef"), most=2)
    "'a', 'b' and 4 more"
    """
    shown = [repr(each) for each in ids[:most]]
    if len(ids) > most:
        shown.append(f"{len(ids) - most} more")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
