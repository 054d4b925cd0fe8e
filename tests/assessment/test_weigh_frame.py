"""Cases in a Spark frame are weighed where they are, to the same records as on one machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from provenance import dump_case, load_seed, shipped_seeds, weigh_frame, weigh_stream
from provenance.assessment import record_text
from provenance.errors import UnknownName
from tests.cases.spark import sessions

pyspark = pytest.importorskip("pyspark")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    yield from sessions()


LINES = [json.dumps(json.loads(dump_case(load_seed(name)))) for name in shipped_seeds()]
LINES += ["{", " ", '{"version": 1}', LINES[0].replace("Egypt", "Ägypten \\ud83d\\ude00")]


@pytest.mark.filterwarnings("ignore")
def test_a_frame_gives_the_records_of_one_machine_byte_for_byte(session: Any) -> None:
    rows = list(enumerate(LINES, start=1))
    frame = session.createDataFrame(rows, ["number", "text"]).repartition(2)

    found = weigh_frame(frame, case="text", line="number", budget=9_000_000)

    expected = weigh_stream(LINES, budget=9_000_000)
    assert sorted((row["line"], row["record"]) for row in found.collect()) == [
        (each["line"], record_text(each)) for each in expected
    ]


@pytest.mark.filterwarnings("ignore")
def test_a_column_that_is_not_there_is_named(session: Any) -> None:
    frame = session.createDataFrame([(1, "{}")], ["line", "text"])

    with pytest.raises(UnknownName, match="'case'"):
        weigh_frame(frame)
