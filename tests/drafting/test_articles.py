"""Whole invented articles with the full draft that a reader would write down by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted_texts import drafted

from provenance import load_sources
from provenance.drafting import Draft, draft, read_document

ARTICLES = Path(__file__).parent.parent.parent / "examples" / "articles"
FULL = "Four thousand tonnes of emergency grain were shipped abroad from the port of Velm"

SHIPPED = {
    "coast-herald.html": [
        ("a well-informed source", "affirms", f"{FULL} on the night of 3 March", "2026-03-05"),
        (
            "a well-informed source",
            "affirms",
            "“The doors of the second silo were opened after midnight,”",
            None,
        ),
        ("a well-informed source", "affirms", "“By five in the morning it was empty.”", None),
        (
            "a well-informed source",
            "affirms",
            "the grain was loaded onto a freighter called the Marela",
            None,
        ),
        ("Hanna Quist", "affirms", "that “the reserve is checked every month.”", None),
    ],
    "velm-gazette.html": [
        (
            "The Coast Herald",
            "affirms",
            f"that {FULL[0].lower()}{FULL[1:]} on the night of 3 March",
            "2026-03-06",
        ),
        (
            "The Coast Herald < a well-informed source",
            "affirms",
            "that the grain was loaded onto a freighter called the Marela",
            None,
        ),
        ("Ministry of Supply", "denies", "that any grain had left the reserve", None),
        ("Jonas Brandt", "affirms", "“Not a single tonne is missing,”", None),
        (
            "Jonas Brandt",
            "affirms",
            "that an inspection on 4 March had found the second silo full",
            None,
        ),
    ],
    "evening-ledger.txt": [
        ("Petro Lund", "affirms", "he saw trucks at silo in the night", None),
        (
            "Petro Lund",
            "affirms",
            "The second silo of Velm was emptied on the night of 3 March",
            None,
        ),
        ("Petro Lund", "affirms", "“I saw the trucks myself,”", None),
        (
            "Petro Lund",
            "affirms",
            "“They drove from the silo to the ship until the sun came up.”",
            None,
        ),
        ("The Coast Herald", "affirms", f"{FULL} that night", None),
        ("Ministry of Supply", "denies", "that any grain left the reserve", None),
        ("Ministry of Supply", "affirms", "the second silo was full", None),
        (
            "Two drivers, who asked not to be named",
            "affirms",
            "they believed that the freight was fodder",
            None,
        ),
    ],
}


def told(found: Draft, document: str) -> list[tuple[str, str, str, str | None]]:
    """Every statement of a document: chain, stance, content and date."""
    return [
        (
            " < ".join(found.source(hop.source).label for hop in each.chain[1:]),
            each.stance,
            " … ".join(passage.text for passage in each.content),
            str(each.said_on) if each.said_on else None,
        )
        for each in found.statements
        if each.document == document
    ]


@pytest.fixture(scope="module")
def found() -> Draft:
    registry = load_sources(ARTICLES / "sources.json")
    return draft([read_document(ARTICLES / name, registry=registry) for name in SHIPPED])


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_article_is_drafted_as_a_reader_would(found: Draft, name: str) -> None:
    assert told(found, Path(name).stem) == SHIPPED[name]


def test_the_headline_of_a_shipped_article_repeats_its_first_statement(found: Draft) -> None:
    assert [each.text for each in found.statements[0].repeats] == [
        "Emergency grain left Velm at night"
    ]


def test_what_the_papers_share_leads_on_to_the_one_who_had_it_first(found: Draft) -> None:
    onward = {each.id: each.continues for each in found.statements if each.continues}

    assert onward == {
        "velm-gazette-1": "coast-herald-2",
        "velm-gazette-2": "coast-herald-5",
        "evening-ledger-5": "coast-herald-2",
    }


def test_what_a_witness_saw_is_firsthand_and_what_drivers_believe_is_hedged(found: Draft) -> None:
    saw = next(each for each in found.statements if "I saw" in each.content[0].text)
    believed = next(each for each in found.statements if "fodder" in each.content[0].text)

    assert saw.speaker.basis == "firsthand"
    assert (believed.speaker.hedge, believed.speaker.role) == ("believe", "speaker")


TUNNEL = """Tunnel under Mount Orrel leaks, engineers warn

Water is entering the new tunnel under Mount Orrel at three places, according to two engineers who work on it.

“We have seen it rise by a hand in a week,” one of the engineers told the Orrel Observer. “Nobody wants to hear it.”

The rail company rejected claims that the tunnel was unsafe. Its chief engineer, Tomas Hale, said that “every tunnel sweats a little” and that pumps would be installed by June.

Union leader Greta Sund accused the company of hiding two reports. She said she had read both of them.

The Observer also cited documents as saying that the lining was thinner than planned.

Hale did not say whether the documents were genuine. The company is reportedly looking for a new contractor.
"""


def test_an_article_with_relays_denials_and_hearsay_is_drafted_in_full() -> None:
    found = drafted(TUNNEL)

    assert [each[:3] for each in told(found, "the-gazette")] == [
        (
            "two engineers who work on it",
            "affirms",
            "Water is entering the new tunnel under Mount Orrel at three places",
        ),
        (
            "Orrel Observer < one of two engineers who work on it",
            "affirms",
            "“We have seen it rise by a hand in a week,”",
        ),
        (
            "Orrel Observer < one of two engineers who work on it",
            "affirms",
            "“Nobody wants to hear it.”",
        ),
        ("The rail company", "denies", "that the tunnel was unsafe"),
        (
            "Tomas Hale",
            "affirms",
            "that “every tunnel sweats a little” and that pumps would be installed by June",
        ),
        ("Greta Sund", "affirms", "the company of hiding two reports"),
        ("Greta Sund", "affirms", "she had read both of them"),
        (
            "Orrel Observer < documents",
            "affirms",
            "that the lining was thinner than planned",
        ),
        (
            "Orrel Observer",
            "affirms",
            "The company is … looking for a new contractor",
        ),
    ]
