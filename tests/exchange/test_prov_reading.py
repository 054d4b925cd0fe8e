"""PROV that others wrote, changed or broke, read as far as it goes or refused."""

from __future__ import annotations

import contextlib
import copy
import datetime
import json
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import weigh
from provenance.errors import FormatError, InvalidValue, MissingExtra, UnknownName
from provenance.exchange import from_prov, to_prov
from provenance.exchange.prov_json import XSD, Literal, Name, _Addresses, _jsonld_read
from tests.cases.exchange_cases import ORIGIN, RELAY, ship_case

TEXTS = ("provn", "trig", "xml")

# ------------------------------------------------------------------ what others wrote

OTHERS = {
    "prefix": {"ex": "https://example.org/"},
    "entity": {
        "ex:report": {"prov:label": "The ship sailed", "ex:colour": "red"},
        "ex:article": {},
        "ex:leak": {"prov:value": "a leaked letter"},
        "ex:alone": {},
    },
    "agent": {
        "ex:anna": {
            "prov:type": {"$": "prov:Person", "type": "prov:QUALIFIED_NAME"},
            "prov:label": "Anna",
        },
        "ex:paper": {"prov:type": {"$": "prov:Organization", "type": "xsd:QName"}},
    },
    "activity": {"ex:printing": {}},
    "wasAttributedTo": {
        "_:a": {"prov:entity": "ex:report", "prov:agent": "ex:anna"},
        "_:b": {"prov:entity": "ex:article", "prov:agent": "ex:paper"},
    },
    "wasDerivedFrom": {
        "_:c": {"prov:generatedEntity": "ex:article", "prov:usedEntity": "ex:report"},
        "_:d": {
            "prov:generatedEntity": "ex:article",
            "prov:usedEntity": "ex:leak",
            "prov:activity": "ex:printing",
        },
    },
    "wasInvalidatedBy": {"_:e": {"prov:entity": "ex:report", "prov:time": "2015-09-10T12:00:00"}},
    "wasGeneratedBy": {
        "_:f": {
            "prov:entity": "ex:article",
            "prov:time": "2015-09-04T00:00:00",
            "prov:activity": "ex:printing",
        }
    },
}


def test_what_others_wrote_becomes_a_draft_with_what_can_be_known() -> None:
    case = from_prov(OTHERS).case
    statements = {each.id: each for each in case.attributions}
    sources = {each.id: each for each in case.sources}

    assert statements["ex:article"].cited == ("ex:report", "ex:leak")
    assert str(statements["ex:article"].said_on) == "2015-09-04"
    assert str(statements["ex:report"].retracted_on) == "2015-09-10"
    assert (sources["ex:anna"].name, sources["ex:anna"].kind) == ("Anna", "person")
    assert sources["ex:paper"].kind == "organisation"
    assert sources[statements["ex:leak"].source].kind == "unnamed"
    assert {claim.text for claim in case.claims} == {"The ship sailed", "a leaked letter"}


def test_what_was_not_understood_is_listed() -> None:
    paths = {loss.path for loss in from_prov(OTHERS).losses}

    assert paths == {
        "entity.ex:report.https://example.org/colour",
        "entity.ex:alone",
        "activity.ex:printing",
        "wasDerivedFrom._:d.activity",
        "wasGeneratedBy._:f.activity",
    }


