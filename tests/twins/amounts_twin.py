"""The slow twins of the methods that estimate numbers, an object and a voice at a time."""

# The functions made in a loop are called before it goes on.
# ruff: noqa: B023

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from statistics import NormalDist, median

import attrs

from tests.twins.learning_twin import Figures, Table, Voice, judged


@attrs.frozen
class Amounts:
    """A table whose values are numbers."""

    table: Table
    amount: list[float]
    """For every claim its number."""

    def of(self, about: int) -> list[Voice]:
        """The voices on an object."""
        return [v for v in self.table.voices if v.about == about]

    def said(self, v: Voice) -> float:
        """What somebody says."""
        return self.amount[v.claim]

    def known(self) -> list[float | None]:
        """For every object its number, where that is known."""
        return [
            next((self.amount[c] for c in mine if self.table.known[c] == 1.0), None)
            for mine in self.table.claims
        ]

    def checked(self) -> list[bool]:
        """For every object whether two sources speak of it, or something is known of it."""
        return [
            len({v.source for v in self.of(o)}) > 1
            or any(self.table.known[c] is not None for c in mine)
            for o, mine in enumerate(self.table.claims)
        ]

    def medians(
        self, number: Callable[[Voice], float], weight: Callable[[Voice], float]
    ) -> list[float]:
        """For every object the number with half of the weight on either side."""
        found = []
        for o in range(self.table.objects):
            some = sorted((number(v), weight(v)) for v in self.of(o))
            half, running, low = sum(w for _, w in some) / 2.0, 0.0, math.nan
            for at, (x, w) in enumerate(some):
                running += w
                if math.isnan(low) and running >= half * (1.0 - 2e-12):
                    low = x
                if running > half * (1.0 + 2e-12) or at == len(some) - 1:
                    found.append((low + (x if running > half * (1.0 + 2e-12) else low)) / 2.0)
                    break
        return found

    def cells(self, number: list[float], spread: list[float]) -> list[float]:
        """For every claim the chance that a normal number lies nearest to it."""
        found = [0.0] * len(self.amount)
        for o, mine in enumerate(self.table.claims):
            normal = NormalDist(number[o], max(spread[o], 1e-300))
            edges = [(self.amount[a] + self.amount[b]) / 2.0 for a, b in itertools.pairwise(mine)]
            up_to = [*(normal.cdf(x) for x in edges), 1.0]
            for c, x, y in zip(mine, [0.0, *up_to], up_to, strict=False):
                found[c] = y - x
        return found

    def told(
        self, number: list[float], spread: list[float], changes: list[float], settle: float
    ) -> Figures:
        """The figures of a fit of numbers, whose sources are judged where anybody checks."""
        probability = self.table.held(self.cells(number, [max(s, settle) for s in spread]))
        checked = self.checked()
        heard = [v if checked[v.about] else attrs.evolve(v, weight=0.0) for v in self.table.voices]
        table = attrs.evolve(self.table, voices=heard)
        spoken = table.spoken()
        guessed = table.by_source(lambda v: v.weight / max(2, len(table.claims[v.about])))
        return {
            "probability": probability,
            "number": number,
            "spread": spread,
            "chance": [g / s if s > 0.0 else 0.5 for g, s in zip(guessed, spoken, strict=True)],
            "changes": changes,
        } | judged(table, [probability[v.claim] for v in heard])


@attrs.frozen
class Around:
    """Numbers less the median of their object, over its spread; far ones are not heard."""

    middle: list[float]
    scale: list[float]
    at: dict[int, float]
    """For every claim its number on that scale."""
    heard: Callable[[Voice], float]

    @classmethod
    def of(cls, told: Amounts) -> Around:
        """The scales of some numbers."""
        middle = told.medians(told.said, lambda v: v.weight)

        def away(v: Voice) -> float:
            return abs(told.said(v) - middle[v.about])

        own = told.medians(away, lambda v: v.weight)
        scale = []
        for o, each in enumerate(own):
            some = told.of(o)
            scale.append(1.4826 * each if each > 0.0 else sum(map(away, some)) / len(some))
        positive = [s for s in scale if s > 0.0]
        scale = [s if s > 0.0 else median(positive) if positive else 1.0 for s in scale]
        at = {v.claim: (told.said(v) - middle[v.about]) / scale[v.about] for v in told.table.voices}
        return cls(middle, scale, at, lambda v: v.weight if abs(at[v.claim]) <= 10.0 else 0.0)

    def fixed(self, told: Amounts) -> list[float | None]:
        """What is known, on that scale."""
        return [
            None if k is None else (k - m) / s
            for k, m, s in zip(told.known(), self.middle, self.scale, strict=True)
        ]

    def back(self, truth: list[float]) -> list[float]:
        """Numbers on their own scale again."""
        return [m + s * t for m, s, t in zip(self.middle, self.scale, truth, strict=True)]


