"""Where words that somebody copied from a text stand in it: whole, in several parts, or not at all."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import attrs

from provenance.exchange import relocate
from provenance.records import Locator

__all__ = ["FoldedText", "Place", "aligned", "folded", "places_of"]

Place = tuple[int, int]
"""Where words stand: the offset of their first character, and the one after their last."""

LONGEST_COPY = 5_000
"""How many characters copied words may have."""
MOST_PLACES = 200
"""How many places of the same words are looked at."""
MOST_PARTS = 6
"""How many parts of a text may be spliced into one quotation."""
LEAST_PART = 3
"""How many words each of two parts must have where nothing shows that something was left out."""
LEAST_ALIKE = 0.9
"""How like words must be that differ in more than quotation marks, spaces and dashes."""

_SPECIAL = re.compile(
    r"(?P<gap>\s*(?:\[\s*(?:…|\.(?:\s?\.){2,})\s*\]|…|\.(?:\s?\.){2,})\s*)"
    r"|(?P<dash>\s*(?:[–—―]+|--+)\s*|\s+-\s+)"
    r"|(?P<quote>''|``|[“”„‟«»″＂])"
    r"|(?P<raised>[‘’‚‛′´＇])"
    r"|(?P<hyphen>[‐‑])"
    r"|(?P<space>\s+)"
    r"|(?P<nothing>[\u00ad\u200b-\u200f\u2060\ufeff]+)"
    r"|(?P<other>[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+)"
)
_PLAIN = {"gap": " ... ", "dash": " - ", "quote": '"', "raised": "'", "hyphen": "-",
          "space": " ", "nothing": ""}  # fmt: skip
_GAP = " ... "
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_AROUND = " .,;:!?\"'-"


@attrs.frozen
class FoldedText:
    """A text with one form for every quotation mark, space, dash and ellipsis, and the way back."""

    text: str
    """The text in that form."""
    starts: tuple[int, ...]
    """Where each changed stretch begins in it, in their order."""
    ends: tuple[int, ...]
    """Where each changed stretch ends in it."""
    origins: tuple[Place, ...]
    """Where each changed stretch stands in the text as it was."""

    def back(self, start: int, end: int) -> Place:
        """Where a stretch of this form stands in the text as it was."""
        return self._before(start), self._after(end)

    def _before(self, at: int) -> int:
        """The offset in the text as it was of the character at an offset here."""
        found = bisect_right(self.starts, at) - 1
        if found < 0:
            return at
        if at < self.ends[found]:
            return self.origins[found][0]
        return self.origins[found][1] + at - self.ends[found]

    def _after(self, at: int) -> int:
        """The offset in the text as it was just after the character before an offset here."""
        found = bisect_right(self.starts, at - 1) - 1
        if found < 0:
            return at
        if at <= self.ends[found]:
            return self.origins[found][1]
        return self.origins[found][1] + at - self.ends[found]


def folded(text: str) -> FoldedText:
    """A text with one form for every quotation mark, space, dash and ellipsis.

    Takes time in proportion to the text.

    >>> folded("“It  sailed…” – he").text
    '"It sailed ... " - he'
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    origins: list[Place] = []
    at = length = 0
    for found in _SPECIAL.finditer(text):
        kind = found.lastgroup or ""
        plain = _PLAIN[kind] if kind in _PLAIN else unicodedata.normalize("NFKC", found[0])
        if plain == found[0]:
            continue
        kept = text[at : found.start()]
        pieces += (kept, plain)
        starts.append(length + len(kept))
        length += len(kept) + len(plain)
        ends.append(length)
        origins.append(found.span())
        at = found.end()
    pieces.append(text[at:])
    return FoldedText("".join(pieces), tuple(starts), tuple(ends), tuple(origins))


def places_of(words: str, text: FoldedText) -> tuple[Place, ...]:
    """Every place where copied words stand as whole words, in offsets of the text as it was.

    Marks around the words and a capital letter at their beginning may differ.

    >>> places_of("the ship", folded("The ship, the  ship, the shipment"))
    ((0, 8), (10, 19))
    """
    whole = _trimmed(folded(words[:LONGEST_COPY]).text)
    if not whole or len(words) > LONGEST_COPY:
        return ()
    forms = dict.fromkeys((whole, whole[0].swapcase() + whole[1:]))
    found = sorted(place for form in forms for place in _standing(form, text.text))
    return tuple(text.back(*place) for place in found[:MOST_PLACES])


