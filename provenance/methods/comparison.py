"""Several methods side by side on one claim, each with a sentence on why it differs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from provenance.assessment.display import drawn
from provenance.assessment.weighing import as_day
from provenance.errors import InvalidValue, UnknownName
from provenance.graph import Graph, Lineage, Place, Story
from provenance.inference import Answer, weigh_story
from provenance.methods.arguments import CLAIM, arguments_of
from provenance.methods.baselines import (
    averaged,
    count_mentions,
    count_origins,
    weakest_links,
)
from provenance.methods.ranking import Semantics, rank
from provenance.methods.routes import Route, routes_of
from provenance.methods.subjective import Fusion, SubjectiveReading, read_subjectively
from provenance.methods.support import support_of
from provenance.records import Case

__all__ = ["Comparison", "Reading", "compare"]


@attrs.frozen
class Reading:
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


@attrs.frozen
class Comparison:
    """Several methods on one claim, the testimony network first."""

    claim: str
    """The claim."""
    prior: float
    """Its effective prior, which all methods are given."""
    rows: tuple[Reading, ...]
    """One reading for each method, always in the same order."""
    warnings: tuple[str, ...]
    """What makes some of the methods unfit for this case."""

    def row(self, method: str) -> Reading:
        """The reading of one method; raises `UnknownName` for a method that is not there."""
        for each in self.rows:
            if each.method == method:
                return each
        raise UnknownName("method", method, [each.method for each in self.rows])

    def _repr_svg_(self) -> str:
        return drawn("methods_svg", self)

    def __str__(self) -> str:
        lines = [f"{self.claim}, on a prior of {_shown(self.prior)}", ""]
        width = max(len(each.method) for each in self.rows)
        for each in self.rows:
            lines.append(f"{each.method:<{width}}  {_shown(each.probability):>5}  {each.finding}")
            lines += textwrap.wrap(each.why, 76, initial_indent="    ", subsequent_indent="    ")
        for warning in self.warnings:
            lines += ["", *textwrap.wrap(warning, 80)]
        return "\n".join(lines)


def _shown(probability: float | None) -> str:
    return "–" if probability is None else f"{probability:.3f}"


def compare(
    case: Case, claim: str, *, as_of: date | str | None = None, seed: int = 0
) -> Comparison:
    """The testimony network and other methods side by side on one claim.

    All read the same case in canonical form, with the same reliability, access, interest, skill and
    wording of every statement and the same prior; they differ in how they put them together.

    Args:
        as_of: leave out what was said later; a day, or a text such as "2015-08".
        seed: for the methods that fall back to sampling.

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
    0.64  subjective logic, cumulative
    0.40  subjective logic, averaging
    0.18  possible worlds
    0.53  argument ranking, DF-QuAD
    0.27  argument ranking, quadratic energy
    0.75  count of mentions
    0.25  count of origins
    0.18  averaging
    0.25  weakest link
    """
    graph = Graph.of(case, as_day(as_of))
    story, place = graph.story(claim), graph.place(claim)
    network = weigh_story(story, place, seed=seed)
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
    warnings = (f"In subjective logic {cumulative.warning}.",) if cumulative.warning else ()
    return Comparison(claim, prior, rows, warnings)


def _network_row(network: Answer) -> Reading:
    return Reading(
        "testimony network",
        network.probability,
        network.low,
        network.high,
        f"90 % between {network.low:.3f} and {network.high:.3f}",
        "Shared sources and origins are counted once, what a source says cannot vouch for itself, "
        "and an unlikely claim counts against those who make it.",
    )


def _cumulative_row(reading: SubjectiveReading) -> Reading:
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


def _averaging_row(story: Story, place: Place, prior: float) -> Reading:
    why = (
        "It takes all routes for the same evidence looked at again, so that they are averaged and "
        "independent voices that agree do not strengthen each other."
    )
    return _subjective_row(
        "averaging", read_subjectively(story, place, prior, fusion="averaging"), why
    )


def _subjective_row(fusion: Fusion, reading: SubjectiveReading, why: str) -> Reading:
    opinion = reading.opinion
    return Reading(
        f"subjective logic, {fusion}",
        reading.probability,
        opinion.belief,
        1.0 - opinion.disbelief,
        f"belief {opinion.belief:.3f}, disbelief {opinion.disbelief:.3f}, "
        f"uncertainty {opinion.uncertainty:.3f}",
        why,
    )


def _worlds_row(story: Story, place: Place, seed: int) -> Reading:
    method = "possible worlds"
    try:
        support = support_of(story, place, seed=seed)
    except InvalidValue:
        why = (
            "What is in hand contradicts itself in nearly every world, so that sampling found none "
            "to go by; weigh takes contradiction as a sign that sources err."
        )
        return Reading(method, None, None, None, "no answer", why)
    sampled = "" if support.is_exact else f", sampled, standard error {support.standard_error:.1g}"
    why = (
        "Shared sources count once here too, but a source that does not track is taken to say this "
        "whatever is so, where weigh takes it to guess, and a guess would often be another."
    )
    finding = f"belief {support.belief:.3f}, plausibility {support.plausibility:.3f}{sampled}"
    return Reading(method, support.probability, support.belief, support.plausibility, finding, why)


_MOVED = (
    "Origins move the prior by their strength towards 1 or 0, however unlikely the claim; supports "
    "and attacks cancel by their difference."
)
_SQUASHED = "Strengths are summed and squashed: the number orders arguments and is no probability."
_RANKINGS: tuple[tuple[str, Semantics, str], ...] = (
    ("DF-QuAD", "df-quad", _MOVED),
    ("quadratic energy", "quadratic energy", _SQUASHED),
)


def _ranking_rows(story: Story, place: Place, prior: float) -> Iterator[Reading]:
    arguments = arguments_of(story, place, prior)
    bearing = (arguments.supporters[CLAIM], arguments.attackers[CLAIM])
    finding = f"{_counted(len(bearing[0]), 'support')}, {_counted(len(bearing[1]), 'attack')}"
    for name, semantics, why in _RANKINGS:
        strength = rank(arguments, semantics)[CLAIM]
        yield Reading(f"argument ranking, {name}", strength, None, None, finding, why)


def _baseline_rows(lineage: Lineage, routes: Sequence[Route], prior: float) -> Iterator[Reading]:
    mentions, origins = count_mentions(routes), count_origins(lineage)
    behind = origins.supporting + origins.opposing
    heard = _counted(mentions.supporting + mentions.opposing, "mention")
    longest = max((route.length for route in routes), default=0)
    yield _baseline_row(
        "count of mentions",
        mentions.at_prior(prior),
        f"{mentions}",
        f"{heard} taken for so many independent witnesses of grade C, though "
        f"{_counted(behind, 'origin')} {'is' if behind == 1 else 'are'} behind them.",
    )
    yield _baseline_row("count of origins", origins.at_prior(prior), f"{origins}", _ORIGINS)
    found = f"mean over {_counted(len(routes), 'statement')} in hand"
    yield _baseline_row("averaging", averaged(routes, prior), found, _AVERAGED)
    found = f"longest chain of {_counted(longest, 'statement')}"
    yield _baseline_row("weakest link", weakest_links(routes, prior), found, _WEAKEST)


def _baseline_row(method: str, probability: float, finding: str, why: str) -> Reading:
    return Reading(method, probability, None, None, finding, why)


_ORIGINS = (
    "Every origin is one witness of grade C, whoever it is, however many hands it came through and "
    "however far it is from the claim."
)
_AVERAGED = (
    "Each statement in hand is weighed alone and the results are averaged, so that agreement adds "
    "nothing and a weak voice dilutes a strong one."
)
_WEAKEST = (
    "A chain loses nothing beyond its weakest member here, while every further hand is one more "
    "chance of error; origins add up even where one relay carries them all."
)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
