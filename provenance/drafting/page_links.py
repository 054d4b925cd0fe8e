"""From whom each page of a list has what it says: as stated, as credited, as copied, as spoken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Literal

import attrs

from provenance.components import Groups
from provenance.drafting.articles import SourceDocument, plain_document
from provenance.drafting.claim_words import ClaimWords, words_of
from provenance.drafting.credits import (
    CREDITS,
    Credit,
    CreditKind,
    agency_named,
    credits_in,
    plain_name,
)
from provenance.drafting.layout import Layout, content_words, laid_out
from provenance.drafting.page_mentions import (
    Mention,
    MentionKind,
    introduces_its_own,
    mentions_in,
    owners_named,
)
from provenance.drafting.page_owners import Owners
from provenance.drafting.page_voices import PageSpeaker, PageVoice, speaking_near
from provenance.drafting.pages import LONGEST_DRAFTED, Page, ReadPages
from provenance.drafting.publishers import web_address
from provenance.drafting.reuse import SharedText, reuse_probability, shared_texts

__all__ = ["SURE", "LinkKind", "PageLink", "traced"]

SURE = 0.8
"""From which probability on a page is taken to have it from somebody; a judgement."""
LEAST_LIKE = 0.4
"""How large a share of the words of a claim a sentence has that is taken to state it."""
LONGEST_POST = 1_000
"""How many characters a text has at most that is compared as a whole; longer ones share passages."""
_NEXT_TO_IT = 0.9
_ELSEWHERE = 0.5
_SAME_AUTHOR = 0.95
_WORD_FOR_WORD = 0.9  # of a post that is the same from end to end; a judgement
_SPOKEN, _SPOKEN_BY_PRONOUN = 0.9, 0.8
_NOT_SURE = SURE - 0.01
_FOR_ALL = frozenset(kind for kind, (_, is_for_all) in CREDITS.items() if is_for_all)
# Bylines that name nobody.
_NO_AUTHOR = re.compile(
    r"\b(?:staff|desk|editors?|editorial|admin|team|newsroom|reporter|agenc)", re.I
)
_ADDRESSED = re.compile(r"(?:https?|www)\b", re.I)
_IMPRINT = re.compile(
    r"^.*(?:©|\(c\)|\bcopyright\b|\ball rights reserved\b|\bimp(?:rint|ressum)\b).*$", re.I | re.M
)
_PLAIN_WORD = re.compile(r"[^\W_]+")
_CITES = re.compile(r"(?:citing|quoting|according)\b", re.I)

LinkKind = (
    CreditKind
    | MentionKind
    | Literal["stated", "spoken", "reuse", "credited-copy", "quotation", "author"]
)
"""What tells that a page has it from somebody."""


@attrs.frozen
class PageLink:
    """That a page has what it says from somebody, and what tells so."""

    page: int
    """The page, by its place in the list."""
    kind: LinkKind
    """What tells so."""
    source: str
    """Who it has it from, by name."""
    other: int | None
    """The page of the list that it has it from, where it is one."""
    probability: float
    """How probable that is, in [0, 1]."""
    text: str
    """The words that tell so: a credit, a shared passage, a name."""
    same_voice: bool = False
    """Whether it is not known which of the two was first: they are one voice."""
    counted: bool = False
    """Whether the page was taken to have it from there."""
    behind: str = ""
    """Who has it from there, where it is not the page itself: whoever stands between, by name."""


@attrs.frozen
class _Place:
    """Where a text states its claim: the sentence, and the paragraph around it."""

    start: int
    """The offset of the first character of the sentence."""
    end: int
    """The offset just after its last character."""
    around: tuple[int, int]
    """Where its paragraph is."""

    def nearness(self, start: int, end: int) -> float:
        """How far what stands at some place is about the claim, in [0, 1]."""
        if start < self.end and end > self.start:
            return 1.0
        return _NEXT_TO_IT if start < self.around[1] and end > self.around[0] else _ELSEWHERE


@attrs.frozen
class _Reading:
    """The words of a page, where they state its claim, and whom they credit."""

    document: SourceDocument
    """The page as a document."""
    place: _Place | None
    """Where it states its claim; `None` where no sentence is like it."""
    credits: tuple[Credit, ...]
    """Whom it credits."""
    is_whole: bool
    """Whether its whole text is there, or only what it says."""


@attrs.frozen(slots=False)  # what is derived is kept
class _Listed:
    """A list of pages as it was read."""

    pages: tuple[Page, ...]
    """The pages."""
    matters: tuple[tuple[str, str], ...]
    """For every page its claim, and which side of it the page takes."""
    owners: Owners
    """Who publishes them."""
    readings: Mapping[int, _Reading]
    """The pages that say something, by their places."""
    claims: Mapping[str, str]
    """What the list is about, by the ids of the claims."""
    order: tuple[int, ...]
    """The pages that take a side, in the order of time; those without a date come last."""
    voices: tuple[tuple[PageVoice, ...], ...]
    """For every page who says it there."""
    of_others: Mapping[int, Sequence[PageVoice]]
    """For a page that stands twice, who takes the other side there."""

    def name(self, place: int) -> str:
        """Who publishes a page."""
        return self.owners.listed[self.owners.of_page[place]].name

    def is_earlier(self, one: int, other: int) -> bool:
        """Whether a page was certainly published before another."""
        first, second = self.pages[one].published, self.pages[other].published
        return first is not None and second is not None and first.ends < second.begins

    def meant(self, name: str, place: int) -> tuple[str, int | None] | None:
        """Who is meant by a name on a page, and the first page of theirs that says the same.

        `None` where it is the publisher of the page.
        """
        number = self.owners.named(name)
        if number is None:
            return self._author(name, place)
        return self.of_owner(number, place)

    def _author(self, name: str, place: int) -> tuple[str, int | None] | None:
        """The same for the author of a page of the list, or somebody outside of it."""
        written = self.by_author.get((plain_name(name), self.matters[place]))
        if written == place or plain_name(name) == plain_name(self.pages[place].author or ""):
            return None
        if written is None:
            last = self.name(place).rpartition(" ")[2]
            is_own = plain_name(name) == plain_name(last)  # "told the Gazette", of the Velm Gazette
            return None if is_own else (self.owners.outsider(name).name, None)
        return self.name(written), written

    @cached_property
    def by_author(self) -> Mapping[tuple[str, tuple[str, str]], int]:
        """The first page of every author on every matter."""
        found: dict[tuple[str, tuple[str, str]], int] = {}
        for place in self.order:
            author = _author_of(self.pages[place])
            if author is not None:
                found.setdefault((author, self.matters[place]), place)
        return found

    @cached_property
    def speaking(self) -> Mapping[tuple[str, str], Set[int]]:
        """For every matter the publishers who say so."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for place in self.order:
            found[self.matters[place]].add(self.owners.of_page[place])
        return found

    @cached_property
    def _told_of(self) -> dict[int, Set[int]]:
        """What was found by `tells_of` before."""
        return {}

    def tells_of(self, place: int, other: int) -> bool:
        """Whether a page names who publishes another: what they say of themselves is no copy."""
        if place not in self._told_of:
            text, others = self.readings[place].document.text, self.speaking[self.matters[place]]
            self._told_of[place] = owners_named(text, self.owners, others)
        return self.owners.of_page[other] in self._told_of[place]

    def announcing(self, relays: Set[int]) -> Mapping[tuple[str, str], int | None]:
        """For every matter the only publisher whose page announces something of its own.

        A page that has its words from another announces nothing, whatever it prints.
        """
        found: dict[tuple[str, str], int | None] = {}
        for place, reading in self.readings.items():
            if place not in relays and introduces_its_own(reading.document.text):
                matter, owner = self.matters[place], self.owners.of_page[place]
                found[matter] = owner if found.get(matter, owner) == owner else None
        return found

    def is_of_others(self, place: int, start: int, end: int) -> bool:
        """Whether words stand where only the other side of the claim is taken."""

        def within(voices: Iterable[PageVoice]) -> bool:
            return any(each.start < end and each.end > start for each in voices)

        return within(self.of_others.get(place, ())) and not within(self.voices[place])

    def called(self, speaker: PageSpeaker, place: int, behind: str) -> str:
        """What somebody is called who speaks: "two officials" are those of whoever tells of them."""
        return (
            speaker.name if speaker.is_known else f"{speaker.name} ({behind or self.name(place)})"
        )

    @cached_property
    def _chains(self) -> dict[int, Sequence[tuple[PageSpeaker, ...]]]:
        """What was found by `chains` before."""
        return {}

    def chains(self, place: int) -> Sequence[tuple[PageSpeaker, ...]]:
        """From whom a page has it by those who speak on it; nobody where it is its own work."""
        if place not in self._chains:
            is_own = place not in self.readings or self.pages[place].basis != "unstated"
            self._chains[place] = () if is_own else tuple(self._found_chains(place))
        return self._chains[place]

    def _found_chains(self, place: int) -> Iterator[tuple[PageSpeaker, ...]]:
        reading, voices = self.readings[place], self.voices[place]
        yield from (each.chain for each in voices if each.chain)
        is_short = len(reading.document.text) <= LONGEST_DRAFTED
        if not voices and reading.place is not None and is_short:
            near = speaking_near(reading.document, reading.place.start, reading.place.end)
            yield from [near] if near else []

    def of_owner(self, number: int, place: int) -> tuple[str, int | None] | None:
        """A publisher of the list, and the first page of theirs that says the same as a page."""
        if number == self.owners.of_page[place]:
            return None
        owner = self.owners.listed[number]
        same = [each for each in owner.pages if self.matters[each] == self.matters[place]]
        return owner.name, min(
            same, key=lambda each: _in_time(self.pages[each], each), default=None
        )


