"""Do the intervals of `weigh` hold the answer as often as they say, were every number known?

Cases are drawn: one to eight sources with letters or vague numbers, competence, relays, a link, a
prior that is known only roughly. For every case its 90 % interval is asked for once; then all that
is uncertain in it is drawn, every reliability, access, passing-on, skill, prior and theta, and all
is computed again from what was drawn. Prints how often the new answer lies in the interval, beside
how often it lies in that of the delta method, log-odds and 1.645 standard deviations either way.

    python benchmarks/interval_coverage.py [cases] [draws]
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator
from typing import Any

import attrs

from provenance import Graph, load_case
from provenance.graph import Place, Story
from provenance.inference import log_odds, weigh_story
from provenance.scales import THETA, Degree

SPREAD = 0.7  # of log theta
STEP = 1e-4
REACH = 1.645


def vague(chance: random.Random) -> Any:
    """A number that is known only roughly."""
    mean = chance.choice((0.2, 0.4, 0.5, 0.6, 0.75, 0.9))
    return {"mean": mean, "strength": chance.choice((4, 8, 16, 40))}


def drawn_case(chance: random.Random) -> dict[str, Any]:
    """One to eight sources on a claim and, now and then, on a sign of it."""
    linked = chance.random() < 0.4
    claims = [
        {
            "id": "x",
            "text": "that x",
            "prior": chance.choice((0.05, 0.2, 0.5, {"mean": 0.2, "strength": 10})),
        }
    ]
    links = []
    if linked:
        claims.append({"id": "y", "text": "a sign of it"})
        links = [{"kind": "evidence", "claim": "x", "sign": "y", "if_true": 0.8, "if_false": 0.2}]
    sources: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for n in range(chance.randint(1, 8)):
        source: dict[str, Any] = {"id": f"s{n}"}
        source["reliability"] = chance.choice("ABBCCD") if chance.random() < 0.5 else vague(chance)
        if chance.random() < 0.2:
            source["access"] = vague(chance)
        sources.append(source)
        each: dict[str, Any] = {"id": f"a{n}", "source": f"s{n}"}
        origins = [one["id"] for one in said if "claim" in one]
        if origins and chance.random() < 0.35:
            each["cites"] = chance.choice(origins)
        else:
            each["claim"] = "y" if linked and chance.random() < 0.4 else "x"
            each["stance"] = "denies" if chance.random() < 0.2 else "affirms"
            each["basis"] = chance.choice(("unstated", "unstated", "firsthand"))
            if chance.random() < 0.3:
                each["competence"] = vague(chance)
        said.append(each)
    return {
        "version": 1,
        "claims": claims,
        "links": links,
        "sources": sources,
        "attributions": said,
    }


def exactly(degree: Degree, chance: random.Random) -> Degree:
    """A number drawn from what is believed of it."""
    a, b = degree.mean * degree.strength, (1.0 - degree.mean) * degree.strength
    if math.isinf(degree.strength) or a == 0.0 or b == 0.0:
        return degree
    return Degree(min(1.0 - 1e-12, max(1e-12, chance.betavariate(a, b))))


def redrawn(story: Story, chance: random.Random) -> Story:
    """The story with every uncertain number drawn."""
    return attrs.evolve(
        story,
        witnesses=tuple(
            attrs.evolve(
                each,
                reliability=each.reliability and exactly(each.reliability, chance),
                access=exactly(each.access, chance),
                passing_on=exactly(each.passing_on, chance),
            )
            for each in story.witnesses
        ),
        statements=tuple(
            attrs.evolve(each, skill=exactly(each.skill, chance)) for each in story.statements
        ),
        questions=tuple(
            each
            if each.prior is None
            else attrs.evolve(each, prior=_pair(exactly(Degree(each.prior[0], each.strength), chance)))
            for each in story.questions
        ),
    )  # fmt: skip


def _pair(degree: Degree) -> tuple[float, float]:
    return degree.mean, 1.0 - degree.mean


def moved(story: Story) -> Iterator[tuple[Degree, Story]]:
    """Every uncertain number, and the story in which its mean is a little higher."""
    for n, witness in enumerate(story.witnesses):
        for field in ("reliability", "access", "passing_on"):
            degree = getattr(witness, field)
            if math.isfinite(degree.strength):
                higher = attrs.evolve(witness, **{field: Degree(degree.mean + STEP)})
                witnesses = (*story.witnesses[:n], higher, *story.witnesses[n + 1 :])
                yield degree, attrs.evolve(story, witnesses=witnesses)
    for n, statement in enumerate(story.statements):
        if math.isfinite(statement.skill.strength):
            better = attrs.evolve(statement, skill=Degree(statement.skill.mean + STEP))
            rest = (*story.statements[:n], better, *story.statements[n + 1 :])
            yield statement.skill, attrs.evolve(story, statements=rest)
    for n, question in enumerate(story.questions):
        if question.prior is not None and math.isfinite(question.strength):
            prior = Degree(question.prior[0], question.strength)
            likelier = attrs.evolve(question, prior=_pair(Degree(prior.mean + STEP)))
            rest_of = (*story.questions[:n], likelier, *story.questions[n + 1 :])
            yield prior, attrs.evolve(story, questions=rest_of)


def by_slopes(story: Story, place: Place) -> tuple[float, float]:
    """The interval of the delta method, in log-odds."""
    centre = _at(story, place, THETA)
    variance = ((_at(story, place, THETA * math.exp(STEP)) - centre) / STEP * SPREAD) ** 2
    for degree, other in moved(story):
        slope = (_at(other, place, THETA) - centre) / STEP
        variance += slope**2 * degree.mean * (1.0 - degree.mean) / (degree.strength + 1.0)
    reach = REACH * math.sqrt(variance)
    return centre - reach, centre + reach


def _at(story: Story, place: Place, theta: float) -> float:
    found = log_odds(story, place, theta=theta)
    assert found is not None
    return found


def coverage(seed: int, draws: int) -> tuple[float, float]:
    """Of one drawn case, how often its interval, and that of the delta method, holds the answer."""
    chance = random.Random(seed)
    story = Graph.of(load_case(drawn_case(chance))).story("x")
    place = story.places["x"]
    answer = weigh_story(story, place)
    low, high = by_slopes(story, place)
    inside = delta = 0
    for _ in range(draws):
        theta = THETA * math.exp(chance.gauss(0.0, SPREAD))
        value = _at(redrawn(story, chance), place, theta)
        inside += answer.low <= 1.0 / (1.0 + math.exp(-value)) <= answer.high
        delta += low <= value <= high
    return inside / draws, delta / draws


def main() -> None:
    """Print what was counted."""
    cases, draws = (int(each) for each in (sys.argv[1:] + ["200", "200"][len(sys.argv) - 1 :])[:2])
    found = [coverage(seed, draws) for seed in range(cases)]
    print(f"{cases} cases, {draws} draws each; a 90 % interval should hold .90")
    for name, shares in zip(("responses", "delta method"), zip(*found, strict=True), strict=True):
        within = sum(0.85 <= share <= 0.95 for share in shares)
        print(
            f"{name:>13}: {math.fsum(shares) / cases:.3f} on average, "
            f"{min(shares):.2f} to {max(shares):.2f}, "
            f"{within} of {cases} cases between .85 and .95"
        )


if __name__ == "__main__":
    main()
