"""What was learned: how far to trust each source, and how probable each value is."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np

from provenance.errors import CaseError, InvalidValue, Problem, UnknownName
from provenance.learning.assertions import Assertions, leading_claims
from provenance.learning.copying import CopyCost, Copying, copies_in, cost_of_copying
from provenance.learning.crediting import checked_objects
from provenance.learning.encoding import Floats, Ints, table_like
from provenance.learning.estimates import Fit, by_claim, by_source, sums_by
from provenance.learning.known import Truths
from provenance.learning.labels import label_names
from provenance.learning.tracking import degrees, widened
from provenance.records import Registry, Source, SourceKind
from provenance.scales import Degree

__all__ = [
    "ASKED_FOR",
    "OWN_VOICES",
    "Camp",
    "CopyFound",
    "Learned",
    "account_of",
    "copies_by_name",
    "groups_by_name",
    "opposing_camp",
]

ASKED_FOR = "asked for"
"""The reason of a method that the caller named."""

OWN_VOICES = "every voice counts as its own: auto alone looks for copies and discounts them"
"""What is to be known of a method that the caller named."""

# What was learned, as text for a person: how, from what, and whom to trust how far.

_MOST = 12
_WIDEST = 40
# So many assertions on objects of unknown truth for one on a known one swamp it.
_SWAMPED = 10
# Or where sources are right so much more or less often on known objects, of which so much is said.
_OFF, _ENOUGH = 0.2, 20
# A temperature from which it is worth saying that the probabilities were too sure.
_TOO_SURE = 2.0
# Of such a part of the objects it is worth saying that discounting copies turns most voices round.
_MANY = 0.02
# The least probability above 0 that a case file takes.
_LEAST_MEAN = 1e-6


def account_of(learned: Learned) -> str:
    """The method and why, a table of the busiest sources, and what to know.

    A reliability is a mean and the number of observations that it is worth.
    """
    assertions = learned.assertions
    sources, objects = len(assertions.sources), len(assertions.objects)
    return "\n".join(
        [
            f"Learned by {learned.method}: {learned.reason}",
            f"Assertions: {assertions.size:,}; sources: {sources:,}; objects: {objects:,}",
            "",
            *_sources(learned),
            *(f"Note: {note}" for note in learned.notes),
        ]
    )


def _sources(learned: Learned) -> list[str]:
    """A table of the sources that assert most."""
    sources = learned.assertions.sources
    spoken = np.bincount(learned.assertions.source, minlength=len(sources))
    rows = [("source", "reliability", "worth", "assertions")]
    for place in np.argsort(-spoken, kind="stable")[:_MOST]:
        degree = learned.reliability_of(sources[place])
        name = _short(str(sources[place]))
        rows.append((name, f"{degree.mean:.2f}", f"{degree.strength:.0f}", f"{spoken[place]:,}"))
    width = max(len(row[0]) for row in rows)
    found = [f"  {row[0]:<{width}}  {row[1]:>11}  {row[2]:>5}  {row[3]:>10}" for row in rows]
    if len(sources) > _MOST:
        found.append(f"  and {len(sources) - _MOST:,} more")
    return found


def _short(name: str) -> str:
    """A name on one line, cut where it is long."""
    printed = " ".join(name.split())
    return printed if len(printed) <= _WIDEST else printed[: _WIDEST - 1] + "…"


def _not_judged(sources: int, among: int) -> str:
    """What is to be known where nobody checks anything that some sources say."""
    if sources == among:
        return (
            "nothing is learned of any source, since no two speak of one object and no truth is "
            "known: each is as reliable as anybody is before looking"
        )
    says = "says" if sources == 1 else "say"
    return (
        f"{sources:,} of {among:,} sources {says} nothing that others or known truths check: each is "
        "as reliable as anybody is before looking"
    )


def _some(count: int, noun: str) -> str:
    """So many of something, as `1 object` or `2,000 objects`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# Whether those who are not believed tell one story of their own: then it may be the true one.

# Their part of the assertions; how well they agree beside those who are believed; how surely.
_PART, _AS_WELL, _SURELY, _LEAST = 0.2, 0.5, 3.0, 0.1


