"""The example of a web service: cases in, assessments, audits and pages out, problems as 422."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from provenance import load_seed, weigh
from provenance.assessment import as_data, telling_of

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


def test_a_case_is_weighed_as_the_library_weighs_it_and_told_as_the_command_tells_it(
    service: Any,
) -> None:
    seed = load_seed("egypt-arms-2015")
    answer = weigh(seed, "armed")

    found = service.post("/weigh", params={"claim": "armed"}, json=seed.written())

    assert found.status_code == 200
    assert found.json()["assessment"]["probability"] == as_data(answer)["probability"]
    assert found.json()["telling"] == telling_of(answer).data


def test_without_a_claim_every_one_is_weighed(service: Any) -> None:
    seed = load_seed("egypt-arms-2015")

    found = service.post("/weigh", json=seed.written()).json()

    assert [each["assessment"]["claim"] for each in found] == [claim.id for claim in seed.claims]


def test_the_public_gets_no_reliability_of_anybody(service: Any) -> None:
    seed = load_seed("egypt-arms-2015").written()

    found = service.post("/public", params={"claim": "armed"}, json=seed).json()
    page = service.post("/report", params={"claim": "armed", "public": True}, json=seed).text

    assert found["headline"].startswith("Not established: about 1 in 6")
    assert "sources" not in found
    assert "grade" not in page


def test_pages_that_have_it_from_each_other_are_one_origin(service: Any) -> None:
    pages = [
        {"source": "MSF", "stance": "no"},
        {"source": "AFP", "cites": "MSF", "stance": "no"},
        {"source": "The Daily", "cites": "AFP"},
    ]

    found = service.post("/audit", params={"claim": "It was hit"}, json=pages).json()

    assert found["readings"][1] == "row 2: AFP relays what MSF denies: “It was hit”"
    assert found["at_most"] == 0
    assert found["assessment"]["claim"] == "It was hit"


def test_a_page_is_written(service: Any) -> None:
    seed = load_seed("egypt-arms-2015").written()

    found = service.post("/report", params={"claim": "armed"}, json=seed)

    assert found.text.startswith("<!doctype html>")


def layered(layers: int) -> dict[str, Any]:
    """Two sources that cite the two below them, and so on: every route counts."""
    sources = [f"s{layer}{side}" for layer in range(layers) for side in "ab"]
    return {
        "version": 1,
        "claims": [{"id": "x", "text": "x"}],
        "sources": [{"id": name, "reliability": "C"} for name in sources],
        "attributions": [
            {"id": f"r{layer}{side}", "source": f"s{layer}{side}"}
            | ({"cites": [f"r{layer - 1}a", f"r{layer - 1}b"]} if layer else {"claim": "x"})
            for layer in range(layers)
            for side in "ab"
        ],
    }


@pytest.mark.parametrize(
    ("path", "params", "body", "status", "message"),
    [
        ("/weigh", {}, {"version": 1}, 422, "expected this field, found none"),
        ("/weigh", {}, "{", 422, "expected JSON"),
        ("/weigh", {"claim": "nothing"}, None, 404, "no claim 'nothing'"),
        ("/weigh", {"claim": "x"}, layered(10), 422, "it would take too much work"),
        ("/weigh", {}, " " * 2_000_001, 413, "at most 2,000,000 bytes"),
        ("/report", {}, None, 422, "Field required"),
        ("/audit", {"claim": "x"}, [{"source": "A", "wording": "prolly"}], 422, "expected a hedge"),
        ("/audit", {"claim": "x"}, "[1]", 422, "expected a list of pages, each"),
        ("/audit", {"claim": "x"}, "[", 422, "expected a list of pages as JSON"),
    ],
)
def test_what_is_wrong_is_told_as_problems(
    service: Any, path: str, params: dict[str, str], body: Any, status: int, message: str
) -> None:
    body = load_seed("egypt-arms-2015").written() if body is None else body
    text = body if isinstance(body, str) else json.dumps(body)

    found = service.post(path, params=params, content=text)

    assert found.status_code == status
    assert message in found.json()["problems"][0]["message"]
    assert set(found.json()["problems"][0]) == {"path", "code", "message", "fix"}


def test_work_stops_when_nobody_waits_or_the_time_is_up(
    service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app

    flags = [0, 1]
    monkeypatch.setattr(app, "called_off", flags)

    assert [app.Until(place, time.time() + 100).is_set() for place in (0, 1)] == [False, True]
    assert app.Until(0, time.time() - 1).is_set()


def test_what_takes_too_long_is_told_as_that_and_its_place_is_free_again(
    service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app

    monkeypatch.setattr(app, "LONGEST", -1.0)
    seed = load_seed("egypt-arms-2015").written()

    found = [service.post("/weigh", json=seed) for _ in range(3)][-1]

    assert (found.status_code, found.json()["problems"][0]["code"]) == (504, "called-off")
    assert len(app.app.state.free) == app.MOST


def test_more_requests_at_once_than_there_is_room_for_are_told_to_come_again(
    service: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import app

    monkeypatch.setattr(app.app.state, "free", [])

    found = service.post("/weigh", json={})

    assert (found.status_code, found.headers["retry-after"]) == (503, "5")
    assert found.json()["problems"][0]["code"] == "busy"


def test_a_page_of_the_site_may_ask_and_one_of_another_may_not(service: Any) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }

    ours, theirs = (
        service.options("/weigh", headers={"Origin": origin, **asked})
        for origin in ("https://desk.example", "https://other.example")
    )

    assert ours.headers["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-origin" not in theirs.headers


def test_what_the_service_says_of_itself_is_what_it_does(service: Any) -> None:
    told = service.get("/openapi.json").json()

    asked = told["paths"]["/weigh"]["post"]
    assert "application/json" in asked["requestBody"]["content"]
    refusal = told["components"]["schemas"]["Refusal"]["properties"]
    assert set(refusal) == {"problems"}
    for status in ("404", "413", "422", "503", "504"):
        schema = asked["responses"][status]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Refusal"}


def test_the_page_of_the_documentation_holds_the_whole_service() -> None:
    page = (SERVICE.parents[1] / "docs" / "how-to" / "run-a-web-service.md").read_text("utf-8")

    source = page.partition("```python\n")[2].partition("```\n")[0]

    assert source == (SERVICE / "app.py").read_text("utf-8")
