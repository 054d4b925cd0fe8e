"""`provenance export`, `import`, `new` and `mcp`: other tools' formats, and a server for agents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from provenance.assessment import Assessment, weigh, weigh_all
from provenance.casefiles import MAX_BYTES, dump_case, parsed, write_whole
from provenance.cli.answering import CaseFile
from provenance.cli.reading import (
    WRONG_USAGE,
    Budget,
    complain,
    day,
    expect_apart,
    json_text,
    one_claim,
    print_json,
    put,
    read_bytes,
    read_case,
    read_text,
    stated_errors,
    tell,
)
from provenance.errors import InvalidValue, TableError, UnknownName
from provenance.exchange import (
    Export,
    Import,
    Loss,
    embed_claimreview,
    empty_workbook,
    from_annotations,
    from_claimreview,
    from_misp,
    from_prov,
    from_stix,
    from_tables,
    from_wikidata,
    to_annotations,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_prov,
    to_stix,
    to_tables,
)
from provenance.records import Case

__all__ = [
    "exported",
    "imported",
    "is_folder",
    "mcp",
    "read_sheets",
    "statements_as_csv",
    "write_empty_workbook",
    "write_sheets",
]

# A case as a folder of CSV files, one for each section: what spreadsheets open and save.

_SECTIONS = ("case", "claims", "questions", "sources", "documents", "attributions", "links")
_MOST_FILES = 1_000


def statements_as_csv(case: Case) -> Export:
    """The attributions as CSV; every other table of the case is a loss."""
    export = to_tables(case, "csv")
    form = case.written()
    why = (
        "one file of CSV is one table, of attributions: name a folder with -o to write all of them"
    )
    names = [key for key in form if key not in ("version", "attributions")]
    losses = [Loss(name, f"the {name}", why) for name in names if form[name] not in ([], None)]
    return Export(export.document["attributions"], (*export.losses, *losses))


def is_folder(path: Path) -> bool:
    """Whether a path means a folder of tables: one that is there, or a new name without an ending."""
    return path.is_dir() or not (path.exists() or path.suffix)


def write_sheets(case: Case, folder: Path) -> None:
    """Writes every table of a case to a file of its own, `attributions.csv` and so on.

    Raises `CaseError` when a file cannot be written, and `TableError` where the folder has a table
    that the case has not: read back, it would be part of the case.
    """
    tables = to_tables(case, "csv").document
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise InvalidValue(
            f"expected a folder that can be made, found {folder}: {reason}"
        ) from error
    left = [name for name in _SECTIONS if name not in tables and _sheet(folder, name).exists()]
    if left:
        message = f"expected no table {left[0]}.csv, since the case has none, found one in {folder}"
        raise TableError.of(
            left[0], "not-of-this-case", message, "remove it, or name an empty folder"
        )
    for name, text in tables.items():
        write_whole(_sheet(folder, name), text)


def read_sheets(folder: Path, **how: Any) -> Import:
    """A case from the CSV files of a folder, of which `attributions.csv` has to be there.

    Files of other names are losses. Takes the options of `from_tables`, and raises as it does.
    """
    tables: dict[str, Any] = {
        name: read_bytes(_sheet(folder, name))
        for name in _SECTIONS
        if _sheet(folder, name).is_file()
    }
    if "attributions" not in tables:
        message = f"expected a file attributions.csv in {folder}, found none"
        fix = f"name the files {', '.join(f'{name}.csv' for name in _SECTIONS)}"
        raise TableError.of("attributions", "missing-table", message, fix)
    size = sum(map(len, tables.values()))
    if size > MAX_BYTES:
        raise TableError.of(
            "", "too-large", f"expected at most {MAX_BYTES} bytes, found {size}", ""
        )
    found = from_tables(tables.pop("attributions"), **tables, **how)
    others = sorted(each.name for each in folder.glob("*.csv") if each.stem not in _SECTIONS)
    why = f"no table of a case is called so; those are {', '.join(_SECTIONS)}"
    unread = tuple(Loss(name, "the file", why) for name in others[:_MOST_FILES])
    return attrs.evolve(found, losses=(*found.losses, *unread))


def _sheet(folder: Path, name: str) -> Path:
    return folder / f"{name}.csv"


Losses = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also write the losses here, as JSON.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Any loss is an error.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Where to write; else to standard output. csv: a folder."),
]

Exporter = Callable[[Case, tuple[Assessment, ...], Mapping[str, Any]], Export]


@attrs.frozen
class Format:
    """A format that goes out."""

    write: Exporter
    """Writes a case and its assessments, with the options that the format takes."""
    options: tuple[str, ...] = ("namespace",)
    """The options of the command line that it takes."""
    needed: tuple[str, ...] = ()
    """Those of them without which it cannot be written."""
    weighs: bool = True
    """Whether it has a place for assessments."""


def _prov(notation: Any) -> Format:
    return Format(lambda case, found, how: to_prov(case, found, format=notation, **how))


_REVIEW = (
    "author",
    "author_url",
    "url",
    "published_on",
    "scale",
    "ratings",
    "explanation",
    "with_ids",
)
_NANOPUBLICATIONS = ("base", "creator", "license", "at", "with_ids")
EXPORTS: Mapping[str, Format] = {
    "prov-json": _prov("json"),
    "prov-jsonld": _prov("jsonld"),
    "prov-n": _prov("provn"),
    "prov-trig": _prov("trig"),
    "prov-turtle": _prov("turtle"),
    "prov-xml": _prov("xml"),
    "stix": Format(
        lambda case, found, how: to_stix(case, found, **how),
        ("namespace", "at", "profile", "with_ids", "explanation"),
    ),
    "misp": Format(
        lambda case, found, how: to_misp(case, found, **how), ("namespace", "at", "with_ids")
    ),
    "nanopublications": Format(
        lambda case, found, how: to_nanopublications(case, found, **how),
        _NANOPUBLICATIONS,
        needed=("base",),
    ),
    "claimreview": Format(lambda case, found, how: to_claimreview(case, found, **how), _REVIEW),
    "annotations": Format(lambda case, _, how: to_annotations(case, **how), weighs=False),
    "csv": Format(lambda case, _, __: statements_as_csv(case), (), weighs=False),
    "xlsx": Format(lambda case, _, __: to_tables(case, "xlsx"), (), weighs=False),
}
"""The formats that go out."""

IMPORTS: Mapping[str, Callable[..., Import]] = {
    "prov": from_prov,
    "stix": from_stix,
    "misp": from_misp,
    "claimreview": from_claimreview,
    "annotations": from_annotations,
    "wikidata": from_wikidata,
    "csv": from_tables,
    "xlsx": from_tables,
}
"""The formats that come in."""
_TABLES = ("csv", "xlsx")


def exported(
    case: CaseFile,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=", ".join(EXPORTS))],
    output: Output = None,
    losses: Losses = None,
    strict: Strict = False,
    claim: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM", help="Only the assessment of this claim; may be repeated."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Weigh what was said until this day.")
    ] = None,
    unweighed: Annotated[
        bool, typer.Option("--unweighed", help="The case alone, without assessments.")
    ] = False,
    namespace: Annotated[
        str | None, typer.Option(help="What ids are derived from; the title of the case if absent.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="stix, misp: when this version is made.")
    ] = None,
    author: Annotated[str | None, typer.Option(help="claimreview: who reviews.")] = None,
    author_url: Annotated[
        str | None, typer.Option(metavar="URL", help="claimreview: the address of who reviews.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="claimreview: the page of the review.")
    ] = None,
    published_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="claimreview: when the review appears.")
    ] = None,
    scale: Annotated[
        str | None, typer.Option(help="claimreview: the scale of its words; icd203 if absent.")
    ] = None,
    rating: Annotated[
        list[str] | None,
        typer.Option(metavar="CLAIM=WORDS", help="claimreview: a rating in words of your own."),
    ] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="HTML", help="claimreview: write this page with it in.")
    ] = None,
    with_ids: Annotated[
        bool, typer.Option("--with-ids", help="For readers inside: unnamed sources keep their ids.")
    ] = False,
    profile: Annotated[
        str | None, typer.Option(help="stix: for whom, standard or opencti; standard if absent.")
    ] = None,
    explanation: Annotated[
        list[str] | None,
        typer.Option(metavar="[CLAIM=]TEXT", help="stix, claimreview: an answer in your words."),
    ] = None,
    base: Annotated[
        str | None, typer.Option(metavar="URL", help="nanopublications: what addresses begin with.")
    ] = None,
    creator: Annotated[
        str | None, typer.Option(metavar="URL", help="nanopublications: who publishes.")
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", metavar="URL", help="nanopublications: the license.")
    ] = None,
    budget: Budget = None,
) -> None:
    """Write a case, weighed, in another tool's format, and say what the format does not carry."""
    with stated_errors(budget):
        form = _named(EXPORTS, to)
        given = {
            "namespace": namespace,
            "at": day(at),
            "author": author,
            "author_url": author_url,
            "url": url,
            "published_on": day(published_on),
            "scale": scale,
            "ratings": _ratings(rating or ()),
            "with_ids": with_ids,
            "profile": profile,
            "explanation": _explanations(explanation or ()),
            "base": base,
            "creator": creator,
            "license": license_,
        }
        options = {key: value for key, value in given.items() if value}
        _require_taken(to, form, {**options, **({"page": page} if page else {})})
        expect_apart(output, case)
        read = read_case(case)
        if to == "csv" and output is not None and is_folder(output):
            write_sheets(read, output)
            tell((), losses, strict)
            return
        assessments = () if unweighed or not form.weighs else _weighed(read, claim or (), as_of)
        found = form.write(read, assessments, options)
        tell(found.losses, losses, strict)
        document = found.document
        if isinstance(document, bytes):
            _write_workbook(document, output)
            return
        if page is not None:
            document = embed_claimreview(read_text(page), found)
        put(document if isinstance(document, str) else json_text(document), output)


