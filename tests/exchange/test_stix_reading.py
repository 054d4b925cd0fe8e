"""STIX that comes in: ours exactly, that of others as far as it can be known."""

from __future__ import annotations

import contextlib
import copy
import datetime
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError, InvalidValue, UnknownName
from provenance.exchange import Import, from_misp, from_stix, stix_reading, to_stix
from provenance.graph import what_is_said
from provenance.records import Case
from tests.cases.exchange_cases import full_case, rich_cases
from tests.cases.exchange_changes import without_losses
from tests.cases.exchange_reading import assert_reading_accounts_for, values_in

AT = datetime.date(2030, 1, 2)
PROFILES = ("standard", "opencti")


# ------------------------------------------------------------------ our own


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=25)
@given(written=rich_cases())
def test_a_bundle_with_ids_gives_the_same_case(profile: Any, written: dict[str, Any]) -> None:
    case = load_case(written)

    read = from_stix(json.dumps(to_stix(case, at=AT, profile=profile, with_ids=True).document))

    assert read == Import(case)


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=25)
@given(written=rich_cases())
def test_any_bundle_gives_the_case_without_what_was_lost(
    profile: Any, written: dict[str, Any]
) -> None:
    for source in written["sources"]:  # an unnamed one would come back under another id
        source |= {"name": "somebody", "kind": "outlet"}
    case = load_case(written)
    export = to_stix(case, at=AT, profile=profile)

    read = from_stix(export.document)

    assert read == Import(without_losses(case, export.losses))


@settings(max_examples=25)
@given(written=rich_cases())
def test_writing_again_what_was_read_gives_the_same_bundle(written: dict[str, Any]) -> None:
    document = to_stix(load_case(written)).document

    assert to_stix(from_stix(document).case).document == document


@pytest.mark.parametrize("seed", shipped_seeds())
def test_an_assessment_on_the_way_in_is_a_result(seed: str) -> None:
    case = load_seed(seed)

    read = from_stix(to_stix(case, [weigh(case, case.claims[0].id)], with_ids=True).document)

    assert read.case == case
    assert read.losses
    assert {loss.why for loss in read.losses} == {
        "an assessment is a result, and no part of a case"
    }


def test_what_was_changed_or_added_since_is_listed_and_the_records_count() -> None:
    case = full_case()
    bundle = to_stix(case, with_ids=True).document
    objects = bundle["objects"]
    at = next(n for n, each in enumerate(objects) if each["type"] == "identity" and n > 1)
    objects[at]["labels"] = ["seen"]
    objects[at + 1].pop("labels", None)
    objects.append({"type": "malware", "id": "malware--1", "name": "worm"})

    read = from_stix(bundle)

    assert read.case == case
    assert [loss.path for loss in read.losses] == [
        f"objects[{at}].labels",
        f"objects[{at + 1}].labels",
        f"objects[{len(objects) - 1}]",
    ]


def test_a_bundle_whose_dates_were_taken_away_is_read_all_the_same() -> None:
    case = load_case(
        {"version": 1, "claims": [{"id": "c", "text": "so"}], "sources": [], "attributions": []}
    )
    document = to_stix(case, at=AT, profile="opencti", with_ids=True).document
    grouping = next(each for each in document["objects"] if each["type"] == "grouping")
    (extension,) = grouping["extensions"].values()
    extension["claim_record"] = extension["claim_record"].replace(
        '"2030-01-02T00:00', '"",  "x": "'
    )

    assert from_stix(document).case == case


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=15)
@given(written=rich_cases())
def test_without_its_records_a_bundle_still_says_who_said_what(
    profile: Any, written: dict[str, Any]
) -> None:
    case = load_case(written)
    document = to_stix(case, at=AT, profile=profile, with_ids=True).document
    for each in document["objects"]:
        each.pop("extensions", None)

    read = from_stix(document).case

    assert {each.id: each.text for each in read.claims} == {
        each.id: each.text for each in case.claims
    }
    assert {(each.id, each.reliability) for each in read.sources} == {
        (each.id, grade if isinstance(grade := each.reliability_on(), str) else None)
        for each in case.sources
        if each.id in {every.source for every in read.attributions}
    }
    plain = {each.id for each in case.attributions if is_plain(case, each.id)}
    ours, theirs = what_is_said(case), what_is_said(read)
    assert {name: ours[name] for name in plain} == {name: theirs[name] for name in plain}


def is_plain(case: Case, name: str) -> bool:
    """Whether a statement speaks for one side of something, and is of a known origin."""
    said = what_is_said(case)[name]
    return len({each.affirms for each in said}) == 1 and all(
        each.cites is None and each.wording is None for each in case.attributions
    )


# ------------------------------------------------------------------ that of others

CREATED = "2015-08-21T00:00:00.000Z"
OPENCTI = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
TLP = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"


