"""The case: everything that is on record about some claims, in one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, islice
from typing import Annotated, Any, ClassVar, Self

from pydantic import FailFast, TypeAdapter, ValidationError, model_validator

from provenance.display import drawn
from provenance.errors import CaseError, Problem
from provenance.records.attributions import Attribution, Document
from provenance.records.claims import Claim, Link, Question
from provenance.records.consistency import (
    UNREAD,
    Sections,
    reference_problems,
    rule_problems,
    voice_problems,
)
from provenance.records.record import (
    NONE,
    Entries,
    Record,
    Several,
    Text,
    Version,
)
from provenance.records.sources import Source
from provenance.records.validation import MOST_FIELDS, came_last, problems_of

__all__ = [
    "SECTIONS",
    "Case",
    "Registry",
    "bounded",
    "case_problems",
    "together",
]

# All that is wrong with a case: first each record by itself, then the records together.

MOST_PROBLEMS = 1_000
"""How many problems of one case are listed."""
SECTIONS: Mapping[str, Any] = {
    "claims": Claim,
    "questions": Question,
    "sources": Source,
    "documents": Document,
    "attributions": Attribution,
    "links": Link,
}
"""The lists of a case, in the order in which they are written, and what each is a list of."""


@cache
def _reader(section: str) -> TypeAdapter[Any]:
    """What reads one entry of a section."""
    return TypeAdapter(SECTIONS[section])


_REQUIRED = frozenset({"claims", "sources", "attributions"})
# What stands in for a required field that could not be read.
_STAND_INS: Mapping[str, Mapping[str, Any]] = {
    "claims": {"id": UNREAD, "text": UNREAD},
    "questions": {"id": UNREAD, "text": UNREAD, "claims": [UNREAD]},
    "sources": {"id": UNREAD},
    "documents": {"id": UNREAD},
    "attributions": {"id": UNREAD, "source": UNREAD},
    "links": {
        "claim": UNREAD,
        "sign": UNREAD,
        "implies": UNREAD,
        "claims": [UNREAD, UNREAD],
        "if_true": 0.5,
        "if_false": 0.5,
    },
}


def together(sections: Sections) -> Iterator[Problem]:
    """What is wrong between records that are each well-formed."""
    return chain(reference_problems(sections), rule_problems(sections), voice_problems(sections))


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first problems, and one more that says so where there are too many to list."""
    found = tuple(islice(problems, MOST_PROBLEMS + 1))
    if len(found) <= MOST_PROBLEMS:
        return found
    rest = Problem(
        "", "too-many-problems", f"expected a case, found more than {MOST_PROBLEMS} problems",
        "correct these first",
    )  # fmt: skip
    return (*found[:MOST_PROBLEMS], rest)


def case_problems(
    document: Mapping[Any, Any], at_the_top: Iterable[Problem], by_name: bool = True
) -> Iterator[Problem]:
    """Everything that is wrong with a case that could not be read as it is.

    Args:
        document: the case as a mapping, with sections of mappings or records.
        at_the_top: what is wrong outside the sections.
        by_name: whether fields may go by their names in Python, as in a constructor.
    """
    yield from at_the_top
    read: dict[str, tuple[Any, ...]] = {}
    unreadable = set()
    for name in SECTIONS:
        # Of a section that must be there and is not, nothing is said to be missing.
        entries = document.get(name, None if name in _REQUIRED else ())
        if not isinstance(entries, list | tuple):
            unreadable.add(name)
            continue
        records: list[Any] = []
        for position, entry in enumerate(entries):
            record, problems = _read(name, position, entry, by_name)
            records.append(record)
            yield from problems
        read[name] = tuple(records)
    yield from together(Sections(**read, unreadable=frozenset(unreadable)))


def _read(
    section: str, position: int, entry: Any, by_name: bool
) -> tuple[Any, tuple[Problem, ...]]:
    """A record, as far as it can be read, with what is wrong with it."""
    path = (section, position)
    try:
        return _reader(section).validate_python(entry, by_name=by_name), ()
    except ValidationError as error:
        problems = problems_of(error, path)
        if section == "attributions" and isinstance(entry, Mapping):
            problems += tuple(_claim_or_cites(position, entry, problems))
        return _salvaged(section, entry, error), problems


def _claim_or_cites(
    position: int, entry: Mapping[Any, Any], problems: tuple[Problem, ...]
) -> Iterator[Problem]:
    """That both or neither are given, which is not looked at where other fields are wrong."""
    stated = [entry.get(field) is not None for field in ("claim", "cites")]
    if stated[0] == stated[1] and all(problem.code != "claim-or-cites" for problem in problems):
        found = "both" if stated[0] else "neither"
        yield Problem(
            f"attributions[{position}]",
            "claim-or-cites",
            f"expected either a claim or cites, found {found}",
            "write the one that it does",
        )


