"""The processes that do the work: ended at the limit and at cancellation, shared fairly, never in the way."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import anyio
import pytest

from provenance import load_seed
from provenance.agents import call_tool, workers
from provenance.agents.case_folder import Folder
from provenance.agents.workers import (
    LONGEST_CALL,
    LONGEST_WAIT,
    MOST_MEMORY,
    MOST_OPERATIONS,
    QUICK_OPERATIONS,
    Bench,
    Cost,
    Desk,
    case_reader,
    cost_of,
    done,
)
from provenance.casefiles import case_schema, load_case
from tests.agents.hard_cases import interwoven

EASY = {"case": case_schema()["examples"][0], "claim": "hit"}
HARD = {"case": interwoven(30, 12), "claim": "c0"}


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk with two places for long calls, whose limits tests may change and put back."""
    found = Desk(None, places=2)
    yield found
    found.close()


@pytest.fixture
def hurried(desk: Desk) -> Iterator[Desk]:
    """The desk where a long call is given up soon."""
    desk.long.longest, desk.quick.longest = 1.0, 10.0
    yield desk
    desk.long.longest, desk.quick.longest = workers.LONGEST_CALL, workers.LONGEST_QUICK_CALL


def easy(desk: Desk, client: object = "somebody") -> bool:
    return not anyio.run(desk.answer, client, "weigh", EASY).is_error


# One call


def test_a_quick_call_is_answered(hurried: Desk) -> None:
    answer = anyio.run(hurried.answer, 1, "weigh", EASY)

    assert answer.data["claim"]["id"] == "hit"
    assert not answer.is_error


def test_a_call_that_takes_too_long_is_given_up_with_its_reason(hurried: Desk) -> None:
    answer = anyio.run(hurried.answer, 1, "weigh", HARD)

    assert answer.is_error
    assert "expected an answer within 1 seconds" in answer.text
    assert "360 statements are weighed together, in tables of up to 8192 entries" in answer.text
    assert hurried.long.busy == 0
    assert easy(hurried)


def test_a_call_that_is_cancelled_frees_its_place_at_once(hurried: Desk) -> None:
    async def run() -> int:
        with anyio.move_on_after(0.7):
            await hurried.answer(1, "weigh", HARD)
        return hurried.long.busy + hurried.quick.busy

    hurried.long.longest = 60.0
    assert anyio.run(run) == 0
    assert easy(hurried)


def test_a_call_that_waits_for_a_place_can_be_cancelled_too(hurried: Desk) -> None:
    async def run() -> int:
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(hurried.answer, 1, "weigh", HARD)
            await anyio.sleep(0.3)
            group.cancel_scope.cancel()
        return len(hurried.long.waiting) + hurried.long.busy

    assert anyio.run(run) == 0


def test_an_easy_call_is_answered_while_hard_ones_are_worked_on(hurried: Desk) -> None:
    found: list[bool] = []

    async def run() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(hurried.answer, "greedy", "weigh", HARD)
            await anyio.sleep(0.5)
            answer = await hurried.answer("other", "weigh", EASY)
            found.append(not answer.is_error)
            group.cancel_scope.cancel()

    hurried.long.longest = 60.0
    anyio.run(run)

    assert found == [True]


def test_a_desk_with_no_free_place_says_so_and_how_long_to_wait(hurried: Desk) -> None:
    answers: list[Any] = []

    async def ask() -> None:
        answers.append(await hurried.answer("greedy", "weigh", HARD))

    async def run() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(8):
                group.start_soon(ask)

    hurried.long.longest = 3.0
    anyio.run(run)

    busy = [each for each in answers if each.data.get("error") == "Busy"]
    assert busy
    assert 1 <= busy[0].data["retry_after"] <= 12
    assert "try again in" in busy[0].text


def test_of_two_clients_nobody_takes_every_place() -> None:
    bench = Bench(None, 2, 1.0)

    assert bench.share == 1


def test_more_calls_than_may_wait_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST_WAITING", 0)
    bench = Bench(None, 1, 1.0)

    assert anyio.run(bench.ask, 1, b"{}") == 1


