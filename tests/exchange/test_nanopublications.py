"""Nanopublications: one for each statement, in the four graphs that these consist of."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings

from provenance import load_case, weigh
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import InvalidValue
from provenance.exchange import to_nanopublications
from provenance.records import Case
from tests.cases.exchange_cases import ORIGIN, RELAY, full_case, rich_cases, ship_case

rdflib = pytest.importorskip("rdflib")

# rdflib warns of its own classes.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")

BASE = "https://example.org/np/"
NP = "http://www.nanopub.org/nschema#"
PROV = "http://www.w3.org/ns/prov#"
CP = "urn:claim-provenance:ns#"
DCT = "http://purl.org/dc/terms/"


def read(case: Case, *assessments: Any, **options: Any) -> Any:
    """The nanopublications of a case, as a store of RDF has them."""
    found = rdflib.Dataset()
    text = to_nanopublications(case, assessments, base=BASE, **options).document
    found.parse(data=text, format="trig")
    return found


def triples(store: Any, name: str, part: str) -> set[tuple[str, str, str]]:
    """What one graph of the nanopublication of something says."""
    graph = store.graph(rdflib.URIRef(f"{BASE}nanopub.{name}_{part}"))
    return {
        tuple(
            str(term)
            .replace(PROV, "prov:")
            .replace(CP, "cp:")
            .replace(DCT, "dct:")
            .replace(BASE, "")
            for term in triple
        )
        for triple in graph
    }  # type: ignore[misc]


@settings(max_examples=20)
@given(rich_cases())
def test_every_statement_is_one_of_four_graphs_about_each_other(written: dict[str, Any]) -> None:
    case = load_case(written)

    store = read(case)

    heads = [*store.quads((None, rdflib.RDF.type, rdflib.URIRef(f"{NP}Nanopublication"), None))]
    assert len(heads) == len(case.attributions)
    for name, _, _, head in heads:
        parts = [
            next(store.quads((name, rdflib.URIRef(f"{NP}{term}"), None, head)))[2]
            for term in ("hasAssertion", "hasProvenance", "hasPublicationInfo")
        ]
        assertion, origin, info = (store.graph(part) for part in parts)
        assert len(assertion) > 0
        # As the guidelines have it: each of the two says something of what it is about.
        assert (parts[0], None, None) in origin
        assert (name, None, None) in info


def test_the_assertion_is_what_is_said_and_its_provenance_who_says_so() -> None:
    store = read(ship_case(ORIGIN, RELAY, sources=SOURCES))

    said, origin = (triples(store, "statement.log", part) for part in ("assertion", "provenance"))

    assert ("statement.log", "cp:affirms", "claim.sailed") in said
    assertion = "nanopub.statement.log_assertion"
    assert (assertion, "prov:wasAttributedTo", "source.pilot") in origin
    assert (assertion, "prov:generatedAtTime", "2015-08-21T00:00:00+00:00") in origin


SOURCES = [
    {"id": "pilot", "name": "Ann Li", "kind": "person", "reliability": "C"},
    {"id": "daily", "kind": "outlet", "reliability": "B"},
    {"id": "insider", "kind": "unnamed", "described_as": "a source"},
]


def test_a_relay_derives_from_the_assertion_that_it_passes_on() -> None:
    quoted = RELAY | {"locators": [{"exact": "it sailed"}]}
    store = read(ship_case(ORIGIN, quoted, sources=SOURCES))

    origin = triples(store, "statement.story", "provenance")

    mine, theirs = (f"nanopub.statement.{name}_assertion" for name in ("story", "log"))
    for term in ("wasDerivedFrom", "wasQuotedFrom", "hadPrimarySource"):
        assert (mine, f"prov:{term}", theirs) in origin
    assert (mine, "dct:isPartOf", "document.page") in origin
    assert ("document.page", "prov:wasAttributedTo", "source.daily") in origin
    assert ("statement.story", "cp:affirms", "claim.sailed") in triples(
        store, "statement.story", "assertion"
    )


def test_the_relay_of_a_denial_denies() -> None:
    store = read(ship_case(ORIGIN | {"stance": "denies"}, RELAY, sources=SOURCES))

    said = triples(store, "statement.story", "assertion")

    assert ("statement.story", "cp:denies", "claim.sailed") in said
    assert ("statement.story", "cp:affirms", "claim.sailed") not in said


def test_who_disowns_a_statement_says_nothing_of_its_claim_and_derives_from_nothing() -> None:
    never = {"id": "never", "source": "pilot", "cites": "story", "stance": "disowns"}
    store = read(ship_case(ORIGIN, RELAY, never, sources=SOURCES))

    verbs = {verb for _, verb, _ in triples(store, "statement.never", "assertion")}
    origin = triples(store, "statement.never", "provenance")

    assert not verbs & {"cp:affirms", "cp:denies"}
    mine, theirs = (f"nanopub.statement.{name}_assertion" for name in ("never", "story"))
    assert (mine, "prov:wasInfluencedBy", theirs) in origin
    assert not [verb for _, verb, _ in origin if "Derived" in verb]


def test_a_silence_is_about_the_claim_that_it_leaves_open() -> None:
    quiet = {"id": "quiet", "source": "pilot", "claim": "sailed"}
    store = read(ship_case(quiet | {"stance": "silent", "would_speak": 0.5}, sources=SOURCES))

    said = triples(store, "statement.quiet", "assertion")

    assert ("statement.quiet", "cp:silentOn", "claim.sailed") in said


def test_who_published_it_when_and_how_is_its_publication_info() -> None:
    creator, licence = "https://orcid.org/0000-0001-2345-6789", "https://example.org/licence"
    store = read(
        ship_case(ORIGIN, sources=SOURCES),
        creator=creator,
        license=licence,
        at=datetime.date(2030, 1, 2),
    )

    assert triples(store, "statement.log", "pubinfo") == {
        ("nanopub.statement.log", "dct:created", "2030-01-02T00:00:00+00:00"),
        ("nanopub.statement.log", "dct:creator", creator),
        ("nanopub.statement.log", "dct:license", licence),
    }


@pytest.mark.parametrize("seed", shipped_seeds())
def test_an_assessment_derives_from_every_statement(seed: str) -> None:
    case = load_seed(seed)
    claim = case.claims[0].id
    assessment = weigh(case, claim)

    store = read(case, assessment)

    named = f"assessment.{claim}"
    said, origin = (triples(store, named, part) for part in ("assertion", "provenance"))
    assert (named, "cp:about", f"claim.{claim}") in said
    assert (named, "cp:probability", repr(assessment.probability)) in said
    derived = [each for each in origin if each[1] == "prov:wasDerivedFrom"]
    assert len(derived) == len(case.attributions)


def test_no_record_of_the_house_goes_out() -> None:
    case = load_seed("egypt-arms-2015")

    text = to_nanopublications(case, [weigh(case, "armed")], base=BASE).document

    assert "cp:record" not in text
    assert "cp:data" not in text
    assert "bits" not in text


def test_what_the_house_holds_of_sources_and_claims_stays_in_it() -> None:
    # Grades, priors and links may be anything: what goes out is the same.
    plain = full_case().written()
    for source in plain["sources"]:
        for key in ("reliability", "passing_on", "access", "interests", "graded_by", "graded_on"):
            source.pop(key, None)
    plain["links"] = []
    bare = load_case(plain)

    with_all, without = (
        to_nanopublications(case, base=BASE).document for case in (full_case(), bare)
    )

    assert with_all == without
    assert "admiralty" not in with_all
    assert "cp:prior" not in to_nanopublications(bare, [weigh(bare, "armed")], base=BASE).document


def test_ids_in_other_systems_lead_there() -> None:
    refs = [{"scheme": "wikidata", "id": "Q777"}, {"scheme": "desk", "id": "7"}]
    claims = [{"id": "sailed", "text": "The ship sailed", "refs": refs}]
    store = read(ship_case(ORIGIN, sources=SOURCES, claims=claims))

    said = triples(store, "statement.log", "assertion")

    same = "http://www.w3.org/2002/07/owl#sameAs"
    assert ("claim.sailed", same, "http://www.wikidata.org/entity/Q777") in said
    assert ("claim.sailed", "dct:identifier", "desk:7") in said


def test_unnamed_sources_have_their_ids_inside_only() -> None:
    case = full_case()

    outside, inside = (
        to_nanopublications(case, base=BASE, with_ids=ids).document for ids in (False, True)
    )

    assert "source.insider" not in outside
    assert "source.insider" in inside


def test_circles_are_declared_lost_in_part() -> None:
    case = ship_case(
        {"id": "a", "source": "daily", "cites": "b"}, {"id": "b", "source": "pilot", "cites": "a"}
    )

    export = to_nanopublications(case, base=BASE)

    assert [loss.path for loss in export.losses if "cites" in loss.path] == [
        "attributions[0].cites",
        "attributions[1].cites",
    ]
    assert "wasDerivedFrom" not in export.document


@pytest.mark.parametrize(
    "options",
    [
        {"base": "example.org/"},
        {"base": "https://example.org/np"},
        {"base": BASE, "creator": "the desk"},
        {"base": BASE, "license": "CC BY"},
    ],
)
def test_an_address_that_is_none_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(InvalidValue, match="expected an address"):
        to_nanopublications(full_case(), **options)


def test_the_same_case_gives_the_same_text() -> None:
    assert (
        to_nanopublications(full_case(), base=BASE).document
        == to_nanopublications(full_case(), base=BASE).document
    )
