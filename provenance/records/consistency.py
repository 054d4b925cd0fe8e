"""The rules that hold between records of a case: signs, questions, resolutions."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import attrs

from provenance.components import strong_components
from provenance.errors import Problem, UnknownName
from provenance.records.attributions import Attribution, Document
from provenance.records.claims import Claim, EvidenceLink, ImpliesLink, Link, Question
from provenance.records.sources import Source
from provenance.scales import listed, quoted, with_id

__all__ = [
    "UNREAD",
    "Called",
    "KnownNames",
    "Sections",
    "paths_of",
    "reference_problems",
    "rule_problems",
    "voice_problems",
]

# The sections of a case as far as they could be read, with what is needed to check them together.

UNREAD = "\ufffd"
"""Stands for an id that could not be read; it is reported once, where it stands."""

_SUGGESTED = 5
_SEARCHED = 2_000
_OFFERED = 6


class Held(Protocol):
    """What has the records of a case: the case, or its sections as far as they could be read."""

    @property
    def claims(self) -> Sequence[Claim | None]: ...
    @property
    def questions(self) -> Sequence[Question | None]: ...
    @property
    def sources(self) -> Sequence[Source | None]: ...
    @property
    def documents(self) -> Sequence[Document | None]: ...
    @property
    def attributions(self) -> Sequence[Attribution | None]: ...


@attrs.frozen
class Called:
    """What errors call the records of a case: by name or text, with the id that finds the entry.

    Of several entries of one id the first one has it.

    >>> known = Called(Sections(sources=(Source(id="akhbar", name="Al-Akhbar"), Source(id="now"))))
    >>> known.source("akhbar"), known.source("now"), known.offer("source", "akhbar")
    ("“Al-Akhbar” (id 'akhbar')", "'now'", "'akhbar' (“Al-Akhbar”)")
    """

    held: Held
    """The records."""

    @cached_property
    def claims(self) -> Mapping[str, str]:
        """The texts of the claims, and of the questions, by their ids."""
        asked: tuple[Claim | Question | None, ...] = (*self.held.claims, *self.held.questions)
        return {each.id: each.text for each in reversed(asked) if each is not None}

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """The names of the sources by their ids, or how they are described."""
        known = filter(None, reversed(self.held.sources))
        return {each.id: each.title for each in known if each.title != each.id}

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """The titles of the documents by their ids."""
        known = filter(None, reversed(self.held.documents))
        return {each.id: each.title for each in known if each.title}

    @cached_property
    def speakers(self) -> Mapping[str, str]:
        """By the id of every attribution, and of each of its parts, the name of its source."""
        return {
            name: self.sources[each.source]
            for each in filter(None, self.held.attributions)
            if each.source in self.sources
            for name in each.names
        }

    def claim(self, name: str) -> str:
        """A claim, or a question."""
        return with_id(self.claims.get(name), name)

    def source(self, name: str) -> str:
        """A source."""
        return with_id(self.sources.get(name), name)

    def statement(self, name: str) -> str:
        """What somebody is on record as saying; a part of it, `id>cited`, too."""
        speaker = self.speakers.get(name, self.speakers.get(name.partition(">")[0]))
        return with_id(speaker, name, "a statement of")

    def offer(self, kind: str, name: str) -> str:
        """An id that somebody may have meant, as it is typed, with what it stands for beside it."""
        known = self.offers(kind).get(name)
        return repr(name) if known is None else f"{name!r} ({known})"

    def offers(self, kind: str) -> Mapping[str, str]:
        """What the ids of a kind of record stand for; nothing for those that have no name."""
        if kind == "attribution":
            return {name: f"of {quoted(who, 80)}" for name, who in self.speakers.items()}
        found: Mapping[str, str] = {
            "claim": self.claims, "source": self.sources, "document": self.documents
        }.get(kind, {})  # fmt: skip
        return {name: quoted(words, 80) for name, words in found.items()}

    def unknown(self, kind: str, name: str, known: Iterable[str]) -> UnknownName:
        """The error of an id that no record of a kind has, with what the name is instead.

        >>> known = Called(Sections(sources=(Source(id="akhbar", name="Al-Akhbar"),)))
        >>> print(known.unknown("source", "Al-Akhbar", ["akhbar"]))
        no source 'Al-Akhbar'; that is the name of 'akhbar'
        """
        hint = self.really(kind, name)
        return UnknownName(kind, name, known, called=self.offers(kind), hint=hint)

    def really(self, kind: str, name: str) -> str:
        """What a name that is no id of a kind of record is: the name of one, or a question."""
        if kind == "claim" and name in self._answers:
            answers = [
                f"{each!r} ({quoted(self.claims.get(each, each), 80)})"
                for each in self._answers[name][:_OFFERED]
            ]
            more = len(self._answers[name]) - len(answers)
            told = listed([*answers, f"{more} more"] if more else answers, _OFFERED + 1)
            return f"{name!r} is a question; its answers are {told}"
        if name in self._kinds and self._kinds[name] != kind:
            return f"{name!r} is the id of a {self._kinds[name]}"
        noun = {"claim": "text", "source": "name", "document": "title"}.get(kind)
        ids = () if noun is None else self._titled[kind].get(_plain(name), ())
        return f"that is the {noun} of {listed([*map(repr, ids)], _OFFERED)}" if ids else ""

    @cached_property
    def _answers(self) -> Mapping[str, Sequence[str]]:
        """The answers of every question by its id."""
        return {each.id: each.claims for each in reversed(self.held.questions) if each is not None}

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """What kind of record has an id: a document, a source or a claim."""
        held = self.held
        found = {each.id: "document" for each in held.documents if each is not None}
        found |= {each.id: "source" for each in held.sources if each is not None}
        return found | {each.id: "claim" for each in held.claims if each is not None}

    @cached_property
    def _titled(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """The ids that each text, name or title stands for, by the kind of record."""
        found: dict[str, dict[str, list[str]]] = {}
        known = filter(None, reversed(self.held.claims))
        claims = {each.id: each.text for each in known}
        titles = {"claim": claims, "source": self.sources, "document": self.documents}
        for kind, called in titles.items():
            ids = found.setdefault(kind, {})
            for name, title in reversed(tuple(called.items())):  # in the order of the case again
                ids.setdefault(_plain(title), []).append(name)
        return found


def _plain(title: object) -> str:
    """A name for comparing: however its letters are and with one space between words."""
    return " ".join(str(title).casefold().split())


@attrs.define
class KnownNames:
    """The ids of one kind of record: who has which, and what is close to one that nobody has."""

    kind: str
    """What they name: `claim`, `source`, `document`, `attribution`."""
    called: Called
    """What people call the records."""
    first: dict[str, int] = attrs.Factory(dict)
    """Every id with the position of the first record that has it."""
    readable: bool = True
    """Whether the whole section could be read; if not, nothing is said to be missing from it."""
    suggested: int = 0
    """How many times near names were looked for, which is slow."""
    said_by: dict[str, list[str]] = attrs.Factory(dict)
    """Of attributions, what each source says, under its id and under its name."""

    def missing(self, name: str, path: str) -> Problem | None:
        """The problem of a reference that leads nowhere, if it does."""
        if name in self.first or name == UNREAD or not self.readable:
            return None
        said = self.said_by.get(name)
        found = repr(name)
        if said is not None:
            found = f"{self.called.offer('source', name)}, which is a source"
        return Problem(
            path, "dangling-reference",
            f"expected the id of {_article(self.kind)}, found {found}",
            self._advice(name) if said is None else _one_of(said),
        )  # fmt: skip

    def _advice(self, name: str) -> str:
        if really := self.called.really(self.kind, name):
            return f"{really}; write the id of {_article(self.kind)}"
        near: list[str] = []
        if self.suggested < _SUGGESTED:
            self.suggested += 1
            known = [known for known, _ in zip(self.first, range(_SEARCHED), strict=False)]
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
        if near:
            return f"did you mean {' or '.join(map(self._offer, near))}?"
        return f"add that {self.kind}, or correct the id"

    def _offer(self, name: str) -> str:
        return self.called.offer(self.kind, name)


def _one_of(said: Sequence[str]) -> str:
    """Which of the statements of a source may be meant."""
    if not said:
        return "add what it says, or name a statement of another source"
    more = f" and {len(said) - 5} more" if len(said) > 5 else ""
    return f"name what it says: {', '.join(map(repr, said[:5]))}{more}"


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


@attrs.frozen
class Sections:
    """The lists of a case; a record that could not be read at all is None in its place."""

    claims: tuple[Claim | None, ...] = ()
    """The claims."""
    questions: tuple[Question | None, ...] = ()
    """The questions."""
    sources: tuple[Source | None, ...] = ()
    """The sources."""
    documents: tuple[Document | None, ...] = ()
    """The documents."""
    attributions: tuple[Attribution | None, ...] = ()
    """The attributions."""
    links: tuple[Link | None, ...] = ()
    """The links."""
    unreadable: frozenset[str] = frozenset()
    """The sections that could not be read at all."""

    @cached_property
    def called(self) -> Called:
        """What errors call the records."""
        return Called(self)

    @cached_property
    def question_of(self) -> Mapping[str, str]:
        """The first answer of its question, for every claim that has one."""
        found: dict[str, str] = {}
        for question in filter(None, self.questions):
            for claim in question.claims:
                found.setdefault(claim, question.claims[0])
        return found

    def evidence(self) -> Iterator[tuple[int, EvidenceLink]]:
        """The evidence links with their positions."""
        for position, link in enumerate(self.links):
            if isinstance(link, EvidenceLink):
                yield position, link


def paths_of(path: str, written: str | Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every id of a field that takes one or several, with its path."""
    if isinstance(written, str):
        yield path, written
        return
    for position, name in enumerate(written):
        yield f"{path}[{position}]", name


