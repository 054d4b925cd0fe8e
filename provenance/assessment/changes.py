"""Changes to a case: a number set anew, a record removed, a record added; all of them hypothetical."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from provenance.errors import InvalidValue, UnknownName
from provenance.records import (
    Attribution,
    Case,
    Claim,
    ContradictsLink,
    Document,
    EvidenceLink,
    ImpliesLink,
    Question,
    Source,
)
from provenance.scales import Degree

__all__ = [
    "CHANGEABLE",
    "Add",
    "Change",
    "Remove",
    "changed",
    "left_out",
    "link_names",
    "place_of",
    "position_of",
    "read_change",
    "revised",
    "section_of",
    "written_form",
]

CHANGEABLE: Mapping[str, tuple[str, str]] = {
    "reliability": ("sources", "reliability"),
    "access": ("sources", "access"),
    "interests": ("sources", "interests"),
    "prior": ("claims", "prior"),
    "resolved": ("claims", "resolved"),
    "wording": ("attributions", "wording"),
    "stance": ("attributions", "stance"),
    "competence": ("attributions", "competence"),
    "fidelity": ("attributions", "fidelity"),
    "passing-on": ("sources", "passing_on"),
    "interest": ("attributions", "interest"),
    "same_voice": ("attributions", "same_voice_as"),
    "in_hand": ("attributions", "in_hand"),
    "if_true": ("links", "if_true"),
    "if_false": ("links", "if_false"),
    "strength": ("links", "strength"),
}
"""What can be changed: for every kind the section of the case and the field."""

REMOVABLE: Mapping[str, str] = {
    "source": "sources",
    "attribution": "attributions",
    "link": "links",
}
"""What can be removed: for every kind the section of the case."""

_SECTIONS: Mapping[type, str] = {
    Claim: "claims",
    Question: "questions",
    Source: "sources",
    Document: "documents",
    Attribution: "attributions",
    EvidenceLink: "links",
    ImpliesLink: "links",
    ContradictsLink: "links",
}
_NEVER_SAID = "0001-01-01"


@attrs.frozen
class Change:
    """One number of a case set anew.

    >>> Change("reliability:general", "B").record
    'general'
    """

    about: str
    """Which number, as doubts name it: `reliability:ID`, `prior:ID`, `wording:ID`, and so on."""
    value: Any
    """The new value as a case file would have it, or a `Degree`; `None` takes the old one away."""

    def __attrs_post_init__(self) -> None:
        kind = self.about.partition(":")[0]
        if kind not in CHANGEABLE:
            raise UnknownName("number to change", kind, CHANGEABLE)

    @property
    def kind(self) -> str:
        """What kind of number it is."""
        return self.about.partition(":")[0]

    @property
    def record(self) -> str:
        """The id of the record that has it; for a link its name or its position."""
        return self.about.partition(":")[2]

    def __str__(self) -> str:
        return f"{self.about} = {_spoken(self.value)}"


@attrs.frozen
class Remove:
    """A source with all that it says, an attribution, or a link, left out.

    What relays only what is left out goes with it, and what was hidden stays hidden.

    >>> print(Remove("source:general"))
    without source:general
    """

    about: str
    """What to leave out: `source:ID`, `attribution:ID` or `link:NAME`."""

    def __attrs_post_init__(self) -> None:
        kind = self.about.partition(":")[0]
        if kind not in REMOVABLE:
            raise UnknownName("record to remove", kind, REMOVABLE)

    @property
    def kind(self) -> str:
        """What kind of record it is."""
        return self.about.partition(":")[0]

    @property
    def record(self) -> str:
        """The id of the record; for a link its name or its position."""
        return self.about.partition(":")[2]

    def __str__(self) -> str:
        return f"without {self.about}"


@attrs.frozen
class Add:
    """A record put into the case.

    A relay that is added takes nothing out of our hands: what was in hand by default stays so.
    Adding a record that was removed before puts it back in its place.

    >>> print(Add(Source(id="pilot", reliability="B")))
    with source:pilot
    """

    record: (
        Claim
        | Question
        | Source
        | Document
        | Attribution
        | EvidenceLink
        | ImpliesLink
        | ContradictsLink
    )
    """The record."""

    def __attrs_post_init__(self) -> None:
        if type(self.record) not in _SECTIONS:
            raise InvalidValue(
                f"expected a record of a case to add, found {type(self.record).__name__}"
            )

    def __str__(self) -> str:
        section = section_of(self.record)
        name = _link_name(self.record) if section == "links" else getattr(self.record, "id", "")
        return f"with {section[:-1]}:{name}"


def section_of(record: object) -> str:
    """The section of a case in which a record stands."""
    return _SECTIONS[type(record)]


def _spoken(value: Any) -> str:
    if value is None:
        return "not stated"
    if isinstance(value, Degree):
        value = written_form(value)
    return value if isinstance(value, str) else json.dumps(value, default=str)


def read_change(text: str) -> Change:
    """A change from a text such as `reliability:general=B`, as the command line takes it.

    The value is read as JSON where it is JSON, and as plain text otherwise; `null` takes the old
    value away. Raises `InvalidValue` for a text without `=` and `UnknownName` for a number that no
    record has.

    >>> read_change('access:general={"mean": 0.9, "strength": 10}').value
    {'mean': 0.9, 'strength': 10}
    """
    about, equals, value = text.partition("=")
    if not equals:
        raise InvalidValue(f"expected a change such as reliability:ID=B, found {text!r}")
    try:
        return Change(about.strip(), json.loads(value))
    except ValueError:
        return Change(about.strip(), value.strip())


def written_form(value: Any) -> Any:
    """A degree as a case file writes it; anything else as it is.

    >>> written_form(Degree(0.5, 8.0)), written_form(Degree(0.3))
    ({'mean': 0.5, 'strength': 8.0}, 0.3)
    """
    if not isinstance(value, Degree):
        return value
    if math.isinf(value.strength):
        return value.mean
    return {"mean": value.mean, "strength": value.strength}


def link_names(case: Case) -> dict[str, tuple[int, ...]]:
    """The names by which links can be called, each with the positions of the links that bear it.

    A name is `claim>sign`, `claim>implied` or `claim|claim`; a position is a name too, where no
    link bears that one already.
    """
    found: dict[str, tuple[int, ...]] = {}
    for position, link in enumerate(case.links):
        name = _link_name(link)
        found[name] = (*found.get(name, ()), position)
    return {str(position): (position,) for position in range(len(case.links))} | found


def _link_name(link: Any) -> str:
    return ("|" if isinstance(link, ContradictsLink) else ">").join(link.touches)


def changed(case: Case, changes: Iterable[Change | Remove | Add]) -> Case:
    """The case with some changes made, one after the other.

    What is removed stays in the case as withdrawn from the start, so that what was hidden stays
    hidden; a removed link is gone.
    Raises `UnknownName` for a record that is not there, and `CaseError` for a value that the case
    format does not allow.
    """
    removed: set[tuple[str, str]] = set()
    for change in changes:
        if isinstance(change, Change):
            case = _set(case, change)
        elif isinstance(change, Remove):
            case = _without(case, change, removed)
        else:
            case = _with(case, change.record, removed)
    return case


def position_of(case: Case, section: str, name: str) -> int:
    """The position of a record in its section; raises `UnknownName` where it is not there."""
    if section == "links":
        names = link_names(case)
        if name not in names:
            raise UnknownName("link", name, names)
        if len(names[name]) > 1:
            raise InvalidValue(
                f"expected the name of one link, found {len(names[name])} called {name!r}; "
                f"call it by its position, one of {', '.join(map(str, names[name]))}"
            )
        return names[name][0]
    for position, record in enumerate(getattr(case, section)):
        if record.id == name:
            return position
    raise UnknownName(section[:-1], name, [record.id for record in getattr(case, section)])


def _replaced(case: Case, section: str, position: int, record: object) -> Case:
    records = list(getattr(case, section))
    records[position] = record
    return case.evolve(**{section: tuple(records)})


def _set(case: Case, change: Change) -> Case:
    section, position = place_of(case, change)
    record = getattr(case, section)[position]
    return _replaced(case, section, position, revised(record, change))


def place_of(case: Case, change: Change) -> tuple[str, int]:
    """The section and the position of the record that a change concerns."""
    section, field = CHANGEABLE[change.kind]
    if field == "prior" and _is_question(case, change.record):
        section = "questions"
    return section, position_of(case, section, change.record)


def revised(record: Any, change: Change) -> Any:
    """The record that a change concerns, as changed."""
    field = CHANGEABLE[change.kind][1]
    if field not in type(record).model_fields:
        raise UnknownName(f"number of link {change.record!r}", field, _link_numbers(record))
    return record.evolve(**{field: _as_written(record, field, change.value)})


def _as_written(record: Any, field: str, value: Any) -> Any:
    """The value of a field as a case file would have it."""
    if field == "resolved" and isinstance(value, bool):
        return {"value": value}
    if field == "interests":
        return () if value is None else value
    if field == "same_voice_as" and isinstance(value, float | int):
        declared = record.same_voice_as
        if declared is None:
            raise InvalidValue(
                f"expected attribution {record.id!r} to declare a same voice, found none"
            )
        return {"attribution": declared.attribution, "probability": value}
    return written_form(value)


def _link_numbers(record: Any) -> tuple[str, ...]:
    fields = ("if_true", "if_false", "strength")
    return tuple(field for field in fields if field in type(record).model_fields)


def _is_question(case: Case, name: str) -> bool:
    if any(claim.id == name for claim in case.claims):
        return False
    return any(question.id == name for question in case.questions)


def _without(case: Case, change: Remove, removed: set[tuple[str, str]]) -> Case:
    section = REMOVABLE[change.kind]
    position = position_of(case, section, change.record)
    if section == "links":
        links = (link for place, link in enumerate(case.links) if place != position)
        return case.evolve(links=tuple(links))
    removed.add((section, change.record))
    field = "source" if section == "sources" else "id"
    attributions = []
    for attribution in case.attributions:
        if getattr(attribution, field) == change.record:
            removed.add(("attributions", attribution.id))
            attribution = attribution.evolve(retracted_on=_NEVER_SAID)
        attributions.append(attribution)
    return case.evolve(attributions=tuple(attributions))


def left_out(case: Case) -> frozenset[str]:
    """The ids of the attributions that a removal left out of a changed case."""
    return frozenset(
        each.id
        for each in case.attributions
        if each.retracted_on is not None and each.retracted_on.text == _NEVER_SAID
    )


def _with(case: Case, record: Any, removed: set[tuple[str, str]]) -> Case:
    section = section_of(record)
    if section != "links" and (section, record.id) in removed:
        removed.discard((section, record.id))
        return _replaced(case, section, position_of(case, section, record.id), record)
    attributions = case.attributions
    if isinstance(record, Attribution):
        attributions = _kept_in_hand(case, record)
    records = (*(attributions if section == "attributions" else getattr(case, section)), record)
    return case.evolve(**{section: records})


def _kept_in_hand(case: Case, relay: Attribution) -> tuple[Attribution, ...]:
    """The attributions, those that a new relay cites marked as in hand where they were by default."""
    cited = {name for each in case.attributions for name in each.cited}
    return tuple(
        each.evolve(in_hand=True)
        if each.in_hand is None and not cited & {*each.names} and {*relay.cited} & {*each.names}
        else each
        for each in case.attributions
    )
