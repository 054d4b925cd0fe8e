"""Drafts of several documents and several drafters as one."""

from __future__ import annotations

import pytest
from drafted_texts import drafted

from provenance.drafting import (
    Draft,
    Drafter,
    confirm,
    correct,
    draft,
    merge_drafts,
    read_document,
)
from provenance.errors import InvalidValue

MODEL = Drafter(kind="model", name="some model", version="2")


def by_model(found: Draft) -> Draft:
    """The same draft as if a model had made it."""
    return found.evolve(
        statements=tuple(each.evolve(drafted_by=(MODEL,)) for each in found.statements)
    )


def test_drafters_that_agree_are_both_named() -> None:
    found = drafted("Karl Vane said that the ship sailed.")

    merged = merge_drafts([found, by_model(found)])

    assert [[str(one) for one in each.drafted_by] for each in merged.statements] == [
        ["English rules 1", "some model 2"]
    ]


def test_drafters_that_disagree_both_stay_and_name_each_other() -> None:
    found = drafted("Karl Vane said that the ship sailed.")
    other = by_model(correct(found, "the-gazette-1", chain=["Maria Ost"]))

    one, two = merge_drafts([found, other]).statements

    assert (one.differs_from, two.differs_from) == ((two.id,), (one.id,))
    assert two.id == "the-gazette-1-2"


def test_statements_on_other_words_do_not_touch_each_other() -> None:
    text = "Karl Vane said that the ship sailed. Maria Ost said that bread is dear."
    found = drafted(text)
    first = found.evolve(statements=found.statements[:1])
    second = by_model(found).evolve(statements=by_model(found).statements[1:])

    merged = merge_drafts([first, second])

    assert [each.differs_from for each in merged.statements] == [(), ()]


def test_a_claim_that_somebody_worded_stays_as_it_was_worded() -> None:
    found = correct(
        drafted("Karl Vane said that the ship sailed."),
        "the-gazette-1",
        claim="The Marela left port",
    )

    assert [each.text for each in merge_drafts([found]).claims] == ["The Marela left port"]


def test_what_is_confirmed_stays_confirmed() -> None:
    found = confirm(drafted("Karl Vane said that the ship sailed."), "the-gazette-1", by="Ann")

    assert (
        merge_drafts([found, drafted("Karl Vane said that the ship sailed.")])
        .statements[0]
        .decided_by
        == "Ann"
    )


def test_drafts_of_two_documents_share_their_named_sources() -> None:
    one = draft(read_document("Karl Vane said that the ship sailed.", publisher="The Gazette"))
    two = draft(read_document("Karl Vane said that the ship sank.", publisher="The Echo"))

    merged = merge_drafts([one, two])

    assert [each.id for each in merged.sources] == ["the-gazette", "karl-vane", "the-echo"]
    assert len(merged.documents) == 2


def test_a_surname_in_one_document_is_the_full_name_of_another() -> None:
    pages = [
        read_document("Karl Vane said that the ship sailed.", publisher="The Gazette"),
        read_document("Vane said that the ship sank at dawn.", publisher="The Echo"),
    ]

    found = draft(pages)

    assert {each.speaker.source for each in found.statements} == {"karl-vane"}


def test_an_outlet_that_is_cited_and_also_here_is_one_source() -> None:
    pages = [
        read_document("The Velm Echo reported that the ship sailed.", publisher="The Gazette"),
        read_document("Karl Vane said that the ship sailed.", publisher="Velm Echo"),
    ]

    assert [each.id for each in draft(pages).sources] == ["the-gazette", "velm-echo", "karl-vane"]


def test_two_texts_under_one_id_are_refused() -> None:
    one, two = drafted("Karl Vane said that the ship sailed."), drafted("Bread is dear, he said.")

    with pytest.raises(InvalidValue, match="one text of the document"):
        merge_drafts([one, two])
    with pytest.raises(InvalidValue, match="every document once"):
        draft([*one.documents, *two.documents])


def test_a_draft_has_the_title_that_it_is_given() -> None:
    page = read_document("Karl Vane said that the ship sailed.", publisher="The Gazette")

    assert merge_drafts([draft(page), draft(page, title="The ship")]).title == "The ship"


WIRE = read_document(
    "VELM, Oct 14 (Meridian) - The missile was a Grom-4, a senior official said on Monday.",
    publisher="Meridian",
    id="wire",
)


def test_the_publisher_of_another_document_is_an_outlet_to_which_things_are_told() -> None:
    paper = read_document(
        "A senior official told Meridian that the missile was a Grom-4.", publisher="The Beacon"
    )
    found = draft([WIRE, paper])

    assert [hop.source for hop in found.statements[1].chain] == [
        "the-beacon", "meridian", "wire.a-senior-official",
    ]  # fmt: skip


def test_an_agency_is_not_a_source_of_its_own_text() -> None:
    assert [hop.source for hop in draft(WIRE).statements[0].chain] == [
        "meridian", "wire.a-senior-official",
    ]  # fmt: skip


def test_another_official_who_told_an_outlet_is_another() -> None:
    paper = read_document(
        "A junior clerk told Meridian that the missile was a Grom-4.",
        publisher="The Beacon",
        id="b",
    )

    assert draft([WIRE, paper]).statements[1].speaker.source == "b.a-junior-clerk"


def test_a_corrected_chain_leads_on_to_the_document_of_the_last_one() -> None:
    paper = read_document(
        "The missile was a Grom-4, a captain told the Herald.", publisher="The Beacon", id="b"
    )
    found = draft([WIRE, paper])
    after = correct(found, found.statements[1].id, chain=["meridian"])

    assert after.statements[1].continues == "wire-1"
    assert (
        correct(after, after.statements[1].id, claim="It was late").statements[1].continues is None
    )