def link_paths(path: str, link: Link) -> Iterator[tuple[str, str]]:
    """Every claim that a link names, with its path."""
    if isinstance(link, EvidenceLink):
        yield f"{path}.claim", link.claim
        yield f"{path}.sign", link.sign
    elif isinstance(link, ImpliesLink):
        yield f"{path}.claim", link.claim
        yield f"{path}.implies", link.implies
    else:
        yield from paths_of(f"{path}.claims", link.claims)


def rule_problems(sections: Sections) -> Iterator[Problem]:
    """Every rule of questions and links that the case breaks, in the order of the document."""
    yield from _question_problems(sections)
    yield from _resolution_problems(sections)
    yield from _link_problems(sections)
    yield from _sign_problems(sections)
    yield from _alternatives_problems(sections)
    yield from _silence_problems(sections)
    yield from _circles_of_evidence(sections)


def _question_problems(sections: Sections) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for position, question in enumerate(sections.questions):
        for place, name in enumerate(question.claims if question is not None else ()):
            other = first.setdefault(name, position)
            if other != position and name != UNREAD:
                yield Problem(
                    f"questions[{position}].claims[{place}]",
                    "claim-in-two-questions",
                    f"expected a claim of no other question, found {sections.called.claim(name)}, "
                    f"which questions[{other}] has",
                    "leave it in one of them",
                )
    for position, claim in enumerate(sections.claims):
        if claim is not None and claim.prior is not None and claim.id in first:
            yield Problem(
                f"claims[{position}].prior",
                "prior-in-question",
                f"expected no prior, since {sections.called.claim(claim.id)} is an answer of "
                f"questions[{first[claim.id]}], found one",
                "move it into the prior of the question",
            )


