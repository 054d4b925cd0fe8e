"""`provenance draft`, `copies` and `audit`: from documents and lists of pages to a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from provenance.casefiles import load_sources, parsed, save_case
from provenance.cli.reading import (
    WRONG_USAGE,
    complain,
    expect_apart,
    harmless,
    print_json,
    read_bytes,
    read_text,
    stated_errors,
)
from provenance.cli.showing import STRONG, TextLine, print_text, show_lines
from provenance.drafting import (
    Draft,
    DraftAnswer,
    DraftStatement,
    SourceDocument,
    draft_answers,
    draft_schema,
    evidence_schema,
    load_draft,
    merge_drafts,
    pydantic_ai_complete,
    read_documents,
    save_draft,
)
from provenance.drafting import audit as audited
from provenance.drafting import copies as who_copied
from provenance.drafting import draft as drafted
from provenance.errors import CaseError, ProvenanceError
from provenance.graph import is_negative
from provenance.records import Registry
from provenance.scales import counted, in_a_sentence

__all__ = ["AsJson", "Sources", "audit", "copies", "draft"]

Sources = Annotated[
    str | None,
    typer.Option("--sources", metavar="REGISTRY", help="Sources with their grades, as JSON."),
]
ModelName = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="Let a model of Pydantic AI draft, by its name."),
]
PromptFile = Annotated[
    Path | None,
    typer.Option("--prompt", metavar="FILE", help="What the model is told instead."),
]
AlsoRules = Annotated[
    bool, typer.Option("--also-rules", help="Beside the model, let the rules draft too.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def draft(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES...", help="Texts, saved pages (.html), or .json with both."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DRAFT", help="Where to write it.")
    ] = None,
    publisher: Annotated[
        list[str] | None,
        typer.Option(
            help="Who published it, for a text that does not say so; once, or for each file."
        ),
    ] = None,
    published: Annotated[
        list[str] | None,
        typer.Option(metavar="DATE", help="When, for a text that does not say so; likewise."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="What the draft is about.")] = None,
    sources: Sources = None,
    model: ModelName = None,
    prompt: PromptFile = None,
    also_rules: AlsoRules = False,
    weigh: Annotated[
        bool,
        typer.Option("--weigh", help="Also answer every claim, before anybody has confirmed it."),
    ] = False,
    as_json: AsJson = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of drafts.")
    ] = False,
) -> None:
    """Draft who says what, from whom, in some documents, for a person to confirm."""
    with stated_errors():
        if schema:
            print_json(draft_schema())
            return
        if not files:
            complain("expected at least one file, found none")
            raise typer.Exit(WRONG_USAGE)
        expect_apart(output, *files, sources, prompt)
        _expect_undecided(output)
        registry = load_sources(sources) if sources else None
        stated = {"publisher": publisher or [], "published_on": published or []}
        documents = list(_read(files, registry, stated))
        found = _drafted(documents, model, prompt, also_rules=also_rules)
        found = found.evolve(title=title or None)
        if output is not None:
            save_draft(found, output)
        answers = draft_answers(found, registry=registry) if weigh else ()
        if as_json:
            data: dict[str, Any] = found.written()
            if weigh:
                data = {"draft": data, "answers": [each.data for each in answers]}
            print_json(data)
            return
        show_lines((*_told(found), *_weighed(answers)))
        if output is not None:
            show_lines(["", f"Next: provenance review {output}"])


def _expect_undecided(output: Path | None) -> None:
    """Refuse to write over a draft on which somebody has decided."""
    if output is None or not output.is_file():
        return
    try:
        there = load_draft(output)
    except ProvenanceError:
        return
    decided = sum(each.state != "draft" for each in there.statements)
    if decided:
        complain(
            f"expected another file to write to, found {harmless(str(output))}, a draft with "
            f"{_number(decided, 'decision')}; name another file, or delete it first"
        )
        raise typer.Exit(WRONG_USAGE)


def _drafted(
    documents: Sequence[SourceDocument], model: str | None, prompt: Path | None, *, also_rules: bool
) -> Draft:
    """A draft by the rules, by a model, or by both, which then says where they differ."""
    if model is None:
        if prompt is not None or also_rules:
            complain("expected --model with --prompt and --also-rules, found none")
            raise typer.Exit(WRONG_USAGE)
        return drafted(documents)
    found = _by_model(documents, model, prompt)
    return merge_drafts([drafted(documents), found]) if also_rules else found


def _by_model(documents: Sequence[SourceDocument], model: str, prompt: Path | None) -> Draft:
    """A draft by a model of Pydantic AI, with a count where a person waits for it."""
    wording = None if prompt is None else read_text(prompt)
    ask = pydantic_ai_complete(model)
    with Progress(
        TextColumn("{task.description}"), console=Console(stderr=True), transient=True
    ) as progress:
        task = progress.add_task(f"Asking {harmless(model)}", total=None)

        def complete(text: str, schema: dict[str, Any]) -> str:
            progress.advance(task)
            asked = int(progress.tasks[0].completed)
            progress.update(task, description=f"Asking {harmless(model)}, question {asked}")
            return ask(text, schema)

        return drafted(documents, complete, model=model, prompt=wording)


def _read(
    files: Sequence[Path], registry: Registry | None, stated: Mapping[str, Sequence[str]]
) -> Iterator[SourceDocument]:
    """The documents of some files, with a bar where a person waits."""
    for name, values in stated.items():
        if len(values) not in (0, 1, len(files)):
            option = "--publisher" if name == "publisher" else "--published"
            complain(
                f"expected {option} once, or once for each of {len(files)} files, found it "
                f"{len(values)} times"
            )
            raise typer.Exit(WRONG_USAGE)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
    )
    err = Console(stderr=True)
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("Reading", total=len(files))
        taken: set[str] = set()
        for place, path in enumerate(files):
            known = {
                name: values[place if len(values) > 1 else 0]
                for name, values in stated.items()
                if values
            }
            for document in read_documents(path, registry=registry, taken=taken, **known):
                taken.add(document.id)
                yield document
            progress.advance(task)


_UNCONFIRMED = "unconfirmed  "


def _told(found: Draft) -> Iterator[TextLine]:
    """The draft in lines: how much there is, and every statement with its chain."""
    statements, documents, claims = (
        _number(len(each), noun)
        for each, noun in (
            (found.statements, "statement"),
            (found.documents, "document"),
            (found.claims, "claim"),
        )
    )
    yield TextLine(
        f"{statements} in {documents}, on {claims}. Nobody has confirmed any of them.",
        style=STRONG,
    )
    heard = {each.document for each in found.statements}
    heard |= {each.document for each in found.refused}
    for document in found.documents:
        remarks = document.remarks
        if document.id not in heard and not any(each.startswith("not ") for each in remarks):
            words = counted(len(document.text.split()), "word")
            found_none = f"in its {words} nobody is found to say anything; is this the whole text?"
            remarks = (*remarks, found_none)
        for remark in remarks:
            yield TextLine(f"{document.id}: {remark}")
    if found.refused:
        noun = "thing" if len(found.refused) == 1 else "things"
        yield TextLine(f"{len(found.refused)} {noun} that the model answered could not be used:")
    for refusal in found.refused:
        yield TextLine(str(refusal), "refused  ")
    for statement in found.statements:
        yield TextLine(_chain_of(found, statement), _UNCONFIRMED)
        yield TextLine(_said_in(found, statement), "    ")


def _number(count: int, noun: str) -> str:
    """A count in figures, with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _chain_of(found: Draft, statement: DraftStatement) -> str:
    """Who has it from whom: "The Gazette, from the Herald (inferred)"."""
    first, *others = (
        found.source(hop.source).label + ("" if hop.explicit else " (inferred)")
        for hop in statement.chain
    )
    told = ", from ".join([first, *map(in_a_sentence, others)])
    if statement.continues is not None:
        told += f", as in {found.statement(statement.continues).document}"
    return f"{told}, who denies it" if statement.stance == "denies" else told


