"""`provenance review`: a person decides on a draft, in the terminal, on a page, or by its decisions."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import attrs
import typer

from provenance.casefiles import load_sources, save_case, write_whole
from provenance.cli.drafting import AsJson, Sources
from provenance.cli.reading import (
    FAILED,
    WRONG_USAGE,
    complain,
    expect_apart,
    harmless,
    print_json,
    stated_errors,
)
from provenance.cli.showing import STRONG, TextLine, print_text, show_lines
from provenance.drafting import (
    Draft,
    DraftStatement,
    confirm,
    correct,
    decide,
    join_sources,
    load_decisions,
    load_draft,
    reject,
    review_html,
    reword,
    save_draft,
    undo,
)
from provenance.errors import CaseError, InvalidValue, ProvenanceError

__all__ = ["review"]


def review(
    path: Annotated[Path, typer.Argument(metavar="DRAFT", help="A draft.")],
    html: Annotated[
        Path | None, typer.Option("--html", metavar="PAGE", help="Write the page to review it on.")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", metavar="FILE", help="Take over what the page has saved."),
    ] = None,
    case: Annotated[
        Path | None,
        typer.Option("--case", metavar="CASE", help="Write the case of what is confirmed."),
    ] = None,
    sources: Sources = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides.")] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE=OTHER",
            help="Take a source for another one, throughout; may be repeated.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--all", help="Show what was decided before, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Go through a draft: accept, correct or reject every statement, now or later."""
    with stated_errors():
        for output in (case, html):
            expect_apart(output, path, decisions, sources)
        found = load_draft(path)
        for each in same or ():
            source, equals, other = each.partition("=")
            if not equals:
                complain(f"expected SOURCE=OTHER with --same, found {harmless(each)}")
                raise typer.Exit(WRONG_USAGE)
            found = join_sources(found, source.strip(), other.strip())
        if same:
            save_draft(found, path)  # all of them or none
        if html is not None:
            write_whole(html, review_html(found))
        if decisions is not None:
            found = _decided(found, decisions, by)
            save_draft(found, path)
        if not (html or decisions or case or same or as_json):
            found = _in_terminal(found, path, by, again=again)
        if case is not None:
            registry = load_sources(sources) if sources else None
            made = found.case(registry=registry)
            if not made.attributions:
                complain(
                    "expected a statement that is confirmed or corrected, found none; no case was "
                    f"written. Decide first: provenance review {harmless(str(path))}"
                )
                raise typer.Exit(FAILED)
            save_case(made, case)
        _report(found, as_json)
        if not (as_json or case):
            _next(found, path, html)


def _decided(found: Draft, decisions: Path, by: str | None) -> Draft:
    """The draft after what a page has saved; all of it or nothing."""
    taken = load_decisions(decisions).decisions
    named = [each if each.by or not by else each.evolve(by=by) for each in taken]
    try:
        return decide(found, named)
    except CaseError as error:
        raise CaseError(error.problems, str(decisions)) from error


def _report(found: Draft, as_json: bool) -> None:
    states = _states(found)
    if as_json:
        print_json(states)
        return
    shown = {("waiting" if name == "draft" else name): n for name, n in states["states"].items()}
    print_text(", ".join(f"{number} {state}" for state, number in shown.items()))


def _next(found: Draft, path: Path, page: Path | None) -> None:
    """What to do next: go on, or make the case."""
    if page is not None:
        show_lines([f"Next: open {page} in a browser; it saves a file of decisions. Then",
                    f"      provenance review {path} --decisions decisions.json"])  # fmt: skip
    elif found.waiting:
        show_lines([f"Go on with: provenance review {path}"])
    else:
        show_lines([f"Next: provenance review {path} --case case.json"])


def _states(found: Draft) -> dict[str, Any]:
    states = ("draft", "confirmed", "corrected", "rejected")
    return {
        "states": {
            state: sum(each.state == state for each in found.statements) for state in states
        },
        "statements": [{"id": each.id, "state": each.state} for each in found.statements],
    }


# In the terminal: one statement after the other.

_NO_KEYS = (
    "expected a terminal whose keys can be read, found none; decide in a browser with "
    "provenance review DRAFT --html PAGE"
)
_KEYS = (
    "[a]ccept  [c]orrect  [r]eject  [m]ove under another claim  [u]ndo  [s]kip  [b]ack  "
    "[q]uit and go on later  [?]"
)
_HELP = (
    "a  accept: it stands as it is drafted",
    "c  correct: who has it from whom, the claim, affirms or denies, the hedge",
    "r  reject: it is in no case",
    "m  move it under another claim, chosen by its number; 1 to 9 do so at once",
    "u  undo the decision on this statement, or else the last one of this sitting",
    "s  skip it for now       b  back to the one before",
    "q  stop here; every decision is saved, and `provenance review` goes on later",
    "The same source under two names: provenance review DRAFT --same \"one name=other name\"",
)  # fmt: skip
_MOST_LISTED = 60
"""How many claims and sources are listed to choose from."""
_LONGEST_SHOWN = 100


