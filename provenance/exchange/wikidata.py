"""Wikidata's entities as JSON: statements with their references, ranks, qualifiers and bounds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import attrs

from provenance.bounds import Cancel
from provenance.errors import InvalidValue
from provenance.exchange.budgets import read_within
from provenance.exchange.documents import NewIds, case_of, each_of, json_of, refused, text_of
from provenance.exchange.losses import Import, Loss
from provenance.records import Span

__all__ = ["SINGLE_VALUED", "from_wikidata"]

_WHAT = "the document of Wikidata"
_WIKIDATA = "wikidata"

_NAMES: Mapping[str, str] = {
    "P17": "country", "P18": "image", "P19": "place of birth", "P20": "place of death",
    "P21": "sex or gender", "P22": "father", "P25": "mother", "P26": "spouse",
    "P27": "country of citizenship", "P31": "instance of", "P35": "head of state",
    "P36": "capital", "P39": "position held", "P40": "child", "P50": "author",
    "P106": "occupation", "P119": "place of burial", "P123": "publisher",
    "P159": "headquarters location", "P276": "location", "P509": "cause of death",
    "P569": "date of birth", "P570": "date of death", "P571": "inception",
    "P575": "time of discovery or invention", "P576": "dissolved on", "P577": "publication date",
    "P580": "start time", "P582": "end time", "P585": "point in time", "P625": "coordinates",
    "P1082": "population", "P1114": "quantity", "P1120": "number of deaths",
    "P1196": "manner of death", "P1339": "number of injured", "P1480": "sourcing circumstances",
    "P1636": "date of baptism", "P2043": "length", "P2044": "elevation above sea level",
    "P2046": "area", "P2048": "height", "P2067": "mass", "P4602": "date of burial",
}  # fmt: skip
"""What common properties are called in English, where the document does not say."""
SINGLE_VALUED = frozenset({
    "P19", "P20", "P22", "P25", "P119", "P509", "P569", "P570", "P571", "P575", "P576", "P625",
    "P1082", "P1120", "P1196", "P1339", "P1636", "P2043", "P2044", "P2046", "P2048", "P2067",
    "P4602",
})  # fmt: skip
"""Properties that have one true value: several are the answers of a question."""

_STATED_IN, _IMPORTED, _HEURISTIC, _INFERRED = "P248", "P143", "P887", "P3452"
_URLS = ("P854", "P4656")
_REFERENCE_DATES: Mapping[str, str] = {"P813": "retrieved_on", "P577": "published_on"}
_TITLE, _PAGE = "P1476", "P304"
_ABOUT_RANKS = frozenset({"P2241", "P7452"})


@read_within
def from_wikidata(
    document: str | bytes | Mapping[str, Any] | Sequence[Any],
    *,
    language: str = "en",
    labels: Mapping[str, str] | None = None,
    single_valued: Iterable[str] = SINGLE_VALUED,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Import:
    """A draft of a case from entities of Wikidata, or of another Wikibase, in its JSON.

    Every value of every property is a claim: "Bela Okun: date of birth 1871-03-14", with its
    qualifiers. Wikidata passes on what its references say: what a reference is stated in, imported
    from, or where its address leads, is a source, and the reference a document. A statement
    without a reference is Wikidata's own word, and one with nothing but a heuristic an inference of
    its own. Several values of a property that has one true value are the answers of a question; a
    day implies its month and its year. A deprecated statement is what its references said, and not
    what Wikidata says. Nothing is graded. Everything else is a loss.

    Args:
        document: an entity, a list of them, what the API gives for `wbgetentities` or
            `wbgetclaims`, or what `Special:EntityData` gives; as plain data or as text.
        language: the language of labels that is wanted; English is next, then the first of all.
        labels: names for items and properties that the document does not have.
        single_valued: the properties that have one true value, by their ids.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        FormatError: for a document that has no entity of a Wikibase in it.

    >>> found = from_wikidata({"id": "Q6", "labels": {"en": {"value": "Bela Okun"}}, "claims": {
    ...     "P569": [{"id": "Q6$a", "rank": "normal", "mainsnak": {"snaktype": "value",
    ...         "property": "P569", "datavalue": {"type": "time", "value": {
    ...             "time": "+1871-03-14T00:00:00Z", "precision": 11}}}}]}})
    >>> found.case.claims[0].text
    'Bela Okun: date of birth 1871-03-14'
    """
    entities = _entities_in(json_of(document, _WHAT))
    names = dict(labels or {})
    for entity in entities:
        name = _label_of(entity, language)
        if name is not None:
            names.setdefault(str(entity.get("id")), name)
    reading = _Reading({**_NAMES, **names}, frozenset(single_valued))
    for entity in entities:
        reading.read(entity, language)
    return reading.finished()


def _entities_in(document: Any) -> list[Mapping[str, Any]]:
    """The entities of a document, in its order."""
    given = document.get("entities", document) if isinstance(document, Mapping) else document
    if isinstance(given, Mapping) and not {"claims", "labels", "statements"} & set(given):
        given = [*given.values()]
    found = [each for _, each in each_of(given) if isinstance(each, Mapping)]
    found = [each for each in found if {"claims", "labels", "statements"} & set(each)]
    if not found:
        message = "expected an entity of Wikidata with its claims, found none"
        fix = "give what Special:EntityData/Q42.json gives, or wbgetentities of the API"
        raise refused("", "not-wikidata", message, fix, where=_WHAT)
    return found


def _label_of(entity: Mapping[str, Any], language: str) -> str | None:
    labels = entity.get("labels")
    if not isinstance(labels, Mapping):
        return None
    texts = {
        key: text
        for key, each in labels.items()
        if isinstance(each, Mapping) and (text := text_of(each.get("value"), 500)) is not None
    }
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), None)


@attrs.frozen
class _Value:
    """A value in words, and the years, months and days that it may be of."""

    text: str
    """The value."""
    span: Span | None = None
    """When it is, for a time."""


@attrs.define
class _Reading:
    """A draft in the making."""

    names: Mapping[str, str]
    single: frozenset[str]
    losses: list[Loss] = attrs.field(factory=list)
    ids: NewIds = attrs.field(factory=NewIds)
    claims: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    sources: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    documents: dict[tuple[Any, ...], dict[str, Any]] = attrs.field(factory=dict)
    attributions: list[dict[str, Any]] = attrs.field(factory=list)
    rivals: dict[tuple[str, str, str], dict[str, _Value]] = attrs.field(
        factory=lambda: defaultdict(dict)
    )

    def lose(self, path: str, what: str, why: str) -> None:
        self.losses.append(Loss(path[:300], what[:200], why))

    def read(self, entity: Mapping[str, Any], language: str) -> None:
        claims = entity.get("claims", entity.get("statements"))
        statements = claims.values() if isinstance(claims, Mapping) else ()
        groups = [each for group in statements for _, each in each_of(group)]
        subject = text_of(entity.get("id"), 100) or _subject_in(groups)
        for key in ("descriptions", "aliases", "sitelinks", "lemmas", "forms", "senses"):
            if entity.get(key):
                self.lose(f"{subject}.{key}", f"the {key}", "no statement is made of them")
        labels = entity.get("labels")
        others = [key for key in labels if key != language] if isinstance(labels, Mapping) else []
        if len(others) > 1 or (others and language in (labels or {})):
            self.lose(f"{subject}.labels", "its labels in other languages", "a case has one text")
        for place, statement in enumerate(groups):
            self.statement(subject, statement, f"{subject}.claims[{place}]")

    def statement(self, subject: str, statement: Any, path: str) -> None:
        """One statement: its claim, what its references say, and Wikidata who passes that on."""
        snak = statement.get("mainsnak") if isinstance(statement, Mapping) else None
        if not isinstance(snak, Mapping):
            self.lose(path, "a statement", "it has no value")
            return
        guid = text_of(statement.get("id"), 150)
        path = guid or path
        value = self.value(snak, path)
        if value is None:
            return
        claim = self.claim(subject, snak, statement, value, path)
        deprecated = statement.get("rank") == "deprecated"
        origins, inferred = self.references(statement, claim, path)
        record: dict[str, Any] = {"id": self.ids.of("attributions", path, guid)}
        record["source"] = self.source(_WIKIDATA, "Wikidata", "collective")
        record |= {"cites": origins} if origins else {"claim": claim}
        if inferred and not origins:
            record["basis"] = "inference"
        if guid is not None:
            record["refs"] = [{"scheme": "wikidata", "id": guid}]
        if deprecated:
            why = "Wikidata has deprecated it, and passes it on no longer"
            self.lose(f"{path}.rank", "that Wikidata has it", why)
        else:
            self.attributions.append(record)
        if statement.get("rank") == "preferred":
            self.lose(f"{path}.rank", "that it is preferred", "a rank of editors is no evidence")

    def claim(
        self,
        subject: str,
        snak: Mapping[str, Any],
        statement: Mapping[str, Any],
        value: _Value,
        path: str,
    ) -> str:
        key = str(snak.get("property"))
        qualified = [*self.qualifiers(statement, path)]
        aside = f" ({'; '.join(qualified)})" if qualified else ""
        text = f"{self.called(subject)}: {self.called(key)} {value.text}{aside}"
        found = self.claims.get(text)
        if found is None:
            found = self.claims[text] = {
                "id": self.ids.of("claims", text, f"{subject}.{key}.{len(self.claims) + 1}"),
                "text": text,
            }
        if key in self.single:
            self.rivals[subject, key, aside][found["id"]] = value
        return str(found["id"])

    def qualifiers(self, statement: Mapping[str, Any], path: str) -> Iterator[str]:
        """What limits a statement, as part of what it claims."""
        for key, snak, place in _snaks(statement, "qualifiers"):
            if key in _ABOUT_RANKS:
                self.lose(f"{path}.{place}", f"the {self.called(key)}", "it is about a rank")
                continue
            value = self.value(snak, f"{path}.{place}")
            if value is not None:
                yield f"{self.called(key)} {value.text}"

    # Values.

    def called(self, name: str) -> str:
        return self.names.get(name, name)

    def value(self, snak: Mapping[str, Any], path: str) -> _Value | None:
        """The value of a snak, or nothing where it has none that can be told."""
        if snak.get("snaktype") == "novalue":
            return _Value("has no value")
        known = snak.get("datavalue")
        if snak.get("snaktype") != "value" or not isinstance(known, Mapping):
            self.lose(path, "a value that is not known", "nothing is said that could be true")
            return None
        found = self.of_type(str(known.get("type")), known.get("value"))
        if found is None:
            self.lose(path, f"a value of the type {known.get('type')}", "it could not be read")
        return found

    def of_type(self, kind: str, value: Any) -> _Value | None:
        if kind == "string":
            text = text_of(value, 10_000)
            return None if text is None else _Value(text)
        if not isinstance(value, Mapping):
            return None
        match kind:
            case "wikibase-entityid":
                number, item = value.get("numeric-id"), value.get("entity-type") != "property"
                letter = "Q" if item else "P"
                name = text_of(value.get("id"), 100) or (number and f"{letter}{number}")
                return _Value(self.called(str(name))) if name else None
            case "time":
                return _time(value)
            case "quantity":
                return self.quantity(value)
            case "monolingualtext":
                text = text_of(value.get("text"), 10_000)
                return None if text is None else _Value(f"“{text}” ({value.get('language')})")
            case "globecoordinate":
                at = [value.get("latitude"), value.get("longitude")]
                numbers = [f"{each:g}" for each in at if isinstance(each, int | float)]
                return _Value(", ".join(numbers)) if len(numbers) == 2 else None
            case _:
                return None

    def quantity(self, value: Mapping[str, Any]) -> _Value | None:
        amount = text_of(value.get("amount"), 200)
        if amount is None:
            return None
        unit = str(value.get("unit", "1")).rpartition("/")[2]
        aside = "" if unit == "1" else f" {self.called(unit)}"
        ends = [text_of(value.get(key), 200) for key in ("lowerBound", "upperBound")]
        low, high = (None if each is None else each.removeprefix("+") for each in ends)
        text = amount.removeprefix("+")
        if low is not None and high is not None and not low == high == text:
            aside += f", between {low} and {high}"
        return _Value(f"{text}{aside}")

    # References.

    def references(
        self, statement: Mapping[str, Any], claim: str, path: str
    ) -> tuple[list[str], bool]:
        """The statements that the references of one make, and whether it was inferred."""
        found: list[str] = []
        inferred = False
        for place, reference in each_of(statement.get("references")):
            where = f"{path}.references{place}"
            if not isinstance(reference, Mapping):
                self.lose(where, "a reference", "it is no object")
                continue
            said = self.reference(reference, where)
            inferred = inferred or said.inferred
            for name, title, kind in said.sources:
                source = self.source(name, title, kind)
                wanted = f"{path}-{len(found) + 1}"
                record: dict[str, Any] = {
                    "id": self.ids.of("attributions", f"{where} {name}", wanted),
                    "source": source,
                    "claim": claim,
                }
                if said.document:
                    record["document"] = self.document(name, source, said.document)
                if said.page is not None:
                    record["locators"] = [{"page": said.page}]
                self.attributions.append(record)
                found.append(record["id"])
            if not said.sources and not said.inferred:
                self.lose(where, "a reference", "it names nobody who says so")
        if inferred and found:
            why = "the references say it, and count"
            self.lose(f"{path}.references", "that it was inferred as well", why)
        return found, inferred

    def reference(self, reference: Mapping[str, Any], where: str) -> _Reference:
        """What one reference names, and what it says of it."""
        found = _Reference()
        hosts: dict[str, str] = {}
        for key, snak, place in _snaks(reference, "snaks"):
            value = self.value(snak, f"{where}.{place}")
            if value is None:
                continue
            name = _id_in(snak)
            if key in (_STATED_IN, _IMPORTED) and name is not None:
                kind = "document" if key == _STATED_IN else "collective"
                found.sources.append((name, value.text, kind))
            elif key in (_HEURISTIC, _INFERRED):
                found.inferred = True
                self.lose(
                    f"{where}.{place}",
                    f"{self.called(key)} {value.text}",
                    "an inference has no other ground in a case",
                )
            elif key in _URLS and "url" not in found.document:
                found.document["url"] = value.text
                host = urlsplit(value.text[:4096]).hostname if "://" in value.text else None
                hosts[host or value.text[:100]] = host or value.text[:100]
            elif key in _REFERENCE_DATES and value.span is not None:
                found.document.setdefault(_REFERENCE_DATES[key], value.span.text)
            elif key == _TITLE:
                found.document.setdefault("title", value.text)
            elif key == _PAGE and found.page is None:
                found.page = value.text
            else:
                self.lose(
                    f"{where}.{place}",
                    f"{self.called(key)} {value.text}",
                    "a case has no place for it",
                )
        if not found.sources:
            found.sources += [(host, host, "outlet") for host in hosts]
        return found

    def source(self, key: str, name: str, kind: str) -> str:
        found = self.ids.of("sources", key, key)
        if key not in self.sources:
            self.sources[key] = {"id": found, "name": name[:500], "kind": kind}
            if re.fullmatch(r"Q[0-9]+", key):
                self.sources[key]["refs"] = [{"scheme": "wikidata", "id": key}]
        return found

    def document(self, name: str, source: str, fields: Mapping[str, str]) -> str:
        key = (name, *sorted(fields.items()))
        if key not in self.documents:
            found = self.ids.of("documents", str(key))
            self.documents[key] = {"id": found, "publisher": source, **fields}
        return str(self.documents[key]["id"])

    # The whole.

    def finished(self) -> Import:
        links: list[dict[str, Any]] = []
        questions: list[dict[str, Any]] = []
        for (subject, key, aside), values in self.rivals.items():
            implied = {
                (fine, coarse)
                for fine, one in values.items()
                for coarse, other in values.items()
                if fine != coarse and _is_within(one.span, other.span)
            }
            coarser = {coarse for _, coarse in implied}
            answers = [name for name in values if name not in coarser]
            direct = {
                (fine, coarse)
                for fine, coarse in implied
                if not any(
                    (fine, each) in implied and (each, coarse) in implied for each in coarser
                )
            }
            links += [
                {"kind": "implies", "claim": fine, "implies": coarse}
                for fine, coarse in sorted(direct)
            ]
            if len(answers) > 1:
                text = f"{self.called(subject)}: which {self.called(key)}{aside}?"
                name = self.ids.of("questions", text, f"{subject}.{key}")
                questions.append({"id": name, "text": text, "claims": answers})
        fields: dict[str, Any] = {
            "version": 1,
            "claims": [*self.claims.values()],
            "questions": questions,
            "sources": [*self.sources.values()],
            "documents": [*self.documents.values()],
            "attributions": self.attributions,
            "links": links,
        }
        present = {key: each for key, each in fields.items() if each != [] or key in _ALWAYS}
        return Import(case_of(present, _WHAT), tuple(self.losses))


_ALWAYS = frozenset({"claims", "sources", "attributions"})


@attrs.define
class _Reference:
    """What one reference names."""

    sources: list[tuple[str, str, str]] = attrs.field(factory=list)
    document: dict[str, str] = attrs.field(factory=dict)
    page: str | None = None
    inferred: bool = False


def _snaks(holder: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """The snaks of a statement or a reference, each with its property and its place."""
    groups = holder.get(key)
    for name, group in groups.items() if isinstance(groups, Mapping) else ():
        for place, snak in each_of(group):
            if isinstance(snak, Mapping):
                yield str(name), snak, f"{key}.{name}{place}"


def _id_in(snak: Mapping[str, Any]) -> str | None:
    known = snak.get("datavalue")
    value = known.get("value") if isinstance(known, Mapping) else None
    if not isinstance(value, Mapping):
        return None
    number = value.get("numeric-id")
    return text_of(value.get("id"), 100) or (f"Q{number}" if isinstance(number, int) else None)


def _subject_in(statements: Sequence[Any]) -> str:
    """Of whom statements are that stand without their entity: their ids begin with it."""
    ids = (each.get("id") for each in statements if isinstance(each, Mapping))
    return next((text.partition("$")[0] for each in ids if (text := text_of(each, 150))), "it")


_TIME = re.compile(r"([+-])0*([0-9]{1,12})-([0-9]{2})-([0-9]{2})T")
_JULIAN = "Q1985786"


def _time(value: Mapping[str, Any]) -> _Value | None:
    """A time with the precision it has: a day, a month, a year, a decade, a century."""
    found = _TIME.match(str(value.get("time"))[:40])
    precision = value.get("precision")
    if found is None or not isinstance(precision, int):
        return None
    year, month, day = int(found[2]), found[3], found[4]
    era = " BCE" if found[1] == "-" else ""
    aside = " (Julian calendar)" if str(value.get("calendarmodel")).endswith(_JULIAN) else ""
    match precision:
        case 9:
            written = f"{year:04}"
        case 10:
            written = f"{year:04}-{month}"
        case 8:
            written = f"{year // 10 * 10:04}/{year // 10 * 10 + 9:04}"
        case 7:
            last = -(-year // 100) * 100
            written = f"{last - 99:04}/{last:04}"
        case _ if precision >= 11:
            written = f"{year:04}-{month}-{day}"
        case _:
            return _Value(f"about {year}{era}, by {10 ** (9 - precision)} years")
    if era:
        return _Value(f"{written}{era}{aside}")
    try:
        return _Value(f"{written}{aside}", Span(written))
    except InvalidValue:
        return _Value(f"{written}{aside}")


def _is_within(one: Span | None, other: Span | None) -> bool:
    """Whether a time is within another, wider one."""
    if one is None or other is None:
        return False
    inside = other.begins <= one.begins and one.ends <= other.ends
    return inside and (one.begins, one.ends) != (other.begins, other.ends)
