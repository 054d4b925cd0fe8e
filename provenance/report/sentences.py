"""Sentences: what an assessment says, for a reader who has not heard of bits or priors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from provenance.assessment import Assessment, Caveat, Lead
from provenance.assessment.caveats import named
from provenance.assessment.prose import chance_in_words, percent
from provenance.records import (
    Accuracy,
    Attribution,
    Case,
    ContradictsLink,
    Estimate,
    EvidenceLink,
    ImpliesLink,
    Interest,
    Link,
    Outcomes,
    Source,
)

__all__ = [
    "access_in_words",
    "caveat_in_words",
    "confidence_in_words",
    "doubt_in_words",
    "evidence_in_words",
    "interest_in_words",
    "lead_in_words",
    "likelihood_in_words",
    "link_in_words",
    "listed",
    "reliability_in_words",
    "span_of",
]


def listed(words: Sequence[str], most: int = 6) -> str:
    """Some words as a phrase, the rest counted.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], most=1)
    ('a, b and c', 'a and 2 more')
    """
    shown = list(words[:most])
    if len(words) > most:
        shown.append(f"{len(words) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def likelihood_in_words(assessment: Assessment) -> str:
    """How likely it is, in a sentence of its own, without a word on confidence."""
    interval, p = assessment.interval, assessment.probability
    ends = f"from {percent(interval.low)} to {percent(interval.high)}"
    if assessment.credibility == "6":
        return (
            "Nothing that can be judged bears on this. "
            f"The {percent(p)} is the prior alone; the 90 % interval runs {ends}."
        )
    return f"The probability is {percent(p)}, and its 90 % interval runs {ends}."


def confidence_in_words(assessment: Assessment) -> str:
    """How well founded that is, in a sentence of its own, without a word on likelihood."""
    confidence = assessment.confidence
    limits = [fact.text for fact in confidence.limits]
    because = f": {'; '.join(limits)}" if limits else ", and nothing in the case holds it down"
    return f"Analytic confidence is {confidence.level}{because}."


def evidence_in_words(assessment: Assessment) -> str:
    """What all the evidence does to the odds, with what it started from."""
    stated = (
        "as the case states it" if assessment.prior_stated else "which the case leaves unstated"
    )
    start = f"a prior of {percent(assessment.prior)}, {stated}"
    bits = assessment.bits
    if bits is None:
        return f"The evidence settles it, against {start}."
    if abs(bits) < 0.005:
        return f"The evidence moves nothing: it starts from {start}, and stays there."
    factor = 2.0 ** abs(bits)
    times = f"{factor:.2g}" if factor < 100 else f"{factor:,.0f}"
    way = "up" if bits > 0 else "down"
    mostly = " The answer is mostly the prior." if abs(bits) < 1.0 else ""
    return (
        f"It starts from {start}. All the evidence together weighs {abs(bits):.2f} bits: it moves "
        f"the odds {way} by a factor of {times}.{mostly}"
    )


def chance_headline(assessment: Assessment) -> str:
    """The likelihood in a few words, as a headline."""
    if assessment.credibility == "6":
        return "Cannot be judged"
    chance = chance_in_words(assessment.probability)
    return chance[:1].upper() + chance[1:]


def reliability_in_words(source: Source) -> str:
    """The reliability of a source as it was written.

    >>> reliability_in_words(Source(id="now", reliability={"confirmed": 3, "refuted": 1}))
    '3 confirmed, 1 refuted'
    """
    written = source.reliability
    if written is None or written == "F":
        return "cannot be judged"
    if isinstance(written, str):
        return f"grade {written}"
    if isinstance(written, Outcomes):
        return f"{written.confirmed:g} confirmed, {written.refuted:g} refuted"
    if isinstance(written, Accuracy):
        return f"right {percent(written.accuracy)} of the time, worth {written.strength:g} cases"
    return _degree(written)


def access_in_words(source: Source) -> str:
    """Whether a source could know, as it was written.

    >>> access_in_words(Source(id="now"))
    'not stated, so it could know'
    """
    return "not stated, so it could know" if source.access is None else _degree(source.access)


def _degree(written: float | Estimate) -> str:
    if isinstance(written, Estimate):
        return f"about {written.mean:g}, worth {written.strength:g} cases"
    return f"{written:g}"


def interest_in_words(interest: Interest) -> str:
    """What a source gains or loses.

    >>> interest_in_words(Interest(claims="all", stake="gains"))
    'gains if every claim is believed'
    """
    if interest.stake == "says so whatever is true":
        what = "every claim" if interest.everything else listed(interest.touched)
        return f"says so whatever is true, of {what}"
    if interest.everything:
        return f"{interest.stake} if every claim is believed"
    verb = "is" if len(interest.touched) == 1 else "are"
    return f"{interest.stake} if {listed(interest.touched)} {verb} believed"


def link_in_words(link: Link) -> str:
    """How some claims bear on each other, by their ids.

    >>> link_in_words(EvidenceLink(claim="armed", sign="sailed", if_true=0.3, if_false=0))
    '“sailed” is a sign of “armed”: 30 % if that is so, 0 % if not'
    """
    if isinstance(link, EvidenceLink):
        return (
            f"“{link.sign}” is a sign of “{link.claim}”: {percent(link.if_true)} if that is so, "
            f"{percent(link.if_false)} if not"
        )
    strict = "" if link.strength == 1.0 else f", with strength {link.strength:g}"
    if isinstance(link, ImpliesLink):
        return f"“{link.claim}” implies “{link.implies}”{strict}"
    assert isinstance(link, ContradictsLink)
    return f"{listed([f'“{claim}”' for claim in link.claims])} exclude each other{strict}"


def caveat_in_words(case: Case, caveat: Caveat) -> str:
    """A caveat as a sentence, with sources by their names and statements counted by source.

    >>> case = Case(claims=[], sources=[Source(id="now", name="NOW")], attributions=[])
    >>> caveat_in_words(case, Caveat("one-outlet", "all comes from one outlet, 'now'", ("now",)))
    'All comes from one outlet, NOW.'
    """
    text, ids = caveat.text, named(caveat.about)
    if ids and caveat.kind != "retracted":
        of = "statements of " if caveat.kind in ("undated", "circular") else ""
        text = text.replace(ids, of + _by_name(case, caveat.about))
    return f"{text[:1].upper()}{text[1:]}."


def _by_name(case: Case, ids: Sequence[str]) -> str:
    """Sources by their names, and of statements whose they are and how many."""
    titles = {source.id: source.title for source in case.sources}
    speakers = {name: titles[each.source] for each in case.attributions for name in each.names}
    speakers |= {each.id: titles[each.source] for each in case.attributions}
    counts = Counter(titles.get(name) or speakers.get(name, name) for name in ids)
    return listed([who if n == 1 else f"{who} ({n} statements)" for who, n in counts.items()])


def lead_in_words(case: Case, claim: str, lead: Lead) -> str:
    """What to find out, with the text of a claim to settle, and the claim of the page as such."""
    if lead.kind == "settle":
        texts = {each.id: each.text for each in case.claims}
        return f"Settle another claim: {texts[lead.about[0]]} ({lead.about[0]})"
    asked = f"whether '{claim}' is so"
    return lead.text.replace(f"directly {asked}", "directly about this claim").replace(
        f"on {asked}", "on this claim"
    )


def doubt_in_words(case: Case, about: str) -> str:
    """What an uncertain number is about.

    >>> doubt_in_words(Case(claims=[], sources=[Source(id="now", name="NOW")], attributions=[]),
    ...                "reliability:now")
    'how reliable NOW is'
    """
    kind, _, name = about.partition(":")
    titles = {source.id: source.title for source in case.sources}
    who = titles.get(name, name)
    return {
        "reliability": f"how reliable {who} is",
        "access": f"whether {who} could know",
        "competence": f"how well “{name}” could be told",
        "fidelity": f"how faithfully “{name}” passes it on",
        "prior": f"the prior of “{name}”",
    }.get(kind, about)


def span_of(case: Case, attribution: Attribution) -> str:
    """When something was said, or else when it was published; "" where neither is known."""
    if attribution.said_on is not None:
        return f"said {attribution.said_on}"
    published = {document.id: document.published_on for document in case.documents}
    day = published.get(attribution.document or "")
    return "" if day is None else f"published {day}"
