"""Finding a quote again in a changed copy of its document, or saying that it cannot be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import attrs

from provenance.errors import InvalidValue, MissingExtra
from provenance.records import Locator

__all__ = ["How", "Relocation", "relocate"]

How = Literal["same-place", "exact", "context", "similar", "ambiguous", "not-found"]
"""How a quote was found: where it stood, elsewhere, by what surrounds it, by likeness, or not."""

LONGEST_TEXT = 20_000_000
"""How many characters the text may have."""
LONGEST_QUOTE = 10_000
"""How many characters a quote may have for a search by likeness."""
MOST_WORK = 2_000_000_000
"""The most characters of the text times characters of the quote that a search by likeness takes."""
MOST_LONG_WORK = 300_000_000_000
"""The most characters of the text times those of the quote squared, which long quotes take."""
MOST_SHOWN = 100
"""How many places are named where one of many cannot be told."""
REACH = 20
"""How far the ends of similar words may be moved to where a word begins or ends."""
MOST_PLACES = 10_000
"""How many places where a quote stands are compared."""
MOST_AROUND = 1_000
"""How many characters before and after a quote are compared at several places."""
CLEAR_LEAD = 0.05
"""By how much the best of two likenesses must lead to be the place."""


@attrs.frozen
class Relocation:
    """Where a quote stands in a text, or why no place can be named.

    >>> found = relocate(Locator(exact="a ship", start=0, end=6), "Reports of a ship")
    >>> print(found)
    at 11 to 17: the same words, at another place
    """

    how: How
    """How it was found; "ambiguous" and "not-found" name no place."""
    why: str
    """The same in words, with what was compared."""
    start: int | None = None
    """The offset of its first character; `None` where no place can be named."""
    end: int | None = None
    """The offset just after its last character; `None` where no place can be named."""
    similarity: float = 0.0
    """How like the words there are to the quote, in [0, 1]; 1 for the same words."""
    places: tuple[tuple[int, int], ...] = ()
    """Where it could be, if that is more than one place: to be looked at by a person."""
    locator: Locator | None = None
    """The locator of the new place, with its words as they stand there; `None` where there is none."""

    @property
    def found(self) -> bool:
        """Whether a place can be named."""
        return self.start is not None

    def __str__(self) -> str:
        return f"at {self.start} to {self.end}: {self.why}" if self.found else self.why


def relocate(locator: Locator, text: str, *, least_similarity: float = 0.8) -> Relocation:
    """Where the words of a locator stand in a text, which may have changed.

    The exact words are looked for first. Where they stand more than once, the words before and
    after decide, and the old place where these decide nothing. Where they do not stand at all, the
    place between the words before and after is taken if what stands there is like the quote; then
    the place that is most like it, if it leads clearly. Otherwise no place is named.

    Args:
        locator: the locator; without `exact` nothing can be found.
        text: the text of the document, or of a copy of it; at most 20 million characters.
        least_similarity: how like the quote other words must be, in (0, 1]: twice what two
            texts have in common, in order, by the length of both; 1 for the same words.

    Raises:
        InvalidValue: for a similarity outside (0, 1], or a text that is too long.
        MissingExtra: when only a search by likeness could find it and its package is missing.

    The search for exact words takes time in proportion to the text; the one by likeness to the text
    times the quote, and is not begun where that is too much.

    >>> relocate(Locator(exact="the ship left port"), "On Monday the ships left port.").how
    'similar'
    """
    if not 0.0 < least_similarity <= 1.0:
        raise InvalidValue(f"expected a similarity above 0, up to 1, found {least_similarity!r}")
    if len(text) > LONGEST_TEXT:
        raise InvalidValue(f"expected at most {LONGEST_TEXT} characters, found {len(text)}")
    if locator.exact is None:
        return Relocation("not-found", "the locator has no words that could be looked for")
    places = list(_occurrences(locator.exact, text))
    if places:
        return _among(places, locator, text)
    return _between(locator, text, least_similarity) or _like(locator, text, least_similarity)


def _occurrences(words: str, text: str) -> Iterator[int]:
    start, found = text.find(words), 0
    while start >= 0 and found <= _most_places(words):
        yield start
        start, found = text.find(words, start + 1), found + 1


def _most_places(words: str) -> int:
    """How many places are looked for; fewer for long words, each of which takes longer."""
    return min(MOST_PLACES, MOST_WORK // 10 // len(words))


def _among(places: list[int], locator: Locator, text: str) -> Relocation:
    """One of the places where the exact words stand."""
    words = locator.exact or ""
    if len(places) == 1:
        return _alone(places[0], locator, text)
    best = places
    if len(places) <= _most_places(words) and (locator.prefix or locator.suffix):
        scores = [_context(place, words, locator, text) for place in places]
        best = [place for place, score in zip(places, scores, strict=True) if score == max(scores)]
    if len(best) == 1:
        why = f"the same words, at one of {len(places)} places, by what stands around them"
        return _at(best[0], words, locator, text, "context", why)
    if locator.start is not None and locator.start in best:
        why = "the same words, as before, although they stand elsewhere too"
        return _at(locator.start, words, locator, text, "same-place", why)
    why = f"the words stand at {len(best)} places, and nothing says at which of them"
    shown = tuple((place, place + len(words)) for place in best[:MOST_SHOWN])
    return Relocation("ambiguous", why, places=shown)


def _alone(place: int, locator: Locator, text: str) -> Relocation:
    words = locator.exact or ""
    if place == locator.start:
        return _at(place, words, locator, text, "same-place", "the same words, as before")
    moved = "" if locator.start is None else ", at another place"
    return _at(place, words, locator, text, "exact", f"the same words{moved}")


def _context(place: int, words: str, locator: Locator, text: str) -> int:
    """How many characters around a place are those that the locator has, nearest first."""
    prefix = (locator.prefix or "")[-MOST_AROUND:]
    suffix = (locator.suffix or "")[:MOST_AROUND]
    before = text[max(0, place - len(prefix)) : place]
    after = text[place + len(words) : place + len(words) + len(suffix)]
    return _shared(before[::-1], prefix[::-1]) + _shared(after, suffix)


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common before they part."""
    pairs = enumerate(zip(one, other, strict=False))
    parted = (position for position, (first, second) in pairs if first != second)
    return next(parted, min(len(one), len(other)))


