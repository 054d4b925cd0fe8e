"""Rivals: which claims say, by their words, the same of somebody or something else.

"Kestria bombed the hospital" and "Vardania bombed the hospital" are mostly two answers to one
question. Entered as two claims that nothing connects, both may come out likely. Words are compared,
not meanings: English texts of the same words but for one phrase at one place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations

import attrs

from provenance.graph.denials import stem_of, turns_round_in
from provenance.records import MONTHS

__all__ = ["rivals_in"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 40
"""How many words of a text are read."""
_PHRASE = 4
"""How many words the phrase may have in which two texts differ."""
_SAME = 3
"""How many words the rest must have, if nothing else speaks for it."""
_CROWD = 20
"""More claims than these of one rest are a list, and no answers to one question."""
_MANY = 2_000
"""A case of more claims than these is a table of data, of which nobody asks this."""
_SMALL = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "his", "her", "their",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did",
    "will", "would", "to", "of", "in", "on", "at", "by", "for", "from", "with", "as", "and",
    "or", "into", "onto", "there",
})  # fmt: skip
_DEEDS = frozenset(map(stem_of, (
    "attack", "blow", "bomb", "destroy", "fall", "fire", "hit", "invent", "kill", "launch",
    "murder", "poison", "shell", "shoot", "sink", "steal", "strike", "torch", "write",
))) | {"strike"}  # fmt: skip
"""What is mostly done by one: of these it is enough that the doer differs."""
_STRIKES = frozenset(map(stem_of, (
    "attack", "bomb", "fall", "hit", "shell", "strike",
)))  # fmt: skip
"""One deed by many names: whose bomb fell on a place is whoever bombed it."""
_SHARED = frozenset(map(stem_of, (
    "attend", "back", "sign", "vote", "join", "meet", "visit", "travel", "support", "own",
    "hold", "know", "see", "deny",
)))  # fmt: skip
"""What several may do beside each other."""
_COUNTED = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million",
    "billion", "first", "second", "third", "fourth", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "morning", "evening", "night", "yesterday",
    "today", "some", "many", "several", "no", "all",
})  # fmt: skip
"""Numbers and times: whoever differs in these alone may be right beside the other."""


@attrs.frozen
class _Unit:
    """A word of a text, or a name of several words, that has a meaning of its own."""

    key: str
    """What it is compared by."""
    is_number: bool
    """Whether it says how many, or when."""
    by: bool
    """Whether "by" stands before it."""


def rivals_in(
    texts: Mapping[str, str], apart: Mapping[str, object]
) -> Mapping[str, tuple[str, ...]]:
    """For every claim those that say the same but for who, what or where, in the order of the case.

    Claims that the case connects are left out: what they have to do with each other is on record.
    Linear in the texts, but for the claims that share all but one phrase; of more than 2,000 claims
    none is found.

    Args:
        texts: the text of every claim.
        apart: for every claim its story; two claims of one story are connected.

    >>> texts = {"k": "Kestria bombed the hospital", "v": "Vardania bombed the hospital"}
    >>> rivals_in(texts, {"k": 0, "v": 1})["k"]
    ('v',)
    """
    if len(texts) > _MANY or len(set(apart.values())) < 2:
        return {}
    read = {name: _read(text) for name, text in texts.items() if not turns_round_in(text)}
    # Every beginning is a number, made of the one before it and the next word; so is every end.
    begun: dict[tuple[int, str], int] = {}
    ended: dict[tuple[int, str], int] = {}
    having: dict[tuple[int, int], list[tuple[str, int, int]]] = {}
    used = Counter(key for units in read.values() for key in {unit.key for unit in units})
    for name, units in read.items():
        # What no other claim has must be in the phrase.
        own = [place for place, unit in enumerate(units) if used[unit.key] == 1] or [0, -1]
        if own[-1] - own[0] >= _PHRASE:
            continue
        begins = _numbered(begun, units)
        ends = _numbered(ended, units[::-1])
        for start, end in _phrases(units):
            if own[-1] < own[0] or start <= own[0] <= own[-1] < end:
                after = len(units) - end
                having.setdefault((begins[start], ends[after]), []).append((name, start, after))
    found: dict[str, dict[str, None]] = {}
    for same in having.values():
        for (one, before, after), (other, *_) in combinations(
            same if len(same) <= _CROWD else (), 2
        ):
            if apart[one] != apart[other] and _are_rivals(read[one], read[other], before, after):
                found.setdefault(one, {})[other] = None
                found.setdefault(other, {})[one] = None
    order = {name: number for number, name in enumerate(texts)}
    return {name: tuple(sorted(others, key=order.__getitem__)) for name, others in found.items()}


def _numbered(known: dict[tuple[int, str], int], units: tuple[_Unit, ...]) -> list[int]:
    """A number for the first none, one, two and more of some units, the same for the same units."""
    found = [0]
    for unit in units:
        found.append(known.setdefault((found[-1], unit.key), len(known) + 1))
    return found


def _read(text: str) -> tuple[_Unit, ...]:
    """The units of a text: capitalised words that follow each other are one name."""
    units: list[_Unit] = []
    by = is_named = False
    end = 0
    for place, match in enumerate(_WORD.finditer(text)):
        word = match[0]
        if place == _LONGEST:
            break
        plain = word.casefold().removesuffix("'s").removesuffix("’s")
        named = word[0].isupper() and place > 0 and plain not in MONTHS
        joined = named and is_named and text[end : match.start()].strip(" .-") == ""
        is_named, end = named, match.end()
        if plain in _SMALL and not named:
            by = by or plain == "by"
            continue
        if joined:
            units[-1] = attrs.evolve(units[-1], key=f"{units[-1].key} {plain}")
            continue
        is_number = plain[0].isdigit() or plain in MONTHS or plain in _COUNTED
        stem = stem_of(plain)
        key = plain if is_number else "strike" if stem in _STRIKES else stem
        units.append(_Unit(key, is_number, by))
        by = False
    return tuple(units)


def _phrases(units: tuple[_Unit, ...]) -> Iterator[tuple[int, int]]:
    """Every phrase of a text in which another may differ, and leave enough of it the same."""
    size = len(units)
    for start in range(size):
        for end in range(start + 1, min(start + _PHRASE, size) + 1):
            length = end - start
            is_doer = start == 0 or (end == size and units[start].by)
            if size - length >= (2 if is_doer else max(_SAME, 2 * length)):
                yield start, end


def _are_rivals(one: tuple[_Unit, ...], other: tuple[_Unit, ...], before: int, after: int) -> bool:
    """Whether two texts differ in one phrase, which is no shorter than it need be."""
    phrases = one[before : len(one) - after], other[before : len(other) - after]
    if phrases[0][0].key == phrases[1][0].key or phrases[0][-1].key == phrases[1][-1].key:
        return False  # the same pair is found by a shorter phrase, if it is found
    if any(unit.is_number for phrase in phrases for unit in phrase):
        return False
    rest = {unit.key for unit in (*one[:before], *one[len(one) - after :])}
    if rest & _SHARED:
        return False
    longest = max(map(len, phrases))
    if rest & _DEEDS:
        # Who has done it: the doer stands first, or last behind "by".
        return before == 0 or (after == 0 and all(phrase[0].by for phrase in phrases))
    return len(rest) >= max(_SAME, 2 * longest)
