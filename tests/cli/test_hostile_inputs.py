"""Commands on inputs made to stall them: an answer or a refusal in words, never a traceback.

Here is what is quick of it, within a small budget; `python -m benchmarks.hostile_corpus` has all.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from provenance.cli import asking
from provenance.cli.app import app
from tests.cases.found_by_fuzzing import FOUND
from tests.cases.hostile_corpus import HOSTILE, by_kind

CASES = (
    "twelve layers of two",
    "twelve origins by twelve relays",
    "everybody cites everybody",
    "lists of claims cited in lists",
    "evidence beyond a thousand bits",
    "denormal numbers",
    "numbers as small as may be",
    "numbers of ten thousand digits",
    "priors at the edge of one",
    "gates through every claim",
    "two thousand claims in one contradiction",
    "brackets without end",
    "objects without end",
    "a key a hundred thousand times",
    "text that turns round and hides",
    "one text of most of a megabyte",
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def in_words(result: Result) -> bool:
    """Whether a command ended with an answer or a refusal."""
    refused = bool(result.stderr.strip())
    return isinstance(result.exception, SystemExit | None) and (
        result.exit_code == 0 or (result.exit_code in (1, 2) and refused)
    )


def written(name: str, folder: Path) -> str:
    each = HOSTILE[name]
    file = folder / each.file_name
    file.write_bytes(each.made())
    return str(file)


def test_no_input_is_of_a_megabyte() -> None:
    few = [each for each in HOSTILE.values() if each.kind != "parquet"]

    assert len(HOSTILE) >= 50
    assert all(len(each.made()) < 1_000_000 for each in few)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("command", ["weigh", "leads", "timeline"])
def test_a_hostile_case_is_answered_or_refused(name: str, command: str, tmp_path: Path) -> None:
    file = written(name, tmp_path)
    claim = "c" if b'"id": "c",' in HOSTILE[name].made() else "c0"

    result = run(command, file, claim, "--budget", "300000")

    assert in_words(result), result.output


@pytest.mark.parametrize(
    "name", [each.name for kind in ("prov", "stix", "misp", "claimreview", "annotations", "xlsx")
             for each in by_kind(kind)]  # type: ignore[arg-type]
)  # fmt: skip
def test_a_hostile_document_is_read_or_refused(name: str, tmp_path: Path) -> None:
    each = HOSTILE[name]

    result = run("import", written(name, tmp_path), "--from", each.kind)

    assert in_words(result), result.output


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found_is_read_or_refused(name: str, tmp_path: Path) -> None:
    kind, document = FOUND[name]
    file = tmp_path / "found.json"
    file.write_text(json.dumps(document))

    result = run("import", str(file), "--from", kind)

    assert in_words(result), result.output


def test_rows_that_swell_are_refused_before_they_are_read(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")

    result = run("learn", written("twenty million rows", tmp_path))

    assert result.exit_code == 1
    assert "for reading 20,000,000 rows" in result.stderr


def test_a_table_of_more_answers_than_the_budget_covers_has_the_probability_of_the_rest() -> None:
    result = run("weigh", "egypt-arms-2015", "--budget", "20000")

    _, *rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert (result.exit_code, len(rows)) == (0, 7)
    assert all(row[2].endswith("%") for row in rows)
    assert [bool(row[1]) for row in rows] == sorted((bool(row[1]) for row in rows), reverse=True)
    left = sum(not row[1] for row in rows)
    assert 0 < left < 7
    assert "only the probability, because all the rest would take too long" in result.stderr


def test_a_budget_that_does_not_cover_all_answers_as_data_is_told() -> None:
    result = run("weigh", "egypt-arms-2015", "--json", "--budget", "20000")

    assert result.exit_code == 1
    assert "expected to stay within" in result.stderr


@pytest.mark.parametrize(("options", "out"), [((), "claim\t"), (("--json",), "[]")])
def test_a_case_without_claims_has_no_answers(
    options: tuple[str, ...], out: str, tmp_path: Path
) -> None:
    file = tmp_path / "case.json"
    file.write_text('{"version": 1, "claims": [], "sources": [], "attributions": []}')

    result = run("weigh", str(file), *options)

    assert result.exit_code == 0
    assert result.stdout.startswith(out)


def test_a_budget_on_the_command_is_told_with_the_cause(tmp_path: Path) -> None:
    result = run("weigh", "egypt-arms-2015", "armed", "--budget", "1000")

    assert result.exit_code == 1
    assert "expected to stay within 1,000 operations" in result.stderr
    assert "14 attributions by five sources" in result.stderr


@pytest.fixture
def at_a_keyboard() -> Iterator[None]:
    """Ctrl-C as a person's terminal has it: a shell lets what runs in its background ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(*_: object, **__: object) -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("at_a_keyboard")
def test_ctrl_c_ends_a_command_without_a_traceback_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "report_html", interrupted)
    page = tmp_path / "page.html"
    page.write_text("the old page")

    result = run("report", "egypt-arms-2015", "armed", "-o", str(page))

    assert result.exit_code == 130
    assert result.stderr.strip() == "called off"
    assert page.read_text() == "the old page"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