def _author_of(page: Page) -> str | None:
    """Who wrote a page, by the plain name; `None` where a byline names no person."""
    author = (page.author or "")[:200]
    if len(author.split()) < 2 or agency_named(author) or _NO_AUTHOR.search(author):
        return None
    return plain_name(re.sub(r"\A\s*[Bb]y\s+", "", author))


def _in_time(page: Page, place: int) -> tuple[bool, str, int]:
    day = page.published
    return (day is None, "" if day is None else day.begins.isoformat(), place)


def traced(read: ReadPages, owners: Owners) -> tuple[PageLink, ...]:
    """From whom every page has what it says of its claim: all that tells so, counted or not.

    What the list itself states stands. Else a credit for the whole text, and those in the sentence
    of the claim further up; else a credit in that sentence; else that another page prints the same
    words with a credit; else a passage that stands on an earlier page, or a short text that is the
    same from end to end; else one author. Those who speak on the page stand behind whoever it has
    its text from, and are who it has it from where nothing else tells. What is less probable than `SURE`, and what would lead in a circle, is told
    and not counted. An address of another page of the list is a credit in the sentence of the claim
    wherever it stands.

    Args:
        read: the list, by the sides that its pages take.
        owners: the publishers of the list.
    """
    listed = _listed(read, owners)
    found: dict[int, list[PageLink]] = defaultdict(list)
    for link in (*_stated(listed), *_credited(listed)):
        found[link.page].append(link)
    for link in (*_copied(listed, found), *_of_one_author(listed)):
        found[link.page].append(link)
    for link in _mentioned(listed, found):
        found[link.page].append(link)
    above: dict[int, set[int]] = {}
    links: list[PageLink] = []
    for place in listed.order:
        links.extend(_decided(listed, place, found[place], above))
    return tuple(sorted(links, key=lambda each: (each.page, not each.counted)))


