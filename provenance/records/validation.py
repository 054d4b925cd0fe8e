"""What every record has in common: it is frozen, strict, and keeps the keys that begin with `x-`."""

import ast
import difflib
import inspect
import math
import re
import textwrap
import threading
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import count, pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from provenance.errors import CaseError, Problem
from provenance.scales import scale

__all__ = [
    "MOST_FIELDS",
    "Written",
    "advice",
    "came_last",
    "fields_at",
    "near",
    "number_in",
    "path_of",
    "problems_of",
    "shown",
    "whole",
]

# Which field or word may have been meant by one that the case format does not know.


def near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that are like one, at most three, the most alike first.

    >>> near("Priors", ["id", "text", "prior"])
    ('prior',)
    """
    names = {each.casefold(): each for each in known if each != name}
    found = difflib.get_close_matches(name[:100].casefold(), names, n=3, cutoff=0.6)
    return tuple(names[each] for each in found)


def advice(name: str, known: Iterable[str]) -> str:
    """A question after what may have been meant by a name that is not known, or nothing.

    >>> advice("priors", ["id", "text", "prior"])
    "did you mean 'prior'?"
    """
    found = near(name, known)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else ""


def fields_at(location: Iterable[str | int], title: str) -> tuple[str, ...]:
    """The fields that a record takes, which stands at a place of a document.

    Args:
        location: the place of the record: names of fields, positions, forms of a union.
        title: the name of the record that was read, for a record that stands for itself.
    """
    named = [step for step in location if isinstance(step, str) and not step.startswith("=")]
    holders = _holders()
    records = holders.get(named[-1], ()) if named else holders.get(title, ())
    fields: dict[str, None] = {}
    for record in records:
        for name, field in record.model_fields.items():
            fields[field.serialization_alias or name] = None
    return tuple(fields)


@cache
def _holders() -> Mapping[str, tuple[type[BaseModel], ...]]:
    """For every field that holds records, and for every kind of record by its name: which."""
    found: dict[str, dict[type[BaseModel], None]] = {}
    for record in _kinds(Written):
        found.setdefault(record.__name__, {})[record] = None
        for name, field in record.model_fields.items():
            held = [each for each in _within(field.annotation) if issubclass(each, Written)]
            found.setdefault(field.serialization_alias or name, {}).update(dict.fromkeys(held))
    return {name: tuple(records) for name, records in found.items()}


def _kinds(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _within(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _within(part)


# What is wrong with a record, in our words: pydantic's findings as problems with a path.

_SUGGESTED = 50
"""For how many problems of a record near names are looked for, which is slow."""
_QUOTED = re.compile("'([^']*)'")

# pydantic's type of a finding -> our code, what was expected, how to mend it
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "missing": ("missing-field", "expected this field, found none", "add the field"),
    "unknown-field": (
        "unknown-field",
        "expected a field of the case format",
        "correct the name, remove it, or begin it with x-",
    ),
    "invalid_key": (
        "unknown-field",
        "expected text as the name of a field",
        "quote the name",
    ),
    "string_type": ("not-text", "expected text", "write it between quotes"),
    "float_type": (
        "not-a-number",
        "expected a number",
        "write a plain number, without quotes",
    ),
    "int_type": (
        "not-a-number",
        "expected a whole number",
        "write a whole number, without quotes",
    ),
    "bool_type": (
        "not-true-or-false",
        "expected true or false",
        "write true or false, unquoted",
    ),
    "finite_number": (
        "not-finite",
        "expected a finite number",
        "write a number or leave it out",
    ),
    "not-finite": (
        "not-finite",
        "expected a finite number",
        "write a number or leave it out",
    ),
    "tuple_type": ("not-a-list", "expected a list", "put it between [ and ]"),
    "model_type": (
        "not-an-object",
        "expected an object",
        "write it as {…} with named fields",
    ),
    "impossible-date": (
        "impossible-date",
        "",
        "write the year, the month or the day it was",
    ),
    "string_unicode": (
        "broken-text",
        "expected whole characters",
        "write the character itself, or its whole escape",
    ),
    "broken-text": (
        "broken-text",
        "",
        "write the character itself, or its whole escape",
    ),
}
_RANGES: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def problems_of(error: ValidationError, prefix: tuple[str | int, ...] = ()) -> tuple[Problem, ...]:
    """Every finding of a pydantic error as a problem, in the order of the fields."""
    found: list[Problem] = []
    for finding in error.errors(include_url=False):
        ours = finding.get("ctx", {}).get("error")
        if isinstance(ours, CaseError):
            found.extend(ours.problems)
            continue
        location = (*prefix, *finding["loc"])
        code, message, fix = _in_our_words(finding)
        if code == "unknown-field" and len(found) < _SUGGESTED:
            fix = _with_advice(location, error.title, fix)
        found.append(Problem(path_of(location), code, message, fix))
    return tuple(found)


def _with_advice(location: tuple[str | int, ...], title: str, fix: str) -> str:
    """How to put an unknown field right, after what may have been meant by it."""
    *record, name = location
    meant = advice(str(name), fields_at(record, title))
    return f"{meant} otherwise {fix.partition(', ')[2]}" if meant else fix


def came_last(error: ValidationError) -> bool:
    """Whether every record was well-formed by itself, and only together they are not."""
    return any(
        isinstance(finding.get("ctx", {}).get("error"), CaseError)
        for finding in error.errors(include_url=False, include_input=False)
    )


def _in_our_words(finding: Mapping[str, Any]) -> tuple[str, str, str]:
    kind, context = finding["type"], finding.get("ctx", {})
    if kind in _RANGES:
        name, words = _RANGES[kind]
        bound, found = f"{context[name]:g}", finding["input"]
        meant = f"{found / 100:g}" if bound == "1" and 2 <= found <= 100 else ""
        return (
            "out-of-range",
            f"expected a number {words} {bound}, found {shown(found)}",
            f"write a number {words} {bound}{f'; {found:g} % is {meant}' if meant else ''}",
        )
    if kind == "too_short":
        least = context["min_length"]
        entries = "entry" if least == 1 else "entries"
        return (
            "too-short",
            f"expected at least {least} {entries}, found {context['actual_length']}",
            "add one, or leave the field out",
        )
    if kind == "literal_error":
        expected, found = context["expected"], finding["input"]
        known = _QUOTED.findall(expected)
        if known[:2] == ["A", "B"]:
            return "not-one-of", *_of_no_grade(finding)
        fix = "use one of these words" if known else f"write {expected}"
        if isinstance(found, str):
            fix = advice(found, known) or fix
            fix = _source_kind(found) or fix if "organisation" in known else fix
        return "not-one-of", f"expected {expected}, found {shown(found)}", fix
    if kind == "not-one-of":  # a link, whose kind says which fields it has
        return (kind, *_of_no_kind(finding["msg"], finding["input"], context["fix"]))
    if kind not in _WORDS:
        return kind, finding["msg"], context.get("fix", "")
    code, expected, fix = _WORDS[kind]
    if not expected:
        return code, finding["msg"], fix
    if kind == "missing":
        return code, expected, fix
    if kind == "unknown-field":
        return code, f"{expected}, found {shown(finding['loc'][-1])}", fix
    if kind == "float_type" and (number := number_in(finding["input"])):
        fix = f"write {number}, without quotes"
    return code, f"{expected}, found {shown(finding['input'])}", fix


_SOURCE_KINDS: Mapping[str, tuple[str, str]] = {
    "person": (
        "one human being who speaks for themselves",
        "witness official expert journalist reporter doctor politician minister blogger user",
    ),
    "outlet": (
        "what publishes: a newspaper, a channel, a website, an account",
        "newspaper paper media press broadcaster channel website blog account magazine tv radio",
    ),
    "agency": (
        "a news agency, or a service that reports to others",
        "wire newswire intelligence",
    ),
    "organisation": (
        "a body that is no state and no outlet: an NGO, a company, a university, the UN",
        "organization ngo charity company firm university institute un party tank association bank",
    ),
    "government": (
        "a state, a ministry, an army, the police",
        "state ministry army military police embassy authority authorities country governmental",
    ),
    "collective": (
        "several people who are told of as one: rebels, residents, officials",
        "group rebels residents militia witnesses officials crowd people protesters activists",
    ),
    "unnamed": ("somebody whom the text does not name", "anonymous unknown insider undisclosed"),
    "document": (
        "a paper that speaks for itself: a register, a leaked letter",
        "letter register report file record memo paper leak archive",
    ),
    "sensor": (
        "what measures or films: a camera, a satellite",
        "camera satellite video image photo photograph imagery instrument radar footage",
    ),
    "model": ("a program that answers", "ai llm chatbot bot program algorithm software"),
}
"""What each kind of source is for, and other words that people write for it."""


def _source_kind(written: str) -> str:
    """The kind of source that a word such as "ngo" or "telegram channel" means, or what all are for."""
    words = written[:60].casefold().replace("_", " ").split()
    for word in reversed(words):
        for kind, (use, others) in _SOURCE_KINDS.items():
            if word == kind or word in others.split() or word.rstrip("s") in others.split():
                return f"write {kind!r}, {use}"
    if near("".join(words), _SOURCE_KINDS):
        return ""
    told = "; ".join(f"{kind!r}, {use}" for kind, (use, _) in _SOURCE_KINDS.items())
    return f"write {told}; or 'other'"


_GRADE_FORMS = 'a grade "A" to "F", a number from 0 to 1, {"mean", "strength"}'
_RELIABILITY_FORMS = ', {"accuracy", "strength"} or {"confirmed", "refuted"}'


def _of_no_grade(finding: Mapping[str, Any]) -> tuple[str, str]:
    """What a text is taken for where a grade or a number belongs: all the forms that will do."""
    found = finding["input"]
    if "passing_on" in finding["loc"]:
        *forms, last = _GRADE_FORMS.split(", {")
        expected = f"{forms[0]} or {{{last}"
    else:
        expected = _GRADE_FORMS + _RELIABILITY_FORMS
    number = number_in(found)
    if number:
        fix = f"write {number}, without quotes"
    elif grade := _grade_in(found):
        fix = f"write {grade!r}"
    else:
        fix = 'write a grade, from "A", the most reliable, to "F", not judged'
    return f"expected {expected}, found {shown(found)}", fix


_LETTER = re.compile(r"([A-F])(?:\s*[/-]?\s*[1-6]|\s*[-–:.)]\s+.+)?", re.IGNORECASE | re.DOTALL)


def _grade_in(text: Any) -> str:
    """The grade that is meant by a text such as "b", "B2" or "usually reliable"; else nothing."""
    if not isinstance(text, str):
        return ""
    if found := _LETTER.fullmatch(text[:60].strip()):
        return found[1].upper()
    labels = {term.label.casefold(): term.code for term in scale("Admiralty reliability").terms}
    return labels.get(text.strip().casefold(), "")


_PERCENT = re.compile(r"\s*([0-9]{0,3}(?:[.,][0-9]{1,9})?)\s*(%|per ?cent|)\s*", re.IGNORECASE)


def number_in(text: Any) -> str:
    """The number from 0 to 1 that is meant by a text such as "75 %" or ".6"; else nothing."""
    found = _PERCENT.fullmatch(text) if isinstance(text, str) else None
    if found is None or not found[1]:
        return ""
    number = float(found[1].replace(",", ".")) / (100 if found[2] else 1)
    return f"{number:g}" if number <= 1.0 else ""


def _of_no_kind(expected: str, link: Any, fix: str) -> tuple[str, str]:
    if not isinstance(link, Mapping):
        return f"{expected}, found {shown(link)}", fix
    if "kind" not in link:
        return f"{expected}, found none", fix
    kind = link["kind"]
    words = expected.replace(",", "").split()
    meant = advice(kind, words[words.index("kind") + 1 :]) if isinstance(kind, str) else ""
    return f"{expected}, found {shown(kind)}", meant or fix


def shown(value: object) -> str:
    """A value in a message: short, on one line, and named by its kind where it is long.

    >>> shown("0.3"), shown(True), shown([1, 2]), shown("x" * 100)[:24]
    ("'0.3'", 'true', 'a list', "'xxxxxxxxxxxxxxxxxxxxxxx")
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > 10**20:
        return "a number of more than 20 digits"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        short = value if len(value) <= 60 else f"{value[:59]}…"
        return (
            repr(short).encode("ascii", "backslashreplace").decode() if _odd(short) else repr(short)
        )
    if isinstance(value, list | tuple):
        return "a list"
    return "an object" if isinstance(value, Mapping) else f"a value of {type(value).__name__}"


