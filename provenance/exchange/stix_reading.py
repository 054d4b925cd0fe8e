"""STIX 2.1 that comes in: our own bundles as they were, and those of others as a draft of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

import attrs

from provenance.bounds import Cancel
from provenance.casefiles import MAX_BYTES
from provenance.errors import InvalidValue
from provenance.exchange.budgets import read_within
from provenance.exchange.documents import (
    MOST_ENTRIES,
    NewIds,
    case_of,
    day_of,
    is_web_address,
    json_of,
    refused,
    text_of,
)
from provenance.exchange.losses import Import, Loss
from provenance.exchange.misp import MispTags, from_misp_tags
from provenance.exchange.misp_reading import from_misp_bundle
from provenance.exchange.stix import (
    OURS,
    PRODUCER,
    RECORDED,
    SECTIONS,
    UNDATED,
    StixProfile,
    bundle_objects,
)
from provenance.records import Case, SourceKind

__all__ = ["from_stix"]

_WHAT = "the STIX bundle"

_Object = Mapping[str, Any]


@read_within
def from_stix(
    document: str | bytes | Mapping[str, Any] | list[Any],
    *,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from a STIX 2.1 bundle.

    What `to_stix` wrote gives the case that it carries: the case that was written without what was
    lost, and where it was written `with_ids` the same case. The records that its objects carry are
    the case; everything that was added or changed since is listed as losses.

    What others wrote gives a draft in which nothing is graded that the bundle does not grade. An
    identity is a source; a report, an `attributed-to` of somebody and all else that an opinion is
    about are claims, which those who created them affirm; an opinion is a statement about them, as
    strong as it is. What is `derived-from` another statement and of its side is a relay of it.
    Admiralty grades are read from markings, labels and `x_opencti_reliability`. What misp-stix made
    of a MISP event is read as that event.

    Args:
        document: a bundle, or the list of its objects, as JSON or as plain data.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for a document that is no bundle, whose records are no case, or that has more
            than 64 MiB. Nothing that it names is fetched.

    >>> from provenance.casefiles import load_seed
    >>> from provenance.exchange import to_stix
    >>> case = load_seed("egypt-arms-2015")
    >>> from_stix(to_stix(case, with_ids=True).document).case == case
    True
    """
    losses: list[Loss] = []
    objects = _objects(json_of(document, _WHAT), losses)
    if any(_record(each) is not None for each in objects.values()):
        case = _recorded(objects)
        return Import(case, (*losses, *_added(objects, case)))
    if any(each["type"].startswith("x-misp-") for each in objects.values()):
        return from_misp_bundle(objects, losses)
    draft = _BundleDraft(objects, losses)
    case = case_of({"version": 1, **draft.fields()}, _WHAT)
    readings = (
        () if case.claims else (f"nothing in the bundle is read as a claim: {_READ_AS_CLAIMS}",)
    )
    return Import(case, tuple(sorted(draft.losses, key=_place)), readings)


def _place(loss: Loss) -> int:
    """Where in the bundle something is lost; what is about no object stands first."""
    found = re.match(r"objects\[([0-9]+)\]", loss.path)
    return int(found[1]) if found else -1


def _objects(document: Any, losses: list[Loss]) -> dict[str, _Object]:
    """The objects by their places, `objects[0]` on, the last version of each alone."""
    listed = document.get("objects") if isinstance(document, Mapping) else document
    if isinstance(document, Mapping) and document.get("type") != "bundle":
        raise refused("type", "not-stix", "expected a bundle of STIX 2.1, found none", where=_WHAT)
    if listed is None:
        return {}
    if not isinstance(listed, list):
        message = f"expected a list of objects, found {type(listed).__name__}"
        raise refused("objects", "not-a-list", message, where=_WHAT)
    if len(listed) > MOST_ENTRIES:
        message = f"expected at most {MOST_ENTRIES} objects, found more"
        raise refused("objects", "too-many", message, "split the bundle", where=_WHAT)
    # STIX 2.0 states its version on the bundle (2.0, part 1, 5.1); 2.1 does so on each object.
    stated = document.get("spec_version") if isinstance(document, Mapping) else None
    if stated is not None and stated != "2.1":
        what = "its version"
        losses.append(Loss("spec_version", what, "it is not 2.1, as which the bundle is read"))
    found: dict[str, _Object] = {}
    latest: dict[str, str] = {}
    later = Loss("", "a version of an object", "a later one stands in the bundle")
    for position, each in enumerate(listed):
        path = f"objects[{position}]"
        name = text_of(each.get("id"), 500) if isinstance(each, Mapping) else None
        if name is None or text_of(each.get("type"), 100) is None:
            why = "it is no object of STIX: it has no id or no type"
            losses.append(Loss(path, "an entry", why))
            continue
        before = latest.get(name)
        if before is not None and _modified(found[before]) >= _modified(each):
            losses.append(attrs.evolve(later, path=path))
            continue
        if before is not None:
            losses.append(attrs.evolve(later, path=before))
            del found[before]
        found[path], latest[name] = each, path
    return found


