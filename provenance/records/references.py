"""Whether every id is unique and every reference of a case leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from provenance.errors import Problem
from provenance.records.attributions import Attribution
from provenance.records.sections import UNREAD, Names, Sections, link_paths, paths_of

__all__ = ["reference_problems"]


def reference_problems(sections: Sections) -> Iterator[Problem]:
    """Duplicate ids, ids that could be read in two ways, and references that lead nowhere."""
    names = {}
    for kind in ("claim", "question", "source", "document", "attribution"):
        section = f"{kind}s"
        names[kind] = Names(kind, readable=section not in sections.unreadable)
        yield from _duplicates(section, getattr(sections, section), names[kind])
    if "all" in names["claim"].first:
        yield Problem(
            f"claims[{names['claim'].first['all']}].id",
            "reserved-id",
            "expected an id other than 'all', which names every claim in interests",
            "choose another id",
        )
    yield from _derived_names(sections.attributions, names["attribution"])
    for path, name, known in _references(sections, names.__getitem__):
        problem = known.missing(name, path)
        if problem is not None:
            yield problem


def _duplicates(section: str, records: Iterable[object], names: Names) -> Iterator[Problem]:
    for position, record in enumerate(records):
        name = getattr(record, "id", UNREAD)
        first = names.first.setdefault(name, position)
        if first != position and name != UNREAD:
            yield Problem(
                f"{section}[{position}].id",
                "duplicate-id",
                f"expected an id of its own, found {name!r}, which {section}[{first}] has",
                "give one of them another id",
            )


def _derived_names(attributions: tuple[Attribution | None, ...], names: Names) -> Iterator[Problem]:
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
    sections: Sections, named: Callable[[str], Names]
) -> Iterator[tuple[str, str, Names]]:
    """Every reference of the case: its path, the id, and the names among which it should be."""
    claims, sources = named("claim"), named("source")
    for position, question in enumerate(sections.questions):
        if question is not None:
            for path, name in paths_of(f"questions[{position}].claims", question.claims):
                yield path, name, claims
    for position, source in enumerate(sections.sources):
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
    path: str, attribution: Attribution, named: Callable[[str], Names]
) -> Iterator[tuple[str, str, Names]]:
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
    if attribution.same_voice_as is not None:
        other = attribution.same_voice_as.attribution
        yield f"{path}.same_voice_as.attribution", other, attributions
    if attribution.document is not None:
        yield f"{path}.document", attribution.document, named("document")
