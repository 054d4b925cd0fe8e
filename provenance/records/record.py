"""A record: something written down that may carry a note and its ids in other systems."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping, Sequence
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    LiteralString,
    TypeVar,
    overload,
)

import attrs
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from provenance.errors import InvalidValue
from provenance.records.days import meant_by
from provenance.records.validation import Written, shown, whole
from provenance.scales import MOST_ALTERNATIVES

__all__ = [
    "NONE",
    "NOT_KNOWN",
    "Accuracy",
    "Alternatives",
    "Count",
    "Day",
    "Entries",
    "Estimate",
    "Fraction",
    "FractionForm",
    "Grade",
    "Id",
    "Listed",
    "OneOrSeveral",
    "OneOrSeveralIfAny",
    "Outcomes",
    "PassingOnForm",
    "Position",
    "Positive",
    "PriorForm",
    "Record",
    "Reference",
    "ReliabilityForm",
    "Several",
    "SeveralIfAny",
    "Span",
    "Text",
    "Version",
    "When",
    "WithinFraction",
    "WouldSpeak",
    "as_tuple",
    "reliability_form",
]

# The kinds of values that fields of a record take: ids, text, numbers, one or several.

LONGEST_ID = 200
"""How many characters an id may have."""
LONGEST_LIST = 100_000
"""How many entries a list inside a record may have."""
LARGEST = 1e15
"""The largest number that a field takes."""
SMALLEST = 1e-12
"""How near to 0 a number above 0, or to 1 a probability below 1, may come."""

# One rule for the loader and for validators of JSON Schema, which have no common word for space.
_SPACES = "\\u0000-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
_VISIBLE = f"[^{_SPACES}]"
_CONTROL = "[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]"
_has_visible = re.compile(_VISIBLE).search
_has_control = re.compile(_CONTROL).search


def _text(value: str) -> str:
    if not _has_visible(whole(value)):
        raise PydanticCustomError(
            "empty-text",
            "expected text, found none",
            {"fix": "write something or leave it out"},
        )
    return value


def _id(value: str) -> str:
    if value.isascii() and value.isprintable() and len(value) <= LONGEST_ID and value.strip():
        return value  # nearly every id, and a case has hundreds of thousands
    if len(value) > LONGEST_ID:
        raise PydanticCustomError(
            "bad-id",
            "expected an id of at most {longest} characters, found {length}",
            {"longest": LONGEST_ID, "length": len(value), "fix": "shorten the id"},
        )
    if _has_control(value):
        raise PydanticCustomError(
            "bad-id",
            "expected an id without control characters, found {found}",
            {
                "found": shown(value),
                "fix": "write the id on one line of plain characters",
            },
        )
    return _text(value)


def _entries(value: Any) -> Any:
    """A list as a tuple; sets and generators have no order of their own and are refused."""
    if not isinstance(value, list | tuple):
        raise PydanticCustomError(
            "not-a-list",
            "expected a list, found {found}",
            {"found": shown(value), "fix": "put it between [ and ]"},
        )
    return tuple(value)


def _listed(value: Any) -> Any:
    entries = _entries(value)
    if len(entries) > LONGEST_LIST:
        raise PydanticCustomError(
            "too-long",
            "expected at most {longest} entries, found {length}",
            {"longest": LONGEST_LIST, "length": len(entries), "fix": "split the record"},
        )
    return entries


def _whole_number(value: Any) -> Any:
    """JSON has one kind of number, so 3.0 is a whole number too."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _one_or_several(value: Any) -> str:
    return "=several" if isinstance(value, list | tuple) else "=one"


def as_tuple(written: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """One id or several as a tuple, each once, in the order in which they were written.

    >>> as_tuple("tweet"), as_tuple(("tweet", "post", "tweet")), as_tuple(None)
    (('tweet',), ('tweet', 'post'), ())
    """
    if written is None:
        return ()
    return (written,) if isinstance(written, str) else tuple(dict.fromkeys(written))


Text = Annotated[
    str, AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": _VISIBLE})
]
"""Text that is not blank."""

Id = Annotated[
    str,
    AfterValidator(_id),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": LONGEST_ID,
            "pattern": _VISIBLE,
            "not": {"pattern": _CONTROL},
        }
    ),
]
"""The name of a record within its case: not blank, at most 200 characters, no control character."""

