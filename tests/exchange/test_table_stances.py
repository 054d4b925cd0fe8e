"""Tables: on which side of a claim a row stands, whomever it cites, and how it says so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance import load_case, weigh
from provenance.errors import TableError
from provenance.exchange import from_tables

CLAIM = "The hospital was hit"
SOURCES = ("MSF", "AFP", "Reuters", "NOW", "the ministry")
GRADES = [{"id": name, "reliability": grade} for name, grade in zip(SOURCES, "BCACD", strict=True)]
PRIOR = [{"id": "hit", "text": CLAIM, "prior": 0.3}]


def statements(table: Any, **more: Any) -> list[tuple[str, Any, Any, str]]:
    case = from_tables(table, **more).case
    return [(each.source, each.claim, each.cites, each.stance) for each in case.attributions]


def problems(table: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(TableError) as caught:
        from_tables(table, **more)
    return [(problem.path, problem.code) for problem in caught.value.problems]


# One story, written down in every way


@st.composite
def stories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Who says something of one claim: each for itself, or from some of those before it."""
    story: list[dict[str, Any]] = []
    for name in draw(st.permutations(SOURCES))[: draw(st.integers(1, 5))]:
        cites: list[str] = []
        if story and draw(st.booleans()):
            known = [each["source"] for each in story]
            cites = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
        sides = {_side(story, each) for each in cites}
        own = draw(st.sampled_from(("affirms", "denies")))
        side = sides.pop() if len(sides) == 1 else None if sides else own
        story.append({"source": name, "cites": cites, "side": side})
    return story


def _side(story: list[dict[str, Any]], source: str) -> str | None:
    return next(each["side"] for each in story if each["source"] == source)


def plainly(story: list[dict[str, Any]]) -> dict[str, Any]:
    """The story as a case file, with ids and without a table."""
    said = []
    for each in story:
        record: dict[str, Any] = {"id": each["source"], "source": each["source"]}
        if each["cites"]:
            record["cites"] = each["cites"]
        else:
            record |= {"claim": "hit", "stance": each["side"]}
        said.append(record)
    return {"version": 1, "claims": PRIOR, "sources": GRADES, "attributions": said}


