"""A case in the terms of W3C PROV: who said what, from whom, and what was made of it."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from provenance.assessment import Assessment, as_data, library_version
from provenance.bounds import check_cancelled
from provenance.casefiles import case_digest
from provenance.components import circles_among
from provenance.exchange.documents import grade_of, local_name
from provenance.exchange.losses import Loss
from provenance.exchange.prov_json import XSD, Literal, Name, ProvStatement, Value
from provenance.graph import turns_round
from provenance.records import (
    Attribution,
    Case,
    ContradictsLink,
    EvidenceLink,
    ImpliesLink,
    Record,
    Reference,
    Source,
    Span,
)

__all__ = ["SECTIONS", "ProvText", "written_case"]

SECTIONS: Mapping[str, str] = {
    "claims": "claim",
    "sources": "source",
    "documents": "document",
    "attributions": "statement",
}
"""The lists of a case whose records are things of their own in PROV, and what those are called."""

_CASE = "case:case"
_LIBRARY = "cp:claim-provenance"
_AGENTS: Mapping[str, str] = {
    "person": "prov:Person",
    **dict.fromkeys(("outlet", "agency", "organisation", "government"), "prov:Organization"),
    **dict.fromkeys(("sensor", "model"), "prov:SoftwareAgent"),
}
# XML has no place for these, however they are written; a record itself is written in escapes.
_UNREADABLE = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Attributes = tuple[tuple[str, Value], ...]


@attrs.frozen
class ProvText:
    """The statements about a case, and what they had to leave out."""

    statements: tuple[ProvStatement, ...]
    """Elements first, then relations, each in the order of the case."""
    losses: tuple[Loss, ...]
    """Derivations that go in circles, which PROV rules out."""


def written_case(
    case: Case,
    assessments: Sequence[Assessment] = (),
    claims: Mapping[str, str] = MappingProxyType({}),
) -> ProvText:
    """Everything that PROV is told about a case and its assessments.

    Names stand under the prefix `case`; what PROV has no word for stands under `cp`. Every element
    that is a record carries the whole record as `cp:record`, so that nothing of it is lost.

    Args:
        case: the case.
        assessments: assessments of its claims.
        claims: what those of them are called in the case that had other ids when they were weighed.
    """
    derivations, losses = _derivations(case)
    statements = (
        *_elements(case),
        *_rivals(case),
        *_assessed(case, assessments, claims),
        *_relations(case),
        *derivations,
    )
    return ProvText(statements, tuple(losses))


def _name(kind: str, record: str) -> str:
    return f"case:{local_name(kind, record)}"


def _label(text: str) -> Attributes:
    return (("prov:label", Literal(_UNREADABLE.sub("\ufffd", text))),)


def _types(*names: str) -> Attributes:
    return tuple(("prov:type", Name(name)) for name in names)


def _texts(**fields: Any) -> Attributes:
    """Attributes of ours, for people and queries; a record itself says the same."""
    return tuple(
        (f"cp:{key}", Literal(_UNREADABLE.sub("\ufffd", str(value))))
        for key, value in fields.items()
        if value is not None
    )


def _number(value: float) -> Literal:
    return Literal(repr(float(value)), f"{XSD}double")


def _record(section: str, position: int, record: Mapping[str, Any]) -> Attributes:
    """A record as text in plain characters, which every notation keeps as it is."""
    whole = {"section": section, "position": position, "record": record}
    return (("cp:record", Literal(json.dumps(whole, sort_keys=False, allow_nan=False))),)


def _elements(case: Case) -> Iterator[ProvStatement]:
    whole = case.written()
    rest = {key: value for key, value in whole.items() if key not in SECTIONS}
    present = [key for key in SECTIONS if key in whole]
    yield ProvStatement(
        "entity",
        _CASE,
        attributes=(
            *_types("cp:Case", "prov:Collection"),
            *_label(case.title or "A case"),
            *_texts(sha256=case_digest(case)),
            *_record("case", 0, {"sections": present, "case": rest}),
        ),
    )
    follows = _following(case)
    for section, kind in SECTIONS.items():
        records: tuple[Record, ...] = getattr(case, section)
        for position, record in enumerate(records):
            check_cancelled("writing in another format")
            yield _element(section, kind, position, record, follows)


def _element(
    section: str, kind: str, position: int, record: Any, follows: Mapping[str, Attributes]
) -> ProvStatement:
    described: Attributes
    match section:
        case "claims":
            links = follows.get(record.id, ())
            described = (*_types("cp:Claim"), *_label(record.text), *links)
        case "sources":
            described = _source(record)
        case "documents":
            described = (
                *_types("cp:Document", "prov:Collection"),
                *_label(record.title or record.id),
                *_texts(url=record.url, sha256=record.sha256, language=record.language),
            )
        case _:
            described = _statement(record)
    return ProvStatement(
        "agent" if section == "sources" else "entity",
        _name(kind, record.id),
        attributes=(
            *described,
            *_elsewhere(record.refs),
            *_record(section, position, record.written()),
        ),
    )


# What other systems call a record, as other graphs find it.

_ADDRESSES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "wikidata": (
        (r"([QPL][0-9]+)", "http://www.wikidata.org/entity/"),
        (r"([QPLqpl][0-9]+)[$-]([0-9A-Fa-f-]+)", "http://www.wikidata.org/entity/statement/"),
    ),
    "doi": ((r"(10\.[0-9.]+/[A-Za-z0-9._()/:;-]+)", "https://doi.org/"),),
    "orcid": ((r"([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", "https://orcid.org/"),),
    "ror": ((r"(0[a-z0-9]{8})", "https://ror.org/"),),
    "viaf": ((r"([0-9]+)", "http://viaf.org/viaf/"),),
    "isni": ((r"([0-9]{15}[0-9X])", "https://isni.org/isni/"),),
    "gnd": ((r"([0-9]+-?[0-9X])", "https://d-nb.info/gnd/"),),
    "geonames": ((r"([0-9]+)", "https://sws.geonames.org/"),),
    "isbn": ((r"([0-9-]+X?)", "urn:isbn:"),),
    "issn": ((r"([0-9]{4}-[0-9]{3}[0-9X])", "urn:issn:"),),
    "uuid": ((r"([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})", "urn:uuid:"),),
}
"""The addresses of things in other systems, by how their ids look."""


def _elsewhere(refs: Sequence[Reference]) -> Attributes:
    """The ids of a record in other systems, and its addresses there where these are known."""
    found: list[tuple[str, Value]] = []
    for ref in dict.fromkeys((each.scheme, each.id) for each in refs):
        scheme, name = ref
        address = _address(scheme, name)
        if address is not None:
            found.append(("owl:sameAs", Literal(address, f"{XSD}anyURI")))
        readable = _UNREADABLE.sub("\ufffd", f"{scheme}:{name}")
        found.append(("dct:identifier", Literal(readable)))
    return tuple(found)


def _address(scheme: str, name: str) -> str | None:
    for pattern, address in _ADDRESSES.get(scheme.casefold(), ()):
        found = re.fullmatch(pattern, name)
        if found is not None:
            return address + "-".join(found.groups())
    return None


# What claims have to do with each other: questions and links, so that they can be asked for.


def _following(case: Case) -> Mapping[str, Attributes]:
    """What every claim implies, and what it is a sign of."""
    found: dict[str, list[tuple[str, Value]]] = defaultdict(list)
    for link in case.links:
        if isinstance(link, ImpliesLink):
            found[link.claim].append(("cp:implies", Name(_name("claim", link.implies))))
        elif isinstance(link, EvidenceLink):
            found[link.sign].append(("cp:signOf", Name(_name("claim", link.claim))))
    return {claim: tuple(dict.fromkeys(each)) for claim, each in found.items()}


def _rivals(case: Case) -> Iterator[ProvStatement]:
    """Questions and contradictions as things of their own: no two of their claims are true."""
    for question in case.questions:
        yield ProvStatement(
            "entity",
            _name("question", question.id),
            attributes=(
                *_types("cp:Question"),
                *_label(question.text),
                *_among(question.claims),
                *_elsewhere(question.refs),
            ),
        )
    links = (link for link in case.links if isinstance(link, ContradictsLink))
    for number, link in enumerate(links, 1):
        yield ProvStatement(
            "entity",
            _name("contradiction", str(number)),
            attributes=(*_types("cp:Contradiction"), *_among(link.claims)),
        )


def _among(claims: Sequence[str]) -> Attributes:
    return tuple(("cp:among", Name(_name("claim", claim))) for claim in claims)


def _source(source: Source) -> Attributes:
    types = [_AGENTS[source.kind]] if source.kind in _AGENTS else []
    types += ["cp:UnnamedSource"] if source.kind == "unnamed" else []
    return (
        *_types("cp:Source", *types),
        *_label(source.title),
        *_texts(kind=source.kind, admiralty=grade_of(source)),
    )


def _statement(attribution: Attribution) -> Attributes:
    quotes = (
        _UNREADABLE.sub("\ufffd", place.exact) for place in attribution.locators if place.exact
    )
    quote = next(quotes, None)
    return (
        *_types("cp:Statement"),
        *_label(f"{attribution.id} ({attribution.verb or attribution.stance})"),
        *((("prov:value", Literal(quote)),) if quote is not None else ()),
        *_texts(
            stance=attribution.stance,
            wording=attribution.wording,
            verb=attribution.verb,
            basis=attribution.basis,
        ),
        *_said(attribution),
    )


def _said(attribution: Attribution) -> Attributes:
    """What a statement does, as a property of ours that leads to what it is about."""
    if attribution.stance == "disowns":
        return ()  # the relation itself says so
    does = (
        "silentOn"
        if attribution.is_silence
        else "denies"
        if turns_round(attribution)
        else "affirms"
    )
    return tuple((f"cp:{does}", Name(_name("claim", claim))) for claim in attribution.claims)


def _relation(kind: str, *types: str, **parts: str | None) -> ProvStatement:
    present = {key: value for key, value in parts.items() if value is not None}
    return ProvStatement(kind, "", present, _types(*types))


def _relations(case: Case) -> Iterator[ProvStatement]:
    for claim in case.claims:
        yield _relation("hadMember", collection=_CASE, entity=_name("claim", claim.id))
    for document in case.documents:
        name = _name("document", document.id)
        yield _relation("hadMember", collection=_CASE, entity=name)
        if document.publisher is not None:
            publisher = _name("source", document.publisher)
            yield _relation("wasAttributedTo", entity=name, agent=publisher)
        if document.published_on is not None:
            day = _time(document.published_on)
            yield _relation("wasGeneratedBy", entity=name, time=day)
    for attribution in case.attributions:
        yield from _of_statement(attribution)


def _of_statement(attribution: Attribution) -> Iterator[ProvStatement]:
    name = _name("statement", attribution.id)
    yield _relation("hadMember", collection=_CASE, entity=name)
    yield _relation("wasAttributedTo", entity=name, agent=_name("source", attribution.source))
    speaks_for = not attribution.is_silence and not turns_round(attribution)
    for claim in attribution.claims if speaks_for else ():
        yield _relation(
            "specializationOf", specificEntity=name, generalEntity=_name("claim", claim)
        )
    if attribution.document is not None:
        document = _name("document", attribution.document)
        yield _relation("hadMember", collection=document, entity=name)
    if attribution.said_on is not None:
        day = _time(attribution.said_on)
        yield _relation("wasGeneratedBy", entity=name, time=day)
    if attribution.retracted_on is not None:
        day = _time(attribution.retracted_on)
        yield _relation("wasInvalidatedBy", entity=name, time=day)


def _time(span: Span) -> str:
    """The first moment of a span, to the minute where it says so."""
    return f"{span.begins.isoformat()}Z"


def _derivations(case: Case) -> tuple[list[ProvStatement], list[Loss]]:
    """What every statement was taken from, without the circles that PROV rules out."""
    owners = {name: at for at, each in enumerate(case.attributions) for name in each.names}
    upstream = [
        tuple(dict.fromkeys(owners[name] for name in (*each.cited, *each.inferred_from)))
        for each in case.attributions
    ]
    circle_of = {
        member: number
        for number, members in enumerate(circles_among(upstream))
        for member in members
    }
    sources = {source.id: source for source in case.sources}
    found: list[ProvStatement] = []
    losses: list[Loss] = []
    for at, each in enumerate(case.attributions):
        cited = {owners[name] for name in each.cited}
        for origin in upstream[at]:
            original = case.attributions[origin]
            if at in circle_of and circle_of.get(origin) == circle_of[at]:
                key = "cites" if origin in cited else "from"
                why = "it goes in a circle, and in PROV nothing derives from itself"
                what = f"the derivation from {original.id!r}"
                losses.append(Loss(f"attributions[{at}].{key}", what, why, partly=True))
                continue
            used, made = _name("statement", original.id), _name("statement", each.id)
            if origin in cited and each.stance == "disowns":
                # Who says that it was never said has nothing from it.
                about = {"influencee": made, "influencer": used}
                found.append(_relation("wasInfluencedBy", "cp:Disowning", **about))
                continue
            types = _derived(each, original, sources[original.source], origin in cited)
            found += [
                _relation("wasDerivedFrom", *kind, generatedEntity=made, usedEntity=used)
                for kind in types
            ]
    return found, losses


def _derived(
    relay: Attribution, original: Attribution, source: Source, cites: bool
) -> list[tuple[str, ...]]:
    """What kind of derivation it is; two, where a relay quotes an origin that it names."""
    if not cites:
        return [()]
    if relay.source == original.source:
        return [("prov:Revision",)]
    found: list[tuple[str, ...]] = []
    if any(locator.exact for locator in relay.locators):
        found.append(("prov:Quotation",))
    if original.claims and source.kind != "unnamed":
        found.append(("prov:PrimarySource",))
    return found or [()]


def _assessed(
    case: Case, assessments: Sequence[Assessment], claims: Mapping[str, str]
) -> Iterator[ProvStatement]:
    """Every assessment as made by an activity that used the case, for which the library answers."""
    if assessments:
        yield ProvStatement(
            "agent",
            _LIBRARY,
            attributes=(
                *_types("prov:SoftwareAgent"),
                *_label("claim-provenance"),
                *_texts(version=library_version()),
            ),
        )
    digest = case_digest(case) if assessments else ""
    for assessment in assessments:
        data = as_data(assessment, digest=digest)
        claim = claims.get(assessment.claim, assessment.claim)
        weighing, name = _name("weighing", claim), _name("assessment", claim)
        yield ProvStatement(
            "activity",
            weighing,
            attributes=(
                *_types("cp:Weighing"),
                *_texts(version=library_version(), as_of=data["as_of"], coupling=data["coupling"]),
            ),
        )
        yield ProvStatement("entity", name, attributes=_outcome(assessment, claim, data))
        yield _relation("used", activity=weighing, entity=_CASE)
        yield _relation("wasAssociatedWith", activity=weighing, agent=_LIBRARY)
        yield _relation("wasGeneratedBy", entity=name, activity=weighing)
        yield _relation("wasDerivedFrom", generatedEntity=name, usedEntity=_CASE)
        yield _relation("wasAttributedTo", entity=name, agent=_LIBRARY)


def _outcome(assessment: Assessment, claim: str, data: Mapping[str, Any]) -> Attributes:
    numbers = {
        "probability": assessment.probability,
        "low": assessment.interval.low,
        "high": assessment.interval.high,
        "prior": assessment.prior,
    }
    return (
        *_types("cp:Assessment"),
        *_label(f"{assessment.text}: {assessment.in_words('icd203')}"),
        ("cp:about", Name(_name("claim", claim))),
        *((f"cp:{key}", _number(value)) for key, value in numbers.items()),
        *_texts(confidence=assessment.confidence.level, credibility=assessment.credibility),
        ("cp:data", Literal(json.dumps(data, allow_nan=False))),
    )
