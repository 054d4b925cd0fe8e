"""Learning on a PySpark frame: the iterations are group-bys, the answers frames again.

Assertions are spread by object once, so that sums over an object's claims stay where they are.
What moves in an iteration is one partial sum per source and partition (about 48 bytes each), and
the trust in every source (16 bytes each) to every executor; no assertion is shuffled. The plan for a
cluster is in the explanation of learning.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from math import lgamma, log
from types import MappingProxyType
from typing import Any

import attrs
import numpy as np

from provenance.errors import InvalidValue, MissingExtra, TableError, UnknownName
from provenance.learning.assertions import Assertions, look_alikes
from provenance.learning.copying import Copying, copies_in
from provenance.learning.crediting import PRIOR
from provenance.learning.encoding import Floats, table_like
from provenance.learning.estimates import DEPENDENCE
from provenance.learning.known import one_each, same_kind, truth_pairs
from provenance.learning.labels import few_and_reused
from provenance.learning.learned import (
    ASKED_FOR,
    OWN_VOICES,
    CopyFound,
    copies_by_name,
    groups_by_name,
)
from provenance.learning.methods.one_coin import Judged, judged
from provenance.learning.methods.wrong_values import MANY, Heard, fitted_variety, fitted_ways
from provenance.learning.tracking import degrees, widened
from provenance.scales import Degree

__all__ = [
    "COLLECTED",
    "LearnedOnSpark",
    "Spread",
    "Sums",
    "believed",
    "credited",
    "is_spark_frame",
    "learn_on_spark",
    "renamed",
    "shares",
    "spread",
    "vote_shares",
]

# The one-coin model as group-bys over a PySpark frame: what is prepared once, and one pass.

_MOST_LABELS = 64
# Assertions to a partition: enough that starting a task costs little, few enough to fit anywhere.
_AT_ONCE = 500_000


@attrs.frozen(eq=False)
class Spread:
    """Assertions kept by object, with all that does not change from pass to pass."""

    told: Any
    """A row per assertion that somebody checks: source, object, value, voice, voices, total, …"""
    lone: Any
    """A row per assertion that nobody checks: source, object, value, voice, voices, part, stated."""
    smallest: float
    """The Dirichlet weight of one wrong value, see `wrong_values.WrongWays`."""
    variety: float
    """The Dirichlet weight of all wrong values."""
    labels: tuple[Any, ...] | None
    """Every value that an object may have, where objects share labels; None where they do not."""
    sources: Mapping[Any, int]
    """For every source how many assertions it makes."""
    assertions: int
    """How many assertions there are."""
    objects: int
    """How many objects there are."""


def renamed(table: Any, source: str, about: str, value: str) -> Any:
    """The three columns under the names that everything here uses."""
    from pyspark.sql import functions as f

    for name in (source, about, value):
        if name not in table.columns:
            missing = UnknownName("column", name, table.columns)
            fix = "name the columns with source=, object= and value="
            raise TableError.of(name, "unknown-column", str(missing), fix)
    return table.select(
        f.col(source).alias("source"), f.col(about).alias("object"), f.col(value).alias("value")
    )


def spread(frame: Any, truth: Mapping[Any, Any] | None) -> Spread:
    """The assertions of `named` spread by object, where they stay, with their voices."""
    from pyspark.sql import functions as f

    told = frame.dropna().dropDuplicates()
    told = told.repartition(1 + frame.count() // _AT_ONCE, "object")
    of_claim, of_object = _window("object", "value"), _window("object")
    voice = f.lit(1.0) / f.count("*").over(_window("object", "source"))
    told = told.withColumn("voice", voice)
    told = told.withColumn("voices", f.sum("voice").over(of_claim))
    # A claim stands in as many rows as it has assertions; each row is that part of the claim.
    told = told.withColumn("part", f.lit(1.0) / f.count("*").over(of_claim))
    told = told.withColumn("total", f.sum("voice").over(of_object))
    told = told.withColumn("stated", f.round(f.sum("part").over(of_object)))
    told = told.withColumn("most", f.max("voices").over(of_object))
    told = _with_truth(f, told, truth)
    # Whether another source speaks of the object, or its truth is known.
    several = f.min("source").over(of_object) != f.max("source").over(of_object)
    told = told.withColumn("checked", several | f.max("true").over(of_object).isNotNull()).cache()
    said = {row["source"]: int(row["count"]) for row in told.groupBy("source").count().collect()}
    if not said:
        _refuse_empty(frame)
    checked, lone = told.where("checked"), told.where(~f.col("checked")).cache()
    objects = told.agg(f.countDistinct("object").alias("objects")).collect()[0]["objects"]
    counts = checked.agg(
        f.countDistinct("object").alias("objects"), f.round(f.sum("part")).alias("claims")
    ).collect()[0]
    lone.count()
    labels = None
    if counts["objects"]:
        labels = _labels(checked, int(counts["objects"]), int(counts["claims"]))
    among, variety = _wrong_ways(f, checked, labels) if counts["objects"] else (MANY, 1.0)
    endless = labels is None and among == MANY
    may = f.greatest(f.lit(among), f.col("stated") - 1.0)
    possible = f.col("stated") + 1.0 if endless else may + 1.0
    checked = checked.withColumn("possible", possible)
    lone = lone.withColumn("possible", possible)
    ready = _with_wrong_ways(f, checked, variety, among, endless)
    ready.count()
    told.unpersist()
    smallest, total = variety / among, sum(said.values())
    return Spread(ready, lone, smallest, variety, labels, said, total, int(objects))


def _refuse_empty(frame: Any) -> None:
    if not frame.take(1):
        raise TableError.of("", "empty-table", "expected assertions, found no rows")
    problem = "expected a row with a source, an object and a value, found none"
    raise TableError.of("", "nothing-there", problem)


def _with_truth(f: Any, told: Any, truth: Mapping[Any, Any] | None) -> Any:
    """For every assertion 1 where it is known true, 0 where known false, null where not known."""
    if not truth:
        return told.withColumn("true", f.lit(None).cast("double"))
    schema = told.select("object", "value").schema
    known = told.sparkSession.createDataFrame(list(truth.items()), schema)
    known = f.broadcast(known.withColumnRenamed("value", "answer"))
    right = f.when(f.col("answer").isNull(), f.lit(None))
    right = right.otherwise(f.when(f.col("value") == f.col("answer"), 1.0).otherwise(0.0))
    return told.join(known, "object", "left").withColumn("true", right).drop("answer")


def _labels(told: Any, objects: int, claims: int) -> tuple[Any, ...] | None:
    """The labels that objects share, by the rule of `labels.label_names`."""
    distinct = told.select("value").distinct().limit(_MOST_LABELS + 1).collect()
    values = tuple(sorted(row["value"] for row in distinct))
    if isinstance(values[0], bool):
        return (False, True)
    return values if few_and_reused(len(values), objects, claims) else None


def _with_wrong_ways(f: Any, told: Any, variety: float, among: float, endless: bool) -> Any:
    """The same with what `wrong_values.WrongWays` knows of every claim."""
    of_object = _window("object")
    smallest = variety / among
    told = told.withColumn("each", _log_gamma(f, f.col("voices") + smallest) - lgamma(smallest))
    told = told.withColumn("all_wrong", f.sum(f.col("part") * f.col("each")).over(of_object))
    rest = f.greatest(f.lit(0.0), f.col("total") - f.col("voices"))
    whole = f.lit(smallest) * f.greatest(f.lit(among), f.col("stated") - 1.0)
    rises = f.col("all_wrong") + _log_gamma(f, whole)
    if_true = rises - f.col("each") - _log_gamma(f, rest + whole)
    if_none = rises - _log_gamma(f, f.col("total") + whole)
    if_none += log(MANY) if endless else 0.0
    told = told.withColumn("if_true", if_true).withColumn("if_none", if_none)
    told = told.withColumn("room", whole + f.greatest(f.lit(0.0), rest - 1.0))
    without = f.greatest(f.lit(0.0), f.col("voices") - f.col("voice"))
    own_wrong = _log_gamma(f, f.col("voices") + smallest) - _log_gamma(f, without + smallest)
    told = told.withColumn("own_wrong", own_wrong)
    return told.drop("each", "all_wrong", "most", "checked").cache()


def _wrong_ways(f: Any, told: Any, labels: tuple[Any, ...] | None) -> tuple[float, float]:
    """Among how many wrong values sources choose, and their variety, as `wrong_values.WrongWays`."""
    heard = _heard(told)
    if labels is None:
        return fitted_ways(heard)
    among = max(1.0, len(labels) - 1.0)
    return among, fitted_variety(heard, among)


def _heard(told: Any) -> Heard:
    """How the voices are spread: groups of claims and of objects, and how many are in each."""
    claims = told.dropDuplicates(["object", "value"]).groupBy("voices").count()
    objects = told.dropDuplicates(["object"]).groupBy("most", "total", "stated").count()
    of_claims = [(float(row["voices"]), float(row["count"])) for row in claims.collect()]
    of_objects = [
        tuple(float(row[name]) for name in ("most", "total", "stated", "count"))
        for row in objects.collect()
    ]
    voices, counts = np.array(of_claims).T
    most, total, stated, times = np.array(of_objects).T
    rest = np.maximum(total - most, 0.0)
    return Heard((voices, counts), (most, times), rest, stated, times)


def _window(*columns: str) -> Any:
    from pyspark.sql import Window

    return Window.partitionBy(*columns)


def _log_gamma(f: Any, x: Any) -> Any:
    """The logarithm of the gamma function of a column: shifted by 6, then Stirling's series."""
    product = functools.reduce(lambda made, step: made * (x + step), range(1, 6), x)
    large = x + 6.0
    square = f.lit(1.0) / (large * large)
    inner = f.lit(1 / 360) - square * (f.lit(1 / 1260) - square / 1680)
    series = (f.lit(1 / 12) - square * inner) / large
    return (large - 0.5) * f.log(large) - large + 0.9189385332046727 + series - f.log(product)


