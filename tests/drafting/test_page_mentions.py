"""Pages that have it from another page of their list: named by address, by name, by what it is."""

from __future__ import annotations

from typing import Any

import pytest

from provenance import audit
from provenance.drafting import Audit

CLAIM = "Kestrel answers 92 percent of the Orrin test"
LAUNCH = {
    "url": "https://lumenworks.example/blog/kestrel",
    "published": "2026-03-01",
    "text": "We are proud to introduce Kestrel. Kestrel answers 92 percent of the Orrin test.",
}
FLED = "The suspect fled to Velm"


def audited(first: dict[str, Any], text: str, claim: str = CLAIM, **more: Any) -> Audit:
    page = {"url": "https://gazette.example/a", "published": "2026-03-02", "text": text, **more}
    return audit([{"stance": "affirms", **first}, {"stance": "affirms", **page}], claim)


def counted(found: Audit) -> list[tuple[str, str]]:
    return [(each.kind, each.source) for each in found.links if each.page == 1 and each.counted]


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM}, per https://lumenworks.example/blog/kestrel",
        f"{CLAIM}. Full post: (https://www.lumenworks.example/blog/kestrel?utm_source=x).",
        f"{CLAIM}.\n\nMore news below.\n\n[Read more](https://lumenworks.example/blog/kestrel)",
        f'<p>{CLAIM} <a href="https://lumenworks.example/blog/kestrel">here</a></p>',
        f"{CLAIM} – lumenworks.example/blog/kestrel",
        f"{CLAIM}, according to https://lumenworks.example/press",
    ],
)
def test_an_address_in_a_text_leads_to_the_page_of_the_list(text: str) -> None:
    found = audited(LAUNCH, text)

    assert counted(found) == [("linked", "lumenworks.example")]
    assert found.claims[0].origins == (1, 1)


@pytest.mark.parametrize(
    "text",
    [
        f"Source: Lumenworks\n\n{CLAIM}.",
        f"{CLAIM}. Source: Lumenworks",
        f"{CLAIM}. Sources: Lumenworks blog",
        f"{CLAIM} (via Lumenworks).",
        f"{CLAIM}, h/t Lumenworks.",
        f"{CLAIM}, says Lumenworks.",
        f"Lumenworks today announced that {CLAIM}.",
        f"Lumenworks, a startup, insists that {CLAIM}.",
        f"Lumenworks’s own figures show that {CLAIM}.",
        f"A press release by Lumenworks has it that {CLAIM}.",
        f"From the Lumenworks newsletter: {CLAIM}.",
    ],
)
def test_a_page_that_names_the_publisher_of_another_as_speaking_has_it_from_there(
    text: str,
) -> None:
    found = audited(LAUNCH, text)

    assert [source for _, source in counted(found)] == ["lumenworks.example"]
    assert found.claims[0].origins == (1, 1)


@pytest.mark.parametrize(
    ("first", "text", "claim"),
    [
        (LAUNCH, f"Lumenworks has a new model. According to the company, {CLAIM}.", CLAIM),
        (LAUNCH, f"{CLAIM}, its maker claims.", CLAIM),
        (LAUNCH, f"{CLAIM}, the startup’s blog says.", CLAIM),
        ({"url": "https://orskpolice.example/1"}, f"{FLED}, police said.", FLED),
        ({"publisher": "Ministry of Water"}, f"{FLED}, the ministry said on Monday.", FLED),
        ({"publisher": "Orsk University"}, f"In a note the university said: {FLED}.", FLED),
        ({"publisher": "Northline Agency"}, f"{FLED}, according to the agency.", FLED),
        ({"publisher": "The Coast Herald"}, f"{FLED}. The Coast Herald has it first. The paper reported it on Monday.", FLED),
        ({"publisher": "Velm Times", "author": "Ida Brandt"}, f"{FLED}, Ida Brandt wrote.", FLED),
    ],
)  # fmt: skip
def test_what_somebody_is_called_leads_to_whom_it_means(
    first: dict[str, Any], text: str, claim: str
) -> None:
    assert audited(first, text, claim).claims[0].origins == (1, 1)


@pytest.mark.parametrize(
    ("first", "text", "claim"),
    [
        # of somebody else, or of nobody in particular
        ({"url": "https://lumenworks.example/"}, f"{FLED}, the court said.", FLED),
        (LAUNCH, f"{CLAIM}, the police said.", CLAIM),
        ({"publisher": "Orsk Police"}, f"{FLED}, the court of appeal said.", FLED),
        (LAUNCH, f"Three people said that {CLAIM} before Lumenworks announced it.", CLAIM),
        (LAUNCH, f"{CLAIM}, two people said before the company announced it.", CLAIM),
        (LAUNCH, f"We ran it ourselves: {CLAIM}. Lumenworks is in Velm.", CLAIM),
        (LAUNCH, f"{CLAIM}. See https://elsewhere.example/x for soup.", CLAIM),
        (LAUNCH, f"{CLAIM}. http://[broken is no address.", CLAIM),
        # far from the claim
        (LAUNCH, f"{CLAIM}.\n\nLumenworks said on Monday that it will move to Velm.", CLAIM),
    ],
)
def test_other_names_addresses_and_words_lead_nowhere(
    first: dict[str, Any], text: str, claim: str
) -> None:
    found = audited(first, text, claim)

    assert all(kind == "spoken" for kind, _ in counted(found))  # the court, two people
    assert all(each.other is None for each in found.links if each.counted)
    assert found.claims[0].origins == (1, 2)


