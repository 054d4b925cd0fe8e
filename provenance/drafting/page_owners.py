"""Which pages of a list have one publisher, and whom the names mean that pages give."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from provenance.components import Groups
from provenance.drafting.articles import slug
from provenance.drafting.credits import AGENCIES, agency_named, imprint_of, plain_name
from provenance.drafting.english import word_set
from provenance.drafting.pages import Page
from provenance.drafting.publishers import WebAddress, publisher_of_domain, web_address
from provenance.errors import CaseError, Problem
from provenance.records import Registry, Source, SourceKind

__all__ = ["Owner", "Owners", "may_be_anybody", "owners_of"]

# What lists call a platform, where the account is meant.
_PLATFORMS = word_set(
    "x twitter xtwitter facebook instagram tiktok youtube medium substack reddit linkedin github "
    "telegram bluesky threads msn yahoo yahoonews googlenews flipboard hackernews wikipedia"
)


@attrs.frozen
class Owner:
    """Who publishes some pages of a list, or is named by one."""

    id: str
    """Its id as a source."""
    name: str
    """What people call it."""
    kind: SourceKind = "other"
    """What kind of source it is."""
    pages: tuple[int, ...] = ()
    """The pages it published, by their places in the list; none of whom pages only name."""
    why: str = ""
    """What tells that its pages are of one publisher."""
    graded: Source | None = None
    """The source of the registry that it is."""
    is_anybody: bool = False
    """Whether it may be anybody, as "a viral post" and "some accounts" may: nobody can grade them."""


@attrs.frozen
class Owners:
    """The publishers of a list."""

    listed: tuple[Owner, ...]
    """Every publisher, in the order of its first page."""
    of_page: tuple[int, ...]
    """For every page which of them published it."""
    addresses: tuple[WebAddress | None, ...]
    """The address of every page, where it has one on the web."""
    known: Mapping[str, Source] = attrs.field(factory=dict, repr=False)
    """The sources of the registry by their plain names and domains."""

    @cached_property
    def _called(self) -> dict[str, Sequence[int]]:
        """What was asked of `called` before."""
        return {}

    @cached_property
    def names(self) -> Mapping[str, int]:
        """Publishers by every name that may mean them; a name of two means neither."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, owner in enumerate(self.listed):
            found[plain_name(owner.name)].add(place)
            agency = agency_named(owner.name)
            if agency:
                found[plain_name(agency)].add(place)
        for page, address in enumerate(self.addresses):
            if address is not None and address.publisher is not None:
                name = address.account or publisher_of_domain(address.domain)
                found[plain_name(name)].add(self.of_page[page])
        return {name: min(each) for name, each in found.items() if len(each) == 1 and name}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """With which two letters a word begins that may be the first of such a name."""
        names = set(self.names)
        for agency, others in AGENCIES.items():
            if plain_name(agency) in names:
                names |= {plain_name(each) for each in others}
        return frozenset(each[:2] for each in names)

    @cached_property
    def by_address(self) -> Mapping[str, int]:
        """The first page at every address."""
        found: dict[str, int] = {}
        for page, address in enumerate(self.addresses):
            if address is not None:
                found.setdefault(address.plain, page)
        return found

    @cached_property
    def by_publisher(self) -> Mapping[str, int]:
        """Publishers by their domain or account."""
        found: dict[str, int] = {}
        for page, address in enumerate(self.addresses):
            if address is not None and address.publisher is not None:
                found.setdefault(address.publisher, self.of_page[page])
        return found

    def called(self, what: str) -> Sequence[int]:
        """Publishers whose name or domain says what they are: "police", "ministry"."""
        word = plain_name(what)
        if word not in self._called:
            self._called[word] = sorted({n for name, n in self.names.items() if word in name})
        return self._called[word]

    def named(self, name: str) -> int | None:
        """Which publisher of the list a name means; `None` where it means none."""
        return self.names.get(plain_name(agency_named(name) or name))

    def outsider(self, name: str) -> Owner:
        """Somebody whom pages name, and of whom the list has no page."""
        address = web_address(name) if re.match(r"\w+://|www\.", name) else None
        shown = (address.publisher or address.plain) if address is not None else name
        shown = agency_named(shown) or shown
        kind: SourceKind = "agency" if shown in AGENCIES else "other"
        graded = _known_as(self.known, (shown,))
        wanted = graded.id if graded else slug(shown) or "unnamed"
        return Owner(wanted, shown, kind, graded=graded, is_anybody=may_be_anybody(shown))