def vote_shares(told: Spread) -> Any:
    """The rows with the part that the other voices give to each claim, or what is known of it."""
    from pyspark.sql import functions as f

    others = f.col("total") - f.col("voice")
    alike = f.greatest(f.lit(0.0), f.col("voices") - f.col("voice"))
    share = f.when(others > 1e-12, alike / others).otherwise(0.0)
    return told.told.withColumn("share", f.coalesce("true", share))


def _scored(told: Spread, trust: Mapping[Any, float], own: Mapping[Any, float]) -> Any:
    """The rows with the trust in their sources, and the log-odds of their claims."""
    from pyspark.sql import functions as f

    rows = told.told
    schema = rows.select("source").schema.add("trust", "double").add("own", "double")
    each = [(name, trust[name], own[name]) for name in trust]
    known = f.broadcast(rows.sparkSession.createDataFrame(each, schema))
    voiced = f.sum(f.col("voice") * f.col("trust")).over(_window("object", "value"))
    return rows.join(known, "source").withColumn("voiced", voiced)


def credited(told: Spread, trust: Mapping[Any, float], own: Mapping[Any, float] | None) -> Any:
    """The rows with how far the others believe each, or they and its source's own trust."""
    from pyspark.sql import functions as f

    of_object = _window("object")
    scored = _scored(told, trust, trust if own is None else own)
    scored = scored.withColumn("score", f.col("voiced") + f.col("if_true"))
    scored = scored.withColumn("odds", f.exp(f.col("score") - f.max("score").over(of_object)))
    part = f.col("part") * f.col("odds")
    rest = f.sum(part).over(of_object) - f.col("odds")
    free = f.sum(part * f.col("room")).over(of_object) - f.col("odds") * f.col("room")
    scored = scored.withColumn("rest", f.log(f.greatest(rest, f.lit(1e-300))))
    scored = scored.withColumn("free", f.log(f.greatest(free, f.lit(1e-300))))
    voice, sure = f.col("voice"), f.log(f.greatest(f.col("odds"), f.lit(1e-300)))
    if own is None:
        against = f.col("rest") + f.least(voice, f.lit(1.0)) * (f.col("free") - f.col("rest"))
        against += voice * f.col("trust") - f.col("own_wrong") - sure
    else:
        against = f.col("rest") - sure + voice * (f.col("trust") - f.col("own"))
    share = f.when(f.col("stated") == 1.0, 1.0).otherwise(1.0 / (1.0 + f.exp(against)))
    return scored.withColumn("share", f.coalesce("true", share))


