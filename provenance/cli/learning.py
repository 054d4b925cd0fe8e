"""`provenance learn` and `calibrate`: reliability from records, and whether probabilities hold."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from provenance.casefiles.writing import write_whole
from provenance.cli.printing import print_json, print_text
from provenance.cli.reading import WRONG_USAGE, stated_errors
from provenance.cli.weighing import AsJson
from provenance.errors import Problem, TableError

__all__ = ["calibrate", "learn"]

Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write; else to standard output.")
]


def learn(
    assertions: Annotated[
        Path, typer.Argument(metavar="ASSERTIONS", help="A CSV or Parquet file: who said what.")
    ],
    output: Output = None,
    truth: Annotated[
        Path | None, typer.Option(metavar="T", help="A CSV file of objects and their true values.")
    ] = None,
    method: Annotated[str, typer.Option(metavar="M", help="A method, or auto.")] = "auto",
    on: Annotated[
        str, typer.Option(metavar="OBJECT,VALUE,SOURCE", help="The names of the three columns.")
    ] = "object,value,source",
    tolerance: Annotated[
        float | None, typer.Option(help="Values are numbers; this far apart they are the same.")
    ] = None,
) -> None:
    """Learn how reliable each source is, and how probable each value, from who said what."""
    names = [name.strip() for name in on.split(",")]
    if len(names) != 3 or not all(names):
        typer.echo(f"expected three column names OBJECT,VALUE,SOURCE, found {on!r}", err=True)
        raise typer.Exit(WRONG_USAGE)
    _require(assertions)
    with stated_errors():
        from provenance.learning import learn as learned
        from provenance.learning import read_assertions

        read = read_assertions(
            assertions,
            object=names[0],
            value=names[1],
            source=names[2],
            kind="categories" if tolerance is None else "numbers",
            tolerance=tolerance,
        )
        known = None if truth is None else _truths(truth, names[0], names[1])
        found = learned(read, known, method, tolerance=tolerance, progress=sys.stderr.isatty())
        _put(json.dumps(_learned(found), ensure_ascii=False, indent=1), output)


def _require(path: Path) -> None:
    if not path.is_file():
        typer.echo(f"expected a file at {path}, found nothing", err=True)
        raise typer.Exit(WRONG_USAGE)


def _put(text: str, output: Path | None) -> None:
    if output is None:
        print_text(text)
    else:
        write_whole(output, text + "\n")


def _truths(path: Path, object_column: str, value_column: str) -> dict[str, str]:
    """Known truths from a CSV file; an object with two truths is a problem by row."""
    _require(path)
    found: dict[str, str] = {}
    problems: list[Problem] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {object_column, value_column} - set(rows.fieldnames or ())
        for column in sorted(missing):
            problems.append(Problem(column, "missing-column", "expected this column, found none"))
        for number, row in enumerate(() if missing else rows, start=2):
            name, value = row[object_column], row[value_column]
            if found.setdefault(name, value) != value:
                text = f"expected one truth for {name!r}, found {found[name]!r} and {value!r}"
                problems.append(Problem(f"row {number}", "contradictory-truth", text))
    if problems:
        raise TableError(problems, str(path))
    return found


def _learned(found: Any) -> dict[str, Any]:
    return {
        "schema": "claim-provenance/learned/1",
        "method": found.method,
        "why": found.reason,
        "converged": found.converged,
        "notes": list(found.notes),
        "sources": _rows(
            found.sources_table(), "source", "reliability", "strength", "accuracy", "assertions"
        ),
        "values": _rows(found.values_table(), "object", "value", "probability", "voices"),
        "copying": [
            {key: getattr(each, key) for key in ("first", "second", "probability", "copier")}
            for each in found.copying()
        ],
    }


def _rows(table: Any, *names: str) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in table]


def calibrate(
    outcomes: Annotated[
        Path,
        typer.Argument(metavar="OUTCOMES", help="CSV or JSON lines: probability and outcome."),
    ],
    output: Output = None,
    method: Annotated[
        str | None,
        typer.Option(help="Fit a calibrator: temperature, beta, isotonic or auto."),
    ] = None,
    on: Annotated[
        str, typer.Option(metavar="PROBABILITY,OUTCOME", help="The names of the two columns.")
    ] = "probability,outcome",
    group: Annotated[
        str | None, typer.Option(help="The column that names the object of several values.")
    ] = None,
    as_json: AsJson = False,
    seed: Annotated[int, typer.Option(help="Where resampling starts.")] = 0,
) -> None:
    """Score stated probabilities against what came of them, and mend them if asked to."""
    names = [name.strip() for name in on.split(",")]
    if len(names) != 2 or not all(names):
        typer.echo(f"expected two column names PROBABILITY,OUTCOME, found {on!r}", err=True)
        raise typer.Exit(WRONG_USAGE)
    _require(outcomes)
    with stated_errors():
        from provenance.learning.outcomes import calibration_report, read_outcomes

        form: Any = "jsonl" if outcomes.suffix in {".jsonl", ".ndjson"} else "csv"
        with outcomes.open(encoding="utf-8-sig", newline="") as lines:
            read = read_outcomes(
                lines, form=form, probability=names[0], outcome=names[1], group=group
            )
        report = calibration_report(read, method, seed=seed)  # type: ignore[arg-type]
        if report.calibrator is not None and output is not None:
            write_whole(output, report.calibrator.to_json() + "\n")
        if as_json:
            print_json(json.loads(report.to_json()))
        else:
            print_text("\n".join(_summary(report)))


def _summary(report: Any) -> Iterator[str]:
    """What a calibration report says, in a few lines."""
    stated = report.stated
    yield f"{stated.count} probabilities with a known outcome"
    yield _scores("as stated", stated)
    if report.mended is not None:
        yield _scores(f"mended by {report.calibrator.method}, each by the others", report.mended)
    if report.skipped:
        yield f"{report.skipped} rows without an outcome were left out"


def _scores(what: str, scored: Any) -> str:
    low, high = scored.ece_interval
    return (
        f"{what}: Brier {scored.brier:.3f}, log score {scored.log_score:.3f}, "
        f"calibration error {scored.ece:.3f} ({low:.3f} to {high:.3f})"
    )
