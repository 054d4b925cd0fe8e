"""A line on which a process dies is one record of the output; nothing else is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from provenance.assessment import stream
from provenance.errors import Cancelled
from provenance.records import Registry

DEADLY = "kill"
CASE = (
    '{"version": 1, "claims": [{"id": "x", "text": "It is so"}], "sources": [{"id": "s"}], '
    '"attributions": [{"id": "a", "source": "s", "claim": "x"}]}'
)


def fragile(numbered: tuple[int, str | bytes]) -> dict[str, Any]:
    """Stands for weighing: some lines take their process with them, as running out of memory does."""
    number, line = numbered
    if line == DEADLY:
        os._exit(1)
    return {"line": number, "weighed": line}


def test_a_line_that_kills_its_process_is_an_error_and_the_others_are_weighed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deadly = {2, 5}
    monkeypatch.setattr(stream, "partial", lambda *_, **__: fragile)
    # Fewer lines at a time, so that fewer processes are started for those that were lost.
    monkeypatch.setattr(stream, "_AHEAD", 1)
    lines = [DEADLY if number in deadly else f"case {number}" for number in range(1, 7)]

    records = list(stream.weigh_stream(lines, jobs=2))

    assert [each["line"] for each in records] == list(range(1, 7))
    assert {each["line"] for each in records if "error" in each} == deadly
    assert all(each["error"]["kind"] == "ProcessDied" for each in records if "error" in each)


def faulty(*_: object, **__: object) -> Any:
    raise KeyError("nobody thought of this")


def test_a_fault_of_the_library_is_the_record_of_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "weigh_all", faulty)

    (record,) = stream.weigh_stream(['{"version":1,"claims":[],"sources":[],"attributions":[]}'])

    assert record["line"] == 1
    assert record["error"]["kind"] == "KeyError"
    assert "should be reported" in record["error"]["message"]


def test_a_number_that_json_cannot_carry_is_the_record_of_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "as_data", lambda *_, **__: {"bits": float("inf")})

    (record,) = stream.weigh_stream([CASE])

    assert record["error"]["kind"] == "ValueError"


def test_a_stream_that_is_called_off_stops_before_its_next_line() -> None:
    called_off = threading.Event()
    records = stream.weigh_stream([CASE, CASE], cancel=called_off)

    next(records)
    called_off.set()

    with pytest.raises(Cancelled):
        next(records)


def test_a_line_that_takes_more_than_its_budget_is_an_error_and_the_others_are_weighed() -> None:
    wide = json.loads(CASE)
    wide["attributions"] = [{**wide["attributions"][0], "id": f"a{n}"} for n in range(500)]

    found = list(stream.weigh_stream([json.dumps(wide), CASE], budget=20_000))

    assert [each.get("error", {}).get("kind") for each in found] == ["TooCostly", None]


STARTS_WORKERS = """
import sys, time
from provenance.assessment import stream

def slow(numbered):
    time.sleep(60)

if __name__ == "__main__":
    with stream._pool(2) as pool:
        futures = [pool.submit(slow, each) for each in range(2)]
        while len(pool._processes) < 2:
            time.sleep(0.01)
        time.sleep(1.0)
        print(*pool._processes, flush=True)
        time.sleep(60)
"""


def is_running(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this machine")
def test_processes_end_with_the_one_that_started_them_even_when_it_is_killed(
    tmp_path: Path,
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(STARTS_WORKERS)
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(each) for each in parent.stdout.readline().split()]

    parent.kill()
    parent.communicate()

    assert len(workers) == 2
    until = time.monotonic() + 20
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_registry_that_is_handed_over_grades_the_sources_of_every_line(jobs: int) -> None:
    graded = {"id": "wire", "reliability": "B"}
    registry = Registry.model_validate({"version": 1, "sources": [graded]})
    shared = {
        "version": 1,
        "sources_from": "sources.json",
        "claims": [{"id": "it", "text": "It is so", "prior": 0.5}],
        "sources": [],
        "attributions": [{"id": "word", "source": "wire", "claim": "it"}],
    }
    alone = {**shared, "sources": [graded]}
    del alone["sources_from"]

    handed = list(stream.weigh_stream([json.dumps(shared)] * 2, registry=registry, jobs=jobs))

    (written,) = stream.weigh_stream([json.dumps(alone)])
    expected = written["assessments"][0]["probability"]
    assert [each["assessments"][0]["probability"] for each in handed] == [expected] * 2
