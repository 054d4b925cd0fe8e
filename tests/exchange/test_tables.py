"""Tables: a case as tables comes back as it was, and a spreadsheet of who said what is a case."""

from __future__ import annotations

import contextlib
import csv
import datetime
import decimal
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import Assessment, load_case, load_seed, weigh, weigh_all
from provenance.assessment import as_data
from provenance.errors import InvalidValue, MissingExtra, TableError, UnknownName
from provenance.exchange import table_files
from provenance.exchange.table_columns import COLUMNS
from provenance.exchange.tables import (
    from_assessment_table,
    from_tables,
    to_assessment_table,
    to_tables,
)
from provenance.records import (
    Attribution,
    Case,
    Claim,
    ContradictsLink,
    Document,
    EvidenceLink,
    ImpliesLink,
    Question,
    Source,
)
from tests.cases.exchange_cases import rich_cases

KINDS = ("rows", "csv", "pandas", "polars", "pyarrow")
PLAIN = "source,claim,cites\nAl-Akhbar,A ship left,the general\nNOW,A ship left,Al-Akhbar\n"


def problems(*tables: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(TableError) as caught:
        from_tables(*tables, **more)
    return [(problem.path, problem.code) for problem in caught.value.problems]


# A case as tables


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", ["egypt-arms-2015", "egypt-syria-2015"])
def test_a_seed_comes_back_from_tables_as_it_was(seed: str, kind: Any) -> None:
    case = load_seed(seed)

    export = to_tables(case, kind)
    found = from_tables(**export.document)

    assert found.case.written() == case.written()
    assert export.losses == found.losses == ()


@settings(max_examples=20)
@given(rich_cases())
def test_any_case_comes_back_from_any_kind_of_table_and_nothing_is_lost(
    written: dict[str, Any],
) -> None:
    case = load_case(written)

    for kind in KINDS:
        export = to_tables(case, kind)  # type: ignore[arg-type]
        found = from_tables(**export.document)
        assert found.case.written() == case.written()
        assert export.losses == found.losses == ()


@settings(max_examples=20)
@given(rich_cases())
def test_another_reader_of_csv_finds_the_same_cells(written: dict[str, Any]) -> None:
    tables = to_tables(load_case(written), "csv").document

    for name, text in tables.items():
        ours = to_tables(load_case(written), "rows").document[name]
        theirs = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [set(filter(row.get, row)) for row in theirs] == [set(row) for row in ours]


def test_every_field_of_the_records_has_a_column() -> None:
    kinds = {
        "claims": (Claim,),
        "questions": (Question,),
        "sources": (Source,),
        "documents": (Document,),
        "attributions": (Attribution,),
        "links": (EvidenceLink, ImpliesLink, ContradictsLink),
    }

    for table, records in kinds.items():
        fields = {
            field.serialization_alias or name
            for record in records
            for name, field in record.model_fields.items()
        }
        assert set(COLUMNS[table]) == fields
    assert set(COLUMNS["case"]) == set(Case.model_fields) - set(kinds)


def test_a_column_has_one_type_and_knows_what_is_missing() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "so"}],
            "sources": [{"id": "s", "reliability": 0.5}, {"id": "t", "reliability": "B"}],
            "attributions": [
                {"id": "a", "source": "s", "claim": "c", "in_hand": True, "interest": 2},
                {"id": "b", "source": "t", "claim": "c"},
            ],
        }
    )

    frame = to_tables(case, "pandas").document["attributions"]
    sources = to_tables(case, "polars").document["sources"]

    assert frame["in_hand"].dtype == "boolean"
    assert frame["in_hand"].isna().tolist() == [False, True]
    assert frame["interest"].dtype == "Float64"
    assert sources["reliability"].to_list() == ["0.5", "B"]


