"""Possible-worlds support: how much of the evidence implies a claim, and how much allows it.

A world says which sources track what is so, which statements came through, and which links work.
In it, what is in hand is followed back along the citations as far as everyone worked; the claim is
supported where that leads to it.  Worlds that contradict themselves are left out.

For independent testimony this is Dempster's rule on simple support functions (Shafer 1976); with
links it is the theory of hints (Kohlas and Monney, A Mathematical Theory of Hints, Springer 1995).
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

import attrs

from provenance.bounds import affordable, expect
from provenance.display import Shown
from provenance.errors import ImpossibleEvidence
from provenance.graph import Link, Place, Story
from provenance.inference import LIMIT, Plan, Table, asked, order_of, priors_of
from provenance.methods.testimony import CLASH, Reliances, is_evidence, literal, state_of, worlds_of

__all__ = [
    "Possibilities",
    "Support",
    "possibilities_of",
    "support_of",
]

# What the worlds of a story leave possible, exactly, by variable elimination.
#
# In a world, every set of values that hang together must have a common value left.  The chance of
# that is a sum over all labels A, sets of values, of the chance that all of A is left, with signs:
# P(something is left) = sum over A of (-1)^(|A| + 1) P(A is left), where "A is left" is a product
# over what is heard.  This is the commonality function of Shafer 1976 (chapter 2), carried through
# the whole network of citations: as many variables as the testimony network has, with a few more
# values each.

MOST_VALUES = 4
"""How many values of one question are told apart; beyond that there are too many sets."""
FEWEST_DRAWS = 8
"""How often it is drawn who tracks, at least."""
MOST_DRAWS = 4000
"""How often it is drawn who tracks, at most."""
EFFORT = 4_000_000
"""How many entries all draws together may have."""
OPERATIONS = 3_000_000
"""How many operations they may take."""


@attrs.frozen
class Possibilities:
    """What the worlds that hold together leave possible for one value of one question."""

    consistent: float
    """The probability that a world is free of contradiction."""
    only: float
    """The probability that it does and leaves this value alone."""
    among: float
    """The probability that it does and leaves this value, perhaps with others."""
    standard_error: float = 0.0
    """The standard error of the last two as shares of the first; 0 when exact."""


def possibilities_of(
    story: Story,
    place: Place,
    potentials: Sequence[Sequence[float] | None] = (),
    seed: int = 0,
    limit: int = LIMIT,
) -> Possibilities | None:
    """What is left possible; `None` where the story is not of the right kind.

    That is where links run in circles, or more than four values of a question are spoken of.
    Exact and linear in the statements, unless a product table would exceed `limit` entries (2^18
    if absent): then who tracks is drawn from the seed and everything else summed exactly.

    Args:
        potentials: for every question what to hold beforehand, in proportion, over its values.
    """
    steps = _outward(story, place.question)
    values = _spoken_of(story, place, potentials)
    if steps is None or max(map(len, values)) > MOST_VALUES:
        return None
    network = _Network(story, values)
    if not all(network.domain("so", question) for question in range(len(story.questions))):
        return Possibilities(0.0, 0.0, 0.0)
    for statement in range(len(story.statements)):
        network.add_statement(statement)
    for parent, child, link in steps:
        network.add_link(parent, child, link)
    reached = {child for _, child, _ in steps} | {place.question}
    for question in range(len(story.questions)):
        potential = potentials[question] if potentials else None
        network.add_question(question, potential, is_root=question not in reached)
    root = network.variable("so", place.question)
    value = 1 << values[place.question].index(place.value)
    labels = network.domain("so", place.question)
    order = order_of(network.sizes, network.scopes, (root,))
    if order.entries <= limit:
        plan = Plan.of(network.sizes, network.scopes, (root,), order)
        tape = plan.forward(network.tables)
        only, among, consistent = _read(labels, tape.result, value)
        scale = math.exp(tape.log_scale)
        return Possibilities(scale * consistent, scale * only, scale * among)
    return _simulated(network, root, labels, value, seed)


def _read(labels: Sequence[int], masses: Table, value: int) -> tuple[float, float, float]:
    """How much of a final table leaves a value alone, leaves it at all, and is free of contradiction."""
    signed = [_sign(label) * mass for label, mass in zip(labels, masses, strict=True)]
    only = math.fsum(each for label, each in zip(labels, signed, strict=True) if label & value)
    among = masses[labels.index(value)] if value in labels else 0.0
    return only, among, math.fsum(signed)


def _simulated(
    network: _Network, root: int, labels: Sequence[int], value: int, seed: int
) -> Possibilities | None:
    """Who tracks is drawn beforehand, many times, and each draw counts by how far it is free of contradiction.

    The standard error is that of as many even draws as these are worth (Kish's effective number),
    at its largest: where few draws carry all, it says so.
    """
    chance = random.Random(seed)
    scopes = [tuple(v for v in scope if v not in network.tracking) for scope in network.scopes]
    order = order_of(network.sizes, scopes, (root,))
    if order.entries > LIMIT:
        return None
    plan = Plan.of(network.sizes, scopes, (root,), order)
    draws = max(FEWEST_DRAWS, min(MOST_DRAWS, EFFORT // (plan.entries + len(scopes))))
    # To hold a table takes as much as eight entries, whatever is left of it.
    left, each = affordable(), 2 * plan.operations + 8 * len(scopes)
    draws = max(FEWEST_DRAWS, min(draws, OPERATIONS // each))
    if left is not None:
        draws = max(FEWEST_DRAWS, min(draws, left // (4 * each)))
    expect(draws * each, "a simulation of possible worlds")
    found: list[tuple[float, tuple[float, float, float]]] = []
    for _ in range(draws):
        drawn = {
            variable: int(chance.random() < probability)
            for variable, probability in network.tracking.items()
        }
        tape = plan.forward(network.held(drawn))
        found.append((tape.log_scale, _read(labels, tape.result, value)))
    top = max(scale for scale, _ in found)
    weights = [math.exp(scale - top) * max(0.0, consistent) for scale, (_, _, consistent) in found]
    total = math.fsum(weights)
    if total <= 0.0:
        return Possibilities(0.0, 0.0, 0.0)
    only, among = (
        math.fsum(math.exp(scale - top) * parts[side] for scale, parts in found) for side in (0, 1)
    )
    even = total * total / math.fsum(weight * weight for weight in weights)
    scale = math.exp(top) / draws
    return Possibilities(scale * total, scale * only, scale * among, 0.5 / math.sqrt(even))


def _sign(label: int) -> float:
    return 1.0 if label.bit_count() % 2 else -1.0


def _spoken_of(
    story: Story, place: Place, potentials: Sequence[Sequence[float] | None]
) -> list[list[int | None]]:
    """For every question the values that are spoken of, and `None` for all others together."""
    found: list[set[int]] = [set() for _ in story.questions]
    found[place.question].add(place.value)
    for statement in story.statements:
        found[statement.question].add(statement.value)
    for end in (end for link in story.links for end in (link.first, link.second)):
        found[end.question].add(end.value)
    for resolved, _ in story.resolved:
        found[resolved.question].add(resolved.value)
    return [
        [*sorted(values), *([None] if len(values) < question.size else [])]
        for values, question in zip(found, story.questions, strict=True)
    ]


def _outward(story: Story, start: int) -> list[tuple[int, int, Link]] | None:
    """The links as steps away from one question, and from others that it does not reach.

    `None` when there is more than one way to a question.
    """
    near: list[list[tuple[int, Link]]] = [[] for _ in story.questions]
    for link in story.links:
        one, other = link.first.question, link.second.question
        near[one].append((other, link))
        near[other].append((one, link))
    found: list[tuple[int, int, Link]] = []
    seen: set[int] = set()
    for root in (start, *range(len(story.questions))):
        waiting = deque([root] if root not in seen else [])
        seen.add(root)
        while waiting:
            here = waiting.popleft()
            for other, link in near[here]:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
                    found.append((here, other, link))
    return found if len(found) == len(story.links) else None


class _Network:
    """The tables of a story: who tracks, and the label of every statement and question."""

    def __init__(self, story: Story, values: Sequence[Sequence[int | None]]) -> None:
        self.story = story
        self.values = values
        self.sizes: list[int] = []
        self.scopes: list[tuple[int, ...]] = []
        self.tables: list[list[float]] = []
        self._variables: dict[tuple[str, int], int] = {}
        self._domains: dict[tuple[str, int], list[int]] = {}
        self.tracking: dict[int, float] = {}
        reliances = Reliances.of(story)
        self.through = reliances.through
        for state, probability in enumerate(reliances.tracking):
            self._add_table([("tracks", state)], [1.0 - probability, probability])
            self.tracking[self.variable("tracks", state)] = probability

    def domain(self, kind: str, number: int) -> list[int]:
        """The labels that a variable may have: all non-empty sets that what is in hand allows."""
        key = (kind, number)
        if key not in self._domains:
            self._domains[key] = [0, 1] if kind == "tracks" else list(self._labels(kind, number))
        return self._domains[key]

    def variable(self, kind: str, number: int) -> int:
        """The number of a variable."""
        key = (kind, number)
        if key not in self._variables:
            self._variables[key] = len(self.sizes)
            self.sizes.append(len(self.domain(kind, number)))
        return self._variables[key]

    def held(self, tracking: Mapping[int, int]) -> list[Table]:
        """The tables where it is known who tracks, without the chances of that."""
        found: list[Table] = []
        seen: set[int] = set()
        for scope, table in zip(self.scopes, self.tables, strict=True):
            if not scope or scope[0] not in tracking:
                found.append(table)
            elif scope[0] not in seen:
                seen.add(scope[0])  # a source's own table was the first to go in
                found.append((1.0,))
            else:
                half = len(table) // 2
                start = half * tracking[scope[0]]
                found.append(table[start : start + half])
        return found

    def add_statement(self, index: int) -> None:
        """A statement has the label of what it tracks or repeats, or else one of its own."""
        statement = self.story.statements[index]
        through, voice = self.through[index], statement.voice_probability
        target = ("so", statement.question)
        if statement.cites is not None:
            target = ("said", statement.cites)
        axes = [("tracks", state_of(statement)), ("said", index), target]
        if statement.voice is None:
            self._add(axes, lambda on, own, cited: _followed(through * on, own, cited))
            return

        def weight(on: int, own: int, cited: int, same: int) -> float:
            return voice * (own == same) + (1 - voice) * _followed(through * on, own, cited)

        if ("said", statement.voice) == target:
            self._add(axes, lambda on, own, cited: weight(on, own, cited, cited))
        else:
            self._add([*axes, ("said", statement.voice)], weight)

    def add_link(self, parent: int, child: int, link: Link) -> None:
        """A link lets the label of one question weigh on that of the next."""
        ways = [(p, self._allowed(parent, child, link, how)) for p, how in _outcomes(link) if p]
        labels = range(1, 1 << len(self.values[child]))
        subsets = {label: [part for part in labels if part & label == part] for label in labels}

        def weight(mine: int, theirs: int) -> float:
            total = 0.0
            for probability, allowed in ways:
                rows = [row for bit, row in enumerate(allowed) if mine >> bit & 1]
                for part in subsets[theirs]:
                    if all(part & row for row in rows):
                        total += probability * _sign(part) * _sign(theirs)
            return total

        self._add([("so", parent), ("so", child)], weight)

    def add_question(self, question: int, potential: Sequence[float] | None, is_root: bool) -> None:
        """What is held of a question beforehand; one at the start of its links must have a value."""
        shares: list[float] | None = None
        if potential is not None:
            spoken = self.values[question]
            shares = [0.0 if value is None else potential[value] for value in spoken]
            if None in spoken:
                shares[-1] = max(0.0, math.fsum(potential) - math.fsum(shares))
            total = math.fsum(shares)
            shares = [share / total for share in shares]

        def weight(label: int) -> float:
            held = 1.0
            if shares is not None:
                held = shares[label.bit_length() - 1] if label.bit_count() == 1 else 0.0
            return held * (_sign(label) if is_root else 1.0)

        self._add([("so", question)], weight)

    def _add(self, axes: Sequence[tuple[str, int]], weight: Callable[..., float]) -> None:
        self._add_table(axes, [weight(*each) for each in product(*map(self._domain_of, axes))])

    def _domain_of(self, axis: tuple[str, int]) -> list[int]:
        return self.domain(*axis)

    def _add_table(self, axes: Sequence[tuple[str, int]], table: list[float]) -> None:
        # A variable with one value would only tie its neighbours together.
        scope = tuple(self.variable(*axis) for axis in axes if len(self._domain_of(axis)) > 1)
        self.scopes.append(scope)
        self.tables.append(table)

    def _labels(self, kind: str, number: int) -> Iterator[int]:
        question = number if kind == "so" else self.story.statements[number].question
        values = self.values[question]
        allowed = (1 << len(values)) - 1
        if kind == "so":
            for place, held in self.story.resolved:
                if place.question == question:
                    allowed &= _mask(values, place.value, held)
        elif self.story.statements[number].in_hand:
            statement = self.story.statements[number]
            allowed &= _mask(values, statement.value, statement.affirms)
        return (label for label in range(1, 1 << len(values)) if label & allowed == label)

    def _allowed(
        self, parent: int, child: int, link: Link, how: Callable[[bool, bool], bool]
    ) -> list[int]:
        """For every value of the parent the set of the child's values that an outcome allows."""
        first, second = link.first.value, link.second.value

        def fits(mine: int | None, theirs: int | None) -> bool:
            if link.first.question == parent:
                return how(mine == first, theirs == second)
            return how(theirs == first, mine == second)

        return [
            sum(1 << bit for bit, theirs in enumerate(self.values[child]) if fits(mine, theirs))
            for mine in self.values[parent]
        ]


def _outcomes(link: Link) -> Iterator[tuple[float, Callable[[bool, bool], bool]]]:
    """The ways in which a link may work, each with its probability and what it lets be so."""
    if is_evidence(link):
        least, most = sorted((link.both, link.only_second))
        likelier = link.both >= link.only_second
        yield most - least, lambda first, second: second == (first == likelier)
        yield least, lambda first, second: second
        yield 1.0 - most, lambda first, second: not second
    elif link.both < link.only_first:
        yield 1.0 - link.both, lambda first, second: not (first and second)
        yield link.both, lambda first, second: True
    else:
        yield 1.0 - link.only_first, lambda first, second: second or not first
        yield link.only_first, lambda first, second: True


def _mask(values: Sequence[int | None], value: int, held: bool) -> int:
    return sum(1 << bit for bit, each in enumerate(values) if (each == value) == held)


def _followed(works: float, own: int, cited: int) -> float:
    return works * (own == cited) + (1 - works) * _sign(own)


ROOM = 1 << 17
"""How many steps decision diagrams may take before worlds are sampled."""


@attrs.frozen(repr=False)
class Support(Shown):
    """The interval between what the evidence implies and what it allows.

    No prior goes into belief and plausibility: with nothing in evidence they are 0 and 1.
    """

    belief: float
    """The probability that the evidence implies the claim, in [0, 1]."""
    plausibility: float
    """The probability that it does not imply the opposite, in [belief, 1]."""
    probability: float
    """What they become when the priors of the case count as one more source: a single number."""
    conflict: float
    """The share of worlds left out because they contradict themselves, in [0, 1)."""
    standard_error: float = 0.0
    """0 when every world was counted, else the largest standard error of the three."""

    @property
    def is_exact(self) -> bool:
        """Whether every world was counted, rather than a sample of them."""
        return self.standard_error == 0.0

    def __str__(self) -> str:
        about = "" if self.is_exact else f", give or take {self.standard_error:.1g}"
        return f"between {self.belief:.3f} and {self.plausibility:.3f}{about}"


def support_of(
    story: Story, place: Place, *, seed: int = 0, limit: int = LIMIT, room: int = ROOM
) -> Support:
    """The possible-worlds support of one value of one question of a story.

    Shared sources and shared statements are one chance each, so that what is heard twice counts
    once.  A source that cannot be judged never tracks.

    Where links form a tree and at most four values of a question are spoken of: exact by variable
    elimination while no table exceeds `limit` entries, else with who tracks drawn from the seed.
    Otherwise: exact by decision diagrams that fit in `room` steps, else over sampled worlds; and
    with links in a circle a world implies what follows from one statement at a time.
    Whatever is drawn comes with a standard error.

    Raises:
        ImpossibleEvidence: every world contradicts itself.
        IncompatiblePriors: the stated priors cannot hold under the links.
        InvalidValue: every sampled world contradicts itself.
    """
    story = asked(story, place)
    bare = _shares(story, place, (), seed, limit, room)
    full = _shares(story, place, priors_of(story).potentials, seed, limit, room)
    return Support(
        belief=bare.only,
        plausibility=max(bare.only, bare.among),
        probability=full.only,
        conflict=1.0 - bare.consistent,
        standard_error=max(bare.standard_error, full.standard_error),
    )


@attrs.frozen
class _Shares:
    """What the worlds that hold together say of one value, as shares of them."""

    consistent: float
    only: float
    among: float
    standard_error: float


def _shares(
    story: Story,
    place: Place,
    potentials: Sequence[Sequence[float] | None],
    seed: int,
    limit: int,
    room: int,
) -> _Shares:
    possible = possibilities_of(story, place, potentials, seed, limit)
    if possible is not None:
        if possible.consistent <= 0.0:
            raise _impossible(story)
        only, among = possible.only / possible.consistent, possible.among / possible.consistent
        return _Shares(
            min(1.0, possible.consistent),
            _in_range(only),
            _in_range(among),
            possible.standard_error,
        )
    size = story.questions[place.question].size
    ends = [literal(f"so {place.question}", size, place.value, held) for held in (True, False)]
    try:
        found = worlds_of(story, place, potentials).likelihoods(ends, {CLASH: False}, seed, room)
    except ImpossibleEvidence as error:
        raise _impossible(story) from error
    belief, against = found.probabilities
    return _Shares(found.evidence, belief, 1.0 - against, found.standard_error)


def _in_range(share: float) -> float:
    return min(1.0, max(0.0, share))


def _impossible(story: Story) -> ImpossibleEvidence:
    return ImpossibleEvidence(each.id for each in story.statements if each.in_hand)
