"""MISP events that come in: source assessments, news and opinions as a draft of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from provenance.bounds import Cancel
from provenance.exchange.budgets import read_within
from provenance.exchange.documents import (
    NewIds,
    case_of,
    day_of,
    each_of,
    is_web_address,
    json_of,
    refused,
    text_of,
)
from provenance.exchange.losses import Import, Loss
from provenance.exchange.misp import OURS, MispTags, from_misp_tags
from provenance.exchange.misp_parts import (
    SILENT,
    EventPart,
    cited_in,
    credence_of,
    is_labelled,
    is_told_disowned,
    is_told_inferred,
    parts_of,
    summarised,
    told_chance,
    told_side,
    words_after,
)
from provenance.records import SourceKind

__all__ = ["from_misp", "from_misp_bundle"]

_WHAT = "the MISP event"
LONGEST = 64 * 2**20
"""How many bytes an event may have."""

_ASSESSMENT, _NEWS = "intelligence-source-assessment", "news-media"
_TEXTS = frozenset({"text", "comment", "other"})
_READ_AS_CLAIMS = "only texts with a likelihood or an opinion, and what sources say, are"
_NO_PLACE = "a case has who says what, from whom; this has no place in it"
_A_RESULT = "a credibility is a result here: it is worked out again"
_EVENT_KEYS = frozenset(
    {"info", "date", "uuid", "id", "timestamp", "Attribute", "Object", "Tag", "Orgc", "Org"}
    | {"Opinion", "Note", "published", "analysis", "threat_level_id", "distribution"}
    | {"orgc_id", "org_id", "publish_timestamp", "attribute_count", "locked", "sharing_group_id"}
    | {
        "disable_correlation",
        "protected",
        "extends_uuid",
        "event_creator_email",
        "proposal_email_lock",
    }
)
_PLAIN_KEYS = frozenset(
    {"uuid", "id", "event_id", "object_id", "type", "category", "value", "comment", "to_ids"}
    | {"timestamp", "distribution", "disable_correlation", "object_relation", "Tag", "Opinion"}
    | {"Note", "deleted", "sharing_group_id", "name", "description", "meta-category", "Attribute"}
    | {"template_uuid", "template_version", "ObjectReference"}
)


@read_within
def from_misp(
    document: str | bytes | Mapping[str, Any] | list[Any],
    *,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A case from a MISP event, in MISP's JSON.

    An object `intelligence-source-assessment` is a source; where it refers to what it is about, or
    its report stands in the event, it is what that source says. An object `news-media` is an
    outlet, what it published a document, and what that says a claim of the outlet. Any other text
    in the event is a claim of the organisation that made it when it is tagged with a likelihood or
    somebody has an opinion of it. Opinions are statements of their authors, from 0, strongly
    against, to 100; notes stand beside what they are about. A reference `derived-from` between
    statements makes a relay.

    What `to_misp` wrote gives its claims, sources, grades, statements and relays; what it says in
    words alone (wordings, verbs, bases, dates) stands in the notes of the statements.

    Args:
        document: an event, as JSON or as plain data, with or without `Event` around it; or the
            answer to a search that found one event.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for a document that is no event or several, or that has more than 64 MiB.
            Nothing that it names is fetched.

    >>> from provenance.casefiles import load_seed
    >>> from provenance.exchange import to_misp
    >>> case = load_seed("egypt-arms-2015")
    >>> read = from_misp(to_misp(case).document).case
    >>> [each.text for each in read.claims] == [each.text for each in case.claims]
    True
    """
    draft = _EventDraft(_event(json_of(document, _WHAT, LONGEST)))
    case = case_of({"version": 1, **draft.fields()}, _WHAT)
    readings = (
        () if case.claims else (f"nothing in the event is read as a claim: {_READ_AS_CLAIMS}",)
    )
    return Import(case, tuple(draft.losses), readings)


