"""Which documents share passages, word for word or nearly, and how much of each is in the other."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import islice

import attrs

from provenance.drafting.articles import SourceDocument
from provenance.drafting.english import word_set

__all__ = ["SharedPassage", "SharedText", "reuse_probability", "shared_texts"]

FEWEST_WORDS = 5
"""How many words that carry a content a passage has at least in common, names and numbers half."""
EARLIEST = 5
"""With how many of the earliest documents that have the same three words a document is compared."""
MOST_PLACES = 2
"""How many places of the same three words are looked at in one document."""
WIDEST_GAP = 7
"""Over how many words of its own a passage may go on."""
WIDEST_SHIFT = 4
"""By how many words one side of a passage may be longer than the other over such a gap."""
MOST_WORDS = 50_000
"""How many words of a document are read for what it shares."""
MOST_COMPARED = 20
"""With how many documents one is compared word by word."""

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"“[^”]{1,2000}”|\"[^\"\n]{1,2000}\"|«[^»]{1,2000}»|„[^“”]{1,2000}[“”]")
_SENTENCE_END = re.compile(r"[.!?…:\n“”\"„«]\s*\Z")
# Words of four letters and more that stand in every text; shorter ones count for none anyway.
_EVERYWHERE = word_set(
    "about after also among another been before being between both could does during each even "
    "every from have having here into just like made make many more most much must only other "
    "over said same says should since some such than that their them then there these they this "
    "those through time under until upon very well were what when where which while will with "
    "within without would your aber alle auch beim dass dem dessen diese dieser durch eine einem "
    "einen einer haben hatte ihre kann mehr nach nicht noch oder sein seine sich sind über unter "
    "wird wurde zwischen avec cette comme dans elle entre leur mais même nous plus pour sans sont "
    "sous tout toute cela como desde donde ella entre esta este para pero porque según sobre "
    "también todo una della delle degli dalla sono anche come alla nella questo questa"
)
# Scripts that put no spaces between words: each letter is taken for a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_ANY_WORD = re.compile(f"{_UNSPACED.pattern}|{_WORD.pattern}")
_LONGEST_STEM = 6
_SHIFTS = sorted(range(-WIDEST_SHIFT, WIDEST_SHIFT + 1), key=abs)


@attrs.frozen
class SharedPassage:
    """A passage that stands in two documents, the same or nearly."""

    start: int
    """The offset of its first character in the document that has it first."""
    end: int
    """The offset just after its last character there."""
    text: str
    """The words there."""
    other_start: int
    """The offset of its first character in the other document."""
    other_end: int
    """The offset just after its last character there."""
    other_text: str
    """The words there."""
    words: float
    """How many words that carry a content are the same, names and numbers counted half.

    Without those that the documents are about, and both must say."""
    exact: bool
    """Whether it is the same word for word."""
    quoted: bool
    """Whether both documents have it in quotation marks: then both may have it from who said it."""


@attrs.frozen
class SharedText:
    """What two documents have in common."""

    first: str
    """The id of the document that comes first: by its date, else in the order they were given."""
    other: str
    """The id of the other one."""
    passages: tuple[SharedPassage, ...]
    """The passages, in the order of the other document."""
    of_first: float
    """How much of the first document is found in the other, in [0, 1]."""
    of_other: float
    """How much of the other document is found in the first, in [0, 1]."""

    @property
    def words(self) -> float:
        """How many words they share outside of quotations, names and numbers counted half."""
        return sum(each.words for each in self.passages if not each.quoted)

    @property
    def probability(self) -> float:
        """How probable it is that these passages were not written twice, in [0, 1]."""
        return reuse_probability(self.words)


def reuse_probability(words: float) -> float:
    """How probable it is that so many shared words go back to one text: a judgement.

    Five words that carry a content, in the same order and outside of quotations, are rarely written
    twice, and fifteen hardly ever: 1 - exp(-w / 4), and .99 at the most.

    >>> [round(reuse_probability(words), 2) for words in (0, 5, 10, 40)]
    [0.0, 0.71, 0.92, 0.99]
    """
    return min(0.99, 1.0 - math.exp(-words / 4.0))


@attrs.frozen(slots=False)
class _Fingerprint:
    """A document as the words that carry its content."""

    document: SourceDocument
    starts: Sequence[int]
    """Where its words begin."""
    lengths: Sequence[int]
    """How many characters they have."""
    lows: Sequence[str]
    """The same in small letters."""
    content: Sequence[int]
    """Which of them carry a content."""
    stems: Sequence[int]
    """Their stems, as numbers."""
    matters: Sequence[Set[int]]
    """The stems of what all documents are about."""

    def is_given(self, place: int) -> bool:
        """Whether the three words from a place on are those of what it is about."""
        words = frozenset(self.stems[place : place + 3])
        return any(matter >= words for matter in self.matters)

    @cached_property
    def quotations(self) -> Sequence[tuple[int, int]]:
        """Where its quotations are."""
        return [found.span() for found in _QUOTED.finditer(self.document.text)]

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether nearly all of a stretch stands within quotations."""
        inside = sum(max(0, min(end, last) - max(start, first)) for first, last in self.quotations)
        return inside >= 0.8 * (end - start)

    @cached_property
    def weights(self) -> Sequence[float]:
        """What the words count that carry a content: names and numbers recur in honest reports."""
        return [self._weight(self.starts[place]) for place in self.content]

    def _weight(self, start: int) -> float:
        text = self.document.text
        if text[start].isdigit():
            return 0.5
        if not text[start].isupper():
            return 1.0
        before = text[max(0, start - 4) : start]
        return 1.0 if not before or _SENTENCE_END.search(before) else 0.5

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets from one word that carries a content to another."""
        end = self.content[last]
        return self.starts[self.content[first]], self.starts[end] + self.lengths[end]

    def between(self, first: int, last: int) -> Sequence[str]:
        """All words from one that carries a content to another, in small letters."""
        return self.lows[self.content[first] : self.content[last] + 1]


def _stems_of(text: str, stems: dict[str, int]) -> Iterator[int]:
    """The words of a text that carry a content, as numbers."""
    for word in islice(_pattern_for(text).finditer(text), MOST_WORDS):
        low = word.group().casefold()
        if _carries(low):
            yield stems.setdefault(low[:_LONGEST_STEM], len(stems))


def _fingerprint(
    document: SourceDocument, stems: dict[str, int], matters: Sequence[Set[int]]
) -> _Fingerprint:
    text = document.text
    starts: list[int] = []
    lengths: list[int] = []
    lows: list[str] = []
    content: list[int] = []
    numbers: list[int] = []
    for place, found in enumerate(islice(_pattern_for(text).finditer(text), MOST_WORDS)):
        word = found.group()
        low = word.casefold()
        starts.append(found.start())
        lengths.append(len(word))
        lows.append(low)
        if _carries(low):
            content.append(place)
            numbers.append(stems.setdefault(low[:_LONGEST_STEM], len(stems)))
    return _Fingerprint(document, starts, lengths, lows, content, numbers, matters)


def _pattern_for(text: str) -> re.Pattern[str]:
    return _WORD if _UNSPACED.search(text) is None else _ANY_WORD


def _carries(low: str) -> bool:
    """Whether a word carries a content."""
    return (len(low) > 3 and low not in _EVERYWHERE) or _counts_though_short(low)


def _counts_though_short(word: str) -> bool:
    return word[0].isdigit() or not (word.isascii() or word[0] < "\u0e00")


Shingle = tuple[int, int, int]


def _shingles(fingerprint: _Fingerprint) -> Mapping[Shingle, Sequence[int]]:
    """Every three neighbouring words that carry a content, in any order, with where they stand."""
    found: dict[Shingle, list[int]] = {}
    stems = fingerprint.stems
    for place in range(len(stems) - 2):
        one, two, three = sorted(stems[place : place + 3])
        places = found.setdefault((one, two, three), [])
        if len(places) < MOST_PLACES:
            places.append(place)
    return found


def shared_texts(
    documents: Iterable[SourceDocument], about: Sequence[str] = ()
) -> tuple[SharedText, ...]:
    """Which documents share passages, exact and near, each pair once.

    Every document is read as its words that carry a content; three neighbouring ones, in any
    order, are looked up in an index of those that came before. A document is compared with the
    earliest ones that have the same three words, and not with all, so that a thousand copies of a
    report are compared with its first. Where such triples follow one another on both sides, over
    gaps of a few other words, they are a passage. Pages of one publisher are not compared.

    What the documents are about, both must say: three words that all stand in one text of `about`
    count for nothing, since they may well have been written twice.

    Time and memory grow with the length of the texts, not with its square.

    >>> from provenance.drafting import read_document
    >>> told = "Forty crates of shells were loaded into the rusty freighter before sunrise."
    >>> pages = [
    ...     read_document(told, publisher="The Gazette", published_on="2026-03-01"),
    ...     read_document(f"Friends, listen. {told}", publisher="The Echo", published_on="2026-03-02"),
    ... ]
    >>> found = shared_texts(pages)[0]
    >>> found.first, found.other, found.of_first, found.passages[0].exact
    ('the-gazette', 'the-echo', 1.0, True)
    """
    given = list(documents)
    order = sorted(range(len(given)), key=lambda place: (_begins(given[place]), place))
    stems: dict[str, int] = {}
    read: list[_Fingerprint] = []
    matters = [frozenset(_stems_of(each, stems)) for each in about]
    index: dict[Shingle, list[tuple[int, int]]] = {}
    found: list[SharedText] = []
    for number, place in enumerate(order):
        here = _fingerprint(given[place], stems, matters)
        read.append(here)
        seeds: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for shingle, places in _shingles(here).items():
            known = index.setdefault(shingle, [])
            for earlier, at in known:
                seeds[earlier].extend((at, each) for each in places)
            if len(known) < EARLIEST:
                known.extend((number, each) for each in places)
        found.extend(_compared(read, here, seeds))
    return tuple(found)


def _begins(document: SourceDocument) -> tuple[bool, str]:
    """The order of documents in time; those without a date come last."""
    day = document.published_on
    return (day is None, "" if day is None else day.begins.isoformat())


def _compared(
    read: Sequence[_Fingerprint],
    here: _Fingerprint,
    seeds: Mapping[int, Sequence[tuple[int, int]]],
) -> Iterator[SharedText]:
    """What a document shares with those before it, the ones that share most first."""
    mine = here.document.publisher_id
    able = [
        each
        for each, found in seeds.items()
        if len(found) > 1 and read[each].document.publisher_id != mine
    ]
    able.sort(key=lambda each: (-len(seeds[each]), each))
    for number in sorted(able[:MOST_COMPARED]):
        shared = _shared(read[number], here, seeds[number])
        if shared is not None:
            yield shared


def _shared(
    first: _Fingerprint, other: _Fingerprint, seeds: Sequence[tuple[int, int]]
) -> SharedText | None:
    passages: list[SharedPassage] = []
    of_first: set[int] = set()
    of_other: set[int] = set()
    for run in _runs(seeds):
        there = {at + step for at, _ in run for step in range(3)}
        here = {at + step for _, at in run for step in range(3)}
        new = here - of_other
        if sum(other.weights[at] for at in new) < FEWEST_WORDS:
            continue
        told = {at + step for _, at in run if not other.is_given(at) for step in range(3)}
        words = sum(other.weights[at] for at in new & told)
        passages.append(_passage(first, other, there, here, words))
        of_first |= there
        of_other |= here
    if not any(each.words for each in passages):
        return None
    return SharedText(
        first.document.id,
        other.document.id,
        tuple(sorted(passages, key=lambda each: each.other_start)),
        len(of_first) / len(first.stems),
        len(of_other) / len(other.stems),
    )


def _runs(seeds: Sequence[tuple[int, int]]) -> Sequence[Sequence[tuple[int, int]]]:
    """Triples that follow one another in both documents, the longest run first.

    Those of one diagonal lie side by side in the order of their shift; a run goes on where the
    next triple is near on both sides.
    """
    open_runs: dict[int, list[tuple[int, int]]] = {}
    runs: list[list[tuple[int, int]]] = []
    for seed in sorted(seeds, key=lambda each: (each[1], each[0])):
        at, here = seed
        run = None
        for shift in _SHIFTS:
            known = open_runs.get(at - here + shift)
            if (
                known is not None
                and here - known[-1][1] <= WIDEST_GAP
                and -WIDEST_SHIFT <= at - known[-1][0] <= WIDEST_GAP + WIDEST_SHIFT
            ):
                run = known
                break
        if run is None:
            run = []
            runs.append(run)
        run.append(seed)
        open_runs[at - here] = run
    return sorted(runs, key=lambda each: (-len(each), each[0][1]))


def _passage(
    first: _Fingerprint, other: _Fingerprint, there: set[int], here: set[int], words: float
) -> SharedPassage:
    ends, others = (min(there), max(there)), (min(here), max(here))
    start, end = first.span(*ends)
    other_start, other_end = other.span(*others)
    return SharedPassage(
        start,
        end,
        first.document.text[start:end],
        other_start,
        other_end,
        other.document.text[other_start:other_end],
        words,
        first.between(*ends) == other.between(*others),
        first.is_quoted(start, end) and other.is_quoted(other_start, other_end),
    )
