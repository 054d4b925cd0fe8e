"""Binary decision diagrams: yes/no functions of independent coins, small where they factor.

Source: Bryant, IEEE Transactions on Computers C-35(8), 1986, doi:10.1109/TC.1986.1676819.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

__all__ = ["Diagrams", "OutOfRoom"]

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
