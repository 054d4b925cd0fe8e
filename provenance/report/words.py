"""Words for statements and sources as a diagram or a table has them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import attrs

from provenance.assessment import Assessment
from provenance.graph import Statement, Story, Witness
from provenance.records import Attribution, Locator, Source
from provenance.scales import Degree

__all__ = ["Words", "bits_in_words", "graded", "places_of"]


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