def _listed(read: ReadPages, owners: Owners) -> _Listed:
    claims = {each.id: each.text for each in read.pages.claims}
    everything = read.pages.evidence
    sided = [place for place, page in enumerate(everything) if page.side != "neither"]
    voices = tuple(each.voices for each in read.stances)
    readings = {
        place: reading
        for place in sided
        if (reading := _reading(
            place, everything[place], owners, claims[read.chosen[place]], voices[place]))
    }  # fmt: skip
    order = sorted(sided, key=lambda place: _in_time(everything[place], place))
    matters = tuple((claim, page.side) for claim, page in zip(read.chosen, everything, strict=True))
    twice = [(read.page_of[place], place) for place in range(len(read.given), len(everything))]
    others = {one: voices[other] for pair in twice for one, other in (pair, pair[::-1])}
    return _Listed(everything, matters, owners, readings, claims, tuple(order), voices, others)


def _reading(
    place: int, page: Page, owners: Owners, claim: str, voices: Sequence[PageVoice]
) -> _Reading | None:
    """A page with its text; with its other words where it has none."""
    is_whole = bool(page.text and page.text.strip())
    text = page.text if is_whole and page.text else "\n".join(page.wordings)
    if not text.strip():
        return None
    owner = owners.listed[owners.of_page[place]]
    document = plain_document(
        text,
        id=str(place),
        publisher=owner.name,
        publisher_id=owner.id,
        author=page.author,
        published_on=page.published,
    )
    said = next((each for each in voices if each.chain and each.end > each.start), None)
    if said is None or page.quote:
        at = _place_of(page, text, claim)
    else:
        at = _around(laid_out(text), said.start, said.end)
    return _Reading(document, at, credits_in(document), is_whole)