def test_what_was_added_to_our_document_is_listed_and_the_records_win() -> None:
    case = ship_case(ORIGIN)
    document = copy.deepcopy(to_prov(case).document)
    document["wasDerivedFrom"] = {
        "_:x": {"prov:generatedEntity": "case:statement.log", "prov:usedEntity": "ex:letter"}
    }
    document["entity"]["ex:letter"] = {}

    read = from_prov(document)

    assert read.case == case
    assert [(loss.path, loss.why) for loss in read.losses] == [
        ("entity.ex:letter", "the records of the case do not say it"),
        ("wasDerivedFrom._:x", "the records of the case do not say it"),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cp:record": "{"}, "JSON"),
        ({"cp:record": "[]"}, "record"),
        ({"cp:record": '{"section": "claims", "position": 0, "record": {}}'}, "two|claim|missing"),
        ({"cp:record": '{"section": "spells", "position": 0, "record": {}}'}, "section"),
        ({"cp:record": '{"section": "case", "position": 0, "record": {}}'}, "case"),
    ],
)
def test_a_record_that_was_tampered_with_is_refused(change: dict[str, Any], message: str) -> None:
    document = copy.deepcopy(to_prov(ship_case(ORIGIN)).document)
    document["entity"]["case:case"] |= change

    with pytest.raises(FormatError, match=message):
        from_prov(document)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"a": 1}',
        "document",
        "<a/>",
        "nonsense",
        b"\xff\xfe",
        3,
        None,
        [],
    ],
)
def test_what_is_no_prov_is_refused(document: Any) -> None:
    pytest.importorskip("prov")

    with pytest.raises(FormatError):
        from_prov(document)


def test_entities_of_xml_are_refused_before_they_grow() -> None:
    pytest.importorskip("prov")
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><prov:document/>'

    with pytest.raises(FormatError, match="document type"):
        from_prov(bomb)


SCRAPS = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=6),
        st.sampled_from(("ex:report", "ex:anna", "prov:Person", "_:a", "2015-13-01")),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("prov:entity", "prov:agent", "$", "type", "prov:time", "@id", "@type", "cp:record")
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)


@st.composite
def hostile(draw: st.DrawFn) -> Any:
    """A document of ours or of others, in either JSON, with parts of it replaced."""
    ours = to_prov(ship_case(ORIGIN, RELAY)).document
    linked = to_prov(ship_case(ORIGIN, RELAY), format="jsonld").document
    document = copy.deepcopy(draw(st.sampled_from((ours, linked, OTHERS))))
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = document
        while isinstance(holder, dict | list) and holder:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and draw(st.integers(0, 3)):
                holder = holder[key]
                continue
            if draw(st.booleans()):
                holder[key] = draw(SCRAPS)
            else:
                del holder[key]
            break
    return document


@settings(max_examples=60)
@given(hostile())
def test_hostile_documents_are_read_or_refused(document: Any) -> None:
    with contextlib.suppress(FormatError):
        from_prov(document)


@settings(max_examples=20)
@given(
    st.text(alphabet="document enity(a,b)<>@prefix:;.\n\"'", max_size=60), st.sampled_from(TEXTS)
)
def test_hostile_texts_are_read_or_refused(text: str, notation: str) -> None:
    pytest.importorskip("prov")

    with contextlib.suppress(FormatError):
        from_prov(text, format=notation)


# ------------------------------------------------------------------ arguments


def test_unknown_formats_and_namespaces_are_refused() -> None:
    with pytest.raises(UnknownName, match="xml"):
        to_prov(ship_case(), format="yaml")
    with pytest.raises(UnknownName, match="xml"):
        from_prov("{}", format="yaml")
    with pytest.raises(InvalidValue, match="ends with"):
        to_prov(ship_case(), namespace="https://example.org/a")


def test_without_the_package_json_works_and_the_rest_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("prov", "prov.model"):
        monkeypatch.setitem(sys.modules, name, None)

    assert from_prov(json.dumps(to_prov(ship_case()).document)).case == ship_case()
    with pytest.raises(MissingExtra, match=r"claim-provenance\[prov\]"):
        to_prov(ship_case(), format="xml")


def test_an_assessment_of_another_case_is_refused() -> None:
    with pytest.raises(InvalidValue, match="another case"):
        to_prov(ship_case(), [weigh(ship_case(ORIGIN), "sailed")])


def test_an_assessment_as_of_a_day_says_so() -> None:
    case = ship_case(ORIGIN)
    assessment = weigh(case, "sailed", as_of=datetime.date(2015, 9, 1))

    activity = to_prov(case, [assessment]).document["activity"]["case:weighing.sailed"]

    assert activity["cp:as_of"] == "2015-09-01"


