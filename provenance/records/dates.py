"""Dates as people know them: a year, a month, a day, or a span between two days."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

import attrs
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from provenance.errors import InvalidValue
from provenance.records.faults import shown

__all__ = ["Span"]

_FORM = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_DATE = re.compile(rf"\A{_FORM}\Z")
_SPAN = re.compile(rf"\A{_FORM}(/{_FORM})?\Z")
_EXPECTED = "a date such as 2015, 2015-08, 2015-08-28 or 2015-08-21/2015-08-31"


@attrs.frozen
class Span:
    """A span of days, kept as it was written: `2015`, `2015-08`, `2015-08-28` or `first/last`.

    Raises `InvalidValue` when the text has another form, names a day that is not in the calendar,
    or ends before it begins.

    >>> Span("2015-08").last
    datetime.date(2015, 8, 31)
    >>> Span("2015-08-21/2015-08-31").first
    datetime.date(2015, 8, 21)
    >>> print(Span("2015"))
    2015
    """

    text: str
    """The date as it was written."""
    first: datetime.date = attrs.field(init=False, eq=False, repr=False)
    """The first day of the span."""
    last: datetime.date = attrs.field(init=False, eq=False, repr=False)
    """The last day of the span."""

    def __attrs_post_init__(self) -> None:
        first, slash, last = self.text.partition("/")
        begins = _days(first)
        ends = _days(last) if slash else begins
        if ends[1] < begins[0]:
            raise InvalidValue(f"expected a span that ends after it begins, found {self.text!r}")
        object.__setattr__(self, "first", begins[0])
        object.__setattr__(self, "last", ends[1])

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, value: Span | str | datetime.date) -> Span:
        """A span from its text, from a day, or from a span.

        >>> Span.of(datetime.date(2015, 8, 28)).text
        '2015-08-28'
        """
        if isinstance(value, Span):
            return value
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return cls(value.isoformat())
        if not isinstance(value, str):
            raise InvalidValue(f"expected {_EXPECTED}, found {shown(value)}")
        return cls(value)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _parsed, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": f"^{_FORM}(/{_FORM})?$",
            "not": {"pattern": "[\\n\\r]"},  # before which some dialects match $
        }


def _parsed(value: Any) -> Span:
    try:
        return Span.of(value)
    except InvalidValue as error:
        in_form = isinstance(value, str) and _SPAN.match(value)
        raise PydanticCustomError(
            "impossible-date" if in_form else "not-a-date",
            "{reason}",
            {"reason": str(error), "fix": "write the year, the month or the day it was"},
        ) from error


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year, a month or a day."""
    if not _DATE.match(text):
        raise InvalidValue(f"expected {_EXPECTED}, found {text[:40]!r}")
    try:
        if len(text) == 10:
            day = datetime.date.fromisoformat(text)
            return day, day
        year, month = int(text[:4]), int(text[5:]) if len(text) == 7 else None
        last_day = calendar.monthrange(year, month)[1] if month else 31
        first, last = (1, 12) if month is None else (month, month)
        return datetime.date(year, first, 1), datetime.date(year, last, last_day)
    except ValueError as error:
        raise InvalidValue(f"expected a day of the calendar, found {text!r}") from error
