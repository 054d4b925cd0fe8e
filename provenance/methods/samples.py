"""Sampled worlds: yes/no functions of independent chances, as rows with one bit for each world."""

from __future__ import annotations

import random
from collections.abc import Sequence

__all__ = ["Samples"]

_DIGITS = 32


class Samples:
    """As many worlds as asked for, drawn from a seed; a function is a row of bits over them.

    Probabilities are met to within 2^-32.
    """

    nowhere = 0

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.everywhere = (1 << size) - 1
        self._randomness = random.Random(seed)

    def all_of(self, functions: Sequence[int]) -> int:
        """Every one of several functions at once."""
        row = self.everywhere
        for each in functions:
            row &= each
        return row

    def any_of(self, functions: Sequence[int]) -> int:
        """At least one of several functions."""
        row = 0
        for each in functions:
            row |= each
        return row

    def differ(self, first: int, second: int) -> int:
        """The first function and not the second."""
        return first & ~second

    def tossed(self, probability: float) -> int:
        """A coin thrown in every world: a row in which each bit is set with this probability."""
        digits = round(probability * (1 << _DIGITS))
        if digits >> _DIGITS:
            return self.everywhere
        row = 0
        # From the last binary digit to the first, each toss halves what is there and adds a half
        # where the digit is set; zeros at the end would only halve nothing.
        for place in range((digits & -digits).bit_length() - 1 if digits else _DIGITS, _DIGITS):
            toss = self._randomness.getrandbits(self.size)
            row = row | toss if (digits >> place) & 1 else row & toss
        return row