def made(id_: str, **more: Any) -> dict[str, Any]:
    kind = id_.partition("--")[0]
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": id_,
        "created": CREATED,
        "modified": "2015-09-01T00:00:00.000Z",
    } | more


def read(*objects: dict[str, Any]) -> Import:
    return from_stix({"type": "bundle", "id": "bundle--1", "objects": [*objects]})


ANN = made("identity--ann", name="Ann Li", identity_class="individual")
DESK = made("identity--desk", name="The Desk", identity_class="organization")
REPORT = made(
    "report--ship",
    name="The ship sailed",
    published="2015-08-22T10:00:00Z",
    created_by_ref="identity--ann",
    object_refs=["identity--ann"],
)
OPINION = made(
    "opinion--desk",
    opinion="disagree",
    created_by_ref="identity--desk",
    object_refs=["report--ship"],
    explanation="The port was closed",
)


def statement(found: Import, name: str) -> dict[str, Any]:
    (record,) = (each for each in found.case.written()["attributions"] if each["id"] == name)
    return dict(record)


def test_a_report_is_a_claim_that_its_creator_affirms_on_the_day_it_was_published() -> None:
    found = read(ANN, DESK, REPORT)

    assert found.case.written()["claims"] == [{"id": "report--ship", "text": "The ship sailed"}]
    assert statement(found, "report--ship") == {
        "id": "report--ship",
        "source": "identity--ann",
        "claim": "report--ship",
        "said_on": "2015-08-22",
    }


@pytest.mark.parametrize(
    ("level", "fields"),
    [
        ("strongly-agree", {}),
        ("agree", {"wording": 0.7}),
        ("neutral", {"wording": 0.5}),
        ("disagree", {"wording": 0.7, "stance": "denies"}),
        ("strongly-disagree", {"stance": "denies"}),
    ],
)
def test_an_opinion_is_a_statement_as_strong_as_it_is(level: str, fields: dict[str, Any]) -> None:
    found = statement(read(ANN, DESK, REPORT, OPINION | {"opinion": level}), "opinion--desk")

    assert found == fields | {
        "id": "opinion--desk",
        "source": "identity--desk",
        "claim": "report--ship",
        "note": "The port was closed",
        "said_on": "2015-08-21",
    }


@pytest.mark.parametrize(
    ("graded", "grade"),
    [
        ({"x_opencti_reliability": "B - Usually reliable"}, "B"),
        ({"labels": ['admiralty-scale:source-reliability="c"']}, "C"),
        ({"object_marking_refs": ["marking-definition--d"]}, "D"),
        ({"object_marking_refs": ["marking-definition--e"]}, "E"),
        ({"x_opencti_reliability": "quite good"}, None),
        ({"extensions": {OPENCTI: {"reliability": "B - Usually reliable"}}}, "B"),
        ({"extensions": {OPENCTI: {"reliability": "quite good"}}}, None),
        (
            {"x_opencti_reliability": "A", "labels": ['admiralty-scale:source-reliability="b"']},
            None,
        ),
    ],
)
def test_a_grade_is_read_from_wherever_it_stands(graded: dict[str, Any], grade: str | None) -> None:
    markings = (
        made("marking-definition--d", admiralty_scale="reliability", admiralty_code="D"),
        made(
            "marking-definition--e",
            definition_type="statement",
            definition={"statement": "Source reliability: E"},
        ),
    )

    found = read(ANN | graded, DESK, REPORT, *markings)

    assert found.case.sources[0].reliability == grade


def test_of_an_extension_of_opencti_all_but_the_reliability_is_lost() -> None:
    theirs = {"extensions": {OPENCTI: {"reliability": "B", "type": "Organization"}}}
    others = {"extensions": {"extension-definition--1": {"reliability": "B"}}}

    assert [(loss.path, loss.partly) for loss in read(ANN | theirs, REPORT).losses] == [
        ("objects[0].extensions", True)
    ]
    assert [(loss.path, loss.partly) for loss in read(ANN | others, REPORT).losses] == [
        ("objects[0].extensions", False)
    ]


def test_the_labels_of_a_relation_that_somebody_has_an_opinion_of_are_told_once() -> None:
    uses = made(
        "relationship--1",
        relationship_type="uses",
        source_ref="identity--ann",
        target_ref="identity--desk",
        created_by_ref="identity--ann",
        labels=["seen"],
    )

    found = read(ANN, DESK, uses, OPINION | {"object_refs": ["relationship--1"]})

    assert found.case.claims[0].text == "Ann Li uses The Desk"
    assert [(loss.path, loss.what) for loss in found.losses] == [
        ("objects[2].labels", "the tag 'seen'")
    ]


