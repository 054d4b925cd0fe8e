"""MISP events that come in: source assessments, news, opinions, notes and tags."""

from __future__ import annotations

import contextlib
import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import load_case
from provenance.casefiles import load_seed, shipped_seeds
from provenance.errors import FormatError
from provenance.exchange import Import, from_misp, to_misp
from provenance.graph import what_is_said
from provenance.records import Case
from tests.cases.exchange_cases import full_case, rich_cases
from tests.cases.exchange_reading import assert_reading_accounts_for, values_in

LIKELY = {"name": 'estimative-language:likelihood-probability="likely"'}
RELIABLE = {"name": 'admiralty-scale:source-reliability="b"'}


def text(uuid: str, value: str, **more: Any) -> dict[str, Any]:
    return {"uuid": uuid, "type": "text", "category": "Other", "value": value} | more


def part(name: str, uuid: str, fields: dict[str, str], **more: Any) -> dict[str, Any]:
    attributes = [
        text(f"{uuid}-{relation}", value, object_relation=relation)
        for relation, value in fields.items()
    ]
    return {"name": name, "uuid": uuid, "Attribute": attributes} | more


def source(uuid: str, fields: dict[str, str], *references: dict[str, str]) -> dict[str, Any]:
    return part("intelligence-source-assessment", uuid, fields, ObjectReference=[*references])


def news(uuid: str, fields: dict[str, str], **more: Any) -> dict[str, Any]:
    return part("news-media", uuid, fields, **more)


def refers(to: str, kind: str = "related-to", comment: str = "affirms") -> dict[str, str]:
    return {"referenced_uuid": to, "relationship_type": kind, "comment": comment}


def read(**event: Any) -> Import:
    return from_misp({"Event": {"info": "Ships"} | event})


def statement(case: Case, name: str) -> dict[str, Any]:
    (found,) = (each.written() for each in case.attributions if each.id == name)
    return dict(found)


SAILED = text("t1", "The ship sailed")


# ------------------------------------------------------------------ our own


@settings(max_examples=15)
@given(rich_cases())
def test_our_own_event_says_who_said_what_from_whom(written: dict[str, Any]) -> None:
    case = load_case(written)

    found = from_misp(to_misp(case, with_ids=True).document).case

    assert {each.id: each.text for each in found.claims} == {
        each.id: each.text for each in case.claims
    }
    assert [each.id for each in found.sources] == [each.id for each in case.sources]
    plain = {each.id for each in case.attributions if is_plain(case, each.id)}
    ours, theirs = what_is_said(case), what_is_said(found)
    assert {name: ours[name] for name in plain} == {name: theirs[name] for name in plain}


def is_plain(case: Case, name: str) -> bool:
    """Whether a statement speaks for one side alone, with nothing turned on the way."""
    return len({each.affirms for each in what_is_said(case)[name]}) == 1 and all(
        each.wording is None and each.basis != "inference" and each.stance != "disowns"
        for each in case.attributions
    )


@pytest.mark.parametrize("seed", shipped_seeds())
def test_a_seed_is_read_back_as_far_as_an_event_goes(seed: str) -> None:
    case = load_seed(seed)

    found = from_misp(json.dumps(to_misp(case, with_ids=True).document))

    assert found.losses == ()
    assert found.case.summary == case.summary
    assert found.case.note == case.note
    assert what_is_said(found.case) == what_is_said(case)
    assert [each.title for each in found.case.sources] == [each.title for each in case.sources]
    assert [each.reliability for each in found.case.sources] == [
        grade if isinstance(grade := each.reliability_on(), str) else None for each in case.sources
    ]


def test_relays_premises_and_what_is_disowned_are_told_apart() -> None:
    found = from_misp(to_misp(full_case(), with_ids=True).document).case

    assert statement(found, "story")["cites"] == ["log/sailed"]
    assert sorted(statement(found, "guess")["from"]) == ["hint", "log/armed"]
    assert statement(found, "never")["stance"] == "disowns"
    assert statement(found, "quiet")["stance"] == "silent"
    assert {each.id for each in found.attributions} == {
        each.id for each in full_case().attributions
    }


