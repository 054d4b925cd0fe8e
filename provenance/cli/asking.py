"""`provenance what-if`, `leads`, `timeline` and `compare`: an answer that can be questioned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from provenance.assessment import (
    WEAKNESSES,
    Change,
    Remove,
    Weakness,
    mentions_of,
    over_priors,
    read_change,
    sensitivity,
)
from provenance.assessment import check as checked
from provenance.assessment import leads as leads_of
from provenance.assessment import timeline as timeline_of
from provenance.assessment import what_if as what_if_of
from provenance.casefiles import case_schema, write_whole
from provenance.cli.answering import AsJson, CaseFile, ClaimName
from provenance.cli.reading import (
    FAILED,
    WRONG_USAGE,
    day,
    one_claim,
    print_json,
    print_text,
    read_case,
    stated_errors,
)
from provenance.errors import CaseError
from provenance.graph import Graph, Story
from provenance.methods import compare as compare_of
from provenance.report import report_html
from provenance.scales import convert, in_words, scale_names
from provenance.scales import scale as scale_named

__all__ = [
    "chains",
    "check",
    "compare",
    "leads",
    "priors",
    "report",
    "scale",
    "schema",
    "sensitivities",
    "timeline",
    "what_if",
]

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


# `provenance check`, `chains` and `schema`: what a case holds, before any number.


def check(
    case: CaseFile,
    as_json: AsJson = False,
    fail_on: Annotated[
        str,
        typer.Option(metavar="KINDS", help="Exit with 1 on these kinds, comma-separated, or all."),
    ] = "",
) -> None:
    """List the problems of a case file, then the weaknesses of the case."""
    gates = _gates(fail_on)
    with stated_errors():
        try:
            read = read_case(case)
        except CaseError as error:
            if as_json:
                print_json({"problems": [_problem(each) for each in error.problems]})
            raise
        weaknesses, mentions = checked(read), mentions_of(read)
    if as_json:
        print_json(
            {
                "problems": [],
                "claims": [
                    {
                        "claim": each.claim,
                        "mentions": each.mentions,
                        "origins": each.origins,
                        "outlets": each.outlets,
                        "summary": str(each),
                    }
                    for each in mentions
                ],
                "weaknesses": [_weakness(each) for each in weaknesses],
            }
        )
    else:
        print_text("\n".join(_listed(mentions, weaknesses)))
    if any(each.kind in gates for each in weaknesses):
        raise typer.Exit(FAILED)


def _gates(fail_on: str) -> set[str]:
    wanted = {kind.strip() for kind in fail_on.split(",") if kind.strip()}
    if "all" in wanted:
        return set(WEAKNESSES)
    unknown = sorted(wanted - set(WEAKNESSES))
    if unknown:
        known = ", ".join(WEAKNESSES)
        typer.echo(f"expected kinds of {known}; found {', '.join(unknown)}", err=True)
        raise typer.Exit(WRONG_USAGE)
    return wanted


def _problem(problem: Any) -> dict[str, str]:
    return {
        "path": problem.path,
        "code": problem.code,
        "message": problem.message,
        "fix": problem.fix,
    }


def _weakness(weakness: Weakness) -> dict[str, Any]:
    return {
        "kind": weakness.kind,
        "claim": weakness.claim,
        "text": weakness.text,
        "about": list(weakness.about),
    }


def _listed(mentions: Sequence[Any], weaknesses: Sequence[Weakness]) -> Iterator[str]:
    yield "No problems in the file."
    yield ""
    for each in mentions:
        yield f"{each.claim}: {each}"
    yield ""
    if not weaknesses:
        yield "No weaknesses found."
        return
    yield "Weaknesses:"
    for weakness in weaknesses:
        yield f"  {weakness.kind:<16}  {weakness}"


def chains(
    case: CaseFile,
    claim: ClaimName = None,
    as_json: AsJson = False,
) -> None:
    """Show who has it from whom: every origin, and how it reached what is in hand."""
    with stated_errors():
        read = read_case(case)
        graph = Graph.of(read)
        names = [one_claim(read, claim)] if claim else [each.id for each in read.claims]
        if as_json:
            print_json([_chains(graph, name) for name in names])
        else:
            print_text("\n".join(line for name in names for line in _tree(graph, name)))


def _chains(graph: Graph, claim: str) -> dict[str, Any]:
    found = graph.chains(claim)
    return {
        "claim": claim,
        "routes": graph.lineage(claim).routes,
        "chains": [
            {
                "statements": list(chain.ids),
                "sources": list(chain.sources),
                "direction": {1: "for", -1: "against"}.get(chain.direction, "either way"),
            }
            for chain in found
        ],
    }


def _tree(graph: Graph, claim: str) -> Iterator[str]:
    """The statements about a claim and what bears on it, each below what it passes on."""
    story = graph.story(claim)
    lineage = graph.lineage(claim)
    yield f"{claim}: {graph.texts[claim]}"
    if not lineage.origins:
        yield "  nothing in hand bears on it"
    for origin in lineage.origins:
        side = " / ".join(
            word for word, is_so in (("for", origin.supports), ("against", origin.opposes)) if is_so
        )
        yield from _branch(graph, story, origin.statement, "  ", "", f" [{side}]")
    yield ""


def _branch(
    graph: Graph, story: Story, start: int, indent: str, joint: str, side: str
) -> Iterator[str]:
    """A statement and, below it, those that pass it on; walked without recursion."""
    waiting = [(start, indent, joint, side)]
    while waiting:
        index, indent, joint, side = waiting.pop()
        statement = story.statements[index]
        source = graph.titles[story.witnesses[statement.witness].id]
        hand = ", in hand" if statement.in_hand else ""
        about = story.questions[statement.question].values[statement.value]
        says = f" on {about}" if statement.cites is None and about else ""
        yield f"{indent}{joint}{source} ({statement.id}{hand}){says}{side}"
        below = story.listeners[index]
        deeper = indent + {"": "", "├─ ": "│  ", "└─ ": "   "}[joint] + ("" if joint else "  ")
        for place, each in reversed(list(enumerate(below))):
            waiting.append((each, deeper, "└─ " if place == len(below) - 1 else "├─ ", ""))


def schema() -> None:
    """Print the JSON Schema of case files."""
    print_json(case_schema())


# `provenance report` and `scale`: pages and pictures, and words for a probability.


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
