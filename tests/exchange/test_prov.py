"""W3C PROV, held to the schemas and documents of the prov package and to exact round trips."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from provenance import load_case, weigh, weigh_all
from provenance.casefiles import dump_case, load_seed, shipped_seeds
from provenance.errors import FormatError
from provenance.exchange import from_prov, to_prov
from provenance.records import Case
from tests.cases.exchange_cases import ORIGIN, RELAY, rich_cases, ship_case

FORMATS = ("json", "jsonld", "provn", "trig", "turtle", "xml")
TEXTS = ("provn", "trig", "turtle", "xml")


def shipped() -> Path:
    """The folder of the tests that the prov package ships, with schemas and documents."""
    prov = pytest.importorskip("prov")
    folder = Path(prov.__file__).parent / "tests"
    if not folder.is_dir():
        pytest.skip("this prov ships no tests")
    return folder


def relations(case: Case, kind: str) -> list[dict[str, Any]]:
    return [*to_prov(case).document.get(kind, {}).values()]


def types(record: dict[str, Any]) -> list[str]:
    found = record.get("prov:type", [])
    return [each["$"] for each in (found if isinstance(found, list) else [found])]


# ------------------------------------------------------------------ what is written


def test_a_statement_is_attributed_to_its_source_and_specialises_its_claim() -> None:
    case = ship_case(ORIGIN)

    assert {
        "prov:entity": "case:statement.log",
        "prov:agent": "case:source.pilot",
    } in relations(case, "wasAttributedTo")
    assert relations(case, "specializationOf") == [
        {
            "prov:specificEntity": "case:statement.log",
            "prov:generalEntity": "case:claim.sailed",
        }
    ]


@pytest.mark.parametrize(
    ("origin", "relay", "expected"),
    [
        ({}, {}, ["prov:PrimarySource"]),
        ({"source": "insider"}, {}, []),
        ({"source": "insider"}, {"locators": [{"exact": "it sailed"}]}, ["prov:Quotation"]),
        ({}, {"source": "pilot"}, ["prov:Revision"]),
    ],
)
def test_a_relay_is_a_derivation_of_its_kind(
    origin: dict[str, Any], relay: dict[str, Any], expected: list[str]
) -> None:
    (derivation,) = relations(ship_case(ORIGIN | origin, RELAY | relay), "wasDerivedFrom")

    assert derivation["prov:generatedEntity"] == "case:statement.story"
    assert derivation["prov:usedEntity"] == "case:statement.log"
    assert types(derivation) == expected


def test_a_denial_is_no_specialisation_of_its_claim() -> None:
    case = ship_case(
        ORIGIN | {"stance": "denies"},
        {"id": "no", "source": "daily", "claim": "sailed", "wording": "unlikely"},
        {
            "id": "quiet",
            "source": "daily",
            "claim": "sailed",
            "stance": "silent",
            "would_speak": 0.5,
        },
    )

    assert relations(case, "specializationOf") == []
    claim = {"$": "case:claim.sailed", "type": "prov:QUALIFIED_NAME"}
    entities = to_prov(case).document["entity"]
    assert entities["case:statement.log"]["cp:denies"] == claim
    assert entities["case:statement.no"]["cp:denies"] == claim
    assert entities["case:statement.quiet"]["cp:silentOn"] == claim
    assert "cp:affirms" not in str(entities)


def test_who_disowns_a_statement_has_nothing_from_it() -> None:
    never = {"id": "never", "source": "pilot", "cites": "log", "stance": "disowns"}
    case = ship_case(ORIGIN | {"source": "daily"}, never)

    assert relations(case, "wasDerivedFrom") == []
    (influence,) = relations(case, "wasInfluencedBy")
    assert influence["prov:influencee"] == "case:statement.never"
    assert influence["prov:influencer"] == "case:statement.log"
    assert types(influence) == ["cp:Disowning"]
    assert from_prov(to_prov(case).document).case == case


def test_a_minute_is_told_as_one() -> None:
    (found,) = relations(ship_case(ORIGIN | {"said_on": "2015-08-28T13:07Z"}), "wasGeneratedBy")[1:]

    assert found["prov:time"] == "2015-08-28T13:07:00Z"


def test_a_quotation_of_a_named_origin_is_both() -> None:
    found = relations(
        ship_case(ORIGIN, RELAY | {"locators": [{"exact": "it sailed"}]}), "wasDerivedFrom"
    )

    assert sorted(types(each)[0] for each in found) == ["prov:PrimarySource", "prov:Quotation"]


def test_an_unnamed_source_is_an_agent_of_its_own() -> None:
    agents = to_prov(ship_case()).document["agent"]

    assert "cp:UnnamedSource" in types(agents["case:source.insider"])
    assert types(agents["case:source.pilot"]) == ["cp:Source", "prov:Person"]


def test_a_retraction_is_an_invalidation() -> None:
    (found,) = relations(ship_case(ORIGIN | {"retracted_on": "2015-09-10"}), "wasInvalidatedBy")

    assert found == {"prov:entity": "case:statement.log", "prov:time": "2015-09-10T00:00:00Z"}


def test_an_assessment_was_generated_by_a_weighing_that_used_the_case() -> None:
    case = ship_case(ORIGIN)
    document = to_prov(case, [weigh(case, "sailed")]).document

    (used,) = document["used"].values()
    (association,) = document["wasAssociatedWith"].values()
    generated = [each for each in document["wasGeneratedBy"].values() if "prov:activity" in each]

    assert used == {"prov:activity": "case:weighing.sailed", "prov:entity": "case:case"}
    assert generated == [
        {"prov:entity": "case:assessment.sailed", "prov:activity": "case:weighing.sailed"}
    ]
    assert association["prov:agent"] == "cp:claim-provenance"
    assert document["agent"]["cp:claim-provenance"]["cp:version"]
    assert json.loads(document["entity"]["case:assessment.sailed"]["cp:data"])["claim"] == "sailed"


def test_there_are_no_bundles() -> None:
    case = load_seed("egypt-syria-2015")

    assert "bundle" not in to_prov(case, weigh_all(case)).document


def is_acyclic(derivations: list[dict[str, Any]]) -> bool:
    """Whether things can be taken away one by one that nothing left derives from."""
    edges = {(each["prov:generatedEntity"], each["prov:usedEntity"]) for each in derivations}
    while True:
        used = {origin for _, origin in edges}
        rest = {(made, origin) for made, origin in edges if made in used}
        if rest == edges:
            return not edges
        edges = rest


@settings(max_examples=25)
@given(rich_cases(most=6))
def test_derivations_never_go_in_circles(written: dict[str, Any]) -> None:
    assert is_acyclic(relations(load_case(written), "wasDerivedFrom"))


def test_a_circle_is_declared_lost_in_part_and_read_back_all_the_same() -> None:
    case = ship_case(
        {"id": "a", "source": "daily", "cites": "b"},
        {"id": "b", "source": "pilot", "cites": ["a", "log"]},
        ORIGIN,
    )

    export = to_prov(case)

    assert [(loss.path, loss.partly) for loss in export.losses] == [
        ("attributions[0].cites", True),
        ("attributions[1].cites", True),
    ]
    assert len(export.document["wasDerivedFrom"]) == 1
    assert from_prov(export.document).case == case


@settings(max_examples=20)
@given(rich_cases(most=6))
def test_nothing_is_lost_but_circles(written: dict[str, Any]) -> None:
    for loss in to_prov(load_case(written)).losses:
        assert loss.partly
        assert "circle" in loss.why


# ------------------------------------------------------------------ there and back


@pytest.mark.parametrize("notation", FORMATS)
@pytest.mark.parametrize("seed", shipped_seeds())
def test_a_seed_is_read_back_as_it_was_from_every_notation(seed: str, notation: str) -> None:
    case = load_seed(seed)
    assessment = weigh(case, case.claims[0].id)

    read = from_prov(to_prov(case, [assessment], format=notation).document)

    assert dump_case(read.case) == dump_case(case)
    assert {loss.why for loss in read.losses} == {
        "an assessment is a result, and no part of a case"
    }


@pytest.mark.parametrize("notation", ["json", "jsonld"])
@settings(max_examples=25)
@given(written=rich_cases())
def test_any_case_is_read_back_as_it_was_from_json(notation: str, written: dict[str, Any]) -> None:
    case = load_case(written)

    read = from_prov(json.dumps(to_prov(case, format=notation).document))

    assert dump_case(read.case) == dump_case(case)
    assert read.losses == ()


@pytest.mark.parametrize("notation", TEXTS)
@settings(max_examples=12)
@given(written=rich_cases())
def test_any_case_is_read_back_as_it_was_through_prov(
    notation: str, written: dict[str, Any]
) -> None:
    pytest.importorskip("prov")
    case = load_case(written)

    read = from_prov(to_prov(case, format=notation).document)

    assert dump_case(read.case) == dump_case(case)
    assert read.losses == ()


AWKWARD = ("a b", "ä", "a.b", "a_b", "a_2f_b", "a#b", "\"'<&>", "-", "1", ".", "a:b", "漢", "a%20b")


@pytest.mark.parametrize("notation", FORMATS)
def test_ids_of_any_characters_stay_apart(notation: str) -> None:
    pytest.importorskip("prov")
    case = ship_case(
        claims=[{"id": name, "text": f"that {name}"} for name in AWKWARD],
        attributions=[{"id": name, "source": "pilot", "claim": name} for name in AWKWARD],
    )

    read = from_prov(to_prov(case, format=notation).document)

    assert read.case == case


def test_the_readable_part_is_there_for_others() -> None:
    prov = pytest.importorskip("prov.model")
    case = load_seed("egypt-arms-2015")

    document = prov.ProvDocument.deserialize(
        content=to_prov(case, format="xml").document, format="xml"
    )

    labels = {str(each.label) for each in document.get_records(prov.ProvEntity)}
    assert case.claims[0].text in labels


def test_exporting_twice_gives_the_same_document_and_editing_keeps_the_names() -> None:
    case, edited = ship_case(ORIGIN), ship_case(ORIGIN | {"verb": "wrote"})

    assert to_prov(case).document == to_prov(case).document
    assert set(to_prov(case).document["entity"]) == set(to_prov(edited).document["entity"])
    assert to_prov(case).document["prefix"] == to_prov(edited).document["prefix"]


def test_a_namespace_can_be_an_address() -> None:
    document = to_prov(ship_case(), namespace="https://example.org/cases/7#").document

    assert document["prefix"]["case"] == "https://example.org/cases/7#"
    assert from_prov(document).case == ship_case()


# ------------------------------------------------------------------ outside validators


@pytest.mark.parametrize(
    ("notation", "name"),
    [("json", "prov-json.schema.json"), ("jsonld", "prov-jsonld.schema.json")],
)
@settings(max_examples=25)
@given(written=rich_cases())
def test_the_schemas_that_prov_ships_accept_any_case(
    notation: str, name: str, written: dict[str, Any]
) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path = shipped() / "schemas" / name
    if not path.exists():
        pytest.skip(f"this prov ships no {name}")
    schema = json.loads(path.read_text(encoding="utf-8"))
    case = load_case(written)
    with contextlib.suppress(ValueError):  # some statements at random cannot all be true
        case, assessments = case, [weigh(case, "c0")]
        document = to_prov(case, assessments, format=notation).document
        jsonschema.validators.validator_for(schema)(schema).validate(
            json.loads(json.dumps(document))
        )
        return
    document = to_prov(case, format=notation).document
    jsonschema.validators.validator_for(schema)(schema).validate(json.loads(json.dumps(document)))


@settings(max_examples=10)
@given(rich_cases())
def test_the_schema_of_prov_xml_accepts_any_case(written: dict[str, Any]) -> None:
    etree = pytest.importorskip("lxml.etree")
    path = shipped() / "schemas" / "prov.xsd"
    if not path.exists():
        pytest.skip("this prov ships no prov.xsd")
    schema = etree.XMLSchema(etree.parse(str(path)))

    text = to_prov(load_case(written), format="xml").document

    schema.assertValid(etree.fromstring(text.encode()))


def documents() -> Iterator[Any]:
    with contextlib.suppress(ImportError):
        import prov

        folder = Path(prov.__file__).parent / "tests"
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".json", ".jsonld", ".provn", ".ttl", ".trig", ".xml"):
                yield pytest.param(path, id=str(path.relative_to(folder)))


NOTATIONS = {
    ".json": "json",
    ".jsonld": "jsonld",
    ".provn": "provn",
    ".ttl": "trig",
    ".trig": "trig",
    ".xml": "xml",
}


def test_every_document_that_prov_ships_is_read_or_refused() -> None:
    paths = [param.values[0] for param in documents()]
    if not paths:
        pytest.skip("this prov ships no documents")
    read = refused = 0

    for path in paths:
        try:
            found = from_prov(path.read_bytes(), format=NOTATIONS[path.suffix])
        except FormatError:
            refused += 1
        else:
            read += 1
            assert from_prov(to_prov(found.case).document).case == found.case

    # Few are refused: what is malformed on purpose, schemas, and names that no notation takes.
    assert read > 10 * refused


@pytest.mark.parametrize("notation", FORMATS)
def test_every_notation_is_the_same_whenever_it_is_written(notation: Any) -> None:
    pytest.importorskip("prov")
    case = load_seed("egypt-arms-2015")
    assessments = weigh_all(case)

    first, second = (to_prov(case, assessments, format=notation).document for _ in range(2))

    # The names of blank nodes, too, which are made at random where nothing is done about it.
    assert first == second


def test_a_silence_leads_to_the_claim_that_it_is_about() -> None:
    form = load_seed("egypt-arms-2015").written()
    silent = {"id": "hush", "source": form["sources"][0]["id"], "claim": form["claims"][0]["id"],
              "stance": "silent", "would_speak": 0.5}  # fmt: skip
    case = load_case({**form, "attributions": [*form["attributions"], silent]})

    written = to_prov(case).document["entity"]["case:statement.hush"]

    assert written["cp:silentOn"] == {"$": f"case:claim.{form['claims'][0]['id']}",
                                      "type": "prov:QUALIFIED_NAME"}  # fmt: skip
