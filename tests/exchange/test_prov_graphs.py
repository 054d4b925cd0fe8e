"""PROV as stores hold it: every term of PROV-O, every notation of RDF, and what was changed there."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh
from provenance.casefiles import load_seed
from provenance.errors import FormatError, MissingExtra
from provenance.exchange import Import, from_prov, to_prov
from provenance.exchange.prov_reading import same_words
from tests.cases.exchange_cases import ORIGIN, RELAY, full_case, rich_cases, ship_case

rdflib = pytest.importorskip("rdflib")
pytest.importorskip("prov")

# rdflib warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

PROV = "http://www.w3.org/ns/prov#"
HEAD = """
@prefix ex: <http://ex.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <http://schema.org/> .
ex:a a prov:Entity ; rdfs:label "It burned" ; prov:wasAttributedTo ex:ann .
ex:b a prov:Entity ; prov:wasAttributedTo ex:ben .
ex:ann a prov:Person .
"""
EX = rdflib.Namespace("http://ex.org/")


def read(turtle: str) -> Import:
    return from_prov(HEAD + turtle)


def told(found: Import) -> dict[str, tuple[str, ...]]:
    """What every statement says or cites, by its id."""
    return {each.id: each.claims or each.cited for each in found.case.attributions}


def texts(found: Import) -> list[str]:
    return sorted(claim.text for claim in found.case.claims)


# ------------------------------------------------------------------ every term of PROV-O

DERIVATIONS = (
    "ex:b prov:wasDerivedFrom ex:a .",
    "ex:b prov:wasQuotedFrom ex:a .",
    "ex:b prov:hadPrimarySource ex:a .",
    "ex:b prov:wasRevisionOf ex:a .",
    "ex:a prov:hadDerivation ex:b .",
    "ex:a prov:quotedAs ex:b .",
    "ex:a prov:wasPrimarySourceOf ex:b .",
    "ex:a prov:hadRevision ex:b .",
    "ex:b prov:qualifiedDerivation [ a prov:Derivation ; prov:entity ex:a ] .",
    "ex:b prov:qualifiedDerivation [ a prov:Quotation ; prov:entity ex:a ] .",
    "ex:b prov:qualifiedQuotation [ a prov:Quotation ; prov:entity ex:a ] .",
    "ex:b prov:qualifiedPrimarySource [ a prov:PrimarySource ; prov:entity ex:a ] .",
    "ex:b prov:qualifiedRevision ex:how . ex:how a prov:Revision ; prov:entity ex:a .",
    "ex:b prov:wasQuotedFrom ex:a ; prov:wasDerivedFrom ex:a . ex:b prov:qualifiedQuotation [ prov:entity ex:a ] .",
)


@pytest.mark.parametrize("written", DERIVATIONS)
def test_every_way_to_write_a_derivation_makes_a_relay(written: str) -> None:
    found = read(written)

    assert told(found) == {"ex:a": ("ex:a",), "ex:b": ("ex:a",)}
    assert found.losses == ()


@pytest.mark.parametrize(
    "written",
    [
        'ex:a prov:generatedAtTime "2014-05-01T00:00:00Z"^^xsd:dateTime .',
        'ex:a prov:qualifiedGeneration [ prov:atTime "2014-05-01T10:00:00Z"^^xsd:dateTime ] .',
        'ex:a prov:generatedAtTime "2014-05-01" ; prov:qualifiedGeneration [ prov:atTime "2014-05-01T10:00:00Z" ] .',
    ],
)
def test_every_way_to_write_when_something_was_made_is_its_day(written: str) -> None:
    found = read(written)

    assert [str(each.said_on) for each in found.case.attributions if each.id == "ex:a"] == [
        "2014-05-01"
    ]
    assert found.losses == ()


@pytest.mark.parametrize(
    "written",
    [
        'ex:a prov:invalidatedAtTime "2016-05-01T00:00:00Z"^^xsd:dateTime .',
        'ex:a prov:qualifiedInvalidation [ prov:atTime "2016-05-01T10:00:00Z"^^xsd:dateTime ] .',
    ],
)
def test_what_was_invalidated_is_withdrawn(written: str) -> None:
    (statement, _) = read(written).case.attributions

    assert str(statement.retracted_on) == "2016-05-01"


@pytest.mark.parametrize(
    "written",
    [
        "ex:c prov:wasAttributedTo ex:ann .",
        "ex:ann prov:contributed ex:c .",
        "ex:c prov:qualifiedAttribution [ a prov:Attribution ; prov:agent ex:ann ] .",
    ],
)
def test_every_way_to_attribute_makes_the_agent_the_source(written: str) -> None:
    found = read(written)

    assert {each.source for each in found.case.attributions if each.id == "ex:c"} == {"ex:ann"}
    assert {source.kind for source in found.case.sources if source.id == "ex:ann"} == {"person"}


def test_what_an_entity_specialises_is_its_claim_in_both_directions() -> None:
    found = read(
        'ex:x rdfs:label "The mill burned" . ex:c prov:wasAttributedTo ex:ann ;'
        " prov:specializationOf ex:x . ex:x prov:generalizationOf ex:d ."
        " ex:d prov:wasAttributedTo ex:ben ."
    )

    assert told(found)["ex:c"] == told(found)["ex:d"] == ("ex:x",)
    assert "The mill burned" in texts(found)


@pytest.mark.parametrize(
    "written",
    [
        'ex:work a prov:Activity ; prov:startedAtTime "2015-01-01T00:00:00Z"^^xsd:dateTime .',
        "ex:a prov:wasGeneratedBy ex:work .",
        "ex:work prov:generated ex:a .",
        "ex:work prov:used ex:a .",
        "ex:work prov:qualifiedUsage [ prov:entity ex:a ] ; prov:used ex:a .",
        "ex:work prov:wasInformedBy ex:other .",
        "ex:work prov:qualifiedCommunication [ prov:activity ex:other ] .",
        "ex:work prov:qualifiedStart [ prov:entity ex:a ; prov:hadActivity ex:other ] .",
        "ex:work prov:qualifiedEnd [ prov:entity ex:a ] .",
        "ex:work prov:wasAssociatedWith ex:ann .",
        "ex:work prov:qualifiedAssociation [ prov:agent ex:ann ; prov:hadPlan ex:plan ] .",
        "ex:ann prov:actedOnBehalfOf ex:ben .",
        "ex:ann prov:qualifiedDelegation [ prov:agent ex:ben ] .",
        "ex:a prov:wasInfluencedBy ex:b .",
        "ex:b prov:influenced ex:a .",
        "ex:a prov:qualifiedInfluence [ prov:influencer ex:b ] .",
        "ex:a prov:alternateOf ex:b .",
        "ex:a prov:hadMember ex:b .",
        "ex:b prov:wasMemberOf ex:a .",
        "ex:a prov:wasInvalidatedBy ex:work .",
        "ex:a prov:qualifiedAttribution [ prov:agent ex:ann ; ex:hadRole ex:chair ] .",
        "ex:a schema:about ex:mill .",
        'ex:a rdfs:comment "Ann doubts it" .',
        'ex:a rdfs:label "Es brannte"@de .',
        'ex:ann rdfs:label "Ann" , "آن"@ar .',
        'ex:mill schema:name "The mill" .',
        "ex:ann a schema:Journalist .",
        "ex:how a prov:Association .",
        "ex:bundle { ex:a a prov:Entity }",
        'ex:a prov:generatedAtTime "yesterday" .',
        'ex:a prov:generatedAtTime "2014-05-01" , "2014-06-01" .',
    ],
)
def test_what_a_case_has_no_place_for_is_told(written: str) -> None:
    found = read(written)

    assert found.losses
    assert told(found)["ex:a"] == ("ex:a",)


def test_a_name_in_english_stands_before_one_in_another_language() -> None:
    found = read('ex:ann rdfs:label "آن"@ar , "Ann"@en , "Anna"@cs .')

    assert [each.name for each in found.case.sources if each.id == "ex:ann"] == ["Ann"]
    assert [loss.what for loss in found.losses] == [
        "its words “⁨آن⁩”, in the language ar",
        "its words “Anna”, in the language cs",
    ]


def test_things_without_a_name_are_called_the_same_whenever_they_are_read() -> None:
    written = (
        '[] a prov:Entity ; rdfs:label "It sank" ; prov:wasDerivedFrom ex:a .'
        ' [] a prov:Entity ; rdfs:label "It sank" ; prov:wasDerivedFrom ex:a .'
    )

    first, second = read(written), read(written)

    assert first == second
    assert len(first.case.attributions) == 4


# ------------------------------------------------------------------ who repeats, and who differs

SAYS = 'ex:b rdfs:label "{}" ; prov:wasDerivedFrom ex:a .'


@pytest.mark.parametrize("words", ["It burned", "it burned.", "IT  BURNED", "“It burned”"])
def test_what_derives_and_says_the_same_is_a_relay(words: str) -> None:
    found = read(SAYS.format(words))

    assert told(found)["ex:b"] == ("ex:a",)
    assert texts(found) == ["It burned"]
    assert found.losses == ()


@pytest.mark.parametrize(
    "words", ["It did not burn", "It burned?", "It burned in 1881", "Es brannte"]
)
def test_what_derives_and_says_something_else_is_a_statement_of_its_own(words: str) -> None:
    found = read(SAYS.format(words))

    assert told(found)["ex:b"] == ("ex:b",)
    assert texts(found) == sorted(["It burned", words])
    (loss,) = found.losses
    assert loss.path == "ex:b.wasDerivedFrom"
    assert "derives from ex:a" in loss.what
    assert "a statement of its own" in loss.why


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("born in 1871", "Born in 1871.", True),
        ("born in 1871", "born in 1881", False),
        ("it fell by 2.5 %", "it fell by 25 %", False),
        ("it fell by -3", "it fell by 3", False),
        ("कि", "का", False),
        ("???", "!!!", False),
        ("didn’t go", "didn't go", True),
    ],
)
def test_words_are_compared_without_what_changes_nothing(one: str, other: str, same: bool) -> None:
    assert (same_words(one) == same_words(other)) is same


def test_one_that_derives_from_several_relays_those_that_say_the_same() -> None:
    found = read(
        'ex:c rdfs:label "It sank" ; prov:wasAttributedTo ex:cy .'
        ' ex:b rdfs:label "It sank" ; prov:wasDerivedFrom ex:a , ex:c .'
    )

    assert told(found)["ex:b"] == ("ex:c",)
    assert [loss.path for loss in found.losses] == ["ex:b.wasDerivedFrom"]


def test_a_quotation_of_a_part_is_a_relay_and_its_words_are_told() -> None:
    found = read(
        'ex:c rdfs:label "The mill burned down last night" ; prov:wasAttributedTo ex:cy .'
        ' ex:b rdfs:label "the mill burned" ; prov:wasQuotedFrom ex:c .'
    )

    assert told(found)["ex:b"] == ("ex:c",)
    assert [loss.path for loss in found.losses] == [f"ex:b.{PROV}label"]


def test_words_pass_through_one_that_has_none() -> None:
    found = read(
        'ex:b prov:wasDerivedFrom ex:a . ex:c rdfs:label "It burned" ; prov:wasDerivedFrom ex:b .'
        ' ex:d rdfs:label "It sank" ; prov:wasDerivedFrom ex:b .'
    )

    assert told(found) == {
        "ex:a": ("ex:a",),
        "ex:b": ("ex:a",),
        "ex:c": ("ex:b",),
        "ex:d": ("ex:d",),
    }
    assert [loss.path for loss in found.losses] == ["ex:d.wasDerivedFrom"]
    assert "what ex:b passes on" in found.losses[0].why


def test_of_several_that_one_without_words_passes_on_only_the_same_is_cited() -> None:
    found = read(
        'ex:c rdfs:label "It sank" ; prov:wasAttributedTo ex:cy .'
        " ex:b prov:wasDerivedFrom ex:a , ex:c ."
        ' ex:d rdfs:label "It sank" ; prov:wasDerivedFrom ex:b .'
    )

    assert told(found)["ex:b"] == ("ex:a", "ex:c")
    assert told(found)["ex:d"] == ("ex:c",)


def test_an_origin_without_words_has_those_of_what_derives_from_it() -> None:
    found = read('ex:c rdfs:label "It sank" ; prov:wasDerivedFrom ex:letter .')

    assert told(found)["ex:letter"] == ("ex:c",)
    assert told(found)["ex:c"] == ("ex:letter",)
    assert "It sank" in texts(found)


def test_an_origin_without_words_says_all_that_derives_from_it() -> None:
    found = read(
        'ex:c rdfs:label "It sank" ; prov:wasDerivedFrom ex:letter .'
        ' ex:d rdfs:label "It burned" ; prov:wasDerivedFrom ex:letter .'
    )

    assert told(found)["ex:letter"] == ("ex:c", "ex:a")
    assert told(found)["ex:c"] == ("ex:letter/ex:c",)
    assert told(found)["ex:d"] == ("ex:letter/ex:a",)
    assert found.losses == ()


def test_circles_that_say_the_same_cite_each_other() -> None:
    found = read(
        'ex:c rdfs:label "It sank" ; prov:wasDerivedFrom ex:d .'
        ' ex:d rdfs:label "It sank" ; prov:wasDerivedFrom ex:c .'
        " ex:e prov:wasDerivedFrom ex:f . ex:f prov:wasDerivedFrom ex:e ."
    )

    assert told(found)["ex:c"] == ("ex:d",)
    assert told(found)["ex:e"] == ("ex:f",)


def test_equal_words_are_one_claim() -> None:
    found = read('ex:b rdfs:label "It burned." . ex:c rdfs:label "it burned" ;'
                 " prov:wasAttributedTo ex:cy .")  # fmt: skip

    assert texts(found) == ["It burned"]
    assert set(told(found).values()) == {("ex:a",)}


# ------------------------------------------------------------------ what was changed in a store

OURS = ship_case(ORIGIN | {"said_on": "2015-08-21"}, RELAY)


def changed(change: Callable[[Any, Any], None]) -> Import:
    """What is read after a change of the graph, which is given with the name of a statement."""
    text = to_prov(OURS, format="turtle", namespace="https://ours.org/").document
    graph = rdflib.Graph().parse(data=text, format="turtle")
    change(graph, rdflib.URIRef("https://ours.org/statement.log"))
    return from_prov(graph.serialize(format="turtle"))


def prov(term: str) -> Any:
    return rdflib.URIRef(f"{PROV}{term}")


CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "an attribute": lambda graph, it: graph.add((it, EX.score, rdflib.Literal(5))),
    "a link": lambda graph, it: graph.add((it, rdflib.OWL.sameAs, EX.other)),
    "a comment": lambda graph, it: graph.add((it, rdflib.RDFS.comment, rdflib.Literal("doubted"))),
    "a label": lambda graph, it: graph.set((it, rdflib.RDFS.label, rdflib.Literal("changed"))),
    "a type": lambda graph, it: graph.add((it, rdflib.RDF.type, EX.Rumour)),
    "a relation": lambda graph, it: graph.add((it, prov("wasDerivedFrom"), EX.letter)),
    "no derivation": lambda graph, it: graph.remove((None, prov("wasDerivedFrom"), None)),
    "no qualified one": lambda graph, it: graph.remove((None, prov("entity"), None)),
    "no day": lambda graph, it: graph.remove((it, prov("generatedAtTime"), None)),
    "another day": lambda graph, it: graph.set((it, prov("generatedAtTime"), rdflib.Literal("x"))),
    "a stranger": lambda graph, it: graph.add((EX.mill, rdflib.RDFS.label, rdflib.Literal("m"))),
    "a new entity": lambda graph, it: graph.add((EX.mill, prov("wasDerivedFrom"), it)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_changed_in_a_store_is_told_and_the_records_win(
    change: Callable[[Any, Any], None],
) -> None:
    found = changed(change)

    assert found.case == OURS
    assert found.losses


def test_nothing_is_told_where_nothing_was_changed() -> None:
    assert changed(lambda graph, it: None).losses == ()


def test_an_edit_is_told_with_what_it_was() -> None:
    (loss,) = changed(CHANGES["a label"]).losses

    assert loss.path == f"case:statement.log.{PROV}label"
    assert loss.what == "the edit to “changed”"
    assert loss.why == "the record of the case still says “log (affirms)”"


def test_a_record_that_was_taken_out_is_missed() -> None:
    document = to_prov(ship_case(ORIGIN, ORIGIN | {"id": "second"})).document
    del document["entity"]["case:statement.log"]

    found = from_prov(document)

    assert [each.id for each in found.case.attributions] == ["second"]
    assert "attributions[0]" in {loss.path for loss in found.losses}


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("entity", "ex:score", "5"),
        ("entity", "prov:label", "changed"),
        ("entity", "cp:stance", None),
    ],
)
def test_what_is_changed_in_json_is_told(kind: str, key: str, value: str | None) -> None:
    document = to_prov(OURS).document
    element = document[kind]["case:statement.log"]
    element.pop(key, None)
    element |= {} if value is None else {key: value}

    found = from_prov(document)

    assert found.case == OURS
    assert [loss.path.rpartition("log")[0] for loss in found.losses] == ["entity.case:statement."]


def test_a_relation_that_is_gone_from_json_is_told() -> None:
    document = to_prov(OURS).document
    document.pop("wasDerivedFrom")

    found = from_prov(document)

    assert found.case == OURS
    assert [(loss.path, loss.what) for loss in found.losses] == [
        (
            "wasDerivedFrom",
            "that the wasDerivedFrom of statement.story and statement.log was taken out",
        )
    ]


# ------------------------------------------------------------------ every notation of a store

NOTATIONS = ("turtle", "longturtle", "nt", "trig", "json-ld", "xml", "pretty-xml")


@pytest.mark.parametrize("notation", NOTATIONS)
def test_our_document_is_the_same_case_however_a_store_writes_it(notation: str) -> None:
    case = full_case()
    text = to_prov(case, [weigh(case, case.claims[0].id)], format="turtle").document
    graph = rdflib.Graph().parse(data=text, format="turtle")

    found = from_prov(graph.serialize(format=notation))

    assert found.case == case
    assert {loss.why for loss in found.losses} == {
        "an assessment is a result, and no part of a case"
    }


@pytest.mark.parametrize("notation", ["trig", "nquads", "json-ld"])
def test_a_named_graph_of_a_store_is_read(notation: str) -> None:
    dataset = rdflib.Dataset()
    graph = dataset.graph(EX.graph)
    graph.parse(data=to_prov(OURS, format="turtle").document, format="turtle")

    found = from_prov(dataset.serialize(format=notation))

    assert found.case == OURS
    assert found.losses == ()


@pytest.mark.parametrize("notation", [*NOTATIONS, "nquads"])
def test_what_others_wrote_is_the_same_draft_in_every_notation(notation: str) -> None:
    text = HEAD + DERIVATIONS[3] + 'ex:ann rdfs:label "Ann"@en .'
    plain = from_prov(text).case
    dataset = rdflib.Dataset()
    dataset.default_graph.parse(data=text, format="turtle")
    source = dataset if notation == "nquads" else dataset.default_graph

    found = from_prov(source.serialize(format=notation))

    assert [claim.text for claim in found.case.claims] == [claim.text for claim in plain.claims]
    assert [each.stance for each in found.case.attributions] == ["affirms", "affirms"]
    assert found.losses == ()


def test_compact_json_ld_with_its_context_in_it_is_read() -> None:
    document = {
        "@context": {"prov": PROV, "ex": "http://ex.org/"},
        "@id": "ex:b",
        "@type": "prov:Entity",
        "prov:value": "It burned",
        "prov:wasAttributedTo": {"@id": "ex:ben", "@type": "prov:Agent"},
    }

    for each in (document, json.dumps(document)):
        (statement,) = from_prov(each).case.attributions
        assert (statement.id, statement.source) == ("ex:b", "ex:ben")
    # In a list every entry has its own context, and no prefix is one of the document.
    (statement,) = from_prov([document]).case.attributions
    assert (statement.id, statement.source) == ("b", "ben")


@pytest.mark.parametrize(
    "context",
    [
        "https://example.org/context.jsonld",
        [{"prov": PROV}, "https://example.org/context.jsonld"],
        {"@import": "https://example.org/context.jsonld"},
        {"a": {"@id": "prov:a", "@context": "https://example.org/context.jsonld"}},
    ],
)
def test_json_ld_whose_context_would_have_to_be_fetched_is_refused(context: Any) -> None:
    with pytest.raises(FormatError, match="contexts in it") as refused:
        from_prov({"@context": context, "@id": "ex:b", "prov:value": "x"})

    assert "nothing is fetched" in str(refused.value)


@pytest.mark.parametrize("text", ["[1, 2]", "[[]]", '[{"@id": 3, "a": {"@list": {}}}, 4]'])
def test_a_list_that_is_no_json_ld_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        from_prov(text)


def test_rdf_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)

    with pytest.raises(MissingExtra, match=r"claim-provenance\[prov\]"):
        from_prov(HEAD)
    with pytest.raises(MissingExtra, match=r"claim-provenance\[prov\]"):
        to_prov(OURS, format="turtle")


def test_a_document_type_in_rdf_xml_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><rdf:RDF xmlns:rdf="x"/>'

    with pytest.raises(FormatError, match="document type"):
        from_prov(bomb)


def test_addresses_without_a_beginning_name_no_folder_of_this_machine() -> None:
    found = from_prov(f"<a> <{PROV}wasAttributedTo> <b> .")

    assert [(each.id, each.source) for each in found.case.attributions] == [("a", "b")]


# ------------------------------------------------------------------ held to the prov package


def recorded(document: Any) -> dict[Any, set[tuple[str, str]]]:
    """What the prov package knows: every record with its formal parts, and its other attributes."""
    found: dict[Any, set[tuple[str, str]]] = {}
    for each in document.get_records():
        parts = frozenset((str(key), str(value)) for key, value in each.formal_attributes if value)
        others = {
            (key.uri, str(getattr(value, "uri", getattr(value, "value", value))))
            for key, value in each.extra_attributes
        }
        found.setdefault((each.get_type(), str(each.identifier), parts), set()).update(others)
    return found


@settings(max_examples=10)
@given(written=rich_cases(most=6), notation=st.sampled_from(["trig", "turtle"]))
def test_what_is_written_as_rdf_is_what_the_prov_package_reads_of_json(
    written: dict[str, Any], notation: Any
) -> None:
    model = pytest.importorskip("prov.model")
    case = load_case(written)
    text, plain = to_prov(case, format=notation).document, json.dumps(to_prov(case).document)

    rdf = model.ProvDocument.deserialize(content=text, format="rdf", rdf_format="trig")
    found = recorded(rdf)
    expected = recorded(model.ProvDocument.deserialize(content=plain, format="json"))

    # It takes the plain terms beside the qualified ones for more attributes and relations.
    assert {key: others - found[key] for key, others in expected.items()} == {
        key: set() for key in expected
    }


def test_a_document_that_the_prov_package_wrote_is_read_with_its_kinds_of_derivation() -> None:
    model = pytest.importorskip("prov.model")
    document = model.ProvDocument()
    document.add_namespace("ex", "http://ex.org/")
    ann = document.agent("ex:ann", {"prov:type": model.PROV["Person"]})
    first = document.entity("ex:a", {"prov:label": "It burned"})
    day = datetime.datetime(2014, 5, 1)
    document.wasAttributedTo(first, ann)
    document.wasGeneratedBy(first, time=day)
    document.wasInvalidatedBy(first, time=day.replace(year=2016))
    for number, derive in enumerate((document.quotation, document.primary_source,
                                     document.revision, document.wasDerivedFrom)):  # fmt: skip
        derive(document.entity(f"ex:c{number}"), first)

    for form, options in (("json", {}), ("xml", {}), ("provn", {}),
                          ("rdf", {"rdf_format": "trig"})):  # fmt: skip
        found = from_prov(document.serialize(format=form, **options))
        statements = {each.id: each for each in found.case.attributions}

        assert {name: each.cited for name, each in statements.items() if name != "ex:a"} == {
            f"ex:c{number}": ("ex:a",) for number in range(4)
        }
        assert str(statements["ex:a"].said_on) == "2014-05-01"
        assert str(statements["ex:a"].retracted_on) == "2016-05-01"
        assert found.losses == ()


@pytest.mark.parametrize("kind", ["wasQuotedFrom", "hadPrimarySource", "wasRevisionOf"])
def test_a_kind_of_derivation_may_stand_in_json_under_its_own_name(kind: str) -> None:
    document = {
        "entity": {"ex:a": {"prov:value": "It burned"}, "ex:b": {}},
        kind: {"_:1": {"prov:generatedEntity": "ex:b", "prov:usedEntity": "ex:a"}},
    }

    found = from_prov(document)

    assert told(found)["ex:b"] == ("ex:a",)
    assert found.losses == ()


def test_plain_terms_of_prov_o_among_the_attributes_of_json_are_relations() -> None:
    document = {
        "entity": {
            "ex:a": {"prov:value": "It burned", "prov:generatedAtTime": "2014-05-01T00:00:00"},
            "ex:b": {"prov:wasRevisionOf": {"$": "ex:a", "type": "prov:QUALIFIED_NAME"}},
        }
    }

    found = from_prov(document)

    assert told(found)["ex:b"] == ("ex:a",)
    assert str(found.case.attributions[0].said_on) == "2014-05-01"


def test_more_than_one_part_of_a_relation_is_told() -> None:
    document = {
        "entity": {"ex:a": {"prov:value": "It burned"}, "ex:b": {"ex:odd": {"no": "value"}}},
        "wasDerivedFrom": {
            "_:1": {"prov:generatedEntity": "ex:b", "prov:usedEntity": ["ex:a", "ex:c"]}
        },
    }

    found = from_prov(document)

    assert [loss.path for loss in found.losses] == [
        "entity.ex:b.ex:odd",
        "wasDerivedFrom._:1.prov:usedEntity",
    ]


def test_a_kind_of_derivation_may_be_the_type_in_prov_jsonld() -> None:
    document = to_prov(ship_case(ORIGIN), format="jsonld").document
    graph = [
        {"@type": "Entity", "@id": "ex:a", "value": [{"@value": "Es brannte", "@language": "de"}]},
        {"@type": "prov:Quotation", "generatedEntity": "ex:b", "usedEntity": "ex:a"},
    ]

    found = from_prov({"@context": document["@context"], "@graph": graph})

    assert told(found) == {"ex:a": ("ex:a",), "ex:b": ("ex:a",)}


def test_the_seeds_come_back_from_nquads() -> None:
    case = load_seed("egypt-arms-2015")
    dataset = rdflib.Dataset()
    graph = dataset.graph(EX.graph)
    graph.parse(data=to_prov(case, format="turtle").document, format="turtle")

    assert from_prov(dataset.serialize(format="nquads").encode()).case == case


def test_values_of_json_that_are_none_are_told() -> None:
    document = {
        "entity": {"ex:a": {"prov:value": "It burned", "ex:odd": [["a"], 7]}},
        "wasAttributedTo": {"_:1": {"prov:entity": "ex:a", "prov:agent": {"no": "name"}}},
    }

    found = from_prov(document)

    assert {loss.path for loss in found.losses} >= {
        "entity.ex:a.ex:odd[0]",
        "wasAttributedTo._:1.prov:agent",
        "wasAttributedTo._:1",
    }


def test_what_is_no_statement_of_prov_jsonld_is_told() -> None:
    context = to_prov(OURS, format="jsonld").document["@context"]
    graph = ["scrap", {"@type": "Bundle"}, {"@type": "Entity", "@id": "ex:a"}]

    found = from_prov({"@context": context, "@graph": graph})

    assert [(loss.path, loss.why) for loss in found.losses[:2]] == [
        ("@graph[0]", "it is no statement of PROV"),
        ("@graph[1]", "statements within bundles are not read"),
    ]


def test_two_records_at_one_place_are_refused() -> None:
    document = to_prov(ship_case(ORIGIN, ORIGIN | {"id": "second"})).document
    entities = document["entity"]
    record = entities["case:statement.second"]["cp:record"].replace(
        '"position": 1', '"position": 0'
    )
    entities["case:statement.second"]["cp:record"] = record

    with pytest.raises(FormatError, match="found two"):
        from_prov(document)