def test_no_cell_of_csv_begins_a_formula() -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "'quoted", "＝1")
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": f"c{n}", "text": text} for n, text in enumerate(texts)],
            "sources": [{"id": "=s", "x-=k": -1}],
            "attributions": [],
        }
    )

    tables = to_tables(case, "csv").document
    cells = [
        cell
        for text in tables.values()
        for row in csv.reader(io.StringIO(text, newline=""))
        for cell in row
    ]

    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝")]
    assert from_tables(**tables).case.written() == case.written()


def test_a_kind_of_table_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidValue, match="expected a kind of table"):
        to_tables(load_seed("egypt-arms-2015"), "excel")  # type: ignore[arg-type]


def test_a_kind_whose_library_is_missing_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)

    with pytest.raises(InvalidValue, match="pip install pandas"):
        to_tables(load_seed("egypt-arms-2015"), "pandas")


def test_a_frame_without_narwhals_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)

    with pytest.raises(MissingExtra, match=r"claim-provenance\[tables\]"):
        to_tables(load_seed("egypt-arms-2015"), "polars")
    with pytest.raises(MissingExtra, match=r"claim-provenance\[tables\]"):
        from_tables(pl.DataFrame({"source": ["a"], "claim": ["b"]}))


def test_rows_and_csv_need_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    case = load_seed("egypt-arms-2015")

    for kind in ("rows", "csv"):
        assert from_tables(**to_tables(case, kind).document).case == case  # type: ignore[arg-type]


# A spreadsheet as a case


def test_who_said_what_citing_whom_is_a_case() -> None:
    case = from_tables(PLAIN).case

    statements = {each.id: (each.source, each.claim, each.cites) for each in case.attributions}
    assert statements == {
        "row-1": ("Al-Akhbar", None, "row-1-cited"),
        "row-2": ("NOW", None, "row-1"),
        "row-1-cited": ("the general", "A ship left", None),
    }
    assert weigh(case, "A ship left").lineage.mentions == ("row-1-cited", "row-1", "row-2")


@pytest.mark.parametrize(
    "table",
    [
        PLAIN,
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.replace(",", ";").replace("\n", "\r\n").encode(),
        PLAIN.replace(",", "\t"),
        list(csv.DictReader(io.StringIO(PLAIN))),
        pd.read_csv(io.StringIO(PLAIN)),
        pl.read_csv(io.StringIO(PLAIN)),
        pl.read_csv(io.StringIO(PLAIN)).lazy(),
        pa.Table.from_pylist(list(csv.DictReader(io.StringIO(PLAIN)))),
        pl.read_csv(io.StringIO(PLAIN)).to_dict(as_series=False),
    ],
    ids=["text", "bytes", "excel", "tabs", "rows", "pandas", "polars", "lazy", "arrow", "columns"],
)
def test_every_kind_of_table_is_read_alike(table: Any) -> None:
    assert from_tables(table).case == from_tables(PLAIN).case


def test_a_path_is_read_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(PLAIN, encoding="utf-8")

    assert from_tables(path).case == from_tables(str(path)).case == from_tables(PLAIN).case


def test_outlets_that_cite_each_other_are_found_out() -> None:
    case = from_tables("source,claim,cites\nA,it rains,B\nB,it rains,A\n").case

    assert {caveat.kind for caveat in weigh(case, "it rains").caveats} >= {"circular"}


def test_two_that_cite_the_same_absent_source_share_its_statement() -> None:
    case = from_tables("source,claim,cites\nA,x,general\nB,x,general\nB,y,general\n").case

    assert [each.cites for each in case.attributions[:3]] == [
        "row-1-cited", "row-1-cited", "row-3-cited",
    ]  # fmt: skip


def test_a_cited_source_may_itself_be_a_relay_by_ids() -> None:
    table = (
        "id,source,claim,cites\n"
        "tweet,general,sailed,\n"
        "akhbar-tweet,akhbar,,tweet\n"
        ",now,sailed,akhbar\n"
    )

    assert from_tables(table).case.attributions[2].cites == "akhbar-tweet"


