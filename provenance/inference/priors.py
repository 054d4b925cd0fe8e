"""What is believed of a story's questions before anyone has spoken: flat, and as stated."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from provenance.components import joined
from provenance.errors import IncompatiblePriors, TooEntangled
from provenance.graph import Link, Place, Story
from provenance.inference.elimination import Plan, Table
from provenance.inference.factors import link_tables
from provenance.inference.orders import LIMIT, order_of

__all__ = [
    "Priors",
    "components",
    "is_linear_in",
    "priors_of",
    "responses_of_potentials",
    "reweighted",
]

_CLOSE = 1e-12
_GOOD_ENOUGH = 1e-6
_SWEEPS = 2000
_SWEEPS_AT_LEAST = 50
_MOST_STEPS = 3_000_000  # of all sweeps together, so that hundreds of stated priors end too
_HELPS = 0.9  # a step of all potentials at once must bring them nearer by a tenth


@attrs.frozen
class Priors:
    """Potentials, marginals and normalisers of a story's questions, flat and fitted."""

    component: tuple[int, ...]
    """For every question, which set of linked questions it belongs to."""
    flat_potentials: tuple[Table | None, ...]
    """1/k, or 1/n with alternatives, for every question that is no sign; `None` for signs."""
    flat: tuple[Table, ...]
    """The marginal of every question under flat priors, links kept."""
    flat_logs: tuple[float, ...]
    """For every component, the logarithm of its flat total."""
    potentials: tuple[Table | None, ...]
    """The same, with the stated priors fitted; a sign has one when a prior is put in its place."""
    stated: tuple[Table, ...]
    """The marginal of every question under the stated priors: the effective prior."""
    stated_logs: tuple[float, ...]
    """For every component, the logarithm of its fitted total."""
    straight: tuple[bool, ...]
    """For every component, whether its stated priors hold without fitting, each by itself."""


def components(story: Story) -> tuple[int, ...]:
    """For every question, the number of its set of linked questions, counted from 0."""
    pairs = ((link.first.question, link.second.question) for link in story.links)
    return joined(len(story.questions), pairs)


def priors_of(story: Story) -> Priors:
    """Flat and fitted priors of a story.

    Stated priors under links are kept by iterative proportional fitting, one potential per
    question (Deming and Stephan 1940). Raises `IncompatiblePriors` where they cannot be met to
    1e-6 and `TooEntangled` where a joint table would exceed the limit. Cost: one elimination per
    linked component, and one per stated prior and sweep where links distort them.
    """
    component = components(story)
    count = max(component, default=-1) + 1
    groups: list[list[int]] = [[] for _ in range(count)]
    for question, number in enumerate(component):
        groups[number].append(question)
    links: list[list[Link]] = [[] for _ in range(count)]
    for link in story.links:
        links[component[link.first.question]].append(link)
    flat_logs, stated_logs = [0.0] * count, [0.0] * count
    straight = tuple(all(link.is_conditional for link in each) for each in links)
    believed: dict[int, _Believed] = {}
    for number, members in enumerate(groups):
        questions = [story.questions[q] for q in members]
        if straight[number] and not any(each.is_sign and each.prior for each in questions):
            believed |= _from_claims_to_signs(story, members, links[number])
        else:
            found, flat_logs[number], stated_logs[number] = _fitted(story, members, links[number])
            believed |= found
    each_question = [believed[q] for q in range(len(story.questions))]
    return Priors(
        component,
        tuple([each.flat_potential for each in each_question]),
        tuple([each.flat for each in each_question]),
        tuple(flat_logs),
        tuple([each.potential for each in each_question]),
        tuple([each.stated for each in each_question]),
        tuple(stated_logs),
        straight,
    )


class _Believed(NamedTuple):
    """What is believed of one question before anyone has spoken."""

    flat: Table
    stated: Table
    flat_potential: Table | None
    potential: Table | None


def _from_claims_to_signs(
    story: Story, members: Sequence[int], links: Iterable[Link]
) -> dict[int, _Believed]:
    """Linked questions where every link is evidence: each sign has its prior from its claim."""
    found: dict[int, _Believed] = {}
    for q in members:
        question = story.questions[q]
        if not question.is_sign:
            flat = question.flat
            stated = question.prior or (1.0 / question.size,) * question.size
            found[q] = _Believed(flat, stated, flat, stated)
    signs: dict[int, list[Link]] = {}
    for link in links:
        signs.setdefault(link.first.question, []).append(link)
    waiting = list(found)
    while waiting:
        for link in signs.get(waiting.pop(), ()):
            claim, sign = found[link.first.question], link.second
            sides = _of_sign(link, claim.flat), _of_sign(link, claim.stated)
            found[sign.question] = _Believed(*sides, None, None)
            waiting.append(sign.question)
    return found


def _of_sign(link: Link, claim: Table) -> Table:
    holds = claim[link.first.value]
    seen = holds * link.both + (1.0 - holds) * link.only_second
    missed = holds * link.only_first + (1.0 - holds) * link.neither
    return tuple(seen if value == link.second.value else missed for value in range(2))