def test_grades_that_contradict_each_other_are_a_loss() -> None:
    both = {"x_opencti_reliability": "A", "labels": ['admiralty-scale:source-reliability="b"']}

    losses = read(ANN | both, REPORT).losses

    assert "contradict each other: A, B" in str([str(loss) for loss in losses])


def test_the_reliability_of_a_report_is_that_of_its_creator() -> None:
    found = read(ANN, DESK, REPORT | {"x_opencti_reliability": "C - Fairly reliable"})
    torn = read(ANN | {"x_opencti_reliability": "B"}, REPORT | {"x_opencti_reliability": "C"})
    nobody = read(
        {k: v for k, v in REPORT.items() if k != "created_by_ref"}
        | {"x_opencti_reliability": "C", "object_refs": []}
    )

    assert found.case.sources[0].reliability == "C"
    assert torn.case.sources[0].reliability == "B"
    assert [loss.why for loss in torn.losses] == ["its creator has another one"]
    assert [loss.why for loss in nobody.losses] == [
        "it is not told of which source",
        "it is not told who says it",  # when it was published
    ]


def test_how_sure_a_creator_is_is_its_wording() -> None:
    sure = statement(read(ANN, DESK, REPORT | {"confidence": 85}), "report--ship")
    words = {"labels": ['estimative-language:likelihood-probability="likely"']}
    likely = statement(read(ANN, DESK, REPORT | words), "report--ship")
    low = read(ANN, REPORT | {"confidence": 15})
    both = read(ANN, REPORT | words | {"confidence": 85})

    # MISP's "likely" is 55 to 80 %.
    assert (sure["wording"], likely["wording"]) == (0.85, 0.675)
    assert statement(low, "report--ship")["wording"] == 0.5
    assert [(loss.path, loss.partly) for loss in low.losses] == [("objects[1].confidence", True)]
    assert [loss.path for loss in both.losses] == ["objects[1].labels"]
    assert [loss.path for loss in read(ANN, REPORT | {"confidence": "high"}).losses] == [
        "objects[1].confidence"
    ]


def test_what_is_derived_from_a_statement_of_its_side_is_a_relay_of_it() -> None:
    derived = made(
        "relationship--1",
        relationship_type="derived-from",
        source_ref="report--ship",
        target_ref="opinion--desk",
    )

    relay = statement(
        read(ANN, DESK, REPORT, OPINION | {"opinion": "agree"}, derived), "opinion--desk"
    )

    assert relay["cites"] == ["report--ship"]
    assert "claim" not in relay


def test_who_says_the_contrary_of_what_it_is_derived_from_answers() -> None:
    derived = made(
        "relationship--1",
        relationship_type="derived-from",
        source_ref="report--ship",
        target_ref="opinion--desk",
    )

    found = read(ANN, DESK, REPORT, OPINION, derived)

    assert statement(found, "opinion--desk")["stance"] == "denies"
    assert [loss.path for loss in found.losses] == ["objects[4]"]


def test_a_premise_is_no_relay() -> None:
    derived = made(
        "relationship--1",
        relationship_type="derived-from",
        description="inferred from",
        source_ref="report--ship",
        target_ref="opinion--desk",
    )

    found = statement(read(ANN, DESK, REPORT, OPINION, derived), "opinion--desk")

    assert (found["basis"], found["from"]) == ("inference", ["report--ship"])


def test_a_relay_says_nothing_itself() -> None:
    second = REPORT | {"id": "report--second", "name": "It sailed at night"}
    derived = made(
        "relationship--1",
        relationship_type="derived-from",
        source_ref="report--ship",
        target_ref="report--second",
    )

    found = read(ANN, REPORT, second, derived)

    assert statement(found, "report--second")["cites"] == ["report--ship"]
    assert [loss.path for loss in found.losses] == ["objects[2].name"]


def test_who_disowns_what_it_is_said_to_have_said_says_nothing_else() -> None:
    derived = made(
        "relationship--1",
        relationship_type="derived-from",
        description="disowns",
        source_ref="report--ship",
        target_ref="opinion--desk",
    )

    found = statement(read(ANN, DESK, REPORT, OPINION, derived), "opinion--desk")

    assert (found["stance"], found["cites"]) == ("disowns", ["report--ship"])
    assert "claim" not in found


def test_a_relation_of_what_nobody_states_is_a_loss() -> None:
    between = made(
        "relationship--1",
        relationship_type="derived-from",
        source_ref="identity--ann",
        target_ref="report--ship",
    )

    assert [loss.path for loss in read(ANN, REPORT, between).losses] == ["objects[2]"]


def test_an_opinion_of_both_sides_is_about_the_first() -> None:
    second = REPORT | {"id": "report--second", "name": "It sailed at night"}
    third = made(
        "opinion--third",
        opinion="agree",
        created_by_ref="identity--desk",
        object_refs=["report--second", "opinion--desk"],
    )

    found = read(ANN, DESK, REPORT, OPINION, second, third)

    assert statement(found, "opinion--third")["claim"] == "report--second"
    assert [loss.path for loss in found.losses] == ["objects[5].object_refs"]


