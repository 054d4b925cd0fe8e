"""The example of a web service: cases in, assessments, audits and pages out, problems as 422."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from provenance import load_seed, weigh
from provenance.assessment import as_data

SERVICE = Path(__file__).parents[2] / "examples" / "service"


@pytest.fixture(scope="module")
def service() -> Iterator[Any]:
    sys.path.insert(0, str(SERVICE))
    try:
        import app

        with TestClient(app.app) as client:
            yield client
    finally:
        sys.path.remove(str(SERVICE))
        sys.modules.pop("app", None)


def test_a_case_is_weighed_as_the_library_weighs_it(service: Any) -> None:
    seed = load_seed("egypt-arms-2015")

    found = service.post("/weigh", params={"claim": "armed"}, json=seed.written())

    assert found.status_code == 200
    assert found.json()["probability"] == as_data(weigh(seed, "armed"))["probability"]


def test_pages_that_have_it_from_each_other_are_one_origin(service: Any) -> None:
    pages = [
        {"source": "MSF", "stance": "no"},
        {"source": "AFP", "cites": "MSF", "stance": "no"},
        {"source": "The Daily", "cites": "AFP"},
    ]

    found = service.post("/audit", params={"claim": "It was hit"}, json=pages).json()

    assert found["readings"][1] == "row 2: AFP relays what MSF denies: “It was hit”"
    assert found["at_most"] == 0
    assert found["answer"]["claim"] == "It was hit"


def test_a_page_is_written(service: Any) -> None:
    seed = load_seed("egypt-arms-2015").written()

    found = service.post("/report", params={"claim": "armed"}, json=seed)

    assert found.text.startswith("<!doctype html>") or found.text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("path", "params", "body", "message"),
    [
        ("/weigh", {}, {"version": 1}, "expected this field, found none"),
        ("/weigh", {"claim": "nothing"}, None, "no claim 'nothing'"),
        ("/audit", {"claim": "x"}, [{"source": "A", "wording": "prolly"}], "expected a hedge"),
    ],
)
def test_what_is_wrong_is_told_as_problems(
    service: Any, path: str, params: dict[str, str], body: Any, message: str
) -> None:
    body = load_seed("egypt-arms-2015").written() if body is None else body

    found = service.post(path, params=params, json=body)

    assert found.status_code == 422
    assert message in found.text
    assert set(found.json()["problems"][0]) == {"path", "code", "message", "fix"}
