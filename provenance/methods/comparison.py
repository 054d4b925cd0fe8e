"""Several methods side by side on one claim, each with a sentence on why it differs."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import attrs

from provenance.assessment import Names, as_day, bounded, naming
from provenance.bounds import Cancel, spend
from provenance.display import Shown, drawn
from provenance.errors import InvalidValue, TooCostly, UnknownName
from provenance.graph import Graph, Lineage, Place, Story
from provenance.inference import Answer, priors_of, weigh_story
from provenance.methods.ranking import CLAIM, Semantics, arguments_of, rank
from provenance.methods.routes import (
    Fusion,
    Route,
    Shared,
    SubjectiveReading,
    read_subjectively,
    routes_of,
)
from provenance.methods.subjective_logic import Discounting
from provenance.methods.support import Support, support_of
from provenance.records import Case
from provenance.scales import listed, quoted

__all__ = [
    "Comparison",
    "Count",
    "MethodReading",
    "Ranking",
    "_effective_prior",
    "averaged",
    "compare",
    "count_mentions",
    "count_origins",
    "rank_arguments",
    "weakest_links",
    "weigh_possible_worlds",
    "weigh_subjective",
]

_READING = 500  # operations for a statement, all methods together
_OF_A_LINK = 250  # operations for a link, as rules of possible worlds

# What people do without a method: counting mentions, counting origins, averaging, weakest link.
#
# They are here to be compared with, each as the probability that it comes to on the same prior.

WITNESS = 0.5
"""How far each counted voice is taken to track what is so: that of a source of grade C."""


@attrs.frozen
class Count:
    """How many voices are for a claim, and how many against it."""

    supporting: int
    """How many speak for it."""
    opposing: int
    """How many speak against it."""

    def at_prior(self, prior: float, witness: float = WITNESS) -> float:
        """The probability if each were an independent witness who tracks with this probability.

        A witness multiplies the odds by (1 + t) / (1 - t), which is 3 for the default of 1/2.
        Raises `InvalidValue` for a prior outside [0, 1], or a witness that never or always tracks.

        >>> round(Count(supporting=5, opposing=0).at_prior(0.1), 3)
        0.964
        """
        if not 0.0 <= prior <= 1.0:
            raise InvalidValue(f"expected a prior between 0 and 1, found {prior!r}")
        if not 0.0 < witness < 1.0:
            raise InvalidValue(f"expected a witness above 0 and below 1, found {witness!r}")
        return _moved(prior, (self.supporting - self.opposing) * weight_of(witness))

    def __str__(self) -> str:
        return f"{self.supporting} for, {self.opposing} against"


def weight_of(track: float) -> float:
    """The log-likelihood ratio of one yes/no witness who tracks with this probability, in nats.

    >>> round(weight_of(0.5), 3)  # log 3
    1.099
    """
    return 2.0 * math.atanh(max(-_SUREST, min(_SUREST, track)))


_SUREST = 1.0 - 1e-15


def count_mentions(lineage: Lineage) -> Count:
    """Every statement on record counts one, no matter who has it from whom.

    A mention is the same here as where an assessment tells how often a claim is mentioned: those
    that we have, and those through which they came.
    """
    return Count(lineage.mentions_for, lineage.mentions_against)


def count_origins(lineage: Lineage) -> Count:
    """Every group of origins counts one for each side on which it is heard, judged or not."""
    return Count(
        len({origin.group for origin in lineage.origins if origin.supports}),
        len({origin.group for origin in lineage.origins if origin.opposes}),
    )


def averaged(routes: Sequence[Route], prior: float) -> float:
    """The mean of what each statement that we have would make of the prior alone.

    This is the linear opinion pool (Stone, Annals of Mathematical Statistics 32(4), 1961) with
    equal weights; the prior where we have nothing.
    """
    alone = [_moved(prior, weight_of(route.strength)) for route in routes]
    return math.fsum(alone) / len(alone) if alone else prior


def weakest_links(routes: Sequence[Route], prior: float) -> float:
    """The probability if a chain were as strong as its weakest link.

    Each origin counts once for each side, by its best chain; origins add up as independent ones.
    """
    best: dict[tuple[int, bool], float] = {}
    for route in routes:
        key = (route.origin, route.leaning > 0.0)
        best[key] = max(best.get(key, 0.0), route.weakest * abs(route.leaning))
    return _moved(
        prior, math.fsum(weight_of(s) if up else -weight_of(s) for (_, up), s in best.items())
    )


def _moved(prior: float, weight: float) -> float:
    """The probability after adding a weight to the log-odds of a prior."""
    if prior in (0.0, 1.0):
        return prior
    log_odds = math.log(prior / (1.0 - prior)) + weight
    if log_odds < -700.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-log_odds))


@attrs.frozen(repr=False)
class MethodReading(Shown):
    """What one method makes of a claim."""

    method: str
    """The name of the method."""
    probability: float | None
    """Its answer on the scale from 0 to 1, on the same prior as all others; `None` for no answer."""
    low: float | None
    """The lower end of its interval; `None` where it has none."""
    high: float | None
    """The upper end of its interval; `None` where it has none."""
    finding: str
    """The answer in the method's own terms."""
    why: str
    """One sentence on why it differs from the testimony network."""

    def __str__(self) -> str:
        return f"{self.method}: {_shown(self.probability)}, {self.finding}"


