"""Deciding: what is accepted, corrected and rejected, and that any of it can be undone."""

from __future__ import annotations

import pytest
from drafted_texts import chain_of, drafted

from provenance.drafting import (
    Draft,
    confirm,
    correct,
    decide,
    load_decisions,
    load_draft,
    reject,
    undo,
)
from provenance.errors import CaseError, InvalidValue, UnknownName

FIRST, SECOND = "the-gazette-1", "the-gazette-2"


@pytest.fixture
def found() -> Draft:
    return drafted(
        "A source told the Velm Herald that the ship sailed. Maria Ost said it sank at dawn."
    )


def test_nothing_counts_until_it_is_confirmed(found: Draft) -> None:
    assert found.case().attributions == ()
    assert len(found.waiting) == 2


def test_what_is_confirmed_is_in_the_case(found: Draft) -> None:
    case = confirm(found, FIRST, by="Ann").case()

    assert [each.id for each in case.attributions] == [
        f"{FIRST}.the-gazette.a-source",
        f"{FIRST}.velm-herald",
        FIRST,
    ]


def test_what_is_rejected_stays_in_the_draft_and_in_no_case(found: Draft) -> None:
    after = reject(found, FIRST, by="Ann")

    assert (after.statement(FIRST).state, after.statement(FIRST).decided_by) == ("rejected", "Ann")
    assert all(not each.id.startswith(FIRST) for each in after.case(unconfirmed=True).attributions)


def test_who_drafted_a_statement_is_never_erased(found: Draft) -> None:
    after = correct(found, FIRST, chain=["Karl Vane"], claim="It sailed", stance="denies", by="Ann")

    assert after.statement(FIRST).drafted_by == found.statement(FIRST).drafted_by
    assert after.statement(FIRST).as_drafted == found.statement(FIRST)


def test_a_corrected_chain_keeps_the_mentions_of_those_who_stay(found: Draft) -> None:
    after = correct(found, FIRST, chain=["Velm Herald", "Karl Vane"])

    before, chain = found.statement(FIRST).chain, after.statement(FIRST).chain
    assert chain[1].mention == before[1].mention
    assert (chain[2].source, chain[2].mention) == ("karl-vane", None)
    assert after.source("karl-vane").name == "Karl Vane"


def test_a_new_relay_has_no_mention(found: Draft) -> None:
    after = correct(found, SECOND, chain=["The Echo", "Maria Ost"])

    assert chain_of(after, 1) == "The Echo < Maria Ost"
    assert [hop.role for hop in after.statement(SECOND).chain] == ["author", "relay", "speaker"]
    assert after.statement(SECOND).chain[1].mention is None


def test_a_claim_is_corrected_to_one_that_is_there_or_to_a_new_one(found: Draft) -> None:
    other = found.statement(FIRST).claim

    joined = correct(found, SECOND, claim=other)
    fresh = correct(found, SECOND, claim="The ship sank")

    assert joined.statement(SECOND).claim == other
    assert fresh.claims[-1].text == "The ship sank"


def test_a_new_claim_and_a_new_source_get_ids_of_their_own(found: Draft) -> None:
    once = correct(found, FIRST, claim="Ship!", chain=["Ost!"])
    twice = correct(once, SECOND, claim="ship?", chain=["ost?"])

    assert [twice.statement(each).claim for each in (FIRST, SECOND)] == ["ship", "ship-2"]
    assert [twice.statement(each).speaker.source for each in (FIRST, SECOND)] == ["ost", "ost-2"]


def test_a_hedge_is_corrected_and_taken_away(found: Draft) -> None:
    hedged = correct(found, FIRST, hedge="probably")
    plain = correct(hedged, FIRST, hedge="")

    assert hedged.statement(FIRST).speaker.hedge == "probably"
    assert plain.statement(FIRST).speaker.hedge is None


def test_undoing_gives_back_what_was_drafted(found: Draft) -> None:
    changed = correct(found, FIRST, chain=["Karl Vane"], claim="It sailed", hedge="may")

    assert undo(changed, FIRST) == found
    assert undo(confirm(found, FIRST), FIRST) == found
    assert undo(confirm(changed, FIRST), FIRST) == found


def test_confirming_a_correction_keeps_it_a_correction(found: Draft) -> None:
    after = confirm(correct(found, FIRST, stance="denies"), FIRST)

    assert after.statement(FIRST).state == "corrected"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"chain": []}, "at least one source"),
        ({"chain": ["  "]}, "name of a source"),
        ({"chain": ["Maria Ost", "Maria Ost"]}, "every source once"),
        ({"chain": ["The Gazette"]}, "every source once"),
        ({"claim": " "}, "expected a claim"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    found: Draft, change: dict[str, object], error: str
) -> None:
    with pytest.raises(InvalidValue, match=error):
        correct(found, FIRST, **change)  # type: ignore[arg-type]


def test_a_hedge_that_is_not_in_the_table_is_refused(found: Draft) -> None:
    with pytest.raises(UnknownName, match="hedge"):
        correct(found, FIRST, hedge="blue")


@pytest.mark.parametrize("act", [confirm, reject, undo, correct])
def test_a_statement_that_is_not_there_is_refused(found: Draft, act: object) -> None:
    with pytest.raises(UnknownName, match="statement"):
        act(found, "none")  # type: ignore[operator]


def test_decisions_are_taken_one_after_the_other(found: Draft) -> None:
    decisions = load_decisions(
        {
            "version": 1,
            "decisions": [
                {"statement": FIRST, "action": "reject"},
                {"statement": FIRST, "action": "undo"},
                {"statement": FIRST, "action": "correct", "chain": ["Karl Vane"], "by": "Ann"},
                {"statement": SECOND, "action": "confirm", "by": "Ann"},
            ],
        }
    )

    after = decide(found, decisions.decisions)

    assert [each.state for each in after.statements] == ["corrected", "confirmed"]
    assert load_draft(after.to_json()) == after


def test_decisions_that_cannot_be_read_are_told(tmp_path: object) -> None:
    with pytest.raises(CaseError, match="no such file"):
        load_decisions("none.json")
    with pytest.raises(CaseError, match="not-one-of"):
        load_decisions({"version": 1, "decisions": [{"statement": "a", "action": "burn"}]})
    with pytest.raises(CaseError, match="duplicate-key"):
        load_decisions('{"version": 1, "version": 1}')


def test_decisions_are_read_from_a_file(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "decisions.json"
    path.write_text('{"version": 1}', encoding="utf-8")

    assert load_decisions(path).decisions == ()
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(CaseError, match="expected an object"):
        load_decisions(path)
