"""Grades of reliability, A to F, and the other numbers that stand in where a case states none."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from provenance.errors import UnknownName
from provenance.scales.degrees import Degree

__all__ = [
    "ANONYMITY",
    "ANONYMITY_SOURCE",
    "DEFAULT_ACCESS",
    "DEFAULT_COMPETENCE",
    "DEFAULT_FIDELITY",
    "FIDELITY_SOURCE",
    "GRADES",
    "GRADES_SOURCE",
    "PROPOSED_COMPETENCE",
    "Anonymity",
    "grade",
]

GRADES: Mapping[str, Degree | None] = MappingProxyType(
    {
        "A": Degree(0.95, 20.0),
        "B": Degree(0.75, 12.0),
        "C": Degree(0.5, 8.0),
        "D": Degree(0.25, 8.0),
        "E": Degree(0.05, 10.0),
        "F": None,
    }
)
"""The Admiralty grades of a source as degrees of reliability; F, which cannot be judged, is None."""

GRADES_SOURCE = (
    "means: MISP taxonomy admiralty-scale, version 5 (A 100, B 75, C 50, D 25, E 0), with A and E "
    "pulled in by .05 so that no grade is dogmatic (judgement); strengths: judgement, in view of "
    "the wide disagreement between captains in Samet 1975 (ARI technical paper 260); wording: "
    "FM 2-22.3, appendix B"
)
"""Where the numbers of `GRADES` come from."""

DEFAULT_ACCESS = Degree(1.0)
"""The access of a source that states none: it could know."""

DEFAULT_COMPETENCE = Degree(1.0)
"""The competence of an origin that states none: it saw what it says it saw."""

DEFAULT_FIDELITY = Degree(0.88, 30.0)
"""The fidelity of a relay that states none."""

FIDELITY_SOURCE = (
    "Jergas and Baethge 2015, meta-analysis of quotation accuracy: major errors in 11.9 % "
    "[8.4, 16.6] of medical references; strength: judgement"
)
"""Where `DEFAULT_FIDELITY` comes from."""

PROPOSED_COMPETENCE = Degree(0.8, 8.0)
"""What drafting proposes for the competence of an origin (judgement); never applied silently."""


@attrs.frozen
class Anonymity:
    """What drafting proposes for a source, by how far the text names it."""

    reliability: Degree | str | None = None
    """A degree or a grade to propose; None where how it is named says nothing about it."""
    access: Degree | None = None
    """The access to propose, if any."""
    strength_factor: float = 1.0
    """By how much to scale the strength of a reliability that is stated otherwise, in (0, 1]."""
    same_voice: float = 0.0
    """The probability that two such voices on one story are one origin, in [0, 1]."""


ANONYMITY: Mapping[str, Anonymity] = MappingProxyType(
    {
        "named": Anonymity(),
        "role named": Anonymity(access=Degree(0.8, 6.0), strength_factor=0.5, same_voice=0.05),
        "well-informed source": Anonymity(Degree(0.5, 4.0), Degree(0.6, 4.0), same_voice=0.15),
        "sources say": Anonymity("F", same_voice=0.3),
    }
)
"""Proposals for unnamed sources, from named to "sources say"; never applied silently."""

ANONYMITY_SOURCE = "judgement: no data on how often anonymous sources of each kind are right"
"""Where the numbers of `ANONYMITY` come from."""


def grade(label: str) -> Degree | None:
    """The reliability that a grade A to F stands for; None for F, which cannot be judged.

    Raises `UnknownName` for anything but one of the six letters, in either case.

    >>> grade("B")
    Degree(mean=0.75, strength=12.0)
    >>> grade("F") is None
    True
    """
    letter = label.strip().upper()
    if letter not in GRADES:
        raise UnknownName("grade", label, GRADES)
    return GRADES[letter]
