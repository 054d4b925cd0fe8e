"""The application: every command by name."""

from __future__ import annotations

import typer

from provenance.assessment.writing import library_version
from provenance.cli import cases, drafting, exchanging, learning, pages, questions, weighing

__all__ = ["app"]

app = typer.Typer(
    help="Weigh contested claims by who has them from whom.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
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
    """Weigh contested claims by who has them from whom."""


app.command("weigh")(weighing.weigh)
app.command("check")(cases.check)
app.command("chains")(cases.chains)
app.command("schema")(cases.schema)
app.command("what-if")(questions.what_if)
app.command("priors")(questions.priors)
app.command("sensitivity")(questions.sensitivities)
app.command("leads")(questions.leads)
app.command("timeline")(questions.timeline)
app.command("compare")(questions.compare)
app.command("report")(pages.report)
app.command("scale")(pages.scale)
app.command("learn")(learning.learn)
app.command("calibrate")(learning.calibrate)
app.command("export")(exchanging.exported)
app.command("import")(exchanging.imported)
app.command("draft")(drafting.draft)
app.command("review")(drafting.review)
app.command("mcp")(exchanging.mcp)
