"""MISP: a case as an event of source assessments, statements and tagged claims."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.bounds import Cancel
from provenance.errors import FormatError
from provenance.exchange.budgets import written_within
from provenance.exchange.documents import (
    NameBook,
    document_in_words,
    grade_of,
    is_web_address,
    latest_day,
    statement_in_words,
)
from provenance.exchange.losses import (
    Dropped,
    Export,
    Loss,
    Rule,
    in_order,
    losses_of,
    require_same_case,
)
from provenance.exchange.withholding import Withheld, withheld
from provenance.graph import Said, Taken, taken_from, what_is_said
from provenance.records import Attribution, Case, Claim, Document, Source
from provenance.scales import Label, Range, Scale, convert, scale

__all__ = [
    "OURS",
    "MispTags",
    "from_misp_tags",
    "to_misp",
    "to_misp_tags",
]

# The tags of MISP that say how good a source is, how credible and likely a claim, how sure we
# are.

MOST_TAGS = 10_000
"""How many tags are read at once."""
LONGEST_TAG = 1_000
"""How many characters a tag may have."""

_SCALES: Mapping[str, str] = {
    "reliability": "misp-source-reliability",
    "credibility": "misp-information-credibility",
    "likelihood": "misp-estimative-language",
    "confidence": "misp-analytic-confidence",
}


@attrs.frozen
class MispTags:
    """What the tags of an event, an object or an attribute say.

    >>> read = from_misp_tags(['admiralty-scale:source-reliability="b"', "tlp:green"])
    >>> read.reliability, read.credibility
    ('B', None)
    >>> print(read.losses[0])
    tags[1]: lost: the tag 'tlp:green' (no tag of a taxonomy that is read here)
    """

    reliability: str | None = None
    """The Admiralty grade of the source, "A" to "F"; `None` where no tag says."""
    credibility: str | None = None
    """The Admiralty grade of the information, "1" to "6"; `None` where no tag says."""
    likelihood: str | None = None
    """The words for how likely it is, as ICD 203 has them; `None` where no tag says."""
    likelihood_range: Range | None = None
    """The probabilities that these words stand for in MISP's file."""
    confidence: str | None = None
    """The analytic confidence: "low", "moderate" or "high"; `None` where no tag says."""
    losses: tuple[Loss, ...] = ()
    """Tags that were not understood, or that contradict each other."""


def to_misp_tags(subject: Source | Assessment) -> tuple[str, ...]:
    """The MISP tags of a graded source, or of an assessed claim.

    A source that carries no Admiralty grade has none. Of an assessment: its credibility, its
    analytic confidence, and the words for its likelihood where the taxonomy has exactly one term
    for it and there is evidence that can be judged.

    >>> to_misp_tags(Source(id="now", reliability="B"))
    ('admiralty-scale:source-reliability="b"',)
    """
    if isinstance(subject, Source):
        grade = grade_of(subject)
        return (_tag("reliability", grade),) if grade is not None else ()
    found = [_tag("credibility", subject.credibility)]
    terms = scale(_SCALES["likelihood"]).term_for(subject.probability)
    if len(terms) == 1 and subject.credibility != "6":
        found.append(terms[0].tag)
    return (*found, _tag("confidence", subject.confidence.level))


def _tag(what: str, label: str) -> str:
    return scale(_SCALES[what]).term(label).tag


def from_misp_tags(tags: Iterable[str | Mapping[str, Any]]) -> MispTags:
    """What the tags of something in MISP say, in our terms.

    Args:
        tags: the tags, as texts or as MISP writes them: objects with a `name`.

    Tags of other taxonomies are listed as losses. Two different tags of one kind contradict each
    other, so that neither counts. "Deliberately deceptive" is read as E, with a loss.

    Raises:
        FormatError: when something that is no tag stands among them, or there are too many.
    """
    names = _names(tags)
    losses: list[Loss] = []
    found: dict[str, dict[str, Label]] = {what: {} for what in _SCALES}
    for position, name in enumerate(names):
        what, term = _meaning(name)
        if term is None:
            why = "no tag of a taxonomy that is read here"
            losses.append(Loss(f"tags[{position}]", f"the tag {name[:100]!r}", why))
            continue
        found[what][term.code] = term
        if term.concept == "deceptive":
            why = "our grades end at E, for unreliable"
            losses.append(Loss(f"tags[{position}]", "that the source deceives", why, True))
    fields: dict[str, Any] = {}
    for what, terms in found.items():
        if len(terms) > 1:
            why = f"they contradict each other: {', '.join(sorted(terms))}"
            losses.append(Loss("tags", f"the tags of {what}", why))
        elif terms:
            fields |= _read(what, *terms.values())
    return MispTags(**fields, losses=tuple(losses))


