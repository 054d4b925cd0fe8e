"""What does not leave the house: the ids of unnamed sources, and bits and ids in an answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import attrs

from provenance.assessment import Assessment, Names, telling_of
from provenance.errors import InvalidValue, UnknownName
from provenance.exchange.documents import case_of
from provenance.exchange.losses import Loss
from provenance.records import Case, Source, is_unnamed
from provenance.scales import quoted

__all__ = [
    "Explanation",
    "Withheld",
    "explanations_of",
    "told_to_readers",
    "withheld",
]

Explanation = str | Mapping[str, str] | None
"""What is said of an answer in the user's own words: one text, or texts by the ids of their claims."""

_PSEUDONYM = (
    "who a source is that the case does not name stays in the house; a number stands for it"
)
_ASIDE = "what stands beside a source that the case does not name could tell who it is"
_NAMES = "it has the name of a source that the case does not name"
SHORTEST_TRACE = 3
"""How many characters of an id are enough to know it again within another one."""


@attrs.frozen
class Withheld:
    """A case as it may leave the house, and what was taken out of it."""

    case: Case
    """The case: its records in their places, with numbers where unnamed sources had ids."""
    losses: tuple[Loss, ...]
    """What was taken out, by its path in the whole case."""
    claims: Mapping[str, str] = attrs.field(factory=dict)
    """What the claims are called that have another id in it."""

    def claim(self, name: str) -> str:
        """What a claim is called in it."""
        return self.claims.get(name, name)


def withheld(case: Case) -> Withheld:
    """A case with nothing in it that tells who its unnamed sources are.

    An unnamed source is called `unnamed-1` if it is the first source that speaks; what it said and
    published `unnamed-1-said-1` and `unnamed-1-document-1`; any other id that contains the id or
    the name of an unnamed source gets a number too. Their names, notes and ids in other systems are
    left out; how the text describes them stays. So are notes, titles, addresses and ids elsewhere
    that contain such a name, or an id of more than one word. What the case quotes, and the texts of
    its claims, stay as they are.

    >>> from provenance.casefiles import load_seed
    >>> case = withheld(load_seed("egypt-syria-2015")).case
    >>> [source.id for source in case.sources if source.id.startswith("unnamed")]
    ['unnamed-3', 'unnamed-4', 'unnamed-9']
    """
    names = _Pseudonyms.of(case)
    if not names.sources:
        return Withheld(case, ())
    form = case.written()
    found = _renamed(form, "", names)
    for section, asides in _ASIDES.items():
        records: tuple[Any, ...] = getattr(case, section)
        for record, written in zip(records, found.get(section, ()), strict=True):
            if names.is_theirs(section, record):
                for key in asides:
                    written.pop(key, None)
    losses = [*_told(case, names), *_without_names(found, names)]
    public = case_of(found, "the case without its unnamed sources")
    return Withheld(public, tuple(losses), names.claims)


_ASIDES: Mapping[str, tuple[str, ...]] = {
    "sources": ("name", "note", "refs", "graded_by"),
    "attributions": ("note", "refs"),
    "documents": ("note", "refs"),
}
# Where ids are mentioned, and of which records; what a format never carries is followed too.
_MENTIONS: Mapping[str, str] = {
    "claims[].id": "claims",
    "questions[].id": "questions",
    "questions[].claims[]": "claims",
    "sources[].only_if": "claims",
    "sources[].interests[].claims[]": "claims",
    "attributions[].only_if": "claims",
    "attributions[].claim": "claims",
    "attributions[].claim[]": "claims",
    "links[].claim": "claims",
    "links[].sign": "claims",
    "links[].implies": "claims",
    "links[].claims[]": "claims",
    "sources[].id": "sources",
    "documents[].id": "documents",
    "documents[].publisher": "sources",
    "attributions[].id": "attributions",
    "attributions[].source": "sources",
    "attributions[].cites": "attributions",
    "attributions[].cites[]": "attributions",
    "attributions[].from": "attributions",
    "attributions[].from[]": "attributions",
    "attributions[].same_voice_as.attribution": "attributions",
    "attributions[].document": "documents",
}


