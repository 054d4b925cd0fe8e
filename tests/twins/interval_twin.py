"""The slow twin of the interval, the doubts and the opinion: model 4.

P(E, x) is linear in every single number, so two evaluations give its exact response to one; the
sum of the independent responses is laid out on a fine grid.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.twins.answer_twin import (
    Asked,
    effective_prior,
    for_and_against,
    has_judged_origin,
    potentials,
    probability_of,
)
from tests.twins.network_twin import Network, Node
from tests.twins.numbers_twin import Number
from tests.twins.priors_twin import Joint, joint_of
from tests.twins.story_twin import beta_of, kind_of, members_of

CELLS = 300
GRID = 2400
THETA_SPREAD = 0.7


@dataclass(frozen=True)
class Doubt:
    """One uncertain number: what it is about, and its response in log odds, value by value."""

    about: str
    spread: tuple[tuple[float, float], ...]  # (L_i(y) - L_i(mean), mass)

    @property
    def variance(self) -> float:
        mean = sum(shift * mass for shift, mass in self.spread)
        return sum(mass * (shift - mean) ** 2 for shift, mass in self.spread)


# ---------------------------------------------------------------- Betas, cell by cell


def below(x: float, a: float, b: float) -> float:
    """The chance that a number from Beta(a, b) is below x, by the series of its integral."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - below(1 - x, b, a)
    term = total = 1.0
    n = 0
    while term > 1e-17 * total:
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(front + a * math.log(x) + b * math.log1p(-x)) * total / a


def under(z: float, a: float, b: float) -> float:
    """The chance that the log odds of a number from Beta(a, b) are below z."""
    return below(logistic(z), a, b) if z < 0 else 1 - below(logistic(-z), b, a)


@functools.cache
def cells_of(number: Number) -> list[tuple[float, float, float]]:
    """Values of a Beta, their complements and masses, evenly in log odds between its far tails."""
    mean, strength = number
    a, b = mean * strength, (1 - mean) * strength

    def edge(share: float) -> float:
        low, high = -700.0, 700.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if under(middle, a, b) < share else (low, middle)
        return (low + high) / 2

    low, high = edge(1e-7), edge(1 - 1e-7)
    edges = [low + (high - low) * n / CELLS for n in range(CELLS + 1)]
    sums = [under(z, a, b) for z in edges]
    sums[0], sums[-1] = 0.0, 1.0
    middles = [(edges[n] + edges[n + 1]) / 2 for n in range(CELLS)]
    return [(logistic(z), logistic(-z), sums[n + 1] - sums[n]) for n, z in enumerate(middles)]