def test_only_what_is_said_of_the_same_claim_is_cited() -> None:
    table = 'id,source,claim,cites\nboth,general,"[""x"", ""y""]",\n,now,y,general\n,post,y,both\n'

    found = from_tables(table).case

    assert [each.cites for each in found.attributions[1:]] == ["both/y", "both/y"]


def test_headings_are_read_in_any_case_and_can_be_renamed() -> None:
    table = "Who,CLAIM,Said on,Colour\nA,it rains,2015-08,red\n"

    found = from_tables(table, columns={"Who": "source"})

    assert found.case.attributions[0].said_on is not None
    assert [loss.path for loss in found.losses] == ["attributions, column 'Colour'"]


def test_sources_and_claims_are_found_by_their_names_too() -> None:
    case = from_tables(
        [{"source": "The general ", "claim": "It rains"}],
        sources=[{"id": "general", "name": "The general"}],
        claims=[{"id": "rain", "text": "It rains"}],
    ).case

    assert (case.attributions[0].source, case.attributions[0].claim) == ("general", "rain")


def test_several_ids_stand_between_semicolons() -> None:
    case = from_tables("id,source,claim,cites\na,A,x,\nb,B,x,\nc,C,,a; b\n").case

    assert case.attributions[2].cited == ("a", "b")


def test_questions_and_links_name_their_claims_as_people_do() -> None:
    case = from_tables(
        "source,claim\nA,It rains\nB,It snows\nC,Streets are wet\n",
        questions="id,text,claims,exhaustive\nq,Which,It rains; It snows,no\n",
        links="kind,claim,sign,if_true,if_false\nevidence,It rains, Streets are wet,.9,.2\n",
    ).case

    assert case.questions[0].claims == ("It rains", "It snows")
    assert case.links[0].touches == ("It rains", "Streets are wet")


def test_days_numbers_and_truths_of_a_frame_are_understood() -> None:
    frame = pd.DataFrame(
        {
            "id": [1, 2],
            "source": ["A", "B"],
            "claim": ["x", None],
            "cites": [None, 1],
            "said_on": pd.to_datetime(["2015-01-02", None]),
            "published": [datetime.date(2015, 1, 2), None],
            "in_hand": [1.0, None],
            "locator.paragraph": [7, None],
        }
    )

    first, second = from_tables(frame).case.attributions

    assert (first.id, str(first.said_on), first.in_hand) == ("1", "2015-01-02", True)
    assert first.locators[0].paragraph == 7
    assert second.cites == "1"


def test_an_address_in_the_column_of_documents_is_a_document_with_an_address() -> None:
    case = from_tables("source,claim,document\nA,x,https://example.org/a\n").case

    assert case.documents[0].url == "https://example.org/a"


def test_blank_rows_and_missing_last_cells_are_nothing() -> None:
    assert len(from_tables("source,claim,cites\n\n,,\nA,x\n").case.attributions) == 1


# What is wrong with it, by row and column


def test_a_source_that_no_table_has_is_told_with_one_that_is_nearly_called_so() -> None:
    table = "source,claim,cites\nNorda,x,\nPost,x,Nordaa\nPost,x,Zzz\n"

    with pytest.raises(TableError) as caught:
        from_tables(table, sources="id,reliability\nNorda,B\nPost,B\n")

    assert [each.fix for each in caught.value.problems] == [
        "did you mean 'Norda'? otherwise add it to its table",
        "add it to its table, or correct the id",
    ]


LINES = '{"source": "a", "claim": "x"}\n\n{"source": "b", "claim": "x", "cites": "a"}\n'


def test_lines_of_json_are_rows_whether_a_text_bytes_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(LINES, encoding="utf-8")

    expected = from_tables(
        [{"source": "a", "claim": "x"}, {"source": "b", "claim": "x", "cites": "a"}]
    )

    assert from_tables(LINES) == from_tables(LINES.encode()) == from_tables(path) == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [("{bad", "not-json"), ('{"a": 1, "a": 2}', "duplicate-key"), ("3", "bad-row")],
)
def test_a_line_that_is_no_row_is_named(line: str, code: str) -> None:
    assert problems(f"{LINES}{line}\n") == [("attributions, row 3", code)]