def _resolution_problems(sections: Sections) -> Iterator[Problem]:
    outcome = {
        claim.id: claim.resolved.value
        for claim in sections.claims
        if claim is not None and claim.resolved is not None
    }
    for position, question in enumerate(sections.questions):
        if question is not None and outcome:
            path = f"questions[{position}].claims"
            yield from _one_true_answer(sections, path, question, outcome)


def _one_true_answer(
    sections: Sections, path: str, question: Question, outcome: dict[str, bool]
) -> Iterator[Problem]:
    so = [name for name in question.claims if outcome.get(name) is True]
    if len(so) > 1:
        yield Problem(
            path,
            "two-true-answers",
            "expected at most one answer that is resolved true, found "
            f"{', '.join(map(sections.called.claim, so))}",
            "correct the resolutions",
        )
    if question.exhaustive and all(outcome.get(name) is False for name in question.claims):
        yield Problem(
            path,
            "no-true-answer",
            "expected an answer that may be true, found all of them resolved false",
            "correct a resolution, or set exhaustive to false",
        )


def _link_problems(sections: Sections) -> Iterator[Problem]:
    for position, link in enumerate(sections.links):
        seen: set[str] = set()
        for path, name in link_paths(f"links[{position}]", link) if link is not None else ():
            if name in seen and name != UNREAD:
                yield Problem(
                    path,
                    "linked-to-itself",
                    f"expected different claims, found {sections.called.claim(name)} twice",
                    "name another claim, or remove the link",
                )
            seen.add(name)