def _fitted(
    story: Story, members: list[int], links: Sequence[Link]
) -> tuple[dict[int, _Believed], float, float]:
    """Linked questions of any links, with the logarithms of their flat and of their fitted total."""
    joint = _Joint(story, members, links, [question.size for question in story.questions])
    start = [joint.flat(q) for q in members]
    flat_log, flat = joint.marginals(start)
    potentials, (stated_log, stated) = joint.fit([joint.unstated(q) for q in members])
    found: dict[int, _Believed] = {}
    for place, q in enumerate(members):
        sign = story.questions[q].is_sign
        unstated = sign and story.questions[q].prior is None
        found[q] = _Believed(
            flat[place],
            stated[place],
            None if sign else tuple(start[place]),
            None if unstated else tuple(potentials[place]),
        )
    return found, flat_log, stated_log


def is_linear_in(priors: Priors, question: int) -> bool:
    """Whether the joint prior is linear in a question's stated prior, the others staying."""
    return priors.straight[priors.component[question]]


def responses_of_potentials(
    story: Story, priors: Priors, question: int
) -> dict[tuple[int, int], float]:
    """How the potentials move with the mean of one stated prior, the others kept (model 3).

    For every question of the component with a stated prior, and every value of it but the last, the
    derivative of the logarithm of its potential, relative to the last, by the mean of this prior:
    the inverse of the covariances of what is stated. Cost: one elimination of the component for
    each of these values.
    """
    number = priors.component[question]
    members = [q for q, each in enumerate(priors.component) if each == number]
    stated = [
        (q, value)
        for q in members
        if story.questions[q].prior is not None
        for value in range(story.questions[q].size - 1)
    ]
    joint, unary = _joint_of(story, priors, members)
    place = {q: index for index, q in enumerate(members)}
    rows = []
    for q, value in stated:
        held = list(unary)
        held[place[q]] = [p * (v == value) for v, p in enumerate(unary[place[q]])]
        _, given = joint.marginals(held)
        rows.append(
            [
                priors.stated[q][value] * (given[place[other]][v] - priors.stated[other][v])
                for other, v in stated
            ]
        )
    found = _solved(rows, [float(each == (question, 0)) for each in stated])
    return dict(zip(stated, found, strict=True))


def _joint_of(story: Story, priors: Priors, members: list[int]) -> tuple[_Joint, list[Table]]:
    """The questions of one component ready to be summed, and their potentials as they stand."""
    inside = set(members)
    links = [link for link in story.links if link.first.question in inside]
    joint = _Joint(story, members, links, [each.size for each in story.questions])
    return joint, [priors.potentials[q] or (1.0,) * story.questions[q].size for q in members]


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a few linear equations by elimination with pivots; 0 where there is none."""
    rows = [[*row, end] for row, end in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda each: abs(rows[each][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        if abs(head) < _CLOSE:
            return [0.0] * size
        for row in range(size):
            if row != column:
                factor = rows[row][column] / head
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[each][size] / rows[each][each] for each in range(size)]


def reweighted(story: Story, priors: Priors, asked: Place, prior: float) -> Priors:
    """The joint prior reweighted on one value alone until that has a prior (model 4; Jeffrey).

    The flat priors stay. Raises `IncompatiblePriors` where the links make the value certain.
    """
    question, value = asked.question, asked.value
    now = priors.stated[question][value]
    if not 0.0 < now < 1.0:
        claim = story.questions[question].values[value]
        raise IncompatiblePriors([claim] if claim is not None else [], abs(prior - now))
    scale = prior * (1.0 - now) / ((1.0 - prior) * now)
    number = priors.component[question]
    members = [q for q, each in enumerate(priors.component) if each == number]
    joint, unary = _joint_of(story, priors, members)
    place = members.index(question)
    moved = [each * scale if v == value else each for v, each in enumerate(unary[place])]
    whole = math.fsum(moved)
    unary[place] = tuple(each / whole for each in moved)
    potentials = list(priors.potentials)
    potentials[question] = unary[place]
    log, marginals = joint.marginals(unary)
    stated, logs = list(priors.stated), list(priors.stated_logs)
    logs[number] = log
    for q, marginal in zip(members, marginals, strict=True):
        stated[q] = marginal
    return attrs.evolve(
        priors,
        potentials=tuple(potentials),
        stated=tuple(stated),
        stated_logs=tuple(logs),
    )


_Marginals = tuple[float, list[Table]]
"""The logarithm of a total, and every question's marginal."""