ROW_9 = "attributions, row 2, column 'cites'"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("r1,a,x,\nr2,b,x,r9", [(ROW_9, "dangling-reference")]),
        ("first,a,x,\nsecond,b,x,frist\nthird,c,x,first", [(ROW_9, "dangling-reference")]),
        ("1,a,x,\n2,b,x,8; 9", [(ROW_9, "dangling-reference")] * 2),
    ],
)
def test_what_is_cited_like_the_id_of_a_row_and_is_none_is_told(
    rows: str, found: list[tuple[str, str]]
) -> None:
    assert problems(f"id,source,claim,cites\n{rows}\n") == found


def test_a_misspelt_id_is_told_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(TableError, match="did you mean 'first'"):
        from_tables("id,source,claim,cites\nfirst,a,x,\ntwo,b,x,firs\nthree,c,x,first\n")


def test_a_source_that_has_no_row_may_be_cited_beside_ids() -> None:
    found = from_tables("id,source,claim,cites\nr1,a,x,the general\nr2,b,x,a\nr3,c,x,r1\n")

    assert found.case.attributions[-1].source == "the general"


def test_a_cited_name_that_has_no_row_is_told_with_one_that_has() -> None:
    found = from_tables("source,claim,cites\nHub,x,\nb,x,Hubb\nunit 1,x,\nc,x,unit 2\n")

    assert found.readings[1] == (
        "row 2: b relays what Hubb (who has no row here; did you mean Hub?) affirms: “x”"
    )
    assert found.readings[3] == "row 4: c relays what unit 2 (who has no row here) affirms: “x”"


def test_a_wrong_cell_is_named_by_row_and_column() -> None:
    table = (
        "source,claim,cites,wording,Said on,interest\nA,x,,prolly,,\nB,,row-9,,2015-13,\nC,x,,,,0\n"
    )

    assert set(problems(table)) == {
        ("attributions, row 1, column 'wording'", "unknown-hedge"),
        ("attributions, row 2, column 'cites'", "dangling-reference"),
        ("attributions, row 2, column 'Said on'", "impossible-date"),
        ("attributions, row 3, column 'interest'", "out-of-range"),
    }


def test_a_cell_of_another_type_is_named_by_row_and_column() -> None:
    table = [{"source": "A", "claim": "x", "interest": "much", "in_hand": "maybe", "refs": "{"}]

    assert problems(table) == [
        ("attributions, row 1, column 'interest'", "not-a-number"),
        ("attributions, row 1, column 'in_hand'", "not-true-or-false"),
        ("attributions, row 1, column 'refs'", "not-json"),
    ]


def test_blank_rows_count_when_rows_are_named() -> None:
    assert problems("source,claim,wording\n\nA,x,prolly\n") == [
        ("attributions, row 2, column 'wording'", "unknown-hedge")
    ]


def test_the_row_of_a_twin_is_named_too() -> None:
    with pytest.raises(TableError, match=r"row 2, column 'id'.*attributions, row 1 has"):
        from_tables("id,source,claim\na,A,x\na,B,x\n")


