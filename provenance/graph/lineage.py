"""How a claim reached us: its origins for and against, the routes they took, and who stands on all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import attrs

from provenance.graph.story import Place, Story

__all__ = ["Chain", "Counting", "Lineage", "Origin", "chains_of", "lineage_of"]

ROUTES_COMPARED = 300
"""How many of the shortest routes are compared when looking for two that share no source."""
LONGEST_COMPARED = 100
"""How many statements a route may have to be compared."""
_NEITHER: frozenset[int] = frozenset()


@attrs.frozen
class Chain:
    """A path from an origin, relay by relay, to a statement in hand."""

    statements: tuple[int, ...]
    """The statements on the way, the origin first, as indices into the story's."""
    ids: tuple[str, ...]
    """The ids of the statements."""
    sources: tuple[str, ...]
    """The ids of their sources."""
    direction: int
    """+1 if what is in hand at its end speaks for the claim, -1 if against it, 0 if either way."""


@attrs.frozen
class Origin:
    """A statement whose source speaks for itself, and through whom it has reached us."""

    statement: int
    """The statement's index in the story."""
    id: str
    """The statement's id."""
    source: str
    """The id of its source."""
    group: int
    """Which group of origins it belongs to: those of one source, or that may be one voice."""
    supports: bool
    """Whether it reaches us as speaking for the claim."""
    opposes: bool
    """Whether it reaches us as speaking against the claim."""
    is_judged: bool
    """Whether its source's reliability can be judged."""
    lineage_known: bool
    """Whether it is established: its source saw it, or found it out by work of its own."""


@attrs.frozen
class Lineage:
    """Where what is said about a claim comes from, and how it has reached us.

    It concerns the claim, its signs and what implies it, what contradicts it, and the other values
    of its question, through any chain of links.
    """

    claim: str
    """The claim."""
    origins: tuple[Origin, ...]
    """Every origin that has reached us, in the order of the story."""
    mentions: tuple[str, ...]
    """The ids of all attributions that say it, of their own or passing it on, merged ones included:
    those that we have, and those through which they came. What a mention is, here and everywhere."""
    mentions_for: int
    """How many of them speak for the claim."""
    mentions_against: int
    """How many of them speak against the claim."""
    outlets: tuple[str, ...]
    """The sources of what is in hand."""
    shared: tuple[str, ...]
    """The sources that stand on every route from an origin to what is in hand."""
    routes: int
    """How many routes there are: one to every statement in hand."""
    has_separate_routes: bool
    """Whether two judged origins for the claim, of different groups and with known lineage, have
    routes that share no source."""
    has_separate_routes_against: bool
    """The same of two judged origins against the claim."""

    @property
    def independent_origins(self) -> int:
        """How many groups of judged origins speak for the claim."""
        return len({each.group for each in self.origins if each.supports and each.is_judged})

    @property
    def established_origins(self) -> int:
        """How many of these groups have their independence on record; at least 1 where there is any.

        Of all others it is not recorded whether they have it from one another (model 2.9).
        """
        found = {
            each.group
            for each in self.origins
            if each.supports and each.is_judged and each.lineage_known
        }
        return max(len(found), min(1, self.independent_origins))

    @property
    def opposing_origins(self) -> int:
        """How many groups of judged origins speak against the claim."""
        return len({each.group for each in self.origins if each.opposes and each.is_judged})

    @property
    def groups(self) -> int:
        """How many groups of origins there are, unjudged ones included."""
        return len({each.group for each in self.origins})

    @property
    def unknown_lineage(self) -> tuple[str, ...]:
        """The ids of the origins of which it is not known whether they have an upstream."""
        return tuple(each.id for each in self.origins if not each.lineage_known)

    @property
    def one_outlet(self) -> str | None:
        """The only source of what is in hand; `None` when there are several or none."""
        return self.outlets[0] if len(self.outlets) == 1 else None


