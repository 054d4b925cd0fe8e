"""Many cases at a time: in order, whatever a line holds, with few lines held, on any number of jobs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from provenance.assessment import as_data, record_text, stream, weigh, weigh_stream
from provenance.casefiles import case_digest, load_case, write_whole
from provenance.cli import answering
from provenance.cli.app import app
from provenance.errors import InvalidValue


def written(prior: float, **more: Any) -> str:
    """A case file on one line, whose prior tells it from others."""
    case = {
        "version": 1,
        "claims": [{"id": "x", "text": "that x", "prior": prior}],
        "sources": [{"id": "s", "reliability": 0.5}],
        "attributions": [{"id": "a", "source": "s", "claim": "x", "said_on": "2015"}],
    }
    return json.dumps(case | more)


BAD = {
    "no JSON": "{",
    "not an object": "[]",
    "a number": "7",
    "no claims": '{"version": 1}',
    "a duplicate key": '{"version": 1, "version": 1}',
    "not a number": '{"version": NaN}',
    "half a surrogate pair": '{"version": "\ud800"}',
    "bytes that are no text": b'{"version": "\xff"}',
    "nested without end": "[" * 100_000,
    "impossible evidence": written(
        0.5,
        sources=[{"id": "s", "reliability": 1}, {"id": "t", "reliability": 1}],
        attributions=[
            {"id": "a", "source": "s", "claim": "x"},
            {"id": "b", "source": "t", "claim": "x", "stance": "denies"},
        ],
    ),
    "a file's name": "seeds/egypt-arms-2015.json",
}


def priors(records: Iterable[dict[str, Any]]) -> list[Any]:
    """What tells each record from others: its case's prior, or that it is an error."""
    return [
        "error" if "error" in each else round(each["assessments"][0]["prior"], 9)
        for each in records
    ]


class Counted:
    """Lines that count how many of them have been taken."""

    def __init__(self, lines: Iterable[str | bytes]) -> None:
        self.lines = lines
        self.taken = 0

    def __iter__(self) -> Iterator[str | bytes]:
        for line in self.lines:
            self.taken += 1
            yield line


# ------------------------------------------------------------------ one job


def test_a_record_holds_the_assessments_of_every_claim_of_its_case() -> None:
    line = written(0.2, claims=[{"id": name, "text": name, "prior": 0.2} for name in ("x", "y")])
    case = load_case(line)

    (record,) = weigh_stream([line])

    assert record == {
        "line": 1,
        "case_sha256": case_digest(case),
        "assessments": [as_data(weigh(case, name)) for name in ("x", "y")],
    }


def test_records_come_in_the_order_of_the_lines() -> None:
    wanted = [0.3, 0.1, 0.2, 0.9, 0.4]

    assert priors(weigh_stream(map(written, wanted))) == wanted


def test_text_and_bytes_are_read_alike() -> None:
    line = written(0.2)

    assert list(weigh_stream([line])) == list(weigh_stream([line.encode()]))


def test_blank_lines_are_counted_and_have_no_record() -> None:
    records = list(weigh_stream(["", written(0.1), " \n", b"\n", written(0.2), "\n"]))

    assert [each["line"] for each in records] == [2, 5]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_line_is_an_error_record_and_the_run_goes_on(bad: str | bytes) -> None:
    first, error, last = weigh_stream([written(0.1), bad, written(0.2)])

    assert priors([first, last]) == [0.1, 0.2]
    assert set(error) == {"line", "error"}
    assert error["line"] == 2
    assert error["error"]["kind"] in {"CaseError", "ImpossibleEvidence"}
    assert error["error"]["message"]
    assert json.loads(json.dumps(error)) == error


def test_an_error_record_lists_every_problem_of_its_case() -> None:
    (record,) = weigh_stream([written(2.0, titel="Arms")])

    problems = record["error"]["problems"]
    assert {each["path"] for each in problems} == {"claims[0].prior", "titel"}
    assert all(set(each) == {"path", "code", "message", "fix"} for each in problems)