@attrs.frozen(repr=False)
class Comparison(Shown):
    """Several methods on one claim, the testimony network first."""

    claim: str
    """The id of the claim."""
    text: str
    """Its text."""
    prior: float
    """Its effective prior, which all methods are given."""
    rows: tuple[MethodReading, ...]
    """One reading for each method, always in the same order."""
    warnings: tuple[str, ...]
    """What makes some of the methods unfit for this case."""

    def row(self, method: str) -> MethodReading:
        """The reading of one method; raises `UnknownName` for a method that is not there."""
        for each in self.rows:
            if each.method == method:
                return each
        raise UnknownName("method", method, [each.method for each in self.rows])

    def _repr_svg_(self) -> str:
        return drawn("methods_svg", self)

    def __str__(self) -> str:
        lines = [f"{quoted(self.text)}, on a prior of {_shown(self.prior)}", ""]
        width = max(len(each.method) for each in self.rows)
        for each in self.rows:
            lines.append(f"{each.method:<{width}}  {_shown(each.probability):>5}  {each.finding}")
            lines += textwrap.wrap(each.why, 76, initial_indent="    ", subsequent_indent="    ")
        for warning in self.warnings:
            lines += ["", *textwrap.wrap(warning, 80)]
        return "\n".join(lines)


def _shown(probability: float | None) -> str:
    return "–" if probability is None else f"{probability:.3f}"


@bounded
def compare(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    seed: int = 0,
    budget: int | None = None,
    cancel: Cancel | None = None,
) -> Comparison:
    """The testimony network and other methods side by side on one claim.

    All read the same case in canonical form, with the same reliability, access, interest, skill and
    wording of every statement and the same prior; they differ in how they put them together.

    Args:
        as_of: leave out what was said later; a day, or a text such as "2015-08".
        seed: for the methods that fall back to sampling.
        budget: how many operations it may take, as for `weigh`.
        cancel: what to ask whether to stop, as for `weigh`.

    Raises:
        UnknownName: no such claim.
        ImpossibleEvidence: statements that cannot all be true.
        IncompatiblePriors, TooEntangled: as in `weigh`.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     sources=[{"id": "general", "reliability": "C"}, {"id": "now", "reliability": "B"},
    ...              {"id": "post", "reliability": "B"}, {"id": "wire", "reliability": "B"}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "now-tweet", "source": "now", "cites": "tweet"},
    ...         {"id": "post-tweet", "source": "post", "cites": "tweet"},
    ...         {"id": "wire-tweet", "source": "wire", "cites": "tweet"},
    ...     ],
    ... )
    >>> for row in compare(case, "sailed").rows:
    ...     print(f"{row.probability:.2f}  {row.method}")
    0.25  testimony network
    0.76  subjective logic, cumulative
    0.54  subjective logic, averaging
    0.18  possible worlds
    0.55  argument ranking, DF-QuAD
    0.28  argument ranking, quadratic energy
    0.90  count of mentions
    0.25  count of origins
    0.24  averaging
    0.25  weakest link
    """
    graph = Graph.kept(case, as_day(as_of))
    story, place = graph.story(claim), graph.place(claim)
    return compared(graph, claim, weigh_story(story, place, seed=seed), seed)


