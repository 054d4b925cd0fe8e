"""Everything that the twin knows about one target, at once."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from provenance.graph import Place, Story
from tests.twins.slow_twin import Impossible, Twin, difference, log2_odds

__all__ = ["Answer", "answer"]


@attrs.frozen
class Answer:
    """Everything that can be compared with the library, for one target."""

    probability: float
    prior: float
    """The effective prior: links and stated priors, no evidence."""
    questions: tuple[tuple[float, ...], ...]
    states: dict[object, float]
    """P(tracks | evidence), by state."""
    said: dict[int, tuple[float, ...]]
    """The distribution of what every statement says."""
    bits: float | None
    """Weight of all the evidence."""
    statement_bits: dict[int, float | None]
    """By statement in hand."""
    origin_bits: dict[tuple[str, ...], float | None]
    """By group of sources left out together."""
    potentials: dict[str, float]
    slopes: dict[str, float]
    """d logit / d theta by what it is about, for everything with a variance."""
    variances: dict[str, float]
    interval: tuple[float, float]
    doubts: dict[str, float]
    opinion: tuple[float, float, float, float]


def answer(story: Story, target: Place, coupling: str = "story") -> Answer:
    """Everything that the twin knows about one target."""
    twin = Twin(story, coupling)
    total, marginals = twin.posterior(target)
    if total == 0:
        raise Impossible
    so, not_so = twin.parts(target)
    p: float = so / total  # type: ignore[assignment]
    prior = twin.effective_prior(target)
    certain = so == 0 or not_so == 0
    slopes = {} if certain else twin.slopes(target)
    variances = twin.parameters()
    variance = sum(slopes[about] ** 2 * variances[about] for about in slopes)
    potentials = twin.potentials(target)
    return Answer(
        probability=p,
        prior=prior,
        questions=tuple(
            tuple(part / total for part in marginals["question", q].values())  # type: ignore[misc]
            for q in range(len(story.questions))
        ),
        states={
            variable[1]: row[True] / total  # type: ignore[misc]
            for variable, row in marginals.items()
            if variable[0] == "tracks"
        },
        said={
            index: tuple(
                marginals["said", index].get(v, 0.0) / total  # type: ignore[misc]
                for v in range(story.questions[statement.question].size)
            )
            for index, statement in enumerate(story.statements)
        },
        bits=difference(log2_odds(so, not_so), log2_odds(prior, 1.0 - prior)),
        statement_bits={
            index: None if certain else twin.statement_bits(target, index)
            for index, statement in enumerate(story.statements)
            if statement.in_hand
        },
        origin_bits={
            group: None if certain else twin.origin_bits(target, group)
            for group in twin.groups(target)
        },
        potentials=potentials,
        slopes=slopes,
        variances=variances,
        interval=_interval(p, variance, potentials.values(), certain),
        doubts={about: slope**2 * variances[about] / variance for about, slope in slopes.items()}
        if variance > 0.0
        else {},
        opinion=_opinion(p, prior, variance, twin, target),
    )


def _interval(
    p: float, variance: float, potentials: Iterable[float], certain: bool
) -> tuple[float, float]:
    if certain:
        return (p, p)
    centre, reach = math.log(p) - math.log1p(-p), 1.645 * math.sqrt(variance)
    ends = [expit(centre - reach), expit(centre + reach), *potentials]
    return (min(ends), max(ends))


def _opinion(
    p: float, prior: float, variance: float, twin: Twin, target: Place
) -> tuple[float, float, float, float]:
    """(b, d, u, a); the story's origins count as kept where their source is judged."""
    judged = any(
        statement.cites is None
        and twin.component[statement.question] == twin.component[target.question]
        and twin.story.witnesses[statement.witness].reliability is not None
        for statement in twin.story.statements
    )
    v = (p * (1.0 - p)) ** 2 * variance
    ess = math.inf if v == 0.0 else max(0.0, p * (1.0 - p) / v - 1.0)
    vague = 2.0 / (2.0 + ess) if judged else 1.0
    u = min(
        vague,
        math.inf if prior == 0.0 else p / prior,
        math.inf if prior == 1.0 else (1.0 - p) / (1.0 - prior),
    )
    b = p - prior * u
    return (b, 1.0 - b - u, u, prior)


def expit(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