def _write_workbook(workbook: bytes, output: Path | None) -> None:
    if output is None:
        raise InvalidValue("expected a file to write the workbook to, found none; name it with -o")
    write_whole(output, workbook)


def _weighed(
    case: Case, claims: list[str] | tuple[()], as_of: str | None
) -> tuple[Assessment, ...]:
    if not claims:
        return weigh_all(case, as_of=as_of)
    wanted = {one_claim(case, name) for name in claims}
    return tuple(weigh(case, claim.id, as_of=as_of) for claim in case.claims if claim.id in wanted)


def _ratings(given: list[str] | tuple[()]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        claim, is_there, words = text.partition("=")
        if not is_there or not words.strip():
            raise InvalidValue(f"expected a rating as CLAIM=WORDS, found {text!r:.100}")
        found[claim] = words
    return found


def _explanations(given: list[str] | tuple[()]) -> str | dict[str, str] | None:
    """One text for every claim, or one for each that is named."""
    if len(given) == 1 and "=" not in given[0]:
        return given[0]
    return _ratings(given) or None


def _require_taken(to: str, form: Format, options: Mapping[str, Any]) -> None:
    taken = (*form.options, *(("page",) if to == "claimreview" else ()))
    for name in options:
        if name not in taken:
            option = "--rating" if name == "ratings" else f"--{name.replace('_', '-')}"
            raise InvalidValue(f"expected only options of the format {to}, found {option}")
    for name in form.needed:
        if name not in options:
            raise InvalidValue(f"expected --{name} for the format {to}, found none")


def imported(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Another tool's document, or - for stdin. csv: a folder too."
        ),
    ],
    from_: Annotated[str, typer.Option("--from", metavar="FORMAT", help=", ".join(IMPORTS))],
    output: Output = None,
    losses: Losses = None,
    strict: Strict = False,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEADING=FIELD,…",
            help="csv, xlsx: which fields headings mean: speaker=source,reported by=cites.",
        ),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(metavar="ORDER", help="csv, xlsx: how 03/10/2015 is meant, dmy or mdy."),
    ] = None,
    keep_extra: Annotated[
        bool,
        typer.Option("--keep-extra", help="csv, xlsx: keep other columns, as fields under x-."),
    ] = False,
    readings: Annotated[
        bool,
        typer.Option("--readings", help="csv, xlsx: print on stderr how every row was read."),
    ] = False,
    ratings: Annotated[
        Path | None,
        typer.Option(
            metavar="JSON", help='claimreview: what words of ratings come to: {"hoax": false}.'
        ),
    ] = None,
    budget: Budget = None,
) -> None:
    """Read another tool's document as a case file, and say what was not understood."""
    with stated_errors(budget):
        expect_apart(output, file, ratings)
        read = _named(IMPORTS, from_)
        how = _how_tables_are_read(from_, columns or (), dates, keep_extra, readings)
        if ratings is not None:
            how["ratings"] = _ratings_in(ratings, from_)
        if from_ == "csv" and file.is_dir():
            found = read_sheets(file, **how)
        elif str(file) == "-" or file.is_file():
            found = read(read_bytes(file), **how)
        else:
            complain(f"expected a file at {file}, found nothing")
            raise typer.Exit(WRONG_USAGE)
        if readings or from_ not in _TABLES:
            for reading in found.readings:
                complain(reading)
        if found.losses and not (found.case.claims or found.readings):
            complain("nothing is read as a claim: the case has none")
        tell(found.losses, losses, strict)
        put(dump_case(found.case), output)


