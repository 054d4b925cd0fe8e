"""`provenance check`, `chains` and `schema`: what a case holds, before any number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from provenance.assessment.checking import WEAKNESSES, Weakness, mentions_of
from provenance.assessment.checking import check as checked
from provenance.casefiles import case_schema
from provenance.cli.printing import print_json, print_text
from provenance.cli.reading import FAILED, WRONG_USAGE, one_claim, read_case, stated_errors
from provenance.cli.weighing import AsJson, CaseFile, ClaimName
from provenance.errors import CaseError
from provenance.graph import Graph, Story

__all__ = ["chains", "check", "schema"]


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
