"""Pages of news on which somebody affirms a claim and others deny it: what an audit makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from provenance import audit
from provenance.drafting import Audit
from tests.drafting.fresh_news_pages import FRESH_NEWS_PAGES
from tests.drafting.news_pages import NEWS_PAGES, NewsPage

# Of whom a page is read less well than a person reads it: the side is right, and not everybody on it.
WHO_IS_MISSED = ("citing a deed", "Karl Vane confirmed it")
# Left out, and quoted, though a person could tell.
LEFT_OUT = ("rejected the accusation as absurd",)


def audited(page: NewsPage) -> Audit:
    return audit([{"publisher": "The Gazette", "text": page.text}], page.claim)


def plain(name: str) -> str:
    return re.sub(r"\A(?:the|an?) ", "", re.sub(r" \(.*\)\Z", "", name).casefold())


def found_on(page: NewsPage, side: str) -> set[str]:
    return {plain(each.origin) for each in audited(page).claims[0].groups if each.side == side}


def is_one_of(page: NewsPage, parts: tuple[str, ...]) -> bool:
    return any(part in page.text for part in parts)


@pytest.mark.parametrize("page", [*NEWS_PAGES, *FRESH_NEWS_PAGES], ids=lambda each: each.text[:60])
def test_who_affirms_and_who_denies_is_what_a_careful_reader_takes_the_page_to_say(
    page: NewsPage,
) -> None:
    claim = audited(page).claims[0]

    if page.left_out or is_one_of(page, LEFT_OUT):
        assert claim.uncounted == (0,)
        assert any(
            each.kind in ("unclear", "not-stated") and "“" in each.text for each in claim.check
        )
    else:
        found = found_on(page, "for"), found_on(page, "against")
        wanted = {plain(each) for each in page.affirming}, {plain(each) for each in page.denying}
        assert [bool(each) for each in found] == [bool(each) for each in wanted]
        assert found == wanted or is_one_of(page, WHO_IS_MISSED)


@pytest.mark.parametrize("page", [each for each in NEWS_PAGES if each.affirming and each.denying],
                         ids=lambda each: each.text[:60])  # fmt: skip
def test_a_page_on_which_both_sides_are_taken_is_told_to_be_one(page: NewsPage) -> None:
    found = audited(page).claims[0]

    assert [each.pages for each in found.groups] == [(0,)] * len(found.groups)
    assert [each.pages for each in found.check if each.kind == "divided"] == [(0,)]
    assert "One page, " in found.counts


@pytest.mark.parametrize("page", NEWS_PAGES[:3], ids=lambda each: each.text[:60])
def test_one_who_affirms_and_one_who_denies_leave_a_claim_about_even(page: NewsPage) -> None:
    assert audited(page).claims[0].assessment.probability == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("pages", "which"),
    [(NEWS_PAGES, "by which the rules were put right"),
     (FRESH_NEWS_PAGES, "by which nothing was put right")],
    ids=["put right", "fresh"],
)  # fmt: skip
def test_the_page_on_audits_has_these_figures(pages: Sequence[NewsPage], which: str) -> None:
    text = Path(__file__, "../../../docs/how-to/audit-pages.md").resolve().read_text("utf-8")

    sides = sum(not is_one_of(each, LEFT_OUT) for each in pages)
    whole = sides - sum(is_one_of(each, WHO_IS_MISSED) for each in pages)
    assert f"| {len(pages)}, {which} | {sides} | {whole} | 0 |" in text
