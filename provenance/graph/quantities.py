"""Quantities: the numbers and the dates that the text of a claim states, and how two compare.

"48,213" and "48,000" may be one figure, told exactly and rounded; "14 March 1871" says more than
"1871"; "48,213" and "482,130" cannot both be right. Numbers are read as they are written in English
and elsewhere, dates in the languages of `MONTHS_ELSEWHERE`. "Shaft 5" and "Flight 17" are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

import attrs

from provenance.records import MONTHS

__all__ = ["Quantity", "Stated", "is_coarser", "outline_of", "stated_in"]

_LONGEST = 400
"""How many characters of a text are read."""
_DIGITS = 30
"""A number of more digits is an id."""
_TOKEN = re.compile(
    r"(?<![^\W_])(?:"
    r"(?P<day>\d{4}-\d\d(?:-\d\d)?)(?![\w-])"
    r"|(?P<clock>\d{1,2}:\d\d)(?![\w:])"
    r"|(?P<number>\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?P<ordinal>st|nd|rd|th)?(?![^\W_])"
    r")|(?P<word>[^\W_]+(?:['’][^\W_]+)*|[%‰$€£¥°])"
)
_ENGLISH = re.compile(r"\b(?:the|of|is|has|are|and|at|was|were)\b", re.IGNORECASE)
_MAY_HAVE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    r"|eigh|nine)teen|twenty|(?:thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)

MONTHS_ELSEWHERE: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for names in (
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            (
                "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
                "dicembre"
            ),
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "januari februari maart april mei juni juli augustus september oktober november december",
            (
                "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
                "listopada grudnia"
            ),
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        )
        for number, name in enumerate(names.split(), 1)
    }
)
"""The number of a month by its German, French, Spanish, Italian, Portuguese, Dutch, Polish or Russian
name, as it stands beside a day or a year."""

_WORDS: Mapping[str, int] = MappingProxyType({
    **{word: number for number, word in enumerate((
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ), 2)},
    **{word: 10 * number for number, word in enumerate((
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ), 2)},
})  # fmt: skip
_TIMES: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("hundred",), 100),
        **dict.fromkeys(("thousand", "tausend", "mille", "mil", "тысяч"), 1_000),
        **dict.fromkeys(
            (
                "million", "millions", "millionen", "mio", "millones", "milioni", "milhões",
                "miljoen", "миллионов", "млн",
            ),
            1_000_000,
        ),
        **dict.fromkeys(
            ("billion", "billions", "milliarden", "milliards", "miliardi", "миллиардов"),
            1_000_000_000,
        ),
    }
)  # fmt: skip
"""What a word behind a number multiplies it by."""
_ABOUT = frozenset({
    "about", "around", "some", "roughly", "approximately", "circa", "nearly", "almost", "etwa",
    "rund", "environ", "unos", "unas", "cerca", "ongeveer", "około", "около",
})  # fmt: skip
"""Words before a number that leave it the same, rounded."""
_BEFORE_A_DAY = frozenset({
    "on", "in", "the", "of", "am", "im", "den", "dem", "der", "le", "la", "l", "el", "en",
    "de", "del", "il", "nel", "em", "o", "op", "w", "dnia", "в", "year", "jahr", "jahre",
    "année", "año", "anno", "ano", "jaar",
})  # fmt: skip
"""Words before a date that go with it."""
_BEFORE_A_YEAR = frozenset({
    "in", "since", "until", "till", "by", "before", "after", "from", "during", "year", "im",
    "jahr", "jahre", "seit", "bis", "en", "depuis", "année", "an", "año", "desde", "anno",
    "nel", "dal", "em", "ano", "jaar", "sinds", "w", "od", "roku", "в", "с", "до",
})  # fmt: skip
"""Words before four digits that make a year of them."""
_AFTER_A_YEAR = frozenset(["году", "года", "год", "г", "roku", "r"])
_LABELS = frozenset({
    "page", "shaft", "room", "article", "no", "number", "flight", "line", "chapter", "unit",
    "block", "gate", "version", "paragraph", "section", "floor", "platform", "route", "step",
    "stage", "phase", "day", "round", "game", "lot", "item", "figure", "table", "volume",
    "part", "seite", "zimmer", "artikel", "nr", "numéro", "número", "chambre",
})  # fmt: skip
"""Words that the number behind them tells apart, as a name does."""

_NO_NAMES = _ABOUT | _BEFORE_A_DAY | _BEFORE_A_YEAR | {
    "a", "all", "another", "at", "for", "just", "more", "only", "other", "over", "than",
    "these", "those", "to", "under", "up", "with",
}  # fmt: skip
"""Words with a capital before a number that need not be a name."""

_VERBS = frozenset({
    "is", "was", "are", "were", "has", "had", "have", "been", "ist", "war", "hat", "hatte",
    "est", "était", "sont", "es", "era", "son", "tiene", "fue", "è", "ha", "é", "foi", "tem",
    "heeft", "least", "most", "nearly",
})  # fmt: skip
"""Words before a number that say how many, and behind one that a noun is complete."""

_Kind = Literal["number", "date", "clock"]
_Day = tuple[int | None, int | None, int | None]


@attrs.frozen
class Quantity:
    """A number, a date or an hour of the day, as a text states it."""

    kind: _Kind
    """Which of them it is."""
    amount: Fraction = Fraction(0)
    """A number; of an hour the minutes since midnight."""
    unit: Fraction = Fraction(1)
    """What a number is told to: the place of its last digit that need not be a rounding."""
    day: _Day = (None, None, None)
    """A date's year, month and day, as far as it states them."""


