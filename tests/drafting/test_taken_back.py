"""What takes a report back or calls it false: tables of sentences, unit cases, and any text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import audit, weigh
from provenance.drafting import Audit
from provenance.drafting.claim_words import ClaimWords, words_of
from provenance.drafting.taken_back import (
    back_reference,
    heading_of,
    is_of_publisher,
    reports_again,
    taken_back,
)
from tests.drafting.fresh_withdrawn_pages import FRESH_WITHDRAWN
from tests.drafting.withdrawn_pages import WITHDRAWN, WithdrawnPage

DAM = "The dam at Orlik failed"


def audited(*pages: dict[str, str], claim: str = DAM) -> Audit:
    return audit(list(pages), claim)


def outcome(page: WithdrawnPage) -> str:
    claim = audit([{"publisher": page.publisher, "text": page.text}], page.claim).claims[0]
    sides = {group.side for group in claim.groups}
    kinds = {each.kind for each in claim.check}
    if sides:
        return "/".join(sorted(sides))
    assert kinds & {"unclear", "withdrawn", "not-stated"}  # nothing is left out without being told
    return "withdrawn" if "withdrawn" in kinds else "out"


def stated(text: str, claim: str = DAM) -> Sequence[int]:
    keys = ClaimWords(claim).keys
    return [each.at for each in words_of(text) if (each.key or each.low) in keys]


@pytest.mark.parametrize(
    ("pages", "which"), [(WITHDRAWN, "put right"), (FRESH_WITHDRAWN, "also put right")]
)
def test_what_is_taken_back_or_called_false_is_never_counted_for(
    pages: Sequence[WithdrawnPage], which: str
) -> None:
    found = [(each, outcome(each)) for each in pages]

    assert {each.text for each, side in found if "for" in side and each.best != "for"} == set()
    # Who only denies or takes back is no more counted against where the page affirms all the same.
    assert {each.text for each, side in found if "against" in side and each.best == "for"} == set()
    text = Path(__file__, "../../../docs/how-to/audit-pages.md").resolve().read_text("utf-8")
    counts = Counter("right" if side == each.best else "asked" for each, side in found)
    assert f"| {len(pages)}, by which the rules were {which} | {counts['right']} |" in text
    assert sum(side == "for" for _, side in found) >= 4


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("We took our story back, that the dam at Orlik failed.", "withdrawn"),
        ("The dam at Orlik failed, we wrote. We have now retracted it.", None),
        ("Nobody has withdrawn the report that the dam at Orlik failed.", "doubted"),
        ("The Gazette must withdraw its report that the dam at Orlik failed.", "doubted"),
        ("Engineers cannot rule out that the dam at Orlik failed.", "doubted"),
        ("The owner was cleared of charges that the dam at Orlik failed.", "denied"),
        ("The dam at Orlik failed; the report on fish was withdrawn.", None),
        ("That the dam at Orlik failed is a tale.", "doubted"),
        ("That the dam at Orlik failed is true.", None),
        ("He was proud that the dam at Orlik failed.", None),
        ("The dam at Orlik failed, correcting an earlier report that it stood.", None),
    ],
)
def test_a_sentence_takes_a_claim_back_denies_or_doubts_it(text: str, how: str | None) -> None:
    sentence = text.partition("wrote.")[0]

    found = taken_back(sentence, stated(sentence))

    assert (None if found is None else found.how) == how


def test_who_takes_it_back_is_named() -> None:
    text = "The report that the dam at Orlik failed was withdrawn by the ministry on Friday."
    refuted = "Claims that the dam at Orlik failed were debunked by Ida Kern, an engineer."

    found, other = taken_back(text, stated(text)), taken_back(refuted, stated(refuted))

    told = [(each.how, each.who) for each in (found, other) if each is not None]
    assert told == [("withdrawn", "the ministry"), ("denied", "Ida Kern")]


def test_a_claim_that_is_of_a_withdrawal_is_not_taken_back_by_its_own_words() -> None:
    claim = "The Herald retracted its report that the dam failed"

    assert ClaimWords(claim).side(f"{claim}.") == "affirms"


def test_headings_and_publishers_are_told_by_their_words() -> None:
    assert heading_of("Mandatory kill\n\nThe dam failed.") == "retraction"
    assert heading_of("Corrections and clarifications: the dam") == "correction"
    assert heading_of("Correctional officers left.") is None
    assert is_of_publisher("the editor of the Velm Gazette", "Velm Gazette")
    assert not is_of_publisher("", "Velm Gazette")
    assert reports_again("An item on Monday said the dam failed.")
    assert back_reference("We apologise for the error.") is not None
    assert back_reference("The article on fish was withdrawn.") is None


# In an audit


def test_a_correction_takes_back_what_its_publisher_reported_before_and_all_that_relays_it() -> (
    None
):
    pages = [
        {"publisher": "Norda", "id": "n", "published": "2026-03-12", "text": f"{DAM}."},
        {"publisher": "Daily", "published": "2026-03-13", "says": DAM, "cites": "n"},
        {"publisher": "Norda", "published": "2026-03-15",
         "text": "Correction: Norda withdraws its report that the dam at Orlik failed."},
        {"publisher": "Gazette", "published": "2026-03-13", "says": DAM},
    ]  # fmt: skip

    found, before = audit(pages, DAM), audit(pages, DAM, as_of="2026-03-14")

    claim = found.claims[0]
    assert [group.origin for group in claim.groups] == ["Gazette"]
    assert claim.uncounted == (0, 1, 2)
    told = [each.pages for each in claim.check if each.kind == "withdrawn"]
    assert told == [(2,), (0,), (1,)]
    assert str(found.case.attributions[0].retracted_on) == "2026-03-15"
    assert weigh(found.case, found.case.claims[0].id).probability == claim.assessment.probability
    assert [group.pages for group in before.claims[0].groups] == [(0, 1), (3,)]


def test_a_page_may_be_handed_over_as_taken_back() -> None:
    page = {"publisher": "Norda", "says": DAM, "published": "2026-03-12"}

    found = audited({**page, "retracted_on": "2026-03-15"}).claims[0]

    assert found.groups == ()
    assert "as the list says" in str(found)
    later = audit([{**page, "retracted": "2026-03-15"}], DAM, as_of="2026-03-14").claims[0]
    assert later.origins == (1, 1)


def test_without_dates_what_was_taken_back_never_counts() -> None:
    found = audited(
        {"publisher": "Norda", "text": f"{DAM}."},
        {"publisher": "Norda", "text": "We retract our report that the dam at Orlik failed."},
    )

    assert found.claims[0].groups == ()
    assert found.claims[0].assessment.probability == 0.5


def test_what_was_reported_after_a_withdrawal_stands() -> None:
    found = audited(
        {"publisher": "Norda", "text": "We retract our report that the dam at Orlik failed.",
         "published": "2026-03-12"},
        {"publisher": "Norda", "text": f"{DAM}.", "published": "2026-03-15"},
    )  # fmt: skip

    assert [group.pages for group in found.claims[0].groups] == [(1,)]


def test_who_takes_it_back_and_denies_it_speaks_against_it() -> None:
    found = audited(
        {"publisher": "Norda", "text": f"{DAM}.", "published": "2026-03-12"},
        {"publisher": "Norda", "published": "2026-03-15",
         "text": "We retract our report that the dam at Orlik failed. It is untrue."},
    )  # fmt: skip

    assert [(group.side, group.pages) for group in found.claims[0].groups] == [("against", (1,))]
    assert found.claims[0].check[0].kind == "read-as-denial"


def test_what_a_page_is_said_to_say_is_read_for_withdrawals_too() -> None:
    says = f"{DAM}, the Herald wrote. It has since retracted the article."

    found = audited({"publisher": "Gazette", "says": says}).claims[0]

    assert found.groups == ()
    assert found.check[0].kind == "unclear"


def test_what_somebody_says_of_themselves_is_no_withdrawal_of_the_paper() -> None:
    text = f"{DAM}, the mayor said. “We apologise for the error,” the power company said."

    kinds = {each.kind for each in audited({"publisher": "Gazette", "text": text}).claims[0].check}
    assert "withdrawn" not in kinds


@pytest.mark.parametrize("says", ["Der Staudamm von Orlik steht noch", "奥利克大坝没有垮塌"])
def test_words_that_share_none_with_the_claim_but_its_names_are_asked_about(says: str) -> None:
    found = audited({"publisher": "Gazette", "quote": says}).claims[0]

    assert found.groups == ()
    assert found.check[0].kind == "unclear"
    assert "no word of the claim beside its names" in found.check[0].text


@given(st.text(alphabet=st.sampled_from("aeTw .,;:“”'’\n"), max_size=200), st.data())
def test_any_text_has_one_reading(text: str, data: st.DataObject) -> None:
    hits = sorted(data.draw(st.sets(st.integers(0, max(0, len(text) - 1)), min_size=1, max_size=4)))

    found = taken_back(text, hits)

    assert found == taken_back(text, hits)
    assert found is None or re.match(r"withdrawn|denied|doubted", found.how)