@settings(max_examples=15)
@given(rich_cases())
def test_an_event_whose_comments_were_dropped_still_tells_the_sides(
    written: dict[str, Any],
) -> None:
    case = load_case(written)
    event = to_misp(case, with_ids=True).document
    for each in event["Event"]["Object"]:
        for reference in each["ObjectReference"]:
            del reference["comment"]

    found = {each.id: each for each in from_misp(event).case.attributions}

    for each in case.attributions:
        sides = {said.affirms for said in what_is_said(case)[each.id]}
        if each.claims and not each.is_silence and len(sides) == 1:
            assert (found[each.id].stance == "affirms") == sides.pop(), each.id
        elif each.is_silence or each.stance == "disowns":
            assert (found[each.id].stance, found[each.id].would_speak) == (
                each.stance,
                each.would_speak,
            )


def test_who_says_nothing_without_a_chance_of_speaking_is_a_loss() -> None:
    quiet = {
        "source-id": "S",
        "evaluation": "Had it known, it would have said so with probability 3",
    }

    found = read(
        Attribute=[SAILED], Object=[source("o1", quiet, refers("t1", comment="says nothing"))]
    )

    assert found.case.attributions == ()
    assert [(loss.path, loss.what) for loss in found.losses] == [
        ("Object[0]", "that it says nothing")
    ]


# ------------------------------------------------------------------ that of others


def test_a_tagged_text_is_a_claim_of_the_organisation_as_likely_as_it_says() -> None:
    found = read(
        Attribute=[text("t1", "The ship sailed", Tag=[LIKELY])],
        Tag=[RELIABLE],
        Orgc={"name": "CERT"},
    )

    assert found.case.title == "Ships"
    assert found.case.written()["sources"] == [
        {"id": "CERT", "kind": "organisation", "reliability": "B"}
    ]
    # MISP's "likely" is 55 to 80 %.
    assert statement(found.case, "t1") == {
        "id": "t1",
        "source": "CERT",
        "claim": "t1",
        "wording": 0.675,
    }


def test_the_day_of_an_event_is_when_its_organisation_says_so_or_a_loss() -> None:
    said = read(Attribute=[text("t1", "It sailed", Tag=[LIKELY])], date="2024-05-01")
    unsaid = read(Attribute=[SAILED], date="2024-05-01")

    assert statement(said.case, "t1")["said_on"] == "2024-05-01"
    assert said.losses == ()
    assert [loss.path for loss in unsaid.losses] == ["Attribute[0]", "date"]


def test_a_text_that_nobody_speaks_of_is_a_loss() -> None:
    assert [loss.path for loss in read(Attribute=[SAILED]).losses] == ["Attribute[0]"]


def test_an_event_in_which_nothing_is_a_claim_says_so() -> None:
    found = read(Attribute=[text("d1", "evil.example") | {"type": "domain", "to_ids": True}])

    why = "only texts with a likelihood or an opinion, and what sources say, are"
    assert found.losses[0].why == f"it is not read as a claim: {why}"
    assert found.readings == (f"nothing in the event is read as a claim: {why}",)


def test_an_assessment_is_a_source_and_says_what_it_refers_to() -> None:
    fields = {
        "source-id": "S-7",
        "source-summary": "A pilot",
        "source-reliability": "C - Fairly reliable",
        "evaluation": "Saw it",
        "collection-time": "2015-08-21T10:00:00Z",
    }

    found = read(Attribute=[SAILED], Object=[source("o1", fields, refers("t1", comment="denies"))])

    assert found.case.written()["sources"] == [{"id": "S-7", "name": "A pilot", "reliability": "C"}]
    assert statement(found.case, "o1") == {
        "id": "o1",
        "source": "S-7",
        "claim": "t1",
        "stance": "denies",
        "note": "Saw it",
        "said_on": "2015-08-21",
    }
    assert found.losses == ()


def test_an_assessment_of_both_sides_is_two_statements() -> None:
    both = [refers("t1"), refers("t2", comment="denies")]

    found = read(
        Attribute=[SAILED, text("t2", "It came back")],
        Object=[source("o1", {"source-id": "S"}, *both)],
    )

    assert [each.stance for each in found.case.attributions] == ["affirms", "denies"]


def test_the_report_that_an_assessment_names_is_what_its_source_says() -> None:
    found = read(Object=[source("o1", {"source-id": "S", "related-report": "The ship sailed"})])

    assert found.case.claims[0].text == "The ship sailed"
    assert statement(found.case, "o1")["claim"] == found.case.claims[0].id