def _names(tags: Iterable[str | Mapping[str, Any]]) -> list[str]:
    if isinstance(tags, str | bytes | Mapping) or not isinstance(tags, Iterable):
        raise _refused("", "not-a-list", f"expected a list of tags, found {type(tags).__name__}")
    names: list[str] = []
    for position, tag in enumerate(tags):
        if position >= MOST_TAGS:
            raise _refused("", "too-many", f"expected at most {MOST_TAGS} tags, found more")
        name = tag.get("name") if isinstance(tag, Mapping) else tag
        if not isinstance(name, str) or len(name) > LONGEST_TAG:
            found = "a longer text" if isinstance(name, str) else type(name).__name__
            message = f"expected a tag of at most {LONGEST_TAG} characters, found {found}"
            raise _refused(f"tags[{position}]", "not-a-tag", message)
        names.append(name)
    return names


def _refused(path: str, code: str, message: str) -> FormatError:
    fix = 'give texts such as admiralty-scale:source-reliability="b"'
    return FormatError.of(path, code, message, fix, where="MISP tags")


def _meaning(name: str) -> tuple[str, Label | None]:
    """What a tag is about, and the term that it stands for; None for a tag of another taxonomy."""
    for what, published in _SCALES.items():
        for term in scale(published):
            if term.tag.casefold() == name.strip().casefold():
                return what, term
    return "", None


def _read(what: str, term: Label) -> dict[str, Any]:
    published: Scale = scale(_SCALES[what])
    if what == "likelihood":
        (words,) = convert(term.code, published.name, "icd203").terms
        return {what: words.label, "likelihood_range": term.span}
    if what == "reliability":
        return {what: convert(term.code, published.name, "admiralty-reliability").terms[0].code}
    return {what: term.code}


_Object = dict[str, Any]

OURS = "claim-provenance"
"""The organisation in whose name events are written."""
_TEMPLATE: Mapping[str, str] = {
    "name": "intelligence-source-assessment",
    "meta-category": "misc",
    "description": (
        "Object template to capture source reliability, information credibility and evaluation "
        "details supporting an INTREP or similar intelligence report."
    ),
    "template_uuid": "2d3a5895-6c54-50b5-bd25-ce33e974c50a",
    "template_version": "1",
}
# The template has words of its own where they differ from the doctrine's.
_CREDIBILITY: Mapping[str, str] = {"4": "4 - Doubtfully true"}
_CONFIDENCE: Mapping[str, str] = {"moderate": "medium"}

_NUMBER = "MISP has no number for this, and its tags carry words"
_GATE = "MISP has no condition on which a text counts"
_TAGGED = "the tags and the object carry the grade alone"


def _is_letter(dated: Mapping[str, Any]) -> bool:
    return isinstance(dated["reliability"], str)


def _ungraded(reliability: Any) -> Dropped | None:
    if isinstance(reliability, str):
        return None
    if isinstance(reliability, list) and any(map(_is_letter, reliability)):
        return Dropped("how far it tracked the truth before", _TAGGED, partly=True)
    return Dropped("how far it tracks the truth", _NUMBER)


_RULES: Mapping[str, Rule] = {
    "sources_from": Dropped("the registry", "the sources themselves are written out"),
    "claims[].prior": Dropped("the prior", _NUMBER),
    "claims[].alternatives": Dropped("how many things of this kind there are", _NUMBER),
    "claims[].resolved": Dropped("how it turned out", "MISP has no outcome of a text"),
    "questions": Dropped("the questions", "MISP has no set of texts of which one is true"),
    "links": Dropped("the links", "MISP relates objects, and a claim is an attribute"),
    "sources[].reliability": _ungraded,
    "sources[].passing_on": Dropped("how faithfully it passes on", _NUMBER),
    "sources[].access": Dropped("whether it could know", _NUMBER),
    "sources[].only_if": Dropped("on what claim it hangs", _GATE),
    "sources[].interests": Dropped("its interests", "MISP has no stake in a text"),
    "sources[].graded_by": Dropped("who graded it", _TAGGED),
    "sources[].graded_on": Dropped("when it was graded", _TAGGED),
    "attributions[].only_if": Dropped("on what claim it hangs", _GATE),
    "attributions[].in_hand": Dropped(
        "whether we have the document", "the template has no such field"
    ),
    "attributions[].competence": Dropped("the competence", _NUMBER),
    "attributions[].fidelity": Dropped("the fidelity", _NUMBER),
    "attributions[].interest": Dropped("the interest ratio", _NUMBER),
    "attributions[].same_voice_as": Dropped("that two may be one voice", _NUMBER),
}
_NOTED = frozenset({"note", *(f"{name}[].note" for name in ("claims", "sources", "attributions"))})


