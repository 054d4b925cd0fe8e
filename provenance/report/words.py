"""Words for statements and sources as a diagram or a table has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from provenance.assessment import Assessment, Caveat, Lead
from provenance.graph import Statement, Story, Witness
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
    Locator,
    Outcomes,
    Source,
)
from provenance.scales import Degree, chance_in_words, named, percent

__all__ = [
    "Words",
    "access_in_words",
    "bits_in_words",
    "caveat_in_words",
    "confidence_in_words",
    "doubt_in_words",
    "evidence_in_words",
    "graded",
    "interest_in_words",
    "lead_in_words",
    "likelihood_in_words",
    "link_in_words",
    "listed",
    "places_of",
    "reliability_in_words",
    "span_of",
]


def bits_in_words(bits: float | None) -> str:
    """A weight of evidence, signed, with a true minus.

    >>> bits_in_words(0.163), bits_in_words(-0.04), bits_in_words(0.001), bits_in_words(None)
    ('+0.16', '−0.04', '0.00', 'decides')
    """
    if bits is None:
        return "decides"
    shown = f"{bits:+.2f}"
    return "0.00" if shown in ("+0.00", "-0.00") else shown.replace("-", "−")


def graded(source: Source | None, degree: Degree | None) -> str:
    """The reliability of a source in a few words, as it was written where that is short.

    >>> graded(Source(id="now", reliability="B"), Degree(0.75, 12.0))
    'grade B'
    >>> graded(Source(id="general", reliability=0.5), Degree(0.5))
    'reliability .50'
    >>> graded(None, None)
    'not judged'
    """
    if degree is None:
        return "not judged"
    if source is not None and isinstance(source.reliability, str):
        return f"grade {source.reliability}"
    return f"reliability {degree.mean:.2f}".replace(" 0.", " .")


def places_of(locators: Iterable[Locator]) -> str:
    """Where something stands, in a few words.

    >>> places_of((Locator(paragraph=25), Locator(paragraph=27), Locator(page="iv")))
    '¶ 25, 27 · p. iv'
    """
    found: dict[str, list[str]] = {}
    for each in sorted(locators, key=_reading_order):
        if each.paragraph is not None:
            found.setdefault("¶", []).append(str(each.paragraph))
        elif each.page is not None:
            found.setdefault("p.", []).append(str(each.page))
        elif each.start is not None:
            end = "" if each.end is None else f"–{each.end}"
            found.setdefault("characters", []).append(f"{each.start}{end}")
    return " · ".join(f"{kind} {', '.join(dict.fromkeys(all_))}" for kind, all_ in found.items())


def _reading_order(place: Locator) -> tuple[bool, int, int]:
    return place.paragraph is None, place.paragraph or 0, place.start or 0


@attrs.frozen
class Words:
    """Finds the words for the statements and the sources of one assessment."""

    assessment: Assessment
    """The assessment."""

    @property
    def story(self) -> Story:
        """The story that was weighed."""
        return self.assessment.answer.evaluation.story

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources of the case by their ids."""
        return {source.id: source for source in self.assessment.case.sources}

    @cached_property
    def weights(self) -> dict[str, tuple[float | None, bool]]:
        """For every source with a weight of its own, it, and whether others share in it."""
        return {
            source: (reason.bits, len(reason.sources) > 1)
            for reason in self.assessment.reasons
            for source in reason.sources
        }

    def witness(self, number: int) -> Witness:
        """A source as the inference sees it."""
        return self.story.witnesses[number]

    def name(self, number: int) -> str:
        """What to call a source."""
        source = self.witness(number).id
        return self.assessment.graph.titles.get(source, source)

    def tags(self, number: int, *, with_weight: bool) -> list[str]:
        """The reliability of a source, and where asked for the weight of all that it says itself."""
        witness = self.witness(number)
        parts = [graded(self.sources.get(witness.id), witness.reliability)]
        if with_weight and witness.id in self.weights and witness.reliability is not None:
            bits, is_joint = self.weights[witness.id]
            unit = "" if bits is None else " bits"
            parts.append(f"{bits_in_words(bits)}{unit}{' jointly' if is_joint else ''}")
        return parts

    def is_in_hand(self, statement: int) -> bool:
        """Whether a statement is in hand."""
        return self.story.statements[statement].in_hand

    def behind(self, statement: int) -> tuple[Attribution, ...]:
        """The attributions for which a statement stands, the earliest first."""
        graph = self.assessment.graph
        merged = self.story.statements[statement].merged
        indices = dict.fromkeys(graph.written[name] for name in merged)
        return tuple(graph.case.attributions[index] for index in indices)

    def says(self, statement: int) -> str:
        """What a statement says, in the words of its claim."""
        each = self.story.statements[statement]
        values = self.story.questions[each.question].values
        claim, turned = values[each.value], not each.affirms
        if claim is None and len(values) == 2:
            claim, turned = values[1 - each.value], not turned
        assert claim is not None  # "none of these" is nobody's statement
        if claim == self.assessment.claim:
            return "that it is not so" if turned else "the claim itself"
        said = self.assessment.graph.texts[claim]
        return f"not: {said}" if turned else said

    def denies(self, statement: int) -> bool:
        """Whether a relay says that what it cites was not said, or not so."""
        each = self.story.statements[statement]
        return each.cites is not None and _content(each) != _content(
            self.story.statements[each.cites]
        )

    def places(self, statement: int) -> str:
        """Where a statement stands in its document."""
        return places_of(place for each in self.behind(statement) for place in each.locators)

    def label(self, statement: int, *, is_copy: bool = False) -> str:
        """A statement in a few words: what an origin says, where a relay stands."""
        each = self.story.statements[statement]
        if is_copy:
            place = self.places(statement)
            return f"own words, {place}" if place else "own words"
        if each.cites is None:
            return self.says(statement)
        verbs = [attribution.verb for attribution in self.behind(statement) if attribution.verb]
        how = "denies it" if self.denies(statement) else verbs[0] if verbs else "relays it"
        place = self.places(statement)
        if place and not self.denies(statement):
            return place
        return f"{how}, {place}" if place else how

    def told(self, statement: int) -> str:
        """A statement in a sentence or two."""
        each = self.story.statements[statement]
        who, said = self.name(each.witness), self.says(statement)
        if each.cites is None:
            sentence = f"{who}: {said}"
        else:
            cited = self.name(self.story.statements[each.cites].witness)
            how = "denying" if self.denies(statement) else "from"
            sentence = f"{who}, {how} {cited}: {said}"
        held = "in hand" if each.in_hand else "known only through others"
        place = self.places(statement)
        return f"{sentence} ({', '.join(filter(None, (held, place)))})"


def _content(statement: Statement) -> tuple[int, int, bool]:
    return statement.question, statement.value, statement.affirms


# Sentences: what an assessment says, for a reader who has not heard of bits or priors.


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
    written = source.reliability_on()
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