def test_the_definition_of_an_extension_is_no_loss_of_its_own() -> None:
    assert not read(ANN, REPORT, made("extension-definition--1", name="theirs")).losses


def test_an_event_of_misp_inside_a_bundle_is_read_as_that_event() -> None:
    def attribute(relation: str, value: str) -> dict[str, str]:
        return {"object_relation": relation, "type": "text", "value": value}

    def part(uuid: str, *attributes: dict[str, str]) -> dict[str, Any]:
        return made(
            f"x-misp-object--{uuid}",
            x_misp_name="news-media",
            x_misp_attributes=[*attributes],
            labels=['misp:name="news-media"', 'admiralty-scale:source-reliability="b"'],
        )

    parts = (
        part("1", attribute("source", "The Desk"), attribute("content", "The ship sailed")),
        part("2", attribute("source", "The Daily"), attribute("content", "The ship sailed")),
    )
    bundle = (
        DESK,
        made("grouping--1", name="Ships", created_by_ref="identity--desk"),
        *parts,
        made(
            "relationship--1",
            relationship_type="related-to",
            source_ref="x-misp-object--2",
            target_ref="x-misp-object--1",
        ),
        made("x-misp-attribute--3", x_misp_type="text", x_misp_value="seen", labels=[]),
        made("malware--1", name="worm"),
        made("relationship--2", source_ref="malware--9", target_ref="x-misp-object--1"),
        ANN,
    )
    event = {
        "info": "Ships",
        "Orgc": {"name": "The Desk"},
        "Attribute": [{"uuid": "3", "type": "text", "value": "seen"}],
        "Object": [
            {
                "uuid": each["id"].partition("--")[2],
                "name": "news-media",
                "Attribute": each["x_misp_attributes"],
                "Tag": [{"name": 'admiralty-scale:source-reliability="b"'}],
                "ObjectReference": [],
            }
            for each in parts
        ],
    }
    event["Object"][1]["ObjectReference"].append(  # type: ignore[index, union-attr, call-overload]
        {"referenced_uuid": "1", "relationship_type": "related-to", "comment": ""}
    )

    found, theirs = read(*bundle), from_misp(event)

    assert found.case == theirs.case
    assert {loss.path.partition(".")[0] for loss in found.losses} == {
        *("objects[5]", "objects[6]", "objects[7]", "objects[8]")
    }


def test_a_note_of_somebody_who_is_not_there_says_so() -> None:
    note = made(
        "note--1",
        content="seen",
        object_refs=["report--ship"],
        created_by_ref="identity--gone",
    )

    found = read(ANN, REPORT, note)

    assert found.case.claims[0].note == "seen"
    assert [loss.path for loss in found.losses] == ["objects[2].created_by_ref"]


def test_an_opinion_that_repeats_another_one_is_that() -> None:
    again = OPINION | {"id": "opinion--again"}
    same = made(
        "relationship--1",
        relationship_type="duplicate-of",
        source_ref="opinion--again",
        target_ref="opinion--desk",
    )

    found = read(ANN, DESK, REPORT, OPINION, again, same)

    assert "opinion--again" not in {each.id for each in found.case.attributions}


def test_a_document_without_a_title_has_its_address() -> None:
    page = {"external_references": [{"url": "https://example.org/a"}]}

    assert read(ANN, REPORT | page).case.written()["documents"] == [
        {"id": "a", "url": "https://example.org/a"}
    ]


def test_duplicates_are_one() -> None:
    twin = REPORT | {"id": "report--twin"}
    same = [
        made(
            f"relationship--{n}", relationship_type="duplicate-of", source_ref=one, target_ref=other
        )
        for n, (one, other) in enumerate(
            [("report--twin", "report--ship"), ("report--ship", "report--twin")]
        )
    ]

    found = read(ANN, DESK, REPORT, twin, OPINION | {"object_refs": ["report--twin"]}, *same)

    assert [each.id for each in found.case.claims] == ["report--ship"]
    assert statement(found, "opinion--desk")["claim"] == "report--ship"


def test_an_opinion_of_an_opinion_is_about_its_claims() -> None:
    answer = made(
        "opinion--ann",
        opinion="strongly-disagree",
        authors=["Ann Li"],
        object_refs=["opinion--desk"],
    )

    found = statement(read(ANN, DESK, REPORT, OPINION, answer), "opinion--ann")

    # Ann disagrees with the desk, which disagrees with the report.
    assert found["claim"] == "report--ship"
    assert "stance" not in found
    assert found["source"] == "author Ann Li"