@pytest.mark.parametrize(
    ("table", "more", "expected"),
    [
        ("source,claim,cite\nA,x,\n", {}, ("attributions, column 'cite'", "unknown-column")),
        ("who,claim\nA,x\n", {}, ("attributions", "missing-column")),
        ("source,mood\nA,x\n", {}, ("attributions", "missing-column")),
        (
            "source,claim,Claim\nA,x,y\n",
            {},
            ("attributions, column 'Claim'", "duplicate-column"),
        ),
        ("source,claim\nA,x,y\n", {}, ("attributions, row 1", "uneven-row")),
        ('source,claim\n"A,x\n', {}, ("attributions", "not-csv")),
        (b"\xff\xfe\n", {}, ("attributions", "not-utf-8")),
        ("nowhere.csv", {}, ("attributions", "cannot-read")),
        (7, {}, ("attributions", "not-a-table")),
        ([7], {}, ("attributions, row 1", "bad-row")),
        ({"source": ["A"], "claim": []}, {}, ("attributions", "uneven-columns")),
        ({"source": "A"}, {}, ("attributions, column 'source'", "not-a-table")),
        (
            pd.DataFrame([["a", "x", "y"]], columns=["source", "claim", "claim"]),
            {},
            ("attributions", "not-a-table"),
        ),
        (PLAIN, {"case": "title\nOne\nTwo\n"}, ("case", "too-many-rows")),
        (
            "source,claim\nA,x\n",
            {"sources": "id,access,access.mean\nA,1,0.5\n"},
            ("sources, row 1, column 'access.mean'", "said-twice"),
        ),
        (
            "source,claim,cites\nA,x,A\n",
            {},
            ("attributions, row 1, column 'cites'", "cites-itself"),
        ),
        (
            "source,claim,cites\nA,x,B\n",
            {"sources": "id\nA\n"},
            ("attributions, row 1, column 'cites'", "dangling-reference"),
        ),
        (
            "source,claim,cites\nA,x,\nA,y,\nB,,A\n",
            {},
            ("attributions, row 3, column 'cites'", "ambiguous-citation"),
        ),
        (
            "id,source,claim,cites\na,A,x,\nb,B,y,a\n",
            {},
            ("attributions, row 2, column 'cites'", "cites-another-claim"),
        ),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(
    table: Any, more: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert problems(table, **more) == [expected]


def test_a_renamed_column_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(UnknownName, match="no column 'Whom'"):
        from_tables(PLAIN, columns={"Whom": "cites"})
    with pytest.raises(UnknownName, match="no field 'sauce'"):
        from_tables(PLAIN, columns={"source": "sauce"})


def test_a_table_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = {str(n): [1] for n in range(1001)}
    monkeypatch.setattr(table_files, "MOST_ROWS", 1)
    monkeypatch.setattr(table_files, "MAX_BYTES", 100)
    long = "source,claim\n" + "A,x\n" * 2

    for table in (
        ",".join(wide) + "\n",
        wide,
        long,
        list(csv.DictReader(io.StringIO(long))),
        long * 10,
        pl.read_csv(io.StringIO(long)).lazy(),
    ):
        assert problems(table) == [("attributions", "too-large")]


def test_what_is_wrong_with_the_case_itself_is_named_by_its_row() -> None:
    assert problems(PLAIN, case="title,refs\nOne,[0]\n") == [
        ("case, row 1, column 'refs'", "not-an-object")
    ]


def test_what_is_wrong_with_a_locator_is_said_of_a_column_that_is_there() -> None:
    table = [{"source": "A", "claim": "x", "locator.start": 5, "locator.end": 2}]

    assert problems(table) == [("attributions, row 1, column 'locator.start'", "out-of-order")]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("wording", '"0.5', "not-json"),
        ("wording", '{"a": NaN}', "not-finite"),
        ("interest", True, "not-a-number"),
        ("verb", True, "not-text"),
        ("verb", datetime.timedelta(1), "not-text"),
        ("in_hand", 2, "not-true-or-false"),
        ("said_on", datetime.datetime(2015, 1, 1, 12), "not-a-date"),
        ("refs", '{"a": 1, "a": 1}', "duplicate-key"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(column: str, cell: Any, code: str) -> None:
    table = [{"source": "A", "claim": "x", column: cell}]

    assert problems(table) == [(f"attributions, row 1, column {column!r}", code)]


def test_numbers_of_any_library_are_numbers() -> None:
    cells = (np.float32(0.5), np.array(0.5), decimal.Decimal("0.5"), ".5", "0.50", 0.5)

    for cell in cells:
        case = from_tables([{"source": "A", "claim": "x", "interest": cell, "wording": cell}]).case
        assert (case.attributions[0].interest, case.attributions[0].wording) == (0.5, 0.5)


def test_ids_that_are_made_up_avoid_those_that_are_there() -> None:
    table = "id,source,claim,cites\nrow-2,A,x,\n,B,x,C\nrow-2-cited,D,x,\n"

    case = from_tables(table).case

    assert [each.id for each in case.attributions] == [
        "row-2", "row-2-2", "row-2-cited", "row-2-2-cited",
    ]  # fmt: skip


def test_documents_are_found_by_their_titles_and_bring_their_publishers() -> None:
    case = from_tables(
        "source,claim,document\nA,x,The paper of today\n",
        documents="id,title,publisher\npaper,The paper of today,The Daily\n",
    ).case

    assert case.attributions[0].document == "paper"
    assert [source.id for source in case.sources] == ["A", "The Daily"]


def test_a_part_of_a_statement_can_be_cited_where_it_is_about_the_claim() -> None:
    table = 'id,source,claim,cites\nboth,A,"[""x"", ""y""]",\n,B,x,both/x\n'

    assert from_tables(table).case.attributions[1].cites == "both/x"
    assert problems(table.replace("B,x,", "B,y,")) == [
        ("attributions, row 2, column 'cites'", "cites-another-claim")
    ]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.sampled_from(("a", "b", "[1]", '["a"]', '{"mean":1}', '"q"', "a; b", "1e999", '{"a":[]}')),
    st.lists(st.text(max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)
HEADINGS = st.sampled_from(
    (*COLUMNS["attributions"], *COLUMNS["sources"], *COLUMNS["links"], "locator.page", "x-a", "zz")
)
TABLES = st.one_of(
    st.lists(st.dictionaries(HEADINGS, CELLS, max_size=6), max_size=4),
    st.text(alphabet="\",;\r\nab\t'=x[]{}", max_size=60).map(lambda text: f"{text}\n"),
    st.text(alphabet=',\nab"', max_size=40).map(lambda text: f"source,claim,cites\n{text}\n"),
    st.binary(max_size=30),
)


@settings(max_examples=60)
@given(TABLES, st.none() | TABLES, st.none() | TABLES, st.none() | TABLES, st.none() | TABLES)
def test_hostile_tables_end_in_a_case_or_in_our_error(
    said: Any, sources: Any, claims: Any, links: Any, top: Any
) -> None:
    try:
        found = from_tables(said, sources=sources, claims=claims, links=links, case=top)
    except TableError:
        return

    assert load_case(found.case.written()) == found.case


# Assessments


@pytest.fixture(scope="module")
def weighed() -> tuple[Assessment, ...]:
    """Every claim of the longer seed, weighed once."""
    return weigh_all(load_seed("egypt-syria-2015"))


@pytest.mark.parametrize("kind", KINDS)
def test_assessments_come_back_from_a_table_as_plain_data(
    kind: Any, weighed: tuple[Assessment, ...]
) -> None:
    table = to_assessment_table(weighed, kind).document

    assert from_assessment_table(table) == tuple(map(as_data, weighed))


def test_a_certain_answer_of_a_day_comes_back_too() -> None:
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "so", "prior": 0.5}],
            "sources": [{"id": "s", "reliability": 1}],
            "attributions": [{"id": "a", "source": "s", "claim": "c"}],
        }
    )
    assessment = weigh(case, "c", as_of="2015-08-28")

    assert from_assessment_table(to_assessment_table([assessment], "csv").document) == (
        as_data(assessment),
    )


def test_a_table_of_no_assessments_has_the_columns_all_the_same() -> None:
    text = to_assessment_table([], "csv").document

    assert re.match(r"claim,text,probability,low,high,", text)
    assert from_assessment_table(text) == ()


def test_a_table_that_is_none_of_assessments_says_what_is_missing() -> None:
    with pytest.raises(TableError) as caught:
        from_assessment_table([{"claim": "c", "probability": 1.5, "mood": "good"}])

    found = {(problem.path, problem.code) for problem in caught.value.problems}
    assert ("assessments, row 1, column 'probability'", "out-of-range") in found
    assert ("assessments, row 1, column 'confidence'", "missing-field") in found
    assert ("assessments, column 'mood'", "unknown-column") in found


@settings(max_examples=25)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(list(COLUMNS["assessments"])), CELLS, max_size=30),
        max_size=2,
    )
)
def test_hostile_assessments_end_in_our_error(table: Any) -> None:
    with contextlib.suppress(TableError):
        from_assessment_table(table)