def _said_in(found: Draft, statement: DraftStatement) -> str:
    """The content; the claim where somebody says that it is not so, and so denies it."""
    content = _content_of(statement)
    if statement.stance == "affirms" or not is_negative(content):
        return content
    return next(each.text for each in found.claims if each.id == statement.claim)


def _content_of(statement: DraftStatement) -> str:
    return " … ".join(" ".join(each.text.split()) for each in statement.content)


def _weighed(answers: Sequence[DraftAnswer]) -> Iterator[TextLine]:
    """The answers, one a claim; the claims that nobody who is graded speaks on, in one line."""
    judged = [each for each in answers if each.assessment.credibility != "6"]
    if answers:
        count, of = answers[0].unconfirmed, answers[0].attributions
        yield TextLine("")
        yield TextLine(
            f"Answers from {count} of {_number(of, 'attribution')} that nobody has confirmed:",
            style=STRONG,
        )
    for each in judged:
        lead, _, words = str(each).partition("  ")
        yield TextLine(words, f"{lead}  ")
    if len(judged) < len(answers):
        count = len(answers) - len(judged)
        told = f"{counted(count, 'claim')} not judged: nobody who speaks on"
        them = "it" if count == 1 else "them"
        yield TextLine(f"{told} {them} has a grade (see --sources).", _UNCONFIRMED)