def _sign_problems(sections: Sections) -> Iterator[Problem]:
    stated = {
        claim.id for claim in sections.claims if claim is not None and claim.prior is not None
    }
    first: dict[str, int] = {}
    for position, link in sections.evidence():
        if link.sign == UNREAD:
            continue
        path, other = f"links[{position}].sign", first.setdefault(link.sign, position)
        if other != position:
            yield Problem(
                path,
                "sign-of-two",
                "expected a claim that is a sign in one evidence link only, found "
                f"{sections.called.claim(link.sign)}, which is one in links[{other}]",
                "state two signs, or make the second link an implies link",
            )
        elif link.sign in stated:
            yield Problem(
                path,
                "sign-with-prior",
                f"expected a claim without a prior, found {sections.called.claim(link.sign)}, "
                "which states one",
                "remove its prior: a sign takes it from the link",
            )
        if link.sign in sections.question_of:
            yield Problem(
                path,
                "sign-in-question",
                f"expected a yes/no claim, found {sections.called.claim(link.sign)}, "
                "which is an answer of a question",
                "use a claim of its own as the sign",
            )


def _alternatives_problems(sections: Sections) -> Iterator[Problem]:
    signs = {link.sign for _, link in sections.evidence()}
    for position, claim in enumerate(sections.claims):
        if claim is None or claim.alternatives is None:
            continue
        if claim.id in sections.question_of or claim.id in signs:
            other = "a sign" if claim.id in signs else "an answer of a question"
            yield Problem(
                f"claims[{position}].alternatives",
                "alternatives-of-linked",
                "expected alternatives only of a plain claim, found them on "
                f"{sections.called.claim(claim.id)}, which is {other}",
                "leave them out: what follows from the link or the question says as much",
            )


def _silence_problems(sections: Sections) -> Iterator[Problem]:
    """A silence can neither be cited nor be the same voice as anybody."""
    silent = {
        name
        for attribution in sections.attributions
        if attribution is not None and attribution.is_silence
        for name in attribution.names
    }
    if not silent:
        return
    for position, attribution in enumerate(sections.attributions):
        if attribution is None:
            continue
        path = f"attributions[{position}]"
        referred = list(paths_of(f"{path}.cites", attribution.cites or ()))
        if attribution.same_voice_as is not None:
            other = attribution.same_voice_as.attribution
            referred.append((f"{path}.same_voice_as.attribution", other))
        for place, name in referred:
            if name in silent:
                yield Problem(
                    place,
                    "silence-cited",
                    f"expected something that was said, found {sections.called.statement(name)}, "
                    "which records a silence",
                    "cite what was said, or leave the citation out",
                )


def _circles_of_evidence(sections: Sections) -> Iterator[Problem]:
    """A sign has one broader claim, so a circle is found by walking upwards."""
    above: dict[str, tuple[str, int]] = {}
    for position, link in sections.evidence():
        if link.sign != link.claim:
            above.setdefault(link.sign, (link.claim, position))
    walked: dict[str, str] = {}
    for start in above:
        name = start
        while name in above and name not in walked:
            walked[name] = start
            name = above[name][0]
        if name in above and walked[name] == start and name != UNREAD:
            yield Problem(
                f"links[{above[name][1]}]",
                "circle-of-evidence",
                f"expected signs that lead away from a claim, found {sections.called.claim(name)} "
                "to be, through other signs, a sign of itself",
                "remove one of these links",
            )


# Whether every id is unique and every reference of a case leads somewhere.


