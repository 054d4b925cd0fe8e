"""PROV-O as others ask it: plain terms, the words of ours, and the shapes that these satisfy."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings

from provenance import load_case, weigh, weigh_all
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import ImpossibleEvidence, InvalidValue
from provenance.exchange import from_prov, prov_shapes, prov_vocabulary, to_prov
from provenance.records import Case
from tests.cases.exchange_cases import full_case, rich_cases

rdflib = pytest.importorskip("rdflib")
pytest.importorskip("prov")

# rdflib warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

CP = "urn:claim-provenance:ns#"
ASKED = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX cp: <urn:claim-provenance:ns#>
"""


def graph_of(case: Case, *assessments: Any, **options: Any) -> Any:
    text = to_prov(case, assessments, format="turtle", **options).document
    return rdflib.Graph().parse(data=text, format="turtle")


def asked(graph: Any, where: str) -> set[str]:
    rows = graph.query(f"{ASKED} SELECT DISTINCT ?found WHERE {{ {where} }}")
    return {str(row.found).rpartition("#")[2] for row in rows}


def conforms(graph: Any) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(data=prov_shapes(), format="turtle")
    words = rdflib.Graph().parse(data=prov_vocabulary(), format="turtle")
    found, _, text = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=words)
    return found, text


# ------------------------------------------------------------------ the plain question


@pytest.mark.parametrize("seed", shipped_seeds())
def test_the_plain_question_finds_every_relay_of_everything(seed: str) -> None:
    case = load_seed(seed)
    names = {name: each.id for each in case.attributions for name in each.names}
    relayed = {
        f"statement.{each.id}": {f"statement.{names[cited]}" for cited in each.cited}
        for each in case.attributions
        if each.cited and each.stance != "disowns"  # who disowns it has nothing from it
    }
    graph = graph_of(case)

    found = asked(graph, "?found prov:wasDerivedFrom ?origin . ?origin a cp:Statement")

    premises = {f"statement.{each.id}" for each in case.attributions if each.inferred_from}
    assert found - premises == set(relayed)


def test_who_said_it_first_and_who_relayed_it_is_one_path() -> None:
    case = load_seed("egypt-arms-2015")

    first = asked(
        graph_of(case),
        "?origin prov:wasAttributedTo ?found ; cp:affirms|cp:denies ?claim ."
        " FILTER NOT EXISTS { ?origin prov:wasDerivedFrom ?other }",
    )
    relays = asked(
        graph_of(case), "?relay prov:wasDerivedFrom+ ?origin ; prov:wasAttributedTo ?found"
    )

    assert first == {
        f"source.{each.source}"
        for each in case.attributions
        if each.claims and not each.inferred_from
    }
    assert relays == {
        f"source.{each.source}" for each in case.attributions if each.cited or each.inferred_from
    }


def test_the_terms_for_a_kind_of_derivation_are_there_plainly() -> None:
    graph = graph_of(full_case())

    assert asked(graph, "?found prov:hadPrimarySource ?x") == {"statement.story"}
    assert "statement.story" in asked(graph, "?found prov:wasQuotedFrom ?x")
    assert asked(graph, "?found prov:wasInfluencedBy ?x") >= {"statement.never"}
    assert "statement.log" in asked(graph, "?found prov:generatedAtTime ?x")
    assert asked(graph, "?found prov:invalidatedAtTime ?x") == {"statement.log"}


def test_who_denies_a_claim_is_asked_like_who_affirms_it() -> None:
    graph = graph_of(full_case())

    assert asked(graph, "?found cp:affirms ?x . ?x a cp:Claim") == {
        f"statement.{name}" for name in ("log", "hint", "echo", "blip")
    }
    # "Unlikely" and .2 among three answers speak against what they are about.
    assert asked(graph, "?found cp:denies ?x") == {"statement.guess", "statement.run"}
    assert asked(graph, "?found cp:silentOn ?x") == {"statement.quiet"}


def test_a_base_of_ones_own_is_what_names_begin_with() -> None:
    case = full_case()
    base = "https://example.org/cases/7/"

    graph = graph_of(case, namespace=base)

    assert (rdflib.URIRef(f"{base}claim.armed"), None, None) in graph
    assert from_prov(to_prov(case, format="turtle", namespace=base).document).case == case
    with pytest.raises(InvalidValue, match="ends with # or /"):
        to_prov(case, namespace="https://example.org/cases/7")


