"""STIX 2.1: claims as reports, statements as opinions of identities, relays as derivations."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal, get_args

import attrs

from provenance.assessment import Assessment
from provenance.bounds import Cancel
from provenance.errors import InvalidValue, UnknownName
from provenance.exchange.budgets import written_within
from provenance.exchange.documents import (
    EPOCH,
    NameBook,
    document_in_words,
    first_moment,
    grade_of,
    is_web_address,
    latest_day,
    link_in_words,
    moment,
    stamp,
    statement_in_words,
)
from provenance.exchange.losses import (
    Dropped,
    Export,
    Loss,
    Rule,
    carried_of,
    in_order,
    losses_of,
    require_same_case,
)
from provenance.exchange.withholding import (
    Explanation,
    Withheld,
    explanations_of,
    told_to_readers,
    withheld,
)
from provenance.graph import Said, Taken, spoken_credence, taken_from, turns_round, what_is_said
from provenance.records import Attribution, Case, Document, Record, Source
from provenance.scales import scale, stix_confidence

__all__ = [
    "OURS",
    "PRODUCER",
    "RECORDED",
    "SECTIONS",
    "UNDATED",
    "StixProfile",
    "bundle_objects",
    "marking",
    "markings",
    "to_stix",
]

StixProfile = Literal["standard", "opencti"]
"""For whom a bundle is written: for any reader of STIX 2.1, or for OpenCTI."""

# Admiralty grades as STIX markings, and the identity in whose name a bundle is written.

UNDATED = "1970-01-01T00:00:00.000Z"
"""When everything without a date was created: STIX forbids that this changes between versions."""

# When the objects that are the same in all bundles were first written.
_ISSUED = "2026-01-01T00:00:00.000Z"

_OUR_MARKINGS = "claim-provenance"
_NAMES = NameBook(_OUR_MARKINGS)

PRODUCER: dict[str, Any] = {
    "type": "identity",
    "spec_version": "2.1",
    "id": f"identity--{_NAMES.uuid('identity')}",
    "created_by_ref": f"identity--{_NAMES.uuid('identity')}",
    "created": _ISSUED,
    "modified": _ISSUED,
    "name": _OUR_MARKINGS,
    "identity_class": "system",
}
"""The identity that creates whatever no source of the case says itself."""

# The interoperability profile of the validator asks for `modified` on every object, on markings
# too, where the specification calls it not applicable and readers refuse it; a property extension
# that declares it satisfies both.
_PROPERTIES = ("admiralty_scale", "admiralty_code", "modified")
_EXTENSION: dict[str, Any] = {
    "type": "extension-definition",
    "spec_version": "2.1",
    "id": f"extension-definition--{_NAMES.uuid('extension-definition')}",
    "created_by_ref": PRODUCER["id"],
    "created": _ISSUED,
    "modified": _ISSUED,
    "name": "Admiralty grade",
    "description": "The Admiralty grade that a marking stands for, and when the marking was written.",
    "schema": (
        "admiralty_scale: 'reliability' of a source, or 'credibility' of information; "
        "admiralty_code: 'A' to 'F', or '1' to '6'; modified: a timestamp, equal to created"
    ),
    "version": "1.0.0",
    "extension_types": ["toplevel-property-extension"],
    "extension_properties": list(_PROPERTIES),
}

# The record behind an object, so that what a bundle carries of a case comes back as it was.
_RECORDS: dict[str, Any] = {
    "type": "extension-definition",
    "spec_version": "2.1",
    "id": f"extension-definition--{_NAMES.uuid('extension-definition', 'record')}",
    "created_by_ref": PRODUCER["id"],
    "created": _ISSUED,
    "modified": _ISSUED,
    "name": "Record of a case",
    "description": "The record of a case file that an object was made of.",
    "schema": (
        "claim_record: JSON, as text in ASCII: 'section' of the case file, 'position' in it, and "
        "'record', as far as the bundle carries it"
    ),
    "version": "1.0.0",
    "extension_types": ["property-extension"],
}
RECORDED: str = _RECORDS["id"]
"""The extension under which an object carries its record, as `claim_record`."""
SECTIONS = ("claims", "sources", "attributions")
"""The sections of a case whose records are objects; the grouping carries all others."""


def markings(
    reliabilities: Iterable[str], credibilities: Iterable[str]
) -> Iterator[dict[str, Any]]:
    """The markings of some grades, each once, after the extension that they use."""
    found = [marking("reliability", code) for code in sorted(set(reliabilities))]
    found += [marking("credibility", code) for code in sorted(set(credibilities))]
    if found:
        yield _EXTENSION
        yield from found


def marking(of: str, code: str) -> dict[str, Any]:
    """An Admiralty grade as a marking: the same one, wherever the grade is given.

    Args:
        of: "reliability", of a source, or "credibility", of information.
        code: "A" to "F", or "1" to "6".

    >>> marking("reliability", "D")["definition"]["statement"]
    'Admiralty reliability of the source: D - Not usually reliable'
    """
    subject = "the source" if of == "reliability" else "the information"
    label = scale(f"admiralty-{of}").term(code).label
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": f"marking-definition--{_NAMES.uuid('marking-definition', of, code)}",
        "created_by_ref": PRODUCER["id"],
        "created": _ISSUED,
        "modified": _ISSUED,
        "name": f"Admiralty {of} {code}",
        "definition_type": "statement",
        "definition": {"statement": f"Admiralty {of} of {subject}: {code} - {label}"},
        "admiralty_scale": of,
        "admiralty_code": code,
        "extensions": {_EXTENSION["id"]: {"extension_type": "toplevel-property-extension"}},
    }


_Object = dict[str, Any]

OURS = "claim-provenance"
"""What our own ids are called among external references."""
_CLASSES: Mapping[str, str] = {
    "person": "individual",
    "outlet": "organization",
    "agency": "organization",
    "organisation": "organization",
    "government": "organization",
    "collective": "group",
    "sensor": "system",
    "model": "system",
    "unnamed": "unknown",
    "document": "unknown",
    "other": "unknown",
}

_CREDIBILITIES = "misp-information-credibility"

_NUMBER = "STIX has no number for this; its confidence is about the object that carries it"
_ONLY_GRADES = "STIX has no reliability of a source; a marking carries Admiralty grades only"
_GATE = "to STIX no opinion hangs on whether something else is true"
_VOICE = "to STIX two objects are related or duplicates; being one voice is neither"


def _is_letter(dated: Mapping[str, Any]) -> bool:
    return isinstance(dated["reliability"], str)


def _ungraded(reliability: Any) -> Dropped | None:
    if isinstance(reliability, str):
        return None
    if isinstance(reliability, list) and any(map(_is_letter, reliability)):
        return Dropped("how far it tracked the truth before", "a marking is one grade", partly=True)
    return Dropped("how far it tracks the truth", _ONLY_GRADES)


_RULES: Mapping[str, Rule] = {
    "sources_from": Dropped("the registry", "the sources themselves are written out"),
    "claims[].prior": Dropped("the prior", _NUMBER),
    "claims[].alternatives": Dropped("how many things of this kind there are", _NUMBER),
    "claims[].resolved": Dropped("how it turned out", "STIX has no outcome of a report"),
    "questions": Dropped("the questions", "STIX has no set of reports of which one is true"),
    "sources[].reliability": _ungraded,
    "sources[].passing_on": Dropped("how faithfully it passes on", _ONLY_GRADES),
    "sources[].access": Dropped("whether it could know", _NUMBER),
    "sources[].only_if": Dropped("on what claim it hangs", _GATE),
    "sources[].interests": Dropped("its interests", "STIX has no stake in a report"),
    "sources[].graded_by": Dropped("who graded it", "the grade is a marking that many share"),
    "sources[].graded_on": Dropped("when it was graded", "the grade is a marking that many share"),
    "attributions[].only_if": Dropped("on what claim it hangs", _GATE),
    "attributions[].in_hand": Dropped("whether we have the document", "STIX has no such property"),
    "attributions[].competence": Dropped("the competence", _NUMBER),
    "attributions[].fidelity": Dropped("the fidelity", _NUMBER),
    "attributions[].interest": Dropped("the interest ratio", _NUMBER),
    "attributions[].same_voice_as": Dropped("that two may be one voice", _VOICE),
}
_NOTED = frozenset(
    {
        "note",
        "refs",
        *(
            f"{section}[].{key}"
            for section in ("claims", "sources", "attributions")
            for key in ("note", "refs")
        ),
    }
)


@written_within
def to_stix(
    case: Case,
    assessments: Sequence[Assessment] = (),
    *,
    at: datetime.datetime | datetime.date | None = None,
    namespace: str | None = None,
    profile: StixProfile = "standard",
    with_ids: bool = False,
    explanation: Explanation = None,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """A case as a STIX 2.1 bundle.

    A claim is a report, a source an identity, an attribution an opinion that its source created;
    a relay is `derived-from`, with the original as `source_ref`, as section 3.7 has it. A graded
    source carries its Admiralty grade as a marking; a retracted statement is revoked. An assessed
    report says so in its description, carries the credibility as a marking and, where it can be
    judged, as a confidence by Appendix A. Every object carries its record in a property extension,
    so that `from_stix` gives the case back without what is lost. Nothing needs the `stix2` package.

    Args:
        case: the case.
        assessments: assessments of its claims, at most one for each.
        at: when this version is made; the last day that the case names if absent. A later version
            of the same bundle needs a later time.
        namespace: what to derive the ids from; the case's title if absent. Two cases of one title
            need two namespaces.
        profile: "opencti" writes grades as `x_opencti_reliability` and labels, since markings
            govern access there, relays as `related-to`, which is what it allows between opinions,
            and no date of 1970.
        with_ids: for readers inside: unnamed sources under their ids, records whole, and answers
            with bits and ids. Nothing is lost then, and the case comes back as it was.
        explanation: what is said of an answer in your own words, instead of the library's: one
            text, or texts by the ids of their claims.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        InvalidValue: for an assessment of another case, a second one of the same claim, a time
            without its zone, or for OpenCTI a case without any date where `at` is not given.
        UnknownName: for another profile, or an explanation of a claim that is not assessed.

    >>> from provenance.casefiles import load_seed
    >>> bundle = to_stix(load_seed("egypt-arms-2015")).document
    >>> sorted({each["type"] for each in bundle["objects"]})  # doctest: +NORMALIZE_WHITESPACE
    ['extension-definition', 'grouping', 'identity', 'marking-definition', 'note', 'opinion',
     'relationship', 'report']
    """
    if profile not in get_args(StixProfile):
        raise UnknownName("profile of STIX", str(profile)[:100], get_args(StixProfile))
    require_same_case(case, assessments)
    own = explanations_of(explanation, assessments)
    kept = Withheld(case, ()) if with_ids else withheld(case)
    shown = kept.case
    told = {
        each.claim: own.get(each.claim) or (str(each) if with_ids else told_to_readers(each, shown))
        for each in assessments
    }
    objects = bundle_objects(
        shown,
        {kept.claim(each.claim): (each.credibility, told[each.claim]) for each in assessments},
        at=moment(at) if at is not None else None,
        namespace=namespace,
        profile=profile,
        with_ids=with_ids,
    )
    names = NameBook.of(case, namespace)
    document = {"type": "bundle", "id": f"bundle--{names.uuid('bundle')}", "objects": objects}
    lost = () if with_ids else (*kept.losses, *losses_of(case, _RULES, _NOTED))
    numbers = (
        Loss(
            f"assessments[{position}]",
            "the probability, its interval, the reasons and the doubts, as numbers",
            "the description has them in words, and STIX has no properties for them",
            partly=True,
        )
        for position in range(len(assessments))
    )
    return Export(document, (*in_order(case, lost), *numbers))


def bundle_objects(
    case: Case,
    assessed: Mapping[str, tuple[str, str]] | None = None,
    *,
    at: str | None,
    namespace: str | None,
    profile: StixProfile,
    with_ids: bool,
) -> list[dict[str, Any]]:
    """The objects of the bundle of a case that is fit for anybody.

    Args:
        case: the case.
        assessed: for every assessed claim its credibility, and what is said of it.
        at: when this version is made, as a timestamp.
        namespace: what to derive the ids from.
        profile: for whom it is written.
        with_ids: whether the records stand there whole.
    """
    return list(_Bundle.of(case, at, namespace, profile, with_ids).objects(assessed or {}))


def _first_day(case: Case) -> datetime.date | None:
    """The first day that a case names."""
    spans = [
        *(span for each in case.attributions for span in (each.said_on, each.retracted_on)),
        *(span for each in case.documents for span in (each.published_on, each.retrieved_on)),
    ]
    return min((span.first for span in spans if span is not None), default=None)


@attrs.frozen
class _Bundle:
    """Everything that the objects of one bundle have in common."""

    case: Case
    """The case."""
    names: NameBook
    """Where the ids come from."""
    at: str
    """When this version is made."""
    undated: str
    """When everything without a date was created."""
    profile: StixProfile
    """For whom it is written."""
    told: Mapping[str, Any]
    """How it was written, for reading it back."""
    written: Mapping[str, Any]
    """The case as far as the bundle carries it, as it would stand in a file."""
    said: Mapping[str, tuple[Said, ...]]
    """What every statement says of which claims."""
    taken: Mapping[str, tuple[Taken, ...]]
    """What every statement was taken from."""
    speakers: Mapping[str, tuple[str, ...]]
    """For every claim the sources that speak about it."""
    documents: Mapping[str, Document]
    """The documents by their ids."""
    sources: Mapping[str, Source]
    """The sources by their ids."""
    statements: Mapping[str, Attribution]
    """The attributions by their ids."""

    @classmethod
    def of(
        cls,
        case: Case,
        at: str | None,
        namespace: str | None,
        profile: StixProfile,
        with_ids: bool,
    ) -> _Bundle:
        said = what_is_said(case)
        speakers: dict[str, dict[str, None]] = {claim.id: {} for claim in case.claims}
        for each in case.attributions:
            heard = [*each.claims, *(about.claim for about in said[each.id])]
            for claim in heard:
                speakers[claim][each.source] = None
        last = latest_day(case)
        if profile == "opencti" and at is None and last == EPOCH:
            raise InvalidValue(
                "expected a case with a date, or `at`: OpenCTI shows when a thing was created"
            )
        first = _first_day(case)
        dated = at if first is None else stamp(first)
        return cls(
            case,
            NameBook.of(case, namespace),
            at if at is not None else stamp(last),
            dated if profile == "opencti" and dated is not None else UNDATED,
            profile,
            {"namespace": namespace, "at": at, "profile": profile, "with_ids": with_ids},
            case.written() if with_ids else carried_of(case, _RULES, _NOTED),
            said,
            taken_from(case),
            {claim: tuple(sources) for claim, sources in speakers.items()},
            {document.id: document for document in case.documents},
            {source.id: source for source in case.sources},
            {each.id: each for each in case.attributions},
        )

    def id(self, kind: str, *parts: str) -> str:
        return f"{kind}--{self.names.uuid(kind, *parts)}"

    def made(
        self, kind: str, *parts: str, created: str | None = None, **properties: Any
    ) -> _Object:
        """An object with the properties that all have; what is None or empty is left out."""
        created = created or self.undated
        found = {
            "type": kind,
            "spec_version": "2.1",
            "id": self.id(kind, *parts),
            "created_by_ref": PRODUCER["id"],
            "created": created,
            "modified": max(created, self.at),
        }
        return found | {key: value for key, value in properties.items() if value not in (None, [])}

    def objects(self, assessed: Mapping[str, tuple[str, str]]) -> Iterator[_Object]:
        yield PRODUCER
        yield _RECORDS
        if self.profile == "standard":
            yield from markings(
                filter(None, (grade_of(each) for each in self.case.sources)),
                (credibility for credibility, _ in assessed.values()),
            )
        everything = [
            *map(self.identity, range(len(self.case.sources))),
            *(self.report(at, assessed.get(claim.id)) for at, claim in enumerate(self.case.claims)),
            *(
                opinion
                for at in range(len(self.case.attributions))
                for opinion in self.opinions(at)
            ),
            *self.derivations(),
            *self.links(),
        ]
        everything += [*self.notes()]
        yield self.grouping([each["id"] for each in everything])
        yield from everything

    def recorded(self, section: str, position: int = 0) -> _Object:
        """The record behind an object, as a property of an extension; the grouping has the rest."""
        record: Any
        if section == "case":
            rest = {key: item for key, item in self.written.items() if key not in SECTIONS}
            present = [key for key in SECTIONS if key in self.written]
            record = {"how": self.told, "sections": present, "case": rest}
        else:
            record = self.written[section][position]
        text = json.dumps({"section": section, "position": position, "record": record})
        return {RECORDED: {"extension_type": "property-extension", "claim_record": text}}

    def graded(self, of: str, code: str | None) -> _Object:
        """What an Admiralty grade looks like on an object: a marking, or to OpenCTI a label."""
        if code is None:
            return {}
        if self.profile == "standard":
            return {"object_marking_refs": [marking(of, code)["id"]]}
        tags = {"reliability": "misp-source-reliability", "credibility": _CREDIBILITIES}
        return {"labels": [scale(tags[of]).term(code).tag]}

    def grouping(self, members: list[str]) -> _Object:
        references = [*_references(self.case, None)]
        references += [self.reference(document) for document in self.case.documents]
        return self.made(
            "grouping",
            name=self.case.title or "A case",
            description=self.case.summary,
            context="unspecified",
            object_refs=members or [PRODUCER["id"]],
            external_references=references,
            extensions=self.recorded("case"),
        )

    def identity(self, position: int) -> _Object:
        source = self.case.sources[position]
        grade = grade_of(source)
        graded = self.graded("reliability", grade)
        labels = [source.kind] if "kind" in source.model_fields_set else []
        labels += graded.pop("labels", [])
        if grade is not None and self.profile == "opencti":
            graded["x_opencti_reliability"] = scale("opencti-reliability").term(grade).label
        return self.made(
            "identity",
            source.id,
            name=source.title,
            description=source.described_as if source.name is not None else None,
            identity_class=_CLASSES[source.kind],
            labels=labels,
            external_references=_references(source, source.id),
            extensions=self.recorded("sources", position),
            **graded,
        )

    def report(self, position: int, judgement: tuple[str, str] | None) -> _Object:
        claim = self.case.claims[position]
        judged, told = judgement if judgement is not None else (None, None)
        return self.made(
            "report",
            claim.id,
            name=claim.text,
            description=told,
            report_types=["threat-report"],
            published=self.at,
            confidence=stix_confidence(judged),
            object_refs=[self.id("identity", source) for source in self.speakers[claim.id]]
            or [PRODUCER["id"]],
            external_references=_references(claim, claim.id),
            extensions=self.recorded("claims", position),
            **self.graded("credibility", judged),
        )

    def opinions(self, position: int) -> Iterator[_Object]:
        """One opinion, or two where a statement speaks for one claim and against another."""
        attribution = self.case.attributions[position]
        sides = self.sides(attribution.id)
        document = self.documents.get(attribution.document or "")
        references = _references(attribution, attribution.id)
        references += [self.reference(document)] if document is not None else []
        day = attribution.said_on or (document.published_on if document is not None else None)
        for side in sides:
            found = self.made(
                "opinion",
                *self.opinion_key(attribution.id, side),
                created=None if day is None else first_moment(day),
                opinion=scale("misp-opinion").term_for(_level(attribution, side))[0].label,
                explanation=statement_in_words(attribution, self.sources[attribution.source]),
                object_refs=self.subjects(attribution, side),
                revoked=True if attribution.retracted_on is not None else None,
                external_references=references,
                extensions=self.recorded("attributions", position),
            )
            yield found | {"created_by_ref": self.id("identity", attribution.source)}

    def sides(self, attribution: str) -> tuple[bool, ...]:
        """Whether a statement speaks for its claims; both where it does either.

        One that disowns others speaks against them, whatever they say.
        """
        found = self.statements[attribution]
        sides = tuple(dict.fromkeys(said.affirms for said in self.said[attribution]))
        if found.stance == "disowns" or not sides:
            return (not turns_round(found),)
        return sides

    def opinion_key(self, attribution: str, side: bool) -> tuple[str, ...]:
        several = len(self.sides(attribution)) > 1
        return (attribution, "for" if side else "against") if several else (attribution,)

    def subjects(self, attribution: Attribution, side: bool) -> list[str]:
        """The reports that an opinion is about; of one that only goes in circles, other opinions."""
        said = self.said[attribution.id]
        if attribution.is_silence:
            return [self.id("report", claim) for claim in attribution.claims]
        if said and attribution.stance != "disowns":
            return [self.id("report", each.claim) for each in said if each.affirms == side]
        cited = [each.original for each in self.taken[attribution.id] if each.is_passed_on]
        others = [name for name in cited if name != attribution.id]
        return [
            self.id("opinion", *self.opinion_key(name, side))
            for name in others
            for side in self.sides(name)
        ] or [self.id("identity", attribution.source)]

    def derivations(self) -> Iterator[_Object]:
        """For everything passed on, and for every premise of an inference, where it comes from."""
        for each in self.case.attributions:
            for taken in self.taken[each.id]:
                how = "passes on" if taken.is_passed_on else "inferred from"
                if taken.is_passed_on and each.stance == "disowns":
                    how = "disowns"
                turned = self.profile == "opencti" or how == "disowns"
                for original, derived in self.pairs(taken.original, each, how):
                    ends = {"source_ref": original, "target_ref": derived}
                    if turned:  # in the direction in which the words read
                        ends = {"source_ref": derived, "target_ref": original}
                    yield self.made(
                        "relationship",
                        *(how, original, derived),
                        relationship_type="related-to" if turned else "derived-from",
                        description=f"{how}{taken.part}",
                        **ends,
                    )

    def pairs(self, original: str, relay: Attribution, how: str) -> list[tuple[str, str]]:
        """The opinions that an original and its relay are, joined where they are of one side."""
        turned = how == "passes on" and turns_round(relay)
        sides = [(one, two) for one in self.sides(original) for two in self.sides(relay.id)]
        fitting = [(one, two) for one, two in sides if (one != two) == turned]
        fitting = sides if how == "disowns" else fitting
        return [
            (
                self.id("opinion", *self.opinion_key(original, one)),
                self.id("opinion", *self.opinion_key(relay.id, two)),
            )
            for one, two in fitting or sides
        ]

    def links(self) -> Iterator[_Object]:
        seen: dict[tuple[str, ...], int] = {}
        for link in self.case.links:
            for one, other in combinations(link.touches, 2):
                # From the sign to what it is a sign of, as an indicator points to its subject.
                ends = (other, one) if link.kind == "evidence" else (one, other)
                key = (link.kind, *ends)
                seen[key] = seen.get(key, 0) + 1
                yield self.made(
                    "relationship",
                    *key,
                    str(seen[key]),
                    relationship_type="related-to",
                    description=link_in_words(link),
                    source_ref=self.id("report", ends[0]),
                    target_ref=self.id("report", ends[1]),
                )

    def notes(self) -> Iterator[_Object]:
        for claim in self.case.claims:
            yield from self.note(claim.note, self.id("report", claim.id))
        for source in self.case.sources:
            yield from self.note(source.note, self.id("identity", source.id))
        for each in self.case.attributions:
            keys = [self.opinion_key(each.id, side) for side in self.sides(each.id)]
            yield from self.note(each.note, *(self.id("opinion", *key) for key in keys))
        yield from self.note(self.case.note, self.id("grouping"))

    def note(self, text: str | None, *subjects: str) -> Iterator[_Object]:
        if text is not None:
            yield self.made("note", *subjects, content=text, object_refs=list(subjects))

    def reference(self, document: Document) -> _Object:
        """A document as a reference to something outside."""
        found: _Object = {
            "source_name": document.title or document.id,
            "external_id": document.id,
            "description": document_in_words(document, self.sources.get(document.publisher or "")),
        }
        if document.url is not None and is_web_address(document.url):
            found["url"] = document.url
            if document.sha256 is not None and len(document.sha256) == 64:
                found["hashes"] = {"SHA-256": document.sha256}
        return {key: value for key, value in found.items() if value}


def _level(attribution: Attribution, side: bool) -> float:
    """How far a statement agrees with what it is about, from 0 to 1; a silence does neither."""
    if attribution.is_silence:
        return 0.5
    credence = spoken_credence(attribution)
    return max(credence, 1.0 - credence) if side else min(credence, 1.0 - credence)


def _references(record: Record, name: str | None) -> list[_Object]:
    """The id of a record in the case, and its ids in other systems, as STIX names outside things."""
    found = [{"source_name": OURS, "external_id": name}] if name is not None else []
    found += [{"source_name": each.scheme, "external_id": each.id} for each in record.refs]
    return found