def _how_tables_are_read(
    from_: str, columns: Iterable[str], dates: str | None, keep_extra: bool, readings: bool
) -> dict[str, Any]:
    """The options of `from_tables`; raises `InvalidValue` for those of another format."""
    renamed = _renamed(columns)
    given = {"--columns": renamed, "--dates": dates, "--keep-extra": keep_extra}
    options = [name for name, value in {**given, "--readings": readings}.items() if value]
    if from_ not in _TABLES:
        if options:
            raise InvalidValue(f"expected only options of the format {from_}, found {options[0]}")
        return {}
    return {"columns": renamed, "dates": dates, "keeps_extra": keep_extra}


def _ratings_in(file: Path, from_: str) -> Any:
    """What a file of ratings holds; raises `InvalidValue` for another format than theirs."""
    if from_ != "claimreview":
        raise InvalidValue(f"expected only options of the format {from_}, found --ratings")
    return parsed(read_bytes(file)).document


def _renamed(columns: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in (part for each in columns for part in each.split(",")):
        heading, is_there, field = text.rpartition("=")
        if not is_there or not heading.strip() or not field.strip():
            raise InvalidValue(f"expected columns as HEADING=FIELD, found {text!r:.100}")
        found[heading.strip()] = field.strip()
    return found


def write_empty_workbook(file: Path | None) -> None:
    """Writes a workbook to fill in, its columns explained; says how to go on."""
    if file is None or file.suffix.lower() != ".xlsx":
        found = "none" if file is None else file
        raise InvalidValue(f"expected with --table a name that ends in .xlsx, found {found}")
    write_whole(file, empty_workbook())
    complain(f"fill in {file}, then: provenance import {file} --from xlsx")


def _named(formats: Mapping[str, Any], name: str) -> Any:
    if name not in formats:
        raise UnknownName("format", name, formats)
    return formats[name]


def mcp(
    folder: Annotated[
        Path | None, typer.Option(help="The only folder from which case files may be read.")
    ] = None,
    transport: Annotated[str, typer.Option(help="stdio or http.")] = "stdio",
    host: Annotated[str, typer.Option(help="Where http listens; loopback by default.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of http.")] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A name by which clients reach http, beside those of this machine; may be repeated.",
        ),
    ] = None,
    tools: Annotated[
        bool, typer.Option("--tools", help="Print the tools as JSON Schema and stop.")
    ] = False,
) -> None:
    """Serve the tools of agents, such as weigh, audit, chains and leads (Model Context Protocol)."""
    with stated_errors():
        if tools:
            from provenance.agents import TOOLS, tool_schema

            print_json([tool_schema(name) for name in ("record_case", *TOOLS)])
            return
        from provenance.agents import serve

        serve(folder, transport, host, port, allow_host or ())  # type: ignore[arg-type]