@written_within
def to_misp(
    case: Case,
    assessments: Sequence[Assessment] = (),
    *,
    at: datetime.date | None = None,
    namespace: str | None = None,
    with_ids: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """A case as a MISP event, in MISP's JSON.

    A claim is a text attribute; an assessed one carries admiralty-scale and estimative-language
    tags. A source and each of its statements are objects of the template
    intelligence-source-assessment; a statement refers to its source (`attributed-to`), to what it
    is about (`related-to`, with its side as comment), and is the source of what derives from it
    (`derived-from`, whose direction in MISP is that of STIX). Needs no other package.

    Args:
        case: the case.
        assessments: assessments of its claims, at most one for each.
        at: the day of the event; the last day that the case names if absent.
        namespace: what to derive the UUIDs from; the case's title if absent.
        with_ids: for readers inside: unnamed sources under their ids, with what is noted of them.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        InvalidValue: for an assessment of another case, or a second one of the same claim.

    >>> from provenance.casefiles import load_seed
    >>> event = to_misp(load_seed("egypt-arms-2015")).document["Event"]
    >>> event["info"], len(event["Attribute"]), len(event["Object"])
    ('Arms for Damascus', 10, 19)
    """
    require_same_case(case, assessments)
    kept = Withheld(case, ()) if with_ids else withheld(case)
    assessed = {kept.claim(each.claim): each for each in assessments}
    event = _Event.of(kept.case, assessed, at or latest_day(case), namespace).written()
    told = (
        Loss(
            f"assessments[{position}]",
            "the probability, its interval, the reasons and the doubts",
            "MISP's tags carry the credibility, the likelihood in words, and the confidence",
            partly=True,
        )
        for position in range(len(assessments))
    )
    lost = in_order(case, (*kept.losses, *losses_of(case, _RULES, _NOTED)))
    return Export({"Event": event}, (*lost, *told))


@attrs.frozen
class _Event:
    """Everything that the parts of one event have in common."""

    case: Case
    """The case."""
    assessed: Mapping[str, Assessment]
    """The assessments, by their claims."""
    names: NameBook
    """Where the UUIDs come from."""
    at: datetime.date
    """The day of the event."""
    said: Mapping[str, tuple[Said, ...]]
    """What every statement says of which claims."""
    taken: Mapping[str, tuple[Taken, ...]]
    """What every statement was taken from."""
    sources: Mapping[str, Source]
    """The sources by their ids."""

    @classmethod
    def of(
        cls,
        case: Case,
        assessed: Mapping[str, Assessment],
        at: datetime.date,
        namespace: str | None,
    ) -> _Event:
        sources = {source.id: source for source in case.sources}
        names = NameBook.of(case, namespace)
        return cls(case, assessed, names, at, what_is_said(case), taken_from(case), sources)

    @property
    def timestamp(self) -> str:
        return str((self.at - datetime.date(1970, 1, 1)).days * 86_400)

    def uuid(self, kind: str, *parts: str) -> str:
        return str(self.names.uuid(f"misp-{kind}", *parts))

    def written(self) -> _Object:
        attributes = [
            *(self.claim(claim) for claim in self.case.claims),
            *(self.document(document) for document in self.case.documents),
            *self.remarks(),
        ]
        statements = {each.id: self.statement(each) for each in self.case.attributions}
        self.derive(statements)
        return {
            "uuid": self.uuid("event"),
            "info": self.case.title or "A case",
            "date": self.at.isoformat(),
            "Orgc": {"name": OURS, "uuid": str(NameBook(OURS).uuid("organisation"))},
            "timestamp": self.timestamp,
            "published": False,
            "analysis": "2" if self.assessed else "1",
            "threat_level_id": "4",
            "distribution": "0",
            "Attribute": attributes,
            "Object": [*map(self.source, self.case.sources), *statements.values()],
        }

    def attribute(self, kind: str, *key: str, value: str, **more: Any) -> _Object:
        """An attribute, which nothing is to be correlated or detected by."""
        return {
            "uuid": self.uuid("attribute", *key),
            "type": kind,
            "category": "External analysis" if kind == "link" else "Other",
            "value": value,
            "to_ids": False,
            "disable_correlation": True,
            "distribution": "5",
            "timestamp": self.timestamp,
        } | {name: item for name, item in more.items() if item}

    def claim(self, claim: Claim) -> _Object:
        assessment = self.assessed.get(claim.id)
        return self.attribute(
            "text",
            "claim",
            claim.id,
            value=claim.text,
            comment=_joined(f"claim {claim.id}", claim.note),
            Tag=[] if assessment is None else _tags(assessment),
        )

    def document(self, document: Document) -> _Object:
        words = document_in_words(document, self.sources.get(document.publisher or ""))
        address = document.url if document.url and is_web_address(document.url) else None
        return self.attribute(
            "link" if address else "text",
            "document",
            document.id,
            value=address or words or document.id,
            comment=_joined(f"document {document.id}", words if address else None),
        )

    def remarks(self) -> Iterator[_Object]:
        for what, text in (("summary", self.case.summary), ("note", self.case.note)):
            if text is not None:
                yield self.attribute("text", what, value=text, comment=f"{what} of the case")

    def object(self, key: tuple[str, ...], fields: Sequence[tuple[str, str, Any]]) -> _Object:
        """An object of the template: its fields as attributes, in order."""
        attributes = [
            self.attribute(
                "comment" if relation == "comment" else "text",
                *(*key, relation, str(position)),
                value=value,
                Tag=tags,
            )
            | {"object_relation": relation}
            for position, (relation, value, tags) in enumerate(fields)
        ]
        return dict(_TEMPLATE) | {
            "uuid": self.uuid("object", *key),
            "timestamp": self.timestamp,
            "distribution": "5",
            "Attribute": attributes,
            "ObjectReference": [],
        }

    def source(self, source: Source) -> _Object:
        fields: list[tuple[str, str, Any]] = [("source-id", source.id, ())]
        summary = [source.name] if source.name is not None else []
        summary += [f"described as {source.described_as}"] if source.described_as else []
        summary += [f"kind {source.kind}"] if "kind" in source.model_fields_set else []
        if summary:
            fields.append(("source-summary", "; ".join(summary), ()))
        grade = grade_of(source)
        if grade is not None:
            label = scale("opencti-reliability").term(grade).label
            fields.append(("source-reliability", label, _tags(source)))
        if source.note is not None:
            fields.append(("comment", source.note, ()))
        return self.object(("source", source.id), fields)

    def statement(self, attribution: Attribution) -> _Object:
        source = self.sources[attribution.source]
        fields: list[tuple[str, str, Any]] = [
            ("source-id", source.id, ()),
            ("evaluation", self.told(attribution), ()),
            ("related-report", f"statement {attribution.id}", ()),
        ]
        if attribution.document is not None:
            fields.append(("related-report", f"document {attribution.document}", ()))
        said = self.said[attribution.id]
        judged = [self.assessed[each.claim] for each in said if each.claim in self.assessed]
        if len(judged) == 1:
            code, level = judged[0].credibility, judged[0].confidence.level
            label = scale("admiralty-credibility").term(code).label
            words = _CREDIBILITY.get(code, f"{code} - {label}")
            fields.append(("information-credibility", words, ()))
            fields.append(("confidence", _CONFIDENCE.get(level, level), ()))
        if attribution.note is not None:
            fields.append(("comment", attribution.note, ()))
        found = self.object(("statement", attribution.id), fields)
        self.refer(found, "attributed-to", self.uuid("object", "source", source.id))
        for claim, side in self.about(attribution):
            self.refer(found, "related-to", self.uuid("attribute", "claim", claim), side)
        return found

    def told(self, attribution: Attribution) -> str:
        """A statement in words, with what it speaks against: others drop comments of references."""
        words = statement_in_words(attribution, self.sources[attribution.source])
        against = [claim for claim, side in self.about(attribution) if side == "denies"]
        return f"{words} Against {', '.join(against)}." if against else words

    def about(self, attribution: Attribution) -> Iterator[tuple[str, str]]:
        """The claims that a statement is about, and what it does; one that disowns has none."""
        if attribution.is_silence:
            yield from ((claim, "says nothing") for claim in attribution.claims)
        elif attribution.stance != "disowns":
            for each in self.said[attribution.id]:
                yield each.claim, "affirms" if each.affirms else "denies"

    def derive(self, statements: Mapping[str, _Object]) -> None:
        """What a statement passes on, or was inferred from, refers to it as derived."""
        for each in self.case.attributions:
            target = statements[each.id]["uuid"]
            for taken in self.taken[each.id]:
                how = "passes on" if taken.is_passed_on else "infers from"
                if taken.is_passed_on and each.stance == "disowns":
                    part = taken.part or " this"
                    original = statements[taken.original]["uuid"]
                    self.refer(statements[each.id], "related-to", original, f"disowns{part}")
                    continue
                words = f"{each.id} {how}{taken.part or ' this'}"
                self.refer(statements[taken.original], "derived-from", target, words)

    def refer(self, source: _Object, relation: str, target: str, comment: str = "") -> None:
        source["ObjectReference"].append(
            {
                "uuid": self.uuid("reference", source["uuid"], relation, target, comment),
                "object_uuid": source["uuid"],
                "referenced_uuid": target,
                "relationship_type": relation,
                "comment": comment,
            }
        )


def _tags(subject: Source | Assessment) -> list[_Object]:
    return [{"name": name} for name in to_misp_tags(subject)]


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part is not None)
