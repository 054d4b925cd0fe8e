"""Work is counted, kept within a budget, and called off."""

from __future__ import annotations

import pickle
import threading
from contextlib import suppress

import pytest

from provenance.bounds import (
    OPERATIONS,
    OPERATIONS_EACH,
    affordable,
    called_off_by,
    check_cancelled,
    expect,
    spend,
    within,
)
from provenance.errors import Cancelled, InvalidValue, TooCostly


def test_nobody_counts_outside_of_every_block() -> None:
    spend(10**15, "adding up")
    expect(10**15, "adding up")

    assert affordable() is None


def test_what_is_spent_is_no_longer_there() -> None:
    with within(100):
        spend(30, "adding up")
        spend(30, "adding up")

        assert affordable() == 40


def test_the_whole_budget_may_be_spent_and_no_more() -> None:
    with within(100):
        spend(100, "adding up")

        with pytest.raises(TooCostly) as caught:
            spend(1, "one more")

    assert (caught.value.operations, caught.value.budget) == (101, 100)
    assert "found at least 101 for one more" in str(caught.value)


def test_what_will_be_too_much_is_refused_before_it_is_spent() -> None:
    with within(100):
        with pytest.raises(TooCostly):
            expect(101, "a long sum")
        expect(100, "a sum")

        assert affordable() == 100


def test_a_block_without_a_budget_has_the_usual_one_for_its_records() -> None:
    with within(None, records=7):
        assert affordable() == OPERATIONS + 7 * OPERATIONS_EACH


def test_a_block_in_a_block_spends_of_both() -> None:
    with within(100):
        with within(50):
            spend(20, "adding up")
            assert affordable() == 30
        assert affordable() == 80


def test_a_block_in_a_block_has_no_more_than_is_left() -> None:
    with within(100):
        spend(90, "adding up")
        with within(50):
            assert affordable() == 10
        with within(None, records=1_000):
            assert affordable() == 10


def test_a_block_that_failed_has_still_spent() -> None:
    with within(100):
        with suppress(TooCostly), within(50):
            spend(20, "adding up")
            spend(40, "adding up")

        assert affordable() == 80


@pytest.mark.parametrize("budget", [0, -1, 1.5, True, "many"])
def test_a_budget_is_a_whole_number_above_nothing(budget: object) -> None:
    with pytest.raises(InvalidValue, match="budget in operations"), within(budget):  # type: ignore[arg-type]
        raise AssertionError("not reached")


def test_work_that_is_called_off_stops_at_its_next_step() -> None:
    called_off = threading.Event()

    with within(100, called_off):
        check_cancelled()
        called_off.set()
        with pytest.raises(Cancelled, match="called off during adding up"):
            spend(1, "adding up")


def test_work_that_was_called_off_before_does_not_begin() -> None:
    called_off = threading.Event()
    called_off.set()

    with pytest.raises(Cancelled), within(None, called_off):
        raise AssertionError("not reached")


def test_a_block_in_a_block_is_called_off_with_it() -> None:
    called_off = threading.Event()

    with within(None, called_off), within(10):
        called_off.set()
        with pytest.raises(Cancelled):
            check_cancelled()


def test_every_thread_counts_for_itself() -> None:
    seen: list[int | None] = []

    with within(100):
        thread = threading.Thread(target=lambda: seen.append(affordable()))
        thread.start()
        thread.join()

    assert seen == [None]


@pytest.mark.parametrize("error", [TooCostly("a sum", 10, 5, "many links"), Cancelled("a sum")])
def test_what_went_wrong_survives_pickling(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))

    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)


def test_what_is_called_off_from_outside_stops_whoever_counts() -> None:
    stopped = threading.Event()

    with called_off_by(stopped):
        spend(1, "adding up")
        with within(100):
            spend(1, "adding up")
            assert affordable() == 99
            stopped.set()
            with pytest.raises(Cancelled):
                spend(1, "one more")
        with pytest.raises(Cancelled):
            spend(1, "one more")

    spend(1, "adding up")


def test_a_block_inside_of_one_that_can_be_called_off_is_so_too() -> None:
    stopped = threading.Event()
    stopped.set()

    with pytest.raises(Cancelled), called_off_by(stopped):
        pass
    with suppress(Cancelled), called_off_by(stopped), called_off_by(None):
        pytest.fail("the inner block was entered")
    with pytest.raises(InvalidValue), called_off_by(1):  # type: ignore[arg-type]
        pass