def _place_of(page: Page, text: str, claim: str) -> _Place | None:
    """The sentence that states the claim; `None` where none is like it."""
    layout = laid_out(text)
    if page.quote and (at := text.find(page.quote)) >= 0:
        return _around(layout, at, at + len(page.quote))
    wanted = [words for each in (*page.wordings, claim) if (words := content_words(each))]
    best = (LEAST_LIKE, 1)
    for number, sentence in enumerate(layout.sentences):
        words = content_words(text[sentence.start : sentence.end])
        like = max((len(words & each) / len(each) for each in wanted), default=0.0)
        best = max(best, (like, -number))
    if best[1] > 0:
        return None
    sentence = layout.sentences[-best[1]]
    return _around(layout, sentence.start, sentence.end)


def _around(layout: Layout, start: int, end: int) -> _Place:
    """A stretch as whole sentences, and its paragraph."""
    within = [each for each in layout.sentences if each.start < end and each.end > start]
    start = min([start, *(each.start for each in within)])
    end = max([end, *(each.end for each in within)])
    blocks = [each for each in layout.paragraphs if each.start < end and each.end > start]
    return _Place(
        start,
        end,
        (min([start, *(b.start for b in blocks)]), max([end, *(b.end for b in blocks)])),
    )


# What tells from whom a page has it, one after the other.


def _stated(listed: _Listed) -> Iterator[PageLink]:
    """What the list itself says."""
    ids = {page.id: place for place, page in enumerate(listed.pages) if page.id}
    for place in listed.order:
        for name in listed.pages[place].cites:
            other = ids.get(name)
            if other is None and re.match(r"\w+://|www\.", name):
                address = web_address(name)
                other = listed.owners.by_address.get(address.plain) if address else None
            if other is None:
                meant = listed.meant(name, place)
            elif listed.matters[other] == listed.matters[place]:
                meant = None if other == place else (listed.name(other), other)
            else:
                meant = listed.meant(listed.name(other), place)
            if meant is not None:
                yield PageLink(place, "stated", meant[0], meant[1], 1.0, name)