def compared(graph: Graph, claim: str, network: Answer, seed: int = 0) -> Comparison:
    """Other methods beside an answer of the testimony network that is there already; see `compare`."""
    story, place = graph.story(claim), graph.place(claim)
    spend(_READING * len(story.statements), "reading a claim by several methods")
    prior = network.prior
    routes = routes_of(story, place)
    cumulative = read_subjectively(story, place, prior, fusion="cumulative")
    rows = (
        _network_row(network),
        _cumulative_row(cumulative),
        _averaging_row(story, place, prior),
        _worlds_row(story, place, seed),
        *_ranking_rows(story, place, prior),
        *_baseline_rows(graph.lineage(claim), routes, prior),
    )
    warnings = tuple(_warnings(Names(graph), cumulative.shared))
    return Comparison(claim, graph.texts[claim], prior, rows, warnings)


def _warnings(names: Names, shared: Sequence[Shared]) -> Iterator[str]:
    """What subjective logic counts for every route that runs through it."""
    if shared:
        found = [
            f"{names.source(each.id) if each.kind == 'source' else _said(names, each.id)} "
            f"({each.routes})"
            for each in shared
        ]
        yield f"In subjective logic several routes share, and count for each: {listed(found, 4)}."


def _said(names: Names, statement: str) -> str:
    return f"what {names.statements([statement])} said"


def _network_row(network: Answer) -> MethodReading:
    return MethodReading(
        "testimony network",
        network.probability,
        network.low,
        network.high,
        f"90 % between {network.low:.3f} and {network.high:.3f}",
        "Shared sources and origins are counted once, what a source says cannot vouch for itself, "
        "and an unlikely claim counts against those who make it.",
    )


def _cumulative_row(reading: SubjectiveReading) -> MethodReading:
    count = len(reading.routes)
    if reading.shared:
        double = (
            f"It adds up {_counted(count, 'route')} as if they were independent, though they share "
            "sources or statements"
        )
    else:
        double = "It adds up what is heard as evidence"
    why = (
        f"{double}, and trusts each source as much as before, however unlikely what it says; the "
        "prior only fills what trust leaves open."
    )
    return _subjective_row("cumulative", reading, why)


def _averaging_row(story: Story, place: Place, prior: float) -> MethodReading:
    why = (
        "It takes all routes for the same evidence looked at again, so that they are averaged and "
        "independent voices that agree do not strengthen each other."
    )
    return _subjective_row(
        "averaging", read_subjectively(story, place, prior, fusion="averaging"), why
    )


def _subjective_row(fusion: Fusion, reading: SubjectiveReading, why: str) -> MethodReading:
    opinion = reading.opinion
    return MethodReading(
        f"subjective logic, {fusion}",
        reading.probability,
        opinion.belief,
        1.0 - opinion.disbelief,
        f"belief {opinion.belief:.3f}, disbelief {opinion.disbelief:.3f}, "
        f"uncertainty {opinion.uncertainty:.3f}",
        why,
    )