# What people write in cells where a case file has lists and objects

ASKED = {
    "claims": "id,text\nk,Kestria did it\nv,Vardania did it\n",
    "questions": "id,text,claims,prior,exhaustive\nwho,Who,k; v,{},no\n",
}
SAID = "source,claim\nA,k\n"


@pytest.mark.parametrize("prior", ["0.5; 0.3", '"[0.5, 0.3]"', ".5 ;0.3;"])
def test_the_prior_of_a_question_stands_between_semicolons(prior: str) -> None:
    tables = {**ASKED, "questions": ASKED["questions"].format(prior)}

    assert from_tables(SAID, **tables).case.questions[0].prior == (0.5, 0.3)


def test_one_number_is_the_prior_of_a_question_of_one_answer() -> None:
    asked = [{"id": "who", "text": "Who", "claims": "k", "prior": 0.5, "exhaustive": False}]

    found = from_tables(SAID, claims=ASKED["claims"], questions=asked).case

    assert found.questions[0].prior == (0.5,)


@pytest.mark.parametrize(
    ("prior", "told"),
    [
        ('"0.5, 0.3"', 'write them as "0.5; 0.3; 0.1"'),
        ("50%; 30%", "write 0.5, without quotes"),
        ("50%", "write 0.5, without quotes"),
    ],
)
def test_other_priors_of_a_question_are_told_with_the_form(prior: str, told: str) -> None:
    tables = {**ASKED, "questions": ASKED["questions"].format(prior)}

    with pytest.raises(TableError) as caught:
        from_tables(SAID, **tables)

    assert caught.value.problems[0].path == "questions, row 1, column 'prior'"
    assert caught.value.problems[0].fix == told


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("loses strongly: Kestria did it", [(("k",), "loses strongly")]),
        ("Gains if k; v | loses: all", [(("k", "v"), "gains"), ("all", "loses")]),
        ('[{"claims": "all", "stake": "gains"}]', [("all", "gains")]),
    ],
)
def test_interests_are_written_as_people_do(cell: str, read: list[tuple[Any, str]]) -> None:
    sources = [{"name": "A", "interests": cell}]

    found = from_tables(SAID, sources=sources, claims=ASKED["claims"]).case

    assert [(each.claims, each.stake) for each in found.sources[0].interests] == read