class _Joint:
    """The questions of one component and their links, ready to be summed."""

    def __init__(
        self, story: Story, members: list[int], links: Sequence[Link], sizes: Sequence[int]
    ) -> None:
        self.story = story
        self.members = members
        self.sizes = [sizes[q] for q in members]
        place = {q: index for index, q in enumerate(members)}
        scopes: list[tuple[int, ...]] = [(index,) for index in range(len(members))]
        parts, counts = link_tables(links, story.questions, place)
        self.sizes += counts
        for part in parts:
            # The counts follow the questions.
            scope = (place[each] if each >= 0 else len(members) - 1 - each for each in part.scope)
            scopes.append(tuple(scope))
        self.tables = [part.table(links[part.link], story.questions) for part in parts]
        self.scopes = scopes
        if self.tables:
            order = order_of(self.sizes, scopes)
            if order.entries > LIMIT:
                names = [story.questions[q].id for q in members]
                raise TooEntangled(names, order.entries, LIMIT)
            self.plan = Plan.of(self.sizes, scopes, (), order)

    def flat(self, q: int) -> Table:
        """The flat potential of a question: 1/k, 1/n where alternatives say so (model 2.1)."""
        question = self.story.questions[q]
        return [1.0] * question.size if question.is_sign else question.flat

    def unstated(self, q: int) -> Table:
        """The potential of a question whose prior is not stated: 1/k, alternatives or not."""
        question = self.story.questions[q]
        return [1.0 if question.is_sign else 1.0 / question.size] * question.size

    def marginals(self, unary: Sequence[Table]) -> tuple[float, list[Table]]:
        """The logarithm of the total, and every question's marginal."""
        if not self.tables:
            return 0.0, [tuple(each) for each in unary]
        tape = self.plan.forward([*unary, *self.tables])
        (total,) = tape.result
        if total <= 0.0:
            raise IncompatiblePriors(self._claims(self.members), 1.0)
        flows = tape.backward((1.0 / total,))
        found: list[Table] = []
        for table, flow in zip(unary, flows, strict=False):
            masses = [a * b for a, b in zip(table, flow, strict=True)]
            whole = math.fsum(masses)
            found.append(tuple(mass / whole for mass in masses))
        return tape.log_total, found

    def fit(self, start: Sequence[Table]) -> tuple[list[Table], _Marginals]:
        """The potentials under which every stated prior holds, and what they come to."""
        unary = list(start)
        goals: dict[int, Table] = {}
        for place, q in enumerate(self.members):
            prior = self.story.questions[q].prior
            if prior is not None:
                unary[place], goals[place] = prior, prior
        if not goals:
            return unary, self.marginals(unary)
        unary, found, gap = self._approached(unary, goals)
        if gap > _CLOSE:
            plans = {place: Plan.of(self.sizes, self.scopes, (place,)) for place in goals}
            unary = self._swept(unary, goals, plans)
            found = self.marginals(unary)
        return unary, found

    def _approached(
        self, unary: list[Table], goals: dict[int, Table]
    ) -> tuple[list[Table], _Marginals, float]:
        """The potentials scaled all at once for as long as that helps, and how far they are off.

        One pass gives every marginal, so that a step costs what a single question costs in a sweep.
        What is held fast is the same, and so is what both ways come to.
        """
        best, least = (unary, self.marginals(unary)), math.inf
        tried = best
        while True:
            marginals = tried[1][1]
            gap = max(_gap(marginals[place], goal) for place, goal in goals.items())
            has_helped = gap <= _HELPS * least
            if gap < least:
                best, least = tried, gap
            if not has_helped or least <= _CLOSE:
                return *best, least
            scaled = list(tried[0])
            for place, goal in goals.items():
                scaled[place] = self._scaled(scaled[place], marginals[place], goal)
            tried = scaled, self.marginals(scaled)

    def _swept(
        self, unary: list[Table], goals: dict[int, Table], plans: dict[int, Plan]
    ) -> list[Table]:
        gap = math.inf
        work = sum(len(plan.steps) for plan in plans.values())
        for _ in range(max(_SWEEPS_AT_LEAST, min(_SWEEPS, _MOST_STEPS // work))):
            gap = 0.0
            for place, goal in goals.items():
                masses = plans[place].forward([*unary, *self.tables]).result
                whole = math.fsum(masses)
                if whole <= 0.0:
                    raise IncompatiblePriors(self._claims(self.members), 1.0)
                marginal = [mass / whole for mass in masses]
                gap = max(gap, _gap(marginal, goal))
                unary[place] = self._scaled(unary[place], marginal, goal)
            if gap <= _CLOSE:
                break
        if gap > _GOOD_ENOUGH:
            raise IncompatiblePriors(self._claims([self.members[place] for place in goals]), gap)
        return unary

    def _scaled(self, table: Table, marginal: Table, goal: Table) -> Table:
        scaled = [
            0.0 if have <= 0.0 else each * want / have
            for each, have, want in zip(table, marginal, goal, strict=True)
        ]
        whole = math.fsum(scaled)
        if whole <= 0.0:
            raise IncompatiblePriors(self._claims(self.members), 1.0)
        return [each / whole for each in scaled]

    def _claims(self, members: Iterable[int]) -> list[str]:
        questions = [self.story.questions[q] for q in members]
        return [claim for question in questions for claim in question.values if claim is not None]


def _gap(marginal: Table, goal: Table) -> float:
    return max(abs(a - b) for a, b in zip(marginal, goal, strict=True))
