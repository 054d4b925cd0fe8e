"""Entities of Wikidata in the shape of its JSON: what is claimed, who says so, what is lost."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import weigh
from provenance.errors import FormatError
from provenance.exchange import Import, from_wikidata
from provenance.records import Case


def snak(prop: str, kind: str, value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "property": prop, "datavalue": {"type": kind, "value": value}}


def time(prop: str, text: str, precision: int = 11, calendar: str = "Q1985727") -> dict[str, Any]:
    model = f"http://www.wikidata.org/entity/{calendar}"
    return snak(prop, "time", {"time": text, "precision": precision, "calendarmodel": model,
                               "timezone": 0, "before": 0, "after": 0})  # fmt: skip


def item(prop: str, name: str) -> dict[str, Any]:
    value = {"entity-type": "item", "id": name, "numeric-id": int(name[1:])}
    return snak(prop, "wikibase-entityid", value)


def grouped(snaks: tuple[dict[str, Any], ...]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in snaks:
        found.setdefault(each["property"], []).append(each)
    return found


def reference(*snaks: dict[str, Any]) -> dict[str, Any]:
    return {"hash": "0", "snaks": grouped(snaks), "snaks-order": []}


def statement(name: str, main: Any, *references: Any, qualifiers: Any = (), **more: Any) -> Any:
    return {"id": f"Q6${name}", "type": "statement", "rank": "normal", "mainsnak": main,
            "references": [*references], "qualifiers": grouped(tuple(qualifiers)), **more}  # fmt: skip


def entity(*statements: Any) -> dict[str, Any]:
    claims: dict[str, list[Any]] = {}
    for each in statements:
        claims.setdefault(each["mainsnak"]["property"], []).append(each)
    labels = {"en": {"language": "en", "value": "Bela Okun"}}
    return {"type": "item", "id": "Q6", "labels": labels, "claims": claims}


def read(*statements: Any, **options: Any) -> Import:
    return from_wikidata(entity(*statements), **options)


def texts(case: Case) -> list[str]:
    return [claim.text for claim in case.claims]


BORN = time("P569", "+1871-03-14T00:00:00Z")


# ------------------------------------------------------------------ who says so


def test_wikidata_passes_on_what_its_references_say() -> None:
    found = read(
        statement(
            "a",
            BORN,
            reference(
                item("P248", "Q777"),
                snak("P854", "string", "https://dict.example/okun"),
                time("P813", "+2014-05-01T00:00:00Z"),
                snak("P304", "string", "12"),
                snak("P1476", "monolingualtext", {"text": "Okun, Bela", "language": "hu"}),
            ),
            reference(item("P143", "Q328")),
        ),
        labels={"Q777": "The dictionary", "Q328": "English Wikipedia"},
    )

    assert texts(found.case) == ["Bela Okun: date of birth 1871-03-14"]
    assert [
        (each.id, each.source, each.cited or each.claims) for each in found.case.attributions
    ] == [
        ("Q6$a-1", "Q777", ("Q6.P569.1",)),
        ("Q6$a-2", "Q328", ("Q6.P569.1",)),
        ("Q6$a", "wikidata", ("Q6$a-1", "Q6$a-2")),
    ]
    assert [(each.name, each.kind) for each in found.case.sources] == [
        ("The dictionary", "document"),
        ("English Wikipedia", "collective"),
        ("Wikidata", "collective"),
    ]
    (document,) = found.case.documents
    assert (document.url, str(document.retrieved_on)) == ("https://dict.example/okun", "2014-05-01")
    assert found.case.attributions[0].locators[0].page == "12"
    assert found.losses == ()


def test_a_reference_that_is_only_an_address_is_of_its_host() -> None:
    found = read(statement("a", BORN, reference(snak("P854", "string", "https://dict.example/o"))))

    assert found.case.attributions[0].source == "dict.example"
    assert found.losses == ()


def test_a_statement_without_a_reference_is_wikidatas_own() -> None:
    (said,) = read(statement("a", BORN)).case.attributions

    assert (said.source, said.claims, said.basis) == ("wikidata", ("Q6.P569.1",), "unstated")


def test_a_heuristic_makes_an_inference() -> None:
    found = read(statement("a", BORN, reference(item("P887", "Q888"))))

    (said,) = found.case.attributions
    assert said.basis == "inference"
    assert [loss.what for loss in found.losses] == ["P887 Q888"]


def test_a_heuristic_beside_a_reference_is_lost() -> None:
    found = read(
        statement("a", BORN, reference(item("P887", "Q888")), reference(item("P248", "Q777")))
    )

    assert [each.basis for each in found.case.attributions] == ["unstated", "unstated"]
    assert "that it was inferred as well" in {loss.what for loss in found.losses}


def test_what_wikidata_has_deprecated_its_references_still_say() -> None:
    found = read(statement("a", BORN, reference(item("P248", "Q777")), rank="deprecated"))

    assert [each.source for each in found.case.attributions] == ["Q777"]
    assert [loss.path for loss in found.losses] == ["Q6$a.rank"]


def test_a_preferred_rank_is_no_evidence_and_told() -> None:
    assert [loss.path for loss in read(statement("a", BORN, rank="preferred")).losses] == [
        "Q6$a.rank"
    ]


@pytest.mark.parametrize(
    "given",
    [
        reference(),
        reference(snak("P50", "string", "Ann")),
        reference(item("P248", "Q777"), snak("P50", "string", "Ann")),
        reference({"snaktype": "somevalue", "property": "P248"}),
        "scrap",
    ],
)
def test_what_a_reference_has_and_a_case_has_not_is_told(given: Any) -> None:
    assert read(statement("a", BORN, given)).losses


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        (time("P569", "+1871-03-14T00:00:00Z"), "1871-03-14"),
        (time("P569", "+1871-03-00T00:00:00Z", 10), "1871-03"),
        (time("P569", "+1871-00-00T00:00:00Z", 9), "1871"),
        (time("P569", "+1875-00-00T00:00:00Z", 8), "1870/1879"),
        (time("P569", "+1875-00-00T00:00:00Z", 7), "1801/1900"),
        (time("P569", "+1800-00-00T00:00:00Z", 7), "1701/1800"),
        (time("P569", "-0044-03-15T00:00:00Z"), "0044-03-15 BCE"),
        (time("P569", "+0900-00-00T00:00:00Z", 6), "about 900, by 1000 years"),
        (time("P569", "+12000-00-00T00:00:00Z", 9), "12000"),
        (time("P569", "+1571-03-14T00:00:00Z", 11, "Q1985786"), "1571-03-14 (Julian calendar)"),
        (snak("P569", "quantity", {"amount": "+48213", "unit": "1"}), "48213"),
        (
            snak("P569", "quantity", {"amount": "+48213", "unit": "1", "lowerBound": "+48000",
                                      "upperBound": "+48500"}),
            "48213, between 48000 and 48500",
        ),
        (
            snak("P569", "quantity", {"amount": "-2.5", "unit": "http://www.wikidata.org/entity/Q1",
                                      "lowerBound": "-2.5", "upperBound": "-2.5"}),
            "-2.5 metres",
        ),
        (item("P569", "Q1"), "metres"),
        (snak("P569", "wikibase-entityid", {"entity-type": "item", "numeric-id": 1}), "metres"),
        (snak("P569", "wikibase-entityid", {"entity-type": "property", "numeric-id": 1}), "P1"),
        (snak("P569", "string", "x"), "x"),
        (snak("P569", "monolingualtext", {"text": "x", "language": "de"}), "“x” (de)"),
        (snak("P569", "globecoordinate", {"latitude": 1.5, "longitude": -2}), "1.5, -2"),
        ({"snaktype": "novalue", "property": "P569"}, "has no value"),
    ],
)  # fmt: skip
def test_a_value_is_told_as_exactly_as_it_is(main: dict[str, Any], expected: str) -> None:
    found = read(statement("a", main), labels={"Q1": "metres"})

    assert texts(found.case) == [f"Bela Okun: date of birth {expected}"]


@pytest.mark.parametrize(
    "main",
    [
        {"snaktype": "somevalue", "property": "P569"},
        {"snaktype": "value", "property": "P569"},
        time("P569", "soon"),
        snak("P569", "time", {"time": "+1871-00-00T00:00:00Z"}),
        snak("P569", "quantity", {"amount": 3}),
        snak("P569", "globecoordinate", {"latitude": 1}),
        snak("P569", "monolingualtext", {"text": ""}),
        snak("P569", "string", ""),
        snak("P569", "string", 3),
        snak("P569", "wikibase-entityid", {}),
        snak("P569", "time", "x"),
        snak("P569", "musical-notation", {}),
    ],
)
def test_a_value_that_cannot_be_told_is_a_loss(main: dict[str, Any]) -> None:
    found = read(statement("a", main))

    assert found.case.claims == ()
    assert [loss.path for loss in found.losses] == ["Q6$a"]


def test_what_limits_a_statement_is_part_of_its_claim() -> None:
    found = read(
        statement(
            "a",
            snak("P1082", "quantity", {"amount": "+48213", "unit": "1"}),
            qualifiers=[
                time("P585", "+2011-00-00T00:00:00Z", 9),
                item("P7452", "Q1"),
                {"snaktype": "somevalue", "property": "P580"},
            ],
        )
    )

    assert texts(found.case) == ["Bela Okun: population 48213 (point in time 2011)"]
    assert [loss.path for loss in found.losses] == [
        "Q6$a.qualifiers.P7452[0]",
        "Q6$a.qualifiers.P580[0]",
    ]


# ------------------------------------------------------------------ rivals


def test_two_values_where_one_is_true_are_the_answers_of_a_question() -> None:
    case = read(statement("a", BORN), statement("b", time("P569", "+1871-03-26T00:00:00Z"))).case

    (question,) = case.questions
    assert question.text == "Bela Okun: which date of birth?"
    assert question.claims == ("Q6.P569.1", "Q6.P569.2")


def test_a_day_implies_its_year_and_is_no_rival_of_it() -> None:
    case = read(
        statement("a", BORN),
        statement("b", time("P569", "+1871-03-00T00:00:00Z", 10)),
        statement("c", time("P569", "+1871-00-00T00:00:00Z", 9)),
        statement("d", time("P569", "+1872-00-00T00:00:00Z", 9)),
    ).case

    assert [link.model_dump(include={"claim", "implies"}) for link in case.links] == [
        {"claim": "Q6.P569.1", "implies": "Q6.P569.2"},
        {"claim": "Q6.P569.2", "implies": "Q6.P569.3"},
    ]
    assert [question.claims for question in case.questions] == [("Q6.P569.1", "Q6.P569.4")]
    assert 0 < weigh(case, "Q6.P569.1").probability < 1


def test_populations_of_two_years_are_no_rivals() -> None:
    counts = [
        statement(str(year), snak("P1082", "quantity", {"amount": f"+{year}", "unit": "1"}),
                  qualifiers=[time("P585", f"+{year}-00-00T00:00:00Z", 9)])
        for year in (2001, 2011)
    ]  # fmt: skip

    assert read(*counts).case.questions == ()


def test_of_which_properties_one_value_is_true_can_be_said() -> None:
    jobs = [statement(name, item("P106", f"Q{name}")) for name in ("1", "2")]

    assert read(*jobs).case.questions == ()
    assert len(read(*jobs, single_valued={"P106"}).case.questions) == 1


def test_equal_statements_are_one_claim() -> None:
    case = read(statement("a", BORN), statement("b", BORN)).case

    assert len(case.claims) == 1
    assert len(case.attributions) == 2


# ------------------------------------------------------------------ documents


def test_every_shape_of_a_document_is_read_alike() -> None:
    one = entity(statement("a", BORN))
    plain = from_wikidata(one)

    for document in (
        json.dumps(one),
        json.dumps(one).encode(),
        [one],
        {"entities": {"Q6": one}, "success": 1},
        {"entities": [one]},
    ):
        assert from_wikidata(document) == plain
    bare = from_wikidata({"claims": one["claims"]})
    assert texts(bare.case) == ["Q6: date of birth 1871-03-14"]


def test_names_are_in_the_language_that_is_wanted_or_in_english_or_in_any() -> None:
    one = entity(statement("a", BORN))
    one["labels"] = {"hu": {"value": "Okun Béla"}, "en": {"value": "Bela Okun"}, "xx": 3}

    assert texts(from_wikidata(one, language="hu").case)[0].startswith("Okun Béla")
    assert texts(from_wikidata(one, language="de").case)[0].startswith("Bela Okun")
    del one["labels"]["en"]
    assert texts(from_wikidata(one, language="de").case)[0].startswith("Okun Béla")
    assert texts(from_wikidata(one | {"labels": []}).case)[0].startswith("Q6")


def test_what_else_an_entity_has_is_told() -> None:
    one = entity(statement("a", BORN)) | {"sitelinks": {"enwiki": {}}, "aliases": {}}
    one["labels"]["hu"] = {"value": "Okun Béla"}
    one["claims"]["P18"] = ["scrap"]

    assert [loss.path for loss in from_wikidata(one).losses] == [
        "Q6.sitelinks",
        "Q6.labels",
        "Q6.claims[1]",
    ]


@pytest.mark.parametrize("document", ["", "{}", "[]", "3", {"entities": {}}, [1], {"a": {}}])
def test_what_is_no_entity_is_refused(document: Any) -> None:
    with pytest.raises(FormatError):
        from_wikidata(document)


SCRAPS = st.sampled_from((None, 3, "x", [], {}, ["a"], {"id": 1}, True))


@settings(max_examples=60)
@given(st.data())
def test_hostile_entities_are_read_or_refused(data: st.DataObject) -> None:
    document = entity(
        statement("a", BORN, reference(item("P248", "Q7")), qualifiers=[item("P585", "Q1")])
    )
    holder: Any = document
    for _ in range(data.draw(st.integers(1, 12))):
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
            holder = holder[key]
            continue
        holder[key] = data.draw(SCRAPS)
        break

    with contextlib.suppress(FormatError):
        from_wikidata(document)