def reference_problems(sections: Sections) -> Iterator[Problem]:
    """Duplicate ids, ids that could be read in two ways, and references that lead nowhere."""
    names = {}
    for kind in ("claim", "question", "source", "document", "attribution"):
        section = f"{kind}s"
        names[kind] = KnownNames(kind, sections.called, readable=section not in sections.unreadable)
        yield from _duplicates(section, getattr(sections, section), names[kind])
    if "all" in names["claim"].first:
        yield Problem(
            f"claims[{names['claim'].first['all']}].id",
            "reserved-id",
            "expected an id other than 'all', which names every claim in interests",
            "choose another id",
        )
    yield from _derived_names(sections.attributions, names["attribution"])
    names["attribution"].said_by = _said_by(sections)
    for path, name, known in _references(sections, names.__getitem__):
        problem = known.missing(name, path)
        if problem is not None:
            yield problem


def _said_by(sections: Sections) -> dict[str, list[str]]:
    """What each source says, under its id and under its name."""
    found: dict[str, list[str]] = {}
    for source in filter(None, sections.sources):
        said = found.setdefault(source.id, [])
        if source.name is not None:
            found.setdefault(source.name, said)
    for attribution in filter(None, sections.attributions):
        if attribution.source in found:
            found[attribution.source].append(attribution.id)
    return found


def _beside(record: object) -> str:
    """What people call a record whose id has been told already."""
    name = getattr(record, "name", None) or getattr(record, "text", None)
    return "" if name is None else f", {quoted(name, 80)}"


def _duplicates(section: str, records: Sequence[object], names: KnownNames) -> Iterator[Problem]:
    for position, record in enumerate(records):
        name = getattr(record, "id", UNREAD)
        first = names.first.setdefault(name, position)
        if first != position and name != UNREAD:
            yield Problem(
                f"{section}[{position}].id",
                "duplicate-id",
                f"expected an id of its own, found {name!r}, which {section}[{first}] has"
                f"{_beside(records[first])}",
                "give one of them another id",
            )


def _derived_names(
    attributions: tuple[Attribution | None, ...], names: KnownNames
) -> Iterator[Problem]:
    """The names `id/claim` can be cited and `id>cited` stand in results, so they must be unique."""
    origins: dict[str, int] = {}
    relays: dict[str, int] = {}
    written = dict(names.first)
    for position, attribution in enumerate(attributions):
        if attribution is None:
            continue
        for name in attribution.names[1:]:
            origins.setdefault(name, position)
            names.first.setdefault(name, position)
        if len(attribution.cited) > 1:
            relays.update((f"{attribution.id}>{cited}", position) for cited in attribution.cited)
    for derived in (origins, relays):
        for name, position in derived.items():
            other = written.setdefault(name, position)
            if other != position:
                yield Problem(
                    f"attributions[{other}].id",
                    "ambiguous-id",
                    f"expected a name that means one thing, found {name!r}, which is also "
                    f"one of several of attributions[{position}]",
                    "give one of them another id",
                )


def _references(
    sections: Sections, named: Callable[[str], KnownNames]
) -> Iterator[tuple[str, str, KnownNames]]:
    """Every reference of the case: its path, the id, and the names among which it should be."""
    claims, sources = named("claim"), named("source")
    for position, question in enumerate(sections.questions):
        if question is not None:
            for path, name in paths_of(f"questions[{position}].claims", question.claims):
                yield path, name, claims
    for position, source in enumerate(sections.sources):
        if source is not None and source.only_if is not None:
            yield f"sources[{position}].only_if", source.only_if, claims
        for place, interest in enumerate(source.interests if source is not None else ()):
            if not interest.everything:
                start = f"sources[{position}].interests[{place}].claims"
                for path, name in paths_of(start, interest.claims):
                    yield path, name, claims
    for position, document in enumerate(sections.documents):
        if document is not None and document.publisher is not None:
            yield f"documents[{position}].publisher", document.publisher, sources
    for position, attribution in enumerate(sections.attributions):
        if attribution is not None:
            yield from _attribution_references(f"attributions[{position}]", attribution, named)
    for position, link in enumerate(sections.links):
        if link is not None:
            for path, name in link_paths(f"links[{position}]", link):
                yield path, name, claims