# Nobody knows whom a page means by these: they may be whoever has a telephone.
_PLATFORM = (
    r"(?:x|twitter|facebook|instagram|tiktok|telegram|whatsapp|youtube|reddit|weibo|vk|wechat|signal|bluesky"
    r"|threads|messenger|linkedin|discord|snapchat|4chan)"
)
_WEB = rf"(?:social[\s-](?:media|networks?|networking)|the\s(?:internet|web|net)|internet|online|web|{_PLATFORM})"
_LIKE = (
    rf"(?:{_WEB}|viral|anonymous|unnamed|unknown|unidentified|unverified|unsourced|widely|shared|circulating"
    r"|circulated|spreading|trending|popular|random|forwarded|voice|chain|chat|group|text|certain|short|recent|new"
    r"|private|forum|obscure|faceless|unconfirmed|persistent|wild)"
)
_ANYBODY = re.compile(
    r"(?P<who>(?:an?|the|one|some|several|many|most|few|other|another|various|numerous|multiple|countless|all|two|three"
    r"|these|those|\d+|(?:hundreds|thousands|dozens|lots|millions)\sof)\s){0,2}"
    rf"(?P<like>{_LIKE}\s){{0,4}}"
    r"(?P<noun>posts?|postings?|tweets?|accounts?|users?|messages?|memes?|rumou?rs?|gossip|hearsay|chatter|whispers?"
    r"|commenters?|netizens?|profiles?|handles?|bots?|trolls?|social\smedia|the\sinternet"
    r"|(?P<many>people|notes?|letters?|videos?|clips?|images?|pictures?|photo(?:graph)?s?|screen-?shots?|recordings?|threads?))"
    r"(?P<where>(?:\s(?:that\s(?:is|are)\s)?(?:circulating|shared|posted|spreading|seen|published|going\sround|widely))*"
    rf"(?:\s(?:on|in|from|across|via|over)\s(?:an?\s|the\s|several\s)?(?:{_WEB}(?:\s(?:groups?|chats?|channels?|forums?))?"
    r"|groups?|chats?|forums?)|\sonline)?)",
    re.IGNORECASE,
)


def may_be_anybody(name: str) -> bool:
    """Whether a name for somebody may mean anybody: a viral post, social media users, rumours.

    >>> may_be_anybody("A viral post (Velm Gazette)"), may_be_anybody("Users on X")
    (True, True)
    >>> may_be_anybody("The Post"), may_be_anybody("two officials (AFP)")
    (False, False)
    """
    bare = re.sub(r"\s\([^()]*\)\Z", "", name)[:200]
    found = _ANYBODY.fullmatch(bare)
    if found is None:
        return False
    if found.start("noun") and found["noun"][0].isupper():
        return False  # "The Post", "The Daily Post"
    is_told = bool(found["like"] or found["where"])
    if found["many"] is not None and not is_told:
        return False  # "people" and "a letter" are told of as well by who knows them
    is_one = not found["noun"].endswith("s") and found["noun"].casefold() in _ONE_ALONE
    if is_one and not is_told:
        return found["who"] is not None  # "Post" alone is a newspaper
    return True


_ONE_ALONE = word_set("post posting tweet account user message meme profile handle bot troll")


def owners_of(pages: Sequence[Page], registry: Registry | None = None) -> Owners:
    """The publishers of some pages: by domain, by name, and by what the pages print as their owner.

    Pages of one registrable domain are of one publisher, and so are those with one publisher's name
    or with one owner's name in the imprint. On platforms the account is the publisher; where it is
    not known, every page counts for itself. An imprint counts only where all pages of a domain
    print the same, so that no page can make two others one.

    Raises `CaseError` for pages of which neither an address on the web nor a name tells who
    published them.
    """
    addresses = tuple(web_address(page.url) if page.url else None for page in pages)
    known = _known(registry)
    keys: dict[str, int] = {}
    mine: list[list[int]] = []
    nameless: list[Problem] = []
    for place, (page, address) in enumerate(zip(pages, addresses, strict=True)):
        found = [*_keys(page, address)]
        if not found:
            message = f"expected an address on the web or a publisher, found {page.url!r:.100}"
            fix = "add the publisher"
            nameless.append(Problem(f"evidence[{place}]", "no-publisher", message, fix))
        source = _known_as(known, (key.partition(":")[2] for key in found))
        found += [f"known:{source.id}"] if source is not None else []
        mine.append([keys.setdefault(key, len(keys)) for key in found])
    if nameless:
        raise CaseError(nameless)
    imprints = _imprints(pages, mine)
    groups = Groups(len(keys) + len({*imprints.values()}))
    numbers = {name: len(keys) + n for n, name in enumerate(dict.fromkeys(imprints.values()))}
    for place, found_keys in enumerate(mine):
        for key in found_keys[1:]:
            groups.join(found_keys[0], key)
        if place in imprints:
            groups.join(found_keys[0], numbers[imprints[place]])
    members: dict[int, list[int]] = defaultdict(list)
    for place, found_keys in enumerate(mine):
        members[groups.lowest(found_keys[0])].append(place)
    listed = tuple(_owners(pages, addresses, members.values(), imprints, known))
    of_page = [0] * len(pages)
    for number, owner in enumerate(listed):
        for place in owner.pages:
            of_page[place] = number
    return Owners(listed, tuple(of_page), addresses, known)