@attrs.define
class _Sitting:
    """A draft, while somebody goes through it; every decision is saved at once."""

    found: Draft
    path: Path
    by: str | None
    order: list[str]
    """The statements to go through."""
    at: int = 0
    decided: list[str] = attrs.Factory(list)
    """What was decided in this sitting, the last one last."""
    claims: list[str] = attrs.Factory(list)
    """Claims by their numbers, which stay what they are while somebody types them."""
    sources: list[str] = attrs.Factory(list)
    """Sources by their numbers."""
    chosen: set[str] = attrs.Factory(set)
    """Claims under which something was put in this sitting."""

    @property
    def statement(self) -> DraftStatement:
        return self.found.statement(self.order[self.at])

    def keep(self, draft: Draft) -> None:
        """Save a draft, and number what is new in it."""
        save_draft(draft, self.path)
        self.found = draft
        self.number()

    def number(self) -> None:
        """Number the claims, those that several statements share first, and the sources."""
        uses = self.uses
        fresh = [each.id for each in self.found.claims if each.id not in self.claims]
        self.claims += sorted(fresh, key=lambda each: uses.get(each, 0) < 2)
        named = {*self.sources}
        self.sources += [each.id for each in self.found.sources if each.id not in named]

    @property
    def uses(self) -> dict[str, int]:
        """How many statements stand under each claim."""
        found: dict[str, int] = {}
        for each in self.found.statements:
            found[each.claim] = found.get(each.claim, 0) + 1
        return found

    def text(self, claim: str) -> str:
        """The words of a claim."""
        return next(each.text for each in self.found.claims if each.id == claim)

    def at_hand(self) -> list[str]:
        """The claims that a single key chooses: shared or chosen before, and not the one it has."""
        uses, there = self.uses, {each.id for each in self.found.claims}
        return [
            each
            for each in self.claims[:9]
            if each in there
            and each != self.statement.claim
            and (uses.get(each, 0) > 1 or each in self.chosen)
        ]


def _in_terminal(found: Draft, path: Path, by: str | None, *, again: bool) -> Draft:
    """One statement after the other; every decision is saved at once."""
    order = [each.id for each in (found.statements if again else found.waiting)]
    sitting = _Sitting(found, path, by, order)
    sitting.number()
    # Ctrl-C stops at whatever moment it comes: every decision is saved.
    with suppress(KeyboardInterrupt):
        _go_through(sitting)
    return sitting.found


def _go_through(sitting: _Sitting) -> None:
    asked = False
    while sitting.at < len(sitting.order):
        show_lines(["", *_shown(sitting)])
        key = _asked(sitting)
        if key == "":
            if not asked and not sys.stdin.isatty():
                raise InvalidValue(_NO_KEYS)
            break
        asked = True
        if key == "q":
            break
        try:
            _act(sitting, key)
        except ProvenanceError as error:
            complain(str(error))
        except typer.Abort:
            show_lines(["", "The statement is as it was."])


def _asked(sitting: _Sitting) -> str:
    """One of the keys; an empty text at the end of the input."""
    numbers = {str(sitting.claims.index(each) + 1) for each in sitting.at_hand()}
    while True:
        show_lines([TextLine(_KEYS, style=STRONG)])
        try:
            key = read_key().casefold()
        except (EOFError, OSError):  # or the terminal has gone away
            return "q"
        if key in _ENDS:
            return key and "q"
        if key == "?":
            show_lines(_HELP)
        if key in numbers or key in "acrusqmb":
            return key


def _act(sitting: _Sitting, key: str) -> None:
    """What a key does."""
    name, found = sitting.statement.id, sitting.found
    if key == "a":
        _take(sitting, confirm(found, name, by=sitting.by))
    elif key == "r":
        _take(sitting, reject(found, name, by=sitting.by))
    elif key == "c":
        _corrected(sitting)
    elif key == "m":
        _moved(sitting)
    elif key == "u":
        _undone(sitting)
    elif key == "s":
        sitting.at += 1
    elif key == "b":
        sitting.at = max(0, sitting.at - 1)
    else:
        _under(sitting, sitting.claims[int(key) - 1])


def _take(sitting: _Sitting, draft: Draft) -> None:
    """Keep a decision on the statement that is shown, and go on."""
    name = sitting.statement.id
    sitting.keep(draft)
    sitting.decided = [*(each for each in sitting.decided if each != name), name]
    sitting.at += 1