# Who copied whom, and what a list of pages is worth.


def copies(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", help="Texts, saved pages (.html), or .json with both."),
    ],
    sources: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Show who copied whom in some documents, by shared passages, credits and dates."""
    with stated_errors():
        registry = load_sources(sources) if sources else None
        documents = tuple(_read(files, registry, {}))
        found = who_copied(documents)
        for line in _given_twice(documents):
            complain(line)
        if as_json:
            print_json(found.data)
        else:
            first, *rest = str(found).split("\n")
            show_lines(
                [TextLine(first, style=STRONG), *(TextLine(each, hang="    ") for each in rest)]
            )


def _given_twice(documents: Sequence[SourceDocument]) -> Iterator[str]:
    """Texts of one publisher that are the same: no copy of each other, but one thing."""
    first: dict[tuple[str, str], str] = {}
    for each in documents:
        other = first.setdefault((each.sha256, each.publisher_id), each.id)
        if other != each.id:
            yield f"{each.id} is {other} once more: the same text, of the same publisher"


def audit(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="EVIDENCE...",
            help="A list of pages as JSON, - for standard input, or saved pages and texts.",
        ),
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option("--claim", metavar="TEXT", help="What the pages are about; may be repeated."),
    ] = None,
    sources: Sources = None,
    ungraded: Annotated[
        str, typer.Option(metavar="GRADE", help="The grade of sources that nobody graded, A to F.")
    ] = "C",
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Leave out what was published later.")
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option("--case", metavar="CASE", help="Write the case that the pages make."),
    ] = None,
    as_json: AsJson = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a list of pages.")
    ] = False,
) -> None:
    """Say how many origins a list of pages has, and what that makes likely."""
    with stated_errors():
        if schema:
            print_json(evidence_schema())
            return
        if not files:
            complain("expected a list of pages, found none")
            raise typer.Exit(WRONG_USAGE)
        registry = load_sources(sources) if sources else None
        evidence = _evidence(files, registry)
        with _named(", ".join(files)):
            found = audited(
                evidence, claim or None, sources=registry, ungraded=ungraded, as_of=as_of
            )
        if case is not None:
            save_case(found.case, case)
        if as_json:
            print_json(found.data)
        else:
            print_text(str(found))


def _evidence(files: Sequence[str], registry: Registry | None) -> Any:
    """What some files hold: a list of pages with what it says of them, or the pages of several."""
    held: list[Any] = []
    for file in files:
        if file != "-" and Path(file).suffix.lower() != ".json":
            held += read_documents(file, registry=registry, taken=())
            continue
        with _named(file):
            read = parsed(read_bytes(Path(file)))
            if read.problems:
                raise CaseError(read.problems)
        if len(files) == 1:
            return read.document
        held += read.document if isinstance(read.document, list) else [read.document]
    return held


@contextmanager
def _named(where: str) -> Iterator[None]:
    """Tell in which files the problems are that are found inside."""
    try:
        yield
    except CaseError as error:
        raise CaseError(error.problems, where) from error
