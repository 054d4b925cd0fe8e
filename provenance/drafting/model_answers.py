"""What a model is asked and what it answers: the prompt, the schema, and one answer read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from importlib.resources import files
from string import Template
from typing import Any

import attrs

from provenance.casefiles import parsed
from provenance.drafting.drafts import Refusal, RefusalKind
from provenance.errors import CaseError, InvalidValue, UnknownName
from provenance.scales import credence

__all__ = ["AnswerStatement", "AnswerStep", "filled", "model_prompt", "model_schema", "read"]

LONGEST_ANSWER = 2_000_000
"""How many bytes an answer may have."""
MOST_STATEMENTS = 500
"""How many statements one answer may have."""
MOST_PARTS = 20
"""How many parts a content may have."""
LONGEST_CHAIN = 12
"""How many sources a chain may have."""
LONGEST_SHOWN = 60
"""How many characters of what was found are shown."""

STANCES = ("affirms", "denies")
BASES = ("firsthand", "own-inquiry", "secondhand")
BLANKS = ("text", "publisher", "known", "piece", "pieces")
"""The names that a prompt may leave blank, as `$text` or `${text}`."""

_WORDS: dict[str, Any] = {"type": "string"}
_NULL: dict[str, Any] = {"type": "null"}
_WORDS_OR_NULL: dict[str, Any] = {"anyOf": [_WORDS, _NULL]}


_STEP = {"who": _WORDS, "mention": _WORDS_OR_NULL, "cue": _WORDS_OR_NULL}


def _strict(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


_STATEMENT: dict[str, Any] = {
    "content": {"type": "array", "items": _WORDS},
    "chain": {"type": "array", "items": _strict(_STEP)},
    "stance": {"type": "string", "enum": list(STANCES)},
    "when": _WORDS_OR_NULL,
    "hedge": _WORDS_OR_NULL,
    "basis": {"anyOf": [{"type": "string", "enum": list(BASES)}, _NULL]},
    "basis_words": _WORDS_OR_NULL,
}


def model_schema() -> dict[str, Any]:
    """The JSON Schema of an answer: words copied from the text, and no offsets.

    Every property is required and no other is allowed, as providers of models want strict schemas.

    >>> list(model_schema()["properties"]["statements"]["items"]["properties"])
    ['content', 'chain', 'stance', 'when', 'hedge', 'basis', 'basis_words']
    """
    return deepcopy(_strict({"statements": {"type": "array", "items": _strict(_STATEMENT)}}))


def model_prompt() -> str:
    """The prompt that comes with the library, to be read, changed and handed to `draft`.

    >>> "$text" in model_prompt()
    True
    """
    return (files("provenance.drafting") / "prompts" / "statements.md").read_text("utf-8")


def filled(prompt: str, blanks: Mapping[str, str]) -> str:
    """A prompt with its blanks filled; what is filled in is never read for blanks itself.

    Raises `InvalidValue` for a prompt without `$text`, with an unknown blank or a stray `$`.

    >>> filled("Read $text", {"text": "costs $5"})
    'Read costs $5'
    """
    template = Template(prompt)
    if not template.is_valid():
        raise InvalidValue("expected `$$` for a dollar sign in the prompt, found a single one")
    named = template.get_identifiers()
    unknown = sorted(set(named) - set(BLANKS))
    if "text" not in named or unknown:
        found = ", ".join(f"${each}" for each in named) or "none"
        known = ", ".join(f"${each}" for each in BLANKS)
        raise InvalidValue(f"expected a prompt with $text, and else only {known}, found {found}")
    return template.substitute(blanks)


@attrs.frozen
class AnswerStep:
    """One source of a chain, as the model answered."""

    who: str
    """The name or description."""
    mention: str | None
    """The words by which the passage mentions it."""
    cue: str | None
    """The words that attribute."""


@attrs.frozen
class AnswerStatement:
    """One statement, as the model answered: of the right shape, and not yet looked up."""

    number: int
    """Which statement of its answer it is, counted from 1."""
    content: tuple[str, ...]
    """What is stated, in parts."""
    chain: tuple[AnswerStep, ...]
    """Who has it, outermost first, without the publisher."""
    denies: bool
    """Whether the last one of the chain says that it is not so."""
    when: str | None
    """The words that say when it was said."""
    hedge: str | None
    """The word by which the last one is unsure."""
    basis: str | None
    """How the last one came to know."""
    basis_words: str | None
    """The words that say so."""
    offsets: tuple[int, int] | None = None
    """Where the model thinks that the content stands, although nobody asked."""


def read(answer: Any, document: str, where: str) -> Iterator[AnswerStatement | Refusal]:
    """The statements of an answer that have the right shape, and why others have not.

    An answer that is not JSON, or no object with a list of statements, is refused as a whole.

    Args:
        answer: what the model answered.
        document: the id of the document that it was asked about.
        where: which answer it is, for the refusals.

    >>> print(*read('{"statements": 7}', "page", "answer 1"))
    page: answer 1: expected an object with a list of `statements` alone, found an object of 'statements' [wrong-shape]
    """

    def refused(kind: RefusalKind, message: str, which: str = "") -> Refusal:
        return Refusal(document=document, kind=kind, message=f"{where}{which}: {message}")

    if not isinstance(answer, str):
        yield refused("broken-json", f"expected a text, found {type(answer).__name__}")
        return
    text = _unfenced(answer)
    if not text:
        yield refused("empty-answer", "expected JSON, found an empty answer")
        return
    try:
        found = parsed(text, max_bytes=LONGEST_ANSWER)
    except CaseError as error:
        yield refused("broken-json", error.problems[0].message)
        return
    if found.problems:
        yield refused("broken-json", found.problems[0].message)
        return
    statements = _statements(found.document)
    if statements is None:
        message = "expected an object with a list of `statements` alone, found "
        yield refused("wrong-shape", message + _seen(found.document))
        return
    for number, each in enumerate(statements[:MOST_STATEMENTS], start=1):
        try:
            yield _checked(each, number)
        except (_Misshapen, UnknownName) as error:
            yield refused("wrong-shape", str(error), f", statement {number}")
    if len(statements) > MOST_STATEMENTS:
        message = f"expected at most {MOST_STATEMENTS} statements, found {len(statements)}"
        yield refused("wrong-shape", f"{message}; the rest was not read")


def _statements(document: Any) -> list[Any] | None:
    """The list of statements of an answer; None where it is no object with that list alone."""
    found = document.get("statements") if isinstance(document, dict) else None
    return found if isinstance(found, list) and len(document) == 1 else None


_FENCE = re.compile(r"```(?:json)?[ \t]*\n(?P<inner>.*)\n[ \t]*```", re.S | re.I)


def _unfenced(answer: str) -> str:
    """An answer without the fence in which many models put their JSON."""
    text = answer.strip().removeprefix("\ufeff")
    found = _FENCE.fullmatch(text)
    return found["inner"].strip() if found else text


class _Misshapen(Exception):
    """A value that is not of the shape asked for."""


def _checked(value: Any, number: int) -> AnswerStatement:
    """A statement of the right shape."""
    fields = _object(value, list(_STATEMENT), ("start", "end"))
    chain = []
    for each in _list(fields["chain"], "chain", LONGEST_CHAIN):
        step = _object(each, list(_STEP))
        chain.append(AnswerStep(_words(step["who"], "who"), _words_or_none(step["mention"], "mention"),
                          _words_or_none(step["cue"], "cue")))  # fmt: skip
    content = _list(fields["content"], "content", MOST_PARTS)
    basis, basis_words = fields["basis"], _words_or_none(fields["basis_words"], "basis_words")
    if (basis is None) != (basis_words is None):
        raise _Misshapen("expected `basis` and `basis_words` both or neither, found one of them")
    hedge = _words_or_none(fields["hedge"], "hedge")
    if hedge is not None:
        credence(hedge)  # or there is no such hedge
    return AnswerStatement(
        number,
        tuple(_words(each, "content") for each in content),
        tuple(chain),
        _one_of(fields["stance"], STANCES, "stance") == "denies",
        _words_or_none(fields["when"], "when"),
        hedge,
        None if basis is None else _one_of(basis, BASES, "basis"),
        basis_words,
        _offsets(fields),
    )


def _object(value: Any, known: Sequence[str], unasked: Sequence[str] = ()) -> dict[str, Any]:
    """An object with all of some keys, and no others but those that nobody asked for."""
    if not isinstance(value, dict):
        raise _Misshapen(f"expected an object, found {_seen(value)}")
    missing = [each for each in known if each not in value]
    strange = [each for each in value if each not in known and each not in unasked]
    if missing or strange:
        found = f"without {', '.join(missing)}" if missing else f"with {_seen(strange[0])}"
        raise _Misshapen(f"expected {', '.join(known)} and nothing else, found one {found}")
    return value


def _list(value: Any, name: str, most: int) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        count = f"{len(value)} entries" if isinstance(value, list) else _seen(value)
        raise _Misshapen(f"expected 1 to {most} entries in `{name}`, found {count}")
    return value


def _words(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Misshapen(f"expected words in `{name}`, found {_seen(value)}")
    return value


def _words_or_none(value: Any, name: str) -> str | None:
    return None if value is None else _words(value, name)


def _one_of(value: Any, allowed: Sequence[str], name: str) -> str:
    if value not in allowed:
        raise _Misshapen(f"expected {' or '.join(allowed)} in `{name}`, found {_seen(value)}")
    return str(value)


def _offsets(fields: Mapping[str, Any]) -> tuple[int, int] | None:
    """Offsets that nobody asked for; None where there are none."""
    given = [fields[each] for each in ("start", "end") if fields.get(each) is not None]
    if not given:
        return None
    whole = [each for each in given if isinstance(each, int) and not isinstance(each, bool)]
    return (whole[0], whole[1]) if len(whole) == 2 else (-1, -1)


def _seen(value: Any) -> str:
    """What was found, in few words and on one line."""
    if isinstance(value, str):
        return repr(value[:LONGEST_SHOWN])
    if isinstance(value, dict):
        keys = ", ".join(repr(str(each)[:20]) for each in list(value)[:4])
        return f"an object of {keys or 'nothing'}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return "null" if value is None else str(value)[:LONGEST_SHOWN]
