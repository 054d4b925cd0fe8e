"""Words for statements and sources as a diagram or a table has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from provenance.assessment import Assessment, Names, said_of
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
from provenance.scales import Degree, listed, percent

__all__ = [
    "Words",
    "access_in_words",
    "bits_in_words",
    "evidence_in_words",
    "graded",
    "interest_in_words",
    "link_in_words",
    "method_in_words",
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
        if source not in self.sources:  # of whom a record knows only that somebody had it from them
            called = Names(self.assessment.graph).source(source)
            return called.translate(dict.fromkeys(map(ord, "\u2068\u2069")))
        return self.sources[source].title

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
        claim, denied = said_of(self.story, self.story.statements[statement])
        if claim == self.assessment.claim:
            return "that it is false" if denied else "the claim itself"
        said = self.assessment.graph.texts[claim]
        return f"false: {said}" if denied else said

    def denies(self, statement: int) -> bool:
        """Whether a relay disowns what it cites, which is the one way in which it can be contrary."""
        each = self.story.statements[statement]
        return each.cites is not None and _content(each) != _content(
            self.story.statements[each.cites]
        )

    def disowned(self, statement: int) -> bool:
        """Whether somebody says that its source never made it."""
        return any(self._never_said & {each.id, *each.names} for each in self.behind(statement))

    @cached_property
    def _never_said(self) -> frozenset[str]:
        said = (
            each.cited
            for each in self.assessment.case.attributions
            if each.stance == "disowns" and each.retracted_on is None
        )
        return frozenset(name for names in said for name in names)

    def places(self, statement: int) -> str:
        """Where a statement stands in its document."""
        return places_of(place for each in self.behind(statement) for place in each.locators)

    def gate(self, statement: int) -> str:
        """The condition under which a statement counts, in words; empty where there is none."""
        story = self.story
        texts = [
            self.assessment.graph.texts[claim]
            for gate in story.statements[statement].gates
            if (claim := story.questions[gate.question].values[gate.value]) is not None
        ]
        return f"only if true: {listed(texts)}" if texts else ""

    def label(self, statement: int, *, is_copy: bool = False) -> str:
        """A statement in a few words: what an origin says, where a relay stands."""
        each = self.story.statements[statement]
        if each.silence:
            return f"silent, would speak {percent(each.silence)}" if not is_copy else "said nothing"
        if is_copy:
            place = self.places(statement)
            how = "own words" if each.cites is None else "relays it"
            return f"{how}, {place}" if place else how
        if each.cites is None:
            # Who never said so must not look like somebody who did.
            return f"{self.says(statement)}{', disowned' if self.disowned(statement) else ''}"
        verbs = [attribution.verb for attribution in self.behind(statement) if attribution.verb]
        how = "disowns it" if self.denies(statement) else verbs[0] if verbs else "relays it"
        place = self.places(statement)
        if place and not self.denies(statement):
            return place
        return f"{how}, {place}" if place else how

    def told(self, statement: int) -> str:
        """A statement in a sentence or two."""
        each = self.story.statements[statement]
        who, said = self.name(each.witness), self.says(statement)
        if each.silence:
            return f"{who} said nothing of this, where it would have with {percent(each.silence)}: {said}"
        if each.cites is None:
            sentence = f"{who}: {said}{', which is disowned' if self.disowned(statement) else ''}"
        else:
            cited = self.name(self.story.statements[each.cites].witness)
            how = "disowning" if self.denies(statement) else "from"
            sentence = f"{who}, {how} {cited}: {said}"
        held = "we have the document" if each.in_hand else "known only through others"
        place = self.places(statement)
        return f"{sentence} ({', '.join(filter(None, (held, place)))})"


def _content(statement: Statement) -> tuple[int, int, bool]:
    return statement.question, statement.value, statement.affirms


# Phrases and sentences about what the case has on record.


def reliability_in_words(source: Source) -> str:
    """The reliability of a source as it was written.

    >>> reliability_in_words(Source(id="now", reliability={"confirmed": 3, "refuted": 1}))
    '3 confirmed, 1 refuted'
    """
    written = source.reliability_on()
    if written is None or written == "F":
        return "not judged"
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


def interest_in_words(names: Names, interest: Interest) -> str:
    """What a source gains or loses."""
    what = "every claim" if interest.everything else names.all(interest.touched)
    if interest.stake == "says so whatever is true":
        return f"says so, true or not, of {what}"
    verb = "is" if interest.everything or len(interest.touched) == 1 else "are"
    return f"{interest.stake} if {what} {verb} believed"


def link_in_words(names: Names, link: Link) -> str:
    """How some claims bear on each other."""
    if isinstance(link, EvidenceLink):
        return (
            f"{names.claim(link.sign)} is a sign of {names.claim(link.claim)}: "
            f"{percent(link.if_true)} if that is true, {percent(link.if_false)} if it is false"
        )
    strict = "" if link.strength == 1.0 else f", with strength {link.strength:g}"
    if isinstance(link, ImpliesLink):
        return f"{names.claim(link.claim)} implies {names.claim(link.implies)}{strict}"
    assert isinstance(link, ContradictsLink)
    claims = listed([names.claim(claim) for claim in link.claims])
    return f"{claims} exclude each other{strict}"


def evidence_in_words(assessment: Assessment) -> str:
    """What all the evidence does to the odds, with what it started from."""
    stated = "as the case states it" if assessment.prior_stated else "which nobody stated"
    start = f"a prior of {percent(assessment.prior)}, {stated}"
    bits = assessment.bits
    if bits is None:
        return f"The evidence settles it, against {start}."
    if abs(bits) < 0.005:
        return f"The evidence moves nothing: it starts from {start}, and stays there."
    # Beyond a thousand bits the factor is no number any more; nothing beyond 99 is told anyway.
    factor = 2.0 ** min(abs(bits), 64.0)
    times = f"by a factor of {factor:.2g}" if factor < 99.5 else "by a factor of more than 99"
    way = "up" if bits > 0 else "down"
    return (
        f"It starts from {start}. All the evidence together weighs {abs(bits):.1f} bits: it moves "
        f"the odds {way} {times}."
    )


_METHODS: Mapping[str, str] = {
    "testimony network": "what weigh says: shared sources and origins count once",
    "subjective logic, cumulative": "adds routes up as if they were independent",
    "subjective logic, averaging": "averages the routes, so agreement adds nothing",
    "possible worlds": "lets an unreliable source say this, true or not",
    "argument ranking, DF-QuAD": "moves the prior, however unlikely the claim",
    "argument ranking, quadratic energy": "orders arguments; the number is no probability",
    "count of mentions": "takes every statement for a witness",
    "count of origins": "takes every origin for a witness",
    "averaging": "averages what each statement says alone",
    "weakest link": "takes a chain to be as good as its weakest link",
}
"""What each method does with the same case, in one clause."""


def method_in_words(name: str) -> str:
    """What a method does with the same case, in one clause; empty for one not known here.

    >>> method_in_words("averaging")
    'averages what each statement says alone'
    """
    return _METHODS.get(name, "")


def span_of(case: Case, attribution: Attribution) -> str:
    """When something was said, or else when it was published; "" where neither is known."""
    if attribution.said_on is not None:
        return f"said {attribution.said_on}"
    published = {document.id: document.published_on for document in case.documents}
    day = published.get(attribution.document or "")
    return "" if day is None else f"published {day}"
