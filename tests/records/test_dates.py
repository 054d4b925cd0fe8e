"""Dates as people know them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import CaseError, InvalidValue
from provenance.records import Attribution, Span
from provenance.records.record import meant_by


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
        ("2015-03-04T10:11:12Z", "2015-03-04", "2015-03-04"),
        ("2015-03-04T10:11:12.123456789Z/2015-03-05", "2015-03-04", "2015-03-05"),
        ("2015-03-04T00:30+02:00", "2015-03-03", "2015-03-03"),
        ("2015-03-04T23:30:00-01:00", "2015-03-05", "2015-03-05"),
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
        "2015-08-28T10:00:61Z", "2015-08-28T10Z", "0001-01-01T00:00+01:00", "9999-12-31T23:59-01:00",
        "2015-08-28T10:00+2:00", "2015T10:00Z",
    ],
)  # fmt: skip
def test_an_impossible_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="expected"):
        Span(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14/06/2024", "2024-06-14"),
        ("06/14/2024", "2024-06-14"),
        ("4.4.2015", "2015-04-04"),
        ("2015/3/4", "2015-03-04"),
        ("2015-8-28", "2015-08-28"),
        ("03/04/2015", "2015-04-03 or 2015-03-04, whichever it was"),
        ("13 June 2024", "2024-06-13"),
        ("Thursday, 13th June 2024", "2024-06-13"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("June 2024", "2024-06"),
        ("2015-08-28 10:00:31", "2015-08-28, or 2015-08-28T10:00Z if that is UTC"),
    ],
)
def test_a_date_of_another_form_comes_with_how_it_is_written(text: str, meant: str) -> None:
    with pytest.raises(CaseError) as caught:
        Attribution(id="a", source="s", claim="c", said_on=text)
    with pytest.raises(InvalidValue, match=f"found '{text}'; write {meant}"):
        Span(text)

    (problem,) = caught.value.problems
    assert (problem.code, problem.fix) == ("not-a-date", f"write {meant}")
    assert problem.message.endswith(f"found '{text}'")


@pytest.mark.parametrize(
    "text", ["31/31/2024", "1/2/24", "3 Juni 2024", "30 February 2024", "soon"]
)
def test_of_a_date_that_cannot_be_told_nothing_is_guessed(text: str) -> None:
    assert meant_by(text) == ""


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("circa 1871", "1870/1872"),
        ("c. 1871", "1870/1872"),
        ("~1871", "1870/1872"),
        ("1871?", "1870/1872"),
        ("19th century", "1801/1900"),
        ("the 1st century", "0001/0100"),
        ("the 1870s", "1870/1879"),
        ("1870-1872", "1870/1872"),
        ("between 1870 and 1872", "1870/1872"),
        ("Spring 2015", "2015-03/2015-05"),
        ("autumn of 2015", "2015-09/2015-11"),
        ("late 2015", "2015-09/2015-12"),
        ("Q2 2015", "2015-04/2015-06"),
    ],
)
def test_a_vague_date_comes_with_the_span_that_it_stands_for(text: str, span: str) -> None:
    assert meant_by(text) == f"a span: {span}"
    assert Span(span).text == span


def test_a_winter_is_one_of_two() -> None:
    assert meant_by("winter 2015") == (
        "a span: 2015-12/2016-02 or 2014-12/2015-02, whichever it was"
    )


@pytest.mark.parametrize("text", ["circa 0000", "0th century", "1872-1870", "lent 2015", "circa"])
def test_a_span_that_cannot_be_told_is_not_guessed(text: str) -> None:
    assert meant_by(text) == ""


def test_a_timestamp_of_a_machine_is_its_minute() -> None:
    span = Span("2015-08-28T15:07:31.5+02:00")

    assert (str(span), span.begins) == (
        "2015-08-28T15:07:31.5+02:00",
        datetime.datetime(2015, 8, 28, 13, 7),
    )
    assert span.ends == span.begins
    assert span.ends_on_a_minute


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