def chains_of(
    story: Story, towards: Mapping[Place, frozenset[int]], most: int
) -> tuple[Chain, ...]:
    """The paths from origins to what is in hand, in the order of the story, at most so many.

    Every statement cites at most one, so that there is one path to every statement in hand.

    Args:
        towards: the places that bear on the claim, and how.
        most: how many chains to give, and how many hundred statements they may have altogether.
    """
    found: list[Chain] = []
    length = 0
    for index, signs in _heard(story, _signs(story, towards)).items():
        path = _path(story, index)
        length += len(path)
        if len(found) >= most or length > 100 * most:
            break
        found.append(
            Chain(
                statements=path,
                ids=tuple(story.statements[each].id for each in path),
                sources=tuple(_source(story, each) for each in path),
                direction=sum(signs),
            )
        )
    return tuple(found)


def lineage_of(
    story: Story,
    claim: str,
    towards: Mapping[Place, frozenset[int]],
    mentions: Mapping[str, str],
) -> Lineage:
    """Where what is said about a claim comes from.

    Linear in the statements of the story.

    Args:
        towards: the places that bear on the claim, and how.
        mentions: for every id that statements merge, the id of the attribution behind it.
    """
    signs = _signs(story, towards)
    heard = _heard(story, signs)
    origin, groups = story.origin_of, story.voices
    reaching: dict[int, set[int]] = {}
    for index in heard:
        # A relay of what is in hand adds nothing to it, even one that denies that it was said.
        if not story.passes_on_in_hand[index]:
            reaching.setdefault(origin[index], set()).update(heard[index])
    origins = tuple(
        _origin(story, index, reaching[index], groups[index]) for index in sorted(reaching)
    )
    spoken: dict[int, dict[str, None]] = {1: {}, -1: {}}
    written: dict[str, None] = {}
    for index in _on_the_way(story, heard):
        names = dict.fromkeys(mentions[name] for name in story.statements[index].merged)
        written |= names
        for sign in signs[index]:
            spoken[sign] |= names
    return Lineage(
        claim=claim,
        origins=origins,
        mentions=tuple(written),
        mentions_for=len(spoken[1]),
        mentions_against=len(spoken[-1]),
        outlets=tuple(dict.fromkeys(_source(story, index) for index in heard)),
        shared=_on_every_route(story, heard),
        routes=len(heard),
        has_separate_routes=_has_separate_routes(
            story,
            [index for index, found in heard.items() if 1 in found],
            origin,
            [each for each in origins if each.supports],
        ),
        has_separate_routes_against=_has_separate_routes(
            story,
            [index for index, found in heard.items() if -1 in found],
            origin,
            [each for each in origins if each.opposes],
        ),
    )


class Counting:
    """How often each claim of a story is mentioned, from how many origins, through how many outlets.

    What `lineage_of` counts, for every claim of many without naming it: for every value that is
    spoken of it is gone through once, and kept as the bits of numbers.
    """

    def __init__(self, story: Story, mentions: Mapping[str, str]) -> None:
        heard: dict[Place, list[int]] = {}
        for index, each in enumerate(story.statements):
            if each.in_hand and not each.silence:
                heard.setdefault(Place(each.question, each.value), []).append(index)
        self._story = story
        self._mentions = mentions
        self._written: dict[str, int] = {}
        self._found = {place: self._at(indices) for place, indices in heard.items()}

    def _at(self, heard: Sequence[int]) -> tuple[int, int, int]:
        """The bits of what is said of one value: attributions, groups of origins, and outlets."""
        story, statements = self._story, self._story.statements
        names: set[int] = set()
        seen: set[int] = set()
        for index in heard:
            above: int | None = index
            while above is not None and above not in seen:
                seen.add(above)
                for name in statements[above].merged:
                    written = self._mentions[name]
                    names.add(self._written.setdefault(written, len(self._written)))
                above = statements[above].cites
        first = (index for index in heard if not story.passes_on_in_hand[index])
        groups = {story.voices[story.origin_of[index]] for index in first}
        return _bits(names), _bits(groups), _bits({statements[n].witness for n in heard})

    def of(self, towards: Iterable[Place]) -> tuple[int, int, int]:
        """Mentions, groups of origins, and outlets, given the values that bear on a claim."""
        names = groups = outlets = 0
        for place in towards:
            found = self._found.get(place)
            if found is not None:
                names, groups, outlets = names | found[0], groups | found[1], outlets | found[2]
        return names.bit_count(), groups.bit_count(), outlets.bit_count()