def _credited(listed: _Listed) -> Iterator[PageLink]:
    """Whom the texts credit."""
    for place in listed.order:
        reading = listed.readings.get(place)
        if reading is None:
            continue
        parts = {plain_name(each.name) for each in reading.credits if not each.is_for_all}
        best: dict[str, PageLink] = {}
        for credit in reading.credits:
            meant = listed.meant(credit.name, place)
            is_apart = not credit.is_for_all and listed.is_of_others(
                place, credit.start, credit.end
            )
            if meant is None or is_apart:
                continue
            likely = credit.probability
            if not credit.is_for_all and reading.place is not None:
                likely *= reading.place.nearness(credit.start, credit.end)
            elif not credit.is_for_all:
                likely *= _NEXT_TO_IT if len(parts) == 1 else _ELSEWHERE
            link = PageLink(place, credit.kind, meant[0], meant[1], likely, credit.text)
            known = best.get(meant[0])
            if known is None or known.probability < likely:
                best[meant[0]] = link
        yield from best.values()


def _mentioned(listed: _Listed, found: Mapping[int, Sequence[PageLink]]) -> Iterator[PageLink]:
    """Whom the texts name who publish other pages of the list, beyond those whom they credit."""
    relays = {place for place, links in found.items() if any(map(_is_sure, links))}
    announcing = listed.announcing(relays)
    for place, reading in listed.readings.items():
        text, matter = reading.document.text, listed.matters[place]
        others = listed.speaking[matter] - {listed.owners.of_page[place]}
        alone = announcing.get(matter)
        best: dict[str, PageLink] = {}
        for each in mentions_in(text, listed.owners, others, alone):
            link = _of_mention(listed, place, reading, each)
            if link is not None and best.get(link.source, link).probability <= link.probability:
                best[link.source] = link
        known = {each.source: each.probability for each in found.get(place, ())}
        yield from (each for each in best.values() if known.get(each.source, 0.0) < SURE)


def _of_mention(
    listed: _Listed, place: int, reading: _Reading, mention: Mention
) -> PageLink | None:
    """The link that a mention makes, by how far it stands from the sentence of the claim."""
    likely, page = mention.probability, mention.page
    if listed.is_of_others(place, mention.start, mention.end):
        return None
    if page is not None and listed.matters[page] != listed.matters[place]:
        return None
    if page is None:  # the very page settles it wherever it stands
        at = reading.place
        likely *= _NEXT_TO_IT if at is None else at.nearness(mention.start, mention.end)
    if mention.owner is not None:
        meant = listed.of_owner(mention.owner, place)
        return meant and PageLink(
            place, mention.kind, meant[0], meant[1] if page is None else page, likely, mention.text
        )
    if mention.kind == "linked" and listed.pages[place].side == "denies":
        return None  # what it links to may be what it denies
    return PageLink(place, mention.kind, mention.outsider, None, likely, mention.text)


def _copied(listed: _Listed, found: Mapping[int, Sequence[PageLink]]) -> Iterator[PageLink]:
    """Passages that pages on one side of a claim share, and credits that only one of them prints."""
    documents = [each.document for each in listed.readings.values() if each.is_whole]
    shared: list[tuple[SharedText, LinkKind, float]] = []
    for each in shared_texts(documents, tuple(listed.claims.values())):
        if listed.matters[int(each.first)] == listed.matters[int(each.other)]:
            shared.append((each, *_likely(each, listed)))
    yield from _word_for_word(listed, shared)
    apart = _held_together_by_one(shared, listed)
    for text, kind, likely in shared:
        first, other = int(text.first), int(text.other)
        for copy, printed in ((first, other), (other, first)):
            able = likely if not listed.tells_of(printed, copy) else min(likely, _NOT_SURE)
            yield from _as_credited(listed, copy, printed, able, found.get(printed, ()))
        is_in_order = listed.is_earlier(first, other)
        same_voice = not is_in_order or kind == "quotation"
        longest = max(text.passages, key=lambda each: each.words)
        words = longest.other_text
        if listed.tells_of(first, other) and not listed.tells_of(other, first):
            if not is_in_order:  # who tells of the other has it from there
                first, other, words, same_voice = other, first, longest.text, False
            else:
                likely = min(likely, _NOT_SURE)
        if (first, other) in apart:
            likely = min(likely, _NOT_SURE)
        yield PageLink(other, kind, listed.name(first), first, likely, words, same_voice)


