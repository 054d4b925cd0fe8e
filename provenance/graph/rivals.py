"""Rivals: which claims say, by their words, the same but for who, what, where, when or how many.

"Kestria bombed the hospital" and "Vardania bombed the hospital" are mostly two answers to one
question; so are two figures for a population and two days of birth. Entered as claims that nothing
connects, all of them may come out likely. Words are compared, not meanings: texts of the same words
but for one phrase at one place, or but for one number or date. Where one number is the other one
rounded, or one date the other told less exactly, the claims are no rivals: one implies the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, pairwise

import attrs

from provenance.graph.denials import stem_of, turns_round_in
from provenance.graph.quantities import Stated, is_coarser, outline_of, stated_in
from provenance.records import MONTHS

__all__ = ["Differing", "differing_in"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LONGEST = 40
"""How many words of a text are read."""
_CHARACTERS = 2_000
"""And how many characters."""
_PHRASE = 4
"""How many words the phrase may have in which two texts differ."""
_SAME = 3
"""How many words the rest must have, if nothing else speaks for it."""
_CROWD = 20
"""More claims than these of one rest are a list, and no answers to one question."""
_MANY = 2_000
"""A case of more claims than these is a table of data, of which nobody asks who or where."""
_MOST = 50_000
"""And of more than these nobody asks when or how many."""
_SMALL = frozenset({
    "a", "an", "the", "this", "that", "these", "those", "it", "its", "his", "her", "their",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did",
    "will", "would", "to", "of", "in", "on", "at", "by", "for", "from", "with", "as", "and",
    "or", "into", "onto", "there",
})  # fmt: skip
_DEEDS = frozenset(map(stem_of, (
    "attack", "blow", "bomb", "break", "build", "compose", "design", "destroy", "destroyed",
    "discover", "fall", "fire", "founded", "hit", "invent", "kill", "launch", "murder", "paint",
    "poison", "shell", "shoot", "sink", "steal", "strike", "torch", "write",
))) | {"strike", "break"}  # fmt: skip
"""What is mostly done by one: of these it is enough that the doer differs."""
_STRIKES = frozenset(map(stem_of, (
    "attack", "bomb", "fall", "hit", "shell", "strike",
)))  # fmt: skip
"""One deed by many names: whose bomb fell on a place is whoever bombed it."""
_BROKEN = frozenset(map(stem_of, ("break", "burst", "crack", "rupture")))
_NAMES_OF = {**dict.fromkeys(_STRIKES, "strike"), **dict.fromkeys(_BROKEN, "break")}
_SHARED = frozenset(map(stem_of, (
    "attend", "back", "sign", "vote", "join", "meet", "visit", "travel", "support", "own",
    "hold", "know", "see", "deny", "speak", "member", "witness", "brother", "sister", "son",
    "daughter", "child", "cousin", "friend", "neighbour",
)))  # fmt: skip
"""What several may do, or be, beside each other."""
_AGAIN = frozenset(map(stem_of, (
    "attack", "bomb", "shell", "strike", "hit", "fire", "raid", "meet", "visit", "travel",
    "play", "played", "win", "lose", "write", "call", "speak", "say", "tell", "warn", "rain", "snow",
    "flood", "vote", "attend", "pay", "buy", "sell", "send", "fly", "sail", "work", "fight",
    "protest", "march", "test", "inspect", "search", "publish", "report", "deny", "join",
    "live", "see", "train", "sing", "perform", "quake",
)))  # fmt: skip
"""What may be done on one day and on another."""
_OPEN = frozenset(("open", "closed", "free", "available", "busy"))
_ELSEWHERE = (
    "besuch", "gewann", "schrieb", "spielte", "bombard", "visit", "rencontr", "gagn",
    "ganó", "vinse", "incontr", "посетил", "встрет", "mitglied", "membre", "miembro",
    "membro",
)  # fmt: skip
"""How such words begin in some other languages."""
_ONE_OF_MANY = re.compile(
    r"\b(?:is|was|became|ist|war|wurde|est|était|es|era|fue|è|é|foi)\s+"
    r"(?:(?:also|still|auch|aussi|también|anche)\s+)?(?:an?|one|eine?r?|une?|una|um|uma|uno|een)\b",
    re.IGNORECASE,
)
"""What says that somebody is one of a kind."""
_THE_ONE = re.compile(
    r"\b(?:is|was|became|remains|ist|war|wurde|bleibt|est|était|es|era|fue|è|é|foi|blijft)\s+"
    r"(?:(?:now|still)\s+)?(?:the|der|die|das|le|la|l['’]|el|il|lo|o|de|het|(?:(?:vice|prime|deputy)\s+)?"
    r"(?:head|president|king|queen|mayor|chair\w*|director|governor|ceo|minister|leader|captain"
    r"|commander|editor|founder|author|winner|inventor)\b)(?!\s*(?:same|ones?)\b)",
    re.IGNORECASE,
)
"""What says that somebody is the one who has a place."""
_THE_ONE_IS = re.compile(
    r"(?:(?:the|der|die|das|le|la|l['’]|el|il|lo|o|a|de|het)\s|\S+['’]s\s)\s*[^.;]*"
    r"\b(?:is|was|ist|war|est|était|es|era|fue|è|é|foi)\s+\S",
    re.IGNORECASE,
)
"""What names the one who has a place, at the end: "The capital of Kestria is Velm"."""
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
    is_named: bool
    """Whether it has a capital, and not for standing first."""


@attrs.frozen
class Differing:
    """Claims that say the same but for one thing."""

    rivals: Mapping[str, tuple[str, ...]]
    """For every claim those that cannot well be true beside it, in the order of the case."""
    coarser: Mapping[str, tuple[str, ...]]
    """For every claim those that say what it says, less exactly, in the order of the case."""


def differing_in(texts: Mapping[str, str], apart: Mapping[str, object]) -> Differing:
    """Which claims say the same but for who, what or where, or but for one number or date.

    Claims that the case connects are left out: what they have to do with each other is on record.
    Linear in the texts, but for the claims that share all but one phrase; of more than 2,000 claims
    numbers and dates alone are compared, and of more than 50,000 nothing.

    Args:
        texts: the text of every claim.
        apart: for every claim its story; two claims of one story are connected.

    >>> texts = {"k": "Kestria bombed the hospital", "v": "Vardania bombed the hospital"}
    >>> differing_in(texts, {"k": 0, "v": 1}).rivals["k"]
    ('v',)
    >>> texts = {"day": "Okun was born on 14 March 1871", "year": "Okun was born in 1871"}
    >>> differing_in(texts, {"day": 0, "year": 1}).coarser
    {'day': ('year',)}
    """
    if len(texts) > _MOST or len(set(apart.values())) < 2:
        return Differing({}, {})
    rivals: dict[str, dict[str, None]] = {}
    coarser: dict[str, dict[str, None]] = {}
    finer: list[tuple[str, str]] = []
    pairs = [] if len(texts) > _MANY else [*_of_other_words(texts)]
    for one, other, first, second in _of_other_quantities(texts):
        if is_coarser(first.quantity, second.quantity):
            finer.append((other, one))
        elif is_coarser(second.quantity, first.quantity):
            finer.append((one, other))
        elif _is_once(first):
            pairs.append((one, other))
    for found, told in ((rivals, [*pairs, *((b, a) for a, b in pairs)]), (coarser, finer)):
        for one, other in told:
            if apart[one] != apart[other]:
                found.setdefault(one, {})[other] = None
    order = {name: number for number, name in enumerate(texts)}
    # What is coarser than something between says nothing that this does not say.
    near = {
        name: [each for each in told if not any(each in coarser.get(other, ()) for other in told)]
        for name, told in coarser.items()
    }
    return Differing(*(
        {name: tuple(sorted(others, key=order.__getitem__)) for name, others in each.items()}
        for each in (rivals, near)
    ))  # fmt: skip


def _of_other_quantities(texts: Mapping[str, str]) -> Iterator[tuple[str, str, Stated, Stated]]:
    """Pairs of claims of the same words, with the one number or date in which they differ."""
    having: dict[tuple[str, ...], list[tuple[str, Stated]]] = {}
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, text in texts.items():
        alike.setdefault(outline_of(text), []).append(name)
    several = (names for outline, names in alike.items() if outline and len(names) > 1)
    for name in chain.from_iterable(several):
        text = texts[name]
        for each in () if turns_round_in(text) else stated_in(text):
            having.setdefault(each.rest, []).append((name, each))
    for same in having.values():
        if len(same) <= _CROWD:
            for (one, first), (other, second) in combinations(same, 2):
                if first.quantity != second.quantity:
                    yield one, other, first, second


def _is_once(stated: Stated) -> bool:
    """Whether what a text says has one number, or happened on one day."""
    if stated.quantity.kind == "number":
        return True
    # A figure of one day stands beside that of another.
    if not {"number", "date"}.isdisjoint(stated.beside):
        return False
    words = stated.words
    if any(two in _OPEN and one in ("is", "are") for one, two in pairwise(words)):
        return False
    return not any(stem_of(word) in _AGAIN or word.startswith(_ELSEWHERE) for word in words)


def _of_other_words(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of claims that differ in one phrase that says who, what or where."""
    read = {name: _read(text) for name, text in texts.items() if not turns_round_in(text)}
    # Every beginning is a number, made of the one before it and the next word; so is every end.
    begun: dict[tuple[int, str], int] = {}
    ended: dict[tuple[int, str], int] = {}
    having: dict[tuple[int, int], list[tuple[str, int, int]]] = {}
    used = Counter(key for text in read.values() for key in {unit.key for unit in text.units})
    for name, text in read.items():
        units = text.units
        # What no other claim has must be in the phrase.
        own = [place for place, unit in enumerate(units) if used[unit.key] == 1] or [0, -1]
        if own[-1] - own[0] >= _PHRASE:
            continue
        begins = _numbered(begun, units)
        ends = _numbered(ended, units[::-1])
        for start, end in _phrases(text):
            if own[-1] < own[0] or start <= own[0] <= own[-1] < end:
                after = len(units) - end
                having.setdefault((begins[start], ends[after]), []).append((name, start, after))
    for same in having.values():
        for (one, before, after), (other, *_) in combinations(
            same if len(same) <= _CROWD else (), 2
        ):
            if _are_rivals(read[one], read[other], before, after):
                yield one, other