def test_a_case_that_is_too_much_for_the_machine_is_an_error_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def exhausted(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(stream, "weigh_all", exhausted)

    (record,) = weigh_stream([written(0.1)])

    assert record["error"]["kind"] == "MemoryError"


def test_a_line_over_the_limit_is_an_error_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_BYTES", len(written(0.1)))

    assert priors(weigh_stream([written(0.1) + " ", written(0.2)])) == ["error", 0.2]


def test_every_line_is_weighed_when_it_is_asked_for() -> None:
    """Nothing is read ahead, so that an endless stream can be weighed."""
    lines = Counted(written(0.1) for _ in iter(int, 1))
    records = weigh_stream(lines)

    assert lines.taken == 0
    for number in range(1, 4):
        assert next(records)["line"] == number
        assert lines.taken == number


def test_the_way_of_weighing_is_the_same_for_every_line() -> None:
    earlier, later = (
        priors([{"assessments": [{"prior": each["assessments"][0]["probability"]}]}])
        for as_of in ("2014", "2015")
        for each in weigh_stream([written(0.1)], as_of=as_of)
    )

    assert earlier == [0.1]
    assert later == [0.25]
    (record,) = weigh_stream([written(0.1)], coupling="none", seed=7)
    assert record["assessments"][0]["coupling"] == "none"


@pytest.mark.parametrize("how", [{"jobs": 0}, {"coupling": "sources"}, {"as_of": "yesterday"}])
def test_what_cannot_be_asked_for_is_an_error_at_once(how: Any) -> None:
    with pytest.raises(InvalidValue):
        weigh_stream([written(0.1)], **how)


def test_lines_to_skip_are_counted_and_not_even_parsed() -> None:
    lines = ["{", "{", written(0.1), written(0.2)]

    assert [each["line"] for each in weigh_stream(lines, skip=3)] == [4]


def test_an_interrupted_run_goes_on_after_its_last_record() -> None:
    lines = [written(0.1), "", "{", written(0.2), written(0.3)]
    whole = list(weigh_stream(lines))

    for stopped in range(len(whole)):
        done = whole[:stopped]
        rest = weigh_stream(lines, skip=done[-1]["line"] if done else 0)
        assert [*done, *rest] == whole


# ------------------------------------------------------------------ several jobs


def test_several_jobs_give_what_one_gives_in_the_same_order_with_few_lines_held() -> None:
    """One run of two processes: order, errors, equality and how far it reads ahead."""
    lines: list[str | bytes] = [written(n / 40) for n in range(1, 31)]
    lines[4:4] = BAD.values()
    lines.insert(9, "")
    counted = Counted(lines)

    found = []
    for record in weigh_stream(counted, jobs=2):
        found.append(record)
        held = lines[record["line"] - 1 : counted.taken]
        # No more than four lines for each process are taken and not yet given back.
        assert sum(bool(line) for line in held) <= 2 * 4

    assert found == list(weigh_stream(lines))


def test_a_run_of_several_jobs_can_be_left_at_any_time() -> None:
    lines = Counted(written(0.1) for _ in iter(int, 1))
    records = weigh_stream(lines, jobs=2)

    assert next(records)["line"] == 1
    records.close()  # type: ignore[attr-defined]

    assert lines.taken <= 2 * 4


# ------------------------------------------------------------------ the command


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["weigh", "--jsonl", *arguments], input=stdin)