def _event(document: Any) -> Mapping[str, Any]:
    """The event in a document, or in the answer to a search that found one; raises `FormatError`."""
    found = document.get("response", document) if isinstance(document, Mapping) else document
    if isinstance(found, list):
        if len(found) != 1:
            message = f"expected one event, found the answer to a search, of {len(found)}"
            fix = "hand over each by itself, and join their cases with merge_cases"
            raise refused("response", "not-one-event", message, fix, where=_WHAT)
        (found,) = found
    event = found.get("Event", found) if isinstance(found, Mapping) else None
    if not isinstance(event, Mapping) or not ({"info", "Attribute", "Object"} & {*event}):
        raise refused("", "not-misp", "expected a MISP event, found something else", where=_WHAT)
    return event


class _EventDraft:
    """A draft of a case in the making."""

    def __init__(self, event: Mapping[str, Any]) -> None:
        self.event = EventPart("", event)
        self.losses: list[Loss] = []
        self.ids = NewIds()
        self.claims: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self.statements: dict[str, dict[str, Any]] = {}
        self.places: dict[str, dict[str, Any]] = {}
        """The record that a thing of the event became, by its UUID."""
        self.remarks: dict[str, str] = {}
        """What is remarked on the case as a whole."""
        self.source_of: dict[str, str] = {}
        """The source that an object is, by its UUID."""
        self.attributes = [*self.living(parts_of("Attribute", event.get("Attribute")))]
        self.objects = [*self.living(parts_of("Object", event.get("Object")))]
        for part in self.objects:
            # Only to tell of those that were deleted: `attributes` leaves them out.
            tuple(self.living(parts_of(f"{part.path}.Attribute", part.written.get("Attribute"))))
        inner = [each for part in self.objects for each in part.attributes]
        self.known = {each.uuid: each for each in (*self.attributes, *self.objects, *inner)}
        self.read_references: set[str] = set()
        """The paths of the references that became something."""
        self.referred = {
            str(each.written.get("referenced_uuid"))
            for part in self.objects
            for each in part.references
            if each.written.get("relationship_type") != "attributed-to"
        }
        """What statements refer to as what they are about, or what is derived from them."""
        self.derived = self.derivations()

    def living(self, parts: Iterator[EventPart]) -> Iterator[EventPart]:
        """The parts that nobody deleted."""
        for each in parts:
            if each.written.get("deleted") in (True, 1, "1"):
                self.lose(each.path, "what was deleted", "it is not said any more")
            else:
                yield each

    def lose(self, path: str, what: str, why: str, partly: bool = False) -> None:
        self.losses.append(Loss(path.lstrip("."), what, why, partly))

    def fields(self) -> dict[str, Any]:
        self.grade_creator()
        for part in self.attributes:
            self.take_attribute(part)
        for part in self.objects:
            if part.written.get("name") == _ASSESSMENT:
                self.take_source(part)
        for part in self.objects:
            if part.written.get("name") == _ASSESSMENT:
                self.take_assessment(part)
            elif part.written.get("name") == _NEWS:
                self.take_news(part)
            else:
                self.lose(
                    part.path, f"the object {str(part.written.get('name'))[:60]!r}", _NO_PLACE
                )
        self.derive()
        for part in (self.event, *self.known.values()):
            self.take_opinions(part)
        for part in (self.event, *self.known.values()):
            self.take_notes(part)
        self.tell_unread()
        title = self.event.text("info")
        return {
            **({"title": title} if title is not None else {}),
            **self.remarks,
            "claims": [*self.claims.values()],
            "sources": [*self.sources.values()],
            "documents": [*self.documents.values()],
            "attributions": [*self.statements.values()],
        }

    # Tags.

    def tags(self, part: EventPart) -> MispTags:
        """What the tags of something say; those that say nothing of sources are losses."""
        listed = part.written.get("Tag")
        names = [
            each["name"]
            for _, each in each_of(listed if isinstance(listed, list) else None)
            if isinstance(each, Mapping) and text_of(each.get("name"), 1_000) is not None
        ]
        found = from_misp_tags(names[:10_000])
        for loss in found.losses:
            self.lose(f"{part.path}.Tag", loss.what, loss.why, loss.partly)
        if found.credibility is not None:
            self.lose(f"{part.path}.Tag", "the credibility", _A_RESULT)
        if found.confidence is not None:
            self.lose(f"{part.path}.Tag", "the confidence", _A_RESULT)
        return found

    def creator(self) -> str:
        """The organisation that made the event."""
        named = self.event.written.get("Orgc", self.event.written.get("Org"))
        name = text_of(named.get("name"), 1_000) if isinstance(named, Mapping) else None
        if name is None:
            return self.source("the maker of the event", None, "unnamed")
        return self.source(name, name, "organisation")

    def grade_creator(self) -> None:
        tags = self.tags(self.event)
        if tags.reliability is not None:
            self.grade(self.creator(), tags.reliability, "Tag")
        if tags.likelihood is not None:
            self.lose("Tag", "the likelihood", "it is not told of which text")

    def grade(self, source: str, grade: str, path: str) -> None:
        if self.sources[source].setdefault("reliability", grade) != grade:
            self.lose(path, f"the grade {grade}", "the source has another one")

    # Sources and documents.

    def source(self, key: str, name: str | None, kind: SourceKind) -> str:
        found = self.ids.of("sources", key, key)
        record: dict[str, Any] = {"id": found}
        if name is not None and name != found:
            record["name"] = name
        if kind != "other":
            record["kind"] = kind
        self.sources.setdefault(found, record)
        return found

    def document(self, key: str, **fields: str | None) -> str:
        found = self.ids.of("documents", key, key.rpartition("/")[2], key)
        present = {name: value for name, value in fields.items() if value is not None}
        return str(self.documents.setdefault(found, {"id": found, **present})["id"])

    def take_source(self, part: EventPart) -> None:
        """The source that an assessment is of."""
        summary, name = part.value("source-summary"), part.value("source-id")
        key = name or summary
        if key is None:
            return
        found = self.source(key, None, "unnamed" if name is None else "other")
        self.source_of[part.uuid] = found
        record = self.sources[found]
        if summary is not None:
            record |= summarised(summary, found)
        stated = part.value("source-reliability")
        if stated is not None and (letter := re.match(r"([A-F])\b", stated)) is not None:
            self.grade(found, letter[1], part.path)
        elif stated is not None:
            self.lose(part.path, f"the reliability {stated[:60]!r}", "it is no grade", True)
        for each in part.attributes:
            grade = self.tags(each).reliability
            if grade is not None:
                self.grade(found, grade, each.path)

    # Claims and statements.

    def claim(self, part: EventPart, text: str) -> str:
        comment = part.text("comment") or ""
        known = re.match(r"claim ([^;]+)(?:; (.*))?\Z", comment, re.DOTALL)
        found = self.ids.of("claims", part.uuid, known[1] if known else "", part.uuid)
        if found not in self.claims:
            self.claims[found] = {"id": found, "text": text}
            note = known[2] if known else comment
            if note:
                self.claims[found]["note"] = note
            self.places[part.uuid] = self.claims[found]
        return found

    def take_attribute(self, part: EventPart) -> None:
        """An attribute that stands alone: a claim, a document, or a remark on the case."""
        value, comment = part.text("value"), part.text("comment") or ""
        kind = part.text("type")
        tags = self.tags(part)
        referred = part.uuid in self.referred or "Opinion" in part.written
        document = re.match(r"document ([^;]+)", comment)
        remark = re.match(r"(summary|note) of the case\Z", comment)
        if value is None:
            self.lose(part.path, "an attribute", "it has no text")
        elif remark is not None:
            self.remarks[remark[1]] = value
        elif document is not None or kind == "link":
            address = value if is_web_address(value) else None
            title = None if address is not None else value
            key = document[1] if document is not None else value
            self.places[part.uuid] = self.documents[self.document(key, url=address, title=title)]
        elif kind in _TEXTS and (referred or tags.likelihood_range or comment.startswith("claim ")):
            self.claim(part, value)
            if tags.likelihood_range is not None and not comment.startswith("claim "):
                words = tags.likelihood_range
                said = self.state(
                    part.uuid,
                    self.creator(),
                    {"claim": self.claim(part, value)}
                    | {"wording": round((words.low + words.high) / 2, 3)},
                )
                self.date(said, self.event, self.event.written.get("date"), "date")
        else:
            why = f"it is not read as a claim: {_READ_AS_CLAIMS}"
            self.lose(part.path, f"the {kind} {value[:60]!r}", why)
        if tags.reliability is not None:
            self.grade(self.creator(), tags.reliability, part.path)

    def state(
        self, key: str, source: str, about: Mapping[str, Any], *wanted: str
    ) -> dict[str, Any]:
        found = self.ids.of("attributions", key, *wanted, key)
        record = {"id": found, "source": source, **about}
        self.statements[key] = record
        return record

    def take_assessment(self, part: EventPart) -> None:
        """What a source says, where an assessment refers to claims or to a report."""
        source = self.source_of.get(part.uuid)
        if source is None:
            self.lose(part.path, "an assessment", "it names no source")
            return
        if part.value("information-credibility") is not None:
            self.lose(part.path, "the credibility", _A_RESULT, True)
        self.tell_unread_fields(part)
        sides: dict[str, list[str]] = {}
        for each in part.references:
            record = self.claim_of(each)
            if each.written.get("relationship_type") == "related-to" and record is not None:
                self.read_references.add(each.path)
                side = each.text("comment") or told_side(part, record["id"])
                if side == SILENT and told_chance(part) is None:
                    why = "nothing says how likely it would have spoken"
                    self.lose(part.path, "that it says nothing", why, True)
                    continue
                sides.setdefault(side, []).append(record["id"])
        reports = part.values("related-report")
        name = words_after("statement ", reports)
        free = [each for each in reports if not is_labelled(each)]
        report = free[0] if free else None
        for side in _SIDES:
            claims = sides.pop(side, None)
            if claims is not None:
                about: dict[str, Any] = {"claim": claims[0] if len(claims) == 1 else claims}
                about |= {"stance": "denies"} if side == "denies" else {}
                if side == SILENT:
                    about |= {"stance": "silent", "would_speak": told_chance(part)}
                taken = part.uuid in self.statements
                key = f"{part.uuid} {side}" if taken else part.uuid
                self.describe(self.state(key, source, about, *([name] if name else [])), part)
        for side in sides:
            why = f"{side[:60]!r} is neither for nor against it"
            self.lose(part.path, "what it is about", why, True)
        relays = part.uuid in self.derived and part.uuid not in self.statements
        if relays or (name is not None and part.uuid not in self.statements):
            self.describe(self.state(part.uuid, source, {}, *([name] if name else [])), part)
        elif report is not None and part.uuid not in self.statements and not sides:
            about = {"claim": self.claim(part, report)}
            self.describe(self.state(part.uuid, source, about), part)
            free = free[1:]
        elif part.uuid not in self.statements:
            self.places[part.uuid] = self.sources[source]
            remarks = part.values("comment") + part.values("evaluation")
            if remarks:
                self.sources[source]["note"] = "\n".join(remarks)
            if part.value("collection-time") is not None:
                self.lose(part.path, "when it was collected", "it says nothing then", True)
        if free:
            self.lose(part.path, "a report that it names", "it says something else here", True)

    def describe(self, record: dict[str, Any], part: EventPart) -> None:
        """What an assessment says of a statement beside what it is about."""
        remarks = part.values("evaluation") + part.values("comment")
        if remarks:
            record["note"] = "\n".join(remarks)
        document = words_after("document ", part.values("related-report"))
        if document is not None:
            record["document"] = self.document(document)
        self.date(record, part, part.value("collection-time"), "collection-time")
        self.places[part.uuid] = record

    def date(self, record: dict[str, Any], part: EventPart, value: Any, what: str) -> None:
        """The day on which something was said; what is no date is a loss."""
        day = day_of(value)
        if day is not None:
            record["said_on"] = day
        elif value is not None:
            self.lose(f"{part.path}.{what}", f"the {what} {str(value)[:60]!r}", "it is no date")

    def claim_of(self, reference: EventPart) -> dict[str, Any] | None:
        """The claim that something refers to."""
        record = self.places.get(str(reference.written.get("referenced_uuid")))
        return record if record is not None and record["id"] in self.claims else None

    def tell_unread_fields(self, part: EventPart) -> None:
        """Attributes of an assessment that are not read, and all but the first of those that are."""
        seen: set[str] = set()
        for each in part.attributes:
            relation = each.text("object_relation") or "attribute"
            if relation not in _ASSESSMENT_READ:
                self.lose(each.path, f"the {relation[:60]}", _NO_PLACE)
            elif relation in seen - _SEVERAL:
                self.lose(each.path, f"another {relation}", "there is one of it here")
            if each.text("comment") is not None:
                self.lose(f"{each.path}.comment", "the comment", _NO_PLACE)
            seen.add(relation)

    def take_news(self, part: EventPart) -> None:
        """An article, a post or a broadcast: an outlet, what it published, and what that says."""
        outlet = part.value("source", "alias", "username")
        title, content = part.value("title"), part.value("content", "transcription")
        address = part.value("link", "url")
        text = title or content
        kind: SourceKind = _MEDIA.get(str(part.value("type")), "outlet")
        source = self.source(
            outlet or f"the author of {part.uuid}", outlet, kind if outlet else "unnamed"
        )
        for each in part.attributes:
            grade = self.tags(each).reliability
            if grade is not None:
                self.grade(source, grade, each.path)
            if each.text("object_relation") not in _NEWS_READ:
                what = str(each.written.get("object_relation"))[:60]
                self.lose(each.path, f"the {what}", _NO_PLACE)
            if each.text("comment") is not None:
                self.lose(f"{each.path}.comment", "the comment", _NO_PLACE)
        claims, denied = self.claims_of(part)
        self.tell_unused_names(part)
        web = address if address is not None and is_web_address(address) else None
        document = self.document(address or part.uuid, publisher=source, title=title, url=web)
        if text is None and not claims:
            why = "it says nothing: it has neither title nor content"
            self.lose(part.path, "an article", why, True)
            return
        if not claims and text is not None:
            claims = [self.claim(part, text)]
        about: dict[str, Any] = {"claim": claims[0] if len(claims) == 1 else claims}
        about |= {"stance": "denies"} if denied else {}
        record = self.state(part.uuid, source, {**about, "document": document})
        self.date(record, part, part.written.get("first_seen"), "first_seen")
        if title is not None and content is not None:
            record["note"] = content
        self.places[part.uuid] = record

    def claims_of(self, part: EventPart) -> tuple[list[str], bool]:
        """The claims that an article refers to on one side, and whether it denies them."""
        sides: dict[bool, list[str]] = {}
        for each in part.references:
            record, words = self.claim_of(each), each.text("comment")
            kind = each.written.get("relationship_type")
            if record is None or kind not in _TELLS or words not in (None, "affirms", "denies"):
                continue
            sides.setdefault(words == "denies", []).append(record["id"])
            self.read_references.add(each.path)
        if len(sides) > 1:
            why = "an article takes one side here, and denies these"
            self.lose(
                part.path, f"what else it affirms: {', '.join(sides[False])[:200]}", why, True
            )
        return (sides[True], True) if True in sides else (sides.get(False, []), False)

    def tell_unused_names(self, part: EventPart) -> None:
        """Of several names, addresses and texts of an article all but the first."""
        for relations in _ALTERNATIVES:
            found = [
                each
                for relation in relations
                for each in part.attributes
                if each.text("object_relation") == relation and each.text("value") is not None
            ]
            for each in found[1:]:
                what = f"the {each.written['object_relation']}"
                self.lose(each.path, what, "there is one of its kind here")

    # References, opinions and notes.

    def derivations(self) -> dict[str, list[tuple[str, str]]]:
        """What every statement has from whom: the original refers to what is derived from it."""
        found: dict[str, list[tuple[str, str]]] = {}
        for part in self.objects:
            for each in part.references:
                words = each.text("comment") or ""
                target = str(each.written.get("referenced_uuid"))
                kind = each.written.get("relationship_type")
                if kind == "derived-from":
                    found.setdefault(target, []).append((part.uuid, words))
                elif kind == "related-to":
                    words = words or ("disowns" if is_told_disowned(part) else "")
                    if not words.startswith("disowns"):
                        continue
                    found.setdefault(part.uuid, []).append((target, words))
                else:
                    continue
                self.read_references.add(each.path)
                if words and _DERIVED.match(words) is None:
                    self.lose(f"{each.path}.comment", "the comment", _NO_PLACE)
        return found

    def derive(self) -> None:
        for derived, originals in self.derived.items():
            record = self.statements.get(derived)
            for original, words in originals:
                source = self.statements.get(original)
                if record is None or source is None or derived == original:
                    path = self.known[original].path if original in self.known else ""
                    why = "one of the two is no statement"
                    self.lose(path, "where something comes from", why, True)
                elif " infers from" in words or (not words and is_told_inferred(record)):
                    record |= {"basis": "inference"}
                    record.setdefault("from", []).extend(cited_in(source, words))
                else:
                    if (
                        record.pop("claim", None)
                        and self.known[derived].written.get("name") == _NEWS
                    ):
                        why = "who passes something on says that"
                        self.lose(self.known[derived].path, "what it says itself", why, True)
                    record.pop("stance", None)
                    if words.startswith("disowns"):
                        record["stance"] = "disowns"
                    record.setdefault("cites", []).extend(cited_in(source, words))
        for key, record in [*self.statements.items()]:
            if "claim" not in record and "cites" not in record:
                why = "it is about nothing in the event"
                self.lose(self.known[key].path, "a statement", why, True)
                del self.statements[key]
            elif "cites" in record and record.get("basis") == "inference":
                record.pop("from")  # who passes on what it also infers from is a relay
                del record["basis"]

    def take_opinions(self, part: EventPart) -> None:
        opinions = part.written.get("Opinion")
        for each in parts_of(f"{part.path}.Opinion", opinions):
            level = credence_of(each.written.get("opinion"))
            record = self.places.get(part.uuid)
            about = record.get("claim", record["id"]) if record is not None else None
            claims = [about] if isinstance(about, str) else about or []
            if level is None or not claims or any(name not in self.claims for name in claims):
                why = "it is no number up to 100" if level is None else "it is not about a claim"
                self.lose(each.path, "an opinion", why)
                continue
            mine = record is not None and record.get("stance") == "denies"
            credence = 1.0 - level if mine else level
            fields: dict[str, Any] = {"claim": about}
            if credence < 0.5:
                fields["stance"] = "denies"
            if max(credence, 1.0 - credence) < 1.0:
                fields["wording"] = round(max(credence, 1.0 - credence), 3)
            author = each.text("authors")
            key = author or f"author of {each.uuid}"
            source = self.source(key, author, "person" if author else "unnamed")
            found = self.state(
                each.path if each.uuid in self.statements else each.uuid, source, fields
            )
            comment = each.text("comment")
            found |= {"note": comment} if comment is not None else {}
            self.date(found, each, each.written.get("created"), "created")

    def take_notes(self, part: EventPart) -> None:
        for each in parts_of(f"{part.path}.Note", part.written.get("Note")):
            text, record = each.text("note"), self.places.get(part.uuid)
            if text is None or record is None:
                self.lose(each.path, "a note", "it is about nothing that has a place in a case")
                continue
            author = each.text("authors")
            told = text if author is None else f"{author}: {text}"
            record["note"] = f"{record['note']}\n{told}" if "note" in record else told

    def tell_unread(self) -> None:
        """Keys of the event and of its parts that are not read, and references likewise."""
        named = self.event.written.get("Orgc", self.event.written.get("Org"))
        name = text_of(named.get("name"), 1_000) if isinstance(named, Mapping) else None
        if name is not None and name != OURS and ("sources", name) not in self.ids.known:
            self.lose("Orgc", "the organisation that made the event", "it says nothing itself")
        dated = any("said_on" in each for each in self.statements.values())
        if name != OURS and self.event.written.get("date") is not None and not dated:
            self.lose("date", "the day of the event", "nothing is said on it")
        for part in self.objects:
            for each in part.references:
                kind, target = (
                    each.written.get(k) for k in ("relationship_type", "referenced_uuid")
                )
                mine, theirs = (self.source_of.get(str(name)) for name in (part.uuid, target))
                is_own = kind == "attributed-to" and mine is not None and mine == theirs
                if each.path not in self.read_references and not is_own:
                    self.lose(each.path, f"that it is {str(kind)[:60]} something", _NO_PLACE)
        for key in self.event.written:
            if key not in _EVENT_KEYS:
                self.lose(str(key)[:100], f"the {key}"[:100], _NO_PLACE)
        for part in self.known.values():
            is_news = part.written.get("name") == _NEWS
            for key in part.written:
                if key not in _PLAIN_KEYS and not (is_news and key == "first_seen"):
                    self.lose(f"{part.path}.{key}"[:300], f"the {key}"[:100], _NO_PLACE)