Weigh = Callable[[list[float], list[float]], list[float]]


def catd_weights(alpha: float) -> Weigh:
    """An upper bound of precision, by Wilson and Hilferty's quantile."""
    z = NormalDist().inv_cdf(alpha / 2.0)

    def weigh(loss: list[float], spoken: list[float]) -> list[float]:
        found = []
        for each, n in zip(loss, spoken, strict=True):
            root = 1.0 - 2.0 / (9.0 * n) + z * math.sqrt(2.0 / (9.0 * n))
            found.append(n * max(root, 1e-3) ** 3 / (each + 1e-9 * n + 1e-3))
        return found

    return weigh


def resolved(told: Amounts, weigh: Weigh, *, rounds: int) -> Figures:
    """CRH and CATD for numbers: medians weighed by how far off each source is."""
    around, checked = Around.of(told), told.checked()
    fixed = around.fixed(told)

    def heard(v: Voice) -> float:
        return around.heard(v) if checked[v.about] else 0.0

    spoken = [x + 1e-9 for x in told.table.by_source(heard)]
    truth = [0.0 if f is None else f for f in fixed]
    changes = []
    for _ in range(rounds):
        loss = told.table.by_source(lambda v: heard(v) * abs(around.at[v.claim] - truth[v.about]))
        weight = weigh(loss, spoken)
        medians = told.medians(
            lambda v: around.at[v.claim],
            lambda v: around.heard(v) * weight[v.source],
        )
        after = [m if f is None else f for m, f in zip(medians, fixed, strict=True)]
        changes.append(max(abs(a - b) for a, b in zip(after, truth, strict=True)))
        truth = after
        if changes[-1] <= 1e-9:
            break
    spread = []
    for o, scale in enumerate(around.scale):
        voices = [(around.heard(v) * weight[v.source], v.source) for v in told.of(o)]
        noise = sum((w * loss[s] / spoken[s]) ** 2 for w, s in voices)
        spread.append(scale * math.sqrt(noise) / max(sum(w for w, _ in voices), 1e-9) + 1e-9)
    return told.told(around.back(truth), spread, changes, 0.0)


def gaussian_truth(
    told: Amounts, *, prior_precision: float, shape: float, scale: float, rounds: int
) -> Figures:
    """Gaussian errors, every source with a variance of its own."""
    around, checked = Around.of(told), told.checked()
    fixed = around.fixed(told)

    def heard(v: Voice) -> float:
        return around.heard(v) if checked[v.about] else 0.0

    truth = [0.0 if f is None else f for f in fixed]
    doubt = [1.0 if f is None else 0.0 for f in fixed]
    spoken, changes = told.table.by_source(heard), []
    for _ in range(rounds):
        square = told.table.by_source(
            lambda v: heard(v) * ((around.at[v.claim] - truth[v.about]) ** 2 + doubt[v.about])
        )
        variance = [
            (2.0 * scale + q) / (2.0 * shape + 2.0 + n) for q, n in zip(square, spoken, strict=True)
        ]
        after, doubt = [], []
        for o, f in enumerate(fixed):
            some = [(around.heard(v) / variance[v.source], around.at[v.claim]) for v in told.of(o)]
            total = prior_precision + sum(p for p, _ in some)
            after.append(sum(p * x for p, x in some) / total if f is None else f)
            doubt.append(1.0 / total if f is None else 0.0)
        changes.append(max(abs(a - b) for a, b in zip(after, truth, strict=True)))
        truth = after
    spread = [s * math.sqrt(d) for s, d in zip(around.scale, doubt, strict=True)]
    return told.told(around.back(truth), spread, changes, 0.0)


# Heavy tails.


def scales(told: Amounts) -> list[float]:
    """For every object how far numbers about it usually lie apart."""
    checked, some = told.checked(), told.table.voices
    middle = told.medians(told.said, lambda v: v.weight)

    def away(v: Voice) -> float:
        return abs(told.said(v) - middle[v.about])

    heeded = [c or not any(checked) for c in checked]
    sizes = [abs(m) for m in middle]
    least = min((s for s, h in zip(sizes, heeded, strict=True) if h and s > 0.0), default=1.0)
    sizes = [max(s, least) for s in sizes]
    off = [v for v in some if checked[v.about] and away(v) > 0.0]
    if not off:
        return [(1e-4 if any(checked) else 1.0) * s for s in sizes]
    logs = [(math.log(sizes[v.about]), math.log(away(v))) for v in off]
    half = median(s for s, _ in logs)
    small, large = [x for x in logs if x[0] <= half], [x for x in logs if x[0] > half]
    power = 0.0
    if large:
        rise = median(s for s, _ in large) - median(s for s, _ in small)
        gain = median(d for _, d in large) - median(d for _, d in small)
        power = min(max(gain / rise, 0.0), 1.0)
    base = median(d - power * s for s, d in logs)
    own = told.medians(away, lambda v: v.weight)
    found = []
    for o, size in enumerate(sizes):
        common, n = base + power * math.log(size), len(told.of(o))
        mine = math.log(1.4826 * own[o]) if own[o] > 0.0 else common
        n = n if n > 2 else 0
        found.append(math.exp((4.0 * common + n * mine) / (4.0 + n)))
    return found


