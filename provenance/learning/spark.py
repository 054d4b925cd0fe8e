"""The one-coin model on a PySpark frame: the iterations are group-bys, the answers frames again.

Assertions are spread by object once, so that sums over an object's claims stay where they are.
What moves in an iteration is one partial sum per source and partition (about 24 bytes each) to the
driver, and the trust in every source (16 bytes each) to every executor; no assertion is shuffled.
For a cluster: as many partitions as keep two million assertions each, and sources that fit the
driver (a hundred million take about 5 GB).
"""

from __future__ import annotations

import functools
from math import lgamma, log
from typing import Any

import attrs
import numpy as np

from provenance.errors import MissingExtra, Problem, TableError, UnknownName
from provenance.learning.coin import MANY, PRIOR, Counted, fitted_variety
from provenance.learning.dependence import DEPENDENCE
from provenance.learning.estimates import Floats
from provenance.learning.reliability import degrees
from provenance.learning.special import digamma
from provenance.scales import Degree

__all__ = ["LearnedOnSpark", "is_spark_frame", "learn_on_spark"]


def is_spark_frame(table: Any) -> bool:
    """Whether a table is a PySpark DataFrame, without importing pyspark."""
    return type(table).__module__.startswith("pyspark.sql") and hasattr(table, "groupBy")


@attrs.frozen(eq=False)
class LearnedOnSpark:
    """Reliabilities on the driver, probabilities as a PySpark frame."""

    sources: tuple[Any, ...]
    """Names of the sources, in order."""
    right: Floats
    """For every source the first count of Beta(right, wrong), how often it is right."""
    wrong: Floats
    """For every source the second count."""
    chance: Floats
    """For every source how often it would be right by guessing."""
    values: Any
    """A row per stated value: object, value, probability, voices, unstated."""
    log: tuple[float, ...]
    """The largest change of a source's expected accuracy in each iteration."""
    converged: bool
    """Whether the iteration came to rest."""
    method: str = "one-coin"
    """The method that was used."""
    reason: str = "on a PySpark frame the one-coin model runs, as group-bys"
    """Why that method."""

    @functools.cached_property
    def reliabilities(self) -> dict[Any, Degree]:
        """The reliability of every source."""
        found = degrees(self.right, self.wrong, self.chance)
        return dict(zip(self.sources, found, strict=True))

    def reliability_of(self, source: Any) -> Degree:
        """How far a source tracks the truth."""
        if source not in self.reliabilities:
            raise UnknownName("source", str(source), map(str, self.sources))
        return self.reliabilities[source]

    def probability(self, object: Any) -> dict[Any, float]:  # noqa: A002 the word of this library
        """The values of an object with their probabilities; None stands for one not stated."""
        rows = self.values.where(self.values["object"] == object).collect()
        if not rows:
            raise UnknownName("object", str(object))
        found = {row["value"]: float(row["probability"]) for row in rows}
        ranked = sorted(found.items(), key=lambda item: (-item[1], str(item[0])))
        return {**dict(ranked), None: float(rows[0]["unstated"])}

    def most_likely(self, object: Any) -> Any:  # noqa: A002 the word of this library
        """The most probable stated value of an object; of equal ones the first in order."""
        return next(iter(self.probability(object)))

    def values_table(self) -> Any:
        """A row per stated value, as a PySpark frame."""
        return self.values

    def sources_table(self) -> Any:
        """A row per source, as a PySpark frame."""
        columns = zip(
            self.sources, self.reliabilities.values(), self.right, self.wrong, strict=True
        )
        rows = [
            (name, degree.mean, degree.strength, float(right / (right + wrong)))
            for name, degree, right, wrong in columns
        ]
        session = self.values.sparkSession
        return session.createDataFrame(rows, ["source", "reliability", "strength", "accuracy"])


def learn_on_spark(
    table: Any,
    *,
    source: str = "source",
    object: str = "object",  # noqa: A002 the word of this library
    value: str = "value",
    dependence: float = DEPENDENCE,
    rounds: int = 200,
    limit: float = 1e-7,
) -> LearnedOnSpark:
    """The one-coin model over a PySpark frame, equal to that on one machine to 1e-6.

    Every object has values of its own (as where `label_names` knows no labels). Needs pyspark.
    """
    try:
        from pyspark.sql import functions
    except ImportError as error:
        raise MissingExtra("spark", "pyspark") from error
    told = _prepared(functions, table, source, object, value)
    first = _believed(functions, told.withColumn("share", functions.expr("voices / total")))
    if not first:
        raise TableError([Problem("", "empty-table", "expected assertions, found no rows")])
    names = tuple(sorted(first))
    spoken = np.array([first[name][1] for name in names])
    chance = np.array([first[name][2] for name in names]) / spoken
    believed = np.array([first[name][0] for name in names])
    changes: list[float] = []
    while True:
        right, wrong = PRIOR[0] + believed, PRIOR[1] + np.maximum(spoken - believed, 0.0)
        trust = dict(zip(names, (digamma(right) - digamma(wrong)).tolist(), strict=True))
        if changes and (changes[-1] <= limit or len(changes) >= rounds):
            break
        sums = _believed(functions, _shares(functions, told, trust, None))
        after = np.array([sums[name][0] for name in names])
        changes.append(float(np.max(np.abs(after - believed) / (right + wrong))))
        believed = after
    values = _shares(functions, told, trust, dependence).withColumnRenamed("share", "probability")
    kept = values.select("object", "value", "probability", "voices", "unstated")
    kept = kept.dropDuplicates(["object", "value"])
    return LearnedOnSpark(names, right, wrong, chance, kept, tuple(changes), changes[-1] <= limit)


