"""An answer questioned: `what-if`, `leads`, `sensitivity`, `timeline`, `compare`, `report`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from provenance.assessment import (
    Change,
    Curve,
    Lead,
    Leads,
    Names,
    Remove,
    Timeline,
    WhatIf,
    became_known,
    careful_of,
    less_in_words,
    over_priors,
    read_change,
    sensitivity,
    supposed_in_words,
)
from provenance.assessment import leads as leads_of
from provenance.assessment import timeline as timeline_of
from provenance.assessment import what_if as what_if_of
from provenance.casefiles import write_whole
from provenance.cli.answering import AsJson, CaseFile, completed
from provenance.cli.reading import (
    WRONG_USAGE,
    Budget,
    complain,
    day,
    expect_apart,
    one_claim,
    print_json,
    read_case,
    stated_errors,
)
from provenance.cli.showing import (
    FAINT,
    STRONG,
    Column,
    TextLine,
    patience,
    print_text,
    show_lines,
    show_table,
)
from provenance.graph import Graph
from provenance.methods import Comparison
from provenance.methods import compare as compare_of
from provenance.report import interactive_html, method_in_words, report_html
from provenance.scales import (
    convert,
    day_in_words,
    in_words,
    number_in_words,
    percent,
    points,
    quoted,
    scale_names,
    sentence,
    span_in_words,
)
from provenance.scales import scale as scale_named

__all__ = ["compare", "leads", "priors", "report", "scale", "sensitivities", "timeline", "what_if"]

Claim = Annotated[
    str,
    typer.Argument(
        metavar="CLAIM", help="A claim's id, or a beginning of it.", autocompletion=completed
    ),
]
AsOf = Annotated[
    str | None, typer.Option(metavar="DATE", help="Leave out what was said after this day.")
]


def _asked(text: str, probability: float) -> Iterator[TextLine]:
    """What is asked, and how it stands."""
    yield TextLine(quoted(text, 400))
    yield TextLine(f"It stands at {percent(probability)}.", style=STRONG)
    yield TextLine("")


def what_if(
    case: CaseFile,
    claim: Claim,
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CHANGE...",
            help="Such as reliability:ID=B, cites:ID=OTHER, retracted_on:ID=DATE or one_voice=ID,ID.",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND:ID", help="Leave out source:ID, attribution:ID or link:NAME."),
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
    budget: Budget = None,
) -> None:
    """Weigh a claim again with something changed or left out."""
    if not changes and not without:
        complain(
            "expected something to change, such as reliability:ID=B or --without source:ID; "
            "found nothing"
        )
        raise typer.Exit(WRONG_USAGE)
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        wanted: list[Change | Remove] = [read_change(each) for each in changes or ()]
        wanted += map(Remove, without or ())
        with patience("weighing"):
            found = what_if_of(read, name, *wanted, as_of=as_of)
        if as_json:
            print_json(found.data)
            return
        names = Names(Graph.of(read))
        supposed = supposed_in_words(names, wanted)
        told = f"{supposed[:1].upper()}{supposed[1:]}: {_moved(found)}"
        show_lines([quoted(found.before.text, 400), "", told])


def _moved(found: WhatIf) -> str:
    """How far the answer goes, and the confidence with it."""
    ends = percent(found.before.probability), percent(found.probability)
    if found.why_unmoved:
        said = f"it stays at {ends[0]}: {found.why_unmoved}"
    elif ends[0] == ends[1]:
        said = f"it stays at {ends[0]}, give or take {points(found.change)}"
    else:
        said = f"it goes from {ends[0]} to {ends[1]}"
    levels = found.before.confidence.level, found.level
    if levels[0] != levels[1]:
        said += f", and confidence from {levels[0]} to {levels[1]}"
    return " ".join(filter(None, (f"{said}.", found.perhaps_in_words, found.doubts_in_words)))


def priors(
    case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None, budget: Budget = None
) -> None:
    """Show the same evidence over the whole range of priors."""
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        with patience("weighing"):
            found = over_priors(read, name, as_of=as_of)
        if as_json:
            print_json(found.data)
            return
        text = next(each.text for each in read.claims if each.id == name)
        show_lines(_asked(text, found.probability))
        _show_priors(found)


def _show_priors(found: Curve) -> None:
    columns = [Column("if it started at", right=True), Column("it would stand at", right=True)]
    show_table(columns, ([percent(each.at), percent(each.probability)] for each in found.points))
    here = None if found.here is None else percent(found.here)
    even = None if found.even is None else percent(found.even)
    show_lines(
        [
            "",
            "It has no single start in this case."
            if here is None
            else f"The case starts it at {here}.",
            "On no prior would it be even."
            if even is None
            else f"It would be even if it started at {even}.",
        ]
    )


def sensitivities(
    case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None, budget: Budget = None
) -> None:
    """Show how the answer moves with the reliability of every source."""
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        with patience("weighing"):
            found = sensitivity(read, name, as_of=as_of)
        if as_json:
            print_json(found.data)
            return
        titles = {each.id: each.title for each in read.sources}
        show_lines(_asked(found.text, found.probability))
        columns = [Column("source", wraps=True), Column("now"), Column("a grade down", right=True),
                   Column("a grade up", right=True), Column("moves it", right=True)]  # fmt: skip
        show_table(
            columns,
            (
                [
                    titles.get(each.source, each.source),
                    "not judged" if each.reliability == "F" else each.reliability,
                    f"{each.lower_grade}: {percent(each.lower)}",
                    f"{each.upper_grade}: {percent(each.upper)}",
                    points(each.swing),
                ]
                for each in found.sources
            ),
        )


_MOST_LEADS = 6


def leads(
    case: CaseFile,
    claim: Claim,
    as_json: AsJson = False,
    as_of: AsOf = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that would move it less.")
    ] = False,
    budget: Budget = None,
) -> None:
    """List what to find out next, what would move the answer most first."""
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        with patience("looking for leads"):
            found = leads_of(read, name, as_of=as_of)
        if as_json:
            print_json(found.data)
            return
        show_lines(_asked(found.text, found.probability))
        if not found.ranked:
            show_lines(["Nothing that could be found out here would move it."])
            return
        shown = found.ranked if every else found.worth_following[:_MOST_LEADS]
        if shown:
            _show_leads(shown)
        less = _less(found, len(shown))
        if less:
            show_lines([*([""] if shown else []), TextLine(less, style=FAINT)])


def _less(found: Leads, shown: int) -> str:
    """What is not listed, in one line."""
    worth = len(found.worth_following)
    if shown == len(found):
        return ""
    if not worth:
        return f"{less_in_words(len(found), is_all=True)} See --all."
    more, small = worth - shown, len(found) - worth
    by_less = [sentence(f"{number_in_words(more)} more would move it less")] if more else []
    by_less += [less_in_words(small)] if small else []
    return f"{' '.join(by_less)} See --all."


def _show_leads(shown: Sequence[Lead]) -> None:
    columns = [Column("what to find out", wraps=True), Column("one way", right=True),
               Column("or the other", right=True), Column("shift", right=True)]  # fmt: skip
    show_table(columns, map(_lead, shown))


def _lead(lead: Lead) -> list[str]:
    """A lead with its two outcomes; of a judgement, those with the best and the worst grade."""
    one, other = lead.outcomes[0], lead.outcomes[-1]
    words = _OUTCOMES.get(lead.kind, ("true", "false"))
    if len(lead.outcomes) > 2:
        one, other, words = lead.best, lead.worst, ("at best", "at worst")
    if lead.kind == "judge":
        words = f"grade {one.text[-1]}", f"grade {other.text[-1]}"
    ends = [
        f"{word}: {percent(each.probability)}"
        for word, each in zip(words, (one, other), strict=True)
    ]
    return [lead.text, *ends, points(lead.expected_change)]


_OUTCOMES: Mapping[str, tuple[str, str]] = {
    "obtain": ("says so", "says otherwise"),
    "ask": ("affirmed", "denied"),
    "independent": ("affirmed", "denied"),
    "lineage": ("one voice", "each its own"),
    "voices": ("one voice", "two"),
}
"""What the two outcomes of a lead are called in a cell; of a claim to be settled true and false."""


def timeline(case: CaseFile, claim: Claim, as_json: AsJson = False, budget: Budget = None) -> None:
    """Show how the answer grew, day by day."""
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        with patience("weighing day by day"):
            found = timeline_of(read, name)
        if as_json:
            print_json(found.data)
            return
        show_lines(_asked(found.text, found.entries[-1].probability))
        _show_days(found)


def _show_days(found: Timeline) -> None:
    columns = [Column("as of"), Column("answer", right=True), Column("90 % interval"),
               Column("what became known", wraps=True)]  # fmt: skip
    show_table(
        columns,
        (
            [
                "the start" if each.on is None else day_in_words(each.on),
                percent(each.probability),
                span_in_words(each.interval.low, each.interval.high),
                "; ".join(became_known(each)) or "nothing yet",
            ]
            for each in found.entries
        ),
    )
    if found.caveats:
        told = (careful_of(found.names, each) for each in found.caveats)
        show_lines(["", *(TextLine(each, "  - ") for each in told)])


def compare(
    case: CaseFile, claim: Claim, as_json: AsJson = False, as_of: AsOf = None, budget: Budget = None
) -> None:
    """Show what other methods say of the same claim."""
    with stated_errors(budget):
        read = read_case(case)
        name = one_claim(read, claim)
        with patience("asking every method"):
            found = compare_of(read, name, as_of=as_of)
        if as_json:
            print_json(_comparison(found))
            return
        text = next(each.text for each in read.claims if each.id == name)
        lines = (quoted(text, 400), f"All start from {percent(found.prior)}.", "")
        show_lines(lines)
        columns = [Column("method", wraps=True), Column("answer", right=True),
                   Column("what it does", wraps=True)]  # fmt: skip
        show_table(
            columns,
            (
                [
                    each.method,
                    "none" if each.probability is None else percent(each.probability),
                    method_in_words(each.method) or each.why,
                ]
                for each in found.rows
            ),
        )


def _comparison(found: Comparison) -> dict[str, Any]:
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


# `provenance report` and `scale`: pages and pictures, and words for a probability.


def report(
    case: CaseFile,
    claim: Claim,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page.")],
    as_of: AsOf = None,
    brief: Annotated[
        bool,
        typer.Option("--brief/--full", help="The answer and its grounds, or every section."),
    ] = True,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="With sliders for the prior and every source.")
    ] = False,
    public: Annotated[
        bool, typer.Option("--public", help="For readers: no grades, interests, notes, case file.")
    ] = False,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to print on it; today if left out.")
    ] = None,
    budget: Budget = None,
) -> None:
    """Write a one-file page about a claim, with pictures and the case in it."""
    with stated_errors(budget):
        if public and (interactive or not brief):
            raise typer.BadParameter("a page for the public is brief and has no sliders")
        expect_apart(output, case)
        read = read_case(case)
        name = one_claim(read, claim)
        weighed_on = day(on) or date.today()
        with patience("writing the page"):
            if interactive:
                page = interactive_html(read, name, as_of=as_of, weighed_on=weighed_on)
            else:
                page = report_html(
                    read, name, as_of=as_of, brief=brief, weighed_on=weighed_on, public=public
                )
        write_whole(output, page)


def scale(
    name: Annotated[str | None, typer.Argument(metavar="SCALE", help="The scale.")] = None,
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="A probability, or a term of it.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="SCALE", help="Convert the term.")] = None,
) -> None:
    """List the scales, show one, put a probability into its words, or convert a term by label."""
    with stated_errors():
        if name is None:
            columns = [Column("scale"), Column("what it is", wraps=True)]
            show_table(columns, ([each, scale_named(each).title] for each in scale_names()))
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