def _between(locator: Locator, text: str, least: float) -> Relocation | None:
    """The place between the words before and after, where these stand once and enclose the like."""
    words, prefix, suffix = locator.exact or "", locator.prefix, locator.suffix
    if not prefix or not suffix or len(words) > LONGEST_QUOTE or text.count(prefix) != 1:
        return None
    start = text.index(prefix) + len(prefix)
    end = text.find(suffix, start, start + 3 * len(words) + 100 + len(suffix))
    if end < 0:
        return None
    similarity = _similarity(words, text[start:end])
    if similarity < least or not text[start:end].strip():
        return None
    why = f"other words ({similarity:.0%} alike) between the same ones"
    return _at(start, text[start:end], locator, text, "context", why, similarity)


def _like(locator: Locator, text: str, least: float) -> Relocation:
    """The place that is most like the quote, where it leads clearly."""
    words = locator.exact or ""
    work = len(words) * len(text)
    if len(words) > LONGEST_QUOTE or work > MOST_WORK or work * len(words) > MOST_LONG_WORK:
        why = "the words do not stand there, and the text is too long to look for similar ones"
        return Relocation("not-found", why)
    best = _most_like(words, text, least)
    if best is None:
        why = f"neither the words nor any that are at least {least:.0%} alike stand there"
        return Relocation("not-found", why)
    start, end, similarity = best
    parts = ((0, text[:start]), (end, text[end:]))
    rivals = [(offset, _most_like(words, part, least)) for offset, part in parts]
    near = [
        (offset + rival[0], offset + rival[1])
        for offset, rival in rivals
        if rival is not None and rival[2] > similarity - CLEAR_LEAD
    ]
    if near:
        why = f"similar words ({similarity:.0%} alike) stand at {len(near) + 1} places or more"
        return Relocation("ambiguous", why, places=((start, end), *near))
    why = f"similar words, {similarity:.0%} alike"
    return _at(start, text[start:end], locator, text, "similar", why, similarity)


def _most_like(words: str, text: str, least: float) -> tuple[int, int, float] | None:
    """Start, end and likeness of the stretch of a text that is most like some words."""
    if 2 * len(text) < len(words):
        return None
    # A text that is shorter than the words would be looked for in them, not the other way round.
    padded = text.ljust(len(words))
    found = _fuzz().partial_ratio_alignment(words, padded, score_cutoff=50.0 * least)
    if found is None:
        return None
    ends = (found.dest_start, min(found.dest_end, len(text)))
    raw = _best(words, text, [ends])
    whole = _best(
        words,
        text,
        [
            (start, end)
            for start in _edges(text, ends[0], begin=True)
            for end in _edges(text, ends[1], begin=False)
        ],
    )
    # Half a word that happens to be alike is no place; but not every script has spaces.
    best = whole if whole is not None and (raw is None or whole[2] > raw[2] - CLEAR_LEAD) else raw
    return best if best is not None and best[2] >= least else None


def _best(words: str, text: str, stretches: list[tuple[int, int]]) -> tuple[int, int, float] | None:
    """The stretch that is most like some words, the first and shortest of several."""
    scored = [
        (-_similarity(words, text[start:end]), start, end)
        for start, end in stretches
        if text[start:end].strip()
    ]
    if not scored:
        return None
    similarity, start, end = min(scored)
    return start, end, -similarity


def _edges(text: str, near: int, *, begin: bool) -> list[int]:
    """Where words begin, or end, within some characters of a place."""
    found = []
    for at in range(max(0, near - REACH), min(len(text), near + REACH) + 1):
        before = text[at - 1] if at > 0 else " "
        after = text[at] if at < len(text) else " "
        inside, outside = (after, before) if begin else (before, after)
        if inside.isalnum() > outside.isalnum() or inside.isspace() < outside.isspace():
            found.append(at)
    return found


def _similarity(one: str, other: str) -> float:
    return float(_fuzz().ratio(one, other)) / 100.0


def _fuzz() -> Any:
    try:
        from rapidfuzz import fuzz
    except ImportError as error:
        raise MissingExtra("annotation", "rapidfuzz") from error
    return fuzz


def _at(
    start: int,
    words: str,
    locator: Locator,
    text: str,
    how: How,
    why: str,
    similarity: float = 1.0,
) -> Relocation:
    end = start + len(words)
    if how == "same-place":
        return Relocation(
            how, why, start, end, similarity, (), locator.evolve(start=start, end=end)
        )
    before = text[max(0, start - len(locator.prefix or "")) : start]
    after = text[end : end + len(locator.suffix or "")]
    # The number of a paragraph or a page may have changed with the place, and nothing tells.
    there = locator.evolve(
        start=start,
        end=end,
        exact=words,
        prefix=before if before.strip() else None,
        suffix=after if after.strip() else None,
        paragraph=None,
        page=None,
    )
    return Relocation(how, why, start, end, similarity, (), there)
