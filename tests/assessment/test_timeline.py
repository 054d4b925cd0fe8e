"""Timelines: every day's answer is that of its day, and the last one is today's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.assessment import as_data, timeline, weigh
from provenance.casefiles import load_case, load_seed
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, UnknownName
from provenance.inference import Coupling
from tests.cases.strategies import cases

CASE = load_case(
    {
        "version": 1,
        "claims": [
            {"id": "sailed", "text": "The ship sailed", "prior": 0.1},
            {"id": "seen", "text": "It was seen", "resolved": {"value": True, "on": "2015-10"}},
        ],
        "sources": [
            {"id": "pilot", "reliability": "C"},
            {"id": "port", "reliability": "B"},
            {"id": "daily", "reliability": "B"},
        ],
        "attributions": [
            {"id": "log", "source": "pilot", "claim": "sailed", "said_on": "2015-07-22"},
            {
                "id": "denial",
                "source": "port",
                "claim": "sailed",
                "stance": "denies",
                "said_on": "2015-08-01/2015-08-09",
                "retracted_on": "2015-09",
            },
            {"id": "rumour", "source": "daily", "claim": "sailed", "wording": "probably"},
        ],
        "links": [
            {"kind": "evidence", "claim": "sailed", "sign": "seen", "if_true": 0.8, "if_false": 0.1}
        ],
    }
)


def test_a_day_on_which_somebody_is_judged_anew_has_an_entry() -> None:
    grades = [
        {"from": day, "reliability": grade}
        for day, grade in (("2014", "C"), ("2016-03", "C"), ("2016-05", "A"))
    ]
    written = CASE.written()
    written["sources"][0]["reliability"] = grades
    written["sources"][2]["reliability"] = [{"from": "2013", "reliability": "B"}]
    case = load_case(written)

    found = timeline(case, "sailed")

    assert [entry.graded for entry in found.entries[-2:]] == [(), ("pilot",)]
    assert str(found).splitlines()[-3].endswith("judged anew: pilot")
    assert found.entries[-1].probability == weigh(case, "sailed").probability


def test_every_day_has_what_became_known_on_it() -> None:
    found = timeline(CASE, "sailed")

    assert [
        (entry.on and entry.on.isoformat(), entry.arrived, entry.withdrawn, entry.settled)
        for entry in found.entries
    ] == [
        (None, ("rumour",), (), ()),
        ("2015-07-22", ("log",), (), ()),
        ("2015-08-01", ("denial",), (), ()),
        ("2015-09-01", (), ("denial",), ()),
        ("2015-10-01", (), (), ("seen",)),
    ]


def test_a_statement_that_is_withdrawn_loses_what_it_had() -> None:
    entries = timeline(CASE, "sailed").entries

    assert entries[3].moved == pytest.approx(-(entries[2].moved or 0.0))
    assert entries[3].probability == pytest.approx(entries[1].probability)


def test_what_has_no_date_counts_from_the_start_with_a_caveat() -> None:
    found = timeline(CASE, "sailed")

    assert found.undated == ("rumour",)
    assert [each.kind for each in found.caveats] == ["undated"]
    assert found.entries[0].probability > found.entries[0].assessment.prior


def test_it_stops_on_the_day_that_is_asked_for() -> None:
    found = timeline(CASE, "sailed", as_of="2015-08-01")

    assert [entry.on for entry in found.entries] == [None, date(2015, 7, 22), date(2015, 8, 1)]
    assert found.entries[-1].probability == weigh(CASE, "sailed", as_of="2015-08-01").probability


def test_only_what_is_about_the_story_is_in_it() -> None:
    other = CASE.evolve(
        claims=(*CASE.claims, CASE.claims[0].evolve(id="else", text="Something else")),
        attributions=(
            *CASE.attributions,
            CASE.attributions[0].evolve(id="aside", claim="else", said_on="2014"),
        ),
    )

    assert timeline(other, "sailed").data == timeline(CASE, "sailed").data
    assert len(timeline(other, "else").entries) == 2


def test_a_case_without_dates_has_only_a_start() -> None:
    bare = load_case({"version": 1, "claims": CASE.claims, "sources": [], "attributions": []})

    (entry,) = timeline(bare, "sailed", as_of=date.min).entries

    assert (entry.on, entry.moved) == (None, 0.0)
    assert "nothing yet" in str(timeline(bare, "sailed"))


def test_a_claim_that_is_not_there_is_an_unknown_name() -> None:
    with pytest.raises(UnknownName):
        timeline(CASE, "salied")


def test_it_prints_a_line_for_every_day() -> None:
    lines = str(timeline(CASE, "sailed")).splitlines()

    assert lines[2].startswith("start")
    assert lines[3].startswith("2015-07-22")
    assert lines[3].endswith("  pilot")
    assert lines[-1].startswith("Caveat: no date is known")


@given(st.data())
def test_the_last_entry_is_what_weighing_says(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    coupling: Coupling = data.draw(st.sampled_from(("story", "source", "none")))
    try:
        found = timeline(case, claim, coupling=coupling)
        whole = weigh(case, claim, coupling=coupling)
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    last = {**as_data(found.entries[-1].assessment), "as_of": None}
    expected = as_data(whole)
    # Reasons for being left out that lie in the future of every date of the story do not count.
    del last["ignored"], expected["ignored"], last["caveats"], expected["caveats"]
    assert last == expected


@given(st.data())
def test_every_entry_is_the_answer_as_of_its_day(data: st.DataObject) -> None:
    case = load_case(data.draw(cases()))
    claim = data.draw(st.sampled_from(case.claims)).id
    try:
        found = timeline(case, claim)
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    for entry in found.entries[1:]:
        assert entry.probability == weigh(case, claim, as_of=entry.on).probability


@given(st.data())
def test_before_everything_the_answer_is_the_prior(data: st.DataObject) -> None:
    written = data.draw(cases())
    for number, each in enumerate(written["attributions"]):
        each["said_on"] = f"2015-08-{10 + number}"
    for claim in written["claims"]:
        if "resolved" in claim:
            claim["resolved"]["on"] = "2015-09"
    case = load_case(written)
    claim = data.draw(st.sampled_from(case.claims)).id
    try:
        found = timeline(case, claim)
    except (ImpossibleEvidence, IncompatiblePriors):
        assume(False)

    start = found.entries[0]
    assert start.probability == pytest.approx(start.assessment.prior, abs=1e-12)
    assert start.moved == 0.0
    before = weigh(case, claim, as_of=date(2015, 8, 10) - timedelta(days=1))
    assert before.probability == pytest.approx(before.prior, abs=1e-12)


def test_the_arms_case_grew_in_two_steps() -> None:
    found = timeline(load_seed("egypt-arms-2015"), "armed")

    assert [entry.on and entry.on.isoformat() for entry in found.entries] == [
        None,
        "2015-08-21",
        "2015-09-04",
    ]
    assert found.entries[1].moved == 0.0


def test_a_minute_to_stop_at_cuts_the_last_day_short() -> None:
    """What is said later on that day is not heard yet, as for weighing."""
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": "x", "text": "that x", "prior": 0.5}],
            "sources": [{"id": "a", "reliability": "B"}, {"id": "b", "reliability": "B"}],
            "attributions": [
                {"id": "early", "source": "a", "claim": "x", "said_on": "2015-08-28T09:00Z"},
                {
                    "id": "late",
                    "source": "b",
                    "claim": "x",
                    "stance": "denies",
                    "said_on": "2015-08-28T17:00Z",
                },
            ],
        }
    )
    noon = "2015-08-28T12:00Z"

    found = timeline(case, "x", as_of=noon)

    assert found.entries[-1].probability == weigh(case, "x", as_of=noon).probability
    assert found.entries[-1].probability > timeline(case, "x").entries[-1].probability
