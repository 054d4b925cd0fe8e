"""Conversions between published scales: by label and by range, never from number to number."""

from __future__ import annotations

import attrs

from provenance.errors import InvalidValue
from provenance.scales.published import Label, Range, Scale
from provenance.scales.standards import scale, scale_names

__all__ = [
    "Conversion",
    "Match",
    "Wording",
    "convert",
    "in_words",
    "stix_confidence",
]

_ABOUT_THE_CLAIM = frozenset({"likelihood", "credibility"})


@attrs.frozen
class Match:
    """A term of the other scale, and how much of the converted one it covers."""

    term: Label
    """The term of the other scale."""
    share: float
    """The share of the converted term's range that it covers, in [0, 1]; 1 for the same label."""


@attrs.frozen
class Conversion:
    """A term of one scale in the terms of another."""

    term: Label
    """The term that was converted."""
    scale: str
    """The name of the scale it was converted to."""
    text: str
    """The conversion in words, with what is lost."""
    matches: tuple[Match, ...] = ()
    """The terms that it can be, the best first; () where the other scale has none."""
    same_label: bool = False
    """Whether the two scales have the term in common, so that nothing is lost."""
    uncovered: float = 0.0
    """The share of the converted term's range that no term of the other scale covers, in [0, 1]."""

    @property
    def terms(self) -> tuple[Label, ...]:
        """The terms that it can be, the best first."""
        return tuple(match.term for match in self.matches)

    def __str__(self) -> str:
        return self.text


def convert(label: str, from_: str, to: str) -> Conversion:
    """A term of one published scale in the terms of another.

    Scales with the same terms (Admiralty in NATO, STIX, MISP and OpenCTI; ICD 203 in STIX and MISP;
    Kent in MISP) are converted term by term. Else the range that the term stands for is laid over
    the ranges of the other scale, and every term that covers some of it is a match, with its share.
    Where ranges only touch there is no match. What is not judged stays not judged.

    Raises `UnknownName` for a scale or a label that is not there, and `InvalidValue` where the
    scales are about different things (a source's reliability, or an analyst's confidence, is not a
    likelihood) or one of them gives no ranges.

    >>> convert("B", "admiralty-reliability", "misp-source-reliability").terms[0].tag
    'admiralty-scale:source-reliability="b"'
    >>> print(convert("likely", "icd203", "phia"))
    'likely' (55 to 80 %) can be 'likely' (80 % of it); 20 % of it has no term
    >>> print(convert("6", "admiralty-credibility", "icd203"))
    'Truth cannot be judged' is not judged, and icd203 has no term for that
    """
    source, target = scale(from_), scale(to)
    if not isinstance(label, str):
        raise InvalidValue(f"expected a label of {source.name!r}, found {label!r}")
    term = source.term(label)
    _require_same_subject(source, target)
    if term.unjudged:
        return _unjudged(term, target)
    common = _common(term, source, target)
    if common is not None:
        text = f"'{term.label}' is '{common.label}'"
        return Conversion(term, target.name, text, (Match(common, 1.0),), same_label=True)
    if term.concept == "deceptive":
        # A flag rather than a grade: what is left of it in six letters is the lowest of them.
        text = f"'{term.label}' is at best 'E', and the deceit is lost"
        return Conversion(term, target.name, text, (Match(target.term("E"), 1.0),))
    return _by_range(term, _span(term, source), target)


def stix_confidence(
    judgement: str | float | None, scale_name: str = "stix-admiralty-credibility"
) -> int | None:
    """The whole number that STIX 2.1 sets for a judgement on one of its confidence scales.

    The judgement is a label of the scale, or a probability, which is first put into the scale's
    words. None, or a label that says that nothing can be judged, gives None: the property is then
    left out. MISP's confidence level counts among the scales, as MISP writes it to STIX.
    Raises `InvalidValue` for a scale that does not present the STIX confidence.

    >>> stix_confidence("2"), stix_confidence("6"), stix_confidence("Low", "stix-none-low-med-high")
    (70, None, 15)
    >>> stix_confidence(0.21, "stix-wep")
    30
    """
    found = scale(scale_name)
    if found.line != "stix":
        known = ", ".join(name for name in scale_names() if scale(name).line == "stix")
        raise InvalidValue(f"expected a scale of the STIX confidence ({known}), found {found.name}")
    if judgement is None:
        return None
    if isinstance(judgement, str):
        return found.term(judgement).value
    return found.term_for(judgement)[0].value


def _require_same_subject(source: Scale, target: Scale) -> None:
    same_line = source.line and source.line == target.line
    kinds = {source.kind, target.kind}
    if len(kinds) > 1 and not same_line and not kinds <= _ABOUT_THE_CLAIM:
        raise InvalidValue(
            f"expected two scales about the same thing, found {source.name} about {source.kind} "
            f"and {target.name} about {target.kind}"
        )


