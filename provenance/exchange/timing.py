"""Days and moments as other formats write them, taken from the case alone: nothing asks a clock."""

from __future__ import annotations

import datetime

from provenance.errors import InvalidValue
from provenance.records import Case

__all__ = ["EPOCH", "latest_day", "moment", "stamp"]

EPOCH = datetime.date(1970, 1, 1)
"""The day that stands for none, where a format insists on one."""


def latest_day(case: Case) -> datetime.date:
    """The last day that a case names: of what was said, withdrawn, published or retrieved."""
    spans = [
        *(span for each in case.attributions for span in (each.said_on, each.retracted_on)),
        *(span for each in case.documents for span in (each.published_on, each.retrieved_on)),
    ]
    return max((span.last for span in spans if span is not None), default=EPOCH)


def stamp(day: datetime.date) -> str:
    """The first moment of a day, to the millisecond, in UTC.

    >>> stamp(datetime.date(2015, 9, 4))
    '2015-09-04T00:00:00.000Z'
    """
    return f"{day.isoformat()}T00:00:00.000Z"


def moment(at: datetime.date) -> str:
    """A day or a moment, to the millisecond, in UTC; raises `InvalidValue` without a zone."""
    if not isinstance(at, datetime.datetime):
        return stamp(at)
    if at.tzinfo is None:
        raise InvalidValue("expected a time with its zone, found one without")
    text = at.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return f"{text}Z"