def test_rivals_and_what_follows_from_what_can_be_asked_for() -> None:
    case = load_case({
        "version": 1,
        "claims": [{"id": name, "text": f"that {name}"} for name in ("a", "b", "c", "d")],
        "questions": [{"id": "q", "text": "Which?", "claims": ["a", "b"]}],
        "links": [
            {"kind": "contradicts", "claims": ["c", "d"]},
            {"kind": "implies", "claim": "c", "implies": "a"},
            {"kind": "evidence", "claim": "a", "sign": "d", "if_true": 0.9, "if_false": 0.1},
        ],
        "sources": [],
        "attributions": [],
    })  # fmt: skip
    graph = graph_of(case)

    assert asked(graph, "?set cp:among ?found , ?other . FILTER(?found != ?other)") == {
        f"claim.{name}" for name in "abcd"
    }
    assert asked(graph, "?set a cp:Question ; cp:among ?found") == {"claim.a", "claim.b"}
    assert asked(graph, "?found cp:implies ?x") == {"claim.c"}
    assert asked(graph, "?found cp:signOf ?x") == {"claim.d"}


@pytest.mark.parametrize(
    ("scheme", "name", "address"),
    [
        ("wikidata", "Q777", "http://www.wikidata.org/entity/Q777"),
        ("Wikidata", "Q42$F078-AB", "http://www.wikidata.org/entity/statement/Q42-F078-AB"),
        ("doi", "10.1000/xyz(1)", "https://doi.org/10.1000/xyz(1)"),
        ("doi", "10.1000/a b", None),
        ("desk", "7", None),
    ],
)
def test_an_id_of_another_system_leads_there_where_its_addresses_are_known(
    scheme: str, name: str, address: str | None
) -> None:
    refs = [{"scheme": scheme, "id": name}] * 2
    claims = [{"id": "a", "text": "It burned", "refs": refs}]
    case = load_case({"version": 1, "claims": claims, "sources": [], "attributions": []})
    graph = graph_of(case)

    assert [str(each) for each in graph.objects(None, rdflib.OWL.sameAs)] == (
        [] if address is None else [address]
    )
    assert [str(each) for each in graph.objects(None, rdflib.DCTERMS.identifier)] == [
        f"{scheme}:{name}"
    ]
    assert from_prov(to_prov(case, format="xml").document).losses == ()


# ------------------------------------------------------------------ words and shapes


@settings(max_examples=12)
@given(rich_cases())
def test_every_document_satisfies_the_shapes(written: dict[str, Any]) -> None:
    case = load_case(written)
    try:
        assessments = weigh_all(case)
    except ImpossibleEvidence:  # some statements at random cannot all be true
        assessments = ()

    found, text = conforms(graph_of(case, *assessments))

    assert found, text


def test_every_word_that_is_written_is_in_the_vocabulary_and_the_other_way_round() -> None:
    words = rdflib.Graph().parse(data=prov_vocabulary(), format="turtle")
    case = load_seed("egypt-arms-2015")
    graphs = (graph_of(full_case()), graph_of(case, weigh(case, "armed", as_of=DAY)))

    written = {
        str(term).removeprefix(CP)
        for graph in graphs
        for _, verb, thing in graph
        for term in (verb, thing)
        if str(term).startswith(CP)
    }

    defined = {str(each).removeprefix(CP) for each in words.subjects() if CP in str(each)}
    assert written - {"claim-provenance"} == defined


DAY = datetime.date(2015, 9, 10)
BROKEN = {
    "a statement of nobody": "DELETE { ?s prov:wasAttributedTo ?o } WHERE { ?s a cp:Statement ; prov:wasAttributedTo ?o }",
    "a denial that specialises its claim": "INSERT { ?s prov:specializationOf ?c } WHERE { ?s cp:denies ?c }",
    "a claim without its text": "DELETE { ?c rdfs:label ?t } WHERE { ?c a cp:Claim ; rdfs:label ?t }",
    "a grade that is none": "INSERT { ?s cp:admiralty 'G' } WHERE { ?s cp:kind 'sensor' }",
    "a stance that is none": "DELETE { ?s cp:stance 'silent' } INSERT { ?s cp:stance 'mute' } WHERE { ?s cp:stance 'silent' }",
    "something derived from a claim": "INSERT { ?s prov:wasDerivedFrom ?c } WHERE { ?s cp:affirms ?c }",
    "a probability above 1": "DELETE { ?a cp:high ?h } INSERT { ?a cp:high 2e0 } WHERE { ?a cp:high ?h }",
    "an interval the wrong way round": "DELETE { ?a cp:low ?l } INSERT { ?a cp:low 1e0 } WHERE { ?a cp:low ?l }",
    "an assessment of nothing": "DELETE { ?a cp:about ?c } WHERE { ?a cp:about ?c }",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_does_not_satisfy_the_shapes(name: str) -> None:
    case = full_case()
    graph = graph_of(case, weigh(case, "tuesday"))
    before = set(graph)

    graph.update(f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {ASKED} {BROKEN[name]}")

    assert set(graph) != before
    assert not conforms(graph)[0]