@attrs.frozen
class Camp:
    """Sources that are mostly not believed, and agree with each other as believed ones do."""

    sources: int
    """How many there are."""
    part: float
    """Their part of all assertions, in (0, 1]."""
    agreement: float
    """How often two of them agree, corrected for chance: 0 for guesses, 1 for one voice (kappa)."""
    believed: float
    """How often two of those agree who are believed, likewise."""
    objects: int
    """On how many objects two or more of them say what is not believed."""

    def __str__(self) -> str:
        return (
            f"{self.sources} sources with {self.part:.0%} of the assertions are mostly not "
            f"believed, yet agree with each other {self.agreement:.0%} of the way from chance to "
            f"always (those who are believed: {self.believed:.0%}), and contradict the rest on "
            f"{_some(self.objects, 'object')}; should they be right, these answers turn around, and no "
            "probability here allows for that"
        )


def opposing_camp(assertions: Assertions, estimate: Fit) -> Camp | None:
    """The camp, if it has a fifth of the assertions and is as much of one mind as the rest.

    Sources that err each in a way of their own agree with each other less than with those who are
    right, or no more. A camp agrees at least half as well as those who are believed, beyond what it
    has in common with them, and surely so (by three standard deviations). By chance two agree as
    often as their labels coincide, or, where objects have values of their own, as one over the
    values stated: with two labels all who are not believed say the same, which shows nothing. Which
    of two camps tells the truth is not in the table: it is taken to be the larger one. Costs a few
    passes.
    """
    if assertions.kind == "sets" or len(assertions.sources) < 4:
        return None
    believed = np.zeros(assertions.claims, dtype=bool)
    believed[leading_claims(assertions, estimate.probability)] = True
    against = ~believed[assertions.claim]
    said = by_source(assertions, np.ones(assertions.size))
    missed = by_source(assertions, against.astype(np.float64))
    outside = missed > 0.5 * said
    theirs = outside[assertions.source]
    if outside.sum() < 2 or theirs.mean() < _PART:
        return None
    votes, others = (
        sums_by(assertions.claim, voices.astype(np.float64), assertions.claims)
        for voices in (theirs, ~theirs)
    )
    within, surely = _kappa(assertions, votes, votes)
    rest, _ = _kappa(assertions, others, others)
    across, _ = _kappa(assertions, votes, others)
    enough = max(_AS_WELL * rest, _LEAST)
    if surely < _SURELY or within < enough or within - across < enough:
        return None
    wrong = sums_by(assertions.claim, (against & theirs).astype(np.float64), assertions.claims)
    contrary = np.add.reduceat(wrong, assertions.first_claim[:-1]) >= 2.0
    return Camp(int(outside.sum()), float(theirs.mean()), within, rest, int(contrary.sum()))


def _kappa(assertions: Assertions, one: Floats, other: Floats) -> tuple[float, float]:
    """How often two voices on an object agree, corrected for chance, and how surely above it.

    One of each kind, by the votes of either for every claim; where the votes are the same, two
    different voices of the kind.
    """
    first = assertions.first_claim[:-1]
    same = one is other
    sums = [np.add.reduceat(votes, first) for votes in (one, other)]
    alike = np.add.reduceat(one * (other - same), first)
    pairs = sums[0] * (sums[1] - same)
    if not pairs.any():
        return 0.0, 0.0
    chance = float((pairs * _by_chance(assertions, one, other)).sum() / pairs.sum())
    beyond = float(alike.sum() / pairs.sum()) - chance
    different = float(pairs.sum()) / (2.0 if same else 1.0)
    deviation = math.sqrt(max(chance * (1.0 - chance), 1e-9) / different)
    return beyond / max(1.0 - chance, 1e-9), beyond / deviation


def _by_chance(assertions: Assertions, one: Floats, other: Floats) -> Floats:
    """For every object how often two voices agree that say these labels, or guess a value."""
    if label_names(assertions) is None:
        return 1.0 / np.maximum(assertions.values_per_object, 2)
    labels = [
        sums_by(assertions.value_of_claim, votes, len(assertions.values)) for votes in (one, other)
    ]
    alike = float((labels[0] * labels[1]).sum() / (labels[0].sum() * labels[1].sum()))
    return np.full(len(assertions.objects), alike)


