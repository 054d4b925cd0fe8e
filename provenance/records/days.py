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
    return ""


def _in_calendar(year: str, month: str, day: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat() if len(year) == 4 else ""
    except ValueError:
        return ""
