"""What stands before a noun phrase and is no part of it: on Friday, meanwhile, about, nearly."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.drafting.cues import OUTLET_NAMES, OUTLET_WORDS
from provenance.drafting.english import (
    BEFORE_TIMES,
    DETERMINERS,
    LEADING,
    NUMBERS,
    TIME_WORDS,
    UNSURE_TIMES,
    word_set,
)
from provenance.drafting.layout import Atom
from provenance.records import MONTHS

__all__ = ["ROUGHLY", "after_time", "is_adverb", "is_day", "without_leading"]

ROUGHLY = frozenset({"about", "nearly", "roughly", "around", "almost", "over"})
"""Words before a number."""

_ADVERBS = word_set(
    """
    now also further later earlier again then first once even still already just ever long since often
    always once soon himself herself themselves itself both repeatedly
    """
)


_NO_ADVERBS = OUTLET_WORDS | word_set(
    """
    family ally july rally italy reply assembly monopoly anomaly bully supply elderly
    """
)


def is_adverb(low: str) -> bool:
    return low in _ADVERBS or (low.endswith("ly") and low not in _NO_ADVERBS)


def without_leading(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where a noun phrase begins once "On Friday" or "Meanwhile" before it is left out."""
    while start <= last:
        low = atoms[start].low
        timed = after_time(atoms, start, last)
        if timed > start:
            start = timed
        elif (roughly := _after_roughly(atoms, start, last)) > start:
            start = roughly  # "About 4 in 10 say", "At least a dozen clerks say"
        elif (
            low in LEADING
            or (is_adverb(low) and low not in DETERMINERS and _is_plain_adverb(atoms, start, last))
            or low in ("-", "'")
            or atoms[start].kind == "x"
        ):
            start += 1
        else:
            break
    return start


def _after_roughly(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where a number begins after "about" or "at least"; the same place where none does."""
    pair = " ".join(each.low for each in atoms[start : start + 2])
    begun = start + (2 if pair in _AT_LEAST else atoms[start].low in ROUGHLY)
    if start < begun <= last and (
        atoms[begun].text[0].isdigit()
        or atoms[begun].low in DETERMINERS | {"half", "dozens"}
        or atoms[begun].low.partition("-")[0] in NUMBERS
    ):
        return begun
    return start


_AT_LEAST = frozenset({"at least", "at most", "more than", "fewer than", "less than", "up to"})


def _is_plain_adverb(atoms: Sequence[Atom], at: int, last: int) -> bool:
    """Whether a word such as "Recently" is no name: Kelly said."""
    return (not at and at < last) or atoms[at].text.islower()


def after_time(atoms: Sequence[Atom], start: int, last: int) -> int:
    """Where an expression of time that begins here ends; the same place if there is none."""
    at = start
    while at <= last and atoms[at].low in BEFORE_TIMES:  # fmt: skip
        at += 1
    if at == start and _is_namedafter_time(atoms, at, last):
        return start
    if at == start and [each.low for each in atoms[at : at + 2]] == ["a", "few"]:
        at += 2
    elif at == start and at + 2 < last and atoms[at + 2].low in ("later", "earlier", "before"):
        at += atoms[at + 1].low in TIME_WORDS  # "Twelve years later a general said"
    if at == start and atoms[at].low not in TIME_WORDS:
        return start
    begun = at
    while at <= last and (
        atoms[at].low in TIME_WORDS
        or atoms[at].text[0].isdigit()
        or (atoms[at].low in ("the", "of", "a", "last", "this") and _time_follows(atoms, at, last))
    ):
        at += 1
    named = any(each.low in TIME_WORDS or each.text[0].isdigit() for each in atoms[start:at])
    return at if at > begun and named and at <= last else start


def _is_namedafter_time(atoms: Sequence[Atom], at: int, last: int) -> bool:
    """Whether a month or a day begins a name: Jan Moor, April Ost, the Sunday Times."""
    if at >= last or not atoms[at].text[0].isupper() or not atoms[at + 1].text[0].isupper():
        return False
    following = atoms[at + 1].low
    return following not in TIME_WORDS and (atoms[at].low in MONTHS or following in OUTLET_NAMES)


def _time_follows(atoms: Sequence[Atom], at: int, last: int) -> bool:
    following = [each for each in atoms[at + 1 : at + 3] if each.low not in ("the", "of")]
    return (
        bool(following)
        and (following[0].low in TIME_WORDS or following[0].text[0].isdigit())
        and at + 1 <= last
    )


def is_day(each: Atom) -> bool:
    return each.low in TIME_WORDS and each.low not in UNSURE_TIMES
