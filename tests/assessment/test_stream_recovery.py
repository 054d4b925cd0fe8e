"""A line on which a process dies is one record of the output; nothing else is lost."""

from __future__ import annotations

import os
from typing import Any

import pytest

from provenance.assessment import stream

DEADLY = "kill"


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
