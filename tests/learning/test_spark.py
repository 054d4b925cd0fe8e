"""On a PySpark frame the answers are those of one machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from provenance.errors import InvalidValue, TableError, UnknownName
from provenance.learning import LearnedOnSpark, learn
from tests.cases.spark import sessions

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
# What nobody checks: sources known elsewhere, and one that speaks alone only.
ROWS += [(f"s{n % 3}", f"alone {n}", f"alone {n}:a") for n in range(6)] + [("t", "far", "far:a")]


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    yield from sessions()


FEW = {"rounds": 2}


def rows_of(table: Any) -> list[tuple[Any, ...]]:
    """The rows of a Spark table, sorted."""
    return sorted(map(tuple, table.collect()))


def close(ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]]) -> bool:
    """Whether rows agree, numbers to 1e-6."""
    return len(ours) == len(theirs) and all(
        one == pytest.approx(other, abs=1e-6, rel=1e-6) if isinstance(one, float) else one == other
        for row, twin in zip(ours, theirs, strict=True)
        for one, other in zip(row, twin, strict=True)
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shared", [False, True])
def test_group_bys_give_what_one_machine_gives(session: Any, shared: bool) -> None:
    rows = [(s, o, v[-1:] if shared else v) for s, o, v in ROWS]
    frame = session.createDataFrame(rows, ["source", "object", "value"])
    truth = {"o1": rows[1][2], "o2": "said by nobody", "o999": "a"}

    spread = learn(frame, truth, method="one-coin", settings=FEW)
    local = learn(rows, truth, method="one-coin", settings=FEW)

    assert isinstance(spread, LearnedOnSpark)
    assert spread.log == pytest.approx(local.log, abs=1e-9)
    for about in ("o0", "o1", "o2"):
        assert spread.probability(about) == pytest.approx(dict(local.probability(about)), abs=1e-6)
    assert spread.most_likely("o2") == "said by nobody"
    assert close(rows_of(spread.values_table()), sorted(local.values_table()))
    assert close(rows_of(spread.sources_table()), sorted(local.sources_table()))
    sure = {o: (v, p) for o, v, p in local.objects_table()}
    for about, value, p in rows_of(spread.objects_table()):
        assert p == pytest.approx(sure[about][1], abs=1e-6)
        assert value == sure[about][0] or local.probability(about)[value] == pytest.approx(p)
    ours, theirs = spread.accuracy_of("s3"), local.accuracy_of("s3")
    assert (ours.mean, ours.strength) == pytest.approx((theirs.mean, theirs.strength))
    assert "1 known truth about objects of which nobody speaks" in spread.notes
    assert spread.copying() == local.copying()
    assert spread.shared_origins() == local.shared_origins()
    assert spread.copying_table().columns == [
        "first",
        "second",
        "probability",
        "share",
        "copier",
        "discounted",
    ]


@pytest.mark.filterwarnings("ignore")
def test_what_one_machine_holds_is_learned_as_everywhere(session: Any) -> None:
    frame = session.createDataFrame(ROWS, ["source", "object", "value"])

    spread, local = learn(frame), learn(ROWS)

    assert spread.method == local.method
    assert rows_of(spread.values_table()) == sorted(local.values_table())
    assert rows_of(spread.copying_table()) == sorted(local.copying_table())


@pytest.mark.filterwarnings("ignore")
def test_what_one_machine_does_not_hold_stays_where_it_is(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["provenance.learning.learn"], "COLLECTED", 10)
    monkeypatch.setattr("provenance.learning.spark.COLLECTED", 10)
    frame = session.createDataFrame(ROWS, ["source", "object", "value"])

    spread = learn(frame, settings=FEW)

    assert isinstance(spread, LearnedOnSpark)
    assert "more than one machine takes whole" in spread.reason
    assert repr(spread).startswith("<Learned on Spark by one-coin from ")
    local = learn(ROWS, method="one-coin", settings=FEW)
    assert spread.probability("o0") == pytest.approx(dict(local.probability("o0")), abs=1e-6)
    with pytest.raises(UnknownName):
        spread.probability("o999")
    with pytest.raises(InvalidValue, match="copying is looked for on one machine"):
        spread.copying()
    with pytest.raises(InvalidValue, match="method sums needs all assertions on one machine"):
        learn(frame, method="sums")
    with pytest.raises(InvalidValue, match="kind needs all assertions on one machine"):
        learn(frame, kind="sets")


@pytest.mark.filterwarnings("ignore")
def test_what_is_wrong_is_said_on_spark_too(session: Any) -> None:
    frame = session.createDataFrame(ROWS, ["source", "object", "values"])

    with pytest.raises(TableError, match="no column 'value'"):
        learn(frame, method="one-coin")
    with pytest.raises(TableError, match="no column 'value'"):
        learn(frame)
    empty = session.createDataFrame([], "source string, object string, value string")
    with pytest.raises(TableError, match="found no rows"):
        learn(empty, method="one-coin")
    with pytest.raises(TableError, match="expected one true value"):
        learn(frame, [("o1", "a"), ("o1", "b")], method="one-coin", value="values")
    with pytest.raises(InvalidValue, match="does not take these settings"):
        learn(frame, method="one-coin", value="values", settings={"growth": 1.0})