def _undone(sitting: _Sitting) -> None:
    """Take back the decision on this statement, or else the last one of the sitting."""
    shown = sitting.statement
    if shown.state == "draft" and not sitting.decided:
        show_lines(["Nothing has been decided in this sitting."])
        return
    name = shown.id if shown.state != "draft" else sitting.decided[-1]
    sitting.decided = [each for each in sitting.decided if each != name]
    sitting.keep(undo(sitting.found, name))
    sitting.at = sitting.order.index(name)
    show_lines(["Undone: it is as it was drafted."])


def _under(sitting: _Sitting, claim: str) -> None:
    """Put the statement under a claim that is there, or a new one."""
    name, before = sitting.statement.id, sitting.statement.claim
    after = correct(sitting.found, name, claim=claim, by=sitting.by)
    meant = after.statement(name).claim
    if meant == before:
        show_lines(["It stands under that claim already."])
        return
    sitting.chosen.add(meant)
    stance = after.statement(name).stance
    _take(sitting, after)
    show_lines([f"Put under “{sitting.text(meant)}”, which it {stance}."])


def _moved(sitting: _Sitting) -> None:
    """Ask under which claim the statement belongs, by number or in words."""
    show_lines(_claims_listed(sitting))
    answer = _line("Under which claim? Its number, or the words of a new one", "as it is")
    if answer is not None:
        _under(sitting, _numbered(answer, sitting.claims))


# Correcting: each answer is asked for again until it can be.


def _corrected(sitting: _Sitting) -> None:
    """Ask for the chain, the claim, the stance and the hedge, one after the other."""
    name, by, before = sitting.statement.id, sitting.by, sitting.found
    found = before
    show_lines(["Enter keeps what stands in brackets; Ctrl-C leaves the statement as it was."])
    show_lines(_sources_listed(sitting))
    hops = sitting.statement.chain[1:]
    names = " > ".join(before.source(hop.source).label for hop in hops)
    found = _until(
        "Who has it from whom, outermost first, apart by >; names or numbers",
        names,
        lambda answer: correct(found, name, chain=_chain_typed(sitting, answer), by=by),
        found,
    )
    show_lines(_claims_listed(sitting))
    found = _until(
        "Claim; its number or its words",
        sitting.text(sitting.statement.claim),
        lambda answer: _reclaimed(sitting, found, answer),
        found,
    )
    found = _until(
        "The speaker affirms or denies it",
        sitting.statement.stance,
        lambda answer: correct(found, name, stance=answer, by=by),  # type: ignore[arg-type]
        found,
    )
    found = _until(
        "Hedge, - for none",
        sitting.statement.speaker.hedge or "-",
        lambda answer: correct(found, name, hedge="" if answer == "-" else answer, by=by),
        found,
    )
    if found == before:
        show_lines(["Nothing is changed; a accepts it."])
        return
    sitting.chosen.add(found.statement(name).claim)
    _take(sitting, found)


def _until(question: str, default: str, take: Callable[[str], Draft], found: Draft) -> Draft:
    """The draft after an answer that can be; the same draft where the answer is the default."""
    while True:
        answer = _line(question, default)
        if answer is None:
            return found
        try:
            return take(answer)
        except ProvenanceError as error:
            complain(str(error))


def _line(question: str, default: str) -> str | None:
    """A line that somebody types; `None` for what stands in the brackets."""
    offered = harmless(_short(default))
    answer = str(typer.prompt(question, offered)).strip()
    return None if answer == offered else answer


def _chain_typed(sitting: _Sitting, answer: str) -> list[str]:
    return [_numbered(each.strip(), sitting.sources) for each in answer.split(">")]


def _numbered(answer: str, among: Sequence[str]) -> str:
    """The id that a number means; what is no number of the list, as it is."""
    if answer.isascii() and answer.isdigit() and 0 < int(answer[:9]) <= len(among):
        return among[int(answer) - 1]
    return answer


def _reclaimed(sitting: _Sitting, found: Draft, answer: str) -> Draft:
    """The draft with the statement under another claim, or with its claim in other words."""
    name, own = sitting.statement.id, sitting.statement.claim
    after = correct(found, name, claim=_numbered(answer, sitting.claims), by=sitting.by)
    meant = after.statement(name).claim
    others = sitting.uses[own] - 1
    if meant in {each.id for each in found.claims} or not others:
        return after
    several = "1 other statement is" if others == 1 else f"{others} other statements are"
    question = f"{several} under the claim as it was; put them under these words too?"
    if not typer.confirm(question, default=False):
        return after
    words = next(each.text for each in after.claims if each.id == meant)
    return correct(reword(found, own, words), name, claim=own, by=sitting.by)