def shares(told: Spread, trust: Mapping[Any, float], dependence: float) -> Any:
    """Probabilities of claims among all values that there may be, flattened for dependence."""
    from pyspark.sql import functions as f

    of_object = _window("object")
    crowd = f.greatest(f.lit(0.0), f.col("total") - 1.0)
    temper = f.lit(1.0) / (1.0 + crowd * dependence)
    scored = _scored(told, trust, trust)
    scored = scored.withColumn("score", temper * (f.col("voiced") + f.col("if_true")))
    none = temper * f.col("if_none")
    scored = scored.withColumn("peak", f.greatest(f.max("score").over(of_object), none))
    scored = scored.withColumn("odds", f.exp(f.col("score") - f.col("peak")))
    unheard = (f.col("possible") - f.col("stated")) * f.exp(none - f.col("peak"))
    scored = scored.withColumn("rest", unheard)
    whole = f.sum(f.col("part") * f.col("odds")).over(of_object) + f.col("rest")
    scored = scored.withColumn("whole", whole)
    scored = scored.withColumn("share", f.coalesce("true", f.col("odds") / f.col("whole")))
    certain = f.max("true").over(of_object)
    left = f.when(certain.isNull(), f.col("rest") / f.col("whole")).otherwise(1.0 - certain)
    return scored.withColumn("unstated", left)