def test_an_assessment_of_nothing_is_a_source_with_what_is_remarked_of_it() -> None:
    found = read(Object=[source("o1", {"source-summary": "kind outlet", "comment": "Slow"})])

    assert found.case.written()["sources"] == [
        {"id": "kind outlet", "kind": "outlet", "note": "Slow"}
    ]
    assert found.case.attributions == ()


def test_what_an_assessment_cannot_say_is_lost() -> None:
    odd = {"source-id": "S", "source-reliability": "good", "information-credibility": "2"}

    found = read(
        Attribute=[SAILED],
        Object=[
            source("o1", odd, refers("t1", comment="doubts")),
            source("o2", {"comment": "nobody"}),
            part("file", "o3", {"filename": "x"}),
        ],
    )

    assert [(loss.path, loss.what) for loss in found.losses] == [
        ("Object[0]", "the reliability 'good'"),
        ("Object[0]", "the credibility"),
        ("Object[0]", "what it is about"),
        ("Object[1]", "an assessment"),
        ("Object[2]", "the object 'file'"),
    ]


def test_an_article_is_what_its_outlet_published_and_says() -> None:
    fields = {
        "source": "The Daily",
        "type": "Newspaper",
        "title": "The ship sailed",
        "content": "At night.",
        "link": "https://example.org/ship",
        "address": "Port Said",
    }

    found = read(Object=[news("n1", fields, first_seen="2015-08-22T00:00:00Z")])

    assert found.case.written()["sources"] == [{"id": "The Daily", "kind": "outlet"}]
    assert found.case.written()["documents"] == [
        {
            "id": "ship",
            "publisher": "The Daily",
            "title": "The ship sailed",
            "url": "https://example.org/ship",
        }
    ]
    assert statement(found.case, "n1") == {
        "id": "n1",
        "source": "The Daily",
        "claim": "n1",
        "document": "ship",
        "said_on": "2015-08-22",
        "note": "At night.",
    }
    assert [loss.what for loss in found.losses] == ["the address"]


def test_an_article_that_refers_to_a_claim_speaks_of_that() -> None:
    wire = {"source": "Wire", "type": "News agency"}

    found = read(Attribute=[SAILED], Object=[news("n1", wire, ObjectReference=[refers("t1")])])

    assert statement(found.case, "n1")["claim"] == "t1"
    assert found.case.sources[0].kind == "agency"


def test_an_article_of_nobody_that_says_nothing_is_a_loss() -> None:
    found = read(
        Object=[news("n1", {"url": "ftp://x"}), news("n2", {"transcription": "It sailed"})]
    )

    assert [loss.what for loss in found.losses] == ["an article"]
    assert found.case.sources[1].kind == "unnamed"


@pytest.mark.parametrize(
    ("level", "fields"),
    [
        (100, {}),
        ("75", {"wording": 0.75}),
        (50, {"wording": 0.5}),
        (10, {"wording": 0.9, "stance": "denies"}),
        (0, {"stance": "denies"}),
    ],
)
def test_an_opinion_is_a_statement_of_its_author(level: Any, fields: dict[str, Any]) -> None:
    opinion = {
        "uuid": "p1",
        "opinion": level,
        "authors": "ann@example.org",
        "comment": "why",
        "created": "2015-09-01 10:00:00",
    }

    found = read(Attribute=[SAILED | {"Opinion": [opinion]}])

    assert statement(found.case, "p1") == fields | {
        "id": "p1",
        "source": "ann@example.org",
        "claim": "t1",
        "note": "why",
        "said_on": "2015-09-01",
    }


def test_an_opinion_of_a_denial_that_agrees_denies_too() -> None:
    denial = source("o1", {"source-id": "S"}, refers("t1", comment="denies"))

    found = read(Attribute=[SAILED], Object=[denial | {"Opinion": [{"uuid": "p1", "opinion": 80}]}])

    assert statement(found.case, "p1")["stance"] == "denies"
    assert found.case.sources[1].kind == "unnamed"


def test_an_opinion_of_nothing_said_is_a_loss() -> None:
    found = read(Opinion=[{"opinion": 80}], Attribute=[SAILED | {"Opinion": [{"opinion": 101}]}])

    assert [(loss.path, loss.why) for loss in found.losses] == [
        ("Opinion[0]", "it is not about a claim"),
        ("Attribute[0].Opinion[0]", "it is no number up to 100"),
    ]


