"""Pages of a list by the origins that they go back to, and the words for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

import attrs

from provenance.assessment import Assessment
from provenance.drafting.page_case import PageCase
from provenance.drafting.page_links import PageLink
from provenance.drafting.page_owners import Owners
from provenance.drafting.pages import Page, ReadPages
from provenance.scales import counted, isolated, listed, quoted

__all__ = ["MOST_SHOWN", "PageGroup", "TracedPages", "group_in_words", "link_in_words"]

MOST_SHOWN = 20
"""How many pages, reasons and things to check are told of one group or claim."""
_LONGEST_WORDS = 240


@attrs.frozen
class PageGroup:
    """Pages on one side of a claim that go back to one origin."""

    origin: str
    """Who the origin is, by name; several names where they count as one voice."""
    sources: tuple[str, ...]
    """The ids of the sources that are the origin, in the case."""
    side: Literal["for", "against"]
    """Which side of the claim it speaks for."""
    established: bool
    """Whether its independence is on record."""
    page: int | None
    """The first page of the list by the origin itself; `None` where the list has none."""
    pages: tuple[int, ...]
    """The pages that go back to it, by their places in the list, which begin at 0."""
    publishers: tuple[str, ...]
    """Who published them."""
    why: tuple[PageLink, ...]
    """What tells that they do."""
    same_publisher: tuple[str, ...] = ()
    """What tells that several of its pages are of one publisher."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry; long lists are cut, and `left_out` says by how much."""
        return {
            "origin": self.origin,
            "sources": list(self.sources[:MOST_SHOWN]),
            "side": self.side,
            "established": self.established,
            "page": self.page,
            "pages": list(self.pages),
            "publishers": list(self.publishers[:MOST_SHOWN]),
            "same_publisher": list(self.same_publisher[:MOST_SHOWN]),
            "why": [_link_data(each) for each in self.why[:MOST_SHOWN]],
            "left_out": max(0, len(self.why) - MOST_SHOWN),
        }


def _link_data(link: PageLink) -> dict[str, Any]:
    return {
        "page": link.page,
        "kind": link.kind,
        "from": link.source,
        "from_page": link.other,
        "same_voice": link.same_voice,
        "probability": round(link.probability, 3),
        "text": isolated(link.text, _LONGEST_WORDS),
    }


def group_in_words(group: PageGroup) -> str:
    """Who the origin is, which publishers go back to it, and the strongest reason."""
    others = [each for each in group.publishers if each != group.origin]
    words = f"{isolated(group.origin)} ({group.side})"
    if not others and len(group.pages) < 2:
        return f"{words}: a page of its own"
    words += f": {counted(len(group.pages), 'page')}"
    if others:
        own = "its own and those of" if len(others) < len(group.publishers) else "of"
        words += f", {own} {listed([isolated(each, 60) for each in others], 4)}"
    first = max(group.why, key=lambda each: each.probability, default=None)
    if first is not None:
        return f"{words}; for one, {link_in_words(first)}"
    return words + "".join(f"; {isolated(each)}" for each in group.same_publisher[:1])


_SAYS: Mapping[str, str] = {
    "stated": "the list says that it is from {source}",
    "reuse": "it has words that {source} has too: {text}",
    "quotation": "it quotes what {source} quotes too: {text}",
    "credited-copy": "{plain}",
    "author": "it has the author of a page of {source}: {text}",
    "spoken": "it says who spoke: {text}",
}


def link_in_words(link: PageLink) -> str:
    """What tells that a page has it from somebody."""
    pattern = _SAYS.get(link.kind, "it credits {source}: {text}")
    return pattern.format(
        source=isolated(link.source, 60),
        text=quoted(link.text, 120),
        plain=isolated(link.text, 200),
    )


@attrs.frozen(slots=False)  # what is derived is kept
class TracedPages:
    """A list of pages whose origins are known, with the case that it makes."""

    read: ReadPages
    """The list, by the sides that its pages take."""
    owners: Owners
    """Who publishes them."""
    links: tuple[PageLink, ...]
    """From whom each has it, by places in `read.pages`."""
    made: PageCase
    """The case that they make."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages by sides: one on which both are taken stands twice."""
        return self.read.pages.evidence

    def given(self, places: Iterable[int]) -> tuple[int, ...]:
        """The places of pages in the list as it was given."""
        return tuple(dict.fromkeys(self.read.page_of[place] for place in places))

    def given_link(self, link: PageLink) -> PageLink:
        """A link with such places."""
        other = None if link.other is None else self.read.page_of[link.other]
        return attrs.evolve(link, page=self.read.page_of[link.page], other=other)

    @cached_property
    def counted(self) -> Mapping[int, Sequence[PageLink]]:
        """The links that count, page by page."""
        found: dict[int, list[PageLink]] = defaultdict(list)
        for link in self.links:
            if link.counted:
                found[link.page].append(link)
        return found

    def groups(self, assessment: Assessment, mine: Sequence[int]) -> Iterator[PageGroup]:
        """Some of the pages by origin and side, the largest group first."""
        number = {each.source: each.group for each in assessment.origins}
        known = {each.source for each in assessment.origins if each.lineage_known}
        sources: dict[tuple[int, str], dict[str, None]] = defaultdict(dict)
        members: dict[tuple[int, str], dict[int, None]] = defaultdict(dict)
        fallen = {each.attribution for each in assessment.ignored}
        for place in mine:
            if self.made.ids.get(place) in fallen:
                continue  # taken back, or from nobody but whom took it back
            for source in self.made.origins.get(place, ()):
                if source in number:
                    key: tuple[int, str] = (number[source], self.pages[place].side)
                    sources[key][source] = None
                    members[key][place] = None
        order = sorted(members, key=lambda key: (-len(members[key]), min(members[key])))
        for key in order:
            yield self._group(key[1], tuple(sources[key]), tuple(members[key]), known)

    def _group(
        self, stance: str, sources: tuple[str, ...], pages: tuple[int, ...], known: set[str]
    ) -> PageGroup:
        owners = [self.owners.listed[self.owners.of_page[place]] for place in pages]
        own = [p for p, owner in zip(pages, owners, strict=True) if owner.id in sources]
        names = [self.made.names[each] for each in sources]
        times = Counter(owner.id for owner in owners)
        several = {owner.id: owner.why for owner in owners if times[owner.id] > 1}
        return PageGroup(
            origin=listed(names, 3),
            sources=sources,
            side="for" if stance == "affirms" else "against",
            established=bool(known & set(sources)),
            page=self.read.page_of[own[0]] if own else None,
            pages=self.given(pages),
            publishers=tuple(dict.fromkeys(owner.name for owner in owners)),
            why=tuple(
                self.given_link(link) for place in pages for link in self.counted.get(place, ())
            ),
            same_publisher=tuple(dict.fromkeys(several.values())),
        )
