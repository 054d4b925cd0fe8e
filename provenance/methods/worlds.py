"""Possible worlds: independent chances, rules that follow from them, and what is likely to follow.

A world says how every chance falls out; what holds in it is the least set of statements that its
rules lead to, so that a circle of rules holds only through something outside it.
This is the distribution semantics of Sato, ICLP 1995, as in ProbLog (De Raedt, Kimmig and Toivonen,
IJCAI 2007).
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

import attrs

from provenance.errors import ImpossibleEvidence, InvalidValue, UnknownName
from provenance.methods.dependence import in_order

__all__ = [
    "Chance",
    "Diagrams",
    "Likelihoods",
    "OutOfRoom",
    "Samples",
    "WorldRule",
    "Worlds",
]

# Binary decision diagrams: yes/no functions of independent coins, small where they factor.
#
# Source: Bryant, IEEE Transactions on Computers C-35(8), 1986, doi:10.1109/TC.1986.1676819.

NEVER = 0
ALWAYS = 1
_END = 1 << 60


class OutOfRoom(Exception):
    """The diagrams outgrew their limit; caught by whoever set the limit."""


class Diagrams:
    """A store of functions over coins, each known by a number; equal functions share a number.

    Coins are tested in the order of their numbers.  A function costs as much room as it has
    different rests after its first coins have been seen; `limit` bounds functions and steps
    together, beyond which `OutOfRoom` is raised.  Nothing here recurses, so depth is no limit.
    """

    nowhere = NEVER
    everywhere = ALWAYS

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._nodes: list[tuple[int, int, int]] = [(_END, 0, 0), (_END, 1, 1)]
        self._known: dict[tuple[int, int, int], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._any: dict[tuple[int, int], int] = {}
        self._except: dict[tuple[int, int], int] = {}

    def coin(self, number: int) -> int:
        """The function that is true when this coin shows heads."""
        return self._node(number, NEVER, ALWAYS)

    def conjoin(self, first: int, second: int) -> int:
        """Both functions at once."""
        return self._apply(_settle_both, self._both, first, second)

    def disjoin(self, first: int, second: int) -> int:
        """At least one of two functions."""
        return self._apply(_settle_any, self._any, first, second)

    def differ(self, first: int, second: int) -> int:
        """The first function and not the second."""
        return self._apply(_settle_except, self._except, first, second)

    def all_of(self, functions: Sequence[int]) -> int:
        """Every one of several functions at once."""
        return self._folded(self.conjoin, ALWAYS, functions)

    def any_of(self, functions: Sequence[int]) -> int:
        """At least one of several functions."""
        return self._folded(self.disjoin, NEVER, functions)

    def probabilities(self, heads: Sequence[float]) -> list[float]:
        """The probability of every function in the store, given the chance of heads of each coin."""
        found = [0.0, 1.0]
        # A function is always stored after those that it consists of.
        for coin, low, high in self._nodes[2:]:
            found.append((1.0 - heads[coin]) * found[low] + heads[coin] * found[high])
        return found

    def _folded(self, join: Callable[[int, int], int], start: int, functions: Sequence[int]) -> int:
        # From the last coins to the first: a function over earlier coins is then put on top of
        # what is already there, at the cost of itself instead of the cost of everything so far.
        joined = start
        for function in sorted(functions, key=lambda each: -self._nodes[each][0]):
            joined = join(function, joined)
        return joined

    def _node(self, coin: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (coin, low, high)
        number = self._known.get(key)
        if number is None:
            self._spend()
            number = len(self._nodes)
            self._nodes.append(key)
            self._known[key] = number
        return number

    def _spend(self) -> None:
        self._limit -= 1
        if self._limit < 0:
            raise OutOfRoom

    def _apply(
        self,
        settle: Callable[[int, int], int | None],
        done: dict[tuple[int, int], int],
        first: int,
        second: int,
    ) -> int:
        nodes = self._nodes
        waiting = [(first, second)]
        while waiting:
            pair = waiting[-1]
            if pair in done:
                waiting.pop()
                continue
            settled = settle(*pair)
            if settled is None:
                one, other = nodes[pair[0]], nodes[pair[1]]
                coin = min(one[0], other[0])
                low = (
                    one[1] if one[0] == coin else pair[0],
                    other[1] if other[0] == coin else pair[1],
                )
                high = (
                    one[2] if one[0] == coin else pair[0],
                    other[2] if other[0] == coin else pair[1],
                )
                missing = [each for each in (low, high) if each not in done]
                if missing:
                    waiting.extend(missing)
                    continue
                settled = self._node(coin, done[low], done[high])
            self._spend()
            done[pair] = settled
            waiting.pop()
        return done[(first, second)]


def _settle_both(first: int, second: int) -> int | None:
    if first == NEVER or second == NEVER:
        return NEVER
    if first in (ALWAYS, second):
        return second
    return first if second == ALWAYS else None


def _settle_any(first: int, second: int) -> int | None:
    if first == ALWAYS or second == ALWAYS:
        return ALWAYS
    if first in (NEVER, second):
        return second
    return first if second == NEVER else None


def _settle_except(first: int, second: int) -> int | None:
    if first in (NEVER, second) or second == ALWAYS:
        return NEVER
    return first if second == NEVER else None


# Sampled worlds: yes/no functions of independent chances, as rows with one bit for each world.

_DIGITS = 32


class Samples:
    """As many worlds as asked for, drawn from a seed; a function is a row of bits over them.

    Probabilities are met to within 2^-32.
    """

    nowhere = 0

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.everywhere = (1 << size) - 1
        self._randomness = random.Random(seed)

    def all_of(self, functions: Sequence[int]) -> int:
        """Every one of several functions at once."""
        row = self.everywhere
        for each in functions:
            row &= each
        return row

    def any_of(self, functions: Sequence[int]) -> int:
        """At least one of several functions."""
        row = 0
        for each in functions:
            row |= each
        return row

    def differ(self, first: int, second: int) -> int:
        """The first function and not the second."""
        return first & ~second

    def tossed(self, probability: float) -> int:
        """A coin thrown in every world: a row in which each bit is set with this probability."""
        digits = round(probability * (1 << _DIGITS))
        if digits >> _DIGITS:
            return self.everywhere
        row = 0
        # From the last binary digit to the first, each toss halves what is there and adds a half
        # where the digit is set; zeros at the end would only halve nothing.
        for place in range((digits & -digits).bit_length() - 1 if digits else _DIGITS, _DIGITS):
            toss = self._randomness.getrandbits(self.size)
            row = row | toss if (digits >> place) & 1 else row & toss
        return row


ROOM = 1 << 19
"""How many steps an exact answer may take before worlds are sampled instead."""
SAMPLE_BUDGET = 1 << 27
"""How many rules times worlds a sample may evaluate."""
LARGEST_SAMPLE = 1 << 16
"""How many worlds are sampled at most."""
SMALLEST_SAMPLE = 1 << 10
"""How many worlds are sampled at least."""


@attrs.frozen
class Chance:
    """Statements of which at most one falls out true, each with its probability.

    What the probabilities leave over is the chance that none of them does.
    Raises `InvalidValue` for a probability outside [0, 1] or a sum above 1.

    >>> Chance.of("heads", 0.6)
    Chance(outcomes=(('heads', 0.6),))
    """

    outcomes: tuple[tuple[str, float], ...]
    """The statements and their probabilities."""

    def __attrs_post_init__(self) -> None:
        for name, probability in self.outcomes:
            if not 0.0 <= probability <= 1.0:
                raise InvalidValue(
                    f"expected a probability between 0 and 1 for {name!r}, found {probability!r}"
                )
        total = math.fsum(probability for _, probability in self.outcomes)
        if total > 1.0 + 1e-9:
            raise InvalidValue(f"expected probabilities that sum to at most 1, found {total!r}")

    @classmethod
    def of(cls, name: str, probability: float) -> Chance:
        """One statement that is true with this probability, on its own."""
        return cls(((name, probability),))


@attrs.frozen
class WorldRule:
    """A statement that holds where all of some hold and none of some others.

    >>> WorldRule("alarm", ("burglary",), unless=("asleep",))
    WorldRule(head='alarm', body=('burglary',), unless=('asleep',))
    """

    head: str
    """What follows."""
    body: tuple[str, ...] = ()
    """What must hold; with nothing here and nothing in `unless`, the head always holds."""
    unless: tuple[str, ...] = ()
    """What must not hold."""


@attrs.frozen
class Likelihoods:
    """Probabilities of statements over possible worlds, and how exactly they are known."""

    probabilities: tuple[float, ...]
    """One probability for each statement asked about, in the order asked."""
    evidence: float
    """The probability of what was given, in [0, 1]."""
    standard_error: float
    """0 for an exact answer, else the largest standard error of the probabilities."""

    @property
    def is_exact(self) -> bool:
        """Whether every world was counted, rather than a sample of them."""
        return self.standard_error == 0.0


class _Algebra(Protocol):
    """What it takes to follow rules: functions of the chances, by number or as a row of bits."""

    nowhere: int
    everywhere: int

    def all_of(self, functions: Sequence[int]) -> int: ...
    def any_of(self, functions: Sequence[int]) -> int: ...
    def differ(self, first: int, second: int) -> int: ...


@attrs.frozen
class Worlds:
    """Possible worlds, as chances and the rules that follow from them.

    A statement may be the outcome of one chance, or the head of rules, not both.
    Raises `InvalidValue` when it is both, or when a statement depends on its own absence.

    >>> worlds = Worlds(
    ...     chances=(Chance.of("first", 0.6), Chance.of("second", 0.6)),
    ...     rules=(WorldRule("some heads", ("first",)), WorldRule("some heads", ("second",))),
    ... )
    >>> round(worlds.probability("some heads"), 9)
    0.84
    >>> round(worlds.probability("first", given={"some heads": True}), 9)
    0.714285714
    """

    chances: tuple[Chance, ...] = ()
    """What falls out one way or another, each independent of the others."""
    rules: tuple[WorldRule, ...] = ()
    """What follows."""

    def __attrs_post_init__(self) -> None:
        outcomes = [name for chance in self.chances for name, _ in chance.outcomes]
        clashes = sorted({name for name in outcomes if name in self._rules_of})
        if clashes or len(set(outcomes)) < len(outcomes):
            twice = clashes or sorted({name for name in outcomes if outcomes.count(name) > 1})
            raise InvalidValue(
                f"expected each statement to be an outcome once or the head of rules, "
                f"found more for {twice[0]!r}"
            )
        group = {name: index for index, names in enumerate(self._groups) for name in names}
        for rule in self.rules:
            for name in rule.unless:
                if name in group and group[name] == group[rule.head]:
                    raise InvalidValue(
                        f"expected no statement to depend on its own absence, found {name!r}"
                    )

    def probability(self, statement: str, given: Mapping[str, bool] | None = None) -> float:
        """The probability of one statement: see `likelihoods`."""
        return self.likelihoods((statement,), given).probabilities[0]

    def likelihoods(
        self,
        statements: Sequence[str],
        given: Mapping[str, bool] | None = None,
        seed: int = 0,
        room: int = ROOM,
    ) -> Likelihoods:
        """The probabilities of statements, in the worlds where what is given is so.

        Exact by binary decision diagrams as long as these fit in `room` steps (2^19 if absent);
        beyond that over at most 2^16 sampled worlds, fewer for very many rules, with the standard
        error in the result.  Only what the statements depend on is looked at.

        Raises:
            UnknownName: a statement that is neither an outcome nor a head.
            ImpossibleEvidence: no world has all that is given.
            InvalidValue: none of the sampled worlds has it.
        """
        evidence = dict(given or {})
        known = [*self._chance_of, *self._rules_of]
        for name in (*statements, *evidence):
            if name not in self._chance_of and name not in self._rules_of:
                raise UnknownName("statement", name, known)
        try:
            return self._exact(statements, evidence, room)
        except OutOfRoom:
            return self._sampled(statements, evidence, seed)

    def _exact(
        self,
        statements: Sequence[str],
        evidence: Mapping[str, bool],
        room: int,
    ) -> Likelihoods:
        diagrams = Diagrams(room)
        values, heads = self._tossed((*statements, *evidence), diagrams)
        order = in_order((*statements, *evidence), self._depends_on)
        self._follow(order, values, diagrams)
        agreed = _agreed(evidence, values, diagrams)
        asked = [diagrams.conjoin(values[name], agreed) for name in statements]
        found = diagrams.probabilities(heads)
        if found[agreed] <= 0.0:
            raise ImpossibleEvidence(evidence)
        shares = tuple(min(1.0, found[each] / found[agreed]) for each in asked)
        return Likelihoods(shares, min(1.0, found[agreed]), 0.0)

    def _sampled(
        self,
        statements: Sequence[str],
        evidence: Mapping[str, bool],
        seed: int,
    ) -> Likelihoods:
        order = in_order((*statements, *evidence), self._depends_on)
        steps = sum(len(self._rules_of.get(name, ())) + 1 for names in order for name in names)
        size = max(SMALLEST_SAMPLE, min(LARGEST_SAMPLE, SAMPLE_BUDGET // steps))
        samples = Samples(size, seed)
        values = self._drawn((*statements, *evidence), samples)
        self._follow(order, values, samples)
        agreed = _agreed(evidence, values, samples)
        count = agreed.bit_count()
        if not count:
            raise InvalidValue(
                f"expected something given that happens in one of {size} sampled worlds, "
                f"found it in none; give less, or ask for more room"
            )
        shares = tuple((values[name] & agreed).bit_count() / count for name in statements)
        # One world is added on each side: a sample never shows that something is certain.
        error = max(
            (math.sqrt((share * count + 1) * ((1 - share) * count + 1)) / (count + 2))
            / math.sqrt(count + 3)
            for share in shares
        )
        return Likelihoods(shares, count / size, error)

    @cached_property
    def _chance_of(self) -> dict[str, Chance]:
        return {name: chance for chance in self.chances for name, _ in chance.outcomes}

    @cached_property
    def _rules_of(self) -> dict[str, tuple[WorldRule, ...]]:
        found: dict[str, list[WorldRule]] = {}
        for rule in self.rules:
            found.setdefault(rule.head, []).append(rule)
        return {head: tuple(rules) for head, rules in found.items()}

    def _depends_on(self, name: str) -> list[str]:
        """What a statement is made of, in order; outcomes of one chance hang together."""
        return [
            each for rule in self._rules_of.get(name, ()) for each in (*rule.body, *rule.unless)
        ]

    @cached_property
    def _groups(self) -> tuple[tuple[str, ...], ...]:
        """All statements, what others depend on first, with circles together."""
        return in_order((*self._rules_of, *self._chance_of), self._depends_on)

    def _chances_met(self, starts: Iterable[str]) -> Iterator[Chance]:
        """Every chance that some statements depend on, the nearest first along each path.

        This is the order of the coins in a diagram: a route to a statement stays together, with the
        last step on top, so that what comes before it is taken over as it is.
        """
        met: set[str] = set()
        waiting = list(reversed(list(starts)))
        while waiting:
            name = waiting.pop()
            if name in met:
                continue
            met.add(name)
            if name in self._chance_of:
                chance = self._chance_of[name]
                met.update(outcome for outcome, _ in chance.outcomes)
                yield chance
                continue
            below = self._depends_on(name)
            waiting.extend(each for each in reversed(below) if each not in self._chance_of)
            waiting.extend(each for each in reversed(below) if each in self._chance_of)

    def _tossed(
        self, starts: Iterable[str], diagrams: Diagrams
    ) -> tuple[dict[str, int], list[float]]:
        """Every outcome as a function of coins, and the chance of heads of each coin."""
        values: dict[str, int] = {}
        heads: list[float] = []
        for chance in self._chances_met(starts):
            left, free = 1.0, diagrams.everywhere
            for outcome, probability in chance.outcomes:
                coin = diagrams.coin(len(heads))
                heads.append(min(1.0, probability / left) if left > 0.0 else 0.0)
                values[outcome] = diagrams.conjoin(free, coin)
                free = diagrams.differ(free, coin)
                left -= probability
        return values, heads

    def _drawn(self, starts: Iterable[str], samples: Samples) -> dict[str, int]:
        """Every outcome as the row of sampled worlds in which it falls out."""
        values: dict[str, int] = {}
        for chance in self._chances_met(starts):
            left, free = 1.0, samples.everywhere
            for outcome, probability in chance.outcomes:
                share = min(1.0, probability / left) if left > 0.0 else 0.0
                values[outcome] = free & samples.tossed(share)
                free &= ~values[outcome]
                left -= probability
        return values

    def _follow(
        self,
        order: Iterable[tuple[str, ...]],
        values: dict[str, int],
        algebra: _Algebra,
    ) -> None:
        """Add what the rules lead to, group by group, each to its least fixed point."""
        for names in order:
            heads = [name for name in names if name in self._rules_of]
            for name in names:
                values.setdefault(name, algebra.nowhere)
            listeners = self._listeners(heads)
            waiting = deque(heads)
            queued = set(heads)
            while waiting:
                head = waiting.popleft()
                queued.discard(head)
                found = algebra.any_of(
                    [self._fired(rule, values, algebra) for rule in self._rules_of[head]]
                )
                if found != values[head]:
                    values[head] = found
                    again = [each for each in listeners[head] if each not in queued]
                    waiting.extend(again)
                    queued.update(again)

    def _listeners(self, heads: Sequence[str]) -> dict[str, list[str]]:
        """Within one group, which heads to look at again when a head has changed."""
        if len(heads) == 1 and heads[0] not in self._depends_on(heads[0]):
            return {heads[0]: []}
        found: dict[str, list[str]] = {head: [] for head in heads}
        for head in heads:
            for name in dict.fromkeys(self._depends_on(head)):
                if name in found:
                    found[name].append(head)
        return found

    @staticmethod
    def _fired(rule: WorldRule, values: Mapping[str, int], algebra: _Algebra) -> int:
        held = algebra.all_of([values[name] for name in rule.body])
        if not rule.unless:
            return held
        return algebra.differ(held, algebra.any_of([values[name] for name in rule.unless]))


def _agreed(evidence: Mapping[str, bool], values: Mapping[str, int], algebra: _Algebra) -> int:
    so = algebra.all_of([values[name] for name, held in evidence.items() if held])
    return algebra.differ(
        so,
        algebra.any_of([values[name] for name, held in evidence.items() if not held]),
    )
