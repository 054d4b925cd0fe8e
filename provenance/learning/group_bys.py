"""The one-coin model as group-bys over a PySpark frame: what is prepared once, and one pass."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from math import lgamma, log
from typing import Any

import attrs
import numpy as np

from provenance.errors import Problem, TableError, UnknownName
from provenance.learning.coin import MANY, Counted, fitted_variety
from provenance.learning.labels import few_and_reused

__all__ = ["Spread", "Sums", "believed", "named", "shares", "spread", "vote_shares"]

_MOST_LABELS = 64
# Assertions to a partition: enough that starting a task costs little, few enough to fit anywhere.
_AT_ONCE = 500_000


@attrs.frozen(eq=False)
class Spread:
    """Assertions kept by object, with all that does not change from pass to pass."""

    told: Any
    """A row per assertion: source, object, value, voice, voices, part, total, possible, true, …"""
    labels: tuple[Any, ...] | None
    """Every value that an object may have, where objects share labels; None where they do not."""
    assertions: int
    """How many assertions there are."""
    objects: int
    """How many objects there are."""


def named(table: Any, source: str, about: str, value: str) -> Any:
    """The three columns under the names that everything here uses."""
    from pyspark.sql import functions as f

    for name in (source, about, value):
        if name not in table.columns:
            missing = UnknownName("column", name, table.columns)
            fix = "name the columns with source=, object= and value="
            raise TableError([Problem(name, "unknown-column", str(missing), fix)])
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
    told = _with_truth(f, told, truth).cache()
    counts = told.agg(
        f.count("*").alias("assertions"),
        f.countDistinct("object").alias("objects"),
        f.round(f.sum("part")).alias("claims"),
    ).collect()[0]
    if not counts["assertions"]:
        _refuse_empty(frame)
    labels = _labels(told, int(counts["objects"]), int(counts["claims"]))
    possible = f.col("stated") + 1.0 if labels is None else f.lit(float(len(labels)))
    ready = _with_wrong_ways(f, told.withColumn("possible", possible), labels)
    ready.count()
    told.unpersist()
    return Spread(ready, labels, int(counts["assertions"]), int(counts["objects"]))


def _refuse_empty(frame: Any) -> None:
    if not frame.take(1):
        raise TableError([Problem("", "empty-table", "expected assertions, found no rows")])
    problem = "expected a row with a source, an object and a value, found none"
    raise TableError([Problem("", "nothing-there", problem)])


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


def _with_wrong_ways(f: Any, told: Any, labels: tuple[Any, ...] | None) -> Any:
    """The same with what `coin.WrongWays` knows of every claim; the variety is fitted here."""
    among = MANY if labels is None else max(1.0, len(labels) - 1.0)
    of_object = _window("object")
    variety = fitted_variety(*_voices(f, told), among=among)
    smallest = variety / among
    told = told.withColumn("each", _log_gamma(f, f.col("voices") + smallest) - lgamma(smallest))
    told = told.withColumn("all_wrong", f.sum(f.col("part") * f.col("each")).over(of_object))
    rest = f.greatest(f.lit(0.0), f.col("total") - f.col("voices"))
    if_true = f.col("all_wrong") - f.col("each") + lgamma(variety) - _log_gamma(f, rest + variety)
    if_none = f.col("all_wrong") + lgamma(variety) - _log_gamma(f, f.col("total") + variety)
    if_none += log(MANY) if labels is None else 0.0
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


def _log_gamma(f: Any, x: Any) -> Any:
    """The logarithm of the gamma function of a column: shifted by 6, then Stirling's series."""
    product = functools.reduce(lambda made, step: made * (x + step), range(1, 6), x)
    large = x + 6.0
    square = f.lit(1.0) / (large * large)
    inner = f.lit(1 / 360) - square * (f.lit(1 / 1260) - square / 1680)
    series = (f.lit(1 / 12) - square * inner) / large
    return (large - 0.5) * f.log(large) - large + 0.9189385332046727 + series - f.log(product)


def vote_shares(told: Spread) -> Any:
    """The rows with the part of the voices that each claim has, or what is known of it."""
    from pyspark.sql import functions as f

    return told.told.withColumn("share", f.coalesce("true", f.col("voices") / f.col("total")))


def shares(told: Spread, trust: Mapping[Any, float], dependence: float | None) -> Any:
    """Probabilities of claims: among those stated, or at the end with the rest and tempered."""
    from pyspark.sql import functions as f

    rows = told.told
    schema = rows.select("source").schema.add("trust", "double")
    known = f.broadcast(rows.sparkSession.createDataFrame(list(trust.items()), schema))
    of_claim, of_object = _window("object", "value"), _window("object")
    temper = f.lit(1.0)
    if dependence is not None:
        crowd = f.greatest(f.lit(0.0), f.col("total") - 1.0)
        temper = f.lit(1.0) / (1.0 + crowd * dependence)
    voiced = f.sum(f.col("voice") * f.col("trust")).over(of_claim)
    scored = rows.join(known, "source").withColumn("score", temper * (voiced + f.col("if_true")))
    none = temper * f.col("if_none")
    peak = f.max("score").over(of_object)
    scored = scored.withColumn("peak", peak if dependence is None else f.greatest(peak, none))
    scored = scored.withColumn("odds", f.exp(f.col("score") - f.col("peak")))
    unheard = (f.col("possible") - f.col("stated")) * f.exp(none - f.col("peak"))
    scored = scored.withColumn("rest", f.lit(0.0) if dependence is None else unheard)
    whole = f.sum(f.col("part") * f.col("odds")).over(of_object) + f.col("rest")
    scored = scored.withColumn("whole", whole)
    scored = scored.withColumn("share", f.coalesce("true", f.col("odds") / f.col("whole")))
    if dependence is None:
        return scored
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
    """How much doubt there is about what is right: see `reliability.widened`."""
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
