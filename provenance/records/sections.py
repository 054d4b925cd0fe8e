"""The sections of a case as far as they could be read, with what is needed to check them together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from provenance.errors import Problem
from provenance.records.attributions import Attribution, Document
from provenance.records.claims import Claim, Question
from provenance.records.links import EvidenceLink, ImpliesLink, Link
from provenance.records.sources import Source

__all__ = ["UNREAD", "Names", "Sections", "paths_of"]

UNREAD = "\ufffd"
"""Stands for an id that could not be read; it is reported once, where it stands."""

_SUGGESTED = 5
_SEARCHED = 2_000


@attrs.define
class Names:
    """The ids of one kind of record: who has which, and what is close to one that nobody has."""

    kind: str
    """What they name: `claim`, `source`, `document`, `attribution`."""
    first: dict[str, int] = attrs.Factory(dict)
    """Every id with the position of the first record that has it."""
    readable: bool = True
    """Whether the whole section could be read; if not, nothing is said to be missing from it."""
    suggested: int = 0
    """How many times near names were looked for, which is slow."""

    def missing(self, name: str, path: str) -> Problem | None:
        """The problem of a reference that leads nowhere, if it does."""
        if name in self.first or name == UNREAD or not self.readable:
            return None
        return Problem(
            path, "dangling-reference", f"expected the id of {_article(self.kind)}, found {name!r}",
            self._advice(name),
        )  # fmt: skip

    def _advice(self, name: str) -> str:
        near: list[str] = []
        if self.suggested < _SUGGESTED:
            self.suggested += 1
            known = [known for known, _ in zip(self.first, range(_SEARCHED), strict=False)]
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
        if near:
            return f"did you mean {' or '.join(map(repr, near))}?"
        return f"add that {self.kind}, or correct the id"


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
