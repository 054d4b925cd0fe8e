"""Masses of belief over sets of answers, and Dempster's rule of combination.

Source: Shafer, A Mathematical Theory of Evidence, Princeton 1976, chapters 2 and 3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from provenance.errors import InvalidValue

__all__ = ["Combination", "Masses", "combine"]

LARGEST_COMBINATION = 1 << 20
"""How many pairs of sets one step of a combination may multiply."""


@attrs.frozen
class Masses:
    """How much of the evidence points to each set of answers, and no further.

    The masses are at least 0 and sum to 1; `Masses.of` adds up equal sets and drops zeros.
    A set of one answer may be written as the answer alone.
    Raises `InvalidValue` for an empty set, a mass outside [0, 1] or another sum.

    >>> witness = Masses.of({("Peter", "Jane"): 0.8, ("Peter", "Jane", "Mary"): 0.2})
    >>> witness.belief("Peter"), witness.plausibility("Peter")
    (0.0, 1.0)
    """

    focal: tuple[tuple[frozenset[str], float], ...]
    """Each set of answers with mass, in a fixed order, and its mass."""

    def __attrs_post_init__(self) -> None:
        for answers, mass in self.focal:
            if not answers:
                raise InvalidValue("expected sets with at least one answer, found an empty one")
            if not 0.0 <= mass <= 1.0 + 1e-9:
                raise InvalidValue(f"expected a mass between 0 and 1, found {mass!r}")
        total = math.fsum(mass for _, mass in self.focal)
        if abs(total - 1.0) > 1e-6:
            raise InvalidValue(f"expected masses that sum to 1, found {total!r}")

    @classmethod
    def of(cls, masses: Mapping[Iterable[str], float]) -> Masses:
        """Masses from a mapping of groups of answers, whose order does not matter."""
        return cls(_settled((_group(answers), mass) for answers, mass in masses.items()))

    def belief(self, answers: Iterable[str]) -> float:
        """How much of the evidence implies that one of these answers holds, in [0, 1]."""
        wanted = _group(answers)
        return math.fsum(mass for group, mass in self.focal if group <= wanted)

    def plausibility(self, answers: Iterable[str]) -> float:
        """How much of the evidence does not speak against all of these answers, in [0, 1]."""
        wanted = _group(answers)
        return math.fsum(mass for group, mass in self.focal if group & wanted)


@attrs.frozen
class Combination:
    """Several bodies of evidence as one."""

    masses: Masses
    """The combined masses, scaled up to 1 after the conflict was taken out."""
    conflict: float
    """The share of the joint mass on which they contradicted each other, in [0, 1)."""


def combine(bodies: Sequence[Masses]) -> Combination:
    """Independent bodies of evidence combined by Dempster's rule (Shafer 1976, section 3.1).

    The order does not matter.  Costs at most the product of the numbers of sets, two bodies at a
    time, and never more than 2^20 at a step; beyond that, and when the bodies contradict each
    other entirely, `InvalidValue` is raised.

    >>> first = Masses.of({"A": 0.9, "C": 0.1})
    >>> second = Masses.of({"B": 0.9, "C": 0.1})
    >>> joint = combine([first, second])
    >>> round(joint.masses.belief("C"), 9), round(joint.conflict, 9)
    (1.0, 0.99)
    """
    if not bodies:
        raise InvalidValue("expected one body of evidence or more, found none")
    joint, agreement = bodies[0], 1.0
    for body in bodies[1:]:
        if len(joint.focal) * len(body.focal) > LARGEST_COMBINATION:
            raise InvalidValue(
                f"expected at most {LARGEST_COMBINATION} pairs of sets to combine, "
                f"found {len(joint.focal)} times {len(body.focal)}"
            )
        met = _settled(
            (mine & theirs, mass * other)
            for mine, mass in joint.focal
            for theirs, other in body.focal
        )
        kept = math.fsum(mass for group, mass in met if group)
        if kept <= 0.0:
            raise InvalidValue("expected bodies that agree on something, found entire conflict")
        agreement *= kept
        joint = Masses(tuple((group, mass / kept) for group, mass in met if group))
    return Combination(joint, 1.0 - agreement)


def _group(answers: Iterable[str]) -> frozenset[str]:
    return frozenset((answers,) if isinstance(answers, str) else answers)


def _settled(
    pairs: Iterable[tuple[frozenset[str], float]],
) -> tuple[tuple[frozenset[str], float], ...]:
    found: dict[frozenset[str], float] = {}
    for group, mass in pairs:
        found[group] = found.get(group, 0.0) + mass
    # Sets print in an order that changes from run to run, so they are sorted by their names.
    ordered = sorted(found.items(), key=lambda item: (len(item[0]), sorted(item[0])))
    return tuple((group, mass) for group, mass in ordered if mass != 0.0)
