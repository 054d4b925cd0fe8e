"""When something was said, as far as the words around it and the date of the document tell."""

from __future__ import annotations

import datetime
import re

from provenance.drafting.english import DAYS
from provenance.errors import InvalidValue
from provenance.records import MONTHS, Span

__all__ = ["said_on"]

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?|"
    rf"(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)(?:,? (?P<year>\d{{4}}))?",
    re.I,
)
_MONTH_ONLY = re.compile(
    rf"\b[Ii]n (?:(?P<part>early|mid|late)[- ])?(?P<month>{_MONTH})\b(?:,? (?:of )?(?P<year>\d{{4}}))?",
    re.I,
)
_SEASON = re.compile(
    r"\b[Ii]n (?:the )?(?P<season>spring|summer|autumn|fall|winter) of (?P<year>\d{4})", re.I
)
_YEAR = re.compile(r"\b[Ii]n (?P<year>(?:19|20)\d{2})\b")
_WEEKDAY = re.compile(rf"\b(?P<last>last )?(?P<day>{'|'.join(DAYS)})\b", re.I)
_DIGIT = re.compile(r"\d")
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_SEASONS = {"spring": ("03", "05"), "summer": ("06", "08"), "autumn": ("09", "11"),
            "fall": ("09", "11")}  # fmt: skip


def said_on(words: str, published: Span | None) -> Span | None:
    """The date that some words name, read in view of the day on which they were published.

    Words without a year need that day; where it is not known nothing is proposed.

    >>> print(said_on("the minister said on Friday", Span("2015-09-06")))
    2015-09-04
    >>> print(said_on("In late August, the general wrote", Span("2015-09-04")))
    2015-08-21/2015-08-31
    >>> said_on("the minister said on Friday", None) is None
    True
    """
    low = words.lower()
    numbered = _DIGIT.search(low) is not None
    day = published.last if published is not None and published.first == published.last else None
    try:
        return (
            (_exact(words, day) if numbered else None)
            or (_month(words, day) if "in " in low else None)
            or (_loose(words) if numbered else None)
            or (_weekday(words, day) if "day" in low else None)
        )
    except (InvalidValue, OverflowError):  # the 31st of June
        return None


def _exact(words: str, day: datetime.date | None) -> Span | None:
    found = _DAY_MONTH.search(words)
    if found is None:
        return None
    month = MONTHS[(found["month"] or found["month2"]).casefold()]
    number = int(found["day"] or found["day2"])
    if found["year"]:
        return Span(f"{found['year']}-{month:02}-{number:02}")
    if day is None:
        return None
    year = day.year if (month, number) <= (day.month, day.day) else day.year - 1
    return Span(f"{year:04}-{month:02}-{number:02}")


def _month(words: str, day: datetime.date | None) -> Span | None:
    found = _MONTH_ONLY.search(words)
    if found is None:
        return None
    month = MONTHS[found["month"].casefold()]
    if found["year"]:
        year = int(found["year"])
    elif day is not None:
        year = day.year if month <= day.month else day.year - 1
    else:
        return None
    whole = Span(f"{year:04}-{month:02}")
    if not found["part"]:
        return whole
    first, last = _PARTS[found["part"].casefold()]
    end = min(last, whole.last.day)
    return Span(f"{year:04}-{month:02}-{first:02}/{year:04}-{month:02}-{end:02}")


def _loose(words: str) -> Span | None:
    season = _SEASON.search(words)
    if season is not None and season["season"].casefold() in _SEASONS:
        first, last = _SEASONS[season["season"].casefold()]
        return Span(f"{season['year']}-{first}/{season['year']}-{last}")
    year = _YEAR.search(words)
    return Span(year["year"]) if year else None


def _weekday(words: str, day: datetime.date | None) -> Span | None:
    if day is None:
        return None
    low = words.casefold()
    if re.search(r"\byesterday\b", low):
        return Span.of(day - datetime.timedelta(days=1))
    found = _WEEKDAY.search(words)
    if found is None:
        return Span.of(day) if re.search(r"\btoday\b", low) else None
    back = (day.weekday() - DAYS.index(found["day"].casefold())) % 7
    return Span.of(day - datetime.timedelta(days=back))
