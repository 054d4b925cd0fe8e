"""The case that a list of pages makes, once it is known from whom each page has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from provenance.components import strong_components
from provenance.drafting.credits import plain_name
from provenance.drafting.page_links import PageLink
from provenance.drafting.page_owners import Owner, Owners
from provenance.drafting.pages import ReadPages
from provenance.records import Attribution, Case, Document, Locator, Source, Span

__all__ = ["PageCase", "case_of_pages"]

MOST_ORIGINS = 200
"""How many origins are told of one page."""


@attrs.frozen
class PageCase:
    """A case, and which of its records are which pages."""

    case: Case
    """The case."""
    ids: Mapping[int, str]
    """The attribution of every page that takes a side."""
    origins: Mapping[int, tuple[str, ...]]
    """For every such page the ids of the sources that it goes back to."""
    names: Mapping[str, str]
    """The sources by their names."""
    assumed: tuple[str, ...]
    """The names of the sources whose grade was assumed."""
    withdrawn: Mapping[int, int]
    """For every page that was taken back, the page on which that was done; itself where the list says so."""


@attrs.define
class _Upstream:
    """What somebody whom pages name says of a claim, of which the list has no page."""

    source: str
    claim: str
    stance: str
    cites: list[str] = attrs.field(factory=list)


def case_of_pages(
    read: ReadPages, owners: Owners, links: Sequence[PageLink], ungraded: str
) -> PageCase:
    """The case that a list of pages makes.

    A page that has it from somebody is a relay, of the page of the list or of a statement that the
    list has no page of. Where it is not known which of two was first, the one further down the list
    is the relay: a same-voice declaration would let a thousand copies, each with a hundredth of doubt,
    add up to many voices. Every other page is an origin of unrecorded lineage, unless its basis is
    stated. What its publisher took back, as the list says or as another page of theirs does, is
    retracted because of an error, so that it falls with all that only relays it (model 3.2).

    Args:
        read: the list, by the sides that its pages take.
        owners: the publishers of the list.
        links: from whom each page has it, those that count marked.
        ungraded: the grade of every source that the registry does not have.
    """
    made = _Making(read, owners)
    by_page: dict[int, list[PageLink]] = {}
    for link in links:
        if link.counted:
            by_page.setdefault(link.page, []).append(link)
    for place in by_page:
        made.resolve(place, by_page[place])
    attributions = (*made.hidden_ones(), *made.of_pages())
    spoken = {each.source for each in attributions}
    everybody = [each for each in (*owners.listed, *made.outsiders.values()) if each.id in spoken]
    case = Case(
        claims=read.pages.claims,
        sources=tuple(_source(each, ungraded) for each in everybody),
        documents=tuple(made.documents()),
        attributions=attributions,
    )
    return PageCase(
        case,
        made.ids,
        made.origins(),
        {each.id: each.name for each in everybody},
        tuple(
            each.name
            for each in everybody
            if each.graded is None and (ungraded == "F" or not each.is_anybody)
        ),
        {place: each for place, (each, _) in made.withdrawn.items()},
    )


class _Making:
    """A case in the making."""

    def __init__(self, read: ReadPages, owners: Owners) -> None:
        self.pages = read.pages.evidence
        self.page_of = read.page_of
        self.chosen = read.chosen
        self.owners = owners
        self.withdrawn = dict(self._withdrawn(read.withdrawing))
        first = len(read.given)
        self.ids = {
            place: f"page-{place}" if place < first else f"page-{read.page_of[place]}-against"
            for place, page in enumerate(self.pages)
            if page.side != "neither"
        }
        self.places = {name: place for place, name in self.ids.items()}
        self.outsiders: dict[str, Owner] = {}
        self.taken = {owner.id for owner in owners.listed}
        self.hidden: dict[str, _Upstream] = {}
        self.upstream: dict[tuple[str, str, str], str] = {}
        self.cites: dict[int, list[str]] = {}
        self.led_by: dict[str, int] = {}

    def _withdrawn(self, withdrawing: Sequence[int]) -> Iterator[tuple[int, tuple[int, Span]]]:
        """The pages that were taken back, on which page that was done, and when.

        Where nobody tells when, a page was taken back as soon as it was there.
        """
        for place, page in enumerate(self.pages):
            if page.retracted is not None:
                yield place, (place, page.retracted)
                continue
            for by in withdrawing:
                same = self.owners.of_page[by] == self.owners.of_page[place]
                if same and by != place and self._is_taken_back(place, by):
                    day = self.pages[by].published or page.published or Span.of(date.min)
                    yield place, (by, day)
                    break

    def _is_taken_back(self, place: int, by: int) -> bool:
        """Whether a page is of what its publisher takes back on another, and was there before it."""
        page, other = self.pages[place], self.pages[by]
        is_later = (
            page.published is not None
            and other.published is not None
            and page.published.begins > other.published.ends
        )
        return page.side == "affirms" and self.chosen[place] == self.chosen[by] and not is_later

    def owner(self, place: int) -> Owner:
        """Who published a page."""
        return self.owners.listed[self.owners.of_page[place]]

    def resolve(self, place: int, links: Sequence[PageLink]) -> None:
        """What a page cites, and what those cite who stand between."""
        targets = [self._target(each, place) for each in links if not each.behind]
        for link in links:
            if not link.behind:
                continue
            between = self._upstream_of(link.behind, place)
            if self.led_by.setdefault(between, place) != place:
                continue  # one text has it from whom the first page that prints it says
            above = self._target(link, place)
            if not self._leads_to(above, between):
                self.hidden[between].cites.append(above)
        self.cites[place] = list(dict.fromkeys(targets))

    def _target(self, link: PageLink, place: int) -> str:
        """The attribution that a link leads to; one of somebody outside where the list has none."""
        if link.other is not None:
            return self.ids[link.other]
        return self._upstream_of(link.source, place)

    def _upstream_of(self, source: str, place: int) -> str:
        """What somebody says of whom the list has no page that says the same as a page."""
        claim, stance = self.chosen[place], self.pages[place].side
        number = self.owners.named(source)
        owner = self.owners.listed[number] if number is not None else self._outsider(source)
        key = (owner.id, claim, stance)
        name = self.upstream.setdefault(key, f"upstream-{len(self.upstream)}")
        self.hidden.setdefault(name, _Upstream(*key))
        return name

    def _outsider(self, name: str) -> Owner:
        key = plain_name(name) or name
        if key not in self.outsiders:
            owner = self.owners.outsider(name)
            free, number = owner.id, 1
            while free in self.taken:
                number += 1
                free = f"{owner.id}-{number}"
            self.taken.add(free)
            self.outsiders[key] = attrs.evolve(owner, id=free)
        return self.outsiders[key]

    def _leads_to(self, start: str, end: str) -> bool:
        """Whether something goes back to something else already."""
        seen, fresh = {start}, {start}
        while fresh and end not in seen:
            fresh = {above for at in fresh for above in self._above(at)} - seen
            seen |= fresh
        return end in seen

    def hidden_ones(self) -> Iterator[Attribution]:
        """What is said by those of whom the list has no page."""
        for name, each in self.hidden.items():
            fields: dict[str, Any] = {"id": name, "source": each.source, "in_hand": False}
            if each.cites:
                yield Attribution(**fields, cites=tuple(each.cites))
            else:
                stance: Any = each.stance
                yield Attribution(**fields, claim=each.claim, stance=stance)

    def of_pages(self) -> Iterator[Attribution]:
        """What the pages say."""
        for place, name in self.ids.items():
            page = self.pages[place]
            fields: dict[str, Any] = {
                "id": name,
                "source": self.owner(place).id,
                "document": f"document-{self.page_of[place]}",
                "basis": page.basis,
                "in_hand": True,
            }
            if page.quote:
                fields["locators"] = (Locator(exact=page.quote),)
            if place in self.cites:
                fields["cites"] = tuple(self.cites[place])
            else:
                fields |= {"claim": self.chosen[place], "stance": page.side}
            if place in self.withdrawn:
                fields |= {"retracted_on": self.withdrawn[place][1], "retracted_because": "error"}
            yield Attribution(**fields)

    def documents(self) -> Iterator[Document]:
        """The pages as documents."""
        for place in dict.fromkeys(self.page_of[place] for place in self.ids):
            page = self.pages[place]
            yield Document(
                id=f"document-{place}",
                publisher=self.owner(place).id,
                title=_visible(page.title),
                url=_visible(page.url),
                published_on=page.published,
            )

    def origins(self) -> dict[int, tuple[str, ...]]:
        """For every page the sources that it goes back to, in the order of their first pages."""
        names = [*self.ids.values(), *self.hidden]
        numbers = {name: number for number, name in enumerate(names)}
        above = [[numbers[each] for each in self._above(name)] for name in names]
        found: dict[int, dict[str, None]] = {}
        for circle in strong_components(above):  # each after those that it goes back to
            mine: dict[str, None] = {}
            for each in (one for member in circle for one in above[member]):
                for source in found.get(each, ()):
                    if len(mine) < MOST_ORIGINS:
                        mine[source] = None
            for member in circle:
                found[member] = mine if above[member] else {self._source_of(names[member]): None}
        return {place: tuple(found[numbers[name]]) for place, name in self.ids.items()}

    def _above(self, name: str) -> Sequence[str]:
        place = self.places.get(name)
        return self.hidden[name].cites if place is None else self.cites.get(place, ())

    def _source_of(self, name: str) -> str:
        place = self.places.get(name)
        return self.hidden[name].source if place is None else self.owner(place).id


def _visible(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _source(owner: Owner, ungraded: str) -> Source:
    """Somebody as a source of the case; with the grades of the registry, where it has them.

    Who may be anybody is not judged: no grade is true of all who post.
    """
    if owner.graded is not None:
        return owner.graded.evolve(id=owner.id)
    grade = "F" if owner.is_anybody else ungraded
    return Source(id=owner.id, name=owner.name, kind=owner.kind, reliability=grade)