def _prepared(f: Any, table: Any, source: str, about: str, value: str) -> Any:
    """Assertions with their voices and all that does not change, kept by object."""
    for name in (source, about, value):
        if name not in table.columns:
            missing = UnknownName("column", name, table.columns)
            raise TableError([Problem(name, "unknown-column", str(missing))])
    named = table.select(
        f.col(source).alias("source"), f.col(about).alias("object"), f.col(value).alias("value")
    )
    told = named.dropna().dropDuplicates().repartition("object")
    of_claim, of_object = _window("object", "value"), _window("object")
    voice = f.lit(1.0) / f.count("*").over(_window("object", "source"))
    told = told.withColumn("voice", voice)
    told = told.withColumn("voices", f.sum("voice").over(of_claim))
    # A claim stands in as many rows as it has assertions; each row is that part of the claim.
    told = told.withColumn("part", f.lit(1.0) / f.count("*").over(of_claim))
    told = told.withColumn("total", f.sum("voice").over(of_object))
    told = told.withColumn("possible", f.round(f.sum("part").over(of_object)) + 1.0)
    return _with_wrong_ways(f, told)


def _with_wrong_ways(f: Any, told: Any) -> Any:
    """The same with what `coin.WrongWays` knows of every claim; the variety is fitted here."""
    of_object = _window("object")
    told = told.withColumn("most", f.max("voices").over(of_object)).cache()
    variety = fitted_variety(*_voices(f, told), among=MANY)
    smallest = variety / MANY
    told = told.withColumn("each", _log_gamma(f.col("voices") + smallest) - lgamma(smallest))
    told = told.withColumn("all_wrong", f.sum(f.col("part") * f.col("each")).over(of_object))
    rest = f.greatest(f.lit(0.0), f.col("total") - f.col("voices"))
    if_true = f.col("all_wrong") - f.col("each") + lgamma(variety) - _log_gamma(rest + variety)
    if_none = f.col("all_wrong") + lgamma(variety) - _log_gamma(f.col("total") + variety)
    if_none += log(MANY)
    told = told.withColumn("if_true", if_true).withColumn("if_none", if_none)
    return told.drop("each", "all_wrong", "most").cache()


def _voices(f: Any, told: Any) -> tuple[Counted, Counted, Counted]:
    """How many claims have so many voices; objects so many at most; objects so many others."""
    claims = told.dropDuplicates(["object", "value"]).groupBy("voices").count()
    objects = told.dropDuplicates(["object"]).groupBy("most", "total").count()
    of_claims = [(float(row["voices"]), float(row["count"])) for row in claims.collect()]
    of_objects = [
        (float(row["most"]), float(row["total"]), float(row["count"])) for row in objects.collect()
    ]
    voices, counts = np.array(of_claims).T
    most, total, times = np.array(of_objects).T
    return (voices, counts), (most, times), (np.maximum(total - most, 0.0), times)


def _window(*columns: str) -> Any:
    from pyspark.sql import Window

    return Window.partitionBy(*columns)


def _log_gamma(x: Any) -> Any:
    """The logarithm of the gamma function of a column: shifted by 6, then Stirling's series."""
    from pyspark.sql import functions as f

    product = functools.reduce(lambda made, step: made * (x + step), range(1, 6), x)
    large = x + 6.0
    square = f.lit(1.0) / (large * large)
    inner = f.lit(1 / 360) - square * (f.lit(1 / 1260) - square / 1680)
    series = (f.lit(1 / 12) - square * inner) / large
    return (large - 0.5) * f.log(large) - large + 0.9189385332046727 + series - f.log(product)


def _shares(f: Any, told: Any, trust: dict[Any, float], dependence: float | None) -> Any:
    """Probabilities of claims: among those stated, or at the end with the rest and tempered."""
    session = told.sparkSession
    schema = told.select("source").schema.add("trust", "double")
    known = f.broadcast(session.createDataFrame(list(trust.items()), schema))
    of_claim, of_object = _window("object", "value"), _window("object")
    temper = f.lit(1.0)
    if dependence is not None:
        crowd = f.greatest(f.lit(0.0), f.col("total") - 1.0)
        temper = f.lit(1.0) / (1.0 + crowd * dependence)
    voiced = f.sum(f.col("voice") * f.col("trust")).over(of_claim)
    scored = told.join(known, "source").withColumn("score", temper * (voiced + f.col("if_true")))
    none = temper * f.col("if_none")
    scored = scored.withColumn("peak", f.greatest(f.max("score").over(of_object), none))
    scored = scored.withColumn("odds", f.exp(f.col("score") - f.col("peak")))
    rest = f.lit(0.0) if dependence is None else f.exp(none - f.col("peak"))
    scored = scored.withColumn("rest", rest)
    whole = f.sum(f.col("part") * f.col("odds")).over(of_object) + f.col("rest")
    scored = scored.withColumn("whole", whole)
    scored = scored.withColumn("share", f.col("odds") / f.col("whole"))
    return scored.withColumn("unstated", f.col("rest") / f.col("whole"))


def _believed(f: Any, shares: Any) -> dict[Any, tuple[float, float, float]]:
    """For every source: what is believed of it, how much it says, and how much by chance."""
    sums = shares.groupBy("source").agg(
        f.sum(f.col("voice") * f.col("share")).alias("believed"),
        f.sum("voice").alias("spoken"),
        f.sum(f.col("voice") / f.col("possible")).alias("chance"),
    )
    return {
        row["source"]: (float(row["believed"]), float(row["spoken"]), float(row["chance"]))
        for row in sums.collect()
    }
