"""Learning on a PySpark frame: the iterations are group-bys, the answers frames again.

Assertions are spread by object once, so that sums over an object's claims stay where they are.
What moves in an iteration is one partial sum per source and partition (about 48 bytes each), and
the trust in every source (16 bytes each) to every executor; no assertion is shuffled. The plan for a
cluster is in the explanation of learning.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np

from provenance.errors import InvalidValue, MissingExtra, UnknownName
from provenance.learning.assertions import Assertions
from provenance.learning.coin import PRIOR
from provenance.learning.copying import Copying
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.estimates import Floats
from provenance.learning.group_bys import Spread, believed, named, shares, spread, vote_shares
from provenance.learning.independence import copies_in
from provenance.learning.known import one_each, same_kind, truth_pairs
from provenance.learning.learned import CopyFound, copies_by_name, groups_by_name
from provenance.learning.lookalikes import look_alikes
from provenance.learning.reliability import degrees, widened
from provenance.learning.special import digamma
from provenance.learning.tables import table_like
from provenance.scales import Degree

__all__ = ["COLLECTED", "LearnedOnSpark", "is_spark_frame", "learn_on_spark"]

COLLECTED = 5_000_000
"""Assertions that one machine takes at once, so that whatever needs all of them can be done."""


def is_spark_frame(table: Any) -> bool:
    """Whether a table is a PySpark DataFrame, without importing pyspark."""
    return type(table).__module__.startswith("pyspark.sql") and hasattr(table, "groupBy")


@attrs.frozen(eq=False, repr=False)
class LearnedOnSpark:
    """Reliabilities on the driver, probabilities as a PySpark frame; answers as of `Learned`.

    >>> asked = ("reliability_of", "accuracy_of", "probability", "most_likely", "copying")
    >>> all(hasattr(LearnedOnSpark, name) for name in asked)
    True
    """

    frame: Any
    """The assertions: source, object and value."""
    sources: tuple[Any, ...]
    """Names of the sources, in order."""
    right: Floats
    """For every source the first count of Beta(right, wrong), how often it is right."""
    wrong: Floats
    """For every source the second count."""
    chance: Floats
    """For every source how often it would be right by guessing."""
    doubt: Floats
    """For every source the doubt about which of its assertions are right: `reliability.widened`."""
    said: tuple[int, ...]
    """For every source how many assertions it makes."""
    values: Any
    """A row per stated value: object, value, probability, voices, unstated, stated, possible."""
    labels: tuple[Any, ...] | None
    """Every value that an object may have, where objects share labels."""
    truth: Mapping[Any, Any]
    """Known true values of objects."""
    facts: tuple[tuple[str, float], ...]
    """What was measured on the assertions, by name."""
    dependence: float
    """The correlation of errors within an object that was assumed."""
    log: tuple[float, ...]
    """The largest change of a source's expected accuracy in each iteration."""
    converged: bool
    """Whether the iteration came to rest."""
    method: str = "one-coin"
    """The method that was used."""
    reason: str = "asked for"
    """Why that method."""

    def __repr__(self) -> str:
        counts = dict(self.facts)
        return (
            f"<Learned on Spark by {self.method} from {int(counts['assertions']):,} assertions of "
            f"{len(self.sources):,} sources on {int(counts['objects']):,} objects>"
        )

    @functools.cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know; counts the rows of the frame."""
        rows, whole = self.frame.count(), self.frame.dropna().count()
        repeated = whole - int(dict(self.facts)["assertions"])
        counts = ((rows - whole, "incomplete rows left out"), (repeated, "repeated rows"))
        notes = [f"{count} {what}" for count, what in counts if count]
        if not self.converged:
            notes.append(f"{self.method} did not come to rest in {len(self.log)} iterations")
        if self.truth:
            spoken = self.frame.where(self.frame["object"].isin(list(self.truth)))
            strangers = len(self.truth) - spoken.dropna().select("object").distinct().count()
            notes += [f"{strangers} known truths about unknown objects"] if strangers else []
        alike = look_alikes(self.sources)
        return (*notes, *(f"sources that look alike are kept apart: {pair}" for pair in alike))

    @functools.cached_property
    def _counts(self) -> tuple[Floats, Floats]:
        return widened(self.right, self.wrong, self.doubt)

    @functools.cached_property
    def reliabilities(self) -> Mapping[Any, Degree]:
        """The reliability of every source."""
        found = degrees(*self._counts, self.chance)
        return MappingProxyType(dict(zip(self.sources, found, strict=True)))

    def reliability_of(self, source: Any) -> Degree:
        """How far a source tracks the truth."""
        self._place(source)
        return self.reliabilities[source]

    def accuracy_of(self, source: Any) -> Degree:
        """How often a source is right, as a Beta distribution by mean and strength."""
        right, wrong = (float(counts[self._place(source)]) for counts in self._counts)
        return Degree(right / (right + wrong), right + wrong)

    def _place(self, source: Any) -> int:
        if source not in self._places:
            raise UnknownName("source", str(source), map(str, self.sources))
        return self._places[source]

    @functools.cached_property
    def _places(self) -> dict[Any, int]:
        return {name: place for place, name in enumerate(self.sources)}

    def probability(self, object: Any) -> Mapping[Any, float]:  # noqa: A002 the word of this library
        """The values of an object with their probabilities; None stands for one not stated."""
        rows = self._rows_about(object)
        if not rows:
            raise UnknownName("object", str(object))
        found = {row["value"]: float(row["probability"]) for row in rows}
        left = float(rows[0]["unstated"])
        if object in self.truth and left == 1.0:
            found[self.truth[object]] = 1.0
        else:
            others = [value for value in self.labels or (None,) if value not in found]
            found |= {value: left / len(others) for value in others}
        ranked = sorted(found.items(), key=lambda item: (-item[1], str(item[0])))
        return MappingProxyType(dict(ranked))

    def _rows_about(self, about: Any) -> list[Any]:
        if self._by_object is not None:
            return self._by_object.get(about, [])
        found: list[Any] = self.values.where(self.values["object"] == about).collect()
        return found

    @functools.cached_property
    def _by_object(self) -> dict[Any, list[Any]] | None:
        """The rows of every object, where one machine holds them: no job for every question."""
        if dict(self.facts)["assertions"] > COLLECTED:
            return None
        found: dict[Any, list[Any]] = {}
        for row in self.values.collect():
            found.setdefault(row["object"], []).append(row)
        return found

    def most_likely(self, object: Any) -> Any:  # noqa: A002 the word of this library
        """The most probable value of an object that has a name; of equal ones the first in order."""
        return next(value for value in self.probability(object) if value is not None)

    def values_table(self) -> Any:
        """A row per stated value: object, value, probability, voices."""
        return self.values.select("object", "value", "probability", "voices")

    def objects_table(self) -> Any:
        """A row per object: its most likely value and the probability."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        order = Window.partitionBy("object").orderBy(f.desc("probability"), "value")
        rows = self.values.withColumn("rank", f.row_number().over(order))
        rest = f.col("possible") - f.col("stated")
        other = f.when(rest > 0, f.col("unstated") / rest).otherwise(0.0)
        if self.labels is not None:
            stated = f.collect_set("value").over(Window.partitionBy("object"))
            unheard = f.array_except(f.array(*map(f.lit, self.labels)), stated)
            rows = rows.withColumn("rival", f.try_element_at(unheard, f.lit(1)))
        best = rows.where("rank = 1").withColumn("other", other)
        if self.truth:
            best = self._with_answers(f, best)
        if self.labels is not None or self.truth:
            ahead = f.col("rival").isNotNull() & (f.col("other") > f.col("probability") + 1e-9)
            best = best.withColumn("value", f.when(ahead, f.col("rival")).otherwise(f.col("value")))
            sure = f.when(ahead, f.col("other")).otherwise(f.col("probability"))
            best = best.withColumn("probability", sure)
        return best.select("object", "value", "probability")

    def _with_answers(self, f: Any, best: Any) -> Any:
        """Known answers that nobody stated stand as rivals."""
        schema = best.select("object", "value").schema
        known = best.sparkSession.createDataFrame(list(self.truth.items()), schema)
        best = best.join(f.broadcast(known.withColumnRenamed("value", "answer")), "object", "left")
        rival = f.col("rival") if "rival" in best.columns else f.lit(None)
        answered = f.col("answer").isNotNull() & (f.col("unstated") == 1.0)
        best = best.withColumn("rival", f.when(answered, f.col("answer")).otherwise(rival))
        return best.withColumn("other", f.when(answered, 1.0).otherwise(f.col("other")))

    def sources_table(self) -> Any:
        """A row per source: reliability, strength, accuracy, assertions."""
        right, wrong = self._counts
        found = list(self.reliabilities.values())
        columns = {
            "source": list(self.sources),
            "reliability": [degree.mean for degree in found],
            "strength": [degree.strength for degree in found],
            "accuracy": (right / (right + wrong)).tolist(),
            "assertions": list(self.said),
        }
        return table_like("pyspark", columns)

    @functools.cached_property
    def copies(self) -> Copying:
        """Copying between sources: looked for on the driver, when it is first asked for."""
        count = int(dict(self.facts)["assertions"])
        if count > COLLECTED:
            raise InvalidValue(
                f"copying is looked for on one machine, among at most {COLLECTED:,} assertions, "
                f"found {count:,}; ask about some of the objects"
            )
        return copies_in(Assertions.of(self.frame))

    def copying(self) -> tuple[CopyFound, ...]:
        """Pairs of sources that do not speak independently, likeliest first."""
        return copies_by_name(self.copies, self.sources)

    def copying_probability(self, one: Any, other: Any) -> float:
        """How likely two sources, by name, do not speak independently, in [0, 1]."""
        return self.copies.probability_of(one, other)

    def shared_origins(self) -> tuple[tuple[Any, ...], ...]:
        """Groups of sources that share an origin, by name."""
        return groups_by_name(self.copies, self.sources)

    def copying_table(self) -> Any:
        """A row per pair of sources that do not speak independently."""
        found = self.copying()
        names = ("first", "second", "probability", "share", "copier")
        columns = {name: [getattr(pair, name) for pair in found] for name in names}
        return table_like("pyspark", columns)