@attrs.frozen
class _Pseudonyms:
    """The ids that stand for others, by the section of what they name."""

    sources: Mapping[str, str]
    attributions: Mapping[str, str]
    documents: Mapping[str, str]
    claims: Mapping[str, str]
    questions: Mapping[str, str]
    traces: frozenset[str]
    """The ids of unnamed sources that stand in the id of something else."""
    unnamed: frozenset[str]
    """The ids of the unnamed sources."""
    names: re.Pattern[str] | None
    """What no text may contain: the names of unnamed sources, and their ids of several words."""

    @classmethod
    def of(cls, case: Case) -> _Pseudonyms:
        hidden = [each for each in case.sources if is_unnamed(each)]
        unnamed = {each.id for each in hidden}
        called = [each.name for each in hidden if each.name is not None]
        secrets = [name for name in unnamed if len(name) >= SHORTEST_TRACE]
        secrets += [slug for name in called if len(slug := _slug(name)) >= SHORTEST_TRACE]
        said = {each.id: each.source for each in case.attributions}
        published = {each.id: each.publisher for each in case.documents}
        traces = {name: _traces(name, secrets) for name in (*said, *published)}
        # An id that stays must not be given to anything else; one that goes may come again, so
        # that a case that left the house before stays as it is.
        goes = {name for name, found in traces.items() if found}
        goes |= {name for name, whose in (*said.items(), *published.items()) if whose in unnamed}
        fresh = _Unused({name for name in (*said, *published) if name not in goes})
        fresh.taken |= {each.id for each in case.sources} - unnamed
        sources = {
            name: fresh(f"unnamed-{place}")
            for place, name in enumerate(_heard(case), 1)
            if name in unnamed
        }
        # Of a claim, a question or somebody named the id is the better part of what readers see, so
        # that only whole words count there.
        words = _words_of(secrets)
        claims, questions, others = (
            {
                name: fresh(f"{what}-{place}")
                for place, name in enumerate(names, 1)
                if words is not None and words.search(_slug(name)) and name not in unnamed
            }
            for what, names in (
                ("claim", [each.id for each in case.claims]),
                ("question", [each.id for each in case.questions]),
                ("source", [each.id for each in case.sources]),
            )
        )
        several = [name for name in unnamed if _slug(name).count("-") or re.search("[0-9]", name)]
        return cls(
            sources | others,
            _instead(said, goes, sources, fresh, ("said", "statement")),
            _instead(published, goes, sources, fresh, ("document", "document")),
            claims,
            questions,
            frozenset(secret for found in traces.values() for secret in found),
            frozenset(unnamed),
            _words_of([each for each in (*called, *several) if len(each) >= SHORTEST_TRACE]),
        )

    def new(self, section: str, name: str) -> str:
        """The id that stands for another one; of a part of a statement, `id/claim`, too."""
        known: Mapping[str, str] = getattr(self, section)
        if name in known or section != "attributions":
            return known.get(name, name)
        whole, slash, claim = name.partition("/")
        return f"{known.get(whole, whole)}{slash}{self.claims.get(claim, claim)}"

    def is_theirs(self, section: str, record: Any) -> bool:
        """Whether something is an unnamed source, or was said or published by one."""
        if section == "sources":
            return record.id in self.unnamed
        return (record.source if section == "attributions" else record.publisher) in self.unnamed


def _heard(case: Case) -> Iterable[str]:
    """The sources in the order in which they first speak.

    So what becomes of others, and of those that say nothing, changes no name.
    """
    published = {each.id: each.publisher for each in case.documents}
    works = (published.get(each.document or "") for each in case.attributions)
    said = (each.source for each in case.attributions)
    heard = [*said, *works, *(each.id for each in case.sources)]
    return dict.fromkeys(name for name in heard if name is not None)


def _instead(
    records: Mapping[str, str | None],
    goes: set[str],
    sources: Mapping[str, str],
    fresh: _Unused,
    words: tuple[str, str],
) -> dict[str, str]:
    """What statements or documents are called instead, by whose they are, or else by their place."""
    theirs, else_ = words
    known: dict[str, int] = {}
    found: dict[str, str] = {}
    for place, (name, whose) in enumerate(records.items(), 1):
        if whose is not None and whose in sources:
            known[whose] = known.get(whose, 0) + 1
            found[name] = fresh(f"{sources[whose]}-{theirs}-{known[whose]}")
        elif name in goes:
            found[name] = fresh(f"{else_}-{place}")
    return found


def _traces(name: str, secrets: Iterable[str]) -> list[str]:
    """The ids and names that stand in an id."""
    slug = _slug(name)
    return [each for each in secrets if each.casefold() in name.casefold() or each in slug]


def _slug(text: str) -> str:
    """The words of a text, for comparing ids and names however they are joined."""
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def _words_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of some texts as whole words, however these are joined."""
    slugs = sorted({_slug(each) for each in texts} - {""}, key=len, reverse=True)
    found = "|".join(r"[\W_]+".join(map(re.escape, each.split("-"))) for each in slugs)
    return re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])") if found else None


class _Unused:
    """Ids that are not taken: a word, and a number where it is."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def __call__(self, word: str) -> str:
        tries = (word if number == 1 else f"{word}-{number}" for number in count(1))
        found = next(name for name in tries if name not in self.taken)
        self.taken.add(found)
        return found


def _renamed(value: Any, pattern: str, names: _Pseudonyms) -> Any:
    if isinstance(value, list):
        return [_renamed(item, f"{pattern}[]", names) for item in value]
    if isinstance(value, dict):
        return {
            key: item
            if key.startswith("x-")
            else _renamed(item, f"{pattern}.{key}".lstrip("."), names)
            for key, item in value.items()
        }
    section = _MENTIONS.get(pattern)
    return value if section is None else names.new(section, value)


