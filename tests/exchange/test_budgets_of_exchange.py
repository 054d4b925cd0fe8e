"""Exporters and importers keep within a budget, say before they begin what they will take, and stop."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance import load_case, load_seed, weigh
from provenance.bounds import OPERATIONS, OPERATIONS_EACH, TOLD, TOLD_EACH, affordable, within
from provenance.errors import Cancelled, TooCostly
from provenance.exchange import (
    budgets,
    from_annotations,
    from_assessment_table,
    from_claimreview,
    from_misp,
    from_prov,
    from_stix,
    from_tables,
    to_annotations,
    to_assessment_table,
    to_claimreview,
    to_misp,
    to_nanopublications,
    to_prov,
    to_stix,
    to_tables,
)
from provenance.exchange.budgets import size_of, writing
from provenance.graph import Sayings
from provenance.records import Case

ARMS = load_seed("egypt-arms-2015")
ANSWER = weigh(ARMS, "armed")
WRITERS: dict[str, Callable[..., Any]] = {
    "annotations": lambda **how: to_annotations(ARMS, **how),
    "claimreview": lambda **how: to_claimreview(ARMS, [ANSWER], **how),
    "misp": lambda **how: to_misp(ARMS, [ANSWER], **how),
    "nanopublications": lambda **how: to_nanopublications(
        ARMS, [ANSWER], base="https://example.org/", **how
    ),
    "prov": lambda **how: to_prov(case=ARMS, assessments=[ANSWER], **how),
    "stix": lambda **how: to_stix(ARMS, [ANSWER], **how),
    "tables": lambda **how: to_tables(ARMS, "csv", **how),
    "assessments": lambda **how: to_assessment_table(iter([ANSWER]), "csv", **how),
}
TABLES = to_tables(ARMS, "csv").document
READERS: dict[str, tuple[Callable[..., Any], Any]] = {
    "annotations": (from_annotations, json.dumps(to_annotations(ARMS).document)),
    "claimreview": (from_claimreview, json.dumps(to_claimreview(ARMS, [ANSWER]).document)),
    "misp": (from_misp, to_misp(ARMS).document),
    "prov": (from_prov, json.dumps(to_prov(ARMS).document).encode()),
    "stix": (from_stix, to_stix(ARMS).document),
    "tables": (
        lambda said, **how: from_tables(
            said, **{name: table for name, table in TABLES.items() if name != "attributions"}, **how
        ),
        TABLES["attributions"],
    ),
    "assessments": (from_assessment_table, to_assessment_table([ANSWER], "csv").document),
}


@attrs.define
class Countdown:
    """Calls the work off when it has been asked so often."""

    left: int

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("format_", WRITERS)
def test_what_is_written_within_a_budget_is_what_is_written_anyway(format_: str) -> None:
    assert WRITERS[format_](budget=50_000_000) == WRITERS[format_]()


@pytest.mark.parametrize("format_", READERS)
def test_what_is_read_within_a_budget_is_what_is_read_anyway(format_: str) -> None:
    read, document = READERS[format_]

    assert read(document, budget=50_000_000) == read(document)


@pytest.mark.parametrize("format_", WRITERS)
def test_an_export_beyond_its_budget_is_refused_before_it_begins(format_: str) -> None:
    with pytest.raises(TooCostly) as caught:
        WRITERS[format_](budget=900)

    assert caught.value.doing == "writing in another format"


@pytest.mark.parametrize("format_", READERS)
def test_an_import_beyond_its_budget_is_refused_with_its_size(format_: str) -> None:
    read, document = READERS[format_]

    with pytest.raises(TooCostly) as caught:
        read(document, budget=900)

    assert caught.value.doing == "reading another tool's document"
    assert caught.value.cause.startswith("it is a document of some ")


@pytest.mark.parametrize("asked", [0, 1, 2])
@pytest.mark.parametrize("format_", WRITERS)
def test_an_export_that_is_called_off_stops(format_: str, asked: int) -> None:
    with pytest.raises(Cancelled):
        WRITERS[format_](cancel=Countdown(asked))


@pytest.mark.parametrize("asked", [0, 1])
@pytest.mark.parametrize("format_", READERS)
def test_an_import_that_is_called_off_stops(format_: str, asked: int) -> None:
    read, document = READERS[format_]

    with pytest.raises(Cancelled):
        read(document, cancel=Countdown(asked))


def test_a_bundle_of_ours_that_is_called_off_when_it_is_compared_is_not_told_as_changed() -> None:
    """Every moment at which it may be called off, until it is read as a whole."""
    document = to_stix(ARMS).document
    asked = 0
    for asked in range(0, 1_000, 5):
        try:
            found = from_stix(document, cancel=Countdown(asked))
        except Cancelled:
            continue
        break

    assert found == from_stix(document)
    assert asked > 30


def test_an_export_costs_more_the_more_there_is() -> None:
    def cost(case: Case) -> int:
        with within(10**9):
            to_misp(case)
            left = affordable()
        assert left is not None
        return 10**9 - left

    fewer = load_case({**ARMS.written(), "links": []})

    assert cost(fewer) < cost(ARMS)
    assert cost(ARMS) == cost(ARMS)


def test_all_answers_of_an_export_have_one_budget() -> None:
    records = len(ARMS.claims) + len(ARMS.sources) + len(ARMS.attributions) + len(ARMS.links)
    records += len(ARMS.documents)
    allowed = []
    for answers in ((), (ANSWER, ANSWER), (ANSWER,)):
        with writing(ARMS, answers):
            left = affordable()
        assert left is not None
        allowed.append(left)

    # What is written is there twice over; a thousand operations for each answer are gone at once.
    citations = sum(len(each.cited) for each in ARMS.attributions)
    assert allowed[0] == TOLD + TOLD_EACH * records + 1_000 * records + 250 * citations
    assert allowed[1] - allowed[0] == 2_000
    # A single one has as much as if it were asked for by itself.
    more = OPERATIONS - TOLD + (OPERATIONS_EACH - TOLD_EACH) * records
    assert allowed[2] - allowed[0] == more + 1_000


def test_a_claim_that_passes_through_thousands_is_refused_before_it_is_followed() -> None:
    """A list of claims, relayed by one after another: as many as both multiplied."""
    many = 300
    case = load_case({
        "version": 1,
        "claims": [{"id": f"c{n}", "text": f"that {n}"} for n in range(many)],
        "sources": [{"id": "s"}],
        "attributions": [
            {"id": "a0", "source": "s", "claim": [f"c{n}" for n in range(many)]},
            *({"id": f"a{n}", "source": "s", "cites": f"a{n - 1}"} for n in range(1, many)),
        ],
    })  # fmt: skip

    for written in (to_misp, to_stix, to_claimreview, to_annotations):
        with pytest.raises(TooCostly, match="following every claim through all who pass it on"):
            written(case, budget=1_500_000)
    assert Sayings(case).count == many * many


def test_rows_that_pass_on_what_rows_pass_on_are_refused_with_the_size() -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("id", "source", "claim", "cites"))
    claims = [f"that {n}" for n in range(200)]
    writer.writerow(("a0", "ann", json.dumps(claims), ""))
    writer.writerows((f"a{n}", "bob", "", f"a{n - 1}") for n in range(1, 200))

    with pytest.raises(TooCostly, match="through all rows") as caught:
        from_tables(text.getvalue(), budget=1_000_000)

    assert caught.value.cause == f"it is a document of some {len(text.getvalue()):,} characters"


def test_a_row_of_many_claims_is_told_with_some_of_them() -> None:
    claims = [f"that {n}" for n in range(12)]

    found = from_tables([{"source": "ann", "claim": claims}])

    assert found.readings[0].endswith("“that 9” and 2 more")


def test_a_row_that_cites_many_is_told_with_some_of_them() -> None:
    rows = [{"id": f"a{n}", "source": f"ann {n}", "claim": "so"} for n in range(12)]
    rows.append({"id": "b", "source": "bob", "cites": json.dumps([f"a{n}" for n in range(12)])})

    found = from_tables(rows)

    assert "what ann 9 affirms and what 2 more say: “so”" in found.readings[-1]


def endless() -> Iterator[dict[str, str]]:
    while True:
        yield {"source": "ann", "claim": "so"}


def test_rows_without_end_are_refused() -> None:
    with pytest.raises(TooCostly, match="reading rows: it is a document without end"):
        from_tables(endless(), budget=10_000)


def test_the_size_of_a_document_is_told_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "_MOST_VALUES", 100)
    file = tmp_path / "said.csv"
    file.write_text("source,claim\nann,so\n")
    round_: list[Any] = []
    round_.append(round_)

    assert size_of(file) == 20
    assert size_of(tmp_path / "none.csv") == 0
    assert size_of(b"12345") == 5
    assert size_of(round_) == 16 * 100
    assert size_of([{"a": 1}, (2, 3)]) == 16 * (1 + 2 + 1 + 2)
    assert size_of(endless()) is None


def test_the_size_of_a_frame_is_its_cells() -> None:
    pandas = pytest.importorskip("pandas")

    frame = pandas.DataFrame({"source": ["ann", "bob"], "claim": ["so", "so"]})

    assert size_of(frame) == 16 * 4
    assert size_of(frame["source"]) is None


def test_reading_in_another_notation_of_prov_is_paid_for() -> None:
    pytest.importorskip("prov")
    with pytest.raises(TooCostly, match="writing PROV as xml"):
        to_prov(ARMS, format="xml", budget=200_000)


def test_a_workbook_is_paid_for_by_what_it_unpacks_to() -> None:
    pytest.importorskip("openpyxl")
    workbook = to_tables(ARMS, "xlsx").document

    with pytest.raises(TooCostly, match="unpacking a workbook"):
        from_tables(workbook, budget=10 * len(workbook) + 1)
    with pytest.raises(Cancelled):
        from_tables(workbook, cancel=Countdown(2))


def test_a_block_around_an_import_bounds_it_and_calls_it_off() -> None:
    with within(1_000), pytest.raises(TooCostly):
        from_prov("{" + " " * 1_000)
    with within(10_000, Countdown(1)), pytest.raises(Cancelled):
        from_prov("{}")