Entries = BeforeValidator(_entries)
"""Makes a tuple of a list."""

Listed = BeforeValidator(_listed)
"""Makes a tuple of a list inside a record, with a bound on its length."""

# What a field takes is more than what it holds: a list becomes a tuple, and "2015-10-03" a span.
# Type checkers are told so by a descriptor, which says what is set and what is got; at run time
# these are plain types, whose validators do it.
Item = TypeVar("Item")
Held = TypeVar("Held")
Accepted = TypeVar("Accepted")

if TYPE_CHECKING:

    class Given(Generic[Held, Accepted]):
        """A field that holds one type and takes a wider one."""

        @overload
        def __get__(self, record: None, kind: Any) -> Given[Held, Accepted]: ...
        @overload
        def __get__(self, record: object, kind: Any) -> Held: ...
        def __get__(self, record: object, kind: Any) -> Any: ...
        def __set__(self, record: object, value: Accepted) -> None: ...

    Several = Given[tuple[Item, ...], Sequence[Item]]
    SeveralIfAny = Given[tuple[Item, ...] | None, Sequence[Item] | None]
    OneOrSeveral = Given[str | tuple[str, ...], str | Sequence[str]]
    OneOrSeveralIfAny = Given[str | tuple[str, ...] | None, str | Sequence[str] | None]
else:
    Several = tuple[Item, ...]
    """Entries in their order: a list becomes a tuple."""
    SeveralIfAny = Annotated[tuple[Item, ...], Listed] | None
    """Entries in their order, if any were given."""
    OneOrSeveral = Annotated[
        Annotated[Id, Tag("=one")]
        | Annotated[tuple[Id, ...], Field(min_length=1), Listed, Tag("=several")],
        Discriminator(_one_or_several),
    ]
    """An id, or a list of them, kept as it was written."""
    OneOrSeveralIfAny = OneOrSeveral | None
    """An id, or a list of them, if any was given."""

NOT_KNOWN: Any = None
"""What a field holds that was not given."""
NONE: Any = ()
"""What a list holds that was not given."""


def _weighable(value: float) -> float:
    """Refuse what is neither 0 or 1 nor far enough from them to be told apart in a weight."""
    if 0.0 < value < SMALLEST or 0.0 < 1.0 - value < SMALLEST:
        end = "0" if value < 0.5 else "1"
        raise PydanticCustomError(
            "too-small",
            "expected {end} or a number at least 1e-12 away from it, found {found}",
            {"end": end, "found": shown(value), "fix": f"write {end}, or what you can defend"},
        )
    return value


def _not_tiny(value: float) -> float:
    if value < SMALLEST:
        raise PydanticCustomError(
            "too-small",
            "expected a number of at least 1e-12, found {found}",
            {"found": shown(value), "fix": "write a larger number"},
        )
    return value


Fraction = Annotated[float, Field(ge=0, le=1), AfterValidator(_weighable)]
"""A number in [0, 1]; within 1e-12 of an end only that end itself."""

WithinFraction = Annotated[float, Field(gt=0, lt=1), AfterValidator(_weighable)]
"""A number in (0, 1), both ends left out."""

WouldSpeak = Annotated[float, Field(gt=0, le=1), AfterValidator(_weighable)]
"""A number in (0, 1]."""

Positive = Annotated[float, Field(gt=0, le=LARGEST), AfterValidator(_not_tiny)]
"""A number above 0, at least 1e-12."""

Alternatives = Annotated[float, Field(ge=2, le=MOST_ALTERNATIVES)]
"""A number from 2 to 200."""

Count = Annotated[float, Field(ge=0, le=LARGEST)]
"""A number of times, 0 or more."""


def _version(value: Any) -> Any:
    if isinstance(value, bool):  # which equals 1 or 0 in Python, but is no number in JSON
        raise PydanticCustomError(
            "not-one-of", "expected 1, found {found}", {"found": shown(value), "fix": "write 1"}
        )
    return value


Version = Annotated[Literal[1], BeforeValidator(_version)]
"""The version of the format, of which there is one."""

Position = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, le=int(LARGEST))]
"""A whole number, 0 or more."""


class Reference(Written, frozen=True, defer_build=True):
    """The id of a record in another system."""

    scheme: Text
    """The other system: `wikidata`, `doi`, `misp`."""
    id: Text
    """The id there."""


