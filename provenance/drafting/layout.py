"""How a text is laid out: paragraphs, sentences, quotations, and the pieces of a sentence."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import attrs

from provenance.drafting.english import ABBREVIATIONS, word_set

__all__ = [
    "Atom",
    "Layout",
    "Paragraph",
    "Sentence",
    "carries_content",
    "content_words",
    "laid_out",
]

LONGEST_SENTENCE = 1_500
"""How many characters of a sentence are read; longer ones are tables, lists or no sentences."""

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
# A possible end of a sentence: a stop, what closes, then space.
_STOP = re.compile(r"[.!?…][”\"’')\]»]{0,3}(?=\s)|[:;](?=\s+[“\"])")
_ATOM = re.compile(
    r"(?:[A-Za-z]\.){2,}|--+|(?<=\s)-(?=\s)|(?<=\s)[‘’']\d\d\b|\d[\d.,:]*\d|\w+(?:[-’'&‑]\w+)*(?:(?<=s)[’'](?=\s))?|[^\w\s]",
)
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
# Where and when a report was written, and by which agency: "PORT VELM, June 13 (Norda) - The".
_PLACE = r"[A-Z][A-Z'’.-]{2,20}(?:,? [A-Z][A-Za-z'’.-]{0,20}){0,4}"
_DATELINE = re.compile(
    rf"{_PLACE}(?:, (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}|\d{{1,2}} [A-Z][a-z]{{2,8}}\.?)(?:,? \d{{4}})?)? "
    r"(?:\([A-Z][\w .&/-]{1,40}\) (?:-{1,2}|–|—)|--|–|—) (?=[A-Z“\"])"
)
_OPENING = {"“": '”"', "„": "“”", "«": "»", '"': '"”', "‘": "’", "''": "''", "``": "''"}


class Atom(NamedTuple):
    """A piece of a sentence: a word, a mark, a quotation as a whole, or what is in parentheses."""

    kind: str
    """w: a word, p: a mark, q: a quotation, x: in parentheses."""
    start: int
    """The offset of its first character."""
    end: int
    """The offset just after its last character."""
    text: str
    """Its text."""
    low: str
    """Its text in small letters; a quotation is “”."""

    @property
    def last_mark(self) -> str:
        """The last character within a quotation: a comma where the sentence goes on after it."""
        return self.text.rstrip("”\"’'»")[-1:]


class Sentence(NamedTuple):
    """A sentence, and the quotations in it."""

    start: int
    """The offset of its first character."""
    end: int
    """The offset just after its last character."""
    paragraph: int
    """Which paragraph it stands in, counted from 0."""
    quotes: tuple[tuple[int, int], ...]
    """Where its quotations are, marks included."""


class Paragraph(NamedTuple):
    """A paragraph: a line that is not blank, or a block of wrapped lines."""

    start: int
    """The offset of its first character."""
    end: int
    """The offset just after its last character."""
    quotes: tuple[tuple[int, int], ...]
    """Where its quotations are, marks included; one that is not closed goes on to the end."""


@attrs.frozen(slots=False)  # what is derived is kept
class Layout:
    """A text in paragraphs and sentences."""

    text: str
    """The text."""
    paragraphs: tuple[Paragraph, ...]
    """Its paragraphs in their order."""
    sentences: tuple[Sentence, ...]
    """Its sentences in their order."""

    def paragraph_at(self, offset: int) -> int:
        """Which paragraph an offset is in, counted from 1, as locators count them."""
        return bisect_right(self._beginnings, offset)

    def block_of(self, paragraph: int) -> int:
        r"""Which block a paragraph stands in: a heading or a time of day begins a new one.

        >>> layout = laid_out("It sailed.\n\n10.42 am\n\nIt sank.\n\nWhat we know\n\nNothing.")
        >>> [layout.block_of(number) for number in range(5)]
        [0, 1, 1, 2, 2]
        """
        return self._blocks[paragraph]

    @functools.cached_property
    def _blocks(self) -> tuple[int, ...]:
        texts = (self.text[each.start : each.end] for each in self.paragraphs)
        return tuple(itertools.accumulate(int(_begins_block(each)) for each in texts))

    @functools.cached_property
    def _beginnings(self) -> tuple[int, ...]:
        return tuple(each.start for each in self.paragraphs)

    def atoms(self, sentence: Sentence) -> tuple[Atom, ...]:
        """The pieces of a sentence; quotations and parentheses are one piece each."""
        return tuple(_pieces(self.text, sentence))


def laid_out(text: str) -> Layout:
    """The paragraphs and sentences of a text, in time proportional to it.

    >>> layout = laid_out("“It sailed. At night,” Gen. Ost said. Nobody saw it.")
    >>> [layout.text[each.start:each.end] for each in layout.sentences]
    ['“It sailed. At night,” Gen. Ost said.', 'Nobody saw it.']
    """
    pattern = _BLOCK if _is_wrapped(text) else _LINE
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for found in pattern.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        end = found.start() + len(found[0].rstrip())
        quotes = tuple(_quotations(text, start, end))
        dateline = _DATELINE.match(text, start, end)
        begin = dateline.end() if dateline else start
        sentences.extend(_sentences(text, begin, end, quotes, len(paragraphs)))
        paragraphs.append(Paragraph(start, end, quotes))
    return Layout(text, tuple(paragraphs), tuple(sentences))


def content_words(text: str) -> frozenset[str]:
    """The words that carry a content, without their endings.

    >>> sorted(content_words("The ships were sailing to the port"))
    ['port', 'sail', 'ship']
    """
    return frozenset(map(_stem, set(_WORD.findall(text.casefold())) - _EMPTY))


def carries_content(word: str) -> bool:
    """Whether a word in small letters carries a content.

    >>> carries_content("ship"), carries_content("the")
    (True, False)
    """
    return word not in _EMPTY


_EMPTY = word_set(
    """
    the a an of and to in that is was for on with as it by at from be this have are had were has
    but or which their they he she his her who will would been its into there than then also
    said says we our us i my you your them him these those so if when where while not no
    """
)
_ENDINGS = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "s", "’s", "'s")


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    if word.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
    return word


LONGEST_HEADING = 90
"""How many characters the heading of a block may have."""
_TIME_OF_DAY = re.compile(r"\W{0,3}(?:[01]?\d|2[0-3])(?:[.:][0-5]\d|\s?[ap]\.?m\b)", re.I)
_OPEN_END = re.compile(r"[\w)%’']\Z")


def _begins_block(paragraph: str) -> bool:
    """Whether a paragraph is a heading or begins with a time of day, as posts of live pages do."""
    if _TIME_OF_DAY.match(paragraph):
        return True
    short = len(paragraph) <= LONGEST_HEADING and "\n" not in paragraph
    return short and paragraph[0].isupper() and _OPEN_END.search(paragraph) is not None


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken to fit a width, so that only blank lines part paragraphs."""
    if "\n" not in text.strip("\n"):
        return False
    lines = text[:20_000].split("\n")
    within = [
        (line, after) for line, after in itertools.pairwise(lines) if line.strip() and after.strip()
    ]
    broken = sum(40 <= len(line) <= 100 and line.rstrip()[-1] not in '.!?”":' for line, _ in within)
    return bool(within) and 2 * broken > len(within)


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the quotations of a paragraph are, marks included."""
    opened, closing = -1, ""
    for found in _MARKS.finditer(text, start, end):
        at, mark = found.start(), found[0]
        before = text[at - 1] if at > start else " "
        after = text[found.end()] if found.end() < end else " "
        if opened < 0:
            short = mark == "‘" and after.isdigit()  # ‘08
            if mark in _OPENING and not before.isalnum() and not after.isspace() and not short:
                opened, closing = at, _OPENING[mark]
        elif (mark in closing and (mark != "’" or _ends_single(before, after))) or (
            mark == "“" == text[opened] and not before.isspace() and after.isspace()
        ):  # the last one opens where it should close: “It sailed,“ he said
            whole = found.end() + (mark == "''" and after == "'")  # one quotation in another
            yield opened, whole
            opened = -1
    if opened >= 0 and closing != "’":
        yield opened, end


_MARKS = re.compile("''|``|[“”„«»\"‘’]")


def _ends_single(before: str, after: str) -> bool:
    """Whether a raised comma closes a quotation and is no apostrophe."""
    return not after.isalnum() and (before in ",.?!…" or (before.isalnum() and before != "s"))


def _sentences(
    text: str, start: int, end: int, quotes: tuple[tuple[int, int], ...], paragraph: int
) -> Iterator[Sentence]:
    """The sentences of a paragraph; a stop inside a quotation ends none unless both end there."""
    begin, at = start, 0
    for found in _STOP.finditer(text, start, end):
        stop = found.end()
        while at < len(quotes) and quotes[at][1] < stop:
            at += 1
        inside = at < len(quotes) and quotes[at][0] < stop < quotes[at][1]
        if inside:
            continue
        following = stop + 1
        while text[following].isspace():  # the paragraph ends with a character that shows
            following += 1
        if _is_end(text, found.start(), stop, following, end):
            yield _sentence(text, begin, stop, paragraph, quotes)
            begin = following
    yield _sentence(text, begin, end, paragraph, quotes)


def _sentence(
    text: str, start: int, end: int, paragraph: int, quotes: tuple[tuple[int, int], ...]
) -> Sentence:
    if not quotes:
        return Sentence(start, end, paragraph, ())
    first = bisect_right(quotes, (start, start))
    within = []
    for quote in quotes[max(0, first - 1) :]:
        if quote[0] >= end:
            break
        if quote[0] >= start and quote[1] <= end:
            within.append(quote)
    return Sentence(start, end, paragraph, tuple(within))


_SPEAKING = re.compile(
    r"\s+(?:\w+\.?\s+){1,5}?(?:said|says|asked|asks|told|wrote|writes|added|exclaimed)\b"
)
_ENDING_TOO = word_set("u.s u.k u.n a.m p.m d.c inc ltd co corp jr sr etc")
_BEGINNING = re.compile(r"(?:The|This|That|These|Those|He|She|It|They|We|I|In|But|And|At|On)\s")
_BEFORE = re.compile(r"[\w.]*\Z")


def _is_end(text: str, stop: int, end: int, after: int, last: int) -> bool:
    """Whether a stop ends a sentence, in view of the character that comes after it."""
    mark = text[stop]
    if mark in ":;":
        return False
    if text[after].islower() or text[after] in ",;:—–":
        return False
    if mark in "!?…" and end - stop > 1 and _SPEAKING.match(text, end, min(last, end + 80)):
        return False
    if mark != "." or end - stop > 1:
        return True
    word = (_BEFORE.search(text[max(0, stop - 20) : stop]) or [""])[0]
    single = len(word) == 1 and word.isupper()
    short = word.lower().lstrip(".")
    opens = text[after] in '“"' or _BEGINNING.match(text, after) is not None
    if short in _ENDING_TOO and opens:
        return True  # "in the U.S. The proposal", "at 9 p.m. “It shook,” she said"
    return not single and short not in ABBREVIATIONS


def _pieces(text: str, sentence: Sentence) -> list[Atom]:
    """The pieces of a sentence in their order."""
    pieces: list[Atom] = []
    at = sentence.start
    limit = min(sentence.end, sentence.start + LONGEST_SENTENCE)
    if text[at] == "(" and text.find(")", at, limit) in (-1, limit - 1, limit - 2):
        at += 1  # all of the sentence is in parentheses
        limit -= (
            len(text[at:limit]) - len(text[at:limit].rstrip(").")) if limit == sentence.end else 0
        )
    for start, end in sentence.quotes:
        if start < limit:
            _add_outside(pieces, text, at, start)
            pieces.append(Atom("q", start, end, text[start:end], "“”"))
            at = end
    _add_outside(pieces, text, at, limit)
    return pieces


def _add_outside(pieces: list[Atom], text: str, start: int, end: int) -> None:
    """Add the pieces between quotations; what stands in parentheses is one."""
    opened, depth, after = -1, 0, start
    add, find = pieces.append, text.find
    for piece in _ATOM.findall(text, start, end):
        at = find(piece, after)  # nothing but spaces stands between two pieces
        after = at + len(piece)
        if piece in _BRACKETS:
            if piece in "([" and (depth or find(_CLOSING[piece], after, end) > 0):
                opened, depth = (opened if depth else at), depth + 1
                continue
            if depth:
                depth -= 1
                if not depth:
                    add(Atom("x", opened, after, text[opened:after], "()"))
                continue
        if not depth:
            if piece == "." and pieces and at + 1 < end and _is_abbreviated(pieces[-1], at):
                short = pieces[-1]
                pieces[-1] = _atom(("w", short.start, after, text[short.start : after], short.low))
                continue
            kind, low = _kind_of(piece)
            if low == "-" and text[at - 1].isspace():
                low = "—"
            add(_atom((kind, at, after, piece, low)))


def _is_abbreviated(word: Atom, stop: int) -> bool:
    """Whether a full stop belongs to the word before it: Mr., Acme Inc., Jan. 12."""
    return word.end == stop and word.low in _DOTTED and word.text[0].isupper()


_DOTTED = ABBREVIATIONS - word_set("no nos etc vs fig est approx vol dept") | word_set(
    "bros ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn mo mont neb nev okla "
    "pa tenn tex va vt wis wyo"
)
"""Words whose full stop is a part of them, months and American states among them."""


_BRACKETS = frozenset("()[]")
_CLOSING = {"(": ")", "[": "]"}
_atom = functools.partial(tuple.__new__, Atom)  # one for every word: the plain way is twice as slow


@functools.lru_cache(maxsize=50_000)
def _kind_of(piece: str) -> tuple[str, str]:
    """The kind of a piece, and its text in small letters."""
    kind = "w" if piece[0].isalnum() or piece[0] == "_" or piece[-1].isdigit() else "p"
    low = piece.lower().replace("’", "'")
    if low.endswith(".") and low[:-1].isalpha():
        low = low[:-1]  # "Mr."
    return kind, "—" if low.startswith("--") else low