def _unjudged(term: Label, target: Scale) -> Conversion:
    found = target.unjudged
    if found is None:
        text = f"'{term.label}' is not judged, and {target.name} has no term for that"
        return Conversion(term, target.name, text, uncovered=1.0)
    text = f"'{term.label}' is '{found.label}'"
    return Conversion(term, target.name, text, (Match(found, 1.0),), same_label=True)


def _common(term: Label, source: Scale, target: Scale) -> Label | None:
    if source.name == target.name:
        return term
    if not source.family or source.family != target.family:
        return None
    return next((other for other in target.terms if other.concept == term.concept), None)


def _span(term: Label, source: Scale) -> Range:
    span = source.extent(term)
    if span is None:
        family = (scale(name) for name in scale_names() if source.family)
        ranged = [found.name for found in family if found.family == source.family and found.bands]
        advice = f"; convert to {ranged[0]} first" if ranged else ""
        raise InvalidValue(
            f"expected a scale with ranges, found {source.name}, which gives none{advice}"
        )
    return span


def _by_range(term: Label, span: Range, target: Scale) -> Conversion:
    extents = [(other, target.extent(other)) for other in target.bands]
    spans = [(other, extent) for other, extent in extents if extent is not None]
    if not spans:
        raise InvalidValue(f"expected a scale with ranges, found {target.name}, which gives none")
    covering = [
        (Match(other, _share(span, extent)), extent)
        for other, extent in spans
        if _share(span, extent) > 0.0 or (extent.width == 0.0 and extent.low in span)
    ]
    covering.sort(key=lambda pair: (-pair[0].share, pair[1].width))
    matches = tuple(match for match, _ in covering)
    uncovered = _uncovered(span, [extent for _, extent in covering])
    text = _described(term, matches, uncovered, target)
    return Conversion(term, target.name, text, matches, uncovered=uncovered)


def _share(span: Range, other: Range) -> float:
    """How much of a span another one covers; rounded, so that a mere touch counts for nothing."""
    if span.width == 0.0:
        return 1.0 if span.low in other else 0.0
    return round(span.shared(other) / span.width, 9)


def _uncovered(span: Range, covering: list[Range]) -> float:
    if span.width == 0.0:
        return 0.0 if covering else 1.0
    left, reached = 0.0, span.low
    for extent in sorted(covering, key=lambda extent: extent.low):
        left += max(0.0, extent.low - reached)
        reached = max(reached, extent.high)
    return round((left + max(0.0, span.high - reached)) / span.width, 9)


def _described(term: Label, matches: tuple[Match, ...], uncovered: float, target: Scale) -> str:
    subject = f"'{term.label}' ({term.stands_for})"
    if not matches:
        return f"{subject} falls under no term of {target.name}"
    listed = ", ".join(f"'{match.term.label}' ({_of_it(match.share)})" for match in matches)
    rest = f"; {100 * uncovered:.3g} % of it has no term" if uncovered > 0.0 else ""
    return f"{subject} can be {listed}{rest}"


def _of_it(share: float) -> str:
    if share == 0.0:
        return "one point of it"
    return "all of it" if share == 1.0 else f"{100 * share:.3g} % of it"


# Wordings: a probability in the words of a scale, honest where the scale has none.


@attrs.frozen
class Wording:
    """A probability as a scale words it."""

    scale: str
    """The name of the scale."""
    text: str
    """What to write: the term, or where the probability lies if no term stands for it."""
    terms: tuple[Label, ...] = ()
    """The terms that stand for the probability, on a nested scale the narrowest first."""
    neighbours: tuple[Label, ...] = ()
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
    'not judged (this scale has no term for that)'
    """
    found = scale(scale_name)
    terms = found.term_for(probability)
    if terms:
        return Wording(found.name, _worded(found, terms), terms)
    if probability is None:
        return Wording(found.name, "not judged (this scale has no term for that)")
    if not found.bands:
        return Wording(found.name, f"no word ({found.name} gives no probabilities)")
    below, above = found.neighbours(probability)
    text = " and ".join(f"'{term.label}'" for term in (below, above) if term)
    place = "between" if below and above else "above" if below else "below"
    near = tuple(term for term in (below, above) if term)
    return Wording(found.name, f"{place} {text}", neighbours=near)


def _worded(found: Scale, terms: tuple[Label, ...]) -> str:
    text = terms[0].label
    # The narrowest of several terms says it, unless another one merely touches it at this point.
    touching = [term for term in terms[1:] if found.overlap(terms[0], term) == 0.0]
    if touching:
        both = sorted((terms[0], touching[0]), key=found.bands.index)
        text = "on the line between " + " and ".join(f"'{term.label}'" for term in both)
    # "High" alone, where a likelihood is expected, would be read as one.
    return f"{found.title}: {text}" if found.kind in ("confidence", "opinion") else text