def test_whoever_wrote_an_opinion_without_a_name_is_an_unnamed_source() -> None:
    nobody = {k: v for k, v in OPINION.items() if k != "created_by_ref"}
    several = nobody | {"id": "opinion--two", "authors": ["Ann", "Bo"]}
    lost = OPINION | {"id": "opinion--three", "created_by_ref": "identity--gone"}

    found = read(ANN, REPORT, nobody, several, lost)

    kinds = {each.id: each.kind for each in found.case.sources}
    assert kinds["author of opinion--desk"] == "unnamed"
    assert kinds["author Ann and Bo"] == "collective"
    assert kinds["author of opinion--three"] == "unnamed"
    assert [loss.path for loss in found.losses] == ["objects[4].created_by_ref"]


def test_a_relation_that_somebody_has_an_opinion_of_is_a_claim() -> None:
    uses = made(
        "relationship--uses",
        relationship_type="uses",
        source_ref="intrusion-set--1",
        target_ref="malware--1",
        created_by_ref="identity--ann",
    )
    group = made("intrusion-set--1", name="Bear")

    found = read(ANN, DESK, uses, group, OPINION | {"object_refs": ["relationship--uses"]})

    assert found.case.claims[0].text == "Bear uses malware--1"
    assert [loss.path for loss in found.losses] == ["objects[3]"]


ATTRIBUTED = made(
    "relationship--who",
    relationship_type="attributed-to",
    source_ref="campaign--1",
    target_ref="intrusion-set--1",
    created_by_ref="identity--desk",
    confidence=70,
)
CAMPAIGN = made("campaign--1", name="Night Tide", created_by_ref="identity--desk")
BEAR = made("intrusion-set--1", name="Bear")


def test_who_is_behind_something_is_a_claim_of_whoever_attributes_it() -> None:
    found = read(DESK, CAMPAIGN, BEAR, ATTRIBUTED)

    assert found.case.claims[0].text == "Night Tide is attributed to Bear"
    assert statement(found, "relationship--who") == {
        "id": "relationship--who",
        "source": "identity--desk",
        "claim": "relationship--who",
        "wording": 0.7,
        "said_on": "2015-08-21",
    }
    assert [(loss.path, loss.why, loss.partly) for loss in found.losses] == [
        ("objects[1]", "it is read for its name alone", True),
        ("objects[2]", "it is read for its name alone", True),
    ]
    assert found.readings == ()


def test_a_bundle_in_which_nothing_is_a_claim_says_so_and_why_of_each_object() -> None:
    by_nobody = {key: value for key, value in ATTRIBUTED.items() if key != "created_by_ref"}
    indicator = made("indicator--1", created_by_ref="identity--desk", confidence=85)
    sighting = made("sighting--1", sighting_of_ref="indicator--1", count=7)

    found = read(DESK, indicator, sighting, by_nobody)

    read_as_claims = "only reports, `attributed-to` by somebody and what an opinion is about are"
    assert found.readings == (f"nothing in the bundle is read as a claim: {read_as_claims}",)
    assert [loss.why for loss in found.losses[1:]] == [
        f"it is not read as a claim: {read_as_claims}",
        f"it is not read as a claim: {read_as_claims}",
        "nobody is said to say anything of it",
    ]


def test_notes_stand_beside_what_they_are_about_with_the_name_of_their_author() -> None:
    notes = [
        made(
            "note--1", content="seen", created_by_ref="identity--ann", object_refs=["report--ship"]
        ),
        made("note--2", content="again", abstract="more", object_refs=["report--ship"]),
        made(
            "note--3",
            content="slow",
            authors=["Bo"],
            object_refs=["identity--desk", "opinion--desk"],
        ),
        made("note--4", content="lost", object_refs=["malware--1"]),
    ]

    found = read(ANN, DESK, REPORT, OPINION, *notes)

    assert found.case.claims[0].note == "Ann Li: seen\nmore: again"
    assert found.case.sources[1].note == "Bo: slow"
    assert statement(found, "opinion--desk")["note"] == "The port was closed\nBo: slow"
    assert [loss.path for loss in found.losses] == ["objects[7]"]


def test_a_reference_with_an_address_is_the_document_and_others_are_ids() -> None:
    references = [
        {"source_name": "The Daily", "url": "https://example.org/ship"},
        {"source_name": "cve", "external_id": "CVE-1"},
        {"source_name": "nothing"},
    ]

    found = read(ANN, REPORT | {"external_references": references})

    assert found.case.written()["documents"] == [
        {"id": "ship", "url": "https://example.org/ship", "title": "The Daily"}
    ]
    assert statement(found, "report--ship")["refs"] == [{"scheme": "cve", "id": "CVE-1"}]
    assert [loss.path for loss in found.losses] == ["objects[1].external_references[2]"]


def test_what_was_revoked_was_withdrawn_on_the_day_of_its_last_version() -> None:
    found = statement(read(ANN, DESK, REPORT, OPINION | {"revoked": True}), "opinion--desk")

    assert found["retracted_on"] == "2015-09-01"


