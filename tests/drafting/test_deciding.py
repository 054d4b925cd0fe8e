"""Deciding: what is accepted, corrected and rejected, and that any of it can be undone."""

from __future__ import annotations

import pytest
from drafted_texts import chain_of, drafted

from provenance.drafting import (
    Decision,
    Draft,
    confirm,
    correct,
    decide,
    draft,
    join_sources,
    load_decisions,
    load_draft,
    read_document,
    reject,
    reword,
    undo,
)
from provenance.errors import CaseError, InvalidValue, ProvenanceError, UnknownName

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
    once = correct(found, FIRST, claim="new: Ship!", chain=["new: Ost!"])
    twice = correct(once, SECOND, claim="new: ship?", chain=["new: ost?"])

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
        ({"chain": ["new: "]}, "name of a source"),
        ({"claim": " "}, "expected a claim"),
        ({"claim": "new:"}, "expected a claim"),
        ({"claim": "r"}, "several words, found 'r'; to make a claim of one word, write 'new: r'"),
        ({"stance": "no"}, "expected 'affirms' or 'denies', found 'no'; did you mean 'denies'"),
        ({"stance": "rejects"}, "found 'rejects'; did you mean 'denies'"),
        ({"stance": "confrims"}, "found 'confrims'; did you mean 'affirms'"),
        ({"stance": ""}, "expected 'affirms' or 'denies', found ''$"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    found: Draft, change: dict[str, object], error: str
) -> None:
    with pytest.raises(InvalidValue, match=error):
        correct(found, FIRST, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["deny", "Denied", " d ", "denies"])
def test_a_stance_is_known_by_its_forms(found: Draft, typed: str) -> None:
    after = correct(found, FIRST, stance=typed)  # type: ignore[arg-type]

    assert after.statement(FIRST).stance == "denies"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Maria Oost", "Maria Ost"),  # misspelt
        ("Ost", "Maria Ost"),  # a surname
        ("The Herald", "Velm Herald"),
    ],
)
def test_a_source_that_is_nearly_there_is_asked_about(found: Draft, typed: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=f"did you mean '{meant}'") as caught:
        correct(found, FIRST, chain=[typed])

    assert f"to make a new one, write 'new: {typed}'" in str(caught.value)
    after = correct(found, FIRST, chain=[f"new: {typed}"])
    assert after.source(after.statement(FIRST).speaker.source).name == typed


@pytest.mark.parametrize("typed", ["maria ost", "MARIA  OST", "maria-ost"])
def test_a_source_is_known_however_its_name_is_written(found: Draft, typed: str) -> None:
    after = correct(found, FIRST, chain=[typed])

    assert after.statement(FIRST).speaker.source == "maria-ost"


def test_a_claim_that_is_nearly_there_is_asked_about(found: Draft) -> None:
    other = found.statement(FIRST).claim
    text = next(each.text for each in found.claims if each.id == other)

    for typed in (other[:-1], text.replace("sailed", "saild")):
        with pytest.raises(UnknownName, match="did you mean"):
            correct(found, SECOND, claim=typed)
    fresh = correct(found, SECOND, claim=f"New: {text.replace('sailed', 'saild')}")
    assert fresh.claims[-1].text == text.replace("sailed", "saild")


def test_a_claim_is_known_by_its_words_whatever_their_case_and_marks(found: Draft) -> None:
    other = found.statement(FIRST).claim
    text = next(each.text for each in found.claims if each.id == other)

    after = correct(found, SECOND, claim=f"  “{text.upper()}.” ")

    assert after.statement(SECOND).claim == other


def test_the_claim_of_a_statement_can_be_worded_a_little_otherwise(found: Draft) -> None:
    text = next(each.text for each in found.claims if each.id == found.statement(FIRST).claim)

    after = correct(found, FIRST, claim=f"{text}s")

    assert after.statement(FIRST).claim != found.statement(FIRST).claim


def test_a_new_source_that_is_described_is_not_taken_for_a_name(found: Draft) -> None:
    after = correct(found, FIRST, chain=["a second clerk"])

    source = after.source(after.statement(FIRST).speaker.source)
    assert (source.name, source.described_as) == (None, "a second clerk")


def test_a_name_that_several_have_means_the_one_of_the_statement_or_nobody() -> None:
    pages = [
        read_document(f"The ship {did} on Friday, a senior official said.", publisher=paper)
        for did, paper in (("sailed", "The Gazette"), ("sank", "The Herald"))
    ]
    same = draft(pages)
    alike = same.evolve(
        sources=tuple(
            each.evolve(described_as="a senior official") if each.described_as else each
            for each in same.sources
        )
    )
    first = alike.statements[0]

    own = correct(alike, first.id, chain=["The Echo", "a senior official"])

    assert own.statement(first.id).speaker.source == first.speaker.source
    with pytest.raises(InvalidValue, match=r"as 2 are called; give its id: 'the-gazette\.a-senior"):
        join_sources(alike, "a senior official", "The Echo")


def test_a_claim_is_reworded_for_all_its_statements_and_none_is_decided(found: Draft) -> None:
    one = correct(found, SECOND, claim=found.statement(FIRST).claim)
    waiting = undo(one, SECOND)
    claim = one.statement(FIRST).claim

    after = reword(one, claim, " The ship  left ")

    assert {each.claim for each in after.statements} == {claim}
    assert [each.text for each in after.claims if each.id == claim] == ["The ship left"]
    assert [each.state for each in reword(waiting, claim, "It left").statements] == ["draft"] * 2


@pytest.mark.parametrize(
    ("claim", "text", "error"),
    [
        ("none", "It left", "no claim 'none'"),
        ("the ship sailed", " ", "expected a claim, found an empty text"),
        ("the ship sailed", "It sank at dawn", "expected words of its own"),
    ],
)
def test_a_rewording_that_cannot_be_is_refused(
    found: Draft, claim: str, text: str, error: str
) -> None:
    with pytest.raises(ProvenanceError, match=error):
        reword(found, claim, text)


def test_every_decision_that_cannot_be_is_told_at_once(found: Draft) -> None:
    wrong = [
        Decision(statement="none", action="confirm"),
        Decision(statement=FIRST, action="reject"),
        Decision(statement=SECOND, action="correct", chain=("Velm Harald",)),
    ]

    with pytest.raises(CaseError) as caught:
        decide(found, wrong)

    assert [each.path for each in caught.value.problems] == ["decisions[0]", "decisions[2]"]
    assert "did you mean 'Velm Herald'?" in caught.value.problems[1].message


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