def _bits(members: Collection[int]) -> int:
    found = bytearray(max(members, default=0) // 8 + 1)
    for member in members:
        found[member // 8] |= 1 << member % 8
    return int.from_bytes(found, "little")


def _source(story: Story, index: int) -> str:
    return story.witnesses[story.statements[index].witness].id


def _signs(story: Story, towards: Mapping[Place, frozenset[int]]) -> list[frozenset[int]]:
    """Whether each statement speaks for the claim (+1), against it (-1), or both; nothing if neither."""
    bearing = {(place.question, place.value): signs for place, signs in towards.items()}
    found: list[frozenset[int]] = []
    for each in story.statements:
        signs = bearing.get((each.question, each.value), _NEITHER)
        found.append(signs if each.affirms else frozenset(-sign for sign in signs))
    return found


def _heard(story: Story, signs: Sequence[frozenset[int]]) -> dict[int, frozenset[int]]:
    """The statements in hand that bear on the claim, each with whether it speaks for it."""
    return {
        index: signs[index]
        for index, each in enumerate(story.statements)
        if signs[index] and each.in_hand and not each.silence
    }


def _path(story: Story, index: int) -> tuple[int, ...]:
    path = [index]
    while (cited := story.statements[path[-1]].cites) is not None:
        path.append(cited)
    return tuple(reversed(path))


def _on_the_way(story: Story, heard: Iterable[int]) -> list[int]:
    """What is in hand and everything through which it has come."""
    found = [False] * len(story.statements)
    for index in heard:
        found[index] = True
    for index in reversed(range(len(found))):
        cited = story.statements[index].cites
        if found[index] and cited is not None:
            found[cited] = True
    return [index for index, is_on_the_way in enumerate(found) if is_on_the_way]


def _origin(story: Story, index: int, signs: set[int], group: int) -> Origin:
    statement = story.statements[index]
    return Origin(
        statement=index,
        id=statement.id,
        source=_source(story, index),
        group=group,
        supports=1 in signs,
        opposes=-1 in signs,
        is_judged=story.witnesses[statement.witness].reliability is not None,
        lineage_known=statement.is_established,
    )


def _on_every_route(story: Story, heard: Collection[int]) -> tuple[str, ...]:
    """The sources on every path from an origin to what is in hand, in one walk over all paths."""
    covered = [0] * len(story.witnesses)
    depth = [0] * len(story.witnesses)
    since = [0] * len(story.witnesses)
    count = 0
    walk = [(index, True) for index, each in enumerate(story.statements) if each.is_origin]
    walk.reverse()
    while walk:
        index, is_entering = walk.pop()
        witness = story.statements[index].witness
        if not is_entering:
            depth[witness] -= 1
            if depth[witness] == 0:
                covered[witness] += count - since[witness]
            continue
        if depth[witness] == 0:
            since[witness] = count
        depth[witness] += 1
        count += index in heard
        walk.append((index, False))
        walk += ((each, True) for each in story.listeners[index])
    return tuple(
        witness.id
        for number, witness in enumerate(story.witnesses)
        if count and covered[number] == count
    )


def _has_separate_routes(
    story: Story, ends: Sequence[int], origin: Sequence[int], origins: Sequence[Origin]
) -> bool:
    """Whether two judged origins reach some statements in hand by routes that share no source.

    Only the shortest routes are compared, so that a very large case may be told no too often.
    """
    fit = {each.statement: each.group for each in origins if each.is_judged and each.lineage_known}
    if len(set(fit.values())) < 2:
        return False
    length: list[int] = []
    for statement in story.statements:
        length.append(1 if statement.cites is None else length[statement.cites] + 1)
    shortest = sorted(
        (index for index in ends if origin[index] in fit and length[index] <= LONGEST_COMPARED),
        key=lambda index: (length[index], index),
    )
    routes = {
        (
            fit[origin[index]],
            frozenset(story.statements[each].witness for each in _path(story, index)),
        )
        for index in shortest[:ROUTES_COMPARED]
    }
    return any(
        one[0] != other[0] and one[1].isdisjoint(other[1]) for one, other in combinations(routes, 2)
    )