@st.composite
def tables(draw: st.DrawFn, story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a sheet that say the same, in one of many ways and in any order."""
    unheard = {
        each["source"]
        for each in story
        if not each["cites"]
        and any(each["source"] in other["cites"] for other in story)
        and draw(st.booleans())
    }
    rows: list[dict[str, Any]] = []
    for each in story:
        if each["source"] in unheard:
            continue
        by_name = bool(unheard & set(each["cites"])) or draw(st.booleans())
        row: dict[str, Any] = {"source": each["source"]}
        if draw(st.booleans()) or not by_name:
            row["id"] = f"id of {each['source']}"
        if each["cites"]:
            row["cites"] = "; ".join(each["cites"])
        if not each["cites"] or unheard & set(each["cites"]) or draw(st.booleans()):
            row["claim"] = draw(st.sampled_from(("hit", CLAIM)))
            # Whoever names a source that has no row says where it stands.
            must = each["side"] == "denies" and (not each["cites"] or unheard & set(each["cites"]))
            if each["side"] and (must or draw(st.booleans())):
                words = {
                    "affirms": ("affirms", "Yes", "for"),
                    "denies": ("denies", "no", "against"),
                }
                row["stance"] = draw(st.sampled_from(words[each["side"]]))
        rows.append(row)
    return draw(st.permutations(rows))


@settings(max_examples=60)
@given(st.data())
def test_however_a_story_is_written_down_the_answer_is_the_same(data: st.DataObject) -> None:
    story = data.draw(stories())
    rows = data.draw(tables(story))
    heard = {row["source"] for row in rows}
    # One cell cannot say two things of sources that have no rows.
    assume(all(each["side"] or set(each["cites"]) <= heard for each in story))

    expected = weigh(load_case(plainly(story)), "hit")
    found = weigh(from_tables(rows, sources=GRADES, claims=PRIOR).case, "hit")

    assert found.probability == pytest.approx(expected.probability, abs=1e-12)
    assert found.independent_origins == expected.independent_origins
    assert found.opposing_origins == expected.opposing_origins


# Which side a row is on


def test_a_denial_of_what_denies_passes_the_denial_on() -> None:
    table = f"source,claim,cites,stance\nMSF,{CLAIM},,denies\nAFP,{CLAIM},MSF,denies\n"

    assert statements(table) == [
        ("MSF", CLAIM, None, "denies"),
        ("AFP", None, "row-1", "affirms"),
    ]


def test_a_denial_of_what_affirms_is_the_row_s_own_and_passes_nothing_on() -> None:
    table = f"source,claim,cites,stance\nMSF,{CLAIM},,yes\nAFP,{CLAIM},MSF,denies\n"

    assert statements(table)[1] == ("AFP", CLAIM, None, "denies")


def test_an_affirmation_of_what_denies_is_the_row_s_own() -> None:
    table = f"source,claim,cites,stance\nMSF,{CLAIM},,no\nAFP,{CLAIM},MSF,affirms\n"

    assert statements(table)[1] == ("AFP", CLAIM, None, "affirms")


def test_a_row_without_a_stance_passes_on_whatever_is_said() -> None:
    table = f"source,claim,cites,stance\nMSF,{CLAIM},,no\nAFP,{CLAIM},MSF,\nNOW,{CLAIM},AFP,no\n"

    assert statements(table)[1:] == [
        ("AFP", None, "row-1", "affirms"),
        ("NOW", None, "row-2", "affirms"),
    ]


def test_a_source_without_a_row_takes_the_stance_of_who_cites_it() -> None:
    table = f"source,claim,cites,stance\nAFP,{CLAIM},MSF,denies\nNOW,{CLAIM},MSF,against\n"

    assert statements(table) == [
        ("AFP", None, "row-1-cited", "affirms"),
        ("NOW", None, "row-1-cited", "affirms"),
        ("MSF", CLAIM, None, "denies"),
    ]


def test_a_row_may_be_called_as_a_source_without_a_row() -> None:
    table = (
        f"id,source,claim,cites,stance\nmsf,NOW,{CLAIM},,affirms\na,AFP,{CLAIM},Médecins,denies\n"
    )
    sources = [{"id": "NOW"}, {"id": "AFP"}, {"id": "msf", "name": "Médecins"}]

    assert statements(table, sources=sources)[1:] == [
        ("AFP", None, "a-cited", "affirms"),
        ("msf", CLAIM, None, "denies"),
    ]


@pytest.mark.parametrize("other", ["affirms", "yes", ""])
def test_two_rows_that_disagree_about_a_source_without_a_row_are_an_error(other: str) -> None:
    table = f"source,claim,cites,stance\nAFP,{CLAIM},MSF,denies\nNOW,{CLAIM},MSF,{other}\n"
    column = "stance" if other else "cites"

    assert problems(table) == [(f"attributions, row 2, column '{column}'", "stances-disagree")]


def test_of_several_statements_a_row_passes_on_those_on_its_side() -> None:
    table = (
        "id,source,claim,cites,stance\n"
        f"before,MSF,{CLAIM},,affirms\nafter,MSF,{CLAIM},,denies\n"
        f"a,AFP,{CLAIM},MSF,denies\nb,NOW,{CLAIM},MSF,yes\nc,Reuters,{CLAIM},MSF,\n"
    )

    assert [each[2] for each in statements(table)[2:]] == ["after", "before", ("before", "after")]


@pytest.mark.parametrize("wording", ["unlikely", "0.2"])
def test_words_that_turn_a_statement_count_as_a_denial(wording: str) -> None:
    table = (
        "source,claim,cites,stance,wording\n"
        f"MSF,{CLAIM},,,{wording}\nAFP,{CLAIM},MSF,denies,\nNOW,{CLAIM},MSF,affirms,\n"
    )

    assert statements(table)[1:] == [
        ("AFP", None, "row-1", "affirms"),
        ("NOW", CLAIM, None, "affirms"),
    ]


def test_words_that_commit_to_nothing_turn_nothing() -> None:
    table = f"source,claim,cites,stance,wording\nMSF,{CLAIM},,,might\nAFP,{CLAIM},MSF,affirms,\n"

    assert statements(table)[1][2] == "row-1"


def test_of_three_answers_a_third_commits_to_nothing_and_less_turns() -> None:
    table = "source,claim,cites,stance,wording\nA,x,,,{}\nB,x,A,denies,\nC,y,,,\nD,z,,,\n"
    questions = "id,text,claims\nq,Which,x; y; z\n"

    own = statements(table.format("0.4"), questions=questions)
    passed_on = statements(table.format("0.2"), questions=questions)

    assert (own[1][1], own[1][3]) == ("x", "denies")
    assert passed_on[1][2] == "row-1"


def test_rows_that_cite_each_other_and_say_where_they_stand_are_a_circle() -> None:
    table = f"source,claim,cites,stance\nAFP,{CLAIM},NOW,no\nNOW,{CLAIM},AFP,no\n"

    assert [each[2] for each in statements(table)] == ["row-2", "row-1"]


def test_what_enters_a_circle_goes_all_the_way_round_whatever_the_order() -> None:
    rows = [
        {"source": "MSF", "claim": CLAIM, "stance": "denies"},
        {"source": "AFP", "claim": CLAIM, "cites": "NOW; MSF"},
        {"source": "NOW", "claim": CLAIM, "cites": "AFP"},
        {"source": "Reuters", "claim": CLAIM, "cites": "NOW", "stance": "no"},
    ]

    for table in (rows, rows[::-1]):
        case = from_tables(table).case
        reuters = next(each for each in case.attributions if each.source == "Reuters")
        assert reuters.claim is None


def test_a_row_of_several_claims_takes_a_side_on_each() -> None:
    table = (
        "id,source,claim,cites,stance\n"
        "m,MSF,x,,denies\nn,MSF,y,,affirms\n"
        'both,AFP,"[""x"", ""y""]",MSF,denies\nlast,NOW,,both,\n'
    )

    assert statements(table)[2:] == [
        ("AFP", None, "m", "affirms"),
        ("AFP", "y", None, "denies"),
        ("NOW", None, ("both-1", "both-2"), "affirms"),
    ]


def test_a_stance_that_is_a_tick_is_for_or_against() -> None:
    rows = [
        {"source": "A", "claim": "x", "stance": True},
        {"source": "B", "claim": "x", "stance": False},
    ]

    assert [each[3] for each in statements(rows)] == ["affirms", "denies"]


def test_a_stance_that_is_none_is_named() -> None:
    assert problems("source,claim,stance\nA,x,perhaps\n") == [
        ("attributions, row 1, column 'stance'", "not-one-of")
    ]


def test_a_chain_of_many_rows_without_a_stance_ends_in_time() -> None:
    rows = [{"source": "s0", "claim": "x", "stance": "no"}]
    rows += [{"source": f"s{n}", "claim": "x", "cites": f"s{n - 1}"} for n in range(1, 3_000)]
    rows.append({"source": "last", "claim": "x", "cites": "s2999", "stance": "no"})

    assert statements(rows)[-1] == ("last", None, "row-3000", "affirms")


# How rows were read


def test_how_every_row_was_read_can_be_told() -> None:
    table = (
        "source,claim,cites,stance\n"
        f"MSF,{CLAIM},,no\nAFP,{CLAIM},MSF,no\nReuters,{CLAIM},AFP,yes\nNOW,{CLAIM},the general,\n"
        "Al-Quds,,NOW,\n"
    )

    found = from_tables(table, sources=None).readings

    assert found == (
        f"row 1: MSF denies: “{CLAIM}”",
        f"row 2: AFP relays what MSF denies: “{CLAIM}”",
        f"row 3: Reuters affirms it of its own, passing nothing on of what AFP relays: “{CLAIM}”",
        f"row 4: NOW relays what the general (who has no row here) affirms: “{CLAIM}”",
        f"row 5: Al-Quds relays what NOW relays: “{CLAIM}”",
    )


def test_a_reading_has_the_names_of_sources_and_the_texts_of_claims() -> None:
    found = from_tables(
        "source,claim,stance\nmsf,hit,no\n",
        sources=[{"id": "msf", "name": "Médecins sans frontières"}],
        claims=PRIOR,
    )

    assert found.readings == (f"row 1: Médecins sans frontières denies: “{CLAIM}”",)


# Days


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("03/10/2015", "dmy", "2015-10-03"),
        ("03/10/2015", "mdy", "2015-03-10"),
        ("3.10.2015", "dmy", "2015-10-03"),
        ("3-10-2015", "mdy", "2015-03-10"),
        ("2015/10/03", None, "2015-10-03"),
        ("2015.10", None, "2015-10"),
        ("10/2015", None, "2015-10"),
        ("3 October 2015", None, "2015-10-03"),
        ("3rd Oct. 2015", None, "2015-10-03"),
        ("October 3, 2015", None, "2015-10-03"),
        ("Sept 2015", None, "2015-09"),
        ("1 May 2015 – 3 May 2015", None, "2015-05-01/2015-05-03"),
        ("01/05/2015 to 03/05/2015", "dmy", "2015-05-01/2015-05-03"),
        ("2015-08-21/2015-08-31", None, "2015-08-21/2015-08-31"),
        ("2015", "dmy", "2015"),
        (2015, None, "2015"),
    ],
)
def test_a_day_is_read_as_people_write_it(written: Any, order: Any, read: str) -> None:
    rows = [{"source": "A", "claim": "x", "said on": written}]

    assert str(from_tables(rows, dates=order).case.attributions[0].said_on) == read


@pytest.mark.parametrize(
    ("written", "order", "code"),
    [
        ("03/10/2015", None, "ambiguous-date"),
        ("25/12/2015", None, "ambiguous-date"),
        ("03/10/15", "dmy", "short-year"),
        ("12/25/2015", "dmy", "impossible-date"),
        ("3 Octember 2015", None, "not-a-date"),
        ("3 May 4 2015", None, "not-a-date"),
        ("2015/10", None, "not-a-date"),
        ("1/2", "dmy", "not-a-date"),
        ("9" * 100, None, "not-a-date"),
    ],
)
def test_a_day_that_can_be_read_in_two_ways_or_in_none_is_never_guessed(
    written: str, order: Any, code: str
) -> None:
    rows = [{"source": "A", "claim": "x", "said on": written}]

    assert problems(rows, dates=order) == [("attributions, row 1, column 'said on'", code)]


# Names, and columns of no meaning


def test_names_are_enough_where_they_are_unique() -> None:
    case = from_tables(
        "source,claim,document,same_voice_as.attribution,same_voice_as.probability\n"
        "AFP,hit it,The paper,,\nNOW,hit it,,AFP,0.5\n",
        sources="name,reliability\nAFP,B\nNOW,C\n",
        claims="text,prior\nhit it,0.2\n",
        documents="title,publisher\nThe paper,AFP\n",
    ).case

    assert [source.id for source in case.sources] == ["AFP", "NOW"]
    assert case.attributions[0].document == "The paper"
    assert case.attributions[1].same_voice_as is not None
    assert case.attributions[1].same_voice_as.attribution == "row-1"


def test_a_name_that_two_records_have_is_asked_about() -> None:
    sources = [{"id": "a", "name": "The Daily"}, {"id": "b", "name": "The Daily"}]

    found = problems("source,claim\nThe Daily,x\n", sources=sources)

    assert found == [("attributions, row 1, column 'source'", "ambiguous-name")]


def test_a_text_too_long_for_an_id_gets_one() -> None:
    case = from_tables(
        "source,claim\nA,short\n", claims=[{"text": "t" * 300}, {"text": "short"}]
    ).case

    assert [claim.id for claim in case.claims] == ["claim-1", "short"]


def test_interests_name_their_claims_as_people_do() -> None:
    sources = [{"id": "A", "interests": '[{"claims": "it rains", "stake": "gains"}]'}]

    case = from_tables(
        "source,claim\nA,it rains\n", sources=sources, claims=[{"id": "rain", "text": "it rains"}]
    ).case

    assert case.sources[0].interests[0].claims == "rain"


def test_columns_of_no_meaning_can_be_kept() -> None:
    table = "source,claim,Mood,cite\nA,x,calm,\nB,x,,page 3\n"

    found = from_tables(table, keeps_extra=True)

    assert found.losses == ()
    assert found.case.attributions[0].extensions == {"x-Mood": "calm"}
    assert found.case.attributions[1].extensions == {"x-cite": "page 3"}


def test_another_order_of_dates_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the order of dates dmy or mdy, found 'ymd'"):
        from_tables("source,claim\nA,x\n", dates="ymd")  # type: ignore[arg-type]