@attrs.frozen
class Sums:
    """What the assertions of a source add up to."""

    believed: float
    """How much of what it says is believed."""
    spoken: float
    """How much it says."""
    chance: float
    """How much of it would be right by guessing."""
    doubt: float
    """How much doubt there is about what is right: see `tracking.widened`."""
    assertions: int
    """How many there are."""


def believed(rows: Any) -> dict[Any, Sums]:
    """For every source the sums over its assertions, from rows with their shares."""
    from pyspark.sql import functions as f

    voice, share = f.col("voice"), f.col("share")
    sums = rows.groupBy("source").agg(
        f.sum(voice * share),
        f.sum("voice"),
        f.sum(voice / f.col("possible")),
        f.sum(voice * voice * share * (1.0 - share)),
        f.count("*"),
    )
    return {
        name: Sums(float(believed), float(spoken), float(chance), float(doubt), int(count))
        for name, believed, spoken, chance, doubt, count in map(tuple, sums.collect())
    }


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
    """For every source the doubt about which of its assertions are right: `tracking.widened`."""
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
    reason: str = ASKED_FOR
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
        counts = ((rows - whole, "incomplete", "left out"), (repeated, "repeated", "counted once"))
        notes = [
            f"{count:,} {which} {'row' if count == 1 else 'rows'} {so}"
            for count, which, so in counts
            if count
        ]
        notes += [OWN_VOICES] if self.reason == ASKED_FOR else []
        if not self.converged:
            notes.append(f"{self.method} did not come to rest in {len(self.log)} iterations")
        if self.truth:
            spoken = self.frame.where(self.frame["object"].isin(list(self.truth)))
            strangers = len(self.truth) - spoken.dropna().select("object").distinct().count()
            if strangers:
                truths = "known truth" if strangers == 1 else "known truths"
                notes.append(f"{strangers:,} {truths} about objects of which nobody speaks")
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
        names = ("first", "second", "probability", "share", "copier", "discounted")
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
    reason: str = ASKED_FOR,
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
    frame = renamed(table, source, object, value)
    known = _known(truth, frame, object, value)
    told = spread(frame, known)
    first = believed(vote_shares(told))
    names = tuple(sorted(first))
    spoken = np.array([first[name].spoken for name in names])
    said = np.array([first[name].believed for name in names])
    fit = _judged(told, names, said, spoken, rounds, limit)
    trust = dict(zip(names, fit.trust.tolist(), strict=True))
    last = shares(told, trust, dependence).withColumnRenamed("share", "probability")
    everybody = tuple(sorted(told.sources))
    place = {name: at for at, name in enumerate(names)}

    def of_all(found: Floats, else_: float) -> Floats:
        """Figures of all sources; of those whom nobody checks what is believed beforehand."""
        return np.array([found[place[n]] if n in place else else_ for n in everybody])

    chance = np.array([first[name].chance for name in names]) / spoken
    right, wrong = of_all(fit.right, PRIOR[0]), of_all(fit.wrong, PRIOR[1])
    accuracy = dict(zip(everybody, (right / (right + wrong)).tolist(), strict=True))
    last = _with_lone(told, last, accuracy).cache()
    # Whole voices, as in `Learned.values_table`: how many sources, however they share their voice.
    last = last.withColumn("voices", (1.0 / last["part"] + 0.5).cast("long"))
    kept = ("object", "value", "probability", "voices", "unstated", "stated", "possible")
    told.told.unpersist()
    counts = {"sources": len(everybody), "objects": told.objects, "assertions": told.assertions}
    return LearnedOnSpark(
        frame=frame,
        sources=everybody,
        right=right,
        wrong=wrong,
        chance=of_all(chance, float(chance.mean()) if len(chance) else 0.5),
        doubt=of_all(fit.doubt, 0.0),
        said=tuple(told.sources[name] for name in everybody),
        values=last.select(*kept).dropDuplicates(["object", "value"]),
        labels=told.labels,
        truth=MappingProxyType(known),
        facts=tuple((name, float(count)) for name, count in counts.items()),
        dependence=dependence,
        log=fit.changes,
        converged=not fit.changes or fit.changes[-1] <= limit,
        reason=reason,
    )