def _worlds_row(story: Story, place: Place, seed: int) -> MethodReading:
    method = "possible worlds"
    try:
        # A contradiction among hundreds is a rule for each of very many pairs.
        spend(_OF_A_LINK * len(story.links), "looking at possible worlds")
        support = support_of(story, place, seed=seed)
    except TooCostly:
        why = "To look at its worlds would take more operations than the budget has left."
        return MethodReading(method, None, None, None, "no answer", why)
    except InvalidValue:
        why = (
            "The statements that we have contradict each other in nearly every world, so that "
            "sampling found none to go by; weigh takes contradiction as a sign that sources err."
        )
        return MethodReading(method, None, None, None, "no answer", why)
    sampled = "" if support.is_exact else f", sampled, standard error {support.standard_error:.1g}"
    why = (
        "Shared sources count once here too, but an unreliable source is taken to say this whether "
        "it is true or false; weigh takes such a source to guess, and it could have guessed otherwise."
    )
    finding = f"belief {support.belief:.3f}, plausibility {support.plausibility:.3f}{sampled}"
    return MethodReading(
        method, support.probability, support.belief, support.plausibility, finding, why
    )


_MOVED = (
    "Origins move the prior by their strength towards 1 or 0, however unlikely the claim; supports "
    "and attacks cancel by their difference."
)
_SUMMED = (
    "The strengths of the arguments are added up and scaled to lie between 0 and 1: the number "
    "says which claim is argued better, and is no probability."
)
_RANKINGS: tuple[tuple[str, Semantics, str], ...] = (
    ("DF-QuAD", "df-quad", _MOVED),
    ("quadratic energy", "quadratic energy", _SUMMED),
)


def _ranking_rows(story: Story, place: Place, prior: float) -> Iterator[MethodReading]:
    arguments = arguments_of(story, place, prior)
    bearing = (arguments.supporters[CLAIM], arguments.attackers[CLAIM])
    finding = f"{_counted(len(bearing[0]), 'support')}, {_counted(len(bearing[1]), 'attack')}"
    for name, semantics, why in _RANKINGS:
        strength = rank(arguments, semantics)[CLAIM]
        yield MethodReading(f"argument ranking, {name}", strength, None, None, finding, why)


def _baseline_rows(
    lineage: Lineage, routes: Sequence[Route], prior: float
) -> Iterator[MethodReading]:
    mentions, origins = count_mentions(lineage), count_origins(lineage)
    behind = origins.supporting + origins.opposing
    heard = _counted(len(lineage.mentions), "mention")
    longest = max((route.length for route in routes), default=0)
    yield _baseline_row(
        "count of mentions",
        mentions.at_prior(prior),
        f"{mentions}",
        f"{heard} taken for so many independent witnesses of grade C, though "
        f"{_counted(behind, 'origin')} {'is' if behind == 1 else 'are'} behind them.",
    )
    yield _baseline_row("count of origins", origins.at_prior(prior), f"{origins}", _ORIGINS)
    found = f"mean over the {_counted(len(routes), 'statement')} that we have"
    yield _baseline_row("averaging", averaged(routes, prior), found, _AVERAGED)
    found = f"longest chain of {_counted(longest, 'statement')}"
    yield _baseline_row("weakest link", weakest_links(routes, prior), found, _WEAKEST)


def _baseline_row(method: str, probability: float, finding: str, why: str) -> MethodReading:
    return MethodReading(method, probability, None, None, finding, why)


_ORIGINS = (
    "Every origin counts as one witness of grade C, reliable or not, however many hands its word came "
    "through and however far that word is from the claim."
)
_AVERAGED = (
    "Each statement that we have is weighed alone and the results are averaged, so that agreement "
    "adds nothing and a weak voice dilutes a strong one."
)
_WEAKEST = (
    "A chain loses nothing beyond its weakest member here, while every further hand is one more "
    "chance of error; origins add up even where one relay carries them all."
)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# A case read by one other method: subjective logic, possible worlds, or argument ranking.