def _numbered(known: dict[tuple[int, str], int], units: tuple[_Unit, ...]) -> list[int]:
    """A number for the first none, one, two and more of some units, the same for the same units."""
    found = [0]
    for unit in units:
        found.append(known.setdefault((found[-1], unit.key), len(known) + 1))
    return found


@attrs.frozen
class _Text:
    """A text read for its words."""

    units: tuple[_Unit, ...]
    """Its words and names."""
    is_of_one: bool
    """Whether it says who or what has a place that one alone has, first."""
    names_the_one: bool
    """Whether it does so last."""
    is_of_many: bool
    """Whether it says that somebody is one of a kind."""


def _read(text: str) -> _Text:
    """A text by its words, and whether what it says is true of one alone."""
    text = text[:_CHARACTERS]
    is_of_many = _ONE_OF_MANY.search(text) is not None
    return _Text(
        _units_of(text),
        not is_of_many and _THE_ONE.search(text) is not None,
        not is_of_many and _THE_ONE_IS.match(text) is not None,
        is_of_many,
    )


def _units_of(text: str) -> tuple[_Unit, ...]:
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
        key = plain if is_number else _NAMES_OF.get(stem, stem)
        units.append(_Unit(key, is_number, by, named))
        by = False
    return tuple(units)


def _phrases(text: _Text) -> Iterator[tuple[int, int]]:
    """Every phrase of a text in which another may differ, and leave enough of it the same."""
    units = text.units
    size = len(units)
    for start in range(size):
        for end in range(start + 1, min(start + _PHRASE, size) + 1):
            length = end - start
            is_doer = start == 0 or (end == size and units[start].by)
            least = 2 if is_doer else max(_SAME, 2 * length)
            if (start == 0 and text.is_of_one) or (end == size and text.names_the_one):
                least = 1
            if size - length >= least:
                yield start, end


