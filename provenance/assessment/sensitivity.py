"""Sensitivity: how the answer hangs on the reliability of each source."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import pairwise
from typing import Any

import attrs

from provenance.assessment.costs import bounded
from provenance.assessment.names import Names
from provenance.assessment.responses import replays_fit, response_of
from provenance.assessment.what_if import Questioned, expit, questioned
from provenance.bounds import Cancel
from provenance.display import Shown
from provenance.errors import IncompatiblePriors, InvalidValue
from provenance.inference import Coupling
from provenance.records import Case, Source
from provenance.scales import GRADES, Scale, in_words, percent
from provenance.scales import scale as scale_named

__all__ = [
    "PRIORS",
    "Curve",
    "NextWord",
    "Point",
    "Sensitivity",
    "SourceSensitivity",
    "crossing",
    "curve_of",
    "logit",
    "over_priors",
    "priors_in",
    "sensitivity",
    "sensitivity_in",
]

# Curves: how an answer moves as one number goes through its whole range.

PRIORS: tuple[float, ...] = (
    0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99,
)  # fmt: skip
"""The priors at which the evidence is weighed unless others are asked for."""


@attrs.frozen
class Point:
    """One point of a curve."""

    at: float
    """The number that was put in, in [0, 1]."""
    probability: float
    """The probability of the claim with it."""


@attrs.frozen(repr=False)
class Curve(Shown):
    """The answer as a function of one number."""

    about: str
    """The number, as doubts name it: `prior:ID` or `reliability:ID`."""
    here: float | None
    """What it is in the case; `None` where it is not judged."""
    probability: float
    """The answer as the case stands."""
    points: tuple[Point, ...]
    """The points, in ascending order; values that the rest of the case rules out are left out."""
    even: float | None
    """Where the answer crosses 1/2, of several places the one nearest to `here`; `None` if nowhere."""
    title: str = ""
    """What the number is, with the source or the claim by its name."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "about": self.about,
            "here": self.here,
            "probability": self.probability,
            "points": [[point.at, point.probability] for point in self.points],
            "even": self.even,
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        kind = self.about.partition(":")[0]
        yield self.title or self.about
        yield ""
        yield f"{kind:>11}  answer"
        for point in self.points:
            yield f"{point.at:>11.2f}  {percent(point.probability)}"
        yield ""
        here = "not judged" if self.here is None else f"{self.here:.2g}"
        yield f"In the case it is {here}, and the answer {percent(self.probability)}."
        if self.even is None:
            yield "The answer crosses 1/2 nowhere in this range."
        else:
            yield f"The answer crosses 1/2 at {self.even:.2f}."


Function = Callable[[float], float | None]
"""The log-odds of the answer for a value of the number; `None` where the rest rules it out."""


def curve_of(
    about: str,
    title: str,
    here: float | None,
    probability: float,
    function: Function,
    at: Sequence[float],
) -> Curve:
    """A curve through some values of a number."""
    found = [(x, y) for x in sorted(set(at)) if (y := function(x)) is not None]
    return Curve(
        about=about,
        here=here,
        probability=probability,
        points=tuple(Point(x, expit(y)) for x, y in found),
        even=crossing(function, found, 0.0, here),
        title=title,
    )


def crossing(
    function: Function, points: Sequence[tuple[float, float]], goal: float, here: float | None
) -> float | None:
    """Where a function reaches a goal, of several places the one nearest to `here`.

    Found between points of which one is above the goal and one below, to 1e-9, by false position
    with halving (the Illinois method); `None` where no two neighbouring points enclose the goal.
    """
    found = [
        _enclosed(function, goal, *pair)
        for pair in pairwise(points)
        if min(pair[0][1], pair[1][1]) <= goal <= max(pair[0][1], pair[1][1])
        and pair[0][1] != pair[1][1]
    ]
    return min(found, key=lambda x: abs(x - (here or 0.0)), default=None)


def _enclosed(
    function: Function, goal: float, low: tuple[float, float], high: tuple[float, float]
) -> float:
    (a, fa), (b, fb) = (low[0], low[1] - goal), (high[0], high[1] - goal)
    for _ in range(100):
        if math.isinf(fa) or math.isinf(fb):
            x = 0.5 * (a + b)
        else:
            x = b - fb * (b - a) / (fb - fa)
        y = function(x)
        assert y is not None  # what the case rules out is at an end of the range
        fx = y - goal
        if abs(fx) < 1e-12:
            return x
        if (fx < 0.0) != (fb < 0.0):
            a, fa = b, fb
        else:
            fa *= 0.5
        b, fb = x, fx
    return b