_TEXTS = frozenset({"note", "summary", "title", "url", "refs", "described_as", "graded_by"})
"""The fields that a case can be without, in which a name may stand."""


def _without_names(value: Any, names: _Pseudonyms, path: str = "") -> Iterator[Loss]:
    """Takes texts that name an unnamed source out of a written case, and tells which."""
    if names.names is None:
        return
    entries = (
        [(f"[{position}]", position, each) for position, each in enumerate(value)]
        if isinstance(value, list)
        else [(f".{key}", key, each) for key, each in value.items()]
        if isinstance(value, dict)
        else []
    )
    for step, key, each in entries:
        place = f"{path}{step}".lstrip(".")
        if str(key).startswith("x-"):
            continue
        if key in _TEXTS and names.names.search(json.dumps(each, ensure_ascii=False).casefold()):
            del value[key]
            yield Loss(place, f"the {key}", _NAMES)
        else:
            yield from _without_names(each, names, place)


def _told(case: Case, names: _Pseudonyms) -> Iterator[Loss]:
    for section in ("claims", "questions"):
        renamed: Mapping[str, str] = getattr(names, section)
        for position, record in enumerate(getattr(case, section)):
            if record.id in renamed:
                yield Loss(f"{section}[{position}].id", "the id", _PSEUDONYM)
    for section, asides in _ASIDES.items():
        known: Mapping[str, str] = getattr(names, section)
        records: tuple[Any, ...] = getattr(case, section)
        for position, record in enumerate(records):
            path = f"{section}[{position}]"
            if record.id in known:
                yield Loss(f"{path}.id", "the id", _PSEUDONYM, record.id in names.traces)
            if names.is_theirs(section, record):
                written = record.written()
                for key in asides:
                    if key in written:
                        yield Loss(f"{path}.{key}", f"the {key}", _ASIDE)


# The answer as readers outside get it.


def explanations_of(
    explanation: Explanation, assessments: Sequence[Assessment]
) -> Mapping[str, str]:
    """The user's own words by the claims that they are about.

    Raises `InvalidValue` for one text where several claims are assessed, or none, and
    `UnknownName` for a text about a claim that is not assessed.
    """
    claims = [each.claim for each in assessments]
    if explanation is None:
        return {}
    if isinstance(explanation, str):
        if len(claims) != 1:
            raise InvalidValue(
                f"expected texts by the ids of their claims, found one text for {len(claims)}"
            )
        return {claims[0]: explanation}
    for name in explanation:
        if name not in claims:
            called = {each.claim: quoted(each.text, 80) for each in assessments}
            raise UnknownName("assessed claim", name, claims, called=called)
    return explanation


@attrs.frozen(slots=False)
class _PublicNames(Names):
    """What readers outside call sources and claims."""

    shown: Case = attrs.field(kw_only=True)
    """The case as they see it, its records in the same order."""

    @cached_property
    def heard(self) -> Mapping[str, Source]:
        """The sources as they see them, by their ids in the house."""
        seen = zip(self.case.sources, self.shown.sources, strict=True)
        return {own.id: each for own, each in seen}

    def called(self, name: str) -> str:
        seen = self.heard.get(name)
        called = self.graph.called(name)
        return called if seen is None else _public_name(seen, called)

    @cached_property
    def asked(self) -> Mapping[str, str]:
        """The texts of claims and questions by their ids in the house."""
        claims = zip(self.case.claims, self.shown.claims, strict=True)
        questions = zip(self.case.questions, self.shown.questions, strict=True)
        found = {own.id: seen.text for own, seen in questions}
        return found | {own.id: seen.text for own, seen in claims}

    def claim(self, name: str) -> str:
        return quoted(self.asked.get(name, ""))


def told_to_readers(assessment: Assessment, shown: Case) -> str:
    """An answer in a few sentences, without ids and without bits: the verdict, why, from how many.

    Args:
        assessment: the assessment.
        shown: the case as readers see it, its records in the same order.

    >>> from provenance import weigh
    >>> from provenance.casefiles import load_seed
    >>> case = load_seed("egypt-arms-2015")
    >>> print(told_to_readers(weigh(case, "armed"), case).partition(" Mostly")[0])
    Not established: about 1 in 6 (90 % interval 2 % to 41 %), low confidence.
    """
    told = telling_of(assessment, names=_PublicNames(assessment.graph, shown=shown))
    return " ".join((told.headline, told.because, told.origins))


def _public_name(source: Source, called: str) -> str:
    if not is_unnamed(source):
        return source.title if source.name is None else called
    described = source.described_as
    return "an unnamed source" if described is None else f"the source called {quoted(described)}"