def _modified(each: _Object) -> str:
    return str(each.get("modified", each.get("created", "")))


# What we wrote ourselves: the records are the case.


def _record(each: _Object) -> str | None:
    """The record of ours that an object carries, as text."""
    ours = _extension(each, RECORDED)
    return text_of(ours.get("claim_record"), MAX_BYTES) if ours is not None else None


def _extension(each: _Object, name: str) -> Mapping[str, Any] | None:
    """The extension of that name that an object has."""
    extensions = each.get("extensions")
    found = extensions.get(name) if isinstance(extensions, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _recorded(objects: Mapping[str, _Object]) -> Case:
    """The case that the records make, each in its place."""
    sections: dict[str, dict[int, Any]] = {section: {} for section in ("case", *SECTIONS)}
    for path, each in objects.items():
        text = _record(each)
        if text is None:
            continue
        section, position, record = _read(text, path)
        if sections[section].setdefault(position, record) != record:
            message = f"expected one record at {section}[{position}], found two"
            raise refused(path, "two-records", message, where=_WHAT)
    whole = sections["case"].get(0)
    if whole is None:
        message = "expected a grouping that carries the case itself, found only records of it"
        raise refused("objects", "no-case", message, where=_WHAT)
    fields = dict(whole["case"])
    for section in SECTIONS:
        if section in whole["sections"] or sections[section]:
            fields[section] = [record for _, record in sorted(sections[section].items())]
    return case_of(fields, _WHAT)


def _read(text: str, path: str) -> tuple[str, int, Any]:
    """The section, the place and the record that one object carries."""
    found = json_of(text, f"{_WHAT}, {path}")
    fields = found if isinstance(found, Mapping) else {}
    section, position, record = (fields.get(key) for key in ("section", "position", "record"))
    fits = section in SECTIONS or (
        section == "case"
        and isinstance(record, Mapping)
        and isinstance(record.get("case"), Mapping)
        and isinstance(record.get("sections"), list)
        and isinstance(record.get("how"), Mapping)
    )
    place = isinstance(position, int) and not isinstance(position, bool) and position >= 0
    if not fits or not place or not isinstance(record, Mapping):
        message = "expected a record with its section and its position, found something else"
        raise refused(path, "not-a-record", message, where=_WHAT)
    return str(section), int(position or 0), record


_RESULTS = frozenset({"description", "confidence", "object_marking_refs", "labels"})
_RESULT = "an assessment is a result, and no part of a case"
_CHANGED = "the record of the case does not say it"


def _added(objects: Mapping[str, _Object], case: Case) -> Iterator[Loss]:
    """What stands in a bundle of ours and does not follow from its records."""
    expected = {each["id"]: each for each in _written_again(objects, case)}
    for path, each in objects.items():
        ours = expected.get(each["id"])
        if ours is None:
            is_marking = each["type"] == "marking-definition"
            result = is_marking and each.get("created_by_ref") == PRODUCER["id"]
            yield Loss(path, f"the {each['type']}"[:100], _RESULT if result else _CHANGED)
            continue
        for key in (*each, *(key for key in ours if key not in each)):
            if each.get(key) != ours.get(key):
                result = each["type"] == "report" and key in _RESULTS
                yield Loss(
                    f"{path}.{key}"[:300], f"the {key}"[:100], _RESULT if result else _CHANGED
                )


def _written_again(objects: Mapping[str, _Object], case: Case) -> list[dict[str, Any]]:
    """The bundle as it would be written today, in the way in which it was."""
    texts = (_record(each) for each in objects.values() if each["type"] == "grouping")
    hows = (_read(text, "")[2]["how"] for text in texts if text is not None)
    how: Mapping[str, Any] = next(hows, {})
    at, namespace, profile = (text_of(how.get(key)) for key in ("at", "namespace", "profile"))
    try:
        return bundle_objects(
            case,
            at=at,
            namespace=namespace,
            profile=profile if profile in get_args(StixProfile) else "standard",  # type: ignore[arg-type]
            with_ids=how.get("with_ids") is True,
        )
    except InvalidValue:  # somebody took the dates away that it was written with
        return []


# What others wrote: a draft.

_KINDS: Mapping[str, SourceKind] = {
    "individual": "person",
    "group": "collective",
    "class": "collective",
    "organization": "organisation",
    "system": "model",
}
_LEVELS: Mapping[str, tuple[str, float | None]] = {
    "strongly-agree": ("affirms", None),
    "agree": ("affirms", 0.7),
    "neutral": ("affirms", 0.5),
    "disagree": ("denies", 0.7),
    "strongly-disagree": ("denies", None),
}
"""What an opinion is: its side, and how sure its words are; the middle of fifths, as MISP has them."""
_OPENCTI = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
"""The extension in which OpenCTI's streams have what its bundles write as `x_opencti_*`."""
_NO_CLAIMS = frozenset(
    {"identity", "opinion", "note", "marking-definition", "extension-definition"}
)
_ATTRIBUTION = ("relationship", "attributed-to")
_READ_AS_CLAIMS = "only reports, `attributed-to` by somebody and what an opinion is about are"
_NO_PLACE = "a case has who says what, from whom; this has no place in it"
_A_RESULT = "a credibility is a result here: it is worked out again"
_WORDS = ("passes on", "inferred from", "disowns")
_KEPT = frozenset(
    {"type", "spec_version", "id", "created", "modified", "created_by_ref", "revoked"}
)
_USED: Mapping[str, frozenset[str]] = {
    "identity": frozenset(
        {"name", "description", "identity_class", "labels", "object_marking_refs"}
        | {"external_references", "x_opencti_reliability"}
    ),
    "opinion": frozenset(
        {"opinion", "explanation", "authors", "object_refs", "external_references", "confidence"}
    ),
    "note": frozenset({"content", "abstract", "authors", "object_refs"}),
    "grouping": frozenset({"name", "description", "object_refs"}),
    "relationship": frozenset({"relationship_type", "description", "source_ref", "target_ref"}),
    "marking-definition": frozenset(
        {"definition_type", "definition", "name", "extensions"}
        | {"admiralty_scale", "admiralty_code"}
    ),
    "": frozenset(
        {"name", "description", "content", "published", "confidence", "external_references"}
        | {"labels", "object_marking_refs", "x_opencti_reliability", "object_refs"}
    ),
}
"""The properties that are read, by the type of the object; of any other type the last ones."""
_GRADE = re.compile(
    r"(?i)\b(?:admiralty|source)[ -]+reliability\b[^:]{0,40}:\s*([A-F])(?![A-Za-z])"
)


@attrs.define
class _BundleDraft:
    """A draft of a case in the making."""

    objects: Mapping[str, _Object]
    """The objects by their places in the bundle."""
    losses: list[Loss]
    """What was not understood, or has no place."""
    paths: dict[str, str] = attrs.field(factory=dict)
    """Where every object stands."""
    by_id: dict[str, _Object] = attrs.field(factory=dict)
    """The objects by their ids."""
    same: dict[str, str] = attrs.field(factory=dict)
    """What is said to be a duplicate of what."""
    ids: NewIds = attrs.field(factory=NewIds)
    """The ids in the case, by the kind of record and the id in the bundle."""
    records: dict[str, dict[str, dict[str, Any]]] = attrs.field(
        factory=lambda: {key: {} for key in ("claims", "sources", "documents", "attributions")}
    )
    """The records in the making, by section and id."""
    sides: dict[str, dict[str, str]] = attrs.field(factory=dict)
    """For every statement its claims, by their ids in the bundle, and its stance towards each."""
    used: set[str] = attrs.field(factory=set)
    """The ids of the objects that became something."""
    named: set[str] = attrs.field(factory=set)
    """The ids of the objects whose names stand in what is said of them."""

    def fields(self) -> dict[str, Any]:
        """The fields of the case."""
        for path, each in self.objects.items():
            self.paths[each["id"]], self.by_id[each["id"]] = path, each
        relations = [each for each in self.objects.values() if each["type"] == "relationship"]
        for each in relations:
            self.join(each)
        opinions = [each for each in self.objects.values() if each["type"] == "opinion"]
        discussed = {name for each in opinions for name in self.about(each)}
        for each in self.objects.values():
            kind = each["type"]
            spoken = kind == "report" or (each["id"] in discussed and kind not in _NO_CLAIMS)
            is_attribution = (kind, each.get("relationship_type")) == _ATTRIBUTION
            spoken |= is_attribution and each.get("created_by_ref") not in (None, PRODUCER["id"])
            if spoken and self.is_itself(each):
                self.state(each)
        for each in opinions:
            self.opine(each)
        for each in relations:
            self.derive(each)
        for each in self.objects.values():
            if each["type"] == "note":
                self.annotate(each)
        fields: dict[str, Any] = {key: [*each.values()] for key, each in self.records.items()}
        fields |= self.headings()
        self.tell_unused()
        return {key: value for key, value in fields.items() if value or key != "documents"}

    # What is the same, and what is called how.

    def join(self, relation: _Object) -> None:
        ends = (text_of(relation.get("source_ref")), text_of(relation.get("target_ref")))
        if relation.get("relationship_type") != "duplicate-of" or None in ends:
            return
        one, other = (self.real(str(end)) for end in ends)
        if one != other and one in self.by_id and other in self.by_id:
            self.same[one] = other
            self.used |= {relation["id"], one}

    def real(self, name: str) -> str:
        """What an object is a duplicate of, itself else; joined so that it never goes in circles."""
        while name in self.same:
            name = self.same[name]
        return name

    def is_itself(self, each: _Object) -> bool:
        return each["id"] not in self.same

    def id(self, section: str, each: _Object) -> str:
        """The id of a record: the one that it has in our files, else that of the object."""
        known = (
            ref.get("external_id")
            for ref in _listed(each.get("external_references"))
            if isinstance(ref, Mapping) and ref.get("source_name") == OURS
        )
        return self.ids.of(section, each["id"], *known, each["id"])

    def lose(self, each: _Object, key: str, what: str, why: str, partly: bool = False) -> None:
        path = self.paths[each["id"]] + (f".{key}" if key else "")
        self.losses.append(Loss(path, what, why, partly))

    # Sources.

    def source(self, each: _Object) -> str:
        """The source of a statement: who created it, who is named as its author, or nobody."""
        creator = self.by_id.get(self.real(str(each.get("created_by_ref"))))
        authors = [name for name in _listed(each.get("authors")) if text_of(name, 500)]
        if creator is not None and creator["type"] == "identity":
            if authors:
                self.lose(each, "authors", "its authors", "a statement has one source: its creator")
            return self.identity(creator)
        if creator is None and each.get("created_by_ref") is not None:
            self.lose(each, "created_by_ref", "who created it", "it is not in the bundle")
        name = " and ".join(authors)
        key = f"author {name}" if name else f"author of {each['id']}"
        found = self.ids.of("sources", key, key)
        kind = "unnamed" if not name else "person" if len(authors) == 1 else "collective"
        record = {"id": found, "kind": kind} | ({"name": name} if name else {})
        self.records["sources"].setdefault(found, record)
        return found

    def identity(self, each: _Object) -> str:
        found = self.id("sources", each)
        if found in self.records["sources"]:
            return found
        self.used.add(each["id"])
        record: dict[str, Any] = {"id": found}
        name = text_of(each.get("name"))
        # An unknown class is no unknown name; only who has no name either is unnamed.
        kind = _KINDS.get(str(each.get("identity_class")), "other" if name else "unnamed")
        labels = [label for label in _listed(each.get("labels")) if isinstance(label, str)]
        stated = [label for label in labels if label in get_args(SourceKind)]
        kind = stated[0] if stated else kind  # type: ignore[assignment]
        if name is not None and name != found:
            record["described_as" if kind == "unnamed" else "name"] = name
        if kind != "other":
            record["kind"] = kind
        described = text_of(each.get("description"))
        if described is not None:
            record.setdefault("described_as", described)
            if record["described_as"] != described:
                self.lose(each, "description", "its description", "its name describes it")
        self.records["sources"][found] = record
        self.grade(record, each, [label for label in labels if label not in stated[:1]])
        record |= self.references(each)
        return found

    def grade(self, record: dict[str, Any], each: _Object, labels: list[str]) -> MispTags:
        """Gives a source the Admiralty grade that an object has, wherever it has it."""
        tags = from_misp_tags(labels[:1_000])
        for loss in tags.losses:
            self.lose(each, "labels", loss.what, loss.why, loss.partly)
        if tags.credibility is not None:
            self.lose(each, "labels", "the credibility", _A_RESULT)
        marked = {grade for grade in map(self.marked, self.markings(each)) if grade is not None}
        grades = marked | {tags.reliability, self.opencti(each)} - {None}
        if len(grades) > 1:
            why = f"they contradict each other: {', '.join(sorted(map(str, grades)))}"
            self.lose(each, "labels", "its grades", why)
        elif grades - {record.get("reliability", *grades)}:
            self.lose(each, "labels", "its grade", "its creator has another one")
        elif grades:
            record.setdefault("reliability", *grades)
        return tags

    def opencti(self, each: _Object) -> str | None:
        """The grade that OpenCTI gives, as a property or, in its streams, in its extension."""
        text, key = text_of(each.get("x_opencti_reliability"), 100), "x_opencti_reliability"
        if text is None and (inner := _extension(each, _OPENCTI)) is not None:
            text, key = text_of(inner.get("reliability"), 100), f"extensions.{_OPENCTI}.reliability"
        found = re.match(r"\s*([A-F])(?![A-Za-z])", text or "")
        if text is not None and found is None:
            self.lose(each, key, "the reliability", "it is no grade")
        return found[1] if found else None

    def markings(self, each: _Object) -> Iterator[_Object]:
        for name in _listed(each.get("object_marking_refs")):
            marking = self.by_id.get(name) if isinstance(name, str) else None
            if marking is not None and self.marked(marking) is not None:
                self.used.add(marking["id"])
                yield marking
                continue
            result = marking is not None and marking.get("admiralty_scale") == "credibility"
            why = _A_RESULT if result else "how a thing may be shared has no place in a case"
            self.lose(each, "object_marking_refs", f"the marking {str(name)[:100]!r}", why)

    def marked(self, marking: _Object) -> str | None:
        """The grade that a marking stands for."""
        code = marking.get("admiralty_code")
        if marking.get("admiralty_scale") == "reliability" and code in [*"ABCDEF"]:
            return str(code)
        definition = marking.get("definition")
        text = definition.get("statement") if isinstance(definition, Mapping) else None
        found = _GRADE.search(text[:1_000]) if isinstance(text, str) else None
        return found[1].upper() if found else None

    # Claims and statements.

    def claim(self, each: _Object) -> str:
        """The claim that an object makes."""
        found = self.id("claims", each)
        self.used.add(each["id"])
        if found not in self.records["claims"]:
            record = {"id": found, "text": self.told(each)}
            self.records["claims"][found] = record
            described = text_of(each.get("description"))
            if described is not None and described != record["text"]:
                record["note"] = described
        return found

    def told(self, each: _Object) -> str:
        """What an object says: its name or content, or of a relation what it relates."""
        if each["type"] == "relationship":
            verb = text_of(each.get("relationship_type"), 200) or "is related to"
            one, other = (self.called(each.get(key)) for key in ("source_ref", "target_ref"))
            return f"{one} {'is attributed to' if verb == 'attributed-to' else verb} {other}"
        texts = (text_of(each.get(key)) for key in ("name", "content", "description", "id"))
        return next(text for text in texts if text is not None)

    def called(self, name: Any) -> str:
        """What the end of a relation is called."""
        each = self.by_id.get(name) if isinstance(name, str) else None
        told = text_of(each.get("name")) if each is not None else None
        self.named |= {name} if told is not None else set()
        return told or str(name)[:200]

    def state(self, each: _Object) -> None:
        """A report, or whatever else somebody has an opinion of, as said by its creator."""
        claim = self.claim(each)
        if each["type"] == "report":
            self.tell_contents(each)
        labels = [label for label in _listed(each.get("labels")) if isinstance(label, str)]
        creator = each.get("created_by_ref")
        if creator is None or creator == PRODUCER["id"]:
            graded: dict[str, Any] = {}
            self.grade(graded, each, labels)
            if graded:
                self.lose(each, "labels", "the grade", "it is not told of which source")
            self.records["claims"][claim] |= self.references(each)
            for key in ("published", "confidence"):
                if each.get(key) is not None:
                    self.lose(each, key, f"the {key}", "it is not told who says it")
            return
        source = self.source(each)
        tags = self.grade(self.records["sources"][source], each, labels)
        record: dict[str, Any] = {"id": self.id("attributions", each), "source": source}
        record |= {"claim": claim, **self.wording(each, tags)}
        day = each.get("published") if each["type"] == "report" else None
        record |= self.dates(each, day) | self.references(each, documents=True)
        self.sides[each["id"]] = {each["id"]: "affirms"}
        self.records["attributions"][each["id"]] = record

    def tell_contents(self, each: _Object) -> None:
        """What a report contains besides what it says: things, which a case has no place for."""
        names = [name for name in _listed(each.get("object_refs")) if isinstance(name, str)]
        speaks = {"identity", "opinion", "note", "report"}
        for position, name in enumerate(names):
            inner = self.by_id.get(name)
            if inner is None or inner["type"] not in speaks:
                self.lose(each, f"object_refs[{position}]", "that it contains something", _NO_PLACE)

    def wording(self, each: _Object, tags: MispTags) -> dict[str, Any]:
        """How sure its creator is of something, by its confidence or by the words of a label."""
        sure, words = each.get("confidence"), tags.likelihood_range
        if sure is None:
            return {} if words is None else {"wording": round((words.low + words.high) / 2, 3)}
        if words is not None:
            self.lose(each, "labels", "the likelihood in words", "its confidence says it too")
        if isinstance(sure, bool) or not isinstance(sure, int) or not 0 <= sure <= 100:
            self.lose(each, "confidence", "the confidence", "it is no whole number up to 100")
            return {}
        if sure < 50:
            why = "to one scale of Appendix A it is unlikely, to another one little is known"
            self.lose(each, "confidence", "how far it is below even", why, True)
        return {"wording": max(sure, 50) / 100}

    def about(self, each: _Object) -> list[str]:
        names = (name for name in _listed(each.get("object_refs")) if isinstance(name, str))
        return [*dict.fromkeys(self.real(name) for name in names)]

    def opine(self, each: _Object) -> None:
        """An opinion as a statement about what it is about."""
        level = _LEVELS.get(str(each.get("opinion")))
        if not self.is_itself(each):
            return
        if level is None:
            self.lose(each, "opinion", "the opinion", "it is none of the five that STIX has")
            return
        stance, wording = level
        if each.get("confidence") is not None:
            why = "how sure an opinion is is its strength; that of its strength has no place"
            self.lose(each, "confidence", "the confidence", why)
        sides = self.claims_of(each, stance)
        if not sides:
            self.lose(each, "object_refs", "what it is about", "nothing that anybody says")
            return
        self.used.add(each["id"])
        record: dict[str, Any] = {"id": self.id("attributions", each), "source": self.source(each)}
        if wording is not None:
            record["wording"] = wording
        told = text_of(each.get("explanation"))
        record |= {"note": told} if told is not None else {}
        record |= self.dates(each, None) | self.references(each, documents=True)
        self.sides[each["id"]] = sides
        self.records["attributions"][each["id"]] = record
        self.speak(each, record, sides)

    def speak(self, each: _Object, record: dict[str, Any], sides: Mapping[str, str]) -> None:
        """What a statement is about, of its own: claims of one side."""
        (stance, *others) = dict.fromkeys(sides.values())
        claims = [self.claim(self.by_id[name]) for name in sides if sides[name] == stance]
        record["claim"] = claims[0] if len(claims) == 1 else claims
        if stance == "denies":
            record["stance"] = stance
        if others:
            self.lose(each, "object_refs", "what else it is about", "it is of the other side", True)

    def claims_of(self, each: _Object, stance: str) -> dict[str, str]:
        """The claims an opinion is about, and its side; of one about opinions those of theirs."""
        found: dict[str, str] = {}
        for name in self.about(each):
            subject = self.by_id.get(name)
            if subject is None or subject["type"] in _NO_CLAIMS - {"opinion"}:
                what = f"the subject {name[:100]!r}"
                self.lose(each, "object_refs", what, "nobody says it", True)
            elif subject["type"] != "opinion":
                found.setdefault(name, stance)
            else:
                for claim, side in self.sides.get(name, {}).items():
                    turned = "affirms" if side == stance else "denies"
                    found.setdefault(claim, turned)
        return found

    def dates(self, each: _Object, day: Any) -> dict[str, str]:
        for key in ("published", "created"):
            if each.get(key) is not None and day_of(each[key]) is None:
                self.lose(each, key, f"the {key}", "it is no date")
        said = _day(day) or _day(each.get("created"))
        found = {} if said is None else {"said_on": said}
        withdrawn = _day(each.get("modified")) if each.get("revoked") is True else None
        return found | ({} if withdrawn is None else {"retracted_on": withdrawn})

    def references(self, each: _Object, documents: bool = False) -> dict[str, Any]:
        """The ids of something in other systems, and the document that it stands in."""
        refs: list[dict[str, str]] = []
        found: dict[str, Any] = {}
        for position, ref in enumerate(_listed(each.get("external_references"))):
            fields = ref if isinstance(ref, Mapping) else {}
            scheme, name, url = (
                text_of(fields.get(key), 4_096) for key in ("source_name", "external_id", "url")
            )
            if scheme == OURS:
                continue
            path = f"external_references[{position}]"
            read = {"source_name", "external_id"}
            if documents and url is not None and is_web_address(url) and "document" not in found:
                found["document"] = self.document(scheme, url, name)
                read.add("url")
            elif scheme is not None and name is not None:
                refs.append({"scheme": scheme, "id": name})
            else:
                self.lose(each, path, "a reference", "it has no id, and no place for its address")
                continue
            for key in fields:
                if key not in read:
                    self.lose(each, f"{path}.{key}"[:300], f"the {key}"[:100], _NO_PLACE)
        return found | ({"refs": refs} if refs else {})

    def document(self, title: str | None, url: str, name: str | None) -> str:
        found = self.ids.of("documents", url, url.rpartition("/")[2])
        record: dict[str, Any] = {"id": found, "url": url}
        record = self.records["documents"].setdefault(found, record)
        if title is not None:
            record.setdefault("title", title)
        ref = {"scheme": title, "id": name}
        if title is not None and name is not None and ref not in record.get("refs", ()):
            record.setdefault("refs", []).append(ref)
        return found

    # Relations and notes.

    def derive(self, relation: _Object) -> None:
        """What a statement has from another one of its side: it is a relay then."""
        kind, words = relation.get("relationship_type"), text_of(relation.get("description")) or ""
        ends = [self.real(str(relation.get(key))) for key in ("source_ref", "target_ref")]
        reversed_ = kind == "related-to" and words.startswith(_WORDS)
        if relation["id"] in self.used or not (kind == "derived-from" or reversed_):
            return
        # STIX 2.1, 3.7: the information in the target is based on information from the source.
        original, derived = ends[::-1] if reversed_ else ends
        statements = self.records["attributions"]
        if original == derived or original not in statements or derived not in statements:
            return
        self.used.add(relation["id"])
        if words and words not in _WORDS:
            why = "a statement is passed on whole"
            self.lose(relation, "description", "what is said of the relation", why, True)
        if words.startswith("disowns"):
            self.disown(derived, original)
            return
        if words.startswith("inferred from"):
            statements[derived] |= {"basis": "inference"}
            premises = statements[derived].setdefault("from", [])
            premises.append(statements[original]["id"])
            return
        mine, theirs = (set(self.sides[name].values()) for name in (derived, original))
        if mine != theirs:
            why = "who says the contrary answers, and does not pass on"
            self.lose(relation, "", "where a statement comes from", why)
            return
        record = statements[derived]
        if set(self.sides[derived]) - set(self.sides[original]):
            each = self.by_id[derived]
            self.lose(each, "name", "what it says itself", "a relay is about what it passes on")
        for key in ("claim", "stance"):
            record.pop(key, None)
        record.setdefault("cites", []).append(statements[original]["id"])

    def disown(self, name: str, original: str) -> None:
        """That something was never said, by whoever is said to have said it, or heard it."""
        record = self.records["attributions"][name]
        record.pop("claim", None)
        record["stance"] = "disowns"
        record.setdefault("cites", []).append(self.records["attributions"][original]["id"])

    def annotate(self, each: _Object) -> None:
        """A note beside what it is about, with the name of who wrote it."""
        content = text_of(each.get("content"))
        places = [
            record for name in self.about(each) for record in self.records_of(name) if content
        ]
        if not places or content is None:
            return
        self.used.add(each["id"])
        creator = self.by_id.get(str(each.get("created_by_ref")))
        if creator is None and each.get("created_by_ref") not in (None, PRODUCER["id"]):
            self.lose(each, "created_by_ref", "who wrote it", "it is not in the bundle")
        known = creator is not None and creator["id"] != PRODUCER["id"]
        written = [text_of(creator.get("name"))] if creator is not None and known else []
        written += [name for name in _listed(each.get("authors")) if text_of(name, 500)]
        lead = f"{' and '.join(name for name in written if name)}: " if any(written) else ""
        abstract = text_of(each.get("abstract"))
        told = lead + (f"{abstract}: " if abstract else "") + content
        for record in places:
            record["note"] = f"{record['note']}\n{told}" if "note" in record else told

    def records_of(self, name: str) -> Iterable[dict[str, Any]]:
        """The record that an object became: a statement, a claim, or a source."""
        if name in self.records["attributions"] and self.by_id[name]["type"] == "opinion":
            return (self.records["attributions"][name],)
        found = (
            self.records[section].get(self.ids.known.get((section, name), ""))
            for section in ("claims", "sources")
        )
        return [record for record in found if record is not None][:1]

    def headings(self) -> dict[str, str]:
        """The title and the summary, where one grouping is there that has them."""
        groups = [each for each in self.objects.values() if each["type"] == "grouping"]
        if len(groups) != 1 or groups[0]["id"] in self.used:
            return {}
        self.used.add(groups[0]["id"])
        told = {key: text_of(groups[0].get(key)) for key in ("name", "description")}
        found = {"title": told["name"], "summary": told["description"]}
        return {key: value for key, value in found.items() if value is not None}

    def unused(self, path: str, each: _Object) -> Loss:
        """An object that became nothing of its own, with the reason."""
        kind, is_named = each["type"], each["id"] in self.named
        why = "nobody is said to say anything of it"
        if kind in _NO_CLAIMS or is_named:
            why = "it is read for its name alone" if is_named else _NO_PLACE
        elif kind == "sighting" or each.get("created_by_ref") is not None:
            why = f"it is not read as a claim: {_READ_AS_CLAIMS}"
        return Loss(path, f"the {kind}"[:100], why, is_named)

    def tell_unused(self) -> None:
        """Objects that became nothing, and properties that are not read."""
        creators = {str(each.get("created_by_ref")) for each in self.objects.values()}
        for path, each in self.objects.items():
            kind = each["type"]
            if each["id"] == PRODUCER["id"] and PRODUCER["id"] in creators:
                continue
            if kind == "extension-definition":  # what it defines is told where it stands
                continue
            if each["id"] not in self.used:
                self.losses.append(self.unused(path, each))
                continue
            read = _KEPT | _USED.get(kind, _USED[""])
            read |= _USED[""] if ("claims", each["id"]) in self.ids.known else frozenset()
            creator = each.get("created_by_ref")
            is_said = ("attributions", each["id"]) in self.ids.known
            if each.get("revoked") is True and not is_said:
                why = "only what somebody says can be withdrawn in a case"
                self.losses.append(Loss(f"{path}.revoked", "that it is revoked", why))
            if not is_said and kind != "note" and creator not in (None, PRODUCER["id"], each["id"]):
                why = "who wrote it down has no place in a case"
                self.losses.append(Loss(f"{path}.created_by_ref", "who created it", why))
            for key in each:
                if key not in read:
                    partly = key == "extensions" and _extension(each, _OPENCTI) is not None
                    self.losses.append(
                        Loss(f"{path}.{key}"[:300], f"the {key}"[:100], _NO_PLACE, partly)
                    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(value: Any) -> str | None:
    """The day of a timestamp; nothing for none, and for the day that stands for no day."""
    found = day_of(value)
    return None if found == UNDATED[:10] else found