def logit(p: float) -> float:
    """The natural log-odds of a probability above 0 and below 1."""
    return math.log(p) - math.log1p(-p)


@bounded
def over_priors(
    case: Case,
    claim: str,
    priors: Sequence[float] = PRIORS,
    *,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Curve:
    """The same evidence on every prior of a claim, each known exactly.

    Every point is the probability of `weigh(case, claim).at_prior(prior)`. Priors that the stated
    priors of other claims and the links between them rule out are left out. Cost: one replay of the
    story per prior.

    Args:
        case: what is on record.
        claim: the id of the claim.
        priors: the priors to try, each above 0 and below 1.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> print(over_priors(case, "sailed", (0.1, 0.25, 0.5, 0.75)))
    The prior of “The ship sailed”
    <BLANKLINE>
          prior  answer
           0.10  25 %
           0.25  50 %
           0.50  75 %
           0.75  90 %
    <BLANKLINE>
    In the case it is 0.1, and the answer 25 %.
    The answer crosses 1/2 at 0.25.
    """
    outside = [prior for prior in priors if not 0.0 < prior < 1.0]
    if outside:
        raise InvalidValue(f"expected priors above 0 and below 1, found {outside[0]!r}")
    return priors_in(questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed), priors)


def priors_in(asked: Questioned, priors: Sequence[float] = PRIORS) -> Curve:
    """The same evidence on every prior, for a claim that is laid out already; see `over_priors`."""
    prior = asked.evaluation.priors.stated[asked.place.question][asked.place.value]
    function = partial(_at_prior, asked)
    if not asked.evaluation.is_exact:
        looked_at = _spread(sorted(set(priors)))
        swept = asked.swept_at_priors(looked_at)
        known = {x: swept[x] if x in swept else function(x) for x in looked_at}
        found = {x: y for x, y in known.items() if y is not None}
        function = partial(_between, found)
    return curve_of(
        f"prior:{asked.claim}",
        f"The prior of {Names(asked.graph).claim(asked.claim)}",
        prior,
        asked.sums.probability,
        function,
        priors,
    )


