"""A web service that weighs cases. In this folder: uvicorn app:app"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse

from provenance import CaseError, ProvenanceError, load_case, weigh, weigh_all
from provenance.assessment import as_data
from provenance.errors import Problem, TableError
from provenance.exchange import from_tables
from provenance.report import report_html

LONGEST = 20.0  # seconds


def weighed(case: dict[str, Any], claim: str | None) -> Any:
    """An assessment of one claim, or of every one."""
    read = load_case(case)
    return as_data(weigh(read, claim)) if claim else [as_data(each) for each in weigh_all(read)]


def audited(pages: list[dict[str, Any]], claim: str) -> dict[str, Any]:
    """How many origins stand behind some pages that say the same: who says it, and from whom."""
    found = from_tables([{"claim": claim, **page} for page in pages])
    answer = weigh(found.case, found.case.claims[0].id)
    return {
        "readings": found.readings,
        "at_most": answer.independent_origins,
        "answer": as_data(answer),
    }


def page(case: dict[str, Any], claim: str) -> str:
    """A page about a claim that stands alone."""
    return report_html(load_case(case), claim)


@asynccontextmanager
async def with_processes(app: FastAPI) -> AsyncIterator[None]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as app.state.pool:
        yield


app = FastAPI(title="Provenance", lifespan=with_processes)


async def elsewhere(request: Request, work: Callable[..., Any], *given: Any) -> Any:
    """Work in a process, so that the service goes on listening."""
    found = asyncio.get_running_loop().run_in_executor(request.app.state.pool, work, *given)
    try:
        return await asyncio.wait_for(found, LONGEST)
    except TimeoutError as error:
        raise HTTPException(504, f"no answer within {LONGEST:g} seconds") from error


@app.exception_handler(ProvenanceError)
async def told(_: Request, error: ProvenanceError) -> JSONResponse:
    problems = (
        error.problems
        if isinstance(error, CaseError | TableError)
        else [Problem("", "refused", str(error))]
    )
    listed = [
        {"path": p.path, "code": p.code, "message": p.message, "fix": p.fix} for p in problems
    ]
    return JSONResponse({"problems": listed}, 422)


@app.post("/weigh")
async def post_weigh(request: Request, case: dict[str, Any], claim: str | None = None) -> Any:
    return await elsewhere(request, weighed, case, claim)


@app.post("/audit")
async def post_audit(request: Request, claim: str, pages: list[dict[str, Any]]) -> Any:
    return await elsewhere(request, audited, pages, claim)


@app.post("/report", response_class=HTMLResponse)
async def post_report(request: Request, claim: str, case: dict[str, Any]) -> HTMLResponse:
    return HTMLResponse(await elsewhere(request, page, case, claim))