def test_notes_stand_beside_what_they_are_about() -> None:
    notes = [{"note": "seen", "authors": "ann"}, {"note": "again"}]
    marked = text("t1", "The ship sailed", Tag=[LIKELY], Note=notes, comment="at night")

    found = read(Attribute=[marked], Note=[{"note": "of the event"}])

    assert found.case.claims[0].note == "at night\nann: seen\nagain"
    assert [loss.path for loss in found.losses] == ["Note[0]"]


def test_what_derives_from_a_statement_is_a_relay_of_it() -> None:
    origin = source("o1", {"source-id": "S"}, refers("t1"), refers("o2", "derived-from", ""))
    relay = source("o2", {"source-id": "T"})
    lost = source("o3", {"source-id": "U"}, refers("gone", "derived-from", ""))

    found = read(Attribute=[SAILED], Object=[origin, relay, lost])

    assert statement(found.case, "o2") == {"id": "o2", "source": "T", "cites": ["o1"]}
    assert [loss.path for loss in found.losses] == ["Object[2]"]


def test_who_passes_on_what_it_also_infers_from_is_a_relay() -> None:
    origin = source(
        "o1",
        {"source-id": "S"},
        refers("t1"),
        refers("o2", "derived-from", "x infers from this"),
        refers("o2", "derived-from", "x passes on this"),
    )

    found = read(
        Attribute=[SAILED], Object=[origin, source("o2", {"source-id": "T"}, refers("t1"))]
    )

    assert statement(found.case, "o2") == {"id": "o2", "source": "T", "cites": ["o1"]}


def test_tags_that_say_nothing_of_sources_or_that_are_results_are_losses() -> None:
    tags = [
        {"name": "tlp:green"},
        {"name": 'admiralty-scale:information-credibility="2"'},
        {"name": 'estimative-language:confidence-in-analytic-judgment="low"'},
        7,
    ]

    found = read(
        Tag=[*tags, LIKELY, RELIABLE],
        Attribute=[text("t1", "x", Tag=[{"name": 'admiralty-scale:source-reliability="c"'}])],
    )

    assert [loss.what for loss in found.losses] == [
        "the tag 'tlp:green'",
        "the credibility",
        "the confidence",
        "the likelihood",
        "the text 'x'",
        "the grade C",
    ]


def test_an_article_of_both_sides_takes_the_one_that_denies() -> None:
    both = [refers("t1"), refers("t2", comment="denies")]

    found = read(
        Attribute=[SAILED, text("t2", "It came back")],
        Object=[news("n1", {"source": "The Daily"}, ObjectReference=both)],
    )

    assert statement(found.case, "n1")["stance"] == "denies"
    assert [loss.what for loss in found.losses] == ["what else it affirms: t1"]


def test_an_article_that_passes_something_on_says_that() -> None:
    wire = source("o1", {"source-id": "S"}, refers("t1"), refers("n1", "derived-from", ""))

    found = read(
        Attribute=[SAILED], Object=[wire, news("n1", {"source": "Daily", "title": "It did"})]
    )

    assert statement(found.case, "n1")["cites"] == ["o1"]
    assert [loss.what for loss in found.losses] == ["what it says itself"]


def test_of_several_reports_that_an_assessment_names_one_is_what_it_says() -> None:
    one = source("o1", {"source-id": "S", "related-report": "It sailed"})
    one["Attribute"].append(text("r2", "It came back", object_relation="related-report"))

    found = read(Object=[one])

    assert [each.text for each in found.case.claims] == ["It sailed"]
    assert [loss.what for loss in found.losses] == ["a report that it names"]


def test_a_chance_of_speaking_that_is_no_number_is_none() -> None:
    quiet = {"source-id": "S", "evaluation": "it would have said so with probability 1.2.3 "}

    found = read(
        Attribute=[SAILED], Object=[source("o1", quiet, refers("t1", comment="says nothing"))]
    )

    assert [loss.what for loss in found.losses] == ["that it says nothing"]


