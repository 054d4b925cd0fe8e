"""Merging cases: every record once, and what they disagree about reported all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from provenance.errors import CaseError, InvalidValue, Problem
from provenance.records import Case, Link, Record, shown

__all__ = ["merge_cases"]

_SECTIONS = ("claims", "questions", "sources", "documents", "attributions")
# What one case leaves open another may state. Of an attribution or a question it may not: there
# an absent field means something, so the records must say the same.
_COMPLETED = ("claims", "sources", "documents")
_PROSE = {"title": "; ", "summary": "\n\n", "note": "\n\n"}


def merge_cases(cases: Iterable[Case]) -> Case:
    """One case with the records of several.

    Records with the same id are one record. Claims, sources and documents may complete each
    other; where two cases state different things, and where attributions or questions of the same
    id differ, `CaseError` lists every conflict, with the number of the case in its path. What is no case
    is an `InvalidValue`. The rules of a case hold for the result too. Titles, summaries and notes of the cases are joined.

    >>> from provenance.records import Case, Claim
    >>> one = Case(claims=[Claim(id="armed", text="Armed")], sources=[], attributions=[])
    >>> two = Case(claims=[Claim(id="armed", text="Armed", prior=0.2)], sources=[], attributions=[])
    >>> merge_cases([one, two]).claims
    (Claim(id='armed', text='Armed', prior=0.2),)
    """
    given = tuple(cases) if isinstance(cases, Iterable) else (cases,)
    if any(not isinstance(case, Case) for case in given):
        raise InvalidValue("expected cases to merge, found something else among them")
    problems: list[Problem] = []
    fields: dict[str, Any] = {}
    for section in _SECTIONS:
        records, found = _merged(section, given)
        fields[section] = records
        problems.extend(found)
    links: dict[Link, None] = {}
    for case in given:
        links.update((link, None) for link in case.links)
    fields["links"] = tuple(links)
    fields.update(_prose(given))
    fields["refs"] = tuple(dict.fromkeys(ref for case in given for ref in case.refs))
    registries = {case.sources_from for case in given}
    fields["sources_from"] = registries.pop() if len(registries) == 1 else None
    extensions, found = _extensions(given)
    problems.extend(found)
    if problems:
        raise CaseError(problems, "the merged cases")
    required = ("claims", "sources", "attributions")
    stated = {key: value for key, value in fields.items() if value or key in required}
    return Case(**stated, **extensions)


def _merged(section: str, cases: tuple[Case, ...]) -> tuple[tuple[Record, ...], list[Problem]]:
    found: dict[str, Any] = {}
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for number, case in enumerate(cases):
        for position, record in enumerate(getattr(case, section)):
            known = found.setdefault(record.id, record)
            origin = first.setdefault(record.id, number)
            if known is record or known == record:
                continue
            path = f"cases[{number}].{section}[{position}]"
            conflicts = list(_conflicts(path, origin, record, known, section in _COMPLETED))
            problems.extend(conflicts)
            if not conflicts:
                found[record.id] = type(record).model_validate(
                    {**record.written(bare=True), **known.written(bare=True)}
                )
    return tuple(found.values()), problems


def _conflicts(
    path: str, origin: int, record: Record, known: Record, may_complete: bool
) -> Iterator[Problem]:
    mine, theirs = record.written(bare=True), known.written(bare=True)
    for field in dict.fromkeys((*theirs, *mine)):
        if may_complete and (field not in mine or field not in theirs):
            continue
        if mine.get(field) != theirs.get(field):
            yield Problem(
                f"{path}.{field}",
                "merge-conflict",
                f"expected {shown(theirs.get(field))}, as in cases[{origin}], "
                f"found {shown(mine.get(field))}",
                "make them agree, or give one of the records another id",
            )


def _prose(cases: tuple[Case, ...]) -> dict[str, str]:
    joined = {}
    for field, between in _PROSE.items():
        texts = dict.fromkeys(getattr(case, field) for case in cases)
        joined[field] = between.join(text for text in texts if text)
    return joined


def _extensions(cases: tuple[Case, ...]) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems = []
    for number, case in enumerate(cases):
        for key, value in case.extensions.items():
            if found.setdefault(key, value) != value:
                problems.append(
                    Problem(
                        f"cases[{number}].{key}",
                        "merge-conflict",
                        "expected the same value in every case, found another one",
                        "make them agree, or leave it out of one case",
                    )
                )
    return found, problems
