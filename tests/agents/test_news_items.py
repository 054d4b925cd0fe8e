"""Three short news items and the cases that were made of them by the schema and the descriptions alone.

The items are made up, and the cases stand as they were first written down: they are valid, and
they mean what the texts say.
"""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from provenance import Case, weigh
from provenance.agents import call_tool, case_from_model, tool_schema

BRIDGE = """\
The bridge at Orsk was closed on Tuesday after cracks were found in a pier, the regional transport
office said. "We saw them during the yearly inspection," engineer Ivan Petrov told Radio Orsk. The
mayor denied that the bridge was in danger. Radio Orsk was the first to report the closure; the
Morning Post carried its report."""

BRIDGE_CASE: dict[str, Any] = {
    "version": 1,
    "title": "The bridge at Orsk",
    "claims": [
        {"id": "cracks", "text": "There are cracks in a pier of the bridge at Orsk"},
        {"id": "danger", "text": "The bridge at Orsk is in danger"},
    ],
    "sources": [
        {"id": "office", "name": "The regional transport office", "kind": "government"},
        {"id": "petrov", "name": "Ivan Petrov", "kind": "person"},
        {"id": "mayor", "name": "The mayor of Orsk", "kind": "government"},
        {"id": "radio", "name": "Radio Orsk", "kind": "outlet", "reliability": "B"},
        {"id": "post", "name": "Morning Post", "kind": "outlet", "reliability": "B"},
    ],
    "attributions": [
        {"id": "office-cracks", "source": "office", "claim": "cracks"},
        {"id": "petrov-cracks", "source": "petrov", "claim": "cracks", "basis": "firsthand"},
        {"id": "mayor-danger", "source": "mayor", "claim": "danger", "stance": "denies"},
        {
            "id": "radio-report",
            "source": "radio",
            "cites": ["office-cracks", "petrov-cracks", "mayor-danger"],
        },
        {"id": "post-report", "source": "post", "cites": "radio-report"},
    ],
    "links": [
        {"kind": "evidence", "claim": "danger", "sign": "cracks", "if_true": 0.9, "if_false": 0.1}
    ],
}

MINISTER = """\
The finance minister will probably resign this week, two people close to the cabinet said on Monday,
asking not to be named. A spokesman called the report nonsense. The Herald, citing "sources", said
the letter had already been written."""

MINISTER_CASE: dict[str, Any] = {
    "version": 1,
    "title": "Will the minister resign?",
    "claims": [
        {"id": "resigns", "text": "The finance minister resigns this week", "prior": 0.05},
        {"id": "letter", "text": "The finance minister has written a letter of resignation"},
    ],
    "sources": [
        {"id": "first", "kind": "unnamed", "described_as": "a person close to the cabinet"},
        {"id": "second", "kind": "unnamed", "described_as": "a person close to the cabinet"},
        {"id": "spokesman", "kind": "government"},
        {"id": "herald-sources", "kind": "unnamed", "described_as": "sources"},
        {"id": "agency", "name": "The agency", "kind": "agency", "reliability": "B"},
        {"id": "herald", "name": "The Herald", "kind": "outlet", "reliability": "C"},
    ],
    "attributions": [
        {"id": "first-says", "source": "first", "claim": "resigns", "wording": "probably",
         "said_on": "2024-03-04"},
        {"id": "second-says", "source": "second", "claim": "resigns", "wording": "probably",
         "said_on": "2024-03-04"},
        {"id": "spokesman-says", "source": "spokesman", "claim": "resigns", "stance": "denies",
         "verb": "called the report nonsense"},
        {"id": "agency-report", "source": "agency",
         "cites": ["first-says", "second-says", "spokesman-says"]},
        {"id": "herald-sources-say", "source": "herald-sources", "claim": "letter"},
        {"id": "herald-report", "source": "herald", "cites": "herald-sources-say"},
    ],
    "links": [
        {"kind": "evidence", "claim": "resigns", "sign": "letter", "if_true": 0.8, "if_false": 0.02}
    ],
}  # fmt: skip

FACTORY = """\
Satellite pictures show smoke over the Delta works, the institute said. Delta's management first
said that there had been a fire, and withdrew that a day later. According to the union, nobody was
hurt; the hospital, which counts everybody it treats for burns, has reported no case."""

FACTORY_CASE: dict[str, Any] = {
    "version": 1,
    "claims": [
        {"id": "fire", "text": "There was a fire at the Delta works"},
        {"id": "smoke", "text": "There was smoke over the Delta works"},
        {"id": "hurt", "text": "Somebody was hurt at the Delta works"},
    ],
    "sources": [
        {"id": "satellite", "name": "The satellite", "kind": "sensor", "reliability": 0.95},
        {"id": "institute", "kind": "organisation", "reliability": "A"},
        {"id": "delta", "name": "The management of Delta", "kind": "organisation"},
        {"id": "union", "kind": "organisation", "reliability": "C"},
        {"id": "hospital", "kind": "organisation", "reliability": "B"},
    ],
    "attributions": [
        {"id": "picture", "source": "satellite", "claim": "smoke", "basis": "firsthand"},
        {"id": "institute-says", "source": "institute", "cites": "picture"},
        {"id": "delta-says", "source": "delta", "claim": "fire", "said_on": "2024-05-01",
         "retracted_on": "2024-05-02"},
        {"id": "union-says", "source": "union", "claim": "hurt", "stance": "denies"},
        {"id": "hospital-silent", "source": "hospital", "claim": "hurt", "stance": "silent",
         "would_speak": 0.9},
    ],
    "links": [
        {"kind": "evidence", "claim": "fire", "sign": "smoke", "if_true": 0.9, "if_false": 0.05}
    ],
}  # fmt: skip

CASES = {"bridge": BRIDGE_CASE, "minister": MINISTER_CASE, "factory": FACTORY_CASE}


def read(name: str) -> Case:
    return case_from_model(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_a_case_written_by_the_schema_is_valid_at_the_first_try(name: str) -> None:
    Draft202012Validator(tool_schema()["input_schema"]).validate(CASES[name])

    assert not call_tool("check", {"case": CASES[name]}).is_error
    assert not call_tool("weigh", {"case": CASES[name]}).is_error


def test_the_post_has_the_bridge_from_the_radio_and_from_nobody_else() -> None:
    lineage = weigh(read("bridge"), "cracks").lineage

    assert {origin.source for origin in lineage.origins} == {"office", "petrov"}
    assert "radio" in lineage.shared


def test_the_mayor_speaks_against_the_danger() -> None:
    origins = {each.source: each for each in weigh(read("bridge"), "danger").origins}

    assert origins["mayor"].opposes
    assert not origins["mayor"].supports


def test_the_two_people_are_not_more_sure_than_they_sound_and_the_spokesman_denies() -> None:
    case = read("minister")
    sides = {each.source: (each.supports, each.opposes) for each in weigh(case, "resigns").origins}

    assert [each.wording for each in case.attributions[:2]] == ["probably", "probably"]
    assert sides["first"] == (True, False)
    assert sides["spokesman"] == (False, True)
    assert sides["herald-sources"] == (True, False)


def test_the_fire_was_withdrawn_and_the_silence_speaks_against_anybody_being_hurt() -> None:
    case = read("factory")

    before = weigh(case, "fire", as_of="2024-05-01")
    after = weigh(case, "fire")
    hurt = weigh(case, "hurt")

    assert "delta" in {each.source for each in before.origins}
    assert "delta" not in {each.source for each in after.origins}
    assert hurt.probability < hurt.prior
