"""Published scales: words over the line from 0 to 1, read as published and never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import attrs

from provenance.errors import InvalidValue, UnknownName

__all__ = ["Kind", "Label", "Range", "Scale"]

Kind = Literal["likelihood", "credibility", "reliability", "confidence", "opinion"]
"""What a scale is about. Confidence and reliability are never turned into a likelihood."""


@attrs.frozen
class Range:
    """A stretch of the line from 0 to 1; a single point where its ends are equal."""

    low: float
    """The lower end, in [0, 1]."""
    high: float
    """The upper end, in [0, 1], not below the lower one."""
    low_included: bool = True
    """Whether the lower end itself belongs to it."""
    high_included: bool = True
    """Whether the upper end itself belongs to it."""

    def __contains__(self, probability: float) -> bool:
        above = probability > self.low or (self.low_included and probability == self.low)
        below = probability < self.high or (self.high_included and probability == self.high)
        return above and below

    @property
    def width(self) -> float:
        """How long it is; 0 for a single point."""
        return self.high - self.low

    def shared(self, other: Range) -> float:
        """The length that it has in common with another one; 0 where they only touch."""
        return max(0.0, min(self.high, other.high) - max(self.low, other.low))

    def worded(self, about: str = "") -> str:
        """In percent, in words; `about` stands before each end that is included."""
        if self.low == self.high:
            return f"{100 * self.low:g} %"
        low = f"{about if self.low_included else 'above '}{100 * self.low:g}"
        high = f"{about if self.high_included else 'under '}{100 * self.high:g}"
        return f"{low} to {high} %"

    def __str__(self) -> str:
        return self.worded()


@attrs.frozen
class Label:
    """One term of a scale, as its publisher has it."""

    label: str
    """The term: "likely", "Usually reliable", "2 - Probably True"."""
    span: Range | None = None
    """The probabilities it stands for; None where the publisher gives none, or it is unjudged."""
    code: str = ""
    """Its short name, if it has one: "B", "2", the value of a MISP tag."""
    value: int | None = None
    """The publisher's own number for it, 0 to 100; None where there is none, or it is unjudged."""
    synonyms: tuple[str, ...] = ()
    """Other words that the publisher allows for it."""
    concept: str = ""
    """What it has in common with the same term of another scale of the family."""
    unjudged: bool = False
    """True for the term that says that nothing can be judged: it stands for no number at all."""
    approximate: bool = False
    """True where the publisher marks the ends of the span as approximate."""
    tag: str = ""
    """The MISP tag that carries it, if any."""
    meaning: str = ""
    """What it is meant to say, where the publisher or a reading of the doctrine tells."""

    @property
    def stands_for(self) -> str:
        """The probabilities it stands for, in words: "about 55 to about 75 %"; "" for none."""
        if self.unjudged:
            return "not judged"
        return self.span.worded("about " if self.approximate else "") if self.span else ""

    @property
    def names(self) -> frozenset[str]:
        """Everything it can be called by, without regard to case, hyphens and spacing."""
        parts = re.split(r"\s*/\s*|\s+-\s+", self.label)
        return frozenset(
            _key(name) for name in (self.label, self.code, self.tag, *parts, *self.synonyms) if name
        )


