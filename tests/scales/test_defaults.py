"""The table of defaults: every number once, with where it comes from."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import UnknownName
from provenance.scales import (
    ANONYMITY,
    DEFAULTS,
    GRADES,
    PASSING_ON,
    THETA,
    Default,
    Degree,
    passing_on,
)

ROWS = sorted(DEFAULTS)
means = st.floats(0, 1)


@pytest.mark.parametrize("letter", sorted(GRADES))
def test_a_letter_passes_on_by_its_row(letter: str) -> None:
    assert passing_on(letter) == PASSING_ON[letter]
    assert passing_on(f" {letter.lower()} ") == PASSING_ON[letter]


def test_a_source_without_a_reliability_passes_on_as_an_unknown_hand() -> None:
    assert passing_on(None) == Degree(0.4, 2.0)


@pytest.mark.parametrize(
    ("mean", "expected"),
    # The points of the curve, and three between them: half way from .50 to .75 is half way from
    # .88 to .97, a fifth of the way from 0 to .05 is a fifth of .10, and so on.
    [(0, 0), (0.01, 0.02), (0.05, 0.1), (0.25, 0.3), (0.5, 0.88), (0.625, 0.925), (0.75, 0.97),
     (0.95, 0.99), (0.97, 0.994), (1, 1)],
)  # fmt: skip
def test_a_number_passes_on_by_the_line_through_the_letters(mean: float, expected: float) -> None:
    assert passing_on(Degree(mean)).mean == pytest.approx(expected)


@given(means, means)
def test_the_more_reliable_passes_on_more_faithfully(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert passing_on(Degree(low)).mean <= passing_on(Degree(high)).mean + 1e-15


@given(means, st.floats(0.1, 1e6) | st.just(math.inf))
def test_a_number_keeps_its_own_strength(mean: float, strength: float) -> None:
    assert passing_on(Degree(mean, strength)).strength == strength


def test_a_letter_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownName, match="no grade"):
        passing_on("G")


@pytest.mark.parametrize("name", ROWS)
def test_a_default_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    row = DEFAULTS[name]

    assert row.name == name
    assert row.meaning.endswith(".")
    assert row.source
    assert all(row.values)


@pytest.mark.parametrize("name", [name for name in ROWS if DEFAULTS[name].kind == "measured"])
def test_a_measured_default_says_what_it_was_not_measured_on(name: str) -> None:
    assert DEFAULTS[name].limits


def test_an_interval_of_a_measurement_holds_its_ends_in_order() -> None:
    ends = [(m.low, m.high) for row in DEFAULTS.values() for m in row.measurements]

    assert any(low is not None for low, _ in ends)
    assert all((low is None) == (high is None) for low, high in ends)
    assert all(low < high for low, high in ends if low is not None and high is not None)


def test_theta_lies_within_what_was_measured_of_recorded_events() -> None:
    found = [float(measurement.found) for measurement in DEFAULTS["theta"].measurements]

    assert min(found) < THETA < max(found)


def test_a_value_reads_as_text() -> None:
    assert DEFAULTS["theta"].values == ("1.5",)
    assert DEFAULTS["access"].values == ("1, known exactly",)
    assert DEFAULTS["passing on"].values[0] == "A: mean 0.99, strength 50"
    assert DEFAULTS["stakes"].values[2] == "loses: 0.588"


def test_a_measurement_reads_as_a_line() -> None:
    first, second, *_, last = DEFAULTS["theta"].measurements

    assert str(first).startswith("1.34 [1.27, 1.39]: 2,556 incidents")
    assert str(second).endswith("; the two theatres by themselves give 2.62 and 0.93")
    assert str(last).startswith("1.35: 161 rumours")


def test_the_tables_of_numbers_are_not_written_twice() -> None:
    tables = [row.value for row in DEFAULTS.values() if isinstance(row.value, Mapping)]

    assert all(row is not None for table in tables for row in table.values())
    assert DEFAULTS["passing on"].value is PASSING_ON
    assert all(isinstance(row, Default) for row in DEFAULTS.values())
    assert set(ANONYMITY) == {"named", "role named", "well-informed source", "sources say"}