def log_t(z: float) -> float:
    """The logarithm of a Student t of three degrees of freedom, but for its constant."""
    return -2.0 * math.log(1.0 + z * z / 3.0)


def quantile(numbers: list[float], part: float) -> float:
    """The quantile between the two nearest."""
    some = sorted(numbers)
    place = part * (len(some) - 1)
    low = math.floor(place)
    return some[low] + (place - low) * (some[min(low + 1, len(some) - 1)] - some[low])


def robust(told: Amounts, *, rounds: int) -> Figures:
    """The best supported number of every object, and the widths of sources, in turn."""
    checked, fixed, scale = told.checked(), told.known(), scales(told)
    heeded = [c or not any(checked) for c in checked]
    typical = median(
        [abs(told.said(v)) for v in told.table.voices if heeded[v.about] and told.said(v) != 0.0]
        or [1.0]
    )

    def above(v: Voice) -> float:
        return math.log(1.0 + abs(told.said(v)) / typical)

    reach = max(1.0, quantile([above(v) for v in told.table.voices if heeded[v.about]], 0.84))
    width = [1.0] * told.table.sources

    def z(v: Voice, number: float) -> float:
        return (told.said(v) - number) / (scale[v.about] * width[v.source])

    def support(v: Voice) -> float:
        others = [w for w in told.of(v.about) if w is not v]
        return log_t(above(v) / reach) + sum(w.weight * log_t(z(w, told.said(v))) for w in others)

    def precision(v: Voice, number: float) -> float:
        return v.weight * 4.0 / (3.0 + z(v, number) ** 2) / width[v.source] ** 2

    def peak(o: int) -> float:
        some = told.of(o)
        best = max(support(v) for v in some)
        near = [told.said(v) for v in some if support(v) >= best - 1e-9]
        number = min(near, key=lambda x: (abs(x), x))
        for _ in range(5):
            pulls = [(precision(v, number), told.said(v)) for v in some]
            number = sum(p * x for p, x in pulls) / sum(p for p, _ in pulls)
        return number

    def numbers() -> list[float]:
        return [peak(o) if f is None else f for o, f in enumerate(fixed)]

    def local(o: int, number: float) -> float:
        return 1.5 / sum(precision(v, number) for v in told.of(o))

    changes = []
    for _ in range(rounds):
        number = numbers()

        def square(v: Voice) -> float:
            n = number[v.about]
            doubt = local(v.about, n) if fixed[v.about] is None else 0.0
            own = width[v.source]
            return 4.0 / (3.0 + z(v, n) ** 2) * ((z(v, n) * own) ** 2 + min(doubt, own**2))

        spoken = told.table.by_source(lambda v: v.weight * checked[v.about])
        total = told.table.by_source(lambda v: v.weight * checked[v.about] * square(v))
        after = [math.sqrt((4.0 + t) / (6.0 + n)) for t, n in zip(total, spoken, strict=True)]
        changes.append(max(abs(math.log(a / b)) for a, b in zip(after, width, strict=True)))
        width = after
    number = numbers()
    spread = [
        _reach(told, support, o, number[o], math.sqrt(local(o, number[o])) * scale[o])
        if f is None
        else 0.0
        for o, f in enumerate(fixed)
    ]
    return told.told(number, spread, changes, 1e-12)


def _reach(
    told: Amounts, support: Callable[[Voice], float], o: int, number: float, local: float
) -> float:
    """Half of how far away the voices lie that hold nineteen parts in twenty together."""
    some = sorted(told.of(o), key=lambda v: abs(told.said(v) - number))
    best = max(support(v) for v in some)
    parts = [math.exp(support(v) - best) for v in some]
    before, far = 0.0, 0.0
    for v, part in zip(some, parts, strict=True):
        if before < 0.95:
            far = abs(told.said(v) - number)
        before += part / sum(parts)
    return max(local, 0.5 * far)