@attrs.frozen
class CopyFound:
    """Two sources that do not speak independently, by name.

    >>> CopyFound("mirror", "herald", 0.97, 0.8, copier="mirror").probability
    0.97
    """

    first: Any
    """One source."""
    second: Any
    """The other."""
    probability: float
    """How likely one copies the other, or both a third, in [0, 1]."""
    share: float
    """The part of what they share that is copied, in [0, 1]."""
    copier: Any
    """The one that copies, where times or citations tell; None when not known."""
    discounted: bool = True
    """Whether it counts against them; else it is only told, see `CopyingPair.discounted`."""


@attrs.frozen(eq=False, repr=False)
class Learned:
    """Reliabilities of sources and probabilities of values, learned from assertions.

    Printed, it says by which method and why, and how far its busiest sources are trusted.

    >>> from provenance.learning import learn
    >>> learned = learn([("ann", "sky", "blue"), ("bob", "sky", "blue"), ("cid", "sky", "red")])
    >>> learned.most_likely("sky"), round(learned.probability("sky")["blue"], 2)
    ('blue', 0.92)
    >>> learned.reliability_of("ann").mean > learned.reliability_of("cid").mean
    True
    >>> [name for name, *_ in learned.sources_table()]
    ['ann', 'bob', 'cid']
    """

    assertions: Assertions
    """What it was learned from."""
    estimate: Fit
    """The arrays behind the answers."""
    method: str
    """The method that was used."""
    reason: str
    """Why that method: chosen by `auto` for the reason given, or asked for."""
    facts: tuple[tuple[str, float], ...]
    """What was measured on the assertions, by name."""
    dependence: float
    """The correlation of errors within an object that was assumed."""
    temperature: float = 1.0
    """By what known truths showed the probabilities to be too sure (above 1) or not sure enough."""
    truths: Truths | None = None
    """Known truths that were used."""
    copies: Copying | None = None
    """Copying that was found and discounted; None where it was not looked for."""

    def __repr__(self) -> str:
        return f"<Learned by {self.method} from {self.assertions!r}>"

    def __str__(self) -> str:
        return account_of(self)

    @property
    def log(self) -> tuple[float, ...]:
        """The largest change of a probability in each iteration, the course of convergence."""
        return self.estimate.changes

    @property
    def converged(self) -> bool:
        """Whether the iteration came to rest."""
        return self.estimate.converged

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the data and of the run."""
        notes = [*self.assertions.notes, *self._copy_notes()]
        if not self.converged:
            notes.append(f"{self.method} did not come to rest in {len(self.log)} iterations")
        if unjudged := int((self._checked == 0).sum()):
            notes.append(_not_judged(unjudged, len(self._checked)))
        if self._camp is not None:
            tells = ": a few known truths would tell" if self.truths is None else ""
            notes.append(f"{self._camp}{tells}")
        notes += self._truth_notes()
        return tuple(notes)

    @functools.cached_property
    def _checked(self) -> Ints:
        """For every source how many of its assertions others or known truths check."""
        told = self.assertions
        known = None if self.truths is None else self.truths.claims
        checked = checked_objects(told, known)[told.object]
        return np.bincount(told.source[checked], minlength=len(told.sources))

    def _copy_notes(self) -> Iterator[str]:
        """Whether copies were discounted."""
        if self.method == "accucopy":
            yield "accucopy looks for copies by itself and discounts them"
        elif self.copies is None and self.reason == ASKED_FOR:
            yield OWN_VOICES
        elif self.copies is None and len(self.assertions.sources) > 1:
            yield "every voice counts as its own: copies were not looked for"
        elif self.copies is not None and self.copies.pairs:
            counted = sum(pair.discounted for pair in self.copies.pairs)
            told = len(self.copies.pairs) - counted
            if counted:
                turned, objects = self._turned_round(self.copies), len(self.assertions.objects)
                pairs = "pair of sources copies" if counted == 1 else "pairs of sources copy"
                yield f"{counted} {pairs}; their common voices are discounted" + (
                    f", which turns round what most say of {turned:,} of {objects:,} objects"
                    if turned >= _MANY * objects
                    else ""
                )
            if told:
                pairs = "pair of sources agrees" if told == 1 else "pairs of sources agree"
                yield (
                    f"{told} {pairs} more than chance explains, which is told and not discounted, "
                    "since people who share hard objects agree too"
                )

    def _turned_round(self, copies: Copying) -> int:
        """Of how many objects the value with most voices is another once copies are discounted."""
        told = self.assertions
        every = by_claim(told, told.weight)
        most = np.maximum.reduceat(every, told.first_claim[:-1])
        leaders = leading_claims(told, by_claim(told, told.weight * copies.weights))
        return int((every[leaders] < most - 1e-9).sum())

    def _truth_notes(self) -> Iterator[str]:
        """What known truths tell of the rest, and whether the rest outweighs them."""
        if self.truths is None:
            return
        if self.truths.unknown_objects:
            about = "objects of which nobody speaks"
            yield f"{_some(self.truths.unknown_objects, 'known truth')} about {about}"
        if self.temperature >= _TOO_SURE:
            yield (
                "known truths show the probabilities to be far too sure without them: every "
                f"probability is raised to one over {self.temperature:.1f}"
            )
        if self.truths.objects and (swamped := self._swamped()):
            yield f"{swamped}; to judge them by outcomes, learn from those objects alone"

    def _swamped(self) -> str:
        """How what most say outweighs the truths; empty where it does not."""
        told, truths = self.assertions, self.truths
        assert truths is not None
        given = truths.claims[told.claim]
        known = ~np.isnan(given)
        judged = int(checked_objects(told, truths.claims)[told.object].sum())
        if known.sum() * _SWAMPED < judged:
            return (
                f"of {judged:,} assertions that sources are judged by, {int(known.sum()):,} are on "
                "objects whose truth is known: what most say decides about the sources"
            )
        of_known, right = by_source(told, known * 1.0), by_source(told, np.where(known, given, 0.0))
        accuracy = self.estimate.accuracy
        off = float(np.abs(right - of_known * accuracy).sum() / known.sum())
        by_chance = np.sqrt(2.0 / math.pi * of_known * accuracy * (1.0 - accuracy))
        if known.sum() < _ENOUGH or off - float(by_chance.sum() / known.sum()) < _OFF:
            return ""
        return (
            "sources are believed against their record: how often each is right where the truth is "
            f"known is {off:.0%} off from what is believed of it, since what most say counts too"
        )

    @functools.cached_property
    def _camp(self) -> Camp | None:
        return opposing_camp(self.assertions, self.estimate)

    @functools.cached_property
    def reliabilities(self) -> Mapping[Any, Degree]:
        """The reliability of every source, as `assessment.graded` takes them."""
        chance, (right, wrong) = self.estimate.chance, self._counts
        chance = np.full(len(right), 0.5) if chance is None else chance
        found = degrees(right, wrong, chance)
        return MappingProxyType(dict(zip(self.assertions.sources, found, strict=True)))

    @functools.cached_property
    def _counts(self) -> tuple[Floats, Floats]:
        fit = self.estimate
        return widened(fit.right, fit.wrong, np.zeros(1) if fit.doubt is None else fit.doubt)

    def reliability_of(self, source: Any) -> Degree:
        """How far a source tracks the truth: its accuracy corrected for chance, with its doubt.

        A value for `Source.reliability`: the probability rho of the testimony model, so that a
        source that is right no more often than by guessing has 0, not 1/2.
        """
        return self.reliabilities[self.assertions.sources[self._source(source)]]

    def accuracy_of(self, source: Any) -> Degree:
        """How often a source is right, as a Beta distribution by mean and strength."""
        place = self._source(source)
        right, wrong = (float(counts[place]) for counts in self._counts)
        return Degree(right / (right + wrong), right + wrong)

    def probability(self, object: Any) -> Mapping[Any, float]:  # noqa: A002 the word of this library
        """The values of an object with their probabilities, most probable first.

        They sum to 1, except for sets, where each value is true or false by itself. The key None,
        where there is one, stands for a value that nobody stated.
        """
        place = self._object(object)
        found = self._stated(place)
        if self.assertions.kind != "sets":
            found.update(self._not_stated(place, found))
        ranked = sorted(found.items(), key=lambda item: -item[1])
        return MappingProxyType(dict(ranked))

    def _stated(self, place: int) -> dict[Any, float]:
        start, end = (int(at) for at in self.assertions.first_claim[place : place + 2])
        told, probability = self.assertions, self.estimate.probability
        return {told.value(claim): float(probability[claim]) for claim in range(start, end)}

    def _not_stated(self, place: int, stated: Mapping[Any, float]) -> dict[Any, float]:
        if self.truths is not None and place in self.truths.elsewhere:
            return {**dict.fromkeys(stated, 0.0), self.truths.elsewhere[place]: 1.0}
        names, labels = self._labels, self.estimate.labels
        if labels is not None:
            row = labels[place].tolist()
            return {v: p for v, p in zip(names or (), row, strict=True) if v not in stated}
        if self.estimate.unstated is None:
            return {}
        left = float(self.estimate.unstated[place])
        others = [value for value in names or (None,) if value not in stated]
        if not others:
            # All that may be true was stated, yet the method has room for something else.
            return {None: left} if left > 0.0 else {}
        return {value: left / len(others) for value in others}

    @functools.cached_property
    def _labels(self) -> tuple[Any, ...] | None:
        """All the values an object may have, in the order of `estimate.labels`, where known."""
        values, labels = self.assertions.values, self.estimate.labels
        if labels is None:
            return label_names(self.assertions)
        if len(values) == labels.shape[1]:
            return values
        # Everybody used one label only; the method has a second that nobody used.
        return (*values, not values[0] if isinstance(values[0], bool) else None)

    def most_likely(self, object: Any) -> Any:  # noqa: A002 the word of this library
        """The most probable value of an object; for sets, every value more probable than not.

        Of values equally probable the one whose sources say more that is believed, and so on
        by structure; only where nothing but the names differs, the first in order.
        """
        place = self._object(object)
        if self.assertions.kind == "sets":
            return frozenset(value for value, p in self._stated(place).items() if p > 0.5)
        stated = self._stated(place)
        others = {v: p for v, p in self._not_stated(place, stated).items() if v is not None}
        leader = self.assertions.value(int(self._leaders[place]))
        rival = max(others, key=lambda value: others[value], default=leader)
        best = others.get(rival, 0.0)
        return rival if best > stated[leader] + 1e-9 else leader

    @functools.cached_property
    def _leaders(self) -> Any:
        return leading_claims(self.assertions, self.estimate.probability)

    def number_of(self, object: Any) -> tuple[float, float]:  # noqa: A002 the word of this library
        """The estimated number of an object and its standard deviation."""
        number, spread = self.estimate.number, self.estimate.spread
        if number is None or spread is None:
            raise InvalidValue(f"{self.method} estimates no numbers; use robust, gtm, crh or catd")
        place = self._object(object)
        return float(number[place]), float(spread[place])

    def copying(self) -> tuple[CopyFound, ...]:
        """Pairs of sources that do not speak independently, likeliest first.

        Where `auto` has not looked for them already, this searches when it is first asked;
        `copying_cost` tells beforehand how much there is to compare.
        """
        return copies_by_name(self._copies, self.assertions.sources)

    def copying_cost(self) -> CopyCost:
        """What `copying` has to compare before it answers; nothing where it has been looked for."""
        return CopyCost(0, 0) if self.copies is not None else cost_of_copying(self.assertions)

    def copying_probability(self, one: Any, other: Any) -> float:
        """How likely two sources, by name, do not speak independently, in [0, 1].

        .02, which is believed before looking, where they share too little to be compared.
        """
        return self._copies.probability_of(one, other)

    def shared_origins(self) -> tuple[tuple[Any, ...], ...]:
        """Groups of sources that share an origin, by name."""
        return groups_by_name(self._copies, self.assertions.sources)

    @functools.cached_property
    def _copies(self) -> Copying:
        return copies_in(self.assertions) if self.copies is None else self.copies

    def sources(self, *, kind: SourceKind = "other") -> Registry:
        """The sources as a registry that the `sources_from` of a case file reads.

        A source that nobody checks anywhere has no reliability there: it is not judged. Ids are
        the names as text.

        Args:
            kind: What the sources are, if not `other`.

        Raises:
            CaseError: Names that are no ids: longer than 200 characters, or of several lines.

        >>> from provenance.learning import learn
        >>> learned = learn([("ann", 1, "x"), ("bob", 1, "x"), ("ann", 2, "y"), ("cid", 3, "z")])
        >>> [(each.id, each.reliability is None) for each in learned.sources().sources]
        [('ann', False), ('bob', False), ('cid', True)]
        """
        told, counts = self.assertions, self._checked
        made: list[Source] = []
        problems: list[Problem] = []
        for name, count in zip(told.sources, counts.tolist(), strict=True):
            try:
                made.append(self._source_record(name, int(count), kind))
            except CaseError as error:
                where = f"source {str(name)!r:.80}"
                problems += [attrs.evolve(each, path=where) for each in error.problems]
        if problems:
            raise CaseError(problems, "the names of sources, which are ids in a registry")
        title = f"Learned by {self.method} from {_some(told.size, 'assertion')}"
        return Registry(title=title, sources=tuple(made))

    def _source_record(self, name: Any, count: int, kind: SourceKind) -> Source:
        found = self.reliabilities[name]
        mean = 0.0 if found.mean < _LEAST_MEAN else min(found.mean, 1.0 - _LEAST_MEAN)
        reliability: Any = mean
        if found.strength is not None and mean > 0.0:
            reliability = {"mean": mean, "strength": max(found.strength, _LEAST_MEAN)}
        return Source(
            id=str(name),
            kind=kind,
            reliability=reliability if count else None,
            graded_by=f"claim-provenance, {self.method}",
            note=f"learned from {_some(count, 'assertion')} that others or outcomes check",
        )

    def sources_table(self) -> Any:
        """A row per source: reliability, strength, accuracy, assertions; in the caller's kind."""
        return table_like(self.assertions.table_kind, self._source_columns())

    def _source_columns(self) -> dict[str, list[Any]]:
        right, wrong = self._counts
        found = list(self.reliabilities.values())
        said = np.bincount(self.assertions.source, minlength=len(found))
        return {
            "source": list(self.assertions.sources),
            "reliability": [degree.mean for degree in found],
            "strength": [degree.strength for degree in found],
            "accuracy": (right / (right + wrong)).tolist(),
            "assertions": said.tolist(),
        }

    def values_table(self) -> Any:
        """A row per stated value: object, value, probability, voices; in the caller's kind."""
        return table_like(self.assertions.table_kind, self._value_columns())

    def _value_columns(self) -> dict[str, list[Any]]:
        told = self.assertions
        values = told.values
        return {
            "object": [told.objects[place] for place in told.object_of_claim.tolist()],
            "value": [values[place] for place in told.value_of_claim.tolist()],
            "probability": self.estimate.probability.tolist(),
            "voices": np.bincount(told.claim, minlength=told.claims).tolist(),
        }

    def unstated_table(self) -> Any:
        """A row per object: the probability that no value anybody stated is true.

        0 where the method divides an object among what was stated. For sets use `values_table`.
        """
        if self.assertions.kind == "sets":
            raise InvalidValue("each value of a set is true or false by itself; use values_table")
        return table_like(self.assertions.table_kind, self._unstated_columns())

    def _unstated_columns(self) -> dict[str, list[Any]]:
        told = self.assertions
        stated = sums_by(told.object_of_claim, self.estimate.probability, len(told.objects))
        left = np.clip(1.0 - stated, 0.0, 1.0)
        return {"object": list(told.objects), "unstated": left.tolist()}

    def objects_table(self) -> Any:
        """A row per object: its most likely value and the probability; in the caller's kind.

        For sets use `values_table`.
        """
        if self.assertions.kind == "sets":
            raise InvalidValue("objects with sets of values have no single one; use values_table")
        told, leaders = self.assertions, self._leaders
        sure = self.estimate.probability[leaders]
        best = [told.values[place] for place in told.value_of_claim[leaders].tolist()]
        # Only where something nobody stated may be likelier is an object looked at by itself.
        for place in np.flatnonzero(self._best_unstated() > sure + 1e-9).tolist():
            best[place] = self.most_likely(told.objects[place])
            sure[place] = self.probability(told.objects[place])[best[place]]
        columns = {"object": list(told.objects), "value": best, "probability": sure.tolist()}
        return table_like(told.table_kind, columns)

    def _best_unstated(self) -> Floats:
        """For every object a bound on the probability of any value that nobody stated."""
        bound = np.zeros(len(self.assertions.objects))
        if self.estimate.labels is not None:
            bound = self.estimate.labels.max(axis=1)
        elif self.estimate.unstated is not None and self._labels is not None:
            bound = self.estimate.unstated.copy()
        if self.truths is not None:
            bound[list(self.truths.elsewhere)] = 1.0
        return bound

    def copying_table(self) -> Any:
        """A row per pair of sources that do not speak independently; in the caller's kind."""
        found = self.copying()
        columns = {
            name: [getattr(pair, name) for pair in found]
            for name in ("first", "second", "probability", "share", "copier", "discounted")
        }
        return table_like(self.assertions.table_kind, columns)

    @property
    def data(self) -> dict[str, Any]:
        """Everything learned as plain data: method, notes, sources, values, copying, numbers.

        And for every object what is left for values nobody stated, where anything is.
        """
        found: dict[str, Any] = {
            "schema": "claim-provenance/learned/1",
            "method": self.method,
            "why": self.reason,
            "dependence": self.dependence,
            "temperature": self.temperature,
            "converged": self.converged,
            "notes": list(self.notes),
            "sources": _rows(self._source_columns()),
            "values": _rows(self._value_columns()),
            "copying": [attrs.asdict(pair) for pair in self.copying()],
        }
        if self.estimate.unstated is not None or self.estimate.labels is not None:
            found["unstated"] = _rows(self._unstated_columns())
        number, spread = self.estimate.number, self.estimate.spread
        if number is not None and spread is not None:
            columns = {
                "object": list(self.assertions.objects),
                "number": number.tolist(),
                "standard_deviation": spread.tolist(),
            }
            found["numbers"] = _rows(columns)
        return found

    def to_json(self) -> str:
        """The same as JSON text; dates and other names as text."""
        return json.dumps(self.data, ensure_ascii=False, default=str)

    @functools.cached_property
    def _content(self) -> str:
        return self.to_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Learned) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)

    def _repr_html_(self) -> str:
        """What a notebook shows: the text, as it is printed."""
        return f'<pre style="white-space:pre-wrap">{escape(str(self))}</pre>'

    @functools.cached_property
    def _source_places(self) -> dict[Any, int]:
        return {name: place for place, name in enumerate(self.assertions.sources)}

    @functools.cached_property
    def _object_places(self) -> dict[Any, int]:
        return {name: place for place, name in enumerate(self.assertions.objects)}

    def _source(self, name: Any) -> int:
        if name not in self._source_places:
            raise UnknownName("source", str(name), map(str, self.assertions.sources))
        return self._source_places[name]

    def _object(self, name: Any) -> int:
        if name not in self._object_places:
            raise UnknownName("object", str(name), map(str, self.assertions.objects[:10_000]))
        return self._object_places[name]


def _rows(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def copies_by_name(found: Copying, names: tuple[Any, ...]) -> tuple[CopyFound, ...]:
    """The pairs that were found, with the names of their sources."""
    return tuple(
        CopyFound(
            names[pair.first],
            names[pair.second],
            pair.probability,
            pair.share,
            None if pair.copier is None else names[pair.copier],
            pair.discounted,
        )
        for pair in found.pairs
    )


def groups_by_name(found: Copying, names: tuple[Any, ...]) -> tuple[tuple[Any, ...], ...]:
    """The groups that were found, with the names of their sources."""
    return tuple(tuple(names[code] for code in group) for group in found.groups)
