"""`provenance what-if`, `leads`, `timeline` and `compare`: an answer that can be questioned."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from provenance.assessment.changes import Change, Remove, read_change
from provenance.assessment.curves import over_priors
from provenance.assessment.leads import leads as leads_of
from provenance.assessment.sensitivity import sensitivity
from provenance.assessment.timeline import timeline as timeline_of
from provenance.assessment.what_if import what_if as what_if_of
from provenance.cli.printing import print_json, print_text
from provenance.cli.reading import day, one_claim, read_case, stated_errors
from provenance.cli.weighing import AsJson, CaseFile
from provenance.methods import compare as compare_of

__all__ = ["compare", "leads", "priors", "sensitivities", "timeline", "what_if"]

Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or a beginning of it.")]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Leave out what was said after this day.")
]


def _print(found: Any, as_json: bool) -> None:
    if as_json:
        print_json(found.data)
    else:
        print_text(str(found))


def what_if(
    case: CaseFile,
    claim: Claim,
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CHANGE]...", help="Such as reliability:ID=B or prior:ID=0.3."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND:ID", help="Leave out source:ID, attribution:ID or link:NAME."),
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Weigh a claim again with some numbers changed or some records left out."""
    with stated_errors():
        read = read_case(case)
        name = one_claim(read, claim)
        wanted: list[Change | Remove] = [read_change(each) for each in changes or ()]
        wanted += map(Remove, without or ())
        _print(what_if_of(read, name, *wanted, as_of=day(as_of)), as_json)


def priors(case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """Show the same evidence over the whole range of priors."""
    with stated_errors():
        read = read_case(case)
        _print(over_priors(read, one_claim(read, claim), as_of=day(as_of)), as_json)


def sensitivities(
    case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None
) -> None:
    """Show how the answer moves with the reliability of every source."""
    with stated_errors():
        read = read_case(case)
        _print(sensitivity(read, one_claim(read, claim), as_of=day(as_of)), as_json)


def leads(case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """List what to find out next, by how much it is expected to move the answer."""
    with stated_errors():
        read = read_case(case)
        _print(leads_of(read, one_claim(read, claim), as_of=day(as_of)), as_json)


def timeline(case: CaseFile, claim: Claim, as_json: AsJson = False) -> None:
    """Show how the answer grew, day by day."""
    with stated_errors():
        read = read_case(case)
        _print(timeline_of(read, one_claim(read, claim)), as_json)


def compare(case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None) -> None:
    """Show what other methods say of the same claim, and why they differ."""
    with stated_errors():
        read = read_case(case)
        found = compare_of(read, one_claim(read, claim), as_of=day(as_of))
        if as_json:
            print_json(_comparison(found))
        else:
            print_text(str(found))


def _comparison(found: Any) -> dict[str, Any]:
    return {
        "claim": found.claim,
        "prior": found.prior,
        "warnings": list(found.warnings),
        "rows": [
            {
                "method": row.method,
                "probability": row.probability,
                "low": row.low,
                "high": row.high,
                "finding": row.finding,
                "why": row.why,
            }
            for row in found.rows
        ],
    }