def _keys(page: Page, address: WebAddress | None) -> Iterator[str]:
    """What tells the publisher of a page: the domain or the account, and the name."""
    publisher = page.publisher
    if address is not None and address.of_many and publisher is not None:
        bare = plain_name(publisher)
        if bare in _PLATFORMS or bare in (plain_name(address.domain), ""):
            publisher = None
    if address is not None and address.publisher is not None:
        yield f"at:{address.publisher}"
        agency = agency_named(address.domain)
        if agency is not None:
            yield f"named:{plain_name(agency)}"
    if publisher is not None:
        yield f"named:{plain_name(agency_named(publisher) or publisher) or publisher}"
    elif address is not None and address.publisher is None:
        who = plain_name(page.author or "")
        yield f"by:{address.domain}/{who}" if who else f"page:{address.plain}"


def _imprints(pages: Sequence[Page], keys: Sequence[Sequence[int]]) -> dict[int, str]:
    """The owner that pages print at their end, where all pages of a publisher print one."""
    printed: dict[int, set[str]] = defaultdict(set)
    for place, page in enumerate(pages):
        name = imprint_of(page.text) if page.text else None
        if name is not None:
            printed[keys[place][0]].add(plain_name(name))
    found: dict[int, str] = {}
    for place, mine in enumerate(keys):
        names = printed[mine[0]]
        if len(names) == 1:
            found[place] = min(names)
    return found


def _owners(
    pages: Sequence[Page],
    addresses: Sequence[WebAddress | None],
    members: Iterable[Sequence[int]],
    imprints: Mapping[int, str],
    known: Mapping[str, Source],
) -> Iterator[Owner]:
    taken: set[str] = set()
    for places in members:
        names = [pages[place].publisher for place in places]
        at = [address for place in places if (address := addresses[place]) is not None]
        domains = list(dict.fromkeys(each.publisher for each in at if each.publisher))
        name = next((each for each in names if each), None) or next(iter(domains), None)
        first = addresses[places[0]]
        name = name or pages[places[0]].author or (first.plain if first is not None else "")
        agency = agency_named(name) or next(
            (a for each in domains if (a := agency_named(each))), None
        )
        graded = _known_as(known, (name, *domains))
        wanted = graded.id if graded is not None else next(iter(domains), slug(name)) or "publisher"
        yield Owner(
            _free(wanted[:190], taken),
            agency or name,
            "agency" if agency else "outlet" if at else "other",
            tuple(places),
            _told(places, names, domains, imprints),
            graded,
        )


def _told(
    places: Sequence[int],
    names: Sequence[str | None],
    domains: Sequence[str],
    imprints: Mapping[int, str],
) -> str:
    """What tells that some pages are of one publisher."""
    if len(places) < 2:
        return ""
    if len(domains) < 2:
        return f"same domain, {domains[0]}" if domains else "same publisher"
    shared = {each for each in names if each}
    if len(shared) == 1 and all(names):
        return f"same publisher, {min(shared)}, under {len(domains)} domains"
    if any(place in imprints for place in places):
        return f"same owner in the imprint, under {len(domains)} domains"
    return f"same publisher under {len(domains)} domains"


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _known(registry: Registry | None) -> dict[str, Source]:
    """The sources of a registry by everything that may mean them, the first of a name."""
    found: dict[str, Source] = {}
    for source in registry.sources if registry is not None else ():
        domains = [each.id for each in source.refs if each.scheme == "domain"]
        for name in (source.id, source.title, *domains):
            found.setdefault(plain_name(name), source)
    return found


def _known_as(known: Mapping[str, Source], names: Iterable[str]) -> Source | None:
    """The source of the registry that one of some names or domains means."""
    return next((known[each] for each in map(plain_name, names) if each in known), None)
