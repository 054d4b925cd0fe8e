"""The tags of MISP that say how good a source is, how credible and likely a claim, how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.errors import FormatError, Problem
from provenance.exchange.losses import Loss
from provenance.records import Source
from provenance.scales import Scale, Span, Term, convert, scale

__all__ = ["MispTags", "from_misp_tags", "to_misp_tags"]

MOST_TAGS = 10_000
"""How many tags are read at once."""
LONGEST_TAG = 1_000
"""How many characters a tag may have."""

_SCALES: Mapping[str, str] = {
    "reliability": "misp-source-reliability",
    "credibility": "misp-information-credibility",
    "likelihood": "misp-estimative-language",
    "confidence": "misp-analytic-confidence",
}


@attrs.frozen
class MispTags:
    """What the tags of an event, an object or an attribute say.

    >>> read = from_misp_tags(['admiralty-scale:source-reliability="b"', "tlp:green"])
    >>> read.reliability, read.credibility
    ('B', None)
    >>> print(read.losses[0])
    tags[1]: lost: the tag 'tlp:green' (no tag of a taxonomy that is read here)
    """

    reliability: str | None = None
    """The Admiralty grade of the source, "A" to "F"; `None` where no tag says."""
    credibility: str | None = None
    """The Admiralty grade of the information, "1" to "6"; `None` where no tag says."""
    likelihood: str | None = None
    """The words for how likely it is, as ICD 203 has them; `None` where no tag says."""
    likelihood_range: Span | None = None
    """The probabilities that these words stand for in MISP's file."""
    confidence: str | None = None
    """The analytic confidence: "low", "moderate" or "high"; `None` where no tag says."""
    losses: tuple[Loss, ...] = ()
    """Tags that were not understood, or that contradict each other."""


def to_misp_tags(subject: Source | Assessment) -> tuple[str, ...]:
    """The MISP tags of a graded source, or of an assessed claim.

    A source that carries no Admiralty grade has none. Of an assessment: its credibility, its
    analytic confidence, and the words for its likelihood where the taxonomy has exactly one term
    for it and there is evidence that can be judged.

    >>> to_misp_tags(Source(id="now", reliability="B"))
    ('admiralty-scale:source-reliability="b"',)
    """
    if isinstance(subject, Source):
        grade = subject.reliability
        return (_tag("reliability", grade),) if isinstance(grade, str) else ()
    found = [_tag("credibility", subject.credibility)]
    terms = scale(_SCALES["likelihood"]).term_for(subject.probability)
    if len(terms) == 1 and subject.credibility != "6":
        found.append(terms[0].tag)
    return (*found, _tag("confidence", subject.confidence.level))


def _tag(what: str, label: str) -> str:
    return scale(_SCALES[what]).term(label).tag


def from_misp_tags(tags: Iterable[str | Mapping[str, Any]]) -> MispTags:
    """What the tags of something in MISP say, in our terms.

    Args:
        tags: the tags, as texts or as MISP writes them: objects with a `name`.

    Tags of other taxonomies are listed as losses. Two different tags of one kind contradict each
    other, so that neither counts. "Deliberately deceptive" is read as E, with a loss.

    Raises:
        FormatError: when something that is no tag stands among them, or there are too many.
    """
    names = _names(tags)
    losses: list[Loss] = []
    found: dict[str, dict[str, Term]] = {what: {} for what in _SCALES}
    for position, name in enumerate(names):
        what, term = _meaning(name)
        if term is None:
            why = "no tag of a taxonomy that is read here"
            losses.append(Loss(f"tags[{position}]", f"the tag {name[:100]!r}", why))
            continue
        found[what][term.code] = term
        if term.concept == "deceptive":
            why = "our grades end at E, for unreliable"
            losses.append(Loss(f"tags[{position}]", "that the source deceives", why, True))
    fields: dict[str, Any] = {}
    for what, terms in found.items():
        if len(terms) > 1:
            why = f"they contradict each other: {', '.join(sorted(terms))}"
            losses.append(Loss("tags", f"the tags of {what}", why))
        elif terms:
            fields |= _read(what, *terms.values())
    return MispTags(**fields, losses=tuple(losses))


def _names(tags: Iterable[str | Mapping[str, Any]]) -> list[str]:
    if isinstance(tags, str | bytes | Mapping) or not isinstance(tags, Iterable):
        raise _refused("", "not-a-list", f"expected a list of tags, found {type(tags).__name__}")
    names: list[str] = []
    for position, tag in enumerate(tags):
        if position >= MOST_TAGS:
            raise _refused("", "too-many", f"expected at most {MOST_TAGS} tags, found more")
        name = tag.get("name") if isinstance(tag, Mapping) else tag
        if not isinstance(name, str) or len(name) > LONGEST_TAG:
            found = "a longer text" if isinstance(name, str) else type(name).__name__
            message = f"expected a tag of at most {LONGEST_TAG} characters, found {found}"
            raise _refused(f"tags[{position}]", "not-a-tag", message)
        names.append(name)
    return names


def _refused(path: str, code: str, message: str) -> FormatError:
    fix = 'give texts such as admiralty-scale:source-reliability="b"'
    return FormatError((Problem(path, code, message, fix),), "MISP tags")


def _meaning(name: str) -> tuple[str, Term | None]:
    """What a tag is about, and the term that it stands for; None for a tag of another taxonomy."""
    for what, published in _SCALES.items():
        for term in scale(published):
            if term.tag.casefold() == name.strip().casefold():
                return what, term
    return "", None


def _read(what: str, term: Term) -> dict[str, Any]:
    published: Scale = scale(_SCALES[what])
    if what == "likelihood":
        (words,) = convert(term.code, published.name, "icd203").terms
        return {what: words.label, "likelihood_range": term.span}
    if what == "reliability":
        return {what: convert(term.code, published.name, "admiralty-reliability").terms[0].code}
    return {what: term.code}