def _attribution_references(
    path: str, attribution: Attribution, named: Callable[[str], KnownNames]
) -> Iterator[tuple[str, str, KnownNames]]:
    attributions = named("attribution")
    yield f"{path}.source", attribution.source, named("source")
    if attribution.claim is not None:
        for place, name in paths_of(f"{path}.claim", attribution.claim):
            yield place, name, named("claim")
    if attribution.cites is not None:
        for place, name in paths_of(f"{path}.cites", attribution.cites):
            yield place, name, attributions
    if attribution.drawn_from is not None:
        for place, name in paths_of(f"{path}.from", attribution.drawn_from):
            yield place, name, attributions
    if attribution.only_if is not None:
        yield f"{path}.only_if", attribution.only_if, named("claim")
    if attribution.same_voice_as is not None:
        other = attribution.same_voice_as.attribution
        yield f"{path}.same_voice_as.attribution", other, attributions
    if attribution.document is not None:
        yield f"{path}.document", attribution.document, named("document")


# Whether same-voice declarations make sense: about the same question, and not in a circle.

_MOST_QUESTIONS = 64
"""Beyond that many questions behind one attribution, a declaration is not compared."""

Questions = frozenset[str] | None
"""The questions that something is about; None for more than can be compared."""


def voice_problems(sections: Sections) -> Iterator[Problem]:
    """Same-voice declarations about another question, and those that close a circle."""
    attributions = sections.attributions
    declared = [
        (position, attribution, attribution.same_voice_as.attribution)
        for position, attribution in enumerate(attributions)
        if attribution is not None and attribution.same_voice_as is not None
    ]
    if not declared:
        return
    called, position_of = sections.called, _positions(attributions)
    cited = [_known(position_of, entry.cited if entry else ()) for entry in attributions]
    about = _questions_behind(sections, position_of, cited)
    joined = [list(targets) for targets in cited]
    for position, _, other in declared:
        joined[position] += _known(position_of, (other,))
    group = {
        member: number
        for number, members in enumerate(strong_components(joined))
        for member in members
    }
    for position, attribution, other in declared:
        target = position_of.get(other)
        if target is None:
            continue
        path = f"attributions[{position}].same_voice_as"
        mine, theirs = (
            about[position],
            _about_name(sections, attributions[target], other, about[target]),
        )
        if group[position] == group[target]:
            yield Problem(
                path,
                "circle-of-voices",
                "expected an attribution that does not itself depend on "
                f"{called.statement(attribution.id)}, found {called.statement(other)}",
                "declare it in one direction only",
            )
        elif mine is not None and theirs is not None and not mine <= theirs:
            yield Problem(
                path,
                "voice-on-another-question",
                f"expected an attribution about the same question, found {called.statement(other)}",
                "name an attribution about the same question",
            )


def _positions(attributions: Sequence[Attribution | None]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for position, attribution in enumerate(attributions):
        for name in attribution.names if attribution is not None else ():
            found.setdefault(name, position)
    return found


def _known(position_of: Mapping[str, int], names: Sequence[str]) -> list[int]:
    return [position_of[name] for name in names if name in position_of]


def _about_name(
    sections: Sections, attribution: Attribution | None, name: str, otherwise: Questions
) -> Questions:
    """What a name is about: `id/claim` is about that claim only."""
    if attribution is None or name == attribution.id:
        return otherwise
    claim = name[len(attribution.id) + 1 :]
    return frozenset((sections.question_of.get(claim, claim),))


def _questions_behind(
    sections: Sections, position_of: Mapping[str, int], cited: Sequence[Sequence[int]]
) -> list[Questions]:
    """The questions that every attribution is about, through everything it cites."""
    about: list[Questions] = [frozenset()] * len(cited)
    for members in strong_components(cited):  # what is cited comes before what cites it
        found: Questions = frozenset()
        for member in members:
            attribution = sections.attributions[member]
            if attribution is None:
                continue
            own = frozenset(sections.question_of.get(claim, claim) for claim in attribution.claims)
            found = _joined(found, own)
            for name in attribution.cited:
                target = position_of.get(name)
                if target is not None:
                    entry = sections.attributions[target]
                    found = _joined(found, _about_name(sections, entry, name, about[target]))
        for member in members:
            about[member] = found
    return about


def _joined(one: Questions, other: Questions) -> Questions:
    if one is None or other is None:
        return None
    if one <= other or other <= one:
        return other if one <= other else one
    both = one | other
    return both if len(both) <= _MOST_QUESTIONS else None
