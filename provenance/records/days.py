"""Days as people write them: the months by name, and how what they wrote is written in a case."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["MONTHS", "day_in_words", "meant_by"]

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTHS: Mapping[str, int] = MappingProxyType(
    {
        **{name: number for number, name in enumerate(_NAMES, 1)},
        **{name[:3]: number for number, name in enumerate(_NAMES, 1)},
        "sept": 9,
    }
)
"""The number of every month, by its name in small letters and by the short forms of it."""

_IN_WORDS = re.compile(
    r"(?:[a-z]+day,? )?(?:([0-9]{1,2})(?:st|nd|rd|th)?\.? )?([a-z]{3,9})\.?"
    r"(?: ([0-9]{1,2})(?:st|nd|rd|th)?)?,? ([0-9]{4})"
)
_FIGURES = re.compile(r"\s*([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})\s*")
_LOCAL = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.][0-9]+)?)?"
)


def day_in_words(text: str) -> str | None:
    """The day or the month that is written with the name of a month, as a case has it; else `None`.

    Whether it is in the calendar is not looked at.

    >>> day_in_words("Thursday, June 13th, 2024"), day_in_words("Sept. 2024"), day_in_words("2024")
    ('2024-06-13', '2024-09', None)
    """
    found = _IN_WORDS.fullmatch(" ".join(text.casefold().split()))
    month = None if found is None else MONTHS.get(found[2])
    if found is None or month is None or (found[1] and found[3]):
        return None
    day = found[1] or found[3]
    return f"{found[4]}-{month:02}" + (f"-{int(day):02}" if day else "")


def meant_by(text: str) -> str:
    """How a date that has another form is written, as far as it can be told; else nothing.

    >>> meant_by("14/06/2024"), meant_by("June 13, 2024"), meant_by("03/04/2015")
    ('2024-06-14', '2024-06-13', '2015-04-03 or 2015-03-04, whichever it was')
    >>> meant_by("circa 1871"), meant_by("19th century"), meant_by("Spring 2015")
    ('a span: 1870/1872', 'a span: 1801/1900', 'a span: 2015-03/2015-05')
    """
    text = text[:40]
    if found := _FIGURES.fullmatch(text):
        one, two, three = found.groups()
        if len(one) == 4:
            return _in_calendar(one, two, three)
        ways = dict.fromkeys((_in_calendar(three, two, one), _in_calendar(three, one, two)))
        known = [each for each in ways if each]
        return " or ".join(known) + (", whichever it was" if len(known) > 1 else "")
    if (words := day_in_words(text)) is not None:
        return words if len(words) == 7 else _in_calendar(*words.split("-"))
    if found := _LOCAL.fullmatch(text):
        return f"{found[1]}, or {found[1]}T{found[2]}Z if that is UTC"
    if (span := _span_in_words(" ".join(text.casefold().split()))) is not None:
        return f"a span: {span}"
    return ""


_ABOUT = re.compile(
    r"(?:(?:circa|ca\.?|c\.|about|around|approximately|approx\.?|~) ?([0-9]{4})|([0-9]{4}) ?\?)"
)
_CENTURY = re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century")
_DECADE = re.compile(r"(?:the )?([0-9]{3})0['’]?s")
_BETWEEN = re.compile(r"(?:between |from )?([0-9]{4})(?: ?[-–—] ?| and | to )([0-9]{4})")
_PART_OF_YEAR = re.compile(r"(?:the )?([a-z]+|q[1-4])(?: of |-| |,)+([0-9]{4})")
_PARTS: Mapping[str, tuple[int, int]] = {
    "spring": (3, 5),
    "summer": (6, 8),
    **dict.fromkeys(("autumn", "fall"), (9, 11)),
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    **{f"q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
}


def _span_in_words(text: str) -> str | None:
    """The span that a vague date stands for: a year on either side, a century, a season."""
    if (found := _ABOUT.fullmatch(text)) and int(year := found[1] or found[2]) not in (0, 9999):
        return f"{int(year) - 1:04}/{int(year) + 1:04}"
    if (found := _CENTURY.fullmatch(text)) and int(found[1]):
        return f"{100 * int(found[1]) - 99:04}/{100 * int(found[1]):04}"
    if found := _DECADE.fullmatch(text):
        return f"{found[1]}0/{found[1]}9"
    if found := _BETWEEN.fullmatch(text):
        return f"{found[1]}/{found[2]}" if found[1] <= found[2] else None
    found = _PART_OF_YEAR.fullmatch(text)
    if found is not None and found[1] == "winter":
        year, last = found[2], int(found[2])
        return f"{year}-12/{last + 1:04}-02 or {last - 1:04}-12/{year}-02, whichever it was"
    if found is None or found[1] not in _PARTS:
        return None
    first, final = _PARTS[found[1]]
    return f"{found[2]}-{first:02}/{found[2]}-{final:02}"


def _in_calendar(year: str, month: str, day: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else ""
    except ValueError:
        return ""
