"""Changes to a case: a number or a basis set anew, a record removed or added; all hypothetical."""

from __future__ import annotations

import json
import math
from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from provenance.errors import CaseError, InvalidValue, UnknownName
from provenance.graph import Graph, Sayings
from provenance.inference import Structure, evaluate
from provenance.records import (
    Attribution,
    Called,
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
    "REMOVABLE",
    "Add",
    "Change",
    "Remove",
    "as_change",
    "changed",
    "left_out",
    "link_names",
    "place_of",
    "position_of",
    "read_change",
    "retold",
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
    "cites": ("attributions", "cites"),
    "basis": ("attributions", "basis"),
    "only_if": ("attributions", "only_if"),
    "retracted_on": ("attributions", "retracted_on"),
    "retracted_because": ("attributions", "retracted_because"),
    "one_voice": ("attributions", "same_voice_as"),
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
_NAMING = frozenset({"cites", "only_if", "one_voice"})
"""What is changed to ids of records, which may look like numbers."""
_NEVER_SAID = "0001-01-01"


@attrs.frozen
class Change:
    """One number of a case set anew, or where a statement comes from.

    Beside the numbers, `cites:ID` supposes that a statement has it from another one, `basis:ID` how
    its source knows, `only_if:ID` that it, or everything of a source, counts only if a claim is
    true, and `one_voice` that some statements are one voice: several ids, or a text such as
    "a,b,c@0.9" with the probability that they all are. `retracted_on:ID` supposes that a statement
    is withdrawn.

    >>> Change("reliability:general", "B").record
    'general'
    >>> print(Change("one_voice", ("now-rebels", "now-tweet")))
    one_voice = now-rebels,now-tweet
    """

    about: str
    """What is changed, as doubts name it: `reliability:ID`, `prior:ID`, `cites:ID`, and so on."""
    value: Any
    """The new value as a case file would have it, or a `Degree`; `None` takes the old one away."""

    def __attrs_post_init__(self) -> None:
        kind = str(self.about).partition(":")[0]
        if kind not in CHANGEABLE:
            raise UnknownName("number to change", kind, CHANGEABLE)
        if kind in _NAMING and not _names_records(self.value):
            raise InvalidValue(
                f"{self.about}: expected the id of a record, found {self.value!r:.80} "
                "(an id is a text)"
            )
        if isinstance(self.value, list) and kind in ("cites", "one_voice"):
            object.__setattr__(self, "value", tuple(self.value))

    @property
    def kind(self) -> str:
        """What kind of change it is."""
        return self.about.partition(":")[0]

    @property
    def record(self) -> str:
        """The id of the record that is changed; for a link its name or its position."""
        return self.about.partition(":")[2]

    @property
    def voices(self) -> tuple[tuple[str, ...], float]:
        """The ids that `one_voice` is about, and how probable it is that they are one."""
        if not isinstance(self.value, str):
            return tuple(self.value or ()), 1.0
        names, at, chance = self.value.rpartition("@")
        try:
            probability = float(chance) if at else 1.0
        except ValueError:
            names, probability = self.value, 1.0
        return tuple(name.strip() for name in (names if at else self.value).split(",")), probability

    def __str__(self) -> str:
        return f"{self.about} = {spoken_value(self.value)}"


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
        kind = str(self.about).partition(":")[0]
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

    A relay that is added hides nothing: a statement that counted as ours by default stays ours.
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


def spoken_value(value: Any) -> str:
    """The new value of a change, as a text."""
    if value is None:
        return "not stated"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, Degree):
        value = written_form(value)
    return value if isinstance(value, str) else json.dumps(value, default=str)


def read_change(text: str) -> Change:
    """A change from a text such as `reliability:general=B` or `cites:second=first`.

    The value is read as JSON where it is JSON, and as plain text otherwise; `null` takes the old
    value away. What names records is an id even where it looks like a number, and a year is a date.
    Raises `InvalidValue`
    for a text without `=` and `UnknownName` for a number that no record has.

    >>> read_change('access:general={"mean": 0.9, "strength": 10}').value
    {'mean': 0.9, 'strength': 10}
    >>> read_change("cites:2=1").value
    '1'
    """
    about, equals, value = text.partition("=") if isinstance(text, str) else ("", "", "")
    if not equals:
        raise InvalidValue(f"expected a change such as reliability:ID=B, found {text!r}")
    about, value = about.strip(), value.strip()
    try:
        read = json.loads(value)
    except ValueError:
        return Change(about, value)
    is_text = about.partition(":")[0] in (*_NAMING, "retracted_on")
    return Change(about, value if is_text and isinstance(read, bool | int | float) else read)


