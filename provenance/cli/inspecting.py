"""A case inspected before any number: `check`, `chains`, `schema` and `new`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from provenance.assessment import (
    WEAKNESSES,
    Mentions,
    Names,
    Weakness,
    careful_of,
    mentions_of,
    said_of,
    told_within,
    unweighed_of,
    why_costly,
)
from provenance.assessment import check as checked
from provenance.bounds import spend
from provenance.casefiles import case_schema
from provenance.cli.answering import AsJson, CaseFile, ClaimName, completed
from provenance.cli.exchanging import write_empty_workbook
from provenance.cli.reading import (
    FAILED,
    WRONG_USAGE,
    Budget,
    complain,
    one_claim,
    print_json,
    put,
    read_case,
    stated_errors,
)
from provenance.cli.showing import (
    AGAINST,
    FAINT,
    FOR,
    STRONG,
    Column,
    TextLine,
    patience,
    show_lines,
    show_table,
)
from provenance.errors import CaseError, TooCostly
from provenance.graph import Graph, Story
from provenance.records import Case
from provenance.scales import (
    at_the_start,
    counted,
    listed,
    percent,
)

__all__ = ["chains", "check", "new", "schema"]

Claim = Annotated[
    str,
    typer.Argument(
        metavar="CLAIM", help="A claim's id, or a beginning of it.", autocompletion=completed
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Leave out what was said after this day.")
]


def check(
    case: CaseFile,
    as_json: AsJson = False,
    fail_on: Annotated[
        str,
        typer.Option(metavar="KINDS", help="Exit with 1 on these kinds, comma-separated, or all."),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Tell every weakness, however many are of one kind.")
    ] = False,
    budget: Budget = None,
) -> None:
    """List the problems of a case file, then the weaknesses of the case."""
    gates = _gates(fail_on)
    with stated_errors(budget):
        try:
            read = read_case(case)
        except CaseError as error:
            if as_json:
                told = ("path", "code", "message", "fix")
                found = [{name: getattr(each, name) for name in told} for each in error.problems]
                print_json({"problems": found})
            raise
        with patience("checking"):
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
                "weaknesses": [each.data for each in weaknesses],
            }
        )
    else:
        _show_check(read, mentions, weaknesses, None if everything else _OF_A_KIND)
    if any(each.kind in gates for each in weaknesses):
        raise typer.Exit(FAILED)


def _gates(fail_on: str) -> set[str]:
    wanted = {kind.strip() for kind in fail_on.split(",") if kind.strip()}
    if "all" in wanted:
        return set(WEAKNESSES)
    unknown = sorted(wanted - set(WEAKNESSES))
    if unknown:
        known = ", ".join(WEAKNESSES)
        complain(f"expected kinds of {known}; found {', '.join(unknown)}")
        raise typer.Exit(WRONG_USAGE)
    return wanted


_OF_A_KIND = 25
"""How many claims, and how many weaknesses of a kind, are told unless all are asked for."""


def _show_check(
    case: Case, mentions: Sequence[Mentions], weaknesses: Sequence[Weakness], most: int | None
) -> None:
    """What `check` finds, of each kind as many lines as `most` says."""
    names = Names(Graph.of(case))
    show_lines(["No problems in the file.", ""])
    columns = [Column("claim", wraps=True), Column("mentions", right=True),
               Column("origins", right=True), Column("outlets", right=True)]  # fmt: skip
    rows = (
        [names.graph.texts[each.claim], *map(str, (each.mentions, each.origins, each.outlets))]
        for each in mentions[:most]
    )
    show_table(columns, rows)
    show_lines([*_rest_of(len(mentions), most), "", *_weak_lines(names, weaknesses, most)])


def _rest_of(count: int, most: int | None) -> Iterator[TextLine]:
    """How many are not told, and how to see them."""
    if most is not None and count > most:
        yield TextLine(f"… and {count - most:,} more (--all tells every one)", "  ", style=FAINT)


def _weak_lines(
    names: Names, weaknesses: Sequence[Weakness], most: int | None
) -> Iterator[TextLine]:
    """Weaknesses kind by kind, each kind with what to do about it."""
    if not weaknesses:
        yield TextLine("No weaknesses found.")
        return
    alike: dict[str, dict[str, list[str]]] = {}
    for each in weaknesses:
        right = f"{each.put_right[:1].upper()}{each.put_right[1:]}"
        then = "" if each.would_be is None else f" {right}, it would be {percent(each.would_be)}."
        words = f"{careful_of(names, each, each.claim)}{then}"
        # Those that differ in a number alone, which is not told here, are told once.
        alike.setdefault(each.kind, {}).setdefault(words, []).extend(each.claims)
    advice: dict[str, str] = {each.kind: each.advice for each in weaknesses}
    for number, (kind, told) in enumerate(alike.items()):
        if number:
            yield TextLine("")
        yield TextLine(kind, style=STRONG)
        yield TextLine(advice[kind], "  ", style=FAINT)
        for words, claims in islice(told.items(), most):
            where = f"{listed([names.claim(claim) for claim in claims], 2)}: " if claims else ""
            yield TextLine(f"{where}{words}", "  - ")
        yield from _rest_of(len(told), most)


_OF_A_LINE = 75  # operations for a statement that is told


def chains(
    case: CaseFile,
    claim: ClaimName = None,
    as_json: AsJson = False,
    budget: Budget = None,
) -> None:
    """Show who has it from whom, from every origin to what we have."""
    with stated_errors(budget):
        read = read_case(case)
        graph = Graph.of(read)
        names = [one_claim(read, claim)] if claim else [each.id for each in read.claims]
        with told_within(read) if len(names) > 1 else nullcontext():
            if as_json:
                print_json([_chains(graph, name) for name in names])
                return
            trees = _trees(graph, names)
        show_lines(line for tree in trees for line in tree)
        if len(trees) < len(names):
            complain(
                f"nothing of {counted(len(names) - len(trees), 'claim')}, because to tell all of it "
                f"would take too long: {why_costly(read)}; ask about one of them, or allow more "
                "with --budget"
            )


def _trees(graph: Graph, names: Sequence[str]) -> list[list[TextLine]]:
    """Who has it from whom of every claim, or of as many as the budget covers."""
    found: list[list[TextLine]] = []
    try:
        for name in names:
            found.append([*_tree(graph, name)])
    except TooCostly:
        return found
    return found


def _chains(graph: Graph, claim: str) -> dict[str, Any]:
    found = graph.chains(claim)
    spend(_OF_A_LINE * len(found), "telling who has it from whom")
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


def _tree(graph: Graph, claim: str) -> Iterator[TextLine]:
    """The statements about a claim and what bears on it, each below what it passes on."""
    names = Names(graph)
    story = graph.story(claim)
    lineage = graph.lineage(claim)
    yield TextLine(names.claim(claim), style=STRONG)
    if not lineage.origins:
        yield TextLine("nothing that we have bears on it", "  ")
    for origin in lineage.origins:
        ways = ("for", origin.supports), ("against", origin.opposes)
        side = " and ".join(word for word, is_so in ways if is_so)
        style = {"for": FOR, "against": AGAINST}.get(side, "")
        about, denied = said_of(story, story.statements[origin.statement])
        said = "it" if about == claim else names.claim(about)
        verb = "denied" if denied else "said"
        what = f" {verb} {said}: {side}" if about != claim or denied else f": {side}"
        yield from _branch(names, story, origin.statement, what, style)
    for name, why in unweighed_of(graph, lineage).items():
        said = f"{at_the_start(names.speaker(name))}, without weight: {why.sentence}"
        yield TextLine(said, "  ", FAINT, " " * 6)
    yield TextLine("")


def _branch(names: Names, story: Story, start: int, what: str, style: str) -> Iterator[TextLine]:
    """A statement and, below it, those that pass it on; walked without recursion."""
    waiting = [(start, "  ", "", what)]
    while waiting:
        spend(_OF_A_LINE, "telling who has it from whom")
        index, indent, joint, said = waiting.pop()
        statement = story.statements[index]
        source = names.source(story.witnesses[statement.witness].id)
        held = " (we have the document)" if statement.in_hand else ""
        below = story.listeners[index]
        deeper = indent + {"": "", "├─ ": "│  ", "└─ ": "   "}[joint]
        yield TextLine(
            f"{at_the_start(source)}{said}{held}",
            indent + joint,
            style if not joint else "",
            f"{deeper}    ",
        )
        for place, each in reversed(list(enumerate(below))):
            waiting.append((each, deeper, "└─ " if place == len(below) - 1 else "├─ ", ""))


def schema() -> None:
    """Print the JSON Schema of case files."""
    print_json(case_schema())


_STARTER = """{
  "version": 1,
  "title": "A case to start from",
  "summary": "Put your own claim, sources and statements in place of these.",
  "note": "Notes are for people and change no number. Any record may have one.",
  "claims": [
    {
      "id": "hit",
      "text": "The bridge at Arden was hit on 3 May",
      "prior": 0.3,
      "note": "Prior: how likely it was before anybody said so. Say why here."
    },
    {
      "id": "drone",
      "text": "A drone hit the bridge at Arden",
      "note": "An answer of the question below, which has its prior."
    },
    {
      "id": "shell",
      "text": "A shell hit the bridge at Arden"
    }
  ],
  "questions": [
    {
      "id": "what",
      "text": "What hit the bridge at Arden?",
      "claims": ["drone", "shell"],
      "prior": [0.3, 0.2],
      "exhaustive": false,
      "note": "At most one answer is true. exhaustive false: or none of these, which has the rest of the prior. Ask: provenance weigh CASE what. Take it out, with its claims, where there is nothing to choose."
    }
  ],
  "sources": [
    {
      "id": "mayor",
      "name": "The mayor of Arden",
      "kind": "person",
      "reliability": "C",
      "note": "From A (reliable) to E (unreliable); F: not judged. Say why."
    },
    {
      "id": "daily",
      "name": "The Daily",
      "kind": "outlet",
      "reliability": "B"
    }
  ],
  "documents": [
    {
      "id": "daily-05-04",
      "publisher": "daily",
      "title": "Bridge hit, says mayor",
      "published_on": "2024-05-04"
    }
  ],
  "attributions": [
    {
      "id": "mayor-said",
      "source": "mayor",
      "claim": "hit",
      "said_on": "2024-05-03",
      "basis": "firsthand",
      "note": "How they know: firsthand, own-inquiry, secondhand, inference."
    },
    {
      "id": "daily-mayor",
      "source": "daily",
      "cites": "mayor-said",
      "document": "daily-05-04",
      "locators": [{"paragraph": 2}],
      "note": "It passes on what the mayor said, and is no second witness."
    },
    {
      "id": "daily-drone",
      "source": "daily",
      "claim": "drone",
      "basis": "own-inquiry",
      "document": "daily-05-04",
      "locators": [{"paragraph": 5}],
      "note": "It found this out itself, so this is a word of its own."
    }
  ]
}
"""


def new(
    output: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where to write it; else to standard output."),
    ] = None,
    table: Annotated[
        bool,
        typer.Option("--table", help="An empty workbook (.xlsx) for who said what, explained."),
    ] = False,
) -> None:
    """Write a small case with notes on every part, or an empty workbook, to start from."""
    with stated_errors():
        if output is not None and output.exists():
            complain(f"expected a new file, found {output} there already; nothing was written")
            raise typer.Exit(WRONG_USAGE)
        if table:
            write_empty_workbook(output)
        else:
            put(_STARTER, output)