def _word_for_word(
    listed: _Listed, shared: Sequence[tuple[SharedText, LinkKind, float]]
) -> Iterator[PageLink]:
    """Texts that are the same from end to end, and too short for a passage to tell anything.

    Those that have nothing but the words of the claim and who says it may well have been written
    twice: "two officials" of two papers are not the same two for that.
    """
    told = {(int(text.first), int(text.other)) for text, _, likely in shared if likely >= SURE}
    firsts: dict[tuple[tuple[str, str], str], int] = {}
    own = {name: ClaimWords(text).keys for name, text in listed.claims.items()}
    for place in listed.order:
        reading = listed.readings.get(place)
        text = "" if reading is None or not reading.is_whole else reading.document.text
        matter = listed.matters[place]
        if (
            not text
            or len(text) > LONGEST_POST
            or not _further_words(text, own[matter[0]], listed.voices[place])
        ):
            continue
        words = " ".join(_PLAIN_WORD.findall(text.casefold()))
        first = firsts.setdefault((matter, words), place)
        is_one = listed.owners.of_page[first] == listed.owners.of_page[place]
        if not is_one and (first, place) not in told:
            likely = _NOT_SURE if listed.tells_of(first, place) else _WORD_FOR_WORD
            same_voice = not listed.is_earlier(first, place)
            yield PageLink(place, "reuse", listed.name(first), first, likely, text, same_voice)


def _further_words(text: str, claim: Set[str], voices: Sequence[PageVoice]) -> Set[str]:
    """What a text has beyond its claim, who says it, and whose the page is."""
    said = (f"{each.name} {each.cue}" for voice in voices for each in voice.chain)
    known = {word.key for each in said for word in words_of(each)}
    return {each.key for each in words_of(_IMPRINT.sub("", text))} - claim - known - {""}


def _likely(shared: SharedText, listed: _Listed) -> tuple[LinkKind, float]:
    """How probable it is that two pages have their statement by what they share."""
    quoted = sum(each.words for each in shared.passages if each.quoted)
    here, there = (_covers(shared, side, listed) for side in (0, 1))
    if quoted > shared.words:  # both have it from who said it, where it is what they say
        return "quotation", reuse_probability(quoted) * (1.0 if here and there else _ELSEWHERE)
    if here is None and there is None:
        is_large = max(shared.of_first, shared.of_other) >= 0.5
        return "reuse", shared.probability * (1.0 if is_large else _NEXT_TO_IT)
    return "reuse", shared.probability * (1.0 if here or there else _ELSEWHERE)


def _covers(shared: SharedText, side: int, listed: _Listed) -> bool | None:
    """Whether the passages cover the sentence of the claim; `None` where none is known."""
    place = listed.readings[int(shared.other if side else shared.first)].place
    if place is None:
        return None
    inside = sum(
        max(0, min(place.end, end) - max(place.start, start))
        for each in shared.passages
        for start, end in [(each.other_start, each.other_end) if side else (each.start, each.end)]
    )
    return inside >= 0.3 * (place.end - place.start)


def _as_credited(
    listed: _Listed, copy: int, printed: int, likely: float, links: Sequence[PageLink]
) -> Iterator[PageLink]:
    """A page whose words another one prints with a credit for all of them."""
    link = next((each for each in links if _is_for_all(each) and _is_sure(each)), None)
    if link is None or listed.is_earlier(copy, printed):
        return
    meant = listed.meant(link.source, copy)
    if meant is not None:
        words = f"{listed.name(printed)} prints the same words with “{link.text}”"
        probability = likely * link.probability
        yield PageLink(copy, "credited-copy", meant[0], meant[1], probability, words)