def _claims_listed(sitting: _Sitting) -> Iterator[TextLine]:
    there = {each.id for each in sitting.found.claims}
    for number, claim in enumerate(sitting.claims, 1):
        if claim in there and number <= _MOST_LISTED:
            mark = "*" if claim == sitting.statement.claim else " "
            yield TextLine(_short(sitting.text(claim)), f"{mark}{number:3}  ")
    if len(sitting.claims) > _MOST_LISTED:
        yield TextLine(f"… and {len(sitting.claims) - _MOST_LISTED} more")


def _sources_listed(sitting: _Sitting) -> Iterator[TextLine]:
    known = {each.id: each.label for each in sitting.found.sources}
    names = [
        f"{number} {known[each]}"
        for number, each in enumerate(sitting.sources[:_MOST_LISTED], 1)
        if each in known
    ]
    left = len(sitting.sources) - _MOST_LISTED
    yield TextLine(" · ".join(names) + (f" · and {left} more" if left > 0 else ""), "Sources: ")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1].rstrip() + "…"


def _shown(sitting: _Sitting) -> Iterator[TextLine | str]:
    """A statement in its passage, with its chain, and the claims that a key puts it under."""
    found, statement = sitting.found, sitting.statement
    document = found.document(statement.document)
    state = "" if statement.state == "draft" else f", {statement.state}"
    day = f", {document.published_on}" if document.published_on else ""
    yield TextLine(
        f"{sitting.at + 1} of {len(sitting.order)}{state}: {document.publisher}{day}", style=STRONG
    )
    yield from _passage(document.text, statement)
    for place, hop in enumerate(statement.chain):
        about = [hop.role, *([f"“{hop.cue.text}”"] if hop.cue else [])]
        about += [f"hedged: {hop.hedge}"] if hop.hedge else []
        about += [f"inferred: {hop.inferred}"] if hop.inferred else []
        who = found.source(hop.source).label
        yield TextLine(f"{who} ({'; '.join(about)})", "  " * place + ("└─ " if place else ""))
    if statement.continues is not None:
        there = found.statement(statement.continues).document
        yield TextLine(f"as it stands in {there}, whose own chain counts", "  ")
    claim = sitting.text(statement.claim)
    yield TextLine(f"“{claim}”", f"{statement.speaker.role} {statement.stance}: ", hang="  ")
    for each in sitting.at_hand():
        yield TextLine(_short(sitting.text(each)), f"  [{sitting.claims.index(each) + 1}] ")


def _passage(text: str, statement: DraftStatement) -> list[str]:
    """The words of a statement within those around them."""
    first, last = statement.content[0], statement.content[-1]
    start = text.rfind("\n", 0, max(0, first.start)) + 1
    end = text.find("\n", last.end)
    end = len(text) if end < 0 else end
    passage = (
        text[max(start, first.start - 300) : first.start]
        + "⟦"
        + text[first.start : last.end]
        + "⟧"
        + text[last.end : min(end, last.end + 300)]
    )
    return passage.strip().splitlines()


# Keys: one at a time, so that what is typed ahead waits for its turn.


def read_key() -> str:
    """One key that somebody presses; an empty text at the end of the input.

    Where the input is no terminal, a character of it. Nothing that was typed ahead is thrown away:
    the terminal changes its mode only after what was written, and gives one key at a time.
    """
    if sys.stdin is None:
        raise InvalidValue(_NO_KEYS)
    if not sys.stdin.isatty():
        return sys.stdin.read(1)
    if find_spec("termios") is None:
        return typer.getchar()
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        return _character(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


_ENDS = ("", "\x04", "\x03", "\x00")
"""What ends a sitting: Ctrl-D, Ctrl-C, and the zero that a Ctrl-D becomes which was typed ahead."""
_BYTES_AFTER = {0b110: 1, 0b1110: 2, 0b11110: 3}
"""How many bytes follow the first one of a character in UTF-8, by how that one begins."""


def _character(terminal: int) -> str:
    """One character; of a key that sends several, such as an arrow, only the escape."""
    first = os.read(terminal, 1)
    if first == b"\x1b":
        _rest_of_an_escape(terminal)
        return "\x1b"
    lead = first[0] if first else 0
    more = next((n for mark, n in _BYTES_AFTER.items() if lead >> (7 - n - 1) == mark), 0)
    return (first + b"".join(os.read(terminal, 1) for _ in range(more))).decode("utf-8", "replace")


def _rest_of_an_escape(terminal: int) -> None:
    """Read the rest of what an arrow or another key sends after an escape, and nothing after it."""
    if not select.select([terminal], [], [], 0.02)[0] or os.read(terminal, 1) not in b"[O":
        return
    for _ in range(16):
        if b"@" <= os.read(terminal, 1) <= b"~":
            return