def logistic(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def normal_cells(sd: float) -> list[tuple[float, float]]:
    edges = [-6 + 12 * n / CELLS for n in range(CELLS + 1)]
    sums = [(1 + math.erf(z / math.sqrt(2))) / 2 for z in edges]
    sums[0], sums[-1] = 0.0, 1.0
    return [(sd * (edges[n] + edges[n + 1]) / 2, sums[n + 1] - sums[n]) for n in range(CELLS)]


# ---------------------------------------------------------------- responses


Pair = tuple[float, float]
"""P(E, the claim) and P(E, not the claim)."""


def is_open(number: Number) -> bool:
    return math.isfinite(number[1]) and 0 < number[0] < 1


def between(
    about: str,
    number: Number,
    share: Callable[[float, float], Pair],
    ends: tuple[Pair, Pair],
    at: Pair,
) -> Doubt:
    """L_i(y) = log((P1 + d1*h(y)) / (P0 + d0*h(y))) against its value at the mean (model 4), each
    P being linear between its values at 0 and at 1: exact to the last digit near either end."""
    centre = math.log(at[0] / at[1])
    spread = []
    for y, rest, mass in cells_of(number):
        high, low = share(y, rest)
        so, not_so = (low * none + high * whole for none, whole in zip(*ends, strict=True))
        spread.append((math.log(so / not_so) - centre, mass))
    return Doubt(about, tuple(spread))


def tracking_and_not(by: float, beta: float) -> Callable[[float, float], Pair]:
    """t and 1 - t of r = y * by (model 2.2), from y and 1 - y."""

    def share(y: float, rest: float) -> Pair:
        r, other = y * by, rest * by + (1 - by)
        return r / (r + other * beta), other * beta / (r + other * beta)

    return share


def as_it_is(y: float, rest: float) -> Pair:
    return y, rest


def trust_doubts(asked: Asked, at: Pair) -> list[Doubt]:
    """Reliability, access and passing-on, through the one state that each of them moves."""
    story, network = asked.story, asked.network
    found = []
    for key, members in members_of(story, story.statements).items():
        source, kind = members[0].source, key[1]
        if (
            story.coupling == "none"
            and sum(s.source == source and kind_of(s) == kind for s in story.statements) > 1
        ):
            raise NotImplementedError("one number of several states")
        speaker = story.case.speakers[source]
        if kind == "relay":
            named = [("passing-on", speaker.passing_on, 1.0)]
        elif speaker.rho is None:
            continue
        else:
            named = [
                ("reliability", speaker.rho, speaker.access[0]),
                ("access", speaker.access, speaker.rho[0]),
            ]
        no, yes = (
            for_and_against(asked, replace(network, tracks=network.tracks | {key: t}))
            for t in (0.0, 1.0)
        )
        for name, number, by in named:
            if is_open(number):
                share = tracking_and_not(by, beta_of(members))
                found.append(between(f"{name}:{source}", number, share, (no, yes), at))
    return found


def with_lam(network: Network, node: Node, lam: float) -> Network:
    return replace(
        network, nodes=tuple(replace(n, lam=lam) if n is node else n for n in network.nodes)
    )


def skill_doubts(asked: Asked, at: Pair) -> list[Doubt]:
    """Competence and fidelity of each statement."""
    found = []
    for node in asked.network.nodes:
        s = node.statement
        if not is_open(s.skill) or s.would_speak is not None:
            continue
        whole = s.force * node.discount
        no, yes = (for_and_against(asked, with_lam(asked.network, node, to)) for to in (0, whole))
        name = "competence" if s.cites is None else "fidelity"
        found.append(between(f"{name}:{s.id}", s.skill, as_it_is, (no, yes), at))
    return found


def with_prior(asked: Asked, question: str, mean: float) -> Network:
    """The network with one stated prior replaced: f, m, K and the order stay."""
    story = asked.story
    n = story.group(question)
    case = story.case
    moved = case.questions | {question: replace(case.questions[question], prior=(mean, 1 - mean))}
    joint = Joint((), {(): 1.0})
    for i, group in enumerate(story.groups):
        whole = (
            joint_of(set(group), moved, case.links, case.places, False)
            if i == n
            else story.stated[i]
        )
        if set(whole.questions) & set(asked.network.joint.questions):
            joint = joint.times(whole.over(asked.network.joint.questions))
    return replace(asked.network, joint=joint)


def prior_doubts(asked: Asked, at: Pair) -> list[Doubt]:
    """Unfitted priors exactly, fitted ones to first order in their mean."""
    story = asked.story
    found = []
    for name in story.names:
        question = story.case.questions[name]
        if question.prior is None:
            continue
        number = (question.prior[0], question.prior_strength)
        if not is_open(number):
            continue
        about, mean = f"prior:{question.claims[0]}", number[0]
        if len(story.groups[story.group(name)]) == 1:
            no, yes = (for_and_against(asked, with_prior(asked, name, p)) for p in (0, 1))
            found.append(between(about, number, as_it_is, (no, yes), at))
            continue
        step = min(mean, 1 - mean) * 1e-4
        up = for_and_against(asked, with_prior(asked, name, mean + step))
        down = for_and_against(asked, with_prior(asked, name, mean - step))
        slope = [(u - d) / (2 * step) for u, d in zip(up, down, strict=True)]
        spread = []
        for y, _, mass in cells_of(number):
            so, not_so = (max(p + d * (y - mean), 1e-300) for p, d in zip(at, slope, strict=True))
            spread.append((math.log(so / not_so) - math.log(at[0] / at[1]), mass))
        found.append(Doubt(about, tuple(spread)))
    return found


def lineage_doubts(asked: Asked, at: Pair) -> list[Doubt]:
    """log theta, one per question, to first order in the log odds; dg / dlog theta = g*(1-g)."""
    slopes: dict[str, float] = {}
    for node in asked.network.nodes:
        g, question = node.discount, node.statement.question
        if g in (0.0, 1.0) or node.lam == 0:
            continue
        none = for_and_against(asked, with_lam(asked.network, node, 0))
        # dP / dg = dP / dlam * lam / g, and dg = g * (1 - g) * dlog theta.
        d1, d0 = ((p - q) * (1 - g) for p, q in zip(at, none, strict=True))
        slopes[question] = slopes.get(question, 0.0) + d1 / at[0] - d0 / at[1]
    return [
        Doubt(
            f"lineage:{question}",
            tuple((slope * z, mass) for z, mass in normal_cells(THETA_SPREAD)),
        )
        for question, slope in slopes.items()
    ]


def doubts_of(asked: Asked) -> list[Doubt]:
    """Every uncertain number with its response; none where the answer is certain."""
    at = for_and_against(asked)
    if at[0] <= 0 or at[1] <= 0:
        return []
    return [
        *trust_doubts(asked, at),
        *skill_doubts(asked, at),
        *prior_doubts(asked, at),
        *lineage_doubts(asked, at),
    ]


def shares(doubts: list[Doubt]) -> dict[str, float]:
    """Shares of the variances in their sum; none when nothing is uncertain."""
    total = sum(doubt.variance for doubt in doubts)
    if total < 1e-18:
        return {}
    return {doubt.about: doubt.variance / total for doubt in doubts}


# ---------------------------------------------------------------- their sum


def ends(doubts: list[Doubt], tail: float = 0.05) -> tuple[float, float]:
    """The 5 % and 95 % of the sum of the shifts, laid out on one grid."""
    moving = [doubt for doubt in doubts if doubt.variance > 1e-18]
    if not moving:
        return 0.0, 0.0
    low = sum(min(shift for shift, _ in doubt.spread) for doubt in moving)
    high = sum(max(shift for shift, _ in doubt.spread) for doubt in moving)
    sd = math.sqrt(sum(doubt.variance for doubt in moving))
    low, high = max(low, -12 * sd), min(high, 12 * sd)
    step = (high - low) / GRID
    total = {0: 1.0}
    for doubt in moving:
        one: dict[int, float] = {}
        for shift, mass in doubt.spread:
            place = shift / step
            under = math.floor(place)
            one[under] = one.get(under, 0.0) + mass * (1 - (place - under))
            one[under + 1] = one.get(under + 1, 0.0) + mass * (place - under)
        new: dict[int, float] = {}
        for i, v in total.items():
            for j, w in one.items():
                new[i + j] = new.get(i + j, 0.0) + v * w
        total = {i: v for i, v in new.items() if v > 1e-10}
    return quantile(total, step, tail), quantile(total, step, 1 - tail)


def quantile(masses: dict[int, float], step: float, share: float) -> float:
    whole = sum(masses.values())
    so_far = 0.0
    for i in sorted(masses):
        mass = masses[i] / whole
        if so_far + mass >= share:
            return step * (i - 0.5 + (share - so_far) / mass)
        so_far += mass
    raise AssertionError(share)


def interval(asked: Asked, doubts: list[Doubt] | None = None) -> tuple[float, float]:
    """The 90 % interval: it contains the score and is stretched by the potentials (model 4)."""
    p = probability_of(asked)
    if p <= 0 or p >= 1:
        return p, p
    low, high = ends(doubts_of(asked) if doubts is None else doubts)
    centre = math.log(p / (1 - p))
    found = [p, logistic(centre + low), logistic(centre + high), *potentials(asked).values()]
    return min(found), max(found)


def opinion(asked: Asked, doubts: list[Doubt] | None = None) -> tuple[float, float, float, float]:
    """Belief, disbelief, uncertainty and base rate (model 4)."""
    p, a = probability_of(asked), effective_prior(asked)
    variance = sum(d.variance for d in (doubts_of(asked) if doubts is None else doubts))
    spread = (p * (1 - p)) ** 2 * variance
    share = 0.0
    if not has_judged_origin(asked):
        share = 1.0
    elif spread > 0:
        share = 2 / (2 + max(0.0, p * (1 - p) / spread - 1))
    u = min([share] + ([p / a] if a > 0 else []) + ([(1 - p) / (1 - a)] if a < 1 else []))
    b = p - a * u
    return b, 1 - b - u, u, a
