"""On a PySpark frame the answers are those of one machine."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from provenance.errors import TableError, UnknownName
from provenance.learning import learn

pyspark = pytest.importorskip("pyspark")

random = np.random.default_rng(5)
ROWS = [
    (
        f"s{random.integers(12)}",
        f"o{n % 60}",
        f"{n % 60}:{random.choice(['a', 'a', 'a', 'b', 'c'])}",
    )
    for n in range(400)
]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Spark on this machine, with two threads."""
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = (
                SparkSession.builder.master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate()
            )
        except Exception as error:
            pytest.skip(f"no Java for Spark: {error}")
        yield made
        made.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_what_one_machine_gives(session: Any) -> None:
    frame = session.createDataFrame(ROWS, ["source", "object", "value"])

    few = {"rounds": 2}
    spread = learn(frame, settings=few)
    local = learn(ROWS, method="one-coin", settings=few)

    assert len(spread.log) == len(local.log)
    for about in local.assertions.objects[:2]:
        assert spread.probability(about) == pytest.approx(dict(local.probability(about)), abs=1e-6)
    rows = {(r["object"], r["value"]): r["probability"] for r in spread.values_table().collect()}
    for about in local.assertions.objects:
        for value, p in local.probability(about).items():
            if value is not None:
                assert rows[about, value] == pytest.approx(p, abs=1e-6)
    for name in local.assertions.sources:
        ours, theirs = local.estimate, spread.sources.index(name)
        assert spread.right[theirs] == pytest.approx(ours.right[theirs], abs=1e-6)
    assert spread.sources_table().count() == len(local.assertions.sources)


@pytest.mark.filterwarnings("ignore")
def test_what_is_wrong_is_said_on_spark_too(session: Any) -> None:
    frame = session.createDataFrame(ROWS, ["source", "object", "values"])

    with pytest.raises(TableError, match="no column 'value'"):
        learn(frame)
    with pytest.raises(UnknownName):
        learn(frame, value="values", settings={"rounds": 1}).reliability_of("stranger")