class Record(Written, frozen=True, defer_build=True):
    """A record of the case format; every record may carry a note and references."""

    note: Text | None = None
    """Why the record says what it says, for people."""
    refs: Annotated[Several[Reference], Listed] = NONE
    """The ids of the record in other systems."""


# Dates as people know them: a year, a month, a day, a minute, or a span between two of these.

_CLOCK = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})"
_FORM = rf"[0-9]{{4}}(-[0-9]{{2}}(-[0-9]{{2}}({_CLOCK})?)?)?"
_SPAN = re.compile(rf"\A{_FORM}(/{_FORM})?\Z")
_EXPECTED = "a date such as 2015, 2015-08, 2015-08-28, 2015-08-21/2015-08-31 or 2015-08-28T13:07Z"


@attrs.frozen
class Span:
    """A span of time, kept as it was written: `2015`, `2015-08`, `2015-08-28` or `first/last`.

    Where a story runs within a day, `2015-08-28T13:07Z` is a minute, in UTC. Timestamps of machines
    are minutes too, with their seconds or an offset: `2015-08-28T15:07:31+02:00`.
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
    begins: datetime.datetime = attrs.field(init=False, eq=False, repr=False)
    """The first minute of the span, in UTC and without saying so."""
    ends: datetime.datetime = attrs.field(init=False, eq=False, repr=False)
    """The last minute of the span, in UTC and without saying so."""

    def __attrs_post_init__(self) -> None:
        if not _SPAN.match(self.text):
            raise InvalidValue(f"{_not_a_date(self.text)}{_hint(meant_by(self.text))}")
        first, slash, last = self.text.partition("/")
        begins, ends = _minutes(first)
        if slash:
            ends = _minutes(last)[1]
        if ends < begins:
            raise InvalidValue(f"expected a span that ends after it begins, found {self.text!r}")
        object.__setattr__(self, "first", begins.date())
        object.__setattr__(self, "last", ends.date())
        object.__setattr__(self, "begins", begins)
        object.__setattr__(self, "ends", ends)

    def __str__(self) -> str:
        return self.text

    @property
    def ends_on_a_minute(self) -> bool:
        """Whether its end is a minute rather than a day."""
        return "T" in self.text.rpartition("/")[2]

    @classmethod
    def of(cls, value: Span | str | datetime.date) -> Span:
        """A span from its text, from a day, from a moment that knows its time zone, or from a span.

        >>> Span.of(datetime.date(2015, 8, 28)).text
        '2015-08-28'
        """
        if isinstance(value, Span):
            return value
        if isinstance(value, datetime.datetime):
            if value.tzinfo is None:
                raise InvalidValue(f"expected a moment with a time zone, found {value!r}")
            return cls(value.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%MZ"))
        if isinstance(value, datetime.date):
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
        fix = "write the year, the month or the day it was"
        if isinstance(value, str) and not _SPAN.match(value):
            meant = meant_by(value)
            context = {"reason": _not_a_date(value), "fix": f"write {meant}" if meant else fix}
            raise PydanticCustomError("not-a-date", "{reason}", context) from error
        code: LiteralString = "impossible-date" if isinstance(value, str) else "not-a-date"
        raise PydanticCustomError(code, "{reason}", {"reason": str(error), "fix": fix}) from error


def _not_a_date(text: str) -> str:
    return f"expected {_EXPECTED}, found {shown(text)}"


def _hint(meant: str) -> str:
    return f"; write {meant}" if meant else ""


_LAST_MINUTE = datetime.time(23, 59)


def _minutes(text: str) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last minute of a year, a month, a day or a minute."""
    try:
        if len(text) > 10:
            moment = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
            minute = moment.replace(tzinfo=None, second=0, microsecond=0)
            return minute, minute
        first, last = _days(text)
    except (ValueError, OverflowError) as error:
        raise InvalidValue(f"expected a day of the calendar, found {text!r}") from error
    return (
        datetime.datetime.combine(first, datetime.time.min),
        datetime.datetime.combine(last, _LAST_MINUTE),
    )


