"""`provenance export`, `import` and `mcp`: other tools' formats, and a server for agents."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from provenance.assessment import weigh_all
from provenance.casefiles import dump_case
from provenance.casefiles.writing import write_whole
from provenance.cli.printing import print_json
from provenance.cli.reading import FAILED, WRONG_USAGE, read_case, stated_errors
from provenance.cli.weighing import CaseFile
from provenance.errors import UnknownName
from provenance.exchange import (
    Export,
    Import,
    Loss,
    from_annotations,
    from_prov,
    from_tables,
    to_annotations,
    to_claimreview,
    to_misp,
    to_prov,
    to_stix,
    to_tables,
)
from provenance.records import Case

__all__ = ["exported", "imported", "mcp"]

Losses = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also write the losses here, as JSON.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Any loss is an error.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write; else to standard output.")
]


def _prov(notation: Any) -> Callable[[Case], Export]:
    return lambda case: to_prov(case, weigh_all(case), format=notation)


def _attributions_csv(case: Case) -> Export:
    found = to_tables(case, "csv")
    return Export(found.document["attributions"], found.losses)


EXPORTS: Mapping[str, Callable[[Case], Export]] = {
    "prov-json": _prov("json"),
    "prov-jsonld": _prov("jsonld"),
    "prov-n": _prov("provn"),
    "prov-trig": _prov("trig"),
    "prov-xml": _prov("xml"),
    "stix": lambda case: to_stix(case, weigh_all(case)),
    "misp": lambda case: to_misp(case, weigh_all(case)),
    "claimreview": lambda case: to_claimreview(case, weigh_all(case)),
    "annotations": to_annotations,
    "csv": _attributions_csv,
}
"""The formats that go out."""

IMPORTS: Mapping[str, Callable[[bytes], Import]] = {
    "prov": from_prov,
    "annotations": from_annotations,
    "csv": lambda data: from_tables(data.decode("utf-8-sig")),
}
"""The formats that come in."""


def exported(
    case: CaseFile,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=", ".join(EXPORTS))],
    output: Output = None,
    losses: Losses = None,
    strict: Strict = False,
) -> None:
    """Write a case, weighed, in another tool's format, and say what the format does not carry."""
    with stated_errors():
        found = _format(EXPORTS, to)(read_case(case))
        _say(found.losses, losses, strict)
        document = found.document
        text = document if isinstance(document, str) else _json(document)
        _put(text, output)


def imported(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Another tool's document.")],
    from_: Annotated[str, typer.Option("--from", metavar="FORMAT", help=", ".join(IMPORTS))],
    output: Output = None,
    losses: Losses = None,
    strict: Strict = False,
) -> None:
    """Read another tool's document as a case file, and say what was not understood."""
    if not file.is_file():
        typer.echo(f"expected a file at {file}, found nothing", err=True)
        raise typer.Exit(WRONG_USAGE)
    with stated_errors():
        found = _format(IMPORTS, from_)(file.read_bytes())
        _say(found.losses, losses, strict)
        _put(dump_case(found.case), output)


def _format(formats: Mapping[str, Any], name: str) -> Any:
    if name not in formats:
        raise UnknownName("format", name, formats)
    return formats[name]


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _say(losses: Iterable[Loss], where: Path | None, strict: bool) -> None:
    found = list(losses)
    for loss in found:
        typer.echo(str(loss), err=True)
    if where is not None:
        listed = [
            {"path": each.path, "what": each.what, "why": each.why, "partly": each.partly}
            for each in found
        ]
        write_whole(where, _json(listed))
    if strict and found:
        noun = "loss" if len(found) == 1 else "losses"
        typer.echo(f"expected no loss, found {len(found)} {noun}; nothing was written", err=True)
        raise typer.Exit(FAILED)


def _put(text: str, output: Path | None) -> None:
    if output is not None:
        write_whole(output, text)
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def mcp(
    folder: Annotated[
        Path | None, typer.Option(help="The only folder from which case files may be read.")
    ] = None,
    transport: Annotated[str, typer.Option(help="stdio or http.")] = "stdio",
    host: Annotated[str, typer.Option(help="Where http listens; loopback by default.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of http.")] = 8000,
    tools: Annotated[
        bool, typer.Option("--tools", help="Print the tools as JSON Schema and stop.")
    ] = False,
) -> None:
    """Serve check, weigh, chains, compare and leads to agents (Model Context Protocol)."""
    with stated_errors():
        if tools:
            from provenance.exchange import tool_schema

            print_json(tool_schema())
            return
        from provenance.exchange.mcp_server import serve

        serve(folder, transport, host, port)  # type: ignore[arg-type]
