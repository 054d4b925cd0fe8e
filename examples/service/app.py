"""A web service that weighs cases. Beside this file: uvicorn app:app --timeout-graceful-shutdown 2"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

from provenance import (
    Cancelled,
    ProvenanceError,
    TooCostly,
    UnknownName,
    load_case,
    weigh,
    weigh_all,
)
from provenance.assessment import Assessment, as_data, telling_of
from provenance.casefiles import case_schema
from provenance.errors import Problem
from provenance.exchange import from_tables
from provenance.report import public_answer, report_html

BUDGET = (
    2_000_000  # operations: a second or two of one core, and far more than a case of news takes
)
LONGEST = 10.0  # seconds until a request is given up, the time that it waits for its turn included
MOST = 256  # requests at once; more are told to come again
LARGEST = 2_000_000  # bytes of a request
SITES = ["https://desk.example"]  # whose pages may ask from a browser; "*" for all

# What runs in the processes.

called_off: Any = None  # one byte for each request at once: whether it is to stop


def begin(flags: Any) -> None:
    global called_off
    called_off = flags


class Until:
    """What the library asks whether to stop: nobody waits any longer, or the time is up."""

    def __init__(self, place: int, end: float) -> None:
        self.place, self.end = place, end

    def is_set(self) -> bool:
        return bool(called_off[self.place]) or time.time() > self.end


def answer(assessment: Assessment) -> dict[str, Any]:
    """The numbers, and the sentences that the command prints."""
    return {"assessment": as_data(assessment), "telling": telling_of(assessment).data}


def weighed(until: Until, body: bytes, claim: str | None) -> Any:
    case = load_case(body)
    if claim is not None:
        return answer(weigh(case, claim, budget=BUDGET, cancel=until))
    return [answer(each) for each in weigh_all(case, budget=BUDGET, cancel=until)]


def weighed_for_readers(until: Until, body: bytes, claim: str) -> Any:
    return public_answer(load_case(body), claim, budget=BUDGET, cancel=until)


def audited(until: Until, body: bytes, claim: str) -> Any:
    """How many origins stand behind some pages that say the same: who says it, and from whom."""
    try:
        pages = json.loads(body)
    except ValueError:
        raise HTTPException(422, "expected a list of pages as JSON") from None
    if not isinstance(pages, list) or not all(isinstance(each, dict) for each in pages):
        raise HTTPException(422, "expected a list of pages, each with its fields")
    rows = [{"claim": claim, **each} for each in pages]
    found = from_tables(rows, budget=BUDGET, cancel=until)
    told = answer(weigh(found.case, found.case.claims[0].id, budget=BUDGET, cancel=until))
    at_most = told["assessment"]["independent_origins"]
    return {"readings": found.readings, "at_most": at_most, **told}


def page(until: Until, body: bytes, claim: str, public: bool) -> str:
    return report_html(load_case(body), claim, public=public, budget=BUDGET, cancel=until)


# What listens.


@asynccontextmanager
async def with_processes(app: FastAPI) -> AsyncIterator[None]:
    context = get_context("spawn")
    flags = context.RawArray("b", MOST)
    app.state.flags, app.state.free = flags, [*range(MOST)]
    with ProcessPoolExecutor(2, context, initializer=begin, initargs=(flags,)) as app.state.pool:
        yield
        flags[:] = [1] * MOST


async def elsewhere(request: Request, work: Callable[..., Any], *given: Any) -> Any:
    """Work in a process, which stops when the time is up or the client goes away."""
    state = request.app.state
    if not state.free:
        raise HTTPException(503, "too much to do: come again", {"Retry-After": "5"})
    place = state.free.pop()
    state.flags[place] = 0
    until = Until(place, time.time() + LONGEST)
    found = asyncio.get_running_loop().run_in_executor(state.pool, work, until, *given)
    # The place is free again when the work has ended, which it does soon after it is called off.
    found.add_done_callback(lambda _: state.free.append(place))
    try:
        while not (await asyncio.wait({found}, timeout=0.2))[0]:
            if await request.is_disconnected():
                state.flags[place] = 1
        return found.result()
    except asyncio.CancelledError:
        state.flags[place] = 1
        raise


async def sent(request: Request) -> bytes:
    """The body of a request, which `load_case` reads: it bounds depth and refuses double keys."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise HTTPException(413, f"expected at most {LARGEST:,} bytes")
        parts.append(part)
    return b"".join(parts)


