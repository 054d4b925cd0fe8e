"""`provenance learn` and `calibrate`: reliability from records, and whether probabilities hold."""

from __future__ import annotations

import csv
import enum
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from provenance.casefiles import write_whole
from provenance.cli.answering import AsJson
from provenance.cli.reading import (
    WRONG_USAGE,
    complain,
    console,
    expect_apart,
    print_json,
    put,
    stated_errors,
)
from provenance.cli.showing import print_text, show_lines
from provenance.errors import Problem, TableError
from provenance.scales import points

__all__ = ["calibrate", "learn"]


class ValueKind(enum.StrEnum):
    """What the values of objects are."""

    categories = "categories"
    numbers = "numbers"
    sets = "sets"


Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write; else to standard output.")
]


def learn(
    assertions: Annotated[
        Path, typer.Argument(metavar="ASSERTIONS", help="A CSV or Parquet file: who said what.")
    ],
    output: Output = None,
    truth: Annotated[
        Path | None,
        typer.Option(metavar="T", help="A CSV or Parquet file of objects and their true values."),
    ] = None,
    method: Annotated[str, typer.Option(metavar="M", help="A method, or auto.")] = "auto",
    on: Annotated[
        str, typer.Option(metavar="OBJECT,VALUE,SOURCE", help="The names of the three columns.")
    ] = "object,value,source",
    tolerance: Annotated[
        float | None, typer.Option(help="Values are numbers; this far apart they are the same.")
    ] = None,
    kind: Annotated[
        ValueKind, typer.Option(help="What the values are; sets have several true ones.")
    ] = ValueKind.categories,
    time: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of times, if any.")
    ] = None,
    cites: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of cited sources, if any.")
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(
            metavar="SOURCES", help="Write the sources too, for sources_from and --sources."
        ),
    ] = None,
) -> None:
    """Learn how reliable each source is, and how probable each value, from who said what."""
    names = [name.strip() for name in on.split(",")]
    if len(names) != 3 or not all(names):
        complain(f"expected three column names OBJECT,VALUE,SOURCE, found {on!r}")
        raise typer.Exit(WRONG_USAGE)
    _require(assertions, output, registry)
    with stated_errors(), _columns_named():
        from provenance.learning import learn as learned
        from provenance.learning import read_assertions

        read = read_assertions(
            assertions,
            object=names[0],
            value=names[1],
            source=names[2],
            time=time,
            cites=cites,
            kind=_kind_of(kind, tolerance, method),  # type: ignore[arg-type]
            tolerance=tolerance,
            progress=sys.stderr.isatty(),
        )
        known = None if truth is None else _truths(truth, names[0], names[1], read)
        found = learned(
            read, known, method, object=names[0], value=names[1], progress=sys.stderr.isatty()
        )
        if registry is not None:
            form = found.sources().written()
            write_whole(registry, json.dumps(form, ensure_ascii=False, indent=1) + "\n")
        _answer(found, output)


def _answer(found: Any, output: Path | None) -> None:
    """What was learned: a table to a person who looks, all of it to a file or a pipe."""
    if output is None and console().is_terminal:
        print_text(str(found))
        show_lines(["", "Everything, with every value: -o FILE, or into a pipe."])
        return
    for note in found.notes:
        complain(f"Note: {note}")
    if (cost := found.copying_cost()).pairs:
        complain(f"Looking for copies, to list them: {cost}")
    put(json.dumps(found.data, ensure_ascii=False, indent=1, default=str) + "\n", output)


def _require(path: Path, *outputs: Path | None) -> None:
    """Refuse what is no file, or is to be written over."""
    for output in outputs:
        expect_apart(output, path)
    if not path.is_file():
        complain(f"expected a file at {path}, found nothing")
        raise typer.Exit(WRONG_USAGE)


@contextmanager
def _columns_named() -> Iterator[None]:
    """Say of a column that is not there how it is named on the command line."""
    try:
        yield
    except TableError as error:
        in_code = "name the columns with source=, object=, value=, time= and cites="
        here = "name the columns with --on OBJECT,VALUE,SOURCE, --time and --cites"
        told = [attrs.evolve(each, fix=each.fix.replace(in_code, here)) for each in error.problems]
        raise TableError(told, error.where) from error


@contextmanager
def _as_a_table(path: Path) -> Iterator[None]:
    """Say what is wrong with a file that is no table at all."""
    try:
        yield
    except UnicodeDecodeError as error:
        found = f"expected UTF-8, found the byte {error.object[error.start]:#04x}"
        raise TableError.of("", "not-utf-8", found, where=str(path)) from error
    except csv.Error as error:
        raise TableError.of("", "not-csv", f"expected CSV, found: {error}", where=str(path)) from (
            error
        )


def _kind_of(kind: ValueKind, tolerance: float | None, method: str) -> str:
    """The kind of values: as asked, else as a tolerance or the method needs."""
    from provenance.learning import METHODS

    needed = METHODS[method].values if method in METHODS else ""
    if kind is not ValueKind.categories:
        return kind.value
    if needed == "sets":
        return "sets"
    return "numbers" if tolerance is not None or needed == "numbers" else "categories"


def _truths(path: Path, object_column: str, value_column: str, told: Any) -> Any:
    """Known truths from a file; text is read as a number where the assertions have numbers."""
    from provenance.learning import read_columns

    _require(path)
    columns = read_columns(path, (object_column, value_column))
    if path.suffix == ".parquet":
        return columns
    stated = {object_column: told.objects[0], value_column: told.values[0]}
    return {name: _like(columns[name], stated[name], name, path) for name in columns}


_ANSWERS = {"true": True, "false": False, "1": True, "0": False}


def _like(entries: list[Any], stated: Any, column: str, path: Path) -> list[Any]:
    """Text as numbers, or as yes and no, where that is what is stated; missing ones stay so."""
    if isinstance(stated, str):
        return entries
    made: list[Any] = []
    for number, entry in enumerate(entries, start=2):
        try:
            if entry is None:
                made.append(None)
            elif isinstance(stated, bool):
                made.append(_ANSWERS[entry.strip().lower()])
            else:
                made.append(float(entry) if isinstance(stated, float) else int(entry))
        except (ValueError, KeyError):
            text = f"expected an entry like {stated!r}, as in the assertions, found {entry!r}"
            problem = Problem(f"row {number}: {column}", "mixed-kinds", text)
            raise TableError([problem], str(path)) from None
    return made


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
    """Score stated probabilities against what came of them, and correct them if asked to."""
    names = [name.strip() for name in on.split(",")]
    if len(names) != 2 or not all(names):
        complain(f"expected two column names PROBABILITY,OUTCOME, found {on!r}")
        raise typer.Exit(WRONG_USAGE)
    _require(outcomes)
    with stated_errors():
        from provenance.learning import calibration_report, read_outcomes

        form: Any = "jsonl" if outcomes.suffix in {".jsonl", ".ndjson"} else "csv"
        with outcomes.open(encoding="utf-8-sig", newline="") as lines, _as_a_table(outcomes):
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
        yield _scores(
            f"recalibrated by {report.calibrator.method}, each by the others", report.mended
        )
    if report.skipped:
        yield f"{report.skipped} rows without an outcome were left out"


def _scores(what: str, scored: Any) -> str:
    low, high = scored.ece_interval
    return (
        f"{what}: off by {points(scored.ece)} on average ({100.0 * low:.0f} to {points(high)}); "
        f"Brier {scored.brier:.3f}, log score {scored.log_score:.3f}"
    )