@attrs.frozen
class Stated:
    """One quantity of a text, and the rest of it."""

    quantity: Quantity
    """What is stated."""
    rest: tuple[str, ...]
    """The other words and quantities in their order, with a mark in its place."""
    words: tuple[str, ...]
    """The words alone."""
    beside: frozenset[_Kind]
    """The kinds of the other quantities."""


def stated_in(text: str) -> Iterator[Stated]:
    """Every quantity that a text states, each with the rest of the text.

    >>> [(str(each.quantity.amount), each.rest) for each in stated_in("Porvel has 48,213 people")]
    [('48213', ('porvel', 'has', '<number>', 'people'))]
    >>> [each.quantity.day for each in stated_in("Okun was born on March 14, 1871")]
    [(1871, 3, 14)]
    >>> [*stated_in("Shaft 5 burned")]
    []
    """
    parts = _read(text[:_LONGEST])
    words = tuple(each for each in parts if isinstance(each, str))
    kinds = [None if isinstance(each, str) else each.kind for each in parts]
    plain = tuple(each if isinstance(each, str) else repr(each) for each in parts)
    for place, each in enumerate(parts):
        if isinstance(each, str):
            continue
        beside = frozenset(kind for kind in (*kinds[:place], *kinds[place + 1 :]) if kind)
        rest = (*plain[:place], f"<{each.kind}>", *plain[place + 1 :])
        yield Stated(each, rest, words, beside)


_LETTERS = re.compile(r"[^\W\d_]+")
_PARTS = frozenset((
    *MONTHS, *MONTHS_ELSEWHERE, *_WORDS, *_TIMES, *_ABOUT, *_BEFORE_A_DAY, *_BEFORE_A_YEAR,
    *_AFTER_A_YEAR, "st", "nd", "rd", "th",
))  # fmt: skip
"""Words that may belong to a number or a date."""


def outline_of(text: str) -> tuple[str, ...]:
    """The words of a text without all that may belong to a quantity; of texts without one, nothing.

    Texts that differ in one quantity have one outline, which takes far less than reading them.

    >>> outline_of("Okun was born on 14 March 1871"), outline_of("Okun was born")
    (('okun', 'was', 'born'), ())
    """
    text = text[:_LONGEST]
    if not _MAY_HAVE.search(text):
        return ()
    return tuple(word for word in _LETTERS.findall(text.casefold()) if word not in _PARTS)


def is_coarser(one: Quantity, other: Quantity) -> bool:
    """Whether one quantity is what the other becomes, told less exactly; the same is not coarser.

    A number needs two digits of its own to be a rounding: "100" is none of 140, and "48,000" is one
    of 48,213.

    >>> pairs = ("Of 48,000", "Of 48,213"), ("Of 20", "Of 21"), ("In 1871", "In March 1871")
    >>> [is_coarser(*(next(stated_in(each)).quantity for each in pair)) for pair in pairs]
    [True, False, True]
    """
    if one.kind == "date":
        known = [(a, b) for a, b in zip(one.day, other.day, strict=True) if a is not None]
        return one.day != other.day and all(a == b for a, b in known)
    if one.kind == "clock" or one.unit <= other.unit:
        return False
    return abs(one.amount - other.amount) * 2 <= one.unit


def _read(text: str) -> list[str | Quantity]:
    """The words and quantities of a text, words that only go with a quantity left out."""
    found: list[str | Quantity] = []
    tokens = [*_TOKEN.finditer(text)]
    english = _ENGLISH.search(text) is not None
    place = 0
    while place < len(tokens):
        quantity: str | Quantity
        date = _date_at(tokens, place)
        if date is not None:
            quantity, size = date
            while found and isinstance(found[-1], str) and found[-1] in _BEFORE_A_DAY:
                found.pop()
            if place + size < len(tokens) and _word(tokens[place + size]) in _AFTER_A_YEAR:
                size += 1
        else:
            quantity, size = _number_at(tokens, place, english=english)
            if isinstance(quantity, Quantity):
                while found and isinstance(found[-1], str) and found[-1] in _ABOUT:
                    found.pop()
        found.append(quantity)
        place += size
    return found


def _word(token: re.Match[str]) -> str:
    return (token["word"] or "").casefold()


def _month(token: re.Match[str]) -> int | None:
    word = _word(token)
    # "may" and "march" are months with a capital only.
    return MONTHS_ELSEWHERE.get(word) or (MONTHS.get(word) if token[0][0].isupper() else None)


