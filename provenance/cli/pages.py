"""`provenance report` and `scale`: pages and pictures, and words for a probability."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.casefiles.writing import write_whole
from provenance.cli.printing import print_text
from provenance.cli.questions import AsOf, Claim
from provenance.cli.reading import day, one_claim, read_case, stated_errors
from provenance.cli.weighing import CaseFile
from provenance.report import report_html
from provenance.scales import convert, in_words, scale_names
from provenance.scales import scale as scale_named

__all__ = ["report", "scale"]


def report(
    case: CaseFile,
    claim: Claim,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")],
    as_of: AsOf = None,
    brief: Annotated[
        bool,
        typer.Option("--brief", help="Only the answer, the diagram and the reasons, to print."),
    ] = False,
) -> None:
    """Write a one-file HTML page about a claim, with pictures and the case embedded."""
    with stated_errors():
        read = read_case(case)
        page = report_html(read, one_claim(read, claim), as_of=day(as_of), brief=brief)
        write_whole(output, page)


def scale(
    name: Annotated[str | None, typer.Argument(metavar="[SCALE]", help="The scale.")] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help="A probability, or a term of it.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="SCALE", help="Convert the term.")] = None,
) -> None:
    """List the scales, show one, put a probability into its words, or convert a term by label."""
    with stated_errors():
        if name is None:
            print_text("\n".join(scale_names()))
        elif value is None:
            print_text(str(scale_named(name)))
        elif to is not None:
            print_text(str(convert(value, name, to)))
        elif _is_number(value):
            print_text(in_words(float(value), name).text)
        else:
            print_text(str(scale_named(name).range_of(value)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