def _spread(priors: Sequence[float]) -> Sequence[float]:
    """Some of many priors, the first and the last among them."""
    last = len(priors) - 1
    if last < _LOOKED_AT:
        return priors
    return [priors[place * last // _LOOKED_AT] for place in range(_LOOKED_AT + 1)]


def _between(known: Mapping[float, float], prior: float) -> float | None:
    """The log-odds of a simulated answer on a prior, between two on which it was looked at.

    From one of them to the next they go with those of the prior. `None` beyond all of them.
    """
    if prior in known:
        return known[prior]
    below = max((each for each in known if each < prior), default=None)
    above = min((each for each in known if each > prior), default=None)
    if below is None or above is None:
        return None
    share = (logit(prior) - logit(below)) / (logit(above) - logit(below))
    # Beyond what is certain there is nothing to draw a line to.
    low, high = (max(-_CERTAIN, min(_CERTAIN, known[each])) for each in (below, above))
    return low + share * (high - low)


def _at_prior(asked: Questioned, prior: float) -> float | None:
    try:
        return asked.log_odds_at_prior(prior)
    except IncompatiblePriors:
        return None


_JUST_PAST = 1e-9
_LOOKED_AT = 15  # priors on which a simulated answer is looked at; between them lines are drawn
_CERTAIN = 700.0  # log-odds beyond which a probability is 0 or 1


@attrs.frozen
class NextWord:
    """Where the answer reaches another word of a scale."""

    word: str
    """The word."""
    probability: float
    """The edge at which the scale goes over to it."""
    reliability: float
    """The reliability at which the answer stands on that edge."""


@attrs.frozen(repr=False)
class SourceSensitivity(Shown):
    """How the answer depends on one source."""

    source: str
    """The id of the source."""
    name: str
    """What it is called."""
    reliability: str
    """Its reliability as the case has it: a grade, or a mean; F where nobody has judged it."""
    curve: Curve
    """The answer over its reliability from 0 to 1; `curve.even` is where it crosses 1/2."""
    next_words: tuple[NextWord, ...]
    """Where the answer reaches the next word of the scale, below and above; empty if nowhere."""
    lower_grade: str
    """The grade one step down, its own where there is none; E for one that is not judged."""
    lower: float
    """The answer with that grade."""
    upper_grade: str
    """The grade one step up, its own where there is none; A for one that is not judged."""
    upper: float
    """The answer with that grade."""

    @property
    def swing(self) -> float:
        """How far apart the answers are: with the two grades, and as the case stands.

        As the case stands is no answer between the other two where a better grade moves it the
        same way as a worse one: by making another source's independence doubtful, for instance.
        """
        answers = (self.lower, self.curve.probability, self.upper)
        return max(answers) - min(answers)

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "source": self.source,
            "name": self.name,
            "reliability": self.reliability,
            "curve": self.curve.data,
            "next_words": [attrs.asdict(each) for each in self.next_words],
            "lower_grade": self.lower_grade,
            "lower": self.lower,
            "upper_grade": self.upper_grade,
            "upper": self.upper,
            "swing": self.swing,
        }


@attrs.frozen(repr=False)
class Sensitivity(Shown):
    """How the answer depends on each source, the one that moves it most first."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    probability: float
    """The answer as the case stands."""
    scale: str
    """The scale whose words are looked for."""
    sources: tuple[SourceSensitivity, ...]
    """Every source that is heard, by how far a grade down or up moves the answer."""
    approximate: bool = False
    """Whether the curves are read off a simulation."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data that JSON can carry."""
        return {
            "claim": self.claim,
            "text": self.text,
            "probability": self.probability,
            "scale": self.scale,
            "approximate": self.approximate,
            "sources": [each.data for each in self.sources],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self.text
        yield ""
        yield f"It stands at {percent(self.probability)}. One grade down, one grade up:"
        width = max((len(each.name) for each in self.sources), default=0)
        for each in self.sources:
            steps = (
                f"{each.lower_grade} {100 * each.lower:5.1f} %  "
                f"{each.upper_grade} {100 * each.upper:5.1f} %"
            )
            yield f"  {each.name:<{width}}  {each.reliability:<4}  {steps}{_crossings(each)}"


def _crossings(each: SourceSensitivity) -> str:
    found = [f"'{other.word}' at {other.reliability:.2f}" for other in each.next_words]
    if each.curve.even is not None:
        found.insert(0, f"1/2 at {each.curve.even:.2f}")
    return f"  reaches {', '.join(found)}" if found else ""


@bounded
def sensitivity(
    case: Case,
    claim: str,
    *,
    scale: str = "icd203",
    points: int = 11,
    as_of: date | str | None = None,
    coupling: Coupling = "story",
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Sensitivity:
    """How the answer depends on the reliability of each source that is heard.

    Every curve goes through reliabilities from 0 to 1, everything else as it is. With t the chance
    that the source says what is true, the answer is (a + b t) / (c + d t) as long as nobody quotes
    the source; then a curve costs next to nothing.
    Elsewhere, as for someone whom others quote, every point replays the story.
    Of a simulated answer every curve is read off as such a ratio, what others were expected to say
    staying as the case has it, and `approximate` is true; a source of reliability 0 or 1 costs a
    shorter simulation. The same is done where the budget does not cover the replays.

    Args:
        case: what is on record.
        claim: the id of the claim.
        scale: the scale of likelihood whose next words are looked for.
        points: how many points a curve has, at least two.
        as_of: leave out what was said later, as for `weigh`.
        coupling: which statements of a source stand or fall together, as for `weigh`.
        seed: where simulation starts, if there is any.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises `UnknownName` for a claim or a scale that is not there, `InvalidValue` for fewer than two
    points and for a scale without ranges.

    >>> from provenance import load_case
    >>> case = load_case({
    ...     "version": 1,
    ...     "claims": [{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     "sources": [{"id": "pilot", "reliability": "C"}],
    ...     "attributions": [{"id": "log", "source": "pilot", "claim": "sailed"}],
    ... })
    >>> print(sensitivity(case, "sailed"))
    The ship sailed
    <BLANKLINE>
    It stands at 25 %. One grade down, one grade up:
      pilot  C     D  15.6 %  B  43.8 %  reaches 1/2 at 0.80, 'very unlikely' at 0.38, 'roughly even chance' at 0.76
    """
    if points < 2:
        raise InvalidValue(f"expected at least two points, found {points}")
    words = scale_named(scale)
    if not words.bands:
        raise InvalidValue(f"expected a scale with ranges of probabilities, found {scale!r}")
    asked = questioned(case, claim, as_of=as_of, coupling=coupling, seed=seed)
    return sensitivity_in(asked, words, points)


def sensitivity_in(asked: Questioned, scale: Scale, points: int = 11) -> Sensitivity:
    """How an answer that is laid out already depends on each source; see `sensitivity`."""
    grid = [place / (points - 1) for place in range(points)]
    heard = {witness.id for witness in asked.story.witnesses}
    sources = [source for source in asked.case.sources if source.id in heard]
    fit = replays_fit(asked, len(sources), 1)
    found = [_of(asked, source, scale, grid, None if fit else False) for source in sources]
    return Sensitivity(
        claim=asked.claim,
        text=asked.graph.texts[asked.claim],
        probability=asked.sums.probability,
        scale=scale.name,
        sources=tuple(sorted(found, key=lambda each: (-round(each.swing, 12), each.source))),
        # What is left only shrinks: where replays fit at the end, they did for every source.
        approximate=not asked.evaluation.is_exact or not fit or not replays_fit(asked),
    )


def _of(
    asked: Questioned,
    source: Source,
    scale: Scale,
    grid: Sequence[float],
    replays: bool | None,
) -> SourceSensitivity:
    number = next(n for n, each in enumerate(asked.story.witnesses) if each.id == source.id)
    degree = asked.story.witnesses[number].reliability
    here = None if degree is None else degree.mean
    response = response_of(asked, number, replays=replays)

    @cache
    def function(reliability: float) -> float | None:
        found = response(reliability)
        return None if found is None else found.log_odds

    own = asked.sums.probability
    name = Names(asked.graph).source(source.id)
    title = f"The reliability of {name}"
    curve = curve_of(f"reliability:{source.id}", title, here, own, function, grid)
    lower, upper = _steps(here)
    return SourceSensitivity(
        source=source.id,
        name=name,
        reliability=_label(source, here),
        curve=curve,
        next_words=tuple(_next_words(scale, curve, function)),
        lower_grade=lower or _label(source, here),
        lower=own if lower is None else _at_grade(function, lower, own),
        upper_grade=upper or _label(source, here),
        upper=own if upper is None else _at_grade(function, upper, own),
    )


def _label(source: Source, mean: float | None) -> str:
    if isinstance(source.reliability, str):
        return source.reliability
    return "F" if mean is None else f"{mean:.2f}"


def _steps(mean: float | None) -> tuple[str | None, str | None]:
    """The grades one step down and one step up from a mean; the ends where it is not judged."""
    if mean is None:
        return "E", "A"
    means = {label: degree.mean for label, degree in GRADES.items() if degree is not None}
    below = [label for label, each in means.items() if each < mean]
    above = [label for label, each in means.items() if each > mean]
    return max(below, key=means.__getitem__, default=None), min(
        above, key=means.__getitem__, default=None
    )


def _at_grade(function: Function, grade: str, own: float) -> float:
    degree = GRADES[grade]
    assert degree is not None
    found = function(degree.mean)
    return own if found is None else expit(found)


def _next_words(scale: Scale, curve: Curve, function: Function) -> Iterator[NextWord]:
    """Where the answer reaches the edge below and the edge above the word that it has."""
    p = curve.probability
    points = [(each.at, y) for each in curve.points if (y := function(each.at)) is not None]
    spans = [span for band in scale.bands if (span := scale.extent(band)) is not None]
    edges = {edge for span in spans for edge in (span.low, span.high)}
    inside = sorted(edge for edge in edges if 0.0 < edge < 1.0)
    below = [edge for edge in inside if edge < p - _JUST_PAST]
    above = [edge for edge in inside if edge > p + _JUST_PAST]
    for edge, side in ((below[-1:], -_JUST_PAST), (above[:1], _JUST_PAST)):
        for goal in edge:
            at = crossing(function, points, logit(goal), curve.here)
            if at is not None:
                yield NextWord(in_words(goal + side, scale.name).text, goal, at)