def test_links_are_documents() -> None:
    found = read(
        Attribute=[text("l1", "https://example.org/a", type="link"), text("l2", "", type="link")]
    )

    assert found.case.written()["documents"] == [{"id": "a", "url": "https://example.org/a"}]
    assert [loss.why for loss in found.losses] == ["it has no text"]


RICH: dict[str, Any] = {
    "info": "Ships",
    "Orgc": {"name": "CERT"},
    "Galaxy": [{"name": "x"}],
    "Attribute": [
        text("t1", "The ship sailed", Sighting=[{}], Tag=[LIKELY]),
        text("t2", "192.0.2.1", type="ip-dst"),
    ],
    "Object": [source("o1", {"source-id": "S"}, refers("t1")) | {"Event": 3}],
}


def test_whatever_an_event_says_is_in_the_case_or_among_the_losses() -> None:
    whole = read(**RICH)
    lost = {loss.path for loss in whole.losses}

    assert lost == {"Galaxy", "Attribute[0].Sighting", "Attribute[1]", "Object[0].Event"}
    for section in ("Attribute", "Object"):
        for position, each in enumerate(RICH[section]):
            for key in each.keys() - {"uuid", "category"}:
                other = copy.deepcopy(RICH)
                del other[section][position][key]
                path = f"{section}[{position}]"
                told = any(each == path or each.startswith(f"{path}.{key}") for each in lost)
                assert told or read(**other).case != whole.case, (path, key)


WORDS = st.sampled_from(("The ship sailed", "Ann", "affirms", "denies", "disowns", "seen"))
TARGETS = st.sampled_from(("t1", "t2", "o1", "o2", "n1", "gone"))
DAYS = st.sampled_from(("2015-08-21T10:00:00Z", "2016", "soon"))
TAGS = st.lists(st.sampled_from((LIKELY, RELIABLE, {"name": "tlp:green"})), max_size=1)
REFERENCES = st.lists(
    st.fixed_dictionaries(
        {
            "referenced_uuid": TARGETS,
            "relationship_type": st.sampled_from(
                ("related-to", "derived-from", "attributed-to", "mentions")
            ),
        },
        optional={"comment": WORDS},
    ),
    max_size=2,
)
REMARKS: dict[str, st.SearchStrategy[Any]] = {
    "Opinion": st.lists(
        st.fixed_dictionaries(
            {"uuid": st.just("p1"), "opinion": st.sampled_from((10, 80, "x"))},
            optional={"authors": WORDS, "comment": WORDS, "created": DAYS},
        ),
        max_size=1,
    ),
    "Note": st.lists(
        st.fixed_dictionaries({}, optional={"note": WORDS, "authors": WORDS}), max_size=1
    ),
    "first_seen": DAYS,
}


def object_of(name: str, uuid: str, *relations: str) -> st.SearchStrategy[dict[str, Any]]:
    """An object with some attributes in some of the relations."""
    field = st.fixed_dictionaries(
        {"object_relation": st.sampled_from(relations), "value": WORDS | DAYS},
        optional={"comment": WORDS, "Tag": TAGS, "deleted": st.booleans()},
    )
    fields = st.lists(field, max_size=4).map(
        lambda found: [{"uuid": f"{uuid}-{n}"} | each for n, each in enumerate(found)]
    )
    return st.fixed_dictionaries(
        {"name": st.just(name), "uuid": st.just(uuid), "Attribute": fields},
        optional=REMARKS | {"ObjectReference": REFERENCES, "deleted": st.booleans()},
    )


ASSESSMENT = (
    *("source-id", "source-summary", "source-reliability", "evaluation", "comment"),
    *("related-report", "collection-time", "source-type"),
)
EVENTS = st.fixed_dictionaries(
    {
        "info": WORDS,
        "Attribute": st.tuples(
            *(
                st.fixed_dictionaries(
                    {"uuid": st.just(uuid), "type": st.just("text"), "value": WORDS},
                    optional=REMARKS | {"comment": WORDS, "Tag": TAGS},
                )
                for uuid in ("t1", "t2")
            )
        ).map(list),
        "Object": st.tuples(
            object_of("intelligence-source-assessment", "o1", *ASSESSMENT),
            object_of("intelligence-source-assessment", "o2", *ASSESSMENT),
            object_of("news-media", "n1", "source", "alias", "title", "content", "link", "phone"),
        ).map(list),
    },
    optional={"Orgc": st.just({"name": "CERT"}), "Tag": TAGS, "Galaxy": WORDS},
)
# What kind of text a text is, and how it is stored and shared.
SILENT = (
    r"(^|\.)(uuid|id|type|category|to_ids|timestamp|distribution|disable_correlation|deleted"
    r"|template_\w+|meta-category|description|object_uuid|published|analysis|threat_level_id|date)$"
)


