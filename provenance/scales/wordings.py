"""Wordings: a probability in the words of a scale, honest where the scale has none."""

from __future__ import annotations

import attrs

from provenance.scales.catalogue import scale
from provenance.scales.published import Scale, Term

__all__ = ["Wording", "in_words"]


@attrs.frozen
class Wording:
    """A probability as a scale words it."""

    scale: str
    """The name of the scale."""
    text: str
    """What to write: the term, or where the probability lies if no term stands for it."""
    terms: tuple[Term, ...] = ()
    """The terms that stand for the probability, on a nested scale the narrowest first."""
    neighbours: tuple[Term, ...] = ()
    """Where no term does: the nearest ones, the lower one first."""

    def __str__(self) -> str:
        return self.text


def in_words(probability: float | None, scale_name: str) -> Wording:
    """A probability in the words of a published scale; None says that it is not judged.

    In a gap of the scale the wording names the terms on either side; on a boundary that two terms
    share it names both; on a nested scale it takes the narrowest. Where the scale has no ranges,
    or no term for what is not judged, it says so.
    Raises `UnknownName` for a scale that is not there, `InvalidValue` for a number outside [0, 1].

    >>> in_words(0.3, "icd203").text
    'unlikely'
    >>> in_words(0.38, "phia").text
    "between 'unlikely' and 'realistic possibility'"
    >>> in_words(0.999, "icd203").text
    "above 'almost certain'"
    >>> in_words(None, "phia").text
    'not judged (phia has no term for that)'
    """
    found = scale(scale_name)
    terms = found.term_for(probability)
    if terms:
        return Wording(found.name, _worded(found, terms), terms)
    if probability is None:
        return Wording(found.name, f"not judged ({found.name} has no term for that)")
    if not found.bands:
        return Wording(found.name, f"no word ({found.name} gives no probabilities)")
    below, above = found.neighbours(probability)
    text = " and ".join(f"'{term.label}'" for term in (below, above) if term)
    place = "between" if below and above else "above" if below else "below"
    near = tuple(term for term in (below, above) if term)
    return Wording(found.name, f"{place} {text}", neighbours=near)


def _worded(found: Scale, terms: tuple[Term, ...]) -> str:
    text = terms[0].label
    # The narrowest of several terms says it, unless another one merely touches it at this point.
    touching = [term for term in terms[1:] if found.overlap(terms[0], term) == 0.0]
    if touching:
        both = sorted((terms[0], touching[0]), key=found.bands.index)
        text = "on the line between " + " and ".join(f"'{term.label}'" for term in both)
    # "High" alone, where a likelihood is expected, would be read as one.
    return f"{found.title}: {text}" if found.kind in ("confidence", "opinion") else text