def test_one_grouping_is_the_title_of_the_case() -> None:
    group = made("grouping--1", name="Ships", description="of Port Said", object_refs=[])

    assert (read(group).case.title, read(group).case.summary) == ("Ships", "of Port Said")
    assert read(group, group | {"id": "grouping--2"}).case.title is None


def test_the_last_version_of_an_object_counts() -> None:
    later = REPORT | {"name": "It sailed", "modified": "2016-01-01T00:00:00Z"}

    for order in ((REPORT, later), (later, REPORT)):
        found = read(ANN, *order)
        assert [each.text for each in found.case.claims] == ["It sailed"]
        assert [loss.why for loss in found.losses] == ["a later one stands in the bundle"]


@pytest.mark.parametrize(("stated", "told"), [("2.0", ["spec_version"]), ("2.1", []), (None, [])])
def test_a_bundle_that_says_to_be_of_another_version_is_told(
    stated: str | None, told: list[str]
) -> None:
    bundle = {"type": "bundle", "id": "bundle--1", "objects": [ANN]}
    found = from_stix(bundle if stated is None else bundle | {"spec_version": stated})

    assert [loss.path for loss in found.losses if loss.path == "spec_version"] == told


def test_the_kind_of_an_identity_is_its_label_else_its_class() -> None:
    outlet = read(
        DESK | {"labels": ["outlet", "press"]},
        REPORT | {"created_by_ref": "identity--desk", "object_refs": []},
    )
    unknown = read(ANN | {"identity_class": "unknown", "description": "a sailor"}, REPORT)
    unnamed = read(ANN | {"labels": ["unnamed"], "description": "a sailor"}, REPORT)

    assert outlet.case.sources[0].kind == "outlet"
    assert [loss.path for loss in outlet.losses] == ["objects[0].labels"]
    assert (unknown.case.sources[0].kind, unknown.case.sources[0].title) == ("other", "Ann Li")
    assert (unknown.case.sources[0].described_as, unknown.losses) == ("a sailor", ())
    assert unnamed.case.sources[0].described_as == "Ann Li"
    assert [loss.path for loss in unnamed.losses] == ["objects[0].description"]


def test_other_markings_and_results_have_no_place() -> None:
    found = read(
        ANN | {"object_marking_refs": [TLP]},
        REPORT
        | {
            "object_refs": [],
            "labels": ['admiralty-scale:information-credibility="2"'],
            "object_marking_refs": ["marking-definition--2"],
        },
        made("marking-definition--2", admiralty_scale="credibility", admiralty_code="2"),
    )

    assert [(loss.path, loss.why.partition(":")[0]) for loss in found.losses] == [
        ("objects[0].object_marking_refs", "how a thing may be shared has no place in a case"),
        ("objects[1].labels", "a credibility is a result here"),
        ("objects[1].object_marking_refs", "a credibility is a result here"),
        ("objects[2]", "a case has who says what, from whom; this has no place in it"),
    ]


RICH = (
    ANN | {"description": "a sailor", "sectors": ["shipping"], "x_opencti_reliability": "B"},
    DESK | {"labels": ["press"], "lang": "en"},
    REPORT
    | {
        "report_types": ["threat-report"],
        "confidence": 70,
        "description": "More",
        "object_refs": ["malware--1"],
        "external_references": [{"source_name": "cve", "external_id": "CVE-1"}],
    },
    OPINION | {"confidence": 30, "authors": ["Bo"], "labels": ["x"]},
    made("opinion--none", opinion="perhaps", object_refs=["report--ship"]),
    made("opinion--who", opinion="agree", object_refs=["identity--ann"]),
    made("note--1", content="seen", object_refs=["report--ship"], note_types=["x"]),
    made("malware--1", name="worm"),
    made("relationship--1", relationship_type="targets", source_ref="malware--1", target_ref="x"),
    {"type": "x"},
)


def test_whatever_a_bundle_says_is_in_the_case_or_among_the_losses() -> None:
    whole = read(*RICH)
    lost = {loss.path for loss in whole.losses}
    silent = {"spec_version", "modified", "type", "id", "created"}

    for position, each in enumerate(RICH):
        for key in each.keys() - silent:
            others = copy.deepcopy(RICH)
            del others[position][key]
            places = (f"objects[{position}]", f"objects[{position}].{key}")
            told = any(path.startswith(places[1]) or path == places[0] for path in lost)
            assert told or read(*others).case != whole.case, places[1]