def _held_together_by_one(
    shared: Sequence[tuple[SharedText, LinkKind, float]], listed: _Listed
) -> set[tuple[int, int]]:
    """Pairs that only one page would join, which may have been compiled from both.

    Where no date says which was first, a page that shares one passage with some pages and another
    with others makes them no one voice: it stays with those that share most with it.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for text, _, likely in shared:
        if likely >= SURE:
            first, other = int(text.first), int(text.other)
            near[first][other] = near[other][first] = text.words
    found: set[tuple[int, int]] = set()
    for place, partners in near.items():
        ranked = sorted(partners, key=lambda each: (-partners[each], each))
        numbers = {other: number for number, other in enumerate(ranked)}
        groups = Groups(len(ranked))
        for other in ranked:
            for third in near[other].keys() & numbers.keys():
                groups.join(numbers[other], numbers[third])
        for other in ranked:
            if groups.lowest(numbers[other]) and not listed.is_earlier(place, other):
                found.add((min(place, other), max(place, other)))
    return {
        (first, other)
        for first, other in ((int(t.first), int(t.other)) for t, _, _ in shared)
        if (min(first, other), max(first, other)) in found and not listed.is_earlier(first, other)
    }


def _of_one_author(listed: _Listed) -> Iterator[PageLink]:
    """Pages of several publishers that one person wrote."""
    firsts: dict[tuple[str, tuple[str, str]], int] = {}
    for place in listed.order:
        name, author = _author_of(listed.pages[place]), listed.pages[place].author
        if name is None or author is None:
            continue
        first = firsts.setdefault((name, listed.matters[place]), place)
        if listed.owners.of_page[first] != listed.owners.of_page[place]:
            yield PageLink(
                place, "author", listed.name(first), first, _SAME_AUTHOR, author, same_voice=True
            )


def _spoken(
    listed: _Listed, place: int, known: Sequence[PageLink], behind: str = ""
) -> Sequence[tuple[PageLink, ...]]:
    """Those who say it on a page: for each of them the links by which the page has it from there.

    Where a credit names one of them, that credit is the link.

    Args:
        listed: the list.
        place: the page.
        known: what else tells from whom it has it.
        behind: from whom it has its text, if that is known.
    """
    chains = listed.chains(place)
    found = (tuple(_hops(listed, place, chain, known, behind)) for chain in chains)
    return [each for each in found if each]


def _hops(
    listed: _Listed,
    place: int,
    chain: Sequence[PageSpeaker],
    known: Sequence[PageLink],
    behind: str,
) -> Iterator[PageLink]:
    for speaker in chain:
        meant = listed.meant(listed.called(speaker, place, behind), place)
        if meant is None or meant[0] == behind:
            continue
        likely = _SPOKEN if speaker.is_explicit else _SPOKEN_BY_PRONOUN
        is_told = speaker.cue.endswith((" from", " on"))  # "I have it from an official"
        parts = (speaker.cue, speaker.name) if is_told else (speaker.name, speaker.cue)
        words = " ".join(parts).strip()
        link = PageLink(place, "spoken", meant[0], meant[1], likely, words)
        for each in known:
            if _is_called(each, speaker):
                link = each  # as sure as it is who is meant
            elif _is_credit(each) and plain_name(each.source) == plain_name(meant[0]):
                sure = max(likely, each.probability)
                link = attrs.evolve(each, source=meant[0], probability=sure)
        yield attrs.evolve(link, behind=behind)
        if link.other is not None:
            return  # which tells itself from whom it has it
        behind = link.source


def _is_called(link: PageLink, speaker: PageSpeaker) -> bool:
    """Whether a link calls somebody as the page does: "the company said", "citing the mayor, Ost"."""
    if link.kind == "linked" and _ADDRESSED.match(speaker.name):
        return True  # "according to https://hearsay.example/1"
    is_so = link.kind == "role" or (link.kind in CREDITS and _CITES.match(link.text) is not None)
    return is_so and speaker.name.casefold() in link.text.casefold()


def _is_credit(link: PageLink) -> bool:
    return link.kind in CREDITS or link.kind in ("named", "linked")


# Which of it is counted


def _is_sure(link: PageLink) -> bool:
    return link.probability >= SURE


def _is_for_all(link: PageLink) -> bool:
    return link.kind in _FOR_ALL


def _rank(link: PageLink) -> int:
    """Which of several links decides, the lowest first."""
    if link.kind == "stated":
        return 0
    if link.kind in CREDITS:
        return 1 if link.kind in _FOR_ALL else 2
    if link.kind in ("linked", "named"):
        return 2
    return {"role": 3, "credited-copy": 3, "reuse": 4, "quotation": 4, "author": 5, "spoken": 6}[
        link.kind
    ]


def _decided(
    listed: _Listed, place: int, links: Sequence[PageLink], above: dict[int, set[int]]
) -> Iterator[PageLink]:
    """The links of a page, those that decide counted; what was decided before stays.

    Of what the list states and of credits in the sentence of the claim all count; of the rest the
    most probable. A credit for the whole text has those in the sentence behind it. Those who speak
    stand behind whoever the page has its text from, if the list has no page of theirs; where nobody
    is, the page has it from them.
    """
    spoken = _spoken(listed, place, links)
    told = {(each.kind, each.text) for chain in spoken for each in chain}
    is_credited = any(_rank(chain[0]) <= 2 for chain in spoken)
    rank: int | None = None
    carrier = ""
    for link in sorted(
        (each for each in links if (each.kind, each.text) not in told),
        key=lambda each: (_rank(each), -each.probability, -1 if each.other is None else each.other),
    ):
        mine = _rank(link)
        is_more = rank is not None and not (mine == rank and mine in (0, 2))
        is_more = is_more or (is_credited and mine > 2)
        deeper = rank == 1 and mine == 2
        counted = _is_sure(link) and (deeper or not is_more)
        if counted and mine > 0 and link.other is not None:
            counted = not _leads_to(link.other, place, above)
        if counted and link.other is not None and not deeper:
            above.setdefault(place, set()).add(link.other)
        if counted and rank is None:
            rank, carrier = mine, link.source if link.other is None else ""
        yield attrs.evolve(link, counted=counted, behind=carrier if deeper and counted else "")
    is_beside = rank is None or (rank == 2 and is_credited)
    if not is_beside and carrier:
        spoken = _spoken(listed, place, links, carrier)
    yield from _told_once(spoken, is_beside or (rank != 0 and carrier != ""), above)


def _told_once(
    spoken: Sequence[Sequence[PageLink]], counted: bool, above: dict[int, set[int]]
) -> Iterator[PageLink]:
    """The links to those who speak, each once; none behind one that does not count."""
    seen: set[tuple[str, str]] = set()
    for chain in spoken:
        is_led_on = counted
        for link in chain:
            if link.other is not None and _leads_to(link.other, link.page, above):
                is_led_on = False
            is_led_on = is_led_on and _is_sure(link)
            if is_led_on and link.other is not None and not link.behind:
                above.setdefault(link.page, set()).add(link.other)
            if (link.source, link.behind) not in seen:
                seen.add((link.source, link.behind))
                yield attrs.evolve(link, counted=is_led_on)


def _leads_to(start: int, end: int, above: Mapping[int, Iterable[int]]) -> bool:
    """Whether a page has it from another, through any others."""
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        if at == end:
            return True
        for each in above.get(at, ()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return False