@settings(max_examples=25)
@given(EVENTS, st.randoms(use_true_random=False))
def test_whatever_events_of_others_say_is_in_the_case_or_among_the_losses(
    event: dict[str, Any], generator: random.Random
) -> None:
    trail = generator.choice([*values_in(event)])

    assert_reading_accounts_for(event, from_misp, trail, silent=SILENT)


@settings(max_examples=10)
@given(rich_cases(), st.randoms(use_true_random=False))
def test_whatever_our_own_event_says_is_in_the_case_or_among_the_losses(
    written: dict[str, Any], generator: random.Random
) -> None:
    event = to_misp(load_case(written), with_ids=True).document["Event"]
    trail = generator.choice([*values_in(event)])

    assert_reading_accounts_for(event, from_misp, trail, silent=rf"{SILENT}|^Orgc")


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("document", [{}, [], "{", 3, {"Event": 3}, {"Event": {"uuid": "x"}}])
def test_what_is_no_event_is_refused(document: Any) -> None:
    with pytest.raises(FormatError):
        from_misp(document)


@pytest.mark.parametrize("listed", [False, True])
def test_a_search_that_found_one_event_is_that_event(listed: bool) -> None:
    event = {"Event": {"info": "Ships", "Attribute": [text("t1", "It sailed", Tag=[LIKELY])]}}

    found = from_misp([event] if listed else {"response": [event]})

    assert found == from_misp(event)


@pytest.mark.parametrize("count", [0, 2])
def test_a_search_that_found_several_events_is_refused_with_what_to_do(count: int) -> None:
    with pytest.raises(FormatError, match=f"answer to a search, of {count} .*merge_cases"):
        from_misp({"response": [{"Event": {"info": "Ships"}}] * count})


def test_an_event_is_read_without_what_is_around_it_and_without_a_maker() -> None:
    found = from_misp({"Attribute": [text("t1", "It sailed", Tag=[LIKELY])]})

    assert found.case.title is None
    assert found.case.sources[0].kind == "unnamed"


UUIDS = st.sampled_from(("t1", "t2", "o1", "o2", "o1-source-id", ""))
VALUES = st.one_of(UUIDS, st.none(), st.integers(0, 120), st.text(max_size=3), st.just([{}]))
REFERENCES = st.lists(
    st.fixed_dictionaries(
        {
            "referenced_uuid": UUIDS,
            "relationship_type": st.sampled_from(("related-to", "derived-from", "attributed-to")),
            "comment": st.sampled_from(
                ("affirms", "denies", "", "disowns this", "a infers from b")
            ),
        }
    ),
    max_size=3,
)
ATTRIBUTES = st.lists(
    st.fixed_dictionaries(
        {"uuid": UUIDS, "type": st.sampled_from(("text", "link", "comment")), "value": VALUES},
        optional={
            "object_relation": st.sampled_from(("source-id", "source-summary", "title", "source")),
            "Opinion": st.lists(st.fixed_dictionaries({"opinion": VALUES}), max_size=2),
            "Note": st.lists(st.fixed_dictionaries({"note": VALUES}), max_size=2),
            "Tag": st.lists(st.fixed_dictionaries({"name": VALUES}), max_size=2),
            "comment": st.sampled_from(("claim a", "claim a; b", "document d", "note of the case")),
        },
    ),
    max_size=4,
)


@settings(max_examples=150)
@given(
    ATTRIBUTES,
    st.lists(
        st.fixed_dictionaries(
            {
                "uuid": UUIDS,
                "name": st.sampled_from(("intelligence-source-assessment", "news-media", "x")),
                "Attribute": ATTRIBUTES,
                "ObjectReference": REFERENCES,
            }
        ),
        max_size=4,
    ),
)
def test_any_event_is_read_or_refused_in_our_own_words(attributes: Any, objects: Any) -> None:
    with contextlib.suppress(FormatError):
        assert read(Attribute=attributes, Object=objects).case.version == 1
