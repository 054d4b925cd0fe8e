"""The application: every command by name, in groups, each with two examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from provenance.assessment import library_version
from provenance.cli import answering, asking, drafting, exchanging, inspecting, learning, reviewing

__all__ = ["app"]

_ABOUT = (
    "Say how likely a disputed claim is, by tracing reports back to the sources that began them."
)

app = typer.Typer(
    help=_ABOUT,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Every command has examples: provenance weigh --help",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(library_version())
        raise typer.Exit


@app.callback()
def provenance(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and stop."
    ),
) -> None:
    """Say how likely a disputed claim is, by tracing reports back to the sources that began them."""


def _command(
    group: str, name: str, function: Callable[..., Any], short: str, *examples: str
) -> None:
    """One command of a group: what it does in one short line, and its examples below its help."""
    # A blank line keeps each example on a line of its own.
    shown = "\n\n".join(("Examples:", *(f"  provenance {name} {each}" for each in examples)))
    app.command(name, rich_help_panel=group, short_help=short, epilog=shown)(function)


_WEIGH = "Weigh a claim"
_command(
    _WEIGH,
    "weigh",
    answering.weigh,
    "Weigh a claim, a question, a whole case, or many cases.",
    "egypt-arms-2015",
    "case.json armed --details",
)
_command(
    _WEIGH,
    "report",
    asking.report,
    "Write a page about a claim, with pictures and the case.",
    "case.json armed -o armed.html",
    "case.json armed --full -o armed.html",
)
_command(
    _WEIGH,
    "compare",
    asking.compare,
    "Show what other methods say of the same claim.",
    "case.json armed",
    "case.json armed --json",
)

_QUESTION = "Question the answer"
_command(
    _QUESTION,
    "leads",
    asking.leads,
    "List what to find out next.",
    "case.json armed",
    "case.json armed --all",
)
_command(
    _QUESTION,
    "what-if",
    asking.what_if,
    "Weigh again with numbers changed or records left out.",
    "case.json armed reliability:general=B",
    "case.json armed --without source:general",
)
_command(
    _QUESTION,
    "sensitivity",
    asking.sensitivities,
    "Show how the answer hangs on every source.",
    "case.json armed",
    "case.json armed --json",
)
_command(
    _QUESTION,
    "priors",
    asking.priors,
    "Show the same evidence on other priors.",
    "case.json armed",
    "case.json armed --json",
)
_command(
    _QUESTION,
    "timeline",
    asking.timeline,
    "Show how the answer grew, day by day.",
    "case.json armed",
    "case.json armed --json",
)

_CASE = "Write and check a case"
_command(
    _CASE,
    "new",
    inspecting.new,
    "Write a small case with notes, to start from.",
    "case.json",
    "> case.json",
)
_command(
    _CASE,
    "check",
    inspecting.check,
    "List the problems and the weaknesses of a case.",
    "case.json",
    "case.json --fail-on circular,single-origin",
)
_command(
    _CASE, "chains", inspecting.chains, "Show who has it from whom.", "case.json", "case.json armed"
)
_command(
    _CASE,
    "schema",
    inspecting.schema,
    "Print the JSON Schema of case files.",
    "> case.schema.json",
    "| less",
)
_command(
    _CASE,
    "scale",
    asking.scale,
    "Show a scale, or put a probability into its words.",
    "icd203 0.3",
    "icd203 likely --to phia",
)

_DRAFTS = "Draft a case from documents"
_command(
    _DRAFTS,
    "draft",
    drafting.draft,
    "Read articles and draft a case, for a person to confirm.",
    "article.txt -o draft.json",
    "*.txt --weigh",
)
_command(
    _DRAFTS,
    "review",
    reviewing.review,
    "Confirm, correct or reject what a draft found.",
    "draft.json",
    "draft.json --html page.html",
)

_command(
    _DRAFTS,
    "copies",
    drafting.copies,
    "Show who copied whom in some documents.",
    "*.txt",
    "pages.json --json",
)
_command(
    _DRAFTS,
    "audit",
    drafting.audit,
    "Count the origins of a list of pages, and weigh them.",
    "pages.json",
    'pages.json --claim "The ship sailed" --json',
)

_RECORDS = "Learn from records"
_command(
    _RECORDS,
    "learn",
    learning.learn,
    "Learn how reliable each source is from who said what.",
    "said.csv -o learned.json",
    "said.csv --truth truth.csv",
)
_command(
    _RECORDS,
    "calibrate",
    learning.calibrate,
    "Score stated probabilities against what came of them.",
    "outcomes.csv",
    "outcomes.csv --json",
)

_OTHERS = "Other tools"
_command(
    _OTHERS,
    "export",
    exchanging.exported,
    "Write a case, weighed, in another tool's format.",
    "case.json --to stix -o case.stix.json",
    "case.json --to csv -o tables/",
)
_command(
    _OTHERS,
    "import",
    exchanging.imported,
    "Read another tool's document as a case file.",
    "tables/ --from csv -o case.json",
    "case.prov.json --from prov",
)
_command(
    _OTHERS,
    "mcp",
    exchanging.mcp,
    "Serve the library to agents (Model Context Protocol).",
    "--folder cases",
    "--tools",
)
