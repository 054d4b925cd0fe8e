"""Nanopublications: every statement of a case as one, with who made it and who published it."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from provenance.assessment import Assessment
from provenance.bounds import Cancel
from provenance.errors import InvalidValue
from provenance.exchange.budgets import written_within
from provenance.exchange.documents import EPOCH, is_web_address, local_name, moment
from provenance.exchange.losses import (
    Dropped,
    Export,
    Loss,
    Rule,
    in_order,
    losses_of,
    require_same_case,
)
from provenance.exchange.prov_json import NAMESPACE, PROV, XSD, Literal, ProvStatement, Value
from provenance.exchange.prov_writing import written_case
from provenance.exchange.withholding import Withheld, withheld
from provenance.graph import Said, what_is_said
from provenance.records import Case

__all__ = ["to_nanopublications"]

_PREFIXES: Mapping[str, str] = {
    "cp": NAMESPACE,
    "dct": "http://purl.org/dc/terms/",
    "np": "http://www.nanopub.org/nschema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": XSD,
}
_LIBRARY = "cp:claim-provenance"
_TERMS: Mapping[str, str] = {"prov:label": "rdfs:label", "prov:type": "a"}
_DERIVED: Mapping[str, str] = {
    "prov:Quotation": "prov:wasQuotedFrom",
    "prov:PrimarySource": "prov:hadPrimarySource",
    "prov:Revision": "prov:wasRevisionOf",
}

_NOT_SAID = "a nanopublication says who said what, from whom; this is no part of that"
_GRADES = "a nanopublication says who said what, and grades nobody"
_OF_THE_HOUSE = frozenset(
    {"cp:record", "cp:data", "cp:admiralty", "cp:prior", "cp:implies", "cp:signOf"}
)
"""What stays in the house: records, grades, priors, and what it takes to follow from what."""
_REFERRED = frozenset(
    f"{section}[].refs" for section in ("claims", "sources", "documents", "attributions")
)
_FIRST = Dropped("its end, or how exact it is", "it is one moment here, the first", partly=True)


_RULES: Mapping[str, Rule] = {
    **{
        key: Dropped(f"the {key}", _NOT_SAID)
        for key in ("sources_from", "title", "summary", "questions", "links")
    },
    **{
        f"claims[].{key}": Dropped(f"the {key}", _NOT_SAID)
        for key in ("prior", "alternatives", "resolved")
    },
    **{
        f"sources[].{key}": Dropped(f"the {key}", _GRADES)
        for key in ("passing_on", "access", "interests", "only_if", "graded_by", "graded_on")
    },
    "sources[].reliability": Dropped("how far it tracks the truth", _GRADES),
    "sources[].described_as": Dropped("how it is described", "it has its name here", True),
    "documents[].published_on": _FIRST,
    "documents[].retrieved_on": Dropped("when it was retrieved", _NOT_SAID),
    **{
        f"attributions[].{key}": Dropped(f"the {key}", _NOT_SAID)
        for key in (
            *("in_hand", "competence", "fidelity", "interest", "only_if", "would_speak"),
            *("same_voice_as", "retracted_because"),
        )
    },
    "attributions[].locators": Dropped("where it stands", "the first quote is told", True),
    "attributions[].cites": Dropped("which part it passes on", "what that comes to is told", True),
    "attributions[].from": Dropped("which part it is inferred from", "the whole is told", True),
    "attributions[].said_on": _FIRST,
    "attributions[].retracted_on": _FIRST,
}


@written_within
def to_nanopublications(
    case: Case,
    assessments: Sequence[Assessment] = (),
    *,
    base: str,
    creator: str | None = None,
    license: str | None = None,  # noqa: A002 - what the term of Dublin Core is called
    at: datetime.datetime | datetime.date | None = None,
    with_ids: bool = False,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Export:
    """The statements of a case as nanopublications, in TriG.

    Each has three graphs beside its head: the assertion is what is said of which claim, through
    whatever the statement passes on; its provenance who says so, when, in which document and from
    which other assertions; the publication info who published it, when, and under which licence.
    An assessment is one more, derived from the statements. They are neither signed nor given trusty
    names: the tools of nanopublications do that.

    Args:
        case: the case.
        assessments: assessments of its claims, at most one for each.
        base: the address that their names begin with, which ends with / or #.
        creator: the address of who publishes them; the library if absent.
        license: the address of their licence.
        at: when they are published; the last day on which something in them was said, withdrawn or
            published if absent.
        with_ids: for readers inside: unnamed sources under their ids.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        InvalidValue: for an assessment of another case, a second one of the same claim, or an
            address that is none.

    >>> from provenance.casefiles import load_seed
    >>> case = load_seed("egypt-arms-2015")
    >>> text = to_nanopublications(case, base="https://example.org/np/").document
    >>> text.count(" a np:Nanopublication ") == len(case.attributions)
    True
    """
    require_same_case(case, assessments)
    if not is_web_address(base) or not base.endswith(("/", "#")):
        raise InvalidValue(f"expected an address that ends with / or #, found {base[:200]!r}")
    for address in (creator, license):
        if address is not None and not is_web_address(address):
            raise InvalidValue(f"expected an address of the web, found {address[:200]!r}")
    kept = Withheld(case, ()) if with_ids else withheld(case)
    told = written_case(kept.case, assessments, kept.claims)
    about = {
        "dct:created": [_literal(moment(at or _last_day(kept.case)), f"{XSD}dateTime")],
        "dct:creator": [_LIBRARY if creator is None else f"<{creator}>"],
        "dct:license": [] if license is None else [f"<{license}>"],
    }
    press = _Press.of(kept.case, told.statements, about)
    lines = [f"@prefix {key}: <{address}> ." for key, address in _PREFIXES.items()]
    lines += [f"@prefix case: <{base}> .", ""]
    for each in kept.case.attributions:
        lines += press.statement(each.id)
    for assessment in assessments:
        lines += press.assessment(kept.claim(assessment.claim))
    lost = (*kept.losses, *losses_of(case, _RULES, _REFERRED), *told.losses, *_unsaid(case))
    shown = {loss.path for loss in kept.losses if loss.partly}
    return Export(
        "\n".join(lines),
        in_order(case, (loss for loss in lost if loss.partly or loss.path not in shown)),
    )


def _last_day(case: Case) -> datetime.date:
    """The last day on which anything was said, withdrawn or published that is told."""
    told = {each.document for each in case.attributions}
    spans = [
        *(span for each in case.attributions for span in (each.said_on, each.retracted_on)),
        *(each.published_on for each in case.documents if each.id in told),
    ]
    return max((span.last for span in spans if span is not None), default=EPOCH)


Triples = Mapping[str, Mapping[str, list[str]]]
"""What is said of every name, by the verb."""


@attrs.frozen
class _Press:
    """Everything that the nanopublications of one case have in common."""

    elements: Mapping[str, ProvStatement]
    """Things by their names."""
    relations: Mapping[str, list[ProvStatement]]
    """Relations by the name of what they are of."""
    stands_in: Mapping[str, list[str]]
    """The documents of every statement."""
    said: Mapping[str, tuple[Said, ...]]
    """What every statement says of which claims."""
    disowning: frozenset[str]
    """The statements that only say that others were never made."""
    about: Mapping[str, list[str]]
    """Who publishes, when, and under which licence."""

    @classmethod
    def of(
        cls, case: Case, statements: Sequence[ProvStatement], about: Mapping[str, list[str]]
    ) -> _Press:
        relations: dict[str, list[ProvStatement]] = defaultdict(list)
        stands_in: dict[str, list[str]] = defaultdict(list)
        for each in statements:
            if each.kind == "hadMember" and each.parts["collection"].startswith("case:document."):
                stands_in[each.parts["entity"]].append(each.parts["collection"])
            elif each.parts:
                relations[next(iter(each.parts.values()))].append(each)
        return cls(
            {each.name: each for each in statements if each.name},
            relations,
            stands_in,
            what_is_said(case),
            frozenset(each.id for each in case.attributions if each.stance == "disowns"),
            about,
        )

    def statement(self, name: str) -> Iterator[str]:
        """The nanopublication of a statement."""
        thing = f"case:{local_name('statement', name)}"
        said = self.element(thing)
        for verb in ("cp:affirms", "cp:denies"):
            said[thing].pop(verb, None)
        for each in () if name in self.disowning else self.said[name]:
            claim = f"case:{local_name('claim', each.claim)}"
            said[thing].setdefault("cp:affirms" if each.affirms else "cp:denies", []).append(claim)
        for verb in ("cp:affirms", "cp:denies", "cp:silentOn"):
            for claim in said[thing].get(verb, ()):
                said |= self.element(claim)
        assertion = _assertion(thing)
        origin: dict[str, dict[str, list[str]]] = {assertion: defaultdict(list)}
        for relation in self.relations.get(thing, ()):
            for verb, target in _of_assertion(relation):
                if target not in origin[assertion][verb]:
                    origin[assertion][verb].append(target)
                origin |= self.element(target)
        for document in self.stands_in.get(thing, ()):
            origin[assertion]["dct:isPartOf"].append(document)
            origin |= self.element(document)
            for relation in self.relations.get(document, ()):
                for verb, target in _of_assertion(relation):
                    origin[document][verb] = [target]
                    origin |= self.element(target)
        yield from self.printed(thing, said, origin)

    def assessment(self, claim: str) -> Iterator[str]:
        """The nanopublication of an assessment, derived from those of the statements."""
        thing = f"case:{local_name('assessment', claim)}"
        weighing = f"case:{local_name('weighing', claim)}"
        assertion = _assertion(thing)
        statements = (name for name in self.elements if name.startswith("case:statement."))
        origin = {
            assertion: {
                "prov:wasGeneratedBy": [weighing],
                "prov:wasAttributedTo": [_LIBRARY],
                "prov:wasDerivedFrom": [_assertion(name) for name in statements],
            },
            **self.element(weighing),
            **self.element(_LIBRARY),
        }
        about = self.element(f"case:{local_name('claim', claim)}")
        yield from self.printed(thing, self.element(thing) | about, origin)

    def element(self, name: str) -> dict[str, dict[str, list[str]]]:
        """What is said of a thing itself, without what belongs to the house."""
        found: dict[str, list[str]] = {}
        known = self.elements.get(name)
        for key, value in known.attributes if known is not None else ():
            if key not in _OF_THE_HOUSE:
                found.setdefault(_TERMS.get(key, key), []).append(_term(value))
        return {name: found} if found else {}

    def printed(self, thing: str, said: Triples, origin: Triples) -> Iterator[str]:
        """The four graphs, as TriG."""
        name = f"case:nanopub.{thing.removeprefix('case:')}"
        head = {
            name: {
                "a": ["np:Nanopublication"],
                "np:hasAssertion": [_assertion(thing)],
                "np:hasProvenance": [f"{name}_provenance"],
                "np:hasPublicationInfo": [f"{name}_pubinfo"],
            }
        }
        yield from _graph(f"{name}_head", head)
        yield from _graph(_assertion(thing), said)
        yield from _graph(f"{name}_provenance", origin)
        yield from _graph(f"{name}_pubinfo", {name: self.about})


def _assertion(thing: str) -> str:
    return f"case:nanopub.{thing.removeprefix('case:')}_assertion"


def _of_assertion(relation: ProvStatement) -> Iterator[tuple[str, str]]:
    """What a relation of a statement, or of a document, says of it in PROV-O."""
    parts = relation.parts
    match relation.kind:
        case "wasAttributedTo":
            yield "prov:wasAttributedTo", parts["agent"]
        case "wasGeneratedBy":
            yield "prov:generatedAtTime", _literal(parts["time"], f"{XSD}dateTime")
        case "wasInvalidatedBy":
            yield "prov:invalidatedAtTime", _literal(parts["time"], f"{XSD}dateTime")
        case "wasInfluencedBy":
            yield "prov:wasInfluencedBy", _assertion(parts["influencer"])
        case "wasDerivedFrom":
            yield "prov:wasDerivedFrom", _assertion(parts["usedEntity"])
            for kind in relation.values("prov:type"):
                yield _DERIVED[kind.text], _assertion(parts["usedEntity"])


def _term(value: Value) -> str:
    if not isinstance(value, Literal):
        return value.text
    return f"<{value.text}>" if value.type == f"{XSD}anyURI" else _literal(value.text, value.type)


def _literal(text: str, kind: str = "") -> str:
    # The escapes of JSON are escapes of Turtle, as long as other characters stay as they are.
    quoted = json.dumps(text, ensure_ascii=False)
    return f"{quoted}^^<{kind}>" if kind else quoted


def _graph(name: str, triples: Triples) -> Iterator[str]:
    yield f"{name} {{"
    for subject, said in triples.items():
        verbs = [f"{verb} {', '.join(things)}" for verb, things in said.items() if things]
        yield f"    {subject} " + " ;\n        ".join(verbs) + " ."
    yield "}\n"


def _unsaid(case: Case) -> Iterator[Loss]:
    """Records that no statement is about, or is of."""
    documents = {each.document for each in case.attributions}
    publishers = {each.publisher for each in case.documents if each.id in documents}
    said = what_is_said(case)
    told: Mapping[str, set[str | None]] = {
        "claims": {
            claim
            for each in case.attributions
            for claim in (*each.claims, *(about.claim for about in said[each.id]))
        },
        "sources": {*publishers, *(each.source for each in case.attributions)},
        "documents": documents,
    }
    for section, names in told.items():
        records: tuple[Any, ...] = getattr(case, section)
        for position, record in enumerate(records):
            if record.id not in names:
                why = "no statement is about it or of it"
                yield Loss(f"{section}[{position}]", f"the {section[:-1]}", why)