def test_a_large_call_goes_where_there_is_time(
    hurried: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LARGEST_QUICK_CALL", 10)
    hurried.long.longest = 20.0

    assert easy(hurried)


@pytest.mark.parametrize("value", [{1, 2}, object(), float])
def test_arguments_that_are_no_json_are_refused(desk: Desk, value: Any) -> None:
    answer = anyio.run(desk.answer, 1, "weigh", {"case": value})

    assert "expected arguments of JSON values" in answer.text


def test_a_tool_that_is_not_there_costs_nothing(desk: Desk) -> None:
    assert "no tool 'wiegh'" in anyio.run(desk.answer, 1, "wiegh", {}).text


def test_a_process_that_dies_is_replaced() -> None:
    bench = Bench(None, 1, 5.0)
    bench.warm()
    for worker in bench.free:
        worker.end()

    assert anyio.run(bench.ask, 1, b"{}") is None
    bench.close()


# What a process does


def test_the_work_of_a_process_is_that_of_the_tools() -> None:
    asked = {"name": "weigh", "arguments": EASY, "quick": True, "seconds": 60.0}

    answer = done(asked, case_reader(None))

    assert json.loads(json.dumps(answer))["data"]["claim"]["id"] == "hit"


def test_calls_are_answered_one_after_the_other_until_there_are_no_more() -> None:
    asked = json.dumps(
        {"name": "weigh", "arguments": EASY, "quick": True, "seconds": 60.0}
    ).encode()
    incoming, outgoing = io.BytesIO(), io.BytesIO()
    for _ in range(2):
        workers._send(incoming, asked)
    incoming.seek(0)

    workers.answer_all(incoming, outgoing, case_reader(None))

    outgoing.seek(0)
    assert workers._receive(outgoing) == b"ready"
    answers = [workers._receive(outgoing) for _ in range(2)]
    assert answers[0] == answers[1]
    assert b'"is_error": false' in (answers[0] or b"")
    assert workers._receive(outgoing) is None


def test_what_would_take_long_is_put_off_with_its_reason_or_refused() -> None:
    asked = {"name": "weigh", "arguments": HARD}

    later = done({**asked, "quick": True, "seconds": 60.0}, case_reader(None))

    assert later["later"].startswith("360 statements are weighed together")


def test_what_would_take_far_too_long_is_refused_before_it_starts() -> None:
    large = {"case": interwoven(400, 4), "claim": "c0"}
    began = time.process_time()

    answer = done(
        {"name": "leads", "arguments": large, "quick": False, "seconds": 60.0}, case_reader(None)
    )

    assert answer["is_error"]
    assert "statements are weighed together" in answer["text"]
    assert time.process_time() - began < 20


def test_a_call_whose_time_is_over_says_so_and_its_process_goes_on() -> None:
    asked = {"name": "weigh", "arguments": EASY, "seconds": 0.0}

    quick = done({**asked, "quick": True}, case_reader(None))
    long = done({**asked, "quick": False}, case_reader(None))
    again = done({**asked, "quick": False, "seconds": 60.0}, case_reader(None))

    assert quick == {"later": "called off during the work"}
    assert long["is_error"]
    assert long["text"].startswith("expected an answer within 0 seconds, found none (called off")
    assert not again["is_error"]


def test_a_call_is_called_off_by_whoever_made_it() -> None:
    stopped = Event()

    before = call_tool("weigh", EASY, cancel=stopped)
    stopped.set()
    after = call_tool("weigh", EASY, cancel=stopped)

    assert not before.is_error
    assert after.is_error
    assert after.data["error"] == "Cancelled"


def test_memory_that_runs_out_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> Any:
        raise MemoryError

    answer = done({"name": "weigh", "arguments": EASY, "quick": True, "seconds": 60.0}, full)

    assert "bytes of memory" in answer["text"]


def test_a_case_comes_from_the_folder_or_is_handed_over(seeds: Any) -> None:
    read = case_reader(Folder.at(seeds))

    assert read("egypt-arms-2015.json") == load_seed("egypt-arms-2015")
    assert read(json.dumps(EASY["case"])) == load_case(EASY["case"])


# What it will cost


def test_a_seed_is_cheap_and_an_interwoven_case_is_not() -> None:
    cheap = cost_of(load_seed("egypt-arms-2015"), "weigh", "armed")
    dear = cost_of(load_case(HARD["case"]), "leads", "c0")

    assert cheap.operations < QUICK_OPERATIONS < dear.operations


def test_every_claim_counts_and_every_citation_of_several() -> None:
    case = load_seed("egypt-arms-2015")

    one = cost_of(case, "weigh", "armed")
    every = cost_of(case, "weigh")

    assert every.statements > one.statements


def test_a_day_that_is_none_costs_nothing_since_the_tool_refuses_it() -> None:
    assert cost_of(load_seed("egypt-arms-2015"), "weigh", "armed", "soon") == Cost()


def test_a_case_that_is_simulated_says_so() -> None:
    cost = cost_of(load_case(interwoven(40, 22)), "weigh", "c0")

    assert cost.is_simulated
    assert "is needed, and simulated" in cost.reason
    assert cost.is_too_much(quick=True)
    assert MOST_OPERATIONS > QUICK_OPERATIONS


def test_the_table_of_bounds_says_what_holds() -> None:
    pages = Path(__file__).parents[2] / "docs"
    table = (pages / "reference" / "conformance-agents.md").read_text(encoding="utf-8")
    desk = Desk(places=3)

    assert f"| a call | {LONGEST_CALL:.0f} seconds, {MOST_MEMORY >> 30} GiB of memory" in table
    assert f"| {desk.quick.places} quick ones, and 2 to 4 long ones" in table
    assert f"| waiting for a place | {LONGEST_WAIT} seconds" in table
    for name in ("serve-an-agent", "use-an-agent-framework"):  # which lead there
        other = (pages / "how-to" / f"{name}.md").read_text(encoding="utf-8")
        assert "conformance-agents.md#bounds" in other
        assert "20 seconds" not in other
