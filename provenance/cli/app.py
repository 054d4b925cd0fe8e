"""The application: every command by name."""

from __future__ import annotations

import typer

from provenance.assessment import library_version
from provenance.cli import answering, asking, exchanging, learning

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


app.command("weigh")(answering.weigh)
app.command("check")(asking.check)
app.command("chains")(asking.chains)
app.command("schema")(asking.schema)
app.command("what-if")(asking.what_if)
app.command("priors")(asking.priors)
app.command("sensitivity")(asking.sensitivities)
app.command("leads")(asking.leads)
app.command("timeline")(asking.timeline)
app.command("compare")(asking.compare)
app.command("report")(asking.report)
app.command("scale")(asking.scale)
app.command("learn")(learning.learn)
app.command("calibrate")(learning.calibrate)
app.command("export")(exchanging.exported)
app.command("import")(exchanging.imported)
app.command("new")(exchanging.new)
app.command("mcp")(exchanging.mcp)