def _days(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year, a month or a day."""
    if len(text) == 10:
        day = datetime.date.fromisoformat(text)
        return day, day
    year, month = int(text[:4]), int(text[5:]) if len(text) == 7 else None
    last_day = calendar.monthrange(year, month)[1] if month else 31
    begin, end = (1, 12) if month is None else (month, month)
    return datetime.date(year, begin, 1), datetime.date(year, end, last_day)


if TYPE_CHECKING:
    When = Given[Span | None, Span | datetime.date | str | None]
    Day = Given[Span, Span | datetime.date | str]
else:
    When = Span | None
    """When it was, if that is known: a day, a month, a year or a span."""
    Day = Span
    """When it was."""


# How a person writes down a degree: a number, a mean with a strength, a grade, a track record.

Grade = Literal["A", "B", "C", "D", "E", "F"]
"""An Admiralty grade of reliability; F: not judged."""


class Estimate(Record, frozen=True, defer_build=True):
    """A number that is known roughly: Beta(mean * strength, (1 - mean) * strength)."""

    mean: Fraction
    """The mean, in [0, 1]."""
    strength: Positive
    """How many observations the mean is worth, above 0."""


class Accuracy(Record, frozen=True, defer_build=True):
    """How often a source is right on yes/no matters, and how many observations that is worth."""

    accuracy: Fraction
    """The share of yes/no matters on which it is right, in [0, 1]; 1/2 is a coin."""
    strength: Positive
    """How many observations the accuracy is worth, above 0."""


class Outcomes(Record, frozen=True, defer_build=True):
    """A track record: how often what the source said turned out so, and how often not."""

    confirmed: Count
    """How many of its statements turned out to be true."""
    refuted: Count
    """How many of its statements turned out to be false."""


def reliability_form(value: Any) -> str:
    """Which form of a reliability something written is, by the tag of that form."""
    if isinstance(value, str):
        return "=grade"
    if isinstance(value, Accuracy | Outcomes):
        return "=accuracy" if isinstance(value, Accuracy) else "=outcomes"
    if not isinstance(value, Mapping | Record):
        return "=number"
    if isinstance(value, Mapping) and "accuracy" in value:
        return "=accuracy"
    if isinstance(value, Mapping) and ("confirmed" in value or "refuted" in value):
        return "=outcomes"
    return "=estimate"


def _passing_form(value: Any) -> str:
    return "=grade" if isinstance(value, str) else _plain_form(value)


def _plain_form(value: Any) -> str:
    return "=estimate" if isinstance(value, Mapping | Record) else "=number"


class _WithinBounds:
    """Says in the JSON Schema that the mean of a prior is neither 0 nor 1."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            **handler(schema),
            "properties": {"mean": {"exclusiveMinimum": 0, "exclusiveMaximum": 1}},
        }


def _neither_0_nor_1(prior: Estimate) -> Estimate:
    if not 0 < prior.mean < 1:
        raise PydanticCustomError(
            "out-of-range",
            "expected a mean above 0 and below 1, found {found}",
            {"found": f"{prior.mean:g}", "fix": "write a mean above 0 and below 1"},
        )
    return prior


FractionForm = Annotated[
    Annotated[Fraction, Tag("=number")] | Annotated[Estimate, Tag("=estimate")],
    Discriminator(_plain_form),
]
"""A number in [0, 1], known exactly, or a mean with a strength."""

PriorForm = Annotated[
    Annotated[WithinFraction, Tag("=number")]
    | Annotated[Estimate, AfterValidator(_neither_0_nor_1), _WithinBounds, Tag("=estimate")],
    Discriminator(_plain_form),
]
"""A number in (0, 1), or a mean with a strength."""

ReliabilityForm = Annotated[
    Annotated[Grade, Tag("=grade")]
    | Annotated[Fraction, Tag("=number")]
    | Annotated[Estimate, Tag("=estimate")]
    | Annotated[Accuracy, Tag("=accuracy")]
    | Annotated[Outcomes, Tag("=outcomes")],
    Discriminator(reliability_form),
]
"""A grade, a number in [0, 1], a mean with a strength, an accuracy, or a track record."""

PassingOnForm = Annotated[
    Annotated[Grade, Tag("=grade")]
    | Annotated[Fraction, Tag("=number")]
    | Annotated[Estimate, Tag("=estimate")],
    Discriminator(_passing_form),
]
"""A grade, a number in [0, 1], or a mean with a strength."""
