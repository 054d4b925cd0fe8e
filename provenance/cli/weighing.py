"""`provenance weigh`: one claim, or all of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.assessment import Assessment, weigh_all
from provenance.assessment import weigh as weighed
from provenance.assessment.prose import percent
from provenance.assessment.weighing import checked
from provenance.assessment.writing import as_data
from provenance.casefiles import case_digest
from provenance.cli.printing import print_json, print_table, print_text
from provenance.cli.reading import WRONG_USAGE, day, one_claim, read_case, stated_errors
from provenance.cli.streaming import weigh_lines

__all__ = ["weigh"]

CaseFile = Annotated[str, typer.Argument(metavar="CASE", help="A case file, or - for stdin.")]
ClaimName = Annotated[
    str | None, typer.Argument(metavar="[CLAIM]", help="A claim's id, or a unique beginning of it.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def weigh(
    case: Annotated[
        str | None, typer.Argument(metavar="CASE", help="A case file, or - for stdin.")
    ] = None,
    claim: ClaimName = None,
    as_json: AsJson = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out what was said after this day.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(metavar="SCALE", help="Also say it in the words of this scale.")
    ] = None,
    coupling: Annotated[
        str, typer.Option(help="What stands or falls together: story, source or none.")
    ] = "story",
    seed: Annotated[int, typer.Option(help="Where simulation starts, if any is needed.")] = 0,
    jsonl: Annotated[
        str | None,
        typer.Option(metavar="IN", help="Weigh many cases: one case file a line; - for stdin."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="Where --jsonl writes, a line a case."),
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes --jsonl uses.")] = 1,
) -> None:
    """Weigh one claim of a case, or every one, or every claim of many cases."""
    with stated_errors():
        checked(coupling)  # type: ignore[arg-type]
        if jsonl is not None:
            weigh_lines(jsonl, output, as_of=day(as_of), coupling=coupling, seed=seed, jobs=jobs)
            return
        if case is None:
            typer.echo("expected a case file, or --jsonl with many; found neither", err=True)
            raise typer.Exit(WRONG_USAGE)
        read = read_case(case)
        if claim is None:
            found = weigh_all(read, as_of=day(as_of), coupling=coupling, seed=seed)  # type: ignore[arg-type]
            _print_all(found, as_json, words)
            return
        name = one_claim(read, claim)
        one = weighed(read, name, as_of=day(as_of), coupling=coupling, seed=seed)  # type: ignore[arg-type]
        if as_json:
            print_json({**as_data(one), **_worded(one, words)})
            return
        in_words = None if words is None else one.in_words(words)
        print_text(str(one))
        if in_words is not None:
            print_text(f"\nIn the words of {words}: {in_words}.")


def _worded(assessment: Assessment, words: str | None) -> dict[str, str]:
    return {} if words is None else {"words": assessment.in_words(words)}


def _print_all(found: tuple[Assessment, ...], as_json: bool, words: str | None) -> None:
    if as_json:
        digest = case_digest(found[0].case) if found else None
        print_json([{**as_data(one, digest=digest), **_worded(one, words)} for one in found])
        return
    columns = ["claim", "likelihood", "90 % interval", "confidence", "bits", "for", "against"]
    rows = [[*_row(one), *([] if words is None else [one.in_words(words)])] for one in found]
    print_table(columns if words is None else [*columns, words], rows)


def _row(one: Assessment) -> list[str]:
    likelihood = "cannot be judged" if one.credibility == "6" else percent(one.probability)
    return [
        one.claim,
        likelihood,
        f"{percent(one.interval.low)} to {percent(one.interval.high)}",
        one.confidence.level,
        "" if one.bits is None else f"{one.bits:+.2f}",
        str(one.independent_origins),
        str(one.opposing_origins),
    ]