def _names_records(value: object) -> bool:
    """Whether a value can name records: an id, several, a mapping or a record with one, or nothing."""
    if isinstance(value, list | tuple):
        return all(isinstance(each, str) for each in value)
    return not isinstance(value, bool | int | float)


def as_change(change: Change | Remove | Add | str) -> Change | Remove | Add:
    """A change, or that which a text such as `reliability:general=B` means.

    Raises `InvalidValue` for anything else.
    """
    if isinstance(change, str):
        return read_change(change)
    if not isinstance(change, Change | Remove | Add):
        raise InvalidValue(
            "expected a Change, a Remove, an Add or a text such as reliability:ID=B, "
            f"found {type(change).__name__}"
        )
    return change


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


def changed(
    case: Case, changes: Iterable[Change | Remove | Add], as_of: date | None = None
) -> Case:
    """The case with some changes made, one after the other.

    What is removed stays in the case as withdrawn from the start; a removed link is gone. Whatever
    changes who cites whom, what we have stays ours, and what was hidden stays hidden.

    Args:
        as_of: the day as of which the strongest of several voices is looked for.

    Raises `UnknownName` for a record that is not there, and `CaseError` for a value that the case
    format does not allow.
    """
    removed: set[tuple[str, str]] = set()
    for change in changes:
        if isinstance(change, Change):
            case = _set(case, change, as_of)
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
    known = [record.id for record in getattr(case, section)]
    if section == "attributions":
        raise _no_attribution(case, name, known)
    raise Called(case).unknown(section[:-1], name, known)


def _no_attribution(case: Case, name: Any, known: Iterable[str]) -> UnknownName:
    """The error of a name that no attribution has; where a source has it, with what that one says."""
    sources = {each.id for each in case.sources if name in (each.id, each.name)}
    called = Called(case).offers("attribution")
    if not sources:
        return UnknownName("attribution", name, known, called=called)
    said = [each.id for each in case.attributions if each.source in sources]
    return UnknownName("attribution", name, said, "a source", called)


def _replaced(case: Case, section: str, position: int, record: object) -> Case:
    records = list(getattr(case, section))
    records[position] = record
    return case.evolve(**{section: tuple(records)})


def _set(case: Case, change: Change, as_of: date | None) -> Case:
    if change.kind == "one_voice":
        return _as_one_voice(case, change, as_of)
    section, position = place_of(case, change)
    if change.kind == "cites":
        return retold(case, {case.attributions[position].id: change.value})
    record = getattr(case, section)[position]
    try:
        made = revised(record, change)
    except CaseError as error:
        place = f"{section}[{position}]"
        raise CaseError(
            [attrs.evolve(each, path=f"{place}.{each.path}") for each in error.problems],
            f"the change {change}",
        ) from None
    return _replaced(case, section, position, made)


def place_of(case: Case, change: Change) -> tuple[str, int]:
    """The section and the position of the record that a change concerns."""
    section, field = CHANGEABLE[change.kind]
    if field == "prior" and _is_question(case, change.record):
        section = "questions"
    if field == "only_if" and not any(each.id == change.record for each in case.attributions):
        section = "sources"
    return section, position_of(case, section, change.record)


def revised(record: Any, change: Change) -> Any:
    """The record that a change concerns, as changed."""
    field = CHANGEABLE[change.kind][1]
    if field not in type(record).model_fields:
        raise UnknownName(f"number of link {change.record!r}", field, _link_numbers(record))
    if field == "basis":
        kept = record.drawn_from if change.value == "inference" else None
        return record.evolve(basis=change.value or "unstated", drawn_from=kept)
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
        after = _replaced(case, section, position_of(case, section, record.id), record)
    else:
        after = case.evolve(**{section: (*getattr(case, section), record)})
    return _hands_kept(case, after, (record.id,)) if section == "attributions" else after


# Who has it from whom: a statement retold as a relay of another, or as its source's own word.

_OF_OWN_WORD: Mapping[str, Any] = {
    "claim": None,
    "stance": "affirms",
    "competence": None,
    "basis": "unstated",
    "drawn_from": None,
    "same_voice_as": None,
}
"""What only an origin has, or tells how its source knows; gone where it has it from another."""