def test_whose_voice_it_may_be_is_written_as_people_do() -> None:
    table = "source,claim,same_voice_as\nA,k,\nB,k,A @ 0.8\n"

    voice = from_tables(table, claims=ASKED["claims"]).case.attributions[1].same_voice_as

    assert voice is not None
    assert (voice.attribution, voice.probability) == ("row-1", 0.8)


@pytest.mark.parametrize("cell", ["A", "@ 0.8", "A @ often"])
def test_other_voices_are_told_with_the_form(cell: str) -> None:
    table = [{"source": "B", "claim": "k", "same_voice_as": cell}]

    assert problems(table) == [("attributions, row 1, column 'same_voice_as'", "not-a-voice")]


def test_what_is_wrong_with_cells_and_with_values_is_told_at_once() -> None:
    found = problems(
        "source,claim,said_on,stance\nA,k,3/4/2015,maybe\nA,k,2015-04-03,perhaps\n",
        sources="name,kind,interests\nA,NGO,benefits\n",
        claims="id,text,prior\nk,Kestria did it,50%\n",
    )

    assert found == [
        ("sources, row 1, column 'interests'", "not-an-interest"),
        ("attributions, row 1, column 'said_on'", "ambiguous-date"),
        ("claims, row 1, column 'prior'", "not-a-number"),
        ("sources, row 1, column 'kind'", "not-one-of"),
        ("attributions, row 1, column 'stance'", "not-one-of"),
        ("attributions, row 2, column 'stance'", "not-one-of"),
    ]