def test_of_two_that_may_be_meant_neither_is_counted() -> None:
    pages = [
        {"publisher": "Lumenworks", "stance": "affirms"},
        {"publisher": "Northline", "stance": "affirms"},
        {"publisher": "Gazette", "text": f"Lumenworks met Northline. {CLAIM}, the company said."},
    ]

    found = audit(pages, CLAIM)

    assert [(each.kind, each.counted) for each in found.links] == [("role", False)]
    assert "perhaps-copied" in {each.kind for each in found.claims[0].check}


def test_two_makers_that_announce_something_are_not_told_apart_by_its_maker() -> None:
    other = {**LAUNCH, "url": "https://northline.example/b", "text": f"Our new model! {CLAIM}."}
    words = {"url": "https://gazette.example/a", "text": f"{CLAIM}, its maker claims."}

    assert audit([LAUNCH, other, words], CLAIM).claims[0].origins[1] == 3


@pytest.mark.parametrize(
    "text",
    [
        f"{FLED}, as announced at https://www.velmguard.example/n/1.",
        f"The Velmguard today announced a search. {FLED}, the company said.",
    ],
)
def test_pages_that_name_one_who_is_not_on_the_list_have_one_origin(text: str) -> None:
    pages = [{"url": f"https://p{n}.example/a", "text": text} for n in range(3)]

    assert audit(pages, FLED).claims[0].origins == (1, 1)


def test_who_wrote_a_page_is_nobody_else_in_it() -> None:
    found = audited(LAUNCH, f"{CLAIM}, according to Ida Brandt.", author="Ida Brandt")

    assert counted(found) == []


def test_a_page_of_its_own_publisher_is_no_other_in_a_text() -> None:
    text = f"{CLAIM}. https://gazette.example/b. The company said so."

    assert counted(audited({"url": "https://gazette.example/b"}, text)) == []


def test_a_page_that_denies_what_it_links_to_has_only_the_other_side_from_there() -> None:
    pages = [
        {"url": "https://rumour.example/1", "text": f"{FLED}."},
        {"url": "https://check.example/1", "text": f"{FLED}, says https://rumour.example/1. That is false."},
        {"url": "https://facts.example/1", "text": f"{FLED}, according to https://hearsay.example/1. That is false."},
    ]  # fmt: skip

    found = audit(pages, FLED)

    groups = [(each.side, each.origin, each.pages) for each in found.claims[0].groups]
    assert sorted(groups) == [
        ("against", "check.example", (1,)), ("against", "facts.example", (2,)),
        ("for", "hearsay.example", (2,)), ("for", "rumour.example", (0, 1)),
    ]  # fmt: skip


def test_an_address_of_a_page_on_another_claim_is_no_credit() -> None:
    pages = [
        {"url": "https://a.example/1", "says": "The river rose", "claim": "The river rose"},
        {"url": "https://a.example/2", "says": FLED, "claim": FLED},
        {"url": "https://b.example/1", "text": f"{FLED}. https://a.example/1", "claim": FLED},
    ]

    assert audit(pages).links == ()


# What they share


WIRE = {
    "url": "https://coastherald.example/a",
    "published": "2026-02-28",
    "text": "PORT VELM (Reuters) - Kestrel, a model by the startup Lumenworks, answers 92 percent of "
    "the Orrin test, two people who had access to the runs said on Tuesday.",
}


def test_the_words_of_the_claim_are_no_sign_of_copying() -> None:
    found = audit([LAUNCH, WIRE], CLAIM)

    assert found.claims[0].origins == (1, 2)
    assert {each.page for each in found.links if each.counted} == {1}


def test_who_is_told_of_by_an_earlier_page_is_asked_about_and_no_relay_of_it() -> None:
    more = "It runs on one workstation card and leaves every older engine far behind in repairs."
    launch = {**LAUNCH, "text": f"{LAUNCH['text']} {more}"}
    wire = {**WIRE, "text": f"{WIRE['text']} {more}"}

    found = audit([launch, wire], CLAIM)

    assert found.claims[0].origins == (1, 2)
    assert "perhaps-copied" in {each.kind for each in found.claims[0].check}


def test_of_two_undated_pages_the_one_that_tells_of_the_other_has_it_from_there() -> None:
    more = "It runs on one workstation card and leaves every older engine far behind in repairs."
    words = f"{CLAIM}. {more}"
    pages = [
        {"publisher": "Gazette", "text": f"Lumenworks has news. {words}"},
        {"publisher": "Lumenworks", "text": words},
    ]

    found = audit(pages, CLAIM)

    assert [(each.page, each.other, each.counted) for each in found.links] == [(0, 1, True)]
    assert found.claims[0].groups[0].origin == "Lumenworks"
