"""Who copies whom: how likely, in which direction, and how many voices are left."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs
import numpy as np
from numpy.typing import ArrayLike

from provenance.errors import InvalidValue, UnknownName
from provenance.learning.assertions import Assertions
from provenance.learning.copy_search import (
    PRIOR_ODDS,
    Search,
    later_source,
    linked_groups,
    searched,
)
from provenance.learning.crediting import checked_objects, of_objects
from provenance.learning.crowd import Pairs, Told, candidate_pairs
from provenance.learning.encoding import Floats, Ints
from provenance.learning.estimates import Known
from provenance.learning.labels import label_names

__all__ = [
    "CopyCost",
    "Copying",
    "CopyingPair",
    "copies_in",
    "copying",
    "copying_between",
    "cost_of_copying",
    "discounted",
    "inferred_pairs",
    "own_part",
    "with_citations",
]

# Two sources that may not speak independently, as a value with its facts.


@attrs.frozen
class CopyingPair:
    """Two sources, and how likely one copies the other or both copy a third.

    >>> pair = CopyingPair(0, 1, 0.97, 0.8, 40, 38, copier=1, copier_probability=0.9)
    >>> pair.copier, pair.cited
    (1, 0)
    """

    first: int
    """The code of one source; the smaller code unless the direction is known."""
    second: int
    """The code of the other source."""
    probability: float
    """How likely it is that they do not speak independently, in [0, 1]; 1 where one cites the other."""
    share: float
    """The part of what they share that is copied, if they copy, in [0, 1]."""
    objects: int
    """The objects of which both speak."""
    agreements: int
    """The claims that both make."""
    copier: int | None
    """The source that speaks later or cites the other; None when not known."""
    copier_probability: float | None
    """How likely `copier` is the one that copies, given that one does; None when not known."""
    cited: int = 0
    """The claims that one takes from the other on record."""
    discounted: bool = True
    """Whether it counts against them: where objects share labels it is only told, unless citations,
    times or near-total agreement on rare errors leave no other explanation."""


def inferred_pairs(search: Search, threshold: float) -> tuple[CopyingPair, ...]:
    """The pairs at or above the threshold, likeliest first."""
    likely = np.flatnonzero(search.probability >= threshold)
    return _in_order(_inferred_pair(search, int(place)) for place in likely)


def _inferred_pair(search: Search, place: int) -> CopyingPair:
    first, second = int(search.pairs.first[place]), int(search.pairs.second[place])
    second_later, first_later = (int(counts[place]) for counts in search.later)
    copier, certainty = None, None
    if second_later != first_later:
        copier = second if second_later > first_later else first
        certainty = later_source(max(second_later, first_later), min(second_later, first_later))
    return CopyingPair(
        first=min(first, second),
        second=max(first, second),
        probability=float(search.probability[place]),
        share=float(search.share[place]),
        objects=int(search.found.objects[place]),
        agreements=int(search.found.agreements[place]),
        copier=copier,
        copier_probability=certainty,
    )


def _in_order(pairs: Iterable[CopyingPair]) -> tuple[CopyingPair, ...]:
    """Likeliest first, then by how much is shared, then by code."""
    return tuple(sorted(pairs, key=lambda p: (-p.probability, -p.share, p.first, p.second)))


def with_citations(
    pairs: tuple[CopyingPair, ...], relays: Relays, told: Told
) -> tuple[CopyingPair, ...]:
    """Pairs on record stand beside the inferred ones, and replace them where both are known."""
    key = relays.citing * told.sources + relays.cited
    keys, counts = np.unique(key, return_counts=True)
    made = {(p.first, p.second): p for p in pairs}
    recorded: dict[tuple[int, int], CopyingPair] = {}
    ends = (keys // told.sources).tolist(), (keys % told.sources).tolist()
    for citing, cited, count in zip(*ends, counts.tolist(), strict=True):
        both = (min(citing, cited), max(citing, cited))
        earlier = recorded.get(both)
        if earlier is None or count > earlier.cited:
            recorded[both] = _on_record(told, made.get(both), citing, cited, count)
        elif count == earlier.cited:
            # They cite each other as often: neither is the copier, whatever their names.
            recorded[both] = attrs.evolve(earlier, copier=None, copier_probability=None)
    return _in_order({**made, **recorded}.values())


def _on_record(
    told: Told, inferred: CopyingPair | None, citing: int, cited: int, count: int
) -> CopyingPair:
    spans = [
        slice(told.first_of_source[source], told.first_of_source[source + 1])
        for source in (citing, cited)
    ]
    objects = len(np.intersect1d(told.object[spans[0]], told.object[spans[1]]))
    agreements = len(np.intersect1d(told.claim[spans[0]], told.claim[spans[1]]))
    share = min(1.0, count / max(objects, count))
    return CopyingPair(
        first=min(citing, cited),
        second=max(citing, cited),
        probability=1.0,
        share=share if inferred is None else max(share, inferred.share),
        objects=objects,
        agreements=agreements,
        copier=citing,
        copier_probability=1.0,
        cited=count,
    )


LIKELY = 0.5


def _content(column: Floats) -> bytes:
    return column.tobytes()


def _listed(known: Mapping[tuple[int, int], float]) -> tuple[tuple[tuple[int, int], float], ...]:
    return tuple(sorted(known.items()))


@attrs.frozen(repr=False)
class Copying:
    """What is known of copying between sources; small and read-only.

    >>> from provenance.learning.planted import planted
    >>> world = planted(sources=12, objects=200, copiers=0.1, copy_rate=0.9, seed=1)
    >>> found = copying(world.source, world.object, world.value)
    >>> found.groups, found.probability_of(6, 9) > 0.9, found.probability_of(0, 1) < 0.1
    (((6, 9),), True, True)
    """

    pairs: tuple[CopyingPair, ...]
    """The pairs at or above the threshold, likeliest first."""
    groups: tuple[tuple[int, ...], ...]
    """Sources that share an origin, by code; a source is in at most one group."""
    weights: Floats = attrs.field(eq=_content)
    """For every assertion how much of an independent voice it is, in (0, 1]."""
    compared: int
    """Pairs that share enough contested values to be compared."""
    rate: float
    """The fitted part of the compared pairs that copy."""
    accuracy: Floats = attrs.field(eq=_content)
    """For every source how often it is right, with copies discounted, in [0, 1]."""
    names: tuple[Any, ...] | None = None
    """The names of the sources by code, where known."""
    likelihoods: Mapping[tuple[int, int], float] = attrs.field(factory=dict, eq=_listed)
    """How likely each pair that was compared is not independent, smaller code first."""

    def __repr__(self) -> str:
        return (
            f"<Copying: {len(self.pairs):,} pairs of {self.compared:,} compared, "
            f"{len(self.groups):,} shared origins>"
        )

    @property
    def data(self) -> dict[str, Any]:
        """The pairs and groups as plain data, by name where names are known."""
        names = range(len(self.accuracy)) if self.names is None else self.names
        pairs = []
        for pair in self.pairs:
            copier = None if pair.copier is None else names[pair.copier]
            ends = {"first": names[pair.first], "second": names[pair.second], "copier": copier}
            pairs.append(attrs.asdict(pair) | ends)
        return {
            "pairs": pairs,
            "groups": [[names[code] for code in group] for group in self.groups],
            "compared": self.compared,
            "rate": self.rate,
        }

    def to_json(self) -> str:
        """The same as JSON text; dates and other names as text."""
        return json.dumps(self.data, ensure_ascii=False, default=str)

    @functools.cached_property
    def by_pair(self) -> dict[tuple[int, int], CopyingPair]:
        """The pairs by the codes of their sources, smaller code first."""
        return {(min(p.first, p.second), max(p.first, p.second)): p for p in self.pairs}

    def probability_of(self, one: Any, other: Any) -> float:
        """How likely two sources, by name or code, are not independent.

        A pair that shares too little to be compared keeps what is believed before looking: .02.
        """
        return self.probability_of_codes(self._code(one), self._code(other))

    def probability_of_codes(self, one: int, other: int) -> float:
        """The same for two sources by code."""
        low, high = sorted((one, other))
        pair = self.by_pair.get((low, high))
        if pair is not None:
            return pair.probability
        return self.likelihoods.get((low, high), PRIOR_ODDS / (1.0 + PRIOR_ODDS))

    def independence_weights(self) -> Floats:
        """For every assertion the part of a voice it adds: 1 over the voices it stands among.

        Added up over a claim, they estimate how many sources state it independently.
        """
        return self.weights

    def _code(self, source: Any) -> int:
        if self.names is None:
            return int(source)
        if source not in self.names:
            raise UnknownName("source", str(source), map(str, self.names))
        return self.names.index(source)


def copying(
    source: ArrayLike,
    object: ArrayLike,  # noqa: A002 - the word of the subject
    value: ArrayLike,
    *,
    sources: int | None = None,
    time: ArrayLike | None = None,
    cited: ArrayLike | None = None,
    true: ArrayLike | None = None,
    accuracy: ArrayLike | None = None,
    threshold: float = LIKELY,
    peers: bool = False,
) -> Copying:
    """Find who copies whom from coded assertions, and how many independent voices remain.

    Two sources that agree where others do not are suspected. They are cleared where the value is
    popular with the others, or probably true and both are usually right; what is left is weighed
    over all pairs together, so that shared hard questions do not look like copying. Those who
    together contradict a group with a third of the voices are asked whether they are one voice as
    well. The method and its limits are in the explanation of copying. Cost: for every pair that
    shares contested values, the assertions of its smaller source; bounded, and nothing grows with
    sources times objects. The same input gives the same output; there is no randomness.

    Args:
        source: For every assertion its source, from 0.
        object: For every assertion its object, any integers.
        value: For every assertion its value, any integers; a label has the same one everywhere.
        sources: How many sources there are; the largest code and one more if not given.
        time: For every assertion when it was made, in any unit; NaN where not known.
        cited: For every assertion the source from which it was taken on record, -1 where none.
            Such assertions are known copies: they are discounted, and not used for guessing.
        true: For every assertion 1 where its value is known to be true, 0 where known to be
            false, NaN where not known.
        accuracy: For every source how often it is right, in [0, 1], to use instead of learning it.
        threshold: The probability from which a pair is listed and discounted, in (0, 1).
        peers: Whether sources of like ability who say the same excuse those who agree, as where
            all objects share labels and some are hard for everybody.

    Raises:
        InvalidValue: Arrays of different lengths, codes below 0, or figures outside their range.

    >>> from provenance.learning.planted import planted
    >>> world = planted(sources=12, objects=300, copiers=0.25, seed=3)
    >>> found = copying(world.source, world.object, world.value)
    >>> found.groups == world.groups
    True
    """
    codes = _columns(source, object, value)
    count = int(codes[0].max(initial=-1)) + 1 if sources is None else sources
    if codes[0].max(initial=-1) >= count or codes[0].min(initial=0) < 0:
        raise InvalidValue(f"expected source codes from 0 to {count - 1}, found others")
    if not 0.0 < threshold < 1.0:
        raise InvalidValue(f"expected a threshold between 0 and 1, found {threshold!r}")
    size = len(codes[0])
    known = _known(true, size)
    when = None if time is None else _floats(time, size, "time")
    right = None if accuracy is None else _accuracy(accuracy, count)
    if not size:
        return Copying((), (), np.zeros(0), 0, 0.0, np.zeros(0) if right is None else right)
    told = Told.of(*codes, count)
    relays = None if cited is None else followed(told, _cited(cited, size, count)[told.row])
    free = told
    if relays is not None:
        rows = told.row[relays.origin == np.arange(len(told.row))]
        free = Told.of(codes[0][rows], codes[1][rows], codes[2][rows], count)
        free = attrs.evolve(free, row=rows[free.row])
    moment = None if when is None else when[free.row]
    search = searched(free, _of_claims(free, known), right, threshold, moment, peers=peers)
    of_free = np.ones(size)
    of_free[free.row] = search.weight
    weight = of_free[told.row] if relays is None else relays.weights(of_free[told.row])
    pairs = inferred_pairs(search, threshold)
    if relays is not None:
        pairs = with_citations(pairs, relays, told)
    return Copying(
        pairs=pairs,
        groups=_groups(pairs, search, threshold),
        weights=_by_row(codes, told, weight),
        compared=len(search.pairs),
        rate=search.rate,
        accuracy=search.accuracy,
        likelihoods=_likelihoods(search),
    )


def copying_between(
    assertions: Any,
    *,
    true: ArrayLike | None = None,
    accuracy: ArrayLike | None = None,
    threshold: float = LIKELY,
    review_labels: bool = True,
) -> Copying:
    """The same for a table of assertions by name; its times and citations are used.

    Args:
        assertions: What `Assertions.of` reads, or its result.
        true: As for `copying`, in the order of the assertions of `Assertions`.
        accuracy: As for `copying`, in the order of its sources.
        threshold: As for `copying`.
        review_labels: Whether pairs are only told, and not discounted, where all objects share
            labels and hard objects may explain them too.

    >>> told = [("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y")]
    >>> round(copying_between(told).probability_of("a", "b"), 3)
    0.02
    """
    table = Assertions.of(assertions)
    found = _between(table, true, accuracy, threshold)
    if not review_labels or label_names(table) is None or not found.pairs:
        return found
    return _reviewed_labels(
        table, found, lambda: _between(table, true, accuracy, threshold, peers=True)
    )


def _between(
    table: Assertions,
    true: ArrayLike | None,
    accuracy: ArrayLike | None,
    threshold: float,
    *,
    peers: bool = False,
) -> Copying:
    found = copying(
        table.source,
        table.object,
        table.value_of_claim[table.claim],
        sources=len(table.sources),
        time=table.time,
        cited=table.cited,
        true=true,
        accuracy=accuracy,
        threshold=threshold,
        peers=peers,
    )
    return attrs.evolve(found, names=table.sources)


@attrs.frozen
class CopyCost:
    """What looking for copies has to compare.

    >>> print(CopyCost(1225, 480_000))
    1,225 pairs of sources to compare, 480,000 assertions to look at in each of five rounds
    """

    pairs: int
    """Pairs of sources that share enough contested values to be compared."""
    assertions: int
    """Assertions that every round looks at: for each pair those of the source that says less."""

    def __str__(self) -> str:
        pairs = "pair" if self.pairs == 1 else "pairs"
        said = "assertion" if self.assertions == 1 else "assertions"
        return (
            f"{self.pairs:,} {pairs} of sources to compare, {self.assertions:,} {said} to look at in "
            "each of five rounds"
        )


def cost_of_copying(assertions: Assertions) -> CopyCost:
    """How much `copying_between` has to compare, without comparing it.

    >>> from provenance.learning.planted import planted
    >>> world = planted(sources=12, objects=200, copiers=0.1, seed=1)
    >>> told = Assertions.of(zip(world.source, world.object, world.value))
    >>> cost_of_copying(told)
    CopyCost(pairs=66, assertions=8222)
    """
    told = Told.of(
        assertions.source.astype(np.int64),
        assertions.object.astype(np.int64),
        assertions.value_of_claim[assertions.claim].astype(np.int64),
        len(assertions.sources),
    )
    pairs = candidate_pairs(told)
    said = np.diff(told.first_of_source)
    return CopyCost(len(pairs), int(said[pairs.second].sum()))


def _likelihoods(search: Search) -> Mapping[tuple[int, int], float]:
    """The probability of every pair that was compared, by its codes, smaller first."""
    compared = search.pairs
    low = np.minimum(compared.first, compared.second).tolist()
    high = np.maximum(compared.first, compared.second).tolist()
    ends = zip(low, high, strict=True)
    return dict(zip(ends, search.probability.tolist(), strict=True))


def _groups(
    pairs: tuple[CopyingPair, ...], search: Search, threshold: float
) -> tuple[tuple[int, ...], ...]:
    """Groups by average linkage, with pairs on record counted as certain."""
    probability = dict(_likelihoods(search))
    probability |= {(p.first, p.second): p.probability for p in pairs}
    ends = np.array(sorted(probability), dtype=np.int64).reshape(-1, 2)
    known = np.array([probability[a, b] for a, b in ends.tolist()], dtype=np.float64)
    return linked_groups(Pairs(ends[:, 0], ends[:, 1]), known, search.told.sources, threshold)


def _columns(*columns: ArrayLike) -> tuple[Ints, Ints, Ints]:
    """Three columns of integers of one length."""
    found = [np.asarray(column) for column in columns]
    for name, column in zip(("source", "object", "value"), found, strict=True):
        if column.ndim != 1 or (len(column) and column.dtype.kind not in "iu"):
            raise InvalidValue(
                f"expected {name} as one row of integer codes, "
                f"found {column.dtype} of shape {column.shape}"
            )
        if len(column) != len(found[0]):
            raise InvalidValue(
                f"expected {name} as long as source ({len(found[0])}), found {len(column)}"
            )
    source, about, what = (column.astype(np.int64) for column in found)
    return source, about, what


def _floats(column: ArrayLike, size: int, name: str) -> Floats:
    found = np.asarray(column, dtype=np.float64)
    if found.shape != (size,):
        raise InvalidValue(f"expected {name} with {size} entries, found shape {found.shape}")
    return found


def _known(true: ArrayLike | None, size: int) -> Floats:
    """For every row how many nats its value is known to be true, or false if negative."""
    if true is None:
        return np.zeros(size)
    found = _floats(true, size, "true")
    if not np.isin(found[~np.isnan(found)], (0.0, 1.0)).all():
        raise InvalidValue("expected true to hold 1, 0 or NaN only")
    return np.where(np.isnan(found), 0.0, np.where(found > 0.0, 30.0, -30.0))


def _of_claims(told: Told, known: Floats) -> Floats:
    of_claim = np.zeros(told.claims)
    of_claim[told.claim] = known[told.row]
    return of_claim


def _accuracy(accuracy: ArrayLike, sources: int) -> Floats:
    found = _floats(accuracy, sources, "accuracy")
    if not ((found >= 0.0) & (found <= 1.0)).all():
        raise InvalidValue("expected accuracies between 0 and 1")
    return found


def _cited(cited: ArrayLike, size: int, sources: int) -> Ints:
    found = np.asarray(cited)
    if found.shape != (size,) or found.dtype.kind not in "iu":
        raise InvalidValue(
            f"expected cited as {size} integer codes, found {found.dtype} of shape {found.shape}"
        )
    if found.max(initial=-1) >= sources:
        raise InvalidValue(
            f"expected cited sources below {sources}, found {int(found.max(initial=-1))}"
        )
    return found.astype(np.int64)


def _by_row(codes: tuple[Ints, Ints, Ints], told: Told, weight: Floats) -> Floats:
    """Weights by row again; equal rows share the weight of the one assertion they are."""
    rows = np.zeros(len(codes[0]))
    rows[told.row] = weight
    if len(told.row) == len(rows):
        return rows
    order = np.lexsort((codes[0], codes[2], codes[1]))
    fresh = np.zeros(len(rows), dtype=bool)
    fresh[told.row] = True
    run = np.cumsum(fresh[order]) - 1
    rows[order] = (rows[order][fresh[order]] / np.bincount(run))[run]
    return rows


# How much of each assertion is its source's own: copies, common origins and citations discounted.

# Where labels are shared: later this surely, or alike on so many errors and on such a part of them.
_SURELY_LATER, _ERRORS, _NEARLY_ALL = 0.99, 8, 0.9


def copies_in(
    assertions: Assertions, known: Known = None, *, review_labels: bool = True
) -> Copying:
    """Copying between the sources, looked for where two of them speak of one object.

    Args:
        assertions: Who said what.
        known: Claims known true or false, which tell errors from what is right.
        review_labels: As for `copying_between`.
    """
    several = checked_objects(assertions, None)
    true = None if known is None else known[assertions.claim]
    if several.all() or not several.any():
        return copying_between(assertions, true=true, review_labels=review_labels)
    rows = several[assertions.object]
    found = copying_between(
        of_objects(assertions, several),
        true=None if true is None else true[rows],
        review_labels=review_labels,
    )
    weights = np.ones(assertions.size)
    weights[rows] = found.weights
    return attrs.evolve(found, weights=weights)


def _reviewed_labels(
    assertions: Assertions, found: Copying, among_peers: Callable[[], Copying]
) -> Copying:
    """Copying where all objects share labels, so that people who err alike are not accused.

    Agreement is common there: hard objects and groups of ability explain it. What they explain is
    dropped; the rest is told. Only citations, one that is surely later, or near-total agreement
    on rare errors count against a pair.
    """
    sure = _sure(assertions, found)
    rest = [pair for pair in found.pairs if pair not in sure]
    if not rest:
        return found
    excused = among_peers()
    told = [attrs.evolve(pair, discounted=False) for pair in rest]
    told = [pair for pair in told if (pair.first, pair.second) in excused.by_pair]
    kept = _in_order((*sure, *told))
    listed = {(pair.first, pair.second) for pair in kept}
    dropped = {(pair.first, pair.second) for pair in rest} - listed
    likelihoods = {
        pair: min(p, excused.probability_of_codes(*pair)) if pair in dropped else p
        for pair, p in found.likelihoods.items()
    }
    return attrs.evolve(
        found,
        pairs=kept,
        groups=_joined(sure),
        weights=_weights(assertions, sure),
        likelihoods=likelihoods,
    )


def _sure(assertions: Assertions, found: Copying) -> tuple[CopyingPair, ...]:
    """The pairs beyond doubt, in the order in which they were found.

    A group that may share an origin is set aside as a whole when its errors are told, so that a
    large one does not vouch for itself; but only where most of its pairs are then beyond doubt, for
    able people are alike in what a poor crowd takes for errors.
    """
    company = {code: group for group in found.groups for code in group}
    judged: dict[tuple[int, ...], list[CopyingPair]] = {}
    sure = set()
    for pair in found.pairs:
        if _beyond_doubt(assertions, pair, (pair.first, pair.second)):
            sure.add(pair)
        if company.get(pair.first, ()) == company.get(pair.second):
            judged.setdefault(company[pair.first], []).append(pair)
    for group, pairs in judged.items():
        alike = [pair for pair in pairs if _beyond_doubt(assertions, pair, group)]
        sure |= set(alike) if 2 * len(alike) > len(pairs) else set()
    return tuple(pair for pair in found.pairs if pair in sure)


def _beyond_doubt(assertions: Assertions, pair: CopyingPair, company: tuple[int, ...]) -> bool:
    """Whether citations, times or near-total agreement on rare errors leave no other explanation.

    What is an error is told by those who are not of the company that may share an origin with the
    pair, so that a large one does not vouch for itself.
    """
    if pair.cited or (pair.copier_probability or 0.0) >= _SURELY_LATER:
        return True
    rows = [np.flatnonzero(assertions.source == code) for code in (pair.first, pair.second)]
    about = [assertions.object[each] for each in rows]
    shared, one, other = np.intersect1d(about[0], about[1], return_indices=True)
    claims = [assertions.claim[each][at] for each, at in zip(rows, (one, other), strict=True)]
    outside = ~np.isin(assertions.source, company)
    voices = np.bincount(assertions.claim[outside], minlength=assertions.claims)
    first, last = assertions.first_claim[shared], assertions.first_claim[shared + 1]
    leader = np.array([a + int(voices[a:b].argmax()) for a, b in zip(first, last, strict=True)])
    most = np.array([int(voices[a:b].max()) for a, b in zip(first, last, strict=True)])
    # A value of which the others say less than of another one is an error, as far as they know.
    wrong = [(voices[each] < most) & (each != leader) for each in claims]
    errors = int((wrong[0] | wrong[1]).sum())
    together = int((wrong[0] & (claims[0] == claims[1])).sum())
    return together >= _ERRORS and together >= _NEARLY_ALL * errors


def discounted(assertions: Assertions, found: Copying | None) -> Assertions:
    """Assertions with each voice reduced to its own part, and copiers as parties.

    Sources of one party do not vouch for each other.
    """
    if found is None or bool((found.weights >= 1.0).all()):
        return assertions
    party = np.arange(len(assertions.sources))
    for group in found.groups:
        party[list(group)] = group[0]
    return attrs.evolve(assertions, share=assertions.weight * found.weights, party=party)


def _weights(assertions: Assertions, pairs: tuple[CopyingPair, ...]) -> Floats:
    """One over the voices that each assertion stands among, copies counted by their share."""
    among = np.ones(assertions.size)
    order = np.argsort(assertions.source, kind="stable")
    first = np.searchsorted(assertions.source[order], np.arange(len(assertions.sources) + 1))
    for pair in pairs:
        one, other = (order[first[s] : first[s + 1]] for s in (pair.first, pair.second))
        _, left, right = np.intersect1d(
            assertions.claim[one], assertions.claim[other], return_indices=True
        )
        among[one[left]] += pair.probability * pair.share
        among[other[right]] += pair.probability * pair.share
    return 1.0 / among


def _joined(pairs: tuple[CopyingPair, ...]) -> tuple[tuple[int, ...], ...]:
    """Sources that pairs join, directly or through others."""
    group: dict[int, set[int]] = {}
    for pair in pairs:
        together = group.get(pair.first, {pair.first}) | group.get(pair.second, {pair.second})
        group |= dict.fromkeys(together, together)
    return tuple(sorted({tuple(sorted(members)) for members in group.values()}))


def own_part(assertions: Assertions, probability: Floats, accuracy: Floats) -> Floats:
    """For every assertion the part of an independent voice it is, in (0, 1].

    Copying is looked for with the accuracies given; claims given as certain count as known.
    """
    certain = (probability == 1.0) | (probability == 0.0)
    true = np.where(certain, probability, np.nan)[assertions.claim]
    unanimous = assertions.values_per_object[assertions.object] == 1
    found = copying_between(
        assertions, true=np.where(unanimous, np.nan, true), accuracy=np.clip(accuracy, 0.0, 1.0)
    )
    return found.weights


# Which assertions are taken from which, where citations put it on record.


@attrs.frozen(eq=False)
class Relays:
    """For every assertion the one it was taken from in the end, and with how many it shares it."""

    origin: Ints
    """For every assertion its origin; itself where it cites nobody, -1 where the cited is absent."""
    company: Floats
    """For every assertion how many assertions have the same origin, itself included."""
    citing: Ints
    """For every cited claim the source that cites."""
    cited: Ints
    """The source that it cites."""

    def weights(self, of_origins: Floats) -> Floats:
        """The weight of every origin, divided among the assertions taken from it."""
        return np.where(self.origin >= 0, of_origins[self.origin], 1.0) / self.company


def followed(told: Told, cited: Ints) -> Relays:
    """Follow citations of the same claim to their start; a circle counts as one origin.

    Args:
        told: The assertions.
        cited: For every assertion the source it cites, -1 where none; citing oneself is nothing.
    """
    count = len(told.source)
    cites = (cited >= 0) & (cited != told.source)
    # Sorted by source, then claim: so these keys rise.
    keys = told.source * told.claims + told.claim
    wanted = cited[cites] * told.claims + told.claim[cites]
    place = np.minimum(np.searchsorted(keys, wanted), max(count - 1, 0))
    present = keys[place] == wanted
    absent, stand_in = np.unique(wanted[~present], return_inverse=True)
    parent = np.arange(count + len(absent))
    target = np.where(present, place, 0)
    target[~present] = count + stand_in
    parent[np.flatnonzero(cites)] = target
    root = _roots(parent)[:count]
    company = np.bincount(root, minlength=len(parent))[root].astype(np.float64)
    return Relays(
        origin=np.where(root < count, root, -1),
        company=company,
        citing=told.source[cites],
        cited=cited[cites],
    )


def _roots(parent: Ints) -> Ints:
    """The end of every chain; for chains that run in a circle its smallest member."""
    far, least = parent.copy(), np.minimum(parent, np.arange(len(parent)))
    for _ in range(max(1, len(parent).bit_length())):
        least = np.minimum(least, least[far])
        far = far[far]
    return np.where(parent[far] == far, far, least[far])
