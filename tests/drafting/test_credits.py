"""Credits as agencies and papers write them, and words that look like credits and are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.drafting import credits_in, read_document
from provenance.drafting.credits import AGENCIES, CREDITS, agency_named, imprint_of, plain_name


def found(text: str, publisher: str = "The Gazette", **known: str) -> list[tuple[str, str]]:
    document = read_document(text, publisher=publisher, **known)
    return [(each.kind, each.name) for each in credits_in(document)]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("LONDON (Reuters) - The ship sailed.", "dateline", "Reuters"),
        ("PARIS, Aug 28 (AFP) – The ship sailed.", "dateline", "AFP"),
        ("Berlin (dpa/lno) - Das Schiff ist weg.", "dateline", "dpa"),
        ("PORT VELM (Northwire) — The ship sailed.", "dateline", "Northwire"),
        ("The ship sailed. (AFP)", "tag", "AFP"),
        ("The ship sailed. (Reuters/AP)", "tag", "Reuters"),
        ("The ship sailed.\n\n— Associated Press", "tag", "AP"),
        ("The ship sailed. (via The Herald)", "tag", "Herald"),
        ("The ship sailed.\n\nSource: Coast Herald", "source-line", "Coast Herald"),
        ("Das Schiff ist weg.\n\nQuelle: Küstenbote", "source-line", "Küstenbote"),
        ("The ship sailed.\n\n© 2026 Agence France-Presse", "copyright", "AFP"),
        ("This article first appeared in the Coast Herald.", "republished", "Coast Herald"),
        ("Originally published by Coast Herald.", "republished", "Coast Herald"),
        ("Republished with permission from Coast Herald", "republished", "Coast Herald"),
        ("Zuerst erschienen in der Zeitung, zuerst erschienen bei Küstenbote", "republished", "Küstenbote"),
        ("It sailed. Translated from the Arabic of Al-Sahil.", "translated", "Al-Sahil"),
        ("A translation of an article from Al-Sahil", "translated", "Al-Sahil"),
        ("It sailed, as first reported by The New Herald.", "first-reported", "New Herald"),
        ("The Herald newspaper was the first to report it.", "first-reported", "Herald"),
        ("It sailed. h/t The Herald", "first-reported", "Herald"),
        ("It sailed. Hat tip to Coast Herald.", "first-reported", "Coast Herald"),
        ("It sailed, per Reuters.", "reported", "Reuters"),
        ("Per The Ledger, it sailed.", "reported", "Ledger"),
        ("It sailed.\n\nSource: Office for Water", "source-line", "Office for Water"),
        ("It sailed, according to the Centre for the Sea.", "reported", "Centre for the Sea"),
        ("It sailed, according to Lumen Works, at night.", "reported", "Lumen Works"),
        ("It sailed, according to a report in the Herald.", "reported", "Herald"),
        ("It sailed, as reported by the Herald.", "reported", "Herald"),
        ("Citing two pilots, Reuters said so.", "reported", "Reuters"),
        ("The Herald reported on Sunday that it sailed.", "reported", "Herald"),
        ("Laut Reuters ist das Schiff weg.", "reported", "Reuters"),
        ("Das berichtet die Morgenpost am Sonntag.", "reported", "Morgenpost"),
        ("Der Morgenpost zufolge ist es weg.", "reported", "Morgenpost"),
        ("Le bateau est parti, selon le Journal du Port.", "reported", "Journal du Port"),
        ("Le bateau est parti, écrit La Vigie.", "reported", "Vigie"),
        ("El barco salió, según El Faro.", "reported", "Faro"),
        ("La nave è partita, riporta Il Molo.", "reported", "Molo"),
        ("It sailed, a pilot told the Coast Herald.", "told", "Coast Herald"),
        ("It sailed. AFP contributed to this report.", "contributed", "AFP"),
        ("It sailed. With reporting by the Associated Press.", "contributed", "AP"),
        ("Es ist weg. Mit Material von dpa", "contributed", "dpa"),
    ],
)  # fmt: skip
def test_a_credit_is_found_with_whom_it_names(text: str, kind: str, name: str) -> None:
    assert (kind, name) in found(text)


def test_a_first_name_and_a_rate_are_no_credit() -> None:
    assert found("Per Hansen, a pilot, saw sixty ships per day, paid for Coal.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The ship sailed (see page 4).",
        "He lives in Berlin (Germany) - a city.",
        "The mayor told reporters that it sailed.",
        "She told us. It sailed.",
        "The price rose (Tuesday)",
        "The paper also reported the same, but its reporter was there.",
        "AFP. Reuters. AP.",
        "It sailed in May - Monday",
        "© 2026 Ida Brandt",
        "The ship sailed (AFP)\nand here the same paragraph goes on for more than forty letters.",
    ],
)
def test_what_looks_like_a_credit_is_none(text: str) -> None:
    assert found(text) == []


def test_the_publisher_is_no_credit_of_its_own() -> None:
    assert found("A pilot told the Coast Herald.", "Coast Herald") == []
    assert found("LONDON (Reuters) - It sailed.", "Reuters") == []


def test_an_agency_in_the_place_of_the_author_is_a_credit() -> None:
    assert found("It sailed.", author="By Jane Ost and Reuters Staff") == [("byline", "Reuters")]
    assert found("It sailed.", author="Jane Ost") == []


def test_a_credit_stands_where_it_says() -> None:
    document = read_document("It sailed. AFP contributed to this report.", publisher="x")

    credit = credits_in(document)[0]

    assert document.text[credit.start : credit.end] == credit.text == "AFP contributed to this"
    assert (credit.probability, credit.is_for_all) == CREDITS["contributed"]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("It sailed.\n\n© 2026 Northline Media Ltd. All rights reserved.", "Northline Media Ltd"),
        ("It sailed.\n\nPublished by Northline Media, Orsk", "Northline Media"),
        ("It sailed.\n\n© Getty Images", None),
        ("It sailed.\n\n© 2026 Reuters", None),
        ("It sailed.\n\n© 2026 The", None),
        ("Copyright matters. It sailed.", None),
    ],
)
def test_the_owner_of_a_page_is_who_its_last_line_names(text: str, owner: str | None) -> None:
    assert imprint_of(text) == owner


def test_an_agency_has_one_name_whatever_it_is_called() -> None:
    for agency, others in AGENCIES.items():
        assert {agency_named(each) for each in (agency, agency.upper(), *others)} == {agency}


def test_names_are_alike_without_their_articles_and_marks() -> None:
    assert plain_name("The Velm-Gazette") == plain_name("velm gazette") == "velmgazette"


@given(st.text(alphabet="AaÉ.(—- ©\n:,toldyby", max_size=300))
def test_any_text_has_credits_that_stand_in_it(text: str) -> None:
    document = read_document({"text": f"x{text}", "publisher": "p"})

    for credit in credits_in(document):
        assert credit.text == document.text[credit.start : credit.end].strip()
        assert credit.name