class Wrong(BaseModel):
    """One problem: where, of which kind, what was expected and found, and what to do."""

    path: str = ""
    code: str
    message: str
    fix: str = ""


class Refusal(BaseModel):
    """Every problem of a request, all at once."""

    problems: list[Wrong]


app = FastAPI(
    title="Provenance",
    lifespan=with_processes,
    responses={status: {"model": Refusal} for status in (404, 413, 422, 503, 504)},
)
app.add_middleware(
    CORSMiddleware, allow_origins=SITES, allow_methods=["POST"], allow_headers=["content-type"]
)
Body = Annotated[bytes, Depends(sent)]
Claim = Annotated[str, Query(description="The id of a claim of the case.")]


def taking(schema: dict[str, Any]) -> dict[str, Any]:
    """What a generated client and the page of the documentation may send."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


CASE = taking({"type": "object", "description": case_schema()["description"]})
PAGES = taking({"type": "array", "items": {"type": "object", "required": ["source"]}})


@app.post("/weigh", openapi_extra=CASE)
async def post_weigh(request: Request, body: Body, claim: Claim | None = None) -> Any:
    return await elsewhere(request, weighed, body, claim)


@app.post("/public", openapi_extra=CASE)
async def post_public(request: Request, body: Body, claim: Claim) -> Any:
    return await elsewhere(request, weighed_for_readers, body, claim)


@app.post("/audit", openapi_extra=PAGES)
async def post_audit(request: Request, body: Body, claim: str) -> Any:
    return await elsewhere(request, audited, body, claim)


@app.post("/report", response_class=HTMLResponse, openapi_extra=CASE)
async def post_report(
    request: Request, body: Body, claim: Claim, public: bool = False
) -> HTMLResponse:
    return HTMLResponse(await elsewhere(request, page, body, claim, public))


# What is wrong, always in the same shape.


def refused(status: int, *problems: Wrong, headers: Any = None) -> JSONResponse:
    return JSONResponse(Refusal(problems=[*problems]).model_dump(), status, headers)


@app.exception_handler(ProvenanceError)
async def told(_: Request, error: ProvenanceError) -> JSONResponse:
    if isinstance(error, UnknownName):
        return refused(404, Wrong(code="unknown-name", message=str(error)))
    if isinstance(error, Cancelled):
        message = f"no answer within {LONGEST:g} seconds"
        return refused(504, Wrong(code="called-off", message=message))
    if isinstance(error, TooCostly):  # what it says of budgets is for who runs the service
        message = f"it would take too much work: {error.cause or error.doing}"
        return refused(422, Wrong(code="too-costly", message=message))
    problems: tuple[Problem, ...] = getattr(error, "problems", ())
    listed = [Wrong(path=p.path, code=p.code, message=p.message, fix=p.fix) for p in problems]
    return refused(422, *(listed or [Wrong(code="refused", message=str(error))]))


@app.exception_handler(RequestValidationError)
async def misasked(_: Request, error: RequestValidationError) -> JSONResponse:
    wrong = [
        Wrong(path=".".join(map(str, each["loc"])), code=each["type"], message=each["msg"])
        for each in error.errors()
    ]
    return refused(422, *wrong)


@app.exception_handler(HTTPException)
async def turned_away(_: Request, error: HTTPException) -> JSONResponse:
    code = {413: "too-large", 503: "busy"}.get(error.status_code, "refused")
    return refused(error.status_code, Wrong(code=code, message=error.detail), headers=error.headers)