@attrs.frozen
class Scale:
    """A published scale: its terms in order, what it is about, and where it was read."""

    name: str
    """The name it goes by here: "icd203", "stix-wep"."""
    title: str
    """The name it goes by in print."""
    kind: Kind
    """What it is about: likelihood, credibility, reliability, confidence or opinion."""
    terms: tuple[Label, ...]
    """Its terms from the lowest to the highest, the unjudged one last."""
    citation: str
    """The publication it comes from."""
    verified: Literal["primary", "secondary"]
    """Whether it was read in the publication itself or in a copy that cites it."""
    family: str = ""
    """Scales of one family have the same terms, so they are converted term by term."""
    line: str = ""
    """Scales of one line present the same number, so they are converted although their kinds differ."""
    nested: bool = False
    """Whether terms lie inside one another, so that the narrowest is to be reported."""
    whole_percent: bool = False
    """Whether its spans are of whole numbers: each then runs up to where the next one begins."""
    notes: tuple[str, ...] = ()
    """What one has to know before using it."""
    aliases: tuple[str, ...] = ()
    """Other names that find it."""

    @property
    def bands(self) -> tuple[Label, ...]:
        """The terms that stand for probabilities, from the lowest to the highest."""
        return tuple(term for term in self.terms if term.span is not None)

    @property
    def unjudged(self) -> Label | None:
        """The term for "not judged"; None where the scale has none."""
        return next((term for term in self.terms if term.unjudged), None)

    @property
    def gaps(self) -> tuple[Range, ...]:
        """The stretches of the line that no term covers; () for a scale without spans."""
        found, reached, reached_included = [], 0.0, False
        for span in sorted(filter(None, map(self.extent, self.bands)), key=lambda s: s.low):
            if span.low > reached:
                found.append(Range(reached, span.low, not reached_included, not span.low_included))
            reached, reached_included = max(
                (reached, reached_included), (span.high, span.high_included)
            )
        if self.bands and reached < 1.0:
            found.append(Range(reached, 1.0, not reached_included, True))
        return tuple(found)

    def term(self, label: str) -> Label:
        """The term that a label, a code, a synonym or a MISP tag names, in any case.

        Raises `UnknownName`, with the nearest labels, for anything else.
        """
        wanted = _key(label)
        for term in self.terms:
            if wanted in term.names:
                return term
        raise UnknownName(f"term of {self.name}", label[:100], (term.label for term in self.terms))

    def term_for(self, probability: float | None) -> tuple[Label, ...]:
        """The terms that a probability falls under: none in a gap, two on a shared boundary.

        On a nested scale the narrowest comes first. None, for what is not judged, gives the
        unjudged term, or nothing where the scale has no such term.
        Probabilities are rounded to nine places first, so that arithmetic does not miss a boundary,
        but never to 0 or 1.
        Raises `InvalidValue` for a number outside [0, 1].
        """
        if probability is None:
            return tuple(term for term in self.terms if term.unjudged)
        exact = _rounded(probability)
        spans = ((term, self.extent(term)) for term in self.bands)
        found = [(term, span) for term, span in spans if span is not None and exact in span]
        if self.nested:
            found.sort(key=lambda pair: pair[1].width)
        return tuple(term for term, _ in found)

    def neighbours(self, probability: float) -> tuple[Label | None, Label | None]:
        """The nearest terms that lie wholly below and wholly above a probability, where any do."""
        exact = _rounded(probability)
        below = [t for t in self.bands if t.span and t.span.high <= exact and exact not in t.span]
        above = [t for t in self.bands if t.span and t.span.low >= exact and exact not in t.span]
        return (below[-1] if below else None, above[0] if above else None)

    def range_of(self, label: str) -> Range | None:
        """The probabilities that a term stands for, as published; None where it stands for none."""
        return self.term(label).span

    def extent(self, term: Label) -> Range | None:
        """The span of a term on the continuous line, as `term_for` reads it.

        Where a scale is of whole numbers, 20-39 runs up to 40, where the next one begins, while a
        term for 0 or 100 alone stands for that alone: what is not certain never reads as certain.
        """
        span = term.span
        if span is None or not self.whole_percent or span.low == span.high:
            return span
        alone_at_zero = any(other.span == Range(0.0, 0.0) for other in self.bands)
        low, included = (0.0, False) if alone_at_zero and span.low == 0.01 else (span.low, True)
        if span.high == 1.0:
            return Range(low, 1.0, included, True)
        return Range(low, round(span.high + 0.01, 9), included, False)

    def overlap(self, one: Label, other: Label) -> float:
        """The length of the line that two terms share; 0 where they only touch."""
        first, second = self.extent(one), self.extent(other)
        return first.shared(second) if first and second else 0.0

    def __str__(self) -> str:
        # A letter or a figure goes in front, where it is not the beginning of the term itself.
        short = [len(term.code) == 1 and term.label[:1] != term.code for term in self.terms]
        codes = [f"{term.code}  " if any(short) else "" for term in self.terms]
        width = max(len(term.label) for term in self.terms)
        lines = [f"{self.title} ({self.kind})"]
        lines += [
            f"  {code}{term.label:<{width}}  {term.stands_for}".rstrip()
            for code, term in zip(codes, self.terms, strict=True)
        ]
        return "\n".join(lines)

    def __iter__(self) -> Iterator[Label]:
        return iter(self.terms)


def _key(name: str) -> str:
    return " ".join(re.split(r"[\s_-]+", name.casefold())).strip()


def _rounded(probability: float) -> float:
    if not 0.0 <= probability <= 1.0:
        raise InvalidValue(f"expected a probability between 0 and 1, found {probability!r}")
    exact = round(probability, 9)
    return probability if exact in (0.0, 1.0) else exact
