"""Documents that were made to do harm: read or refused in our own words, and never without an end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.agents import call_tool, case_from_model
from provenance.errors import FormatError, ProvenanceError, TableError
from provenance.exchange import (
    claimreview_problems,
    embed_claimreview,
    from_annotations,
    from_assessment_table,
    from_claimreview,
    from_misp,
    from_misp_tags,
    from_prov,
    from_stix,
    from_tables,
    prov,
    prov_json,
    relocate,
    relocation,
    sheet_citations,
    stix,
    table_files,
)
from provenance.records import Locator

DEEP = 100_000
XML = (
    '<prov:document xmlns:prov="http://www.w3.org/ns/prov#" xmlns:e="http://e/">{}</prov:document>'
)
PROVN = "document prefix e <http://e/> {} endDocument"
TRIG = "@prefix e: <http://e/> . {}"
REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://example.org/1",
    "claimReviewed": "The ship sailed",
    "author": {"@type": "Organization", "name": "The desk"},
    "reviewRating": {"@type": "Rating", "alternateName": "unlikely"},
}


def nested(depth: int, key: str = "entity") -> Any:
    found: Any = "end"
    for _ in range(depth):
        found = {key: found, "type": "Annotation"}
    return found


def bomb() -> str:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(20))
    return f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">{entities}]>{XML.format("&u;")}'


HOSTILE: Mapping[str, Callable[[], object]] = {
    "entities that grow": lambda: from_prov(bomb()),
    "entities in another encoding": lambda: from_prov(
        '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE d +AFs-+ADwAIQ-ENTITY a SYSTEM'
        f" +ACI-file:///etc/passwd+ACIAPgBdAD4-{XML.format('&a;')}"
    ),
    "deep XML": lambda: from_prov(XML.format("<e:a>" * DEEP + "</e:a>" * DEEP)),
    "a long namespace": lambda: from_prov(
        XML.replace("http://e/", "http://e/" + "a" * 500_000).format(
            '<prov:entity prov:id="e:a"/>' * 2_000
        )
    ),
    "deep JSON": lambda: from_prov('{"entity":' * DEEP),
    "a long prefix": lambda: from_prov(
        {"prefix": {"e": "a" * 1_000_000}, "entity": {f"e:{n}": {f"e:{n}": 1} for n in range(200)}}
    ),
    "deep PROV-N": lambda: from_prov("document " + "entity(" * DEEP),
    "a string of PROV-N that does not end": lambda: from_prov(
        PROVN.format('entity(e:a, [prov:label="' + '\\"' * DEEP)
    ),
    "deep TriG": lambda: from_prov(TRIG.format("e:a e:b " + "[ e:c " * DEEP), format="trig"),
    "a million nodes": lambda: from_prov(
        TRIG.format("e:a e:b (" + "1 " * 10**6 + ")"), format="trig"
    ),
    "a million blank nodes": lambda: from_prov(TRIG.format("[] a e:b ." * 300_000), format="trig"),
    "many graphs": lambda: from_prov(TRIG.format("e:g { e:a e:b e:c } " * 2_000), format="trig"),
    "a long prefix in TriG": lambda: from_prov(
        TRIG.replace("http://e/", "http://e/" + "a" * 500_000).format("e:a e:b e:c . " * 1_000),
        format="trig",
    ),
    "many bundles": lambda: from_prov(PROVN.format("bundle e:b endBundle " * 2_000)),
    "deep annotations": lambda: from_annotations("[" * DEEP),
    "deep JSON in a cell": lambda: from_tables('source,claim,refs\nA,b,"' + "[" * DEEP + '"'),
    "a row of commas": lambda: from_tables("source,claim\n" + "," * 1_000_000),
    "a quotation that does not end": lambda: from_tables('source,claim\n"' + '""' * DEEP),
    "a deep case": lambda: case_from_model("{" * DEEP),
    "a deep case as data": lambda: case_from_model(nested(2_000)),
    "a long case": lambda: case_from_model({"title": "a" * 2_000_000}),
    "deep STIX": lambda: from_stix("[" * DEEP),
    "a deep record in STIX": lambda: from_stix(
        [
            {
                "type": "report",
                "id": "report--1",
                "extensions": {stix.RECORDED: {"claim_record": "[" * DEEP}},
            }
        ]
    ),
    "deep MISP": lambda: from_misp('{"Event":' * DEEP),
    "deep reviews": lambda: from_claimreview("[" * DEEP),
    "reviews without an end": lambda: from_claimreview(nested(2_000)),
    "endless tags": lambda: from_misp_tags("t" for _ in iter(int, 1)),
    "an assessment of another kind": lambda: from_assessment_table("claim\n" + "a" * 500),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_in_our_own_words(name: str) -> None:
    pytest.importorskip("prov")

    with pytest.raises(ProvenanceError) as caught:
        HOSTILE[name]()

    assert len(str(caught.value)) < 5_000


def test_deep_data_is_read_as_far_as_it_says_something() -> None:
    assert from_prov(nested(400)).losses
    assert from_annotations(nested(400, "target")).losses


def test_duplicates_in_a_long_chain_are_joined() -> None:
    reports = [{"type": "report", "id": f"report--{n}", "name": "x"} for n in range(2_000)]
    same = [
        {
            "type": "relationship",
            "id": f"relationship--{n}",
            "relationship_type": "duplicate-of",
            "source_ref": f"report--{n}",
            "target_ref": f"report--{n + 1}",
        }
        for n in range(1_999)
    ]

    assert len(from_stix([*reports, *same]).case.claims) == 1


def test_long_texts_are_read() -> None:
    long = "a" * 5_000_000

    assert from_prov({"entity": {"e": {"prov:label": long}}}).losses
    assert from_annotations({"type": "Annotation", "target": "u", "bodyValue": long}).losses


@pytest.mark.parametrize("length", [1, 2, 2_000])
def test_derivations_in_circles_are_read(length: int) -> None:
    derivations = {
        f"_:{n}": {"prov:generatedEntity": f"e{n}", "prov:usedEntity": f"e{(n + 1) % length}"}
        for n in range(length)
    }

    case = from_prov({"wasDerivedFrom": derivations}).case

    assert len(case.attributions) == (0 if length == 1 else length)


def test_a_long_chain_of_derivations_is_read() -> None:
    derivations = {
        f"_:{n}": {"prov:generatedEntity": f"e{n}", "prov:usedEntity": f"e{n + 1}"}
        for n in range(3_000)
    }

    assert len(from_prov({"wasDerivedFrom": derivations}).case.attributions) == 3_001


def test_what_names_may_grow_to_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prov_json, "MOST_GROWTH", 1_000)

    for document in (
        {"entity": {f"e{n}": {f"attribute{n}": 1} for n in range(200)}},
        {"@context": [], "@graph": [{"@type": "Entity", f"attribute{n}": 1} for n in range(200)]},
    ):
        with pytest.raises(FormatError, match="at most 1000 characters in all"):
            from_prov(document)


def test_more_statements_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prov_json, "MOST_ENTRIES", 10)

    with pytest.raises(FormatError, match="at most 10 statements"):
        from_prov(
            {"entity": {f"e{n}": {} for n in range(6)}, "agent": {f"a{n}": {} for n in range(6)}}
        )


def test_a_text_that_is_too_long_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prov, "LONGEST_TEXT", 100)

    with pytest.raises(FormatError, match="write it as PROV-JSON"):
        from_prov(PROVN.format("entity(e:a)" * 20))


def test_rows_that_cite_a_source_of_many_rows_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_citations, "MOST_CITATIONS", 100)

    with pytest.raises(TableError, match="at most 100 citations in all"):
        from_tables("source,claim,cites\n" + "A,c,B\n" * 20 + "B,c,\n" * 20)


def test_a_table_of_too_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_files, "MOST_CELLS", 100)

    with pytest.raises(TableError, match="100 cells, found more"):
        from_tables("source,claim\n" + ",\n" * 100)


def test_words_that_stand_everywhere_are_ambiguous() -> None:
    many = relocate(Locator(exact="x", prefix="a" * 50_000), ("a" * 10 + "x") * 9_000)
    long = relocate(Locator(exact="a" * 200_000, prefix="b"), "a" * 202_000)

    assert (many.how, long.how) == ("ambiguous", "ambiguous")


def test_long_words_at_more_places_than_are_looked_at_are_not_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relocation, "MOST_WORK", 1_000)
    words = "a" * 10

    found = relocate(Locator(exact=words, prefix="b"), f"{words} " * 20 + f"b{words}")

    assert found.how == "ambiguous"


def test_pages_of_scripts_that_do_not_end_are_written() -> None:
    opening = '<script type="application/ld+json" id="claim-provenance-claimreview">'

    for page in (opening * 5_000, "<!--" * DEEP, "<script>" * DEEP):
        assert page in embed_claimreview(page, REVIEW)


def test_deep_reviews_have_problems() -> None:
    assert claimreview_problems({"reviewRating": nested(5_000), "@type": nested(5_000)})


@pytest.mark.parametrize(
    "arguments", [{"case": nested(400)}, {"case": "{" * DEEP}, {"case": nested}]
)
def test_a_call_with_a_hostile_case_is_answered(arguments: dict[str, Any]) -> None:
    assert call_tool("check", arguments).is_error


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.sampled_from(
            ("Annotation", "AnnotationPage", "Entity", "prov:a", "_:b", "2015", "[", "'")
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ("entity", "agent", "wasDerivedFrom", "prefix", "@graph", "@context", "@type")
                ),
                st.sampled_from(("type", "target", "body", "selector", "source", "items", "first")),
                st.sampled_from(
                    ("prov:entity", "prov:usedEntity", "$", "@value", "claim", "cites")
                ),
                st.text(max_size=4),
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@settings(max_examples=25)
@given(ANYTHING)
def test_whatever_is_read_only_our_errors_come_of_it(document: Any) -> None:
    text = json.dumps(document)
    for read in (
        *(from_prov, from_annotations, from_tables, from_misp_tags, case_from_model),
        *(from_stix, from_misp, from_claimreview),
    ):
        for given_ in (document, text, text.encode(), f"{text}\n{text}"):
            with contextlib.suppress(ProvenanceError):
                read(given_)


@settings(max_examples=20)
@given(
    st.text(alphabet="<>[](){}@.\"'\\:;,_ ae\n?!-", max_size=60),
    st.sampled_from(("xml", "provn", "trig")),
)
def test_whatever_stands_in_a_text_only_our_errors_come_of_it(text: str, notation: Any) -> None:
    pytest.importorskip("prov")
    around = {"xml": XML, "provn": PROVN, "trig": TRIG}[notation]
    for given_ in (text, around.replace("{}", text)):
        with contextlib.suppress(ProvenanceError):
            from_prov(given_, format=notation)
