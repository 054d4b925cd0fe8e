"""A case read back from W3C PROV: exactly where we wrote it, as far as can be known where others did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from provenance.exchange.foreign import case_of, json_of, refused
from provenance.exchange.losses import Import, Loss
from provenance.exchange.prov_others import others_case
from provenance.exchange.prov_statements import ELEMENTS, NAMESPACE, PROV, ProvStatement
from provenance.exchange.prov_writing import SECTIONS, written_case
from provenance.records import Case

__all__ = ["read_case"]

_WHAT = "the PROV document"
_RECORD = f"{NAMESPACE}record"
_TYPE = f"{PROV}type"


def read_case(statements: Sequence[ProvStatement], losses: list[Loss]) -> Import:
    """The case that some statements tell of.

    Where elements carry records of ours, the records are the case, and statements that do not
    follow from them are losses. Otherwise a draft is made of what others wrote.
    """
    if any(statement.values(_RECORD) for statement in statements):
        case = _recorded(statements)
        losses += _added(statements, case)
        return Import(case, tuple(losses))
    return Import(others_case(statements, losses), tuple(losses))


def _recorded(statements: Sequence[ProvStatement]) -> Case:
    """The case that the records make, each in its place."""
    sections: dict[str, dict[int, Any]] = {section: {} for section in ("case", *SECTIONS)}
    for statement in statements:
        for value in statement.values(_RECORD):
            section, position, record = _read(value.text, statement.path)
            there = sections[section].setdefault(position, record)
            if there != record:
                message = f"expected one record at {section}[{position}], found two"
                raise refused(statement.path, "two-records", message, where=_WHAT)
    if not sections["case"]:
        message = "expected an element that carries the case itself, found only records of it"
        raise refused("", "no-case", message, where=_WHAT)
    whole = sections["case"][0]
    present = whole.get("sections") if isinstance(whole, Mapping) else None
    rest = whole.get("case") if isinstance(whole, Mapping) else None
    if not isinstance(present, list) or not isinstance(rest, dict):
        raise refused(
            "", "not-a-record", "expected the record of a case, found another", where=_WHAT
        )
    fields = dict(rest)
    for section in SECTIONS:
        if section in present or sections[section]:
            fields[section] = [record for _, record in sorted(sections[section].items())]
    return case_of(fields, _WHAT)


def _read(text: str, path: str) -> tuple[str, int, Any]:
    """The section, the place and the record that one element carries."""
    found = json_of(text, f"{_WHAT}, {path}"[:300])
    fields = found if isinstance(found, Mapping) else {}
    section, position = fields.get("section"), fields.get("position")
    known = section == "case" or (isinstance(section, str) and section in SECTIONS)
    place = isinstance(position, int) and not isinstance(position, bool) and position >= 0
    if not known or not place or "record" not in fields:
        message = "expected a record with its section and its position, found something else"
        raise refused(path, "not-a-record", message, where=_WHAT)
    return str(section), int(position or 0), fields["record"]


def _added(statements: Sequence[ProvStatement], case: Case) -> Iterator[Loss]:
    """Statements that do not follow from the records: added since, or about assessments."""
    ours = {_key(statement) for statement in written_case(case).statements}
    names = {_local(statement.name) for statement in statements if _is_result(statement)}
    for statement in statements:
        if _key(statement) in ours:
            continue
        about = {_local(part) for part in (statement.name, *statement.parts.values())}
        result = bool(about & names)
        why = (
            "an assessment is a result, and no part of a case"
            if result
            else "the records of the case do not say it"
        )
        yield Loss(statement.path, f"{statement.kind}", why)


def _is_result(statement: ProvStatement) -> bool:
    if statement.kind not in ELEMENTS:
        return False
    kinds = {_local(value.text) for value in statement.values(_TYPE)}
    return bool(kinds & {"Assessment", "Weighing"}) or _local(statement.name) == "claim-provenance"


def _key(statement: ProvStatement) -> tuple[str, ...]:
    """What a statement says, whatever its prefixes are called."""
    parts = sorted(
        (key, part[:10] if key == "time" else _local(part)) for key, part in statement.parts.items()
    )
    return (statement.kind, _local(statement.name), *(text for pair in parts for text in pair))


def _local(name: str) -> str:
    return name.rpartition("#")[2].rpartition(":")[2]
