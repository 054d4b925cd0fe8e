"""Cases built in Python: by lists and text, from many threads, through pydantic's own JSON."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from provenance.casefiles import case_digest, dump_case, load_case
from provenance.errors import CaseError
from provenance.records import Attribution, Case, Claim, Record, Source, Span
from provenance.records.validation import _said_of_fields
from tests.cases.strategies import cases

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "build-a-case-in-python.md"


def builder() -> str:
    """The program of the page that shows how to build a case."""
    (program, *_) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return str(program)


def test_lists_become_tuples_and_text_becomes_a_span() -> None:
    case = Case(
        claims=[Claim(id="x", text="It is so")],
        sources=[Source(id="s")],
        attributions=[Attribution(id="a", source="s", claim="x", said_on="2015-10-03")],
    )

    assert isinstance(case.claims, tuple)
    assert case.attributions[0].said_on == Span("2015-10-03")
    assert Source(id="s", graded_on=datetime.date(2015, 10, 3)).graded_on == Span("2015-10-03")


@given(cases())
def test_a_case_goes_through_pydantic_s_own_json_and_back(written: dict[str, Any]) -> None:
    case = load_case(written)

    back = Case.model_validate_json(case.model_dump_json())

    assert back == case
    assert case_digest(back) == case_digest(case)
    assert load_case(case.model_dump_json()) == load_case(dump_case(case)) == case
    assert Case.model_validate(case.model_dump()) == case


@pytest.mark.parametrize("text", ["", "{", '{"version": 2}', "[]", '{"claims": [{"id": 3}]}'])
def test_what_pydantic_cannot_read_is_told_as_ours(text: str) -> None:
    with pytest.raises(CaseError) as found:
        Case.model_validate_json(text)

    assert found.value.problems
    assert "pydantic" not in str(found.value)


def test_what_is_wrong_can_be_written_out_by_a_web_framework() -> None:
    with pytest.raises(CaseError) as found:
        Case(claims=[], sources=[], attributions=[Attribution(id="a", source="s", claim="x")])

    problems = [vars(problem) for problem in vars(found.value)["problems"]]

    assert json.loads(json.dumps(problems))[0]["path"] == "attributions[0].source"


def test_the_first_case_may_be_made_by_many_threads_at_once() -> None:
    script = """
import threading
from provenance.records import Attribution, Case, Claim, Source

assert not Case.__pydantic_complete__, "importing the library builds no validator"
gate, found = threading.Barrier(16), []

def make():
    gate.wait()
    found.append(Case(
        claims=[Claim(id="x", text="It is so")],
        sources=[Source(id="s")],
        attributions=[Attribution(id="a", source="s", claim="x")],
    ))

threads = [threading.Thread(target=make) for _ in range(16)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(found), len(set(map(repr, found))))
"""

    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert found.stdout.split() == ["16", "1"]


def test_a_record_without_its_source_has_a_schema_without_sentences() -> None:
    made: dict[str, Any] = {"Record": Record, "__name__": __name__}
    exec("class Compiled(Record, frozen=True):\n    size: int\n    '''Told here.'''", made)

    assert set(_said_of_fields(made["Compiled"])) == {"note", "refs"}
    assert "description" not in made["Compiled"].model_json_schema()["properties"]["size"]


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of somebody else's, with the program of the page and one that is wrong."""
    folder = tmp_path_factory.mktemp("consumer")
    (folder / "builder.py").write_text(builder() + CHECKED, encoding="utf-8")
    (folder / "wrong.py").write_text(WRONG, encoding="utf-8")
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


CHECKED = """
from provenance import leads
from provenance.assessment import Lead

documents: tuple[Document, ...] = case.documents
first: Lead = leads(case, "it")[0]
"""
WRONG = """
from provenance import Attribution, Case, Claim

Claim(id="x", text="It is so", prior="0.2")
Attribution(id="a", source="s", claim="x", said_on=2015)
Case(claims=["x"], sources=[], attributions=[])
"""


def test_what_the_page_builds_passes_mypy_elsewhere(consumer: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-color-output", "."]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}

    found = subprocess.run(
        command, cwd=consumer, capture_output=True, text=True, env=environment, check=False
    )

    assert re.findall(r"^(\w+\.py):(\d+): error", found.stdout, re.M) == [
        ("wrong.py", "4"),
        ("wrong.py", "5"),
        ("wrong.py", "6"),
    ], found.stdout


def test_what_the_page_builds_passes_pyright_elsewhere(consumer: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "pyright@1.1.414"]
    done = subprocess.run(command, cwd=consumer, capture_output=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip("pyright could not be fetched")
    pyright = consumer / "node_modules" / ".bin" / "pyright"
    command = [str(pyright), "--pythonpath", sys.executable, "builder.py", "wrong.py"]

    found = subprocess.run(command, cwd=consumer, capture_output=True, text=True, check=False)

    places = set(re.findall(r"(\w+\.py):(\d+):\d+ - error", found.stdout))
    assert places == {("wrong.py", "4"), ("wrong.py", "5"), ("wrong.py", "6")}, found.stdout


def test_a_name_that_nobody_has_is_a_problem_and_one_that_somebody_has_is_none() -> None:
    source = Source(id="s")
    claim = Claim(id="c", text="so")
    said = Attribution(id="a", source="s", claim="c")

    assert Case(version=1, claims=(claim,), sources=(source,), attributions=(said,)).claims
    with pytest.raises(CaseError) as caught:
        Case(version=1, claims=(claim,), sources=(), attributions=(said,))

    assert [each.code for each in caught.value.problems] == ["dangling-reference"]