def retold(case: Case, cited: Mapping[str, Any]) -> Case:
    """The case in which some statements are relays of others; of none where it is their own word.

    Args:
        cited: for every statement that is changed what it cites, one id or several, or `None`.
    """
    known = dict.fromkeys(name for each in case.attributions for name in each.names)
    made: list[Attribution] = []
    for record in case.attributions:
        if record.id not in cited:
            made.append(record)
            continue
        if record.is_silence:
            raise InvalidValue(
                "expected a statement that can cite another, found a silence, "
                f"{Called(case).statement(record.id)}"
            )
        origins = cited[record.id]
        for name in (origins,) if isinstance(origins, str) else origins or ():
            if name not in known:
                raise _no_attribution(case, name, known)
        if origins is None:
            made.append(_own_word(case, record))
        else:
            made.append(record.evolve(cites=origins, **({} if record.cited else _OF_OWN_WORD)))
    return _hands_kept(case, case.evolve(attributions=tuple(made)), cited)


def _own_word(case: Case, record: Attribution) -> Attribution:
    """A relay as its source's own word for what it passes on; an origin as it is."""
    if not record.cited:
        return record
    plain = record.evolve(wording=None)  # which may turn it round, and stays
    said = Sayings(
        _replaced(case, "attributions", position_of(case, "attributions", record.id), plain)
    ).of(plain)
    if len(said) != 1:
        raise InvalidValue(
            f"expected {Called(case).statement(record.id)} to say one thing as its source's own "
            f"word, found {len(said)}"
        )
    ((claim, denied),) = said
    stance = "denies" if denied else "affirms"
    return record.evolve(cites=None, fidelity=None, claim=claim, stance=stance)


def _hands_kept(before: Case, after: Case, but: Container[str]) -> Case:
    """The case after a change, what we have by default and what is hidden by default staying so.

    Args:
        but: the ids of the attributions that are changed, which the default goes on to decide.
    """
    had, has = _held_by_default(before), _held_by_default(after)
    return after.evolve(
        attributions=tuple(
            each.evolve(in_hand=True in had[each.id])
            if each.in_hand is None
            and each.id not in but
            and had[each.id] != has[each.id]
            and len(had[each.id]) == 1
            else each
            for each in after.attributions
        )
    )


def _held_by_default(case: Case) -> dict[str, frozenset[bool]]:
    """Whether we have each attribution, going by documents and citations alone (model 3.1).

    Of one that makes several claims we may have some parts and not others; no field could say so.
    """
    cited = {name for each in case.attributions for name in each.cited}
    publishers = {document.id: document.publisher for document in case.documents}
    found: dict[str, frozenset[bool]] = {}
    for each in case.attributions:
        is_published = publishers.get(each.document or "") == each.source
        parts = each.names[1:] or each.names
        found[each.id] = frozenset(
            is_published or cited.isdisjoint((each.id, name)) for name in parts
        )
    return found


def _as_one_voice(case: Case, change: Change, as_of: date | None) -> Case:
    """The case in which some statements declare to be the same voice as the strongest of them."""
    names, probability = change.voices
    places = [position_of(case, "attributions", name) for name in dict.fromkeys(names)]
    if len(places) < 2:
        raise InvalidValue(
            f"expected two attributions or more that may be one voice, found {len(places)}"
        )
    named = {case.attributions[place].id for place in places}
    for place in places:
        if case.attributions[place].cited:
            raise InvalidValue(
                "expected statements of their sources' own, found a relay, "
                f"{Called(case).statement(case.attributions[place].id)}: it says what it cites"
            )
    first, same = _strongest(case, [case.attributions[place].id for place in places], as_of)

    def declared(each: Attribution) -> Attribution:
        if each.id not in named:
            return each
        if each.id not in same:
            return each.evolve(same_voice_as={"attribution": first, "probability": probability})
        voice = each.same_voice_as
        inside = voice is not None and voice.attribution.partition("/")[0] in named
        return each.evolve(same_voice_as=None) if inside else each

    return case.evolve(attributions=tuple(map(declared, case.attributions)))


def _strongest(case: Case, names: list[str], as_of: date | None) -> tuple[str, frozenset[str]]:
    """The attribution that reaches us most strongly, with those that are one statement with it.

    It is the first of the line in which they stand where nothing is known of how they know (model
    2.9); the first one named where no two of them stand in a line.
    """
    plain = case.evolve(
        attributions=tuple(
            each.evolve(basis="unstated", drawn_from=None, same_voice_as=None)
            if each.id in names
            else each
            for each in case.attributions
        )
    )
    graph = Graph.of(plain, as_of)
    for story in graph.stories:
        if not any(
            graph.attribution_of.get(n) in names for each in story.statements for n in each.merged
        ):
            continue
        for line in evaluate(Structure.of(story, 0, with_reasons=False), story).lines:
            for index in line.statements:
                written = [graph.attribution_of[name] for name in story.statements[index].merged]
                found = [name for name in written if name in names]
                if found:
                    return found[0], frozenset(found)
    return names[0], frozenset(names[:1])