REFS = st.sampled_from(
    ("identity--ann", "identity--desk", "report--1", "report--2", "opinion--1", "opinion--2")
)
WORDS = st.sampled_from(("The ship sailed", "passes on", "disowns", "inferred from", "seen"))
OUTSIDE = st.fixed_dictionaries(
    {"source_name": st.sampled_from(("cve", "blog", "claim-provenance"))},
    optional={
        "external_id": st.sampled_from(("7", "8")),
        "url": st.sampled_from(("https://example.org/a", "https://example.org/b", "page 3")),
        "description": WORDS,
    },
)
ANY: dict[str, st.SearchStrategy[Any]] = {
    "created_by_ref": REFS | st.just("identity--gone"),
    "labels": st.lists(
        st.sampled_from(('admiralty-scale:source-reliability="b"', "seen")), max_size=1
    ),
    "confidence": st.sampled_from((15, 85, "high")),
    "external_references": st.lists(OUTSIDE, max_size=2),
    "revoked": st.booleans(),
    "lang": st.just("en"),
}


def drawn(id_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some of its properties."""
    return st.fixed_dictionaries({}, optional=ANY | fields).map(lambda found: made(id_, **found))


OBJECTS = st.tuples(
    st.just(ANN),
    drawn("identity--desk", identity_class=st.just("organization"), description=WORDS),
    drawn("report--1", name=WORDS, description=WORDS, published=st.sampled_from((CREATED, "x"))),
    drawn("report--2", name=WORDS, published=st.just(CREATED)),
    drawn("opinion--1", opinion=st.sampled_from(("agree", "x")), object_refs=st.lists(REFS)),
    drawn("opinion--2", opinion=st.just("disagree"), object_refs=st.lists(REFS), authors=WORDS),
    drawn("note--1", content=WORDS, abstract=WORDS, object_refs=st.lists(REFS)),
    *(
        drawn(
            f"relationship--{number}",
            relationship_type=st.sampled_from(("derived-from", "related-to", "duplicate-of")),
            source_ref=REFS,
            target_ref=REFS,
            description=WORDS,
        )
        for number in (1, 2)
    ),
)
# The time of an object that nobody states, and what makes it an object.
SILENT = r"\.(spec_version|type|id|created|modified)$|\.revoked$"


@settings(max_examples=25)
@given(OBJECTS, st.randoms(use_true_random=False))
def test_whatever_bundles_of_others_say_is_in_the_case_or_among_the_losses(
    objects: tuple[dict[str, Any], ...], generator: random.Random
) -> None:
    trail = generator.choice([*values_in([*objects])])

    assert_reading_accounts_for(
        {"type": "bundle", "id": "bundle--1", "objects": [*objects]},
        from_stix,
        ("objects", *trail),
        silent=SILENT,
    )


# What a definition says is told where it is used, and a marking says its grade twice.
SAID_TWICE = (
    rf"{SILENT}|^id$|^type$|\.identity_class$|\.x_opencti_reliability$"
    r"|\.(extension_\w+|schema|version|definition\w*|admiralty_\w+)(\W|$)"
)


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=8)
@given(written=rich_cases(), generator=st.randoms(use_true_random=False))
def test_without_its_records_what_our_own_bundle_says_is_read_or_told(
    profile: Any, written: dict[str, Any], generator: random.Random
) -> None:
    document = to_stix(load_case(written), at=AT, profile=profile, with_ids=True).document
    for each in document["objects"]:
        each.pop("extensions", None)
    told = [
        position
        for position, each in enumerate(document["objects"])
        if position and each["type"] in ("identity", "report", "opinion", "note", "relationship")
    ]
    trail = generator.choice(
        [each for each in values_in(document) if len(each) > 2 and each[1] in told]
    )

    assert_reading_accounts_for(document, from_stix, trail, silent=SAID_TWICE)


def test_what_nobody_speaks_of_is_a_loss() -> None:
    losses = {loss.path: loss.why for loss in read(*RICH).losses}

    assert losses["objects[7]"] == "nobody is said to say anything of it"
    assert losses["objects[4].opinion"] == "it is none of the five that STIX has"
    assert losses["objects[9]"].startswith("it is no object of STIX")


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"type": "report"}, "expected a bundle"),
        ({"type": "bundle", "objects": 3}, "expected a list of objects"),
        (3, "expected a list of objects"),
        ("{", "expected"),
    ],
)
def test_what_is_no_bundle_is_refused(document: Any, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        from_stix(document)


def test_a_bundle_of_nothing_is_a_case_of_nothing() -> None:
    assert from_stix({"type": "bundle", "id": "bundle--1"}).case.claims == ()


def tampered(old: str, new: str) -> dict[str, Any]:
    text = json.dumps(to_stix(full_case(), with_ids=True).document)
    assert old in text
    found: dict[str, Any] = json.loads(text.replace(old, new, 1))
    return found


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            r"{\"section\": \"sources\", \"position\": 0",
            r"{\"section\": \"sources\", \"position\": 1",
            "two",
        ),
        (r"{\"section\": \"sources\"", r"{\"section\": \"questions\"", "its section"),
        (r"{\"section\": \"case\"", r"{\"section\": \"claims\"", "two"),
        (r"\"position\": 0", r"\"position\": true", "its position"),
        (r"{\"section\": \"sources\"", r"\"section\": \"sources\"", "expected"),
        (r"\"text\": \"Egypt armed Syria\"", r"\"text\": \"\"", "text"),
    ],
)
def test_records_that_are_no_case_are_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        from_stix(tampered(old, new))


def test_records_without_the_case_are_refused() -> None:
    bundle = to_stix(full_case(), with_ids=True).document
    bundle["objects"] = [each for each in bundle["objects"] if each["type"] != "grouping"]

    with pytest.raises(FormatError, match="no-case"):
        from_stix(bundle)


def test_more_objects_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stix_reading, "MOST_ENTRIES", 3)

    with pytest.raises(FormatError, match="at most 3 objects"):
        read(ANN, DESK, REPORT, OPINION)


def anything() -> st.SearchStrategy[Any]:
    names = st.sampled_from(
        ("identity--a", "report--b", "opinion--c", "relationship--d", "note--e", "all", "", "a/b")
    )
    value = st.one_of(
        st.none(),
        st.integers(-5, 200),
        st.booleans(),
        names,
        st.sampled_from(("agree", "disagree", "duplicate-of", "derived-from", "2015-01-01T", "B")),
        st.text(max_size=4),
        st.lists(names, max_size=3),
        st.lists(st.dictionaries(st.sampled_from(("source_name", "external_id", "url")), names)),
    )
    keys = (
        *("name", "object_refs", "created_by_ref", "opinion", "labels", "external_references"),
        *("source_ref", "target_ref", "relationship_type", "content", "authors", "confidence"),
        *("x_opencti_reliability", "object_marking_refs", "definition", "created", "modified"),
        *("extensions", "identity_class", "revoked", "explanation", "published", "abstract"),
    )
    return st.lists(
        names.filter(lambda name: "--" in name).flatmap(
            lambda name: st.dictionaries(st.sampled_from(keys), value, max_size=8).map(
                lambda fields: fields | {"id": name, "type": name.partition("--")[0]}
            )
        ),
        max_size=6,
    )


@settings(max_examples=150)
@given(anything())
def test_any_objects_are_read_or_refused_in_our_own_words(objects: list[Any]) -> None:
    with contextlib.suppress(FormatError):
        assert from_stix(objects).case.version == 1


# ------------------------------------------------------------------ for OpenCTI


def opencti(case: Case, *assessments: Any, **options: Any) -> Iterator[dict[str, Any]]:
    yield from to_stix(case, assessments, profile="opencti", **options).document["objects"]


@pytest.mark.parametrize("seed", shipped_seeds())
def test_for_opencti_nothing_is_marked_derived_or_of_1970(seed: str) -> None:
    case = load_seed(seed)

    for each in opencti(case, weigh(case, case.claims[0].id)):
        assert each["type"] != "marking-definition"
        assert "object_marking_refs" not in each
        assert each.get("relationship_type") in (None, "related-to")
        assert not each["created"].startswith("1970-01-01")
        assert each["created"] <= each["modified"]


def test_for_opencti_a_grade_is_its_own_property_and_a_label() -> None:
    case = full_case()

    found = {each.get("name"): each for each in opencti(case) if each["type"] == "identity"}

    assert found["The general"]["x_opencti_reliability"] == "D - Not usually reliable"
    assert found["The general"]["labels"] == [
        "person",
        'admiralty-scale:source-reliability="d"',
    ]


def test_for_opencti_a_relay_is_related_to_what_it_passes_on() -> None:
    case = load_seed("egypt-arms-2015")
    objects = {each["id"]: each for each in opencti(case, with_ids=True)}

    relations = [
        each for each in objects.values() if each.get("description", "").startswith("passes on")
    ]

    assert relations
    for each in relations:
        relay, original = (objects[each[key]] for key in ("source_ref", "target_ref"))
        names = [item["external_references"][0]["external_id"] for item in (relay, original)]
        record = next(item for item in case.attributions if item.id == names[0])
        assert any(cited.partition("/")[0] == names[1] for cited in record.cited)


def test_for_opencti_a_case_without_dates_needs_one() -> None:
    case = load_case(
        {"version": 1, "claims": [{"id": "c", "text": "so"}], "sources": [], "attributions": []}
    )

    with pytest.raises(InvalidValue, match="`at`"):
        to_stix(case, profile="opencti")
    assert {each["created"][:4] for each in opencti(case, at=AT)} <= {"2026", "2030"}


def test_a_profile_that_nobody_has_is_refused() -> None:
    with pytest.raises(UnknownName, match="opencti"):
        to_stix(full_case(), profile="misp")  # type: ignore[arg-type]