def _odd(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def path_of(location: Iterable[str | int]) -> str:
    """Where something stands in the document, as a path.

    The forms of a union, which pydantic names in between, are left out: they begin with `=`.

    >>> path_of(("attributions", 3, "cites", "=several", 0))
    'attributions[3].cites[0]'
    """
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not step.startswith("="):
            path += f".{_short(step)}" if path else _short(step)
    return path


def _short(key: str) -> str:
    plain = key.encode("utf-8", "backslashreplace").decode()
    return plain if len(plain) <= 80 else f"{plain[:79]}…"


# Annotations are not put off here: before 2.13 pydantic reads that of `__pydantic_extra__` among the
# names of the module that a subclass is in, where those that it uses may be missing.


DEEPEST = 64
"""How deeply the value of an `x-` key may be nested."""
MOST_VALUES = 250_000
"""How many values the value of an `x-` key may hold."""
MOST_FIELDS = 1_000
"""How many fields a record may have, `x-` keys included."""


def _extension_key(key: str) -> str:
    if not key.startswith("x-"):
        raise PydanticCustomError("unknown-field", "expected a field of the case format")
    return whole(key)


def _plain(value: Any) -> Any:
    """A copy of a value made of JSON values only, so that it can be written back as it came."""
    return _copied(value, DEEPEST, count(1))


def _copied(value: Any, depth: int, counter: Iterator[int]) -> Any:
    if next(counter) > MOST_VALUES:
        raise PydanticCustomError(
            "too-long",
            "expected at most {most} values in an extension",
            {"most": MOST_VALUES, "fix": "keep it elsewhere and name it here"},
        )
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise PydanticCustomError("not-finite", "expected a finite number")
        return value
    if not depth:
        raise PydanticCustomError(
            "too-deep",
            "expected at most {deepest} levels of nesting, found more",
            {"deepest": DEEPEST, "fix": "flatten the value"},
        )
    if isinstance(value, list | tuple):
        return [_copied(item, depth - 1, counter) for item in value]
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return {whole(key): _copied(item, depth - 1, counter) for key, item in value.items()}
    raise PydanticCustomError(
        "not-json",
        "expected a JSON value, found {found}",
        {"found": type(value).__name__, "fix": "write it as text, numbers, lists and objects"},
    )


def whole(text: str) -> str:
    """The text itself, if it can be written as UTF-8: half of a surrogate pair cannot."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise PydanticCustomError(
                "broken-text",
                "expected whole characters, found half of a surrogate pair",
            ) from error
    return text


_BUILDING = threading.RLock()


class Written(BaseModel, frozen=True):
    """Something that a person wrote down.

    Unknown keys are errors unless they begin with `x-`; those are kept and otherwise ignored.
    A wrong value raises `CaseError` with every problem of the record.
    """

    model_config = ConfigDict(
        extra="allow",
        strict=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
    )
    always_written: ClassVar[tuple[str, ...]] = ()
    """The fields with a default that are written all the same."""
    __pydantic_extra__: dict[
        Annotated[str, AfterValidator(_extension_key)], Annotated[Any, AfterValidator(_plain)]
    ] = Field(init=False)  # no argument of the constructor, type checkers please note

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        # A kind of record is built late (`defer_build`), but what others build upon it, such as
        # the routes of a web framework, is built when they ask, as from any other model.
        cls.model_config["defer_build"] = False

    @classmethod
    def _built(cls) -> None:
        """Build the validators of a kind of record when the first one is made.

        That is half of what importing the library would take. Two threads may both be first, so
        one of them builds and the other waits.
        """
        if not cls.__pydantic_complete__:
            with _BUILDING:
                cls.model_rebuild()

    @model_validator(mode="before")
    @classmethod
    def _of_bounded_width(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) > MOST_FIELDS:
            raise PydanticCustomError(
                "too-long",
                "expected at most {most} fields, found {found}",
                {"most": MOST_FIELDS, "found": len(value), "fix": "split the record"},
            )
        return value

    # Type checkers take the constructor from the fields; at run time it speaks our errors.
    if not TYPE_CHECKING:  # pragma: no branch

        def __init__(self, /, **fields: Any) -> None:
            self._built()
            try:
                super().__init__(**fields)
            except ValidationError as error:
                raise CaseError(self._problems(fields, error, True), type(self).__name__) from error

        def __setattr__(self, name: str, _: Any) -> None:
            raise AttributeError(f"{name} of a record cannot be changed")

        # Nested records are then built without passing through this constructor.
        __init__.__pydantic_base_init__ = True

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """The record that a mapping describes; raises `CaseError` with every problem."""
        by_name = options.get("by_name", True)
        cls._built()
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise CaseError(cls._problems(obj, error, by_name), cls.__name__) from error

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """The record that a JSON text describes; raises `CaseError` with every problem.

        Of a key that is written twice the last one counts; `load_case` refuses such a file.
        """
        cls._built()
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise CaseError(problems_of(error), cls.__name__) from error

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        """All that is wrong with the fields that were given, of which pydantic found a part."""
        return problems_of(error)

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The `x-` keys of the record in their order, as they were written."""
        return self.__pydantic_extra__

    def evolve(self, **changes: Any) -> Self:
        """A copy with some fields changed, checked like any new record; None takes a field away.

        >>> from provenance.records import Claim
        >>> Claim(id="armed", text="Egypt supplied weapons").evolve(prior=0.15)
        Claim(id='armed', text='Egypt supplied weapons', prior=0.15)
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        changed = {**fields, **changes}
        optional = {
            name for name, field in type(self).model_fields.items() if not field.is_required()
        }
        kept = {
            name: value
            for name, value in changed.items()
            if value is not None or name not in optional
        }
        return type(self)(**kept)

    def written(self, *, bare: bool = False) -> dict[str, Any]:
        """The record as a JSON object: its own fields in their order, note and refs, `x-` keys.

        Args:
            bare: leave out every field that has its default, so that equal records are written
                alike; otherwise what was stated is written, even where it is the default.
        """
        form: dict[str, Any] = {}
        stated = self.model_fields_set
        for name, key, default, always in _order(type(self)):
            if always or bare or name in stated:
                value = getattr(self, name)
                if value is not None and (always or not bare or value != default):
                    form[key] = _as_json(value, bare)
        form.update(self.extensions)
        return form

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        for name, _, default, _ in _order(type(self)):
            value = getattr(self, name)
            if value != default:
                yield name, value
        yield from self.extensions.items()

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(schema))
        described["additionalProperties"] = False
        described["maxProperties"] = MOST_FIELDS
        described["patternProperties"] = {"^x-": {}}
        for name, said in _said_of_fields(cls).items():
            field = cls.model_fields[name]
            described["properties"][field.serialization_alias or name]["description"] = said
        return described


@cache
def _said_of_fields(record: type[Written]) -> Mapping[str, str]:
    """The sentence under each field of a record.

    They are read from the source when a schema is asked for: pydantic would read them whenever the
    library is imported, which takes as long as building every validator.
    """
    parent = record.__mro__[1]
    said = dict(_said_of_fields(parent)) if issubclass(parent, Written) else {}
    try:
        parsed = ast.parse(textwrap.dedent(inspect.getsource(record))).body[0]
    except OSError:  # only compiled code was shipped
        return said
    # Since Python 3.13 the source of a class that has none of its own is that of its module.
    if not isinstance(parsed, ast.ClassDef):
        return said
    for field, below in pairwise(parsed.body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and field.target.id in record.model_fields
        ):
            said[field.target.id] = inspect.cleandoc(str(below.value.value))
    return said


@cache
def _order(record: type[Written]) -> tuple[tuple[str, str, Any, bool], ...]:
    """How a kind of record is written: field, key, default, and whether it is always written."""
    fields = record.model_fields
    names = sorted(fields, key=lambda name: name in ("note", "refs"))
    return tuple(
        (
            name,
            fields[name].serialization_alias or name,
            ... if fields[name].is_required() else fields[name].default,
            fields[name].is_required() or name in record.always_written,
        )
        for name in names
    )


_PLAIN = (str, int)
"""What stands in JSON as it is; a truth value is a whole number to Python."""


def _as_json(value: Any, bare: bool) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, Written):
        return value.written(bare=bare)
    if isinstance(value, tuple):
        return [_as_json(item, bare) for item in value]
    return str(value)
