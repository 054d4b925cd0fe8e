"""Headlines that name who says it, lines in capital words, and texts that are from an agency."""

from __future__ import annotations

import pytest
from drafted_texts import drafted

BODY = """

The weather was fine in the harbour of Velm on that day.

Nobody was on the quay at that hour.

The crane stood still in the rain."""


def told(text: str, publisher: str = "The Gazette") -> list[tuple[str, str]]:
    """Every statement as the ids of its chain after the publisher, and its content."""
    found = drafted(text, publisher=publisher)
    return [
        (
            " < ".join(hop.source for hop in each.chain[1:]),
            " … ".join(one.text for one in each.content),
        )
        for each in found.statements
    ]


@pytest.mark.parametrize(
    ("line", "who", "what"),
    [
        ("Minister: ship sailed at night", "minister", "ship sailed at night"),
        ("Ship sailed at night: minister", "minister", "Ship sailed at night"),
        ("Officials: two ships have left Velm", "officials", "two ships have left Velm"),
        ("Report: Velm's silo was emptied", "report", "Velm's silo was emptied"),
        ("Silo was emptied in one night - officials", "officials", "Silo was emptied in one night"),
        ("Minister: “We have paid every bill”", "minister", "“We have paid every bill”"),
        ("Minister Says Ship Has Left The Port", "minister", "Ship Has Left The Port"),
    ],
)
def test_a_headline_names_who_says_it(line: str, who: str, what: str) -> None:
    assert told(line + BODY) == [(f"the-gazette.{who}", what)]


@pytest.mark.parametrize(
    "line",
    [
        "Breaking: ship sailed at night",
        "Analysis: the ship sailed at night",
        "Vane: ledger was altered in June",
        "Velm: a port that was forgotten",
        "Egypt: twenty people were hurt",
        "Minister: gone",
        "Ten days in the harbour, one night at sea: the log of a ferry that was lost",
        "The Minister, The Mayor And The Ferry",
        "Minister: ship sailed at night.",
        "What the minister: a story of errors was about " + "and more " * 30,
    ],
)
def test_a_line_that_only_looks_like_it_attributes_nothing(line: str) -> None:
    assert told(line + BODY) == []


def test_a_colon_in_the_middle_of_a_paragraph_is_no_headline() -> None:
    assert told("It rained. Minister: ship sailed at night" + BODY) == []


def test_a_name_before_a_colon_counts_where_the_text_lets_it_speak() -> None:
    text = (
        "Vane: ledger was altered in June\n\nKarl Vane said on Monday that bread was dear." + BODY
    )

    assert told(text) == [
        ("karl-vane", "ledger was altered in June"),
        ("karl-vane", "that bread was dear"),
    ]


def test_a_headline_that_the_text_attributes_as_well_is_a_further_place_of_it() -> None:
    text = (
        "Minister: ship left port at night\n\nThe ship left the port at night, the minister said."
        + BODY
    )

    found = drafted(text)

    assert [len(each.repeats) for each in found.statements] == [1]
    assert found.statements[0].repeats[0].text == "ship left port at night"


REUTERS = "the text is credited to Reuters"


@pytest.mark.parametrize(
    "text",
    [
        "VELM (Reuters) - The ship sailed at night, officials said.",
        "VELM, March 3 (Reuters) — The ship sailed at night, officials said.",
        "Port Velm (Reuters) -- The ship sailed at night, officials said.",
        "(Reuters) - The ship sailed at night, officials said.",
        "Ship gone from Velm\n\nReuters\n\nThe ship sailed at night, officials said.",
        "Source: Reuters\n\nThe ship sailed at night, officials said.",
        "The ship sailed at night, officials said. (Reuters)",
        "The ship sailed at night, officials said.\n\nIt was grey. — Reuters",
    ],
)
def test_what_is_credited_to_an_agency_goes_through_it(text: str) -> None:
    found = drafted(text)

    statement = found.statements[0]
    assert [hop.source for hop in statement.chain] == [
        "the-gazette",
        "reuters",
        "the-gazette.officials",
    ]
    relay = statement.chain[1]
    assert (relay.role, relay.inferred) == ("relay", REUTERS)
    assert relay.mention is not None
    assert relay.mention.text == "Reuters"


@pytest.mark.parametrize(
    "text",
    [
        "The ship sailed at night, officials said.\n\nReuters contributed to this report.",
        "The ship sailed at night, officials said. It passed the Reuters building.",
        "The ship (Velm) - it sailed at night, officials said.",
    ],
)
def test_an_agency_that_is_only_mentioned_is_no_hop(text: str) -> None:
    assert [each[0] for each in told(text)] == ["the-gazette.officials"]


def test_a_credit_at_the_end_of_a_paragraph_is_for_that_paragraph() -> None:
    text = "The ship sailed at night, officials said. (AP)\n\nThe mayor denied that it was empty."

    assert [each[0] for each in told(text)] == [
        "ap < the-gazette.officials",
        "the-gazette.the-mayor",
    ]


def test_an_agency_that_publishes_itself_is_no_hop() -> None:
    text = "VELM (Reuters) - The ship sailed at night, officials said."

    assert [each[0] for each in told(text, publisher="Reuters")] == ["reuters.officials"]


def test_what_an_agency_reports_itself_is_its_own() -> None:
    text = "VELM (Reuters) - Reuters reported that the ship sailed at night."

    assert [each[0] for each in told(text)] == ["reuters"]


def test_a_word_of_the_publisher_itself_is_not_drafted_under_a_credit() -> None:
    assert told("VELM (Reuters) - We said on Monday that the ship sailed.") == []