def learn_on_spark(
    table: Any,
    truth: Any = None,
    *,
    source: str = "source",
    object: str = "object",  # noqa: A002 the word of this library
    value: str = "value",
    dependence: float = DEPENDENCE,
    reason: str = "asked for",
    rounds: int = 200,
    limit: float = 1e-7,
) -> LearnedOnSpark:
    """The one-coin model over a PySpark frame, equal to that on one machine to 1e-6.

    Needs pyspark. Known truth is taken as by `learn`.
    """
    try:
        import pyspark  # noqa: F401 asked for before anything is done
    except ImportError as error:
        raise MissingExtra("spark", "pyspark") from error
    frame = named(table, source, object, value)
    known = _known(truth, frame, object, value)
    told = spread(frame, known)
    first = believed(vote_shares(told))
    names = tuple(sorted(first))
    spoken = np.array([first[name].spoken for name in names])
    chance = np.array([first[name].chance for name in names]) / spoken
    right, wrong, changes = _fitted(told, names, spoken, first, rounds, limit)
    trust = _trust(names, right, wrong)
    last = shares(told, trust, dependence).withColumnRenamed("share", "probability").cache()
    final = believed(last.withColumn("share", last["probability"]))
    # Whole voices, as in `Learned.values_table`: how many sources, however they share their voice.
    last = last.withColumn("voices", (1.0 / last["part"] + 0.5).cast("long"))
    kept = ("object", "value", "probability", "voices", "unstated", "stated", "possible")
    told.told.unpersist()
    counts = {"sources": len(names), "objects": told.objects, "assertions": told.assertions}
    return LearnedOnSpark(
        frame=frame,
        sources=names,
        right=right,
        wrong=wrong,
        chance=chance,
        doubt=np.array([final[name].doubt for name in names]),
        said=tuple(final[name].assertions for name in names),
        values=last.select(*kept).dropDuplicates(["object", "value"]),
        labels=told.labels,
        truth=MappingProxyType(known),
        facts=tuple((name, float(count)) for name, count in counts.items()),
        dependence=dependence,
        log=changes,
        converged=changes[-1] <= limit,
        reason=reason,
    )