def test_more_that_others_write_and_a_case_cannot_hold_is_listed() -> None:
    read = from_prov(
        {
            "entity": {"ex:a": {}, "ex:b": {}},
            "wasAttributedTo": {
                "_:1": {"prov:entity": "ex:a", "prov:agent": "ex:anna"},
                "_:2": {"prov:entity": "ex:a", "prov:agent": "ex:ben"},
            },
            "wasDerivedFrom": {
                "_:3": {"prov:generatedEntity": "ex:a", "prov:usedEntity": "ex:a"},
                "_:4": {"prov:generatedEntity": "ex:b", "prov:usedEntity": "ex:a"},
            },
            "specializationOf": {
                "_:5": {"prov:specificEntity": "ex:b", "prov:generalEntity": "ex:c"}
            },
            "wasInvalidatedBy": {"_:6": {"prov:entity": "ex:a", "prov:time": "yesterday"}},
            "bundle": {"ex:bundle": {}},
        }
    )

    assert {loss.path for loss in read.losses} == {
        "bundle",
        "wasAttributedTo._:2",
        "wasDerivedFrom._:3",
        "entity.ex:b",
        "wasInvalidatedBy._:6",
    }
    assert read.case.sources[0].kind == "other"


def test_who_said_it_may_be_written_twice() -> None:
    document = """{"entity": {"ex:a": {}}, "wasAttributedTo": {
        "_:1": {"prov:entity": "ex:a", "prov:agent": "ex:anna"},
        "_:2": {"prov:entity": "ex:a", "prov:agent": "ex:anna"}}}"""

    read = from_prov(json.loads(document))

    assert [each.id for each in read.case.sources] == [read.case.attributions[0].source]
    assert not any(loss.path.startswith("wasAttributedTo") for loss in read.losses)


def test_two_origins_that_specialise_one_entity_make_one_claim() -> None:
    case = from_prov(
        {
            "entity": {"ex:a": {}, "ex:b": {}, "ex:c": {"prov:label": "The ship sailed"}},
            "wasAttributedTo": {
                "_:1": {"prov:entity": "ex:a", "prov:agent": "ex:anna"},
                "_:2": {"prov:entity": "ex:b", "prov:agent": "ex:ben"},
            },
            "specializationOf": {
                "_:3": {"prov:specificEntity": "ex:a", "prov:generalEntity": "ex:c"},
                "_:4": {"prov:specificEntity": "ex:b", "prov:generalEntity": "ex:c"},
            },
        }
    ).case

    assert [claim.text for claim in case.claims] == ["The ship sailed"]
    assert [each.claims for each in case.attributions] == [("ex:c",), ("ex:c",)]


def test_names_that_cannot_be_ids_get_numbers() -> None:
    case = from_prov(
        {
            "wasDerivedFrom": {
                "_:1": {"prov:generatedEntity": "a/b", "prov:usedEntity": "x" * 400},
                "_:2": {"prov:generatedEntity": "a/b", "prov:usedEntity": "statement-1"},
            }
        }
    ).case

    ids = [each.id for each in case.attributions]
    assert len(set(ids)) == 3
    assert all(len(name) < 200 and "/" not in name for name in ids)


def test_too_large_a_document_is_refused() -> None:
    with pytest.raises(FormatError, match="at most"):
        from_prov(" " * (64 * 2**20 + 1))


@pytest.mark.parametrize(
    ("written", "bare", "expected"),
    [
        ({"@id": "ex:a"}, False, Name("ex:a")),
        ({"@id": "ex:a", "@type": "xsd:string"}, False, Name("ex:a")),
        ({"@value": "ex:a", "@type": "xsd:QName"}, False, Name("ex:a")),
        ({"@value": "7", "@type": "xsd:int"}, False, Literal("7", f"{XSD}int")),
        ({"@value": True}, True, Literal("true")),
        ({"@value": ["a"]}, False, None),
        ({"@language": "en"}, False, None),
        ("ex:a", True, Name("ex:a")),
        ("ex:a", False, Literal("ex:a")),
        (7.5, False, Literal("7.5")),
        (None, False, None),
    ],
)
def test_a_value_of_json_ld_is_a_name_or_a_literal(
    written: Any, bare: bool, expected: Name | Literal | None
) -> None:
    assert _jsonld_read(written, bare, _Addresses({"xsd": XSD}, "PROV")) == expected
