"""The `provenance` command: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from provenance import load_case, weigh
from provenance.assessment import ADVICE, WEAKNESSES
from provenance.assessment.assessment import library_version
from provenance.cli import main, reading
from provenance.cli.app import app

ARMS = "seeds/egypt-arms-2015.json"
BAD = '{"version": 1, "claims": [{"id": "a"}], "zzz": 1}'


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch, seeds: Path) -> None:
    monkeypatch.chdir(seeds.parent)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def test_weigh_prints_the_assessment_in_prose() -> None:
    result = run("weigh", ARMS, "armed")

    assert result.exit_code == 0
    assert result.stdout.strip() == str(weigh(load_case(ARMS), "armed"))


def test_weigh_prints_every_key_of_the_json_object() -> None:
    result = run("weigh", ARMS, "armed", "--json")

    found = json.loads(result.stdout)
    assert {
        "schema", "library", "case_sha256", "as_of", "claim", "text", "probability", "interval",
        "interval_level", "prior", "prior_stated", "bits", "confidence", "confidence_basis",
        "credibility", "independent_origins", "opposing_origins", "reasons", "statements",
        "doubts", "potentials", "ignored", "caveats", "approximate",
    } <= set(found)  # fmt: skip
    assert found["interval_level"] == 0.9
    assert set(found["reasons"][0]) == {"source", "bits", "statements"}
    assert set(found["ignored"][0]) == {"attribution", "why"}
    assert set(found["caveats"][0]) == {"kind", "text"}


def test_weigh_without_a_claim_gives_a_list_in_the_order_of_the_case() -> None:
    result = run("weigh", ARMS, "--json")

    found = [each["claim"] for each in json.loads(result.stdout)]
    assert found == [claim.id for claim in load_case(ARMS).claims]


def test_a_table_is_tab_separated_when_nobody_looks() -> None:
    result = run("weigh", ARMS)

    header = result.stdout.splitlines()[0].split("\t")
    assert header == ["claim", "verdict", "about", "90 % interval", "confidence"]
    assert result.stdout.splitlines()[1].split("\t") == [
        "Egypt supplied weapons to the Syrian army in 2015",
        "not established",
        "17 %",
        "2 % to 41 %",
        "low",
    ]


def test_a_dash_reads_standard_input() -> None:
    text = Path(ARMS).read_text(encoding="utf-8")

    result = run("weigh", "-", "armed", "--json", stdin=text)

    assert json.loads(result.stdout)["claim"] == "armed"


def test_a_unique_beginning_names_a_claim() -> None:
    result = run("weigh", ARMS, "sail", "--json")

    assert json.loads(result.stdout)["claim"] == "sailed"


def test_the_beginning_of_its_text_names_a_claim() -> None:
    result = run("weigh", ARMS, "“a ship with weapons", "--json")

    assert json.loads(result.stdout)["claim"] == "sailed"


def test_a_misspelt_claim_gets_the_nearest_name() -> None:
    result = run("weigh", ARMS, "armd")

    assert result.exit_code == 2
    assert "did you mean 'armed'" in result.stderr
    assert result.stdout == ""


def test_a_beginning_that_fits_several_claims_offers_them() -> None:
    case = {
        "version": 1,
        "claims": [{"id": "ship-a", "text": "a"}, {"id": "ship-b", "text": "b"}],
        "sources": [],
        "attributions": [],
    }

    result = run("weigh", "-", "ship", stdin=json.dumps(case))

    assert result.exit_code == 2
    assert "'ship-a'" in result.stderr
    assert "'ship-b'" in result.stderr


def test_as_of_before_everything_gives_the_prior() -> None:
    result = run("weigh", ARMS, "sailed", "--as-of", "2015-01-01", "--json")

    found = json.loads(result.stdout)
    assert found["as_of"] == "2015-01-01"
    assert found["probability"] == pytest.approx(found["prior"])


def test_an_impossible_day_is_named() -> None:
    result = run("weigh", ARMS, "armed", "--as-of", "2015-02-31")

    assert result.exit_code == 2
    assert "2015-02-31" in result.stderr


def test_words_of_a_scale_are_added() -> None:
    result = run("weigh", ARMS, "armed", "--words", "icd203")

    assert result.stdout.strip().endswith(
        "On the scale “ICD 203 expressions of likelihood”: very unlikely."
    )


def test_an_unknown_scale_is_wrong_usage() -> None:
    result = run("weigh", ARMS, "armed", "--words", "icd2003")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "icd203" in result.stderr


@pytest.mark.parametrize("command", ["weigh", "check", "chains"])
def test_problems_of_a_file_are_all_listed_on_standard_error(command: str) -> None:
    result = run(command, "-", stdin=BAD)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "4 problems" in result.stderr


def test_check_gives_problems_as_json_too() -> None:
    result = run("check", "-", "--json", stdin=BAD)

    problems = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert all(set(each) == {"path", "code", "message", "fix"} for each in problems)


@pytest.mark.parametrize("path", ["nowhere.json", "seeds"])
def test_a_path_that_is_no_file_is_wrong_usage(path: str) -> None:
    result = run("weigh", path)

    assert result.exit_code == 2
    assert "expected a file that can be read" in result.stderr


def test_the_package_itself_can_be_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["provenance", "--version"])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("provenance", run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == library_version()


def test_output_that_is_closed_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert "found it closed" in capsys.readouterr().err


def test_input_that_is_closed_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.sys, "stdin", None)

    with pytest.raises(typer.Exit) as ended:
        reading.read_case("-")

    assert ended.value.exit_code == 2


def test_a_path_too_long_for_a_file_is_wrong_usage() -> None:
    result = run("check", "x" * 5000)

    assert result.exit_code == 2
    assert "file name too long" in result.stderr


def test_a_case_may_come_through_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=lambda: pipe.write_bytes(Path(ARMS).read_bytes()))
    writing.start()

    result = run("weigh", str(pipe), "armed", "--json")

    writing.join()
    assert json.loads(result.stdout)["claim"] == "armed"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("more", [["armed"], ["--json"]])
def test_a_full_disk_is_said_in_one_line(more: list[str]) -> None:
    command = [sys.executable, "-m", "provenance", "weigh", ARMS, *more]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "expected to read and write everything, found: no space left on device"
    ]


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_letters_that_cannot_be_printed_are_shown_as_escapes(more: list[str]) -> None:
    text = json.dumps(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "\u0623"}],
            "sources": [],
            "attributions": [],
        }
    )
    done = subprocess.run(
        [sys.executable, "-m", "provenance", "weigh", "-", "a", *more],
        input=text.encode(), capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )  # fmt: skip

    assert "\\u0623" in done.stdout.decode("ascii")


def test_a_case_cannot_steer_the_terminal() -> None:
    text = json.dumps(
        {
            "version": 1,
            "claims": [{"id": "a", "text": "red \x1b[31m bell \x07"}],
            "sources": [],
            "attributions": [],
        }
    )

    result = run("weigh", "-", "a", stdin=text)

    assert result.stdout.splitlines()[0] == "“red \ufffd[31m bell \ufffd”"


def test_the_name_of_a_key_cannot_steer_the_terminal() -> None:
    result = run("weigh", "-", "a", stdin='{"version": 1, "evil \\u001b[31m\\u202e": 1}')

    assert result.exit_code == 1
    assert "evil" in result.stderr
    assert not re.search("[\x1b\u202e]", result.stderr)


def test_the_id_of_a_claim_cannot_turn_the_lines_of_json() -> None:
    case = {"version": 1, "claims": [{"id": "a", "text": "\u202eno\x9b31m"}],
            "sources": [], "attributions": []}  # fmt: skip

    result = run("weigh", "-", "a", "--json", stdin=json.dumps(case))

    assert json.loads(result.stdout)["text"] == "\u202eno\x9b31m"
    assert not re.search("[\u202e\x9b]", result.stdout)


def test_check_says_how_few_origins_there_are() -> None:
    result = run("check", ARMS)

    assert result.exit_code == 0
    sailed = "A ship with weapons left Egypt for the Syrian regime on 22 July 2015"
    assert f"{sailed}\t4\t1\t1" in result.stdout
    assert f"  - “{sailed}”, " in result.stdout
    assert "and 1 more: All that is said goes back to one origin, Samy Hassan." in result.stdout


def test_of_very_many_weaknesses_of_a_kind_the_rest_are_counted_unless_all_are_asked_for() -> None:
    many = range(27)
    case = {
        "version": 1,
        "claims": [
            {"id": f"c{n}", "text": f"Ship {chr(65 + n)} sailed", "prior": 0.3} for n in many
        ],
        "sources": [{"id": f"s{n}"} for n in many],
        "attributions": [{"id": f"a{n}", "source": f"s{n}", "claim": f"c{n}"} for n in many],
    }

    short, whole = (run("check", "-", *more, stdin=json.dumps(case)) for more in ([], ["--all"]))

    assert short.stdout.count("  … and 2 more (--all tells every one)") == 2
    assert "Nobody has judged s24" in short.stdout
    assert "Nobody has judged s25" not in short.stdout
    assert "--all tells" not in whole.stdout
    assert "Nobody has judged s26" in whole.stdout


def test_weaknesses_stand_by_kind_with_what_to_do_about_them() -> None:
    lines = run("check", ARMS).stdout.splitlines()

    kinds = [line for line in lines if line in WEAKNESSES]
    assert {"single-origin", "echo", "one-outlet"} <= set(kinds)
    assert len(kinds) == len(set(kinds))
    assert all(lines[lines.index(kind) + 1] == f"  {ADVICE[kind]}" for kind in kinds)


def test_a_case_without_weaknesses_is_said_to_be() -> None:
    claim = {"id": "a", "text": "It rained", "prior": 0.5}
    saw = {"source": "s", "claim": "a", "basis": "firsthand", "said_on": "2015"}
    case = {"version": 1, "claims": [claim], "sources": [{"id": "s", "reliability": "B"}],
            "attributions": [{"id": "x", **saw}]}  # fmt: skip

    assert "No weaknesses found." in run("check", "-", stdin=json.dumps(case)).stdout


def test_a_gate_fails_on_the_kinds_it_is_given() -> None:
    assert run("check", ARMS, "--fail-on", "single-origin,circular").exit_code == 1
    assert run("check", ARMS, "--fail-on", "circular").exit_code == 0
    assert run("check", ARMS, "--fail-on", "all").exit_code == 1


def test_an_unknown_gate_is_wrong_usage() -> None:
    result = run("check", ARMS, "--fail-on", "everything")

    assert result.exit_code == 2
    assert "single-origin" in result.stderr


def test_chains_are_a_tree_from_the_origins() -> None:
    result = run("chains", ARMS, "rockets")

    assert result.stdout.splitlines()[:5] == [
        "“The Syrian army fired Egyptian-made rockets at Zabadani”",
        "  Syrian rebels: for",
        "  ├─ Al-Quds al-Arabi",
        "  │  └─ NOW (we have the document)",
        "  └─ NOW (we have the document)",
    ]


def test_a_claim_on_which_nobody_speaks_has_no_tree() -> None:
    case = {"version": 1, "claims": [{"id": "a", "text": "It is so"}], "sources": [],
            "attributions": []}  # fmt: skip

    assert "nothing that we have bears on it" in run("chains", "-", stdin=json.dumps(case)).stdout


def crowd() -> str:
    """Twenty claims of which one at most is true, each of them said by two sources."""
    claims = [{"id": f"c{n}", "text": f"The ship sailed on day {n}"} for n in range(20)]
    said = [
        {"id": f"a{n}-{m}", "source": f"s{m}", "claim": f"c{n}"} for n in range(20) for m in (0, 1)
    ]
    links = [{"kind": "contradicts", "claims": [each["id"] for each in claims]}]
    return json.dumps({"version": 1, "claims": claims, "sources": [{"id": "s0"}, {"id": "s1"}],
                       "attributions": said, "links": links})  # fmt: skip


def test_chains_of_as_many_claims_are_told_as_the_budget_covers() -> None:
    result = run("chains", "-", "--budget", "20000", stdin=crowd())

    assert result.exit_code == 0
    assert "“The ship sailed on day 0”" in result.stdout
    assert "“The ship sailed on day 19”" not in result.stdout.splitlines()
    assert "ask about one of them" in result.stderr


def test_chains_of_one_claim_are_told_whole() -> None:
    result = run("chains", "-", "c19", stdin=crowd())

    assert result.exit_code == 0
    assert not result.stderr


def test_chains_as_json_are_refused_beyond_the_budget() -> None:
    result = run("chains", "-", "--json", "--budget", "20000", stdin=crowd())

    assert result.exit_code == 1
    assert "expected to stay within" in result.stderr


def test_chains_as_json_name_statements_and_sources() -> None:
    result = run("chains", ARMS, "sailed", "--json")

    (found,) = json.loads(result.stdout)
    assert {"statements": ["tweet", "now-tweet"], "sources": ["general", "now"],
            "direction": "for"} in found["chains"]  # fmt: skip


def test_the_schema_is_printed_as_json() -> None:
    result = run("schema")

    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


def test_many_cases_are_weighed_a_line_each(tmp_path: Path) -> None:
    line = json.dumps(json.loads(Path(ARMS).read_text(encoding="utf-8")))
    lines, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines.write_text(f"{line}\n{{bad\n\n{line}\n", encoding="utf-8")

    result = run("weigh", "--jsonl", str(lines), "-o", str(out))
    again = run("weigh", "--jsonl", str(lines), "-o", str(out))

    records = [json.loads(each) for each in out.read_text(encoding="utf-8").splitlines()]
    assert result.exit_code == 1
    assert [record["line"] for record in records] == [1, 2, 4]
    assert records[1]["error"]["kind"] == "CaseError"
    assert "1 line could not be weighed" in result.stderr
    # Done already, and the line still could not be weighed.
    assert (again.exit_code, again.stderr) == (1, result.stderr)


def test_many_cases_take_their_sources_from_one_registry(tmp_path: Path) -> None:
    case = {
        "version": 1,
        "sources_from": "sources.json",
        "claims": [{"id": "it", "text": "It is so", "prior": 0.5}],
        "sources": [],
        "attributions": [{"id": "word", "source": "wire", "claim": "it"}],
    }
    lines, out, shared = (tmp_path / name for name in ("in.jsonl", "out.jsonl", "sources.json"))
    lines.write_text(json.dumps(case) + "\n", encoding="utf-8")

    def weighed(grade: str) -> Any:
        sources = [{"id": "wire", "reliability": grade}]
        shared.write_text(json.dumps({"version": 1, "sources": sources}), encoding="utf-8")
        return run("weigh", "--jsonl", str(lines), "-o", str(out), "--sources", str(shared))

    first = weighed("B")
    (record,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert first.exit_code == 0
    assert record["assessments"][0]["probability"] > 0.7
    # What was begun with other sources is another run.
    again = weighed("D")
    assert again.exit_code == 2
    assert "another sources" in again.stderr
    alone = run("weigh", ARMS, "--sources", str(shared))
    assert alone.exit_code == 2
    assert "expected --jsonl with --sources" in alone.stderr


def test_an_interrupted_run_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    line = json.dumps(json.loads(Path(ARMS).read_text(encoding="utf-8")))
    lines, out = (tmp_path / name for name in ("in.jsonl", "out.jsonl"))
    lines.write_text(f"{line}\n{line}\n{line}\n", encoding="utf-8")
    run("weigh", "--jsonl", str(lines), "-o", str(out))
    content = out.read_bytes()
    out.write_bytes(content[: len(content) // 2])

    run("weigh", "--jsonl", str(lines), "-o", str(out))

    assert out.read_bytes() == content


def test_an_output_of_no_known_run_is_not_taken_up(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    line = Path(ARMS).read_text(encoding="utf-8").replace("\n", " ")
    run("weigh", "--jsonl", "-", "-o", str(out), stdin=line)
    out.with_name("out.jsonl.run").unlink()

    again = run("weigh", "--jsonl", "-", "-o", str(out), stdin=line)

    assert again.exit_code == 2
    assert "found no out.jsonl.run beside it" in again.stderr


def test_a_file_that_is_no_earlier_run_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "precious.txt"
    out.write_text("not records\n", encoding="utf-8")

    result = run("weigh", "--jsonl", "-", "-o", str(out), stdin="")

    assert result.exit_code == 2
    assert out.read_text(encoding="utf-8") == "not records\n"


def test_a_case_goes_out_and_comes_back_the_same(tmp_path: Path) -> None:
    out, back = tmp_path / "arms.prov.json", tmp_path / "back.json"

    sent = run("export", ARMS, "--to", "prov-json", "-o", str(out))
    read = run("import", str(out), "--from", "prov", "-o", str(back))

    assert (sent.exit_code, read.exit_code) == (0, 0)
    assert load_case(back) == load_case(ARMS)


def test_losses_are_said_on_standard_error_and_kept_in_a_file(tmp_path: Path) -> None:
    losses = tmp_path / "losses.json"

    result = run("export", ARMS, "--to", "stix", "--losses", str(losses))

    found = json.loads(losses.read_text(encoding="utf-8"))
    assert len(found) == len(result.stderr.splitlines())
    assert json.loads(result.stdout)["type"] == "bundle"


def test_strict_makes_a_loss_an_error_and_writes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    result = run("export", ARMS, "--to", "stix", "--strict", "-o", str(out))

    assert result.exit_code == 1
    assert not out.exists()


def test_an_unknown_format_offers_the_nearest() -> None:
    result = run("export", ARMS, "--to", "stixx")

    assert result.exit_code == 2
    assert "'stix'" in result.stderr


def test_the_tools_for_agents_are_printed_as_json() -> None:
    result = run("mcp", "--tools")

    assert result.exit_code == 0
    names = [each["name"] for each in json.loads(result.stdout)]
    assert names[0] == "record_case"
    assert {"weigh", "audit", "what_if"} <= set(names)


@pytest.mark.parametrize(
    ("command", "more"),
    [
        ("what-if", ["reliability:general=B"]),
        ("priors", []),
        ("sensitivity", []),
        ("leads", []),
        ("timeline", []),
        ("compare", []),
    ],
)
def test_a_question_is_answered_in_prose_and_in_json(command: str, more: list[str]) -> None:
    prose = run(command, ARMS, "armed", *more)
    data = run(command, ARMS, "armed", *more, "--json")

    assert (prose.exit_code, data.exit_code) == (0, 0)
    assert prose.stdout.strip()
    assert json.loads(data.stdout)


def test_a_report_is_one_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    result = run("report", ARMS, "armed", "-o", str(page))

    assert result.exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_report_for_the_public_has_no_grades(tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    result = run("report", ARMS, "armed", "--public", "-o", str(page))

    assert result.exit_code == 0
    assert "grade" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("other", ["--full", "--interactive"])
def test_a_report_for_the_public_is_brief_and_has_no_sliders(tmp_path: Path, other: str) -> None:
    result = run("report", ARMS, "armed", "--public", other, "-o", str(tmp_path / "page.html"))

    assert result.exit_code == 2
    assert "brief" in result.stderr


def test_scales_are_listed_shown_worded_and_converted() -> None:
    assert "icd203" in run("scale").stdout
    assert "remote chance" in run("scale", "phia").stdout
    assert run("scale", "icd203", "0.3").stdout.strip() == "unlikely"
    assert run("scale", "icd203", "likely", "--to", "phia").exit_code == 0


def test_reliability_is_learned_from_a_table(tmp_path: Path) -> None:
    said, learned = tmp_path / "said.csv", tmp_path / "learned.json"
    rows = [f"{who},o{n},{'ab'[n % 2 ^ (who == 'cid')]}" for n in range(20)
            for who in ("ann", "bob", "cid")]  # fmt: skip
    said.write_text("source,object,value\n" + "\n".join(rows) + "\n", encoding="utf-8")

    result = run("learn", str(said), "-o", str(learned))

    found = json.loads(learned.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert [each["source"] for each in found["sources"]] == ["ann", "bob", "cid"]


def test_learn_names_an_unknown_column(tmp_path: Path) -> None:
    said = tmp_path / "said.csv"
    said.write_text("who,what,says\nann,sky,blue\n", encoding="utf-8")

    result = run("learn", str(said))

    assert result.exit_code == 1
    assert "source" in result.stderr


def test_calibrate_scores_stated_probabilities(tmp_path: Path) -> None:
    outcomes = tmp_path / "outcomes.csv"
    rows = "0.9,1\n0.8,1\n0.3,0\n0.2,0\n" * 5
    outcomes.write_text(f"probability,outcome\n{rows}", encoding="utf-8")

    result = run("calibrate", str(outcomes), "--json")

    assert json.loads(result.stdout)["stated"]["count"] == 20


@pytest.mark.parametrize(
    ("raw", "what"),
    [(b"\x9a", "expected UTF-8"), (b'probability,"' + b"x" * 200_000, "expected CSV")],
)
def test_calibrate_says_what_is_no_table(raw: bytes, what: str, tmp_path: Path) -> None:
    table = tmp_path / "stated.csv"
    table.write_bytes(raw)

    result = run("calibrate", str(table))

    assert result.exit_code == 1
    assert what in result.stderr