def records_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two cases, a blank line, a bad line and a case, in a file."""
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join([written(0.1), written(0.2), "", "{", written(0.3)]) + "\n", "utf-8")
    return path


def test_the_command_writes_what_the_stream_gives_on_any_number_of_jobs(
    lines: Path, tmp_path: Path
) -> None:
    outs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]

    results = [run(str(lines), "--jobs", str(n), "-o", str(out)) for n, out in enumerate(outs, 1)]

    assert [each.exit_code for each in results] == [1, 1]
    assert [each.stdout for each in results] == ["", ""]
    assert outs[0].read_bytes() == outs[1].read_bytes()
    expected = list(weigh_stream(lines.read_bytes().splitlines(keepends=True)))
    assert records_of(outs[0].read_text("utf-8")) == expected


def test_the_command_reads_stdin_and_writes_stdout(lines: Path) -> None:
    result = run("-", stdin=lines.read_bytes())

    assert result.exit_code == 1
    assert priors(records_of(result.stdout)) == [0.1, 0.2, "error", 0.3]
    assert result.stderr == "1 line could not be weighed; see the error records\n"


def test_the_command_passes_on_how_to_weigh(lines: Path) -> None:
    result = run(str(lines), "--as-of", "2014", "--coupling", "none")

    first = records_of(result.stdout)[0]["assessments"][0]
    assert (first["as_of"], first["coupling"]) == ("2014-12-31", "none")
    assert first["probability"] == pytest.approx(0.1)


def test_a_finished_run_is_not_done_again(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = run(str(lines), "-o", str(out))
    before = out.read_bytes()

    result = run(str(lines), "-o", str(out))

    # Some lines could not be weighed, and still could not.
    assert (result.exit_code, result.stderr) == (first.exit_code, first.stderr)
    assert result.exit_code == 1
    assert out.read_bytes() == before


def test_a_run_cut_at_any_byte_is_taken_up_to_the_same_records(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(str(lines), "-o", str(out))
    whole = out.read_bytes()
    ends = [n for n, byte in enumerate(whole, 1) if byte == ord("\n")]

    for cut in sorted({0, 1, len(whole) - 1, *ends, *(end - 1 for end in ends)}):
        out.write_bytes(whole[:cut])
        run(str(lines), "-o", str(out))
        assert out.read_bytes() == whole


def test_a_line_over_the_limit_is_skipped_whole_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three times the limit, so that it is cut more than once; the line after it is the second."""
    limit = len(written(0.25)) + 1
    monkeypatch.setattr(answering, "_LONGEST", limit + 1)
    monkeypatch.setattr(stream, "MAX_BYTES", limit)
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{written(0.1)}{' ' * 3 * limit}\n{written(0.2)}\n", "utf-8")

    records = records_of(run(str(path)).stdout)

    assert [each["line"] for each in records] == [1, 2]
    assert priors(records) == ["error", 0.2]


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = run(str(tmp_path / "nothing.jsonl"))

    assert result.exit_code == 2
    assert "expected a file of case files" in result.stderr
    assert result.stdout == ""


# ------------------------------------------------------------------ taking up what was begun


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (["--seed", "1"], "seed"),
        (["--as-of", "2014"], "as-of"),
        (["--coupling", "none"], "coupling"),
        (["--budget", "5000000"], "budget"),
    ],
)
def test_a_run_with_other_options_is_not_taken_up(
    lines: Path, tmp_path: Path, change: list[str], named: str
) -> None:
    out = tmp_path / "out.jsonl"
    run(str(lines), "-o", str(out))
    before = out.read_bytes()

    result = run(str(lines), "-o", str(out), *change)

    assert result.exit_code == 2
    assert f"found another {named}" in result.stderr
    assert out.read_bytes() == before


def test_a_run_on_another_input_is_not_taken_up(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(str(lines), "-o", str(out))
    lines.write_text(written(0.4) + "\n", "utf-8")

    result = run(str(lines), "-o", str(out))

    assert result.exit_code == 2
    assert "found another input" in result.stderr


def test_records_without_what_they_were_begun_with_are_not_taken_up(
    lines: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(str(lines), "-o", str(out))
    (tmp_path / "out.jsonl.run").unlink()

    result = run(str(lines), "-o", str(out))

    assert result.exit_code == 2
    assert "no out.jsonl.run beside it" in result.stderr


def test_two_runs_do_not_write_to_one_output(lines: Path, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    out = tmp_path / "out.jsonl"

    with out.open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = run(str(lines), "-o", str(out))

    assert result.exit_code == 2
    assert "found another run that writes to it" in result.stderr
    assert out.read_bytes() == b""


def test_a_new_file_has_the_mode_that_the_umask_leaves(lines: Path, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        run(str(lines), "-o", str(tmp_path / "out.jsonl"))
        write_whole(tmp_path / "new.json", "{}")
    finally:
        os.umask(before)

    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    assert modes["out.jsonl"] == modes["out.jsonl.run"] == modes["new.json"] == 0o640


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "old.json"
    target.write_text("{}")
    target.chmod(0o600)

    write_whole(target, "[]")

    assert target.read_text() == "[]"
    assert target.stat().st_mode & 0o777 == 0o600


# ------------------------------------------------------------------ parts of a frame


def test_a_part_of_a_frame_has_the_records_of_the_stream() -> None:
    pandas = pytest.importorskip("pandas")
    texts = [written(0.1), " ", "{", None, written(0.3)]
    batches = [
        pandas.DataFrame({"line": [1, 2, 3], "case": texts[:3]}),
        pandas.DataFrame({"line": [4, 5], "case": texts[3:]}),
    ]

    weighed = stream._weigher(None, "story", 0, None, None)
    found = [row for part in stream._pieces(batches, weighed=weighed) for row in part.values]

    expected = weigh_stream([text or "" for text in texts])
    assert [(int(line), text) for line, text in found] == [
        (each["line"], record_text(each)) for each in expected
    ]