def _effective_prior(story: Story, place: Place) -> float:
    """What links and stated priors make of a value before anyone is heard."""
    return priors_of(story).stated[place.question][place.value]


def weigh_subjective(
    case: Case,
    claim: str,
    *,
    as_of: date | str | None = None,
    discounting: Discounting = "base-rate",
    fusion: Fusion = "cumulative",
) -> SubjectiveReading:
    """A claim read by subjective logic over its chains: each discounted, all of them fused.

    The base rate is the effective prior of the claim; `warning` says which sources and statements
    stand on several routes, and are therefore counted more than once.

    Args:
        as_of: leave out what was said later; a day, or a text such as "2015-08".
        discounting: what is made of a source that is not believed, see `discount`.
        fusion: how the routes are put together: "cumulative", "averaging", "weighted",
            "constraint" or "compromise".

    Raises:
        UnknownName: no such claim.
        InvalidValue: an unknown form or fusion.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     sources=[{"id": "general", "reliability": "C"}, {"id": "paper", "reliability": "B"}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "report", "source": "paper", "cites": "tweet"},
    ...     ],
    ... )
    >>> print(weigh_subjective(case, "sailed").opinion)
    belief 0.485, disbelief 0.000, uncertainty 0.515, base rate 0.100
    """
    with naming(case):
        graph = Graph.kept(case, as_day(as_of))
        story, place = graph.story(claim), graph.place(claim)
        prior = _effective_prior(story, place)
        return read_subjectively(story, place, prior, discounting=discounting, fusion=fusion)


def weigh_possible_worlds(
    case: Case, claim: str, *, as_of: date | str | None = None, seed: int = 0
) -> Support:
    """The possible-worlds support of a claim: what implies it, and what allows it.

    Exact up to 2^19 steps of its diagrams, beyond that sampled from the seed with a stated error.

    Raises:
        UnknownName: no such claim.
        ImpossibleEvidence: what we have contradicts itself in every world.
        InvalidValue: it does so in every sampled world.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed"}],
    ...     sources=[{"id": "general", "reliability": 0.5}, {"id": "captain", "reliability": 0.5}],
    ...     attributions=[
    ...         {"id": "tweet", "source": "general", "claim": "sailed"},
    ...         {"id": "log", "source": "captain", "claim": "sailed"},
    ...     ],
    ... )
    >>> print(weigh_possible_worlds(case, "sailed"))
    between 0.607 and 1.000
    """
    with naming(case):
        graph = Graph.kept(case, as_day(as_of))
        return support_of(graph.story(claim), graph.place(claim), seed=seed)


@attrs.frozen(repr=False)
class Ranking(Shown):
    """How strong a claim stands as an argument, and everything said about it."""

    strength: float
    """The strength of the claim, in [0, 1]."""
    prior: float
    """Its strength before anything is said."""
    arguments: Mapping[str, float]
    """The strength of every argument of its graph, by name."""


def rank_arguments(
    case: Case, claim: str, *, as_of: date | str | None = None, semantics: Semantics = "df-quad"
) -> Ranking:
    """A claim ranked as an argument, from what supports and attacks it.

    Raises:
        UnknownName: no such claim.
        InvalidValue: an unknown semantics.

    >>> case = Case(
    ...     claims=[{"id": "sailed", "text": "The ship sailed", "prior": 0.1}],
    ...     sources=[{"id": "captain", "reliability": 0.5}],
    ...     attributions=[{"id": "log", "source": "captain", "claim": "sailed"}],
    ... )
    >>> round(rank_arguments(case, "sailed").strength, 6)
    0.55
    """
    with naming(case):
        graph = Graph.kept(case, as_day(as_of))
        story, place = graph.story(claim), graph.place(claim)
        prior = _effective_prior(story, place)
    strengths = rank(arguments_of(story, place, prior), semantics)
    return Ranking(strengths[CLAIM], prior, MappingProxyType(strengths))