def _are_rivals(one: _Text, other: _Text, before: int, after: int) -> bool:
    """Whether two texts differ in one phrase, which is no shorter than it need be."""
    units, others = one.units, other.units
    phrases = units[before : len(units) - after], others[before : len(others) - after]
    if phrases[0][0].key == phrases[1][0].key or phrases[0][-1].key == phrases[1][-1].key:
        return False  # the same pair is found by a shorter phrase, if it is found
    if any(unit.is_number for phrase in phrases for unit in phrase):
        return False
    same = (*units[:before], *units[len(units) - after :])
    rest = {unit.key for unit in same}
    if rest & _SHARED or any(key.startswith(_ELSEWHERE) for key in rest):
        return False
    if before == 0 and (one.is_of_many or other.is_of_many):
        return False
    longest = max(map(len, phrases))
    if rest & _DEEDS:
        # Who has done it: the doer stands first, or last behind "by".
        return before == 0 or (after == 0 and all(phrase[0].by for phrase in phrases))
    if any(unit.key[0].isdigit() for unit in same):
        return False  # a figure of one thing beside that of another
    if before == 0 and one.is_of_one:
        return True
    if after == 0 and one.names_the_one and all(phrase[0].is_named for phrase in phrases):
        return True
    return len(rest) >= max(_SAME, 2 * longest)
