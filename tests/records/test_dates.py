"""Dates as people know them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import CaseError, InvalidValue
from provenance.records import Attribution, Span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("2015-08", "2015-08-01", "2015-08-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-08-28", "2015-08-28", "2015-08-28"),
        ("2015-08-21/2015-08-31", "2015-08-21", "2015-08-31"),
        ("2014/2015-02", "2014-01-01", "2015-02-28"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_is_the_span_of_its_days(text: str, first: str, last: str) -> None:
    span = Span(text)

    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "2015-02-29", "2015-13", "2015-00", "0000", "2015-08-28/2015-08-21", "2015/2014",
        "2015-8-28", "20150828", "15", "2015-08-28T10:00", " 2015", "2015\n", "2015/", "/2015",
        "2015/2016/2017", "2015-W01", "٢٠١٥", "August 2015", "",
    ],
)  # fmt: skip
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected"):
        Span(text)


def test_an_impossible_date_is_a_problem_of_its_record() -> None:
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", claim="c", said_on="2015-02-30")

    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("said_on", "impossible-date")


@pytest.mark.parametrize("value", [2015, 2015.0, True, ["2015"], datetime.datetime(2015, 8, 28)])
def test_what_is_not_text_or_a_day_is_no_date(value: object) -> None:
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", claim="c", said_on=value)

    assert caught.value.problems[0].code == "not-a-date"


@given(st.dates())
def test_a_day_is_a_span_of_one_day(day: datetime.date) -> None:
    span = Span.of(day)

    assert (span.first, span.last, Span.of(span)) == (day, day, span)


@given(st.dates(), st.dates())
def test_a_span_keeps_its_text_and_its_order(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))

    span = Span(f"{first}/{last}")

    assert (str(span), span.first, span.last) == (f"{first}/{last}", first, last)