def aligned(
    words: str, text: FoldedText, *, likeness: bool = True
) -> tuple[tuple[Place, ...], ...]:
    """Where copied words stand: each entry is one way to read them, as one place or several parts.

    Empty where they do not stand there. Words that stand whole are read whole, at every place.
    Otherwise those spliced from several places are told as parts, in their order: where an ellipsis
    shows that something was left out, or where two parts of at least three words each follow one
    another. Otherwise words that differ in their spelling alone are found by likeness, which takes
    the longest and is left out where it is not wanted.

    >>> text = "The ship, which was grey, sailed in the night with all of the grain."
    >>> aligned("The ship … sailed in the night", folded(text))
    (((0, 8), (26, 45)),)
    >>> aligned("The ship sank in the night", folded(text))
    ()
    """
    whole = places_of(words, text)
    if whole:
        return tuple((place,) for place in whole)
    if len(words) > LONGEST_COPY:
        return ()
    form = _trimmed(folded(words).text)
    parts = _in_parts(form.split(_GAP), text) if _GAP in form else _spliced(form, text)
    if parts:
        return (parts,)
    return _alike(form, text) if likeness else ()


def _trimmed(form: str) -> str:
    return form.strip(_AROUND)


def _standing(form: str, text: str) -> list[Place]:
    """Where a form stands in a folded text, not as a part of a longer word."""
    found: list[Place] = []
    start = text.find(form)
    while start >= 0 and len(found) < MOST_PLACES:
        end = start + len(form)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() and form[0].isalnum()) and not (
            after.isalnum() and form[-1].isalnum()
        ):
            found.append((start, end))
        start = text.find(form, start + 1)
    return found


def _in_parts(parts: Sequence[str], text: FoldedText) -> tuple[Place, ...]:
    """Where the parts of a quotation with ellipses stand, one after the other, nearest together."""
    places = [places_of(part, text) for part in parts if _trimmed(part)]
    if not places or len(places) > MOST_PARTS:
        return ()
    return min(in_order(places), key=lambda way: way[-1][1] - way[0][0], default=())


def in_order(places: Sequence[Sequence[Place]]) -> Iterator[tuple[Place, ...]]:
    """For every place of the first of several parts, the nearest of the others after it, in order.

    >>> list(in_order([[(0, 3), (9, 12)], [(4, 6), (15, 17)]]))
    [((0, 3), (4, 6)), ((9, 12), (15, 17))]
    """
    for first in places[0]:
        way = [first]
        for several in places[1:]:
            after = next((place for place in several if place[0] >= way[-1][1]), None)
            if after is None:
                return  # nor is there one after any later place
            way.append(after)
        yield tuple(way)


def _spliced(form: str, text: FoldedText) -> tuple[Place, ...]:
    """Where two parts that were put together without a sign stand, one after the other."""
    words = list(_WORD.finditer(form))
    least, most = LEAST_PART - 1, len(words) - LEAST_PART
    while least < most:  # the longest beginning that stands there; shorter ones do so too
        count = (least + most + 1) // 2
        if places_of(form[: words[count - 1].end()], text):
            least = count
        else:
            most = count - 1
    if least < LEAST_PART:
        return ()
    first = places_of(form[: words[least - 1].end()], text)[0]
    rest = places_of(form[words[least].start() :], text)
    return next(((first, place) for place in rest if place[0] >= first[1]), ())


def _alike(form: str, text: FoldedText) -> tuple[tuple[Place, ...], ...]:
    """The place where the same words stand in another spelling, if it is the only one."""
    if len(_WORD.findall(form)) < LEAST_PART:
        return ()
    found = relocate(Locator(exact=form), text.text, least_similarity=LEAST_ALIKE)
    if found.start is None or found.end is None:
        return ()
    there = text.text[found.start : found.end]
    return ((text.back(found.start, found.end),),) if _same_words(form, there) else ()


def _same_words(one: str, other: str) -> bool:
    """Whether two texts differ in the spelling of words only, never in a number or in a word."""
    pairs = (_WORD.findall(one.lower()), _WORD.findall(other.lower()))
    return len(pairs[0]) == len(pairs[1]) and all(
        first == second
        or (
            min(len(first), len(second)) > 4
            and not any(each.isdigit() for each in first + second)
            and SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.8
        )
        for first, second in zip(*pairs, strict=True)
    )