_SIDES = ("affirms", "denies", SILENT)
_MEDIA: Mapping[str, SourceKind] = {"News agency": "agency", "Governmental": "government"}
_ALTERNATIVES = (
    *(("source", "alias", "username"), ("title",), ("content", "transcription")),
    *(("link", "url"), ("type",)),
)
"""What an article has one of here: the first that stands there, in this order."""
_TELLS = frozenset({"related-to", "mentions", "references", "describes", "documents"})
"""The relations in which an article says what it refers to."""
_NEWS_READ = frozenset(name for names in _ALTERNATIVES for name in names)
_SEVERAL = frozenset({"comment", "evaluation", "related-report", "information-credibility"})
_ASSESSMENT_READ = _SEVERAL | {
    *("source-id", "source-summary", "source-reliability", "collection-time")
}
# What our own events say beside a derivation.
_DERIVED = re.compile(
    r"(?:.+ (?:passes on|infers from)|disowns)(?: this| what it says of .+)?\Z", re.S
)


# What misp-stix made of a MISP event: its parts under types of their own.


def from_misp_bundle(objects: Mapping[str, Mapping[str, Any]], losses: list[Loss]) -> Import:
    """The case of the event that misp-stix made a bundle of; what no object of MISP's is is a loss.

    Args:
        objects: the objects of the bundle by their places.
        losses: what was lost before.
    """
    identities = {each["id"]: each for each in objects.values() if each["type"] == "identity"}
    event: dict[str, Any] = {"Attribute": [], "Object": []}
    places: dict[str, str] = {}
    for path, each in objects.items():
        part = _misp_part(each)
        if part is not None:
            section = "Attribute" if each["type"] == "x-misp-attribute" else "Object"
            places[f"{section}[{len(event[section])}]"] = path
            event[section].append(part)
        elif each["type"] in ("grouping", "report") and "info" not in event:
            event["info"] = each.get("name")
            event["Orgc"] = identities.get(str(each.get("created_by_ref")), {})
        elif each["type"] not in ("identity", "relationship"):
            losses.append(Loss(path, f"the {each['type']}"[:100], _NO_PLACE))
    by_uuid = {each["uuid"]: each for each in event["Object"]}
    for path, each in objects.items():
        source, target = (
            str(each.get(key)).partition("--") for key in ("source_ref", "target_ref")
        )
        if each["type"] == "relationship" and source[2] in by_uuid:
            by_uuid[source[2]]["ObjectReference"].append(
                {
                    "referenced_uuid": target[2],
                    "relationship_type": each.get("relationship_type"),
                    "comment": each.get("description", ""),
                }
            )
        elif each["type"] == "relationship" or (
            each["type"] == "identity" and each is not event.get("Orgc")
        ):
            losses.append(Loss(path, f"the {each['type']}", _NO_PLACE))
    read = from_misp(event)
    told = (*losses, *(_placed(loss, places) for loss in read.losses))
    return Import(read.case, told, read.readings)


def _misp_part(each: Mapping[str, Any]) -> dict[str, Any] | None:
    """An attribute or an object of MISP, as its own JSON has it."""
    labels = [label for label in _values(each.get("labels")) if isinstance(label, str)]
    found = {
        "uuid": each["id"].partition("--")[2],
        "Tag": [{"name": label} for label in labels if not label.startswith("misp:")],
    }
    if each["type"] == "x-misp-attribute":
        keys = ("type", "value", "category", "comment")
        return found | {key: each[f"x_misp_{key}"] for key in keys if f"x_misp_{key}" in each}
    if each["type"] == "x-misp-object":
        attributes = _values(each.get("x_misp_attributes"))
        return found | {
            "name": each.get("x_misp_name"),
            "Attribute": attributes,
            "ObjectReference": [],
        }
    return None


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _placed(loss: Loss, places: Mapping[str, str]) -> Loss:
    """A loss of a part of an event, with its place in the bundle."""
    part = re.match(r"(?:Attribute|Object)\[[0-9]+\]", loss.path)
    path = loss.path if part is None else places[part[0]] + loss.path[part.end() :]
    return attrs.evolve(loss, path=path)