def _fitted(
    told: Spread,
    names: tuple[Any, ...],
    spoken: Floats,
    first: Mapping[Any, Any],
    rounds: int,
    limit: float,
) -> tuple[Floats, Floats, tuple[float, ...]]:
    """The counts of every source after as many passes as it takes, and the changes on the way."""
    said = np.array([first[name].believed for name in names])
    changes: list[float] = []
    while True:
        right, wrong = PRIOR[0] + said, PRIOR[1] + np.maximum(spoken - said, 0.0)
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            return right, wrong, tuple(changes)
        sums = believed(shares(told, _trust(names, right, wrong), None))
        after = np.array([sums[name].believed for name in names])
        changes.append(float(np.max(np.abs(after - said) / (right + wrong))))
        said = after


def _trust(names: tuple[Any, ...], right: Floats, wrong: Floats) -> dict[Any, float]:
    return dict(zip(names, (digamma(right) - digamma(wrong)).tolist(), strict=True))


def _known(truth: Any, frame: Any, about: str, value: str) -> dict[Any, Any]:
    """Known truths, one for each object, of the kinds that the frame has."""
    pairs = [] if truth is None else truth_pairs(truth, about, value)
    some = frame.dropna().take(1)
    if pairs and some:
        same_kind(pairs, some[0]["object"], some[0]["value"], value)
    true: dict[Any, set[Any]] = {}
    for name, answer in pairs:
        true.setdefault(name, set()).add(answer)
    one_each(true)
    return {
        _like(some[0]["object"], name): _like(some[0]["value"], next(iter(answers)))
        for name, answers in true.items()
        if some
    }


def _like(stated: Any, entry: Any) -> Any:
    """An entry as the type that Spark has for what is stated: it takes no whole number for 1.5."""
    return type(stated)(entry) if isinstance(stated, bool | int | float) else entry
