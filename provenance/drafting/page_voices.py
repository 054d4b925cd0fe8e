"""Who affirms a claim on a page and who denies it: those whom its text names, and the page itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import attrs

from provenance.drafting.articles import SourceDocument
from provenance.drafting.back_references import turned_round_in
from provenance.drafting.claim_wording import claim_text
from provenance.drafting.claim_words import (
    LEAST_STATED,
    ClaimWords,
    side_of_text,
    side_of_wordings,
    words_of,
)
from provenance.drafting.drafter import draft
from provenance.drafting.drafts import Draft, DraftSource, DraftStatement, Hop
from provenance.drafting.english import word_set
from provenance.drafting.fake_speakers import fake_after, is_labelled_fake
from provenance.drafting.layout import Layout, Sentence, laid_out
from provenance.drafting.taken_back import (
    Heading,
    TakenBack,
    back_reference,
    heading_of,
    is_of_publisher,
    reports_again,
)
from provenance.graph import is_negative

__all__ = ["HeardPage", "PageSpeaker", "PageVoice", "VoiceSide", "heard_on", "speaking_near"]

SentenceSide = Literal["affirms", "denies", "unclear", "partial", "withdrawn"]
VoiceSide = Literal["affirms", "denies"]
"""Which side somebody takes."""

DENIED_WITHIN = 2
"""How many sentences further on a denial may still be one of what was said."""
WITHDRAWN_WITHIN = 2
"""How many sentences further on what was reported may still be taken back by "it" or "the article"."""
VERDICT_WITHIN = 3
"""How many sentences away a page may call false what it tells."""
MUCH_OF_IT = 0.5
"""How large a share of the words of a claim a denial has that may be one of it; a judgement."""

_LONGEST_HEADING = 6  # words
_SHORT = 3  # letters
_REACH_BACK = 400  # characters in which a pronoun looks for whom it means
_PRONOUNS = word_set("he she it they him her them his its their who we our i my us")
_SPEAKERS_OWN = word_set("we our i my us")
# Several of whom one text tells need not be those of another: "two officials", "a source".
_ANYBODY = re.compile(
    r"\A(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|many|another|other|most"
    r"|few|both|\d+|he|she|it|they|who|officials|sources|people|residents|witnesses|experts|analysts"
    r"|neighbou?rs|locals|media|critics|insiders|reports?|posts?|documents?|data|invoices|records|emails?)\b|\A“",
    re.IGNORECASE,
)
_THIS_PAPER = re.compile(
    r"\A(?:the|this|our)\s(?:news)?(?:paper|website|site|outlet|reporters?|correspondents?)\Z", re.I
)
# Words that deny, whoever is meant by them.
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)(?!\s(?:bail|access|entry|permission|them|him|her)\b)|denials?"
    r"|plead(?:s|ed)?\snot\sguilty|(?:is|was|are|were|be|as|called?|flatly|that’s|it’s)\s(?:a\s)?"
    r"(?:false|untrue|lies?|hoax|fabrications?|fiction|baseless|nonsense)"
    r"|(?:reject|dismiss|disput|refut|contradict)(?:s|es|ed)?\s(?:[\w’]+\s){0,3}?(?:it|that|this|claims?"
    r"|reports?|allegations?|accusations?|charges?|account|suggestions?|story|stories)"
    r"|no\struth)\b",
    re.IGNORECASE,
)


@attrs.frozen
class PageSpeaker:
    """One of those through whom a page has something."""

    name: str
    """How the page calls them."""
    is_known: bool
    """Whether another page that calls them so means the same: nobody knows which "two officials"."""
    is_explicit: bool
    """Whether the page itself names them there, instead of "he"."""
    cue: str = ""
    """The words that tell that they say it."""


@attrs.frozen
class PageVoice:
    """One who takes a side of a claim on a page, and from whom the page has that."""

    side: VoiceSide
    """The side."""
    chain: tuple[PageSpeaker, ...]
    """From whom the page has it, the nearest first; nobody where it says so itself."""
    start: int
    """The offset of the first character of the sentence that says so."""
    end: int
    """The offset just after its last character."""
    text: str = ""
    """The sentence."""
    is_named: bool = True
    """Whether it is known who says so: "reports", whose nobody tells, are nobody."""


@attrs.frozen
class HeardPage:
    """What a text has of a claim."""

    voices: tuple[PageVoice, ...] = ()
    """Who takes which side; those who say the same once."""
    unclear: str = ""
    """The sentence that asks, doubts, or denies so that words do not tell what."""
    is_denial: bool = False
    """Whether that sentence denies something."""
    asked: tuple[str, ...] = ()
    """Denials of something else that has a name of the claim, which may be denials of it."""
    withdrawn: str = ""
    """The sentence in which who publishes the page takes back what they reported of the claim."""

    def of(self, side: VoiceSide) -> tuple[PageVoice, ...]:
        """Those who take a side."""
        return tuple(each for each in self.voices if each.side == side)


def heard_on(document: SourceDocument, claim: ClaimWords) -> HeardPage:
    """Who affirms a claim in a text, and who denies it, as the rules draft it.

    A statement takes the side of its words, turned round where its speaker denies them; a denial of
    "it" or of "the claim" is one of what was said before. What a sentence states of the claim that
    nobody is named for, the page says itself, unless somebody on the page says the same: then it
    has it from them. Time is in proportion to the text.

    >>> from provenance.drafting import read_document
    >>> text = "The dam failed, the mayor said. The water board denied it."
    >>> page = heard_on(read_document(text, publisher="The Gazette"), ClaimWords("The dam failed"))
    >>> [(each.side, each.chain[0].name) for each in page.voices]
    [('affirms', 'the mayor'), ('denies', 'The water board')]
    """
    return _Hearing(document, claim, laid_out(document.text)).heard()


def speaking_near(document: SourceDocument, start: int, end: int) -> tuple[PageSpeaker, ...]:
    """From whom a text has what stands at some place, where it is one; the nearest first.

    For a page of which the list says which side it takes, in whatever words: who denies something
    there says that something else is true.
    """
    hearing = _Hearing(document, ClaimWords(""), laid_out(document.text))
    chains = {
        chain: None
        for each in hearing.drafted.statements
        if each.content[0].start < end and each.content[-1].end > start
        if all(hop.inferred is None for hop in each.chain[-1:]) or not hearing._is_denied(each)
        if (chain := hearing.chain_of(each))
    }
    return next(iter(chains)) if len({_names(each) for each in chains}) == 1 else ()


def _names(chain: Sequence[PageSpeaker]) -> tuple[str, ...]:
    return tuple(each.name.casefold() for each in chain)


@attrs.frozen(slots=False)
class _Hearing:
    """A text that is read for a claim."""

    document: SourceDocument
    claim: ClaimWords
    layout: Layout

    @cached_property
    def drafted(self) -> Draft:
        """Who says what in it."""
        return draft(self.document)

    @cached_property
    def sentences(self) -> Sequence[str]:
        """Its sentences."""
        text = self.document.text
        return [text[each.start : each.end] for each in self.layout.sentences]

    def heard(self) -> HeardPage:
        """Who takes which side of the claim; of a text that is labelled as no report, who denies it."""
        found = self._heard()
        if not found.voices or not is_labelled_fake(self.document.text):
            return found
        denying = found.of(self._turned)
        return HeardPage(denying, "" if denying else found.voices[0].text)

    def _heard(self) -> HeardPage:
        known = {word.key or word.low for each in self.sentences for word in words_of(each)}
        stated = len(self.claim.keys & known) >= LEAST_STATED * len(self.claim.keys)
        if not stated or not self.claim.is_named(known) or not self.claim.numbers <= known:
            return HeardPage()
        said = list(self._said())
        voices = [each for each, _, _ in said if isinstance(each, PageVoice)]
        told = {number for _, number, _ in said} | self._taken_back.keys()
        own = list(self._own(told))
        voices += [each for each, _ in own if isinstance(each, PageVoice)]
        voices += [each for each in self._framed if isinstance(each, PageVoice)]
        sides = [(each, text) for each, _, text in said] + own
        withdrawn = self._withdrawal or next(
            (text for each, text in sides if each == "withdrawn"), ""
        )
        if withdrawn:
            denying = _each_once(each for each in voices if each.side == self._turned)
            return HeardPage(tuple(denying), withdrawn, withdrawn=withdrawn)
        doubts = [text for each, text in sides if each == "unclear"]
        kept = tuple(_each_once(_without_echoes(voices)))
        if self._by_others and not any(each.side == self._turned for each in kept):
            return HeardPage((), self._by_others)
        if not kept:
            return self._over_two() if not doubts else HeardPage((), doubts[0])
        return self._of(kept)

    @cached_property
    def _turned(self) -> VoiceSide:
        """The side of who calls false what reports say."""
        return "affirms" if self.claim.is_negative else "denies"

    def _of(self, voices: tuple[PageVoice, ...]) -> HeardPage:
        """Those who take a side, if no denial stands by of which nothing tells what it is of."""
        if any(each.side == "denies" for each in voices):
            return HeardPage(voices)
        asked, unclear = self._denials(voices)
        return HeardPage((), unclear, is_denial=True) if unclear else HeardPage(voices, asked=asked)

    # What somebody is said to say

    def _said(
        self,
    ) -> Iterator[tuple[PageVoice | Literal["unclear", "partial", "withdrawn"], int, str]]:
        """The statements that are of the claim, with their sentences: who says it, or a doubt.

        What stands in a sentence that takes it back is said only with the words that do so.
        """
        for each in self.drafted.statements:
            side = self._side_of(each)
            number = self._number(each.content[0].start)
            is_only_told = number in self._taken_back and not self._has_taken_back(each)
            if side is None or (is_only_told and not self._answers_fake(each, number, side)):
                continue
            text = self.sentences[number]
            if side == "withdrawn" and not self._is_own_report(each):
                yield "unclear", number, text
            elif side == "affirms" and number in self._corrected:
                yield self._in_correction(number), number, text
            elif side == "affirms" or side == "denies":
                yield self._voice(each, side), number, text
            else:
                yield side, number, text

    # What takes a report of the claim back

    @cached_property
    def _taken_back(self) -> Mapping[int, TakenBack]:
        """The sentences that take the claim back, call it false or doubt it, and how."""
        found = {n: self.claim.taken_back(text) for n, text in enumerate(self.sentences)}
        return {number: each for number, each in found.items() if each is not None}

    def _has_taken_back(self, statement: DraftStatement) -> bool:
        """Whether a statement has in it the words that take its claim back, or is drafted by them."""
        number = self._number(statement.content[0].start)
        taken, begun = self._taken_back[number], self.layout.sentences[number].start
        passages = [*statement.content]
        if self.claim.taken_back(" ".join(each.text for each in passages)) is None:
            passages.clear()  # "An article saying that it fell | was removed": it says that it fell
        if statement.stance == "denies":
            passages += [hop.cue for hop in statement.chain[-1:] if hop.cue is not None]
        return any(
            each.start < begun + taken.end and each.end > begun + taken.start for each in passages
        )

    def _answers_fake(self, statement: DraftStatement, number: int, side: SentenceSide) -> bool:
        """Whether somebody further on denies what something fake says: the board denied it."""
        cue = statement.speaker.cue
        is_further_on = cue is not None and self._number(cue.start) != number
        return is_further_on and side == self._turned and self._is_of_fake(number)

    def _is_own_report(self, statement: DraftStatement) -> bool:
        """Whether who publishes the page says that they take a report back."""
        who = self.document.publisher or ""
        if len(statement.chain) == 1:
            return True
        return is_of_publisher(self._label(statement.speaker), who)

    @cached_property
    def _said_with(self) -> frozenset[int]:
        """The sentences that take something back as somebody is said to say."""
        return frozenset(
            number
            for each in self.drafted.statements
            for number in [self._number(each.content[0].start)]
            if number in self._taken_back and self._has_taken_back(each) and self._side_of(each)
        )

    @cached_property
    def _framed(self) -> Sequence[PageVoice | Literal["withdrawn", "unclear"]]:
        """What sentences that take the claim back, of which nobody is said to say so, are worth."""
        return [self._frame(number) for number in self._taken_back if number not in self._said_with]

    def _frame(self, number: int) -> PageVoice | Literal["withdrawn", "unclear"]:
        taken, sentence = self._taken_back[number], self.layout.sentences[number]
        if taken.how == "denied" and self._sides[number] == self._turned:
            chain = () if self._is_own(taken) or _is_thing(taken.who) else (self._denier(taken),)
            return self._spoken(self._turned, chain, sentence)
        is_own = self._is_own(taken) or (not taken.who and number in self._corrected)
        return "withdrawn" if taken.how == "withdrawn" and is_own else "unclear"

    def _is_own(self, taken: TakenBack) -> bool:
        return is_of_publisher(taken.who, self.document.publisher or "")

    def _denier(self, taken: TakenBack) -> PageSpeaker:
        return PageSpeaker(taken.who, _ANYBODY.match(taken.who) is None, is_explicit=True)

    @cached_property
    def _withdrawal(self) -> str:
        """The sentence in which the page itself takes its report back; none where it does not."""
        framed = [n for n in self._taken_back if n not in self._said_with]
        own = (n for n, how in zip(framed, self._framed, strict=True) if how == "withdrawn")
        at = next(own, None)
        if at is None:
            at = next((n for n, back in self._back.items() if self._is_own(back)), None)
        return "" if at is None else self.sentences[at]

    @cached_property
    def _by_others(self) -> str:
        """The sentence in which others take the claim back, or that doubts it; none where none does."""
        framed = [n for n in self._taken_back if n not in self._said_with]
        doubts = [n for n, how in zip(framed, self._framed, strict=True) if how == "unclear"]
        return self.sentences[min([*doubts, *self._back])] if doubts or self._back else ""

    @cached_property
    def _back(self) -> Mapping[int, TakenBack]:
        """The sentences that take back what stands before them, or call it fake."""
        stated = [n for n, side in enumerate(self._sides) if side is not None]
        found: dict[int, TakenBack] = {}
        for number in dict.fromkeys(
            n + more for n in stated for more in range(1, WITHDRAWN_WITHIN + 1)
        ):
            if number < len(self.sentences) and self._sides[number] is None:
                back = back_reference(self.sentences[number]) or self._fake_after(number)
                speaking = self._attributing.get(number)
                is_quoted = speaking is not None and not self._is_own_report(speaking)
                if back is not None and not (is_quoted and self._is_own(back)):
                    found[number] = back
        return found

    def _fake_after(self, number: int) -> TakenBack | None:
        """What a sentence says of what was told before it: the account is a parody."""
        found = fake_after(self.sentences[number])
        return None if found is None else TakenBack("fake", *found)

    @cached_property
    def _corrected(self) -> Mapping[int, Heading]:
        """The sentences that stand in a correction: in its paragraph, or after its heading."""
        found: dict[int, Heading] = {}
        above: Heading | None = None
        for number, sentence in enumerate(self.layout.sentences):
            block = self.layout.paragraphs[sentence.paragraph]
            words = self.document.text[block.start : block.end]
            heading = heading_of(words)
            if len(words.split()) <= _LONGEST_HEADING:
                above = heading or above
            kind = heading or above
            if kind is not None:
                found[number] = kind
        return found

    def _in_correction(self, number: int) -> Literal["unclear", "withdrawn"]:
        """What a correction has that states the claim: what was reported, or what is so."""
        text = self.sentences[number]
        last = max((each.at for each in words_of(text) if each.key in self.claim.keys), default=0)
        is_told = self._corrected[number] == "retraction" or reports_again(text[:last])
        return "withdrawn" if is_told else "unclear"

    def _side_of(self, statement: DraftStatement) -> SentenceSide | None:
        content = " ".join(each.text for each in statement.content)
        words = words_of(content)
        side = self.claim.side_of(words, content)
        if side is None and self._has_all_but_names({each.key for each in words}):
            meant = self._meant(statement, {each.low for each in words})
            side = self.claim.side_of([*words_of(meant), *words]) if meant else None
        if self._is_denied(statement) and side in ("affirms", "denies"):
            return "denies" if side == "affirms" else "affirms"
        return side

    def _is_denied(self, statement: DraftStatement) -> bool:
        """Whether who makes a statement denies the words of it.

        A draft has "The dam did not fail" as a denial of the claim that it failed: those words are
        not denied, they are said.
        """
        is_moved = is_negative(claim_text(statement)) and not is_negative(
            self._claims[statement.claim]
        )
        return (statement.stance == "denies") != is_moved

    @cached_property
    def _claims(self) -> Mapping[str, str]:
        """The claims that the draft puts statements on, by their ids."""
        return {each.id: each.text for each in self.drafted.claims}

    @cached_property
    def _named(self) -> frozenset[str]:
        """The words of the claim that begin with a capital, by what their forms have in common."""
        text = self.claim.text
        return frozenset(e.key for e in self.claim.words if e.key and text[e.at].isupper())

    def _has_all_but_names(self, keys: set[str]) -> bool:
        """Whether words have of the claim what its names do not tell."""
        wanted = self.claim.keys - self._named
        return len(wanted & keys) >= LEAST_STATED * len(wanted)

    def _meant(self, statement: DraftStatement, lows: set[str]) -> str:
        """Whom the pronouns in what somebody says may mean, as far as the claim names them.

        "I" and "we" mean who speaks, the others whoever is named before, who speaks among them.
        """
        start = statement.content[0].start
        sentence = self.layout.sentences[self._number(start)]
        if not lows & _PRONOUNS:
            return ""
        if lows & _PRONOUNS <= _SPEAKERS_OWN:
            before = self._label(statement.speaker)
        else:
            text = self.document.text
            before = text[max(0, start - _REACH_BACK) : start]
            before += " " + text[statement.content[-1].end : sentence.end]
        named = (e for e in words_of(before) if e.key in self._named and before[e.at].isupper())
        return " ".join(dict.fromkeys(each.low for each in named))

    def _label(self, hop: Hop) -> str:
        return self.drafted.source(hop.source).label

    def _voice(self, statement: DraftStatement, side: VoiceSide) -> PageVoice:
        cue = statement.speaker.cue or statement.content[0]
        sentence = self.layout.sentences[self._number(cue.start)]
        innermost = self.drafted.source(statement.speaker.source)
        is_named = len(statement.chain) > 1 and not _is_nobody(innermost)
        return self._spoken(side, self.chain_of(statement), sentence, is_named)

    def chain_of(self, statement: DraftStatement) -> tuple[PageSpeaker, ...]:
        """From whom the page has a statement, the nearest first, without itself and nobody."""
        return tuple(self._speakers(statement))

    def _speakers(self, statement: DraftStatement) -> Iterator[PageSpeaker]:
        for hop in statement.chain[1:]:
            source = self.drafted.source(hop.source)
            if _is_nobody(source) or _THIS_PAPER.match(source.label):
                continue
            known = source.naming in ("named", "role named") and not _ANYBODY.match(source.label)
            cue = "" if hop.cue is None else hop.cue.text
            yield PageSpeaker(source.label, known, hop.explicit, cue)

    def _number(self, at: int) -> int:
        """The sentence that stands at some place."""
        return min(bisect_right(self._ends, at), len(self._ends) - 1)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return [each.end for each in self.layout.sentences]

    @cached_property
    def _sides(self) -> Sequence[SentenceSide | None]:
        """What every sentence says of the claim, whoever says it."""
        return [self.claim.side(each) for each in self.sentences]

    # What the page says itself

    def _own(
        self, told: set[int]
    ) -> Iterator[tuple[PageVoice | Literal["unclear", "withdrawn"], str]]:
        """What sentences state of the claim of which nobody is told to say so.

        Where the page calls false what it tells near by, it takes the other side.
        """
        called_false = {number for near in self._verdicts.values() for number in near}
        for number in self._verdicts:
            text = self.sentences[number]
            yield self._page_itself(self._turned, self.layout.sentences[number]), text
        for number, text in enumerate(self.sentences):
            side = self._sides[number]
            if number in told or number in called_false or side is None:
                continue
            if side == "unclear":
                yield "unclear", text
            elif side == "affirms" and number in self._corrected:
                yield self._in_correction(number), text
            elif (side == "affirms" or side == "denies") and self._is_stated_there(number):
                yield self._in_sentence(number, side), text

    def _is_stated_there(self, number: int) -> bool:
        """Whether a sentence states the claim by more than the name of who speaks in it."""
        speaking = self._attributing.get(number)
        if speaking is None:
            return True
        name = {each.key for each in words_of(self._label(speaking.speaker))}
        rest = self.claim.keys - name
        found = rest & {each.key for each in words_of(self.sentences[number])}
        return len(found) > len(rest) / 2

    def _page_itself(self, side: VoiceSide, sentence: Sentence) -> PageVoice:
        return self._spoken(side, (), sentence)

    def _spoken(
        self,
        side: VoiceSide,
        chain: tuple[PageSpeaker, ...],
        sentence: Sentence,
        is_named: bool = True,
    ) -> PageVoice:
        text = self.document.text[sentence.start : sentence.end]
        return PageVoice(side, chain, sentence.start, sentence.end, text, is_named)

    def _in_sentence(self, number: int, side: VoiceSide) -> PageVoice:
        """A sentence that states the claim over what somebody says and the words beside it."""
        sentence = self.layout.sentences[number]
        within = {
            self.chain_of(each): each
            for each in self._within.get(number, ())
            if self._number(each.content[0].start) == number and self._has_any_of_it(each)
        }
        if len(within) != 1:
            return self._page_itself(side, sentence)
        return self._voice(next(iter(within.values())), side)

    def _has_any_of_it(self, statement: DraftStatement) -> bool:
        """Whether a statement has a word of the claim: what the clerk says of the count may not."""
        return any(each.key in self.claim.keys for part in statement.content
                   for each in words_of(part.text))  # fmt: skip

    @cached_property
    def _verdicts(self) -> Mapping[int, Sequence[int]]:
        """The sentences in which the page itself calls something false, with those that it is."""
        stated = "denies" if self.claim.is_negative else "affirms"
        found: dict[int, Sequence[int]] = {}
        for number, text in enumerate(self.sentences):
            if number in self._attributing or self._sides[number] is not None:
                continue
            if number and turned_round_in(text) and number - 1 in self._taken_back:
                found[number] = [number - 1]  # "An earlier version said that it fell. It did not."
            elif side_of_wordings([text], self.claim).side == "denies":
                around = range(number - VERDICT_WITHIN, number + VERDICT_WITHIN + 1)
                near = [n for n in around if 0 <= n < len(self._sides)]
                found[number] = [n for n in near if self._sides[n] in (stated, "withdrawn")
                                 or self._is_of_fake(n)]  # fmt: skip
        return {number: near for number, near in found.items() if near}

    def _is_of_fake(self, number: int) -> bool:
        """Whether a sentence says itself that what states the claim there is fake."""
        taken = self._taken_back.get(number)
        return taken is not None and taken.how == "fake"

    @cached_property
    def _attributing(self) -> Mapping[int, DraftStatement]:
        """The sentences in which somebody is said to say something, with what it is, or one of it."""
        return {
            self._number(hop.cue.start): each
            for each in self.drafted.statements
            for hop in each.chain
            if hop.cue is not None
        }

    def _over_two(self) -> HeardPage:
        """What two sentences state between them: "A ship lay there. It sailed, the mayor said."."""
        read = side_of_text("", self.document.text, self.claim)
        if read.side == "unclear":
            return HeardPage((), read.text)
        if read.side == "affirms" or read.side == "denies":
            number = self.sentences.index(read.text)
            if self._sides[number] is None:
                return self._of((self._in_sentence(number, read.side),))
        return HeardPage()

    # Denials of which words do not tell what they deny

    def _denials(self, voices: Sequence[PageVoice]) -> tuple[tuple[str, ...], str]:
        """Denials that may be of the claim, and the first of which nothing tells that it is not.

        That is one near by, or of somebody whom the claim names, which nobody is found to make of
        something; one of something else by somebody whom the claim names, if it is not they who say
        so; and one with much of the claim in it.
        """
        asked: list[str] = []
        near = {
            number + more
            for each in voices
            for number in [self._number(each.start)]
            for more in range(DENIED_WITHIN + 1)
        }
        speaking = {_names(each.chain)[-1] for each in voices if each.chain}
        for number, text in enumerate(self.sentences):
            at = self.layout.sentences[number].start
            for found in _DENIAL.finditer(text):
                denied = self._denied_at(at + found.start(), at + found.end())
                if denied is None and number in self._verdicts:
                    continue
                if denied is None:
                    if number in near or self._is_named_in(text):
                        return (), text
                elif self._is_denied(denied) and self._side_of(denied) is None:
                    who = self._label(denied.speaker)
                    is_by_them = self._is_named_in(who) and who.casefold() not in speaking
                    if is_by_them or self._has_much_of_it(text):
                        return (), text
                    if self._is_named_in(" ".join(each.text for each in denied.content)):
                        asked.append(text)
        return tuple(dict.fromkeys(asked)), ""

    def _denied_at(self, start: int, end: int) -> DraftStatement | None:
        """The statement that a word which denies belongs to."""
        number = self._number(start)
        for each in self._within.get(number, ()):
            passages = [*each.content, *(hop.cue for hop in each.chain if hop.cue is not None)]
            if any(one.start < end and one.end > start for one in passages):
                return each
        # “That is untrue,” she said: the words are no content, since they only answer.
        answer = self._attributing.get(number)
        is_answer = answer is not None and self._number(answer.content[0].start) != number
        return answer if is_answer else None

    @cached_property
    def _within(self) -> Mapping[int, Sequence[DraftStatement]]:
        """The statements of every sentence, by what they say and by the words that tell who does."""
        found: dict[int, list[DraftStatement]] = {}
        for each in self.drafted.statements:
            places = [*each.content, *(hop.cue for hop in each.chain if hop.cue is not None)]
            for number in dict.fromkeys(self._number(at.start) for at in places):
                found.setdefault(number, []).append(each)
        return found

    def _is_named_in(self, text: str) -> bool:
        """Whether words name somebody whom the claim names."""
        return any(each.key in self._named and text[each.at].isupper() for each in words_of(text))

    def _has_much_of_it(self, text: str) -> bool:
        """Whether a sentence has much of the claim, where "Nordan" is a form of "Norda"."""
        keys = {each.key for each in words_of(text) if each.key}
        begun = [key for key in self.claim.keys & self._named if len(key) > _SHORT]
        found = self.claim.keys & keys
        found |= {key for key in begun if any(each.startswith(key[:-1]) for each in keys)}
        return len(found) >= MUCH_OF_IT * len(self.claim.keys)


_THINGS = re.compile(
    r"\A(?:(?:the|an?|its|their|his|her|our|new|latest|later|further)\s)*(?:\w+\s){0,2}?(?:tests?|measurements?|data|documents?"
    r"|evidence|results?|records?|videos?|footage|photos?|images?|samples?|figures|analys[ie]s|checks?|readings?"
    r"|logs?|studies|findings|facts|it|they|he|she|that|this|which|who)?\Z",
    re.IGNORECASE,
)
_LONGEST_WHO = 8  # words


def _is_thing(who: str) -> bool:
    """Whether words for what denies something name nobody who could say so."""
    return _THINGS.match(who) is not None or len(who.split()) > _LONGEST_WHO


def _is_nobody(source: DraftSource) -> bool:
    """Whether it is "reports" of which the text does not say whose they are."""
    return source.kind == "unnamed" and source.label.startswith("reports ")


def _without_echoes(voices: Sequence[PageVoice]) -> Iterator[PageVoice]:
    """Those whom a text names, and the page itself only on a side on which nobody else is.

    What somebody says for whom the text has no name is what the page itself says where nobody who
    is named does, and nothing where the page denies it.
    """
    named = {each.side for each in voices if each.chain and each.is_named}
    own = {each.side for each in voices if not each.chain and each.is_named}
    for each in voices:
        if each.chain and each.is_named:
            is_told_to_be_denied = "denies" in own and not each.chain[-1].is_known
            if each.side == "denies" or not is_told_to_be_denied:
                yield each
        elif each.side not in named and (each.is_named or own <= {each.side}):
            yield each


def _each_once(voices: Iterator[PageVoice]) -> Iterator[PageVoice]:
    seen = set()
    for each in voices:
        key = each.side, _names(each.chain)
        if key not in seen:
            seen.add(key)
            yield each