def _with_lone(told: Spread, rows: Any, accuracy: Mapping[Any, float]) -> Any:
    """The rows with those that nobody checks: as probable as their source is right elsewhere."""
    from pyspark.sql import functions as f

    schema = told.lone.select("source").schema.add("accuracy", "double")
    known = rows.sparkSession.createDataFrame(list(accuracy.items()), schema)
    lone = told.lone.join(f.broadcast(known), "source")
    lone = lone.withColumn("probability", f.col("voice") * f.col("accuracy"))
    lone = lone.withColumn("unstated", 1.0 - f.col("accuracy"))
    kept = ("object", "value", "probability", "part", "unstated", "stated", "possible")
    return rows.select(*kept).unionByName(lone.select(*kept))


def _judged(
    told: Spread,
    names: tuple[Any, ...],
    said: Floats,
    spoken: Floats,
    rounds: int,
    limit: float,
) -> Judged:
    """What the passes make of the sources that somebody checks: `one_coin.judged`."""

    def passed(trust: Floats, own: Floats | None) -> tuple[Floats, Floats]:
        others = dict(zip(names, trust.tolist(), strict=True))
        itself = None if own is None else dict(zip(names, own.tolist(), strict=True))
        sums = believed(credited(told, others, itself))
        return (
            np.array([sums[name].believed for name in names]),
            np.array([sums[name].doubt for name in names]),
        )

    if not names:
        nothing = np.zeros(0)
        return Judged(nothing, nothing, nothing, nothing, ())
    return judged(passed, said, spoken, None, rounds, limit)


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