def test_what_may_only_follow_from_an_unread_cell_is_not_told() -> None:
    table = "source,claim,stance,would_speak\nA,k,silent,often\n"

    assert problems(table) == [("attributions, row 1, column 'would_speak'", "not-a-number")]


def test_an_unread_cell_is_told_where_the_rest_is_a_case() -> None:
    table = "source,claim,said_on\nA,k,3/4/2015\n"

    assert problems(table) == [("attributions, row 1, column 'said_on'", "ambiguous-date")]


def test_rows_may_say_how_reliable_their_source_is_and_what_kind() -> None:
    table = "source,claim,Reliability,kind\nA,x,,\nA,y,B,outlet\na,z,B,\nC,x,0.6,\n"

    found = from_tables(table)

    assert [(each.id, each.kind, each.reliability) for each in found.case.sources] == [
        ("A", "outlet", "B"),
        ("C", "other", 0.6),
    ]
    assert found.losses == ()


@pytest.mark.parametrize(
    ("table", "sources", "where"),
    [
        ("source,claim,reliability\nA,x,B\nA,y,C\n", None, "'B' in attributions, row 1 and 'C' in"),
        (
            "source,claim,reliability\nA,x,B\n",
            "name,reliability\nA,C\n",
            "'C' in sources, row 1 and",
        ),
    ],
)
def test_rows_that_judge_a_source_differently_are_a_problem(
    table: str, sources: str | None, where: str
) -> None:
    with pytest.raises(TableError) as caught:
        from_tables(table, sources=sources)

    problem = caught.value.problems[0]
    assert problem.code == "source-judged-twice"
    assert problem.path.endswith("column 'reliability'")
    assert where in problem.message


def test_a_wrong_reliability_beside_a_source_is_told_where_it_stands() -> None:
    table = "source,claim,Grade\nA,x,\nA,y,B2\n"

    assert problems(table, columns={"Grade": "reliability"}) == [
        ("attributions, row 2, column 'Grade'", "not-one-of")
    ]


def test_names_that_differ_in_capitals_alone_are_one() -> None:
    table = (
        "source,claim,cites\n"
        "Continental Press,The ship left.,the General\n"
        "NYT,the ship left,continental  press\n"
        "nyt,The ship left,The general\n"
    )

    case = from_tables(table).case

    assert [each.id for each in case.sources] == ["Continental Press", "NYT", "the General"]
    assert [each.id for each in case.claims] == ["The ship left."]
    assert [each.cites for each in case.attributions[:3]] == ["row-1-cited", "row-1", "row-1-cited"]


def test_names_of_two_records_that_differ_in_capitals_stay_two() -> None:
    table = "source,claim\nnorda,x\nNorda,x\nNORDA,x\n"

    assert problems(table, sources="id\nnorda\nNorda\n") == [
        ("attributions, row 3, column 'source'", "dangling-reference")
    ]


@pytest.mark.parametrize("empty", [b"", b"source,claim\n", "source,claim\n\n"])
def test_a_table_without_rows_is_told(empty: Any) -> None:
    found = from_tables(empty)

    assert found.case.attributions == ()
    assert [(loss.path, loss.what) for loss in found.losses] == [("attributions", "the table")]


def test_json_lines_may_begin_with_spaces_within_their_braces() -> None:
    found = from_tables(
        '{ "source": "NOW", "claim": "It sailed" }\n{"source": "AP", "claim": "It sailed"}\n'
    )

    assert [each.source for each in found.case.attributions] == ["NOW", "AP"]