def _small(token: re.Match[str], most: int) -> int | None:
    """A bare number up to some size."""
    digits = token["number"] or ""
    return (
        int(digits) if digits.isdecimal() and len(digits) <= 4 and 0 < int(digits) <= most else None
    )


def _year(token: re.Match[str]) -> int | None:
    found = None if token["ordinal"] else _small(token, 2100)
    return found if found is not None and found >= 1000 and len(token["number"]) == 4 else None


def _date_at(tokens: list[re.Match[str]], place: int) -> tuple[Quantity, int] | None:
    """The date that begins at a token, and how many tokens it has."""
    first = tokens[place]
    if first["day"]:
        parts = [*map(int, first["day"].split("-")), None]
        return Quantity("date", day=(parts[0], parts[1], parts[2])), 1
    month = _month(first)
    if month is None and not first["number"]:
        return None
    ahead = tokens[place : place + 6]
    # "de", "of" and commas between the parts of a date are nothing.
    kept = [0, *(n for n, each in enumerate(ahead) if n and _word(each) not in ("de", "of"))]
    beside = [ahead[n] for n in kept]
    size = [*(n + 1 for n in kept), 0]
    if len(beside) > 1 and (day := _small(first, 31)) and (named := _month(beside[1])):
        year = _year(beside[2]) if len(beside) > 2 else None
        return Quantity("date", day=(year, named, day)), size[2 if year else 1]
    if month and len(beside) > 1:
        day = _small(beside[1], 31)
        year = _year(beside[2] if day and len(beside) > 2 else beside[1])
        if day or year:
            return Quantity("date", day=(year, month, day)), size[2 if day and year else 1]
    before = _word(tokens[place - 1]) if place else ""
    behind = _word(tokens[place + 1]) if place + 1 < len(tokens) else ""
    year = _year(first)
    if year and (before in _BEFORE_A_YEAR or behind in _AFTER_A_YEAR):
        return Quantity("date", day=(year, None, None)), 1
    return None


def _number_at(
    tokens: list[re.Match[str]], place: int, *, english: bool
) -> tuple[str | Quantity, int]:
    """The number at a token, or its word; and how many tokens it has."""
    token = tokens[place]
    if token["clock"]:
        hours, minutes = map(int, token["clock"].split(":"))
        return Quantity("clock", Fraction(60 * hours + minutes)), 1
    size = 1
    if token["number"]:
        digits = token["number"]
        if token["ordinal"] or len(digits) > _DIGITS or _is_label(tokens, place):
            return token[0].casefold(), 1
        amount, unit = _amount(digits, english=english)
    elif (word := _word(token)) in _WORDS:
        amount, unit = Fraction(_WORDS[word]), Fraction(1)
        if place + 1 < len(tokens) and amount >= 20:
            ones = _WORDS.get(_word(tokens[place + 1]), 10)
            amount, size = (amount + ones, 2) if ones < 10 else (amount, 1)
    else:
        return word, 1
    times = _TIMES.get(_word(tokens[place + size])) if place + size < len(tokens) else None
    if times is not None:
        amount, unit, size = amount * times, unit * times, size + 1
    return Quantity("number", amount, unit), size


def _is_label(tokens: list[re.Match[str]], place: int) -> bool:
    """Whether a number tells things of one name apart: "Shaft 5", "page 12", "Version 2.1"."""
    if place == 0 or not tokens[place - 1]["word"]:
        return False
    before, digits = tokens[place - 1][0], tokens[place]["number"]
    if before.casefold() in _LABELS:
        return True
    is_grouped = len(digits) > 4 and not digits.isdecimal()
    if is_grouped or before.casefold() in _NO_NAMES or before in _VERBS:
        return False
    if before[0].isupper():
        return True
    # "reactor 4 was shut", but "12 guards", "61 %" and "the toll rose to 17".
    behind = _word(tokens[place + 1]) if place + 1 < len(tokens) else ""
    is_last = behind in _VERBS or behind in _NO_NAMES or place + 1 == len(tokens)
    return digits.isdecimal() and is_last and not before.endswith("ed")


def _amount(digits: str, *, english: bool) -> tuple[Fraction, Fraction]:
    """A number and what it is told to, from its digits with their marks."""
    marks = [each for each in digits if not each.isdecimal()]
    whole, decimals = digits, ""
    if marks and marks[-1] in ".,":
        head, _, tail = digits.rpartition(marks[-1])
        groups = len(tail) == 3 and len(set(marks)) == 1
        is_point = not groups or (len(marks) == 1 and marks[0] == "." and english)
        if is_point or head.startswith("0"):
            whole, decimals = head, tail
    number = "".join(each for each in whole if each.isdecimal())
    amount = Fraction(int(number + decimals), 10 ** len(decimals))
    if decimals:
        return amount, Fraction(1, 10 ** len(decimals))
    zeros = len(number) - len(number.rstrip("0"))
    # Two digits at least are told: "100" is told to ten.
    return amount, Fraction(10 ** max(0, min(zeros, len(number) - 2)))
