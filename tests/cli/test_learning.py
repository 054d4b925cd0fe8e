"""`provenance learn`: files in, one JSON object out, and what is wrong with a file said."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pandas
import pytest
from typer.testing import CliRunner, Result

from provenance import Estimate, load_case
from provenance.cli.app import app

draws = random.Random(1)
TRUE = {f"flight {n}": round(draws.uniform(0.0, 100.0), 1) for n in range(20)}
NUMBERS = [
    (f"site {s}", about, round(true + draws.gauss(0.0, 0.1 * s), 2))
    for about, true in TRUE.items()
    for s in range(5)
]
COLUMNS = ["site", "flight", "gate"]
ON = ("--on", "flight,gate,site")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["learn", *arguments])


def learned(*arguments: str) -> dict[str, Any]:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def told(tmp_path: Path) -> Path:
    pandas.DataFrame(NUMBERS, columns=COLUMNS).to_csv(tmp_path / "told.csv", index=False)
    pandas.DataFrame(NUMBERS, columns=COLUMNS).to_parquet(tmp_path / "told.parquet")
    return tmp_path


def probability(found: dict[str, Any], about: str, value: Any) -> float:
    (p,) = (
        float(row["probability"])
        for row in found["values"]
        if (row["object"], float(row["value"])) == (about, value)
    )
    return p


def test_csv_and_parquet_are_learned_alike(told: Path) -> None:
    csv = learned(str(told / "told.csv"), *ON, "--tolerance", "0.2")
    parquet = learned(str(told / "told.parquet"), *ON, "--tolerance", "0.2")

    assert csv["sources"] == parquet["sources"]
    assert [row["probability"] for row in csv["values"]] == [
        row["probability"] for row in parquet["values"]
    ]


@pytest.mark.parametrize("told_in", ["told.csv", "told.parquet"])
def test_known_truth_is_read_as_the_values_are(told: Path, told_in: str) -> None:
    value = NUMBERS[2][2]
    (told / "truth.csv").write_text(f"flight,gate\nflight 0,{value}\nflight 1,\n", encoding="utf-8")

    found = learned(str(told / told_in), *ON, "--truth", str(told / "truth.csv"))

    assert probability(found, "flight 0", value) == 1.0
    assert 0.0 < probability(found, "flight 1", NUMBERS[5][2]) < 1.0


def test_truth_may_be_a_parquet_file(told: Path) -> None:
    rows = [("flight 0", NUMBERS[2][2])]
    pandas.DataFrame(rows, columns=["flight", "gate"]).to_parquet(told / "truth.parquet")

    out, truth = told / "out.json", told / "truth.parquet"
    result = run(str(told / "told.parquet"), *ON, "--truth", str(truth), "-o", str(out))

    assert result.exit_code == 0
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert probability(answer, "flight 0", NUMBERS[2][2]) == 1.0


def test_estimated_numbers_come_with_their_standard_deviation(told: Path) -> None:
    found = learned(str(told / "told.csv"), *ON, "--method", "gtm")

    numbers = {row["object"]: row for row in found["numbers"]}
    assert numbers["flight 3"]["number"] == pytest.approx(TRUE["flight 3"], abs=0.3)
    assert numbers["flight 3"]["standard_deviation"] > 0.0


def test_sets_times_and_citations_are_taken_from_their_columns(tmp_path: Path) -> None:
    rows = ["who,book,author,day,from"]
    rows += [f"{who},b{n},{a},2020-01-0{day},{cites}" for n in range(4) for who, a, day, cites in (
        ("x", "p", 1, ""), ("x", "q", 1, ""), ("y", "p", 2, "x"))]  # fmt: skip
    (tmp_path / "books.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    columns = ("--on", "book,author,who")

    sets = learned(str(tmp_path / "books.csv"), *columns, "--kind", "sets")
    cited = learned(str(tmp_path / "books.csv"), *columns, "--time", "day", "--cites", "from")

    assert sets["method"] == "ltm"
    (pair,) = cited["copying"]
    assert (pair["first"], pair["second"], pair["copier"]) == ("x", "y", "y")
    assert (pair["probability"], pair["discounted"]) == (1.0, True)


@pytest.mark.parametrize(
    ("truth", "message"),
    [
        ("flight,gate\nflight 0,1.0\nflight 0,2.0\n", "expected one true value"),
        ("flight,gate\nflight 0,soon\n", "row 2: gate"),
        ("flight,door\nflight 0,1.0\n", "no column 'gate'"),
    ],
)
def test_what_is_wrong_with_known_truth_is_said(told: Path, truth: str, message: str) -> None:
    (told / "truth.csv").write_text(truth, encoding="utf-8")

    result = run(str(told / "told.parquet"), *ON, "--truth", str(told / "truth.csv"))

    assert result.exit_code == 1
    assert message in result.stderr


def test_yes_and_no_are_read_as_such(tmp_path: Path) -> None:
    rows = [(s, f"o{n}", n % 2 == 0) for n in range(6) for s in ("a", "b")]
    pandas.DataFrame(rows, columns=["source", "object", "value"]).to_parquet(
        tmp_path / "told.parquet"
    )
    (tmp_path / "truth.csv").write_text("object,value\no0,False\n", encoding="utf-8")

    found = learned(str(tmp_path / "told.parquet"), "--truth", str(tmp_path / "truth.csv"))

    assert [row["probability"] for row in found["values"] if row["object"] == "o0"] == [0.0]


SAID = "source,object,value\n" + "".join(
    f"{source},{about},{value}\n"
    for about in ("bridge", "mayor", "toll")
    for source, value in (("Herald", "a"), ("Courier", "a"), ("Echo", "b"))
)


def test_the_sources_become_a_registry_that_cases_and_streams_read(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text(SAID, encoding="utf-8")
    registry, case = tmp_path / "sources.json", tmp_path / "case.json"
    text = (
        '{"version": 1, "sources_from": "sources.json", "sources": [],'
        ' "claims": [{"id": "it", "text": "It is open"}],'
        ' "attributions": [{"id": "word", "source": "Herald", "claim": "it"}]}'
    )
    case.write_text(text, encoding="utf-8")

    found = learned(str(tmp_path / "said.csv"), "--registry", str(registry))

    herald = next(row for row in found["sources"] if row["source"] == "Herald")
    grade = load_case(case).sources[0].reliability
    assert grade == Estimate(mean=herald["reliability"], strength=herald["strength"])
    stream = ["weigh", "--jsonl", str(case), "--sources", str(registry)]
    told = json.loads(CliRunner().invoke(app, stream).stdout)
    alone = json.loads(CliRunner().invoke(app, ["weigh", str(case), "it", "--json"]).stdout)
    assert told["assessments"][0]["probability"] == alone["probability"]


def test_names_that_are_no_ids_write_no_registry(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text(SAID.replace("Echo", "E" * 201), encoding="utf-8")

    result = run(str(tmp_path / "said.csv"), "--registry", str(tmp_path / "sources.json"))

    assert result.exit_code == 1
    assert "expected an id of at most 200 characters" in result.stderr
    assert not (tmp_path / "sources.json").exists()


def test_what_is_to_be_known_stands_beside_the_result(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text(SAID + "Echo,,b\n", encoding="utf-8")

    result = run(str(tmp_path / "said.csv"))

    assert "Note: 1 row without a source, an object or a value left out" in result.stderr
    assert "Note" not in result.stdout


def test_what_a_search_for_copies_costs_is_told_before_it_runs(tmp_path: Path) -> None:
    rows = [(s, o, o % 3 + s % 2) for s in range(5) for o in range(30)]
    frame = pandas.DataFrame(rows, columns=["source", "object", "value"])
    frame.to_csv(tmp_path / "said.csv", index=False)

    named, auto = (run(str(tmp_path / "said.csv"), "--method", m) for m in ("majority", "auto"))

    assert "Looking for copies, to list them: 4 pairs of sources to compare" in named.stderr
    assert "Looking for copies" not in auto.stderr


def test_a_wide_file_is_told_how_columns_are_named_here(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("object,Herald,Courier\nbridge,a,b\n", encoding="utf-8")

    result = run(str(tmp_path / "wide.csv"))

    assert result.exit_code == 1
    assert "made long" in result.stderr
    assert "--on OBJECT,VALUE,SOURCE" in result.stderr
    assert "source=" not in result.stderr