def _salvaged(section: str, entry: Any, error: ValidationError) -> Any:
    """The record without its wrong fields, so that its references can be checked all the same."""
    if not isinstance(entry, Mapping):
        return None
    depth = 1 if section == "links" else 0  # before it stands the kind of the link
    findings = error.errors(include_url=False, include_input=False)
    wrong = {finding["loc"][depth] for finding in findings if len(finding["loc"]) > depth}
    kept = {key: value for key, value in entry.items() if key not in wrong}
    stand_ins = _STAND_INS[section]
    kept.update((field, stand_ins[field]) for field in stand_ins if field in wrong)
    if section == "attributions":
        _settle_claim_or_cites(kept)
    if section == "questions":
        kept.pop("prior", None)
        kept["exhaustive"] = False
    try:
        return _reader(section).validate_python(kept)
    except ValidationError:
        return None


def _settle_claim_or_cites(kept: dict[Any, Any]) -> None:
    if "claim" not in kept and "cites" not in kept:
        kept["claim"] = UNREAD
    if "claim" in kept:
        kept.pop("cites", None)
    for name in ("stance", "would_speak", "retracted_because"):
        kept.pop(name, None)
    if kept.get("basis") != "inference":
        kept.pop("from", None)
        kept.pop("drawn_from", None)


class Case(Record, frozen=True, defer_build=True):
    """Claims, sources, and who is on record as saying what.

    Making a case checks it: every reference must lead somewhere and every rule of the format must
    be kept. Otherwise `CaseError` lists all that is wrong with it.
    """

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Version = 1
    """The version of the case format."""
    title: Text | None = None
    """What the case is about, in a few words."""
    summary: Text | None = None
    """What the case is about, in a few sentences."""
    sources_from: Text | None = None
    """A registry of sources that other cases share: a file in the folder of the case or below."""
    claims: Annotated[Several[Claim], FailFast(), Entries]
    """What may be true."""
    questions: Annotated[Several[Question], FailFast(), Entries] = NONE
    """Which claims are alternatives of each other."""
    sources: Annotated[Several[Source], FailFast(), Entries]
    """Who speaks."""
    documents: Annotated[Several[Document], FailFast(), Entries] = NONE
    """What was published."""
    attributions: Annotated[Several[Attribution], FailFast(), Entries]
    """Who is on record as saying what."""
    links: Annotated[Several[Link], FailFast(), Entries] = NONE
    """How the claims bear on each other."""

    def _repr_html_(self) -> str:
        return drawn("card_html", self)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = bounded(together(Sections(**{name: getattr(self, name) for name in SECTIONS})))
        if found:
            raise CaseError(found)
        return self

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        # The quick way stops at the first wrong record of a section; this one finds them all.
        if not isinstance(fields, Mapping) or len(fields) > MOST_FIELDS or came_last(error):
            return problems_of(error)
        top = {
            name: () if name in SECTIONS and isinstance(value, list | tuple) else value
            for name, value in fields.items()
        }
        at_the_top: tuple[Problem, ...] = ()
        try:
            cls.__pydantic_validator__.validate_python(top, by_name=by_name)
        except ValidationError as rest:
            at_the_top = problems_of(rest)
        return bounded(case_problems(fields, at_the_top, by_name))


# A registry: sources that several cases share, with who graded them, when and why.


class Registry(Record, frozen=True, defer_build=True):
    """Sources that several cases share; each says in its fields who graded it, when and why."""

    always_written: ClassVar[tuple[str, ...]] = ("version",)
    version: Version = 1
    """The version of the format."""
    title: Text | None = None
    """What the registry is, in a few words."""
    sources: Annotated[Several[Source], FailFast(), Entries]
    """The sources, with `graded_by`, `graded_on` and the reason in `note`."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = bounded(_shared_problems(self.sources))
        if found:
            raise CaseError(found)
        return self

    @classmethod
    def _problems(cls, fields: Any, error: ValidationError, by_name: bool) -> Iterable[Problem]:
        entries = fields.get("sources") if isinstance(fields, Mapping) else None
        if not isinstance(entries, list | tuple) or came_last(error):
            return problems_of(error)
        at_the_top: tuple[Problem, ...] = ()
        try:
            cls.__pydantic_validator__.validate_python({**fields, "sources": ()}, by_name=by_name)
        except ValidationError as rest:
            at_the_top = problems_of(rest)
        listed = {"sources": entries, "claims": None}  # claims are not looked for in a registry
        return bounded(case_problems(listed, at_the_top, by_name)) or problems_of(error)


def _shared_problems(sources: tuple[Source, ...]) -> Iterator[Problem]:
    yield from case_problems({"sources": sources, "claims": None}, ())
    for position, source in enumerate(sources):
        if source.only_if is not None:
            yield Problem(
                f"sources[{position}].only_if",
                "gate-in-a-registry",
                f"expected none, since a registry knows no claims, found {source.only_if!r}",
                "state this in the case",
            )
        for place, interest in enumerate(source.interests):
            if not interest.everything:
                yield Problem(
                    f"sources[{position}].interests[{place}].claims",
                    "interest-in-a-registry",
                    'expected "all", since a registry knows no claims, '
                    f"found {', '.join(map(repr, interest.touched[:3]))}",
                    "state this interest in the case",
                )
